import WenzeModel
import WenzeSemantics
import WenzeSyntax

// What comparisons, memberships, aggregates and arithmetic come to over values.

extension Interpreter {
  /// Compares two values.
  ///
  /// Something known not to exist equals nothing else, and has no place in any order.
  func compare(_ comparison: Term.Comparison, _ left: Value, _ right: Value) -> Truth {
    if left.isNone || right.isNone { return .no }
    if left.isUnknown || right.isUnknown { return .unknown }
    switch (left, right) {
    case (.date(let left), .date(let right)):
      return switch comparison {
      case .equal: left.isSame(as: right)
      case .less: left.isBefore(right)
      case .lessOrEqual: left.isNotAfter(right)
      case .precedes: left.precedes(right)
      }
    case (.atLeast(let least), _):
      return compareBound(comparison, least: least, with: right, isLeft: true)
    case (_, .atLeast(let least)):
      return compareBound(comparison, least: least, with: left, isLeft: false)
    case (.integer(let left), .integer(let right)):
      return order(comparison, left, right)
    case (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal):
      guard let left = left.decimal, let right = right.decimal else { return .unknown }
      return order(comparison, left, right)
    case (.symbol(let leftEnum, let left), .symbol(let rightEnum, let right))
    where leftEnum == rightEnum:
      return order(comparison, left, right)
    case (.duration(let left), .duration(let right)):
      return compareDurations(comparison, left, right)
    case (.list(let left), .list(let right)):
      return comparison == .equal ? sameElements(left, right) : .unknown
    default:
      return comparison == .equal ? Truth(left == right) : .unknown
    }
  }

  private func order<Ordered: Comparable>(
    _ comparison: Term.Comparison, _ left: Ordered, _ right: Ordered
  ) -> Truth {
    switch comparison {
    case .equal: Truth(left == right)
    case .less, .precedes: Truth(left < right)
    case .lessOrEqual: Truth(left <= right)
    }
  }

  /// Compares a count that may be larger with a number.
  private func compareBound(
    _ comparison: Term.Comparison, least: Int, with other: Value, isLeft: Bool
  ) -> Truth {
    guard case .integer(let number) = other else { return .unknown }
    return switch (comparison, isLeft) {
    case (.equal, _): least > number ? .no : .unknown
    case (.less, true), (.precedes, true): least >= number ? .no : .unknown
    case (.lessOrEqual, true): least > number ? .no : .unknown
    case (.less, false), (.precedes, false): least > number ? .yes : .unknown
    case (.lessOrEqual, false): least >= number ? .yes : .unknown
    }
  }

  private func compareDurations(
    _ comparison: Term.Comparison, _ left: CalendarDuration, _ right: CalendarDuration
  ) -> Truth {
    func months(_ duration: CalendarDuration) -> Int? {
      switch duration.unit {
      case .month: duration.count
      case .year: duration.count * 12
      case .day, .workingDay: nil
      }
    }
    if let left = months(left), let right = months(right) { return order(comparison, left, right) }
    if left.unit == right.unit { return order(comparison, left.count, right.count) }
    return .unknown
  }

  private func sameElements(_ left: FactList, _ right: FactList) -> Truth {
    let (a, b) = (Set(left.elements.map(\.value)), Set(right.elements.map(\.value)))
    if a.contains(.unknown) || b.contains(.unknown) { return .unknown }
    if !left.isOpen, !right.isOpen { return Truth(a == b) }
    // An element that a closed list lacks can never come to be in it.
    if !right.isOpen, !a.isSubset(of: b) { return .no }
    if !left.isOpen, !b.isSubset(of: a) { return .no }
    return .unknown
  }

  func contains(_ collection: Value, _ element: Value) -> Truth {
    let (elements, isOpen) = openElements(of: collection)
    if element.isNone { return .no }
    if elements.isEmpty, !isOpen { return .no }
    if element.isUnknown { return .unknown }
    var result = Truth.no
    for candidate in elements {
      result = result || compare(.equal, candidate.value, element)
      if result == .yes { return .yes }
    }
    return isOpen ? .unknown : result
  }

  /// Whether an entry is listed on the date of the law.
  func isListed(_ value: Value, in list: Int) -> Truth {
    switch value {
    case .symbol(_, let entry):
      let type = ruleSet.enums[list]
      guard type.isList else { return .yes }
      var result = Truth.no
      for version in type.versions where version.entries.contains(entry) {
        result = result || (version.law.map { ruleSet.laws[$0].isInForce(on: lawDate) } ?? .yes)
      }
      return result
    case .unlisted, .none: return .no
    default: return .unknown
    }
  }

  /// Whether the document settles a value: it is recorded, or known not to exist.
  func isSettled(_ value: Value) -> Bool {
    switch value {
    case .unknown, .atLeast: false
    case .list(let list): !list.isOpen
    default: true
    }
  }

  func isPresent(_ value: Value) -> Truth {
    switch value {
    case .unknown: .unknown
    case .none: .no
    case .list(let list): list.elements.isEmpty ? (list.isOpen ? .unknown : .no) : .yes
    default: .yes
    }
  }

