import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct ReadingLimitsTests {
  private static let tooDeep = "the document is nested more than 64 deep and is not read"

  /// Lists inside one another, the innermost empty, in a record.
  private static func nested(_ depth: Int) -> String {
    #"{"a": "# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
  }

  @Test(arguments: [InputFormat.json, .yaml])
  func nestingIsAllowedUpToTheLimit(format: InputFormat) {
    #expect(reading(format, Self.nested(63)).count == 1)
    #expect(reading(format, Self.nested(63)).first?.hasPrefix("{a: [[") == true)
    #expect(reading(format, Self.nested(64)) == ["D0401 1:70 " + Self.tooDeep])
    #expect(reading(format, "[\(Self.nested(63))]").first?.hasPrefix("{a: [[") == true)
    let among = "[{\"b\": 1}, \(Self.nested(100)), {\"c\": 2}]"
    #expect(reading(format, among) == ["{b: 1}", "{c: 2}", "D0401 1:81 " + Self.tooDeep])
    let documents = "{b: 1}\n--- \(Self.nested(500))\n---\n{c: 2}"
    if format == .yaml {
      #expect(reading(format, documents) == ["{b: 1}", "{c: 2}", "D0401 2:74 " + Self.tooDeep])
    }
    let limits = ReadingLimits(depth: 2)
    #expect(reading(format, Self.nested(1), limits: limits) == ["{a: []}"])
    #expect(reading(format, Self.nested(2), limits: limits).first?.hasPrefix("D0401 1:8") == true)
  }

  @Test(
    arguments: [
      String(repeating: "[", count: 100_000),
      String(repeating: "{\"a\":", count: 100_000),
      "{\"a\": " + String(repeating: "[", count: 100_000) + String(repeating: "}", count: 100_000),
      nested(100_000),
    ])
  func aHundredThousandBracketsAreRefused(text: String) {
    for format in [InputFormat.json, .yaml] {
      let result = read(format, Source(path: "a", text: text))
      #expect(result.documents.isEmpty)
      #expect((1...2).contains(result.diagnostics.count))
    }
  }

  @Test(
    arguments: [
      String(repeating: "- ", count: 100_000),
      String(repeating: "? ", count: 100_000),
      "a: " + String(repeating: "- ", count: 100_000),
      (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      String(repeating: "&a ", count: 100_000),
      String(repeating: "!!a ", count: 100_000),
      String(repeating: "*a : ", count: 100_000),
    ])
  func deepBlocksAreRefused(text: String) {
    let result = readYAML(Source(path: "a", text: text))
    #expect(result.documents.isEmpty)
    #expect((1...2).contains(result.diagnostics.count))
  }

  @Test func longTextsAreRefused() {
    let text = String(repeating: "立", count: 3_400_000)
    let value = "{\"a\": \"\(text)\"}"
    let expected = [
      "D0402 1:7 a text has 10200000 bytes, more than the limit of 1048576, "
        + "and the document is not read"
    ]
    #expect(reading(.json, value) == expected)
    #expect(reading(.yaml, value) == expected)
    let limits = ReadingLimits(textBytes: 6)
    for format in [InputFormat.json, .yaml] {
      #expect(reading(format, "{\"a\": \"立案\"}", limits: limits) == ["{a: \"立案\"}"])
      let found = reading(format, "[{\"a\": \"立案x\"}, {\"b\": 1}]", limits: limits)
      #expect(found.count == 2)
      #expect(found.first == "{b: 1}")
      #expect(found.last?.hasPrefix("D0402 1:8 a text has 7 bytes") == true)
    }
    #expect(reading(.json, "{\"\(text)\": 1}").first?.hasPrefix("D0402") == true)
    #expect(reading(.json, "{\"a\": 1\(String(repeating: "0", count: 1 << 20))}").count == 1)
  }

  @Test func longDocumentsAreRefused() {
    let limits = ReadingLimits(documentBytes: 30)
    let long = "{\"a\": [" + String(repeating: "1, ", count: 20) + "1]}"
    for format in [InputFormat.json, .yaml] {
      #expect(
        reading(format, "[{\"b\": 1}, \(long), {\"c\": 2}]", limits: limits) == [
          "{b: 1}", "{c: 2}",
          "D0403 1:12 the document has more than 30 bytes and is not read",
        ])
    }
  }

  @Test func aliasesCannotMultiply() {
    let levels = (1...20).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }
    let bomb = "a0: &a0 [x, x, x]\n" + levels.joined()
    let result = readYAML(Source(path: "a", text: bomb))
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.map(\.code) == ["D0404"])
    // As a key, a bomb would have to be compared.
    #expect(readYAML(Source(path: "a", text: bomb + "? *a20\n: 1\n")).documents.isEmpty)
  }

  @Test func aliasesCannotNestDeeperThanTheLimit() {
    let levels = (1...70).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }
    let text = "a0: &a0 [x]\n" + levels.joined()
    let result = readYAML(Source(path: "a", text: text))
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.map(\.code) == ["D0401"])
  }

  @Test func problemsAreCounted() {
    let text = "[" + String(repeating: "1, ", count: 500) + "{}]"
    let result = readJSON(Source(path: "a", text: text))
    #expect(result.diagnostics.count == 101)
    #expect(result.diagnostics.last?.code == "D0405")
    let documents = String(repeating: "立案\n---\n", count: 500)
    #expect(readYAML(Source(path: "a", text: documents)).diagnostics.count == 101)
  }
}
