import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What a document writes of a list whose field is 列全 is all of it; of any other list it may be a part.
@Suite struct ExhaustiveListTests {
  private static let schema = """
    规则包 单 / sheets { 版本 "1" 档案 单 }
    法规 研 / study { 标题 "研究" / "Study" 种类 参考 }
    枚举 色 / colour { 红 / red, 绿 / green }
    档案 单 / sheet {
        键 号
        号 / id : 文本
        任意 / some : 列表 色
        全部的 / all_of_them : 列表 色 列全 "尽列" / "all"
    }
    规则 T1 有绿 / has_green { 依据 研 应当 存在 c 于 任意 使 c = 绿 错误 "无绿" / "no green" }
    规则 T2 全有绿 / has_green_too { 依据 研 应当 存在 c 于 全部的 使 c = 绿 错误 "无绿" / "no green" }

    """

  private func load(_ more: String) -> (RuleSet, [String]) {
    let source = Source(path: "sheets.wz", text: Self.schema + more)
    let (ruleSet, diagnostics) = loadRules([PackSource(folder: "sheets", files: [source])])
    return (ruleSet, diagnostics.map(\.diagnostic.code))
  }

  @Test func whatIsWrittenIsAll() throws {
    let (ruleSet, problems) = load(
      """
      测试 "写出" { 单 { 号: "1" 任意 [ 红 ] 全部的 [ 红 ] } 期望 T1 存疑 期望 T2 违规 }
      测试 "空" { 单 { 号: "1" 任意 [] 全部的 [] } 期望 T1 存疑 期望 T2 违规 }
      测试 "未写" { 单 { 号: "1" } 期望 T1 存疑 期望 T2 存疑 }
      测试 "等" { 单 { 号: "1" 全部的 [ 红, 等 ] } 期望 T2 存疑 }
      测试 "不详" { 单 { 号: "1" 全部的: 不详 } 期望 T2 存疑 }
      测试 "无" { 单 { 号: "1" 全部的 无 } 期望 T2 违规 }
      """)
    #expect(problems.isEmpty)
    #expect(ruleSet.tests.count == 6)
    for test in ruleSet.tests {
      #expect(ruleSet.run(test).failures.map(\.message.chinese) == [], "\(test.origin)")
    }
  }

  @Test func onlyListsCanBeExhaustive() {
    #expect(load("结构 项 / thing { 名 / name : 文本 列全 }").1 == ["E0316"])
  }
}