  func recorded(_ value: Value) -> Value {
    switch value {
    case .unknown: .none
    case .list(let list):
      .list(FactList(list.elements.filter { !$0.value.isUnknown }, isOpen: false))
    default: value
    }
  }

  func difference(_ left: Value, _ right: Value) -> Value {
    guard case .list(var list) = left else { return left.isNone ? .none : .unknown }
    let (elements, isOpen) = openElements(of: right)
    if right.isUnknown { return .unknown }
    let removed = Set(elements.map(\.value))
    list.elements.removeAll { removed.contains($0.value) }
    // What an open list may still hold cannot be said to be missing from it.
    if isOpen { list.elements = [] }
    list.isOpen = list.isOpen || isOpen
    return .list(list)
  }
}

// MARK: - Aggregates

extension Interpreter {
  func summarise(_ aggregate: Term.Aggregate, _ value: Value) -> Value {
    let (elements, isOpen) = openElements(of: value)
    let values = elements.map(\.value)
    let isUncertain = isOpen || values.contains(where: \.isUnknown)
    switch aggregate {
    case .count:
      return isOpen ? .atLeast(values.count) : .integer(values.count)
    case .distinct:
      let count = Set(values.filter { !$0.isUnknown }).count
      return isUncertain ? .atLeast(count) : .integer(count)
    case .sum:
      return isUncertain ? .unknown : sum(values)
    case .least, .greatest:
      return isUncertain ? .unknown : extreme(values, isLeast: aggregate == .least)
    case .mode:
      return isUncertain ? .unknown : mode(values)
    }
  }

  private func sum(_ values: [Value]) -> Value {
    var total = Value.integer(0)
    for value in values { total = calculate(.add, total, value) }
    return total
  }

  /// The least or greatest; unknown where the missing precision of dates could change it.
  private func extreme(_ values: [Value], isLeast: Bool) -> Value {
    guard var best = values.first else { return .none }
    for value in values.dropFirst() {
      // Two dates of the same month need not be one day, so that equal ones are compared too.
      let isBetter = isLeast ? compare(.less, value, best) : compare(.less, best, value)
      switch isBetter {
      case .yes: best = value
      case .no: continue
      case .unknown: return .unknown
      }
    }
    return best
  }

  private func mode(_ values: [Value]) -> Value {
    var counts: [Value: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    // Of several that are as frequent, the one that comes first.
    var best: Value = .none
    for value in values where counts[value, default: 0] > counts[best, default: 0] { best = value }
    return best
  }

  /// The Jaccard similarity of the texts' sets of three-character shingles.
  ///
  /// A. Broder, "On the resemblance and containment of documents", 1997.
  func similarity(_ left: Value, _ right: Value) -> Value {
    guard case .text(let left) = left, case .text(let right) = right else {
      return left.isNone || right.isNone ? .none : .unknown
    }
    let (a, b) = (shingles(of: left), shingles(of: right))
    let union = a.union(b).count
    guard union > 0 else { return .decimal(FixedDecimal(millionths: 1_000_000)) }
    return .decimal(FixedDecimal(millionths: a.intersection(b).count * 1_000_000 / union))
  }
}

/// The three-character shingles of a text, or all of a shorter one; blanks and punctuation do not
/// count.
func shingles(of text: String) -> Set<[Character]> {
  let characters = text.filter { !$0.isWhitespace && !$0.isPunctuation }.map { $0 }
  guard characters.count >= 3 else { return characters.isEmpty ? [] : [characters] }
  return Set((0...(characters.count - 3)).map { Array(characters[$0..<($0 + 3)]) })
}

// MARK: - Arithmetic

extension Value {
  /// A number as a decimal.
  var decimal: FixedDecimal? {
    switch self {
    case .integer(let value): FixedDecimal(value)
    case .decimal(let value): value
    default: nil
    }
  }
}

extension Interpreter {
  /// Calculates; what overflows or has no answer is unknown.
  func calculate(_ operation: Term.Arithmetic, _ left: Value, _ right: Value) -> Value {
    if left.isUnknown || right.isUnknown { return .unknown }
    if left.isNone || right.isNone { return .none }
    switch (left, operation, right) {
    case (.date(let date), .add, .duration(let duration)):
      return date.adding(duration).map(Value.date) ?? .unknown
    case (.date(let date), .subtract, .duration(let duration)):
      return date.adding(duration.negated).map(Value.date) ?? .unknown
    case (.date(let left), .subtract, .date(let right)):
      return left.days(since: right).map(Value.integer) ?? .unknown
    case (.atLeast(let least), .add, .integer(let number)),
      (.integer(let number), .add, .atLeast(let least)):
      return .atLeast(least + number)
    case (.integer(let left), .add, .integer(let right)):
      return checked(left.addingReportingOverflow(right))
    case (.integer(let left), .subtract, .integer(let right)):
      return checked(left.subtractingReportingOverflow(right))
    case (.integer(let left), .multiply, .integer(let right)):
      return checked(left.multipliedReportingOverflow(by: right))
    default:
      guard let left = left.decimal, let right = right.decimal else { return .unknown }
      let result =
        switch operation {
        case .add: left.adding(right)
        case .subtract: left.subtracting(right)
        case .multiply: left.multiplied(by: right)
        case .divide: left.divided(by: right)
        }
      return result.map(Value.decimal) ?? .unknown
    }
  }

