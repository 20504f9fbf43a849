/// The codes of the spellings of one enum that were met: what the schema makes of each is worked out
/// once.
struct EntryMemo {
  private var slots: UnsafeMutablePointer<Slot>
  private var mask = 63
  private var count = 0
  /// The bytes of the spellings, in words of eight with zeros behind.
  private var words: UnsafeMutablePointer<UInt64>
  private var wordCount = 0
  private var wordCapacity = 64

  private struct Slot {
    var hash: UInt64 = 0
    var firstWord: Int32 = 0
    /// In bytes; −1: nothing stands here.
    var length: Int32 = -1
    var code: Int32 = 0
  }

  /// Spellings beyond so many are not kept: an open enum may have any number of them.
  private static let limit = 1 << 12

  init() {
    slots = .allocate(capacity: 64)
    slots.initialize(repeating: Slot(), count: 64)
    words = .allocate(capacity: 64)
  }

  func deallocate() {
    slots.deallocate()
    words.deallocate()
  }

  /// The code of a spelling, behind which there are at least eight readable bytes.
  @inline(__always)
  func code(of text: UnsafeRawBufferPointer, hash: UInt64) -> Int32? {
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot.length < 0 { return nil }
      if slot.hash == hash, slot.length == text.count, isText(of: slot, text) { return slot.code }
      place = (place + 1) & mask
    }
  }

  @inline(__always)
  private func isText(of slot: Slot, _ text: UnsafeRawBufferPointer) -> Bool {
    guard var start = text.baseAddress else { return true }
    var word = words + Int(slot.firstWord)
    var rest = text.count
    while rest >= 8 {
      if start.loadUnaligned(as: UInt64.self).littleEndian != word.pointee { return false }
      start += 8
      word += 1
      rest -= 8
    }
    if rest == 0 { return true }
    let mask: UInt64 = 1 << UInt64(rest * 8) &- 1
    return start.loadUnaligned(as: UInt64.self).littleEndian & mask == word.pointee
  }

  mutating func insert(_ text: UnsafeRawBufferPointer, hash: UInt64, code: Int32) {
    guard count < EntryMemo.limit else { return }
    if count * 4 > mask { grow() }
    let needed = text.count / 8 + 1
    if wordCount + needed > wordCapacity {
      let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: (wordCapacity + needed) * 2)
      larger.update(from: words, count: wordCount)
      words.deallocate()
      words = larger
      wordCapacity = (wordCapacity + needed) * 2
    }
    for number in 0..<needed {
      var word: UInt64 = 0
      for place in 0..<min(8, text.count - number * 8) {
        word |= UInt64(text[number * 8 + place]) << UInt64(place * 8)
      }
      words[wordCount + number] = word
    }
    insert(
      Slot(hash: hash, firstWord: Int32(wordCount), length: Int32(text.count), code: code))
    wordCount += needed
    count += 1
  }

  private mutating func insert(_ slot: Slot) {
    var place = Int(truncatingIfNeeded: slot.hash) & mask
    while slots[place].length >= 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  private mutating func grow() {
    let (old, size) = (slots, mask + 1)
    mask = size * 4 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    for place in 0..<size where old[place].length >= 0 { insert(old[place]) }
    old.deallocate()
  }
}

/// The memos of all enums, in plain memory.
final class EntryMemos {
  let entries: UnsafeMutablePointer<EntryMemo>
  private let count: Int

  init(count: Int) {
    self.count = count
    entries = .allocate(capacity: max(1, count))
    for number in 0..<count { (entries + number).initialize(to: EntryMemo()) }
  }

  deinit {
    for number in 0..<count { entries[number].deallocate() }
    entries.deallocate()
  }
}
