import TestSupport
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct CSVReaderTests {
  @Test(arguments: [
    ("", []),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,\r,\r", [["a", "b"], ["1", ""], ["", ""]]),
    ("a,\"b\"\n\n\"1,\n2\",\"\"\"x\"\"\"\n", [["a", "b"], ["1,\n2", "\"x\""]]),
    ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
    ("a\tb\n1\t2,3", [["a", "b"], ["1", "2,3"]]),
    ("sep=|\na|b,c\n", [["a", "b,c"]]),
    ("a, b ,\" c\" ,d", [["a", " b ", " c", "d"]]),
    ("甲，乙,丙\n", [["甲，乙", "丙"]]),
    ("甲\n乙\n", [["甲"], ["乙"]]),
  ])
  func rowsAreRead(text: String, expected: [[String]]) {
    let (rows, diagnostics) = readCSV(Source(path: "a", text: text))
    #expect(rows.map { $0.cells.map(\.text) } == expected)
    #expect(diagnostics.isEmpty)
  }

  @Test(arguments: [
    (
      "a,b\"c\"d\n", [["a", "b\"c\"d"]],
      ["D0503 1:4 a quotation mark inside a cell is read as it stands"]
    ),
    (
      "a,\"b\"c,d\n", [["a", "bc", "d"]],
      ["D0504 1:5 text behind the closing quotation mark is taken into the cell"]
    ),
    (
      "a,\"b\nc,d\n", [["a", "\"b"], ["c", "d"]],
      [
        "D0502 1:3 the quotation mark is never closed; the cell is read to the end of its line "
          + "or the next separator"
      ]
    ),
    (
      "甲，乙\n丙，丁\n", [],
      [
        "D0501 1:2 the table separates its cells with the full-width comma `，` and is not read"
      ]
    ),
  ])
  func mistakesAreTold(text: String, expected: [[String]], remarks: [String]) {
    let source = Source(path: "a", text: text)
    let (rows, diagnostics) = readCSV(source)
    #expect(rows.map { $0.cells.map(\.text) } == expected)
    #expect(diagnostics.map { notation($0, in: source) } == remarks)
  }

  /// Any table of texts, written down by the standard, reads back, each cell where it stands.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func tablesReadBack(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let pieces = ["", "a", "立案", "𠮷", ",", "\"", "\n", "\r\n", " ", "；", "，", "—", "\"\"", "x,\"y"]
    let width = Int.random(in: 2...5, using: &random)
    let table = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (0..<width).map { _ in
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
      }
    }
    let text = table.map { row in
      row.map { cell in
        let needsQuotes = cell.contains { "\",\n\r\r\n".contains($0) }
        return needsQuotes || Bool.random(using: &random)
          ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: ",")
    }.joined(separator: "\r\n")
    // Where the comma is not the mark that is found, the first line says so, as Excel has it.
    let source = Source(path: "a", text: "sep=,\r\n" + text)
    let (rows, diagnostics) = readCSV(source)
    #expect(rows.map { $0.cells.map(\.text) } == table, "\(text.debugDescription)")
    #expect(diagnostics.isEmpty)
    for cell in rows.flatMap(\.cells) {
      let written = String(source.text(in: cell.range))
      #expect(written == cell.text || written.hasPrefix("\""))
    }
  }

  /// No table crashes the reader of ledgers, and every place lies in the source.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func soupIsRead(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let pieces = [
      "编号", "姓名", "日期", "方式", ",", ",", ",", "\n", "\n", "\"", "\"\"", "合计", "3", "甲", "一、二", "无",
      "—",
      "2024年3月", "45356", "sep=,\n", "\u{FFFD}", "，", ";", "\t", "\r",
    ]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      let source = Source(path: "a", text: "编号,姓名,日期,方式\n" + text)
      let all = SourceRange(0, source.utf8Count)
      let (documents, diagnostics) = readLedger(source, mappings: [.small])
      for diagnostic in diagnostics {
        let ranges = [diagnostic.range].compactMap(\.self) + diagnostic.related.map(\.range)
        #expect(ranges.allSatisfy(all.contains), "\(diagnostic) in \(text.debugDescription)")
      }
      for document in documents { #expect(all.contains(document.body.range)) }
    }
  }
}
