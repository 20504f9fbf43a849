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
    diagnostics: InputDiagnostics(limit: limits.problems, readsOn: true),
    days: DayReckoning(zone: zone))
  for diagnostic in diagnostics { reader.diagnostics.report(diagnostic) }
  if reader.read(rows, mappings: mappings) == .noHeader {
    reader.diagnostics.report(.noHeader(mappings, at: rows[0].range))
  }
  return (reader.finish(), reader.diagnostics.inOrder)
}

/// Reads documents from the sheets of a workbook: each that has a row of header words is a ledger.
package func readLedgers(
  _ source: Source, mappings: [LedgerMapping], limits: ReadingLimits = ReadingLimits(),
  zone: ZoneOffset = .china
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var diagnostics = InputDiagnostics(limit: limits.problems, readsOn: true)
  var documents: [WrittenDocument] = []
  var withoutHeader: SourceRange?
  var hasLedger = false
  for sheet in source.sheets {
    let numbered = ledgerRows(of: sheet, in: source, limits: limits, &diagnostics)
    var reader = LedgerReader(
      diagnostics: diagnostics,
      days: DayReckoning(zone: zone, countsFrom1904: sheet.countsFrom1904), sheet: sheet,
      numbers: numbered.map(\.number))
    let rows = numbered.map(\.row)
    switch reader.read(rows, mappings: mappings) {
    case .empty: break
    case .noHeader: withoutHeader = withoutHeader ?? rows[0].range
    case .ledger: hasLedger = true
    }
    documents += reader.finish()
    diagnostics = reader.diagnostics
  }
  if !hasLedger {
    diagnostics.report(withoutHeader.map { .noHeader(mappings, at: $0) } ?? .emptyWorkbook())
  }
  return (documents, diagnostics.inOrder)
}

/// For each column of the ledgers in a workbook the field that it stands for, by its path in
/// English, and the column, from 1.
package func ledgerColumns(
  _ source: Source, mappings: [LedgerMapping]
) -> [String: [String: Int]] {
  var columns: [String: [String: Int]] = [:]
  var diagnostics = InputDiagnostics(limit: 0, readsOn: true)
  for sheet in source.sheets {
    let numbered = ledgerRows(of: sheet, in: source, limits: ReadingLimits(), &diagnostics)
    var reader = LedgerReader(
      diagnostics: diagnostics, days: DayReckoning(zone: .china), sheet: sheet,
      numbers: numbered.map(\.number))
    guard reader.read(numbered.map(\.row), mappings: mappings) == .ledger else { continue }
    columns[sheet.name] = reader.columnsByPath
  }
  return columns
}

extension InputDiagnostics {
  /// What was found, in the order of places.
  fileprivate var inOrder: [Diagnostic] {
    found.enumerated().sorted { left, right in
      let (a, b) = (left.element.range?.start ?? 0, right.element.range?.start ?? 0)
      return (a, left.offset) < (b, right.offset)
    }
    .map(\.element)
  }
}

/// How the days of a ledger are told.
private struct DayReckoning {
  /// The zone whose days those of points in time are.
  var zone: ZoneOffset
  /// Whether numbers of days are counted from the first of 1904, and not from 1900.
  var countsFrom1904 = false
}

/// The state of reading one ledger.
private struct LedgerReader {
  var diagnostics: InputDiagnostics
  private let days: DayReckoning
  /// The sheet that the rows are of, if they are of one, with their numbers.
  private let sheet: SheetLines?
  private let numbers: [Int]
  private var columns: [Int: LedgerMapping.Target] = [:]
  private var header: [String] = []
  private var mapping: LedgerMapping?
  private var cases: [(node: LedgerRecord, range: SourceRange)] = []
  private var byKey: [String: Int] = [:]
  /// How many rows were read, and since the last subtotal.
  private var rowCount = 0
  private var partCount = 0
  private var serialDates: Set<Int> = []
  private var unnamedColumns: Set<Int> = []
  private var totalRows: Set<Int> = []

  init(
    diagnostics: InputDiagnostics, days: DayReckoning, sheet: SheetLines? = nil,
    numbers: [Int] = []
  ) {
    self.diagnostics = diagnostics
    self.days = days
    self.sheet = sheet
    self.numbers = numbers
  }

  enum Outcome {
    case empty
    case noHeader
    case ledger
  }

  mutating func read(_ rows: [CSVRow], mappings: [LedgerMapping]) -> Outcome {
    guard !rows.isEmpty else { return .empty }
    guard let found = findHeader(in: rows, mappings: mappings) else { return .noHeader }
    // A header that cannot be understood was told of.
    guard mapping != nil else { return .ledger }
    let missingKey = mapping.flatMap { mapping in
      mapping.key.map { key in !columns.values.contains { $0.steps == key } }
    }
    if missingKey == true, let mapping {
      diagnostics.report(.noKeyColumn(mapping, at: found.row.range))
    }
    dropMisnamedColumns(of: rows[(found.last + 1)...], header: found.row)
    for (index, row) in rows.enumerated().dropFirst(found.last + 1) where !row.isBlank {
      if sheet != nil, row.total != nil { totalRows.insert(numbers[index]) }
      read(row, hasKey: missingKey == false)
    }
    if cases.isEmpty { diagnostics.report(.noRows(at: found.row.range)) }
    tellRemarks(below: numbers.isEmpty ? 0 : numbers[found.last])
    return .ledger
  }

