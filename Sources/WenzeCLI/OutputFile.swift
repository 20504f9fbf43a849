import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file so that a reader sees the whole of it or nothing.
///
/// A file that is there keeps its permissions, and a link stays a link.
func writeFile(_ text: String, to path: String) throws(OutputError) {
  guard !path.isEmpty else {
    throw OutputError(path, Bilingual("没有写文件名", "its name is missing"))
  }
  var status = stat()
  guard stat(path, &status) == 0 else {
    guard errno == ENOENT else { throw OutputError(path, errno) }
    try replace(endOfLinks(path), by: text, permissions: nil, named: path)
    return
  }
  switch status.st_mode & S_IFMT {
  case S_IFREG:
    // Renaming asks the folder alone for permission.
    guard access(path, W_OK) == 0 else { throw OutputError(path, errno) }
    try replace(endOfLinks(path), by: text, permissions: status.st_mode & 0o7777, named: path)
  case S_IFDIR: throw OutputError(path, EISDIR)
  default:
    // A device or a pipe must not be replaced by a file.
    try write(text, to: open(path, O_WRONLY | O_CLOEXEC), named: path)
  }
}

/// Writes a temporary file beside the target and renames it.
private func replace(
  _ target: String, by text: String, permissions: mode_t?, named path: String
) throws(OutputError) {
  let number = String(UInt64.random(in: .min ... .max), radix: 36)
  let temporary = folder(of: target) + ".wenze-\(number)"
  let file = open(
    temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions == nil ? 0o666 : 0o600)
  do throws(OutputError) {
    if file >= 0, let permissions, fchmod(file, permissions) != 0 {
      let problem = errno
      close(file)
      throw OutputError(path, problem)
    }
    try write(text, to: file, named: path)
    guard rename(temporary, target) == 0 else { throw OutputError(path, errno) }
  } catch {
    unlink(temporary)
    throw error
  }
}

/// Writes a text to an open file and closes it; one that could not be opened is less than 0.
private func write(_ text: String, to file: Int32, named path: String) throws(OutputError) {
  guard file >= 0 else { throw OutputError(path, errno) }
  let problem = Console.emit(text, to: file)
  let isClosed = close(file) == 0
  if let problem { throw OutputError(path, problem) }
  if !isClosed { throw OutputError(path, errno) }
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
