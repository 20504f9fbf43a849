import Testing
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What becomes of a document as it was written, over a small schema.
enum DecodingSchema {
  static let text = """
    规则包 解码 / decoding { 版本 "1" 档案 档 }
    法规 法 / law { 标题 "法" / "Law" 种类 参考 }
    枚举 色 / colour { 红 / red, 绿 / green, 蓝 / blue }
    枚举 偏差 / execution { 不当 / improper, 不执行 / none }
    枚举 后果 / harm { 无 / nil_harm, 轻微 / minor }
    枚举 式 / way 开放 { 一式 / first_way, 二式 / second_way }
    结构 项 / thing {
        是 / ok : 是否 缺则 否
        数 / number : 整数
    }
    结构 夹 / folder {
        办 / done : 是否 缺则 否
        于 / on : 日期 缺则 无
        述 / words : 文本
    }
    档案 档 / file {
        键 号 完整 全
        号 / id : 文本
        全 / whole : 是否
        甲 / flag : 是否
        整 / number : 整数
        小 / share : 小数
        率 / rate : 百分比
        日 / day : 日期
        期 / term : 期限
        色 / colour : 色
        偏 / execution : 偏差
        果 / harm : 后果
        式 / way : 式
        办 / done : 是否 缺则 否
        于 / on : 日期 缺则 无
        色列 / colours : 集合 色
        文列 / words : 列表 文本
        项列 / things : 列表 项
        夹 / folder : 夹
    }
    档案 单 / sheet {
        键 单号
        单号 / sheet_id : 文本
        年 / year : 整数
    }
    规则 T1 甲 / t { 依据 法 应当 甲 错误 "错" / "wrong" }
    """

  static let ruleSet: RuleSet = {
    let (ruleSet, diagnostics) = loadRules(
      [PackSource(folder: "decoding", files: [Source(path: "decoding.wz", text: text)])])
    precondition(diagnostics.isEmpty, "\(diagnostics)")
    return ruleSet
  }()

  /// Decodes a document that is written in the language.
  static func decode(_ text: String, asComplete: Bool = false) throws -> Decoded {
    let source = Source(path: "case.wz", text: text)
    let parsed = parse(source)
    try #require(parsed.diagnostics.isEmpty, "\(parsed.diagnostics)")
    guard case .document(let syntax) = try #require(parsed.declarations.first) else {
      throw DecodingError()
    }
    return decode(WrittenDocument(syntax), source, asComplete: asComplete)
  }

  static func decode(
    _ written: WrittenDocument, _ source: Source, asComplete: Bool = false
  ) -> Decoded {
    let (document, diagnostics) = ruleSet.decode(written, asComplete: asComplete)
    return Decoded(document: document, diagnostics: diagnostics, source: source)
  }
}

struct DecodingError: Error {}

/// A decoded document in short.
struct Decoded {
  var document: Document?
  var diagnostics: [Diagnostic]
  var source: Source

  /// A field that the file settles or opens, as the notation below writes it.
  func field(_ name: String) -> String {
    guard let document else { return "DROPPED" }
    let record = DecodingSchema.ruleSet.records[document.dossier]
    return record.bySpelling[name].map { notation(document.fields[$0]) } ?? "NO FIELD"
  }

  /// Code, what the diagnostic stands at, and what it suggests.
  var problems: [String] {
    diagnostics.map { diagnostic in
      let text = diagnostic.range.map { String(source.text(in: $0)) } ?? ""
      return "\(diagnostic.code) \(text)" + (diagnostic.fix.map { " → \($0.replacement)" } ?? "")
    }
  }

  /// `?` is unknown, `∅` known not to exist, `…` an open list.
  func notation(_ fact: Fact) -> String {
    let ruleSet = DecodingSchema.ruleSet
    switch fact.value {
    case .unknown: return "?"
    case .none: return "∅"
    case .symbol(let enumeration, let entry):
      return "." + ruleSet.enums[enumeration].entries[entry].name.chinese
    case .unlisted(_, let text): return "~\(text)"
    case .text(let text): return "“\(text)”"
    case .record(let fields): return "{" + fields.map(notation).joined(separator: " ") + "}"
    case .list(let list):
      return "[" + (list.elements.map(notation) + (list.isOpen ? ["…"] : [])).joined(separator: " ")
        + "]"
    default: return ruleSet.text(of: fact.value, in: .english)
    }
  }
}

extension RuleSet {
  fileprivate func text(of value: Value, in language: Language) -> String {
    switch value {
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let value): "\(value)"
    case .decimal(let value): value.text
    case .date(let date): date.text(in: language)
    case .duration(let duration): duration.text(in: language)
    default: "\(value)"
    }
  }
}

