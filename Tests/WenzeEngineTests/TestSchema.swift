import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// A small schema, and expressions evaluated over documents of it.
enum TestSchema {
  static let text = """
    规则包 测试 / test_pack { 版本 "1" 档案 档 }
    法规 法 / law { 标题 "法" / "Law" 种类 参考 }
    枚举 色 / colour { 红 / red, 绿 / green, 蓝 / blue }
    枚举 级 / grade 有序 { 低 / low, 中 / middle, 高 / high }
    枚举 式 / way 开放 { 一式 / first_way, 二式 / second_way }
    集合 暖色 / warm : 色 = { 红 }
    结构 项 / thing {
        是 / ok : 是否
        数 / number : 整数
        日 / day : 日期
        色 / colour : 色
    }
    结构 夹 / folder {
        是 / ok : 是否
        日 / day : 日期
    }
    档案 档 / file {
        键 号 完整 全
        时点 日甲
        号 / id : 文本
        全 / whole : 是否
        甲 / a : 是否
        乙 / b : 是否
        数甲 / number_a : 整数
        数乙 / number_b : 整数
        日甲 / day_a : 日期
        日乙 / day_b : 日期
        文 / words : 文本
        色甲 / colour_a : 色
        色乙 / colour_b : 色
        级甲 / grade_a : 级
        级乙 / grade_b : 级
        式甲 / way_a : 式
        色列 / colours : 集合 色
        数列 / numbers : 列表 整数
        日列 / days : 列表 日期
        项列 / things : 列表 项
        夹 / folder : 夹
    }
    表 配 / pairing (色: 色, 级: 级) -> 是否 {
        | 红 | 低 | 是 |
        | 红 | 任意 | 否 |
        | 其余 | 高 | 是 |
        | 其余 | 其余 | 否 |
    }
    表 换 / changing (色: 色, 级: 级) -> 色 {
        | 红 | 低 | 红 |
        | 红 | 任意 | 绿 |
        | 其余 | 高 | 蓝 |
        | 其余 | 其余 | 绿 |
    }
    """

  static let ruleSet: RuleSet = loadRules(
    [PackSource(folder: "test", files: [Source(path: "test.wz", text: text)])]
  ).0

  /// The rule set with one rule that demands an expression.
  static func ruleSet(
    demanding expression: String
  ) -> (ruleSet: RuleSet, diagnostics: [LocatedDiagnostic]) {
    let rule = "规则 T1 甲 / t { 依据 法 应当 \(expression)\n错误 \"错\" / \"wrong\" }"
    return loadRules(
      [
        PackSource(
          folder: "test",
          files: [Source(path: "test.wz", text: text), Source(path: "rule.wz", text: rule)])
      ])
  }

  /// A document of the schema.
  static func document(_ fields: String, in ruleSet: RuleSet) throws -> Document {
    let parsed = parse(Source(path: "case.wz", text: "档 { \(fields) }"))
    guard case .document(let syntax) = try #require(parsed.declarations.first) else {
      throw SchemaError(diagnostics: parsed.diagnostics)
    }
    let (document, diagnostics) = ruleSet.decode(WrittenDocument(syntax))
    guard let document, diagnostics.isEmpty, parsed.diagnostics.isEmpty else {
      throw SchemaError(diagnostics: parsed.diagnostics + diagnostics)
    }
    return document
  }

  /// What an expression comes to over a document.
  static func truth(of expression: String, over fields: String) throws -> Truth {
    let (ruleSet, diagnostics) = ruleSet(demanding: expression)
    guard diagnostics.isEmpty else {
      throw SchemaError(diagnostics: diagnostics.map(\.diagnostic))
    }
    let document = try document(fields, in: ruleSet)
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    let result = ruleSet.check(document, options: CheckOptions(today: today))
    switch try #require(result.verdicts.first?.verdict) {
    case .compliant: return .yes
    case .violation: return .no
    case .undetermined: return .unknown
    case .notApplicable: throw SchemaError(diagnostics: [])
    }
  }
}

struct SchemaError: Error {
  var diagnostics: [Diagnostic]
}
