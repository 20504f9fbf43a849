import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Walks terms over one document: the definition of what they mean.
///
/// Logic is Kleene's: a result is definite only if no way of filling in what the document does not
/// record could change it.
struct Interpreter {
  let ruleSet: RuleSet
  private(set) var document: Document
  /// The date of the run.
  let today: CalendarDate
  /// The date by which laws, lists and parameters are chosen.
  var lawDate: CalendarDate
  /// What gave the date of the law; nil: the date of the run.
  var lawDateTerm: Term?
  /// The document's own as-of date.
  var documentDate: Value = .unknown
  /// What the variables stand for.
  var slots: [Slot]
  /// Which arguments tables were found to need: the elements of a list often ask alike.
  var knownNeeds: [Lookup: NeededArguments] = [:]

  /// The group that conditions are over, if any.
  var groups: GroupContext?

  /// A table with arguments.
  struct Lookup: Hashable {
    var table: Int
    var arguments: [Value]
  }

  /// An element that a variable stands for, and where it is.
  struct Slot {
    var fact: Fact
    var path: FieldPath
    /// Whether it stands for an element that the document may lack.
    var isHypothetical = false

    static let empty = Slot(fact: .unknown, path: FieldPath())
  }

  init(ruleSet: RuleSet, document: Document, today: CalendarDate) {
    self.ruleSet = ruleSet
    self.document = document
    self.today = today
    lawDate = today
    slots = []
    if let dossier = ruleSet.records[document.dossier].dossier, let asOf = dossier.asOf {
      reserve(dossier.slotCount)
      documentDate = value(of: asOf)
      if case .date(let date) = documentDate {
        (lawDate, lawDateTerm) = (date, asOf)
      } else {
        documentDate = .unknown
      }
    }
  }

  mutating func reserve(_ count: Int) {
    while slots.count < count { slots.append(.empty) }
  }

  /// Makes a record the document, for a condition that is written over that record.
  mutating func evaluate(over fields: [Fact]) {
    document.fields = fields
  }

  mutating func truth(of term: Term) -> Truth {
    value(of: term).truth
  }

  mutating func value(of term: Term) -> Value {
    switch term.kind {
    case .constant(let value): return value
    case .variable(let slot): return slots[slot].fact.value
    case .document: return .record(document.fields)
    case .field(let base, let number): return field(number, of: value(of: base))
    case .asOf: return documentDate
    case .today: return .date(today)
    case .parameter(let index): return parameter(index)
    case .not(let operand): return Value(!truth(of: operand))
    case .and(let terms): return conjunction(of: terms)
    case .or(let terms): return disjunction(of: terms)
    case .compare(let comparison, let left, let right):
      let (first, second) = (value(of: left), value(of: right))
      if comparison == .equal, first.isUnknown != second.isUnknown,
        !mayGive(first.isUnknown ? second : first, first.isUnknown ? left : right)
      {
        return .boolean(false)
      }
      return Value(compare(comparison, first, second))
    case .member(let element, let collection):
      return Value(contains(value(of: collection), value(of: element)))
    case .listed(let element, let list): return Value(isListed(value(of: element), in: list))
    case .exists(let slot, let list, let condition):
      return exists(slot, in: list, where: condition)
    case .isKnown(let operand): return .boolean(isSettled(value(of: operand)))
    case .isPresent(let operand): return Value(isPresent(value(of: operand)))
    case .recorded(let operand): return recorded(value(of: operand))
    case .select(let slot, let list, let condition, let result):
      return select(slot, in: list, where: condition, take: result)
    case .aggregate(let aggregate, let list): return summarise(aggregate, value(of: list))
    case .arithmetic(let operation, let left, let right):
      return calculate(operation, value(of: left), value(of: right))
    case .year(let operand):
      if case .date(let date) = value(of: operand) { return .integer(date.year) }
      return value(of: operand).isNone ? .none : .unknown
    case .difference(let left, let right): return difference(value(of: left), value(of: right))
    case .allDates: return .list(FactList(allDates().map(\.fact), isOpen: false))
    case .similarity(let left, let right):
      return similarity(value(of: left), value(of: right))
    case .attribute(let operand, let name): return attribute(name, of: value(of: operand))
    case .lookup(let table, let arguments):
      return lookUp(ruleSet.tables[table], arguments.map { value(of: $0) })
    case .firstKnown(let terms):
      for term in terms {
        let value = value(of: term)
        if isTaken(value) { return value }
      }
      return .unknown
    case .figure(let function, let summary, let level):
      return figure(function, of: summary, at: level)
    case .previous(let term): return valueOfPrevious(term)
    case .whole(let term): return valueOfWhole(term)
    case .beside(let term): return valueBeside(term)
    case .poissonBound(let mean, let level): return poissonBound(mean, level)
    }
  }

