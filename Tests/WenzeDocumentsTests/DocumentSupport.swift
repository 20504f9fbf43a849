import Foundation
import TestSupport
import Testing
import Wenze
import WenzeDocuments
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeOffice
import WenzeReport
import WenzeRules
import WenzeSemantics
import WenzeSyntax

/// Cases, checked by the packs inside the program, and templates for them.
enum DocumentSupport {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let rules = LoadedRules(withTests: false)

  static let templates = DocumentTemplates(
    builtIn: embeddedDocuments.map { file in
      DocumentTemplates.File(
        path: String(file.path.dropFirst("documents/".count)), bytes: Array(file.text.utf8))
    })

  private static func run() throws -> CheckRun {
    let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    return CheckRun(rules: rules, options: CheckOptions(today: today))
  }

  /// What the documents of fixtures are filled with.
  static func data(
    ofFixtures names: [String], language: Language = .chinese, profile: MaskingProfile = .submit
  ) throws -> DocumentData {
    var report = try run().report(
      on: names.map { root.appending(path: "fixtures/cases/\($0)").path(percentEncoded: false) },
      options: ReportOptions(language: language, profile: profile))
    // What a document says of itself changes with every rule, and with the machine.
    report.ruleDigest = "sha256:0"
    report.toolVersion = "0"
    for index in report.files.indices {
      report.files[index].digest = "sha256:0"
      report.files[index].source = Source(
        path: "cases/\(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }[index])",
        text: report.files[index].source.text)
    }
    return DocumentData(report)
  }

  /// What a document of one case is filled with.
  static func data(
    of text: String, language: Language = .chinese, profile: MaskingProfile = .submit
  ) throws -> DocumentData {
    DocumentData(
      try run().report(
        on: Source(path: "案件.wz", text: text), format: .wenze,
        options: ReportOptions(language: language, profile: profile)))
  }

  static func builtIn(
    _ name: String, _ format: DocumentFormat, _ language: Language
  ) throws -> DocumentTemplate {
    let entry = try #require(templates.entry(named: name))
    return try #require(templates.template(of: entry, format, language: language))
  }

  /// A page from a template.
  static func page(_ template: String, _ data: TemplateValue) throws -> String {
    let template = DocumentTemplate(
      format: .html, path: "模板.html", bytes: Array(template.utf8))
    let bytes = try DocumentFiller(template, data: data, partial: { templates.partial($0) })
      .document(filledWith: data)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the body of a document of Word comes to, whose template has this body.
  static func word(_ body: String, _ data: TemplateValue) throws -> String {
    let bytes = try DocumentFiller(wordTemplate(body), data: data).document(filledWith: data)
    let document = try wordBody(of: bytes)
    let start = try #require(document.range(of: "<w:body>")).upperBound
    let end = try #require(document.range(of: "</w:body>")).lowerBound
    return String(document[start..<end])
  }

  static func wordBody(of bytes: [UInt8]) throws -> String {
    let contents = try ZipArchive(bytes).contents(of: "word/document.xml")
    return String(decoding: try #require(contents), as: UTF8.self)
  }

  static func wordTemplate(_ body: String) throws -> DocumentTemplate {
    var writer = ZipArchiveWriter()
    writer.add(
      "[Content_Types].xml",
      Array(
        """
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
        <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-\
        officedocument.wordprocessingml.document.main+xml"/></Types>
        """.utf8))
    writer.add("other.bin", [0, 1, 2, 255])
    writer.add(
      "word/document.xml",
      Array(
        """
        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\
        <w:body>\(body)</w:body></w:document>
        """.utf8))
    return DocumentTemplate(format: .docx, path: "模板.docx", bytes: try writer.finish())
  }

  /// The diagnostics of a template that cannot be used, as a user reads them.
  static func problems(
    _ language: Language = .chinese, _ body: () throws -> Void
  ) throws -> (codes: [String], text: String) {
    do {
      try body()
      return ([], "")
    } catch let problems as TemplateProblems {
      let renderer = DiagnosticRenderer(language: language, color: false)
      return (
        problems.problems.map(\.diagnostic.code),
        problemTexts(of: problems.problems, sources: problems.sources, renderer).joined()
      )
    }
  }
}
