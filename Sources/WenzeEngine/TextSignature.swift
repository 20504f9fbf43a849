import WenzeModel

/// What tells texts apart in little space: a MinHash of the text's three-character shingles.
///
/// The share of places in which two signatures agree estimates the Jaccard similarity J of the
/// shingles without bias; its standard error is √(J(1 − J) / 128): 2.7 points at J = 0.9, and 4.4
/// at most. The hash functions are fixed, so that a text has the same signature everywhere.
///
/// A. Broder, "On the resemblance and containment of documents", 1997.
package struct TextSignature: Hashable, Sendable {
  package let minima: [UInt32]

  package static let count = 128

  private static let seeds: [UInt64] = (1...UInt64(count)).map {
    mixed($0 &* 0x9E37_79B9_7F4A_7C15)
  }

  init(minima: [UInt32]) {
    self.minima = minima
  }

  /// The signature of a text; nil for one without letters.
  package init?(of text: String) {
    let shingles = WenzeEngine.shingles(of: text)
    guard !shingles.isEmpty else { return nil }
    var minima = [UInt32](repeating: .max, count: TextSignature.count)
    for shingle in shingles {
      // FNV-1a.
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for character in shingle {
        for byte in character.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      }
      for (index, seed) in TextSignature.seeds.enumerated() {
        let value = UInt32(truncatingIfNeeded: TextSignature.mixed(hash ^ seed) >> 32)
        if value < minima[index] { minima[index] = value }
      }
    }
    self.minima = minima
  }

  /// In how many of the 128 places two signatures agree.
  package func agreement(with other: TextSignature) -> Int {
    var count = 0
    for (left, right) in zip(minima, other.minima) where left == right { count += 1 }
    return count
  }

  /// The finalizer of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// How many of the texts are like another one, by the estimate of their signatures.
///
/// Candidates are found by bands of equal minima, so that not every pair is compared. Of pairs that
/// are as similar as the threshold says, fewer than one in a million goes unfound.
func nearDuplicates(among texts: [TextSignature: Int], threshold: FixedDecimal) -> Int {
  let rows = threshold.millionths >= 800_000 ? 4 : threshold.millionths >= 500_000 ? 2 : 1
  let signatures = Array(texts.keys)
  func areAlike(_ left: Int, _ right: Int) -> Bool {
    signatures[left].agreement(with: signatures[right]) * 1_000_000
      >= threshold.millionths * TextSignature.count
  }
  var isAlike = signatures.map { texts[$0, default: 0] > 1 }
  for band in stride(from: 0, to: TextSignature.count, by: rows) {
    let buckets = Dictionary(grouping: signatures.indices) { index in
      signatures[index].minima[band..<(band + rows)]
    }
    for bucket in buckets.values {
      for (place, left) in bucket.enumerated() {
        for right in bucket[(place + 1)...] where !(isAlike[left] && isAlike[right]) {
          if areAlike(left, right) { (isAlike[left], isAlike[right]) = (true, true) }
        }
      }
    }
  }
  return signatures.indices.reduce(0) { isAlike[$1] ? $0 + texts[signatures[$1], default: 0] : $0 }
}
