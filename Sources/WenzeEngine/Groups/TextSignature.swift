import WenzeModel

/// What tells texts apart in little space: a MinHash of the text's three-character shingles, of
/// each minimum eight bits.
///
/// The share of places in which two signatures agree estimates the Jaccard similarity J of the
/// shingles, less what agrees by chance, without bias; with P = J + (1 − J) / 256 its standard error
/// is √(P(1 − P) / 128) · 256 / 255: 2.7 points at J = 0.9, and 4.4 at most. The hash functions are
/// fixed, so that a text has the same signature everywhere.
///
/// A. Broder, "On the resemblance and containment of documents", 1997; P. Li and A. C. König,
/// "b-Bit Minwise Hashing", 2010.
package struct TextSignature: Hashable, Sendable {
  package let minima: [UInt8]

  package static let count = 128

  /// An odd factor and a summand for each place.
  private static let factors = (1...UInt64(count)).map { UInt32(truncatingIfNeeded: mixed($0)) | 1 }
  private static let summands = (1...UInt64(count)).map { UInt32(mixed($0) >> 32) }

  init(minima: [UInt8]) {
    self.minima = minima
  }

  /// The signature of a text; nil for one without letters.
  package init?(of text: String) {
    let shingles = hashes(ofShinglesIn: text)
    guard !shingles.isEmpty else { return nil }
    var minima = [UInt32](repeating: .max, count: TextSignature.count)
    minima.withUnsafeMutableBufferPointer { minima in
      TextSignature.factors.withUnsafeBufferPointer { factors in
        TextSignature.summands.withUnsafeBufferPointer { summands in
          for shingle in shingles {
            // Compilers make vector instructions of this: nothing but 32-bit operations in a row.
            for place in 0..<TextSignature.count {
              minima[place] = min(minima[place], shingle &* factors[place] &+ summands[place])
            }
          }
        }
      }
    }
    // The lowest bits of a product depend on few bits of the shingle.
    self.minima = minima.map { UInt8(truncatingIfNeeded: $0 >> 12) }
  }

  /// In how many of the 128 places two signatures agree.
  package func agreement(with other: TextSignature) -> Int {
    var count = 0
    for (left, right) in zip(minima, other.minima) where left == right { count += 1 }
    return count
  }

  /// The estimate of the similarity of two texts, in millionths; less than nothing for two that
  /// agree less than by chance.
  package func similarity(to other: TextSignature) -> Int {
    // (P − 1/256) / (1 − 1/256).
    (agreement(with: other) * 256 - TextSignature.count) * 1_000_000 / (255 * TextSignature.count)
  }

  /// SplitMix64.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var value = number &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// Hashes of a text's three-character shingles, or of all of a shorter one; blanks and punctuation
/// do not count.
private func hashes(ofShinglesIn text: String) -> [UInt32] {
  let characters = plainHashes(in: text) ?? text.compactMap { hash(of: $0) }
  func shingle(_ parts: ArraySlice<UInt64>) -> UInt32 {
    var hash: UInt64 = 0
    for part in parts { hash = (hash ^ part) &* 0x9E37_79B9_7F4A_7C15 ^ hash >> 29 }
    return UInt32(truncatingIfNeeded: (hash ^ hash >> 31) &* 0xBF58_476D_1CE4_E5B9 >> 32)
  }
  guard characters.count >= 3 else { return characters.isEmpty ? [] : [shingle(characters[...])] }
  return (0...(characters.count - 3)).map { shingle(characters[$0..<($0 + 3)]) }
}

/// The hash of a character; nil for blanks and punctuation.
private func hash(of character: Character) -> UInt64? {
  guard !character.isWhitespace, !character.isPunctuation else { return nil }
  // FNV-1a.
  return character.utf8.reduce(0xCBF2_9CE4_8422_2325) {
    ($0 ^ UInt64($1)) &* 0x100_0000_01B3
  }
}

/// The hashes of characters where each is a scalar of Latin letters, Chinese, or their punctuation;
/// nil for any other text.
///
/// Finding characters and asking for their properties takes most of the time otherwise.
private func plainHashes(in text: String) -> [UInt64]? {
  var hashes: [UInt64] = []
  hashes.reserveCapacity(text.utf8.count / 3)
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x4E00...0x9FFF:
      let bytes = scalar.value
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      hash = (hash ^ UInt64(0xE0 | bytes >> 12)) &* 0x100_0000_01B3
      hash = (hash ^ UInt64(0x80 | bytes >> 6 & 0x3F)) &* 0x100_0000_01B3
      hash = (hash ^ UInt64(0x80 | bytes & 0x3F)) &* 0x100_0000_01B3
      hashes.append(hash)
    case 0..<0x80: if let hash = latinHashes[Int(scalar.value)] { hashes.append(hash) }
    case 0x3000...0x3029:
      if let hash = cjkHashes[Int(scalar.value - 0x3000)] { hashes.append(hash) }
    case 0xFF01...0xFF5E:
      if let hash = wideHashes[Int(scalar.value - 0xFF01)] { hashes.append(hash) }
    case 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xB7: break
    default: return nil
    }
  }
  return hashes
}

private let latinHashes = hashes(of: 0...0x7F)
private let cjkHashes = hashes(of: 0x3000...0x3029)
private let wideHashes = hashes(of: 0xFF01...0xFF5E)

private func hashes(of scalars: ClosedRange<UInt32>) -> [UInt64?] {
  scalars.map { Unicode.Scalar($0).flatMap { hash(of: Character($0)) } }
}

/// How many of the texts are like another one, by the estimate of their signatures.
///
/// Candidates are found by bands of equal minima, so that not every pair is compared. Of pairs that
/// are as similar as the threshold says, fewer than one in a million goes unfound.
func nearDuplicates(among texts: [TextSignature: Int], threshold: FixedDecimal) -> Int {
  let width = threshold.millionths >= 800_000 ? 4 : threshold.millionths >= 500_000 ? 2 : 1
  let signatures = Array(texts.keys)
  func areAlike(_ left: Int, _ right: Int) -> Bool {
    signatures[left].similarity(to: signatures[right]) >= threshold.millionths
  }
  var isAlike = signatures.map { texts[$0, default: 0] > 1 }
  for band in stride(from: 0, to: TextSignature.count, by: width) {
    // The minima of the band, and the number of the text.
    let sorted = signatures.indices.map { index in
      signatures[index].minima[band..<(band + width)]
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) } << 32 | UInt64(index)
    }
    .sorted()
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] >> 32 == sorted[start] >> 32 { end += 1 }
      for place in start..<end {
        let left = Int(truncatingIfNeeded: sorted[place] & 0xFFFF_FFFF)
        for other in sorted[(place + 1)..<end] {
          let right = Int(truncatingIfNeeded: other & 0xFFFF_FFFF)
          if isAlike[left], isAlike[right] { continue }
          if areAlike(left, right) { (isAlike[left], isAlike[right]) = (true, true) }
        }
      }
      start = end
    }
  }
  return signatures.indices.reduce(0) { isAlike[$1] ? $0 + texts[signatures[$1], default: 0] : $0 }
}
