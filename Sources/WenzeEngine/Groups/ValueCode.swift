import WenzeModel

/// A value in 32 bits.
///
/// What is common stands in the code itself, the rest is a number in a ``ValueTable``. Values of one
/// table are equal where their codes are.
struct ValueCode: Hashable, Sendable {
  let bits: UInt32

  /// What the three highest bits say that the others are.
  enum Kind: UInt32 {
    case truth
    /// A day since 1970-01-01.
    case day
    case integer
    /// The numbers of an enum and of its entry.
    case entry
    case text
    case signature
    case other
  }

  init(bits: UInt32) {
    self.bits = bits
  }

  private init(_ kind: Kind, _ payload: UInt32) {
    bits = kind.rawValue << 29 | payload
  }

  static let unknown = ValueCode(.truth, 0)
  static let none = ValueCode(.truth, 1)
  static let no = ValueCode(.truth, 2)
  static let yes = ValueCode(.truth, 3)

  var kind: Kind { Kind(rawValue: bits >> 29) ?? .other }

  var payload: UInt32 { bits & (1 << 29 - 1) }

  init(_ truth: Truth) {
    switch truth {
    case .yes: self = .yes
    case .no: self = .no
    case .unknown: self = .unknown
    }
  }

  /// A date that is known to the day, and not more precisely.
  init(day: Int32) {
    self.init(.day, UInt32(bitPattern: day &+ 1 << 28) & (1 << 29 - 1))
  }

  var day: Int32 { Int32(payload) - 1 << 28 }

  /// Nil for a number that is too large.
  init?(integer: Int) {
    guard (-1 << 28..<1 << 28).contains(integer) else { return nil }
    self.init(.integer, UInt32(integer + 1 << 28))
  }

  var integer: Int { Int(payload) - 1 << 28 }

  private static let entryBits: UInt32 = 16

  /// Nil for numbers that are too large.
  init?(enumeration: Int, entry: Int) {
    guard (0..<1 << 13).contains(enumeration), (0..<1 << 16).contains(entry) else { return nil }
    self.init(.entry, UInt32(enumeration) << Self.entryBits | UInt32(entry))
  }

  var enumeration: Int { Int(payload >> Self.entryBits) }

  var entry: Int { Int(payload & (1 << Self.entryBits - 1)) }

  /// A place in a table; nil past the half thousand million that fit.
  init?(_ kind: Kind, number: Int) {
    guard number < 1 << 29 else { return nil }
    self.init(kind, UInt32(number))
  }

  var number: Int { Int(payload) }
}
