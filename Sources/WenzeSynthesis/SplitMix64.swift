/// Sebastiano Vigna's SplitMix64: small, seeded, the same on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  /// A generator of its own for one of many things of a run.
  package init(seed: UInt64, _ stream: Int, _ index: Int = 0) {
    var mixer = SplitMix64(seed: seed ^ UInt64(bitPattern: Int64(stream)) &* 0xD129_0B22_9D6F_4E5B)
    state = mixer.next() ^ UInt64(bitPattern: Int64(index)) &* 0x9FB2_1C65_1E98_DF25
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// A number from 0 to below a bound.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of a closed range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// A number from 0 to below 1.
  mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True so many times in a thousand.
  mutating func chance(_ thousandths: Int) -> Bool {
    below(1000) < thousandths
  }

  /// An index of the weights, as often as its weight says; the weights add up to 100.
  mutating func index(by weights: [Int]) -> Int {
    var rest = below(100)
    for (index, weight) in weights.enumerated() {
      if rest < weight { return index }
      rest -= weight
    }
    return weights.count - 1
  }

  /// Which of so many places are chosen, each choice as likely as the others.
  mutating func choice(of chosen: Int, among count: Int) -> [Bool] {
    var left = min(chosen, count)
    return (0..<count).map { place in
      guard below(count - place) < left else { return false }
      left -= 1
      return true
    }
  }

  /// A count with a Poisson distribution; by the normal one from a mean of 50.
  mutating func poisson(_ mean: Double) -> Int {
    guard mean < 50 else {
      var sum = -6.0
      for _ in 0..<12 { sum += fraction() }
      return max(0, Int((mean + sum * mean.squareRoot()).rounded()))
    }
    var count = -1
    var rest = mean
    // The gaps of a Poisson process are exponential.
    while rest > 0 {
      rest -= exponential()
      count += 1
    }
    return max(0, count)
  }

  /// An exponential variate by von Neumann's comparisons: additions only, the same everywhere.
  private mutating func exponential() -> Double {
    var whole = 0.0
    while true {
      let first = fraction()
      var last = first
      var runs = 1
      while true {
        let other = fraction()
        if other >= last { break }
        last = other
        runs += 1
      }
      if runs % 2 == 1 { return whole + first }
      whole += 1
    }
  }
}
