import Testing
import Wenze
import WenzeAnalysis
import WenzeEngine
import WenzeModel
import WenzeSemantics

/// What tests of the shipped packs reach is among what the analysis says can be.
@Suite struct ReachedTruthTests {
  @Test func whatTestsReachIsPossible() throws {
    let ruleSet = LoadedRules().ruleSet
    let options = AnalysisOptions(today: try #require(RuleSet.testDate))
    let coverage = ruleSet.coverage(of: ruleSet.tests)
    var outcomes: [Int: [Term: Set<Truth>]] = [:]
    for rule in Set(coverage.conditions.flatMap(\.terms).map(\.rule)) {
      outcomes[rule] = conditionOutcomes(of: rule, in: ruleSet, options: options)
    }
    var decided = 0
    for condition in coverage.conditions where Set(condition.terms.map(\.rule)).count == 1 {
      // Tests may be run on other days.
      for made in condition.terms where !made.term.descendants.contains(where: \.isToday) {
        guard let possible = outcomes[made.rule]?[made.term] else { continue }
        decided += 1
        #expect(
          Set(condition.reached.keys).isSubset(of: possible),
          "\(ruleSet.rules[made.rule].code) \(ruleSet.text(of: condition.origin))")
      }
    }
    #expect(decided > 400)
  }
}

extension Term {
  fileprivate var isToday: Bool { if case .today = kind { true } else { false } }
}
