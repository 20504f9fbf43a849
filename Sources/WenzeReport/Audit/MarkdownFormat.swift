/// The summary as Markdown, with a table a section.
package struct MarkdownFormat: ReportFormat {
  package static let name = "markdown"
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package func tail(_ summary: AuditSummary) -> String {
    var text = "# \(context.say("问责审计", "Audit of accountability"))\n\n"
    text += summary.sentences(context).map { "- \(escaped($0))\n" }.joined()
    for table in summary.tables(context) {
      text += "\n## \(table.title)\n\n"
      text += row(table.columns.map(\.title))
      text += row(table.columns.map { $0.isNumber ? "--:" : "---" }, isEscaped: true)
      for line in table.rows { text += row(line.cells) }
      for note in table.notes { text += "\n\(escaped(note))\n" }
    }
    return text
  }

  private func row(_ cells: [String], isEscaped: Bool = false) -> String {
    "| " + cells.map { isEscaped ? $0 : escaped($0) }.joined(separator: " | ") + " |\n"
  }

  private func escaped(_ text: String) -> String {
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
}
