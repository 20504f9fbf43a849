package import WenzeEngine
package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// Whether something can be.
package enum Possibility: Hashable, Sendable {
  /// It can, as a document shows that the interpreter has confirmed.
  case possible(Example)
  /// It cannot, whatever a document says.
  case impossible
  case undecided(Set<Bilingual>)

  package var isPossible: Bool { if case .possible = self { true } else { false } }
}

/// How far conditions are looked into, and for when.
package struct AnalysisOptions: Sendable {
  package var today: CalendarDate
  /// How many steps a question may take before it is given up.
  package var maximumSteps: Int

  package init(today: CalendarDate, maximumSteps: Int = 60_000) {
    self.today = today
    self.maximumSteps = maximumSteps
  }
}

/// What one or more rules come to on one document and element, over all documents.
package struct RuleAnalysis {
  private var evaluator: SymbolicEvaluator
  private let ruleSet: RuleSet
  private let today: CalendarDate
  private let rules: [Int]
  private var judged: [Judged] = []

  /// The diagrams of a rule.
  private struct Judged {
    var element: FieldPath?
    var isThere: Diagram.Node
    /// The force of its law, if it has one, and what its `applies` say, in their order.
    var conditions: [Diagram.Node]
    var applies: Diagram.Node
    var exceptions: [Diagram.Node]
    /// The verdict's name; none where there is no element.
    var verdict: Diagram.Node
    /// Whether it applies and no exception holds.
    var binds: Diagram.Node
    var satisfied: Diagram.Node
  }

  /// Judges rules of one dossier by diagrams over the same variables.
  package init(
    _ rules: [Int], of ruleSet: RuleSet, options: AnalysisOptions
  ) throws(Undecided) {
    self.ruleSet = ruleSet
    self.rules = rules
    today = options.today
    let dossier = ruleSet.rules[rules[0]].dossier
    var survey = DomainSurvey(ruleSet: ruleSet, today: options.today)
    for rule in rules {
      survey.survey(ruleSet.rules[rule], asOf: ruleSet.records[dossier].dossier?.asOf)
    }
    evaluator = SymbolicEvaluator(
      ruleSet: ruleSet, dossier: dossier, today: options.today, survey: survey,
      steps: options.maximumSteps)
    for rule in rules { judged.append(try judge(ruleSet.rules[rule])) }
  }

  private mutating func judge(_ rule: Rule) throws(Undecided) -> Judged {
    try evaluator.chooseDocumentDate()
    let (isThere, path) = try evaluator.bindFirst(rule.scopes)
    try evaluator.chooseDate(of: rule)
    var conditions: [Diagram.Node] = []
    if let law = rule.law { conditions.append(try evaluator.isInForce(law)) }
    for condition in rule.applies { conditions.append(try evaluator.truth(of: condition)) }
    let applies = try evaluator.conjunction(conditions)
    var exceptions: [Diagram.Node] = []
    for exception in rule.exceptions {
      var parts: [Diagram.Node] = []
      if let law = exception.citations.first?.law { parts.append(try evaluator.isInForce(law)) }
      parts.append(try evaluator.truth(of: exception.condition))
      exceptions.append(try evaluator.conjunction(parts))
    }
    let excepted = try evaluator.disjunction(exceptions)
    let satisfied = try evaluator.truth(of: rule.requirement)
    // What does not apply, or is excepted, need not be looked into further.
    func settled(_ diagram: Diagram, _ nodes: [Diagram.Node]) -> Value? {
      guard let there = diagram.value(of: nodes[0]) else { return nil }
      guard there == .boolean(true) else { return Value.none }
      let isOut =
        diagram.value(of: nodes[1])?.truth == .no || diagram.value(of: nodes[2])?.truth == .yes
      return isOut ? .text(Verdict.notApplicable.rawValue) : nil
    }
    let verdict = try evaluator.combine(
      [isThere, applies, excepted, satisfied], settled: settled
    ) { _, values in
      guard values[0] == .boolean(true) else { return .none }
      return .text(
        Verdict(
          applies: values[1].truth, excepted: values[2].truth, satisfied: values[3].truth
        ).rawValue)
    }
    let binds = try evaluator.combine([isThere, applies, excepted]) { _, values in
      .boolean(
        values[0] == .boolean(true) && values[1].truth == .yes && values[2].truth == .no)
    }
    return Judged(
      element: path, isThere: isThere, conditions: conditions,
      applies: try evaluator.conjunction([isThere, applies]),
      exceptions: exceptions, verdict: verdict, binds: binds, satisfied: satisfied)
  }

  /// What each condition came to wherever it was asked, if that is exact.
  var outcomes: [Term: Set<Truth>] { evaluator.outcomes }

  var limits: Set<Bilingual> { evaluator.limits }
}

