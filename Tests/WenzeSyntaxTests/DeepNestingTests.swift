import Testing
import WenzeSyntax

/// Texts that nest or chain without end: they are told of, and nothing overflows the stack.
@Suite struct DeepNestingTests {
  private static let count = 100_000

  private static let texts: [(name: String, text: String, codes: [String])] = [
    ("parentheses", rule("应当 " + "(" * count), ["E0202", "E0201"]),
    ("closed parentheses", rule("应当 " + "(" * count + "a" + ")" * count), ["E0202"]),
    ("brackets", rule("应当 " + "[" * count), ["E0202", "E0201"]),
    ("braces", rule("应当 " + "{" * count), ["E0202", "E0201"]),
    ("closed braces", rule("应当 " + "{" * count + "a" + "}" * count), ["E0202"]),
    ("calls", rule("应当 " + "f(" * count), ["E0202", "E0201"]),
    ("look-ups", rule("应当 " + "t[" * count + "a" + "]" * count), ["E0202"]),
    ("negations", rule("应当 " + "非 " * count + "a"), ["E0202"]),
    ("minus signs", rule("应当 " + "- " * count + "a"), ["E0202"]),
    ("quantifiers", rule("应当 " + "每个 x 于 L 均 " * count + "a"), ["E0202"]),
    ("quantified lists", rule("应当 " + "每个 x 于 " * count + "a"), ["E0201"]),
    ("paths", rule("应当 a" + ".b" * count), ["E0212"]),
    ("conjunctions", rule("应当 a" + " 且 a" * count), ["E0212"]),
    ("alternatives", rule("时点 a" + " 否则 a" * count), ["E0212"]),
    ("sums", rule("应当 a" + " + a - a × a" * count), ["E0212"]),
    ("comparisons", rule("应当 a" + " < a" * 1000), Array(repeating: "E0205", count: 999)),
    ("types", "结构 甲 { a : " + "列表 " * count + "b }", ["E0202"]),
    ("records", "案件 " + "{ a " * count, ["E0202", "E0203"]),
    ("closed records", "案件 " + "{ a " * count + "}" * count, ["E0202"]),
    ("lists", "案件 { a " + "[" * count + "]" * count + " }", ["E0202"]),
    ("open lists", "案件 { a " + "[" * count, ["E0202", "E0201"]),
    ("comments", "/*" * count, ["E0103"]),
    ("comments in a line", "/* a */" * count, []),
    ("quotation marks", "定义 a = " + "“" * count, ["E0102"]),
    ("interpolations", rule("应当 a 错误 \"" + "{" * count + "\""), ["E0206"]),
    ("closed interpolations", rule("错误 \"" + "{" * count + "}" * count + "\""), ["E0202"]),
    ("rules", "规则 " * count, ["E0201"]),
    ("stray braces", "}" * count, ["E0208"]),
    ("stray characters", "@" * count, ["E0101"]),
    ("elements", rule("应当 a 属于 {" + "a.b, " * count + "}"), []),
    ("fields", "案件 {" + "a: b " * count + "}", []),
  ]

  private static func rule(_ clauses: String) -> String {
    "规则 WZ1 甲 {\n" + clauses + "\n}\n"
  }

  @Test(arguments: texts.indices)
  func isTold(index: Int) {
    let (name, text, codes) = Self.texts[index]

    let file = parse(Source(path: "a.wz", text: text))
    #expect(file.tree.text == text, "\(name)")
    #expect(file.diagnostics.map(\.code) == codes, "\(name)")
  }

  /// What is as high as the limit allows can still be walked by recursion.
  @Test func theHighestExpressionCanBeWalked() {
    let chain = "a" + " 且 a" * 900
    let text = Self.rule("应当 " + "(" * 60 + chain + ")" * 60 + " 且 b" * 90)

    let first = parseChecking(text)
    let second = parseChecking(text)

    #expect(first.diagnostics.isEmpty)
    #expect(first.declarations == second.declarations)
    #expect(Set(first.declarations).count == 1)
    #expect(Dump().text(of: first.declarations).count > 1000)
  }
}

private func * (text: String, count: Int) -> String {
  String(repeating: text, count: count)
}
