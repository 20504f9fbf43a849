/// Looks for bytes eight at a time.
///
/// A byte of a word is zero where `(word - 0x01…) & ~word & 0x80…` has its highest bit; a borrow can
/// set that bit falsely only above the first zero, which is the one that counts.
extension Span<UInt8> {
  /// Where a byte first stands from a position on; the count if it does not.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int {
    let pattern = UInt64(repeating: byte)
    var position = start
    while position + 8 <= count {
      let found = (word(at: position) ^ pattern).zeroBytes
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count, self[position] != byte { position += 1 }
    return position
  }

  /// Where one of two bytes first stands from a position on; the count if neither does.
  package func firstIndex(of byte: UInt8, or other: UInt8, from start: Int) -> Int {
    let (pattern, otherPattern) = (UInt64(repeating: byte), UInt64(repeating: other))
    var position = start
    while position + 8 <= count {
      let word = word(at: position)
      let found = (word ^ pattern).zeroBytes | (word ^ otherPattern).zeroBytes
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count, self[position] != byte, self[position] != other { position += 1 }
    return position
  }

  /// Where a quotation mark, a backslash or a control first stands from a position on: the end of
  /// what a text of JSON has as it is.
  package func endOfPlainText(from start: Int) -> Int {
    let (quote, backslash) = (UInt64(repeating: 0x22), UInt64(repeating: 0x5C))
    var position = start
    while position + 8 <= count {
      let word = word(at: position)
      let found =
        (word ^ quote).zeroBytes | (word ^ backslash).zeroBytes
        | (word &- UInt64(repeating: 0x20)) & ~word & UInt64(repeating: 0x80)
      if found != 0 { return position + found.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < count, self[position] >= 0x20, self[position] != 0x22, self[position] != 0x5C {
      position += 1
    }
    return position
  }

  /// How often a byte stands in a range.
  package func count(of byte: UInt8, in range: Range<Int>) -> Int {
    var count = 0
    var position = firstIndex(of: byte, from: range.lowerBound)
    while position < range.upperBound {
      count += 1
      position = firstIndex(of: byte, from: position + 1)
    }
    return count
  }

  /// Whether ASCII stands at a position.
  package func matches(_ text: StaticString, at position: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard position + length <= count else { return false }
    for index in 0..<length where self[position + index] != text.utf8Start[index] { return false }
    return true
  }

  /// Whether a range holds ASCII and nothing else.
  package func matches(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && matches(text, at: range.lowerBound)
  }

  /// How many Unicode scalars begin in a range.
  package func scalarCount(in range: Range<Int>) -> Int {
    var position = range.lowerBound
    var continued = 0
    while position + 8 <= range.upperBound {
      // The bytes of a scalar behind the first are 0b10……….
      let word = word(at: position)
      continued += (word >> 7 & ~(word >> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
      position += 8
    }
    while position < range.upperBound {
      continued += self[position] & 0xC0 == 0x80 ? 1 : 0
      position += 1
    }
    return range.count - continued
  }

  private func word(at position: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
}

extension UInt64 {
  fileprivate init(repeating byte: UInt8) { self = UInt64(byte) &* 0x0101_0101_0101_0101 }

  fileprivate var zeroBytes: UInt64 {
    (self &- 0x0101_0101_0101_0101) & ~self & 0x8080_8080_8080_8080
  }
}
