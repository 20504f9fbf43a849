#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Gives each text of a batch a number.
///
/// Texts are told apart by their bytes, in a table with open addressing, since most of them are
/// compared with nothing and need no `String`. Texts that are canonically equivalent, and so equal,
/// have one number.
struct TextNumbers: Sendable {
  /// The bytes of all texts, one after another.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Numbers of texts by hash; −1: nothing stands here.
  private var slots = [Int32](repeating: -1, count: 256)
  /// Texts by what they mean, once one came that may be written otherwise too.
  private var canonical: [String: Int32]?

  var count: Int { ends.count }

  func text(_ number: Int32) -> String {
    String(decoding: bytes[range(of: Int(number))], as: UTF8.self)
  }

  private func range(of number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  mutating func number(of text: String) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      number(
        of: UnsafeRawBufferPointer(bytes), hash: TextNumbers.hash(of: UnsafeRawBufferPointer(bytes))
      )
    }
  }

  /// Whether a text has another one inside, or is the same.
  func has(_ part: Int32, in number: Int32) -> Bool {
    if part == number { return true }
    return bytes.withUnsafeBytes { bytes in
      let (whole, inner) = (range(of: Int(number)), range(of: Int(part)))
      return UnsafeRawBufferPointer(rebasing: bytes[whole])
        .hasInside(UnsafeRawBufferPointer(rebasing: bytes[inner]))
    }
  }

  /// The number of a text of another table.
  mutating func number(of number: Int32, in other: TextNumbers) -> Int32 {
    other.bytes.withUnsafeBytes { bytes in
      let text = UnsafeRawBufferPointer(rebasing: bytes[other.range(of: Int(number))])
      return self.number(of: text, hash: other.hashes[Int(number)])
    }
  }

  /// The number of a text if one has it.
  func knownNumber(of text: String) -> Int32? {
    number(ofKnown: text) ?? (0..<Int32(count)).first { self.text($0) == text }
  }

  /// The number of a text if one has it; nothing at all where that cannot be told by its bytes.
  func number(ofKnown text: String) -> Int32?? {
    if let canonical { return .some(canonical[text]) }
    var text = text
    return text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      guard bytes.isPlainlyCanonical else { return nil }
      let hash = TextNumbers.hash(of: bytes)
      let mask = slots.count - 1
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 {
        if isText(Int(slots[slot]), bytes) { return .some(slots[slot]) }
        slot = (slot + 1) & mask
      }
      return .some(nil)
    }
  }

  /// The number of a text of UTF-8, whose bytes have a hash by ``hash(of:)``.
  mutating func number(of text: UnsafeRawBufferPointer, hash: UInt64) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let number = slots[slot]
      if hashes[Int(number)] == hash, isText(Int(number), text) { return number }
      slot = (slot + 1) & mask
    }
    return add(text, at: slot, hash)
  }

  private func isText(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    let range = range(of: number)
    guard range.count == text.count else { return false }
    guard let start = text.baseAddress else { return true }
    return bytes.withUnsafeBytes { known in
      known.baseAddress.map { memcmp($0 + range.lowerBound, start, range.count) == 0 } ?? true
    }
  }

  private mutating func add(
    _ text: UnsafeRawBufferPointer, at slot: Int, _ hash: UInt64
  ) -> Int32 {
    let number = Int32(ends.count)
    if canonical != nil || !text.isPlainlyCanonical {
      let string = String(decoding: text, as: UTF8.self)
      var known = canonical ?? [:]
      canonical = nil
      if known.isEmpty { for number in 0..<number { known[self.text(number)] = number } }
      let equal = known[string]
      if equal == nil { known[string] = number }
      canonical = known
      if let equal { return equal }
    }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for number in ends.indices {
      var slot = Int(truncatingIfNeeded: hashes[number]) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  /// Forgets all texts, and keeps the room for them.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = -1 }
    canonical = nil
  }

  /// A hash of bytes: of each eight, and of the rest with zeros behind.
  ///
  /// No one else chooses the texts that meet in one batch so as to collide; a collision costs time,
  /// never the answer.
  static func hash(of text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = HashState()
    var offset = 0
    while offset + 8 <= text.count {
      hash.add(text.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
      offset += 8
    }
    var rest: UInt64 = 0
    for place in 0..<text.count - offset {
      rest |= UInt64(text[offset + place]) << UInt64(8 * place)
    }
    hash.add(rest)
    return hash.finished(count: text.count)
  }

  /// A hash on its way through a text.
  struct HashState {
    private var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    init() {}

    @inline(__always)
    mutating func add(_ word: UInt64) {
      value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
      value ^= value >> 32
    }

    @inline(__always)
    func finished(count: Int) -> UInt64 {
      let value = (value ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
      return value ^ value >> 29
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the text is in normal form C for sure: no other text in that form is equivalent to it.
  ///
  /// Latin letters, CJK ideographs and the punctuation of both are; of everything else the answer
  /// is no, and ``TextNumbers`` asks `String`.
  fileprivate var isPlainlyCanonical: Bool {
    var index = 0
    while index < count {
      let lead = self[index]
      switch lead {
      case 0..<0x80: index += 1
      case 0xC2...0xCB: index += 2
      case 0xE4...0xE9: index += 3
      case 0xE2 where index + 2 < count:
        // Two pairs of blanks are alike, letterlike symbols are letters, angle brackets are those
        // of CJK, and some symbols combine with what stands before them.
        switch self[index + 1] {
        case 0x80 where self[index + 2] >= 0x82: index += 3
        case 0x81, 0x82, 0x85...0x8B, 0x8D...0xAA: index += 3
        default: return false
        }
      case 0xE3 where index + 2 < count:
        let second = self[index + 1]
        let third = self[index + 2]
        // U+302A…U+302F and U+3099…U+309A combine with what stands before them.
        if second == 0x80 && third >= 0xAA && third <= 0xAF { return false }
        if second == 0x82 && (third == 0x99 || third == 0x9A) { return false }
        index += 3
      case 0xEF where index + 1 < count && self[index + 1] >= 0xBC: index += 3
      default: return false
      }
    }
    return true
  }
}
