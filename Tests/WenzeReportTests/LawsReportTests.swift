import TestSupport
import Testing
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What is told of laws, over a pack that leaves some provisions blank.
@Suite struct LawsReportTests {
  private static let folder = GoldenFolder()

  private static let pack = """
    规则包 例 / example { 版本 "1" 档案 档 }
    法规 新法 / new_law {
        标题 "新的规定" / "New Provisions" 施行 2020-01-01 条数 6
        款数 第二条 2, 第四条 2 项数 第三条 3 取代 旧法
        不查 第一条 "立法目的" / "Purpose"
        不查 第二条第二款, 第四条 "只是授权" / "Only empowers"
    }
    法规 旧法 / old_law {
        标题 "旧的规定" / "Old Provisions" 施行 2010-01-01 条数 5
        不查 其余 "已经失效" / "No longer in force"
    }
    法规 论文 / papers { 标题 "论文" / "Papers" 种类 参考 }
    清单 情形 / grounds 依据 新法 第三条 { 甲 / first 第一项  乙 / second 第二项 }
    表 轻重 / weight (情形 / ground: 情形) -> 整数 依据 新法 第六条 首个 { | 甲 | 1 | | 任意 | 2 | }
    档案 档 / file { 键 号 时点 日 号 / id : 文本 日 / day : 日期 情形 / ground : 情形 }
    规则 A1 有号 / has_id { 依据 新法 第二条第一款; 论文 应当 有 号 错误 "错" / "wrong" }
    规则 A2 有日 / has_day { 依据 新法 第二条; 旧法 第一条第三款 应当 有 日 错误 "错" / "wrong" }
    例外 A1 无号 / no_id { 依据 新法 第六条 当 轻重[情形] = 2 }
    """

  private static let ruleSet: RuleSet = {
    let (ruleSet, problems) = loadRules(
      [PackSource(folder: "example", files: [Source(path: "example.wz", text: pack)])])
    precondition(problems.isEmpty, "\(problems)")
    return ruleSet
  }()

  private func report(_ language: Language) -> LawsReport {
    LawsReport(
      ruleSet: Self.ruleSet, language: language, laws: Array(Self.ruleSet.laws.indices))
  }

  @Test func pagesAreAsExpected() throws {
    for language in Language.allCases {
      let report = report(language)
      let text = [report.text, report.coverageText, report.coverageMarkdown]
        .joined(separator: "----\n")
      let difference = try Self.folder.difference(of: text, from: "laws.\(language.rawValue)")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test func jsonIsAsExpected() throws {
    let text = report(.chinese).coverageJSON.text
    #expect(text == report(.english).coverageJSON.text)
    let difference = try Self.folder.difference(of: text, from: "laws.json")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func blanksAreFound() {
    #expect(!report(.chinese).isComplete)
    let old = Self.ruleSet.laws.firstIndex { $0.name.english == "old_law" }
    #expect(
      LawsReport(ruleSet: Self.ruleSet, language: .chinese, laws: old.map { [$0] } ?? [])
        .isComplete)
  }
}
