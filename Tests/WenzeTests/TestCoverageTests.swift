import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What the tests of the packs reach, and what no document can bring about.
@Suite struct TestCoverageTests {
  private let ruleSet = Repository.rules.ruleSet

  @Test func thePacksReachEveryVerdictAndMostTruths() {
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    for rule in coverage.rules {
      let missing = rule.possible.filter { rule.reached[$0] == nil }.map(\.name.chinese)
      #expect(missing.isEmpty, "\(rule.code) \(rule.name.chinese): \(missing)")
    }
    let report = CoverageReport(
      toolVersion: "0", ruleSet: ruleSet, ruleDigest: "", coverage: coverage)
    #expect(report.total.possible > 3_000)
    #expect(report.total.reached * 10 >= report.total.possible * 9, "\(report.total.percent)%")
  }

  /// What is said to be impossible is not reached.
  @Test func nothingImpossibleIsReached() {
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    for condition in coverage.conditions {
      let text = ruleSet.text(of: condition.origin)
      #expect(Set(condition.reached.keys).isSubset(of: condition.possible), "\(text)")
    }
    for rule in coverage.rules {
      #expect(Set(rule.reached.keys).isSubset(of: rule.possible), "\(rule.code)")
    }
  }

  @Test func aTruthThatNoDocumentGivesIsNotAskedFor() throws {
    let text = """
      规则包 小 / small { 版本 "1" 档案 档 }
      法规 法 / law { 标题 "法" / "Law" 种类 参考 }
      档案 档 / file {
          键 号 号 / id : 文本 数 / number : 整数 批 / approved : 是否 人列 / people : 列表 文本
      }
      规则 A1 数 / number {
          依据 法
          适用 数 已知 且 数 > 3
          应当 批 或 数 < 2
          错误 "错" / "wrong"
      }
      规则 A2 人 / people { 依据 法 应当 计数(人列) 已知 且 批 错误 "错" / "wrong" }
      测试 "多" { 档 { 数: 4 批: 否 } 期望 A1 违规 }
      """
    let (ruleSet, problems) = loadRules(
      [PackSource(folder: "small", files: [Source(path: "small.wz", text: text)])])
    try #require(problems.isEmpty)
    let before = ruleSet.coverage(of: ruleSet.tests)
    let after = testCoverage(of: ruleSet.tests, in: ruleSet)
    func possible(_ coverage: TestCoverage) -> [String: Int] {
      Dictionary(
        uniqueKeysWithValues: coverage.conditions.map { condition in
          (
            "\(condition.origin.range.start) \(ruleSet.text(of: condition.origin))",
            condition.possible.count
          )
        })
    }
    let fewer = possible(before).filter { possible(after)[$0.key] != $0.value }.keys
    #expect(fewer.map { $0.split(separator: " ", maxSplits: 1)[1] } == ["数 已知 且 数 > 3"])
    #expect(after.conditions[0].possible == [.yes, .no])
  }
}
