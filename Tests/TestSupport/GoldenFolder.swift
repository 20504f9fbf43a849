import Foundation

/// A folder of inputs with the texts expected of them beside them.
///
/// `WENZE_UPDATE=1 swift test` writes the expectations anew, and fails so that they are looked at.
package struct GoldenFolder: Sendable {
  private let folder: URL

  /// The folder `Golden` beside a source file, or another one.
  package init(besideFile file: String = #filePath, named name: String = "Golden") {
    folder = URL(filePath: file).deletingLastPathComponent().appending(path: name)
  }

  package init(path: String) {
    folder = URL(filePath: path)
  }

  /// The names of the inputs; never empty, so that a test without inputs fails and does not vanish.
  package func names(endingWith suffix: String = ".wz") -> [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    let names = (files ?? []).filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
    return names.isEmpty ? ["no files in \(folder.path())"] : names
  }

  package func path(of name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  package func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Compares a text with the one expected; says what differs, or nil.
  package func difference(of text: String, from name: String) throws -> String? {
    let file = folder.appending(path: name + ".expected")
    if ProcessInfo.processInfo.environment["WENZE_UPDATE"] == "1" {
      if (try? String(contentsOf: file, encoding: .utf8)) == text { return nil }
      try text.write(to: file, atomically: true, encoding: .utf8)
      return "written anew: \(name).expected"
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index >= others.count || line != others[index] {
      let other = index < others.count ? others[index] : "(nothing)"
      return "line \(index + 1) of \(name).expected is\n  \(other)\nand came as\n  \(line)"
    }
    return "line \(lines.count + 1) of \(name).expected did not come"
  }
}
