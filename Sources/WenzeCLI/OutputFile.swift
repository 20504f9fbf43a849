import FoundationEssentials
import WenzeSyntax

/// Writes a file so that a reader sees the whole of it or nothing.
func writeFile(_ text: String, to path: String) throws(OutputError) {
  do {
    // Foundation writes to a temporary file beside it and renames that.
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw OutputError(
      message: Bilingual(
        "不能写入“\(path)”：检查文件夹是否存在、是否有权限",
        "cannot write `\(path)`: does its folder exist, and may you write there?"))
  }
}

/// A report that could not be written.
struct OutputError: Error {
  var message: Bilingual
}
