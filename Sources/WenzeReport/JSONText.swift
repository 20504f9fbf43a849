/// A JSON value whose fields keep the order in which they were given.
package enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case text(String)
  case array([JSONValue])
  case object([(String, JSONValue)])
  /// What was written before, on one line.
  case written(String)

  /// Writes the value as indented UTF-8 JSON text.
  package var text: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// Writes the value as UTF-8 JSON text on one line, without a line break at its end.
  package var line: String {
    var text = ""
    text.reserveCapacity(2048)
    writeLine(to: &text)
    return text
  }

  private func writeLine(to text: inout String) {
    switch self {
    case .null, .boolean, .integer, .text, .written: write(to: &text, indent: 0)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.writeLine(to: &text)
      }
      text += "]"
    case .object(let fields):
      text += "{"
      for index in fields.indices {
        if index > 0 { text += "," }
        writeQuoted(fields[index].0, to: &text)
        text += ":"
        fields[index].1.writeLine(to: &text)
      }
      text += "}"
    }
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .text(let value): writeQuoted(value, to: &text)
    case .written(let value): text += value
    case .array(let elements):
      writeGroup("[", "]", elements, to: &text, indent: indent) { element, text in
        element.write(to: &text, indent: indent + 1)
      }
    case .object(let fields):
      writeGroup("{", "}", fields, to: &text, indent: indent) { field, text in
        writeQuoted(field.0, to: &text)
        text += ": "
        field.1.write(to: &text, indent: indent + 1)
      }
    }
  }

  private func writeGroup<Element>(
    _ open: String, _ close: String, _ elements: [Element], to text: inout String, indent: Int,
    _ write: (Element, inout String) -> Void
  ) {
    text += open
    for (index, element) in elements.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += String(repeating: "  ", count: indent + 1)
      write(element, &text)
    }
    if !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private func writeQuoted(_ value: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    if value.utf8.span.isWrittenAsIs {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        // Controls would break the text; bidirectional ones would make it read otherwise.
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          || scalar.properties.generalCategory == .format
        {
          text += escaped(scalar)
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
  }

  private func escaped(_ scalar: Unicode.Scalar) -> String {
    Character(scalar).utf16
      .map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      .joined()
  }
}

extension Span<UInt8> {
  /// Whether a text is sure to need no escapes.
  ///
  /// It may have ASCII, the punctuation U+2010…U+2027, CJK from U+3000 to U+CFFF, and full-width
  /// forms (U+FF00…U+FF3F): what reports are made of, and no controls among them.
  fileprivate var isWrittenAsIs: Bool {
    var position = 0
    while position < count {
      switch self[position] {
      case 0x20, 0x21, 0x23...0x5B, 0x5D...0x7E: position += 1
      case 0xE3...0xEC: position += 3
      case 0xE2 where self[position + 1] == 0x80 && 0x90...0xA7 ~= self[position + 2]: position += 3
      case 0xEF where self[position + 1] == 0xBC: position += 3
      default: return false
      }
    }
    return true
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) {
    self = .text(value)
  }

  package init(integerLiteral value: Int) {
    self = .integer(value)
  }

  package init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements)
  }
}
