import WenzeModel
import WenzeSemantics
import WenzeSyntax

// The same walk as `value(of:)`, which keeps what it saw.
//
// Values come from `value(of:)` itself, so that a derivation cannot disagree with a verdict.

extension Interpreter {
  mutating func derivation(of term: Term) -> Derivation {
    let value = value(of: term)
    func node(_ role: Derivation.Role, _ children: [Derivation] = []) -> Derivation {
      Derivation(term.origin, value, role, children)
    }
    switch term.kind {
    case .constant, .today, .document:
      return node(.constant)
    case .parameter:
      // Of a date that is not known to the day, the parameter may have two values.
      return value.isUnknown ? node(.operation, lawDateDerivation()) : node(.constant)
    case .listed(let operand, _) where value.isUnknown && !self.value(of: operand).isUnknown:
      return node(.operation, [derivation(of: operand)] + lawDateDerivation())
    // An element of a list that the rule itself writes out is no fact of the document.
    case .variable(let slot) where slots[slot].path.steps.isEmpty && !slots[slot].isHypothetical:
      return node(.constant)
    case .variable, .field:
      guard let (path, fact) = locate(term) else {
        return node(.operation, term.subterms.map { derivation(of: $0) })
      }
      return node(.fact(EvidenceFact(path: path, fact: fact)))
    case .asOf:
      guard let asOf = ruleSet.records[document.dossier].dossier?.asOf else {
        return node(.constant)
      }
      return node(.operation, [apart { $0.derivation(of: asOf) }])
    case .firstKnown(let terms):
      // What comes after the one that was taken says nothing.
      let taken = terms.first { isTaken(self.value(of: $0)) }
      return node(.operation, (taken.map { [$0] } ?? terms).map { derivation(of: $0) })
    case .not(let operand):
      return node(.negation, [derivation(of: operand)])
    case .and(let terms):
      return node(.conjunction, terms.map { derivation(of: $0) })
    case .or(let terms):
      return node(.disjunction, terms.map { derivation(of: $0) })
    case .exists(let slot, let list, let condition):
      let children = elementDerivations(slot, list, condition)
      let another = anotherElement(slot, list, condition)
      return node(.exists(another: another), children)
    case .select(let slot, let list, let condition, let result):
      return node(.operation, selectDerivations(slot, list, condition, result))
    case .lookup(let table, let arguments):
      let children = arguments.map { derivation(of: $0) }
      let values = children.map(\.value)
      let row = value.isUnknown ? nil : decidingRow(of: ruleSet.tables[table], values)
      let needed = value.isUnknown ? neededArguments(of: table, values) : nil
      return node(.lookup(table: table, row: row, needed: needed), children)
    case .allDates:
      return node(
        .operation,
        allDates().map { date in
          Derivation(
            term.origin, date.fact.value, .fact(EvidenceFact(path: date.path, fact: date.fact)))
        })
    default:
      return node(.operation, term.subterms.map { derivation(of: $0) })
    }
  }

  /// How the date of the law came about; empty where it is the date of the run.
  mutating func lawDateDerivation() -> [Derivation] {
    lawDateTerm.map { term in [apart { $0.derivation(of: term) }] } ?? []
  }

  /// Walks a term that has variables of its own, which may have the slots of the rule's.
  private mutating func apart(_ body: (inout Interpreter) -> Derivation) -> Derivation {
    let bound = slots
    defer { slots = bound }
    return body(&self)
  }

  private mutating func elementDerivations(
    _ slot: Int, _ list: Term, _ condition: Term
  ) -> [Derivation] {
    var children = [derivation(of: list)]
    for element in locatedElements(of: list) {
      slots[slot] = element
      children.append(derivation(of: condition))
    }
    slots[slot] = .empty
    return children
  }

  /// A condition on an element that a list may have besides those that are recorded.
  private mutating func anotherElement(
    _ slot: Int, _ list: Term, _ condition: Term
  ) -> [Derivation] {
    guard openElements(of: value(of: list)).isOpen else { return [] }
    slots[slot] = Slot(fact: .unknown, path: path(ofList: list), isHypothetical: true)
    defer { slots[slot] = .empty }
    return [derivation(of: condition)]
  }

