import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// One set of rules with what it says of several documents.
struct VerdictTable: Sendable, CustomTestStringConvertible {
  var name: String
  var rules: String
  var rows: [(fields: String, verdicts: [String])]

  init(_ name: String, _ rules: String, _ rows: [(String, [String])]) {
    self.name = name
    self.rules = rules
    self.rows = rows.map { (fields: $0.0, verdicts: $0.1) }
  }

  var testDescription: String { name }
}

/// What rules say of documents, and what documents lack to be judged.
@Suite struct VerdictTests {
  private static func rule(_ clauses: String, code: String = "T1", law: String = "常法") -> String {
    CheckSchema.rule(clauses, code: code, law: law)
  }

  static let logic = [
    VerdictTable(
      "F = A 且 非 E 且 非 R", rule("适用 甲\n除非 乙\n应当 丙"),
      [
        ("甲: 是 乙: 否 丙: 是", ["T1 合规"]), ("甲: 是 乙: 否 丙: 否", ["T1 违规"]),
        ("甲: 是 乙: 是 丙: 否", ["T1 不适用"]), ("甲: 否 丙: 否", ["T1 不适用"]), ("乙: 是", ["T1 不适用"]),
        ("丙: 是", ["T1 不适用"]), ("甲: 是 丙: 是", ["T1 不适用"]), ("甲: 无 丙: 否", ["T1 不适用"]),
      ]),
    VerdictTable(
      "the requirement is asked for first, then what applies, then exceptions",
      rule("适用 甲\n除非 乙\n应当 丙"),
      [
        ("", ["T1 存疑 缺 丙"]), ("甲: 是", ["T1 存疑 缺 丙"]), ("丙: 否", ["T1 存疑 缺 甲"]),
        ("甲: 是 丙: 否", ["T1 存疑 缺 乙"]), ("甲: 是 乙: 否", ["T1 存疑 缺 丙"]),
        ("乙: 否 丙: 否", ["T1 存疑 缺 甲"]),
      ]),
    VerdictTable(
      "the smallest set that could decide is asked for", rule("应当 甲 且 乙"),
      [("", ["T1 存疑 缺 甲"]), ("甲: 是", ["T1 存疑 缺 乙"]), ("乙: 是", ["T1 存疑 缺 甲"])]),
    VerdictTable(
      "one disjunct is enough", rule("应当 甲 或 乙 或 丙"),
      [("", ["T1 存疑 缺 甲"]), ("甲: 否", ["T1 存疑 缺 乙"]), ("甲: 否 乙: 否", ["T1 存疑 缺 丙"])]),
    VerdictTable(
      "a smaller set beats an earlier one", rule("应当 (甲 且 乙) 或 丙"), [("", ["T1 存疑 缺 丙"])]),
    VerdictTable(
      "several facts where one cannot decide", rule("适用 甲\n除非 乙\n应当 数 = 数乙"),
      [
        ("甲: 是 乙: 否", ["T1 存疑 缺 数、数乙"]), ("甲: 是 乙: 否 数: 1", ["T1 存疑 缺 数乙"]),
        ("甲: 是", ["T1 存疑 缺 乙"]),
      ]),
    VerdictTable(
      "prohibitions", rule("不得 甲 且 乙"),
      [("甲: 是 乙: 是", ["T1 违规"]), ("甲: 否", ["T1 合规"]), ("", ["T1 存疑 缺 甲"])]),
    VerdictTable(
      "a date of too little precision is asked for", rule("应当 查 不晚于 决"),
      [
        ("查: 2023年5月 决: 2023-05-10", ["T1 存疑 缺 查"]), ("查: 2023-05-10", ["T1 存疑 缺 决"]),
        ("查: 2023年5月 决: 2023年5月", ["T1 存疑 缺 查、决"]), ("查: 2023年5月 决: 2023-05-31", ["T1 合规"]),
      ]),
  ]

