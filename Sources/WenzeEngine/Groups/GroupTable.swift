import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The groups that collected elements make by their keys, while conditions are over one of them.
///
/// What a group adds up to is worked out when a condition asks for it: most groups are settled by
/// how many elements they have.
final class GroupTable {
  private let run: GroupRun
  private let collection: GroupRun.Collection
  private let summaries: [GroupRule.Summary]
  private let firstColumn: Int
  private let keyCount: Int
  /// The rows of the groups, one group after another.
  private let order: [Int32]
  /// Where the rows of each group begin, and where those of the last end.
  private let starts: [Int32]
  private let index: KeyIndex
  /// Codes with a part that is not known, of elements that may be in a group.
  private let partial: [[ValueCode]]
  /// The periods in which any group has an element.
  let periods: Set<ValueCode>
  /// What was worked out last: of a group, and of those that its conditions look at.
  private var recent: [Recent] = []
  private var whole: [GroupSummary?]

  init(of intake: GroupRule.Intake, in run: GroupRun, period: Int?) {
    self.run = run
    let gathering = run.plan.gatherings[intake.gathering]
    collection = run.collections[intake.gathering]
    summaries = intake.summaries
    firstColumn = gathering.firstColumn
    keyCount = gathering.keys.count
    let keys = collection.rows.columns[Gathering.firstKey..<firstColumn]
    var index = KeyIndex(width: keys.count)
    var groups = [Int32](repeating: 0, count: collection.rows.count)
    for row in groups.indices { groups[row] = Int32(index.number(of: keys, at: row)) }
    (order, starts) = Self.sorted(groups, count: index.count)
    self.index = index
    periods = period.map { keys[Gathering.firstKey + $0] }.map { Set($0.codes) } ?? []
    partial = (Array(collection.leftOut.keys) + collection.mayGoOn).filter { $0.contains(.unknown) }
    whole = summaries.map { _ in nil }
  }

  /// The rows by their groups, in their order.
  private static func sorted(_ groups: [Int32], count: Int) -> (rows: [Int32], starts: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var rows = [Int32](repeating: 0, count: groups.count)
    for (row, group) in groups.enumerated() {
      rows[Int(next[Int(group)])] = Int32(row)
      next[Int(group)] += 1
    }
    return (rows, starts)
  }

  var count: Int { index.count }

  func key(of group: Int) -> [Value] { index.key(group).map { value(of: $0) } }

  func value(of code: ValueCode) -> Value { run.values.value(of: code) }

  func keyCodes(of group: Int) -> [ValueCode] { Array(index.key(group)) }

  func group(of key: [ValueCode]) -> Int? { index.known(key) }

  /// The rows of a group.
  func rows(of group: Int) -> ArraySlice<Int32> {
    order[Int(starts[group])..<Int(starts[group + 1])]
  }

  func size(of group: Int) -> Int { Int(starts[group + 1] - starts[group]) }

  /// The number of the document of a row.
  func document(of row: Int) -> Int {
    collection.rows.columns[Gathering.Fixed.document.rawValue][row].document
  }

  var leftOutCount: Int { collection.leftOut.values.reduce(0, +) }

  /// Whether there is no element with a key, or may be others than those that are known to have it;
  /// nil for all together.
  func isOpen(at key: [ValueCode]?) -> Bool {
    guard let key else {
      return count == 0 || !collection.leftOut.isEmpty || !collection.mayGoOn.isEmpty
    }
    return group(of: key) == nil || collection.leftOut[key] != nil
      || collection.mayGoOn.contains(key)
      || partial.contains { zip($0, key).allSatisfy { $0 == $1 || $0 == .unknown } }
  }

  /// What the elements of a group add up to.
  func summary(_ number: Int, of group: GroupContext.Place) -> GroupSummary {
    switch group {
    case .none: return GroupSummary(summaries[number].kind)
    case .whole:
      if let known = whole[number] { return known }
      let made = summary(number, over: order[...])
      whole[number] = made
      return made
    case .group(let group):
      let place = recentPlace(of: group)
      if let known = recent[place].summaries[number] { return known }
      let made = summary(number, over: rows(of: group))
      recent[place].summaries[number] = made
      return made
    }
  }

  /// A figure of a group, worked out by the body where it is not known yet: each element of a group
  /// asks for the same ones.
  func figure(_ figure: Figure, of group: GroupContext.Place, _ body: () -> Value) -> Value {
    guard case .group(let group) = group else { return body() }
    let place = recentPlace(of: group)
    if let known = recent[place].figures.first(where: { $0.figure == figure }) {
      return known.value
    }
    let made = codedFigure(figure, of: group) ?? body()
    recent[recentPlace(of: group)].figures.append((figure, made))
    return made
  }

