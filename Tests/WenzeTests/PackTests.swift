import Foundation
import Testing
import Wenze
import WenzeEngine
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The tests that the packs themselves hold.
@Suite struct PackTests {
  static let tests = Repository.rules.ruleSet.tests

  @Test func everyTestOfThePacksPasses() {
    let ruleSet = Repository.rules.ruleSet
    #expect(Self.tests.count > 100)
    for test in Self.tests {
      let outcome = ruleSet.run(test)
      #expect(outcome.failures.isEmpty, "\(outcome.text(in: ruleSet, language: .chinese))")
    }
  }

  /// A violation, a compliance and an undetermined for each rule.
  @Test func everyRuleIsTestedThreeWays() {
    var verdicts: [String: Set<TestDeclaration.VerdictSyntax>] = [:]
    for expectation in Self.tests.flatMap(\.expectations) {
      if case .verdict(let code, let verdict, _, _, _) = expectation.kind {
        verdicts[code, default: []].insert(verdict)
      }
    }
    for code in Repository.rules.ruleSet.codes {
      // Whether a date is recorded is itself always known.
      let wanted: Set<TestDeclaration.VerdictSyntax> =
        neverUndetermined.contains(code)
        ? [.violation, .compliant] : [.violation, .compliant, .undetermined]
      #expect(wanted.isSubset(of: verdicts[code] ?? []), "\(code)")
    }
  }

  /// Rules that ask only what is recorded: an id that is not puts a file into no group.
  private var neverUndetermined: Set<String> { ["WZ602", "WZ605"] }

  @Test func everyRuleSpeaksBothLanguages() {
    for rule in Repository.rules.ruleSet.rules {
      #expect(rule.message.chinese != rule.message.english, "\(rule.code)")
      #expect(rule.documentation.map { $0.chinese != $0.english } ?? false, "\(rule.code)")
      #expect(rule.fix != nil, "\(rule.code)")
    }
  }

  /// A check leaves out the files of tests by their names.
  @Test func filesOfTestsHoldNothingElse() {
    let ruleSet = Repository.rules.ruleSet
    #expect(ruleSet.sources.contains { $0.path.hasSuffix("-tests.wz") })
    for source in ruleSet.sources {
      let isOfTests = source.path.hasSuffix("-tests.wz")
      for declaration in parse(source).declarations {
        if case .test = declaration {
          #expect(isOfTests, "\(source.path) holds a test")
        } else {
          #expect(!isOfTests, "\(source.path) holds more than tests")
        }
      }
    }
    let lean = LoadedRules(withTests: false)
    #expect(lean.problems.isEmpty && lean.ruleSet.tests.isEmpty)
    #expect(lean.ruleSet.codes == ruleSet.codes)
  }

  @Test func everyProvisionHasARuleOrAReason() {
    let ruleSet = Repository.rules.ruleSet
    #expect(ruleSet.laws.count > 5)
    for law in ruleSet.laws.indices {
      let blank = ruleSet.coverage(of: law).provisions.filter(\.isBlank)
        .map { ruleSet.text(of: $0.citation, in: .chinese) }
      #expect(blank.isEmpty, "\(blank)")
    }
  }

  /// The page of the documentation is what the command prints; WENZE_UPDATE=1 writes it anew.
  @Test func theCoveragePageIsFresh() throws {
    let ruleSet = Repository.rules.ruleSet
    let report = LawsReport(
      ruleSet: ruleSet, language: .english, laws: Array(ruleSet.laws.indices))
    let path = Repository.root + "Sources/Wenze/Wenze.docc/Coverage.md"
    if ProcessInfo.processInfo.environment["WENZE_UPDATE"] == "1" {
      try report.coverageMarkdown.write(toFile: path, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page == report.coverageMarkdown, "run the tests with WENZE_UPDATE=1")
  }
}
