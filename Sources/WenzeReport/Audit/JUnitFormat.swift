import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// JUnit's XML as Jenkins and others read it: a suite a file, a case a rule and document.
///
/// Undetermined rules and waived findings are skipped cases, since they are no failures. An audit
/// counts what is compliant and does not list it, so that only a check has cases that passed.
package struct JUnitFormat: FileGroupingFormat {
  package static let name = "junit"
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package var head: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wenze\">\n"
  }

  package func outcome(of finding: ReportedFinding) -> FileEntry.Outcome? {
    switch finding.verdict {
    case .violation: finding.waiver == nil ? .failed : .skipped
    case .undetermined: .skipped
    case .compliant: .passed
    case .notApplicable: nil
    }
  }

  package func text(of finding: ReportedFinding) -> String? {
    let rule = context.rule(of: finding)
    var name = "\(rule.code) \(rule.name[context.language].replacing("_", with: " "))"
    if let element = finding.element { name += " " + element }
    let message = escaped(context.message(of: finding))
    let result: String
    switch finding.verdict {
    case .compliant, .notApplicable: result = ""
    case .violation where finding.waiver == nil:
      let severity = escaped(rule.severity.name.english)
      result =
        "      <failure message=\"\(message)\" type=\"\(severity)\">\(details(finding))</failure>\n"
    case .violation:
      let waived = finding.waiver.map { context.text(of: $0) } ?? ""
      result = "      <skipped message=\"\(escaped(context.say("已豁免：", "waived: ") + waived))\"/>\n"
    case .undetermined:
      let missing = finding.missing.map { $0[context.language] }
        .joined(separator: context.say("、", ", "))
      let reason =
        missing.isEmpty
        ? context.message(of: finding)
        : context.say("存疑，缺少：", "undetermined, missing: ") + missing
      result = "      <skipped message=\"\(escaped(reason))\"/>\n"
    }
    let subject = escaped(documentName(finding))
    let start = "    <testcase classname=\"\(subject)\" name=\"\(escaped(name))\" time=\"0\""
    return result.isEmpty ? start + "/>\n" : start + ">\n" + result + "    </testcase>\n"
  }

  private func documentName(_ finding: ReportedFinding) -> String {
    var finding = finding
    finding.element = nil
    let subject = context.subject(of: finding)
    return subject.isEmpty ? "wenze" : subject
  }

  private func details(_ finding: ReportedFinding) -> String {
    var lines: [String] = []
    if let place = finding.placeText { lines.append(place) }
    lines += context.details(of: finding).map { $0.title + context.say("：", ": ") + $0.text }
    return escaped(lines.joined(separator: "\n"), keepsLines: true)
  }

  package func head(of group: FileGroup) -> String {
    let name = group.path ?? context.say("多份文书", "groups of documents")
    return "  <testsuite name=\"\(escaped(name))\" tests=\"\(group.count)\""
      + " failures=\"\(group.failed)\" errors=\"0\" skipped=\"\(group.skipped)\" time=\"0\">\n"
  }

  package func tail(of group: FileGroup) -> String { "  </testsuite>\n" }

  /// A file that cannot be read as it should is an error of a suite of its own.
  package func text(of problem: ReportedProblem) -> String? {
    guard problem.severity == "error" else { return nil }
    var place = problem.path
    if let cell = problem.cell {
      place += ":\(cell)"
    } else {
      if let line = problem.line { place += ":\(line)" }
      if let column = problem.column { place += ":\(column)" }
    }
    let message = escaped(problem.message[context.language])
    return """
        <testsuite name="\(escaped(problem.path))" tests="1" failures="0" errors="1" skipped="0" time="0">
          <testcase classname="\(context.say("输入", "input"))" name="\(escaped(problem.code))" time="0">
            <error message="\(message)" type="\(escaped(problem.code))">\(escaped(place))</error>
          </testcase>
        </testsuite>

      """
  }

  package func tail(_ summary: AuditSummary) -> String {
    // Two hyphens would end the comment.
    let footer = escaped(context.footer(summary.counts.inputs)).replacing("--", with: "- -")
    return "  <!-- \(footer) -->\n</testsuites>\n"
  }
}

/// A text inside XML: whatever XML cannot hold, or nobody can see, is written out.
func escaped(_ text: String, keepsLines: Bool = false) -> String {
  var result = ""
  for scalar in (keepsLines ? shown(text) : displayed(text)).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    // No characters at all, whatever XML is told.
    case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
