import WenzeOffice
import WenzeSyntax

/// Reads the sheets of a workbook as lines of a text, a row a line.
func decodeWorkbook(
  path: String, _ bytes: [UInt8], limits: ReadingLimits
) throws(InputError) -> LoadedFile {
  let workbook: Workbook
  do throws(WorkbookProblem) {
    workbook = try readWorkbook(
      bytes,
      limits: ArchiveLimits(bytes: limits.fileBytes, ratio: limits.ratio),
      cells: limits.cells)
  } catch {
    throw InputError(path: path, reason: .workbook(error))
  }
  var lines = SheetText(
    countsFrom1904: workbook.countsFrom1904, limit: limits.fileBytes, fills: limits.cells)
  var diagnostics: [Diagnostic] = []
  for (sheet, problem) in workbook.unread {
    diagnostics.append(.unreadSheet(sheet, problem))
  }
  var limited: [(line: Int, sheet: String)] = []
  for sheet in workbook.sheets {
    if sheet.isHidden {
      diagnostics.append(.hiddenSheet(sheet.name))
      continue
    }
    guard lines.add(sheet) else {
      throw InputError(path: path, reason: .tooLarge(limit: limits.fileBytes))
    }
    if sheet.stoppedAt != nil { limited.append((lines.lineCount, sheet.name)) }
  }
  let source = Source(path: path, text: lines.text, sheets: lines.sheets)
  for (line, sheet) in limited {
    let end = source.range(ofLine: line).end
    diagnostics.append(.tooManySheetCells(sheet, limit: limits.cells, at: SourceRange(end, end)))
  }
  return LoadedFile(
    bytes: bytes, source: source, encoding: .utf8, format: .workbook, diagnostics: diagnostics)
}

/// The lines of sheets, one after another.
private struct SheetText {
  private(set) var text = ""
  private(set) var sheets: [SheetLines] = []
  private(set) var lineCount = 0
  private let countsFrom1904: Bool
  private let limit: Int
  /// How many cells of joined ones may still be filled.
  private var fills: Int

  init(countsFrom1904: Bool, limit: Int, fills: Int) {
    self.countsFrom1904 = countsFrom1904
    self.limit = limit
    self.fills = fills
  }

  /// Adds the rows of a sheet; false where the text is too long.
  mutating func add(_ sheet: Workbook.Sheet) -> Bool {
    let first = lineCount + 1
    var rows = sheet.rows
    fill(&rows, sheet.merges)
    var ranges: [CellReference: SourceRange] = [:]
    for remark in sheet.remarks { ranges[remark.cell] = SourceRange(0, 0) }
    var number = 1
    for row in rows {
      while number < row.number {
        text += "\n"
        number += 1
      }
      add(row, &ranges)
      text += "\n"
      number += 1
      if text.utf8.count > limit { return false }
    }
    let remarks = sheet.remarks.map { remark in
      SheetLines.Remark(
        row: remark.cell.row, column: remark.cell.column,
        diagnostic: .remark(remark.kind, at: ranges[remark.cell] ?? SourceRange(0, 0)))
    }
    lineCount += number - 1
    sheets.append(
      SheetLines(
        name: sheet.name, firstLine: first, count: number - 1, merges: sheet.merges,
        countsFrom1904: countsFrom1904, remarks: remarks))
    return true
  }

  /// Adds a row, and takes down where the cells stand that are asked for.
  private mutating func add(_ row: Workbook.Row, _ ranges: inout [CellReference: SourceRange]) {
    var column = 1
    for cell in row.cells where cell.column >= column {
      while column < cell.column {
        text += "\t"
        column += 1
      }
      let start = text.utf8.count
      if cell.text.utf8.contains(where: { $0 < 0x20 }) {
        text.unicodeScalars.append(contentsOf: cellScalars(of: cell.text))
      } else {
        text += cell.text
      }
      let place = CellReference(row: row.number, column: column)
      if !ranges.isEmpty, ranges[place] != nil {
        ranges[place] = SourceRange(start, text.utf8.count)
      }
    }
  }

