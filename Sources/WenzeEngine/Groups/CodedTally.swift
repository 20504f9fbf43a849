import WenzeModel
import WenzeSyntax

/// Codes of which each is one value, to read figures from without making them values.
///
/// What it answers is what a ``GroupSummary`` of the values gives; what it cannot, it leaves to that.
struct CodedTally {
  /// Without those that are not known, or not there.
  private var codes: [ValueCode] = []
  private var noneCount = 0

  /// Nil where a code may stand for several values.
  init?(_ all: some Sequence<ValueCode>) {
    for code in all {
      switch code.kind {
      case .truth where code == .unknown: break
      case .truth where code == .none: noneCount += 1
      case .truth, .day, .integer, .entry, .text: codes.append(code)
      case .signature, .other: return nil
      }
    }
  }

  /// A figure of conditions; nil for one that is none of these.
  func figure(ofCondition function: Function) -> Value? {
    let holding = codes.count { $0 == .yes }
    let known = codes.count { $0.kind == .truth } + noneCount
    switch function {
    case .count: return .integer(holding)
    case .share:
      return known == 0
        ? .unknown : .decimal(FixedDecimal(millionths: holding * 1_000_000 / known))
    default: return nil
    }
  }

  /// A figure of values; nil for one that needs them.
  mutating func figure(_ function: Function, at level: FixedDecimal?) -> ValueCode? {
    switch function {
    case .distinct:
      codes.sort { $0.bits < $1.bits }
      var count = 0
      for place in codes.indices where place == 0 || codes[place] != codes[place - 1] { count += 1 }
      return ValueCode(integer: count)
    case .min, .earliest: return ranked(at: 0)
    case .max, .latest: return ranked(at: 1_000_000)
    case .median: return ranked(at: 500_000)
    case .quantile: return level.flatMap { ranked(at: $0.millionths) }
    default: return nil
    }
  }

  /// The least value that a share of all does not exceed.
  private mutating func ranked(at millionths: Int) -> ValueCode? {
    guard (0...1_000_000).contains(millionths) else { return .unknown }
    guard let kind = codes.first?.kind else { return .unknown }
    // Codes of these have the order of their values.
    guard kind == .day || kind == .integer || kind == .entry,
      codes.allSatisfy({ $0.kind == kind })
    else { return nil }
    codes.sort { $0.bits < $1.bits }
    let rank = max(1, (millionths * codes.count + 999_999) / 1_000_000)
    return codes[rank - 1]
  }
}