@Suite struct DecodingTests {
  /// Fields as written, and what the named field comes to.
  static let values: [(fields: String, name: String, value: String)] = [
    ("号: \"一\"", "号", "“一”"), ("id: \"一\"", "号", "“一”"), ("号: 一号", "号", "“一号”"),
    ("号: 12", "号", "“12”"), ("号: \" 一 \"", "号", "“ 一 ”"),
    ("甲: 是", "甲", "yes"), ("甲: 否", "甲", "no"), ("flag: true", "甲", "yes"),
    ("flag: no", "甲", "no"), ("甲: \"yes\"", "甲", "yes"),
    ("整: 12", "整", "12"), ("整: -3", "整", "-3"), ("整: １２", "整", "12"), ("整: 12.0", "整", "12"),
    ("整: \"12\"", "整", "12"), ("小: 0.25", "小", "0.25"), ("小: 3", "小", "3"), ("率: 90%", "率", "0.9"),
    ("率: 0.9", "率", "0.9"), ("日: 2023-05-12", "日", "2023-05-12"), ("日: 2023年5月", "日", "2023-05"),
    ("日: 2023年", "日", "2023"), ("日: \"2023.5.12\"", "日", "2023-05-12"),
    ("日: 2023-05-12 14:30", "日", "2023-05-12 14:30"), ("日: ２０２３－０５－１２", "日", "2023-05-12"),
    ("期: 1个月", "期", "1 month"), ("期: 30 days", "期", "30 days"),
    ("期: 10个工作日", "期", "10 working days"),
    ("色: 红", "色", ".红"), ("colour: red", "色", ".红"), ("色: \"green\"", "色", ".绿"),
    ("色: red", "色", ".红"),
    ("式: 一式", "式", ".一式"), ("式: \"游街\"", "式", "~游街"), ("way: parade", "式", "~parade"),
    ("色列: [红, green]", "色列", "[.红 .绿 …]"), ("色列: 红", "色列", "[.红 …]"), ("色列: []", "色列", "[…]"),
    ("文列: [\"一\", 二]", "文列", "[“一” “二” …]"),
    ("项列 [ { 是: 是 } { number: 2 } ]", "项列", "[{yes ?} {? 2} …]"),
    ("项列 { 数: 1 }", "项列", "[{? 1} …]"),
    ("夹 { 办: 是 }", "夹", "{yes ? ?}"), ("夹 {}", "夹", "{? ? ?}"),
  ]

  @Test func everyTypeAndSpellingIsRead() throws {
    for row in Self.values {
      let decoded = try DecodingSchema.decode("档 { \(row.fields) }")
      #expect(decoded.field(row.name) == row.value, "\(row.fields)")
      #expect(decoded.problems == [], "\(row.fields)")
      let english = try DecodingSchema.decode("file { \(row.fields) }")
      #expect(english.document == nil || english.field(row.name) == row.value)
    }
  }

  /// 无, 不详 and blanks in a field of each type: in a partial file, and in a complete one.
  static let absences: [(fields: String, name: String, partial: String, complete: String)] = [
    ("甲: 无", "甲", "∅", "∅"), ("整 无", "整", "∅", "∅"), ("日: none", "日", "∅", "∅"),
    ("号: \"无\"", "号", "∅", "∅"), ("期: 无", "期", "∅", "∅"), ("色: 无", "色", "∅", "∅"),
    ("式: none", "式", "∅", "∅"), ("果: 无", "果", ".无", ".无"), ("果: none", "果", "∅", "∅"),
    ("偏: none", "偏", ".不执行", ".不执行"), ("偏: 无", "偏", "∅", "∅"), ("偏 无", "偏", "∅", "∅"),
    ("夹 无", "夹", "∅", "∅"), ("夹: \"无\"", "夹", "∅", "∅"), ("项列 无", "项列", "[]", "[]"),
    ("色列: none", "色列", "[]", "[]"), ("文列: [\"一\", 无]", "文列", "[“一” …]", "[“一”]"),
    ("甲: 不详", "甲", "?", "?"), ("日: unknown", "日", "?", "?"), ("色: 不详", "色", "?", "?"),
    ("式: 不详", "式", "?", "?"), ("号: \"不详\"", "号", "?", "?"), ("办: 不详", "办", "?", "?"),
    ("夹: 不详", "夹", "?", "?"), ("项列: 不详", "项列", "?", "?"), ("色列: 不详", "色列", "?", "?"),
    ("文列: [\"一\", 不详]", "文列", "[“一” ? …]", "[“一” ?]"),
    ("号: \"\"", "号", "?", "?"), ("号: \"  \"", "号", "?", "?"), ("色: \"\"", "色", "?", "?"),
    ("办: \"\"", "办", "?", "no"), ("于: \" \"", "于", "?", "∅"), ("夹: \"\"", "夹", "?", "∅"),
    ("项列: \"\"", "项列", "?", "[]"), ("文列: [\"\", \"二\"]", "文列", "[“二” …]", "[“二”]"),
    ("", "号", "?", "?"), ("", "甲", "?", "?"), ("", "色", "?", "?"), ("", "办", "?", "no"),
    ("", "于", "?", "∅"), ("", "夹", "?", "∅"), ("", "项列", "?", "[]"), ("", "文列", "?", "[]"),
    ("夹 {}", "夹", "{? ? ?}", "{no ∅ ?}"), ("项列 [{}]", "项列", "[{? ?} …]", "[{no ?}]"),
    ("色列: [红, 等]", "色列", "[.红 …]", "[.红 …]"),
    ("项列 [ { 数: 1 }, 等 ]", "项列", "[{? 1} …]", "[{no 1} …]"),
    ("项列 [等]", "项列", "[…]", "[…]"),
  ]

