import WenzeSemantics
import WenzeSyntax

/// Finds citations of laws that are never in force while the rule is, and exceptions by them.
///
/// A rule belongs to the law that it cites first, and is judged by only while that is in force.
func findLawsOutOfForce(in subject: LintSubject) -> [LintFinding] {
  let ruleSet = subject.ruleSet
  let declared = Dictionary(
    ruleSet.rules.map { ($0.origin, $0) }, uniquingKeysWith: { first, _ in first })
  func findings(
    _ syntax: [CitationSyntax], of code: Identifier, in source: Int
  ) -> [LintFinding] {
    guard let rule = declared[Origin(source: source, range: code.range)],
      rule.citations.count == syntax.count, let law = rule.law
    else { return [] }
    return zip(syntax, rule.citations)
      .filter { !ruleSet.laws[law].meets(ruleSet.laws[$0.1.law]) }
      .map { written, citation in
        LintFinding(
          .lawOutOfForce(
            ruleSet.laws[citation.law].name, ruleSet.laws[law].name, code, at: written.range),
          in: source)
      }
  }
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    switch declaration {
    case .rule(let rule): return findings(rule.citations, of: rule.code, in: source)
    case .procedure(let rule): return findings(rule.citations, of: rule.code, in: source)
    case .aggregate(let rule):
      return findings(rule.frame.citations, of: rule.frame.code, in: source)
    case .exception(let exception):
      let rules = ruleSet.rules.filter { $0.code == exception.code.text }
      let laws = rules.flatMap { rule in
        rule.exceptions.filter { $0.name == exception.name.text }.compactMap(\.citations.first?.law)
      }
      guard let law = laws.first else { return [] }
      let isDead = rules.compactMap(\.law).allSatisfy { !ruleSet.laws[$0].meets(ruleSet.laws[law]) }
      guard isDead, !rules.isEmpty else { return [] }
      return [LintFinding(.deadException(exception, of: ruleSet.laws[law].name), in: source)]
    default: return []
    }
  }
}

extension Diagnostic {
  fileprivate static func lawOutOfForce(
    _ law: Bilingual, _ first: Bilingual, _ code: Identifier, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "L0201", .warning,
      Bilingual(
        "“\(law.chinese)”与“\(code.text)”首先依据的“\(first.chinese)”从不同时有效",
        "`\(law.english)` is never in force together with `\(first.english)`, by which `\(code.text)` applies"
      ),
      at: range,
      notes: [
        Bilingual(
          "规则只在首先依据的法规有效时适用：按另一部法规另写一条同代码的规则",
          "a rule applies while the law it cites first is in force: declare the code once more for the other law"
        )
      ])
  }

  fileprivate static func deadException(
    _ exception: ExceptionDeclaration, of law: Bilingual
  ) -> Self {
    Diagnostic(
      "L0202", .warning,
      Bilingual(
        "例外“\(exception.name.text.chinese)”永远用不上：“\(law.chinese)”与“\(exception.code.text)”的法规从不同时有效",
        "the exception `\(exception.name.text.english)` never applies: `\(law.english)` is never in force together with the law of `\(exception.code.text)`"
      ),
      at: exception.name.range,
      notes: [
        Bilingual("核对依据的法规及其施行、废止日期", "see which law it should cite, and when that is in force")
      ])
  }
}
