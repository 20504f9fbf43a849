import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What findings say and rest on.
@Suite struct FindingTests {
  /// A condition, a document that violates it, and the fields that this rests on.
  static let evidence: [(clauses: String, fields: String, evidence: [String])] = [
    ("应当 甲", "甲: 否 乙: 是", ["甲"]), ("应当 甲 且 乙", "甲: 否 乙: 是", ["甲"]),
    ("应当 甲 且 乙", "甲: 否 乙: 否", ["甲", "乙"]), ("应当 甲 或 乙", "甲: 否 乙: 否", ["甲", "乙"]),
    ("不得 甲 或 乙", "甲: 否 乙: 是", ["乙"]), ("不得 甲 且 乙", "甲: 是 乙: 是", ["甲", "乙"]),
    ("适用 乙\n应当 甲", "甲: 否 乙: 是", ["甲", "乙"]), ("适用 乙 或 丙\n应当 甲", "甲: 否 丙: 是", ["甲", "丙"]),
    ("除非 丙\n应当 甲", "甲: 否 丙: 否", ["甲", "丙"]), ("应当 数 ≥ 3", "数: 2", ["数"]),
    ("应当 数 ≥ 参数.人数", "数: 1", ["数"]), ("应当 甲", "立: 2021-01-01 甲: 否", ["甲", "立"]),
    ("应当 甲", "决: 2021-01-01 甲: 否", ["甲", "决"]),
    ("应当 甲", "立: 2021-01-01 决: 2022-01-01 甲: 否", ["甲", "立"]),
    ("不得 存在 x 于 人列 使 x.错", "人列: [{错: 否}, {错: 是}]", ["人列[1].错"]),
    ("应当 存在 x 于 人列 使 x.错", "全: 是 人列: [{错: 否}, {错: 否}]", ["人列", "人列[0].错", "人列[1].错"]),
    ("应当 存在 x 于 人列 使 x.错", "人列 无", ["人列"]), ("应当 存在 x 于 人列 使 x.错", "全: 是", ["人列"]),
    ("应当 每个 x 于 人列 均 x.错", "人列: [{错: 是}, {错: 否}]", ["人列[1].错"]),
    ("针对 每个 s 于 人列\n不得 s.错 且 甲", "甲: 是 人列: [{错: 否}, {错: 是}]", ["人列[1].错", "甲"]),
    ("针对 每个 s 于 人列 当 s.类 = 个人\n不得 s.错", "人列: [{类: 个人 错: 是}]", ["人列[0].错", "人列[0].类"]),
    ("应当 查 不晚于 决", "查: 2023-05-02 决: 2023-05-01 立: 2023-04-01", ["查", "决", "立"]),
    ("应当 有 查", "查 无", ["查"]), ("应当 查 已知", "", ["查"]), ("应当 1 = 2", "甲: 是", ["案"]),
    ("应当 计数(x 于 人列 使 x.错) = 0", "全: 是 人列: [{错: 是}]", ["人列[0].错"]),
  ]

  @Test func aViolationNamesTheFactsItRestsOn() throws {
    for row in Self.evidence {
      let checked = try CheckSchema.check(row.fields, with: CheckSchema.rule(row.clauses))
      #expect(checked.evidence == [row.evidence], "\(row.clauses): \(row.fields)")
    }
  }

  @Test func anUndeterminedFindingSaysWhatToRecord() throws {
    let checked = try CheckSchema.check("", with: CheckSchema.rule("应当 数 = 数乙"))
    let finding = try #require(checked.result.findings.first)
    #expect(finding.message.chinese == "无法判断是否“名T1”：卷宗未记载数、数乙")
    #expect(
      finding.message.english == "cannot tell `nT1`: the file does not record number, number_b")
    #expect(finding.fix?.chinese == "补录数、数乙")
    #expect(finding.fix?.english == "record number, number_b")
  }

  @Test func findingsComeInTheOrderOfPlaceThenCode() throws {
    let rules =
      CheckSchema.rule("应当 乙", code: "T1") + CheckSchema.rule("应当 甲", code: "T3")
      + CheckSchema.rule("不得 乙 = 否 或 甲", code: "T2")
    let checked = try CheckSchema.check("甲: 否 乙: 否", with: rules)
    #expect(checked.findings.map { $0.prefix(2) } == ["T3", "T1", "T2"])
  }

  @Test func messagesInterpolateInBothLanguages() throws {
    let rules = """
      规则 T1 甲 / t1 {
          依据 常法 第一条
          针对 每个 s 于 人列
          不得 s.错
          错误 "{s.名}的{s.类}，{s.日}，{参数.期限}，{数}" / "{s.name} {s.kind} {s.met} {参数.期限} {number}"
          整改 "改{s.错}" / "mend {s.wrong}"
      }
      """
    let checked = try CheckSchema.check(
      "人列: [{名: \"甲局\" 类: 组织 错: 是 日: 2023年5月}]", with: rules)
    let finding = try #require(checked.result.findings.first)
    #expect(finding.message.chinese == "甲局的组织，2023年5月，1个月，（未记载）")
    #expect(finding.message.english == "甲局 organisation 2023-05 1 month (not recorded)")
    #expect(finding.fix?.chinese == "改是")
    #expect(finding.fix?.english == "mend yes")
  }
}

