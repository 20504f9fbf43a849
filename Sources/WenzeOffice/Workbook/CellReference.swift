/// A cell by its row and column, both from 1.
package struct CellReference: Hashable, Sendable, Comparable {
  package var row: Int
  package var column: Int

  /// What sheets hold at most.
  package static let lastRow = 1_048_576
  package static let lastColumn = 16_384

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads `C5` or `$C$5`.
  package init?(_ text: some StringProtocol) {
    var column = 0
    var row = 0
    for byte in text.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        guard row == 0, column <= CellReference.lastColumn else { return nil }
        column = column * 26 + Int(byte & 0x1F)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard row <= CellReference.lastRow else { return nil }
        row = row * 10 + Int(byte & 0x0F)
      default: return nil
      }
    }
    guard 1...CellReference.lastColumn ~= column, 1...CellReference.lastRow ~= row else {
      return nil
    }
    self.init(row: row, column: column)
  }

  package static func < (left: CellReference, right: CellReference) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }
}
