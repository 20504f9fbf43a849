import WenzeModel
import WenzeSemantics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Judges lines of JSON, a batch of columns at a time.
package struct LineJudge: ~Copyable {
  private let program: ColumnProgram
  private var reader: ColumnReader
  private let shifts = DayShifts()

  package init(
    _ program: ColumnProgram, asComplete: Bool, textLimit: Int, depthLimit: Int
  ) {
    self.program = program
    reader = ColumnReader(
      program, asComplete: asComplete, textLimit: textLimit, depthLimit: depthLimit)
  }

  /// Judges the documents of whole lines.
  ///
  /// - Parameter text: with ``ColumnReader/padding`` zeros behind it.
  /// - Returns: the verdicts on the lines that could be read, and the others, by their bytes.
  package mutating func judge(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> (verdicts: ColumnVerdicts, unread: [Range<Int>], count: Int) {
    guard let start = text.baseAddress, isUTF8(text) else {
      return (ColumnVerdicts(), [text.indices], 0)
    }
    var unread: [Range<Int>] = []
    var offset = 0
    while offset < text.count {
      let rest = text.count - offset
      let end = memchr(start + offset, 0x0A, rest)
        .map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? text.count
      if !reader.read(UnsafeBufferPointer(rebasing: text[offset..<end])) {
        unread.append(offset..<end)
      }
      offset = end + 1
    }
    let count = reader.count
    return (program.judge(reader.takeBatch(), shifts: shifts), unread, count)
  }
}