/// Waivers of findings.
@Suite struct WaivingTests {
  private static let rules =
    CheckSchema.rule("应当 甲") + CheckSchema.rule("应当 乙", code: "T2")
    + CheckSchema.rule("针对 每个 s 于 人列\n不得 s.错", code: "T3")

  private static func waiver(_ code: String, _ until: String) -> String {
    "豁免 \(code) 理由 \"另案\" 批准人 \"书记\" 至 \(until)"
  }

  /// A document, the codes of waived findings, and what is said of the waivers.
  static let table: [(fields: String, waived: [String], problems: [String])] = [
    ("甲: 否 乙: 是 人列 无 " + waiver("T1", "2025-01-01"), ["T1"], []),
    ("甲: 否 乙: 是 人列 无 " + waiver("T1", "2024-12-31"), [], ["D0601"]),
    ("甲: 否 乙: 是 人列 无 " + waiver("T1", "2025年1月"), ["T1"], []),
    ("甲: 否 乙: 是 人列 无 " + waiver("T1", "2024年"), [], ["D0601"]),
    ("甲: 是 乙: 是 人列 无 " + waiver("T1", "2026-01-01"), [], ["D0602"]),
    ("甲: 是 乙: 是 人列 无 " + waiver("T1", "2020-01-01"), [], ["D0601"]),
    ("乙: 是 人列 无 " + waiver("T1", "2026-01-01"), ["T1"], []),
    ("甲: 是 乙: 是 人列: [{错: 是}, {错: 是}] " + waiver("T3", "2026-01-01"), ["T3", "T3"], []),
    (
      "甲: 否 乙: 否 人列 无 " + waiver("T1", "2026-01-01") + " " + waiver("T2", "2024-01-01"), ["T1"],
      ["D0601"]
    ),
  ]

  @Test func waiversMarkFindingsUntilTheyExpire() throws {
    for row in Self.table {
      let checked = try CheckSchema.check(row.fields, with: Self.rules)
      let waived = checked.result.findings.filter { $0.waiver != nil }
        .map { checked.ruleSet.rules[$0.rule].code }
      #expect(waived == row.waived, "\(row.fields)")
      #expect(checked.result.diagnostics.map(\.code) == row.problems, "\(row.fields)")
    }
  }

  @Test func aRuleThatWasNotRunLeavesItsWaiverAlone() throws {
    let fields = "甲: 否 乙: 是 人列 无 " + Self.waiver("T1", "2026-01-01")
    #expect(
      try CheckSchema.check(fields, with: Self.rules, only: ["T2"]).result.diagnostics.isEmpty)
    #expect(
      try CheckSchema.check(fields, with: Self.rules, skip: ["T1"]).result.diagnostics.isEmpty)
    let disabled = Self.rules + "调整 T1 { 停用 理由 \"本地\" / \"local\" }"
    #expect(try CheckSchema.check(fields, with: disabled).result.diagnostics.isEmpty)
  }
}

/// How the names of persons are kept out of reports.
@Suite struct NameMaskTests {
  private func mask(_ fields: String) throws -> NameMask {
    try CheckSchema.check(fields, with: CheckSchema.rule("应当 甲")).result.mask
  }