  /// Whether a value is the first that is known: `否则` passes over what is known not to exist.
  func isTaken(_ value: Value) -> Bool {
    !value.isNone && !value.isUnknown
  }
}

extension Interpreter {
  /// Whether a term of unknown value may come to a value: a table whose rows are not decided may
  /// still have none of them left that gives it.
  private mutating func mayGive(_ value: Value, _ term: Term) -> Bool {
    guard case .lookup(let table, let arguments) = term.kind else { return true }
    return possibleResults(of: ruleSet.tables[table], arguments.map { self.value(of: $0) })
      .map { results in results.contains { compare(.equal, $0, value) != .no } } ?? true
  }
}

// MARK: - Logic

extension Interpreter {
  private mutating func conjunction(of terms: [Term]) -> Value {
    var result = Truth.yes
    for term in terms {
      result = result && truth(of: term)
      if result == .no { break }
    }
    return Value(result)
  }

  private mutating func disjunction(of terms: [Term]) -> Value {
    var result = Truth.no
    for term in terms {
      result = result || truth(of: term)
      if result == .yes { break }
    }
    return Value(result)
  }

  /// Whether an element satisfies a condition.
  ///
  /// Over a list that may go on, no match is `no` only if no element whatever could match.
  private mutating func exists(_ slot: Int, in list: Term, where condition: Term) -> Value {
    let (elements, isOpen) = openElements(of: value(of: list))
    var result = Truth.no
    for element in elements {
      slots[slot] = Slot(fact: element, path: FieldPath())
      result = result || truth(of: condition)
      if result == .yes { return .boolean(true) }
    }
    if isOpen {
      slots[slot] = .empty
      result = result || (truth(of: condition) == .no ? .no : .unknown)
    }
    return Value(result)
  }

  private mutating func select(
    _ slot: Int, in list: Term, where condition: Term?, take result: Term?
  ) -> Value {
    let source = value(of: list)
    if source.isUnknown { return .unknown }
    var (elements, isOpen) = openElements(of: source)
    var selected: [Fact] = []
    for element in elements {
      slots[slot] = Slot(fact: element, path: FieldPath())
      switch condition.map({ truth(of: $0) }) ?? .yes {
      case .no: continue
      case .unknown: isOpen = true
      case .yes:
        let value = result.map { self.value(of: $0) } ?? element.value
        if result?.type.element != nil {
          let (inner, mayGoOn) = openElements(of: value)
          selected += inner
          isOpen = isOpen || mayGoOn
        } else if !value.isNone {
          // What an element is known not to have is no part of the list.
          selected.append(Fact(value, at: element.place))
        }
      }
    }
    return .list(FactList(selected, isOpen: isOpen))
  }

  /// The elements of a list, and whether there may be more.
  func openElements(of value: Value) -> ([Fact], isOpen: Bool) {
    switch value {
    case .list(let list): (list.elements, list.isOpen)
    case .none: ([], false)
    default: ([], true)
    }
  }
}

// MARK: - Access

extension Interpreter {
  func field(_ number: Int, of record: Value) -> Value {
    switch record {
    case .record(let fields): fields.indices.contains(number) ? fields[number].value : .unknown
    case .none: .none
    default: .unknown
    }
  }

  private func parameter(_ index: Int) -> Value { parameter(index, on: lawDate) }

  /// The value of a parameter on a date; unknown where the missing precision could change it.
  func parameter(_ index: Int, on lawDate: CalendarDate) -> Value {
    let parameter = ruleSet.parameters[index]
    func value(on day: Int) -> Value {
      parameter.dated.last { $0.from.firstDay <= day }?.value ?? parameter.value
    }
    let first = value(on: lawDate.firstDay)
    return first == value(on: lawDate.lastDay) ? first : .unknown
  }

  func attribute(_ name: String?, of value: Value) -> Value {
    switch value {
    case .symbol(let enumeration, let entry):
      let entry = ruleSet.enums[enumeration].entries[entry]
      guard let name else { return .boolean(entry.isCatchAll) }
      return entry.attributes[name].map { .text($0.chinese) } ?? .none
    case .unlisted, .none: return name == nil ? .boolean(false) : .none
    default: return .unknown
    }
  }

  /// Every date that the document records, with its path.
  func allDates() -> [(fact: Fact, path: FieldPath)] {
    var found: [(Fact, FieldPath)] = []
    func visit(_ fact: Fact, _ path: FieldPath) {
      switch fact.value {
      case .date: found.append((fact, path))
      case .record(let fields):
        for (number, field) in fields.enumerated() { visit(field, path.appending(.field(number))) }
      case .list(let list):
        for (index, element) in list.elements.enumerated() {
          visit(element, path.appending(.index(index)))
        }
      default: break
      }
    }
    for (number, field) in document.fields.enumerated() {
      visit(field, FieldPath([.field(number)]))
    }
    return found
  }
}
