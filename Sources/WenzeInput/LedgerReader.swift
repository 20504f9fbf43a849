package import WenzeModel
package import WenzeSyntax

/// Reads documents from a ledger: a table with a row of header words, and a row a case-subject.
///
/// Rows with the same key make one document. Whatever is not understood is told of, a column or a
/// row or a cell at a time, and everything else is read. Lines that are no text were told of already.
package func readLedger(
  _ source: Source, mappings: [LedgerMapping], limits: ReadingLimits = ReadingLimits(),
  zone: ZoneOffset = .china, unreadableLines: Set<Int> = []
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var (rows, diagnostics) = readCSV(source, limits: limits)
  for index in rows.indices
  where !unreadableLines.isDisjoint(with: source.lines(of: rows[index].range)) {
    rows[index].isTold = true
  }
  var reader = LedgerReader(
    diagnostics: InputDiagnostics(limit: limits.problems, readsOn: true), zone: zone)
  for diagnostic in diagnostics { reader.diagnostics.report(diagnostic) }
  reader.read(rows, mappings: mappings)
  let found = reader.diagnostics.found.enumerated().sorted { left, right in
    let (a, b) = (left.element.range?.start ?? 0, right.element.range?.start ?? 0)
    return (a, left.offset) < (b, right.offset)
  }
  return (reader.finish(), found.map(\.element))
}

/// The state of reading one ledger.
private struct LedgerReader {
  var diagnostics: InputDiagnostics
  private let zone: ZoneOffset
  private var columns: [Int: LedgerMapping.Target] = [:]
  private var header: [String] = []
  private var mapping: LedgerMapping?
  private var cases: [(node: LedgerRecord, range: SourceRange)] = []
  private var byKey: [String: Int] = [:]
  /// How many rows were read, and since the last subtotal.
  private var rowCount = 0
  private var partCount = 0
  private var serialDates: Set<Int> = []

  init(diagnostics: InputDiagnostics, zone: ZoneOffset) {
    self.diagnostics = diagnostics
    self.zone = zone
  }

  mutating func read(_ rows: [CSVRow], mappings: [LedgerMapping]) {
    guard !rows.isEmpty else { return }
    guard let start = findHeader(in: rows, mappings: mappings) else { return }
    let missingKey = mapping.flatMap { mapping in
      mapping.key.map { key in !columns.values.contains { $0.steps == key } }
    }
    if missingKey == true, let mapping {
      diagnostics.report(.noKeyColumn(mapping, at: rows[start].range))
    }
    dropMisnamedColumns(of: rows[(start + 1)...], header: rows[start])
    for row in rows[(start + 1)...] where !row.isBlank { read(row, hasKey: missingKey == false) }
    if cases.isEmpty { diagnostics.report(.noRows(at: rows[start].range)) }
  }

  func finish() -> [WrittenDocument] {
    cases.map { node, range in
      WrittenDocument(
        dossier: mapping?.dossier.chinese, dossierRange: nil, body: node.node(at: range))
    }
  }

  // MARK: - Header

  /// Finds the row of header words and what each stands for; nil where there is none.
  private mutating func findHeader(in rows: [CSVRow], mappings: [LedgerMapping]) -> Int? {
    var best: (row: Int, mapping: Int, count: Int)?
    for (index, row) in rows.prefix(20).enumerated() {
      for (number, mapping) in mappings.enumerated() {
        let count = row.cells.count { mapping.meaning(of: $0.text) != nil }
        if count > (best?.count ?? 0) { best = (index, number, count) }
      }
    }
    let widest = rows.prefix(20).map(\.filled.count).max() ?? 0
    guard let best, best.count >= min(2, widest) else {
      diagnostics.report(
        mappings.isEmpty ? .noMappings(at: rows[0].range) : .noHeader(at: rows[0].range))
      return nil
    }
    let row = rows[best.row]
    let mapping = mappings[best.mapping]
    if let other = secondHeaderRow(around: best.row, in: rows, mapping) {
      diagnostics.report(.mergedHeader(at: row.range, other: other.range))
      return nil
    }
    for title in rows[..<best.row] where !title.isBlank {
      diagnostics.report(.titleRow(at: title.filledRange))
    }
    self.mapping = mapping
    header = row.cells.map { LedgerMapping.headerKey($0.text) }
    for (index, cell) in row.cells.enumerated() { addColumn(index, cell, mapping) }
    return best.row
  }

