import Testing
import WenzeSyntax

/// Random sequences of everything that the language knows, and of much that it does not.
@Suite struct TokenSoupTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func printsItsText(seed: UInt64) {
    var random = SplitMix64(state: seed)
    var told = 0
    for count in 0..<25_000 {
      let text = Soup.text(using: &random)
      let source = Source(path: "a.wz", text: text)
      let file = parse(source)
      told += file.diagnostics.count
      let isLossless = file.tree.text == text
      let rangesAreValid = file.diagnostics.allSatisfy { diagnostic in
        ([diagnostic.range, diagnostic.fix?.range].compactMap { $0 }
          + diagnostic.related.map(\.range)).allSatisfy { isValid($0, in: source) }
      }
      if !isLossless || !rangesAreValid {
        Issue.record("seed \(seed), text \(count): \(text.debugDescription)")
        return
      }
      if count % 50 == 0 {
        for diagnostic in file.diagnostics {
          _ = DiagnosticRenderer(language: .chinese, color: true).render(diagnostic, in: source)
        }
      }
    }
    #expect(told > 25_000, "seed \(seed): soup without mistakes tests nothing")
  }
}

/// A small generator whose sequence is the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

private enum Soup {
  private static let keywords = Keyword.allCases.flatMap { keyword in
    [keyword.spellings.chinese, keyword.spellings.english].compactMap { $0 }
  }

  private static let declarations = Keyword.allCases.filter(\.isDeclaration).map {
    $0.spelling(.chinese)
  }

  private static let punctuation = [
    "{", "}", "(", ")", "[", "]", ",", ";", ":", ".", "/", "|", "->", "=", "≠", "<", "<=", ">",
    "≥", "+", "-", "×", "÷", "!", "｛", "｝", "（", "）", "【", "】", "，", "；", "：", "。", "、", "／",
    "｜", "＝", "＜", "＞", "→", "!=", "==",
  ]

  private static let words = [
    "a", "s", "启动", "日期", "WZ101", "第九条", "第一款", "第九章", "第", "条例2019", "《条例》", "《",
    "12", "3.5", "90%", "１２", "2023-05-12", "2023年5月12日", "2023年", "2023.5.12", "2023-13",
    "2023-05-12 14:30", "30日", "1个月", "30 days", "10 working days", "99999999999999999999",
    "\"文本\"", "\"\"", "“甲“乙”丙”", "\"{a}\"", "\"{a\"", "\"{}\"", "\"\\u{4E00}\"", "\"\\q\"",
    "\"\\u{}\"", "\"\\u\"", "\"", "“", "”", "\"\"\"", "\\", "// 注释", "/*", "*/", "/* 注 */", "'",
    "@", "&&", "#", "…", "\u{202E}", "\u{0}", "\u{301}", "😀", "\u{FEFF}", "é", "e\u{301}", "\r\n",
    "\r", "\n", "\n", "\n", "\t", "　", "\u{2028}",
  ]

  static func text(using random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<6: text += keywords.randomElement(using: &random) ?? ""
      case 6..<12: text += punctuation.randomElement(using: &random) ?? ""
      case 12..<18: text += words.randomElement(using: &random) ?? ""
      case 18: text += "\n" + (declarations.randomElement(using: &random) ?? "") + " 甲 {"
      default:
        let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x3_0000, using: &random))
        text.unicodeScalars.append(scalar ?? " ")
      }
      if Int.random(in: 0..<3, using: &random) > 0 { text += " " }
    }
    return text
  }
}
