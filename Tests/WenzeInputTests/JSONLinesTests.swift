import TestSupport
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct JSONLinesTests {
  @Test(arguments: [
    ("", []),
    ("\n \r\n", []),
    ("{\"a\": 1}\n{\"a\": [2]}\r\n\n{}", ["{a: 1}", "{a: [2]}", "{}"]),
    (
      "{\"a\": 1}\n{\"a\": \n{\"a\": 3}",
      ["{a: 1}", "{a: 3}", "D0201 2:7 expected a value here, but the line ends"]
    ),
    ("{\"a\": [1\n{}", ["{}", "D0202 1:9 `[` is not closed (1:7)"]),
    ("{\"a\": \"b\n{}", ["{}", "D0203 1:7 the text does not end: `\"` is missing"]),
    ("{\"a\": \"\\u12\n34\"}", ["D0204 1:8 there is no such escape", notObject(2)]),
    ("{} {}\n{}", ["{}", "{}", "D0216 1:4 there is more behind the document of this line"]),
    ("[{}]\n3\n{}", ["{}", notObject(1), notObject(2)]),
  ])
  func eachLineIsADocument(text: String, expected: [String]) {
    #expect(reading(.jsonLines, text) == expected)
  }

  private static func notObject(_ line: Int) -> String {
    "D0215 \(line):1 each line must be an object; this one is not read"
  }

  /// Any document reads the same in one line as over many.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func aLineReadsAsTheDocument(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let values = (0..<3).map { _ in record(depth: 0, using: &random) }
    let lines = values.map { write($0, break: "") }.joined(separator: "\n")
    let array = "[" + values.map { write($0, break: "\n ") }.joined(separator: ",\n") + "]"
    #expect(reading(.jsonLines, lines) == reading(.json, array))
  }

  private indirect enum Value {
    case scalar(String)
    case list([Value])
    case record([(String, Value)])
  }

  private func record(depth: Int, using random: inout SplitMix64) -> Value {
    .record(
      (0..<Int.random(in: 0...4, using: &random)).map { index in
        ("名\(index)", value(depth: depth + 1, using: &random))
      })
  }

  private func value(depth: Int, using random: inout SplitMix64) -> Value {
    switch Int.random(in: 0..<(depth < 5 ? 8 : 6), using: &random) {
    case 0: .scalar("true")
    case 1: .scalar("null")
    case 2: .scalar("\(Int.random(in: -99...99, using: &random)).5e3")
    case 3: .scalar(#""\n\u7acb\"{["# + "𠮷\"")
    case 4: .scalar("\"等\"")
    case 5: .scalar("\"\"")
    case 6:
      .list(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          value(depth: depth + 1, using: &random)
        })
    default: record(depth: depth, using: &random)
    }
  }

  private func write(_ value: Value, break space: String) -> String {
    switch value {
    case .scalar(let text): text
    case .list(let elements):
      "[" + elements.map { space + write($0, break: space) }.joined(separator: ",") + space + "]"
    case .record(let fields):
      "{"
        + fields.map { "\(space)\"\($0)\":\(space)" + write($1, break: space) }
        .joined(separator: ",") + space + "}"
    }
  }
}