  static let quantifiers = [
    VerdictTable(
      "elements are asked for where the list is closed", rule("应当 存在 x 于 人列 使 x.错"),
      [
        ("", ["T1 存疑 缺 人列"]), ("人列: [{}]", ["T1 存疑 缺 人列"]),
        ("全: 是 人列: [{}]", ["T1 存疑 缺 人列[0].错"]), ("全: 是 人列: [{错: 否}, {}]", ["T1 存疑 缺 人列[1].错"]),
        ("全: 是 人列: [{错: 否}, 等]", ["T1 存疑 缺 人列"]), ("全: 是", ["T1 违规"]), ("人列: [{错: 是}]", ["T1 合规"]),
        ("全: 是 人列: [不详]", ["T1 存疑 缺 人列[0].错"]),
      ]),
    VerdictTable(
      "every element has to satisfy", rule("应当 每个 x 于 人列 均 x.错"),
      [
        ("全: 是 人列: [{}, {}]", ["T1 存疑 缺 人列[0].错"]), ("全: 是 人列: [{错: 是}, {}]", ["T1 存疑 缺 人列[1].错"]),
        ("人列: [{错: 否}]", ["T1 违规"]), ("人列: [{错: 是}]", ["T1 存疑 缺 人列"]),
      ]),
    VerdictTable(
      "counts", rule("应当 计数(x 于 人列 使 x.错) ≥ 1"),
      [
        ("全: 是 人列: [{}]", ["T1 存疑 缺 人列[0].错"]), ("", ["T1 存疑 缺 人列"]), ("人列: [{错: 是}]", ["T1 合规"]),
        ("全: 是 人列: [{错: 否}]", ["T1 违规"]),
      ]),
  ]

  static let elements = [
    VerdictTable(
      "one verdict an element", rule("针对 每个 s 于 人列\n不得 s.错"),
      [
        ("人列: [{错: 是}, {错: 否}, {}]", ["T1 人列[0] 违规", "T1 人列[1] 合规", "T1 人列[2] 存疑 缺 人列[2].错"]),
        ("全: 是", []), ("人列 无", []),
      ]),
    VerdictTable(
      "a list that is not recorded is judged once", rule("针对 每个 s 于 人列\n不得 s.错"),
      [
        ("", ["T1 人列 存疑 缺 人列"]), ("人列: []", ["T1 人列 存疑 缺 人列"]), ("人列: 不详", ["T1 人列 存疑 缺 人列"]),
        ("人列: [{错: 否}, 等]", ["T1 人列[0] 合规", "T1 人列 存疑 缺 人列"]),
        ("全: 是 人列: [等]", ["T1 人列 存疑 缺 人列"]),
      ]),
    VerdictTable(
      "of an element that may not exist nothing is certain",
      rule("针对 每个 s 于 人列\n适用 甲\n应当 乙"),
      [
        ("甲: 是 乙: 否", ["T1 人列 存疑 缺 人列"]), ("甲: 否", []), ("甲: 是 乙: 是", []),
        ("甲: 是 乙: 否 人列: [{}]", ["T1 人列[0] 违规"]),
      ]),
    VerdictTable(
      "only elements that the rule is about", rule("针对 每个 s 于 人列 当 s.类 = 个人\n不得 s.错"),
      [
        ("人列: [{类: 组织 错: 是}, {类: 个人 错: 是}]", ["T1 人列[0] 不适用", "T1 人列[1] 违规"]),
        ("人列: [{错: 是}]", ["T1 人列[0] 存疑 缺 人列[0].类"]), ("人列: [{}]", ["T1 人列[0] 存疑 缺 人列[0].错"]),
      ]),
    VerdictTable(
      "elements of elements", rule("针对 每个 s 于 人列\n针对 每个 m 于 s.法列 当 m.名 已知\n应当 m.办"),
      [
        (
          "全: 是 人列: [{法列: [{名: \"一\" 办: 是}, {名: \"二\"}, {}]}, {}]",
          ["T1 人列[0].法列[0] 合规", "T1 人列[0].法列[1] 违规", "T1 人列[0].法列[2] 不适用"]
        ),
        ("人列: [{}]", []), ("", []),
      ]),
    VerdictTable(
      "lists of elements that are not recorded",
      rule("针对 每个 s 于 人列\n针对 每个 m 于 s.法列\n应当 m.办"),
      [
        ("", ["T1 人列 存疑 缺 人列"]), ("人列: [{}]", ["T1 人列[0].法列 存疑 缺 人列[0].法列"]),
        (
          "人列: [{法列: [{办: 是}, 等]}]",
          ["T1 人列[0].法列[0] 合规", "T1 人列[0].法列 存疑 缺 人列[0].法列"]
        ),
      ]),
    VerdictTable(
      "a path through a list", rule("针对 每个 m 于 人列.法列\n应当 m.办"),
      [
        ("人列: [{法列: [{办: 是}]}, {法列: [{办: 否}]}]", ["T1 人列[0].法列[0] 合规", "T1 人列[1].法列[0] 违规"]),
        ("", ["T1 人列 存疑 缺 人列"]), ("人列: [{}]", ["T1 人列[0].法列 存疑 缺 人列[0].法列"]),
        ("全: 是 人列: [{}]", []),
      ]),
  ]

