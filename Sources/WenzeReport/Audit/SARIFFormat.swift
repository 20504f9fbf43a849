import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// SARIF 2.1.0, for code scanning services and editors.
///
/// A violation is a result of kind `fail`, with a suppression if it is waived; an undetermined rule
/// one of kind `open`, and the other verdicts, where they are listed, `pass` and `notApplicable`.
package struct SARIFFormat: ReportFormat {
  package static let name = "sarif"
  package static let digestsInputs = true
  private let context: ReportContext
  private let rules: SARIFRules

  package init(_ context: ReportContext) {
    self.context = context
    rules = SARIFRules(context.ruleSet)
  }

  package var head: String {
    context.sarifHead { rules.descriptors(in: $0, isTranslation: $1) }
  }

  package var separator: String { ",\n" }

  package var middle: String {
    "\n],\n\"invocations\":[{\"toolExecutionNotifications\":[\n"
  }

  package func tail(_ summary: AuditSummary) -> String {
    let status = context.exitStatus?(summary)
    let exitCode = status.map { ",\"exitCode\":\($0)" } ?? ""
    let isSuccessful = !summary.hasProblems && status != 2
    return "\n],\"executionSuccessful\":\(isSuccessful)\(exitCode)}],\n"
      + "\"properties\":\(properties(summary).line)\n}]}\n"
  }
}

extension SARIFFormat {
  /// What was counted, and of what the report was made.
  private func properties(_ summary: AuditSummary) -> JSONValue {
    var fields: [(String, JSONValue)] = [("summary", summary.json(for: context.profile))]
    if let run = context.run { fields.append(("run", run.json)) }
    fields.append(("inputs", .array(context.inputsJSON(summary.counts.inputs))))
    return .object(fields)
  }
}

// MARK: - Results

extension SARIFFormat {
  package func text(of finding: ReportedFinding) -> String? {
    let rule = context.rule(of: finding)
    var fields: [(String, JSONValue)] = [
      ("ruleId", .text(rule.code)), ("ruleIndex", .integer(rules.index(of: rule.code))),
      ("kind", .text(finding.verdict.sarifKind)),
      ("level", .text(finding.verdict == .violation ? rule.severity.name.english : "none")),
      ("message", message(of: finding)),
    ]
    if let status = finding.status { fields.append(("baselineState", .text(status.sarifName))) }
    let locations = self.locations(of: finding)
    fields.append(("locations", .array(locations.first.map { [$0] } ?? [])))
    if let path = finding.document?.path {
      let places = finding.evidence.compactMap { relatedLocation($0, in: path) }
      if !places.isEmpty { fields.append(("relatedLocations", .array(numbered(places)))) }
    } else if locations.count > 1 {
      fields.append(("relatedLocations", .array(numbered(Array(locations.dropFirst())))))
    }
    fields.append(
      (
        "partialFingerprints",
        ["wenze/v1": .text(finding.fingerprint(ofRule: rule.code))]
      ))
    if let waiver = finding.waiver {
      let suppression: JSONValue = [
        "kind": "inSource", "status": "accepted", "justification": .text(context.text(of: waiver)),
      ]
      fields.append(("suppressions", [suppression]))
    } else {
      // Of results without this field a consumer cannot tell whether they are suppressed.
      fields.append(("suppressions", []))
    }
    fields.append(("properties", properties(of: finding)))
    return JSONValue.object(fields).line
  }

  private func message(of finding: ReportedFinding) -> JSONValue {
    let text = context.message(of: finding)
    let details = context.details(of: finding)
      .map { "- **\($0.title)**\(context.say("：", ": "))\(escapedMarkdown($0.text))\n" }
    return [
      "text": .text(text),
      "markdown": .text(escapedMarkdown(text) + "\n\n" + details.joined()),
    ]
  }

  private func properties(of finding: ReportedFinding) -> JSONValue {
    var fields: [(String, JSONValue)] = [("verdict", .text(finding.verdict.rawValue))]
    if let document = finding.document {
      fields.append(("document", ["type": .text(document.type), "id": JSONValue(document.id)]))
    }
    if let group = finding.group {
      fields.append(
        ("group", JSONValue(Bilingual(group.keyText(in: .chinese), group.keyText(in: .english)))))
    }
    if let message = finding.message { fields.append(("message", JSONValue(message))) }
    if let fix = finding.fix { fields.append(("fix", JSONValue(fix))) }
    if !finding.missing.isEmpty {
      fields.append(("missing", .array(finding.missing.map { JSONValue($0) })))
    }
    return .object(fields)
  }

  /// The document, or those of a group.
  private func locations(of finding: ReportedFinding) -> [JSONValue] {
    guard let document = finding.document else {
      return (finding.group?.documents ?? []).map { member in
        [
          "physicalLocation": sarifLocation(member.path, line: member.line, column: nil),
          "message": ["text": .text(member.id ?? member.path)],
        ]
      }
    }
    var name = document.type
    if let id = document.id { name += " " + id }
    if let element = finding.element { name += "/" + element }
    return [
      [
        "physicalLocation": sarifLocation(
          document.path, line: document.line, column: document.column),
        "logicalLocations": [["fullyQualifiedName": .text(name), "kind": "object"]],
      ]
    ]
  }

  private func relatedLocation(
    _ evidence: ReportedFinding.Evidence, in path: String
  ) -> JSONValue? {
    guard let line = evidence.line else { return nil }
    return [
      "physicalLocation": sarifLocation(path, line: line, column: evidence.column),
      "message": ["text": .text(context.text(of: evidence))],
    ]
  }
}

// MARK: - Problems

extension SARIFFormat {
  package func text(of problem: ReportedProblem) -> String? {
    var message = problem.message[context.language]
    if let help = problem.help { message += context.say("；", "; ") + help[context.language] }
    let location: JSONValue = [
      "physicalLocation": sarifLocation(
        problem.path, line: problem.line, column: problem.column)
    ]
    let notification: JSONValue = [
      "descriptor": ["id": .text(problem.code)], "level": .text(problem.severity),
      "message": ["text": .text(message)], "locations": [location],
    ]
    return notification.line
  }
}

extension Verdict {
  fileprivate var sarifKind: String {
    switch self {
    case .violation: "fail"
    case .undetermined: "open"
    case .compliant: "pass"
    case .notApplicable: "notApplicable"
    }
  }
}

extension BaselineStatus {
  fileprivate var sarifName: String {
    switch self {
    case .new: "new"
    case .reopened: "updated"
    case .known: "unchanged"
    }
  }
}
