/// The codes of the spellings of one enum that were met: what the schema makes of each is worked out
/// once.
struct EntryMemo {
  private var hashes: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var codes: [Int32] = [Int32](repeating: 0, count: 64)
  private var starts: [Int32] = [Int32](repeating: 0, count: 64)
  private var counts: [Int32] = [Int32](repeating: -1, count: 64)
  private var bytes: [UInt8] = []
  private var count = 0

  /// Spellings beyond so many are not kept: an open enum may have any number of them.
  private static let limit = 1 << 12

  func code(of text: UnsafeRawBufferPointer, hash: UInt64) -> Int32? {
    let mask = hashes.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while counts[slot] >= 0 {
      if hashes[slot] == hash, Int(counts[slot]) == text.count, isText(at: slot, text) {
        return codes[slot]
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func isText(at slot: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    bytes.withUnsafeBytes { known in
      let start = Int(starts[slot])
      var index = 0
      while index < text.count {
        if known[start + index] != text[index] { return false }
        index += 1
      }
      return true
    }
  }

  mutating func insert(_ text: UnsafeRawBufferPointer, hash: UInt64, code: Int32) {
    guard count < EntryMemo.limit else { return }
    if count * 4 > hashes.count { grow() }
    let mask = hashes.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while counts[slot] >= 0 { slot = (slot + 1) & mask }
    hashes[slot] = hash
    codes[slot] = code
    starts[slot] = Int32(bytes.count)
    counts[slot] = Int32(text.count)
    bytes.append(contentsOf: text)
    count += 1
  }

  private mutating func grow() {
    let old = self
    let size = hashes.count * 4
    hashes = [UInt64](repeating: 0, count: size)
    codes = [Int32](repeating: 0, count: size)
    starts = [Int32](repeating: 0, count: size)
    counts = [Int32](repeating: -1, count: size)
    for place in old.counts.indices where old.counts[place] >= 0 {
      var slot = Int(truncatingIfNeeded: old.hashes[place]) & (size - 1)
      while counts[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      hashes[slot] = old.hashes[place]
      codes[slot] = old.codes[place]
      starts[slot] = old.starts[place]
      counts[slot] = old.counts[place]
    }
  }
}
