import WenzeModel
package import WenzeSyntax

/// Reads a table of comma-separated values (RFC 4180) and what people make of them.
package func readCSV(
  _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (rows: [CSVRow], diagnostics: [Diagnostic]) {
  var reader = CSVReader(source, limits: limits)
  var rows: [CSVRow] = []
  while let row = reader.next() { rows.append(row) }
  return (rows, reader.diagnostics.found)
}

/// A row of a table.
package struct CSVRow: Hashable, Sendable {
  package var cells: [Cell]
  package var range: SourceRange
  /// Whether the row cannot be read, and that was told of.
  package var isTold = false

  package struct Cell: Hashable, Sendable {
    /// The content without the quotation marks around it.
    package var text: String
    /// Where it stands, with its quotation marks.
    package var range: SourceRange
  }
}

/// Goes through the bytes of a table once, a row at a time.
struct CSVReader {
  let source: Source
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  private var position = 0
  /// The mark between cells; nil where the table has none that can be read.
  let delimiter: UInt8?
  var diagnostics: InputDiagnostics

  init(_ source: Source, limits: ReadingLimits) {
    self.source = source
    self.limits = limits
    bytes = Array(source.text.utf8)
    diagnostics = InputDiagnostics(limit: limits.problems, readsOn: true)
    if let (declared, end) = CSVReader.declaredDelimiter(of: bytes) {
      delimiter = declared
      position = end
      return
    }
    switch CSVReader.detectDelimiter(of: bytes) {
    case .found(let byte): delimiter = byte
    case .fullWidth(let offset):
      delimiter = nil
      diagnostics.report(.fullWidthComma(at: SourceRange(offset, offset + 3)))
    }
  }

  /// The next row that holds anything at all; nil at the end.
  mutating func next() -> CSVRow? {
    guard let delimiter else { return nil }
    while position < bytes.count {
      let start = position
      var cells: [CSVRow.Cell] = []
      while true {
        cells.append(readCell(delimiter))
        guard position < bytes.count, bytes[position] == delimiter else { break }
        position += 1
      }
      let row = CSVRow(
        cells: cells, range: SourceRange(start, position),
        isTold: cells.contains { $0.range.count > limits.textBytes && $0.text == "\u{FFFD}" })
      skipLineBreak()
      if cells.count > 1 || !row.range.isEmpty { return row }
    }
    return nil
  }

  private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private mutating func skipLineBreak() {
    guard position < bytes.count else { return }
    let isReturn = bytes[position] == 0x0D
    position += 1
    if isReturn, position < bytes.count, bytes[position] == 0x0A { position += 1 }
  }

  private mutating func readCell(_ delimiter: UInt8) -> CSVRow.Cell {
    let start = position
    if position < bytes.count, bytes[position] == .quote {
      if let cell = readQuoted(delimiter) { return cell }
      position = start
      diagnostics.report(.unclosedCell(at: SourceRange(start, start + 1)))
    }
    var bare: Int?
    while position < bytes.count, bytes[position] != delimiter, !isLineBreak(bytes[position]) {
      if bytes[position] == .quote, bare == nil, position > start { bare = position }
      position += 1
    }
    if let bare { diagnostics.report(.bareQuote(at: SourceRange(bare, bare + 1))) }
    return cell(bytes[start..<position], from: start)
  }

  /// Reads a cell in quotation marks; nil where they are never closed.
  private mutating func readQuoted(_ delimiter: UInt8) -> CSVRow.Cell? {
    let start = position
    var content: [UInt8] = []
    position += 1
    while true {
      guard let quote = bytes[position...].firstIndex(of: .quote) else { return nil }
      content += bytes[position..<quote]
      position = quote + 1
      guard position < bytes.count, bytes[position] == .quote else { break }
      content.append(.quote)
      position += 1
    }
    // Whatever stands behind the closing mark belongs to the cell all the same.
    let end = position
    while position < bytes.count, bytes[position] != delimiter, !isLineBreak(bytes[position]) {
      position += 1
    }
    if bytes[end..<position].contains(where: { $0 != 0x20 && $0 != 0x09 }) {
      diagnostics.report(.textBehindQuote(at: SourceRange(end - 1, end)))
      content += bytes[end..<position]
    }
    return cell(content[...], from: start)
  }

  private mutating func cell(_ content: ArraySlice<UInt8>, from start: Int) -> CSVRow.Cell {
    let range = SourceRange(start, position)
    if content.count > limits.textBytes {
      diagnostics.report(.cellTooLong(content.count, limit: limits.textBytes, at: range))
      return CSVRow.Cell(text: "\u{FFFD}", range: range)
    }
    return CSVRow.Cell(text: String(decoding: content, as: UTF8.self), range: range)
  }
}

// MARK: - Delimiters

extension CSVReader {
  private enum Delimiter {
    case found(UInt8)
    /// There is only the comma of Chinese text, first at an offset.
    case fullWidth(Int)
  }

  private static let candidates: [UInt8] = [.comma, 0x09, 0x3B, 0x7C]

  /// The mark that a line `sep=;` at the beginning names, as Excel writes it.
  private static func declaredDelimiter(of bytes: [UInt8]) -> (UInt8, end: Int)? {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, line.starts(with: "sep=".utf8) else { return nil }
    return (line[4], line.count)
  }

  /// The mark that most of the first lines hold equally often.
  private static func detectDelimiter(of bytes: [UInt8]) -> Delimiter {
    var counts: [[Int]] = [Array(repeating: 0, count: candidates.count)]
    var fullWidth: Int?
    var inQuotes = false
    for (index, byte) in bytes.prefix(1 << 16).enumerated() {
      if byte == .quote { inQuotes.toggle() }
      if inQuotes { continue }
      if byte == 0x0A || byte == 0x0D {
        if counts.count == 40 { break }
        counts.append(Array(repeating: 0, count: candidates.count))
      } else if let candidate = candidates.firstIndex(of: byte) {
        counts[counts.count - 1][candidate] += 1
      } else if byte == 0xEF, fullWidth == nil, bytes[index...].starts(with: "，".utf8) {
        fullWidth = index
      }
    }
    let scores = candidates.indices.map { candidate in
      Dictionary(grouping: counts.map { $0[candidate] }.filter { $0 > 0 }) { $0 }
        .map { $0.value.count * $0.key }.max() ?? 0
    }
    let best = scores.max() ?? 0
    if best == 0, let fullWidth { return .fullWidth(fullWidth) }
    return .found(candidates[scores.firstIndex(of: best) ?? 0])
  }
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func fullWidthComma(at range: SourceRange) -> Self {
    Diagnostic(
      "D0501", .error,
      Bilingual(
        "表格用全角逗号“，”分隔，未读取",
        "the table separates its cells with the full-width comma `，` and is not read"), at: range,
      notes: [
        Bilingual(
          "全角逗号也写在文字里，无法区分；在 Excel 或者 WPS 里另存为“CSV（逗号分隔）”",
          "that comma stands in texts too and cannot be told apart; save the table as CSV with "
            + "ASCII commas")
      ])
  }

  fileprivate static func unclosedCell(at range: SourceRange) -> Self {
    Diagnostic(
      "D0502", .error,
      Bilingual(
        "引号没有结束，这一格读到行末或者分隔符为止",
        "the quotation mark is never closed; the cell is read to the end of its line or the next "
          + "separator"), at: range,
      notes: [Bilingual("补上引号，或者删去这一个", "close it, or remove this one")])
  }

  fileprivate static func bareQuote(at range: SourceRange) -> Self {
    Diagnostic(
      "D0503", .note,
      Bilingual("格内有单独的引号，照原样读取", "a quotation mark inside a cell is read as it stands"),
      at: range,
      notes: [
        Bilingual(
          "规范的写法是整格加引号，格内引号写两个", "put the whole cell in quotation marks, and double those inside")
      ])
  }

  fileprivate static func textBehindQuote(at range: SourceRange) -> Self {
    Diagnostic(
      "D0504", .warning,
      Bilingual(
        "结束引号后面还有文字，并入这一格", "text behind the closing quotation mark is taken into the cell"),
      at: range,
      notes: [Bilingual("格内的引号写两个", "double the quotation marks inside a cell")])
  }

  static func cellTooLong(_ count: Int, limit: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0505", .error,
      Bilingual(
        "一格有 \(count) 字节，超过上限 \(limit)，这一行未读取",
        "a cell has \(count) bytes, more than the limit of \(limit), and its row is not read"),
      at: SourceRange(range.start, range.start),
      notes: [
        Bilingual(
          "检查前后是否少了引号，或者用 --limit text=N 调高上限",
          "look for a missing quotation mark, or raise the limit with --limit text=N")
      ])
  }
}
