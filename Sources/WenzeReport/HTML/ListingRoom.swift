/// How much a page may list, so that a browser opens it without a wait; other formats have all.
package struct ListingRoom: Sendable {
  private var findings = 10_000
  private var bytes = 13_500_000
  private var isFull = false
  /// How many findings had no room.
  package private(set) var leftOut = 0

  package init() {}

  /// Whether there is room for a finding with that text; after the first that has none, no other has.
  package mutating func takes(_ text: String) -> Bool {
    isFull = isFull || findings == 0 || text.utf8.count > bytes
    guard !isFull else {
      leftOut += 1
      return false
    }
    findings -= 1
    bytes -= text.utf8.count
    return true
  }

  /// Takes room for what is no finding; false if there is none.
  mutating func takesBytes(of text: String) -> Bool {
    isFull = isFull || text.utf8.count > bytes
    if !isFull { bytes -= text.utf8.count }
    return !isFull
  }

  mutating func leaveOut(_ count: Int) {
    leftOut += count
  }
}
