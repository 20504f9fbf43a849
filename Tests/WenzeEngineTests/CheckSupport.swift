import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The laws, lists, parameters and people that the tests of checking add to ``TestSchema``.
enum CheckSchema {
  static let text = """
    规则包 检查 / checking { 版本 "1" 档案 案 }
    法规 旧法 / old_law { 标题 "旧法" / "Old Law" 施行 2016-01-01 条数 9 }
    法规 新法 / new_law { 标题 "新法" / "New Law" 施行 2020-01-01 条数 9 取代 旧法 }
    法规 常法 / standing_law { 标题 "常法" / "Standing Law" 施行 1949-10-01 条数 9 }
    法规 短法 / brief_law { 标题 "短法" / "Brief Law" 施行 2018-01-01 废止 2019-01-01 条数 9 }
    枚举 类 / kind { 组织 / organisation, 个人 / person }
    清单 形状 / shapes 依据 旧法 第一条 { 圆 / round 第一条, 方 / square 第一条 }
    清单 形状 依据 新法 第一条 { 圆 第一条, 尖 / pointed 第一条 兜底 }
    参数 人数 / members : 整数 = 2 { 自 2020-01-01 = 3 }
    参数 期限 / period : 期限 = 1个月
    结构 法 / means {
        名 / name : 文本
        办 / done : 是否 缺则 否
        日 / day : 日期
    }
    结构 人 / person_record {
        名 / name : 文本 人名 当 类 ≠ 组织
        类 / kind : 类
        错 / wrong : 是否
        免 / exempt : 是否
        日 / met : 日期
        法列 / means_list : 列表 法
    }
    档案 案 / case {
        键 号 完整 全
        时点 立 否则 最早(已记 人列.日) 否则 决
        号 / id : 文本
        全 / whole : 是否
        甲 / a : 是否
        乙 / b : 是否
        丙 / c : 是否
        丁 / d : 是否
        述 / words : 文本
        办者 / officer : 文本 人名
        证人 / witnesses : 列表 文本
        数 / number : 整数
        数乙 / number_b : 整数
        形 / shape : 形状
        立 / opened : 日期
        查 / examined : 日期
        决 / decided : 日期
        告 / told : 日期
        人列 / people : 列表 人
    }
    """

  /// Loads rules that are written over the schema; their own mistakes fail the test.
  static func load(_ rules: String) throws -> RuleSet {
    let files = [Source(path: "schema.wz", text: text), Source(path: "rules.wz", text: rules)]
    let (ruleSet, diagnostics) = loadRules([PackSource(folder: "checking", files: files)])
    let problems = diagnostics.map { "\($0.diagnostic.code) \($0.diagnostic.message.chinese)" }
    try #require(problems == [])
    return ruleSet
  }

  static func document(_ fields: String, in ruleSet: RuleSet) throws -> Document {
    let parsed = parse(Source(path: "case.wz", text: "案 { \(fields) }"))
    guard case .document(let syntax) = try #require(parsed.declarations.first) else {
      throw SchemaError(diagnostics: parsed.diagnostics)
    }
    let (document, diagnostics) = ruleSet.decode(WrittenDocument(syntax))
    guard let document, parsed.diagnostics.isEmpty, diagnostics.isEmpty else {
      throw SchemaError(diagnostics: parsed.diagnostics + diagnostics)
    }
    return document
  }

  static func check(
    _ fields: String, with rules: String, on today: String = "2025-01-01", only: Set<String>? = nil,
    skip: Set<String> = []
  ) throws -> Checked {
    let ruleSet = try load(rules)
    let document = try document(fields, in: ruleSet)
    let date = try #require(CalendarDate(text: today))
    let result = ruleSet.check(
      document, options: CheckOptions(today: date, only: only, skip: skip))
    return Checked(ruleSet: ruleSet, result: result, today: date)
  }

  /// A rule T1 of the standing law with clauses.
  static func rule(_ clauses: String, code: String = "T1", law: String = "常法") -> String {
    """
    规则 \(code) 名\(code) / n\(code) {
        依据 \(law) 第一条
        \(clauses)
        错误 "错" / "wrong"
    }

    """
  }
}

/// A checked document, in short.
struct Checked {
  var ruleSet: RuleSet
  var result: DocumentResult
  var today: CalendarDate

  private func text(_ path: FieldPath) -> String {
    ruleSet.text(of: path, from: result.document.dossier, in: .chinese)
  }

  /// `T1 违规`, or `T1 对象[0] 存疑 缺 甲、乙`, one for each code and element.
  var verdicts: [String] {
    result.verdicts.map { verdict in
      let element = verdict.element.map { " " + text($0) } ?? ""
      let missing = verdict.missing.map(text).joined(separator: "、")
      return verdict.code + element + " " + verdict.verdict.name.chinese
        + (missing.isEmpty ? "" : " 缺 " + missing)
    }
  }

  /// Code, element, message and evidence of each finding.
  var findings: [String] {
    result.findings.map { finding in
      let element = finding.element.map { " " + text($0) } ?? ""
      return ruleSet.rules[finding.rule].code + element + ": " + finding.message.chinese
    }
  }

  /// The paths on which the findings rest.
  var evidence: [[String]] {
    result.findings.map { $0.evidence.map { text($0.path) } }
  }
}
