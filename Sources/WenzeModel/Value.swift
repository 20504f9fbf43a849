package import WenzeSyntax

/// What a document says about one thing, or what an expression over it comes to.
package enum Value: Hashable, Sendable {
  /// Not recorded.
  case unknown
  /// Known not to exist.
  case none
  case boolean(Bool)
  case integer(Int)
  /// A count over a list that may go on: this many, or more.
  case atLeast(Int)
  case decimal(FixedDecimal)
  case text(String)
  case date(CalendarDate)
  case duration(CalendarDuration)
  /// An entry of an enum, by the number of each.
  case symbol(enumeration: Int, entry: Int)
  /// A spelling that an open enum does not list.
  case unlisted(enumeration: Int, String)
  /// The fields in the order of the record's type.
  case record([Fact])
  case list(FactList)

  @inlinable package init(_ truth: Truth) {
    switch truth {
    case .yes: self = .boolean(true)
    case .no: self = .boolean(false)
    case .unknown: self = .unknown
    }
  }

  /// The value as a condition; something known not to exist does not hold.
  @inlinable package var truth: Truth {
    switch self {
    case .boolean(let value): Truth(value)
    case .none: .no
    default: .unknown
    }
  }

  @inlinable package var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }

  /// Whether the value is known not to exist.
  @inlinable package var isNone: Bool {
    if case .none = self { true } else { false }
  }
}

/// A value with the place where it was recorded.
package struct Fact: Hashable, Sendable {
  package var value: Value
  /// Nil where nothing was written: an unknown, or an absence that a complete file settles.
  package var place: SourceRange?

  @inlinable package init(_ value: Value, at place: SourceRange?) {
    self.value = value
    self.place = place
  }

  package static let unknown = Fact(.unknown, at: nil)
}

/// A list of facts, which may be open: the file may lack some.
package struct FactList: Hashable, Sendable {
  package var elements: [Fact]
  package var isOpen: Bool
  /// Whether the file itself says that the list goes on.
  package var isMarkedOpen: Bool

  @inlinable package init(_ elements: [Fact], isOpen: Bool, isMarkedOpen: Bool = false) {
    self.elements = elements
    self.isOpen = isOpen
    self.isMarkedOpen = isMarkedOpen
  }
}
