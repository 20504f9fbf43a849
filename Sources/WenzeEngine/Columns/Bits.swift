/// A bit for each of a number of rows; the bits past the last row are zero.
struct Bits: Hashable, Sendable {
  /// The bits of 64 rows each, the first row lowest.
  private(set) var words: [UInt64]
  let count: Int

  init(count: Int, repeating bit: Bool = false) {
    self.count = count
    words = [UInt64](repeating: bit ? .max : 0, count: (count + 63) / 64)
    if bit { clearTail() }
  }

  /// Fills the words by a function of the number of a row.
  init(count: Int, where isSet: (Int) -> Bool) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for word in words.indices {
      let first = word * 64
      var bits: UInt64 = 0
      for bit in 0..<min(64, count - first) where isSet(first + bit) { bits |= 1 << UInt64(bit) }
      words[word] = bits
    }
  }

  subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let mask: UInt64 = 1 << UInt64(row & 63)
      if newValue { words[row >> 6] |= mask } else { words[row >> 6] &= ~mask }
    }
  }

  /// How many bits are set.
  var population: Int {
    words.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  static func & (left: Bits, right: Bits) -> Bits { left.merging(right) { $0 & $1 } }

  static func | (left: Bits, right: Bits) -> Bits { left.merging(right) { $0 | $1 } }

  /// The bits of the left that the right does not have.
  static func - (left: Bits, right: Bits) -> Bits { left.merging(right) { $0 & ~$1 } }

  static prefix func ~ (bits: Bits) -> Bits {
    var result = bits
    for word in result.words.indices { result.words[word] = ~result.words[word] }
    result.clearTail()
    return result
  }

  private func merging(_ other: Bits, _ merge: (UInt64, UInt64) -> UInt64) -> Bits {
    var result = self
    for word in result.words.indices {
      result.words[word] = merge(result.words[word], other.words[word])
    }
    return result
  }

  private mutating func clearTail() {
    let rest = count & 63
    if rest > 0 { words[words.count - 1] &= 1 << UInt64(rest) - 1 }
  }
}

extension Bits {
  /// The rows whose bits are set, in order.
  func forEachSet(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
