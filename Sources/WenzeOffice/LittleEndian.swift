extension [UInt8] {
  /// The number in the bytes at an offset, the least byte first; nil where the bytes end before.
  func littleEndian<Number: FixedWidthInteger & UnsignedInteger>(
    _: Number.Type, at offset: Int
  ) -> Number? {
    let width = Number.bitWidth / 8
    guard offset >= 0, offset <= count - width else { return nil }
    var number: Number = 0
    for index in (offset..<offset + width).reversed() { number = number << 8 | Number(self[index]) }
    return number
  }

  /// Appends a number, the least byte first.
  mutating func appendLittleEndian(_ number: some FixedWidthInteger & UnsignedInteger) {
    for index in 0..<number.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: number >> (8 * index)))
    }
  }
}
