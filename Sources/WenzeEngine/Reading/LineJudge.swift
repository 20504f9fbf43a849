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
///
/// It keeps what it learns of the lines (the order of fields, the spellings of entries), so that
/// one is best used for many batches.
package struct LineJudge: ~Copyable {
  private let program: ColumnProgram
  private var reader: ColumnReader
  private let shifts = DayShifts()

  /// - Parameters:
  ///   - program: the rules.
  ///   - asComplete: whether every document is taken as complete.
  ///   - textLimit: the most bytes that a text may have.
  ///   - documentLimit: the most bytes that a document may have.
  ///   - depthLimit: how many records and lists may stand inside one another.
  package init(
    _ program: ColumnProgram, asComplete: Bool, textLimit: Int, documentLimit: Int, depthLimit: Int
  ) {
    self.program = program
    self.documentLimit = documentLimit
    reader = ColumnReader(
      program, asComplete: asComplete, textLimit: textLimit, depthLimit: depthLimit)
  }

  private let documentLimit: Int

  /// What became of lines.
  package struct Result: Sendable {
    package var findings = ColumnFindings()
    /// The lines that documents stand in, by the rows of the documents.
    package var lines: [Line] = []
    /// The lines that are left to other readers.
    package var unread: [Line] = []
  }

  /// The bytes of a line without its line feed, and its number, from 0.
  package struct Line: Sendable {
    package var number: Int
    package var range: Range<Int>
  }

  /// Judges the documents of whole lines.
  ///
  /// - Parameters:
  ///   - text: with ``ColumnReader/padding`` zeros behind it.
  ///   - listsUndetermined: whether documents with something undetermined are named too.
  /// - Returns: nil if the text is not UTF-8.
  package mutating func judge(
    _ text: UnsafeBufferPointer<UInt8>, listsUndetermined: Bool
  ) -> Result? {
    guard let start = text.baseAddress, isUTF8(text) else { return nil }
    var result = Result()
    var offset = 0
    var number = 0
    while offset < text.count {
      let found = memchr(start + offset, 0x0A, text.count - offset)
      let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? text.count
      let line = Line(number: number, range: offset..<end)
      if line.range.count <= documentLimit,
        reader.read(UnsafeBufferPointer(rebasing: text[line.range]))
      {
        result.lines.append(line)
      } else {
        result.unread.append(line)
      }
      offset = end + 1
      number += 1
    }
    result.findings = program.findings(
      in: reader.takeBatch(), listsUndetermined: listsUndetermined, shifts: shifts)
    return result
  }
}
