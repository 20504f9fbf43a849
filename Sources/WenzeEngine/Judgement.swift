import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// The verdict of one rule on one element, with how it came about.
package struct Judgement: Sendable {
  package var rule: Int
  package var element: FieldPath?
  package var verdict: Verdict
  /// Whether the element is one that the document may lack.
  package var isHypothetical: Bool
  package var law: Derivation
  package var applies: [Derivation]
  package var exceptions: [Derivation]
  package var requirement: Derivation
  package var message: Bilingual
  package var fix: Bilingual?

  /// The facts on which the verdict rests: those of the requirement first, the date of the law last.
  package var evidence: [EvidenceFact] { evidenceAndDates.evidence }

  /// The evidence, and the part of it that did nothing but choose the law.
  var evidenceAndDates: (evidence: [EvidenceFact], dates: Set<FieldPath>) {
    let (condition, law) = (conditionEvidence, lawEvidence)
    var seen: Set<FieldPath> = []
    let evidence = condition.filter { seen.insert($0.path).inserted }
    let dates = Set(law.map(\.path)).subtracting(seen)
    return (evidence + law.filter { seen.insert($0.path).inserted }, dates)
  }

  private var conditionEvidence: [EvidenceFact] {
    var facts: [EvidenceFact] = []
    func collect(_ part: Derivation) {
      if verdict == .violation || part.value.truth != .unknown {
        part.collectEvidence(into: &facts)
      }
    }
    collect(requirement)
    for condition in applies where !isOfProcedure(condition) { collect(condition) }
    exceptions.forEach(collect)
    return facts
  }

  private var lawEvidence: [EvidenceFact] {
    // A date that is not recorded did not choose the law: the date of the run did.
    law.evidence.filter { !$0.fact.value.isUnknown && $0.fact.place != nil }
  }

  /// Whether a procedure made the condition, that no closer pair of steps is out of order: on that
  /// nothing in the file bears.
  private func isOfProcedure(_ condition: Derivation) -> Bool {
    condition.role == .negation && condition.origin == law.origin
  }

  /// A smallest set of unknown facts that could decide the verdict.
  ///
  /// Of sets of one size, one that settles the requirement comes first, then one that settles
  /// whether the rule applies, then one that settles an exception.
  package var missing: [FieldPath] {
    let conditions = [law] + applies
    let candidates =
      requirement.deciders(of: .yes)
      + conditions.flatMap { $0.deciders(of: .no) }
      + exceptions.flatMap { $0.deciders(of: .yes) }
      + MissingFacts.all(
        of: [requirement.deciders(of: .no)] + conditions.map { $0.deciders(of: .yes) }
          + exceptions.map { $0.deciders(of: .no) })
    let best = candidates.filter { !$0.paths.isEmpty }.enumerated()
      .min { ($0.element.paths.count, $0.offset) < ($1.element.paths.count, $1.offset) }
    return best?.element.paths ?? []
  }
}

/// Applies the rules of a set to one document.
struct Judge {
  let ruleSet: RuleSet
  var interpreter: Interpreter
  /// Whether a list that has elements is expected to have more wherever the document does not
  /// settle that it has not; otherwise only where the document says so.
  var expectsMore = false

  init(ruleSet: RuleSet, document: Document, today: CalendarDate) {
    self.ruleSet = ruleSet
    interpreter = Interpreter(ruleSet: ruleSet, document: document, today: today)
  }

  /// Calls the body for each element that the rule is about, with its variables bound and the date
  /// of the law chosen: the rule's own, the document's, or that of the run.
  mutating func eachElement(
    of rule: Rule, _ body: (inout Judge, FieldPath?, Bool) -> Void
  ) {
    interpreter.reserve(rule.slotCount)
    guard let asOf = rule.asOf else {
      bindElement(of: rule, body)
      return
    }
    if asOf.mentions(anyOf: Set(rule.scopes.map(\.slot))) {
      bindElement(of: rule) { judge, element, isHypothetical in
        judge.dating(asOf) { body(&$0, element, isHypothetical) }
      }
    } else {
      // One date for all elements is worked out once.
      dating(asOf) { $0.bindElement(of: rule, body) }
    }
  }

  /// Calls the body with the date of a term as that of the law, if it has one.
  private mutating func dating(_ asOf: Term, _ body: (inout Judge) -> Void) {
    let date = (interpreter.lawDate, interpreter.lawDateTerm)
    defer { (interpreter.lawDate, interpreter.lawDateTerm) = date }
    if case .date(let own) = interpreter.value(of: asOf) {
      (interpreter.lawDate, interpreter.lawDateTerm) = (own, asOf)
    }
    body(&self)
  }

  private mutating func bindElement(
    of rule: Rule, from scope: Int = 0, element: FieldPath? = nil, isHypothetical: Bool = false,
    _ body: (inout Judge, FieldPath?, Bool) -> Void
  ) {
    guard scope < rule.scopes.count else {
      body(&self, element, isHypothetical)
      return
    }
    let binding = rule.scopes[scope]
    let value = interpreter.value(of: binding.list)
    for slot in interpreter.locatedElements(of: binding.list) {
      interpreter.slots[binding.slot] = slot
      bindElement(
        of: rule, from: scope + 1, element: slot.path, isHypothetical: isHypothetical, body)
    }
    if mayLackElements(value) {
      let path = interpreter.path(ofList: binding.list)
      interpreter.slots[binding.slot] = Interpreter.Slot(
        fact: .unknown, path: path, isHypothetical: true)
      bindElement(of: rule, from: scope + 1, element: path, isHypothetical: true, body)
    }
    interpreter.slots[binding.slot] = .empty
  }

