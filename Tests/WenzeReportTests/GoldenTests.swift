import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Every `Golden/NAME.wz` is checked; its reports stand beside it.
@Suite struct GoldenTests {
  private static let folder = GoldenFolder()

  private func report(on name: String, _ options: ReportOptions) throws -> CheckReport {
    let source = Source(path: "cases/\(name)", text: try Self.folder.text(of: name))
    return try ReportSupport.report(on: source, options: options)
  }

  @Test(arguments: folder.names())
  func textIsAsExpected(name: String) throws {
    for language in Language.allCases {
      let report = try report(on: name, ReportOptions(language: language))
      let text = report.text + "---- problems\n" + report.problemText
      let difference = try Self.folder.difference(of: text, from: "\(name).\(language.rawValue)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test(arguments: folder.names())
  func jsonIsAsExpected(name: String) throws {
    let text = try report(on: name, ReportOptions(language: .chinese)).json
    let difference = try Self.folder.difference(of: text, from: "\(name).json")
    #expect(difference == nil, "\(difference ?? "")")
    // The language and the terminal change nothing in it.
    let other = ReportOptions(language: .english, isColored: true, isQuiet: true, width: 40)
    #expect(try report(on: name, other).json == text)
  }

  @Test func aNarrowTerminalIsFilledAndNotOverrun() throws {
    for language in Language.allCases {
      let options = ReportOptions(language: language, width: 60)
      let text = try report(on: "violations.wz", options).text
      let difference = try Self.folder.difference(
        of: text, from: "violations.wz.narrow.\(language.rawValue)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test func everyVerdictCanBeListed() throws {
    let options = ReportOptions(language: .chinese, showsAllVerdicts: true)
    let report = try report(on: "two-documents.wz", options)
    let difference = try Self.folder.difference(of: report.text, from: "two-documents.wz.all")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func namesAreShownOnlyWhenAsked() throws {
    for name in Self.folder.names() {
      let masked = try report(on: name, ReportOptions(language: .chinese))
      let shown = try report(on: name, ReportOptions(language: .chinese, profile: .internal))
      for person in ["张三", "李四"] {
        #expect(!(masked.text + masked.json + masked.problemText).contains(person), "\(name)")
      }
      let isNamed = masked.files[0].source.text.contains("张三")
      #expect((shown.text + shown.json).contains("张三") == isNamed, "\(name)")
      #expect(shown.text.contains("某县局党组") == masked.text.contains("某县局党组"))
    }
  }

  @Test func whatIsHiddenIsLeftOut() throws {
    let hidden = try report(
      on: "undetermined.wz", ReportOptions(language: .chinese, showsUndetermined: false))
    #expect(
      hidden.text == "检查文书 1 份：违规 0（错误 0、警告 0、提示 0），存疑 11\n本地调整：R202 改为警告：本地从严\n本地调整：R501 停用：试行\n")
    #expect(!hidden.json.contains("\"undetermined\","))
    let quiet = try report(on: "violations.wz", ReportOptions(language: .english, isQuiet: true))
    #expect(quiet.text.hasPrefix("1 document checked: "))
  }

  @Test func coloursAreEscapesAndNothingElse() throws {
    let plain = try report(on: "violations.wz", ReportOptions(language: .chinese)).text
    let colored = try report(
      on: "violations.wz", ReportOptions(language: .chinese, isColored: true)
    ).text
    #expect(colored != plain)
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}

@Suite struct ExplainGoldenTests {
  private static let folder = GoldenFolder()

  @Test func pagesAreAsExpected() throws {
    for language in Language.allCases {
      let explanation = ExplainReport(ruleSet: ReportSupport.ruleSet, language: language)
      let text = ReportSupport.ruleSet.codes.map { explanation.page(for: $0) }
        .joined(separator: "\n")
      let difference = try Self.folder.difference(of: text, from: "pages.\(language.rawValue)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  /// What is demanded by a negation is not forbidden by it.
  @Test(arguments: [("应当 数 ≠ 3", "  应当 数 ≠ 3\n"), ("不得 数 ≠ 3", "  不得 数 ≠ 3\n")])
  func whatIsDemandedIsToldAsItIsWritten(clause: String, expected: String) {
    let text = """
      规则包 小 / small { 版本 "1" 档案 档 }
      法规 法 / law { 标题 "法" / "Law" 条数 1 }
      档案 档 / file { 键 号 号 / id : 文本 数 / number : 整数 }
      规则 A1 数 / number { 依据 法 第一条 \(clause) 错误 "错" / "wrong" }
      """
    let (ruleSet, _) = loadRules(
      [PackSource(folder: "small", files: [Source(path: "small.wz", text: text)])])
    #expect(
      ExplainReport(ruleSet: ruleSet, language: .chinese).page(for: "A1").contains(expected))
  }

  @Test(arguments: ["violations.wz", "undetermined.wz"])
  func derivationsAreAsExpected(name: String) throws {
    let source = Source(path: "cases/\(name)", text: try Self.folder.text(of: name))
    let report = try ReportSupport.report(on: source, options: ReportOptions(language: .chinese))
    let result = try #require(report.files.first?.results.first)
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    for language in Language.allCases {
      let explanation = ExplainReport(
        ruleSet: ReportSupport.ruleSet, language: language, mask: result.mask)
      let text = ReportSupport.ruleSet.codes.flatMap { code in
        explanation.trees(
          of: ReportSupport.ruleSet.explain(code, in: result.document, today: today), in: source)
      }
      .joined(separator: "\n")
      let difference = try Self.folder.difference(
        of: text, from: "\(name).trees.\(language.rawValue)")
      #expect(difference == nil, "\(difference ?? "")")
      #expect(!text.contains("张三"))
    }
  }
}
