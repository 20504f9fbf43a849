import WenzeModel
import WenzeSyntax

// What there is to say about a ledger.

extension Diagnostic {
  static func noMappings(at range: SourceRange) -> Self {
    Diagnostic(
      "D0511", .error,
      Bilingual(
        "加载的规则包没有声明台账的映射，表格未读取",
        "no loaded pack declares a mapping for ledgers; the table is not read"),
      at: range,
      notes: [
        Bilingual(
          "在规则包里写“映射 名称 档案 案件 { \"表头文字\" : 字段 … }”",
          "declare `mapping name dossier case { \"header word\" : field … }` in a pack")
      ])
  }

  static func noHeader(at range: SourceRange) -> Self {
    Diagnostic(
      "D0512", .error,
      Bilingual(
        "前 20 行里没有认得的表头，表格未读取",
        "the first 20 rows hold no header that is known; the table is not read"),
      at: range,
      notes: [
        Bilingual(
          "表头用字段名，或者在规则包里用“映射”说明各列是什么",
          "name the columns by fields, or say what they are with a `mapping` in a pack")
      ])
  }

  /// Why no row is a header.
  static func noHeader(_ mappings: [LedgerMapping], at range: SourceRange) -> Self {
    mappings.isEmpty ? .noMappings(at: range) : .noHeader(at: range)
  }

  static func mergedHeader(at range: SourceRange, other: SourceRange) -> Self {
    Diagnostic(
      "D0513", .error,
      Bilingual(
        "表头有两行（合并单元格），表格未读取", "the header has two rows (merged cells); the table is not read"),
      at: range,
      related: [Label(Bilingual("这一行也像表头", "this row looks like a header too"), at: other)],
      notes: [
        Bilingual(
          "取消合并，把表头改成一行，每列一个词，如“启动日期”“决定日期”",
          "unmerge the cells, and give each column one word in one row")
      ])
  }

  static func titleRow(at range: SourceRange) -> Self {
    Diagnostic(
      "D0514", .note,
      Bilingual("表头上面的标题行，未当作数据", "a title above the header, not taken for data"), at: range)
  }

  static func unmappedColumn(_ cell: CSVRow.Cell) -> Self {
    Diagnostic(
      "D0515", .warning,
      Bilingual(
        "“\(excerpt(cell.text))”一列没有映射，未读取",
        "nothing maps the column `\(excerpt(cell.text))`; it is not read"),
      at: cell.range,
      notes: [
        Bilingual(
          "在“映射”里写上它对应的字段；不需要的写“\"\(excerpt(cell.text))\" : 无”",
          "add its field to a `mapping`, or `\"\(excerpt(cell.text))\" : none` if it is not needed")
      ])
  }

  static func ambiguousColumn(_ cell: CSVRow.Cell, _ paths: [Bilingual]) -> Self {
    let shown = paths.prefix(4)
    return Diagnostic(
      "D0516", .warning,
      Bilingual(
        "“\(excerpt(cell.text))”一列可能是几个字段，未读取",
        "the column `\(excerpt(cell.text))` may be one of several fields; it is not read"),
      at: cell.range,
      notes: [
        Bilingual(
          "表头写全，如\(shown.map { "“\($0.chinese)”" }.joined())",
          "write it in full: \(shown.map { "`\($0.english)`" }.joined(separator: ", "))")
      ])
  }

  static func repeatedColumn(_ cell: CSVRow.Cell, _ target: LedgerMapping.Target) -> Self {
    Diagnostic(
      "D0517", .warning,
      Bilingual(
        "前面已有一列是“\(target.name.chinese)”，这一列未读取",
        "an earlier column is `\(target.name.english)` already; this one is not read"),
      at: cell.range)
  }

  static func misnamedColumn(
    _ cell: CSVRow.Cell, _ target: LedgerMapping.Target, holds other: LedgerMapping.Target
  ) -> Self {
    Diagnostic(
      "D0520", .warning,
      Bilingual(
        "“\(excerpt(cell.text))”一列写的是“\(other.name.chinese)”，不是“\(target.name.chinese)”，未读取",
        "the column `\(excerpt(cell.text))` holds `\(other.name.english)` and not "
          + "`\(target.name.english)`; it is not read"),
      at: cell.range,
      notes: [
        Bilingual(
          "核对后把表头改为“\(other.name.chinese)”",
          "if that is so, change the header to `\(other.name.english)`")
      ])
  }

  static func noKeyColumn(_ mapping: LedgerMapping, at range: SourceRange) -> Self {
    let name = mapping.key?.last?.name ?? Bilingual("", "")
    return Diagnostic(
      "D0518", .note,
      Bilingual(
        "表格没有“\(name.chinese)”一列，每行当作一件",
        "there is no column `\(name.english)`; each row is a document"),
      at: range)
  }

  static func noRows(at range: SourceRange) -> Self {
    Diagnostic(
      "D0519", .warning,
      Bilingual("表头下面没有读到数据", "no data was read below the header"), at: range)
  }

  static func undecodedRow(at range: SourceRange) -> Self {
    Diagnostic(
      "D0521", .error,
      Bilingual(
        "这一行有以前就丢失的字符（U+FFFD），未读取",
        "characters of this row were lost before (U+FFFD); it is not read"),
      at: range, notes: [Bilingual("从原来的系统重新导出", "export it anew from where it comes from")])
  }