  /// The row that together with the header makes a header of two rows.
  private func secondHeaderRow(
    around index: Int, in rows: [CSVRow], _ mapping: LedgerMapping
  ) -> CSVRow? {
    let header = rows[index]
    if index > 0 {
      // A title stands alone, or with marks like “填报单位：”.
      let above = rows[index - 1]
      let words = above.filled.filter { !$0.text.contains { ":：".contains($0) } }
      if words.count >= 2 { return above }
    }
    guard index + 1 < rows.count else { return nil }
    let below = rows[index + 1]
    let known = below.filled.count { mapping.meaning(of: $0.text) != nil }
    let hasGaps = header.filled.count < header.cells.count
    return hasGaps && known >= 2 && known * 2 >= below.filled.count ? below : nil
  }

  private mutating func addColumn(_ index: Int, _ cell: CSVRow.Cell, _ mapping: LedgerMapping) {
    guard !cell.isBlank else { return }
    switch mapping.meaning(of: cell.text) {
    case .nothing: break
    case nil: diagnostics.report(.unmappedColumn(cell))
    case .ambiguous(let paths): diagnostics.report(.ambiguousColumn(cell, paths))
    case .field(let target):
      // Several columns may add to one list, as those for discipline and for other measures do.
      if listPath(of: target) == nil, columns.values.contains(where: { $0.steps == target.steps }) {
        diagnostics.report(.repeatedColumn(cell, target))
      } else {
        columns[index] = target
      }
    }
  }

  /// Sets aside the columns that hold values of another field than their header says.
  ///
  /// “问责情形” is a field of its own, but some ledgers write the measures below it.
  private mutating func dropMisnamedColumns(of rows: ArraySlice<CSVRow>, header: CSVRow) {
    for (index, target) in columns.sorted(by: { $0.key < $1.key }) {
      guard case .entry = target.content else { continue }
      let values = rows.prefix(200).filter { $0.total == nil && $0.cells.indices.contains(index) }
        .compactMap { $0.cells[index].trimmed }.flatMap { $0.text.parts + [$0.text] }
      if values.contains(where: { target.knows($0, in: zone) }) { continue }
      let others = (mapping?.targets ?? []).map { other in
        (target: other, count: values.count { other.knows($0, in: zone) })
      }
      guard let best = others.max(by: { $0.count < $1.count }), best.count * 2 >= values.count,
        best.count > 0
      else { continue }
      columns[index] = nil
      diagnostics.report(.misnamedColumn(header.cells[index], target, holds: best.target))
    }
  }

  // MARK: - Rows

  private mutating func read(_ row: CSVRow, hasKey: Bool) {
    if row.cells.map({ LedgerMapping.headerKey($0.text) }) == header || row.isTold { return }
    if row.cells.contains(where: { $0.text.unicodeScalars.contains("\u{FFFD}") }) {
      diagnostics.report(.undecodedRow(at: row.filledRange))
      return
    }
    if let total = row.total {
      check(row, total)
      return
    }
    if row.cells.count > header.count, row.cells[header.count...].contains(where: { !$0.isBlank }) {
      diagnostics.report(
        .tooManyCells(row.cells.count, header: header.count, at: row.cells[header.count].range))
      return
    }
    if row.cells.count < header.count {
      diagnostics.report(
        .tooFewCells(row.cells.count, header: header.count, at: row.filledRange))
    }
    rowCount += 1
    partCount += 1
    let record = record(of: row)
    let key = mapping?.key.flatMap { record.text(at: $0) }
    if let key, let known = byKey[key] {
      merge(record, into: known)
      return
    }
    if let key {
      byKey[key] = cases.count
    } else if hasKey, let mapping {
      diagnostics.report(.rowWithoutKey(mapping, at: row.filledRange))
    }
    cases.append((record, row.filledRange))
  }

  /// Compares a row of totals with the rows above it.
  private mutating func check(_ row: CSVRow, _ total: CSVRow.Total) {
    let isPart = total.isPart
    let counts = [isPart ? partCount : rowCount, isPart ? partCount : cases.count]
    partCount = 0
    guard let (number, cell) = total.number else {
      diagnostics.report(.totalRow(at: row.filledRange))
      return
    }
    if counts.contains(number) {
      diagnostics.report(.matchingTotal(number, at: cell.range))
    } else {
      diagnostics.report(
        .differentTotal(number, rows: counts[0], cases: isPart ? nil : counts[1], at: cell.range))
    }
  }

  private mutating func merge(_ record: LedgerRecord, into index: Int) {
    var conflicts: [(first: DataNode, second: DataNode)] = []
    cases[index].node.merge(
      record, path: [], rowList: mapping?.rowList?.map(\.name.chinese), &conflicts)
    for (first, second) in conflicts { diagnostics.report(.conflict(first, second)) }
  }

  // MARK: - Cells

