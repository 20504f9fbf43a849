import Testing
import Wenze
import WenzeAnalysis
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The questions asked of the packs that come with the program.
@Suite struct ShippedRuleTests {
  /// A case for each verdict of a rule, as far as it is found, which a check confirms.
  @Test func examplesOfShippedRulesAreConfirmedByChecks() throws {
    let ruleSet = LoadedRules(withTests: false).ruleSet
    let today = SmallSchema.today
    var confirmed: [Verdict: Int] = [:]
    var asked = 0
    for (number, rule) in ruleSet.rules.enumerated() where rule.aggregation == nil {
      asked += 1
      guard
        let analysis = try? RuleAnalysis(
          [number], of: ruleSet, options: AnalysisOptions(today: today))
      else { continue }
      for verdict in [Verdict.violation, .compliant] {
        guard let example = analysis.canBe(verdict).example else { continue }
        let document = try #require(example.document(in: ruleSet), "\(rule.code): \(example.text)")
        let result = ruleSet.check(document, options: CheckOptions(today: today))
        let told = result.verdicts
          .first { $0.code == rule.code && $0.element == example.element }?.verdict
        // Of several declarations of one code the strongest speaks.
        let isAlone = ruleSet.rules.count { $0.code == rule.code } == 1
        if isAlone || verdict == .violation {
          #expect(told == verdict, "\(rule.code): \(example.text)")
        }
        confirmed[verdict, default: 0] += 1
      }
    }
    print("examples of", asked, "rules:", confirmed)
    for verdict in [Verdict.violation, .compliant] {
      #expect(confirmed[verdict] ?? 0 > asked * 3 / 4)
    }
  }

  @Test func shippedConditionsLintClean() {
    let ruleSet = LoadedRules(withTests: false).ruleSet
    let clock = ContinuousClock()
    var lint = ConditionLint()
    let time = clock.measure {
      lint = lintConditions(ruleSet, options: AnalysisOptions(today: SmallSchema.today))
    }
    print(
      "\(lint.ruleCount) rules, \(lint.undecided.count) with something undecided;",
      "\(lint.pairCount) pairs, \(lint.undecidedPairCount) undecided; \(time)")
    for finding in lint.findings {
      print(finding.diagnostic.code, finding.diagnostic.message.english)
      print(finding.diagnostic.related.map(\.message.english), finding.example?.text ?? "")
    }
    var reasons: [String: Int] = [:]
    for reason in lint.undecided.values.flatMap({ $0 }) { reasons[reason.english, default: 0] += 1 }
    print(reasons)
    #expect(lint.findings.isEmpty)
  }
}
