import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What is said of gaps and overlaps of tables is what trying every combination says.
@Suite struct TableExampleTests {
  /// 4 seeds of 80 tables.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func gapsAndOverlapsAreThoseOfEveryCombination(seed: UInt64) throws {
    var generator = TableGenerator(random: SplitMix64(state: seed &* 5_741))
    var gaps = 0
    var overlaps = 0
    for round in 0..<80 {
      let (ruleSet, problems) = try Self.load(generator.table())
      let table = try #require(ruleSet.tables.first)
      let place = "seed \(seed), round \(round): \(table.rows)"
      let counts = Self.combinations.map { Self.matches($0, in: ruleSet) }
      #expect((table.gap != nil) == counts.contains(0), "\(place)")
      if let gap = table.gap {
        gaps += 1
        #expect(Self.matches(gap, in: ruleSet) == 0, "\(place): \(gap)")
      }
      if table.isUnique {
        #expect((table.overlap != nil) == counts.contains { $0 > 1 }, "\(place)")
      }
      if let overlap = table.overlap {
        overlaps += 1
        #expect(Self.matches(overlap, in: ruleSet) > 1, "\(place): \(overlap)")
      }
      let codes = Set(problems.map(\.diagnostic.code))
      #expect(codes.contains("E0605") == (table.gap != nil))
      #expect(codes.contains("E0604") == (table.overlap != nil))
    }
    #expect(gaps > 5 && gaps < 80)
    #expect(overlaps > 5)
  }

  /// The case of a gap has known arguments for which the table has no row.
  @Test func theCaseOfAGapShowsIt() throws {
    let today = try #require(CalendarDate(text: "2026-11-21"))
    var generator = TableGenerator(random: SplitMix64(state: 3))
    var shown = 0
    for _ in 0..<20 {
      let (ruleSet, problems) = try Self.load(generator.table())
      let findings = LintRun(ruleSet, problems: problems, today: today).outcome().findings
      for finding in findings where finding.diagnostic.code == "E0605" {
        let opening = "例如：\n"
        let note = try #require(
          finding.diagnostic.notes.map(\.chinese).first { $0.hasPrefix(opening) })
        let parsed = parse(Source(path: "case.wz", text: String(note.dropFirst(opening.count))))
        guard case .document(let syntax)? = parsed.declarations.first else {
          Issue.record("\(note)")
          continue
        }
        let document = try #require(ruleSet.decode(WrittenDocument(syntax)).0)
        let judgements = ruleSet.explain("C001", in: document, today: today)
        #expect(judgements.contains { $0.requirement.hasLookupWithoutRow }, "\(note)")
        shown += 1
      }
    }
    #expect(shown > 5)
  }

  private static func load(_ table: String) throws -> (RuleSet, [LocatedDiagnostic]) {
    let base = try GoldenFolder(named: "BadPacks").text(of: "base/base.wz")
    let pack = """
      规则包 坏包 / bad { 版本 "1" 依赖 底包 档案 文书 }
      \(table)
      规则 C001 天数过长 / too_long {
          依据 条例 第二条
          不得 3 > 某表[文书类型, 承办人.级别, 天数, 批准]
          错误 "不对" / "wrong"
      }
      """
    return loadRules([
      PackSource(folder: "base", files: [Source(path: "base.wz", text: base)]),
      PackSource(folder: "bad", files: [Source(path: "bad.wz", text: pack)]),
    ])
  }

  /// Every combination of arguments that cells could tell apart.
  private static let combinations: [[Value]] = (0..<2).flatMap { kind in
    (0..<3).flatMap { grade in
      (-1...8).flatMap { number in
        [true, false].map { approved in
          [
            .symbol(enumeration: 0, entry: kind), .symbol(enumeration: 1, entry: grade),
            .integer(number), .boolean(approved),
          ]
        }
      }
    }
  }

  /// How many rows are taken for arguments; where the interpreter finds a row there has to be one.
  private static func matches(_ arguments: [Value], in ruleSet: RuleSet) -> Int {
    guard let table = ruleSet.tables.first, let today = CalendarDate(text: "2026-11-21") else {
      return -1
    }
    let document = Document(
      dossier: 0, id: nil, isComplete: false, fields: [], waivers: [], range: SourceRange(0, 0))
    var evaluator = TermEvaluator(ruleSet: ruleSet, document: document, today: today)
    let constants = zip(arguments, table.columns).map { value, column in
      Term(.constant(value), column.type, at: table.origin)
    }
    let found = evaluator.value(of: Term(.lookup(0, constants), table.result, at: table.origin))
    let rows = table.rows.filter { row in
      zip(row.cells, arguments).allSatisfy { takes($0, $1) }
    }
    #expect(found == rows.first?.result ?? .unknown, "\(arguments)")
    return rows.count
  }

  private static func takes(_ cell: Table.Cell, _ value: Value) -> Bool {
    func number(_ value: Value) -> Int {
      switch value {
      case .integer(let number): number
      case .symbol(_, let entry): entry
      default: 0
      }
    }
    switch cell {
    case .any: return true
    case .values(let values): return values.contains(value)
    case .compared(let operation, let limit):
      let (left, right) = (number(value), number(limit))
      return switch operation {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      default: left != right
      }
    }
  }
}

extension Derivation {
  /// Whether a table was asked that had no row for what is known.
  fileprivate var hasLookupWithoutRow: Bool {
    if case .lookup(_, nil, _) = role, children.allSatisfy({ !$0.value.isUnknown }) { return true }
    return children.contains(where: \.hasLookupWithoutRow)
  }
}

/// Makes tables of a few rows over four arguments.
private struct TableGenerator {
  var random: SplitMix64

  mutating func table() -> String {
    let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in row() }
    let policy = Bool.random(using: &random) ? " 唯一" : ""
    return "表 某表 / some_table (类 / sort: 类型, 级 / step: 级别, 数 / number: 整数, 准 / approval: 是否)"
      + " -> 整数\(policy) 依据 条例 第四条 {\n" + rows.joined() + "}"
  }

  private mutating func row() -> String {
    let cells = [
      one(["任意", "任意", "甲类", "乙类"]), one(["任意", "任意", "< 高", "中", "≥ 中"]),
      one(["任意", "任意", "< 3", "≤ 3", "≥ 4", "> 3", "5", "≥ 3"]), one(["任意", "任意", "是", "否"]),
    ]
    return "| " + cells.joined(separator: " | ") + " | \(Int.random(in: 1...9, using: &random)) |\n"
  }

  private mutating func one(_ choices: [String]) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
