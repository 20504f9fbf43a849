import Testing
import WenzeAnalysis
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What diagrams say of conditions is what trying out documents says.
@Suite struct BruteForceTests {
  private static let rounds = 300

  /// 8 seeds of 300 conditions.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func answersAgreeWithEnumeration(seed: UInt64) throws {
    var generator = ConditionGenerator(seed: seed &* 6_271)
    let ruleSet = SmallSchema.ruleSet
    var decided = 0
    var found: [Truth: Int] = [:]
    for round in 0..<Self.rounds {
      let condition = generator.newCondition(depth: 3)
      let answers = answers(
        to: condition, over: SmallSchema.dossier, of: ruleSet,
        options: AnalysisOptions(today: SmallSchema.today))
      let place = "seed \(seed), round \(round)"
      for (truth, example) in answers.examples {
        let document = try #require(example.document(in: ruleSet), "\(place): \(example.text)")
        let told = evaluate(condition, document)
        #expect(told == truth, "\(place): \(condition.kind)\n\(example.text)")
        found[truth, default: 0] += 1
      }
      guard answers.decision == .decided else { continue }
      decided += 1
      for document in generator.documents(for: condition, atMost: 150) {
        let told = evaluate(condition, document)
        if answers.examples[told] == nil {
          Issue.record("\(place): \(told) was not found: \(condition.kind)\n\(document.fields)")
          return
        }
      }
    }
    #expect(decided > Self.rounds * 9 / 10, "only \(decided) conditions were decided")
    // Neither is every condition open both ways, nor none.
    for truth in Truth.allCases { #expect(found[truth] ?? 0 > Self.rounds / 2) }
    #expect(found.values.contains { $0 < Self.rounds })
  }

  private func evaluate(_ condition: Term, _ document: Document) -> Truth {
    var evaluator = TermEvaluator(
      ruleSet: SmallSchema.ruleSet, document: document, today: SmallSchema.today)
    return evaluator.value(of: condition).truth
  }
}
