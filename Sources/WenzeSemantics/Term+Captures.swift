import WenzeSyntax

// What conditions over an element and its group read of the element alone.
//
// A run keeps these values of each element, and not its document, until the groups are complete.

extension Rule {
  /// The rule with what it reads of an element alone taken out.
  ///
  /// The values of the captures, evaluated over the element, stand in the slots that begin at the
  /// rule's slot count.
  package func capturing() -> (rule: Rule, captures: [Term]) {
    guard let aggregation, aggregation.isEach else { return (self, []) }
    var capturer = Capturer(
      keys: Set(aggregation.keys.map(\.slot)), element: Set(scopes.map(\.slot)),
      firstSlot: slotCount)
    var rule = self
    rule.applies = applies.map { capturer.replace($0) }
    for index in rule.exceptions.indices {
      rule.exceptions[index].condition = capturer.replace(exceptions[index].condition)
    }
    rule.requirement = capturer.replace(requirement)
    rule.message = capturer.replace(message)
    rule.fix = fix.map { capturer.replace($0) }
    return (rule, capturer.captures)
  }
}

private struct Capturer {
  let keys: Set<Int>
  let element: Set<Int>
  let firstSlot: Int
  var captures: [Term] = []

  mutating func replace(_ message: Message) -> Message {
    func replaced(_ segments: [Message.Segment], _ capturer: inout Capturer) -> [Message.Segment] {
      segments.map { segment in
        if case .term(let term) = segment { .term(capturer.replace(term)) } else { segment }
      }
    }
    return Message(
      chinese: replaced(message.chinese, &self), english: replaced(message.english, &self))
  }

  /// The term with captures in it; `bound` are the variables that it binds around itself.
  mutating func replace(_ term: Term, bound: Set<Int> = []) -> Term {
    if readsElement(term), !readsGroup(term, bound) {
      let index = captures.firstIndex(of: term) ?? captures.count
      if index == captures.count { captures.append(term) }
      return Term(.variable(firstSlot + index), term.type, at: term.origin)
    }
    var inner = bound
    switch term.kind {
    case .exists(let slot, _, _), .select(let slot, _, _, _): inner.insert(slot)
    default: break
    }
    return term.mapSubterms { replace($0, bound: inner) }
  }

  private func readsElement(_ term: Term) -> Bool {
    switch term.kind {
    case .document, .asOf, .allDates: true
    case .variable(let slot): element.contains(slot)
    default: term.subterms.contains { readsElement($0) }
    }
  }

  private func readsGroup(_ term: Term, _ bound: Set<Int>) -> Bool {
    switch term.kind {
    case .figure, .previous, .whole, .beside: true
    case .variable(let slot): keys.contains(slot) || bound.contains(slot)
    default: term.subterms.contains { readsGroup($0, bound) }
    }
  }
}

extension Term {
  /// The term with each term directly below it replaced.
  package func mapSubterms(_ replace: (Term) -> Term) -> Term {
    let kind: Kind =
      switch self.kind {
      case .constant, .variable, .document, .asOf, .today, .parameter, .allDates: self.kind
      case .field(let base, let number): .field(replace(base), number)
      case .not(let base): .not(replace(base))
      case .and(let terms): .and(terms.map(replace))
      case .or(let terms): .or(terms.map(replace))
      case .compare(let comparison, let left, let right):
        .compare(comparison, replace(left), replace(right))
      case .member(let member, let list): .member(replace(member), of: replace(list))
      case .listed(let base, let list): .listed(replace(base), list)
      case .exists(let slot, let list, let condition):
        .exists(slot: slot, in: replace(list), where: replace(condition))
      case .isKnown(let base): .isKnown(replace(base))
      case .isPresent(let base): .isPresent(replace(base))
      case .recorded(let base): .recorded(replace(base))
      case .select(let slot, let list, let condition, let result):
        .select(
          slot: slot, in: replace(list), where: condition.map(replace), take: result.map(replace))
      case .aggregate(let aggregate, let list): .aggregate(aggregate, replace(list))
      case .arithmetic(let operation, let left, let right):
        .arithmetic(operation, replace(left), replace(right))
      case .year(let base): .year(replace(base))
      case .difference(let left, let right): .difference(replace(left), replace(right))
      case .similarity(let left, let right): .similarity(replace(left), replace(right))
      case .attribute(let base, let name): .attribute(replace(base), name)
      case .lookup(let table, let terms): .lookup(table, terms.map(replace))
      case .firstKnown(let terms): .firstKnown(terms.map(replace))
      case .figure(let function, let summary, let level):
        .figure(function, of: summary, at: level.map(replace))
      case .previous(let base): .previous(replace(base))
      case .whole(let base): .whole(replace(base))
      case .beside(let base): .beside(replace(base))
      case .poissonBound(let mean, let level):
        .poissonBound(mean: replace(mean), level: replace(level))
      }
    return Term(kind, type, at: origin)
  }

  /// Whether the value is a part of a whole, which people read as a percentage.
  package var isShare: Bool {
    switch kind {
    case .figure(let function, _, _):
      function == .share || function == .largestShare || function == .nearDuplicateShare
    case .previous(let base), .whole(let base), .beside(let base): base.isShare
    default: false
    }
  }
}