  /// A figure of a group, or of no elements, by their codes; nil where they have to be made values.
  func codedFigure(_ figure: Figure, of group: Int?) -> Value? {
    let rows = group.map { self.rows(of: $0) } ?? []
    let source = summaries[figure.summary]
    guard let argument = source.argument else { return .integer(rows.count) }
    let column = collection.rows.columns[firstColumn + argument]
    guard var codes = CodedTally(rows.lazy.map { column[Int($0)] }) else { return nil }
    switch source.kind {
    case .condition: return codes.figure(ofCondition: figure.function)
    case .tally:
      return codes.figure(figure.function, at: figure.level).map { run.values.value(of: $0) }
    case .size, .dated, .texts: return nil
    }
  }

  /// Which figure of a group.
  struct Figure: Equatable {
    var function: Function
    var summary: Int
    var level: FixedDecimal?
  }

  /// What is known of a group.
  private struct Recent {
    var group: Int
    var summaries: [GroupSummary?]
    var figures: [(figure: Figure, value: Value)] = []
  }

  private func recentPlace(of group: Int) -> Int {
    if let place = recent.firstIndex(where: { $0.group == group }) { return place }
    // A group, and the two periods before.
    if recent.count == 3 { recent.removeFirst() }
    recent.append(Recent(group: group, summaries: summaries.map { _ in nil }))
    return recent.count - 1
  }

  private func summary(_ number: Int, over rows: ArraySlice<Int32>) -> GroupSummary {
    let source = summaries[number]
    var result = GroupSummary(source.kind)
    guard let argument = source.argument else {
      result.add(.boolean(true), times: rows.count)
      return result
    }
    let arguments = collection.rows.columns[firstColumn + argument]
    let dates = source.date.map { collection.rows.columns[firstColumn + $0] }
    var codes = rows.map { row in
      UInt64(arguments[Int(row)].bits) << 32 | UInt64(dates?[Int(row)].bits ?? 0)
    }
    codes.sort()
    var start = 0
    while start < codes.count {
      var end = start + 1
      while end < codes.count, codes[end] == codes[start] { end += 1 }
      let argument = ValueCode(bits: UInt32(truncatingIfNeeded: codes[start] >> 32))
      if let signature = run.values.signature(of: argument) {
        result.add(signature, times: end - start)
      } else {
        let date = ValueCode(bits: UInt32(truncatingIfNeeded: codes[start]))
        result.add(
          run.values.value(of: argument), on: dates == nil ? .unknown : run.values.value(of: date),
          times: end - start)
      }
      start = end
    }
    return result
  }
}

/// Gives keys, which are rows of codes, numbers in the order in which they come.
///
/// Open addressing with linear probing.
private struct KeyIndex {
  private let width: Int
  private var codes: [ValueCode] = []
  /// −1: nothing stands here.
  private var slots = [Int32](repeating: -1, count: 64)
  private(set) var count = 0

  init(width: Int) {
    self.width = width
  }

  func key(_ number: Int) -> ArraySlice<ValueCode> {
    codes[(number * width)..<((number + 1) * width)]
  }

  /// The numbers of keys that are one text, by the number of the text; −1: none.
  private var byText: [Int32] = []

  /// The number of the key in a row of columns.
  mutating func number(of columns: ArraySlice<CodeColumn>, at row: Int) -> Int {
    if width == 1, let code = columns.first?[row], code.kind == .text {
      return number(ofText: code)
    }
    var hash: UInt64 = 0
    for column in columns { hash = mixed(hash, column[row]) }
    var slot = place(of: hash)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if columns.enumerated().allSatisfy({ codes[number * width + $0] == $1[row] }) {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    for column in columns { codes.append(column[row]) }
    count += 1
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// Texts have numbers already.
  private mutating func number(ofText code: ValueCode) -> Int {
    while byText.count <= code.number { byText.append(-1) }
    if byText[code.number] < 0 {
      byText[code.number] = Int32(count)
      codes.append(code)
      count += 1
    }
    return Int(byText[code.number])
  }

  func known(_ key: [ValueCode]) -> Int? {
    if width == 1, let code = key.first, code.kind == .text {
      guard code.number < byText.count, byText[code.number] >= 0 else { return nil }
      return Int(byText[code.number])
    }
    var slot = place(of: key.reduce(0) { mixed($0, $1) })
    while slots[slot] >= 0 {
      if self.key(Int(slots[slot])).elementsEqual(key) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func mixed(_ hash: UInt64, _ code: ValueCode) -> UInt64 {
    (hash ^ UInt64(code.bits)) &* 0x9E37_79B9_7F4A_7C15 ^ hash >> 29
  }

  private func place(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93 >> 20)
      & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for number in 0..<count where width != 1 || codes[number].kind != .text {
      var slot = place(of: key(number).reduce(0) { mixed($0, $1) })
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
