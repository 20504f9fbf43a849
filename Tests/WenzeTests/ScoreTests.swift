import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What score sheets make of violations.
@Suite struct ScoreTests {
  /// Made up.
  private static let pack = """
    规则包 评 / reviews { 版本 "1" 档案 件 }
    法规 办法 / measures { 标题 "办法" / "The Measures" 施行 2019-09-01 条数 9 }
    结构 人 / person { 名 / name : 文本 人名  到 / present : 是否 }
    档案 件 / item {
        键 号
        号 / id : 文本
        关 / body : 文本
        甲 / a : 是否
        乙 / b : 是否
        丙 / c : 是否
        人列 / people : 列表 人
    }
    规则 T1 甲不成 / a_failed { 依据 办法 第一条  应当 甲  错误 "甲" / "a" }
    规则 T2 乙不成 / b_failed { 依据 办法 第二条  应当 乙  错误 "乙" / "b" }
    规则 T3 丙不成 / c_failed { 依据 办法 第三条第一款  应当 丙  警告 "丙" / "c" }
    规则 T4 缺席 / absent {
        依据 办法 第四条
        针对 每个 x 于 人列
        应当 x.到
        警告 "{x.名}缺席" / "{x.name} was absent"
    }
    评分表 表 / sheet {
        满分 20
        单位 关
        组 事 / facts 12 {
            扣 3 因 T1, T2 最多 5 重犯加 2
            扣 2 因 T4 每处 最多 5 重犯加 1.5
        }
        组 序 / order 8 { 扣 6 因 T3 重犯加 4 }
        等次 好 / good >= 18, 中 / fair >= 12, 差 / poor
        一票否决 T2 为 差
    }

    """

  private static let rules: RuleSet = {
    let (ruleSet, problems) = loadRules([
      PackSource(folder: "reviews", files: [Source(path: "reviews.wz", text: pack)])
    ])
    precondition(problems.isEmpty, "\(problems)")
    return ruleSet
  }()

  /// The points as text, of each deduction and of the whole.
  private func score(
    _ counts: [String: Int], repeated: Set<String> = []
  ) -> (deductions: [String], points: String, grade: String) {
    let sheet = Self.rules.scoreSheets[0]
    let score = sheet.score(counts, repeated: repeated)
    let deductions = score.groups.flatMap(\.deductions).map { deduction in
      "\(deduction.code) \(deduction.points.text)"
        + (deduction.surcharge.millionths > 0 ? "+\(deduction.surcharge.text)" : "")
        + (deduction.isLimited ? "!" : "")
    }
    return (deductions, score.points.text, sheet.grades[score.grade].name.english)
  }

  @Test func nothingWrongIsTheFullScore() {
    #expect(score([:]) == ([], "20", "good"))
  }

  @Test func aLineTakesOffOncePerCodeOrPerFinding() {
    #expect(score(["T1": 3]) == (["T1 3"], "17", "fair"))
    #expect(score(["T4": 2]) == (["T4 4"], "16", "fair"))
  }

  @Test func aLimitHoldsForTheLine() {
    #expect(score(["T4": 4]) == (["T4 5!"], "15", "fair"))
    #expect(score(["T1": 1, "T2": 1]).deductions == ["T1 3", "T2 2!"])
  }

  @Test func repetitionComesOnTopOncePerCode() {
    #expect(score(["T4": 4], repeated: ["T4"]) == (["T4 5+1.5!"], "13.5", "fair"))
    #expect(score(["T4": 1], repeated: ["T1", "T3"]) == (["T4 2"], "18", "good"))
  }

  @Test func aGroupLosesNoMoreThanItHas() {
    #expect(score(["T3": 1], repeated: ["T3"]) == (["T3 6+4"], "12", "fair"))
  }

  @Test func aVetoDecidesTheGradeAndNotThePoints() {
    #expect(score(["T2": 1]) == (["T2 3"], "17", "poor"))
  }

  /// One finding more never raises the score or the grade, and no group falls below nothing.
  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func oneMoreFindingNeverHelps(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let sheets = Repository.rules.ruleSet.scoreSheets + Self.rules.scoreSheets
    for sheet in sheets {
      var counts: [String: Int] = [:]
      var repeated: Set<String> = []
      var before = sheet.score(counts)
      for _ in 0..<40 {
        let code = try #require(sheet.codes.randomElement(using: &random))
        counts[code, default: 0] += 1
        if Bool.random(using: &random) { repeated.insert(code) }
        let after = sheet.score(counts, repeated: repeated)
        #expect(after.points <= before.points, "seed \(seed), \(counts)")
        #expect(after.grade >= before.grade, "seed \(seed), \(counts)")
        #expect(after.groups.allSatisfy { $0.points.millionths >= 0 })
        before = after
      }
    }
  }

  // MARK: Documents

  private func report(
    _ text: String, previous: String? = nil, showsNames: Bool = false
  ) throws -> ScoreReport {
    let today = try #require(CalendarDate(text: "2026-11-21"))
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "wenze-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pack = folder.appending(path: "reviews.wz")
    try Self.pack.write(to: pack, atomically: true, encoding: .utf8)
    var before: PreviousScores?
    if let previous {
      let file = folder.appending(path: "previous.json")
      try previous.write(to: file, atomically: true, encoding: .utf8)
      before = try PreviousScores(readingFrom: file.path(percentEncoded: false))
    }
    let rules = LoadedRules(
      folders: [folder.path(percentEncoded: false)], usesBuiltIn: false)
    let run = try ScoreRun(
      CheckRun(rules: rules, options: CheckOptions(today: today)), previous: before)
    let check = run.check.report(
      on: Source(path: "items.wz", text: text), format: .wenze,
      options: ReportOptions(language: .chinese, profile: showsNames ? .internal : .submit))
    return ScoreReport(check, by: run.sheets, previous: before, today: today)
  }

