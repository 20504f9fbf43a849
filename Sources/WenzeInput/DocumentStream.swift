package import WenzeModel
package import WenzeSyntax

/// The documents of one stretch of a file, with what is wrong there.
package struct DocumentBatch: Sendable {
  /// The stretch; its lines have the numbers that they have in the file.
  package var source: Source
  package var documents: [WrittenDocument]
  package var diagnostics: [Diagnostic]
}

/// Takes files apart in their order.
///
/// Taking the batches is work for one thread; each can be read by any other.
package final class InputBatches {
  private var files: ArraySlice<String>
  private let limits: ReadingLimits
  private var current: FileBatches?

  package init(of files: [String], limits: ReadingLimits = ReadingLimits()) {
    self.files = files[...]
    self.limits = limits
  }

  /// The next batch, or why a file, or the rest of it, cannot be read; nil after the last file.
  package func next() -> Result<InputBatch, InputError>? {
    while true {
      do throws(InputError) {
        if let batch = try current?.next() { return .success(batch) }
        current = nil
        guard let path = files.popFirst() else { return nil }
        current = try FileBatches(path: path, limits: limits)
      } catch {
        current = nil
        return .failure(error)
      }
    }
  }
}

/// Reads the documents of a file in its order, a batch at a time.
///
/// A line or trace that is no document is told of with its place, and all others are read.
package func forEachBatch(
  path: String, limits: ReadingLimits = ReadingLimits(), mappings: [LedgerMapping] = [],
  zone: ZoneOffset = .china, stride: Int = FileBatches.stride,
  _ body: (DocumentBatch) throws -> Void
) throws {
  let batches = try FileBatches(path: path, limits: limits, stride: stride)
  var told = InputDiagnostics(limit: limits.problems, readsOn: true)
  while let next = try batches.next() {
    var batch = try next.documents(limits: limits, mappings: mappings, zone: zone)
    if next.isStretch { batch.diagnostics = Array(told.report(batch.diagnostics)) }
    try body(batch)
  }
}

/// Cuts a file into stretches of whole documents.
///
/// Lines of JSON and the traces of an event log come a stretch at a time, so that the memory needed
/// does not depend on the file's size; a file of any other format is one batch.
package final class FileBatches {
  /// The format of the file, by its name and its beginning.
  package private(set) var format: InputFormat
  private let file: FileContent
  private let limits: ReadingLimits
  private var pending: [UInt8] = []
  private var isAtEnd = false
  private var isFinished = false
  private var line = 1
  private var offset = 0
  private var storedCount = 0

  private let stride: Int

  /// The usual size, in bytes, from which on a stretch ends with the next document: columns are
  /// worth their trouble from about a thousand documents on.
  package static let stride = 4 << 20

  /// Opens a file; its format is what its name says, or what it looks like, unless it is known.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - known: its format, where that is known.
  ///   - limits: what may be read.
  ///   - stride: the size, in bytes, from which on a stretch ends with the next document.
  /// - Throws: what cannot be opened or unpacked.
  package init(
    path: String, format known: InputFormat? = nil, limits: ReadingLimits = ReadingLimits(),
    stride: Int = FileBatches.stride
  ) throws(InputError) {
    self.limits = limits
    self.stride = stride
    file = try FileContent(path: path, limits: limits)
    format = .json
    try fill(to: stride)
    if pending.isEmpty {
      throw InputError(path: path, reason: file.problem.map { .packed($0) } ?? .empty)
    }
    if pending.starts(with: [0xFF, 0xFE]) || pending.starts(with: [0xFE, 0xFF]) {
      // Bytes that look like a mark of ASCII are none in UTF-16.
      format = known ?? InputFormat(path: path) ?? .json
      if format.isCut { try transcode() }
      return
    }
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) {
      pending.removeFirst(3)
      offset = 3
    }
    format = known ?? InputFormat(path: path, text: String(decoding: pending, as: UTF8.self))
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

  /// The next stretch; nil at the end of the file.
  package func next() throws(InputError) -> InputBatch? {
    var batch = try nextStretch()
    batch?.byteCount = file.storedCount - storedCount
    storedCount = file.storedCount
    return batch
  }

  private func nextStretch() throws(InputError) -> InputBatch? {
    if isFinished { return nil }
    if !format.isCut { return try takeAll() }
    try fill(to: stride)
    var end = format.endOfLastDocument(in: pending)
    while end == nil, !isAtEnd {
      if pending.count > limits.documentBytes { return try skipLongDocument() }
      try fill(to: pending.count * 2)
      end = format.endOfLastDocument(in: pending)
    }
    if !isAtEnd { return take(end ?? 0) }
    isFinished = true
    // Half a document at the end of what could be unpacked is told of with the file.
    let isCutShort = file.problem?.isCutShort ?? false
    let isOnly = offset <= 3
    let count = isCutShort ? end ?? 0 : pending.count
    guard count > 0 || file.problem != nil else { return nil }
    var batch = take(count)
    batch.problem = file.problem
    batch.isOnly = isOnly && !isCutShort
    return batch
  }

  private func take(_ count: Int) -> InputBatch {
    let batch = InputBatch(
      path: file.path, format: format, bytes: Array(pending[..<count]), firstLine: line,
      offset: offset)
    drop(count)
    return batch
  }

  private func drop(_ count: Int) {
    line += lineFeeds(in: pending, before: count)
    offset += count
    pending.removeFirst(count)
  }

  private func takeAll() throws(InputError) -> InputBatch {
    try fill(to: limits.fileBytes + 1)
    isFinished = true
    let bytes = (offset == 3 ? [0xEF, 0xBB, 0xBF] : []) + pending
    pending = []
    return InputBatch(
      path: file.path, format: format, bytes: bytes, firstLine: 1, offset: 0, problem: file.problem)
  }

  /// Passes over a document that is longer than any may be.
  private func skipLongDocument() throws(InputError) -> InputBatch {
    let batch = InputBatch(
      path: file.path, format: format, bytes: [], firstLine: line, offset: offset, isTooLong: true)
    while true {
      if let end = endOfFirstDocument() {
        drop(end)
        return batch
      }
      // What ends a trace may be in two parts.
      drop(max(0, pending.count - (isAtEnd ? 0 : 16)))
      if isAtEnd { return batch }
      try fill(to: stride)
    }
  }

  private func endOfFirstDocument() -> Int? {
    format == .xes
      ? endOfFirstTrace(in: pending) : pending.firstIndex(of: 0x0A).map { $0 + 1 }
  }
}

