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
      split { row in
        if let none, none[row] { return 3 }
        return truth.yes[row] ? 1 : truth.no[row] ? 2 : 0
      }
    case .entries(let rows, _), .texts(let rows): split { UInt64(UInt32(bitPattern: rows[$0])) }
    case .dates(let column):
      split { row in
        UInt64(UInt32(bitPattern: column.first[row])) << 32
          | UInt64(UInt32(bitPattern: column.last[row]))
      }
      if !column.minutes.isEmpty { split { UInt64(UInt16(bitPattern: column.minutes[$0])) } }
    case .numbers(let column):
      split { UInt64(bitPattern: Int64(column.values[$0])) }
      split { UInt64(column.states[$0].rawValue) }
    case .values(let values):
      var known: [Value: UInt64] = [:]
      split { row in
        if let number = known[values[row]] { return number }
        let number = UInt64(known.count)
        known[values[row]] = number
        return number
      }
    }
  }

  private struct Key: Hashable {
    var combination: Int32
    var code: UInt64
  }

  private mutating func split(by code: (Int) -> UInt64) {
    var known: [Key: Int32] = [:]
    var examples: [Int32] = []
    var last: (key: Key, number: Int32)?
    for row in numbers.indices {
      let key = Key(combination: numbers[row], code: code(row))
      // Rows that follow each other are often alike.
      if let last, last.key == key {
        numbers[row] = last.number
        continue
      }
      let number: Int32
      if let found = known[key] {
        number = found
      } else {
        number = Int32(examples.count)
        known[key] = number
        examples.append(Int32(row))
      }
      numbers[row] = number
      last = (key, number)
    }
    self.examples = examples
  }
}
