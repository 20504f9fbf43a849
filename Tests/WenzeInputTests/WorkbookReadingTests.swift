import TestSupport
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

/// Ledgers in workbooks are read as those in CSV, and what cannot be is told.
@Suite struct WorkbookReadingTests {
  @Test(arguments: [
    "编号,姓名\n甲,张三\n甲,李四\n乙,王五", "编号,日期\n甲,2024年3月\n乙,202403\n丙,2024/3/5 0:00",
    "某县台账,,\n编 号*,姓名（必填）,日期\n甲,张三,２０２４．３．５\n合计,1,",
    "编号,姓名,日期,方式\n甲,—,/,\n乙,无,无,无", "编号,方式,影响期\n甲,诫勉、警告,6、12个月",
    "编号,公开\n甲,√\n乙,否", "a,b\n1,2", "编号,姓名\n", "编号,姓名\n甲,张三\n合计,3", "编号,日期\n甲,45356\n乙,不详",
  ])
  func sheetsAreReadAsTablesOfText(text: String) throws {
    let rows = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? nil : String($0) }
    }
    let workbook = TestWorkbook([TestWorkbook.Sheet("台账", rows: rows)])
    let source = Source(path: "a.csv", text: text)
    let (documents, diagnostics) = readLedger(source, mappings: [.small])
    let read = try self.read(workbook)
    #expect(read.documents.map { notation($0.body) } == documents.map { notation($0.body) })
    #expect(read.diagnostics.map(\.code) == diagnostics.map(\.code))
    let lines = read.diagnostics.map { $0.range.map { read.source.place(at: $0.start).line } }
    #expect(lines == diagnostics.map { $0.range.map { source.place(at: $0.start).line } })
  }

  @Test func textsOfAllKindsAreRead() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        """
        <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c><c t="s"><v>4</v></c></row>
        <row><c t="str"><f>A1</f><v>甲</v></c><c t="inlineStr"><is><r><t>张</t></r><r><t xml:space="preserve">三_x000D_</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></is></c><c t="b"><v>1</v></c><c><v>12</v></c></row></sheetData>
        """)
    ])
    workbook.sharedTexts = """
      <si><t>编号</t></si><si><r><t>姓</t></r><r><rPr><b/></rPr><t>名</t></r><phoneticPr/></si><si/>
      <si><t>公开</t><rPh sb="0" eb="1"><t>gong</t></rPh></si><si><t>备注</t></si>
      """
    #expect(
      try shown(workbook) == ["{编号: \"甲\", 对象: [{名称: \"张三\"}], 公开: TRUE}"])
  }

  @Test func datesAreReadAsTheirFormatsShowThem() throws {
    func workbook(from1904: Bool) -> TestWorkbook {
      var workbook = TestWorkbook([
        TestWorkbook.Sheet(
          "台账",
          """
          <sheetData><row r="1"><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>日期</t></is></c></row>
          <row r="2"><c><v>1</v></c><c s="1"><v>\(from1904 ? 43_894 : 45_356)</v></c></row>
          <row r="3"><c><v>2</v></c><c s="2"><v>\(from1904 ? 43_890 : 45_352)</v></c></row>
          <row r="4"><c><v>3</v></c><c s="0"><v>\(from1904 ? 43_894 : 45_356)</v></c></row>
          <row r="5"><c s="3"><v>4</v></c><c t="d"><v>2024-03-05T00:00:00</v></c></row></sheetData>
          """)
      ])
      workbook.numberFormats = [
        "[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@", "yyyy&quot;年&quot;m&quot;月&quot;",
        "000",
      ]
      workbook.countsFrom1904 = from1904
      return workbook
    }
    for from1904 in [false, true] {
      #expect(
        try shown(workbook(from1904: from1904)) == [
          "{编号: \"1\", 日期: 2024年3月5日}", "{编号: \"2\", 日期: 2024年3月}",
          "{编号: \"3\", 日期: 2024年3月5日}", "{编号: \"004\", 日期: 2024年3月5日}", "D0533 台账!B4",
        ])
    }
  }

  @Test func whatCellsCannotSayIsTold() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        """
        <sheetData><row r="1"><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>日期</t></is></c><c t="inlineStr"><is><t>影响期</t></is></c><c t="inlineStr"><is><t>备注</t></is></c></row>
        <row r="2"><c><v>1</v></c><c s="1"><v>60</v></c><c t="e"><f>X</f><v>#REF!</v></c><c t="e"><v>#N/A</v></c></row>
        <row r="3"><c><v>2</v></c><c s="1"><v>-5</v></c><c><f>A1</f></c></row>
        <row r="4"><c><v>1.1010119900101E+17</v></c><c s="2"><v>45356</v></c><c t="s"><v>9</v></c></row>
        <row r="5"><c t="inlineStr"><is><t>合计</t></is></c><c t="e"><v>#REF!</v></c></row></sheetData>
        """)
    ])
    workbook.numberFormats = ["yyyy-mm-dd", "m&quot;月&quot;d&quot;日&quot;"]
    #expect(
      try shown(workbook) == [
        "{编号: \"1\"}", "{编号: \"2\"}", "{编号: \"110101199001010000\", 日期: 2024年3月5日}",
        "D0813 台账!B2", "D0811 台账!C2", "D0814 台账!B3", "D0812 台账!C3", "D0815 台账!A4",
        "D0816 台账!B4", "D0817 台账!C4", "D0526 台账!A5",
      ])
  }

  @Test func joinedCellsAreUnderstood() throws {
    let workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        sheetData([
          ["某县台账", nil, nil, nil, nil], ["编号", "对象", nil, nil, "日期"],
          [nil, "姓名", "方式", "影响期", nil], ["甲", "张三", "诫勉", "6", "2024-03-05"],
          [nil, "李四", "警告", "12", nil], ["乙", "王五", nil, nil, nil],
        ])
          + #"<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:D2"/><mergeCell ref="E2:E3"/><mergeCell ref="A4:A5"/><mergeCell ref="E4:E5"/></mergeCells>"#
      )
    ])
    #expect(
      try shown(workbook) == [
        "{编号: \"甲\", 对象: [{名称: \"张三\", 方式: [{种类: \"诫勉\", 影响期: 6}]}, {名称: \"李四\", 方式: [{种类: \"警告\", 影响期: 12}]}], 日期: 2024年3月5日}",
        "{编号: \"乙\", 对象: [{名称: \"王五\"}]}", "D0514 台账!A1",
      ])
  }

  @Test func sheetsWithHeadersAreLedgers() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet("说明", rows: [["填表须知"]]),
      TestWorkbook.Sheet("2023 年", rows: [["编号", "姓名"], ["甲", "张三"]]),
      TestWorkbook.Sheet("坏", "<sheetData><row>"),
      TestWorkbook.Sheet("旧", "<sheetData/>", state: "hidden"),
      TestWorkbook.Sheet("2024", rows: [["编号", "姓名"], [], ["乙", "李四"], ["丙", "王五", "多"]]),
    ])
    #expect(
      try shown(workbook) == [
        "{编号: \"甲\", 对象: [{名称: \"张三\"}]}", "{编号: \"乙\", 对象: [{名称: \"李四\"}]}",
        "{编号: \"丙\", 对象: [{名称: \"王五\"}]}", "D0802", "D0801", "D0819 '2024'!C4",
      ])
    workbook.sheets = [TestWorkbook.Sheet("说明", rows: [["填表须知"]])]
    #expect(try shown(workbook) == ["D0512 说明!A1"])
    workbook.sheets = [TestWorkbook.Sheet("空", "<sheetData/>")]
    #expect(try shown(workbook) == ["D0818"])
  }

  @Test func strictWorkbooksAreRead() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet("台账", rows: [["编号", "姓名"], ["甲", "张三"]])
    ])
    workbook.isStrict = true
    #expect(try shown(workbook) == ["{编号: \"甲\", 对象: [{名称: \"张三\"}]}"])
  }

  @Test func rowsWithoutValuesCostNothing() throws {
    let rows = (2...30_000).map {
      #"<row r="\#($0)" s="0" customFormat="1"><c r="A\#($0)" s="0"/></row>"#
    }
    let start = #"<sheetData><row r="1"><c t="inlineStr"><is><t>编号</t></is></c></row>"#
    let end = #"<row r="90000"><c t="inlineStr"><is><t>甲</t></is></c></row></sheetData>"#
    let workbook = TestWorkbook([TestWorkbook.Sheet("台账", start + rows.joined() + end)])
    let read = try self.read(workbook)
    #expect(read.documents.count == 1)
    #expect(
      read.source.place(at: read.documents[0].body.range.start)
        == Place(line: 90_000, column: 1, sheet: "台账"))
  }

  @Test func tooManyCellsAreTold() throws {
    let rows = [["编号", "姓名"]] + (1...50).map { ["\($0)", "张三"] as [String?] }
    let workbook = TestWorkbook([
      TestWorkbook.Sheet("台账", rows: rows), TestWorkbook.Sheet("二", rows: rows),
    ])
    var limits = ReadingLimits()
    limits.cells = 20
    let read = try self.read(workbook, limits: limits)
    #expect(read.documents.count == 9)
    #expect(read.diagnostics.first?.code == "D0803")
  }

  @Test(
    arguments: [
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "旧格式"),
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0]
          + "EncryptedPackage".utf8.flatMap { [$0, 0] }, "密码"
      ),
      (Array("编号,姓名\n".utf8), "内容却不是工作簿"), ([0x50, 0x4B, 0x03, 0x04, 1, 2], "不完整"),
    ] as [([UInt8], String)])
  func otherFilesAreTold(bytes: [UInt8], expected: String) {
    #expect(problem(bytes).contains(expected), "\(problem(bytes))")
  }

  @Test func brokenWorkbooksAreTold() throws {
    var workbook = TestWorkbook([TestWorkbook.Sheet("台账", rows: [["编号", "姓名"], ["甲", "张三"]])])
    let whole = try workbook.bytes()
    #expect(problem(Array(whole.dropLast(40))).contains("不完整"))
    workbook.parts = ["xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook>&a;</workbook>"]
    #expect(try problem(workbook.bytes()).contains("xl/workbook.xml"))
    workbook.parts = ["xl/workbook.xml": "<w:document xmlns:w=\"w\"/>"]
    #expect(try problem(workbook.bytes()).contains("Word"))
    workbook.parts = [:]
    workbook.omitted = ["xl/workbook.xml"]
    #expect(try problem(workbook.bytes()).contains("缺少“xl/workbook.xml”"))
    workbook.omitted = ["_rels/.rels"]
    #expect(try problem(workbook.bytes()).contains("压缩包"))
    workbook.parts = ["mimetype": "application/vnd.oasis.opendocument.spreadsheet"]
    #expect(try problem(workbook.bytes()).contains(".ods"))
    workbook.parts = [:]
    workbook.omitted = ["xl/worksheets/sheet1.xml"]
    #expect(try shown(workbook) == ["D0802", "D0818"])
  }

  @Test func filesAreKnownByTheirNames() {
    #expect(InputFormat(path: "a/台账.xlsx") == .workbook)
    #expect(InputFormat(path: "a/台账.XLSM") == .workbook)
    // What a program leaves beside an open workbook is none.
    #expect(InputFormat(path: "a/~$台账.xlsx") == nil)
  }

  @Test func bombsAreRefused() throws {
    let workbook = TestWorkbook([
      TestWorkbook.Sheet("台账", "<sheetData/>" + String(repeating: " ", count: 20 << 20))
    ])
    #expect(try shown(workbook) == ["D0802", "D0818"])
    var limits = ReadingLimits()
    limits.fileBytes = 1 << 20
    #expect(try problem(workbook.bytes(), limits: limits).contains("1048576"))
  }

  @Test func sourcesNameCells() throws {
    let workbook = TestWorkbook([
      TestWorkbook.Sheet("台账", rows: [["编号", "日期"], [], [nil, "第一行\n第二行"]])
    ])
    let read = try self.read(workbook)
    let renderer = DiagnosticRenderer(language: .chinese, color: false)
    let text = read.diagnostics.map { renderer.render($0, in: read.source) }.joined()
    #expect(text.contains("--> a.xlsx:台账!B3\n"), "\(text)")
    #expect(text.contains("3 |     第一行↵第二行"), "\(text)")
  }

  // MARK: - Helpers

  private struct Reading {
    var source: Source
    var documents: [WrittenDocument]
    var diagnostics: [Diagnostic]
  }

  private func read(
    _ workbook: TestWorkbook, limits: ReadingLimits = ReadingLimits()
  ) throws -> Reading {
    let file = try decodeFile(path: "a.xlsx", workbook.bytes(), limits: limits)
    let (documents, diagnostics) = documents(
      in: file.source, format: file.format, limits: limits, mappings: [.small])
    return Reading(
      source: file.source, documents: documents, diagnostics: file.diagnostics + diagnostics)
  }

  /// The documents, then the codes and cells of what is told.
  private func shown(_ workbook: TestWorkbook) throws -> [String] {
    let read = try read(workbook)
    return read.documents.map { notation($0.body) }
      + read.diagnostics.map { diagnostic in
        let cell = diagnostic.range.flatMap { read.source.place(at: $0.start).cell }
        return ([diagnostic.code] + [cell].compactMap { $0 }).joined(separator: " ")
      }
  }

  private func problem(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> String {
    do throws(InputError) {
      _ = try decodeFile(path: "a.xlsx", bytes, limits: limits)
      return ""
    } catch {
      return error.diagnostic.message.chinese
    }
  }
}
