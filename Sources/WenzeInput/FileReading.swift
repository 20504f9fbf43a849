package import WenzeOffice
package import WenzeSyntax

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads a file, or standard input if the path is `-`, unpacks it if it is compressed, and decodes
/// its text.
package func loadFile(
  path: String, limits: ReadingLimits = ReadingLimits()
) throws(InputError) -> LoadedFile {
  let bytes = try readBytes(path: path, limit: limits.fileBytes)
  var (content, problem) = try unpacked(bytes, path: path, limits: limits)
  if let problem, problem.isCutShort, let format = InputFormat(path: path), format.isCut {
    // Half a document at the end is told of with the file.
    content.removeLast(content.count - (format.endOfLastDocument(in: content) ?? 0))
    if content.isEmpty { throw InputError(path: path, reason: .packed(problem)) }
  }
  var file = try decodeFile(path: path, content, limits: limits)
  file.bytes = bytes
  if let problem { file.diagnostics.insert(problem.diagnostic, at: 0) }
  return file
}

/// The content of a file that may be compressed.
private func unpacked(
  _ bytes: [UInt8], path: String, limits: ReadingLimits
) throws(InputError) -> ([UInt8], GzipProblem?) {
  guard GzipUnpacker.begins(bytes) else { return (bytes, nil) }
  let unpacker = GzipUnpacker(limits: limits)
  var content: [UInt8] = []
  var position = 0
  while !unpacker.isAtEnd {
    let known = content.count
    unpacker.unpack(bytes, from: &position, to: &content)
    if content.count == known { unpacker.finish() }
    if content.count > limits.fileBytes {
      throw InputError(path: path, reason: .tooLarge(limit: limits.fileBytes))
    }
  }
  if content.isEmpty {
    throw InputError(path: path, reason: unpacker.problem.map { .packed($0) } ?? .empty)
  }
  return (content, unpacker.problem)
}

/// Decodes the text of a file from its content.
package func decodeFile(
  path: String, _ bytes: [UInt8], limits: ReadingLimits
) throws(InputError) -> LoadedFile {
  if bytes.count > limits.fileBytes {
    throw InputError(path: path, reason: .tooLarge(limit: limits.fileBytes))
  }
  // What begins as files of office programs do is no text, whatever it is called.
  if OfficeFileKind(bytes) != nil || InputFormat(path: path) == .workbook {
    return try decodeWorkbook(path: path, bytes, limits: limits)
  }
  do {
    let decoded = try decodeText(bytes)
    return LoadedFile(
      bytes: bytes, source: Source(path: path, text: decoded.text), encoding: decoded.encoding,
      format: InputFormat(path: path, text: decoded.text))
  } catch {
    // Of a format with lines, the others can be read.
    guard let format = InputFormat(path: path), format.hasLines,
      error.encoding == .utf8 || error.encoding == .gb18030 || error.encoding == .utf8WithMark
    else { throw InputError(path: path, reason: .undecodable(error)) }
    let start = error.encoding == .utf8WithMark ? 3 : 0
    let (text, problems) = decodeLines(
      Array(bytes[start...]), offset: start, keepsMarks: format != .jsonLines)
    return LoadedFile(
      bytes: bytes, source: Source(path: path, text: text), encoding: error.encoding,
      format: format, diagnostics: problems.map { .undecodable($0) },
      unreadableLines: Set(problems.map(\.line)))
  }
}

/// A file whose text is known.
package struct LoadedFile: Sendable {
  /// What the file holds, byte for byte; compressed, where it is.
  package var bytes: [UInt8]
  /// The text, under the path as the user named it.
  package var source: Source
  package var encoding: TextEncoding
  package var format: InputFormat
  /// What of the file could not be read.
  package var diagnostics: [Diagnostic] = []
  /// The lines of these; where U+FFFD stands there, nothing needs to be said of it.
  package var unreadableLines: Set<Int> = []
}

