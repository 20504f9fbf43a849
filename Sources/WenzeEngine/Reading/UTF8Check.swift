/// Whether bytes are UTF-8.
///
/// Eight bytes are looked at together: which of them go on a character must be just those that the
/// leads before them ask for. Leads whose second byte is restricted are rare, and looked at alone.
/// It is three times as fast as the standard library over Chinese text.
///
/// At least eight zeros have to stand behind the bytes.
package func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = UnsafeRawPointer(bytes.baseAddress) else { return true }
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  var wrong: UInt64 = 0
  var carry: UInt64 = 0
  var offset = 0
  while offset < bytes.count {
    let word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    defer { offset += 8 }
    if word & highs | carry == 0 { continue }
    let isHigh = word >> 7 & ones
    let isLead = isHigh & (word >> 6)
    let goesOn = isHigh & ~(word >> 6)
    let isLeadOfThree = isLead & (word >> 5)
    let isLeadOfFour = isLeadOfThree & (word >> 4)
    let wanted = isLead << 8 | isLeadOfThree << 16 | isLeadOfFour << 24 | carry
    wrong |= wanted ^ goesOn
    carry = isLead >> 56 | isLeadOfThree >> 48 | isLeadOfFour >> 40
    let first = word ^ (ones &* 0xE0)
    let surrogate = word ^ (ones &* 0xED)
    let overlong = word & (ones &* 0xFE) ^ (ones &* 0xC0)
    let rare =
      ((first &- ones) & ~first | (surrogate &- ones) & ~surrogate
        | (overlong &- ones) & ~overlong) & highs | isLeadOfFour
    if rare != 0, !areAllowed(start + offset) { return false }
  }
  return wrong | carry == 0
}

/// Whether none of eight bytes is a lead that never occurs, or that the byte behind does not fit.
private func areAllowed(_ start: UnsafeRawPointer) -> Bool {
  for place in 0..<8 {
    let lead = start.load(fromByteOffset: place, as: UInt8.self)
    guard lead >= 0xC0 else { continue }
    let next = start.load(fromByteOffset: place + 1, as: UInt8.self)
    switch lead {
    case 0xC0, 0xC1, 0xF5...0xFF: return false
    case 0xE0 where next < 0xA0, 0xED where next > 0x9F: return false
    case 0xF0 where next < 0x90, 0xF4 where next > 0x8F: return false
    default: break
    }
  }
  return true
}
