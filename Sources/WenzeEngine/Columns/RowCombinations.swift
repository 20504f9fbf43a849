import WenzeModel

/// The distinct combinations that several vectors have in their rows.
struct RowCombinations {
  /// For each row the number of its combination.
  private(set) var numbers: [Int32]
  /// For each combination a row that has it.
  private(set) var examples: [Int32]

  init(of vectors: [Vector], count: Int) {
    numbers = [Int32](repeating: 0, count: count)
    examples = count > 0 ? [0] : []
    for vector in vectors { split(by: vector) }
  }

  /// Parts combinations whose rows have different values.
  private mutating func split(by vector: Vector) {
    switch vector {
    case .constant: return
    case .truths(let truth, let none):
      split(below: 4) { row in
        if let none, none[row] { return 3 }
        return truth.yes[row] ? 1 : truth.no[row] ? 2 : 0
      }
    case .entries(let rows, _):
      // Entries are few, and beside them stand what is unknown and what is not there.
      let highest = rows.max() ?? 0
      guard let lowest = rows.min(), lowest > Missing.unlisted, highest < 1 << 12 else {
        return split { UInt64(UInt32(bitPattern: rows[$0])) }
      }
      split(below: Int(highest) + 3) { Int(rows[$0] + 2) }
    case .texts(let rows): split { UInt64(UInt32(bitPattern: rows[$0])) }
    case .dates(let column):
      split { row in
        UInt64(UInt32(bitPattern: column.first[row])) << 32
          | UInt64(UInt32(bitPattern: column.last[row]))
      }
      if !column.minutes.isEmpty { split { UInt64(UInt16(bitPattern: column.minutes[$0])) } }
    case .numbers(let column):
      split { UInt64(bitPattern: Int64(column.values[$0])) }
      split(below: 4) { Int(column.states[$0].rawValue) }
    case .coded(let values, let numbers): split(below: values.count) { Int(numbers[$0]) }
    }
  }

  /// Parts combinations by numbers below a limit, in a table of all that there may be.
  private mutating func split(below limit: Int, by code: (Int) -> Int) {
    guard examples.count * limit <= 1 << 16 else { return split { UInt64(code($0)) } }
    var known = [Int32](repeating: -1, count: examples.count * limit)
    var examples: [Int32] = []
    for row in numbers.indices {
      let place = Int(numbers[row]) * limit + code(row)
      if known[place] < 0 {
        known[place] = Int32(examples.count)
        examples.append(Int32(row))
      }
      numbers[row] = known[place]
    }
    self.examples = examples
  }

  /// Parts combinations by numbers of any size.
  private mutating func split(by code: (Int) -> UInt64) {
    var known = PairNumbers()
    var examples: [Int32] = []
    for row in numbers.indices {
      let (number, isNew) = known.number(of: numbers[row], code(row))
      if isNew { examples.append(Int32(row)) }
      numbers[row] = number
    }
    self.examples = examples
  }
}

/// Gives pairs of numbers numbers of their own, in the order in which they come.
///
/// Open addressing with linear probing; the keys are mixed by a multiplication, since no one else
/// chooses them.
private struct PairNumbers {
  private var firsts: [Int32]
  private var seconds: [UInt64]
  /// −1: nothing stands here.
  private var numbers: [Int32]
  private var count = 0

  init() {
    firsts = [Int32](repeating: 0, count: 64)
    seconds = [UInt64](repeating: 0, count: 64)
    numbers = [Int32](repeating: -1, count: 64)
  }

  mutating func number(of first: Int32, _ second: UInt64) -> (number: Int32, isNew: Bool) {
    let mask = numbers.count - 1
    var slot = hash(first, second) & mask
    while numbers[slot] >= 0 {
      if firsts[slot] == first, seconds[slot] == second { return (numbers[slot], false) }
      slot = (slot + 1) & mask
    }
    firsts[slot] = first
    seconds[slot] = second
    let number = Int32(count)
    numbers[slot] = number
    count += 1
    if count * 2 > numbers.count { grow() }
    return (number, true)
  }

  private func hash(_ first: Int32, _ second: UInt64) -> Int {
    let mixed =
      (second ^ UInt64(UInt32(bitPattern: first)) &* 0x9E37_79B9_7F4A_7C15)
      &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed >> 32)
  }

  private mutating func grow() {
    let (oldFirsts, oldSeconds, oldNumbers) = (firsts, seconds, numbers)
    firsts = [Int32](repeating: 0, count: oldNumbers.count * 4)
    seconds = [UInt64](repeating: 0, count: oldNumbers.count * 4)
    numbers = [Int32](repeating: -1, count: oldNumbers.count * 4)
    for slot in oldNumbers.indices where oldNumbers[slot] >= 0 {
      var place = hash(oldFirsts[slot], oldSeconds[slot]) & (numbers.count - 1)
      while numbers[place] >= 0 { place = (place + 1) & (numbers.count - 1) }
      firsts[place] = oldFirsts[slot]
      seconds[place] = oldSeconds[slot]
      numbers[place] = oldNumbers[slot]
    }
  }
}
