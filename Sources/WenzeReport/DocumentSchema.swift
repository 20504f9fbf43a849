import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// The JSON Schema (2020-12) of the documents of a rule set.
///
/// It holds of what `wenze check` reads as JSON or YAML: both spellings of every name, texts for
/// numbers and dates, words for what is not known or is known not to be. A field that no record
/// has is refused, though `wenze check` only warns of it, because it is most often a slip.
package struct DocumentSchema {
  private let ruleSet: RuleSet
  private let language: Language
  private let dossiers: [Int]

  /// Describes the documents of the dossiers with these numbers.
  package init(ruleSet: RuleSet, language: Language, dossiers: [Int]) {
    self.ruleSet = ruleSet
    self.language = language
    self.dossiers = dossiers
  }

  package var json: JSONValue {
    let documents = dossiers.map { JSONValue.reference("record.", ruleSet.records[$0].name) }
    let wrapped = dossiers.map { dossier -> JSONValue in
      let name = ruleSet.records[dossier].name
      let properties = spellings(name).map { ($0, JSONValue.reference("record.", name)) }
      return [
        "type": "object", "minProperties": 1, "maxProperties": 1,
        "properties": .object(properties), "additionalProperties": .boolean(false),
      ]
    }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": .text(dossiers.map { ruleSet.records[$0].name[language] }.joined(separator: ", ")),
      "anyOf": [
        ["$ref": "#/$defs/document"], ["type": "array", "items": ["$ref": "#/$defs/document"]],
      ],
      "$defs": .object([("document", ["anyOf": .array(documents + wrapped)])] + definitions),
    ]
  }

  private var definitions: [(String, JSONValue)] {
    let reached = reachedTypes
    return scalars
      + reached.enumerations.sorted().map { number in
        ("enum." + ruleSet.enums[number].name.english, schema(of: ruleSet.enums[number]))
      }
      + reached.records.sorted().map { number in
        ("record." + ruleSet.records[number].name.english, schema(ofRecord: number))
      }
  }

  private var reachedTypes: (records: Set<Int>, enumerations: Set<Int>) {
    var records: Set<Int> = []
    var enumerations: Set<Int> = []
    func visit(_ type: ValueType) {
      switch type {
      case .list(let element): visit(element)
      case .enumeration(let number): enumerations.insert(number)
      case .record(let number):
        guard records.insert(number).inserted else { return }
        for field in ruleSet.records[number].fields { visit(field.type) }
      default: break
      }
    }
    for dossier in dossiers { visit(.record(dossier)) }
    return (records, enumerations)
  }

  private func spellings(_ name: Bilingual) -> [String] {
    name.chinese == name.english ? [name.chinese] : [name.chinese, name.english]
  }
}

// MARK: - Records

extension DocumentSchema {
  private func schema(ofRecord number: Int) -> JSONValue {
    let record = ruleSet.records[number]
    var properties: [(String, JSONValue)] = []
    var exclusions: [(String, JSONValue)] = []
    for (field, names) in zip(record.fields, spellings(ofFieldsOf: record)) {
      var schema: [(String, JSONValue)] = [("$ref", .text(reference(to: field.type)))]
      if case .list(let element) = field.type { schema = list(of: element) }
      if let documentation = field.documentation {
        schema.append(("description", .text(documentation[language])))
      }
      for name in names { properties.append((name, .object(schema))) }
      // One field under two names would have two values.
      for (index, name) in names.enumerated() where index + 1 < names.count {
        let others = names[(index + 1)...].map { ($0, JSONValue.boolean(false)) }
        exclusions.append((name, ["properties": .object(others)]))
      }
    }
    if record.dossier != nil {
      for name in ["豁免", "waivers"] {
        properties.append((name, ["$ref": "#/$defs/waivers"]))
      }
    }
    let object: JSONValue = [
      "type": "object", "properties": .object(properties),
      "patternProperties": ["^(//|\\$|#|_)": .boolean(true)],
      "additionalProperties": .boolean(false), "dependentSchemas": .object(exclusions),
    ]
    var fields: [(String, JSONValue)] = [("title", .text(record.name[language]))]
    if let documentation = record.documentation {
      fields.append(("description", .text(documentation[language])))
    }
    guard record.dossier == nil, case .object(let own) = object else {
      if case .object(let own) = object { fields += own }
      return .object(fields)
    }
    fields.append(("anyOf", [.object(own), ["$ref": "#/$defs/nothing"]]))
    return .object(fields)
  }