  /// Tells what there is to say of the cells of a sheet that are read.
  private mutating func tellRemarks(below number: Int) {
    for remark in sheet?.remarks ?? [] {
      if remark.row > number, columns[remark.column - 1] != nil, !totalRows.contains(remark.row) {
        diagnostics.report(remark.diagnostic)
      }
    }
  }

  var columnsByPath: [String: Int] {
    Dictionary(
      columns.map { ($0.value.name.english, $0.key + 1) }, uniquingKeysWith: { min($0, $1) })
  }

  func finish() -> [WrittenDocument] {
    cases.map { node, range in
      WrittenDocument(
        dossier: mapping?.dossier.chinese, dossierRange: nil, body: node.node(at: range))
    }
  }

  // MARK: - Header

  /// A row of header words, made of one row, or of two whose cells are joined.
  private struct Header {
    var row: CSVRow
    /// The rows that it is made of.
    var first: Int
    var last: Int
  }

  /// Finds the row of header words and what each stands for; nil where there is none.
  private mutating func findHeader(in rows: [CSVRow], mappings: [LedgerMapping]) -> Header? {
    var best: (header: Header, mapping: LedgerMapping, count: Int)?
    func consider(_ header: Header, _ mapping: LedgerMapping) {
      let count = header.row.cells.count { mapping.meaning(of: $0.text) != nil }
      let known = best?.count ?? 0
      // Of as many words, those of two rows say more.
      if count > known || count == known && count > 0 && header.last > header.first {
        best = (header, mapping, count)
      }
    }
    for (index, row) in rows.prefix(20).enumerated() {
      for mapping in mappings {
        consider(Header(row: row, first: index, last: index), mapping)
        if let joined = joinedHeader(index, in: rows, mapping) { consider(joined, mapping) }
      }
    }
    let widest = rows.prefix(20).map(\.filled.count).max() ?? 0
    guard let best, best.count >= min(2, widest) else { return nil }
    let (header, mapping) = (best.header, best.mapping)
    if let other = secondHeaderRow(around: header, in: rows, mapping) {
      diagnostics.report(.mergedHeader(at: header.row.range, other: other.range))
      return header
    }
    for title in rows[..<header.first] where !title.isBlank {
      diagnostics.report(.titleRow(at: title.filledRange))
    }
    self.mapping = mapping
    self.header = header.row.cells.map { LedgerMapping.headerKey($0.text) }
    for (index, cell) in header.row.cells.enumerated() { addColumn(index, cell, mapping) }
    return header
  }

  /// The header of a row and the next one, where joined cells say that both are one: a word over
  /// several columns is the beginning of the words below it, or the name of their group.
  private func joinedHeader(
    _ index: Int, in rows: [CSVRow], _ mapping: LedgerMapping
  ) -> Header? {
    guard let sheet, index + 1 < rows.count, numbers[index + 1] == numbers[index] + 1 else {
      return nil
    }
    let (upper, lower) = (rows[index], rows[index + 1])
    let number = numbers[index]
    guard upper.isLikeHeader else { return nil }
    let below = lower.cells.indices.filter { !lower.cells[$0].isBlank }.map { $0 + 1 }
    let groups = sheet.merges.filter { merge in
      merge.rows == number...number && merge.columns.count > 1
        && below.count(where: merge.columns.contains) > 1
    }
    let isJoined =
      !groups.isEmpty || sheet.merges.contains { $0.rows == number...(number + 1) }
    guard isJoined else { return nil }
    var cells: [CSVRow.Cell] = []
    for column in 1...max(upper.cells.count, lower.cells.count) {
      let start = groups.first { $0.columns.contains(column) }?.columns.lowerBound ?? column
      let over = start <= upper.cells.count ? upper.cells[start - 1] : nil
      guard column <= lower.cells.count, !lower.cells[column - 1].isBlank else {
        let none = CSVRow.Cell(text: "", range: SourceRange(lower.range.end, lower.range.end))
        cells.append(start == column ? over ?? none : none)
        continue
      }
      var cell = lower.cells[column - 1]
      if let over, !over.isBlank, over.text != cell.text {
        let both = over.text + cell.text
        if case .field? = mapping.meaning(of: both) {
          cell.text = both
        } else if mapping.meaning(of: cell.text) == nil {
          cell.text = both
        }
      }
      cells.append(cell)
    }
    return Header(
      row: CSVRow(cells: cells, range: upper.range.union(lower.range)), first: index,
      last: index + 1)
  }

