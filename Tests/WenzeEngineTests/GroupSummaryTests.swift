import Foundation
import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Figures against a plain reading of their definitions, and that summaries merge.
@Suite struct GroupSummaryTests {
  private static let figures = """
    分组 关 为 机关, 年度(日) 为 年
    令 件数 = 计数()
    令 成数 = 计数(成)
    令 成率 = 占比(成)
    令 种 = 种数(色)
    令 和 = 求和(数)
    令 均 = 平均(分)
    令 大 = 最大(数)
    令 小 = 最小(级)
    令 早 = 最早(止)
    令 晚 = 最晚(止)
    令 中 = 中位数(数)
    令 九成 = 分位数(级, 90%)
    令 一成 = 分位数(止, 10%)
    令 常 = 众数(色)
    令 常比 = 最大占比(色)
    令 散 = 熵(色)
    令 首 = 首个(数, 止)
    令 末 = 最后(数, 止)
    令 同 = 雷同占比(文, 90%)
    令 上年 = 上期(和)
    令 总 = 全体(均)

    """

  /// One element, with nil for what is not recorded.
  private struct Item {
    var body: String?
    var year: Int?
    var done: Bool?
    var colour: Int?
    var grade: Int?
    var number: Int?
    /// In hundredths.
    var score: Int?
    /// The day of May 2023.
    var ended: Int?
    var words: Int?

    static let colours = ["红", "绿", "蓝"]
    static let grades = ["低", "中", "高"]
    static let texts = [
      "经查，该同志未认真履行职责，对下属单位监管不力，造成不良影响，应当予以问责",
      "会议指出安全生产责任重大，须逐级压实，任何单位不得推诿扯皮，务求实效",
      "群众反映的道路问题拖延两年未解决，镇里既未回应也未上报县交通局",
    ]

    init(_ random: inout SplitMix64) {
      func maybe<Result>(_ value: Result, _ random: inout SplitMix64) -> Result? {
        Int.random(in: 0..<6, using: &random) == 0 ? nil : value
      }
      func number(_ range: Range<Int>, _ random: inout SplitMix64) -> Int? {
        maybe(Int.random(in: range, using: &random), &random)
      }
      body = maybe(["甲", "乙"][Int.random(in: 0..<2, using: &random)], &random)
      year = number(2021..<2024, &random)
      done = maybe(Bool.random(using: &random), &random)
      colour = number(0..<3, &random)
      grade = number(0..<3, &random)
      self.number = number(-3..<9, &random)
      score = number(0..<300, &random)
      ended = number(1..<29, &random)
      words = number(0..<3, &random)
    }

    var fields: String {
      [
        body.map { "关: \"\($0)\"" }, year.map { "日: \($0)-03-01" },
        done.map { "成: \($0 ? "是" : "否")" },
        colour.map { "色: \(Item.colours[$0])" }, grade.map { "级: \(Item.grades[$0])" },
        number.map { "数: \($0)" }, score.map { "分: \(Double($0) / 100)" },
        ended.map { "止: 2023-05-\($0 < 10 ? "0" : "")\($0)" },
        words.map { "文: \"\(Item.texts[$0])\"" },
      ]
      .compactMap { $0 }.joined(separator: " ")
    }
  }

  /// What the figures are by their definitions.
  private struct Reference {
    let items: [Item]
    let group: [Item]

    private func text(_ value: Int?) -> String { value.map { "\($0)" } ?? "（未记载）" }

    private func text(_ millionths: Int?, share: Bool) -> String {
      millionths.map { FixedDecimal(millionths: $0).text } ?? "（未记载）"
    }

    private func ranked(_ values: [Int], _ percent: Int) -> Int? {
      let sorted = values.sorted()
      // The least value that is no less than this part of all.
      return sorted.first { value in
        sorted.count { $0 <= value } * 100 >= percent * sorted.count
      }
    }

    private func mean(_ items: [Item]) -> Int? {
      let scores = items.compactMap(\.score)
      return scores.isEmpty ? nil : scores.reduce(0, +) * 10_000 / scores.count
    }