  /// All spellings of each field, its own names first.
  private func spellings(ofFieldsOf record: RecordType) -> [[String]] {
    var names = record.fields.map { spellings($0.name) }
    for (name, number) in record.bySpelling.sorted(by: { $0.key < $1.key })
    where !names[number].contains(name) {
      names[number].append(name)
    }
    return names
  }

  private func reference(to type: ValueType) -> String {
    let name =
      switch type {
      case .boolean: "boolean"
      case .integer: "integer"
      case .decimal: "decimal"
      case .date: "date"
      case .duration: "duration"
      case .enumeration(let number): "enum." + ruleSet.enums[number].name.english
      case .record(let number): "record." + ruleSet.records[number].name.english
      case .text, .list, .nothing, .unknown: "text"
      }
    return "#/$defs/" + name
  }

  /// A list, at whose end may stand that it goes on.
  private func list(of element: ValueType) -> [(String, JSONValue)] {
    let item: JSONValue = ["$ref": .text(reference(to: element))]
    let openMark: JSONValue = ["enum": .array(DataNode.openMarks.sorted().map { .text($0) })]
    return [
      (
        "anyOf",
        [
          ["type": "array", "items": ["anyOf": [item, openMark]]],
          ["$ref": "#/$defs/nothing"],
        ]
      )
    ]
  }
}

// MARK: - Values

extension DocumentSchema {
  private func schema(of type: EnumType) -> JSONValue {
    var names = type.entries.flatMap { spellings($0.name) }
    names += type.bySpelling.keys.filter { !names.contains($0) }.sorted()
    var fields: [(String, JSONValue)] = [("title", .text(type.name[language]))]
    let listed: JSONValue = ["enum": .array(names.map { .text($0) })]
    // What is on no list is kept as it is written.
    let others: JSONValue =
      type.isOpen ? ["type": ["string", "number"]] : ["$ref": "#/$defs/nothing"]
    fields.append(("anyOf", [listed, others, ["type": "null"]]))
    return .object(fields)
  }

  private var scalars: [(String, JSONValue)] {
    func written(_ patterns: [String], or other: JSONValue) -> JSONValue {
      let pattern = "^\\s*(?:" + patterns.joined(separator: "|") + ")\\s*$"
      return [
        "anyOf": [
          other, ["type": "string", "pattern": .text(pattern)], ["$ref": "#/$defs/nothing"],
        ]
      ]
    }
    let never: JSONValue = .boolean(false)
    return [
      (
        "nothing",
        [
          "title": .text(language == .chinese ? "没有记载，或者没有" : "not recorded, or none"),
          "anyOf": [
            ["type": "null"],
            ["type": "string", "pattern": "^\\s*(?:无|none|不详|unknown)?\\s*$"],
          ],
        ]
      ),
      ("text", ["type": ["string", "number", "null"]]),
      ("boolean", written(["是", "否", "true", "false", "yes", "no"], or: ["type": "boolean"])),
      ("integer", written([NumberPattern.integer], or: ["type": "integer"])),
      ("decimal", written([NumberPattern.decimal], or: ["type": "number"])),
      (
        "date",
        written(
          DatePattern.all,
          or: ["type": "integer", "minimum": 10_000_101, "maximum": 99_991_231])
      ),
      ("duration", written([NumberPattern.duration], or: never)),
      (
        "waivers",
        [
          "anyOf": [
            ["$ref": "#/$defs/waiver"], ["type": "array", "items": ["$ref": "#/$defs/waiver"]],
          ]
        ]
      ),
      ("waiver", waiver),
    ]
  }