  /// Puts what is written in joined cells in each row that they stand in and that has anything else.
  private mutating func fill(_ rows: inout [Workbook.Row], _ merges: [SheetLines.Merge]) {
    let numbers = rows.map(\.number)
    for merge in merges where merge.rows.count > 1 {
      var index = firstIndex(in: numbers, notBelow: merge.rows.lowerBound)
      guard index < rows.count, numbers[index] == merge.rows.lowerBound,
        let text = rows[index].cells.first(where: { $0.column == merge.columns.lowerBound })?.text
      else { continue }
      index += 1
      while index < rows.count, numbers[index] <= merge.rows.upperBound, fills > 0 {
        let column = merge.columns.lowerBound
        let place =
          rows[index].cells.firstIndex { $0.column >= column } ?? rows[index].cells.endIndex
        if place == rows[index].cells.endIndex || rows[index].cells[place].column > column {
          rows[index].cells.insert(Workbook.Cell(column: column, text: text), at: place)
        }
        fills -= 1
        index += 1
      }
    }
  }

  private func firstIndex(in numbers: [Int], notBelow number: Int) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The text of a cell without what parts cells and rows.
private func cellScalars(of text: String) -> [Unicode.Scalar] {
  var scalars: [Unicode.Scalar] = []
  var wasReturn = false
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\r": scalars.append(SheetLines.lineBreak)
    case "\n": if !wasReturn { scalars.append(SheetLines.lineBreak) }
    case "\t": scalars.append(" ")
    // What no text of a workbook should have.
    case "\0"..."\u{1F}": break
    default: scalars.append(scalar)
    }
    wasReturn = scalar == "\r"
  }
  return scalars
}

