import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct YAMLReaderTests {
  @Test(arguments: [
    ("编号: 2023-017\n", ["{编号: 2023-017}"]),
    ("# 案件\n%YAML 1.1\n---\na: 1\n", ["{a: 1}"]),
    ("a: 1\n---\nb: 2\n...\n---\n# 空\n---\nc: 3\n", ["{a: 1}", "{b: 2}", "{c: 3}"]),
    ("- a: 1\n- b: 2\n", ["{a: 1}", "{b: 2}"]),
    ("[{a: 1}, {b: 2}]", ["{a: 1}", "{b: 2}"]),
    ("[]", []),
    // Plain words stay as they were written, whatever YAML makes of them.
    (
      "a: [2023-05-12, 0123, 1_000, 0x1F, 1e3, .5, 12:30, yes, No, on, 无, 1个月, =, <<]",
      [
        "{a: [2023-05-12, 0123, 1_000, 0x1F, 1e3, .5, 12:30, yes, No, on, 无, 1个月, =, <<]}"
      ]
    ),
    (
      "a: [true, True, TRUE, false, False, FALSE]",
      [
        "{a: [TRUE, TRUE, TRUE, FALSE, FALSE, FALSE]}"
      ]
    ),
    ("a: [null, Null, NULL, ~]\nb:\nc: \n", ["{a: [NULL, NULL, NULL, NULL], b: NULL, c: NULL}"]),
    (
      "a: 'x'\nb: \"true\"\nc: ''\nd: !!str 3\ne: !!int 3\nf: ! 4",
      [
        #"{a: "x", b: "true", c: "", d: "3", e: 3, f: "4"}"#
      ]
    ),
    ("a: |\n  一\n  二\nb: >-\n  三\n  四\n", ["{a: \"一\n二\n\", b: \"三 四\"}"]),
    ("a: 督导组 启动\n  问责\n", ["{a: 督导组 启动 问责}"]),
    ("a: \"\\0\\u7acb\\U00020BB7\"", ["{a: \"\0立𠮷\"}"]),
    (
      "a: [x, 等]\nb:\n- x\n- etc\nc: [x, '等']\nd: [etc.]",
      [
        #"{a: [x, …], b: [x, …], c: [x, "等"], d: […]}"#
      ]
    ),
    ("a: &p {x: 1}\nb: *p\n&k c: [*p, *k ]\n", ["{a: {x: 1}, b: {x: 1}, c: [{x: 1}, c]}"]),
    ("? a\n: 1\n\"b\": 2\n", ["{a: 1, b: 2}"]),
    ("a: {b: [c, {d: e}]}\r\nf: g\r\n", ["{a: {b: [c, {d: e}]}, f: g}"]),
    ("案件:\n  启动: 无\n", ["{案件: {启动: 无}}"]),
  ])
  func documentsAreRead(text: String, expected: [String]) {
    #expect(reading(.yaml, text) == expected)
  }

  @Test(arguments: [
    ("", ["D0307 the file has no document"]),
    ("# 只有注释\n", ["D0307 the file has no document"]),
    (
      "立案: [1, 2\n",
      [
        "D0301 2:1 wrong YAML: `while parsing a flow sequence, did not find expected ',' or ']'`"
      ]
    ),
    ("a: b: c\n", ["D0301 1:5 wrong YAML: `mapping values are not allowed in this context`"]),
    ("a: \"立\u{7}\"\n", ["D0302 1:6 YAML cannot hold the character `U+7`"]),
    ("甲: 1\n乙: 2\n甲: 3\n", ["{甲: 1, 乙: 2, 甲: 3}"]),
    ("a: {b: 1, 'b': 2}\n", ["{a: {b: 1, b: 2}}"]),
    ("[a]: 1\nb: 2\n", ["{b: 2}", "D0304 1:1 a key must be a name"]),
    ("? {a: 1}\n: 1\nb: 2\n", ["{b: 2}", "D0304 1:3 a key must be a name"]),
    ("?\n: 1\n", ["{}", "D0304 1:2 a key must be a name"]),
    ("a: *p\n", ["D0305 1:4 there is no `&p`, and the document is not read"]),
    (
      "&p a: 1\n---\nb: *p\n",
      ["{a: 1}", "D0305 3:4 there is no `&p`, and the document is not read"]
    ),
    ("a: &p [*p]\n", ["D0305 1:8 there is no `&p`, and the document is not read"]),
    ("立案\n", ["D0306 1:1 each document must be a mapping"]),
    (
      "- a: 1\n- 立案\n- [b]\n-\n- c: 1\n",
      [
        "{a: 1}", "{c: 1}", "D0306 2:3 each document must be a mapping",
        "D0306 3:3 each document must be a mapping", "D0306 4:2 each document must be a mapping",
      ]
    ),
    (
      "a: !甲 1\n",
      [
        "D0301 1:5 wrong YAML: `while scanning a tag, did not find expected whitespace or line break`"
      ]
    ),
    (
      "a: !!binary MQ==\n",
      [
        "{a: MQ==}", "D0308 1:4 there is no tag `tag:yaml.org,2002:binary`",
      ]
    ),
    ("a: !x 1\nb: 2\n", ["{a: 1, b: 2}", "D0308 1:4 there is no tag `!x`"]),
  ])
  func mistakesAreToldOnce(text: String, expected: [String]) {
    #expect(reading(.yaml, text) == expected)
  }

  @Test(arguments: [
    ("a: 1\n---\nb: [\n---\nc: 3\n", ["{a: 1}", "{c: 3}", "D0301 4:1"]),
    ("- a: 1\n- b: 'x\n---\nc: 3\n", ["{a: 1}", "{c: 3}", "D0301 3:1"]),
    (
      "立: 1\n---\n案: \u{7}\n---\n督: 1\n---\n导: {\n", ["{立: 1}", "{督: 1}", "D0302 3:4", "D0301 8:1"]
    ),
  ])
  func otherDocumentsAreReadAllTheSame(text: String, expected: [String]) {
    let found = reading(.yaml, text).map { line in
      line.hasPrefix("D0")
        ? line.split(separator: " ").prefix(2).joined(separator: " ") : line
    }
    #expect(found == expected)
  }

  @Test func everyValueHasItsPlace() throws {
    let text = """
      # 注释
      案件编号: 二〇二三  # 注
      主体: {名称: "督导组", 人数: 12}
      "𠮷":
        - 立案
        - 时间: 2023-05-12
          说明: |
            第一行
            第二行

      末: &锚 'x'
      """.replacing("&锚", with: "&m")
    let source = Source(path: "a.yaml", text: text)
    let document = try #require(readYAML(source).documents.first)
    #expect(
      places(document.body, in: source) == [
        ". 2:1", "@案件编号 2:1 案件编号", "案件编号 2:7 二〇二三",
        "@主体 3:1 主体", "主体 3:5", "@主体.名称 3:6 名称", "主体.名称 3:10 \"督导组\"",
        "@主体.人数 3:17 人数", "主体.人数 3:21 12",
        "@𠮷 4:1 \"𠮷\"", "𠮷 5:3 - 立案\n  - 时间: 2023-05-12\n    说明: |\n      第一行\n      第二行",
        "𠮷[0] 5:5 立案", "𠮷[1] 6:5", "@𠮷[1].时间 6:5 时间", "𠮷[1].时间 6:9 2023-05-12",
        "@𠮷[1].说明 7:5 说明", "𠮷[1].说明 7:9 |\n      第一行\n      第二行",
        "@末 11:1 末", "末 11:4 &m 'x'",
      ])
  }

  @Test func placesFollowEveryLineBreak() throws {
    for lineBreak in ["\n", "\r\n", "\r"] {
      let text = ["立: 'a", "  b'", "案: c"].joined(separator: lineBreak)
      let source = Source(path: "a", text: text)
      let document = try #require(readYAML(source).documents.first)
      #expect(places(document.body, in: source).last == "案 3:4 c")
    }
  }
}