    func figures(key: (String, Int)) -> [String] {
      let done = group.compactMap(\.done)
      let colours = group.compactMap(\.colour)
      let numbers = group.compactMap(\.number)
      let ended = group.compactMap(\.ended)
      let counts = (0..<3).map { colour in colours.count { $0 == colour } }
      let mode = colours.isEmpty ? nil : counts.firstIndex(of: counts.max() ?? 0)
      let bits = counts.filter { $0 > 0 }.reduce(0.0) { sum, count in
        let share = Double(count) / Double(colours.count)
        return sum - share * log2(share)
      }
      func day(_ day: Int?) -> String { day.map { "2023年5月\($0)日" } ?? "（未记载）" }
      let dated = group.filter { $0.number != nil && $0.ended != nil }
      func extreme(_ day: Int?) -> String {
        let values = Set(dated.filter { $0.ended == day }.compactMap(\.number))
        return text(values.count == 1 ? values.first : nil)
      }
      let texts = group.compactMap(\.words)
      let alike = texts.count { text in texts.count { $0 == text } > 1 }
      let before = items.filter { $0.body == key.0 && $0.year == key.1 - 1 }
      let isCovered = items.contains { $0.body != nil && $0.year == key.1 - 1 }
      return [
        "件数=\(group.count)", "成数=\(done.count { $0 })",
        "成率="
          + text(
            done.isEmpty ? nil : done.count { $0 } * 1_000_000 / done.count, share: true),
        "种=\(Set(colours).count)", "和=\(numbers.reduce(0, +))",
        "均=" + text(mean(group), share: false), "大=" + text(numbers.max()),
        "小=" + (group.compactMap(\.grade).min().map { Item.grades[$0] } ?? "（未记载）"),
        "早=" + day(ended.min()), "晚=" + day(ended.max()), "中=" + text(ranked(numbers, 50)),
        "九成=" + (ranked(group.compactMap(\.grade), 90).map { Item.grades[$0] } ?? "（未记载）"),
        "一成=" + day(ranked(ended, 10)), "常=" + (mode.map { Item.colours[$0] } ?? "（未记载）"),
        "常比="
          + text(
            colours.isEmpty ? nil : (counts.max() ?? 0) * 1_000_000 / colours.count, share: true),
        "散="
          + text(
            colours.isEmpty ? nil : Int((bits * 1_000_000).rounded()), share: false),
        "首=" + extreme(dated.compactMap(\.ended).min()),
        "末=" + extreme(dated.compactMap(\.ended).max()),
        "同=" + text(texts.isEmpty ? nil : alike * 1_000_000 / texts.count, share: true),
        "上年=" + text(isCovered ? before.compactMap(\.number).reduce(0, +) : nil),
        "总=" + text(mean(items.filter { $0.body != nil && $0.year != nil }), share: false),
      ]
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func figuresAreWhatTheirDefinitionsSay(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let items = (0..<Int.random(in: 1...60, using: &random)).map { _ in Item(&random) }
    let (ruleSet, findings) = try AggregateSupport.findings(Self.figures, over: items.map(\.fields))
    let groups = Dictionary(
      grouping: items.filter { $0.body != nil && $0.year != nil },
      by: { "机关：\($0.body ?? "")，年：\($0.year ?? 0)" })
    #expect(
      findings.map { $0.keyText(in: ruleSet).chinese }.sorted() == groups.keys.sorted(),
      "seed \(seed)")
    for finding in findings {
      let group = groups[finding.keyText(in: ruleSet).chinese] ?? []
      let figures = finding.figures.map {
        "\($0.name.chinese)=\(ruleSet.text(of: $0.value, in: .chinese))"
      }
      let key = (group.first?.body ?? "", group.first?.year ?? 0)
      #expect(
        figures == Reference(items: items, group: group).figures(key: key),
        "seed \(seed), \(finding.keyText(in: ruleSet).chinese)")
      #expect(finding.leftOut == items.count { $0.body == nil || $0.year == nil })
    }
  }

  /// However a corpus is split, and in whatever order its parts are joined.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func runsMerge(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let each = AggregateSupport.rule(
      "分组 色 为 色 令 上 = 分位数(数, 60%) 逐件 应当 数 ≤ 上 警告 \"{号}{数}\" / \"{id}\"", code: "S2")
    let ruleSet = try AggregateSupport.load(AggregateSupport.rule(Self.figures) + each)
    let fields = (0..<Int.random(in: 0...50, using: &random)).map { _ in Item(&random).fields }
    let documents = try AggregateSupport.documents(fields, in: ruleSet)
    let whole = try AggregateSupport.run(documents, in: ruleSet)
    let expected = text(of: whole, in: ruleSet)
    var parts: [[Document]] = Array(repeating: [], count: Int.random(in: 1...6, using: &random))
    for document in documents.shuffled(using: &random) {
      parts[Int.random(in: parts.indices, using: &random)].append(document)
    }
    var runs = try parts.map { try AggregateSupport.run($0, in: ruleSet) }
    while runs.count > 1 {
      runs.shuffle(using: &random)
      let last = runs.removeLast()
      runs[0].merge(last)
    }
    #expect(text(of: runs[0], in: ruleSet) == expected, "seed \(seed)")
  }

  private func text(of run: GroupRun, in ruleSet: RuleSet) -> [String] {
    let findings = run.findings { _ in true }
    return zip(findings, AggregateSupport.lines(findings, in: ruleSet)).map { finding, line in
      "\(finding.rule) \(line) \(finding.message) \(finding.size) \(finding.leftOut)"
    }
  }
}

/// The share of texts that are like another one.
@Suite struct TextSignatureTests {
  /// Two random texts of which a part of the shingles is common, and their exact similarity.
  private func pair(_ random: inout SplitMix64) -> (String, String, Double) {
    func letters(_ count: Int) -> String {
      String(
        (0..<count).compactMap { _ in
          Unicode.Scalar(0x4E00 + UInt32.random(in: 0..<5_000, using: &random)).map(Character.init)
        })
    }
    let common = letters(Int.random(in: 100...200, using: &random))
    let left = common + letters(Int.random(in: 0...60, using: &random))
    let right = common + letters(Int.random(in: 0...60, using: &random))
    func shingles(_ text: String) -> Set<String> {
      let characters = Array(text)
      return Set((0...(characters.count - 3)).map { String(characters[$0..<($0 + 3)]) })
    }
    let (a, b) = (shingles(left), shingles(right))
    return (left, right, Double(a.intersection(b).count) / Double(a.union(b).count))
  }