/// The rows of a sheet, with their numbers; those that hold nothing are left out.
func ledgerRows(
  of sheet: SheetLines, in source: Source, limits: ReadingLimits,
  _ diagnostics: inout InputDiagnostics
) -> [(number: Int, row: CSVRow)] {
  var rows: [(number: Int, row: CSVRow)] = []
  let bytes = source.text.utf8.span
  for line in sheet.lines {
    let range = source.range(ofLine: line)
    if range.isEmpty { continue }
    var row = CSVRow(cells: [], range: range)
    var start = range.start
    while start <= range.end {
      let end = min(range.end, bytes.firstIndex(of: 0x09, from: start))
      let place = SourceRange(start, end)
      if place.count > limits.textBytes {
        diagnostics.report(.cellTooLong(place.count, limit: limits.textBytes, at: place))
        row.isTold = true
      }
      let text = source.text(in: place)
      row.cells.append(
        CSVRow.Cell(
          text: String(text).replacing(String(SheetLines.lineBreak), with: "\n"), range: place))
      start = end + 1
    }
    rows.append((line - sheet.firstLine + 1, row))
  }
  return rows
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func hiddenSheet(_ name: String) -> Self {
    Diagnostic(
      "D0801", .note,
      Bilingual("工作表“\(name)”是隐藏的，未读取", "the sheet `\(name)` is hidden and is not read"),
      at: nil,
      notes: [
        Bilingual("要读取的，取消隐藏后保存", "if it is to be read, show it and save the workbook")
      ])
  }

  fileprivate static func unreadSheet(_ name: String, _ problem: WorkbookProblem) -> Self {
    Diagnostic(
      "D0802", .error,
      Bilingual(
        "工作表“\(name)”未读取：\(problem.message.chinese)",
        "the sheet `\(name)` is not read: \(problem.message.english)"), at: nil,
      notes: [problem.cure])
  }

  fileprivate static func tooManySheetCells(
    _ name: String, limit: Int, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "D0803", .error,
      Bilingual(
        "工作簿超过 \(limit) 格，工作表“\(name)”其余各行未读取",
        "the workbook has more than \(limit) cells; the other rows of the sheet `\(name)` are not read"
      ), at: range,
      notes: [
        Bilingual(
          "拆成几个文件，或者用 --limit cells=N 调高上限",
          "split it, or raise the limit with --limit cells=N")
      ])
  }

  fileprivate static func remark(_ kind: Workbook.Remark.Kind, at range: SourceRange) -> Self {
    switch kind {
    case .error(let value):
      Diagnostic(
        "D0811", .error,
        Bilingual(
          "这一格是公式错误“\(value)”，未读取",
          "the cell holds the error `\(value)` of a formula and is not read"), at: range,
        notes: [
          Bilingual(
            "在表格里改正公式，或者直接填写结果", "correct the formula, or write the result in the cell")
        ])
    case .noValue:
      Diagnostic(
        "D0812", .error,
        Bilingual(
          "这一格的公式没有保存结果，未读取", "the result of the formula in the cell was not saved"),
        at: range,
        notes: [
          Bilingual(
            "在 Excel 或者 WPS 里打开并保存，公式就有结果",
            "open the workbook in a spreadsheet program and save it, which computes it")
        ])
    case .falseLeapDay:
      Diagnostic(
        "D0813", .error,
        Bilingual(
          "这一格显示为 1900年2月29日，没有这一天，未读取",
          "the cell shows 29 February 1900, a day that never was, and is not read"), at: range,
        notes: [Bilingual("填写真实的日期", "write the day that is meant")])
    case .noDate(let number):
      Diagnostic(
        "D0814", .error,
        Bilingual(
          "这一格是日期格式，数值 \(number) 却不是日期，未读取",
          "the cell is formatted as a date, but its number \(number) is none; it is not read"),
        at: range, notes: [Bilingual("填写日期，或者改为“常规”格式", "write a date, or format it as a number")])
    case .lostDigits:
      Diagnostic(
        "D0815", .warning,
        Bilingual(
          "这一格是数值，第 15 位以后的数字已经丢失", "the cell is a number; its digits after the fifteenth are lost"),
        at: range,
        notes: [
          Bilingual(
            "证件号码、文号等在表格里设为“文本”格式后重新填写",
            "format the cell as text, and write the digits anew")
        ])
    case .hiddenYear(let year):
      Diagnostic(
        "D0816", .warning,
        Bilingual(
          "这一格只显示月日，年份按其中的 \(year) 年读取",
          "the cell shows month and day only; its year is read as \(year)"), at: range,
        notes: [
          Bilingual(
            "只输入月日时，表格自动填当年；请核对年份",
            "a spreadsheet adds the year in which a day was typed; verify it")
        ])
    case .strange:
      Diagnostic(
        "D0817", .error,
        Bilingual("这一格的内容损坏，未读取", "what the cell holds is damaged, and is not read"), at: range,
        notes: [Bilingual("重新填写这一格", "write the cell anew")])
    }
  }

  static func emptyWorkbook() -> Self {
    Diagnostic(
      "D0818", .error,
      Bilingual("工作簿里没有可以读取的数据", "the workbook holds no data that could be read"), at: nil,
      notes: [
        Bilingual(
          "检查是不是选错了文件，或者数据在隐藏的工作表里",
          "look whether it is the right file, or whether the data is on hidden sheets")
      ])
  }

  static func workbook(_ problem: WorkbookProblem) -> Self {
    Diagnostic(
      "D0820", .error, problem.message, at: nil, notes: [problem.cure])
  }

  static func unnamedColumn(_ cell: CSVRow.Cell, _ letters: String) -> Self {
    Diagnostic(
      "D0819", .warning,
      Bilingual(
        "\(letters) 列没有表头，未读取", "the column \(letters) has no header; it is not read"),
      at: cell.range, notes: [Bilingual("给这一列写上表头", "give it a header")])
  }
}
