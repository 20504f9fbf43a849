import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct JSONReaderTests {
  @Test(arguments: [
    (#"{}"#, ["{}"]),
    (#"[]"#, []),
    (#" [ {} , {} ] "#, ["{}", "{}"]),
    (#"{"编号": "2023-017", "n": 3}"#, [#"{编号: "2023-017", n: 3}"#]),
    (
      #"{"a": [1, -0.5e+3, true, false, null, [], {}]}"#,
      [
        "{a: [1, -0.5e+3, TRUE, FALSE, NULL, [], {}]}"
      ]
    ),
    (#"{"a": {"b": [{"c": "d"}, "e"]}}"#, [#"{a: {b: [{c: "d"}, "e"]}}"#]),
    (#"{"n": 12345678901234567890123456789.50}"#, ["{n: 12345678901234567890123456789.50}"]),
    (#"{"a": "\"\\\/\u0041\u7acb\uD842\uDFB7\u0000"}"#, ["{a: \"\"\\/A立𠮷\0\"}"]),
    (#"{"\u0061": "\b\f\n\r\t"}"#, ["{a: \"\u{8}\u{C}\n\r\t\"}"]),
    // Lists that go on.
    (
      #"{"a": ["x", "等"], "b": ["x", "etc."], "c": ["等", "x"], "d": ["etc"]}"#,
      [
        #"{a: ["x", …], b: ["x", …], c: ["等", "x"], d: […]}"#
      ]
    ),
    // A single key that names a dossier is a key, and 无 a text like others.
    (#"{"案件": {"启动": "无"}}"#, [#"{案件: {启动: "无"}}"#]),
  ])
  func documentsAreRead(text: String, expected: [String]) {
    #expect(reading(.json, text) == expected)
  }

  @Test(arguments: [
    ("", ["D0201 1:1 expected `{` or `[` here, but the file ends"]),
    ("3", ["D0201 1:1 expected `{` or `[` here, but found `3`"]),
    (#"{"a" 1}"#, ["D0201 1:6 expected `:` here, but found `1`"]),
    (#"{"a": 1 "b": 2}"#, ["D0201 1:9 expected `,` or `}` here, but found `\"`"]),
    (#"{"a": }"#, ["D0201 1:7 expected a value here, but found `}`"]),
    (#"{,}"#, ["D0201 1:2 expected a name in quotation marks here, but found `,`"]),
    (#"{"a": [1, {"b": 2}"#, ["D0202 1:19 `[` is not closed (1:7)"]),
    (#"[{}"#, ["{}", "D0202 1:4 `[` is not closed (1:1)"]),
    ("{\"立\": \"案\n\"}", ["D0203 1:7 the text does not end: `\"` is missing"]),
    (#"{"a": "b"#, ["D0203 1:7 the text does not end: `\"` is missing"]),
    (#"{"a": "b\"#, ["D0203 1:7 the text does not end: `\"` is missing"]),
    (#"{"a": "\立"}"#, ["D0204 1:8 there is no such escape"]),
    (#"{"a": "\u12"}"#, ["D0204 1:8 there is no such escape"]),
    (#"{"a": "\uD842"}"#, ["D0205 1:8 this escape is only half of a character"]),
    (#"{"a": "\uD842\u0041"}"#, ["D0205 1:8 this escape is only half of a character"]),
    (#"{"a": "\uDFB7"}"#, ["D0205 1:8 this escape is only half of a character"]),
    ("{\"a\": \"\t\"}", ["D0206 1:8 a control character in a text is written `\\t`"]),
    (#"{"a": 01}"#, ["D0207 1:7 `01` is not a number of JSON"]),
    (#"{"a": 1.}"#, ["D0207 1:7 `1.` is not a number of JSON"]),
    (#"{"a": -}"#, ["D0207 1:7 `-` is not a number of JSON"]),
    (#"{"a": 1e}"#, ["D0207 1:7 `1e` is not a number of JSON"]),
    (#"{"a": +1}"#, ["D0207 1:7 `+1` is not a number of JSON"]),
    (#"{"a": 2023-05-12}"#, ["D0207 1:7 `2023-05-12` is not a number of JSON"]),
    (#"{"a": 1,}"#, ["{a: 1}", "D0208 1:8 there is a `,` after the last element"]),
    (#"[{},]"#, ["{}", "D0208 1:4 there is a `,` after the last element"]),
    (#"{"a": 1} // 注"#, ["{a: 1}", "D0213 1:10 there is more after the end of the JSON"]),
    (#"{"a": 1 /* 注 */}"#, ["D0209 1:9 JSON has no comments"]),
    ("# 注\n{}", ["D0209 1:1 JSON has no comments"]),
    (#"{"立案"："是"}"#, ["D0210 1:6 `：` must be the ASCII mark `:`"]),
    (#"{'a': 1}"#, ["D0210 1:2 `'` must be the ASCII mark `\"`"]),
    (#"{"a": “b”}"#, ["D0210 1:7 `“` must be the ASCII mark `\"`"]),
    (#"{"a": 1, "立": 2, "a": 3}"#, ["{a: 1, 立: 2, a: 3}"]),
    (
      #"[1, {}, "a, ]", [2, {"b": 3}], null]"#,
      [
        "{}", "D0212 1:2 each document must be an object",
        "D0212 1:9 each document must be an object",
        "D0212 1:17 each document must be an object", "D0212 1:32 each document must be an object",
      ]
    ),
    (#"{"a": True}"#, ["D0214 1:7 `True` needs quotation marks"]),
    (#"{"a": 督导组}"#, ["D0214 1:7 `督导组` needs quotation marks"]),
    (#"{编号: 1}"#, ["D0214 1:2 `编号` needs quotation marks"]),
  ])
  func mistakesAreToldOnce(text: String, expected: [String]) {
    #expect(reading(.json, text) == expected)
  }

  @Test(arguments: [
    // The element with the mistake is lost, and no other.
    (#"[{"a": 1}, {"b": }, {"c": 3}]"#, ["{a: 1}", "{c: 3}", "D0201"]),
    (#"[{"a": [1, {"b" 2}]}, {"c": 3}]"#, ["{c: 3}", "D0201"]),
    (#"[{"a": "\x}"}, {"c": 3}]"#, ["{c: 3}", "D0204"]),
    (#"[{"a": 1}}, {"c": 3}]"#, ["{a: 1}", "{c: 3}", "D0201"]),
    (#"[{"a": 1]}, {"c": 3}]"#, ["{c: 3}", "D0201"]),
    (#"[{"a": 1} {"c": 3}]"#, ["{a: 1}", "{c: 3}", "D0201"]),
    (#"[{"a": 1},, {"c": 3}]"#, ["{a: 1}", "{c: 3}", "D0201"]),
    (#"[{"a": 1 b}, 3, {"c": 3}"#, ["{c: 3}", "D0201", "D0212", "D0202"]),
    // Without its closing brace an element ends where the next begins, as far in.
    ("[\n  {\n    \"a\": {\"b\": 1\n  },\n  {\n    \"c\": 3\n  }\n]", ["{c: 3}", "D0201"]),
    ("[\n{\"a\": \"x},\n{\"c\": 3}\n]", ["{c: 3}", "D0203"]),
  ])
  func otherElementsAreReadAllTheSame(text: String, expected: [String]) {
    #expect(reading(.json, text).map { $0.hasPrefix("D0") ? String($0.prefix(5)) : $0 } == expected)
  }

  @Test func everyValueHasItsPlace() throws {
    let text = """
      {"案件编号": "二〇二三", "主体": {"名称": "督导组", "人数": 12},
        "\u{20BB7}": [true, "x"]}
      """
    let source = Source(path: "a.json", text: text)
    let document = try #require(readJSON(source).documents.first)
    #expect(
      places(document.body, in: source) == [
        ". 1:1", "@案件编号 1:2 \"案件编号\"", "案件编号 1:10 \"二〇二三\"",
        "@主体 1:18 \"主体\"", "主体 1:24", "@主体.名称 1:25 \"名称\"", "主体.名称 1:31 \"督导组\"",
        "@主体.人数 1:38 \"人数\"", "主体.人数 1:44 12", "@𠮷 2:3 \"𠮷\"", "𠮷 2:8 [true, \"x\"]",
        "𠮷[0] 2:9 true", "𠮷[1] 2:15 \"x\"",
      ])
  }

  @Test func aFixCuresItsMistake() throws {
    for text in [#"{"a"：1}"#, #"{"a": 1,}"#, "{\"a\": \"\t\"}", #"{a: 督导组}"#, #"{"a": None}"#] {
      var text = text
      for _ in 0..<3 {
        let source = Source(path: "a", text: text)
        guard let diagnostic = readJSON(source).diagnostics.first else { break }
        let fix = try #require(diagnostic.fix)
        text =
          String(source.text(in: SourceRange(0, fix.range.start))) + fix.replacement
          + source.text(in: SourceRange(fix.range.end, source.utf8Count))
      }
      #expect(readJSON(Source(path: "a", text: text)).diagnostics.isEmpty, "\(text)")
    }
  }
}