// MARK: - Questions

extension RuleAnalysis {
  private func answer(
    _ node: Diagram.Node, _ wanted: Value, element: FieldPath?,
    confirm: (Document) -> Bool
  ) -> Possibility {
    guard let path = evaluator.diagram.path(from: node, to: { $0 == wanted }) else {
      return evaluator.limits.isEmpty ? .impossible : .undecided(evaluator.limits)
    }
    let example = evaluator.example(path, element: element)
    guard let document = example.document(in: ruleSet), confirm(document) else {
      return .undecided([Bilingual("举出的例子未能证实", "the example could not be confirmed")])
    }
    return .possible(example)
  }

  /// The verdict of the interpreter on the element that an analysis is about.
  private func verdict(of rule: Int, _ document: Document, _ element: FieldPath?) -> Verdict? {
    ruleSet.explain(ruleSet.rules[rule].code, in: document, today: today)
      .first { $0.rule == rule && $0.element == element }?.verdict
  }

  /// Whether a rule can come to a verdict.
  package func canBe(_ verdict: Verdict, rule index: Int = 0) -> Possibility {
    let judged = judged[index]
    return answer(judged.verdict, .text(verdict.rawValue), element: judged.element) {
      self.verdict(of: rules[index], $0, judged.element) == verdict
    }
  }

  /// Whether a rule can apply, its exceptions aside.
  package func canApply(rule index: Int = 0) -> Possibility {
    let judged = judged[index]
    return answer(judged.applies, Value.boolean(true), element: judged.element) { document in
      ruleSet.explain(ruleSet.rules[rules[index]].code, in: document, today: today)
        .contains {
          $0.rule == rules[index] && $0.element == judged.element
            && $0.law.value.truth == .yes && $0.applies.allSatisfy { $0.value.truth == .yes }
        }
    }
  }

  /// A document that meets all that a rule asks in order to apply but one thing; with the number of
  /// that among its `applies`, nil for the force of its law.
  package mutating func closestToApplying() throws(Undecided) -> (Example, missed: Int?)? {
    let judged = judged[0]
    let rule = ruleSet.rules[rules[0]]
    let first = rule.law == nil ? 0 : 1
    for missed in judged.conditions.indices.reversed() {
      var kept = judged.conditions
      kept.remove(at: missed)
      let node = try evaluator.conjunction([judged.isThere] + kept)
      let answer = answer(node, .boolean(true), element: judged.element) { document in
        ruleSet.explain(rule.code, in: document, today: today)
          .contains { judgement in
            guard judgement.rule == rules[0], judgement.element == judged.element else {
              return false
            }
            let law = first == 0 ? [] : [judgement.law.value.truth]
            let truths = law + judgement.applies.map(\.value.truth)
            return truths.indices.allSatisfy { ($0 == missed) == (truths[$0] != .yes) }
          }
      }
      if case .possible(let example) = answer {
        return (example, missed < first ? nil : missed - first)
      }
    }
    return nil
  }