private func lineFeeds(in bytes: [UInt8], before end: Int) -> Int {
  let bytes = bytes.span.extracting(..<end)
  var count = 0
  var position = bytes.firstIndex(of: 0x0A, from: 0)
  while position < bytes.count {
    count += 1
    position = bytes.firstIndex(of: 0x0A, from: position + 1)
  }
  return count
}

extension InputFormat {
  /// Whether a file of the format can be cut between documents.
  var isCut: Bool { self == .jsonLines || self == .xes }

  /// Where the last whole document of bytes ends, in a format that can be cut; nil if none does.
  func endOfLastDocument(in bytes: [UInt8]) -> Int? {
    self == .xes ? endOfLastTrace(in: bytes) : bytes.lastIndex(of: 0x0A).map { $0 + 1 }
  }
}

extension GzipProblem {
  /// Whether the content ends before its end.
  var isCutShort: Bool { if case .followed = self { false } else { true } }
}

/// Whole documents of a file, as bytes that were not looked at yet.
package struct InputBatch: Sendable {
  package var path: String
  package var format: InputFormat
  package var bytes: [UInt8]
  /// How many bytes of the file were taken for it, as it is stored.
  package var byteCount = 0
  /// The number of the first line in the file, from 1.
  package var firstLine: Int
  /// The offset of the first byte in the file.
  package var offset: Int
  /// Whether it stands for one document that is longer than any may be.
  package var isTooLong = false
  /// Whether it is the whole file.
  package var isOnly = false
  /// What is wrong with the file as a whole, known at its end.
  package var problem: GzipProblem?

  /// Whether the file may have other stretches.
  var isStretch: Bool { format.isCut }

  /// Reads its documents.
  package func documents(
    limits: ReadingLimits = ReadingLimits(), mappings: [LedgerMapping] = [],
    zone: ZoneOffset = .china
  ) throws(InputError) -> DocumentBatch {
    var batch = try read(limits: limits, mappings: mappings, zone: zone)
    if let problem { batch.diagnostics.insert(problem.diagnostic, at: 0) }
    return batch
  }

  private func read(
    limits: ReadingLimits, mappings: [LedgerMapping], zone: ZoneOffset
  ) throws(InputError) -> DocumentBatch {
    guard isStretch else {
      let file = try decodeFile(path: path, bytes, limits: limits)
      let (documents, diagnostics) = WenzeInput.documents(
        in: file.source, format: file.format, limits: limits, mappings: mappings, zone: zone,
        unreadableLines: file.unreadableLines)
      return DocumentBatch(
        source: file.source, documents: documents, diagnostics: file.diagnostics + diagnostics)
    }
    let (text, problems) = decodeLines(
      bytes, firstLine: firstLine, offset: offset, keepsMarks: format == .xes)
    let source = Source(path: path, text: text, firstLine: firstLine)
    if isTooLong {
      return DocumentBatch(
        source: source, documents: [],
        diagnostics: [.documentTooLong(limit: limits.documentBytes, at: 0)])
    }
    var limits = limits
    // What a stretch has of problems is bounded by its size, and counted with those of the others.
    limits.problems = .max - 1
    let (documents, diagnostics) =
      format == .xes
      ? readTraces(
        source, limits: limits, zone: zone, isWhole: isOnly, isRepaired: !problems.isEmpty)
      : readJSONLines(source, limits: limits)
    return DocumentBatch(
      source: source, documents: documents,
      diagnostics: problems.map { .undecodable($0) } + diagnostics)
  }
}
