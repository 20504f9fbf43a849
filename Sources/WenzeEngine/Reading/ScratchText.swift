/// Room for one text at a time, in memory that stays where it is until the next is written.
final class ScratchText {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity = 256
  private var count = 0

  /// Texts are compared eight bytes at a time.
  private static let padding = 8

  init() {
    start = .allocate(capacity: capacity + ScratchText.padding)
  }

  deinit { start.deallocate() }

  func removeAll() { count = 0 }

  func append(_ byte: UInt8) {
    if count == capacity { grow() }
    start[count] = byte
    count += 1
  }

  /// The text, with zeros behind it; it holds until the next one is begun.
  var bytes: UnsafeRawBufferPointer {
    (start + count).update(repeating: 0, count: ScratchText.padding)
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + ScratchText.padding)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
    capacity *= 2
  }
}
