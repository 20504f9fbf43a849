import WenzeModel

/// The answers to a condition for a number of rows: known to hold, known not to, or neither.
///
/// Kleene's connectives are a few word operations for 64 rows.
struct TruthBits: Hashable, Sendable {
  var yes: Bits
  var no: Bits

  var count: Int { yes.count }

  init(yes: Bits, no: Bits) {
    self.yes = yes
    self.no = no
  }

  init(count: Int, repeating truth: Truth) {
    yes = Bits(count: count, repeating: truth == .yes)
    no = Bits(count: count, repeating: truth == .no)
  }

  /// Fills both by a function of the number of a row.
  init(count: Int, _ truth: (Int) -> Truth) {
    var yes = Bits(count: count)
    var no = Bits(count: count)
    for row in 0..<count {
      switch truth(row) {
      case .yes: yes[row] = true
      case .no: no[row] = true
      case .unknown: break
      }
    }
    self.init(yes: yes, no: no)
  }

  subscript(row: Int) -> Truth { yes[row] ? .yes : no[row] ? .no : .unknown }

  /// The rows of which nothing is known.
  var unknown: Bits { ~(yes | no) }

  static func && (left: TruthBits, right: TruthBits) -> TruthBits {
    TruthBits(yes: left.yes & right.yes, no: left.no | right.no)
  }

  static func || (left: TruthBits, right: TruthBits) -> TruthBits {
    TruthBits(yes: left.yes | right.yes, no: left.no & right.no)
  }

  static prefix func ! (truth: TruthBits) -> TruthBits {
    TruthBits(yes: truth.no, no: truth.yes)
  }
}
