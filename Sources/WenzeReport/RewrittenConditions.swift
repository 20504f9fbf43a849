import Synchronization
import WenzeSemantics
import WenzeSyntax

/// Conditions as their authors wrote them, but with the keywords of one language.
///
/// A source is parsed when the first of its conditions is asked for, and then remembered.
final class RewrittenConditions: Sendable {
  private let language: Language
  private let rewritings = Mutex<[Int: KeywordRewriting]>([:])

  init(language: Language) {
    self.language = language
  }

  func text(of origin: Origin, in ruleSet: RuleSet) -> String {
    guard ruleSet.sources.indices.contains(origin.source) else { return "" }
    let rewriting = rewritings.withLock { rewritings in
      if let known = rewritings[origin.source] { return known }
      let made = KeywordRewriting(parse(ruleSet.sources[origin.source]), to: language)
      rewritings[origin.source] = made
      return made
    }
    return rewriting.text(in: origin.range)
  }
}
