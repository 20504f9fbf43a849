/// The type of a field or an expression.
package enum ValueType: Hashable, Sendable {
  case boolean
  case text
  case integer
  case decimal
  case date
  case duration
  /// By the number of the enum in the rule set.
  case enumeration(Int)
  /// By the number of the record in the rule set.
  case record(Int)
  indirect case list(ValueType)
  /// The type of `无`, which agrees with everything that may be absent.
  case nothing
  /// The type of an expression that was reported already; it agrees with everything.
  case unknown

  /// Whether a value of one type can stand where the other is wanted.
  package func agrees(with other: ValueType) -> Bool {
    switch (self, other) {
    case (.unknown, _), (_, .unknown), (.nothing, _), (_, .nothing): true
    case (.integer, .decimal), (.decimal, .integer): true
    case (.list(let left), .list(let right)): left.agrees(with: right)
    default: self == other
    }
  }

  package var element: ValueType? {
    if case .list(let element) = self { element } else { nil }
  }

  /// The number of the record that a value is, or a list has.
  var record: Int? {
    switch self {
    case .record(let record), .list(.record(let record)): record
    default: nil
    }
  }

  package var isNumber: Bool {
    switch self {
    case .integer, .decimal, .unknown: true
    default: false
    }
  }
}
