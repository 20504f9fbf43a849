import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// A Code Quality report, which GitLab shows in merge requests.
package struct GitLabFormat: ReportFormat {
  package static let name = "gitlab"
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package var head: String { "[\n" }

  package var separator: String { ",\n" }

  package func text(of finding: ReportedFinding) -> String? {
    let rule = context.rule(of: finding)
    let severity: String
    switch finding.verdict {
    case .violation where finding.waiver == nil:
      severity = self.severity(rule.severity.name.english)
    case .violation, .undetermined: severity = "info"
    case .compliant, .notApplicable: return nil
    }
    // GitLab shows a report without a place nowhere.
    guard let place = finding.place else { return nil }
    // Two documents that are alike may stand in two files, or have no id to tell them apart by.
    let fingerprint = shortDigest(of: [
      finding.fingerprint(ofRule: rule.code), finding.document?.address ?? place.path,
      finding.document?.id == nil ? String(place.line) : "",
    ])
    return entry(
      "\(context.title(of: finding))\(context.say("：", ": "))\(context.message(of: finding))",
      check: rule.code, severity, fingerprint, path: place.path, line: place.line)
  }

  package func text(of problem: ReportedProblem) -> String? {
    let line = problem.line.map { String($0) } ?? ""
    let column = problem.column.map { String($0) } ?? ""
    return entry(
      problem.message[context.language], check: problem.code, severity(problem.severity),
      shortDigest(of: [
        problem.code, problem.path, problem.cell ?? line, column, problem.message.chinese,
      ]),
      path: problem.path, line: problem.line ?? 1)
  }

  package func tail(_ summary: AuditSummary) -> String { "\n]\n" }

  private func severity(_ name: String) -> String {
    switch name {
    case "error": "critical"
    case "warning": "minor"
    default: "info"
    }
  }

  private func entry(
    _ description: String, check: String, _ severity: String, _ fingerprint: String, path: String,
    line: Int
  ) -> String {
    let entry: JSONValue = [
      "description": .text(description), "check_name": .text(check),
      "fingerprint": .text(fingerprint), "severity": .text(severity),
      "location": ["path": .text(relative(path)), "lines": ["begin": .integer(line)]],
    ]
    return entry.line
  }
}
