import Testing
import Wenze
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What of a rule is another is told from the checked rules, wherever and however they are written.
@Suite struct RuleSetComparisonTests {
  private static let pack = """
    // Synthetic.
    规则包 底包 / base { 版本 "1" 档案 文书 }
    法规 条例 / regulations { 标题 "条例" / "Regulations" 施行 2019-09-01 条数 10 }
    法规 细则 / details { 标题 "细则" / "Details" 施行 2020-01-01 条数 5 }
    枚举 类型 / kind { 甲类 / first_kind, 乙类 / second_kind }
    清单 法定事由 / listed_cause 依据 条例 第二条 { 失职 / neglect, 渎职 / dereliction }
    档案 文书 / paper {
        键 编号 时点 日期
        编号 / id : 文本
        日期 / date : 日期 缺则 无
        批准 / approved : 是否 缺则 否
        天数 / days : 整数
        种类 / kind : 类型
        事由 / cause : 法定事由
    }
    参数 上限 / limit : 整数 = 10
    定义 超期 / late = 天数 > 参数.上限
    表 允许 / allowed (种类 / kind : 类型) -> 是否 唯一 {
        | 甲类 | 是 |
        | 乙类 | 否 |
    }
    规则 B001 未经批准 / not_approved {
        依据 条例 第一条
        适用 种类 为 甲类
        除非 天数 < 2
        应当 批准
        错误 "没有报批" / "nobody was asked"
    }
    规则 B002 超期 / late_paper {
        依据 条例 第二条
        不得 超期
        警告 "超期" / "late"
    }
    规则 B003 不允许 / not_allowed {
        依据 细则 第一条
        应当 允许[种类]
        警告 "不允许" / "not allowed"
    }
    规则 B004 事由不在清单 / unlisted_cause {
        依据 条例 第二条
        应当 事由 属于 法定事由
        警告 "不在清单" / "not listed"
    }

    """

  private static func ruleSet(_ text: String) -> (RuleSet, [LocatedDiagnostic]) {
    loadRules([
      PackSource(folder: "base", files: [Source(path: "base/base.wz", text: text)])
    ])
  }

  private static func changes(
    _ old: String, _ new: String, _ file: String = pack
  ) throws -> [String: RuleChange] {
    let changed = file.replacing(old, with: new)
    #expect(changed != file)
    let (before, problems) = ruleSet(file)
    #expect(problems.isEmpty, "\(problems.map(\.diagnostic.message.english))")
    let (after, others) = ruleSet(changed)
    #expect(others.isEmpty, "\(others.map(\.diagnostic.message.english))")
    return RuleSetComparison(from: before, to: after).changes
  }

  private func parts(_ parts: RuleChange.Part...) -> RuleChange {
    RuleChange(.changed, parts: parts)
  }

  private func causes(
    _ kind: RuleChange.Cause.Kind, _ chinese: String, _ english: String,
    parts: [RuleChange.Part] = []
  ) -> RuleChange {
    RuleChange(
      .changed, parts: parts, causes: [RuleChange.Cause(kind, Bilingual(chinese, english))])
  }

  @Test func partsOfARule() throws {
    #expect(try Self.changes("应当 批准", "不得 批准") == ["B001": parts(.requirement)])
    #expect(try Self.changes("种类 为 甲类", "种类 为 乙类") == ["B001": parts(.applies)])
    #expect(try Self.changes("天数 < 2", "天数 < 3") == ["B001": parts(.exceptions)])
    #expect(try Self.changes("没有报批", "未报批") == ["B001": parts(.message)])
    #expect(
      try Self.changes("    错误 \"没有报批\"", "    提示 \"没有报批\"") == ["B001": parts(.severity)])
    #expect(
      try Self.changes("条例 第一条\n    适用", "条例 第三条\n    适用") == ["B001": parts(.citations)])
    #expect(
      try Self.changes("条例 第一条\n    适用", "细则 第一条\n    适用")
        == ["B001": parts(.law, .citations)])
    let described = try Self.changes("未经批准 /", "没有批准 /")
    #expect(described == ["B001": parts(.name)])
    #expect(described.values.allSatisfy { !$0.decides })
  }

  @Test func whatRulesName() throws {
    #expect(try Self.changes("整数 = 10", "整数 = 12") == ["B002": causes(.parameter, "上限", "limit")])
    #expect(
      try Self.changes("天数 > 参数.上限", "天数 ≥ 参数.上限")
        == ["B002": causes(.definition, "超期", "late", parts: [.requirement])])
    #expect(
      try Self.changes("| 乙类 | 否 |", "| 乙类 | 是 |") == ["B003": causes(.table, "允许", "allowed")])
    #expect(try Self.changes("2020-01-01", "2021-01-01") == ["B003": causes(.law, "细则", "details")])
    let listed = try Self.changes("渎职 / dereliction }", "渎职 / dereliction, 其他 / other }")
    #expect(listed["B004"]?.causes == [RuleChange.Cause(.list, Bilingual("法定事由", "listed_cause"))])
    #expect(listed["B004"]?.hasOtherFields == true)
    // The documents of the others may have the new entry, and nothing else of them is another.
    #expect(listed["B001"] == RuleChange(.schema, hasOtherFields: true))
  }

  @Test func addedAndRemoved() throws {
    #expect(
      try Self.changes("规则 B004", "规则 B005")
        == ["B004": RuleChange(.removed), "B005": RuleChange(.added)])
  }

  @Test func fieldsOfDocuments() throws {
    let changes = try Self.changes("    天数 / days", "    备注 / remark : 文本\n    天数 / days")
    #expect(changes.count == 4)
    #expect(changes.values.allSatisfy { $0 == RuleChange(.schema, hasOtherFields: true) })
  }

  /// Order, layout, keywords and comments mean nothing, and neither do numbers of declarations.
  @Test func nothing() throws {
    let moved =
      Self.pack.replacing("枚举 类型 / kind { 甲类 / first_kind, 乙类 / second_kind }\n", with: "")
      + "枚举 类型 / kind { 甲类 / first_kind, 乙类 / second_kind }\n// The end.\n"
    let (before, _) = Self.ruleSet(Self.pack)
    let (after, problems) = Self.ruleSet(moved)
    #expect(problems.isEmpty)
    #expect(RuleSetComparison(from: before, to: after).changes.isEmpty)
    #expect(try Self.changes("天数 > 参数.上限", "天数  >  参数.上限").isEmpty)
    #expect(try Self.changes("参数 上限", "参数 下限 / floor : 整数 = 1\n参数 上限").isEmpty)
  }
}
