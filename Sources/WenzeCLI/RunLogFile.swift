import Wenze
import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file to which runs are recorded: it only grows, and programs write to it one after another.
final class RunLogFile {
  let path: String
  private let descriptor: Int32

  /// Opens a log, or begins one.
  init(path: String) throws(OutputError) {
    self.path = path
    var status = stat()
    let isNew = stat(path, &status) != 0
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw OutputError(path, errno) }
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw OutputError(
        path, Bilingual("运行记录要写在普通文件里", "a log of runs has to be a plain file"))
    }
    if isNew { syncFolder(of: path) }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Adds an entry, through to the disk.
  ///
  /// - Returns: the number of the entry and its hash.
  func append(_ entry: RunLogEntry) throws(OutputError) -> (number: Int, hash: String) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw OutputError(path, errno) }
    }
    defer { _ = flock(descriptor, LOCK_UN) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard size >= 0 else { throw OutputError(path, errno) }
    var next = (number: 1, previous: RunLogEntry.noHash)
    if size > 0 {
      guard let known = RunLogTail.next(after: try lastLine(size)) else {
        throw OutputError(
          path,
          Bilingual(
            "最后一行不完整或者被改动过，不能接着写；请用 wenze record verify 查看",
            "its last line is broken, and nothing can follow it; see wenze record verify"))
      }
      next = known
    }
    let line = entry.line(number: next.number, after: next.previous)
    if let problem = Console.emit(line.text, to: descriptor)
      ?? (fsync(descriptor) == 0 ? nil : errno)
    {
      // Half a line would be taken for a broken one.
      _ = ftruncate(descriptor, size)
      throw OutputError(path, problem)
    }
    return (next.number, line.hash)
  }

  /// The last line with its line break, if it has one.
  private func lastLine(_ size: off_t) throws(OutputError) -> [UInt8] {
    let stride: off_t = 1 << 14
    var bytes: [UInt8] = []
    var start = size
    while start > 0 {
      let from = max(0, start - stride)
      var piece = [UInt8](repeating: 0, count: Int(start - from))
      let count = piece.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, from) }
      guard count == piece.count else { throw OutputError(path, count < 0 ? errno : EIO) }
      bytes = piece + bytes
      start = from
      // The break at the end of the line before, not its own.
      if let end = bytes.dropLast().lastIndex(of: 0x0A) { return Array(bytes[(end + 1)...]) }
    }
    return bytes
  }
}

/// Puts the name of a new file on the disk.
private func syncFolder(of path: String) {
  let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  let directory = open(folder, O_RDONLY | O_CLOEXEC)
  guard directory >= 0 else { return }
  _ = fsync(directory)
  _ = close(directory)
}
