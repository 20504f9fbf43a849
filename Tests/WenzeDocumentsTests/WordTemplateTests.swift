import TestSupport
import Testing
import WenzeDocuments
import WenzeOffice
import WenzeSyntax

/// Templates of Word: tags as people type them, and Word saves them.
@Suite struct WordTemplateTests {
  private static func data() throws -> TemplateValue {
    try DocumentSupport.data(
      of: """
        案件 {
            编号: "N-1"
            标题: "a<b>&\u{202E} {{编号}}"
            对象 [ { 名称: "张三丰" 种类: 领导干部 }, { 名称: "丁局" 种类: 党组织 } ]
        }
        """
    ).whole
  }

  private static func word(_ body: String) throws -> String {
    try DocumentSupport.word(
      p("{{#文书}}{{#案件}}") + body + p("{{/案件}}{{/文书}}"), data())
  }

  private static func p(_ text: String) -> String {
    "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>"
  }

  private static func filled(_ text: String) -> String {
    "<w:p><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
  }

  private static func cells(_ texts: String...) -> String {
    "<w:tr>" + texts.map { "<w:tc>\($0)</w:tc>" }.joined() + "</w:tr>"
  }

  // MARK: Tags

  @Test func valuesStandInTheirRuns() throws {
    #expect(
      try Self.word(
        "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>号：{{编号}}。</w:t></w:r></w:p>")
        == "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:rPr><w:b/></w:rPr>"
        + "<w:t xml:space=\"preserve\">号：N-1。</w:t></w:r></w:p>")
  }

  @Test func tagsThatWordDividesAreJoined() throws {
    let body =
      "<w:p><w:r><w:t>号：{</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr>"
      + "<w:t>{编</w:t></w:r><w:r><w:t>号</w:t></w:r><w:r><w:t>}} 完</w:t></w:r></w:p>"
    #expect(
      try Self.word(body)
        == "<w:p><w:r><w:t xml:space=\"preserve\">号：N-1</w:t></w:r>"
        + "<w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr>"
        + "<w:t xml:space=\"preserve\"></w:t></w:r><w:r><w:t xml:space=\"preserve\"></w:t></w:r>"
        + "<w:r><w:t xml:space=\"preserve\"> 完</w:t></w:r></w:p>")
  }

  @Test func textsStayTextAndLinesAreBroken() throws {
    let text = try Self.word(Self.p("{{标题}}"))
    #expect(text.contains("a&lt;b&gt;&amp;"))
    #expect(text.contains("\\u{202E}"))
    #expect(text.contains("{{编号}}"))
  }

  @Test func linesOfAValueAreBroken() throws {
    let value = TemplateValue.record([
      (Bilingual("一", "one"), .text("a\nb\r\nc\u{0}\u{FFFF}"))
    ])
    #expect(
      try DocumentSupport.word(Self.p("{{一}}"), value)
        == Self.filled(
          "a</w:t><w:br/><w:t xml:space=\"preserve\">b</w:t><w:br/>"
            + "<w:t xml:space=\"preserve\">c\\u{0}\u{FFFD}"))
  }

  @Test func aSectionAloneInParagraphsRepeatsThoseBetween() throws {
    #expect(
      try Self.word(
        Self.p("{{#对象}}") + Self.p("名 {{名称}}") + Self.p("&lt;种类&gt;") + Self.p(" {{/对象}} "))
        == Self.filled("名 张某某") + Self.p("&lt;种类&gt;") + Self.filled("名 丁局")
        + Self.p("&lt;种类&gt;"))
    #expect(
      try Self.word(
        Self.p("{{#事实}}") + Self.p("x") + Self.p("{{/事实}}{{^事实}}") + Self.p("无") + Self.p("{{/事实}}")
      )
        == Self.p("无"))
  }

  @Test func aSectionWithinAParagraphStaysThere() throws {
    #expect(
      try Self.word(Self.p("{{#对象}}{{名称}}、{{/对象}}等"))
        == Self.filled("张某某、丁局、等"))
    #expect(
      try Self.word(
        "<w:p><w:r><w:t>{{#对象}}名</w:t></w:r><w:r><w:t>：{{名称}}{{/对象}}</w:t></w:r></w:p>")
        == "<w:p><w:r><w:t xml:space=\"preserve\">名</w:t></w:r><w:r><w:t xml:space=\"preserve\">：张某某名</w:t>"
        + "</w:r><w:r><w:t xml:space=\"preserve\">：丁局</w:t></w:r></w:p>")
  }

  @Test func commentsGoWithTheirParagraphs() throws {
    #expect(try Self.word(Self.p("{{! 说明 }}") + Self.p("a{{! b }}")) == Self.filled("a"))
  }

  // MARK: Tables

  @Test func aSectionOverTheCellsOfARowRepeatsTheRow() throws {
    let table =
      "<w:tbl><w:tblPr/>"
      + Self.cells(Self.p("名称"), Self.p("种类"))
      + Self.cells(Self.p("{{#对象}}{{名称}}"), Self.p("{{种类}}") + Self.p("{{/对象}}")) + "</w:tbl>"
    #expect(
      try Self.word(table)
        == "<w:tbl><w:tblPr/>" + Self.cells(Self.p("名称"), Self.p("种类"))
        + Self.cells(Self.filled("张某某"), Self.filled("领导干部"))
        + Self.cells(Self.filled("丁局"), Self.filled("党组织")) + "</w:tbl>")
  }

  @Test func rowsOfTagsGoAndRepeatTheRowsBetween() throws {
    let table =
      "<w:tbl>" + Self.cells(Self.p("{{#对象}}"), Self.p(""))
      + Self.cells(Self.p("{{名称}}"), Self.p("x"))
      + Self.cells(Self.p("{{/对象}}"), "<w:p/>") + "</w:tbl>"
    #expect(
      try Self.word(table)
        == "<w:tbl>" + Self.cells(Self.filled("张某某"), Self.p("x"))
        + Self.cells(Self.filled("丁局"), Self.p("x")) + "</w:tbl>")
  }

  @Test func aRowOfOneCellGoesWithItsSection() throws {
    let table =
      "<w:tbl>" + Self.cells(Self.p("a")) + Self.cells(Self.p("{{^对象}}没有{{/对象}}"))
      + Self.cells(Self.p("{{^事实}}没有{{/事实}}")) + "</w:tbl>"
    #expect(
      try Self.word(table)
        == "<w:tbl>" + Self.cells(Self.p("a")) + Self.cells(Self.filled("没有")) + "</w:tbl>")
  }

  @Test func aCellKeepsAParagraphAndATableItsRows() throws {
    let inner = "{{#事实}}"
    #expect(
      try Self.word(
        "<w:tbl>" + Self.cells(Self.p(inner) + Self.p("x") + Self.p("{{/事实}}"), Self.p("y"))
          + "</w:tbl>")
        == "<w:tbl>" + Self.cells("<w:p/>", Self.p("y")) + "</w:tbl>")
    #expect(
      try Self.word(
        "<w:tbl><w:tblPr/>" + Self.cells(Self.p("{{#事实}}"), Self.p("{{/事实}}")) + "</w:tbl>"
          + Self.p("z"))
        == Self.p("z"))
  }

  // MARK: The rest

  @Test func otherPartsStayAsTheyAre() throws {
    let template = try DocumentSupport.wordTemplate(
      "<w:p w:rsidR=\"{{x}}\"><w:r><w:t>{{份数}}</w:t></w:r></w:p>")
    let data = try Self.data()
    let bytes = try DocumentFiller(template, data: data).document(filledWith: data)
    let (before, after) = (try ZipArchive(template.bytes), try ZipArchive(bytes))
    #expect(before.names == after.names)
    for name in before.names where name != "word/document.xml" {
      #expect(try before.contents(of: name) == after.contents(of: name))
    }
    #expect(try DocumentSupport.wordBody(of: bytes).contains("w:rsidR=\"{&#123;x}}\""))
  }

  @Test(arguments: [
    ("<w:p><w:r><w:t>{{编号</w:t></w:r></w:p><w:p><w:r><w:t>}}</w:t></w:r></w:p>", "T0201", 1),
    ("<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>{{{编号}}}</w:t></w:r></w:p>", "T0202", 2),
    ("<w:p><w:r><w:t>{{编好}}</w:t></w:r></w:p>", "T0214", 1),
    ("<w:p><w:r><w:t>{{&gt; 公文样式}}</w:t></w:r></w:p>", "T0221", 1),
    (
      "<w:p><w:r><w:t>{{#文书}}</w:t></w:r><w:hyperlink><w:r><w:t>{{/文书}}</w:t></w:r></w:hyperlink></w:p>",
      "T0222", 1
    ),
    (
      "<w:p><w:r><w:t>x{{#文书}}</w:t></w:r></w:p><w:p><w:r><w:t>{{/文书}}</w:t></w:r></w:p>", "T0223",
      1
    ),
    (
      "<w:p><w:r><w:t>{{#文书}}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{/文书}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
      "T0223", 1
    ),
  ]) func mistakesAreTold(body: String, code: String, paragraph: Int) throws {
    let (codes, text) = try DocumentSupport.problems {
      _ = try DocumentSupport.word(body, Self.data())
    }
    #expect(codes == [code], "\(text)")
    #expect(text.contains("模板.docx:\(paragraph):"), "\(text)")
  }

  @Test(arguments: [([UInt8]("<html>".utf8), "T0231"), ([], "T0231")])
  func whatIsNoDocumentIsTold(bytes: [UInt8], code: String) throws {
    let template = DocumentTemplate(format: .docx, path: "模板.docx", bytes: bytes)
    let (codes, _) = try DocumentSupport.problems {
      _ = try DocumentFiller(template, data: Self.data())
    }
    #expect(codes == [code])
  }

  @Test func anArchiveOfSomethingElseIsTold() throws {
    var writer = ZipArchiveWriter()
    writer.add("a.txt", [0x61])
    let template = DocumentTemplate(
      format: .docx, path: "模板.docx", bytes: try writer.finish())
    let (codes, _) = try DocumentSupport.problems {
      _ = try DocumentFiller(template, data: Self.data())
    }
    #expect(codes == ["T0232"])
  }
}
