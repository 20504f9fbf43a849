import Testing
import WenzeSyntax

@Suite struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ marks: [Snippet.Mark], width: Int = 120,
    notes: [DiagnosticRenderer.Note] = []
  ) -> String {
    DiagnosticRenderer(language: .english, color: false, width: width).render(
      .error, code: "E0000", "message",
      snippets: [Snippet(Source(path: "a.wz", text: text), marks: marks)], notes: notes)
  }

  /// The mark of a piece of a text.
  private func mark(
    _ piece: String, in text: String, _ label: String = "", isPrimary: Bool = true
  ) throws -> Snippet.Mark {
    let range = try #require(text.firstRange(of: piece))
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return Snippet.Mark(SourceRange(start, start + piece.utf8.count), label, isPrimary: isPrimary)
  }

  @Test func marksStandUnderWideCharacters() throws {
    let text = "甲乙 且 丙丁 ｘ é 😀 e\u{301}\u{302} z"
    let marks = try ["丙丁", "é", "e\u{301}\u{302}", "z"].map { try mark($0, in: text) }
    #expect(
      render(text, marks) == """
        error[E0000]: message
         --> a.wz:1:6
          |
        1 | 甲乙 且 丙丁 ｘ é 😀 e\u{301}\u{302} z
          |         ^^^^    ^    ^ ^

        """)
  }

  @Test func labelsHangBelowTheirMarks() throws {
    let text = "甲乙 且 丙丁 = 3"
    let marks = [
      try mark("甲", in: text, "first", isPrimary: false),
      try mark("且", in: text, "second", isPrimary: false),
      try mark("丙丁", in: text, "here"),
    ]
    #expect(
      render(text, marks) == """
        error[E0000]: message
         --> a.wz:1:6
          |
        1 | 甲乙 且 丙丁 = 3
          | --   -- ^^^^ here
          | |    |
          | |    second
          | first

        """)
  }

  @Test func linesInBetweenAreShownOrLeftOut() throws {
    let text = "a1\nb2\nc3\nd4\ne5\nf6\ng7"
    let marks = [
      try mark("a1", in: text, "primary"),
      try mark("c3", in: text, isPrimary: false),
      try mark("f6\ng", in: text, "two lines", isPrimary: false),
    ]
    #expect(
      render(text, marks, notes: [.note("one\ntwo"), .help("three")]) == """
        error[E0000]: message
         --> a.wz:1:1
          |
        1 | a1
          | ^^ primary
        2 | b2
        3 | c3
          | --
        ...
        6 | f6
          | -- two lines
        7 | g7
          | -
          |
          = note: one
                  two
          = help: three

        """)
  }

  @Test func longLinesAreTrimmedAroundTheMarks() throws {
    let text =
      String(repeating: "甲", count: 500) + "乙" + String(repeating: "丙", count: 500) + "丁"
    let marks = [try mark("乙", in: text, "here"), try mark("丁", in: text, "there")]
    #expect(
      render(text, marks, width: 30) == """
        error[E0000]: message
         --> a.wz:1:501
          |
        1 | …甲甲甲甲甲乙丙丙丙丙丙丙丙丙丙…
          |            ^^ here
        1 | …丙丙丙丙丙丙丙丙丙丙丙丙丙丙丁
          |                              ^^ there

        """)
  }

  @Test func nothingReachesTheTerminalRaw() throws {
    let text = "\ta\u{202E}b\u{0}c\u{1B}[31m\u{200B}d\u{85}e"
    let shown = render(text, [try mark("e", in: text, "\u{202E}\n")], notes: [.note("\u{7}")])
    #expect(
      shown == """
        error[E0000]: message
         --> a.wz:1:15
          |
        1 |     a\\u{202E}b\\u{0}c\\u{1B}[31m\\u{200B}d\\u{85}e
          |                                              ^ \\u{202E}\\u{A}
          |
          = note: \\u{7}

        """)
  }

  @Test(arguments: [
    (0, 0, "1:1"), (3, 3, "1:4"), (4, 4, "2:1"), (7, 9, "2:4"), (9, 9, "3:1"), (50, 60, "3:1"),
  ])
  func everyPlaceCanBeMarked(start: Int, end: Int, place: String) {
    let shown = render("abc\ndef\r\n", [Snippet.Mark(SourceRange(start, end), isPrimary: true)])
    #expect(shown.contains("--> a.wz:\(place)\n"))
    #expect(shown.contains("^"))
  }

  @Test func aDiagnosticIsShownWithAllItsParts() {
    let source = Source(path: "a.wz", text: "依据 条例2019 第五十条\n")
    let other = Source(path: "b.wz", text: "\n法规 条例2019 {\n")
    let diagnostic = Diagnostic(
      "E0301", .warning, Bilingual("条例只有27条", "the law has 27 articles"),
      at: SourceRange(18, 30), label: Bilingual("第50条", "article 50"),
      related: [
        Diagnostic.Label(Bilingual("在这里声明", "declared here"), at: SourceRange(8, 18), in: "b.wz"),
        Diagnostic.Label(Bilingual("别处", "elsewhere"), at: SourceRange(0, 1), in: "c.wz"),
      ],
      notes: [Bilingual("注意", "take note")],
      fix: Diagnostic.Fix(Bilingual("改正", "correct it"), replacing: SourceRange(18, 30), with: ""))
    let renderer = DiagnosticRenderer(language: .chinese, color: false)
    #expect(
      renderer.render(diagnostic, in: source) { $0 == "b.wz" ? other : nil } == """
        警告[E0301]: 条例只有27条
         --> a.wz:1:11
          |
        1 | 依据 条例2019 第五十条
          |               ^^^^^^^^ 第50条
         ::: b.wz:2:4
          |
        2 | 法规 条例2019 {
          |      -------- 在这里声明
          |
          = 注：c.wz: 别处
          = 注：注意
          = 帮助：改正

        """)
  }

  @Test func aDiagnosticWithoutAPlaceNamesItsFile() {
    let diagnostic = Diagnostic("E0001", .note, Bilingual(same: "x"), at: nil)
    let shown = DiagnosticRenderer(language: .chinese, color: false)
      .render(diagnostic, in: Source(path: "a.wz", text: ""))
    #expect(shown == "提示[E0001]: x\n --> a.wz\n")
  }

  @Test func coloursSurroundWhatTheyColour() {
    let diagnostic = Diagnostic("E0001", .error, Bilingual(same: "x"), at: SourceRange(0, 1))
    let shown = DiagnosticRenderer(language: .english, color: true)
      .render(diagnostic, in: Source(path: "a.wz", text: "a"))
    #expect(shown.contains("\u{1B}[1;31merror[E0001]\u{1B}[0m"))
    #expect(shown.contains("\u{1B}[1;31m^\u{1B}[0m"))
  }
}
