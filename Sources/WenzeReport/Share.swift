package import WenzeModel

/// How much of what tests can reach they do.
package struct Share: Hashable, Sendable {
  package var reached: Int
  package var possible: Int

  package init(reached: Int = 0, possible: Int = 0) {
    self.reached = reached
    self.possible = possible
  }

  static func + (left: Share, right: Share) -> Share {
    Share(reached: left.reached + right.reached, possible: left.possible + right.possible)
  }

  /// In percent to one place, rounded down, so that only the whole is 100; of nothing, all.
  package var percent: String {
    guard possible > 0 else { return "100.0" }
    let tenths = reached * 1000 / possible
    return "\(tenths / 10).\(tenths % 10)"
  }

  package func isAtLeast(_ percent: FixedDecimal) -> Bool { reached >= wanted(for: percent) }

  /// How many more a percentage asks for.
  package func lack(to percent: FixedDecimal) -> Int { max(0, wanted(for: percent) - reached) }

  private func wanted(for percent: FixedDecimal) -> Int {
    (possible * percent.millionths + 99_999_999) / 100_000_000
  }
}

extension [Share] {
  var sum: Share { reduce(Share(), +) }
}
