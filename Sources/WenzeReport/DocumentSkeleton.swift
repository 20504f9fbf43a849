import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// A document to fill in: every field of a dossier with what it can hold, as comments.
///
/// Nothing is said for anybody. A record or an element of a list that stands in a document says
/// that there is one, and a date that there is a day; so only the key is no comment, as not known.
package struct DocumentSkeleton {
  private let ruleSet: RuleSet
  private let dossier: Int
  private let language: Language

  package init(ruleSet: RuleSet, dossier: Int, language: Language) {
    self.ruleSet = ruleSet
    self.dossier = dossier
    self.language = language
  }

  package enum Format: String, Sendable, CaseIterable {
    case wz, yaml, json
  }

  package func text(in format: Format) -> String {
    switch format {
    case .wz: wenze
    case .yaml: yaml
    case .json: json.text
    }
  }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  private var record: RecordType { ruleSet.records[dossier] }
  private var unknown: String { say("不详", "unknown") }

  /// The number of the field that is no comment: a document that says nothing is none.
  private var first: Int { record.dossier?.key ?? 0 }

  /// What every form begins with.
  private var instructions: [String] {
    [
      say(
        "\(record.name.chinese)的骨架。每个字段一行，说明在右边。",
        "A \(record.name.english) to fill in: a field a line, with what it can hold beside it."),
      say(
        "没有填的就是没有记载（存疑），不会算作违规；查明确实没有的，写“无”。",
        "What is not filled in is not recorded, and never a violation; for what is known not to exist write `none`."
      ),
    ]
  }
}

// MARK: - What a field can hold

extension DocumentSkeleton {
  private func hint(_ field: RecordType.Field) -> String {
    [words(for: field.type), field.documentation?[language]].compactMap { $0 }
      .filter { !$0.isEmpty }.joined(separator: say("。", ". "))
  }

  private func words(for type: ValueType) -> String {
    switch type {
    case .boolean: return say("是、否", "yes, no")
    case .integer: return say("整数", "integer")
    case .decimal: return say("数，如 0.85 或者 85%", "number, such as 0.85 or 85%")
    case .date:
      return say("日期，如 2023-05-17；只知道年月的，2023-05", "date, such as 2023-05-17, or 2023-05")
    case .duration: return say("期限，如 30日", "duration, such as 30 days")
    case .enumeration(let number):
      let names = ruleSet.enums[number].entries.map { $0.name[language] }
      let others = ruleSet.enums[number].isOpen ? say("，或者原文的写法", ", or as it is written") : ""
      return names.joined(separator: say("、", ", ")) + others
    case .list(let element):
      if case .record = element { return say("可以有几个", "there may be several") }
      return say("列表：", "list: ") + words(for: element)
    case .record: return ""
    case .text, .nothing, .unknown: return say("文本", "text")
    }
  }
}

// MARK: - Lines

extension DocumentSkeleton {
  /// A line with what is said beside it.
  private struct Line {
    var depth: Int
    var text: String
    var hint = ""
    var isComment = true
  }

  /// How the language of documents writes records and lists.
  private struct Notation {
    var comment: String
    var indent: Int
    var open: (String) -> String
    var close: String?
    var openList: (String) -> String
    var closeList: String?
    var openElement: String
    var emptyList: (String) -> String
  }

  private func lines(_ notation: Notation) -> [Line] {
    fields(of: dossier, depth: 1, within: [dossier], notation)
  }

  private func fields(
    of record: Int, depth: Int, within above: Set<Int>, _ notation: Notation
  ) -> [Line] {
    var lines: [Line] = []
    for (number, field) in ruleSet.records[record].fields.enumerated() {
      let name = field.name[language]
      switch field.type {
      case .record(let inner):
        guard !above.contains(inner) else { continue }
        lines.append(Line(depth: depth, text: notation.open(name), hint: hint(field)))
        lines += fields(of: inner, depth: depth + 1, within: above.union([inner]), notation)
        if let close = notation.close { lines.append(Line(depth: depth, text: close)) }
      case .list(.record(let inner)):
        guard !above.contains(inner) else { continue }
        lines.append(Line(depth: depth, text: notation.openList(name), hint: hint(field)))
        lines.append(Line(depth: depth + 1, text: notation.openElement))
        lines += fields(of: inner, depth: depth + 2, within: above.union([inner]), notation)
        if let close = notation.close { lines.append(Line(depth: depth + 1, text: close)) }
        if let close = notation.closeList { lines.append(Line(depth: depth, text: close)) }
      case .list:
        lines.append(Line(depth: depth, text: notation.emptyList(name), hint: hint(field)))
      default:
        let isFirst = depth == 1 && number == first
        lines.append(
          Line(
            depth: depth, text: isFirst ? "\(name): \(unknown)" : "\(name):", hint: hint(field),
            isComment: !isFirst))
      }
    }
    return lines
  }

