package import WenzeModel
package import WenzeSyntax

/// The documents of one stretch of a file, with what is wrong there.
package struct DocumentBatch: Sendable {
  /// The stretch; its lines have the numbers that they have in the file.
  package var source: Source
  package var documents: [WrittenDocument]
  package var diagnostics: [Diagnostic]
}

/// A part of an input, as bytes that were not looked at yet.
package enum InputBatch: Sendable {
  case lines(LineChunk)
  /// A file of any format that has to be read as a whole.
  case file(path: String, bytes: [UInt8])

  package var byteCount: Int {
    switch self {
    case .lines(let chunk): chunk.bytes.count
    case .file(_, let bytes): bytes.count
    }
  }

  /// Reads the documents.
  package func documents(
    limits: ReadingLimits = ReadingLimits(), mappings: [LedgerMapping] = [],
    zone: ZoneOffset = .china
  ) throws(InputError) -> DocumentBatch {
    switch self {
    case .lines(let chunk): return chunk.documents(limits: limits)
    case .file(let path, let bytes):
      let file = try loadFile(path: path, bytes: bytes, limits: limits)
      let (documents, diagnostics) = WenzeInput.documents(
        in: file.source, format: file.format, limits: limits, mappings: mappings, zone: zone)
      return DocumentBatch(
        source: file.source, documents: documents, diagnostics: file.diagnostics + diagnostics)
    }
  }
}

/// Takes files apart in their order.
///
/// Lines of JSON come a stretch at a time, so that the memory needed does not depend on the file's
/// size; a file of any other format is one batch. Taking the batches is work for one thread; each
/// can be read by any other.
package final class InputBatches {
  private var files: ArraySlice<String>
  private let limits: ReadingLimits
  private var chunks: LineChunks?

  package init(of files: [String], limits: ReadingLimits = ReadingLimits()) {
    self.files = files[...]
    self.limits = limits
  }

  /// The next batch, or why a file, or the rest of it, cannot be read; nil after the last file.
  package func next() -> Result<InputBatch, InputError>? {
    while true {
      do throws(InputError) {
        if let chunk = try chunks?.next() { return .success(.lines(chunk)) }
        chunks = nil
        guard let path = files.popFirst() else { return nil }
        let opened = try LineChunks(path: path, limits: limits)
        if opened.format != .jsonLines {
          return .success(.file(path: path, bytes: try opened.readRest()))
        }
        chunks = opened
      } catch {
        chunks = nil
        return .failure(error)
      }
    }
  }
}

/// Reads the documents of a file in its order, a batch at a time.
///
/// A line that is no text or no document is told of with its number, and all others are read.
package func forEachBatch(
  path: String, limits: ReadingLimits = ReadingLimits(), mappings: [LedgerMapping] = [],
  zone: ZoneOffset = .china, _ body: (DocumentBatch) throws -> Void
) throws {
  let batches = InputBatches(of: [path], limits: limits)
  while let batch = batches.next() {
    try body(batch.get().documents(limits: limits, mappings: mappings, zone: zone))
  }
}

/// Cuts a file into stretches of whole lines.
///
/// Taking the stretches is work for one thread; each can be read by any other.
package final class LineChunks {
  /// The format of the file, by its name and its beginning.
  package private(set) var format = InputFormat.jsonLines
  private let file: InputFile
  private let limits: ReadingLimits
  private var pending: [UInt8] = []
  private var isAtEnd = false
  private var line = 1
  private var offset = 0

  /// The size from which on a stretch ends with the next line.
  private static let stride = 1 << 20

  package init(path: String, limits: ReadingLimits = ReadingLimits()) throws(InputError) {
    self.limits = limits
    file = try InputFile(path: path)
    try fill(to: LineChunks.stride)
    if pending.isEmpty { throw InputError(path: path, reason: .empty) }
    let start = pending.prefix(4096)
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      // Bytes that look like a line feed are none in UTF-16.
      format = InputFormat(path: path) ?? .json
      if format == .jsonLines { try transcode() }
      return
    }
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      pending.removeFirst(3)
      offset = 3
    }
    format = InputFormat(path: path, text: String(decoding: pending, as: UTF8.self))
  }

  /// Reads until so many bytes are there, or the file ends.
  private func fill(to count: Int) throws(InputError) {
    while !isAtEnd, pending.count < count { isAtEnd = try file.read(to: &pending) == 0 }
  }

  private func transcode() throws(InputError) {
    try fill(to: limits.fileBytes)
    do {
      pending = Array(try decodeText(pending).text.utf8)
    } catch {
      throw InputError(path: file.path, reason: .undecodable(error))
    }
  }

  /// All bytes that were not taken yet.
  package func readRest() throws(InputError) -> [UInt8] {
    try fill(to: limits.fileBytes + 1)
    defer { pending = [] }
    return (offset == 3 ? [0xEF, 0xBB, 0xBF] : []) + pending
  }

  /// The next stretch; nil at the end of the file.
  package func next() throws(InputError) -> LineChunk? {
    try fill(to: LineChunks.stride)
    var end = pending.lastIndex(of: 0x0A).map { $0 + 1 }
    while end == nil, !isAtEnd {
      if pending.count > limits.documentBytes { return try skipLongLine() }
      let known = pending.count
      try fill(to: known + 1)
      end = pending[known...].lastIndex(of: 0x0A).map { $0 + 1 }
    }
    let count = end ?? pending.count
    guard count > 0 else { return nil }
    let chunk = LineChunk(
      path: file.path, bytes: Array(pending[..<count]), firstLine: line, offset: offset)
    pending.removeFirst(count)
    line += chunk.bytes.count { $0 == 0x0A }
    offset += count
    return chunk
  }

  /// Passes over a line that is longer than a document may be.
  private func skipLongLine() throws(InputError) -> LineChunk {
    let chunk = LineChunk(
      path: file.path, bytes: [], firstLine: line, offset: offset, isTooLong: true)
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        pending.removeFirst(end + 1)
        offset += end + 1
        line += 1
        return chunk
      }
      offset += pending.count
      pending.removeAll(keepingCapacity: true)
      if isAtEnd { return chunk }
      try fill(to: LineChunks.stride)
    }
  }
}

/// Whole lines of a file.
package struct LineChunk: Sendable {
  package var path: String
  package var bytes: [UInt8]
  /// The number of the first line in the file, from 1.
  package var firstLine: Int
  /// The offset of the first byte in the file.
  package var offset: Int
  /// Whether it stands for one line that is longer than any document may be.
  package var isTooLong = false

  /// Reads its lines as documents.
  package func documents(limits: ReadingLimits = ReadingLimits()) -> DocumentBatch {
    let (text, problems) = decodeLines(
      bytes, firstLine: firstLine, offset: offset, keepsMarks: false)
    let source = Source(path: path, text: text, firstLine: firstLine)
    var limits = limits
    // What a stretch has of problems is bounded by its size.
    limits.problems = .max - 1
    let (documents, diagnostics) = readJSONLines(source, limits: limits)
    let long = isTooLong ? [Diagnostic.documentTooLong(limit: limits.documentBytes, at: 0)] : []
    return DocumentBatch(
      source: source, documents: documents,
      diagnostics: long + problems.map { .undecodable($0) } + diagnostics)
  }
}
