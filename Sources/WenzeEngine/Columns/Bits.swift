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
  ///
  /// The answers for 64 rows are bytes first, which compilers make vector instructions of, and are
  /// then gathered eight at a time: a multiplication moves the lowest bit of each byte to the top.
  @inline(__always)
  init(count: Int, where isSet: (Int) -> Bool) {
    self.count = count
    words = [UInt64](unsafeUninitializedCapacity: (count + 63) / 64) { words, size in
      size = (count + 63) / 64
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { bytes in
        for word in 0..<(count / 64) {
          for bit in 0..<64 { bytes[bit] = isSet(word * 64 + bit) ? 1 : 0 }
          var bits: UInt64 = 0
          for group in 0..<8 {
            let eight = bytes.load(fromByteOffset: group * 8, as: UInt64.self).littleEndian
            bits |= ((eight &* 0x0102_0408_1020_4080) >> 56) << UInt64(group * 8)
          }
          words[word] = bits
        }
      }
      if size > count / 64 {
        var bits: UInt64 = 0
        for row in (count / 64 * 64)..<count where isSet(row) { bits |= 1 << UInt64(row & 63) }
        words[size - 1] = bits
      }
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
  /// The rows of a frame above below which a bit is set: of each bit the row of its number there.
  func raised(by parents: [Int32], count: Int) -> Bits {
    var result = Bits(count: count)
    parents.withUnsafeBufferPointer { parents in
      result.words.withUnsafeMutableBufferPointer { raised in
        forEachSet { row in
          let parent = Int(parents[row])
          raised[parent >> 6] |= 1 << UInt64(parent & 63)
        }
      }
    }
    return result
  }

  /// The rows whose bits are set, in order.
  @inline(__always)
  func forEachSet(_ body: (Int) -> Void) {
    for index in words.indices {
      let word = words[index]
      var rest = word
      while rest != 0 {
        body(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