  /// Whether nothing is recorded of a list, or the document says that it goes on.
  private func mayLackElements(_ value: Value) -> Bool {
    switch value {
    case .list(let list):
      list.isMarkedOpen || list.isOpen && (expectsMore || list.elements.isEmpty)
    case .none: false
    default: true
    }
  }

  /// An element that a rule is about, and what the rule says of it.
  struct Element {
    var path: FieldPath?
    var verdict: Verdict
    /// Whether it is one that the document may lack.
    var isHypothetical: Bool

    /// Whether the verdict is one: of an element that need not exist, only a doubt is.
    var isTold: Bool { !isHypothetical || verdict == .undetermined }
  }

  /// Every element that a rule is about, with its verdict, without derivations.
  mutating func elements(of index: Int) -> [Element] {
    let rule = ruleSet.rules[index]
    var elements: [Element] = []
    eachElement(of: rule) { judge, path, isHypothetical in
      let verdict = judge.verdict(of: rule, isHypothetical: isHypothetical)
      elements.append(Element(path: path, verdict: verdict, isHypothetical: isHypothetical))
    }
    return elements
  }

  /// The verdicts of a rule, without derivations.
  mutating func verdicts(of index: Int) -> [(element: FieldPath?, verdict: Verdict)] {
    elements(of: index).filter(\.isTold).map { ($0.path, $0.verdict) }
  }

  /// The verdicts of a rule with derivations.
  mutating func judgements(of index: Int) -> [Judgement] {
    let elements = elements(of: index)
    return judgements(of: index, on: elements, where: elements.map { _ in true })
  }

  /// The verdicts of a rule with derivations, on those of its elements that are wanted.
  mutating func judgements(
    of index: Int, on elements: [Element], where isWanted: [Bool]
  ) -> [Judgement] {
    var judgements: [Judgement] = []
    var number = 0
    eachElement(of: ruleSet.rules[index]) { judge, path, isHypothetical in
      defer { number += 1 }
      guard isWanted[number] else { return }
      judgements.append(
        judge.judgement(
          of: index, element: path, verdict: elements[number].verdict,
          isHypothetical: isHypothetical))
    }
    return judgements
  }

  mutating func verdict(of rule: Rule, isHypothetical: Bool) -> Verdict {
    var applies = rule.law.map { ruleSet.laws[$0].isInForce(on: interpreter.lawDate) } ?? .yes
    for condition in rule.applies where applies != .no {
      applies = applies && interpreter.truth(of: condition)
    }
    if applies == .no { return .notApplicable }
    var excepted = Truth.no
    for exception in rule.exceptions where excepted != .yes {
      excepted = excepted || truth(of: exception)
    }
    if excepted == .yes { return .notApplicable }
    let satisfied = interpreter.truth(of: rule.requirement)
    let verdict = Verdict(applies: applies, excepted: excepted, satisfied: satisfied)
    guard isHypothetical else { return verdict }
    // Of an element that may not exist, nothing definite can be said.
    switch verdict {
    case .violation, .undetermined: return .undetermined
    case .compliant, .notApplicable: return .notApplicable
    }
  }

  private mutating func truth(of exception: Rule.Exception) -> Truth {
    let inForce =
      exception.citations.first.map { ruleSet.laws[$0.law].isInForce(on: interpreter.lawDate) }
      ?? .yes
    return inForce && interpreter.truth(of: exception.condition)
  }

  private mutating func judgement(
    of index: Int, element: FieldPath?, verdict: Verdict, isHypothetical: Bool
  ) -> Judgement {
    let rule = ruleSet.rules[index]
    return Judgement(
      rule: index, element: element, verdict: verdict, isHypothetical: isHypothetical,
      law: lawDerivation(of: rule), applies: rule.applies.map { interpreter.derivation(of: $0) },
      exceptions: rule.exceptions.map { exceptionDerivation(of: $0) },
      requirement: interpreter.derivation(of: rule.requirement),
      message: text(of: rule.message), fix: rule.fix.map { text(of: $0) })
  }

  private func percentText(of value: Value, in language: Language) -> String {
    value.percentText ?? ruleSet.text(of: value, in: language)
  }

  private mutating func lawDerivation(of rule: Rule) -> Derivation {
    guard let law = rule.law else { return Derivation(rule.origin, .boolean(true), .constant) }
    let inForce = ruleSet.laws[law].isInForce(on: interpreter.lawDate)
    return Derivation(
      rule.origin, Value(inForce), .law(law), interpreter.lawDateDerivation())
  }

  private mutating func exceptionDerivation(of exception: Rule.Exception) -> Derivation {
    let condition = interpreter.derivation(of: exception.condition)
    guard let law = exception.citations.first?.law else { return condition }
    let inForce = ruleSet.laws[law].isInForce(on: interpreter.lawDate)
    return Derivation(
      condition.origin, Value(inForce && condition.value.truth), .conjunction,
      [
        Derivation(
          condition.origin, Value(inForce), .law(law), interpreter.lawDateDerivation()), condition,
      ])
  }

  mutating func text(of message: Message) -> Bilingual {
    func joined(_ language: Language) -> String {
      var joined = ""
      for segment in message[language] {
        switch segment {
        case .text(let text): joined += text
        case .term(let term):
          let value = interpreter.value(of: term)
          joined +=
            term.isShare
            ? percentText(of: value, in: language) : ruleSet.spokenText(of: value, in: language)
        }
      }
      return joined
    }
    return Bilingual(joined(.chinese), joined(.english))
  }
}
