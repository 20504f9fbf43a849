/// One text that is read: a file of rules, a document, standard input.
///
/// A source is UTF-8, whatever the encoding of the file that it came from.
package struct Source: Sendable {
  /// The path as the user named it.
  package let path: String
  package let text: String
  /// The number of the line with which the text begins, where it is a stretch of a longer one.
  package let firstLine: Int
  /// The sheets whose rows the lines are; none where the text is that of the file.
  package let sheets: [SheetLines]
  /// The UTF-8 offset of the first byte of each line.
  private let lineStarts: [Int]
  /// The number of scalars before each thousandth byte or so, as lines may be very long.
  private let scalarCounts: [Int]

  /// How many bytes lie between two of the counted offsets.
  private static let stride = 1024

  package init(path: String, text: String, firstLine: Int = 1, sheets: [SheetLines] = []) {
    self.path = path
    self.firstLine = firstLine
    self.sheets = sheets
    var text = text
    text.makeContiguousUTF8()
    self.text = text
    let bytes = text.utf8.span
    lineStarts = Source.lineStarts(of: bytes)
    var counts = [0]
    var start = 0
    while start < bytes.count {
      let end = min(start + Source.stride, bytes.count)
      counts.append(counts[counts.count - 1] + bytes.scalarCount(in: start..<end))
      start = end
    }
    scalarCounts = counts
  }

  private static func lineStarts(of bytes: Span<UInt8>) -> [Int] {
    var starts = [0]
    var offset = bytes.firstIndex(of: 0x0A, or: 0x0D, from: 0)
    while offset < bytes.count {
      // A lone carriage return ends a line too; one before a line feed does not count twice.
      if bytes[offset] == 0x0A, offset > 0, bytes[offset - 1] == 0x0D {
        starts[starts.count - 1] = offset + 1
      } else {
        starts.append(offset + 1)
      }
      offset = bytes.firstIndex(of: 0x0A, or: 0x0D, from: offset + 1)
    }
    return starts
  }

  package var utf8Count: Int { text.utf8.count }

  package var lineCount: Int { lineStarts.count }

  /// The text of a range; offsets outside the source are clamped to it.
  package func text(in range: SourceRange) -> Substring {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: min(max(0, range.start), utf8.count))
    let end = utf8.index(utf8.startIndex, offsetBy: min(max(0, range.end), utf8.count))
    return text[start..<end]
  }

  /// The source with another text, which has the same lines.
  package func withText(_ text: String) -> Source {
    Source(path: path, text: text, firstLine: firstLine, sheets: sheets)
  }

  /// The place of a UTF-8 offset: of a sheet, its row and column.
  package func place(at offset: Int) -> Place {
    let offset = min(max(0, offset), utf8Count)
    let line = lineIndex(of: offset)
    if let sheet = sheet(ofLine: line + 1) {
      let cells = text.utf8.span.count(of: 0x09, in: lineStarts[line]..<offset)
      return Place(line: line + 2 - sheet.firstLine, column: cells + 1, sheet: sheet.name)
    }
    return Place(
      line: line + firstLine,
      column: scalarCount(before: offset) - scalarCount(before: lineStarts[line]) + 1)
  }

  /// The number of scalars that begin before an offset.
  private func scalarCount(before offset: Int) -> Int {
    let block = offset / Source.stride
    return scalarCounts[block] + text.utf8.span.scalarCount(in: block * Source.stride..<offset)
  }

  /// The number of the line that holds a UTF-8 offset; lines count from ``firstLine``.
  package func line(at offset: Int) -> Int {
    lineIndex(of: offset) + firstLine
  }

  /// The range of a line without its line break; lines count from ``firstLine``.
  package func range(ofLine line: Int) -> SourceRange {
    let line = line - firstLine + 1
    guard line >= 1, line <= lineStarts.count else { return SourceRange(utf8Count, utf8Count) }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : utf8Count
    let utf8 = text.utf8
    while end > start {
      let byte = utf8[utf8.index(utf8.startIndex, offsetBy: end - 1)]
      guard byte == 0x0A || byte == 0x0D else { break }
      end -= 1
    }
    return SourceRange(start, end)
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// A line and a column, both from 1; the column counts Unicode scalars, and in a sheet its columns.
package struct Place: Hashable, Sendable {
  package let line: Int
  package let column: Int
  /// The sheet of a workbook in which it is.
  package let sheet: String?

  package init(line: Int, column: Int, sheet: String? = nil) {
    self.line = line
    self.column = column
    self.sheet = sheet
  }

  /// The cell of a sheet, as spreadsheets write it: `Sheet1!C5`.
  package var cell: String? {
    sheet.map { cellName(sheet: $0, row: line, column: column) }
  }

  /// The place in a file as reports write it: `a.csv:5:3`, `a.xlsx:Sheet1!C5`.
  package func text(in path: String) -> String {
    "\(path):" + (cell ?? "\(line):\(column)")
  }
}
