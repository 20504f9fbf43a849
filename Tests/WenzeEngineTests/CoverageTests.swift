import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What tests reach of small packs, of which it is known exactly.
@Suite struct CoverageTests {
  /// The conditions with how many tests reached each truth that they can have.
  private func conditions(_ text: String) throws -> [String] {
    let ruleSet = try CheckSchema.load(text)
    return conditions(of: ruleSet.coverage(of: ruleSet.tests), in: ruleSet)
  }

  private func conditions(of coverage: TestCoverage, in ruleSet: RuleSet) -> [String] {
    coverage.conditions.map { condition in
      let text =
        condition.steps.map { ruleSet.text(of: $0.earlier) + "→" + ruleSet.text(of: $0.later) }
        ?? ruleSet.text(of: condition.origin)
      let reached = condition.possible.map { truth in
        let name =
          switch truth {
          case .yes: "真"
          case .no: "假"
          case .unknown: "未知"
          }
        return "\(name)\(condition.reached[truth] ?? 0)"
      }
      return ([text] + reached).joined(separator: " ")
    }
  }

  private func test(_ fields: String, _ expectation: String = "T1 违规") -> String {
    "测试 \"试\" { 案 { \(fields) } 期望 \(expectation) }\n"
  }

  @Test func everyOperandIsAskedEvenIfTheWholeIsSettled() throws {
    let lines = try conditions(
      CheckSchema.rule("适用 甲 且 乙\n除非 丙\n应当 丁") + test("甲: 否 丙: 是") + test("甲: 是 乙: 是 丁: 否"))
    #expect(
      lines == [
        "甲 且 乙 真1 假1 未知0", "甲 真1 假1 未知0", "乙 真1 假0 未知1", "丙 真1 假0 未知1", "丁 真0 假1 未知1",
      ])
  }

  @Test func whatIsWrittenCountsAndNotWhatItIsMadeOf() throws {
    let rules = CheckSchema.rule("适用 数 ≠ 3\n适用 决 在 查 后 1个月 内\n不得 形 ≠ 圆")
    let lines = try conditions(
      rules + test("数: 4 查: 2023-01-01 决: 2023-01-09 形: 方") + test("数: 3 形: 圆"))
    #expect(
      lines == ["数 ≠ 3 真1 假1 未知0", "决 在 查 后 1个月 内 真1 假0 未知1", "形 ≠ 圆 真1 假1 未知0"])
  }

  @Test func anEveryCountsWithWhatItDemands() throws {
    let rules =
      CheckSchema.rule("应当 每个 x 于 人列 均 x.错 = 否")
      + CheckSchema.rule(
        "不得 不存在 x 于 人列 使 x.免", code: "T2")
    let lines = try conditions(
      rules + test("全: 是 人列 [ { 错: 是 }, { 错: 否 } ]")
        + test("全: 是 人列 [ { 免: 是 }, { 免: 否 } ]", "T2 合规"))
    #expect(
      lines == [
        "每个 x 于 人列 均 x.错 = 否 真0 假1 未知0", "x.错 = 否 真1 假1 未知0",
        "不存在 x 于 人列 使 x.免 真0 假1 未知0", "x.免 真1 假1 未知0",
      ])
  }

  @Test func anElementThatAListMayHaveLeavesItsConditionOpen() throws {
    let lines = try conditions(
      CheckSchema.rule("不得 存在 x 于 人列 使 x.错") + test("人列 [ { 错: 是 } ]"))
    #expect(lines == ["存在 x 于 人列 使 x.错 真1 假0 未知0", "x.错 真1 假0 未知1"])
  }

  @Test func whatCannotBeOpenNeedNoTest() throws {
    let lines = try conditions(
      CheckSchema.rule("适用 甲 已知\n适用 有 已记 决\n适用 计数(已记 人列) > 1 或 乙 不详\n应当 是 = 是")
        + test("甲: 是"))
    #expect(
      lines == [
        "甲 已知 真1 假0", "有 已记 决 真0 假1", "计数(已记 人列) > 1 或 乙 不详 真1 假0", "计数(已记 人列) > 1 真0 假1",
        "乙 不详 真1 假0", "是 = 是 真1 假0",
      ])
  }

  @Test func aDefinitionIsOneHoweverManyRulesUseIt() throws {
    let text =
      "定义 无错 / faultless = 甲 ≠ 是 且 非 乙\n定义 不同 / differs = 数 ≠ 数乙\n"
      + CheckSchema.rule("应当 无错") + CheckSchema.rule("适用 无错\n应当 不同", code: "T2")
      + test("甲: 否 乙: 否") + test("甲: 是 数: 1 数乙: 1", "T2 不适用")
    let ruleSet = try CheckSchema.load(text)
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    #expect(
      conditions(of: coverage, in: ruleSet) == [
        "无错 真1 假0 未知0", "甲 ≠ 是 真1 假1 未知0", "非 乙 真1 假0 未知1", "乙 真0 假1 未知1",
        "无错 真0 假1 未知0", "不同 真0 假1 未知0",
      ])
    #expect(
      coverage.conditions.map { condition in
        if case .definition(let number) = condition.owner {
          ruleSet.definitions[number].name.chinese
        } else {
          ""
        }
      } == ["", "无错", "无错", "无错", "", ""])
  }

  @Test func verdictsCountWhereTheyAreTold() throws {
    let ruleSet = try CheckSchema.load(
      CheckSchema.rule("针对 每个 s 于 人列\n适用 s.类 = 个人\n不得 s.错", law: "新法")
        + CheckSchema.rule("应当 甲 已知", code: "T2")
        + test("决: 2023-01-01 全: 是 人列 [ { 类: 个人 错: 是 }, { 类: 个人 错: 否 } ]")
        + test("决: 2019-01-01 全: 是 人列 [ { 类: 组织 错: 否 } ]", "T1 不适用") + test("甲: 是", "T2 合规"))
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    #expect(coverage.rules.map(\.code) == ["T1", "T2"])
    #expect(coverage.rules.map(\.possible.count) == [4, 3])
    #expect(coverage.rules.map(\.tests) == [2, 1])
    #expect(coverage.rules[0].reached == [.violation: 1, .compliant: 1, .notApplicable: 1])
    #expect(coverage.rules[1].reached == [.compliant: 1])
    // A law that is not in force asks nothing.
    #expect(
      conditions(of: coverage, in: ruleSet) == [
        "s.类 = 个人 真1 假0 未知0", "s.错 真1 假1 未知0", "甲 已知 真1 假0",
      ])
  }

  @Test func theStepsOfAProcedureAreConditions() throws {
    let ruleSet = try CheckSchema.load(
      """
      程序 T1 顺序 / order {
          依据 常法 第一条
          适用 甲
          步骤 立 / opened = 立
          步骤 查 / examined = 查
          步骤 决 / decided = 决
          限期 决 在 查 后 参数.期限 内
          错误 "错" / "wrong"
      }

      """ + test("甲: 是 立: 2023-01-02 查: 2023-01-01 决: 2023-01-03"))
    #expect(
      conditions(of: ruleSet.coverage(of: ruleSet.tests), in: ruleSet) == [
        "甲 真1 假0 未知0", "立→查 真0 假1 未知0", "立→决 真1 假0 未知0", "查→决 真1 假0 未知0",
        "限期 决 在 查 后 参数.期限 内 真1 假0 未知0",
      ])
  }

  @Test func rowsOfTablesCountWhereTheyDecide() throws {
    let ruleSet = try CheckSchema.load(
      """
      表 轻重 / weight (形 / shape: 形状, 数 / number: 整数) -> 整数 依据 常法 第一条 首个 {
          | 圆 | > 3 | 1 |
          | 圆 | 任意 | 2 |
          | 任意 | 任意 | 3 |
      }

      """ + CheckSchema.rule("应当 轻重[形, 数] = 1 或 轻重[形, 数] = 2") + test("形: 圆 数: 4")
        + test("形: 圆 数: 3") + test("形: 圆", "T1 存疑"))
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    #expect(coverage.tables.map(\.rows) == [[1, 1, 0]])
  }

  @Test func groupsAreAskedAndTheirElements() throws {
    let ruleSet = try AggregateSupport.load(
      AggregateSupport.rule(
        """
        对象 当 成
        分组 色 为 颜色
        令 件数 = 计数()
        令 多 = 计数(数 > 5)
        适用 件数 ≥ 2 且 颜色 ≠ 蓝
        应当 多 < 2
        """) + """
          测试 "多" {
              件 { 成: 是 色: 红 数: 6 }
              件 { 成: 是 色: 红 数: 7 }
              件 { 成: 否 色: 红 }
              件 { 成: 是 色: 绿 }
              期望 S1 违规
          }

          """)
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    #expect(
      conditions(of: coverage, in: ruleSet).sorted()
        == [
          "件数 ≥ 2 且 颜色 ≠ 蓝 真1 假1", "件数 ≥ 2 真1 假1", "多 < 2 真1 假1", "成 真1 假1 未知0",
          "数 > 5 真1 假0 未知1", "颜色 ≠ 蓝 真1 假0",
        ].sorted())
    #expect(coverage.rules[0].reached == [.violation: 1, .notApplicable: 1])
  }

  @Test func anElementAgainstItsGroupCounts() throws {
    let ruleSet = try AggregateSupport.load(
      AggregateSupport.rule("令 中 = 中位数(数)\n逐件\n适用 成\n不得 数 > 中") + """
        测试 "高" {
            件 { 成: 是 数: 1 }
            件 { 成: 是 数: 1 }
            件 { 成: 是 数: 7 }
            期望 S1 违规
        }

        """)
    #expect(
      conditions(of: ruleSet.coverage(of: ruleSet.tests), in: ruleSet).sorted() == [
        "成 真1 假0 未知0", "数 > 中 真1 假1 未知0",
      ])
  }

  @Test func rulesThatDoNotRunAreNotCounted() throws {
    let ruleSet = try CheckSchema.load(
      CheckSchema.rule("应当 甲") + "调整 T1 { 停用 理由 \"试行\" / \"on trial\" }\n")
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    #expect(coverage.rules.isEmpty && coverage.conditions.isEmpty)
  }
}
