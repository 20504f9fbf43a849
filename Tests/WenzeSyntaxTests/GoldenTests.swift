import Foundation
import Testing
import WenzeSyntax

/// Every `Golden/NAME.wz` with what is said about it, in `Golden/NAME.expected`.
///
/// `WENZE_UPDATE=1 swift test` writes the expectations anew, and fails so that they are looked at.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  private static var names: [String] {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
    let names = (files ?? []).filter { $0.hasSuffix(".wz") }.map { String($0.dropLast(3)) }.sorted()
    // Without any file the test has to fail, and not to vanish.
    return names.isEmpty ? ["no files in Golden"] : names
  }

  @Test(arguments: names)
  func isToldAsExpected(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name + ".wz"), encoding: .utf8)
    let file = parseChecking(text, path: name + ".wz")
    let rendered = render(file)

    let expectation = Self.folder.appending(path: name + ".expected")
    if ProcessInfo.processInfo.environment["WENZE_UPDATE"] == "1" {
      let before = try? String(contentsOf: expectation, encoding: .utf8)
      guard before != rendered else { return }
      try rendered.write(to: expectation, atomically: true, encoding: .utf8)
      Issue.record("written anew: \(name).expected")
      return
    }
    let expected = try String(contentsOf: expectation, encoding: .utf8)
    #expect(rendered == expected, "\(firstDifference(rendered, expected))")
  }

  @Test func bothLanguagesDeclareTheSame() throws {
    let texts = try ["declarations_zh", "declarations_en"].map { name in
      let text = try String(contentsOf: Self.folder.appending(path: name + ".wz"), encoding: .utf8)
      return Dump(showsNames: false).text(of: parseChecking(text).declarations)
    }
    #expect(texts[0] == texts[1], "\(firstDifference(texts[0], texts[1]))")
  }

  @Test func tenMistakesAreToldOnceEachInOrder() throws {
    let url = Self.folder.appending(path: "ten_mistakes.wz")
    let file = parseChecking(try String(contentsOf: url, encoding: .utf8))
    let lines = file.diagnostics.map { file.tree.source.line(at: $0.range?.start ?? 0) }
    #expect(file.diagnostics.count == 10)
    #expect(lines == lines.sorted())
  }

  /// Every code that the sources give out appears in an expectation.
  @Test func everyCodeHasAnExpectation() throws {
    let expected = try Self.names.map {
      try String(contentsOf: Self.folder.appending(path: $0 + ".expected"), encoding: .utf8)
    }.joined()
    let sources = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/WenzeSyntax")
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path())
    var codes: Set<String> = []
    for file in files where file.hasPrefix("Parser") || file.hasPrefix("Lexer") {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      codes.formUnion(text.matches(of: /"(E\d{4})"/).map { String($0.1) })
    }
    #expect(codes.count >= 18)
    for code in codes.sorted() { #expect(expected.contains("[\(code)]")) }
  }

  private func render(_ file: ParsedFile) -> String {
    let source = file.tree.source
    var text = ""
    for language in Language.allCases where !file.diagnostics.isEmpty {
      let renderer = DiagnosticRenderer(language: language, color: false)
      for diagnostic in file.diagnostics {
        text += renderer.render(diagnostic, in: source) + "\n"
      }
    }
    return text + Dump().text(of: file.declarations) + "\n"
  }

  private func firstDifference(_ text: String, _ expected: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where index >= others.count || line != others[index] {
      return "line \(index + 1) is \(line)"
    }
    return "line \(lines.count + 1) is missing"
  }
}
