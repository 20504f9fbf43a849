import Foundation
import TestSupport
import Testing
import WenzeReport
import WenzeSyntax

/// The JSON report has exactly the fields that programs were promised, with their types.
@Suite struct JSONShapeTests {
  /// What a value has to be; fields of objects in their order.
  indirect enum Shape: Sendable {
    case text
    case integer
    case boolean
    case null
    case one(of: [String])
    case either([Shape])
    case list(Shape)
    case object(KeyValuePairs<String, Shape>)

    static func optional(_ shape: Shape) -> Shape { .either([shape, .null]) }
    static let bilingual = Shape.object(["zh": .text, "en": .text])
  }

  static let report = Shape.object([
    "schema": .integer,
    "tool": .object(["name": .text, "version": .text]),
    "rules": .object([
      "packs": .list(.object(["name": .text, "version": .text])), "digest": .text,
      "adjustments": .list(
        .object([
          "rule": .text, "disabled": .boolean, "severity": .optional(severity),
          "reason": .bilingual,
        ])),
    ]),
    "inputs": .list(.object(["path": .text, "digest": .text, "documents": .integer])),
    "findings": .list(.either([finding, groupFinding])),
    "summary": .object([
      "documents": .integer, "violations": .integer, "undetermined": .integer,
      "compliant": .integer, "not_applicable": .integer, "errors": .integer, "warnings": .integer,
      "notes": .integer, "waived": .integer,
    ]),
    "problems": .list(
      .object([
        "code": .text, "severity": severity, "path": .text, "line": .optional(.integer),
        "column": .optional(.integer), "message": .bilingual, "help": .optional(.bilingual),
      ])),
  ])

  static let severity = Shape.one(of: ["error", "warning", "note"])

  static let verdict = Shape.one(of: ["violation", "undetermined", "compliant", "not_applicable"])

  static let document = Shape.object([
    "type": .text, "id": .optional(.text), "path": .text, "line": .integer, "column": .integer,
  ])

  static let citations = Shape.list(
    .object([
      "law": .text, "title": .text, "article": .optional(.integer),
      "paragraph": .optional(.integer), "item": .optional(.integer),
    ]))

  /// A finding on a group; the document is null, or the one that was judged against its group.
  static let groupFinding = Shape.object([
    "rule": .text, "name": .bilingual, "verdict": verdict, "severity": severity,
    "group": .object([
      "key": .list(.object(["name": .bilingual, "value": .either([.text, .integer])])),
      "figures": .list(
        .object([
          "name": .bilingual, "value": .either([.text, .integer, .null]), "left_out": .integer,
        ])),
      "size": .integer, "left_out": .integer,
      "documents": .list(
        .object(["id": .optional(.text), "path": .text, "line": .optional(.integer)])),
      "beside": .optional(
        .object([
          "type": .text, "size": .optional(.integer), "left_out": .integer,
          "documents": .list(
            .object(["id": .optional(.text), "path": .text, "line": .optional(.integer)])),
          "document_count": .integer,
        ])),
    ]),
    "document": .optional(document), "element": .optional(.text),
    "message": .optional(.bilingual), "fix": .optional(.bilingual), "citations": citations,
    "evidence": .list(.null), "missing": .list(.null), "waived": .null,
    "rule_at": .object(["path": .text, "line": .integer]),
  ])

  static let finding = Shape.object([
    "rule": .text, "name": .bilingual, "verdict": verdict, "severity": severity,
    "document": document,
    "element": .optional(.text), "message": .optional(.bilingual), "fix": .optional(.bilingual),
    "citations": citations,
    "evidence": .list(
      .object([
        "field": .bilingual, "value": .optional(.text), "line": .optional(.integer),
        "column": .optional(.integer),
      ])),
    "missing": .list(.bilingual),
    "waived": .optional(.object(["reason": .text, "approver": .text, "until": .text])),
    "rule_at": .object(["path": .text, "line": .integer]),
  ])

  @Test(arguments: GoldenFolder().names())
  func reportsHaveTheShape(name: String) throws {
    let source = Source(path: name, text: try GoldenFolder().text(of: name))
    for showsAll in [false, true] {
      let options = ReportOptions(language: .chinese, showsAllVerdicts: showsAll)
      let json = try ReportSupport.report(on: source, options: options).json
      #expect(json == (try ReportSupport.report(on: source, options: options).json))
      let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
      #expect(differences(value, Self.report, "report") == [])
      #expect(keys(in: json).isSubset(of: Self.orderedFields), "the order of fields")
    }
  }

