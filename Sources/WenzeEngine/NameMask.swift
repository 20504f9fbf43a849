import WenzeModel
import WenzeSemantics

/// Replaces the names of persons that a document records by their masked forms.
package struct NameMask: Hashable, Sendable {
  /// Longer names first, so that no name is cut by one that it contains.
  private let replacements: [Replacement]

  private struct Replacement: Hashable, Sendable {
    var name: String
    var masked: String
  }

  /// A mask that changes nothing.
  package static let none = NameMask(names: [])

  init(names: Set<String>) {
    replacements = names.filter { !$0.isEmpty }
      .sorted { ($1.count, $0) < ($0.count, $1) }
      .map { Replacement(name: $0, masked: NameMask.masked($0)) }
  }

  /// A text without the names.
  package func callAsFunction(_ text: String) -> String {
    var text = text
    for replacement in replacements where text.contains(replacement.name) {
      text = text.replacing(replacement.name, with: replacement.masked)
    }
    return text
  }

  /// The surname, and 某某 or stars for the rest.
  static func masked(_ name: String) -> String {
    guard let first = name.unicodeScalars.first else { return name }
    guard first.properties.isIdeographic else { return String(name.prefix(1)) + "***" }
    let surname = compoundSurnames.first { name.hasPrefix($0) && name.count > $0.count }
    return (surname ?? String(name.prefix(1))) + "某某"
  }

  private static let compoundSurnames = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "夏侯", "端木", "宇文",
    "轩辕", "独孤", "南宫", "西门", "百里", "呼延", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠",
  ]
}

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
    inner.evaluate(over: fields)
    return inner.truth(of: condition) != .no
  }
}
