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

  /// Judges the documents of whole lines, and collects what rules over groups ask of them.
  ///
  /// - Parameters:
  ///   - text: with ``ColumnReader/padding`` zeros behind it.
  ///   - place: where the text stands.
  ///   - listsUndetermined: whether documents with something undetermined are named too.
  ///   - groups: a run of the rules that the program was compiled from; it is left alone where the
  ///     program does not collect.
  /// - Returns: nil if the text is not UTF-8.
  package mutating func judge(
    _ text: UnsafeBufferPointer<UInt8>, at place: Place, listsUndetermined: Bool,
    collecting groups: inout GroupRun
  ) -> Result? {
    guard let start = text.baseAddress, isUTF8(text) else { return nil }
    var result = Result()
    var columns: [Int] = []
    var offset = 0
    var number = 0
    while offset < text.count {
      let found = memchr(start + offset, 0x0A, text.count - offset)
      let end = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? text.count
      let line = Line(number: number, range: offset..<end)
      let bytes = UnsafeBufferPointer(rebasing: text[line.range])
      if bytes.count <= documentLimit, reader.read(bytes) {
        result.lines.append(line)
        columns.append(reader.documentOffset(in: bytes) + 1)
      } else {
        result.unread.append(line)
      }
      offset = end + 1
      number += 1
    }
    var evaluator = ColumnEvaluator(
      program: program, batch: reader.takeBatch(), shifts: shifts)
    result.findings = program.findings(by: &evaluator, listsUndetermined: listsUndetermined)
    if let collecting = program.collecting {
      let places = BatchPlaces(
        path: place.path, lines: result.lines.map { place.firstLine + $0.number },
        columns: columns)
      evaluator.collect(collecting, from: places, into: &groups)
    }
    return result
  }

  /// Where a text stands.
  package struct Place: Sendable {
    var path: String
    var firstLine: Int

    package init(path: String, firstLine: Int) {
      self.path = path
      self.firstLine = firstLine
    }
  }
}
