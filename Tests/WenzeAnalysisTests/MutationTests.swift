import Testing
import WenzeAnalysis
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Mistakes in small packs: which are made, which tests notice, and what would notice the others.
@Suite struct MutationTests {
  private func load(_ rules: String) throws -> RuleSet {
    let (ruleSet, problems) = SmallSchema.load(rules)
    let errors = problems.filter { $0.diagnostic.severity == .error }
    try #require(errors.isEmpty, "\(errors.map(\.diagnostic.message.english))")
    return ruleSet
  }

  private func results(_ ruleSet: RuleSet) async throws -> [MutationRun.Result] {
    for test in ruleSet.tests {
      try #require(ruleSet.run(test).failures.isEmpty, "\(test.title)")
    }
    return await MutationRun(ruleSet, codes: ["A1"], today: SmallSchema.today).results(jobs: 2)
  }

  /// What was changed, and whether it was noticed.
  private func changes(_ results: [MutationRun.Result]) -> [String] {
    results.map { result in
      let fate =
        switch result.fate {
        case .killed: "noticed"
        case .survived(let killer): killer == nil ? "survived" : "survived, with a case"
        case .equivalent: "equivalent"
        }
      return "\(result.mutant.kind): \(result.mutant.change.english): \(fate)"
    }
  }

