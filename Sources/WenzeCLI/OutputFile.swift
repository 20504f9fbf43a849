import FoundationEssentials
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
  do {
    if isOrdinaryOrNew(path) {
      // Foundation writes to a temporary file beside it and renames that; a link stays a link.
      let target = realpath(path, nil)
      defer { free(target) }
      let url = URL(fileURLWithPath: target.map { String(cString: $0) } ?? path)
      try Data(text.utf8).write(to: url, options: .atomic)
    } else {
      // A device or a pipe must not be replaced by a file.
      try write(text, toStream: path)
    }
  } catch {
    throw OutputError(
      message: Bilingual(
        "不能写入“\(path)”：检查文件夹是否存在、是否有权限",
        "cannot write `\(path)`: does its folder exist, and may you write there?"))
  }
}

private func isOrdinaryOrNew(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
}

private func write(_ text: String, toStream path: String) throws(OutputError) {
  guard let file = fopen(path, "w") else { throw OutputError(message: Bilingual(same: path)) }
  let bytes = Array(text.utf8)
  let count = fwrite(bytes, 1, bytes.count, file)
  if fclose(file) != 0 || count < bytes.count {
    throw OutputError(message: Bilingual(same: path))
  }
}

/// A report that could not be written.
struct OutputError: Error {
  var message: Bilingual
}
