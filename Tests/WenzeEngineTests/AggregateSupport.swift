import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Documents of a small dossier, and rules over groups of them.
enum AggregateSupport {
  static let schema = """
    规则包 统 / groups { 版本 "1" 档案 件 }
    法规 研 / study { 标题 "研究" / "Study" 种类 参考 }
    法规 旧 / old { 标题 "旧" / "Old" 施行 2010-01-01 废止 2022-01-01 条数 3 }
    枚举 色 / colour { 红 / red, 绿 / green, 蓝 / blue }
    枚举 级 / grade 有序 { 低 / low, 中 / middle, 高 / high }
    参数 限 / limit : 整数 = 2 { 自 2023-01-01 = 4 }
    结构 项 / thing { 名 / name : 文本 人名  数 / number : 整数  级 / grade : 级 }
    档案 件 / item {
        键 号 完整 全 时点 日
        号 / id : 文本
        全 / whole : 是否
        关 / body : 文本
        日 / day : 日期
        色 / colour : 色
        级 / grade : 级
        数 / number : 整数
        分 / score : 小数
        成 / done : 是否
        文 / words : 文本
        止 / ended : 日期 缺则 无
        色列 / colours : 集合 色
        项列 / things : 列表 项
    }
    结构 条 / entry { 号 / id : 文本 缺则 无  目标 / target : 整数  计 / counts : 是否  色 / colour : 色 }
    档案 单 / sheet {
        键 号 完整 全
        号 / id : 文本
        全 / whole : 是否
        关 / body : 文本
        年 / year : 整数
        名 / author : 文本 人名
        条列 / entries : 列表 条
    }

    """

  static func load(_ rules: String) throws -> RuleSet {
    let source = Source(path: "groups.wz", text: schema + rules)
    let (ruleSet, diagnostics) = loadRules([PackSource(folder: "groups", files: [source])])
    let problems = diagnostics.map { "\($0.diagnostic.code) \($0.diagnostic.message.chinese)" }
    try #require(problems == [])
    return ruleSet
  }

  /// A rule over groups that figures are read from; it is never satisfied.
  static func rule(_ clauses: String, code: String = "S1", law: String = "研") -> String {
    """
    统计 \(code) 名\(code) / n\(code) {
        依据 \(law)\(law == "研" ? "" : " 第一条")
        \(clauses)
        \(clauses.contains("应当") || clauses.contains("不得") ? "" : "不得 计数() ≥ 0")
        \(clauses.contains("警告") ? "" : "警告 \"错\" / \"wrong\"")
    }

    """
  }

  static func documents(_ fields: [String], in ruleSet: RuleSet) throws -> [Document] {
    try documents(
      written: fields.enumerated().map { "件 { 号: \"\($0)\" \($1) }\n" }.joined(), in: ruleSet)
  }

  static func documents(written text: String, in ruleSet: RuleSet) throws -> [Document] {
    let parsed = parse(Source(path: "items.wz", text: text))
    try #require(parsed.diagnostics.isEmpty)
    return try parsed.declarations.map { declaration in
      guard case .document(let syntax) = declaration else { throw SchemaError(diagnostics: []) }
      let (document, diagnostics) = ruleSet.decode(WrittenDocument(syntax))
      guard let document, diagnostics.isEmpty else { throw SchemaError(diagnostics: diagnostics) }
      return document
    }
  }

  static func run(_ documents: [Document], in ruleSet: RuleSet) throws -> GroupRun {
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    var run = GroupRun(ruleSet: ruleSet, options: CheckOptions(today: today))
    for document in documents { run.add(document, at: reference(to: document)) }
    return run
  }

  static func reference(to document: Document) -> DocumentReference {
    DocumentReference(
      id: document.id, path: "items.wz", line: 1, column: document.range.start + 1)
  }

  static func findings(_ clauses: String, over fields: [String]) throws -> (RuleSet, [GroupFinding])
  {
    let ruleSet = try load(rule(clauses))
    let run = try run(documents(fields, in: ruleSet), in: ruleSet)
    return (ruleSet, run.findings { _ in true })
  }

  /// One line for each finding: verdict, key, figures, documents.
  static func lines(_ findings: [GroupFinding], in ruleSet: RuleSet) -> [String] {
    findings.map { finding in
      let figures = finding.figures.map { figure in
        figure.name.chinese + "=" + ruleSet.text(of: figure.value, in: .chinese)
          + (figure.leftOut > 0 ? "(-\(figure.leftOut))" : "")
      }
      let ids = finding.documents.compactMap(\.id).joined(separator: ",")
      let parts = [
        finding.verdict.name.chinese, finding.keyText(in: ruleSet).chinese,
        figures.joined(separator: " "), "[\(ids)]",
      ]
      return parts.filter { !$0.isEmpty }.joined(separator: " ")
        + (finding.leftOut > 0 ? " -\(finding.leftOut)" : "")
    }
  }

  static func lines(_ clauses: String, over fields: [String]) throws -> [String] {
    let (ruleSet, findings) = try findings(clauses, over: fields)
    return lines(findings, in: ruleSet)
  }
}
