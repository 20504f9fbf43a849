import Testing
import WenzeAnalysis
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Packs with one fault each, and the findings about them.
@Suite struct LintTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var code: String
    var rules: String
    var testDescription: String { code }
  }

  static let faults = [
    Fault(code: "L0801", rules: SmallSchema.rule("T1", "适用 甲 或 非 (数甲 > 3 且 数甲 < 2)\n应当 乙")),
    Fault(code: "L0802", rules: SmallSchema.rule("T1", "应当 甲 或 (数甲 > 3 且 数甲 < 2)")),
    Fault(code: "L0802", rules: SmallSchema.rule("T1", "应当 甲 或 (日乙 早于 日丙 且 日丙 早于 日乙)")),
    Fault(code: "L0803", rules: SmallSchema.rule("T1", "适用 色甲 = 红\n适用 色甲 = 绿\n应当 乙")),
    Fault(
      code: "L0803",
      rules: SmallSchema.rule("T1", "适用 日甲 晚于 2020-01-01\n应当 乙", law: "旧法 第一条")),
    Fault(code: "L0804", rules: SmallSchema.rule("T1", "适用 色甲 = 红\n应当 色甲 属于 暖色")),
    Fault(
      code: "L0804",
      rules: SmallSchema.rule("T1", "适用 日乙 早于 日丙\n应当 日乙 早于 日丙 + 1个月")),
    Fault(code: "L0805", rules: SmallSchema.rule("T1", "适用 甲\n除非 数甲 > 1\n应当 数甲 > 1")),
    Fault(code: "L0805", rules: SmallSchema.rule("T1", "适用 配[色甲, 级甲]\n适用 色甲 = 红\n应当 级甲 > 低")),
    Fault(code: "L0806", rules: SmallSchema.rule("T1", "适用 色甲 = 红\n除非 色甲 = 蓝\n应当 乙")),
    Fault(
      code: "L0807",
      rules: SmallSchema.rule("T1", "适用 甲\n应当 数甲 > 2")
        + SmallSchema.rule("T2", "适用 乙\n应当 数甲 < 2")),
    Fault(
      code: "L0807",
      rules: SmallSchema.rule("T1", "针对 每个 x 于 项列\n应当 x.日 早于 日乙")
        + SmallSchema.rule("T2", "针对 每个 x 于 项列\n应当 x.日 晚于 日乙")),
    Fault(
      code: "L0808",
      rules: SmallSchema.rule("T1", "适用 甲\n应当 数甲 > 2")
        + SmallSchema.rule("T2", "应当 数甲 > 2")),
    Fault(
      code: "L0808",
      rules: SmallSchema.rule("T1", "针对 每个 x 于 项列\n适用 x.是\n不得 x.色 = 红")
        + SmallSchema.rule("T2", "针对 每个 x 于 项列\n不得 x.色 属于 暖色")),
  ]

  @Test(arguments: faults) func findsExactlyTheFault(_ fault: Fault) throws {
    let (ruleSet, diagnostics) = SmallSchema.load(fault.rules)
    try #require(diagnostics.map(\.diagnostic.message.chinese) == [])
    let lint = lintConditions(ruleSet, options: AnalysisOptions(today: SmallSchema.today))
    let codes = Set(lint.findings.map(\.diagnostic.code))
    #expect(codes == [fault.code], "\(lint.findings.map(\.diagnostic.message.english))")
    #expect(lint.findings.allSatisfy { $0.source == 1 })
  }

  static let soundRules = [
    SmallSchema.rule("T1", "适用 甲\n除非 乙\n应当 日乙 在 日甲 后 1个月 内"),
    SmallSchema.rule("T1", "针对 每个 x 于 项列\n适用 x.色 属于 暖色\n应当 存在 y 于 项列 使 y.色 = 蓝"),
    SmallSchema.rule("T1", "应当 每个 x 于 项列 均 x.是"),
    SmallSchema.rule("T1", "适用 有 夹\n应当 夹.日 不早于 日甲 且 数甲 ≤ 参数.限数", law: "新法 第一条"),
    SmallSchema.rule("T1", "适用 甲\n应当 数甲 > 2") + SmallSchema.rule("T2", "适用 乙\n应当 数甲 < 9"),
  ]

  @Test(arguments: soundRules) func findsNothingWrongWithSoundRules(_ rules: String) throws {
    let (ruleSet, diagnostics) = SmallSchema.load(rules)
    try #require(diagnostics.map(\.diagnostic.message.chinese) == [])
    let lint = lintConditions(ruleSet, options: AnalysisOptions(today: SmallSchema.today))
    #expect(lint.findings.map(\.diagnostic.message.english) == [])
    for verdict in [Verdict.violation, .compliant] {
      let analysis = try RuleAnalysis(
        [0], of: ruleSet, options: AnalysisOptions(today: SmallSchema.today))
      #expect(analysis.canBe(verdict).isPossible)
    }
  }

  /// Where two rules collide, the case that comes with the finding shows it to a check.
  @Test func anExampleOfAContradictionIsConfirmedByACheck() throws {
    let rules =
      SmallSchema.rule("T1", "适用 甲\n应当 日乙 早于 日丙")
      + SmallSchema.rule("T2", "适用 乙\n应当 日丙 早于 日乙")
    let ruleSet = SmallSchema.load(rules).0
    let lint = lintConditions(ruleSet, options: AnalysisOptions(today: SmallSchema.today))
    let example = try #require(lint.findings.first?.example)
    let document = try #require(example.document(in: ruleSet))
    let verdicts = ruleSet.check(document, options: CheckOptions(today: SmallSchema.today)).verdicts
    #expect(verdicts.count == 2)
    #expect(verdicts.allSatisfy { $0.verdict != .notApplicable }, "\(example.text)")
    #expect(verdicts.contains { $0.verdict != .compliant })
  }

  /// What is beyond exact answers is said to be.
  @Test func countsOfListsAreLeftUndecided() {
    let rules = SmallSchema.rule("T1", "应当 计数(项列) < 99")
    let ruleSet = SmallSchema.load(rules).0
    let lint = lintConditions(ruleSet, options: AnalysisOptions(today: SmallSchema.today))
    #expect(lint.findings.isEmpty)
    #expect(lint.undecided.count == 1)
  }
}
