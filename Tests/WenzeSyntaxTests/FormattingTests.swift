import Foundation
import TestSupport
import Testing
import WenzeSyntax

/// The layout of the house, over small texts, the shipped packs and the documents beside them.
@Suite struct FormattingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let examples = GoldenFolder(named: "Formatting")

  /// The files of the language below a folder that can be parsed, by their paths from the root.
  private static func files(in folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
    let paths = (all?.allObjects ?? []).compactMap { $0 as? String }
      .filter { $0.hasSuffix(".wz") }.sorted().map { folder + "/" + $0 }
    return paths.isEmpty ? ["no files in \(folder)"] : paths
  }

  private static let packs = files(in: "rules")
  private static let documents = ["cases", "dossiers", "duty-lists", "assessment", "groups"]
    .flatMap { files(in: "fixtures/" + $0) }
    // In GB18030.
    .filter { !$0.contains("GB18030") }
  private static let goldens = [
    "WenzeSyntaxTests/Golden", "WenzeSemanticsTests/Golden", "WenzeReportTests/Golden",
    "WenzeReportTests/Pack",
  ].flatMap { files(in: "Tests/" + $0) }

  private func source(_ path: String) throws -> Source {
    Source(
      path: path,
      text: try String(contentsOf: Self.root.appending(path: path), encoding: .utf8))
  }

  private func same(_ text: String, _ path: String = "a.wz") -> Source {
    Source(path: path, text: text)
  }

  @Test(arguments: examples.names())
  func isLaidOutAsExpected(name: String) throws {
    let text = try formatted(same(try Self.examples.text(of: name)))
    let difference = try Self.examples.difference(of: text, from: name)
    #expect(difference == nil, "\(difference ?? "")")
    #expect(try formatted(same(text)) == text)
  }

  @Test(arguments: packs + documents)
  func whatIsShippedHasTheLayout(path: String) throws {
    let source = try source(path)
    #expect(try formatted(source) == source.text)
  }

  /// Nothing is lost and nothing means something else, whatever a text looks like.
  @Test(arguments: goldens)
  func layoutKeepsTokensCommentsAndMeaning(path: String) throws {
    let source = try source(path)
    let file = parse(source)
    guard file.diagnostics.isEmpty else {
      #expect(throws: FormattingProblem.self) { try formatted(source) }
      return
    }
    let text = try formatted(source)
    let result = parse(same(text))
    #expect(words(of: result.tree) == words(of: file.tree))
    #expect(meaning(of: result.declarations) == meaning(of: file.declarations))
    #expect(try formatted(same(text)) == text)
    // What the other language says in other words may have had several forms.
    for language in Language.allCases {
      let other: Language = language == .chinese ? .english : .chinese
      let once = try formatted(source, keywords: language)
      let back = try formatted(
        same(try formatted(same(once), keywords: other)), keywords: language)
      #expect(meaning(of: parse(same(back)).declarations) == meaning(of: file.declarations))
      if language == .chinese { #expect(back == once) }
    }
  }

  /// The words and comments of a text, without what is blank.
  private func words(of tree: SyntaxTree) -> String {
    String(tree.text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" })
  }

  @Test(arguments: packs)
  func packsSurviveEnglishKeywords(path: String) throws {
    let source = try source(path)
    let english = try formatted(source, keywords: .english)
    #expect(try formatted(same(english), keywords: .chinese) == source.text)
  }

  @Test(arguments: packs + documents)
  func blanksBetweenTokensDoNotMatter(path: String) throws {
    let source = try source(path)
    let seed = UInt64(source.utf8Count)
    var random = SplitMix64(state: seed)
    let shuffled = shuffled(parse(source).tree, using: &random)
    #expect(try formatted(same(shuffled)) == source.text, "seed \(seed)")
  }

  /// The text with other blanks between tokens, but with lines broken in the same places.
  private func shuffled(_ tree: SyntaxTree, using random: inout SplitMix64) -> String {
    let breaks = ["\n", "\r\n", "\r"]
    var text = ""
    for token in tree.tokens {
      let trivia = tree.source.text(in: SourceRange(token.fullStart, token.range.start))
      let lineBreak = breaks[Int.random(in: 0..<3, using: &random)]
      // A comment is left alone; so are lines that it ends.
      if trivia.contains("/") {
        text += trivia.replacing("\n", with: " \t" + lineBreak + "  ")
      } else if trivia.contains("\n") {
        let lines = trivia.count { $0 == "\n" }
        let extra = lines > 1 ? Int.random(in: 0...2, using: &random) : 0
        for _ in 0..<lines + extra {
          text += String(repeating: " ", count: Int.random(in: 0...3, using: &random)) + lineBreak
        }
        // Not at the margin, where a word may begin a declaration, unless it does.
        let isAtMargin = trivia.hasSuffix("\n")
        text +=
          isAtMargin ? "" : String(repeating: "\t", count: Int.random(in: 1...3, using: &random))
      } else if !trivia.isEmpty {
        text += ["  ", " ", "\t", "　"][Int.random(in: 0..<4, using: &random)]
      }
      text += tree.source.text(in: token.range)
    }
    return text
  }

  @Test func mistakesAreTold() {
    #expect {
      try formatted(same("规则 A1 甲 { 依据 "))
    } throws: { error in
      (error as? FormattingProblem)?.diagnostics.contains { $0.code == "E0201" } ?? false
    }
  }

  @Test(arguments: [
    ("a 在 b.c 后 1个月 内 且 d", "a within 1个月 after b.c and d"),
    ("a 在 b 前 30日 内", "a within 30日 before b"),
    ("非 a 已知 或 b 不详", "not a is known or b is unknown"),
    ("不存在 x 于 l 使 x 不属于 { 是, 否, 无 }", "no x in l where x not in { true, false, none }"),
    ("非 存在 x 于 l 使 x 不早于 y", "not exists x in l where x not before y"),
    ("无 a 且 有 b 且 已记 c = 全部(d)", "no a and has b and recorded c = all(d)"),
    ("每个 x 于 l 均 x 不晚于 y", "every x in l satisfies x not after y"),
    ("计数(x 于 l 使 x.是 取 x.否)", "count(x in l where x.是 take x.否)"),
    ("且.或 + 2", "且.或 + 2"),
  ])
  func conditionsInBothLanguages(chinese: String, english: String) throws {
    let before = "定义 甲 / a = \(chinese)\n"
    let after = try formatted(same(before), keywords: .english)
    #expect(after == "define 甲 / a = \(english)\n")
    #expect(try formatted(same(after), keywords: .chinese) == before)
  }

  @Test func demandsDoNotTurnIntoProhibitions() throws {
    let text = "规则 A1 甲 {\n    应当 非 a 且 b\n}\n"
    let english = try formatted(same(text), keywords: .english)
    #expect(english == "rule A1 甲 {\n    应当 not a and b\n}\n")
    #expect(try formatted(same(english), keywords: .chinese) == text)
    let prohibition = try formatted(same("rule A1 a {\n must not a and b\n}"), keywords: .chinese)
    #expect(prohibition == "规则 A1 a {\n    不得 a 且 b\n}\n")
  }

  @Test func aPieceIsWhatItsRangeHolds() throws {
    let file = parse(same("定义 甲 = // why\n    a 且\n    b\n"))
    let start = try #require(file.tree.source.text.utf8.firstIndex(of: UInt8(ascii: "a")))
    let offset = file.tree.source.text.utf8.distance(
      from: file.tree.source.text.startIndex, to: start)
    let range = SourceRange(offset, file.tree.source.utf8Count - 1)
    #expect(KeywordRewriting(file, to: .english).text(in: range) == "a and\n    b")
  }
}
