package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// What a condition can come to, over all documents of a dossier whose dates are known to the day.
///
/// A date that is known to the month or year makes comparisons unknown at most: what is definite of
/// such a document is so of one with a day in its place.
package struct ConditionAnswers: Hashable, Sendable {
  /// A document for each answer that there is.
  package var examples: [Truth: Example]
  /// Whether there are no other answers.
  package var decision: Decision
}

/// What a condition over a dossier's documents can come to.
package func answers(
  to condition: Term, over dossier: Int, of ruleSet: RuleSet, options: AnalysisOptions
) -> ConditionAnswers {
  var survey = DomainSurvey(ruleSet: ruleSet, today: options.today)
  survey.survey(condition, asOf: ruleSet.records[dossier].dossier?.asOf)
  var evaluator = SymbolicEvaluator(
    ruleSet: ruleSet, dossier: dossier, today: options.today, survey: survey,
    steps: options.maximumSteps)
  do throws(Undecided) {
    try evaluator.chooseDocumentDate()
    let node = try evaluator.truth(of: condition)
    var examples: [Truth: Example] = [:]
    for truth in Truth.allCases {
      if let path = evaluator.diagram.path(from: node, to: { $0.truth == truth }) {
        examples[truth] = evaluator.example(path, element: nil)
      }
    }
    return ConditionAnswers(
      examples: examples,
      decision: evaluator.limits.isEmpty ? .decided : .undecided(evaluator.limits))
  } catch {
    return ConditionAnswers(examples: [:], decision: .undecided([error.reason]))
  }
}