  private func checked(_ result: (partialValue: Int, overflow: Bool)) -> Value {
    result.overflow ? .unknown : .integer(result.partialValue)
  }
}

// MARK: - Tables

extension Interpreter {
  /// The result of the first row that matches; unknown if rows that may still match differ.
  func lookUp(_ table: Table, _ arguments: [Value]) -> Value {
    var possible: Value?
    for row in table.rows {
      let match = matches(row, arguments)
      if match == .no { continue }
      if let possible, possible != row.result { return .unknown }
      possible = row.result
      if match == .yes { return row.result }
    }
    // If nothing need match, nothing is certain.
    return .unknown
  }

  /// The results that a table may have; nil if no row need match, so that nothing is certain.
  func possibleResults(of table: Table, _ arguments: [Value]) -> [Value]? {
    var results: [Value] = []
    for row in table.rows {
      switch matches(row, arguments) {
      case .no: continue
      case .unknown: results.append(row.result)
      case .yes: return results + [row.result]
      }
    }
    return nil
  }

  /// The number of the row that decided, if one did.
  func decidingRow(of table: Table, _ arguments: [Value]) -> Int? {
    table.rows.firstIndex { matches($0, arguments) == .yes }
  }

  /// The fewest unknown arguments of which some values would give the table a result.
  mutating func neededArguments(of index: Int, _ arguments: [Value]) -> NeededArguments {
    let lookup = Lookup(table: index, arguments: arguments)
    if let known = knownNeeds[lookup] { return known }
    let table = ruleSet.tables[index]
    let needed = NeededArguments(
      toDecide: fewestArguments(of: table, arguments) { !$0.isUnknown }
        ?? arguments.indices.filter { arguments[$0].isUnknown },
      toHold: fewestArguments(of: table, arguments) { $0.truth == .yes },
      toFail: fewestArguments(of: table, arguments) { $0.truth == .no })
    knownNeeds[lookup] = needed
    return needed
  }

  private func fewestArguments(
    of table: Table, _ arguments: [Value], giving isWanted: (Value) -> Bool
  ) -> [Int]? {
    guard table.rows.contains(where: { isWanted($0.result) }) else { return nil }
    let unknown = arguments.indices.filter { arguments[$0].isUnknown }
    let subsets = (0..<(1 << min(unknown.count, 6)))
      .map { bits in unknown.indices.filter { bits >> $0 & 1 == 1 }.map { unknown[$0] } }
      .sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count }
    return subsets.first { canGive(table, arguments, varying: $0[...], isWanted) }
  }

  private func canGive(
    _ table: Table, _ arguments: [Value], varying columns: ArraySlice<Int>,
    _ isWanted: (Value) -> Bool
  ) -> Bool {
    guard let column = columns.first else { return isWanted(lookUp(table, arguments)) }
    return candidates(for: column, of: table).contains { value in
      var arguments = arguments
      arguments[column] = value
      return canGive(table, arguments, varying: columns.dropFirst(), isWanted)
    }
  }

  /// The values that the cells of a column tell apart.
  private func candidates(for column: Int, of table: Table) -> [Value] {
    let named = table.rows.flatMap { row -> [Value] in
      switch row.cells[column] {
      case .any: []
      case .values(let values): values
      case .compared(_, let value): [value]
      }
    }
    if case .enumeration(let index) = table.columns[column].type {
      let entries = ruleSet.enums[index].entries.indices
        .map { Value.symbol(enumeration: index, entry: $0) }
      if ruleSet.enums[index].isOrdered { return entries }
      // Entries that no row names are all alike.
      return entries.filter(named.contains) + entries.filter { !named.contains($0) }.prefix(1)
    }
    return table.columns[column].type == .boolean ? [.boolean(true), .boolean(false)] : named
  }

  func matches(_ row: Table.Row, _ arguments: [Value]) -> Truth {
    var result = Truth.yes
    for (cell, argument) in zip(row.cells, arguments) {
      result = result && matches(cell, argument)
      if result == .no { return .no }
    }
    return result
  }

  private func matches(_ cell: Table.Cell, _ argument: Value) -> Truth {
    switch cell {
    case .any: return .yes
    case .values(let values):
      var result = Truth.no
      for value in values { result = result || compare(.equal, argument, value) }
      return result
    case .compared(let operation, let limit):
      return switch operation {
      case .less: compare(.less, argument, limit)
      case .lessOrEqual: compare(.lessOrEqual, argument, limit)
      case .greater: compare(.less, limit, argument)
      case .greaterOrEqual: compare(.lessOrEqual, limit, argument)
      default: !compare(.equal, argument, limit)
      }
    }
  }
}