  /// A waiver, whose parts all have to be there.
  private var waiver: JSONValue {
    let filled: JSONValue = ["type": "string", "pattern": "\\S"]
    let parts: [(Bilingual, JSONValue)] = [
      (Bilingual("规则", "rule"), filled), (Bilingual("理由", "reason"), filled),
      (Bilingual("批准人", "approver"), filled),
      (
        Bilingual("至", "until"),
        [
          "type": "string",
          "pattern": .text("^(?:" + DatePattern.all.joined(separator: "|") + ")$"),
        ]
      ),
    ]
    return [
      "type": "object",
      "properties": .object(
        parts.flatMap { name, schema in [(name.chinese, schema), (name.english, schema)] }),
      "allOf": .array(
        parts.map { name, _ in
          [
            "anyOf": [
              ["required": [.text(name.chinese)]], ["required": [.text(name.english)]],
            ]
          ]
        }),
    ]
  }
}

extension JSONValue {
  fileprivate static func reference(_ kind: String, _ name: Bilingual) -> JSONValue {
    ["$ref": .text("#/$defs/" + kind + name.english)]
  }
}

/// How numbers may be written, in half or full width.
package enum NumberPattern {
  static let digit = "[0-9０-９]"
  package static let integer = "[-－]?\(digit){1,12}(?:[.．][0０]+)?"
  package static let decimal = "[-－]?\(digit){1,12}(?:[.．]\(digit){1,6}[0０]*)?[%％]?"
  package static let duration =
    "\(digit){1,6} *(?:日|天|days?|(?:个)?工作日|working days?|个月|months?|年|years?)"
}

/// How dates may be written, in half or full width: days that there are, months, years.
package enum DatePattern {
  private static let digit = NumberPattern.digit
  /// No year is nought.
  private static let year = "(?![0０]{4})\(digit){4}"
  /// Years with a day more.
  private static let leapYear =
    "(?:\(digit){2}(?:[0０][48４８]|[2468２４６８][048０４８]|[13579１３５７９][26２６])"
    + "|(?:[02468０２４６８][048０４８]|[13579１３５７９][26２６])[0０]{2})"

  /// All forms: with signs between the numbers, in eight digits, and without a day or a month.
  package static let all: [String] =
    [("年", "月", "[日号]"), ("[-－]", "[-－]", ""), ("[.．]", "[.．]", ""), ("[/／]", "[/／]", "")]
    .map { day($0.0, $0.1, $0.2, isPadded: false) + time }
    + [day("", "", "", isPadded: true)]
    + [
      "\(year)年", "\(year)年\(month)月", "\(year)[-－]\(month)", "\(year)[.．]\(month)",
      "\(year)[/／]\(month)",
    ]

  private static let month = "(?:[0０]?[1-9１-９]|[1１][0-2０-２])"

  private static let time =
    "(?:[TＴ 　](?:[01０１]?\(digit)|[2２][0-3０-３])[:：][0-5０-５]\(digit)(?:[:：][0-5０-５]\(digit))?)?"

  private static func day(
    _ afterYear: String, _ afterMonth: String, _ afterDay: String, isPadded: Bool
  ) -> String {
    let nought = isPadded ? "[0０]" : "[0０]?"
    let upTo28 = "(?:\(nought)[1-9１-９]|[1１]\(digit)|[2２][0-8０-８])"
    let long = "(?:\(nought)[13578１３５７８]|[1１][02０２])\(afterMonth)(?:[2２][9９]|[3３][01０１])"
    let other = "(?:\(nought)[469４６９]|[1１][1１])\(afterMonth)(?:[2２][9９]|[3３][0０])"
    let anyMonth = isPadded ? "(?:[0０][1-9１-９]|[1１][0-2０-２])" : month
    let whole = "(?:\(anyMonth)\(afterMonth)\(upTo28)|\(long)|\(other))"
    let leapDay = "\(nought)[2２]\(afterMonth)[2２][9９]"
    return "(?:\(year)\(afterYear)\(whole)|(?![0０]{4})\(leapYear)\(afterYear)\(leapDay))\(afterDay)"
  }
}
