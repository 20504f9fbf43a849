import WenzeModel
import WenzeSemantics

/// The values of a column, a row each.
enum ColumnStorage: Sendable {
  case truths([Int8])
  case entries([Int32])
  case texts([Int32])
  case dates(DateColumn)
  case numbers(NumberColumn)
  /// Whatever is too rare to deserve a layout of its own.
  case values([Value])

  init(_ type: ValueType) {
    switch type {
    case .boolean, .record: self = .truths([])
    case .enumeration: self = .entries([])
    case .text: self = .texts([])
    case .date: self = .dates(DateColumn())
    case .integer: self = .numbers(NumberColumn(isDecimal: false))
    case .decimal: self = .numbers(NumberColumn(isDecimal: true))
    case .duration, .list, .nothing, .unknown: self = .values([])
    }
  }
}

/// How a row without a value is written where values are numbers.
enum Missing {
  static let unknown: Int32 = -1
  static let none: Int32 = -2
  /// A spelling that an open enum does not list: this, less its number among the texts.
  static let unlisted: Int32 = -3
}

/// Dates as the days, since 1970-01-01, between which they lie.
struct DateColumn: Sendable {
  var first: [Int32] = []
  var last: [Int32] = []
  /// The recorded minutes of the day, −1 where there are none; empty where no row has any.
  var minutes: [Int16] = []

  /// A date of which nothing is known may be any day.
  static let unknown = (first: Int32.min, last: Int32.max)
  /// A date that is known not to exist is no day.
  static let none = (first: Int32.max, last: Int32.min)

  mutating func append(_ date: CalendarDate) {
    first.append(Int32(date.firstDay))
    last.append(Int32(date.lastDay))
    if let minute = date.minute {
      while minutes.count < first.count - 1 { minutes.append(-1) }
      minutes.append(Int16(minute))
    } else if !minutes.isEmpty {
      minutes.append(-1)
    }
  }

  mutating func append(_ days: (first: Int32, last: Int32)) {
    first.append(days.first)
    last.append(days.last)
    if !minutes.isEmpty { minutes.append(-1) }
  }

  /// Appends a row of another column.
  mutating func append(_ other: DateColumn, at row: Int) {
    first.append(other.first[row])
    last.append(other.last[row])
    if !other.minutes.isEmpty, other.minutes[row] >= 0 {
      while minutes.count < first.count - 1 { minutes.append(-1) }
      minutes.append(other.minutes[row])
    } else if !minutes.isEmpty {
      minutes.append(-1)
    }
  }

  func value(at row: Int) -> Value {
    let days = (first: first[row], last: last[row])
    if days == DateColumn.unknown { return .unknown }
    if days == DateColumn.none { return .none }
    guard let begin = CalendarDate(dayNumber: Int(days.first)) else { return .unknown }
    if days.first == days.last {
      let minute = minutes.isEmpty || minutes[row] < 0 ? nil : Int(minutes[row])
      let date = CalendarDate(
        year: begin.year, month: begin.month, day: begin.day, minute: minute)
      return date.map(Value.date) ?? .unknown
    }
    let month = days.last - days.first < 31 ? begin.month : nil
    return CalendarDate(year: begin.year, month: month).map(Value.date) ?? .unknown
  }
}

/// Integers, or decimals in millionths.
struct NumberColumn: Sendable {
  var isDecimal: Bool
  var values: [Int] = []
  var states: [State] = []

  enum State: UInt8, Sendable {
    case known
    case unknown
    case none
    /// A count over a list that may go on.
    case atLeast
  }

  init(isDecimal: Bool) {
    self.isDecimal = isDecimal
  }

  /// A value in the unit of the column; nil for one that is no number.
  func comparable(_ value: Value) -> Int? {
    switch value {
    case .integer(let number):
      if !isDecimal { return number }
      let (millionths, isTooLarge) = number.multipliedReportingOverflow(by: 1_000_000)
      return isTooLarge ? nil : millionths
    case .decimal(let number) where isDecimal: return number.millionths
    default: return nil
    }
  }

  /// Whether the numbers fulfil a condition; nil where one is a lower bound.
  @inline(__always)
  func truths(where holds: (Int) -> Bool) -> TruthBits? {
    states.withUnsafeBufferPointer { states in
      guard !states.contains(.atLeast) else { return nil }
      let known = Bits(count: states.count) { states[$0] == .known }
      let none = Bits(count: states.count) { states[$0] == .none }
      let yes = values.withUnsafeBufferPointer { values in
        Bits(count: values.count) { holds(values[$0]) } & known
      }
      return TruthBits(yes: yes, no: (known - yes) | none)
    }
  }

  mutating func append(_ value: Int, _ state: State) {
    values.append(value)
    states.append(state)
  }

  func value(at row: Int) -> Value {
    switch states[row] {
    case .known:
      isDecimal ? .decimal(FixedDecimal(millionths: values[row])) : .integer(values[row])
    case .unknown: .unknown
    case .none: .none
    case .atLeast: .atLeast(values[row])
    }
  }
}

extension ColumnStorage {
  mutating func append(_ value: Value, _ texts: inout TextNumbers) {
    switch self {
    case .truths(var rows):
      self = .truths([])
      rows.append(Int8(truth: value))
      self = .truths(rows)
    case .entries(var rows):
      self = .entries([])
      switch value {
      case .symbol(_, let entry): rows.append(Int32(entry))
      case .unlisted(_, let text): rows.append(Missing.unlisted - texts.number(of: text))
      case .none: rows.append(Missing.none)
      default: rows.append(Missing.unknown)
      }
      self = .entries(rows)
    case .texts(var rows):
      self = .texts([])
      switch value {
      case .text(let text): rows.append(texts.number(of: text))
      case .none: rows.append(Missing.none)
      default: rows.append(Missing.unknown)
      }
      self = .texts(rows)
    case .dates(var column):
      self = .dates(DateColumn())
      switch value {
      case .date(let date): column.append(date)
      case .none: column.append(DateColumn.none)
      default: column.append(DateColumn.unknown)
      }
      self = .dates(column)
    case .numbers(var column):
      self = .numbers(NumberColumn(isDecimal: false))
      switch value {
      case .integer(let number): column.append(number, .known)
      case .decimal(let number): column.append(number.millionths, .known)
      case .none: column.append(0, .none)
      default: column.append(0, .unknown)
      }
      self = .numbers(column)
    case .values(var rows):
      self = .values([])
      rows.append(value)
      self = .values(rows)
    }
  }
}

extension Int8 {
  /// 1 and 0 for what is recorded, or for whether a record exists.
  init(truth value: Value) {
    switch value {
    case .boolean(let value): self = value ? 1 : 0
    case .none: self = -2
    case .unknown: self = -1
    default: self = 1
    }
  }
}