  /// Whether a document shows that a condition comes to a truth, and nothing else, in a rule.
  package func shows(_ example: Example, _ origin: Origin, is truth: Truth) -> Bool {
    guard let document = example.document(in: ruleSet) else { return false }
    let judgements = ruleSet.explain(ruleSet.rules[rules[0]].code, in: document, today: today)
      .filter { $0.rule == rules[0] && $0.element == judged[0].element }
    let truths = judgements.flatMap { judgement in
      (judgement.applies + judgement.exceptions + [judgement.requirement])
        .flatMap { $0.values(at: origin) }
    }
    return !truths.isEmpty && truths.allSatisfy { $0 == truth }
  }

  /// Whether an exception can hold where the rule applies.
  package mutating func canExcept(_ exception: Int) throws(Undecided) -> Possibility {
    let judged = judged[0]
    let both = try evaluator.conjunction([judged.applies, judged.exceptions[exception]])
    return answer(both, Value.boolean(true), element: judged.element) { document in
      verdict(of: rules[0], document, judged.element) == .notApplicable
    }
  }

  /// Whether two rules contradict each other: both can bind, each can be met where both do, and
  /// never the two.
  ///
  /// Where one is always violated once the other binds, nothing is demanded twice: a document keeps
  /// the one by being none that the other is about.
  package mutating func contradiction() throws(Undecided) -> Contradiction {
    let (first, second) = (judged[0], judged[1])
    let bind = try evaluator.conjunction([first.binds, second.binds])
    let satisfy = try evaluator.conjunction([bind, first.satisfied, second.satisfied])
    let element = first.element ?? second.element
    func ask(_ node: Diagram.Node, _ wanted: [Set<Verdict>]) -> Possibility {
      answer(node, .boolean(true), element: element) { document in
        zip([0, 1], wanted).allSatisfy { index, wanted in
          verdict(of: rules[index], document, judged[index].element).map(wanted.contains) ?? false
        }
      }
    }
    let any: Set<Verdict> = [.violation, .compliant, .undetermined]
    switch ask(satisfy, [[.compliant], [.compliant]]) {
    case .possible: return .none
    case .undecided(let reasons): return .undecided(reasons)
    case .impossible: break
    }
    let meetsFirst = ask(try evaluator.conjunction([bind, first.satisfied]), [[.compliant], any])
    let meetsSecond = ask(
      try evaluator.conjunction([bind, second.satisfied]), [any, [.compliant]])
    guard case .possible(let example) = meetsFirst, meetsSecond.isPossible else { return .none }
    return .found(example)
  }

  package enum Contradiction: Hashable, Sendable {
    case none
    /// With a document that both bind and that meets the first alone.
    case found(Example)
    case undecided(Set<Bilingual>)
  }

  /// Whether the first rule can be violated where the second is not.
  package mutating func canViolateFirstAlone() throws(Undecided) -> Possibility {
    let (first, second) = (judged[0], judged[1])
    let violation = Value.text(Verdict.violation.rawValue)
    let alone = try evaluator.combine([first.verdict, second.verdict]) { _, values in
      .boolean(values[0] == violation && values[1] != violation)
    }
    return answer(alone, Value.boolean(true), element: first.element) { document in
      verdict(of: rules[0], document, first.element) == .violation
        && verdict(of: rules[1], document, second.element) != .violation
    }
  }

  /// Whether the two rules can come to different verdicts.
  mutating func canDiffer() throws(Undecided) -> Possibility {
    let (first, second) = (judged[0], judged[1])
    let differs = try evaluator.combine([first.verdict, second.verdict]) { _, values in
      .boolean(values[0] != values[1])
    }
    return answer(differs, Value.boolean(true), element: first.element) { document in
      verdict(of: rules[0], document, first.element)
        != verdict(of: rules[1], document, second.element)
    }
  }
}

extension Derivation {
  /// What a condition came to wherever it was asked.
  fileprivate func values(at wanted: Origin) -> [Truth] {
    // An outer condition may stand where its only part does.
    if origin == wanted { return [value.truth] }
    return children.flatMap { $0.values(at: wanted) }
  }
}
