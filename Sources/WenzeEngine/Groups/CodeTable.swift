/// Rows of value codes.
struct CodeTable: Sendable {
  private(set) var columns: [CodeColumn]
  private(set) var count = 0

  init(width: Int) {
    columns = [CodeColumn](repeating: CodeColumn(), count: width)
  }

  /// Adds a row: a code for each column.
  mutating func append(_ row: [ValueCode]) {
    for (number, code) in row.enumerated() { columns[number].append(code) }
    count += 1
  }

  /// Adds rows by their columns.
  mutating func append(count more: Int, column: (Int) -> [ValueCode]) {
    for number in columns.indices { columns[number].append(contentsOf: column(number)) }
    count += more
  }

  mutating func append(_ other: CodeTable, translating translated: (Int, ValueCode) -> ValueCode) {
    for number in columns.indices {
      let more = other.columns[number]
      for row in 0..<other.count { columns[number].append(translated(number, more[row])) }
    }
    count += other.count
  }
}

/// Codes, in a byte each while that is enough: conditions are no more than known, unknown or none.
struct CodeColumn: Sendable {
  private var bytes: [UInt8] = []
  private var words: [UInt32]?

  subscript(row: Int) -> ValueCode {
    ValueCode(bits: words.map { $0[row] } ?? UInt32(bytes[row]))
  }

  /// All codes in their order.
  var codes: some Sequence<ValueCode> {
    (0..<(words?.count ?? bytes.count)).lazy.map { self[$0] }
  }

  mutating func append(_ code: ValueCode) {
    if words == nil {
      if let byte = UInt8(exactly: code.bits) { return bytes.append(byte) }
      widen()
    }
    words?.append(code.bits)
  }

  mutating func append(contentsOf codes: [ValueCode]) {
    for code in codes { append(code) }
  }

  private mutating func widen() {
    words = bytes.map { UInt32($0) }
    bytes = []
  }
}
