import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeSyntax

@testable import WenzeReport

/// What charts are made of, and what of it is published.
@Suite struct ChartTableTests {
  // MARK: Counts

  @Test(
    arguments: [
      ([7, 9], [7, 9], 0), ([7, 3], [], 10), ([4, 3, 20], [20], 7), ([1, 9, 20], [20], 10),
      ([2, 2, 9, 20], [20], 13), ([5, 5, 5], [5, 5, 5], 0), ([1, 1, 1, 1, 1], [], 5), ([], [], 0),
    ] as [([Int], [Int], Int)])
  func smallCountsAreWithheldWithOthers(counts: [Int], shown: [Int], withheld: Int) {
    let parts = Dictionary(
      uniqueKeysWithValues: counts.enumerated().map {
        (ChartTable.Part.value(.integer($0.offset)), $0.element)
      })
    var published = ChartTable.published(parts, in: parts)
    #expect(published.removeValue(forKey: .withheld) ?? 0 == withheld)
    #expect(published.values.sorted() == shown)
  }

  /// Whatever the counts, nobody can work out a small one.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func noSmallCountCanBeWorkedOut(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for _ in 0..<100 {
      let counts = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Int.random(in: 1...(Bool.random(using: &random) ? 6 : 40), using: &random)
      }
      let total = counts.reduce(0, +)
      guard total >= 5 else { continue }
      let parts = Dictionary(
        uniqueKeysWithValues: counts.enumerated().map {
          (ChartTable.Part.value(.integer($0.offset)), $0.element)
        })
      let published = ChartTable.published(parts, in: parts)
      #expect(published.values.reduce(0, +) == total, "seed \(seed): \(counts)")
      #expect(published.values.allSatisfy { $0 >= 5 }, "seed \(seed): \(counts)")
      let hidden = counts.count - published.keys.count { $0 != .withheld }
      #expect(hidden != 1, "seed \(seed): \(counts)")
      let bins = counts.enumerated().map { SpreadChart.Bin(first: $0, last: $0, count: $1) }
      let shown = SpreadChart.published(bins)
      #expect(shown.allSatisfy { !(1..<5).contains($0.count ?? 0) }, "seed \(seed): \(counts)")
      #expect(shown.count { $0.count == nil } != 1, "seed \(seed): \(counts)")
      #expect(
        shown.first?.first == nil || (shown.first?.count ?? 0) >= 5, "seed \(seed): \(counts)")
      #expect(shown.last?.last == nil || (shown.last?.count ?? 0) >= 5, "seed \(seed): \(counts)")
    }
  }

  // MARK: Numbers

  @Test func quantilesAreThoseOfRules() {
    let spread = Spread([1: 1, 2: 1, 3: 1, 10: 1])
    #expect([0, 25, 50, 75, 100].map { spread.quantile($0) } == [1, 1, 2, 3, 10])
    #expect(Spread([:]).quantile(50) == nil && Spread([:]).shown == nil)
    #expect(Spread([7: 3]).shown == 7...7)
  }

  @Test(
    arguments: [
      [0: 1], [-5: 2, 3: 1], [1: 1, 1_000: 1], [0: 1, 365: 1, 40: 100, 41: 50, 60: 50],
      [Int.min: 1, 0: 3, Int.max: 1], [-7: 1, -3: 1], [99_999: 1, 3: 40, 4: 30],
    ] as [[Int: Int]])
  func everyNumberIsInOneStretch(counts: [Int: Int]) {
    let whole = Spread(counts)
    let chart = SpreadChart(
      whole: whole, rows: [], unit: Bilingual("天", "days"), profile: .submit)
    let bins = chart.bins
    #expect(bins.reduce(0) { $0 + ($1.count ?? 0) } == whole.total)
    #expect(bins.count <= 27)
    for (bin, next) in zip(bins, bins.dropFirst()) {
      #expect(bin.last.map { $0 + 1 } == next.first)
    }
    for (number, _) in whole.counts {
      let holding = bins.count {
        ($0.first ?? .min) <= number && number <= ($0.last ?? .max)
      }
      #expect(holding == 1)
    }
    let figure = chart.figure(
      title: Bilingual("图", "picture"), description: Bilingual("", ""),
      tables: [DataTable(columns: [], rows: [])])
    #expect(figure != nil)
  }
}
