/// The candidate that an author most likely meant, or nil if none is near.
///
/// The measure is the optimal string alignment distance (insertions, deletions, substitutions and
/// swaps of neighbours) over characters; at most a third of the word may differ, but one of two may.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let target = Array(word)
  guard target.count >= 2 else { return nil }
  let allowed = max(1, target.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where candidate != word {
    let letters = Array(candidate)
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

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in 1...max(1, a.count) where i <= a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in b.indices.map({ $0 + 1 }) {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      row[j] = min(row[j - 1] + 1, previous[j] + 1, previous[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforePrevious[j - 2] + 1)
      }
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count]
}
