import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What the first users were promised, word for word.
@Suite struct AcceptanceTests {
  private func check(_ text: String, format: InputFormat = .json) throws -> CheckReport {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(rules: Repository.rules, options: CheckOptions(today: today))
    return run.report(
      on: Source(path: "x.json", text: text), format: format,
      options: ReportOptions(language: .chinese))
  }

  private func findings(_ report: CheckReport, _ verdict: Verdict) -> [(code: String, Finding)] {
    report.files.flatMap(\.results).flatMap(\.findings).filter { $0.verdict == verdict }
      .map { (report.ruleSet.rules[$0.rule].code, $0) }
  }

  @Test func aTeamThatLaunchesIsFoundInAFileThatSaysNothingElse() throws {
    let report = try check(#"{"编号":"X","启动":{"主体":{"名称":"市委第三督导组","类型":"督导组"}}}"#)
    let violations = findings(report, .violation)
    #expect(violations.map(\.code) == ["WZ605", "WZ101"])
    #expect(report.ruleSet.rules[violations[0].1.rule].severity == .note)

    let place = report.files[0].source.place(at: violations[1].1.place.start)
    #expect(place == Place(line: 1, column: 43))

    let undetermined = findings(report, .undetermined)
    let approval = try #require(undetermined.first { $0.code == "WZ104" }?.1)
    let missing = approval.missing.map {
      report.ruleSet.text(of: $0, from: report.ruleSet.rules[approval.rule].dossier, in: .chinese)
    }
    #expect(missing == ["启动.批准"])
    #expect(!report.hasProblems)
  }

  @Test func aCompleteFileTurnsAbsentStepsIntoViolations() throws {
    let report = try check(
      #"{"编号":"X","卷宗完整":true,"启动":{"主体":{"名称":"市委第三督导组","类型":"督导组"}}}"#)
    let codes = Set(findings(report, .violation).map(\.code))
    #expect(codes.isSuperset(of: ["WZ101", "WZ104", "WZ403", "WZ409", "WZ412", "WZ603", "WZ605"]))
  }

  @Test func theOptionCompleteDoesTheSame() throws {
    let text = #"{"编号":"X","启动":{"主体":{"名称":"市委第三督导组","类型":"督导组"}}}"#
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(
      rules: Repository.rules, options: CheckOptions(today: today), asComplete: true)
    let forced = run.report(
      on: Source(path: "x.json", text: text), format: .json,
      options: ReportOptions(language: .chinese))
    let claimed = try check(
      #"{"编号":"X","卷宗完整":true,"启动":{"主体":{"名称":"市委第三督导组","类型":"督导组"}}}"#)
    #expect(
      findings(forced, .violation).map(\.code) == findings(claimed, .violation).map(\.code))
  }

  @Test func everyFormatAndSpellingGivesTheSameVerdicts() throws {
    let texts: [(String, InputFormat)] = [
      (#"{"编号":"X","启动":{"主体":{"名称":"组","类型":"督导组"}}}"#, .json),
      (#"{"id":"X","launch":{"body":{"name":"组","type":"steering_team"}}}"#, .json),
      ("编号: X\n启动:\n  主体: {名称: 组, 类型: 督导组}\n", .yaml),
      ("id: X\nlaunch:\n  body:\n    name: 组\n    type: steering_team\n", .yaml),
      ("案件 { 编号: \"X\" 启动 { 主体 { 名称: \"组\" 类型: 督导组 } } }", .wenze),
      ("case { id: \"X\", launch { body { name: \"组\"; type: steering_team } } }", .wenze),
      ("案件｛编号：＂X＂，启动｛主体｛名称：“组”；类型：督导组｝｝｝", .wenze),
    ]
    let verdicts = try texts.map { text, format in
      try check(text, format: format).files.flatMap(\.results).flatMap(\.verdicts)
    }
    for other in verdicts.dropFirst() { #expect(other == verdicts[0]) }
    #expect(verdicts[0].contains { $0.code == "WZ101" && $0.verdict == .violation })
  }
}

/// What is said of each broken input, recorded beside it.
@Suite struct BrokenFixtureTests {
  private static let folder = GoldenFolder(path: Repository.root + "fixtures/broken")

  @Test(arguments: [".wz", ".json", ".yaml"].flatMap { folder.names(endingWith: $0) })
  func isToldAsExpected(name: String) throws {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(rules: Repository.rules, options: CheckOptions(today: today))
    var text = ""
    for language in Language.allCases {
      let report = run.report(
        on: [Self.folder.path(of: name)], options: ReportOptions(language: language))
      text += report.problemText + "\n"
      text += "documents: \(report.summary.documents)\n\n"
    }
    text = text.replacing(Self.folder.path(of: ""), with: "")
    let difference = try Self.folder.difference(of: text, from: name)
    #expect(difference == nil, "\(difference ?? "")")
  }
}
