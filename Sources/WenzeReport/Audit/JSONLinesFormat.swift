import WenzeSemantics
import WenzeSyntax

/// An object of JSON a line: each finding with the fields of JSON reports, then each problem of an
/// input as `{"problem": …}`, and what was counted as `{"summary": …}`.
package struct JSONLinesFormat: ReportFormat {
  package static let name = "jsonl"
  private let context: ReportContext
  private let rules: [RuleJSON]

  package init(_ context: ReportContext) {
    self.context = context
    rules = context.ruleSet.writtenRules
  }

  package func text(of finding: ReportedFinding) -> String? {
    finding.json(of: rules[finding.rule]).line + "\n"
  }

  package func text(of problem: ReportedProblem) -> String? {
    JSONValue.object([("problem", problem.json)]).line + "\n"
  }

  package func tail(_ summary: AuditSummary) -> String {
    let gone = summary.gone.map { JSONValue.object([("gone", $0.json)]).line + "\n" }
    return gone.joined() + JSONValue.object([("summary", summary.json(for: context.profile))]).line
      + "\n"
  }
}
