import TestSupport
import Testing
import WenzeEngine
import WenzeReport
import WenzeSyntax

/// The reports of every `Golden/NAME.wz` for other programs stand beside it.
@Suite struct FormatTests {
  private static let folder = GoldenFolder()
  private static let formats = ["sarif", "junit", "github", "gitlab", "markdown", "csv"]

  private func text(
    _ format: String, of name: String, _ options: ReportOptions = ReportOptions(language: .english)
  ) throws -> String {
    let type = try #require(reportFormats.first { $0.name == format })
    let source = Source(path: "cases/\(name)", text: try Self.folder.text(of: name))
    return try ReportSupport.report(on: source, options: options).text(in: type, exitStatus: 1)
  }

  @Test(arguments: formats) func reportsAreAsExpected(format: String) throws {
    for name in ["violations.wz", "undetermined.wz", "waived.wz", "groups.wz", "problems.wz"] {
      let text = try text(format, of: name)
      let difference = try Self.folder.difference(of: text, from: "\(name).\(format)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test(arguments: formats) func namesAreShownOnlyWhenAsked(format: String) throws {
    let masked = try text(format, of: "violations.wz", ReportOptions(language: .chinese))
    #expect(!masked.contains("张三"))
    let shown = ReportOptions(language: .chinese, profile: .internal)
    #expect(try text(format, of: "violations.wz", shown).contains("张三"))
  }

  @Test(arguments: ["github", "markdown", "csv"])
  func readersOfChineseFindElementsByTheirChineseNames(format: String) throws {
    let text = try text(format, of: "violations.wz", ReportOptions(language: .chinese))
    #expect(text.contains("对象") && !text.contains("subjects"))
  }

  @Test func whatIsHiddenIsLeftOut() throws {
    let options = ReportOptions(language: .english, showsUndetermined: false)
    #expect(!(try text("sarif", of: "undetermined.wz", options).contains("\"open\"")))
    #expect(!(try text("junit", of: "undetermined.wz", options).contains("<skipped")))
    #expect(try text("github", of: "undetermined.wz", options) == "")
  }

  @Test func aFindingKeepsItsFingerprintWhereverItStands() throws {
    let type = try #require(reportFormats.first { $0.name == "sarif" })
    func fingerprints(_ text: String) throws -> [String] {
      let report = try ReportSupport.report(
        on: Source(path: "elsewhere.wz", text: text), options: ReportOptions(language: .chinese))
      let mark = "\"wenze/v1\":\""
      return report.text(in: type, exitStatus: 0).split(separator: "\n").compactMap { line in
        let parts = line.split(separator: mark, maxSplits: 1)
        return parts.count > 1 ? String(parts[1].prefix(32)) : nil
      }
    }
    let text = try Self.folder.text(of: "violations.wz")
    let expected = try fingerprints(text)
    #expect(expected.count > 1 && Set(expected).count == expected.count)
    #expect(try fingerprints("\n\n// 上移\n" + text) == expected)
  }

  @Test(arguments: [
    ("cases/a b.wz", "cases/a%20b.wz"), ("./x:y.wz", "x%3Ay.wz"),
    ("/档/a.wz", "file:///%E6%A1%A3/a.wz"),
    ("-", "-"), ("../a%.wz", "../a%25.wz"),
  ]) func pathsBecomeURIs(path: String, uri: String) throws {
    let text = try hostile(path: path, "sarif")
    #expect(text.contains("{\"uri\":\"\(uri)\"}"), "\(text.suffix(600))")
  }

  @Test func aLineBreakEndsNoCommand() throws {
    let text = try hostile(path: "a,b:c%\n::error::d.wz", "github")
    let lines = text.split(separator: "\n")
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0.contains(" file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ad.wz,") })
  }

  @Test func whatXMLCannotHoldIsWrittenOut() throws {
    let text = try hostile(path: "a<&>\"\u{1}\u{202E}\u{FFFF}.wz", "junit")
    #expect(text.contains("<testsuite name=\"a&lt;&amp;&gt;&quot;\\u{1}\\u{202E}\u{FFFD}.wz\""))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  /// The report on a file with a path that nobody should have.
  private func hostile(path: String, _ format: String) throws -> String {
    let type = try #require(reportFormats.first { $0.name == format })
    let text = try Self.folder.text(of: "violations.wz")
    return try ReportSupport.report(
      on: Source(path: path, text: text), options: ReportOptions(language: .chinese)
    )
    .text(in: type, exitStatus: 1)
  }

  @Test func aFileWithVeryManyFindingsHasSeveralSuites() throws {
    let type = try #require(reportFormats.first { $0.name == "junit" })
    let text = try Self.folder.text(of: "violations.wz")
    let source = Source(path: "a.wz", text: Array(repeating: text, count: 300).joined())
    let report = try ReportSupport.report(on: source, options: ReportOptions(language: .english))
    let suites = report.text(in: type, exitStatus: 1).split(separator: "\n")
      .filter { $0.hasPrefix("  <testsuite name=\"a.wz\"") }
    #expect(suites.count > 1)
    #expect(suites.dropLast().allSatisfy { $0.contains(" tests=\"1000\" ") })
  }
}
