import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What rules over groups see of documents that stand beside them.
@Suite struct BesideTests {
  private func findings(
    _ clauses: String, over documents: String
  ) throws -> (RuleSet, [GroupFinding]) {
    let ruleSet = try AggregateSupport.load(AggregateSupport.rule(clauses))
    let run = try AggregateSupport.run(
      AggregateSupport.documents(written: documents, in: ruleSet), in: ruleSet)
    return (ruleSet, run.findings { _ in true })
  }

  private func lines(_ clauses: String, over documents: String) throws -> [String] {
    let (ruleSet, findings) = try findings(clauses, over: documents)
    return zip(AggregateSupport.lines(findings, in: ruleSet), findings).map { line, finding in
      guard let beside = finding.beside, beside.isLoaded else { return line + " 无参照" }
      return line + " 参照[\(beside.documents.compactMap(\.id).joined(separator: ","))]"
        + (beside.leftOut > 0 ? " -\(beside.leftOut)" : "")
    }
  }

  private let cases = """
    件 { 号: "1" 关: "甲" 日: 2023-02-01 }
    件 { 号: "2" 关: "甲" 日: 2023-03-01 }
    件 { 号: "3" 关: "乙" 日: 2023-03-01 }
    件 { 号: "4" 关: "乙" 日: 2022-03-01 }

    """

