import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Coverage for programs.

extension CoverageReport {
  /// The same as JSON, schema version 1; numbers at outcomes are numbers of tests.
  package var json: String {
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(toolVersion)],
      "digest": .text(ruleDigest),
      "summary": [
        "reached": .integer(total.reached), "possible": .integer(total.possible),
        "percent": .written(total.percent),
      ],
      "rules": .array(coverage.rules.map { json($0) }),
      "conditions": .array(coverage.conditions.map { json($0) }),
      "tables": .array(coverage.tables.map { json($0) }),
    ]
    return value.text
  }

  private func located(_ origin: Origin) -> [(String, JSONValue)] {
    let place = place(of: origin)
    return [
      ("path", .text(path(of: origin))), ("line", .integer(place.line)),
      ("column", .integer(place.column)),
    ]
  }

  private func json(_ rule: RuleCoverage) -> JSONValue {
    .object(
      [("rule", .text(rule.code)), ("name", JSONValue(rule.name))] + located(rule.origin) + [
        ("tests", .integer(rule.tests)),
        ("verdicts", outcomes(rule.possible, rule.reached, named: \.rawValue)),
        ("missing", .array(rule.missing.map { .text($0.rawValue) })),
      ])
  }

  private func json(_ condition: ConditionCoverage) -> JSONValue {
    let owner: (String, JSONValue) =
      switch condition.owner {
      case .rule: ("rule", .text(self.owner(of: condition).chinese))
      case .definition: ("definition", JSONValue(self.owner(of: condition)))
      }
    return .object(
      [owner] + located(condition.origin) + [
        ("text", .text(text(of: condition, in: .chinese))), ("tests", .integer(condition.tests)),
        ("truths", outcomes(condition.possible, condition.reached, named: \.name.english)),
        ("missing", .array(condition.missing.map { .text($0.name.english) })),
      ])
  }

  private func outcomes<Outcome: Hashable>(
    _ possible: [Outcome], _ reached: [Outcome: Int], named name: (Outcome) -> String
  ) -> JSONValue {
    .object(possible.map { (name($0), .integer(reached[$0] ?? 0)) })
  }

  private func json(_ table: TableCoverage) -> JSONValue {
    let declared = ruleSet.tables[table.number]
    return .object(
      [("table", JSONValue(declared.name))] + located(declared.origin) + [
        (
          "rows",
          .array(
            zip(declared.rows, table.rows).map { row, tests in
              .object(located(row.origin) + [("tests", .integer(tests))])
            })
        )
      ])
  }
}
