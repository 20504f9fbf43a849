package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// A document that shows an answer.
package struct Example: Hashable, Sendable {
  /// What it says, by path: values of fields, and lists with as many elements as it has.
  package var values: [FieldPath: Value]
  /// The same as a case in the language.
  package var text: String
  /// The element that the answer is about; nil: the document.
  package var element: FieldPath?
}

extension SymbolicEvaluator {
  /// The document that an assignment of variables describes.
  func example(_ assignment: [Int: Int], element: FieldPath?) -> Example {
    var values: [Variable.Kind: Value] = [:]
    for (number, value) in assignment {
      values[variables[number].kind] = variables[number].domain[value]
    }
    var elements: [FieldPath: Value] = [:]
    for variable in variables {
      // An element of a list has some value, if it matters or not.
      if case .scalar(let path) = variable.kind { elements[path] = variable.domain.first }
    }
    let writer = ExampleWriter(
      ruleSet: ruleSet, values: values, elements: elements, isComplete: isComplete(values))
    let name = ruleSet.records[dossier].name.chinese
    let text = name + " {\n" + writer.fields(of: dossier, at: FieldPath(), depth: 1) + "}\n"
    return Example(
      values: Dictionary(values.map { ($0.key.path, $0.value) }) { first, _ in first }, text: text,
      element: element)
  }

  private func isComplete(_ values: [Variable.Kind: Value]) -> Bool {
    guard let number = ruleSet.records[dossier].dossier?.complete else { return false }
    return values[.scalar(FieldPath([.field(number)]))] == .boolean(true)
  }
}

extension RuleSet {
  /// A document as a case in the language.
  func caseText(of document: Document) -> String {
    var values: [Variable.Kind: Value] = [:]
    func add(_ fact: Fact, at path: FieldPath) {
      switch fact.value {
      case .unknown: break
      // What is left out of a complete file is absent.
      case .none where document.isComplete && fact.place == nil: break
      case .record(let fields):
        values[.presence(path)] = .boolean(true)
        add(fields, below: path)
      case .list(let list):
        values[.shape(path)] = fact.value
        for (index, element) in list.elements.enumerated() {
          let place = path.appending(.index(index))
          if case .record(let fields) = element.value {
            add(fields, below: place)
          } else {
            values[.scalar(place)] = element.value
          }
        }
      // Of a record or a list, too, it may be known that there is none.
      case .none:
        for kind in [Variable.Kind.presence(path), .shape(path), .scalar(path)] {
          values[kind] = fact.value
        }
      default: values[.scalar(path)] = fact.value
      }
    }
    func add(_ fields: [Fact], below path: FieldPath) {
      for (number, fact) in fields.enumerated() { add(fact, at: path.appending(.field(number))) }
    }
    add(document.fields, below: FieldPath())
    let writer = ExampleWriter(
      ruleSet: self, values: values, elements: [:], isComplete: document.isComplete)
    return records[document.dossier].name.chinese + " {\n"
      + writer.fields(of: document.dossier, at: FieldPath(), depth: 1) + "}\n"
  }
}

/// Writes a document by what is known of it.
private struct ExampleWriter {
  let ruleSet: RuleSet
  let values: [Variable.Kind: Value]
  let elements: [FieldPath: Value]
  /// Whether what is left out counts as absent, so that what is not recorded has to be written.
  let isComplete: Bool

  func fields(of record: Int, at path: FieldPath, depth: Int) -> String {
    let indent = String(repeating: "    ", count: depth)
    var text = ""
    for (number, field) in ruleSet.records[record].fields.enumerated() {
      let place = path.appending(.field(number))
      if let written = written(field.type, at: place, depth: depth) {
        text += indent + field.name.chinese + (written.hasPrefix("{") ? " " : ": ") + written + "\n"
      }
    }
    return text
  }

  private func written(_ type: ValueType, at path: FieldPath, depth: Int) -> String? {
    switch type {
    case .record(let record):
      return value(values[.presence(path)]) { _ in block(record, at: path, depth: depth) }
    case .list(let element):
      return value(values[.shape(path)]) { shape in
        guard case .list(let list) = shape else { return nil }
        if list.elements.isEmpty, !list.isMarkedOpen { return "无" }
        var parts = list.elements.indices.map { index -> String in
          let place = path.appending(.index(index))
          if case .record(let record) = element { return block(record, at: place, depth: depth) }
          return ruleSet.writtenText(
            of: values[.scalar(place)] ?? elements[place] ?? .unknown)
        }
        if list.isMarkedOpen { parts.append("等") }
        return "[" + parts.joined(separator: ", ") + "]"
      }
    default: return value(values[.scalar(path)]) { ruleSet.writtenText(of: $0) }
    }
  }

  private func value(_ value: Value?, _ write: (Value) -> String?) -> String? {
    switch value {
    case nil: nil
    case .unknown?: isComplete ? "不详" : nil
    case Value.none?: "无"
    case .some(let value): write(value)
    }
  }

  private func block(_ record: Int, at path: FieldPath, depth: Int) -> String {
    let inner = fields(of: record, at: path, depth: depth + 1)
    if inner.isEmpty { return "{ }" }
    return "{\n" + inner + String(repeating: "    ", count: depth) + "}"
  }
}

extension RuleSet {
  /// A scalar as a document in the language has it.
  fileprivate func writtenText(of value: Value) -> String {
    switch value {
    case .boolean(let value): return value ? "是" : "否"
    case .integer(let value): return "\(value)"
    case .decimal(let value): return value.text
    case .date(let date):
      let text = date.text(in: .english)
      return date.isWholeDay && date.minute == nil ? text : "\"\(text)\""
    case .duration(let duration): return duration.text(in: .chinese)
    case .symbol(let enumeration, let entry):
      let name = enums[enumeration].entries[entry].name.chinese
      return name.allSatisfy { $0.isLetter } ? name : "\"\(name)\""
    case .text(let text), .unlisted(_, let text):
      return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    default: return "不详"
    }
  }
}

extension Example {
  /// The document as the program reads it; nil if it reads with any complaint.
  package func document(in ruleSet: RuleSet) -> Document? { ruleSet.document(written: text) }
}

extension RuleSet {
  /// A document from its text; nil if it reads with any complaint.
  func document(written text: String) -> Document? {
    let parsed = parse(Source(path: "example.wz", text: text))
    guard parsed.diagnostics.isEmpty, case .document(let syntax)? = parsed.declarations.first
    else { return nil }
    let (document, diagnostics) = decode(WrittenDocument(syntax))
    return diagnostics.isEmpty ? document : nil
  }
}