/// A file or folder that cannot be read, and why.
package struct InputError: Error, Hashable, Sendable {
  /// The path as the user named it.
  package var path: String
  package var reason: Reason

  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    case missing
    case isFolder
    case notPermitted
    /// The system's own word for it.
    case unreadable(String)
    case empty
    case tooLarge(limit: Int)
    case undecodable(UndecodableBytes)
    case packed(GzipProblem)
    case workbook(WorkbookProblem)
    case noInputs
    case notAFile
    case nameNotUTF8
  }

  /// What to tell the user, without a place in a text.
  package var diagnostic: Diagnostic {
    switch reason {
    case .missing: .missing(path)
    case .isFolder: .isFolder(path)
    case .notPermitted: .notPermitted(path)
    case .unreadable(let problem): .unreadable(path, problem)
    case .empty: .empty(path)
    case .tooLarge(let limit): .tooLarge(path, limit: limit)
    case .undecodable(let problem): .undecodable(problem)
    case .packed(let problem): problem.diagnostic
    case .workbook(let problem): .workbook(problem)
    case .noInputs: .noInputs(path)
    case .notAFile: .notAFile(path)
    case .nameNotUTF8: .nameNotUTF8(path)
    }
  }
}

/// Reads the bytes of a file, or of standard input if the path is `-`.
package func readBytes(path: String, limit: Int) throws(InputError) -> [UInt8] {
  let file = try InputFile(path: path)
  if file.size > limit { throw InputError(path: path, reason: .tooLarge(limit: limit)) }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(min(limit, file.size))
  while try file.read(to: &bytes) > 0 {
    if bytes.count > limit { throw InputError(path: path, reason: .tooLarge(limit: limit)) }
  }
  if bytes.isEmpty { throw InputError(path: path, reason: .empty) }
  return bytes
}

/// Calls the body with the bytes of a file, a piece at a time.
package func forEachChunk(
  ofFile path: String, _ body: ([UInt8]) -> Void
) throws(InputError) {
  let file = try InputFile(path: path)
  var bytes: [UInt8] = []
  while try file.read(to: &bytes) > 0 {
    body(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// An open file, or standard input.
final class InputFile {
  let path: String
  /// The number of its bytes; 0 where that is not known.
  let size: Int
  private let descriptor: Int32

  /// How much is asked of the system at once.
  private static let stride = 1 << 18

  init(path: String) throws(InputError) {
    let isStandardInput = path == "-"
    let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputError(path: path, code: errno) }
    var status = stat()
    var problem: InputError?
    if fstat(descriptor, &status) != 0 {
      problem = InputError(path: path, code: errno)
    } else {
      switch status.st_mode & S_IFMT {
      // A pipe can stand for a file: `wenze check <(…)`.
      case S_IFREG, S_IFIFO: break
      case S_IFDIR: problem = InputError(path: path, reason: .isFolder)
      default: if !isStandardInput { problem = InputError(path: path, reason: .notAFile) }
      }
    }
    if let problem {
      if !isStandardInput { _ = close(descriptor) }
      throw problem
    }
    self.path = path
    self.descriptor = descriptor
    size = max(0, Int(status.st_size))
  }

  deinit {
    // A file has the number of standard input where that was closed before.
    if path != "-" { _ = close(descriptor) }
  }

  /// Appends what comes next; gives the number of bytes, 0 at the end.
  func read(to bytes: inout [UInt8]) throws(InputError) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: InputFile.stride))
    var count = 0
    var code: Int32 = 0
    repeat {
      count = bytes.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return systemRead(descriptor, base + start, InputFile.stride)
      }
      code = count < 0 ? errno : 0
    } while code == EINTR
    bytes.removeLast(InputFile.stride - max(0, count))
    if code != 0 { throw InputError(path: path, code: code) }
    return count
  }
}

/// The content of an open file, unpacked if it is compressed.
final class FileContent {
  let path: String
  private let file: InputFile
  private let unpacker: GzipUnpacker?
  private var stored: [UInt8] = []
  private var position = 0
  /// How many bytes of the file were taken.
  private(set) var storedCount = 0

  init(path: String, limits: ReadingLimits) throws(InputError) {
    self.path = path
    file = try InputFile(path: path)
    while stored.count < 3, try file.read(to: &stored) > 0 {}
    storedCount = stored.count
    unpacker = GzipUnpacker.begins(stored) ? GzipUnpacker(limits: limits) : nil
  }

  /// What is wrong with a compressed file, known at its end.
  var problem: GzipProblem? { unpacker?.problem }