  /// What one row says.
  private mutating func record(of row: CSVRow) -> LedgerRecord {
    var record = LedgerRecord()
    // The elements that the cells of one list stand for, by its path.
    var parts: [(target: LedgerMapping.Target, cell: CSVRow.Cell, values: [DataNode])] = []
    var sizes: [[LedgerMapping.Step]: Int] = [:]
    for index in columns.keys.sorted() where index < row.cells.count {
      guard let target = columns[index], let cell = row.cells[index].trimmed else { continue }
      let values = values(of: cell, for: target, column: index)
      if values.isEmpty { continue }
      if let known = parts.firstIndex(where: { $0.target.steps == target.steps }) {
        let all = parts[known].values + values
        let present = all.filter { $0.content != .word("无") && $0.content != .word("none") }
        parts[known].values = present.isEmpty ? values : present
      } else {
        parts.append((target, cell, values))
      }
    }
    for (target, _, values) in parts {
      if let list = listPath(of: target), target.steps.last?.isList == false {
        sizes[list] = max(sizes[list] ?? 0, values.count)
      }
    }
    for (target, cell, values) in parts {
      guard let list = listPath(of: target), target.steps.last?.isList == false else {
        record.add(values, at: target.steps[...], elements: nil)
        continue
      }
      let size = sizes[list] ?? 1
      if values.count != size {
        diagnostics.report(.unclearElement(cell, of: size, list: list))
        continue
      }
      record.add(values, at: target.steps[...], elements: list.count)
    }
    return record
  }

  /// The innermost list of records that a column is about, apart from the one whose elements are
  /// rows.
  private func listPath(of target: LedgerMapping.Target) -> [LedgerMapping.Step]? {
    guard let last = target.steps.dropLast().lastIndex(where: \.isList) else { return nil }
    let path = Array(target.steps[...last])
    return path == mapping?.rowList ? nil : path
  }

  /// The values of a cell; none where it says nothing or cannot be read.
  private mutating func values(
    of cell: CSVRow.Cell, for target: LedgerMapping.Target, column: Int
  ) -> [DataNode] {
    let isMany = target.steps.contains(where: \.isList) && target.steps != mapping?.key
    var texts = [cell.text]
    if isMany, isTextList(target) || !target.knows(cell.text, in: zone) {
      let parts = cell.text.parts
      // A text is one value unless each part of it is a known one.
      if isTextList(target) || parts.allSatisfy({ target.knows($0, in: zone) }) { texts = parts }
    }
    var nodes: [DataNode] = []
    for text in texts {
      guard let content = target.value(of: text, in: zone) else {
        diagnostics.report(.unreadableCell(cell, target))
        return []
      }
      if target.content == .date, isSerial(text), serialDates.insert(column).inserted {
        diagnostics.report(.serialDate(cell, content))
      }
      nodes.append(DataNode(content, at: cell.range))
    }
    return nodes
  }

  private func isTextList(_ target: LedgerMapping.Target) -> Bool {
    target.content == .text && target.steps.last?.isList == true
  }
}

extension String {
  /// What a cell with several values holds.
  fileprivate var parts: [String] {
    split { "、，,；;\n\r".contains($0) }.map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
  }
}

extension Source {
  fileprivate func lines(of range: SourceRange) -> ClosedRange<Int> {
    line(at: range.start)...line(at: range.end)
  }
}

extension LedgerMapping {
  /// The fields that columns with listed values may stand for, in a fixed order.
  fileprivate var targets: [Target] {
    let targets = meanings.values.compactMap { meaning -> Target? in
      guard case .field(let target) = meaning, case .entry = target.content else { return nil }
      return target
    }
    return Set(targets).sorted { $0.name.english < $1.name.english }
  }

  /// What a header cell stands for: its words, or these without a remark in brackets.
  fileprivate func meaning(of text: String) -> Meaning? {
    let key = LedgerMapping.headerKey(text)
    guard !key.isEmpty else { return nil }
    if let meaning = meanings[key] { return meaning }
    guard let bracket = key.firstIndex(where: { "([【".contains($0) }), bracket > key.startIndex
    else { return nil }
    return meanings[String(key[..<bracket])]
  }
}

// MARK: - Cells and rows

extension CSVRow.Cell {
  /// Whether nothing is recorded in it.
  fileprivate var isBlank: Bool { trimmed == nil }

  /// The cell without spaces around its text; nil where it says nothing.
  fileprivate var trimmed: CSVRow.Cell? {
    let text = text.trimmingWhitespace()
    let isMark = text.unicodeScalars.allSatisfy { "—–-－―─/／\\".unicodeScalars.contains($0) }
    return isMark ? nil : CSVRow.Cell(text: text, range: range)
  }
}

