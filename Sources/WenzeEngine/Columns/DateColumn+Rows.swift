import WenzeModel
import WenzeSemantics

extension DateColumn {
  /// The same date in every row.
  init(repeating date: CalendarDate, count: Int) {
    first = [Int32](repeating: Int32(date.firstDay), count: count)
    last = [Int32](repeating: Int32(date.lastDay), count: count)
  }

  /// A vector as dates; nil if it is anything else, or the same time of a day in every row.
  init?(_ vector: Vector, count: Int) {
    switch vector {
    case .dates(let column): self = column
    case .constant(.date(let date)) where date.minute == nil:
      self.init(repeating: date, count: count)
    case .constant(.unknown): self.init(repeating: DateColumn.unknown, count: count)
    case .constant(.none): self.init(repeating: DateColumn.none, count: count)
    default: return nil
    }
  }

  private init(repeating days: (first: Int32, last: Int32), count: Int) {
    first = [Int32](repeating: days.first, count: count)
    last = [Int32](repeating: days.last, count: count)
  }

  /// Takes the dates of another column where it has any.
  mutating func replace(byKnown other: DateColumn) {
    for row in first.indices {
      let day = other.first[row]
      if day != DateColumn.unknown.first, day != DateColumn.none.first {
        first[row] = day
        last[row] = other.last[row]
      }
    }
  }

  /// Makes unknown what is known not to exist.
  mutating func forgetNone() {
    for row in first.indices where first[row] == DateColumn.none.first {
      first[row] = DateColumn.unknown.first
      last[row] = DateColumn.unknown.last
    }
  }

  /// Says of what is not known that it does not exist.
  mutating func makeNoneOfUnknown() {
    for row in first.indices where first[row] == DateColumn.unknown.first {
      first[row] = DateColumn.none.first
      last[row] = DateColumn.none.last
    }
  }

  /// Compares dates row by row; a date that does not exist compares with nothing.
  ///
  /// Times of day say something only of which step was taken first.
  static func compare(
    _ comparison: Term.Comparison, _ left: DateColumn, _ right: DateColumn
  ) -> TruthBits {
    if comparison == .precedes { return precedes(left, right) }
    let count = left.first.count
    return left.first.withUnsafeBufferPointer { a in
      left.last.withUnsafeBufferPointer { b in
        right.first.withUnsafeBufferPointer { c in
          right.last.withUnsafeBufferPointer { d in
            func exist(_ row: Int) -> Bool {
              a[row] != DateColumn.none.first && c[row] != DateColumn.none.first
            }
            switch comparison {
            case .less, .precedes:
              return TruthBits(
                yes: Bits(count: count) { exist($0) && b[$0] < c[$0] },
                no: Bits(count: count) { !exist($0) || a[$0] >= d[$0] })
            case .lessOrEqual:
              return TruthBits(
                yes: Bits(count: count) { exist($0) && c[$0] >= b[$0] },
                no: Bits(count: count) { !exist($0) || d[$0] < a[$0] })
            case .equal:
              return TruthBits(
                yes: Bits(count: count) {
                  exist($0) && a[$0] == b[$0] && c[$0] == d[$0] && a[$0] == c[$0]
                },
                no: Bits(count: count) { !exist($0) || b[$0] < c[$0] || d[$0] < a[$0] })
            }
          }
        }
      }
    }
  }

  private static func precedes(_ left: DateColumn, _ right: DateColumn) -> TruthBits {
    TruthBits(count: left.first.count) { row in
      let (first, last) = (left.first[row], left.last[row])
      let (otherFirst, otherLast) = (right.first[row], right.last[row])
      if first == DateColumn.none.first || otherFirst == DateColumn.none.first { return .no }
      if last < otherFirst { return .yes }
      if first > otherLast { return .no }
      let (minute, other) = (left.minute(at: row), right.minute(at: row))
      return minute < 0 || other < 0 ? .unknown : Truth(minute < other)
    }
  }

  /// The minute of the day, −1 if it is not recorded.
  func minute(at row: Int) -> Int16 {
    minutes.isEmpty ? -1 : minutes[row]
  }
}

extension Vector {
  /// The numbers that stand for texts or entries; nil for anything else.
  var codes: [Int32]? {
    switch self {
    case .entries(let rows, _), .texts(let rows): rows
    default: nil
    }
  }

  /// The rows that are known to have no value; nil where there are none.
  func none(_ count: Int) -> Bits? {
    switch self {
    case .constant(let value): value == .none ? Bits(count: count, repeating: true) : nil
    case .truths(_, let none): none
    case .entries(let rows, _), .texts(let rows):
      Bits(count: count) { rows[$0] == Missing.none }
    case .dates(let column): Bits(count: count) { column.first[$0] == DateColumn.none.first }
    case .numbers(let column): Bits(count: count) { column.states[$0] == .none }
    case .coded(let values, let numbers):
      values.contains(.none) ? Bits(count: count) { values[Int(numbers[$0])] == .none } : nil
    }
  }
}