  /// Appends what comes next; gives the number of bytes, 0 at the end.
  func read(to bytes: inout [UInt8]) throws(InputError) -> Int {
    let known = bytes.count
    guard let unpacker else {
      if stored.isEmpty {
        let count = try file.read(to: &bytes)
        storedCount += count
        return count
      }
      bytes += stored
      stored = []
      return bytes.count - known
    }
    while !unpacker.isAtEnd {
      unpacker.unpack(stored, from: &position, to: &bytes)
      if bytes.count > known { return bytes.count - known }
      guard !unpacker.isAtEnd else { break }
      stored.removeFirst(position)
      position = 0
      let count = try file.read(to: &stored)
      storedCount += count
      if count == 0 { unpacker.finish() }
    }
    return 0
  }
}

private func systemRead(_ descriptor: Int32, _ base: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, base, count)
}

extension InputError {
  /// The error that the system's number stands for.
  init(path: String, code: Int32) {
    let reason: Reason =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EACCES, EPERM: .notPermitted
      case EISDIR: .isFolder
      default: .unreadable(strerror(code).map { String(cString: $0) } ?? "errno \(code)")
      }
    self.init(path: path, reason: reason)
  }
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func missing(_ path: String) -> Self {
    Diagnostic(
      "D0101", .error,
      Bilingual("没有文件\(shown(path).chinese)", "there is no file \(shown(path).english)"), at: nil,
      notes: [Bilingual("检查路径和文件名", "check the path and the name")])
  }

  fileprivate static func isFolder(_ path: String) -> Self {
    Diagnostic(
      "D0102", .error,
      Bilingual("\(shown(path).chinese)是文件夹", "\(shown(path).english) is a folder"), at: nil,
      notes: [Bilingual("指定其中的文件", "name a file in it")])
  }

  fileprivate static func notPermitted(_ path: String) -> Self {
    Diagnostic(
      "D0103", .error,
      Bilingual(
        "没有读取\(shown(path).chinese)的权限", "there is no permission to read \(shown(path).english)"),
      at: nil,
      notes: [Bilingual("修改文件的权限，或者换一个用户", "change its permissions, or the user")])
  }

  fileprivate static func unreadable(_ path: String, _ problem: String) -> Self {
    Diagnostic(
      "D0104", .error,
      Bilingual(
        "无法读取\(shown(path).chinese)：\(problem)", "cannot read \(shown(path).english): \(problem)"),
      at: nil,
      notes: [Bilingual("检查磁盘和路径，然后重试", "check the disk and the path, then try again")])
  }

  fileprivate static func empty(_ path: String) -> Self {
    Diagnostic(
      "D0105", .error, Bilingual("\(shown(path).chinese)是空的", "\(shown(path).english) is empty"),
      at: nil,
      notes: [
        Bilingual("写入文书，或者删去这个文件", "write a document in it, or remove it")
      ])
  }

  fileprivate static func tooLarge(_ path: String, limit: Int) -> Self {
    Diagnostic(
      "D0106", .error,
      Bilingual(
        "\(shown(path).chinese)超过 \(limit) 字节，未读取",
        "\(shown(path).english) has more than \(limit) bytes and is not read"), at: nil,
      notes: [
        Bilingual(
          "拆成几个文件，或者用 --limit file=N 调高上限", "split it, or raise the limit with --limit file=N")
      ])
  }

  fileprivate static func notAFile(_ path: String) -> Self {
    Diagnostic(
      "D0109", .error,
      Bilingual(
        "\(shown(path).chinese)既不是文件，也不是文件夹",
        "\(shown(path).english) is neither a file nor a folder"),
      at: nil, notes: [Bilingual("指定普通文件", "name an ordinary file")])
  }

  fileprivate static func nameNotUTF8(_ path: String) -> Self {
    Diagnostic(
      "D0110", .error,
      Bilingual("文件名“\(path)”不是 UTF-8", "the file name `\(path)` is not UTF-8"), at: nil,
      notes: [Bilingual("把文件改名", "rename the file")])
  }
}

/// A path as messages name it.
private func shown(_ path: String) -> Bilingual {
  path == "-" ? Bilingual("标准输入", "standard input") : Bilingual("“\(path)”", "`\(path)`")
}