  @Test func boundsAndNumbersAreChanged() async throws {
    let rule = SmallSchema.rule("A1", "应当 数甲 >= 3")
    let ruleSet = try load(
      rule + """
        测试 "多" { 档 { 数甲: 4 } 期望 A1 合规 }
        测试 "少" { 档 { 数甲: 1 } 期望 A1 违规 }
        """)
    #expect(
      changes(try await results(ruleSet)) == [
        "boundary: no longer holds when both are equal: survived, with a case",
        "negation: the comparison reversed: noticed",
        "constant: `3` changed to `4`: survived, with a case",
        "constant: `3` changed to `2`: survived, with a case",
      ])
    let exact = try load(
      rule + """
        测试 "恰好" { 档 { 数甲: 3 } 期望 A1 合规 }
        测试 "少" { 档 { 数甲: 2 } 期望 A1 违规 }
        """)
    let fates = try await results(exact).map(\.fate)
    #expect(fates.allSatisfy { if case .killed = $0 { true } else { false } })
  }

  @Test func whatChangesNoVerdictIsEquivalent() async throws {
    // Whatever is three is two at least.
    let ruleSet = try load(
      SmallSchema.rule("A1", "应当 数甲 >= 2 或 数甲 = 3") + """
        测试 "够" { 档 { 数甲: 2 } 期望 A1 合规 }
        测试 "不够" { 档 { 数甲: 1 } 期望 A1 违规 }
        """)
    let changes = changes(try await results(ruleSet))
    #expect(changes.contains("omission: without `数甲 = 3`: equivalent"), "\(changes)")
    #expect(changes.contains("constant: `3` changed to `4`: equivalent"), "\(changes)")
    #expect(changes.contains("omission: without `数甲 >= 2`: noticed"), "\(changes)")
  }

  @Test func conditionsExceptionsAndDatesAreTakenAway() async throws {
    let ruleSet = try load(
      SmallSchema.rule("A1", "时点 日乙\n适用 甲\n应当 乙\n除非 丙", law: "新法 第一条") + """
        测试 "违规" { 档 { 甲: 是  乙: 否  丙: 否  日乙: 2020-01-01 } 期望 A1 违规 }
        """)
    let changes = changes(try await results(ruleSet))
    #expect(changes.contains("omission: without this condition: survived, with a case"))
    #expect(changes.contains("exception: without this exception: survived, with a case"))
    #expect(changes.contains("omission: without this as-of date: survived, with a case"))
    #expect(changes.contains { $0.hasPrefix("interval: effective `2019-09-01`") }, "\(changes)")
  }

  @Test func aDefinitionIsChangedInAllItsRulesAtOnce() async throws {
    let ruleSet = try load(
      "定义 要紧 / matters = 数甲 > 2\n"
        + SmallSchema.rule("A1", "适用 要紧\n应当 甲") + SmallSchema.rule("A2", "适用 要紧\n应当 乙") + """
          测试 "一" { 档 { 数甲: 2  乙: 否 } 期望 A2 不适用 }
          测试 "二" { 档 { 数甲: 3  乙: 否 } 期望 A2 违规 }
          """)
    let results = try await results(ruleSet).filter { $0.mutant.codes == ["A1", "A2"] }
    #expect(
      changes(results) == [
        "constant: `2` changed to `3`: noticed",
        "constant: `2` changed to `1`: noticed",
      ])
  }

  @Test func tablesParametersAndListsAreChanged() async throws {
    let ruleSet = try load(
      """
      清单 事 / matters 依据 新法 第一条 { 甲事 / first_matter, 乙事 / second_matter }
      """
        + "\n" + SmallSchema.rule("A1", "适用 数甲 > 限数\n应当 配[色甲, 级甲]") + """
          测试 "红低" { 档 { 数甲: 3  色甲: 红  级甲: 低 } 期望 A1 合规 }
          测试 "不到" { 档 { 数甲: 2  色甲: 绿  级甲: 低 } 期望 A1 不适用 }
          测试 "绿低" { 档 { 数甲: 3  色甲: 绿  级甲: 低 } 期望 A1 违规 }
          """)
    let results = try await results(ruleSet)
    let changes = changes(results)
    #expect(changes.contains("parameter: parameter `limit`: `2` changed to `3`: noticed"))
    #expect(changes.contains("parameter: parameter `limit`: `2` changed to `1`: noticed"))
    #expect(changes.contains("row: table `pairing`: without this row: survived, with a case"))
    #expect(
      changes.contains("cell: table `pairing`: column `级` changed to any: survived, with a case"),
      "\(changes)")
    // Nothing asks for the list, so that nothing could notice.
    #expect(!results.contains { $0.mutant.kind == .entry })
  }

  @Test func tablesThatGiveTheSameAreEquivalent() async throws {
    // Of red and low the first row took the rest, and green is no different from blue.
    let ruleSet = try load(
      """
      表 次 / second (色: 色, 级: 级) -> 是否 {
          | 红 | 低 | 是 |
          | 红 | 中, 高 | 否 |
          | 绿 | 任意 | 否 |
          | 其余 | 任意 | 否 |
      }
      """
        + "\n" + SmallSchema.rule("A1", "应当 次[色甲, 级甲]") + """
          测试 "红低" { 档 { 色甲: 红  级甲: 低 } 期望 A1 合规 }
          测试 "红中" { 档 { 色甲: 红  级甲: 中 } 期望 A1 违规 }
          """)
    let changes = changes(try await results(ruleSet))
    for change in [
      "row: table `second`: without this row: equivalent",
      "cell: table `second`: column `级` changed to any: equivalent",
      "cell: table `second`: column `色` changed to any: equivalent",
      "cell: table `second`: column `色` changed to any: survived, with a case",
      "row: table `second`: without this row: noticed",
    ] {
      #expect(changes.contains(change), "\(change): \(changes)")
    }
  }

  @Test func theDateOfTheDocumentNeedNotBeNamed() async throws {
    let ruleSet = try load(
      SmallSchema.rule("A1", "时点 日乙 否则 时点\n应当 甲", law: "新法 第一条") + """
        测试 "旧" { 档 { 甲: 否  日甲: 2020-01-01  日乙: 2019-08-31 } 期望 A1 不适用 }
        """)
    let changes = changes(try await results(ruleSet))
    #expect(changes.contains("omission: without `时点`: equivalent"), "\(changes)")
    #expect(changes.contains("omission: without `日乙`: noticed"), "\(changes)")
  }

  @Test func noDateMattersToWhatIsNotDated() async throws {
    let ruleSet = try load(
      SmallSchema.rule("A1", "时点 日乙\n应当 甲") + """
        测试 "无" { 档 { 甲: 否 } 期望 A1 违规 }
        """)
    let changes = changes(try await results(ruleSet))
    #expect(changes.contains("omission: without this as-of date: equivalent"), "\(changes)")
  }

  @Test func rulesOverGroupsAreChanged() async throws {
    let ruleSet = try load(
      """
      统计 A1 名A1 / nA1 {
          依据 法
          分组 文 为 主 / owner
          对象 当 甲
          令 件数 / count = 计数()
          不得 件数 > 1
          错误 "错" / "wrong"
      }
      测试 "两件" { 档 { 号: "1" 甲: 是 文: "某" } 档 { 号: "2" 甲: 是 文: "某" } 期望 A1 违规 于 ("某") }
      """)
    let results = try await results(ruleSet)
    let changes = changes(results)
    #expect(changes.contains("omission: without this filter: survived, with a case"), "\(changes)")
    #expect(changes.contains("constant: `1` changed to `2`: noticed"), "\(changes)")
    try expectKillersKill(results, of: ruleSet)
  }

  /// The test that is shown passes, and fails for the mutant that it was made for.
  @Test func shownTestsNotice() async throws {
    let ruleSet = try load(
      SmallSchema.rule(
        "A1",
        "针对 每个 i 于 项列\n适用 i.色 属于 暖色 且 级甲 >= 中\n应当 i.日 <= 日甲 + 10日 或 有 夹\n除非 i.是 或 色列 包含 蓝",
        law: "新法 第一条") + """
          测试 "合规" {
              档 { 全: 是  级甲: 中  日甲: 2020-01-01  色列: 无  项列 [{ 色: 红  是: 否  日: 2020-01-05 }] }
              期望 A1 合规 于 项列[0]
          }
          """)
    let results = try await results(ruleSet)
    #expect(changes(results).count { $0.hasSuffix("with a case") } > 8, "\(changes(results))")
    try expectKillersKill(results, of: ruleSet)
  }

  private func expectKillersKill(_ results: [MutationRun.Result], of ruleSet: RuleSet) throws {
    let rules = try #require(ruleSet.sources.last).text
    var count = 0
    for result in results {
      guard case .survived(let killer?) = result.fate else { continue }
      let (withTest, problems) = SmallSchema.load(rules + "\n" + killer.test)
      #expect(problems.isEmpty, "\(problems.map(\.diagnostic.message.english)): \(killer.test)")
      let test = try #require(withTest.tests.last)
      #expect(withTest.run(test).failures.isEmpty, "\(killer.test)")
      let mutated = withTest.replacing(result.mutant.replacements)
      #expect(!mutated.run(test).failures.isEmpty, "\(result.mutant.change): \(killer.test)")
      count += 1
    }
    #expect(count > 0)
  }

  /// Whatever is asked of several at once, the answers come in the order of the sources.
  @Test func theNumberOfJobsChangesNothing() async throws {
    let ruleSet = try load(SmallSchema.rule("A1", "适用 甲 且 乙\n应当 数甲 > 2 或 丙"))
    let run = MutationRun(ruleSet, codes: ["A1"], today: SmallSchema.today)
    let (one, three) = (await run.results(jobs: 1), await run.results(jobs: 3))
    #expect(one.map(\.mutant) == three.map(\.mutant))
    #expect(one.map(\.fate) == three.map(\.fate))
    #expect(one.count > 5)
  }
}
