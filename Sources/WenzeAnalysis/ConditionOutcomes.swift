package import WenzeModel
package import WenzeSemantics

/// The truths that each condition of a rule comes to over all documents; nil where that is not
/// decided.
package func conditionOutcomes(
  of rule: Int, in ruleSet: RuleSet, options: AnalysisOptions
) -> [Term: Set<Truth>]? {
  guard ruleSet.rules[rule].aggregation == nil,
    let analysis = try? RuleAnalysis([rule], of: ruleSet, options: options),
    analysis.limits.isEmpty
  else { return nil }
  return analysis.outcomes
}
