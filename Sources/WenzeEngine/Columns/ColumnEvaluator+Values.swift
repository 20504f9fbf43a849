import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Steps over the values of one row.

extension ColumnEvaluator {
  mutating func compare(
    _ comparison: Term.Comparison, _ left: Int, _ right: Int, in frame: Int
  ) -> Vector {
    let (a, b) = (vector(of: left, in: frame), vector(of: right, in: frame))
    let count = frames.rows(of: frame).count
    if comparison == .equal, let result = equal(a, b) { return Vector(result) }
    if let result = compareNumbers(comparison, a, b) { return Vector(result) }
    if let first = DateColumn(a, count: count), let second = DateColumn(b, count: count) {
      return Vector(DateColumn.compare(comparison, first, second))
    }
    if comparison == .equal {
      if let result = equals(left, right, in: frame) { return result }
      if let result = equals(right, left, in: frame) { return result }
    }
    let interpreter = interpreter
    return conditions([left, right], in: frame) { interpreter.compare(comparison, $0[0], $0[1]) }
  }

  /// Whether a table comes to a value; nil if the first is no table.
  ///
  /// What no row that is left would give is excluded.
  mutating func equals(_ lookup: Int, _ value: Int, in frame: Int) -> Vector? {
    guard case .lookup(let number, let arguments) = program.steps[lookup].operation else {
      return nil
    }
    let table = program.ruleSet.tables[number]
    let interpreter = interpreter
    return conditions([value] + arguments, in: frame) { values in
      let arguments = Array(values.dropFirst())
      let result = interpreter.lookUp(table, arguments)
      if result.isUnknown, !values[0].isUnknown,
        let possible = interpreter.possibleResults(of: table, arguments),
        possible.allSatisfy({ interpreter.compare(.equal, $0, values[0]) == .no })
      {
        return .no
      }
      return interpreter.compare(.equal, result, values[0])
    }
  }

  /// Whether texts, or entries of one enum, are the same; nil for anything else.
  func equal(_ left: Vector, _ right: Vector) -> TruthBits? {
    switch (left, right) {
    case (.entries(let entries, let type), .constant(.symbol(let other, let entry))),
      (.constant(.symbol(let other, let entry)), .entries(let entries, let type)):
      type == other ? equal(entries, Int32(entry)) : nil
    case (.texts(let rows), .constant(.text(let text))),
      (.constant(.text(let text)), .texts(let rows)):
      // A text that no row has is the same as none of theirs.
      batch.texts.number(ofKnown: text).map { equal(rows, $0 ?? .max) }
    case (.texts(let left), .texts(let right)): equal(left, right)
    case (.entries(let left, let type), .entries(let right, let other)):
      type == other ? equal(left, right) : nil
    default: nil
    }
  }

  func equal(_ rows: [Int32], _ code: Int32) -> TruthBits {
    rows.withUnsafeBufferPointer { rows in
      let yes = Bits(count: rows.count) { rows[$0] == code }
      let unknown = Bits(count: rows.count) { rows[$0] == Missing.unknown }
      return TruthBits(yes: yes, no: ~(yes | unknown))
    }
  }

