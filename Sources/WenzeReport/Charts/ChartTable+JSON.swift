import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension ChartTable {
  /// What was counted, with the fields of JSON reports.
  ///
  /// Values and groups are in Chinese as elsewhere; a value of null is not recorded.
  func json(of tally: ChartTally, in ruleSet: RuleSet, profile: MaskingProfile) -> JSONValue {
    let chart = ruleSet.charts[tally.chart]
    let mask = profile(tally.mask)
    let told = chart.kind == .mix || !profile.isPublic
    return [
      "name": JSONValue(chart.name), "title": JSONValue(chart.title),
      "kind": .text(chart.kind == .mix ? "mix" : "distribution"),
      "value": JSONValue(chart.valueName),
      "by": chart.group.map { JSONValue($0.name) } ?? .null,
      "groups": .array(
        groups.map { group in
          [
            "group": group.key == .notRecorded || group.key == .whole
              ? .null : .text(group.label.chinese),
            "total": .integer(group.total),
            "counts": told
              ? .array(
                parts.filter { group.counts[$0] != nil }.map { part in
                  [
                    "value": part == .notRecorded
                      ? .null : .text(part.label(in: ruleSet, mask).chinese),
                    "count": .integer(group.counts[part] ?? 0),
                  ]
                }) : .array([]),
          ]
        }),
      "left_out": profile.json(tally.leftOut),
    ]
  }
}
