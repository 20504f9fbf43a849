import Foundation
import Testing

/// What the READMEs show is what the program does.
@Suite struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func blocks(of name: String) throws -> [String] {
    let text = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
    // Every other part between the fences is a block.
    return text.components(separatedBy: "\n```\n").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
  }

  /// The blocks that begin with `$ wenze …`: each command, and what it prints; WENZE_UPDATE=1 writes
  /// that anew.
  @Test(arguments: ["README.md", "README.zh.md"]) func samples(name: String) async throws {
    var changes: [(shown: String, printed: String)] = []
    var count = 0
    for block in try blocks(of: name) where block.hasPrefix("$ wenze ") {
      for sample in "\n\(block)".components(separatedBy: "\n$ wenze ").dropFirst() {
        let command = String(sample.prefix { $0 != "\n" })
        let sandbox = try Sandbox()
        let run = try await sandbox.shell(
          "cd '\(Self.root.path(percentEncoded: false))' && \"$WENZE\" \(command)")
        #expect(run.errors == "")
        let shown = "$ wenze " + sample.trimmingCharacters(in: .newlines)
        let printed =
          "$ wenze \(command)\n" + run.output.trimmingCharacters(in: .newlines)
        #expect(shown == printed)
        changes.append((shown, printed))
        count += 1
      }
    }
    #expect(count >= 2)
    guard ProcessInfo.processInfo.environment["WENZE_UPDATE"] == "1" else { return }
    let file = Self.root.appending(path: name)
    var text = try String(contentsOf: file, encoding: .utf8)
    for change in changes { text = text.replacing(change.shown, with: change.printed) }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// The pack of the tour passes its tests, and its mistakes are told as shown.
  @Test(arguments: ["README.md", "README.zh.md"]) func tour(name: String) async throws {
    let blocks = try blocks(of: name)
    let pack = try #require(blocks.first { $0.hasPrefix("规则包 本地规则") })
    let mistakes = try #require(blocks.first { $0.contains("[E0405]") })
    let sandbox = try Sandbox([
      "我的规则/本地规则.wz": pack + "\n",
      "错/本地规则.wz":
        pack.replacing("依据 本市办法 第八条", with: "依据 本市办法 第二十八条")
        .replacing("应当 决定.日期 -", with: "应当 决定.日起 -") + "\n",
    ])
    let language = name == "README.md" ? "en" : "zh"
    let tests = try await sandbox.wenze(
      ["test", "本地规则", "--rules", "我的规则", "--lang", language])
    #expect(tests.status == 0, "\(tests)")
    let comment = tests.output.trimmingCharacters(in: .newlines)
    #expect(blocks.contains { $0.contains("--rules 我的规则          # \(comment)") }, "\(comment)")
    let wrong = try await sandbox.wenze(["test", "--rules", "错", "--lang", language])
    #expect(wrong.status == 2)
    #expect(
      wrong.errors.trimmingCharacters(in: .newlines)
        == mistakes.trimmingCharacters(in: .newlines))
  }
}