  static let laws = [
    VerdictTable(
      "the law of the document's date", rule("应当 甲", law: "新法"),
      [
        ("立: 2019-12-31 甲: 否", ["T1 不适用"]), ("立: 2020-01-01 甲: 否", ["T1 违规"]),
        ("甲: 否", ["T1 违规"]), ("立: 2019年 甲: 否", ["T1 不适用"]),
      ]),
    VerdictTable(
      "a date that leaves the law open is asked for", rule("应当 甲", law: "短法"),
      [
        ("立: 2018年 甲: 否", ["T1 违规"]), ("决: 2018年 甲: 否", ["T1 违规"]), ("决: 2019年 甲: 否", ["T1 不适用"]),
      ]),
    VerdictTable(
      "one code under two laws",
      rule("应当 甲", law: "旧法") + rule("应当 乙", law: "新法"),
      [
        ("立: 2018-01-01 甲: 否 乙: 是", ["T1 违规"]), ("立: 2021-01-01 甲: 否 乙: 是", ["T1 合规"]),
        ("甲: 否 乙: 是", ["T1 合规"]), ("立: 2010-01-01", ["T1 不适用"]), ("立: 2021-01-01", ["T1 存疑 缺 乙"]),
        ("立: 2018-01-01", ["T1 存疑 缺 甲"]),
      ]),
    VerdictTable(
      "the as-of date is the first that is known", rule("应当 甲", law: "新法"),
      [
        ("人列: [{日: 2021-01-01}, {日: 2018-01-01}] 甲: 否", ["T1 不适用"]),
        ("决: 2018-01-01 甲: 否", ["T1 不适用"]), ("立: 2021-01-01 决: 2018-01-01 甲: 否", ["T1 违规"]),
        ("立: 不详 决: 2018-01-01 甲: 否", ["T1 不适用"]), ("立 无 决: 2018-01-01 甲: 否", ["T1 不适用"]),
      ]),
    VerdictTable(
      "a rule may have a date of its own", rule("时点 查 否则 立\n应当 甲", law: "新法"),
      [
        ("查: 2018-01-01 立: 2021-01-01 甲: 否", ["T1 不适用"]), ("立: 2018-01-01 甲: 否", ["T1 不适用"]),
        ("甲: 否", ["T1 违规"]), ("查: 2021-01-01 立: 2018-01-01 甲: 否", ["T1 违规"]),
      ]),
    VerdictTable(
      "parameters have values by date", rule("应当 数 ≥ 参数.人数"),
      [
        ("立: 2019-12-31 数: 2", ["T1 合规"]), ("立: 2020-01-01 数: 2", ["T1 违规"]), ("数: 2", ["T1 违规"]),
        ("立: 2020年 数: 2", ["T1 违规"]), ("立: 2019-01-01", ["T1 存疑 缺 数"]),
      ]),
    VerdictTable(
      "lists have versions", rule("应当 形 属于 形状"),
      [
        ("立: 2018-01-01 形: 方", ["T1 合规"]), ("立: 2021-01-01 形: 方", ["T1 违规"]),
        ("立: 2021-01-01 形: 尖", ["T1 合规"]), ("立: 2018-01-01 形: 尖", ["T1 违规"]),
        ("立: 2010-01-01 形: 圆", ["T1 违规"]), ("形: 圆", ["T1 合规"]), ("形: \"长\"", ["T1 违规"]),
        ("立: 2021-01-01", ["T1 存疑 缺 形"]), ("形 无", ["T1 违规"]),
      ]),
    VerdictTable(
      "the entry that catches all", rule("不得 形.兜底"),
      [("形: 尖", ["T1 违规"]), ("形: 圆", ["T1 合规"]), ("形: \"长\"", ["T1 合规"]), ("", ["T1 存疑 缺 形"])]),
  ]

