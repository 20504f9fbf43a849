/// The candidate that an author most likely meant, or nil if none is near.
///
/// The measure is the optimal string alignment distance (insertions, deletions, substitutions and
/// swaps of neighbours) over scalars; at most a third of the word may differ, but one of two may.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let target = scalars(of: word)
  guard target.count >= 2 else { return nil }
  let allowed = max(1, target.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where candidate != word {
    let letters = scalars(of: candidate)
    guard abs(letters.count - target.count) <= allowed else { continue }
    let distance = alignmentDistance(target, letters)
    guard distance <= allowed, distance < letters.count else { continue }
    // Ties go to the candidate that sorts first, so that the suggestion is always the same.
    if best.map({ (distance, candidate) < ($0.distance, $0.candidate) }) ?? true {
      best = (distance, candidate)
    }
  }
  return best?.candidate
}

private func scalars(of word: String) -> [UInt32] {
  var scalars: [UInt32] = []
  scalars.reserveCapacity(word.utf8.count)
  for scalar in word.unicodeScalars { scalars.append(scalar.value) }
  return scalars
}

private func alignmentDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var row = previous
  for i in a.indices {
    row[0] = i + 1
    for j in b.indices {
      let substituted = previous[j] + (a[i] == b[j] ? 0 : 1)
      row[j + 1] = min(row[j] + 1, previous[j + 1] + 1, substituted)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], beforePrevious[j - 1] + 1)
      }
    }
    (beforePrevious, previous, row) = (previous, row, beforePrevious)
  }
  return previous[b.count]
}
