package import WenzeModel
import WenzeSemantics
import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

// Conditions over groups: figures are read from what the elements add up to.

/// The group that conditions are over, and those that they may look at beside it.
struct GroupContext {
  private let tables: Tables
  /// The elements that figures are of.
  var members = Members(place: .none, key: nil)
  /// The key of the group; nil for all together.
  var key: [ValueCode]?
  var listener: Listener?

  init(aggregation: Aggregation, groups: GroupTable, beside: GroupTable?) {
    tables = Tables(aggregation: aggregation, groups: groups, beside: beside)
  }

  var aggregation: Aggregation { tables.aggregation }

  var groups: GroupTable { tables.groups }

  /// What stands beside the groups; nil where no document of its dossier was added.
  var beside: GroupTable? { tables.beside }

  /// What all groups of a rule have in common: in one place, since contexts are copied for each
  /// figure.
  private final class Tables {
    let aggregation: Aggregation
    let groups: GroupTable
    let beside: GroupTable?

    init(aggregation: Aggregation, groups: GroupTable, beside: GroupTable?) {
      self.aggregation = aggregation
      self.groups = groups
      self.beside = beside
    }
  }

  /// Elements that add up.
  struct Members {
    var place: Place
    /// By which they were found; nil for all together.
    var key: [ValueCode]?
    var isBeside = false
    var isPrevious = false
  }

  /// Who is told what conditions ask for.
  final class Listener {
    private(set) var heard: [(question: VerdictMemo.Question, value: Value)] = []

    func hear(_ question: VerdictMemo.Question, _ value: Value) {
      if !heard.contains(where: { $0.question == question }) { heard.append((question, value)) }
    }
  }

  enum Place {
    case group(Int)
    /// No elements.
    case none
    /// Those of all groups together.
    case whole

    init(_ group: Int?) {
      self = group.map { .group($0) } ?? .none
    }
  }

  /// The groups that figures are of.
  var table: GroupTable? { members.isBeside ? beside : groups }

  /// Whether the current group has no element, or may have others than are known to be in it.
  var isOpen: Bool {
    table?.isOpen(at: members.key) ?? true
  }

  /// The key of the elements beside the group; nil for all together.
  var keyBeside: [ValueCode]? {
    guard let key, let count = aggregation.beside?.keys.count else { return nil }
    return Array(key.prefix(count))
  }

  /// The group of the elements beside; nil where there are none.
  var groupBeside: Int? { keyBeside.flatMap { beside?.group(of: $0) } }

  /// The group of the period before; nil inside where it has no element, and outside where nothing
  /// is known of that period.
  var previousGroup: Int?? { previous.map { groups.group(of: $0) } }

  /// The key of the group of the period before; of one without elements where other groups have some then.
  var previous: [ValueCode]? {
    guard var key, let period = aggregation.period, key[period].kind == .integer,
      let before = ValueCode(integer: key[period].integer - 1)
    else { return nil }
    key[period] = before
    guard groups.group(of: key) != nil || groups.periods.contains(before) else { return nil }
    return key
  }
}

extension Interpreter {
  mutating func valueOfPrevious(_ term: Term) -> Value {
    guard let groups else { return .unknown }
    let previous = groups.previous
    groups.listener?.hear(.hasPrevious, .boolean(previous != nil))
    guard let key = previous else { return .unknown }
    let place = GroupContext.Place(groups.groups.group(of: key))
    return value(
      of: term, over: GroupContext.Members(place: place, key: key, isPrevious: true), key: key)
  }

  mutating func valueOfWhole(_ term: Term) -> Value {
    value(of: term, over: GroupContext.Members(place: .whole, key: nil), key: nil)
  }

  /// What a term comes to over the elements beside the group; where no document of their dossier
  /// was added, nothing is known of them.
  mutating func valueBeside(_ term: Term) -> Value {
    guard let groups, let beside = groups.beside else { return .unknown }
    let key = groups.keyBeside
    let place = key.map { GroupContext.Place(beside.group(of: $0)) } ?? .whole
    return value(
      of: term, over: GroupContext.Members(place: place, key: key, isBeside: true),
      key: groups.key)
  }

  private mutating func value(
    of term: Term, over members: GroupContext.Members, key: [ValueCode]?
  ) -> Value {
    let outer = (groups, slots)
    defer { (groups, slots) = outer }
    enter(members, key: key)
    return value(of: term)
  }

  /// Makes a group the one that conditions are over.
  ///
  /// - Parameters:
  ///   - group: its number.
  ///   - slots: those of the keys that are asked for; nil: all.
  mutating func enter(_ group: Int, slots: Set<Int>? = nil) {
    guard let key = groups?.groups.keyCodes(of: group) else { return }
    enter(GroupContext.Members(place: .group(group), key: key), key: key, slots: slots)
  }

