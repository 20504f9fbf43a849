import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// The summary as Markdown, with a table a section; for a few documents, the findings above it.
package struct MarkdownFormat: ReportFormat {
  package static let name = "markdown"
  package static let digestsInputs = true
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package var head: String {
    context.listsFindings
      ? "# \(context.say("问责检查", "Check of accountability"))\n\n"
      : "# \(context.say("问责审计", "Audit of accountability"))\n\n"
  }

  package func text(of finding: ReportedFinding) -> String? {
    guard context.listsFindings else { return nil }
    let colon = context.say("：", ": ")
    var text = "## \(escapedMarkdown(context.title(of: finding)))\n\n"
    text += escapedMarkdown(context.message(of: finding)) + "\n\n"
    if finding.verdict == .violation {
      text += line(
        context.say("程度", "severity"), context.rule(of: finding).severity.name[context.language])
    }
    if let place = finding.placeText { text += line(context.say("位置", "at"), place) }
    for detail in context.details(of: finding) { text += line(detail.title, detail.text) }
    return text + "\n"

    func line(_ title: String, _ text: String) -> String {
      "- **\(title)**\(colon)\(escapedMarkdown(text))\n"
    }
  }

  package func tail(_ summary: AuditSummary) -> String {
    var text = context.listsFindings ? "## \(context.say("小结", "Summary"))\n\n" : ""
    text += summary.sentences(context).map { "- \(escapedMarkdown($0))\n" }.joined()
    for table in summary.tables(context) {
      text += "\n## \(table.title)\n\n"
      text += row(table.columns.map(\.title))
      text += row(table.columns.map { $0.isNumber ? "--:" : "---" }, isEscaped: true)
      for line in table.rows { text += row(line.cells) }
      for note in table.notes { text += "\n\(escapedMarkdown(note))\n" }
    }
    return text + "\n---\n\n\(escapedMarkdown(context.footer(summary.counts.inputs)))\n"
  }

  private func row(_ cells: [String], isEscaped: Bool = false) -> String {
    "| " + cells.map { isEscaped ? $0 : escapedMarkdown($0) }.joined(separator: " | ") + " |\n"
  }
}

/// A text as Markdown shows it, on one line and with nothing in it taken for marks.
func escapedMarkdown(_ text: String) -> String {
  var result = ""
  for character in text {
    if character.isNewline {
      result += " "
    } else {
      if "\\`*_[]<>|#&~$".contains(character) { result += "\\" }
      result.append(character)
    }
  }
  return result
}