  private static let good = "件 { 号: \"%\" 关: \"县局\" 甲: 是 乙: 是 丙: 是 人列 无 }\n"
  private static let bad = "件 { 号: \"%\" 关: \"县局\" 甲: 否 乙: 是 丙: 是 人列 无 }\n"
  private static let open = "件 { 号: \"%\" 关: \"县局\" 甲: 否 乙: 是 人列 [ { 名: \"张三丰\" 到: 否 } ] }\n"

  @Test func whatIsUndeterminedOnlyWidensTheRange() throws {
    let report = try report(Self.open.replacing("%", with: "A"))
    let scored = try #require(report.sheets.first?.cases.first)
    #expect(scored.score.points.text == "15")
    #expect(scored.lowest.points.text == "9")
    #expect(scored.isProvisional)
    #expect(scored.pending.count == 1)
    #expect(report.text.contains("暂定"))
    #expect(!report.text.contains("张三丰"))
    #expect(!report.json.contains("张三丰"))
    #expect(!report.csv.contains("张三丰"))
    #expect(!report.markdown.contains("张三丰"))
  }

  @Test func anOpenListMayHoldAnyNumber() throws {
    let text = "件 { 号: \"A\" 甲: 是 乙: 是 丙: 是 人列 [ { 名: \"甲\" 到: 是 }, 等 ] }"
    let scored = try #require(try report(text).sheets.first?.cases.first)
    #expect(scored.score.points.text == "20")
    #expect(scored.lowest.points.text == "15")
    #expect(scored.unit == nil)
  }

  @Test func whatIsWaivedTakesNothingOff() throws {
    let text = Self.bad.replacing("%", with: "A").replacing(
      " }\n", with: " 豁免 T1 理由 \"补办\" 批准人 \"李四\" 至 2099-01-01 }\n")
    let scored = try #require(try report(text).sheets.first?.cases.first)
    #expect(scored.score.points.text == "20")
    #expect(scored.waived.count == 1)
    #expect(!scored.isProvisional)
  }

  @Test func thePeriodBeforeMakesDefectsDearer() throws {
    let first = try report(
      Self.bad.replacing("%", with: "A1") + Self.bad.replacing("%", with: "A2"))
    let unit = try #require(first.sheets.first?.units.first)
    #expect(unit.mean.text == "17")
    #expect(unit.defects.map(\.code) == ["T1"])
    #expect(unit.defects[0].isRecurring)

    let second = try report(Self.bad.replacing("%", with: "B1"), previous: first.json)
    let scored = try #require(second.sheets.first?.cases.first)
    #expect(scored.score.points.text == "15")
    let defect = try #require(second.sheets.first?.units.first?.defects.first)
    #expect(defect.previous.cases == ["A1", "A2"])
    #expect(second.text.contains("本期1处（B1），上期2处（A1、A2）"))

    let third = try report(Self.good.replacing("%", with: "C1"), previous: second.json)
    #expect(third.sheets.first?.units.first?.defects.first?.isMended == true)
    #expect(third.text.contains("本期未再发现"))
  }

  @Test func anotherReportIsNoPeriodBefore() {
    for text in ["{}", "[]", "no json", #"{"kind":"wenze score","schema":2,"sheets":[]}"#] {
      #expect(throws: ScoreError.self) { try report("", previous: text) }
    }
  }

  // MARK: Shipped sheets

  @Test func shippedSheetsMentionEveryRuleOverSingleCasesOnce() throws {
    let ruleSet = Repository.rules.ruleSet
    #expect(ruleSet.scoreSheets.map(\.name.chinese) == ["八项标准", "六组"])
    for sheet in ruleSet.scoreSheets {
      let wanted = ruleSet.rules.filter { $0.dossier == sheet.dossier && $0.aggregation == nil }
      #expect(sheet.codes.sorted() == Set(wanted.map(\.code)).sorted())
    }
  }

  @Test(arguments: ["text", "markdown", "csv"])
  func shippedSheetsScoreFixtures(format: String) throws {
    let today = try #require(CalendarDate(text: "2026-11-21"))
    let run = try ScoreRun(
      CheckRun(rules: Repository.rules, options: CheckOptions(today: today)))
    let names = [
      "clean-single-cadre.json", "launch-ad-hoc-body.wz", "waiver-in-force.wz", "no-date.yaml",
      "public-notice.wz", "report-defects.json",
    ]
    let paths = names.map { Repository.root + "fixtures/cases/" + $0 }
    let report = run.report(on: paths, options: ReportOptions(language: .chinese))
    let text =
      switch format {
      case "text": report.text
      case "markdown": report.markdown
      default: report.csv
      }
    let golden = GoldenFolder(named: "Scores")
    let difference = try golden.difference(
      of: text.replacing(Repository.root, with: ""), from: format)
    #expect(difference == nil, "\(difference ?? "")")
  }
}
