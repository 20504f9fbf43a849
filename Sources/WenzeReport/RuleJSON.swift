import WenzeSemantics
import WenzeSyntax

/// What JSON reports say of a rule with each of its findings.
struct RuleJSON: Sendable {
  var code: JSONValue
  var name: JSONValue
  var severity: JSONValue
  var citations: JSONValue
  var place: JSONValue

  init(_ rule: Rule, in ruleSet: RuleSet) {
    code = .text(rule.code)
    name = JSONValue(rule.name)
    severity = .text(rule.severity.name.english)
    citations = .array(rule.citations.map { ruleSet.json($0) })
    place = ruleSet.json(placeOf: rule)
  }

  /// The same, written on lines once and for all.
  var written: RuleJSON {
    var written = self
    for part in [\RuleJSON.code, \.name, \.severity, \.citations, \.place] {
      written[keyPath: part] = .written(self[keyPath: part].line)
    }
    return written
  }
}

extension RuleSet {
  /// What lines of JSON say of each rule, by its number.
  var writtenRules: [RuleJSON] { rules.map { RuleJSON($0, in: self).written } }
}