  static let texts: [(name: String, text: String, masked: String)] = [
    ("张三", "“张三”违规", "“张某某”违规"), ("张三丰", "张三丰和张三", "张某某和张三"), ("欧阳修", "欧阳修，欧阳", "欧阳某某，欧阳"),
    ("欧阳", "欧阳", "欧某某"), ("司马相如", "对司马相如", "对司马某某"), ("John Smith", "by John Smith.", "by J***."),
    ("Li", "Light, Li, Lili; Li", "Light, L***, Lili; L***"), ("阿依古丽·买买提", "阿依古丽·买买提说", "阿某某说"),
    ("王", "国王王某", "国王王某"), (" 李四 ", "李四到场", "李某某到场"), ("张三、李四", "李四与张三", "李某某与张某某"),
    ("𠮷田", "𠮷田到场", "𠮷某某到场"), ("", "无名", "无名"),
  ]

  @Test func namesInTextsAreMasked() throws {
    for row in Self.texts {
      let mask = try mask("办者: \"\(row.name)\"")
      #expect(mask(row.text) == row.masked, "\(row.name)")
    }
  }

  @Test func oneMaskIsNotCutByAnother() throws {
    let mask = try mask("办者: \"张三丰\" 人列: [{类: 个人 名: \"张三\"}, {名: \"张某\"}, {名: \"三丰\"}]")
    #expect(mask("张三丰、张三、张某、三丰") == "张某某（1）、张某某（2）、张某某（3）、三某某")
    #expect(NameMask(joining: [mask, .none])("张三") == "张某某")
    #expect(NameMask.none("张三") == "张三")
  }

  @Test func namesThatAreMaskedAlikeAreToldApart() throws {
    let mask = try mask("办者: \"张三\" 人列: [{类: 个人 名: \"张四\"}, {名: \"李五\"}, {名: \"张三\"}]")
    #expect(mask("张三对张四说，李五在场") == "张某某（1）对张某某（2）说，李某某在场")
    #expect(mask.inPlace("张三对张四说，李五在场") == "张①对张②说，李某在场")
    // The masks of several documents have numbers of their own.
    #expect(NameMask(joining: [mask])("张三") == "张某某")
    let latin = try self.mask("办者: \"Jo Li\" 人列: [{名: \"Jane\"}]")
    #expect(latin("Jo Li, Jane") == "J***（1）, J***（2）")
    #expect(latin.inPlace("Jo Li, Jane") == "J***1, J**2")
  }

  @Test func onlyFieldsOfPersonsAreMasked() throws {
    let mask = try mask("述: \"赵六\" 人列: [{类: 组织 名: \"县委\"}, {名: \"钱七\"}, {类: 个人 名: \"孙八\"}]")
    // What is not known to be an organisation may be a person.
    #expect(mask("赵六、县委、钱七、孙八") == "赵六、县委、钱某某、孙某某")
  }

  @Test func inPlaceEveryOtherByteStays() throws {
    let table: [(name: String, text: String, masked: String)] = [
      ("张三", "名: \"张三\"", "名: \"张某\""), ("张三丰", "张三丰和张三", "张某某和张三"), ("欧阳修", "欧阳修", "欧阳某"),
      ("John Smith", "John Smith!", "J*********!"), ("𠮷野家", "𠮷野家", "𠮷某某"), ("田𠮷", "田𠮷", "田****"),
      ("José", "José", "J****"), ("张三", #"{"名":"\u5f20\u4e09"}"#, #"{"名":"\u5f20******"}"#),
    ]
    for row in table {
      let masked = try mask("办者: \"\(row.name)\"").inPlace(row.text)
      #expect(masked == row.masked, "\(row.name)")
      #expect(masked.utf8.count == row.text.utf8.count, "\(row.name)")
    }
  }

  @Test func aConditionMayLookThroughALongList() throws {
    let schema = """
      规则包 名 / names { 版本 "1" 档案 案 }
      结构 人 / person { 名 / name : 文本 }
      结构 组 / group { 头 / head : 文本 人名 当 存在 x 于 众 使 x.名 = "甲"
                        众 / members : 列表 人 }
      档案 案 / case { 组 / group : 组 }
      """
    let ruleSet = loadRules(
      [PackSource(folder: "names", files: [Source(path: "names.wz", text: schema)])]
    ).0
    let document = try CheckSchema.document(
      "组 { 头: \"张三\" 众 [ {名: \"乙\"} {名: \"甲\"} ] }", in: ruleSet)
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    #expect(ruleSet.check(document, options: CheckOptions(today: today)).mask("张三") == "张某某")
  }
}