  static func tooManyCells(_ count: Int, header: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0522", .error,
      Bilingual(
        "这一行有 \(count) 格，表头只有 \(header) 格，未读取",
        "this row has \(count) cells, the header only \(header); it is not read"),
      at: range,
      label: Bilingual("从这里多出来", "too many from here"),
      notes: [
        Bilingual("格内有分隔符时，整格加英文引号", "put a cell that holds the separator in quotation marks")
      ])
  }

  static func tooFewCells(_ count: Int, header: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0523", .warning,
      Bilingual(
        "这一行只有 \(count) 格，表头有 \(header) 格；缺的当作空格",
        "this row has only \(count) cells, the header \(header); the others are taken as empty"),
      at: range,
      notes: [Bilingual("检查这一行是否被截断", "see whether the row was cut off")])
  }

  static func rowWithoutKey(_ mapping: LedgerMapping, at range: SourceRange) -> Self {
    let name = mapping.key?.last?.name ?? Bilingual("", "")
    return Diagnostic(
      "D0524", .warning,
      Bilingual(
        "这一行没有“\(name.chinese)”，单独当作一件",
        "this row has no `\(name.english)` and makes a document of its own"),
      at: range,
      notes: [
        Bilingual("合并的单元格要取消合并，每行都填上", "unmerge merged cells, and fill it in on each row")
      ])
  }

  static func conflict(_ first: DataNode, _ second: DataNode) -> Self {
    Diagnostic(
      "D0525", .warning,
      Bilingual(
        "同一件的两行在这里不一致，两个都未采用", "two rows of one document differ here, and neither is believed"),
      at: second.range,
      related: [Label(Bilingual("前面一行", "the earlier row"), at: first.range)],
      notes: [Bilingual("核对后改成一致", "find out which is right, and correct the other")])
  }

  static func totalRow(at range: SourceRange) -> Self {
    Diagnostic(
      "D0526", .note,
      Bilingual("合计行，未当作数据", "a row of totals, not taken for data"), at: range)
  }

  static func matchingTotal(_ number: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "D0526", .note,
      Bilingual(
        "合计行，未当作数据；\(number) 与读到的一致",
        "a row of totals, not taken for data; \(number) is what was read"),
      at: range)
  }

  static func differentTotal(_ number: Int, rows: Int, cases: Int?, at range: SourceRange) -> Self {
    let chinese = cases.map { "\(rows) 行、\($0) 件" } ?? "\(rows) 行"
    let english = cases.map { "\(rows) rows of \($0) documents" } ?? "\(rows) rows"
    return Diagnostic(
      "D0527", .warning,
      Bilingual(
        "合计是 \(number)，读到的是 \(chinese)", "the total is \(number), but \(english) were read"),
      at: range,
      notes: [
        Bilingual("检查是否有行没有读取，或者合计有误", "see whether rows were not read, or the total is wrong")
      ])
  }

  static func unreadableCell(_ cell: CSVRow.Cell, _ target: LedgerMapping.Target) -> Self {
    let type =
      switch target.content {
      case .text: Bilingual("文字", "a text")
      case .integer: Bilingual("整数", "an integer")
      case .decimal: Bilingual("数", "a number")
      case .boolean: Bilingual("“是”或“否”", "`yes` or `no`")
      case .date: Bilingual("日期", "a date")
      case .duration: Bilingual("期限", "a duration")
      case .entry: Bilingual("“\(target.name.chinese)”的值", "a value of `\(target.name.english)`")
      }
    return Diagnostic(
      "D0531", .error,
      Bilingual(
        "“\(excerpt(cell.text))”不是\(type.chinese)，这一格未读取",
        "`\(excerpt(cell.text))` is not \(type.english); the cell is not read"), at: cell.range,
      notes: [
        Bilingual(
          "改正这一格；本地的习惯写法可以在“映射”里说明",
          "correct the cell, or say in a `mapping` what the word stands for")
      ])
  }

  static func unclearElement(
    _ cell: CSVRow.Cell, of count: Int, list: [LedgerMapping.Step]
  ) -> Self {
    let name = list.last?.name ?? Bilingual("", "")
    return Diagnostic(
      "D0532", .warning,
      Bilingual(
        "这一行有 \(count) 个“\(name.chinese)”，看不出这一格属于哪一个，未读取",
        "this row has \(count) `\(name.english)`, and to which the cell belongs cannot be told; it is not read"
      ), at: cell.range,
      notes: [
        Bilingual("每个各写一行，或者同样用“、”分开", "give each a row, or separate the values alike")
      ])
  }

  static func serialDate(_ cell: CSVRow.Cell, _ content: DataNode.Content) -> Self {
    var date: CalendarDate?
    if case .word(let word) = content { date = CalendarDate(text: word) }
    return Diagnostic(
      "D0533", .note,
      Bilingual(
        "这一列的日期是 Excel 序号，“\(cell.text)”读作\(date?.text(in: .chinese) ?? "")",
        "the dates of this column are numbers of a spreadsheet; `\(cell.text)` is read as \(date?.text(in: .english) ?? "")"
      ),
      at: cell.range)
  }
}