  private mutating func enter(
    _ members: GroupContext.Members, key: [ValueCode]?, slots asked: Set<Int>? = nil
  ) {
    groups?.members = members
    groups?.key = key
    for (number, variable) in (groups?.aggregation.keys ?? []).enumerated()
    where asked?.contains(variable.slot) ?? true {
      let value = key.map { groups?.groups.value(of: $0[number]) ?? .unknown } ?? .unknown
      slots[variable.slot] = Slot(fact: Fact(value, at: nil), path: FieldPath())
    }
  }

  /// A figure of the group; one over no elements is unknown unless it counts them.
  mutating func figure(_ function: Function, of number: Int, at level: Term?) -> Value {
    guard let groups, let table = groups.table else { return .unknown }
    let level = level.map { value(of: $0) }?.decimal
    let place = groups.members.place
    let asked = GroupTable.Figure(function: function, summary: number, level: level)
    let answer = table.figure(asked, of: place) {
      figure(function, of: table.summary(number, of: place), at: level, isOpen: groups.isOpen)
    }
    groups.listener?.hear(
      groups.members.isPrevious ? .previousFigure(asked) : .figure(asked), answer)
    return answer
  }

  private func figure(
    _ function: Function, of summary: GroupSummary, at level: FixedDecimal?,
    isOpen: @autoclosure () -> Bool
  ) -> Value {
    switch summary {
    case .size(let count):
      return .integer(count)
    case .condition(let holding, let known, _):
      return function == .count ? .integer(holding) : share(of: holding, in: known)
    case .tally(let values, let leftOut) where function == .values:
      return list(of: values, isOpen: leftOut > 0 || isOpen())
    case .tally(let values, _):
      return figure(function, over: values, at: level)
    case .dated(let values, _):
      return extreme(of: values, isFirst: function == .first)
    case .texts(let signatures, _):
      guard let level, (0...1_000_000).contains(level.millionths) else { return .unknown }
      return share(
        of: nearDuplicates(among: signatures, threshold: level),
        in: signatures.values.reduce(0, +))
    }
  }

  /// The values in their order; unknown where there is none and there may be some.
  private func list(of values: [Value: Int], isOpen: Bool) -> Value {
    if values.isEmpty, isOpen { return .unknown }
    let facts = values.keys.sorted { $0.precedes($1) }.map { Fact($0, at: nil) }
    return .list(FactList(facts, isOpen: isOpen))
  }

  /// A part of a whole to six places, rounded down.
  private func share(of part: Int, in whole: Int) -> Value {
    whole == 0 ? .unknown : .decimal(FixedDecimal(millionths: part * 1_000_000 / whole))
  }

  private func figure(
    _ function: Function, over values: [Value: Int], at level: FixedDecimal?
  ) -> Value {
    let count = values.values.reduce(0, +)
    switch function {
    case .distinct: return .integer(values.count)
    case .sum: return sum(values)
    case .mean: return mean(values)
    case .mode: return mode(values)?.value ?? .unknown
    case .largestShare: return share(of: mode(values)?.count ?? 0, in: count)
    case .entropy: return entropy(values)
    case .min, .earliest: return ranked(values, at: .zero)
    case .max, .latest: return ranked(values, at: .one)
    case .median: return ranked(values, at: FixedDecimal(millionths: 500_000))
    case .quantile: return level.map { ranked(values, at: $0) } ?? .unknown
    default: return .unknown
    }
  }

  private func sum(_ values: [Value: Int]) -> Value {
    var total = Value.integer(0)
    for (value, count) in values {
      total = calculate(.add, total, calculate(.multiply, value, .integer(count)))
    }
    return total
  }

  private func mean(_ values: [Value: Int]) -> Value {
    var total: Int128 = 0
    var count: Int128 = 0
    for (value, times) in values {
      guard let value = value.decimal else { continue }
      total += Int128(value.millionths) * Int128(times)
      count += Int128(times)
    }
    guard count > 0, let mean = Int(exactly: total / count) else { return .unknown }
    return .decimal(FixedDecimal(millionths: mean))
  }

  /// The most frequent value; of several that are as frequent, the first in the order of values.
  private func mode(_ values: [Value: Int]) -> (value: Value, count: Int)? {
    values.max { left, right in
      left.value == right.value ? left.key.precedes(right.key) == false : left.value < right.value
    }.map { ($0.key, $0.value) }
  }