  /// The row that together with the header makes a header of two rows.
  private func secondHeaderRow(
    around header: Header, in rows: [CSVRow], _ mapping: LedgerMapping
  ) -> CSVRow? {
    if header.first > 0 {
      let above = rows[header.first - 1]
      if above.isLikeHeader { return above }
    }
    guard header.first == header.last, header.last + 1 < rows.count else { return nil }
    let below = rows[header.last + 1]
    let known = below.filled.count { mapping.meaning(of: $0.text) != nil }
    let hasGaps = header.row.filled.count < header.row.cells.count
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
      if values.contains(where: { target.knows($0, by: days) }) { continue }
      let others = (mapping?.targets ?? []).map { other in
        (target: other, count: values.count { other.knows($0, by: days) })
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
    if sheet != nil {
      tellUnnamedColumns(of: row)
    } else if row.cells.count > header.count,
      row.cells[header.count...].contains(where: { !$0.isBlank })
    {
      diagnostics.report(
        .tooManyCells(row.cells.count, header: header.count, at: row.cells[header.count].range))
      return
    }
    if sheet == nil, row.cells.count < header.count {
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

  /// Tells of cells behind the last column that has a header, once a column: a sheet keeps them apart
  /// from the others.
  private mutating func tellUnnamedColumns(of row: CSVRow) {
    for index in row.cells.indices.dropFirst(header.count)
    where !row.cells[index].isBlank && unnamedColumns.insert(index).inserted {
      diagnostics.report(.unnamedColumn(row.cells[index], columnLetters(index + 1)))
    }
  }

  /// Compares a row of totals with the rows above it.
  private mutating func check(_ row: CSVRow, _ total: CSVRow.Total) {
    let isPart = total.isPart
    let counts = [isPart ? partCount : rowCount, isPart ? partCount : cases.count]
    partCount = 0
    // What stands in a column of numbers is their sum.
    guard
      let (number, cell, _) = total.numbers.first(where: { number in
        columns[number.column]?.content.isNumeric != true
      })
    else {
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
    if isMany, isTextList(target) || !target.knows(cell.text, by: days) {
      let parts = cell.text.parts
      // A text is one value unless each part of it is a known one.
      if isTextList(target) || parts.allSatisfy({ target.knows($0, by: days) }) { texts = parts }
    }
    var nodes: [DataNode] = []
    for text in texts {
      guard let content = target.value(of: text, by: days) else {
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

  /// Whether it may hold header words: a title stands alone, or with marks like “填报单位：”.
  fileprivate var isLikeHeader: Bool {
    filled.count { !$0.text.contains { ":：".contains($0) } } >= 2
  }

  /// From the first cell with anything in it to the last.
  fileprivate var filledRange: SourceRange {
    guard let first = filled.first, let last = filled.last else { return range }
    return first.range.union(last.range)
  }

  fileprivate struct Total {
    /// Whether it counts only the rows since the last such row.
    var isPart: Bool
    /// The numbers in it, each with its column.
    var numbers: [(Int, Cell, column: Int)]
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
    return Total(
      isPart: isPart,
      numbers: cells.enumerated().compactMap { column, cell in
        let digits = cell.text.foldingFullWidth().drop { !$0.isASCII || !$0.isNumber }
        let number = digits.prefix { $0.isASCII && $0.isNumber }
        let isShort = cell.text.unicodeScalars.count <= number.count + 8
        return isShort ? Int(number).map { ($0, cell, column) } : nil
      })
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
  fileprivate func knows(_ text: String, by days: DayReckoning) -> Bool {
    if case .entry(let spellings, _) = content {
      return words[text] != nil || spellings.contains(text)
    }
    return content != .text && value(of: text, by: days) != nil
  }

  /// The value that a cell stands for; nil where it is none of the column's type.
  fileprivate func value(of text: String, by days: DayReckoning) -> DataNode.Content? {
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
    case .date: return date(text, by: days)
    case .duration: return CalendarDuration(text: text) == nil ? nil : .text(text)
    case .entry(_, let isOpen): return isOpen ? .text(text) : nil
    }
  }

  /// The day that a spreadsheet numbers, counting from the last but one of 1899, or from the first of
  /// 1904.
  private func serialDate(_ number: Int, by days: DayReckoning) -> DataNode.Content? {
    CalendarDate(dayNumber: number - (days.countsFrom1904 ? 24_107 : 25_569)).map {
      .word($0.text(in: .chinese))
    }
  }

  private func date(_ text: String, by days: DayReckoning) -> DataNode.Content? {
    if isSerial(text), let number = Int(text) { return serialDate(number, by: days) }
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
    let date = CalendarDate(text: text) ?? CalendarDate(timestamp: text, in: days.zone)
    return date.map { .word($0.text(in: .chinese)) }
  }
}

extension LedgerMapping.Content {
  /// Whether values can be added up.
  fileprivate var isNumeric: Bool { self == .integer || self == .decimal || self == .duration }
}