  @Test func absenceMeansWhatTheFileAndTheSchemaSay() throws {
    for row in Self.absences {
      let partial = try DecodingSchema.decode("档 { \(row.fields) }")
      #expect(partial.field(row.name) == row.partial, "\(row.fields)")
      let claimed = try DecodingSchema.decode("档 { 全: 是 \(row.fields) }")
      #expect(claimed.field(row.name) == row.complete, "whole: \(row.fields)")
      let forced = try DecodingSchema.decode("档 { \(row.fields) }", asComplete: true)
      #expect(forced.field(row.name) == row.complete, "as complete: \(row.fields)")
      #expect(partial.problems + claimed.problems + forced.problems == [], "\(row.fields)")
    }
  }

  @Test func aFileThatDoesNotClaimToBeCompleteIsPartial() throws {
    for claim in ["全: 否", "全: 不详", "全: 无", ""] {
      #expect(try DecodingSchema.decode("档 { \(claim) }").field("办") == "?", "\(claim)")
    }
    #expect(try DecodingSchema.decode("file { whole: yes }").field("办") == "no")
  }

  /// Fields as written, the problems told, and whether the document is checked all the same.
  static let problems: [(fields: String, problems: [String], isDropped: Bool)] = [
    ("colur: red 号: x", ["D0504 colur → colour"], false), ("天气: \"晴\"  号: x", ["D0504 天气"], false),
    ("夹 { 作: 是 } ", ["D0504 作"], false), ("项列 [ { nmber: 1 } ]", ["D0504 nmber → number"], false),
    ("甲: 3", ["D0506 3"], true), ("甲: 也许", ["D0506 也许"], true), ("整: 1.5", ["D0506 1.5"], true),
    ("整: 90%", ["D0506 90%"], true), ("整: 99999999999999", ["D0506 99999999999999"], true),
    ("整: 十二", ["D0506 十二"], true), ("日: 昨天", ["D0506 昨天"], true), ("日: 2023-05", [], false),
    ("日: \"2023-02-30\"", ["D0506 \"2023-02-30\""], true),
    ("期: 2023-05-12", ["D0506 2023-05-12"], true),
    ("小: \"半\"", ["D0506 \"半\""], true), ("号: [\"一\"]", ["D0506 [\"一\"]"], true),
    ("号: { 甲: 是 }", ["D0506 { 甲: 是 }"], true), ("夹: 是", ["D0506 是"], true),
    ("夹: [ ]", ["D0506 [ ]"], true), ("色: [红]", ["D0506 [红]"], true),
    ("项列: [ 3 ]", ["D0506 3"], true),
    ("色: 红色", ["D0507 红色"], true), ("colour: gren", ["D0507 gren → green"], true),
    ("偏: 不执", ["D0507 不执 → 不当"], true), ("偏: impropre", ["D0507 impropre → improper"], true),
    ("色列: [红, 黑, 白]", ["D0507 黑", "D0507 白"], true), ("号: x 号: y", ["D0505 号"], true),
    ("号: x id: y", ["D0505 id"], true), ("夹 {} 夹 {}", ["D0505 夹"], true),
    ("甲: 3, 日: 昨天, 天气: x", ["D0504 天气", "D0506 3", "D0506 昨天"], true),
  ]

