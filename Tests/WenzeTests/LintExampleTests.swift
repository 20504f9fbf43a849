import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The case that comes with a finding about conditions, written to a file and checked with the
/// packs that the finding is about, shows what the finding says.
@Suite struct LintExampleTests {
  private static let folder = GoldenFolder(named: "BadPacks")

  @Test(arguments: folder.names())
  func casesOfBadPacksShowTheFault(name: String) throws {
    let told = try confirmFindings(in: Self.folder.text(of: name), name)
    let expected = try Self.folder.text(of: name + ".expected")
    if expected.contains("L08") { #expect(told.count == 1) }
  }

  /// 4 seeds of 20 packs of two rules over few fields.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func casesOfRandomPacksShowTheFaults(seed: UInt64) throws {
    var generator = RuleGenerator(random: SplitMix64(state: seed &* 7_919))
    var told: [String: Int] = [:]
    for round in 0..<20 {
      let pack = generator.pack()
      for code in try confirmFindings(in: pack, "seed \(seed), round \(round)") {
        told[code, default: 0] += 1
      }
    }
    #expect(told.count >= 3, "\(told)")
    #expect(told.values.reduce(0, +) >= 5, "\(told)")
  }

  /// Checks the case of every finding about conditions; returns their codes.
  private func confirmFindings(in pack: String, _ place: String) throws -> [String] {
    let root = FileManager.default.temporaryDirectory.appending(path: "wenze-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let base = try Self.folder.text(of: "base/base.wz")
    for (name, text) in [("base", base), ("bad", pack)] {
      let folder = root.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: folder.appending(path: "\(name).wz"), atomically: true, encoding: .utf8)
    }
    let folders = ["base", "bad"].map { root.appending(path: $0).path(percentEncoded: false) }
    let rules = LoadedRules(folders: folders, usesBuiltIn: false)
    guard rules.isSound else { return [] }
    let today = try #require(CalendarDate(text: "2026-11-21"))
    let findings = LintRun(rules.ruleSet, problems: rules.problems, today: today).outcome().findings
    var codes: [String] = []
    for finding in findings where finding.diagnostic.code.hasPrefix("L08") {
      let diagnostic = finding.diagnostic
      let opening = "例如：\n"
      let note = diagnostic.notes.map(\.chinese).first { $0.hasPrefix(opening) }
      let text = String(
        try #require(note, "\(place): \(diagnostic.message.english)").dropFirst(opening.count))
      let file = root.appending(path: "case.wz")
      try text.write(to: file, atomically: true, encoding: .utf8)
      let report = CheckRun(rules: rules, options: CheckOptions(today: today))
        .report(
          on: [file.path(percentEncoded: false)], options: ReportOptions(language: .chinese))
      #expect(report.problemText.isEmpty, "\(place): \(report.problemText)")
      let result = try #require(report.files.first?.results.first)
      let shown = Shown(rules.ruleSet, result, finding, today)
      let isAsSaid = shown.isAsSaid
      #expect(isAsSaid, "\(place): \(diagnostic.code) \(diagnostic.message.english)\n\(text)")
      codes.append(diagnostic.code)
    }
    return codes
  }
}

/// What a case shows of a finding.
private struct Shown {
  let ruleSet: RuleSet
  let result: DocumentResult
  let diagnostic: Diagnostic
  let path: String
  let today: CalendarDate

  init(
    _ ruleSet: RuleSet, _ result: DocumentResult, _ finding: LocatedDiagnostic,
    _ today: CalendarDate
  ) {
    self.ruleSet = ruleSet
    self.result = result
    diagnostic = finding.diagnostic
    path = finding.path
    self.today = today
  }

  var isAsSaid: Bool {
    switch diagnostic.code {
    case "L0801": values == [.yes]
    case "L0802": values == [.no]
    case "L0803": !verdict.isEmpty && verdict.isDisjoint(with: [.violation, .compliant])
    case "L0804": !verdict.isEmpty && !verdict.contains(.violation)
    case "L0805": verdict == [.violation]
    case "L0806": !verdict.isEmpty && !verdict.contains(.notApplicable)
    case "L0807":
      verdict == [.compliant] && !others.isEmpty
        && others.isDisjoint(with: [.compliant, .notApplicable])
    case "L0808": verdict == [.violation] && others == [.violation]
    default: false
    }
  }

  /// The verdicts of the rule that the finding is about.
  private var verdict: Set<Verdict> { verdicts(at: diagnostic.range, in: path) }

  /// Those of the other rule.
  private var others: Set<Verdict> {
    let other = diagnostic.related.first
    return verdicts(at: other?.range, in: other?.path ?? path)
  }

  private func verdicts(at range: SourceRange?, in path: String) -> Set<Verdict> {
    let rules = ruleSet.rules.indices.filter { number in
      let rule = ruleSet.rules[number]
      guard let range, ruleSet.sources[rule.origin.source].path == path else { return false }
      return rule.origin.range == range
        || rule.exceptions.contains { $0.condition.origin.range == range }
    }
    return Set(result.verdicts.filter { rules.contains($0.rule) }.map(\.verdict))
  }

  /// What the condition came to.
  private var values: Set<Truth> {
    var found: Set<Truth> = []
    func visit(_ part: Derivation) {
      if part.origin.range == diagnostic.range { found.insert(part.value.truth) }
      part.children.forEach(visit)
    }
    for rule in ruleSet.rules where ruleSet.packs[rule.pack].name.english == "bad" {
      for judgement in ruleSet.explain(rule.code, in: result.document, today: today) {
        (judgement.applies + judgement.exceptions + [judgement.requirement]).forEach(visit)
      }
    }
    return found
  }
}

/// Makes packs of two rules over the base of the bad packs.
private struct RuleGenerator {
  var random: SplitMix64

  mutating func pack() -> String {
    "规则包 坏包 / bad { 版本 \"1\" 依赖 底包 档案 文书 }\n" + rule("C001") + rule("C002")
  }

  private mutating func rule(_ code: String) -> String {
    var clauses: [String] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) { clauses.append("适用 " + condition(1)) }
    if Int.random(in: 0...2, using: &random) == 0 { clauses.append("除非 " + condition(1)) }
    clauses.append("应当 " + condition(1))
    return "规则 \(code) 名\(code) / n\(code) {\n依据 条例 第二条\n"
      + clauses.joined(separator: "\n") + "\n错误 \"错\" / \"wrong\"\n}\n"
  }

  private mutating func condition(_ depth: Int) -> String {
    guard depth > 0, Bool.random(using: &random) else { return atom() }
    let connective = Bool.random(using: &random) ? " 且 " : " 或 "
    return "(" + condition(depth - 1) + connective + condition(depth - 1) + ")"
  }

  private mutating func atom() -> String {
    let atoms = [
      "批准", "非 批准", "天数 > 5", "天数 > 3", "天数 < 3", "天数 < 9", "天数 = 4", "文书类型 = 甲类",
      "文书类型 = 乙类", "承办人.级别 > 低", "承办人.级别 = 高", "承办人.到场", "有 承办人",
      "日期 早于 2021-01-01", "日期 晚于 2020-01-01", "存在 x 于 出席 使 x.到场",
      "每个 x 于 出席 均 x.级别 = 高",
    ]
    return atoms[Int.random(in: atoms.indices, using: &random)]
  }
}
