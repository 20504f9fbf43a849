import WenzeSyntax

/// Numbers by their spellings.
///
/// A dictionary of texts takes time to look for what is canonically equivalent. Documents mostly
/// have the very bytes of a spelling, so that these are looked for first.
package struct Spellings: Sendable {
  private var numbers: [String: Int] = [:]
  /// The spellings that are plain, each as near behind the place of its hash as there was room.
  private var slots: [Slot] = []
  private var arePlain = true

  private struct Slot {
    var spelling: String
    /// Nil where nothing is.
    var number: Int?
  }

  package var keys: Dictionary<String, Int>.Keys { numbers.keys }

  /// The number of a spelling whose very bytes these are.
  func number(of bytes: Span<UInt8>) -> Int? {
    slots.isEmpty ? nil : slots[slot(of: bytes)].number
  }

  package subscript(spelling: String) -> Int? {
    get {
      if let number = number(of: spelling.utf8.span) { return number }
      return arePlain && spelling.isPlain ? nil : numbers[spelling]
    }
    set {
      numbers[spelling] = newValue
      if let newValue, spelling.isPlain, numbers.count * 2 <= slots.count {
        slots[slot(of: spelling.utf8.span)] = Slot(spelling: spelling, number: newValue)
      } else {
        fillSlots()
      }
    }
  }

  private mutating func fillSlots() {
    var count = 8
    while count < numbers.count * 4 { count *= 2 }
    slots = [Slot](repeating: Slot(spelling: ""), count: count)
    for (spelling, number) in numbers where spelling.isPlain {
      slots[slot(of: spelling.utf8.span)] = Slot(spelling: spelling, number: number)
    }
    arePlain = numbers.keys.allSatisfy(\.isPlain)
  }

  /// Where a spelling stands, or would.
  private func slot(of bytes: Span<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: hash(of: bytes)) & (slots.count - 1)
    while slots[slot].number != nil, !slots[slot].spelling.utf8.span.isSame(as: bytes) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// FNV-1a (Fowler, Noll, Vo), with the high bits folded in.
  private func hash(of bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for position in bytes.indices { hash = (hash ^ UInt64(bytes[position])) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}

extension Spellings: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Int)...) {
    for (spelling, number) in elements { self[spelling] = number }
  }
}

extension Spellings: Collection {
  package var startIndex: Dictionary<String, Int>.Index { numbers.startIndex }

  package var endIndex: Dictionary<String, Int>.Index { numbers.endIndex }

  package func index(after index: Dictionary<String, Int>.Index) -> Dictionary<String, Int>.Index {
    numbers.index(after: index)
  }

  package subscript(
    position: Dictionary<String, Int>.Index
  ) -> (key: String, value: Int) { numbers[position] }
}

extension Spellings: Hashable {
  package static func == (left: Spellings, right: Spellings) -> Bool {
    left.numbers == right.numbers
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(numbers)
  }
}
