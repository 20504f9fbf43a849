import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// One object of JSON with the fields of the reports of `wenze check`, a finding a line.
package struct JSONFormat: ReportFormat {
  package static let name = "json"
  package static let digestsInputs = true
  package static let showsCharts = true
  private let context: ReportContext
  private let rules: [RuleJSON]

  package init(_ context: ReportContext) {
    self.context = context
    rules = context.ruleSet.writtenRules
  }

  package var head: String {
    let ruleSet = context.ruleSet
    let tool: JSONValue = ["name": "wenze", "version": .text(context.toolVersion)]
    let rules: JSONValue = [
      "packs": .array(
        ruleSet.packs.map { ["name": .text($0.name.chinese), "version": .text($0.version)] }),
      "digest": .text(context.ruleDigest),
      "adjustments": .array(ruleSet.adjustmentsJSON),
    ]
    let run = context.run.map { "\"run\":\($0.json.line),\n" } ?? ""
    return "{\"schema\":1,\"tool\":\(tool.line),\n\"rules\":\(rules.line),\n\(run)\"findings\":[\n"
  }

  package var separator: String { ",\n" }

  package var middle: String { "\n],\n\"problems\":[\n" }

  package func text(of finding: ReportedFinding) -> String? {
    finding.json(of: rules[finding.rule]).line
  }

  package func text(of problem: ReportedProblem) -> String? {
    problem.json.line
  }

  package func tail(_ summary: AuditSummary) -> String {
    let inputs = context.inputsJSON(summary.counts.inputs).map(\.line)
    let gone = (context.profile.isPublic ? [] : summary.gone).map(\.json.line).joined(
      separator: ",\n")
    let ofBaseline = summary.baseline == nil ? "" : "\"gone\":[\n\(gone)\n],\n"
    let charts = summary.charts.map {
      ChartTable($0, in: context.ruleSet, profile: context.profile)
        .json(of: $0, in: context.ruleSet, profile: context.profile).line
    }
    let ofCharts = charts.isEmpty ? "" : "\"charts\":[\n\(charts.joined(separator: ",\n"))\n],\n"
    return "\n],\n\(ofBaseline)\"inputs\":[\n" + inputs.joined(separator: ",\n")
      + "\n],\n\(ofCharts)\"summary\":\(summary.json(for: context.profile).line)}\n"
  }
}
