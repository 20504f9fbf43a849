import Testing
import WenzeModel

/// Every table of the language's three-valued logic, against what the manual says.
@Suite struct TruthTableTests {
  /// One expression with what it comes to over several documents.
  struct Table: Sendable, CustomTestStringConvertible {
    var expression: String
    var rows: [(fields: String, truth: Truth)]

    init(_ expression: String, _ rows: [(String, Truth)]) {
      self.expression = expression
      self.rows = rows.map { (fields: $0.0, truth: $0.1) }
    }

    var testDescription: String { expression }
  }

  /// The nine pairs of two booleans, of which an absent one is unknown.
  static func pairs(_ results: [Truth]) -> [(String, Truth)] {
    let values = ["是", "否", nil]
    let pairs = values.flatMap { a in
      values.map { b in
        [a.map { "甲: \($0)" }, b.map { "乙: \($0)" }].compactMap { $0 }.joined(separator: " ")
      }
    }
    return Array(zip(pairs, results))
  }

  static let connectives = [
    Table("甲 且 乙", pairs([.yes, .no, .unknown, .no, .no, .no, .unknown, .no, .unknown])),
    Table("甲 或 乙", pairs([.yes, .yes, .yes, .yes, .no, .unknown, .yes, .unknown, .unknown])),
    Table("非 甲", [("甲: 是", .no), ("甲: 否", .yes), ("", .unknown)]),
    Table(
      "甲 = 乙", pairs([.yes, .no, .unknown, .no, .yes, .unknown, .unknown, .unknown, .unknown])),
    Table(
      "甲 ≠ 乙", pairs([.no, .yes, .unknown, .yes, .no, .unknown, .unknown, .unknown, .unknown])),
  ]

  static let comparisons = [
    Table(
      "数甲 < 数乙",
      [
        ("数甲: 1 数乙: 2", .yes), ("数甲: 2 数乙: 2", .no), ("数甲: 3 数乙: 2", .no), ("数甲: 1", .unknown),
        ("数乙: 1", .unknown), ("", .unknown), ("数甲: 无 数乙: 1", .no),
      ]),
    Table(
      "数甲 ≤ 数乙",
      [("数甲: 2 数乙: 2", .yes), ("数甲: 3 数乙: 2", .no), ("数甲: 2", .unknown), ("数甲 无 数乙: 1", .no)]),
    Table("数甲 > 数乙", [("数甲: 3 数乙: 2", .yes), ("数甲: 2 数乙: 2", .no), ("数乙: 2", .unknown)]),
    Table("数甲 ≥ 数乙", [("数甲: 2 数乙: 2", .yes), ("数甲: 1 数乙: 2", .no), ("数乙: 2", .unknown)]),
    Table(
      "级甲 < 级乙",
      [("级甲: 低 级乙: 高", .yes), ("级甲: 高 级乙: 高", .no), ("级甲: 低", .unknown), ("级甲: 高", .unknown)]),
    Table("色甲 = 红", [("色甲: 红", .yes), ("色甲: 绿", .no), ("", .unknown), ("色甲 无", .no)]),
    Table("色甲 = 无", [("色甲: 红", .no), ("", .unknown), ("色甲 无", .yes)]),
    Table("有 色甲", [("色甲: 红", .yes), ("", .unknown), ("色甲 无", .no)]),
    Table("无 色甲", [("色甲: 红", .no), ("", .unknown), ("色甲 无", .yes)]),
    Table("色甲 已知", [("色甲: 红", .yes), ("", .no), ("色甲 无", .yes)]),
    Table("色甲 不详", [("色甲: 红", .no), ("", .yes), ("色甲 无", .no)]),
  ]

