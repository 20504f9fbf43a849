import WenzeModel
import WenzeSemantics

/// Replaces the names of persons that a document records by their masked forms.
package struct NameMask: Hashable, Sendable {
  /// The names by their first byte, longer ones first, so that no name is cut by one that it
  /// contains.
  private let names: [UInt8: [Name]]

  fileprivate struct Name: Hashable, Sendable {
    var bytes: [UInt8]
    /// The surname, and 某某 or stars for the rest.
    var masked: [UInt8]
    /// The same with as many bytes as the name.
    var maskedInPlace: [UInt8]
  }

  /// A mask that changes nothing.
  package static let none = NameMask(names: [])

  init(names: Set<String>) {
    let parts = names.flatMap { NameMask.parts(of: $0) }
    let all = parts.map { Name($0) } + parts.compactMap { Name(escaping: $0) }
    self.names = NameMask.byFirstByte(all)
  }

  /// A mask of all names of several.
  package init(joining masks: [NameMask]) {
    names = NameMask.byFirstByte(masks.flatMap { $0.names.values.joined() })
  }

  private static func byFirstByte(_ names: some Sequence<Name>) -> [UInt8: [Name]] {
    Dictionary(grouping: Set(names), by: { $0.bytes[0] }).mapValues { names in
      names.sorted { left, right in
        left.bytes.count == right.bytes.count
          ? left.bytes.lexicographicallyPrecedes(right.bytes)
          : left.bytes.count > right.bytes.count
      }
    }
  }

  /// The names in a field: `张三、李四` are two; a surname alone is what a mask leaves of a name.
  private static func parts(of text: String) -> [String] {
    text.split { "、，,；;/／\n".contains($0) }
      .map { String($0.drop(while: \.isWhitespace)).trimmingEnd() }
      .filter { $0.count > 1 }
  }

  /// A text without the names.
  package func callAsFunction(_ text: String) -> String {
    replacing(in: text, with: \.masked)
  }

  /// A text without the names, in which every other character keeps its offset.
  package func inPlace(_ text: String) -> String {
    replacing(in: text, with: \.maskedInPlace)
  }

  private func replacing(in text: String, with form: (Name) -> [UInt8]) -> String {
    guard !names.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var kept = 0
    var offset = 0
    while offset < bytes.count {
      guard let name = name(at: offset, in: bytes) else {
        offset += 1
        continue
      }
      result += bytes[kept..<offset]
      result += form(name)
      offset += name.bytes.count
      kept = offset
    }
    guard kept > 0 else { return text }
    return String(decoding: result + bytes[kept...], as: UTF8.self)
  }

  private func name(at offset: Int, in bytes: [UInt8]) -> Name? {
    names[bytes[offset]]?.first { name in
      let end = offset + name.bytes.count
      guard end <= bytes.count, bytes[offset..<end].elementsEqual(name.bytes) else { return false }
      let before = offset > 0 ? bytes[offset - 1] : 0x20
      let after = end < bytes.count ? bytes[end] : 0x20
      return !(isLatin(name.bytes[0]) && isLatin(before))
        && !(isLatin(name.bytes[name.bytes.count - 1]) && isLatin(after))
    }
  }

  private func isLatin(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension NameMask.Name {
  fileprivate init(_ name: String) {
    let surname = name.surname
    let isIdeographic = name.unicodeScalars.first?.properties.isIdeographic ?? false
    var inPlace = surname
    for scalar in name.unicodeScalars.dropFirst(surname.unicodeScalars.count) {
      let count = String(scalar).utf8.count
      inPlace += isIdeographic && count == 3 ? "某" : String(repeating: "*", count: count)
    }
    bytes = Array(name.utf8)
    masked = Array((surname + (isIdeographic ? "某某" : "***")).utf8)
    maskedInPlace = Array(inPlace.utf8)
  }

  /// The name as JSON may escape it; nil for one that stays as it is.
  fileprivate init?(escaping name: String) {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    func escaped(_ units: some Sequence<UInt16>) -> String {
      units.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      .joined()
    }
    let surname = name.surname
    bytes = Array(escaped(name.utf16).utf8)
    maskedInPlace = Array(escaped(surname.utf16).utf8)
    maskedInPlace += [UInt8](repeating: 0x2A, count: bytes.count - maskedInPlace.count)
    masked = maskedInPlace
  }
}

extension String {
  /// The surname of a name, or its first letter.
  fileprivate var surname: String {
    compoundSurnames.first { hasPrefix($0) && count > $0.count } ?? String(prefix(1))
  }

  fileprivate func trimmingEnd() -> String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

private let compoundSurnames = [
  "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "夏侯", "端木", "宇文",
  "轩辕", "独孤", "南宫", "西门", "百里", "呼延", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠",
]

extension Interpreter {
  /// The names of persons that the document records, by what its schema marks as such.
  mutating func personalNames() -> Set<String> {
    var names: Set<String> = []
    collectNames(document.fields, of: document.dossier, into: &names)
    return names
  }

  private func collectNames(_ fields: [Fact], of record: Int, into names: inout Set<String>) {
    for (field, fact) in zip(ruleSet.records[record].fields, fields) {
      switch (fact.value, field.type) {
      case (.record(let inner), .record(let type)): collectNames(inner, of: type, into: &names)
      case (.list(let list), .list(.record(let type))):
        for element in list.elements {
          if case .record(let inner) = element.value { collectNames(inner, of: type, into: &names) }
        }
      default: break
      }
      guard field.isPersonal, holds(field.personalCondition, over: fields, of: record) else {
        continue
      }
      switch fact.value {
      case .text(let name): names.insert(name)
      case .list(let list):
        for element in list.elements {
          if case .text(let name) = element.value { names.insert(name) }
        }
      default: break
      }
    }
  }

  /// Whether a condition over a record may hold: in doubt a name is masked.
  private func holds(_ condition: Term?, over fields: [Fact], of record: Int) -> Bool {
    guard let condition else { return true }
    var inner = self
    inner.reserve(condition.highestSlot + 1)
    inner.evaluate(over: fields)
    return inner.truth(of: condition) != .no
  }
}
