import TestSupport
import Testing
import WenzeOffice

/// A workbook that is marked stays as it was, but for the marks.
@Suite struct WorkbookWritingTests {
  private let sheet = NewSheet(name: "问题清单", columns: [NewSheet.Column("问题", width: 20)])

  private func marks(_ cells: [String], on name: String = "台账") -> [CellMark] {
    cells.compactMap { text in
      CellReference(text).map {
        CellMark(sheet: name, cell: $0, colour: "F4B183", comment: "看 \(text)")
      }
    }
  }

  private func part(_ name: String, of bytes: [UInt8]) throws -> String {
    let contents = try #require(try ZipArchive(bytes).contents(of: name))
    return String(decoding: contents, as: UTF8.self)
  }

  @Test func everythingElseIsKept() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet("台账", rows: [["编号", "姓名"], ["甲", "张三"]]),
      TestWorkbook.Sheet("别的", rows: [["<&>"]]),
    ])
    workbook.parts = ["xl/charts/chart1.xml": "<!-- 不改 -->  <c/>", "customXml/item1.xml": "<x/>"]
    let old = try workbook.bytes()
    let new = try markedWorkbook(old, marks: marks(["B2"]), sheet: sheet, author: "问责")
    let (before, after) = (try ZipArchive(old), try ZipArchive(new))
    #expect(Array(after.names.prefix(before.names.count)) == before.names)
    for name in ["xl/charts/chart1.xml", "customXml/item1.xml", "xl/worksheets/sheet2.xml"] {
      #expect(try after.contents(of: name) == before.contents(of: name))
    }
    // But for the style of the cell and the drawing, the sheet is the same.
    let text = try part("xl/worksheets/sheet1.xml", of: new)
      .replacing(#" s="1""#, with: "")
      .replacing(
        #"<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdWenze2"/>"#,
        with: "")
    #expect(text == (try part("xl/worksheets/sheet1.xml", of: old)))
    #expect(try markedWorkbook(old, marks: marks(["B2"]), sheet: sheet, author: "问责") == new)
  }

  @Test func stylesAreThoseOfTheCellsOnAnotherGround() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        #"<cols><col min="4" max="9" style="1"/></cols><sheetData><row r="2" s="1" customFormat="1"/><row r="4"><c r="B4" s="1"><v>45356</v></c></row></sheetData><tableParts count="0"/>"#
      )
    ])
    workbook.numberFormats = ["yyyy-mm-dd"]
    let new = try markedWorkbook(
      workbook.bytes(), marks: marks(["B4", "A4", "D4", "C2", "E3", "A9"]), sheet: sheet,
      author: "问责")
    let text = try part("xl/worksheets/sheet1.xml", of: new)
    #expect(
      text.contains(
        #"<row r="2" s="1" customFormat="1"><c r="C2" s="2"/></row><row r="3"><c r="E3" s="2"/></row><row r="4"><c r="A4" s="3"/><c r="B4" s="2"><v>45356</v></c><c r="D4" s="2"/></row><row r="9"><c r="A9" s="3"/></row></sheetData><legacyDrawing"#
      ), "\(text)")
    #expect(text.contains(#"/><tableParts count="0"/></worksheet>"#))
    let styles = try part("xl/styles.xml", of: new)
    #expect(
      styles.contains(
        #"<xf numFmtId="200" fontId="0" fillId="2" borderId="1" xfId="0" applyFill="1"/>"#))
    #expect(styles.contains(#"<fills count="4">"#), "\(styles)")
  }

  @Test func commentsAreAddedToThoseThatThereAre() throws {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        sheetData([["编号", "姓名"], ["甲", "张三"]]) + #"<legacyDrawing r:id="rId7"/>"#)
    ])
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook.parts = [
      "xl/worksheets/_rels/sheet1.xml.rels":
        #"<Relationships xmlns="\#(package)"><Relationship Id="rId7" Type="\#(types)/vmlDrawing" Target="../drawings/old.vml"/><Relationship Id="rIdWenze1" Type="\#(types)/comments" Target="../old.xml"/></Relationships>"#,
      "xl/old.xml":
        #"<x:comments xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:authors><x:author>老王</x:author></x:authors><x:commentList><x:comment ref="A2" authorId="0"><x:text><x:t>请核对</x:t></x:text></x:comment><x:comment ref="B1" authorId="0"><x:text><x:r><x:t>一</x:t></x:r></x:text></x:comment></x:commentList></x:comments>"#,
      "xl/drawings/old.vml":
        #"<xml xmlns:v="v" xmlns:o="o" xmlns:x="x"><v:shape id="_x0000_s1030"><br></v:shape></xml>"#,
    ]
    let new = try markedWorkbook(
      workbook.bytes(), marks: marks(["A2", "B1", "B2"]), sheet: sheet, author: "问责")
    let comments = try part("xl/old.xml", of: new)
    #expect(comments.contains("<x:r><x:t>请核对</x:t></x:r><x:r>"), "\(comments)")
    #expect(comments.contains(">\n\n看 A2</x:t></x:r></x:text></x:comment>"))
    #expect(comments.contains("<x:t>一</x:t></x:r><x:r>"))
    #expect(comments.contains(#"<x:author>问责</x:author></x:authors>"#))
    #expect(comments.contains(#"<x:comment ref="B2" authorId="1">"#))
    let drawing = try part("xl/drawings/old.vml", of: new)
    #expect(
      drawing.hasPrefix(
        #"<xml xmlns:v="v" xmlns:o="o" xmlns:x="x"><v:shape id="_x0000_s1030"><br></v:shape>"#))
    #expect(drawing.contains("_x0000_s1031") && !drawing.contains("_x0000_s1032"))
    #expect(drawing.hasSuffix("</v:shape></xml>"))
    let sheet = try part("xl/worksheets/sheet1.xml", of: new)
    #expect(sheet.ranges(of: "legacyDrawing").count == 1)
  }

  @Test func joinedCellsAreMarkedAtTheirFirst() throws {
    let workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        sheetData([["a"], ["b"]]) + #"<mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#)
    ])
    let new = try markedWorkbook(
      workbook.bytes(), marks: marks(["B2", "A1"]), sheet: sheet, author: "问责")
    let comments = try part("xl/comments1.xml", of: new)
    #expect(comments.contains("看 B2\n\n看 A1"))
    #expect(!comments.contains(#"ref="B2""#))
  }

  @Test func textsAreNeverFormulas() throws {
    var sheet = NewSheet(name: "问题", columns: [NewSheet.Column("a", width: 9)])
    let texts = ["=1+1", "+86", "-1", "@x", "\t=1", "_x0041_", "<b>&amp;\u{0}\u{FFFF}", "a\nb"]
    sheet.rows = texts.map { [NewSheet.Cell($0)] }
    sheet.rows.append([NewSheet.Cell(String(repeating: "长", count: 40_000))])
    let book = try readWorkbook(newWorkbook(sheet))
    let read = book.sheets[0].rows.dropFirst().map { $0.cells[0].text }
    #expect(read.prefix(4) == ["=1+1", "+86", "-1", "@x"])
    #expect(read[5] == "_x0041_")
    #expect(read[6].hasPrefix("<b>&amp;"))
    #expect(read[7] == "a\nb")
    #expect(read[8].utf16.count == 32_767 && read[8].hasSuffix("…（已截断）"))
    let text = try part("xl/worksheets/sheet1.xml", of: newWorkbook(sheet))
    #expect(!text.contains("<f>"))
  }

  @Test func theListHasANameOfItsOwn() throws {
    let workbook = TestWorkbook([
      TestWorkbook.Sheet("问题清单", rows: [["a"]]), TestWorkbook.Sheet("问题清单2", rows: [["a"]]),
    ])
    let new = try markedWorkbook(workbook.bytes(), marks: [], sheet: sheet, author: "问责")
    #expect(try readWorkbook(new).sheets.map(\.name) == ["问题清单", "问题清单2", "问题清单3"])
    let list = try part("xl/workbook.xml", of: new)
    #expect(
      list.contains(
        #"<sheet name="问题清单3" sheetId="3" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdWenzeSheet1"/></sheets><definedNames>"#
      ), "\(list)")
    #expect(list.contains(#"</definedNames><calcPr calcId="1"/>"#))
  }

  @Test func strictWorkbooksStayStrict() throws {
    var workbook = TestWorkbook([TestWorkbook.Sheet("台账", rows: [["a"]])])
    workbook.isStrict = true
    let new = try markedWorkbook(workbook.bytes(), marks: marks(["A1"]), sheet: sheet, author: "a")
    let archive = try ZipArchive(new)
    for name in archive.names where name.hasPrefix("xl/") {
      #expect(
        !(try part(name, of: new)).contains("schemas.openxmlformats.org/spreadsheetml"), "\(name)")
    }
    #expect(try readWorkbook(new).sheets.count == 2)
  }

  @Test func aWorkbookWithoutStylesGetsSome() throws {
    var workbook = TestWorkbook([TestWorkbook.Sheet("台账", rows: [["a"]])])
    workbook.parts = [
      "xl/_rels/workbook.xml.rels":
        #"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    ]
    workbook.omitted = ["xl/styles.xml"]
    let new = try markedWorkbook(workbook.bytes(), marks: marks(["A1"]), sheet: sheet, author: "a")
    #expect(try part("xl/wenze-styles.xml", of: new).contains("F4B183"))
    #expect(try readWorkbook(new).sheets.count == 2)
  }
}
