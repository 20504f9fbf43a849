import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Each mistake is told, by its own rule, and by no other.
///
/// That the dossiers show nothing as they stand is a matter of their headers, and of ``FixtureTests``.
@Suite struct DefectTests {
  static let defects = Defect.all(below: "Tests/WenzeTests/Defects")
  static let dossiers = ["clean-organisation", "clean-cadre"]

  @Test(arguments: defects)
  func isFoundAndNothingElse(defect: Defect) throws {
    let result = try check(defect.text(claimingCompleteness: true), today: defect.today)
    let found = codes(of: .violation, in: result)
    #expect(found == defect.codes, "\(messages(of: .violation, in: result))")
  }

  /// What was removed from a file that claims no completeness is merely not recorded.
  @Test(arguments: defects.filter(\.isOpen))
  func isUndeterminedWhereTheFileMayGoOn(defect: Defect) throws {
    let result = try check(defect.text(claimingCompleteness: false), today: defect.today)
    #expect(codes(of: .violation, in: result) == [], "\(messages(of: .violation, in: result))")
    #expect(codes(of: .undetermined, in: result).contains(try #require(defect.code)))
  }

  /// Lines are taken out one at a time; most hold one field.
  @Test(arguments: dossiers)
  func aLineThatIsNotRecordedIsNoViolation(name: String) throws {
    var text = try Repository.dossier(name)
    try text.replace([Repository.claim], with: [])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let removable = lines.indices.filter { isWhole(lines[$0]) && !lines[$0].contains("编号:") }
    #expect(removable.count > 60)
    for index in removable {
      var rest = lines
      rest.remove(at: index)
      let result = try check(rest.joined(separator: "\n"), today: "2026-11-21")
      #expect(
        codes(of: .violation, in: result) == [],
        "without \(lines[index]): \(messages(of: .violation, in: result))")
    }
  }

  /// Of the rules that speak of one dossier like these, at the time of their decisions.
  @Test func everyRuleHasADefect() throws {
    let day = try #require(CalendarDate(year: 2024, month: 6, day: 28))
    let ruleSet = Repository.rules.ruleSet
    let dossier = try check(Repository.dossier("clean-cadre"), today: "2026-11-21").document.dossier
    let rules = ruleSet.rules.filter { rule in
      let law = rule.law.map { ruleSet.laws[$0] }
      return rule.dossier == dossier && rule.aggregation == nil && !rule.isDisabled
        && law?.isInForce(on: day) != .no
    }
    #expect(rules.count > 60)
    let missing = Set(rules.map(\.code)).subtracting(Self.defects.compactMap(\.code))
    #expect(missing.sorted() == [])
  }

  @Test func everyDefectNamesARuleAndIsToldOnce() {
    let codes = Set(Repository.rules.ruleSet.codes)
    for defect in Self.defects {
      #expect(codes.isSuperset(of: defect.codes), "\(defect.testDescription)")
    }
    let titles = Self.defects.map(\.testDescription)
    #expect(Set(titles).count == titles.count)
  }

  private func check(_ text: String, today: String) throws -> DocumentResult {
    let date = try #require(CalendarDate(text: today))
    let run = CheckRun(rules: Repository.rules, options: CheckOptions(today: date))
    let report = run.report(
      on: Source(path: "x.wz", text: text), format: .wenze,
      options: ReportOptions(language: .chinese))
    let file = try #require(report.files.first)
    try #require(
      file.diagnostics.allSatisfy { $0.severity != .error } && file.results.count == 1,
      "\(report.problemText)")
    return file.results[0]
  }

  private func codes(of verdict: Verdict, in result: DocumentResult) -> [String] {
    let rules = Repository.rules.ruleSet.rules
    return Set(result.findings.filter { $0.verdict == verdict }.map { rules[$0.rule].code })
      .sorted()
  }

  private func messages(of verdict: Verdict, in result: DocumentResult) -> String {
    result.findings.filter { $0.verdict == verdict }
      .map { Repository.rules.ruleSet.rules[$0.rule].code + " " + $0.message.chinese }
      .joined(separator: "\n")
  }

  /// Whether a line of a dossier can be taken out without the lines around it.
  private func isWhole(_ line: Substring) -> Bool {
    let content = line.drop { $0 == " " }
    return !content.isEmpty && !content.hasPrefix("//")
      && content.count { "{[".contains($0) } == content.count { "}]".contains($0) }
      && !"}]".contains(content.first ?? "}")
  }
}
