import Testing

@testable import WenzeReport

@Suite struct LineWrappingTests {
  static let table: [(line: String, width: Int, lines: [String])] = [
    ("", 10, [""]), ("short", 10, ["short"]), ("two words", 5, ["two", "words"]),
    ("a longerword b", 6, ["a", "longerword", "b"]), ("一二三四五", 4, ["一二", "三四", "五"]),
    ("一二，三四", 4, ["一", "二，", "三四"]), ("一“二”三", 5, ["一", "“二”", "三"]),
    ("见WZ101条", 5, ["见", "WZ101", "条"]), ("ab cd ef", 5, ["ab cd", "ef"]),
  ]

  @Test func linesBreakWhereTheyMay() {
    for row in Self.table {
      #expect(wrappedLines(of: row.line, width: row.width) == row.lines, "\(row.line)")
    }
  }
}
