import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

/// No input crashes a reader, and every place lies in the source.
@Suite struct ReaderFuzzTests {
  private static let pieces = [
    "{", "}", "[", "]", ",", ":", ": ", "\"", "'", "\n", "\n  ", "\n- ", "- ", "? ", "\r\n",
    "---\n",
    "...\n", "\n---\n", "#", "# 注\n", "&a ", "*a", "*a ", "!x ", "!!str ", "|\n", ">-\n",
    "%YAML 1.1\n",
    "<<: ", "\\", "\\u", "\\uD842", "\\uDFB7", "\\n", "\"a\"", "\"a\": ", "\"立案\": \"是\"", "立案: ",
    "a: ", "无", "等", "\"等\"", "etc", "true", "null", "~", "1", "-0.5", "2023-05-12", "01", "，", "：",
    "“", "𠮷", "\u{7}", "\0", "\t", " ", "\u{FEFF}", "\u{85}", "\u{2028}", "e\u{301}", "{}", "[]",
    "[{", "}]", "{\"a\": 1}", "@", "`",
  ]

  @Test(arguments: 0..<30 as Range<UInt64>)
  func soupIsRead(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for round in 0..<1_000 {
      let count = Int.random(in: 0...24, using: &random)
      let text = (0..<count).map { _ in
        Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      }.joined()
      check(text, "seed \(seed), round \(round)")
    }
  }

  /// Good texts, cut off or with one byte changed.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func damagedTextsAreRead(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let texts = [
      #"[{"编号": "2023", "主体": [{"名称": "督导组"}, "等"]}, {"a": -1.5e3, "b": "\uD842\uDFB7"}]"#,
      "编号: 2023\n主体:\n- &a {名称: \"督导组\"}\n- *a\n说明: |\n  一\n  二\n---\n- b: [x, 等]\n",
    ]
    for round in 0..<500 {
      for original in texts {
        var bytes = Array(original.utf8)
        if Bool.random(using: &random) {
          bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
        } else {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        guard let decoded = try? decodeText(bytes) else { continue }
        check(decoded.text, "seed \(seed), round \(round)")
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func randomBytesAreDecodedOrRefused(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for round in 0..<500 {
      let count = Int.random(in: 0...40, using: &random)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      if round % 5 == 0 { bytes = [0xFF, 0xFE] + bytes }
      do {
        check(try decodeText(bytes).text, "seed \(seed), round \(round)")
      } catch {
        #expect(error.offset < bytes.count && !error.bytes.isEmpty, "seed \(seed), round \(round)")
      }
    }
  }

  private func check(_ text: String, _ comment: Comment) {
    let source = Source(path: "a", text: text)
    let all = SourceRange(0, source.utf8Count)
    for format in [InputFormat.json, .yaml] {
      let result = read(format, source)
      for diagnostic in result.diagnostics {
        let ranges =
          [diagnostic.range, diagnostic.fix?.range].compactMap(\.self)
          + diagnostic.related.map(\.range)
        if !ranges.allSatisfy(all.contains) {
          Issue.record("\(comment), \(format): \(diagnostic) in \(text.debugDescription)")
        }
      }
      for document in result.documents where !areInside(document.body, all) {
        Issue.record("\(comment), \(format): a value outside \(text.debugDescription)")
      }
      if result.documents.isEmpty, result.diagnostics.isEmpty, !text.contains("[") {
        Issue.record("\(comment), \(format): no word about \(text.debugDescription)")
      }
    }
    _ = InputFormat(sniffing: text)
  }

  /// Whether a value and everything in it lies in the range.
  private func areInside(_ node: DataNode, _ range: SourceRange) -> Bool {
    guard range.contains(node.range) else { return false }
    return switch node.content {
    case .list(let elements, _): elements.allSatisfy { areInside($0, range) }
    case .record(let fields):
      fields.allSatisfy { range.contains($0.nameRange) && areInside($0.value, range) }
    default: true
    }
  }
}

/// A small random source whose numbers follow from its seed.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
