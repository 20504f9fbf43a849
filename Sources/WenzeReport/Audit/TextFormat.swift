import WenzeSyntax

/// The summary as text with bars.
package struct TextFormat: ReportFormat {
  package static let name = "text"
  package static let digestsInputs = true
  private let context: ReportContext
  /// How many columns lines may take; nil for a file, whose lines may be long.
  private var width: Int?
  private var isColored = false
  private var isBrief = false
  /// Whether the last line says what made the report: in a file, which is handed on.
  private var hasFooter = true

  package init(_ context: ReportContext) {
    self.context = context
  }

  /// A text for a terminal of a width, which has no tables if it is brief.
  package init(_ context: ReportContext, width: Int?, isColored: Bool, isBrief: Bool) {
    self.context = context
    self.width = width.map { max(40, $0) }
    self.isColored = isColored
    self.isBrief = isBrief
    hasFooter = false
  }

  package func tail(_ summary: AuditSummary) -> String {
    var lines = summary.sentences(context)
    for table in isBrief ? [] : summary.tables(context) { lines += [""] + self.lines(of: table) }
    if hasFooter { lines += ["", context.footer(summary.counts.inputs)] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of table: SummaryTable) -> [String] {
    var widths = table.columns.indices.map { column in
      table.rows.reduce(displayWidth(of: table.columns[column].title)) {
        max($0, displayWidth(of: $1.cells[column]))
      }
    }
    let hasBars = table.rows.contains { $0.share != nil }
    let gaps = 2 * widths.count
    let room = width ?? .max
    let bar = hasBars ? min(24, max(0, room - widths.reduce(gaps, +) - 2)) : 0
    // What is too wide is cut in the widest column, which is one of words.
    while widths.reduce(gaps, +) > room,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12
    {
      widths[widest] -= 1
    }
    func line(_ cells: [String]) -> String {
      zip(cells, zip(widths, table.columns))
        .map { cell, column in
          padded(cell, to: column.0, isNumber: column.1.isNumber)
        }
        .joined(separator: "  ")
    }
    var lines = [bold(table.title), "  " + trimmed(line(table.columns.map(\.title)))]
    for row in table.rows {
      var text = "  " + line(row.cells)
      if let share = row.share, bar > 4 { text += "  " + colored(bars(share, bar), row.severity) }
      lines.append(trimmed(text))
    }
    return lines + table.notes.map { "  " + $0 }
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.hasSuffix(" ") { text.removeLast() }
    return String(text)
  }

  /// A text in so many columns, with an ellipsis for what does not fit.
  private func padded(_ text: String, to width: Int, isNumber: Bool) -> String {
    var text = displayed(text)
    var taken = displayWidth(of: text)
    if taken > width {
      while taken > width - 1, let last = text.last {
        taken -= displayWidth(of: String(last))
        text.removeLast()
      }
      text += "…"
      taken = displayWidth(of: text)
    }
    let space = String(repeating: " ", count: max(0, width - taken))
    return isNumber ? space + text : text + space
  }

  /// A bar of blocks, eighths at its end.
  private func bars(_ share: Double, _ width: Int) -> String {
    let eighths = Int((share * Double(width * 8)).rounded())
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    // What is not nothing is seen.
    return bar.isEmpty && share > 0 ? "▏" : bar
  }

  private func bold(_ text: String) -> String {
    isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  private func colored(_ text: String, _ severity: Diagnostic.Severity?) -> String {
    guard isColored else { return text }
    let color =
      switch severity {
      case .error: "31"
      case .warning: "33"
      case .note, nil: "36"
      }
    return "\u{1B}[\(color)m\(text)\u{1B}[0m"
  }
}
