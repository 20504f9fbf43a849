/// The rows of one sheet of a workbook, as lines of a ``Source``.
///
/// A line is a row, and a tab stands between the cells of a row. A text in a cell has no tab
/// there, and for its line breaks stands ``lineBreak``, which no workbook can hold.
package struct SheetLines: Hashable, Sendable {
  package var name: String
  /// The number of the line that is the first row.
  package var firstLine: Int
  /// How many lines there are.
  package var count: Int
  package var merges: [Merge]
  /// Whether days are counted from the first of 1904.
  package var countsFrom1904: Bool
  /// What there is to say of cells, if anybody needs these.
  package var remarks: [Remark]

  package static let lineBreak: Unicode.Scalar = "\u{B}"

  package init(
    name: String, firstLine: Int, count: Int, merges: [Merge] = [], countsFrom1904: Bool = false,
    remarks: [Remark] = []
  ) {
    self.name = name
    self.firstLine = firstLine
    self.count = count
    self.merges = merges
    self.countsFrom1904 = countsFrom1904
    self.remarks = remarks
  }

  package var lines: Range<Int> { firstLine..<(firstLine + count) }

  /// What there is to say of a cell; its row and column count from 1.
  package struct Remark: Hashable, Sendable {
    package var row: Int
    package var column: Int
    package var diagnostic: Diagnostic

    package init(row: Int, column: Int, diagnostic: Diagnostic) {
      self.row = row
      self.column = column
      self.diagnostic = diagnostic
    }
  }

  /// Cells that are joined to one; rows and columns count from 1.
  package struct Merge: Hashable, Sendable {
    package var rows: ClosedRange<Int>
    package var columns: ClosedRange<Int>

    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
      self.rows = rows
      self.columns = columns
    }
  }
}

extension Source {
  /// The sheet that a line is a row of.
  package func sheet(ofLine line: Int) -> SheetLines? {
    sheets.last { $0.firstLine <= line }
  }

  /// The number by which a reader knows a line: in a sheet, that of the row.
  func shownNumber(ofLine line: Int) -> Int {
    sheet(ofLine: line).map { line - $0.firstLine + 1 } ?? line
  }
}

/// The letters of a column, from 1: `A`, `Z`, `AA`.
package func columnLetters(_ column: Int) -> String {
  var letters: [UInt8] = []
  var rest = column
  while rest > 0 {
    letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
    rest = (rest - 1) / 26
  }
  return String(decoding: letters.reversed(), as: UTF8.self)
}

/// A cell as formulas and links name it, its sheet in quotation marks where these are needed.
package func cellName(sheet: String, row: Int, column: Int) -> String {
  "\(sheetReference(sheet))!\(columnLetters(column))\(row)"
}

/// The name of a sheet as formulas write it.
private func sheetReference(_ name: String) -> String {
  let isPlain =
    name.first.map { $0 == "_" || $0.isLetter } ?? false
    && name.allSatisfy { $0 == "_" || $0.isLetter || $0.isNumber }
    // What might be a cell is none.
    && !name.allSatisfy(\.isASCII)
  return isPlain ? name : "'\(name.replacing("'", with: "''"))'"
}