  @Test func whatIsWrongIsToldOnceAtItsPlace() throws {
    for row in Self.problems {
      let decoded = try DecodingSchema.decode("档 { \(row.fields) }")
      #expect(decoded.problems == row.problems, "\(row.fields)")
      #expect((decoded.document == nil) == row.isDropped, "\(row.fields)")
    }
  }

  @Test func oneListMayBeWrittenInParts() throws {
    let whole = try DecodingSchema.decode("档 { 全: 是 色列: [红] 色列: 绿 colours: [蓝, 等] }")
    #expect(whole.field("色列") == "[.红 .绿 .蓝 …]")
    #expect(
      try DecodingSchema.decode("档 { 项列 { 数: 1 } 项列 { 数: 2 } }").field("项列") == "[{? 1} {? 2} …]")
    #expect(try DecodingSchema.decode("档 { 全: 是 项列 无 项列 { 数: 2 } }").field("项列") == "[{no 2}]")
  }

  @Test func unknownDossiersAreTold() throws {
    let decoded = try DecodingSchema.decode("挡 { 号: x }")
    #expect(decoded.document == nil)
    #expect(decoded.problems == ["D0503 挡"])
    #expect(try DecodingSchema.decode("sheat { year: 2023 }").problems == ["D0503 sheat → sheet"])
    #expect(decoded.diagnostics[0].notes.contains { $0.chinese == "可用：档、file、单、sheet" })
  }

  @Test func placesAreThoseOfTheValues() throws {
    let decoded = try DecodingSchema.decode("档 { 全: 是  日: 2023-05-12  色列: [红, 不详] }")
    let document = try #require(decoded.document)
    let record = DecodingSchema.ruleSet.records[document.dossier]
    func text(_ fact: Fact) -> String? { fact.place.map { String(decoded.source.text(in: $0)) } }
    func field(_ name: String) throws -> Fact {
      document.fields[try #require(record.bySpelling[name])]
    }
    #expect(text(try field("日")) == "2023-05-12")
    #expect(text(try field("色列")) == "[红, 不详]")
    #expect(text(try field("办")) == nil)
    guard case .list(let list) = try field("色列").value else { throw DecodingError() }
    #expect(list.elements.map(text) == ["红", "不详"])
  }
}

@Suite struct WaiverTests {
  static let waiver = "豁免 T1 理由 \"另案处理\" 批准人 \"李四\" 至 2027-01-01"

  @Test func waiversAreReadInTheLanguage() throws {
    let decoded = try DecodingSchema.decode("档 { 号: x \(Self.waiver) }")
    let waiver = try #require(decoded.document?.waivers.first)
    #expect(waiver.rule == "T1")
    #expect(waiver.reason == "另案处理")
    #expect(waiver.approver == "李四")
    #expect(waiver.until.text(in: .english) == "2027-01-01")
    #expect(decoded.source.text(in: waiver.range) == Self.waiver)
  }

  static let broken: [(waiver: String, problem: String)] = [
    ("豁免 T1", "D0508"), ("豁免 T1 理由 \"x\" 批准人 \"y\"", "D0508"),
    ("豁免 T1 理由 \"\" 批准人 \"y\" 至 2027-01-01", "D0508"),
    ("豁免 T1 理由 \"x\" 批准人 \" \" 至 2027-01-01", "D0508"),
    ("豁免 T1 理由 \"x\" 至 2027-01-01", "D0508"),
    ("豁免 T12 理由 \"x\" 批准人 \"y\" 至 2027-01-01", "D0509"),
  ]

  @Test func aWaiverWithoutItsPartsIsNone() throws {
    for row in Self.broken {
      let decoded = try DecodingSchema.decode("档 { 号: x \(row.waiver) }")
      #expect(decoded.diagnostics.map(\.code) == [row.problem], "\(row.waiver)")
      #expect(decoded.document?.waivers.isEmpty ?? true, "\(row.waiver)")
    }
  }
}

/// Documents of formats that do not name their dossier.
@Suite struct UnnamedDocumentTests {
  private let source = Source(path: "x.json", text: String(repeating: " ", count: 200))

  private func node(_ content: DataNode.Content) -> DataNode {
    DataNode(content, at: SourceRange(0, 1))
  }

  private func record(_ fields: KeyValuePairs<String, DataNode.Content>) -> DataNode {
    node(
      .record(
        fields.map { DataField(name: $0.key, nameRange: SourceRange(0, 1), value: node($0.value)) })
    )
  }

