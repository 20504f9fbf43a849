/// How whole numbers are spread, by how often each occurs.
///
/// A quantile is the least number that a share of all does not exceed, as in rules over groups.
package struct Spread: Sendable {
  /// The numbers with their counts, in their order.
  package let counts: [(number: Int, count: Int)]
  package let total: Int

  package init(_ counts: [Int: Int]) {
    self.counts = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { (number: $0.key, count: $0.value) }
    total = self.counts.reduce(0) { $0 + $1.count }
  }

  package var least: Int? { counts.first?.number }
  package var greatest: Int? { counts.last?.number }

  /// Nil where there are no numbers.
  package func quantile(_ percent: Int) -> Int? {
    let rank = max(1, (percent * total + 99) / 100)
    var passed = 0
    for (number, count) in counts {
      passed += count
      if passed >= rank { return number }
    }
    return nil
  }

  /// Where the numbers are that are drawn: far from the middle half a few would leave no room for
  /// the others.
  package var shown: ClosedRange<Int>? {
    guard let least, let greatest, let low = quantile(25), let high = quantile(75) else {
      return nil
    }
    let (first, last) = (Self.clamped(low), Self.clamped(high))
    let reach = max(10, (last - first) * 3)
    return max(Self.clamped(least), first - reach)...min(Self.clamped(greatest), last + reach)
  }

  /// A number that is not too large to be reckoned with.
  private static func clamped(_ number: Int) -> Int { min(max(number, -1 << 40), 1 << 40) }
}
