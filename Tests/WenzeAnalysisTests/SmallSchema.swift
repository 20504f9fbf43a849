import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// A small schema for conditions over few values, and rules over it.
enum SmallSchema {
  static let text = """
    规则包 测试 / test_pack { 版本 "1" 档案 档 }
    法规 法 / law { 标题 "法" / "Law" 种类 参考 }
    法规 旧法 / old_law { 标题 "旧法" / "Old Law" 施行 2016-01-01 废止 2019-09-01 条数 9 }
    法规 新法 / new_law { 标题 "新法" / "New Law" 施行 2019-09-01 条数 9 }
    枚举 色 / colour { 红 / red, 绿 / green, 蓝 / blue }
    枚举 级 / grade 有序 { 低 / low, 中 / middle, 高 / high }
    枚举 式 / way 开放 { 一式 / first_way, 二式 / second_way }
    集合 暖色 / warm : 色 = { 红, 绿 }
    参数 限数 / limit : 整数 = 2
    结构 项 / thing {
        是 / ok : 是否
        色 / colour : 色
        日 / day : 日期
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
        丙 / c : 是否
        数甲 / number_a : 整数
        数乙 / number_b : 整数
        日甲 / day_a : 日期
        日乙 / day_b : 日期
        日丙 / day_c : 日期
        文 / words : 文本
        色甲 / colour_a : 色
        色乙 / colour_b : 色
        级甲 / grade_a : 级
        级乙 / grade_b : 级
        式甲 / way_a : 式
        色列 / colours : 集合 色
        项列 / things : 列表 项
        夹 / folder : 夹
    }
    表 配 / pairing (色: 色, 级: 级) -> 是否 {
        | 红 | 低 | 是 |
        | 红 | 任意 | 否 |
        | 其余 | 高 | 是 |
        | 其余 | 其余 | 否 |
    }
    """

  static func load(_ rules: String = "") -> (RuleSet, [LocatedDiagnostic]) {
    loadRules([
      PackSource(
        folder: "test",
        files: [Source(path: "schema.wz", text: text), Source(path: "rules.wz", text: rules)])
    ])
  }

  static let ruleSet = load().0

  static let dossier = ruleSet.records.firstIndex { $0.name.chinese == "档" } ?? 0

  static var today: CalendarDate {
    guard let date = CalendarDate(year: 2025, month: 1, day: 1) else { preconditionFailure() }
    return date
  }

  /// A rule of a law with clauses.
  static func rule(_ code: String, _ clauses: String, law: String = "法") -> String {
    "规则 \(code) 名\(code) / n\(code) { 依据 \(law)\n\(clauses)\n错误 \"错\" / \"wrong\" }\n"
  }
}