  private func differences(_ value: Any, _ shape: Shape, _ path: String) -> [String] {
    switch (shape, value) {
    case (.boolean, let number as NSNumber) where isBoolean(number): return []
    case (.integer, let number as NSNumber) where !isBoolean(number):
      return number.doubleValue == number.doubleValue.rounded() ? [] : ["\(path) is \(number)"]
    case (.text, is String), (.null, is NSNull): return []
    case (.one(let words), let word as String) where words.contains(word): return []
    case (.either(let shapes), _):
      let results = shapes.map { differences(value, $0, path) }
      return results.contains([]) ? [] : results[0]
    case (.list(let element), let values as [Any]):
      return values.enumerated().flatMap { differences($1, element, "\(path)[\($0)]") }
    case (.object(let fields), let object as [String: Any]):
      let unknown = Set(object.keys).subtracting(fields.map(\.key)).sorted()
      return unknown.map { "\(path).\($0) is not known" }
        + fields.flatMap { field in
          object[field.key].map { differences($0, field.value, "\(path).\(field.key)") }
            ?? ["\(path).\(field.key) is absent"]
        }
    default: return ["\(path) is \(value)"]
    }
  }

  private func isBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }

  /// The names of each object's fields in the order of the text, joined.
  private func keys(in json: String) -> Set<String> {
    var open: [[String]] = []
    var found: Set<String> = []
    for line in json.split(separator: "\n").map({ $0.drop { $0 == " " } }) {
      if line.hasPrefix("\""), let end = line.range(of: "\": ") {
        open[open.count - 1].append(String(line[line.startIndex..<end.lowerBound].dropFirst()))
      }
      if line.hasSuffix("{") || line.hasSuffix("[") { open.append([]) }
      if line.hasPrefix("}"), let fields = open.popLast() {
        found.insert(fields.joined(separator: " "))
      }
      if line.hasPrefix("]") { open.removeLast() }
    }
    return found
  }

  private static var orderedFields: Set<String> {
    var found: Set<String> = []
    func visit(_ shape: Shape) {
      switch shape {
      case .list(let element): visit(element)
      case .either(let shapes): for shape in shapes { visit(shape) }
      case .object(let fields):
        found.insert(fields.map(\.key).joined(separator: " "))
        for field in fields { visit(field.value) }
      default: break
      }
    }
    visit(report)
    return found
  }
}

@Suite struct JSONTextTests {
  static let texts: [(text: String, json: String)] = [
    ("", #""""#), ("问责", "\"问责\""), ("a\"b\\c", #""a\"b\\c""#),
    ("a\nb\rc\td\r\n", #""a\nb\rc\td\r\n""#),
    ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{7F}\u{85}\u{9F}", #""\u007f\u0085\u009f""#),
    ("\u{202E}x\u{2066}", #""\u202ex\u2066""#), ("\u{200B}\u{FEFF}", #""\u200b\ufeff""#),
    ("\u{E0001}", #""\udb40\udc01""#), ("𠮷👨‍👩‍👧", "\"𠮷👨\\u200d👩\\u200d👧\""),
    ("e\u{301}", "\"e\u{301}\""),
    ("\u{301}", "\"\u{301}\""), ("/", "\"/\""), ("\u{2028}", "\"\u{2028}\""),
    ("\u{FFFF}", "\"\u{FFFF}\""),
  ]

  @Test func textsAreEscapedAndReadBack() throws {
    for row in Self.texts {
      let json = JSONValue.text(row.text).text
      #expect(Array(json.utf8) == Array((row.json + "\n").utf8), "\(row.json)")
      let value = try JSONSerialization.jsonObject(
        with: Data(json.utf8), options: .fragmentsAllowed)
      #expect((value as? String).map { Array($0.utf8) } == Array(row.text.utf8), "\(row.json)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func randomTextsReadBack(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    for _ in 0..<300 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let bound: UInt32 = [0x30, 0x100, 0x3000, 0x10FFFF].randomElement(using: &random) ?? 0
        let scalar = Unicode.Scalar(UInt32.random(in: 0...bound, using: &random))
        scalars.append(scalar ?? "x")
      }
      let text = String(scalars)
      let data = Data(JSONValue.text(text).text.utf8)
      let value = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      // Foundation drops a byte order mark at most; everything else comes back as it was.
      #expect((value as? String).map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
    }
  }

  @Test func emptyGroupsStayOnOneLine() {
    let value: JSONValue = ["a": [], "b": .object([]), "c": [1, .null, .boolean(true)]]
    #expect(
      value.text
        == "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    null,\n    true\n  ]\n}\n")
  }
}
