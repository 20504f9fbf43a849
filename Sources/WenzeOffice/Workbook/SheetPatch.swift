import WenzeSyntax

/// Gives cells of one sheet other styles, and adds those that it does not have.
struct SheetPatch {
  private let bytes: [UInt8]
  private var layout = RootLayout()
  private var rows: [Int: Row] = [:]
  /// Where each row begins, in the order of the text.
  private var rowStarts: [(number: Int, start: Int)] = []
  private var columnStyles: [(columns: ClosedRange<Int>, style: Int)] = []
  private(set) var merges: [SheetLines.Merge] = []
  /// The relationship of the drawing that shows the comments, if there is one.
  private(set) var drawing: String?
  private let isStrict: Bool

  private struct Row {
    var start: Range<Int>
    var contentEnd: Int
    var style: Int?
    var cells: [(column: Int, start: Range<Int>, style: Int)] = []
  }

  /// What comes behind the drawing of comments in a sheet.
  private static let behindDrawing: Set = [
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
  ]

  /// Reads where things stand in a sheet; of cells, those in the rows that are wanted.
  init(
    _ bytes: [UInt8], part: String, rows wanted: Set<Int>, isStrict: Bool
  ) throws(WorkbookProblem) {
    self.bytes = bytes
    self.isStrict = isStrict
    var layout = RootLayout()
    var rows: [Int: Row] = [:]
    var rowStarts: [(number: Int, start: Int)] = []
    var columnStyles: [(columns: ClosedRange<Int>, style: Int)] = []
    var merges: [SheetLines.Merge] = []
    var drawing: String?
    var isInData = false
    var row = 0
    var column = 0
    try readPart(bytes, part) { event in
      layout.read(event)
      switch event {
      case .start(let element):
        switch element.name.local {
        case "sheetData": isInData = true
        case "row" where isInData:
          row = element["r"].flatMap { Int($0) } ?? row + 1
          column = 0
          rowStarts.append((row, element.range.lowerBound))
          guard wanted.contains(row) else { return }
          rows[row] = Row(
            start: element.range, contentEnd: element.range.upperBound,
            style: isTrue(element["customFormat"]) ? element["s"].flatMap { Int($0) } : nil)
        case "c" where isInData:
          column = element["r"].flatMap { CellReference($0)?.column } ?? column + 1
          rows[row]?.cells.append(
            (column, element.range, element["s"].flatMap { Int($0) } ?? 0))
        case "col":
          guard let first = element["min"].flatMap({ Int($0) }),
            let last = element["max"].flatMap({ Int($0) }), first <= last,
            let style = element["style"].flatMap({ Int($0) })
          else { return }
          columnStyles.append((first...last, style))
        case "mergeCell":
          let corners = element["ref"]?.split(separator: ":").compactMap { CellReference($0) } ?? []
          guard corners.count == 2, corners[0].row <= corners[1].row,
            corners[0].column <= corners[1].column
          else { return }
          merges.append(
            SheetLines.Merge(
              rows: corners[0].row...corners[1].row,
              columns: corners[0].column...corners[1].column))
        case "legacyDrawing":
          drawing = element.attributes.first { $0.key.local == "id" }?.value
        default: break
        }
      case .end(let name, let range):
        if name.local == "sheetData" { isInData = false }
        if name.local == "row", isInData { rows[row]?.contentEnd = range.lowerBound }
      case .text: break
      }
    }
    self.layout = layout
    self.rows = rows
    self.rowStarts = rowStarts
    self.columnStyles = columnStyles
    self.merges = merges
    self.drawing = drawing
  }

  /// The cell that shows what is written at a place: of joined cells, the first.
  func shownCell(_ cell: CellReference) -> CellReference {
    for merge in merges where merge.rows.contains(cell.row) && merge.columns.contains(cell.column) {
      return CellReference(row: merge.rows.lowerBound, column: merge.columns.lowerBound)
    }
    return cell
  }

  /// The text with other styles for cells, and with the drawing of comments where one is named.
  func patched(
    _ colours: [CellReference: String], drawing: String?, _ styles: inout StylesPatch
  ) -> [UInt8] {
    guard let data = layout.child("sheetData") else { return bytes }
    let prefix = WrittenTag(data.start, in: bytes).prefix
    var splices = Splices()
    let byRow = Dictionary(grouping: colours.keys, by: \.row)
    var atEnd = ""
    for number in byRow.keys.sorted() {
      let cells = (byRow[number] ?? []).sorted()
      guard let row = rows[number] else {
        let text =
          #"<\#(prefix)row r="\#(number)">"#
          + cells.map { newCell($0, colours, nil, prefix, &styles) }.joined()
          + "</\(prefix)row>"
        if let next = rowStarts.first(where: { $0.number > number }) {
          splices.insert(text, at: next.start)
        } else {
          atEnd += text
        }
        continue
      }
      var atRowEnd = ""
      for cell in cells {
        guard let colour = colours[cell] else { continue }
        if let known = row.cells.first(where: { $0.column == cell.column }) {
          var tag = WrittenTag(known.start, in: bytes)
          tag.set("s", to: "\(styles.style(known.style, on: colour))")
          splices.replace(known.start, with: tag.string)
        } else {
          let text = newCell(cell, colours, row.style, prefix, &styles)
          if let next = row.cells.first(where: { $0.column > cell.column }) {
            splices.insert(text, at: next.start.lowerBound)
          } else {
            atRowEnd += text
          }
        }
      }
      if atRowEnd.isEmpty { continue }
      let tag = WrittenTag(row.start, in: bytes)
      if tag.isEmptyElement {
        splices.replace(row.start, with: tag.opened + atRowEnd + "</\(tag.name)>")
      } else {
        splices.insert(atRowEnd, at: row.contentEnd)
      }
    }
    if !atEnd.isEmpty { RootLayout.append(atEnd, to: data, count: nil, in: bytes, &splices) }
    if let drawing, self.drawing == nil {
      let namespace = OfficeNames(isStrict: isStrict).relationships
      splices.insert(
        #"<\#(prefix)legacyDrawing xmlns:r="\#(namespace)" r:id="\#(drawing)"/>"#,
        at: layout.offset(before: SheetPatch.behindDrawing))
    }
    return splices.applied(to: bytes)
  }

  private func newCell(
    _ cell: CellReference, _ colours: [CellReference: String], _ rowStyle: Int?, _ prefix: String,
    _ styles: inout StylesPatch
  ) -> String {
    let style =
      rowStyle ?? columnStyles.first { $0.columns.contains(cell.column) }?.style ?? 0
    let number = colours[cell].map { styles.style(style, on: $0) } ?? style
    return #"<\#(prefix)c r="\#(columnLetters(cell.column))\#(cell.row)" s="\#(number)"/>"#
  }
}

/// Names that differ between the two kinds of office files.
struct OfficeNames {
  var isStrict: Bool

  var main: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
      : "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  }

  /// What the types of relationships begin with, and the namespace of their marks.
  var relationships: String {
    isStrict
      ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
      : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  }
}
