import WenzeAnalysis
package import WenzeEngine
package import WenzeSemantics

/// What tests reach of a rule set, of what can be reached: a truth that no document can give a
/// condition, as far as that is decided, is not asked for.
package func testCoverage(of tests: [RuleTest], in ruleSet: RuleSet) -> TestCoverage {
  var coverage = ruleSet.coverage(of: tests)
  // The date is that of tests that name none, so that every day gives the same answer.
  guard let today = RuleSet.testDate else { return coverage }
  let options = AnalysisOptions(today: today)
  coverage.removeImpossible { conditionOutcomes(of: $0, in: ruleSet, options: options) }
  return coverage
}