  /// The error is the one that is stated: without bias, and of a standard deviation of
  /// √(P(1−P)/128) · 256/255, where P = J + (1−J)/256.
  @Test func theErrorIsTheOneStated() throws {
    var random = SplitMix64(state: 7)
    let count = 600
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<count {
      let (left, right, similarity) = pair(&random)
      let (a, b) = (try #require(TextSignature(of: left)), try #require(TextSignature(of: right)))
      let estimate = Double(a.similarity(to: b)) / 1_000_000
      let agreeing = similarity + (1 - similarity) / 256
      let deviation =
        (agreeing * (1 - agreeing) / Double(TextSignature.count)).squareRoot() * 256 / 255
      let error = (estimate - similarity) / max(deviation, 0.001)
      sum += error
      squares += error * error
    }
    // Of 600 standardised errors the mean is within 4/√600 and the mean square within 4·√(2/600) of 1.
    #expect(abs(sum / Double(count)) < 0.17, "\(sum / Double(count))")
    #expect(squares / Double(count) < 1.24, "\(squares / Double(count))")
  }

  @Test func punctuationAndBlanksDoNotCount() throws {
    let plain = try #require(TextSignature(of: "未认真履行职责监管不力"))
    #expect(TextSignature(of: "未认真履行职责，监管不力。") == plain)
    #expect(TextSignature(of: "未认真履行 职责 监管不力") == plain)
    #expect(TextSignature(of: "，。 ") == nil)
    #expect(TextSignature(of: "短") == TextSignature(of: "短！"))
    // The same everywhere and always, so that summaries of two machines merge.
    #expect(plain.minima.prefix(3) == [89, 169, 202])
  }

  @Test func nearDuplicatesAreFoundAmongManyTexts() throws {
    let base = Item.base
    let almost = base.replacing("两年", with: "三年")
    let lines = try AggregateSupport.lines(
      "令 同 = 雷同占比(文, 85%) 令 全同 = 雷同占比(文, 100%)",
      over: [base, almost, base, "毫不相干的另一份材料", "第二份毫不相干的材料"].map { "文: \"\($0)\"" } + [
        "", "文: \"，\"",
      ])
    #expect(lines == ["违规 同=0.6(-2) 全同=0.4(-2) [0,1,2,3,4,5,6]"])
  }

  private enum Item {
    static let base =
      "群众反映的道路问题拖延两年未解决，镇里既未回应也未上报县交通局，县纪委监委经初步核实，认定镇党委主要负责人对此负有主要领导责任，"
      + "分管负责人负有重要领导责任，建议予以问责，并责令限期整改，整改情况于六十日内书面报告县委"
  }
}

/// The bound against sums of probabilities as textbooks print them.
@Suite struct PoissonBoundTests {
  @Test(arguments: [
    ("0", "99%", 0), ("1", "95%", 3), ("1", "99%", 4), ("3", "95%", 6), ("5", "99%", 11),
    ("10", "95%", 15), ("10", "99%", 18), ("0.5", "50%", 0), ("100", "97.5%", 120),
    ("1000000", "50%", 1_000_000),
  ])
  func isTheLeastThatHoldsTheLevel(mean: String, level: String, bound: Int) throws {
    let (mean, level) = (
      try #require(FixedDecimal(text: mean)), try #require(FixedDecimal(text: level))
    )
    #expect(poissonBound(mean: mean, level: level) == bound)
  }

  @Test func agreesWithTheSumOfProbabilities() throws {
    for tenths in stride(from: 1, through: 300, by: 7) {
      for percent in [50, 90, 95, 99] {
        let mean = Double(tenths) / 10
        var (term, sum, k) = (exp(-mean), exp(-mean), 0)
        while sum < Double(percent) / 100 {
          k += 1
          term *= mean / Double(k)
          sum += term
        }
        let bound = poissonBound(
          mean: FixedDecimal(millionths: tenths * 100_000),
          level: FixedDecimal(millionths: percent * 10_000))
        #expect(bound == k, "\(mean) \(percent)")
      }
    }
  }

  @Test func whatIsNoMeanOrLevelHasNoBound() {
    let one = FixedDecimal(millionths: 1_000_000)
    let half = FixedDecimal(millionths: 500_000)
    #expect(poissonBound(mean: FixedDecimal(millionths: -1), level: half) == nil)
    #expect(poissonBound(mean: one, level: one) == nil)
    #expect(poissonBound(mean: one, level: FixedDecimal(millionths: 0)) == nil)
    #expect(poissonBound(mean: FixedDecimal(millionths: 1_000_000_000_001), level: half) == nil)
  }
}