  static let memberships = [
    Table("色甲 属于 {红, 绿}", [("色甲: 红", .yes), ("色甲: 蓝", .no), ("", .unknown), ("色甲 无", .no)]),
    Table("色甲 属于 暖色", [("色甲: 红", .yes), ("色甲: 蓝", .no), ("", .unknown)]),
    Table(
      "色列 包含 红",
      [
        ("色列: [红, 绿]", .yes), ("色列: [绿]", .unknown), ("全: 是 色列: [绿]", .no), ("色列 无", .no),
        ("", .unknown), ("全: 是", .no), ("全: 是 色列: [绿, 等]", .unknown),
      ]),
    Table(
      "色甲 属于 色列",
      [
        ("色甲: 红 色列: [红]", .yes), ("色甲: 红 色列: [绿]", .unknown), ("全: 是 色甲: 红 色列: [绿]", .no),
        ("全: 是 色列: [绿]", .unknown), ("色列 无", .no), ("色甲 无 色列: [绿]", .no),
      ]),
    Table("式甲 属于 式", [("式甲: 一式", .yes), ("式甲: \"三式\"", .no), ("", .unknown), ("式甲 无", .no)]),
    Table("式甲 = 一式", [("式甲: 一式", .yes), ("式甲: \"三式\"", .no), ("", .unknown)]),
  ]

  static let quantifiers = [
    Table(
      "存在 x 于 项列 使 x.是",
      [
        ("项列: [{是: 是}]", .yes), ("项列: [{是: 否}]", .unknown), ("项列: [{}]", .unknown),
        ("全: 是 项列: [{是: 否}]", .no), ("全: 是 项列: [{}]", .unknown), ("全: 是 项列: [{是: 否}, 等]", .unknown),
        ("全: 是 项列: [{是: 是}, 等]", .yes), ("项列 无", .no), ("全: 是", .no), ("", .unknown),
        ("项列: [{是: 否}, {是: 是}]", .yes),
      ]),
    Table(
      "每个 x 于 项列 均 x.是",
      [
        ("项列: [{是: 是}]", .unknown), ("项列: [{是: 否}]", .no), ("全: 是 项列: [{是: 是}]", .yes),
        ("全: 是 项列: [{}]", .unknown), ("全: 是 项列: [{是: 是}, 等]", .unknown), ("项列 无", .yes),
        ("全: 是", .yes), ("", .unknown), ("全: 是 项列: [{是: 是}, {是: 否}]", .no),
      ]),
    Table(
      "不存在 x 于 项列 使 x.是",
      [("项列: [{是: 是}]", .no), ("全: 是 项列: [{是: 否}]", .yes), ("", .unknown), ("项列 无", .yes)]),
    Table("存在 x 于 项列 使 (x.是 且 非 x.是)", [("全: 是 项列: [{是: 否}]", .no), ("全: 是 项列: [{}]", .unknown)]),
    Table("有 项列", [("项列: [{}]", .yes), ("项列 无", .no), ("", .unknown), ("全: 是", .no)]),
    Table(
      "计数(项列) ≥ 2",
      [
        ("项列: [{}, {}]", .yes), ("项列: [{}]", .unknown), ("全: 是 项列: [{}]", .no), ("", .unknown),
        ("全: 是", .no),
      ]),
    Table("计数(项列) = 1", [("项列: [{}, {}]", .no), ("项列: [{}]", .unknown), ("全: 是 项列: [{}]", .yes)]),
    Table(
      "计数(x 于 项列 使 x.是) > 1",
      [
        ("全: 是 项列: [{是: 是}, {是: 是}]", .yes), ("全: 是 项列: [{是: 是}, {}]", .unknown),
        ("全: 是 项列: [{是: 是}, {是: 否}]", .no),
      ]),
    Table(
      "种数(x 于 项列 取 x.色) = 2",
      [
        ("全: 是 项列: [{色: 红}, {色: 绿}]", .yes), ("全: 是 项列: [{色: 红}, {色: 红}]", .no),
        ("全: 是 项列: [{色: 红}, {}]", .unknown),
      ]),
    Table(
      "最早(项列.日) = 2023-05-01",
      [
        ("全: 是 项列: [{日: 2023-05-02}, {日: 2023-05-01}]", .yes), ("项列: [{日: 2023-05-01}]", .unknown),
        ("全: 是 项列: [{日: 2023-05-01}, {}]", .unknown),
      ]),
    Table(
      "最早(已记 项列.日) = 2023-05-01",
      [("项列: [{日: 2023-05-01}, {}]", .yes), ("", .no)]),
  ]

