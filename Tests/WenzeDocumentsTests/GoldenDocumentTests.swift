import TestSupport
import Testing
import WenzeDocuments
import WenzeEngine
import WenzeSyntax

/// The documents that travel with the program, over fixtures.
@Suite struct GoldenDocumentTests {
  private static let folder = GoldenFolder()

  private static let fixtures = [
    "report-defects.json", "month-only-dates.wz", "waiver-in-force.wz", "no-subjects.json",
  ]

  @Test(
    arguments: ["review-opinion", "feedback-list"],
    [
      (DocumentFormat.html, Language.chinese), (.html, .english), (.docx, .chinese),
      (.docx, .english),
    ])
  func isAsExpected(name: String, form: (DocumentFormat, Language)) throws {
    let (format, language) = form
    let data = try DocumentSupport.data(ofFixtures: Self.fixtures, language: language).whole
    let template = try DocumentSupport.builtIn(name, format, language)
    let bytes = try DocumentFiller(
      template, data: data, partial: { DocumentSupport.templates.partial($0) }
    ).document(filledWith: data)
    let text =
      format == .html
      ? String(decoding: bytes, as: UTF8.self) : try DocumentSupport.wordBody(of: bytes)
    let suffix = format == .html ? "html" : "xml"
    #expect(
      try Self.folder.difference(of: text, from: "\(name).\(language.rawValue).\(suffix)") == nil)
    #expect(!text.contains("{{"))
  }

  /// A document of one case is the same as its section among others, but for where it stands.
  @Test func eachCaseHasItsOwnDocument() throws {
    let data = try DocumentSupport.data(ofFixtures: Self.fixtures)
    let template = "{{#文书}}{{编号}}:{{计数.问题}}{{#续}}+{{/续}};{{/文书}}{{份数}}"
    #expect(data.cases.count == 4)
    #expect(
      try DocumentSupport.page(template, data.whole)
        == "2023-月份:0;2023-603:1+;2023-410:4+;2023-207-W:0+;4")
    let last = try #require(data.cases.last)
    #expect(
      try DocumentSupport.page(template, data.part(last.file, last.result)) == "2023-207-W:0;1")
  }

  @Test func namesAreMaskedButForThoseWhoHandleTheFile() throws {
    let template = "{{#文书}}{{#案件}}{{#对象}}{{名称}}{{/对象}}{{/案件}}{{/文书}}"
    let masked = try DocumentSupport.data(ofFixtures: ["report-defects.json"]).whole
    let shown = try DocumentSupport.data(
      ofFixtures: ["report-defects.json"], profile: .internal
    ).whole
    #expect(try DocumentSupport.page(template, masked) == "倪某某")
    #expect(try DocumentSupport.page(template, shown).hasPrefix("倪"))
    #expect(!(try DocumentSupport.page(template, shown).contains("某")))
  }
}