extension CSVRow {
  fileprivate var isBlank: Bool { cells.allSatisfy { $0.text.trimmingWhitespace().isEmpty } }

  fileprivate var filled: [Cell] { cells.filter { !$0.text.trimmingWhitespace().isEmpty } }

  /// From the first cell with anything in it to the last.
  fileprivate var filledRange: SourceRange {
    guard let first = filled.first, let last = filled.last else { return range }
    return first.range.union(last.range)
  }

  fileprivate struct Total {
    /// Whether it counts only the rows since the last such row.
    var isPart: Bool
    var number: (Int, Cell)?
  }

  /// What the row says if it is one of totals.
  fileprivate var total: Total? {
    guard let first = filled.first else { return nil }
    let word = LedgerMapping.headerKey(first.text).prefix { !$0.isASCII || $0.isLetter }
    guard word.count <= 8 else { return nil }
    let isPart = ["小计", "subtotal"].contains(where: word.hasPrefix)
    guard isPart || ["合计", "总计", "共计", "总合计", "total"].contains(where: word.hasPrefix) else {
      return nil
    }
    for cell in filled {
      let digits = cell.text.foldingFullWidth().drop { !$0.isASCII || !$0.isNumber }
      let number = digits.prefix { $0.isASCII && $0.isNumber }
      let isShort = cell.text.unicodeScalars.count <= number.count + 8
      if let value = Int(number), isShort { return Total(isPart: isPart, number: (value, cell)) }
    }
    return Total(isPart: isPart, number: nil)
  }
}

extension StringProtocol {
  func trimmingWhitespace() -> String {
    let scalars = unicodeScalars
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(String.UnicodeScalarView(scalars[first...last]))
  }
}

/// Whether a text is a day's number as spreadsheets count them.
private func isSerial(_ text: String) -> Bool {
  text.utf8.count == 5 && Int(text).map { (20_000...80_000).contains($0) } ?? false
}

extension LedgerMapping.Target {
  /// Whether a word is a value for certain, and not merely a text that would be kept as one.
  fileprivate func knows(_ text: String, in zone: ZoneOffset) -> Bool {
    if case .entry(let spellings, _) = content {
      return words[text] != nil || spellings.contains(text)
    }
    return content != .text && value(of: text, in: zone) != nil
  }

  /// The value that a cell stands for; nil where it is none of the column's type.
  fileprivate func value(of text: String, in zone: ZoneOffset) -> DataNode.Content? {
    if let word = words[text] { return .word(word) }
    // An enum may have a value of this spelling.
    if case .entry(let spellings, _) = content, spellings.contains(text) { return .text(text) }
    if content != .text || steps.last?.isList == true, ["无", "none"].contains(text) {
      return .word(text)
    }
    switch content {
    case .text: return .text(text)
    case .boolean:
      let word = text.foldingFullWidth().lowercased()
      if ["是", "有", "已", "√", "✓", "✔", "y", "yes", "true", "1"].contains(word) {
        return .boolean(true)
      }
      return ["否", "未", "×", "✗", "✘", "x", "n", "no", "false", "0"].contains(word)
        ? .boolean(false) : nil
    case .integer, .decimal:
      let folded = text.foldingFullWidth()
      let number = String(folded.prefix { !"个月人名件次条".contains($0) }).trimmingWhitespace()
      guard let value = FixedDecimal(text: number),
        content == .decimal || value.millionths % 1_000_000 == 0
      else { return nil }
      return .word(number)
    case .date: return date(text, in: zone)
    case .duration: return CalendarDuration(text: text) == nil ? nil : .text(text)
    case .entry(_, let isOpen): return isOpen ? .text(text) : nil
    }
  }

  /// The day that a spreadsheet numbers, counting from the last but one of 1899.
  private func serialDate(_ number: Int) -> DataNode.Content? {
    CalendarDate(dayNumber: number - 25_569).map { .word($0.text(in: .chinese)) }
  }

  private func date(_ text: String, in zone: ZoneOffset) -> DataNode.Content? {
    if isSerial(text), let number = Int(text) { return serialDate(number) }
    var text = text.foldingFullWidth()
    // What a spreadsheet adds to a day is no time.
    for midnight in [" 00:00:00", " 0:00:00", " 00:00", " 0:00"] where text.hasSuffix(midnight) {
      text.removeLast(midnight.count)
      break
    }
    if text.utf8.count == 6, let number = Int(text), (1...12).contains(number % 100) {
      text = "\(number / 100)年\(number % 100)月"
    }
    // Rows that write one day in different ways agree.
    let date = CalendarDate(text: text) ?? CalendarDate(timestamp: text, in: zone)
    return date.map { .word($0.text(in: .chinese)) }
  }
}
