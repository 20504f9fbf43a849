import WenzeSyntax

/// A decimal number with six places, exact for shares and weights.
package struct FixedDecimal: Hashable, Sendable, Comparable {
  /// The number times a million.
  package let millionths: Int

  package init(millionths: Int) {
    self.millionths = millionths
  }

  package init?(_ integer: Int) {
    let (value, overflow) = integer.multipliedReportingOverflow(by: 1_000_000)
    guard !overflow else { return nil }
    millionths = value
  }

  /// Reads `12`, `-3.5`, `90%`; nil with more than six places that matter, or out of range.
  package init?(text: some StringProtocol) {
    var folded = Substring(text.foldingFullWidth())
    let isPercent = folded.hasSuffix("%")
    if isPercent { folded = folded.dropLast() }
    let isNegative = folded.hasPrefix("-")
    if isNegative { folded = folded.dropFirst() }
    let parts = folded.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole >= 0,
      parts[0].allSatisfy({ $0.isASCII && $0.isNumber }), whole < 1_000_000_000_000
    else { return nil }
    var fraction = 0
    if parts.count == 2 {
      let digits = parts[1]
      guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
        digits.dropFirst(6).allSatisfy({ $0 == "0" }),
        let value = Int(digits.prefix(6) + String(repeating: "0", count: max(0, 6 - digits.count)))
      else { return nil }
      fraction = value
    }
    var value = whole * 1_000_000 + fraction
    if isPercent {
      guard value % 100 == 0 else { return nil }
      value /= 100
    }
    millionths = isNegative ? -value : value
  }

  package static func < (lhs: FixedDecimal, rhs: FixedDecimal) -> Bool {
    lhs.millionths < rhs.millionths
  }

  /// The shortest text that reads back as the number.
  package var text: String {
    let magnitude = millionths.magnitude
    let sign = millionths < 0 ? "-" : ""
    let fraction = magnitude % 1_000_000
    guard fraction > 0 else { return sign + String(magnitude / 1_000_000) }
    var digits = String(fraction)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return sign + String(magnitude / 1_000_000) + "." + digits
  }
}

extension FixedDecimal {
  package func adding(_ other: FixedDecimal) -> FixedDecimal? {
    checked(millionths.addingReportingOverflow(other.millionths))
  }

  package func subtracting(_ other: FixedDecimal) -> FixedDecimal? {
    checked(millionths.subtractingReportingOverflow(other.millionths))
  }

  /// The product, rounded towards zero to six places.
  package func multiplied(by other: FixedDecimal) -> FixedDecimal? {
    let (high, low) = millionths.multipliedFullWidth(by: other.millionths)
    return quotient(high: high, low: low, by: 1_000_000).map { FixedDecimal(millionths: $0) }
  }

  /// The quotient, rounded towards zero to six places; nil for a division by zero.
  package func divided(by other: FixedDecimal) -> FixedDecimal? {
    guard other.millionths != 0 else { return nil }
    let (high, low) = millionths.multipliedFullWidth(by: 1_000_000)
    return quotient(high: high, low: low, by: other.millionths)
      .map { FixedDecimal(millionths: $0) }
  }

  private func checked(_ result: (partialValue: Int, overflow: Bool)) -> FixedDecimal? {
    result.overflow ? nil : FixedDecimal(millionths: result.partialValue)
  }

  /// A 128-bit product divided, or nil where the quotient needs more than 64 bits.
  private func quotient(high: Int, low: UInt, by divisor: Int) -> Int? {
    let product = Int128(high) << 64 | Int128(UInt128(low))
    return Int(exactly: product / Int128(divisor))
  }
}
