import Synchronization
import Wenze
import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file so that a reader sees the whole of it or nothing.
func writeFile(_ text: String, to path: String) throws(OutputError) {
  let file = try OutputFile(path: path)
  try file.write(text)
  try OutputFile.commit([file])
}

/// A file that is written a piece at a time, of which a reader sees the whole or nothing.
///
/// What is written goes to a temporary file beside the target, which takes its place in the end.
/// A file that is there keeps its permissions, and a link stays a link. Until then nothing of the
/// target has changed; what a program that was killed leaves behind, the next one removes.
final class OutputFile {
  private let path: String
  /// Nil once it is closed.
  private var descriptor: Int32?
  private var buffer: [UInt8] = []
  private var held = HeldText()
  /// The digest of all that was written, where somebody asks for it.
  private var running: RunningDigest?
  /// What is renamed, and to what; nil for a device or a pipe, which must not be replaced.
  private var renaming: (temporary: String, target: String)?

  private static let bufferSize = 1 << 18

  init(path: String, isDigested: Bool = false) throws(OutputError) {
    self.path = path
    running = isDigested ? RunningDigest() : nil
    guard !path.isEmpty else {
      throw OutputError(path, Bilingual("没有写文件名", "its name is missing"))
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw OutputError(path, errno) }
      try openTemporary(beside: endOfLinks(path), permissions: nil)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      // Renaming asks the folder alone for permission.
      guard access(path, W_OK) == 0 else { throw OutputError(path, errno) }
      try openTemporary(beside: endOfLinks(path), permissions: status.st_mode & 0o7777)
    case S_IFDIR: throw OutputError(path, EISDIR)
    default:
      let opened = open(path, O_WRONLY | O_CLOEXEC)
      guard opened >= 0 else { throw OutputError(path, errno) }
      descriptor = opened
    }
  }

  deinit {
    if let descriptor { _ = close(descriptor) }
    if let renaming { Temporaries.remove(renaming.temporary) }
  }

  private func openTemporary(
    beside target: String, permissions: mode_t?
  ) throws(OutputError) {
    removeLeftovers(in: folder(of: target))
    while descriptor == nil {
      let number = String(UInt64.random(in: .min ... .max), radix: 36)
      let temporary = folder(of: target) + temporaryPrefix + number + temporarySuffix
      let opened = Temporaries.create(temporary, permissions: permissions == nil ? 0o666 : 0o600)
      guard opened >= 0 else { throw OutputError(path, errno) }
      renaming = (temporary, target)
      descriptor = opened
      if let permissions, fchmod(opened, permissions) != 0 { throw OutputError(path, errno) }
      // The lock says that somebody writes it; another program may have come between.
      var status = stat()
      _ = flock(opened, LOCK_EX)
      guard fstat(opened, &status) == 0, status.st_nlink > 0 else {
        _ = close(opened)
        descriptor = nil
        continue
      }
    }
  }

  func write(_ text: String) throws(OutputError) {
    buffer += text.utf8
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func write(_ bytes: [UInt8]) throws(OutputError) {
    buffer += bytes
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Keeps a text until ``writeHeld()``.
  func hold(_ text: String) throws(OutputError) {
    if let problem = held.append(text, besides: renaming?.target ?? "") {
      throw OutputError(path, problem)
    }
  }

  func writeHeld() throws(OutputError) {
    try flush()
    while true {
      switch held.next() {
      case .success(let bytes) where bytes.isEmpty: return
      case .success(let bytes):
        buffer = bytes
        try flush()
      case .failure(let problem): throw OutputError(path, problem.number)
      }
    }
  }

  private func flush() throws(OutputError) {
    guard let descriptor else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    if let problem = Console.emit(buffer, to: descriptor) { throw OutputError(path, problem) }
    running?.add(buffer)
  }

  /// What was written, for the log of runs, once it is all written.
  func report(format: String) -> RunLogEntry.Report? {
    running.map { RunLogEntry.Report(format: format, path: path, digest: $0.text) }
  }

  /// Writes what is left, through to the disk.
  private func finish() throws(OutputError) {
    try flush()
    guard let descriptor else { return }
    // A device or a pipe need not be able to.
    if renaming != nil, fsync(descriptor) != 0 { throw OutputError(path, errno) }
    self.descriptor = nil
    if close(descriptor) != 0 { throw OutputError(path, errno) }
  }

  /// Ends files, and puts them in the place of those that were there.
  ///
  /// None is replaced before all are written, and no signal comes between.
  static func commit(_ files: [OutputFile]) throws(OutputError) {
    for file in files { try file.finish() }
    for file in files {
      guard let (temporary, target) = file.renaming else { continue }
      let problem = Temporaries.rename(temporary, to: target)
      if problem != 0 { throw OutputError(file.path, problem) }
      file.renaming = nil
    }
  }
}

// MARK: - Temporary files

private let temporaryPrefix = ".wenze-"
private let temporarySuffix = ".tmp"

/// Removes temporary files of programs that were killed: nobody holds their locks.
private func removeLeftovers(in folder: String) {
  guard let directory = opendir(folder.isEmpty ? "." : folder) else { return }
  defer { closedir(directory) }
  while let entry = readdir(directory) {
    let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    let name = String(decoding: bytes, as: UTF8.self)
    guard name.hasPrefix(temporaryPrefix), name.hasSuffix(temporarySuffix) else { continue }
    let file = open(folder + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { continue }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(folder + name) }
    close(file)
  }
}

/// The temporary files that there are, which go if a signal ends the program.
enum Temporaries {
  private static let paths = Mutex<Set<String>>([])

  /// Creates and opens a file; less than 0, with `errno`, if that cannot be.
  static func create(_ path: String, permissions: mode_t) -> Int32 {
    paths.withLock { paths in
      let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
      if file >= 0 { paths.insert(path) }
      return file
    }
  }

  static func remove(_ path: String) {
    paths.withLock { paths in
      if paths.remove(path) != nil { unlink(path) }
    }
  }

  /// Puts a file in the place of another, for good; the system's number of what prevented it.
  static func rename(_ path: String, to target: String) -> Int32 {
    paths.withLock { paths in
      guard renameFile(path, target) == 0 else { return errno }
      paths.remove(path)
      // The name is on the disk once the folder is.
      let folder = folder(of: target)
      let directory = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
      if directory >= 0 {
        fsync(directory)
        close(directory)
      }
      return 0
    }
  }

  /// Removes them all, and lets nobody make more: the program ends.
  static func end(_ body: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { unlink(path) }
      body()
    }
  }
}