  static let amendments = [
    VerdictTable(
      "exceptions", rule("应当 甲") + "例外 T1 外 / other { 依据 常法 第二条 当 乙 }",
      [
        ("甲: 否 乙: 是", ["T1 不适用"]), ("甲: 否 乙: 否", ["T1 违规"]), ("甲: 否", ["T1 存疑 缺 乙"]),
        ("甲: 是", ["T1 不适用"]),
      ]),
    VerdictTable(
      "an exception of a law that is out of force is none",
      rule("应当 甲") + "例外 T1 外 / other { 依据 短法 第二条 当 乙 }",
      [
        ("立: 2018-06-01 甲: 否 乙: 是", ["T1 不适用"]), ("立: 2019-01-01 甲: 否 乙: 是", ["T1 违规"]),
        ("立: 2019-01-01 甲: 否", ["T1 违规"]), ("立: 2018-06-01 甲: 否", ["T1 存疑 缺 乙"]),
        ("决: 2018年 甲: 否 乙: 是", ["T1 不适用"]),
      ]),
    VerdictTable(
      "exceptions see the variables of the rule",
      rule("针对 每个 s 于 人列\n不得 s.错") + "例外 T1 外 / other { 依据 常法 第二条 当 s.免 }",
      [
        ("人列: [{错: 是 免: 是}, {错: 是 免: 否}]", ["T1 人列[0] 不适用", "T1 人列[1] 违规"]),
        ("人列: [{错: 是}]", ["T1 人列[0] 存疑 缺 人列[0].免"]),
      ]),
    VerdictTable(
      "a rule may be disabled",
      rule("应当 甲") + rule("应当 乙", code: "T2") + "调整 T1 { 停用 理由 \"本地\" / \"local\" }",
      [("甲: 否 乙: 否", ["T2 违规"])]),
  ]

  static let procedures: [VerdictTable] = {
    let order = """
      程序 T1 颠倒 / reversed {
          依据 常法 第一条
          针对 每个 s 于 人列
          步骤 立 / opened = 立
          步骤 见 / met = s.日
          步骤 查 / examined = 查
          步骤 决 / decided = 决
          限期 决 在 查 后 参数.期限 内
          错误 "{先步}（{先步日期}）应当不晚于{后步}（{后步日期}）"
             / "{earlier_step} ({earlier_date}) not after {later_step} ({later_date})"
      }
      """
    return [
      VerdictTable(
        "pairs of dates are in order", order,
        [
          ("立: 2023-01-01 查: 2023-01-02 全: 是", ["T1 存疑 缺 决"]),
          ("立: 2023-01-01 查: 2023-01-02 决: 2023-01-03 人列 无", ["T1 合规"]),
          ("立: 2023-01-01 查: 2023-01-01 决: 2023-01-01 人列 无", ["T1 合规"]),
          ("立: 2023-01-02 查: 2023-01-01 决: 2023-01-03 人列 无", ["T1 违规"]),
          ("立: 2023-01 查: 2023-01-05 决: 2023-01-05 人列 无", ["T1 存疑 缺 立"]),
          ("查: 2023-01-31 决: 2023-02-28 人列 无", ["T1 合规"]),
          ("查: 2023-01-31 决: 2023-03-01 人列 无", ["T1 违规"]), ("查: 2023-01-31 人列 无", ["T1 存疑 缺 决"]),
          ("人列 无", ["T1 存疑 缺 查"]), ("查 无 人列 无", ["T1 不适用"]),
        ]),
      VerdictTable(
        "pairs about an element are judged for each", order,
        [
          (
            "立: 2023-01-02 查: 2023-01-04 决: 2023-01-04 人列: [{日: 2023-01-03}, {日: 2023-01-01}, {日: 2023-01-05}]",
            ["T1 人列[0] 合规", "T1 人列[1] 违规", "T1 人列[2] 违规", "T1 合规"]
          )
        ]),
    ]
  }()

  @Test(arguments: logic + quantifiers + elements + laws + amendments + procedures)
  func verdictsAre(_ table: VerdictTable) throws {
    for row in table.rows {
      let checked = try CheckSchema.check(row.fields, with: table.rules)
      #expect(checked.verdicts == row.verdicts, "\(table.name): \(row.fields)")
    }
  }