  private func decode(_ body: DataNode) -> Decoded {
    DecodingSchema.decode(WrittenDocument(dossier: nil, dossierRange: nil, body: body), source)
  }

  private func dossier(_ decoded: Decoded) -> String? {
    decoded.document.map { DecodingSchema.ruleSet.records[$0.dossier].name.chinese }
  }

  @Test func theFieldsChooseTheDossier() {
    #expect(dossier(decode(record(["号": .text("x")]))) == "档")
    #expect(dossier(decode(record(["sheet_id": .text("x")]))) == "单")
    #expect(
      dossier(decode(record(["年": .word("2023"), "单号": .text("x"), "号": .text("x")]))) == "单")
    // Nothing speaks for either: the one that is declared first.
    #expect(dossier(decode(record([:]))) == "档")
  }

  @Test func aDossierMayWrapItsFields() {
    let wrapped = decode(record(["档": record(["号": .text("x")]).content]))
    #expect(dossier(wrapped) == "档")
    #expect(wrapped.field("号") == "“x”")
    #expect(dossier(decode(record(["sheet": record(["year": .word("2023")]).content]))) == "单")
    #expect(wrapped.problems == [])
  }

  @Test func whatIsNoDocumentIsTold() {
    #expect(decode(node(.text("x"))).diagnostics.map(\.code) == ["D0501"])
    #expect(decode(node(.list([], isOpen: false))).diagnostics.map(\.code) == ["D0501"])
    let other = decode(record(["name": .text("x"), "version": .text("1")]))
    #expect(other.diagnostics.map(\.code) == ["D0510"])
    #expect(other.document == nil)
  }

  @Test func commentsAreNoFields() {
    let decoded = decode(
      record([
        "//": .text("说明"), "$schema": .text("x"), "_x": .null, "#": .word("1"), "号": .text("x"),
      ]))
    #expect(decoded.problems == [])
    #expect(decoded.field("号") == "“x”")
    #expect(decode(record(["//": .text("说明")])).problems == [])
  }

  @Test func nullIsNotRecorded() {
    let decoded = decode(
      record([
        "全": .boolean(true), "号": .null, "办": .null, "夹": .null, "项列": .null,
        "文列": .list([node(.null), node(.text("一"))], isOpen: false),
      ]))
    #expect(["号", "办", "夹", "项列", "文列"].map(decoded.field) == ["?", "no", "∅", "[]", "[“一”]"])
    #expect(decoded.problems == [])
  }

  @Test func valuesOfOtherFormatsAreRead() {
    let decoded = decode(
      record([
        "甲": .boolean(true), "整": .word("3"), "小": .word("0.5"), "日": .text("2023-05-12"),
        "果": .text("无"), "偏": .text("none"), "色列": .list([node(.text("red"))], isOpen: false),
      ]))
    #expect(
      ["甲", "整", "小", "日", "果", "偏", "色列"].map(decoded.field)
        == ["yes", "3", "0.5", "2023-05-12", ".无", ".不执行", "[.红 …]"])
    #expect(decode(record(["色": .boolean(true)])).diagnostics.map(\.code) == ["D0506"])
    #expect(decode(record(["号": .boolean(true)])).diagnostics.map(\.code) == ["D0506"])
    // In these formats a list is written as one.
    #expect(decode(record(["色列": .text("红")])).diagnostics.map(\.code) == ["D0506"])
    #expect(
      decode(record(["号": .text("x"), "id": .text("y")])).diagnostics.map(\.code) == ["D0505"])
  }

  @Test func waiversAreAField() throws {
    let waiver = record([
      "rule": .text("T1"), "reason": .text("x"), "approver": .text("y"),
      "until": .text("2027-01-01"),
    ])
    for field in ["豁免", "waivers"] {
      let alone = decode(record(["号": .text("x"), field: waiver.content]))
      #expect(alone.document?.waivers.map(\.rule) == ["T1"])
      let listed = decode(
        record(["号": .text("x"), field: .list([waiver, waiver], isOpen: false)]))
      #expect(listed.document?.waivers.count == 2)
    }
    let chinese = record([
      "规则": .text("T1"), "理由": .text("x"), "批准人": .text("y"), "至": .text("2027年1月1日"),
    ])
    #expect(decode(record(["号": .text("x"), "豁免": chinese.content])).document?.waivers.count == 1)
    for broken: DataNode.Content in [.text("T1"), record(["reason": .text("x")]).content] {
      #expect(
        decode(record(["号": .text("x"), "豁免": broken])).diagnostics.map(\.code) == ["D0508"])
    }
  }
}
