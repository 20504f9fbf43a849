/// Gathers lines, without blanks at their ends, and with the comments behind them in columns.
struct LineWriter {
  private var lines: [Line] = []
  /// Whether the last token opens a bracket: what follows is not parted from it by a blank line.
  var isAfterOpener = false

  private struct Line {
    /// Whether a blank line stands before it.
    var isParted = false
    var text: String
    var comment: String?
  }

  /// The indentation of the current line.
  private(set) var indent = 0

  /// The column in which the next token begins.
  private(set) var column = 0

  mutating func breakLine(indent: Int, isParted: Bool) {
    lines.append(
      Line(
        isParted: isParted && !lines.isEmpty && !isAfterOpener,
        text: String(repeating: " ", count: indent)))
    self.indent = indent
    column = indent
  }

  mutating func space(_ count: Int) {
    write(String(repeating: " ", count: count))
  }

  mutating func write(_ text: String) {
    if lines.isEmpty { lines.append(Line(text: "")) }
    lines[lines.count - 1].text += text
    if let last = text.utf8.lastIndex(of: 0x0A) {
      column = displayWidth(of: text[text.utf8.index(after: last)...])
    } else {
      column += displayWidth(of: text)
    }
  }

  mutating func write(_ comment: Gap.Comment, indent: Int) {
    if comment.breaks > 0 || lines.isEmpty {
      breakLine(indent: indent, isParted: comment.breaks > 1)
      write(comment.text)
      isAfterOpener = false
    } else if comment.isLine {
      lines[lines.count - 1].comment = comment.text
    } else {
      write(" " + comment.text)
    }
  }

  /// The whole text, with one line break at its end.
  mutating func finish() -> String {
    alignComments()
    var text = ""
    for line in lines {
      if line.isParted { text += "\n" }
      text += line.text + "\n"
    }
    return text
  }

  /// Puts the comments behind neighbouring lines in one column.
  private mutating func alignComments() {
    var start = 0
    while start < lines.count {
      guard lines[start].comment != nil else {
        start += 1
        continue
      }
      var end = start + 1
      while end < lines.count, lines[end].comment != nil, !lines[end].isParted { end += 1 }
      let widths = lines[start..<end].map { line in
        displayWidth(of: line.text.split(separator: "\n").last ?? "")
      }
      let column = columnWidth(of: widths) ?? 0
      for (index, width) in zip(start..<end, widths) {
        let spaces = 2 + max(0, column - width)
        lines[index].text +=
          String(repeating: " ", count: spaces) + (lines[index].comment ?? "")
      }
      start = end
    }
  }
}