  @Test func aReversalIsReportedByItsClosestPair() throws {
    let rules = Self.procedures[0].rules
    let one = try CheckSchema.check("立: 2023-01-05 查: 2023-01-02 决: 2023-01-03 人列 无", with: rules)
    #expect(one.findings == ["T1: 立（2023年1月5日）应当不晚于查（2023年1月2日）"])
    let two = try CheckSchema.check("立: 2023-01-05 查: 2023-01-03 决: 2023-01-01 人列 无", with: rules)
    #expect(
      two.findings.sorted() == [
        "T1: 查（2023年1月3日）应当不晚于决（2023年1月1日）", "T1: 立（2023年1月5日）应当不晚于查（2023年1月3日）",
      ])
    let far = try CheckSchema.check("立: 2023-01-05 决: 2023-01-03 人列 无", with: rules)
    #expect(far.findings == ["T1: 立（2023年1月5日）应当不晚于决（2023年1月3日）"])
    #expect(far.evidence == [["立", "决"]])
  }

  @Test func undeterminedDatesOfTheLawAreAskedFor() throws {
    let rules = CheckSchema.rule("应当 甲", law: "新法")
    let law = try CheckSchema.check("立: 2019年12月 甲: 否", with: rules)
    #expect(law.verdicts == ["T1 不适用"])
    let brief = CheckSchema.rule("应当 甲", law: "短法")
    for fields in ["立: 2018年 甲: 否", "决: 2018年 甲: 否"] {
      #expect(try CheckSchema.check(fields, with: brief).verdicts == ["T1 违规"])
    }
    let monthly = """
      法规 月法 / month_law { 标题 "月法" / "Month Law" 施行 2022-06-15 条数 1 }

      """
    let open = monthly + CheckSchema.rule("应当 甲", law: "月法")
    #expect(try CheckSchema.check("立: 2022年6月 甲: 否", with: open).verdicts == ["T1 存疑 缺 立"])
    #expect(try CheckSchema.check("决: 2022年 甲: 否", with: open).verdicts == ["T1 存疑 缺 决"])
    #expect(
      try CheckSchema.check("立: 2022年6月 决: 2022年 查: 2023-01-01 甲: 否", with: open).verdicts
        == ["T1 存疑 缺 立"])
    let mid = """
      参数 中 / middle : 整数 = 1 { 自 2022-06-15 = 2 }

      """ + CheckSchema.rule("应当 数 ≥ 参数.中")
    #expect(try CheckSchema.check("立: 2022年6月 数: 1", with: mid).verdicts == ["T1 存疑 缺 立"])
    #expect(try CheckSchema.check("立: 2022年6月 数: 2", with: mid).verdicts == ["T1 存疑 缺 立"])
    let own = monthly + CheckSchema.rule("时点 查\n应当 甲", law: "月法")
    #expect(
      try CheckSchema.check("查: 2022年6月 立: 2023-01-01 甲: 否", with: own).verdicts
        == ["T1 存疑 缺 查"])
  }

  @Test func severityMayBeAdjusted() throws {
    let rules = CheckSchema.rule("应当 甲") + "调整 T1 { 严重性 提示 理由 \"本地\" / \"local\" }"
    let checked = try CheckSchema.check("甲: 否", with: rules)
    #expect(checked.verdicts == ["T1 违规"])
    #expect(checked.ruleSet.rules[0].severity == .note)
    #expect(checked.ruleSet.rules[0].adjustment?.reason.english == "local")
  }

  @Test func onlyAndSkipChooseRules() throws {
    let rules =
      CheckSchema.rule("应当 甲") + CheckSchema.rule("应当 乙", code: "T2")
      + CheckSchema.rule("应当 丙", code: "T3")
    func verdicts(only: Set<String>? = nil, skip: Set<String> = []) throws -> [String] {
      try CheckSchema.check("甲: 否 乙: 否 丙: 否", with: rules, only: only, skip: skip).verdicts
    }
    #expect(try verdicts() == ["T1 违规", "T2 违规", "T3 违规"])
    #expect(try verdicts(only: ["T2"]) == ["T2 违规"])
    #expect(try verdicts(skip: ["T2"]) == ["T1 违规", "T3 违规"])
    #expect(try verdicts(only: ["T1", "T2"], skip: ["T2"]) == ["T1 违规"])
  }

  @Test func theRunDateIsUsedWithoutAnother() throws {
    let rules = CheckSchema.rule("应当 甲", law: "新法")
    for (today, verdict) in [("2019-12-31", "T1 不适用"), ("2020-01-01", "T1 违规")] {
      let checked = try CheckSchema.check("甲: 否", with: rules, on: today)
      #expect(checked.verdicts == [verdict])
      #expect(checked.result.usedRunDate)
    }
    #expect(try !CheckSchema.check("立: 2021-01-01", with: rules).result.usedRunDate)
    let past = CheckSchema.rule("应当 决 不晚于 今天")
    #expect(try CheckSchema.check("决: 2025-01-02", with: past).verdicts == ["T1 违规"])
    #expect(
      try CheckSchema.check("决: 2025-01-02", with: past, on: "2025-01-02").verdicts == ["T1 合规"])
  }

  @Test func eachOfManyElementsIsJudged() throws {
    let people = (0..<2_000).map { "{ 名: \"人\($0)\" 错: 是 }" }.joined(separator: ", ")
    let rules = CheckSchema.rule("针对 每个 s 于 人列\n不得 s.错")
    let count = try CheckSchema.check("人列: [\(people)]", with: rules).result.findings.count
    #expect(count == 2_000)
  }
}
