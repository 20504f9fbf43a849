import WenzeSyntax

/// Gathers the rows of one sheet from the events of its part.
struct SheetReader {
  /// How many cells there may still be.
  private(set) var room: Int
  private var sheet: Workbook.Sheet
  private let texts: [String]
  private let formats: [NumberFormat]
  private let countsFrom1904: Bool
  private var row = 0
  private var column = 0
  private var cells: [Workbook.Cell] = []
  private var cell: OpenCell?
  private var isInData = false
  private var lastRow = 0

  private struct OpenCell {
    var reference: CellReference
    var type: String
    var style: Int
    var value = ""
    var isInValue = false
    var hasFormula = false
    var inline = TextReader()
    var isInline = false
  }

  init(
    name: String, texts: [String], formats: [NumberFormat], countsFrom1904: Bool, room: Int
  ) {
    sheet = Workbook.Sheet(name: name, isHidden: false)
    self.texts = texts
    self.formats = formats
    self.countsFrom1904 = countsFrom1904
    self.room = room
  }

  func finish() -> Workbook.Sheet {
    var sheet = sheet
    // Writers that number their rows may write them in any order.
    if !zip(sheet.rows, sheet.rows.dropFirst()).allSatisfy({ $0.number < $1.number }) {
      let byNumber = Dictionary(grouping: sheet.rows, by: \.number)
      sheet.rows = byNumber.keys.sorted().map { number in
        Workbook.Row(number: number, cells: sorted((byNumber[number] ?? []).flatMap(\.cells)))
      }
    }
    return sheet
  }

  mutating func read(_ event: XMLEvent) {
    switch event {
    case .start(let element): start(element)
    case .text(let text, _):
      guard cell != nil else { return }
      if cell?.isInline == true { cell?.inline.read(event) }
      if cell?.isInValue == true { cell?.value += text }
    case .end(let name, _):
      if cell?.isInline == true { cell?.inline.read(event) }
      end(name)
    }
  }

  private mutating func start(_ element: XMLElement) {
    if cell != nil {
      if cell?.isInline == true { cell?.inline.read(.start(element)) }
      switch element.name.local {
      case "v": cell?.isInValue = true
      case "f": cell?.hasFormula = true
      case "is": cell?.isInline = true
      default: break
      }
      return
    }
    switch element.name.local {
    case "sheetData": isInData = true
    case "row" where isInData:
      row = element["r"].flatMap { Int($0) } ?? row + 1
      column = 0
      cells = []
    case "c" where isInData:
      var reference = CellReference(row: row, column: column + 1)
      if let text = element["r"], let written = CellReference(text) { reference = written }
      column = reference.column
      cell = OpenCell(
        reference: reference, type: element["t"] ?? "n",
        style: element["s"].flatMap { Int($0) } ?? 0)
    case "mergeCell": if let ref = element["ref"] { addMerge(ref) }
    default: break
    }
  }

  private mutating func end(_ name: XMLName) {
    switch name.local {
    case "v": cell?.isInValue = false
    case "is": cell?.isInline = false
    case "c" where isInData:
      guard let ended = cell else { return }
      cell = nil
      guard sheet.stoppedAt == nil else { return }
      let known = sheet.remarks.count
      let text = text(of: ended) ?? ""
      // A cell that is told of has a place.
      if text.isEmpty, sheet.remarks.count == known { return }
      cells.append(Workbook.Cell(column: ended.reference.column, text: text))
    case "row" where isInData: endRow()
    case "sheetData": isInData = false
    default: break
    }
  }

  private mutating func endRow() {
    guard !cells.isEmpty, 1...CellReference.lastRow ~= row else { return }
    let last = cells.map(\.column).max() ?? 0
    room -= last + max(0, row - lastRow - 1)
    guard room >= 0 else {
      sheet.stoppedAt = row
      room = 0
      return
    }
    lastRow = row
    sheet.rows.append(Workbook.Row(number: row, cells: sorted(cells)))
  }

  private mutating func addMerge(_ text: String) {
    let corners = text.split(separator: ":").map { CellReference($0) }
    guard corners.count == 2, let first = corners[0], let last = corners[1], first.row <= last.row,
      first.column <= last.column
    else { return }
    sheet.merges.append(
      SheetLines.Merge(rows: first.row...last.row, columns: first.column...last.column))
  }

  // MARK: - Values

  /// What a cell says; nil where that cannot be known.
  private mutating func text(of cell: OpenCell) -> String? {
    switch cell.type {
    case "s":
      guard let index = Int(cell.value.filter { !$0.isWhitespace }) else {
        return cell.value.isEmpty ? nil : remark(.strange, at: cell)
      }
      return texts.indices.contains(index) ? texts[index] : remark(.strange, at: cell)
    case "inlineStr": return cell.inline.text
    case "str":
      if cell.value.isEmpty, cell.hasFormula { return nil }
      return unescaped(cell.value)
    case "b": return cell.value.isEmpty ? nil : isTrue(cell.value) ? "TRUE" : "FALSE"
    case "e": return cell.value.isEmpty ? nil : remark(.error(cell.value), at: cell)
    case "d": return cell.value.hasSuffix("T00:00:00") ? String(cell.value.dropLast(9)) : cell.value
    default:
      let value = cell.value.filter { !$0.isWhitespace }
      if value.isEmpty { return cell.hasFormula ? remark(.noValue, at: cell) : nil }
      return number(value, of: cell)
    }
  }

  private mutating func number(_ value: String, of cell: OpenCell) -> String? {
    let format = formats.indices.contains(cell.style) ? formats[cell.style] : .plain
    guard let (text, lostDigits) = numberText(value) else { return remark(.strange, at: cell) }
    if case .date(let parts) = format, let number = Double(value) {
      return date(number, text, showing: parts, of: cell)
    }
    if lostDigits { _ = remark(.lostDigits, at: cell) }
    guard case .digits(let prefix, let minimum, let suffix) = format,
      text.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return text }
    let zeros = String(repeating: "0", count: max(0, minimum - text.utf8.count))
    return prefix + zeros + text + suffix
  }

  private mutating func date(
    _ number: Double, _ text: String, showing parts: NumberFormat.DateParts, of cell: OpenCell
  ) -> String? {
    if parts.isDisjoint(with: [.year, .month, .day]) {
      let shown = parts.contains(.elapsed) ? number : number - number.rounded(.down)
      return SheetDate.elapsed(shown) ?? remark(.noDate(text), at: cell)
    }
    let date = SheetDate(number, countsFrom1904: countsFrom1904)
    switch date {
    case .falseLeapDay: return remark(.falseLeapDay, at: cell)
    case .outOfRange: return remark(.noDate(text), at: cell)
    case .date(let year, _, _, _):
      if !parts.contains(.year), parts != .day { _ = remark(.hiddenYear(year), at: cell) }
      return date.text(showing: parts)
    }
  }

  private mutating func remark(_ kind: Workbook.Remark.Kind, at cell: OpenCell) -> String? {
    sheet.remarks.append(Workbook.Remark(cell: cell.reference, kind: kind))
    return nil
  }
}

private func sorted(_ cells: [Workbook.Cell]) -> [Workbook.Cell] {
  let isSorted = zip(cells, cells.dropFirst()).allSatisfy { $0.column < $1.column }
  return isSorted ? cells : cells.sorted { $0.column < $1.column }
}
