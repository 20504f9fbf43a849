import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Every `BadPacks/NAME.wz` is a pack with one fault, on top of `BadPacks/base`, which has none;
/// `NAME.wz.expected` holds what is said about it.
@Suite struct LintTests {
  private static let folder = GoldenFolder(named: "BadPacks")

  /// What lint says of a pack on top of the base.
  private static func findings(in packs: [PackSource]) throws -> (RuleSet, [LocatedDiagnostic]) {
    let base = Source(path: "base.wz", text: try folder.text(of: "base/base.wz"))
    let (ruleSet, problems) = loadRules([PackSource(folder: "base", files: [base])] + packs)
    let run = LintRun(ruleSet, problems: problems, today: CalendarDate(text: "2026-11-21"))
    return (ruleSet, run.outcome().findings)
  }

  @Test(arguments: folder.names())
  func isReportedWithItsFaultAlone(name: String) throws {
    let source = Source(path: name, text: try Self.folder.text(of: name))
    let (ruleSet, findings) = try Self.findings(in: [PackSource(folder: "bad", files: [source])])
    #expect(findings.count == 1, "\(findings.map { "\($0.diagnostic.code) \($0.path)" })")
    #expect(findings.allSatisfy { $0.path == name })
    let text = Language.allCases.flatMap { language in
      problemTexts(
        of: findings, sources: ruleSet.sources,
        DiagnosticRenderer(language: language, color: false))
    }
    let difference = try Self.folder.difference(of: text.joined(separator: "\n"), from: name)
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// The tests in bad packs pass, so that the fault of a pack is the one that is reported.
  @Test(arguments: folder.names())
  func testsInBadPacksPass(name: String) throws {
    let source = Source(path: name, text: try Self.folder.text(of: name))
    let (ruleSet, findings) = try Self.findings(in: [PackSource(folder: "bad", files: [source])])
    guard findings.allSatisfy({ $0.diagnostic.code.hasPrefix("L") }) else { return }
    for test in ruleSet.tests {
      let outcome = ruleSet.run(test)
      #expect(outcome.failures.isEmpty, "\(outcome.text(in: ruleSet, language: .chinese))")
    }
  }

  @Test func thereAreManyBadPacks() {
    #expect(Self.folder.names().count >= 40)
  }

  @Test func theirBaseIsClean() throws {
    let (ruleSet, findings) = try Self.findings(in: [])
    #expect(findings.isEmpty)
    #expect(ruleSet.codes == ["B001"])
  }

  @Test func theShippedPacksAreClean() {
    let rules = Repository.rules
    let findings = LintRun(rules.ruleSet, problems: rules.problems).outcome().findings
    let text = problemTexts(
      of: findings, sources: rules.ruleSet.sources,
      DiagnosticRenderer(language: .english, color: false))
    #expect(findings.isEmpty, "\(text.joined(separator: "\n"))")
  }

  @Test func findingsOfOnePackAreThoseInItsSources() throws {
    let packs = try ["base/base.wz", "unused-set.wz"]
      .map { name in
        PackSource(folder: name, files: [Source(path: name, text: try Self.folder.text(of: name))])
      }
    let (ruleSet, problems) = loadRules(packs)
    func codes(inPack name: String) -> [String] {
      let numbers = ruleSet.packs.indices.filter { ruleSet.packs[$0].name.english == name }
      return LintRun(ruleSet, problems: problems, packs: Set(numbers)).outcome().findings
        .map(\.diagnostic.code)
    }
    #expect(codes(inPack: "bad") == ["L0101"])
    #expect(codes(inPack: "base") == [])
  }
}