  /// The lines with their hints in one column, these broken where they are long.
  private func text(of lines: [Line], _ notation: Notation) -> String {
    let column = 40
    let mark = notation.comment
    var text = ""
    for line in lines {
      let indent = String(repeating: " ", count: line.depth * notation.indent)
      // Once the mark is removed the line stands where it should.
      var start = (line.isComment ? mark : "") + indent + line.text
      let hints = line.hint.isEmpty ? [] : wrappedLines(of: line.hint, width: 100 - column - 3)
      for (number, hint) in hints.enumerated() {
        if number > 0 { start = mark }
        let gap = max(2, column - displayWidth(of: start))
        text += start + String(repeating: " ", count: gap) + mark + " " + hint + "\n"
      }
      if hints.isEmpty { text += start + "\n" }
    }
    return text
  }

  private var wenze: String {
    let notation = Notation(
      comment: "//", indent: 4, open: { "\($0) {" }, close: "}", openList: { "\($0): [" },
      closeList: "]", openElement: "{", emptyList: { "\($0): [ ]" })
    let how = say(
      "填写时去掉行首的 //；在 { } 和 [ ] 里面填写的，也去掉这些行的 //。",
      "To fill in a line, remove the // at its start, and those of the { } and [ ] around it.")
    return (instructions + [how]).map { "// \($0)\n" }.joined()
      + "\n\(record.name[language]) {\n" + text(of: lines(notation), notation) + "}\n"
  }

  private var yaml: String {
    let notation = Notation(
      comment: "#", indent: 2, open: { "\($0):" }, close: nil, openList: { "\($0):" },
      closeList: nil, openElement: "-", emptyList: { "\($0): []" })
    let how = say(
      "填写时去掉行首的 #，其余空格不动；下一级填了的，上一级那行的 # 也要去掉。",
      "To fill in a line, remove the # at its start and no space, and those of the lines that it belongs to."
    )
    return (instructions + [how]).map { "# \($0)\n" }.joined()
      + "\n\(record.name[language]):\n" + text(of: lines(notation), notation)
  }
}

// MARK: - JSON

extension DocumentSkeleton {
  private var json: JSONValue {
    let how = say(
      "填写时去掉名称前面的 //，把说明换成值；键以 // 开头的都不读。",
      "To fill in a field, remove the // of its name and put the value in the place of the hint; keys with // are not read."
    )
    let comments = (instructions + [how]).map { JSONValue.text($0) }
    return .object([
      (
        record.name[language],
        .object([("//", .array(comments))] + json(of: dossier, depth: 1, within: [dossier]))
      )
    ])
  }

  private func json(
    of record: Int, depth: Int, within above: Set<Int>
  ) -> [(String, JSONValue)] {
    var result: [(String, JSONValue)] = []
    for (number, field) in ruleSet.records[record].fields.enumerated() {
      let name = field.name[language]
      func inner(_ record: Int) -> JSONValue {
        .object(json(of: record, depth: depth + 1, within: above.union([record])))
      }
      switch field.type {
      case .record(let record):
        if !above.contains(record) { result.append(("//" + name, inner(record))) }
      case .list(.record(let record)):
        if !above.contains(record) { result.append(("//" + name, [inner(record)])) }
      default:
        let isFirst = depth == 1 && number == first
        result.append(
          isFirst ? (name, .text(unknown)) : ("//" + name, .text(hint(field))))
      }
    }
    return result
  }
}
