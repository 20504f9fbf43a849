import WenzeInput
import WenzeModel
import WenzeSyntax

/// What a reader made of a text, a line a document and then a line a diagnostic.
func reading(_ format: InputFormat, _ text: String, limits: ReadingLimits = ReadingLimits())
  -> [String]
{
  let source = Source(path: "a", text: text)
  let result = read(format, source, limits: limits)
  return result.documents.map { notation($0.body) }
    + result.diagnostics.map { notation($0, in: source) }
}

func read(
  _ format: InputFormat, _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  documents(in: source, format: format, limits: limits)
}

/// A value in short: texts in quotation marks, words as they are, `…` at the end of an open list.
func notation(_ node: DataNode) -> String {
  switch node.content {
  case .text(let text): return "\"\(text)\""
  case .word(let word): return word
  case .boolean(let value): return value ? "TRUE" : "FALSE"
  case .null: return "NULL"
  case .list(let elements, let isOpen):
    return "[" + (elements.map(notation) + (isOpen ? ["…"] : [])).joined(separator: ", ") + "]"
  case .record(let fields):
    return "{" + fields.map { "\($0.name): \(notation($0.value))" }.joined(separator: ", ") + "}"
  }
}

/// A diagnostic in short: `D0203 2:5 the text does not end (1:2)`.
func notation(_ diagnostic: Diagnostic, in source: Source) -> String {
  func place(_ range: SourceRange) -> String {
    let place = source.place(at: range.start)
    return "\(place.line):\(place.column)"
  }
  let at = diagnostic.range.map { " " + place($0) } ?? ""
  let related = diagnostic.related.map { " (\(place($0.range)))" }.joined()
  return diagnostic.code + at + " " + diagnostic.message.english + related
}

/// Every value of a document with its place: `a.b[0] 2:5 text of the range`.
func places(_ node: DataNode, in source: Source, path: String = "") -> [String] {
  let place = source.place(at: node.range.start)
  let name = path.isEmpty ? "." : path
  switch node.content {
  case .record(let fields):
    return ["\(name) \(place.line):\(place.column)"]
      + fields.flatMap { field in
        let nested = path.isEmpty ? field.name : "\(path).\(field.name)"
        let at = source.place(at: field.nameRange.start)
        return ["@\(nested) \(at.line):\(at.column) \(source.text(in: field.nameRange))"]
          + places(field.value, in: source, path: nested)
      }
  case .list(let elements, _):
    return ["\(name) \(place.line):\(place.column) \(source.text(in: node.range))"]
      + elements.enumerated().flatMap { places($1, in: source, path: "\(path)[\($0)]") }
  default:
    return ["\(name) \(place.line):\(place.column) \(source.text(in: node.range))"]
  }
}
