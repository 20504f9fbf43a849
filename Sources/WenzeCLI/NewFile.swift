import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a file that was not there before, or nothing.
func writeNewFile(_ text: String, to path: String) throws(OutputError) {
  try writeNewFile(Array(text.utf8), to: path)
}

/// Writes a file that was not there before, or nothing.
func writeNewFile(_ bytes: [UInt8], to path: String) throws(OutputError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else {
    throw errno == EEXIST ? .isThere(path) : OutputError(path, errno)
  }
  let problem = Console.emit(bytes, to: descriptor)
  let isClosed = close(descriptor) == 0
  guard problem == nil, isClosed else {
    let number = problem ?? errno
    _ = unlink(path)
    throw OutputError(path, number)
  }
}

/// Makes a folder that was not there before.
func makeNewFolder(_ path: String) throws(OutputError) {
  guard mkdir(path, 0o777) == 0 else {
    throw errno == EEXIST ? .isThere(path) : OutputError(path, errno)
  }
}

extension OutputError {
  fileprivate static func isThere(_ path: String) -> OutputError {
    OutputError(path, Bilingual("已经有了，不覆盖", "it is there already, and is not replaced"))
  }
}