  private mutating func selectDerivations(
    _ slot: Int, _ list: Term, _ condition: Term?, _ result: Term?
  ) -> [Derivation] {
    let elements = locatedElements(of: list)
    if elements.isEmpty { return [derivation(of: list)] }
    var children: [Derivation] = []
    if case .list(let value) = value(of: list), value.isOpen {
      children.append(derivation(of: list))
    }
    for element in elements {
      slots[slot] = element
      if let condition { children.append(derivation(of: condition)) }
      if condition.map({ truth(of: $0) }) != .no, let result {
        children.append(derivation(of: result))
      }
    }
    slots[slot] = .empty
    return children
  }
}

// MARK: - Places

extension Interpreter {
  /// The place in the document that a path of fields reads; nil for anything else.
  func locate(_ term: Term) -> (path: FieldPath, fact: Fact)? {
    switch term.kind {
    case .document: return (FieldPath(), Fact(.record(document.fields), at: document.range))
    case .variable(let slot): return (slots[slot].path, slots[slot].fact)
    case .recorded(let base):
      guard let (path, fact) = locate(base) else { return nil }
      return (path, Fact(recorded(fact.value), at: fact.place))
    case .field(let base, let number):
      guard let (path, fact) = locate(base) else { return nil }
      // Of an element that the document may lack, only the list can be asked for.
      if isHypothetical(base) { return (path, .unknown) }
      let value: Fact =
        switch fact.value {
        case .record(let fields) where fields.indices.contains(number): fields[number]
        case .none: Fact(.none, at: fact.place)
        default: .unknown
        }
      return (path.appending(.field(number)), value)
    default: return nil
    }
  }

  /// The path of a list that may lack elements, or of the list that it draws on.
  mutating func path(ofList list: Term) -> FieldPath {
    if let (path, _) = locate(list) { return path }
    switch list.kind {
    case .select(let slot, let source, _, let result):
      for element in result == nil ? [] : locatedElements(of: source) {
        slots[slot] = element
        if let result, !isSettled(value(of: result)), let (path, _) = locate(result) { return path }
      }
      return path(ofList: source)
    case .recorded(let base), .difference(let base, _): return path(ofList: base)
    default: return FieldPath()
    }
  }

  private func isHypothetical(_ term: Term) -> Bool {
    switch term.kind {
    case .variable(let slot): slots[slot].isHypothetical
    case .field(let base, _): isHypothetical(base)
    default: false
    }
  }

  /// The elements of a list with their places.
  mutating func locatedElements(of list: Term) -> [Slot] {
    if case .allDates = list.kind {
      return allDates().map { Slot(fact: $0.fact, path: $0.path) }
    }
    if case .recorded(let base) = list.kind {
      return locatedElements(of: base).filter { !$0.fact.value.isUnknown }
    }
    if case .difference(let base, _) = list.kind {
      let kept = Set(openElements(of: value(of: list)).0.map(\.value))
      return locatedElements(of: base).filter { kept.contains($0.fact.value) }
    }
    if let (path, fact) = locate(list), case .list(let value) = fact.value {
      return value.elements.enumerated()
        .map { Slot(fact: $0.element, path: path.appending(.index($0.offset))) }
    }
    if case .select(let slot, let source, let condition, let result) = list.kind {
      var elements: [Slot] = []
      for element in locatedElements(of: source) {
        slots[slot] = element
        guard condition.map({ truth(of: $0) }) != .no else { continue }
        guard let result else {
          elements.append(element)
          continue
        }
        if result.type.element != nil {
          elements += locatedElements(of: result)
          continue
        }
        let value = self.value(of: result)
        guard !value.isNone else { continue }
        if let (path, fact) = locate(result) {
          elements.append(Slot(fact: fact, path: path))
        } else {
          elements.append(Slot(fact: Fact(value, at: element.fact.place), path: element.path))
        }
      }
      slots[slot] = .empty
      return elements
    }
    return openElements(of: value(of: list)).0.map { Slot(fact: $0, path: FieldPath()) }
  }
}