  /// Shannon's entropy in bits.
  private func entropy(_ values: [Value: Int]) -> Value {
    let total = Double(values.values.reduce(0, +))
    guard total > 0 else { return .unknown }
    // Sorted, since the sum of floating-point numbers depends on their order.
    let bits = values.values.sorted().reduce(0) { sum, count in
      sum - Double(count) / total * log2(Double(count) / total)
    }
    return .decimal(FixedDecimal(millionths: Int((bits * 1_000_000).rounded())))
  }

  /// The least value that a share of the values does not exceed: always one that occurs.
  ///
  /// A date that is not known to the day has two places in the order; where they differ, the
  /// result is unknown.
  private func ranked(_ values: [Value: Int], at level: FixedDecimal) -> Value {
    guard (0...1_000_000).contains(level.millionths) else { return .unknown }
    let places = values.compactMap { value, count in
      value.place.map { (value: value, count: count, low: $0.low, high: $0.high) }
    }
    let count = places.reduce(0) { $0 + $1.count }
    guard count > 0 else { return .unknown }
    let rank = max(1, (level.millionths * count + 999_999) / 1_000_000)
    func value(_ sorted: [(value: Value, count: Int, low: Int, high: Int)]) -> Value {
      var passed = 0
      for entry in sorted {
        passed += entry.count
        if passed >= rank { return entry.value }
      }
      return .unknown
    }
    let lowest = value(places.sorted { ($0.low, $0.high) < ($1.low, $1.high) })
    let highest = value(places.sorted { ($0.high, $0.low) < ($1.high, $1.low) })
    return lowest == highest ? lowest : .unknown
  }

  /// The value with the first or last date; unknown where another has no later or earlier one.
  private func extreme(of values: [GroupSummary.DatedValue: Int], isFirst: Bool) -> Value {
    let best = values.keys.min { left, right in
      isFirst
        ? left.date.lastDay < right.date.lastDay : left.date.firstDay > right.date.firstDay
    }
    guard let best else { return .unknown }
    let isClear = values.keys.allSatisfy { other in
      other.value == best.value
        || (isFirst
          ? other.date.firstDay > best.date.lastDay : other.date.lastDay < best.date.firstDay)
    }
    return isClear ? best.value : .unknown
  }

  mutating func poissonBound(_ mean: Term, _ level: Term) -> Value {
    guard let mean = value(of: mean).decimal, let level = value(of: level).decimal else {
      return .unknown
    }
    return WenzeEngine.poissonBound(mean: mean, level: level).map(Value.integer) ?? .unknown
  }
}

/// The least k with P(X ≤ k) ≥ level, for a Poisson variable of a mean; nil for a negative mean, one
/// above a million, or a level that is not between 0 and 1.
///
/// The probabilities are summed relative to that of the mode, with nothing but the four operations
/// of IEEE 754, so that every machine gives the same number.
package func poissonBound(mean: FixedDecimal, level: FixedDecimal) -> Int? {
  guard (0...1_000_000_000_000).contains(mean.millionths),
    (1..<1_000_000).contains(level.millionths)
  else { return nil }
  let rate = Double(mean.millionths) / 1_000_000
  let mode = Int(rate)
  var weights = [1.0]
  var number = mode
  var weight = 1.0
  while number > 0, weight > 1e-18 {
    weight *= Double(number) / rate
    number -= 1
    weights.append(weight)
  }
  let least = number
  weights.reverse()
  number = mode
  weight = 1
  while weight > 1e-18 {
    number += 1
    weight *= rate / Double(number)
    weights.append(weight)
  }
  let wanted = weights.reduce(0, +) * (Double(level.millionths) / 1_000_000)
  var sum = 0.0
  for (offset, weight) in weights.enumerated() {
    sum += weight
    if sum >= wanted { return least + offset }
  }
  return least + weights.count - 1
}

extension FixedDecimal {
  fileprivate static let zero = FixedDecimal(millionths: 0)
  fileprivate static let one = FixedDecimal(millionths: 1_000_000)
}

extension Value {
  /// The bounds of its place in the order of its type; nil for a type without an order.
  fileprivate var place: (low: Int, high: Int)? {
    switch self {
    case .integer, .decimal: decimal.map { ($0.millionths, $0.millionths) }
    case .symbol(_, let entry): (entry, entry)
    case .date(let date): (date.firstDay, date.lastDay)
    default: nil
    }
  }

  /// Whether the value comes before another one of its type.
  func precedes(_ other: Value) -> Bool {
    if case .text(let left) = self, case .text(let right) = other { return left < right }
    if case .unlisted(_, let left) = self, case .unlisted(_, let right) = other {
      return left < right
    }
    if case .boolean(let left) = self, case .boolean(let right) = other { return !left && right }
    // Spellings that an enum does not list come after those that it does.
    guard let left = place else { return false }
    guard let right = other.place else { return true }
    return left < right
  }
}
