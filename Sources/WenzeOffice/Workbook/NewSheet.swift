import WenzeSyntax

/// A sheet that is written anew: a table with a row of headers that stays in sight.
package struct NewSheet: Sendable {
  package var name: String
  package var columns: [Column]
  package var rows: [[Cell]] = []
  /// Lines below the table.
  package var notes: [String] = []

  package init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  package struct Column: Sendable {
    package var title: String
    /// In characters of the usual digits.
    package var width: Double
    /// What may be written below, as a list to choose from.
    package var choices: [String]

    package init(_ title: String, width: Double, choices: [String] = []) {
      self.title = title
      self.width = width
      self.choices = choices
    }
  }

  package struct Cell: Sendable {
    package var text: String
    package var look: CellLook
    package var number: Int?
    /// The cell that it leads to, as formulas name it.
    package var link: String?

    package init(_ text: String, _ look: CellLook = CellLook(), link: String? = nil) {
      self.text = text
      self.look = look
      self.link = link
    }

    package init(_ number: Int, _ look: CellLook = CellLook()) {
      text = "\(number)"
      self.look = look
      self.number = number
    }
  }

  /// How many rows there may be, with room for the notes, and how many links: programs open no more.
  private static let rowLimit = 1_000_000
  private static let linkLimit = 65_000

  /// The longest text that a cell may have, in units of UTF-16.
  package static let textLimit = 32_767

  var lastColumn: String { columnLetters(max(1, columns.count)) }

  /// The sheet with no more rows than it may have; those that are left out are told.
  package func fitted(_ note: (Int) -> String) -> NewSheet {
    guard rows.count > NewSheet.rowLimit else { return self }
    var sheet = self
    sheet.notes.insert(note(rows.count - NewSheet.rowLimit), at: 0)
    sheet.rows.removeLast(rows.count - NewSheet.rowLimit)
    return sheet
  }

  /// The text of the part.
  func xml(_ names: OfficeNames, isActive: Bool, _ styles: inout StylesPatch) -> [UInt8] {
    let head = styles.style(CellLook(font: .head, ground: "1F4E79", isCentred: true, isHead: true))
    var text =
      #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
      + #"<worksheet xmlns="\#(names.main)"><sheetPr><tabColor rgb="FFC55A11"/><pageSetUpPr fitToPage="1"/></sheetPr>"#
      + #"<dimension ref="A1:\#(lastColumn)\#(rows.count + 1)"/>"#
      + #"<sheetViews><sheetView\#(isActive ? #" tabSelected="1""# : "") workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>"#
      + #"<sheetFormatPr defaultRowHeight="15"/><cols>"#
    for (index, column) in columns.enumerated() {
      text +=
        #"<col min="\#(index + 1)" max="\#(index + 1)" width="\#(column.width)" customWidth="1"/>"#
    }
    text += #"</cols><sheetData><row r="1" ht="24" customHeight="1">"#
    for (index, column) in columns.enumerated() {
      text += cell(column.title, row: 1, column: index + 1, style: head)
    }
    text += "</row>"
    var links = ""
    var linkCount = 0
    for (index, row) in rows.enumerated() {
      let number = index + 2
      text += #"<row r="\#(number)" ht="\#(height(of: row))">"#
      for (position, item) in row.enumerated() {
        let style = styles.style(item.look)
        let reference = "\(columnLetters(position + 1))\(number)"
        if let value = item.number {
          text += #"<c r="\#(reference)" s="\#(style)"><v>\#(value)</v></c>"#
        } else {
          text += cell(item.text, row: number, column: position + 1, style: style)
        }
        if let link = item.link, linkCount < NewSheet.linkLimit {
          linkCount += 1
          links +=
            #"<hyperlink ref="\#(reference)" location="\#(exactXML(link))" display="\#(exactXML(item.text))"/>"#
        }
      }
      text += "</row>"
    }
    let small = styles.style(CellLook(font: .small, hasBorder: false))
    var merges = ""
    for (index, note) in notes.enumerated() {
      let number = rows.count + 3 + index
      let height = 15 * max(1, Int(Double(displayWidth(of: note)) / (width * 0.9) + 1))
      text +=
        #"<row r="\#(number)" ht="\#(height)" customHeight="1">"#
        + cell(note, row: number, column: 1, style: small) + "</row>"
      merges += #"<mergeCell ref="A\#(number):\#(lastColumn)\#(number)"/>"#
    }
    text += "</sheetData>"
    if !rows.isEmpty { text += #"<autoFilter ref="A1:\#(lastColumn)\#(rows.count + 1)"/>"# }
    if !merges.isEmpty { text += #"<mergeCells count="\#(notes.count)">\#(merges)</mergeCells>"# }
    text += validations
    if !links.isEmpty { text += "<hyperlinks>\(links)</hyperlinks>" }
    text +=
      #"<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>"#
      + #"<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>"#
      + "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    return Array(text.utf8)
  }

  /// How high a row is, so that all its lines are seen; programs that work it out anew may.
  private func height(of row: [Cell]) -> Int {
    let lines = zip(row, columns).map { cell, column in
      cell.text.split(separator: "\n", omittingEmptySubsequences: false)
        .reduce(0) { $0 + 1 + Int(Double(displayWidth(of: $1)) / max(1, column.width - 2)) }
    }
    // No row is higher than 409 points.
    return min(409, 15 * max(1, lines.max() ?? 1) + 5)
  }

  private var width: Double { columns.reduce(0) { $0 + $1.width } }

  /// Lists to choose from, which may have 255 characters.
  private var validations: String {
    let lists = columns.enumerated().compactMap { index, column -> String? in
      let list = column.choices.joined(separator: ",")
      guard !column.choices.isEmpty, list.utf16.count <= 255,
        !column.choices.contains(where: { $0.contains(",") || $0.contains("\"") })
      else { return nil }
      let letters = columnLetters(index + 1)
      return
        #"<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" sqref="\#(letters)2:\#(letters)5000"><formula1>"\#(exactXML(list))"</formula1></dataValidation>"#
    }
    return lists.isEmpty
      ? ""
      : #"<dataValidations count="\#(lists.count)">\#(lists.joined())</dataValidations>"#
  }

  private func cell(_ text: String, row: Int, column: Int, style: Int) -> String {
    let start = #"<c r="\#(columnLetters(column))\#(row)" s="\#(style)""#
    if text.isEmpty { return start + "/>" }
    return start
      + #" t="inlineStr"><is><t xml:space="preserve">\#(cellXML(text))</t></is></c>"#
  }
}

/// A text of a cell or comment: not longer than these may be, with nothing in it that is not seen.
func cellXML(_ text: String) -> String {
  var text = text
  let mark = "…（已截断）"
  if text.utf16.count > NewSheet.textLimit {
    var count = mark.utf16.count
    var kept = ""
    for character in text {
      count += character.utf16.count
      if count > NewSheet.textLimit { break }
      kept.append(character)
    }
    text = kept + mark
  }
  return escapedMarkup(withoutEscapes(text))
}

/// A text in which nothing is taken for a character that spreadsheets write as `_x000D_`.
private func withoutEscapes(_ text: String) -> String {
  guard text.contains("_x") else { return text }
  var result = ""
  var rest = text[...]
  while let mark = rest.firstRange(of: "_x") {
    result += rest[..<mark.lowerBound]
    let behind = rest[mark.upperBound...].prefix(5)
    let isEscape =
      behind.count == 5 && behind.last == "_" && behind.dropLast().allSatisfy(\.isHexDigit)
    result += isEscape ? "_x005F_x" : "_x"
    rest = rest[mark.upperBound...]
  }
  return result + rest
}