  static let dates = [
    Table(
      "日甲 早于 日乙",
      [
        ("日甲: 2023-05-01 日乙: 2023-05-02", .yes), ("日甲: 2023-05-02 日乙: 2023-05-02", .no),
        ("日甲: 2023年5月 日乙: 2023-05-02", .unknown), ("日甲: 2023年4月 日乙: 2023-05-02", .yes),
        ("日甲: 2023年 日乙: 2022年", .no), ("日甲: 2023-05-31 日乙: 2023年5月", .no),
        ("日甲: 2023-05-02", .unknown), ("日甲 无 日乙: 2023-05-02", .no),
      ]),
    Table(
      "日甲 不晚于 日乙",
      [
        ("日甲: 2023-05-02 日乙: 2023-05-02", .yes), ("日甲: 2023-05-03 日乙: 2023-05-02", .no),
        ("日甲: 2023年5月 日乙: 2023-05-31", .yes), ("日甲: 2023年5月 日乙: 2023-05-02", .unknown),
        ("日甲 无 日乙: 2023-05-02", .no),
      ]),
    Table(
      "日甲 晚于 日乙",
      [("日甲: 2023-05-03 日乙: 2023-05-02", .yes), ("日甲: 2023-05-02 日乙: 2023-05-02", .no)]),
    Table(
      "日甲 不早于 日乙",
      [("日甲: 2023-05-02 日乙: 2023-05-02", .yes), ("日甲: 2023-05-01 日乙: 2023-05-02", .no)]),
    Table(
      "日甲 先于 日乙",
      [
        ("日甲: 2023-05-01 日乙: 2023-05-02", .yes), ("日甲: 2023-05-02 日乙: 2023-05-02", .unknown),
        ("日甲: 2023-05-03 日乙: 2023-05-02", .no),
        ("日甲: 2023-05-02 09:00 日乙: 2023-05-02 10:30", .yes),
        ("日甲: 2023-05-02 11:00 日乙: 2023-05-02 10:30", .no),
        ("日甲: 2023-05-02 11:00 日乙: 2023-05-02", .unknown),
      ]),
    Table(
      "日乙 在 日甲 后 1个月 内",
      [
        ("日甲: 2023-01-31 日乙: 2023-02-28", .yes), ("日甲: 2023-01-31 日乙: 2023-03-01", .no),
        ("日甲: 2023-01-31 日乙: 2023-01-30", .no), ("日甲: 2024-01-31 日乙: 2024-02-29", .yes),
        ("日甲: 2023-01-15 日乙: 2023年2月", .unknown), ("日甲: 2023-01-15", .unknown),
        ("日甲: 2023-01-15 日乙 无", .no),
      ]),
    Table(
      "日乙 在 日甲 前 30日 内",
      [("日甲: 2023-03-31 日乙: 2023-03-01", .yes), ("日甲: 2023-03-31 日乙: 2023-02-28", .no)]),
    Table(
      "日乙 - 日甲 = 28",
      [("日甲: 2023-02-01 日乙: 2023-03-01", .yes), ("日甲: 2023年2月 日乙: 2023-03-01", .unknown)]),
    Table("年度(日甲) = 2023", [("日甲: 2023年5月", .yes), ("日甲: 2022-12-31", .no), ("", .unknown)]),
  ]

