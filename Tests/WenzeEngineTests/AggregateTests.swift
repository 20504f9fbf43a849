import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What rules over groups count, leave out and say.
@Suite struct AggregateTests {
  private func lines(_ clauses: String, over fields: [String]) throws -> [String] {
    try AggregateSupport.lines(clauses, over: fields)
  }

  @Test func groupsAreToldApartByTheirKeys() throws {
    let lines = try lines(
      "分组 关 为 机关, 年度(日) 为 年 令 件数 = 计数()",
      over: [
        "关: \"乙\" 日: 2023-01-01", "关: \"甲\" 日: 2023-05-01", "关: \"甲\" 日: 2022-05-01",
        "关: \"甲\" 日: 2023年", "关: \"甲\"", "日: 2023-01-01",
      ])
    #expect(
      lines == [
        "违规 机关：乙，年：2023 件数=1 [0] -2", "违规 机关：甲，年：2022 件数=1 [2] -2",
        "违规 机关：甲，年：2023 件数=2 [1,3] -2",
      ])
  }

  @Test func whatIsKnownNotToExistIsNotMissed() throws {
    let documents = ["全: 是", "止: 2023-01-01", ""]
    #expect(
      try lines("分组 年度(止) 为 年 令 件数 = 计数()", over: documents)
        == ["违规 年：2023 件数=1 [1] -1"])
    #expect(
      try lines("令 种 = 种数(止) 令 最近 = 最晚(止)", over: documents)
        == ["违规 种=1(-1) 最近=2023年1月1日(-1) [0,1,2]"])
  }

  @Test func aFilterThatIsNotKnownLeavesOut() throws {
    #expect(
      try lines("对象 当 成 令 件数 = 计数()", over: ["成: 是", "成: 否", "", "成: 是"])
        == ["违规 件数=2 [0,3] -1"])
  }

  @Test func nestedElementsCountOneByOne() throws {
    let lines = try lines(
      "对象 每个 x 于 项列 当 x.数 > 1 分组 x.级 为 级别 令 件数 = 计数() 令 文书 = 种数(件.号)",
      over: [
        "项列 [ { 数: 2 级: 低 }, { 数: 3 级: 低 }, { 数: 1 级: 低 }, { 数: 9 级: 高 } ]",
        "项列 [ { 数: 5 级: 低 }, 等 ]", "项列 无", "", "项列 [ { 级: 低 } ]",
      ])
    #expect(lines == ["违规 级别：低 件数=3 文书=2 [0,1] -3", "违规 级别：高 件数=1 文书=1 [0] -3"])
  }

  @Test func unknownValuesAreInNeitherPartNorWhole() throws {
    let lines = try lines(
      "令 成数 = 计数(成) 令 成率 = 占比(成) 令 红 = 占比(色 = 红)",
      over: ["成: 是 色: 红", "成: 否", "色: 绿", "成: 是 色: 绿"])
    #expect(lines == ["违规 成数=2(-1) 成率=0.666666(-1) 红=0.333333(-1) [0,1,2,3]"])
  }

  @Test func figuresOverNothingAreUnknownUnlessTheyCount() throws {
    let lines = try lines(
      """
      令 甲 = 计数(成) 令 乙 = 占比(成) 令 丙 = 种数(色) 令 丁 = 众数(色) 令 戊 = 平均(数)
      令 己 = 熵(色) 令 庚 = 最大占比(色) 令 辛 = 中位数(数) 令 壬 = 雷同占比(文, 90%)
      """, over: [""])
    #expect(
      lines.first?.contains(
        "甲=0(-1) 乙=（未记载）(-1) 丙=0(-1) 丁=（未记载）(-1) 戊=（未记载）(-1) 己=（未记载）(-1) 庚=（未记载）(-1) "
          + "辛=（未记载）(-1) 壬=（未记载）(-1)") == true, "\(lines)")
  }

  @Test func listsCountWithEachOfTheirElements() throws {
    #expect(
      try lines("令 常 = 众数(色列) 令 种 = 种数(色列)", over: ["全: 是 色列 [ 红, 绿 ]", "色列 [ 绿, 等 ]"])
        == ["违规 常=绿(-1) 种=2(-1) [0,1]"])
  }

  @Test func thePeriodBeforeIsThatOfTheSameGroup() throws {
    let lines = try lines(
      "分组 关 为 机关, 年度(日) 为 年 令 件数 = 计数() 令 上年 = 上期(件数) 令 前年 = 上期(上期(件数))",
      over: [
        "关: \"甲\" 日: 2021-01-01", "关: \"甲\" 日: 2021-02-01", "关: \"甲\" 日: 2022-01-01",
        "关: \"甲\" 日: 2023-01-01", "关: \"乙\" 日: 2023-01-01",
      ])
    // Nobody has anything of 2020, so that the corpus does not cover it; 乙 has nothing of 2022.
    #expect(
      lines.map { $0.replacing("违规 机关：", with: "").replacing("年：", with: "") } == [
        "乙，2023 件数=1 上年=0 前年=0 [4]", "甲，2021 件数=2 上年=（未记载） 前年=（未记载） [0,1]",
        "甲，2022 件数=1 上年=2 前年=（未记载） [2]", "甲，2023 件数=1 上年=1 前年=2 [3]",
      ])
  }

  @Test func theWholeIsAllGroupsTogether() throws {
    let lines = try lines(
      "分组 关 为 机关 令 率 = 占比(成) 令 总 = 全体(率) 令 总数 = 全体(计数())",
      over: [
        "关: \"甲\" 成: 是", "关: \"甲\" 成: 是", "关: \"乙\" 成: 否", "关: \"乙\" 成: 是", "成: 否",
      ])
    #expect(
      lines == [
        "违规 机关：乙 率=0.5 总=0.75 总数=4 [2,3] -1", "违规 机关：甲 率=1 总=0.75 总数=4 [0,1] -1",
      ])
  }

  @Test func firstAndLastAreUnknownWhereDatesDoNotTell() throws {
    let clauses = "令 首 = 首个(色, 日) 令 末 = 最后(色, 日)"
    func figures(_ fields: [String]) throws -> String {
      try lines(clauses, over: fields).joined().replacing("违规 ", with: "")
    }
    let clear = try figures([
      "色: 红 日: 2023-01-02", "色: 绿 日: 2023-01-01", "色: 蓝 日: 2023-03-01",
    ])
    #expect(clear == "首=绿 末=蓝 [0,1,2]")
    let sameDay = try figures(["色: 红 日: 2023-01-01", "色: 绿 日: 2023-01-01"])
    #expect(sameDay == "首=（未记载） 末=（未记载） [0,1]")
    let sameColour = try figures(["色: 红 日: 2023-01-01", "色: 红 日: 2023年1月"])
    #expect(sameColour == "首=红 末=红 [0,1]")
    let imprecise = try figures(["色: 红 日: 2023-01-15", "色: 绿 日: 2023年1月"])
    #expect(imprecise == "首=（未记载） 末=（未记载） [0,1]")
  }

  @Test func eachElementIsJudgedAgainstItsGroup() throws {
    let (ruleSet, findings) = try AggregateSupport.findings(
      """
      对象 每个 x 于 项列 分组 x.级 为 级别 令 上 = 分位数(x.数, 80%) 逐件
      适用 计数() ≥ 5 且 计数(项列) ≥ 1
      应当 x.数 ≤ 上 且 每个 y 于 项列 均 y.数 ≤ 上 + 100
      警告 "{号}的{x.名}{x.数}超过{上}" / "{id}: {x.number} above {上}"
      """,
      over: [
        "全: 是 项列 [ { 级: 低 数: 1 名: \"张三\" }, { 级: 低 数: 2 } ]",
        "全: 是 项列 [ { 级: 低 数: 2 }, { 级: 低 数: 3 }, { 级: 低 数: 9 名: \"李四\" } ]",
        "全: 是 项列 [ { 级: 低 } ]", "全: 是 项列 [ { 级: 高 数: 50 } ]",
      ])
    #expect(
      findings.map { $0.verdict.name.chinese + ($0.documents.first?.id ?? "") } == [
        "合规0", "合规0", "合规1", "合规1", "违规1", "存疑2", "不适用3",
      ])
    let violation = try #require(findings.first { $0.verdict == .violation })
    #expect(violation.message == Bilingual("1的李四9超过3", "1: 9 above 3"))
    #expect(violation.mask(violation.message.chinese) == "1的李某某9超过3")
    let dossier = ruleSet.rules[violation.rule].dossier
    #expect(
      violation.element.map { ruleSet.text(of: $0, from: dossier, in: .chinese) } == "项列[2]")
    let open = try #require(findings.first { $0.verdict == .undetermined })
    #expect(open.message.chinese == "无法判断是否“名S1”（级别：低）：卷宗的记载不足以得出x.数")
  }

  @Test func sharesReadAsPercentages() throws {
    let (_, findings) = try AggregateSupport.findings(
      "令 率 = 占比(成) 警告 \"{率}，全体{全体(率)}，{最大占比(色)}\" / \"{率}\"",
      over: ["成: 是 色: 红", "成: 否 色: 红", "成: 是 色: 红"])
    #expect(findings.first?.message == Bilingual("66.7%，全体66.7%，100%", "66.7%"))
  }

  @Test func aConditionOnAFigureThatIsNotKnownIsUndetermined() throws {
    let lines = try lines(
      "分组 关 为 机关 令 率 = 占比(成) 令 种 = 熵(色) 适用 计数() ≥ 2 应当 率 ≥ 50%",
      over: [
        "关: \"甲\"", "关: \"甲\"", "关: \"乙\" 成: 否", "关: \"丙\" 成: 是", "关: \"丙\" 成: 否",
        "关: \"丁\" 成: 否", "关: \"丁\" 成: 否",
      ])
    #expect(lines.map { String($0.prefix(8)) } == ["违规 机关：丁 ", "合规 机关：丙 ", "不适用 机关：乙", "存疑 机关：甲 "])
  }

  @Test func anElementBelongsToTheTimeOfItsLaw() throws {
    let rule = AggregateSupport.rule(
      "令 件数 = 计数() 令 限数 = 限 应当 件数 > 10", code: "S1", law: "旧")
    let ruleSet = try AggregateSupport.load(rule)
    let documents = try AggregateSupport.documents(
      ["日: 2021-01-01", "日: 2021-05-01", "日: 2023-01-01", "日: 2009-01-01", ""], in: ruleSet)
    let findings = try AggregateSupport.run(documents, in: ruleSet).findings()
    #expect(AggregateSupport.lines(findings, in: ruleSet) == ["违规 件数=2 限数=2 [0,1]"])
  }

  @Test func exceptionsSeeTheGroup() throws {
    let rule = AggregateSupport.rule("分组 关 为 机关 令 件数 = 计数() 应当 件数 > 10")
    let ruleSet = try AggregateSupport.load(
      rule + "例外 S1 小 / small { 依据 研 当 件数 < 2 或 占比(成) > 50% 或 机关 = \"乙\" }")
    let documents = try AggregateSupport.documents(
      [
        "关: \"甲\" 成: 否", "关: \"甲\" 成: 否", "关: \"丙\" 成: 否", "关: \"乙\" 成: 否", "关: \"乙\" 成: 否",
      ], in: ruleSet)
    let run = try AggregateSupport.run(documents, in: ruleSet)
    #expect(
      AggregateSupport.lines(run.findings { _ in true }, in: ruleSet).map { String($0.prefix(9)) }
        == ["不适用 机关：丙 ", "不适用 机关：乙 ", "违规 机关：甲 件"])
  }

  @Test func documentsAreJudgedByOtherRulesOnly() throws {
    let ruleSet = try AggregateSupport.load(AggregateSupport.rule("令 件数 = 计数()"))
    let document = try #require(try AggregateSupport.documents([""], in: ruleSet).first)
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    #expect(ruleSet.check(document, options: CheckOptions(today: today)).verdicts.isEmpty)
    #expect(ruleSet.explain("S1", in: document, today: today).isEmpty)
    var skipping = GroupRun(
      ruleSet: ruleSet, options: CheckOptions(today: today, skip: ["S1"]))
    skipping.add(document, at: AggregateSupport.reference(to: document))
    #expect(skipping.findings().isEmpty)
  }

  private func failures(_ expectations: String) throws -> [String] {
    let rule = AggregateSupport.rule(
      "分组 关 为 机关, 年度(日) 为 年, 色 为 色别 令 率 = 占比(成) 应当 率 ≥ 50%")
    let ruleSet = try AggregateSupport.load(
      rule + """
        测试 "组" {
            件 { 号: "1" 关: "甲" 日: 2023-01-01 成: 否 色: 红 }
            件 { 号: "2" 关: "甲" 日: 2023-05-01 成: 否 色: 红 }
            件 { 号: "3" 关: "乙" 日: 2023-05-01 成: 是 色: 绿 }
            件 { 号: "4" 关: "乙" 日: 2022-05-01 色: 绿 }
            \(expectations)
        }
        """)
    return try #require(ruleSet.tests.first.map { ruleSet.run($0).failures.map(\.message.chinese) })
  }

  @Test func testsOfPacksSpeakOfGroups() throws {
    let failures = try failures(
      """
      期望 S1 违规
      期望 S1 违规 于 (甲, 2023, 红)
      期望 S1 违规 于 ("甲", ２０２３, red)
      expect S1 compliant in ("乙", 2023, 绿)
      期望 S1 存疑 于 ("乙", 2022, 绿)
      期望 S1 不适用 于 ("丙", 2022, 绿)
      期望 仅 S1
      """)
    #expect(failures == [])
  }

  @Test func aTestThatFailsShowsTheGroups() throws {
    let failures = try failures("期望 S1 合规 期望 S1 违规 于 (乙, 2023, 绿) 期望 仅 无")
    #expect(
      failures == [
        """
        S1：期望合规，实际违规
          存疑  机关：乙，年：2022，色别：绿  率 （未记载）
          合规  机关：乙，年：2023，色别：绿  率 1
          违规  机关：甲，年：2023，色别：红  率 0
        """,
        "S1：期望违规，实际合规\n  合规  机关：乙，年：2023，色别：绿  率 1",
        "违规的规则不符：多出[S1]，缺少[]",
      ])
  }
}
