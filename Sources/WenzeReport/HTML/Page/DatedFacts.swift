import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// A date that a document records.
struct DatedFact: Hashable {
  var path: FieldPath
  var date: CalendarDate
  /// Where it is written.
  var range: SourceRange?
}

extension Document {
  /// Every date of the document in the order of days, then of the file.
  var datedFacts: [DatedFact] {
    var facts: [DatedFact] = []
    func collect(_ fact: Fact, _ path: FieldPath) {
      switch fact.value {
      case .date(let date): facts.append(DatedFact(path: path, date: date, range: fact.place))
      case .record(let fields):
        for (number, field) in fields.enumerated() {
          collect(field, path.appending(.field(number)))
        }
      case .list(let list):
        for (index, element) in list.elements.enumerated() {
          collect(element, path.appending(.index(index)))
        }
      default: break
      }
    }
    for (number, field) in fields.enumerated() { collect(field, FieldPath([.field(number)])) }
    return facts.enumerated()
      .sorted { left, right in
        (left.element.date.firstDay, left.element.date.minute ?? 0, left.offset)
          < (right.element.date.firstDay, right.element.date.minute ?? 0, right.offset)
      }
      .map(\.element)
  }
}

/// A limit that a rule worked out from a date of the document, and the day that it was held against.
struct Deadline: Hashable {
  var code: String
  /// The date that it was reckoned from; nil where there is no one such.
  var start: CalendarDate?
  var limit: CalendarDate
  /// What was held against it: a date of the document, or the day of the run.
  var actual: CalendarDate
  var path: FieldPath?

  /// How many days the actual one is behind the limit; less than 0: before it.
  var daysPast: Int? { actual.days(since: limit) }
}

extension Judgement {
  /// The limits that did not hold, by the derivation of the requirement.
  func deadlines(of code: String) -> [Deadline] {
    guard verdict == .violation else { return [] }
    var found: [Deadline] = []
    func collect(_ part: Derivation) {
      if let deadline = part.deadline(of: code), !found.contains(deadline) {
        found.append(deadline)
      }
      let deciding = part.children.filter { $0.value.truth == part.value.truth }
      switch part.role {
      case .conjunction, .disjunction: deciding.forEach(collect)
      default: part.children.forEach(collect)
      }
    }
    collect(requirement)
    // Today is no fact; where a date of the file was late too, it says more.
    return found.contains { $0.path != nil } ? found.filter { $0.path != nil } : found
  }
}

extension Derivation {
  /// The limit of a comparison of two dates of which one was reckoned.
  fileprivate func deadline(of code: String) -> Deadline? {
    guard role == .operation, value.truth != .unknown, children.count == 2 else { return nil }
    for (reckoned, other) in [(children[1], children[0]), (children[0], children[1])] {
      guard reckoned.role == .operation, case .date(let limit) = reckoned.value,
        case .date(let actual) = other.value,
        !(other.role == .operation && !other.children.isEmpty),
        limit.isWholeDay, actual.isWholeDay
      else { continue }
      let bases = reckoned.children.compactMap { child -> CalendarDate? in
        if case .date(let date) = child.value { date } else { nil }
      }
      guard bases.count == 1, bases[0] != limit else { continue }
      var path: FieldPath?
      if case .fact(let fact) = other.role { path = fact.path }
      return Deadline(
        code: code, start: bases.first, limit: limit, actual: actual, path: path)
    }
    return nil
  }
}
