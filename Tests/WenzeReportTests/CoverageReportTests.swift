import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What is told of what tests reach, over two packs whose tests leave gaps.
@Suite struct CoverageReportTests {
  private static let folder = GoldenFolder()

  private static let base = """
    规则包 底 / base { 版本 "1" 档案 档 }
    法规 新法 / new_law { 标题 "新法" / "New Law" 施行 2020-01-01 条数 6 取代 旧法 }
    法规 旧法 / old_law { 标题 "旧法" / "Old Law" 施行 2010-01-01 条数 5 }
    枚举 级 / grade { 低 / low, 高 / high }
    档案 档 / file {
        键 号 时点 日
        号 / id : 文本  日 / day : 日期  级 / grade : 级  数 / number : 整数  批 / approved : 是否
    }
    定义 够多 / enough = 数 ≥ 3 且 批
    表 轻重 / weight (级 / grade: 级) -> 整数 依据 新法 第六条 首个 {
        | 高   | 2 |
        | 任意 | 1 |
    }

    """

  private static let rules = """
    规则包 用 / use { 版本 "1" 依赖 底 }
    规则 A1 要批准 / needs_approval {
        依据 新法 第一条
        适用 级 已知 且 轻重[级] = 2
        应当 够多 或
            号 = "甲"
        错误 "错" / "wrong"
    }
    规则 A1 要批准 / needs_approval { 依据 旧法 第一条 应当 批 错误 "错" / "wrong" }
    规则 A2 不得多 / not_many { 依据 新法 第二条 不得 数 > 9 错误 "错" / "wrong" }
    例外 A2 有批 / is_approved { 依据 新法 第三条 当 批 }
    测试 "没有批准" { 档 { 号: "乙" 日: 2021-01-01 级: 高 数: 5 批: 否 } 期望 A1 违规 }
    测试 "批准了" { 档 { 日: 2021-01-01 级: 高 数: 1 批: 是 } 期望 A1 存疑 }
    测试 "旧的" { 档 { 日: 2015-01-01 批: 是 } 期望 A1 合规 }

    """

  private static let ruleSet: RuleSet = {
    let (ruleSet, problems) = loadRules([
      PackSource(folder: "rules/base", files: [Source(path: "rules/base/base.wz", text: base)]),
      PackSource(folder: "rules/use", files: [Source(path: "rules/use/use.wz", text: rules)]),
    ])
    precondition(problems.isEmpty, "\(problems)")
    return ruleSet
  }()

  private func report(packs: Set<Int>? = nil) -> CoverageReport {
    CoverageReport(
      toolVersion: "0", ruleSet: Self.ruleSet, ruleDigest: "sha256:0",
      coverage: Self.ruleSet.coverage(of: Self.ruleSet.tests), packs: packs)
  }

  private func expect(_ text: String, _ name: String) throws {
    let difference = try Self.folder.difference(of: text, from: name)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func tablesAreAsExpected() throws {
    for language in Language.allCases {
      let text =
        report().table(in: language) + report().summary[language] + "\n\n"
        + report(packs: [0]).table(in: language) + "\n" + report(packs: [1]).table(in: language)
        + "\n" + report().uncovered(in: language)
      try expect(text, "coverage.\(language.rawValue)")
    }
  }

  @Test func jsonIsAsExpected() throws {
    try expect(report().json, "coverage.json")
  }

  @Test func tracefilesAreAsExpected() throws {
    try expect(report().lcov, "coverage.lcov")
  }

  @Test func aShareIsRoundedDown() {
    #expect(Share(reached: 1999, possible: 2000).percent == "99.9")
    #expect(Share(reached: 2, possible: 3).percent == "66.6")
    #expect(Share().percent == "100.0")
  }

  @Test(arguments: [("66.6", 0), ("66.7", 1), ("100", 1), ("0", 0)])
  func aMinimumIsMetOrLacksSome(percent: String, lack: Int) throws {
    let count = Share(reached: 2, possible: 3)
    let percent = try #require(FixedDecimal(text: percent))
    #expect(count.lack(to: percent) == lack)
    #expect(count.isAtLeast(percent) == (lack == 0))
  }
}
