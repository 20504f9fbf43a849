package import WenzeEngine
import WenzeSemantics
package import WenzeSyntax

/// Facts that a file lacks, with the rules that could be decided if it had them.
package struct FactsToRecord: Hashable, Sendable {
  /// The fields, as a reader is told them.
  package var names: Bilingual
  /// The numbers of the rules in the rule set.
  package var rules: [Int]
}

extension CheckReport {
  /// What a document would have to record for its undetermined rules to be decided, in the order of
  /// these.
  package func factsToRecord(of result: DocumentResult) -> [FactsToRecord] {
    var facts: [FactsToRecord] = []
    var places: [Bilingual: Int] = [:]
    for finding in result.findings where finding.verdict == .undetermined {
      let dossier = ruleSet.rules[finding.rule].dossier
      func names(_ language: Language, _ separator: String) -> String {
        finding.missing.map { ruleSet.text(of: $0, from: dossier, in: language) }
          .joined(separator: separator)
      }
      let missing = Bilingual(names(.chinese, " 和 "), names(.english, " and "))
      let place = places[missing] ?? facts.count
      if place == facts.count {
        places[missing] = place
        facts.append(FactsToRecord(names: missing, rules: []))
      }
      if !facts[place].rules.contains(finding.rule) { facts[place].rules.append(finding.rule) }
    }
    return facts
  }
}