  func equal(_ left: [Int32], _ right: [Int32]) -> TruthBits {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        TruthBits(
          yes: Bits(count: left.count) {
            left[$0] == right[$0] && left[$0] != Missing.unknown && left[$0] != Missing.none
          },
          no: Bits(count: left.count) { row in
            left[row] == Missing.none || right[row] == Missing.none
              || left[row] != right[row] && left[row] != Missing.unknown
                && right[row] != Missing.unknown
          })
      }
    }
  }

  /// Numbers beside one number; nil for anything else, and for counts that are lower bounds.
  func compareNumbers(
    _ comparison: Term.Comparison, _ left: Vector, _ right: Vector
  ) -> TruthBits? {
    guard comparison != .precedes else { return nil }
    switch (left, right) {
    case (.numbers(let column), .constant(let value)):
      guard let number = column.comparable(value) else { return nil }
      switch comparison {
      case .equal: return column.truths { $0 == number }
      case .less: return column.truths { $0 < number }
      case .lessOrEqual, .precedes: return column.truths { $0 <= number }
      }
    case (.constant(let value), .numbers(let column)):
      guard let number = column.comparable(value) else { return nil }
      switch comparison {
      case .equal: return column.truths { number == $0 }
      case .less: return column.truths { number < $0 }
      case .lessOrEqual, .precedes: return column.truths { number <= $0 }
      }
    default: return nil
    }
  }

  mutating func member(_ element: Int, of members: [Value], in frame: Int) -> Vector {
    let list = Value.list(FactList(members.map { Fact($0, at: nil) }, isOpen: false))
    let interpreter = interpreter
    let elements = vector(of: element, in: frame)
    if case .texts(let rows) = elements, let result = member(rows, of: members) { return result }
    guard case .entries(let entries, let enumeration) = elements else {
      return conditions([element], in: frame) { interpreter.contains(list, $0[0]) }
    }
    let known = program.ruleSet.enums[enumeration].entries.indices.map { entry in
      interpreter.contains(list, .symbol(enumeration: enumeration, entry: entry))
    }
    let unknown = interpreter.contains(list, .unknown)
    if unknown == .unknown, let result = member(entries, known) { return result }
    return Vector(
      TruthBits(count: entries.count) { row in
        switch entries[row] {
        case Missing.unknown: unknown
        case Missing.none: .no
        case let entry where entry >= 0: known[Int(entry)]
        case let entry:
          interpreter.contains(
            list,
            .unlisted(
              enumeration: enumeration,
              batch.texts.text(Missing.unlisted - entry)))
        }
      })
  }

  /// Membership of entries in a set of at most 64; nil where one is not listed, or may be any.
  func member(_ entries: [Int32], _ known: [Truth]) -> Vector? {
    guard known.count <= 64, !known.contains(.unknown),
      entries.allSatisfy({ $0 > Missing.unlisted })
    else { return nil }
    var set: UInt64 = 0
    for (entry, truth) in known.enumerated() where truth == .yes { set |= 1 << UInt64(entry) }
    return entries.withUnsafeBufferPointer { entries in
      let yes = Bits(count: entries.count) { row in
        let entry = entries[row]
        return entry >= 0 && (set &>> UInt64(truncatingIfNeeded: entry)) & 1 == 1
      }
      let unknown = Bits(count: entries.count) { entries[$0] == Missing.unknown }
      return Vector(TruthBits(yes: yes, no: ~(yes | unknown)))
    }
  }

  /// Membership of texts among those that a rule writes out; nil where one of them is no plain text.
  func member(_ rows: [Int32], of members: [Value]) -> Vector? {
    var isMember = [Bool](repeating: false, count: batch.texts.count)
    for member in members {
      guard case .text(let text) = member, let number = batch.texts.number(ofKnown: text) else {
        return nil
      }
      if let number { isMember[Int(number)] = true }
    }
    return rows.withUnsafeBufferPointer { rows in
      isMember.withUnsafeBufferPointer { isMember in
        let yes = Bits(count: rows.count) { rows[$0] >= 0 && isMember[Int(rows[$0])] }
        let unknown = Bits(count: rows.count) { rows[$0] == Missing.unknown }
        return Vector(TruthBits(yes: yes, no: ~(yes | unknown)))
      }
    }
  }

  mutating func listed(
    _ element: Int, in enumeration: Int, on lawDate: Int, in frame: Int
  ) -> Vector {
    var interpreter = interpreter
    return conditions([element, lawDate], in: frame) { values in
      guard case .date(let date) = values[1] else { return .unknown }
      interpreter.lawDate = date
      return interpreter.isListed(values[0], in: enumeration)
    }
  }

  mutating func isKnown(_ operand: Int, in frame: Int) -> Vector {
    let known: Bits
    switch vector(of: operand, in: frame) {
    case .truths(let truth, _): known = truth.yes | truth.no
    case .entries(let rows, _), .texts(let rows):
      known = rows.withUnsafeBufferPointer { rows in
        Bits(count: rows.count) { rows[$0] != Missing.unknown }
      }
    case .dates(let dates):
      known = dates.first.withUnsafeBufferPointer { days in
        Bits(count: days.count) { days[$0] != DateColumn.unknown.first }
      }
    default:
      let interpreter = interpreter
      return conditions([operand], in: frame) { Truth(interpreter.isSettled($0[0])) }
    }
    return Vector(TruthBits(yes: known, no: ~known))
  }

  mutating func isPresent(_ operand: Int, in frame: Int) -> Vector {
    switch vector(of: operand, in: frame) {
    case .truths(let truth, let none):
      let none = none ?? Bits(count: truth.count)
      return Vector(TruthBits(yes: (truth.yes | truth.no) - none, no: none))
    case .entries(let rows, _), .texts(let rows):
      let count = rows.count
      return Vector(
        TruthBits(
          yes: Bits(count: count) { rows[$0] != Missing.unknown && rows[$0] != Missing.none },
          no: Bits(count: count) { rows[$0] == Missing.none }))
    case .dates(let dates):
      let count = dates.first.count
      return Vector(
        TruthBits(
          yes: Bits(count: count) {
            dates.first[$0] != DateColumn.unknown.first && dates.first[$0] != DateColumn.none.first
          },
          no: Bits(count: count) { dates.first[$0] == DateColumn.none.first }))
    default:
      let interpreter = interpreter
      return conditions([operand], in: frame) { interpreter.isPresent($0[0]) }
    }
  }

  mutating func arithmetic(
    _ operation: Term.Arithmetic, _ left: Int, _ right: Int, in frame: Int
  ) -> Vector {
    let interpreter = interpreter
    // Days from a time of day are those from its day.
    if case .dates(let dates) = vector(of: left, in: frame),
      case .constant(let value) = vector(of: right, in: frame), case .duration = value,
      let shifted = shifts.shift(
        dates, by: DayShifts.Key(operation: operation, value: value),
        { interpreter.calculate(operation, .date($0), value) })
    {
      return .dates(shifted)
    }
    return rowwise([left, right], in: frame) { interpreter.calculate(operation, $0[0], $0[1]) }
  }

  mutating func lookUp(_ number: Int, _ arguments: [Int], in frame: Int) -> Vector {
    let table = program.ruleSet.tables[number]
    let interpreter = interpreter
    return rowwise(arguments, in: frame) { interpreter.lookUp(table, $0) }
  }
}