private func renameFile(_ path: String, _ target: String) -> Int32 {
  rename(path, target)
}

/// Text that waits for its turn: in memory, and from some size on in a file without a name.
private struct HeldText {
  private var bytes: [UInt8] = []
  private var file: Int32?
  private var isReading = false

  private static let limit = 1 << 20

  struct Problem: Error {
    var number: Int32
  }

  /// Adds a text; the system's number of what prevented it, or nil.
  mutating func append(_ text: String, besides target: String) -> Int32? {
    bytes += text.utf8
    guard bytes.count > Self.limit else { return nil }
    if file == nil {
      let number = String(UInt64.random(in: .min ... .max), radix: 36)
      let path = folder(of: target) + temporaryPrefix + number + temporarySuffix
      let opened = Temporaries.create(path, permissions: 0o600)
      guard opened >= 0 else { return errno }
      file = opened
      Temporaries.remove(path)
    }
    defer { bytes.removeAll(keepingCapacity: true) }
    return file.flatMap { Console.emit(bytes, to: $0) }
  }

  /// The next piece; none at the end.
  mutating func next() -> Result<[UInt8], Problem> {
    guard let file else {
      defer { bytes = [] }
      return .success(bytes)
    }
    if !isReading {
      isReading = true
      guard lseek(file, 0, SEEK_SET) == 0 else { return .failure(Problem(number: errno)) }
    }
    var piece = [UInt8](repeating: 0, count: Self.limit)
    let count = piece.withUnsafeMutableBytes { readBytes(file, $0.baseAddress, $0.count) }
    guard count >= 0 else { return .failure(Problem(number: errno)) }
    if count > 0 { return .success(Array(piece[..<count])) }
    close(file)
    self.file = nil
    // What came after the last that was put into the file.
    defer { bytes = [] }
    return .success(bytes)
  }
}

private func readBytes(
  _ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  read(descriptor, bytes, count)
}

/// The path to which links lead, whether or not there is a file.
private func endOfLinks(_ path: String) -> String {
  var path = path
  // As many as the system follows.
  for _ in 0..<40 {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0 else { break }
    let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = target.hasPrefix("/") ? target : folder(of: path) + target
  }
  return path
}

/// The folder in which a file is, with the slash at its end; empty for that of the run.
private func folder(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
}

extension OutputFile: ReportSink {}

/// A report that could not be written.
struct OutputError: Error {
  var message: Bilingual

  init(_ path: String, _ reason: Bilingual) {
    message = Bilingual(
      "不能写入“\(path)”：\(reason.chinese)", "cannot write `\(path)`: \(reason.english)")
  }

  /// What the system's number stands for.
  init(_ path: String, _ code: Int32) {
    let folder = String(folder(of: endOfLinks(path)).dropLast())
    let reason =
      switch code {
      case ENOENT: Bilingual("没有文件夹“\(folder)”", "there is no folder `\(folder)`")
      case ENOTDIR: Bilingual("“\(folder)”不是文件夹", "`\(folder)` is no folder")
      case EISDIR: Bilingual("“\(path)”是文件夹", "`\(path)` is a folder")
      case EACCES, EPERM, EROFS: Bilingual("没有写入的权限", "there is no permission to write there")
      default: Bilingual(same: strerror(code).map { String(cString: $0) } ?? "errno \(code)")
      }
    self.init(path, reason)
  }
}