  static let others = [
    Table(
      "计数(全部(x 于 项列 使 x.是 取 x.数)) = 1",
      [
        ("全: 是 项列: [{ 是: 是 数: 1 }, { 是: 否 数: 2 }]", .yes),
        ("全: 是 项列: [{ 是: 是 数: 1 }, { 是: 是 数: 2 }]", .no),
        ("全: 是 项列: [{ 是: 是 数: 1 }, { 数: 2 }]", .unknown),
        ("项列: [{ 是: 是 数: 1 }]", .unknown), ("全: 是", .no),
      ]),
    // What no row that is left would give is excluded, though the row is not decided.
    Table(
      "换[色甲, 级甲] = 蓝",
      [
        ("色甲: 红", .no), ("色甲: 绿", .unknown), ("级甲: 低", .no), ("级甲: 高", .unknown), ("", .unknown),
        ("色甲: 绿 级甲: 高", .yes), ("色甲: 绿 级甲: 低", .no),
      ]),
    Table("换[色甲, 级甲] = 绿", [("色甲: 红", .unknown), ("级甲: 中", .yes), ("级甲: 高", .unknown)]),
    Table("换[色甲, 级甲] = 色乙", [("色甲: 红 色乙: 蓝", .no), ("色乙: 蓝", .unknown), ("色甲: 红", .unknown)]),
    Table(
      "配[色甲, 级甲]",
      [
        ("色甲: 红 级甲: 低", .yes), ("色甲: 红 级甲: 高", .no), ("色甲: 绿 级甲: 高", .yes), ("色甲: 绿 级甲: 低", .no),
        ("色甲: 红", .unknown), ("级甲: 中", .no), ("级甲: 高", .unknown), ("级甲: 低", .unknown),
        ("", .unknown),
      ]),
    Table(
      "夹.是",
      [
        ("夹 { 是: 是 }", .yes), ("夹 { 是: 否 }", .no), ("夹 {}", .unknown), ("夹 无", .no), ("", .unknown),
        ("全: 是", .no),
      ]),
    Table("非 夹.是", [("夹 无", .yes), ("全: 是", .yes), ("", .unknown)]),
    Table("有 夹.日", [("夹 无", .no), ("夹 { 日: 2023-05-01 }", .yes), ("夹 {}", .unknown)]),
    Table("数甲 + 1 = 数乙 × 2", [("数甲: 3 数乙: 2", .yes), ("数甲: 4 数乙: 2", .no), ("数甲: 3", .unknown)]),
    Table(
      "数甲 ÷ 数乙 > 0.5", [("数甲: 2 数乙: 3", .yes), ("数甲: 1 数乙: 2", .no), ("数甲: 1 数乙: 0", .unknown)]),
    Table("数甲 ÷ 数乙 ≥ 50%", [("数甲: 1 数乙: 2", .yes)]),
    Table(
      "计数(差集(全部(色), 色列)) = 1",
      [("全: 是 色列: [红, 绿]", .yes), ("色列: [红, 绿]", .unknown), ("", .unknown)]),
    Table(
      "求和(数列) = 6", [("全: 是 数列: [1, 2, 3]", .yes), ("数列: [1, 2, 3]", .unknown), ("全: 是", .no)]),
    Table("最大(数列) = 3", [("全: 是 数列: [1, 3]", .yes), ("全: 是", .no)]),
    Table("众数(色列) = 红", [("全: 是 色列: [红, 绿, 红]", .yes), ("色列: [红]", .unknown)]),
    Table(
      "相似度(文, \"问责调查报告\") ≥ 0.9", [("文: \"问责调查报告\"", .yes), ("文: \"另一件事\"", .no), ("", .unknown)]),
    Table("计数(全部(日期)) = 2", [("日甲: 2023-05-01 夹 { 日: 2023-05-02 }", .yes), ("", .no)]),
    Table("时点 已知", [("日甲: 2023-05-01", .yes), ("", .no)]),
  ]

  @Test(arguments: connectives + comparisons + memberships + quantifiers + dates + others)
  func tableHolds(_ table: Table) throws {
    for row in table.rows {
      let truth = try TestSchema.truth(of: table.expression, over: row.fields)
      #expect(truth == row.truth, "\(table.expression) over { \(row.fields) }")
    }
  }
}
