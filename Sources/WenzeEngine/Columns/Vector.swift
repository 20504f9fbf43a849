import WenzeModel

/// What a term comes to for each row of a frame.
enum Vector: Sendable {
  /// The same for every row.
  case constant(Value)
  /// Conditions; the rows of `none` are among those that do not hold.
  case truths(TruthBits, none: Bits?)
  case entries([Int32], enumeration: Int)
  case texts([Int32])
  case dates(DateColumn)
  case numbers(NumberColumn)
  /// Any values, each of them once, with the number of the one in each row.
  case coded([Value], numbers: [Int32])

  init(_ truth: TruthBits) {
    self = .truths(truth, none: nil)
  }
}

/// The texts that the numbers of a batch stand for.
struct VectorReader {
  let texts: TextNumbers

  func value(of vector: Vector, at row: Int) -> Value {
    switch vector {
    case .constant(let value): return value
    case .truths(let truth, let none):
      if let none, none[row] { return .none }
      return Value(truth[row])
    case .entries(let rows, let enumeration):
      switch rows[row] {
      case Missing.unknown: return .unknown
      case Missing.none: return .none
      case let entry where entry >= 0:
        return .symbol(enumeration: enumeration, entry: Int(entry))
      case let entry:
        return .unlisted(
          enumeration: enumeration, texts.text(Missing.unlisted - entry))
      }
    case .texts(let rows):
      switch rows[row] {
      case Missing.none: return .none
      case let number where number >= 0: return .text(texts.text(number))
      default: return .unknown
      }
    case .dates(let column): return column.value(at: row)
    case .numbers(let column): return column.value(at: row)
    case .coded(let values, let numbers): return values[Int(numbers[row])]
    }
  }

  /// The vector as conditions.
  func truths(of vector: Vector, count: Int) -> TruthBits {
    switch vector {
    case .truths(let truth, _): truth
    case .constant(let value): TruthBits(count: count, repeating: value.truth)
    default: TruthBits(count: count) { value(of: vector, at: $0).truth }
    }
  }
}

extension Vector {
  /// The rows with the given numbers; a negative number stands for a row of which nothing is known.
  func gathering(_ rows: [Int32]) -> Vector {
    switch self {
    case .constant: return self
    case .truths(let truth, let none):
      func gather(_ bits: Bits) -> Bits {
        Bits(count: rows.count) { rows[$0] >= 0 && bits[Int(rows[$0])] }
      }
      return .truths(
        TruthBits(yes: gather(truth.yes), no: gather(truth.no)), none: none.map(gather))
    case .entries(let entries, let enumeration):
      return .entries(
        rows.map { $0 < 0 ? Missing.unknown : entries[Int($0)] }, enumeration: enumeration)
    case .texts(let numbers):
      return .texts(rows.map { $0 < 0 ? Missing.unknown : numbers[Int($0)] })
    case .dates(let column):
      var result = DateColumn()
      result.first = rows.map { $0 < 0 ? DateColumn.unknown.first : column.first[Int($0)] }
      result.last = rows.map { $0 < 0 ? DateColumn.unknown.last : column.last[Int($0)] }
      if !column.minutes.isEmpty {
        result.minutes = rows.map { $0 < 0 ? -1 : column.minutes[Int($0)] }
      }
      return .dates(result)
    case .numbers(let column):
      var result = NumberColumn(isDecimal: column.isDecimal)
      result.values = rows.map { $0 < 0 ? 0 : column.values[Int($0)] }
      result.states = rows.map { $0 < 0 ? .unknown : column.states[Int($0)] }
      return .numbers(result)
    case .coded(let values, let numbers):
      let unknown = Int32(values.count)
      return .coded(
        values + [.unknown], numbers: rows.map { $0 < 0 ? unknown : numbers[Int($0)] })
    }
  }
}