  @Test func elementsWithTheSameKeysStandBesideAGroup() throws {
    let lines = try lines(
      """
      分组 关 为 机关, 年度(日) 为 年
      参照 单 每个 x 于 条列 当 x.计 对应 关, 年
      令 件数 = 计数() 令 条数 = 参照(计数()) 令 目标 = 参照(最大(x.目标))
      不得 条数 > 0 且 件数 = 目标
      """,
      over: cases + """
        单 { 号: "a" 关: "甲" 年: 2023 条列 [ { 计: 是 目标: 2 }, { 计: 否 目标: 9 }, { 计: 是 } ] }
        单 { 号: "b" 关: "乙" 年: 2023 条列 [ { 计: 是 目标: 2 } ] }
        单 { 号: "c" 关: "乙" 条列 [ { 计: 是 目标: 1 } ] }
        """)
    #expect(
      lines == [
        "合规 机关：乙，年：2022 件数=1 条数=0 目标=（未记载） [4] 参照[] -1",
        "合规 机关：乙，年：2023 件数=1 条数=1 目标=2 [3] 参照[b] -1",
        "违规 机关：甲，年：2023 件数=2 条数=2 目标=2(-1) [1,2] 参照[a] -1",
      ])
  }

  @Test func nothingIsKnownOfDocumentsThatNobodyAdded() throws {
    let (_, findings) = try findings(
      """
      分组 关 为 机关 参照 单 对应 关
      令 份数 = 参照(计数()) 不得 份数 = 0
      """, over: cases)
    #expect(findings.map(\.verdict) == [.undetermined, .undetermined])
    #expect(
      findings.first?.message.chinese == "无法判断是否“名S1”（机关：乙）：本次检查没有单，卷宗的记载不足以得出份数")
    #expect(
      try lines("分组 关 为 机关 参照 单 对应 关 适用 参照(计数()) 已知", over: cases).map { $0.prefix(3) }
        == ["不适用", "不适用"])
  }

  @Test func aKeyWithoutElementsCountsNoneAndKnowsNoMore() throws {
    let lines = try lines(
      """
      分组 关 为 机关 参照 单 每个 x 于 条列 对应 关
      令 条数 = 参照(计数()) 令 种 = 参照(种数(x.色)) 令 各 = 参照(各值(x.色)) 令 常 = 参照(众数(x.色))
      """, over: cases + "单 { 号: \"a\" 关: \"丙\" 全: 是 条列 [ { 色: 红 } ] }")
    #expect(
      lines.first
        == "违规 机关：乙 条数=0 种=0 各=（未记载） 常=（未记载） [3,4] 参照[]")
  }

  @Test func valuesAreAListThatMayGoOn() throws {
    func verdicts(_ sheets: String) throws -> [String] {
      try findings(
        """
        对象 每个 y 于 项列 分组 关 为 机关 参照 单 每个 x 于 条列 对应 号
        逐件 应当 参照(各值(x.号)) 包含 y.名
        """,
        over: "件 { 号: \"1\" 关: \"a\" 项列 [ { 名: \"1\" }, { 名: \"9\" } ] }\n" + sheets
      ).1.map(\.verdict.name.chinese)
    }
    // A complete list settles what is not on it; one that goes on, or lacks a number, does not.
    #expect(try verdicts("单 { 号: \"a\" 全: 是 条列 [ { 号: \"1\" } ] }") == ["合规", "违规"])
    #expect(try verdicts("单 { 号: \"a\" 条列 [ { 号: \"1\" }, 等 ] }") == ["合规", "存疑"])
    #expect(try verdicts("单 { 号: \"a\" 条列 [ { 号: \"1\" }, { 目标: 1 } ] }") == ["合规", "存疑"])
    #expect(try verdicts("单 { 号: \"a\" 条列 [ { 号: \"1\" } ] }") == ["合规", "存疑"])
    // What is known not to have a number is none of them.
    #expect(try verdicts("单 { 号: \"a\" 全: 是 条列 [ { 目标: 1 } ] }") == ["违规", "违规"])
    // A list whose number is not known may be this one; another list is not.
    #expect(
      try verdicts("单 { 号: \"a\" 全: 是 条列 [ { 号: \"1\" } ] }\n单 { 条列 [ { 号: \"9\" } ] }")
        == ["合规", "存疑"])
    #expect(
      try verdicts("单 { 号: \"a\" 全: 是 条列 [ { 号: \"1\" } ] }\n单 { 号: \"b\" 条列 [ { 号: \"9\" }, 等 ] }")
        == ["合规", "违规"])
    #expect(try verdicts("单 { 号: \"b\" 全: 是 条列 [ { 号: \"1\" } ] }") == ["存疑", "存疑"])
  }

  @Test func theFirstKeysAreEnough() throws {
    let lines = try lines(
      """
      分组 关 为 机关, 年度(日) 为 年 参照 单 当 年 > 2022 对应 关
      令 份数 = 参照(计数()) 令 总份数 = 全体(参照(计数())) 令 上年 = 上期(参照(计数()))
      """,
      over: cases + """
        单 { 号: "a" 关: "甲" 年: 2023 }
        单 { 号: "b" 关: "甲" 年: 2024 }
        单 { 号: "c" 关: "丙" 年: 2024 }
        单 { 号: "d" 关: "甲" 年: 2021 }
        """)
    #expect(
      lines == [
        "违规 机关：乙，年：2022 份数=0 总份数=3 上年=（未记载） [4] 参照[]",
        "违规 机关：乙，年：2023 份数=0 总份数=3 上年=0 [3] 参照[]",
        "违规 机关：甲，年：2023 份数=2 总份数=3 上年=2 [1,2] 参照[a,b]",
      ])
    #expect(
      try self.lines("参照 单 令 份数 = 参照(计数())", over: cases + "单 { 号: \"a\" }")
        == ["违规 份数=1 [1,2,3,4] 参照[a]"])
  }

  @Test func documentsOfOneDossierStandBesideEachOther() throws {
    let lines = try lines(
      """
      对象 当 色 = 红 分组 关 为 机关 参照 件 当 色 = 绿 对应 关
      令 红 = 计数() 令 绿 = 参照(计数())
      """,
      over: """
        件 { 号: "1" 关: "甲" 色: 红 }
        件 { 号: "2" 关: "甲" 色: 绿 }
        件 { 号: "3" 关: "甲" 色: 绿 }
        件 { 号: "4" 关: "乙" 色: 红 }
        """)
    #expect(lines == ["违规 机关：乙 红=1 绿=0 [4] 参照[]", "违规 机关：甲 红=1 绿=2 [1] 参照[2,3]"])
  }

  @Test func exceptionsAndMessagesSeeWhatStandsBeside() throws {
    let rule = AggregateSupport.rule(
      """
      分组 关 为 机关 参照 单 每个 x 于 条列 对应 关 令 件数 = 计数()
      警告 "{机关}{参照(各值(x.号))}{参照(占比(x.计))}" / "{机关}"
      """)
    let ruleSet = try AggregateSupport.load(
      rule + "例外 S1 小 / small { 依据 研 当 参照(最大(x.目标)) > 5 且 参照(计数(x.计)) > 0 }")
    let documents = try AggregateSupport.documents(
      written: cases + """
        单 { 号: "a" 关: "甲" 名: "张三" 条列 [ { 号: "张三" 目标: 2 计: 是 }, { 号: "1" 目标: 3 计: 否 } ] }
        单 { 号: "b" 关: "乙" 条列 [ { 目标: 6 计: 是 } ] }
        """, in: ruleSet)
    let findings = try AggregateSupport.run(documents, in: ruleSet).findings { _ in true }
    #expect(findings.map(\.verdict.name.chinese) == ["不适用", "违规"])
    #expect(findings.last?.message.chinese == "甲1、张三50%")
    // The persons beside are masked too, where the finding names them.
    #expect(findings.last.map { $0.mask($0.message.chinese) } == "甲1、张某某50%")
  }

  @Test func testsOfPacksHoldDocumentsOfBoth() throws {
    let rule = AggregateSupport.rule("分组 关 为 机关 参照 单 对应 关 应当 参照(计数()) = 1")
    let ruleSet = try AggregateSupport.load(
      rule + """
        测试 "两种" {
            件 { 号: "1" 关: "甲" }
            件 { 号: "2" 关: "乙" }
            单 { 号: "a" 关: "甲" }
            期望 S1 合规 于 ("甲")
            期望 S1 违规 于 ("乙")
        }
        测试 "一种" { 件 { 号: "1" 关: "甲" } 期望 S1 存疑 }
        测试 "只有参照" { 单 { 号: "1" 关: "甲" } 期望 S1 不适用 }
        """)
    for test in ruleSet.tests { #expect(ruleSet.run(test).failures.map(\.message.chinese) == []) }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func aRunMayBeSplitInAnyWay(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let ruleSet = try AggregateSupport.load(
      AggregateSupport.rule(
        """
        分组 关 为 机关, 年度(日) 为 年 参照 单 每个 x 于 条列 当 x.计 对应 关, 年
        令 件数 = 计数() 令 条数 = 参照(计数()) 令 目标 = 参照(中位数(x.目标)) 令 各 = 参照(各值(x.色))
        令 自 = 各值(色) 令 总 = 全体(参照(各值(x.目标))) 令 上 = 上期(参照(计数(x.目标 > 1)))
        应当 各 包含 红 且 目标 > 件数
        """))
    func maybe(_ text: String) -> String {
      Int.random(in: 0..<6, using: &random) == 0 ? "" : text
    }
    func one(_ words: String...) -> String {
      words[Int.random(in: words.indices, using: &random)]
    }
    let written = (0..<Int.random(in: 1..<24, using: &random)).map { number in
      let body = maybe("关: \"\(one("甲", "乙"))\"")
      let year = one("2022", "2023")
      guard Bool.random(using: &random) else {
        return
          "件 { 号: \"\(number)\" \(body) \(maybe("日: \(year)-01-01")) \(maybe("色: \(one("红", "绿"))")) }"
      }
      let entries = (0..<Int.random(in: 0..<3, using: &random)).map { _ in
        "{ \(maybe("计: \(one("是", "否"))")) \(maybe("目标: \(one("1", "2", "3"))")) \(maybe("色: \(one("红", "绿"))")) }"
      }
      let rest = entries + (one("等", "") == "等" ? ["等"] : [])
      return
        "单 { 号: \"\(number)\" \(body) \(maybe("年: \(year)")) 条列 [ \(rest.joined(separator: ", ")) ] }"
    }
    let documents = try AggregateSupport.documents(
      written: written.joined(separator: "\n"), in: ruleSet)

    var parts = try (0..<3).map { _ in try AggregateSupport.run([], in: ruleSet) }
    for document in documents.shuffled(using: &random) {
      parts[Int.random(in: parts.indices, using: &random)].add(
        document, at: AggregateSupport.reference(to: document))
    }
    var merged = parts[0]
    for part in parts.dropFirst() { merged.merge(part) }

    func shown(_ run: GroupRun) -> [String] {
      let findings = run.findings { _ in true }
      return zip(AggregateSupport.lines(findings, in: ruleSet), findings).map {
        "\($0) \($1.message.chinese) \(String(describing: $1.beside))"
      }
    }
    let whole = try AggregateSupport.run(documents, in: ruleSet)
    #expect(shown(merged) == shown(whole), "seed \(seed)")
  }
}
