import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The facts of a document, by the names that its schema gives them.
struct FactValues {
  var ruleSet: RuleSet
  var language: Language
  var mask: NameMask

  /// How deep records may lie in one another.
  private static let depthLimit = 12

  /// The fields of a dossier; a document of another one has recorded none of them.
  func value(of document: Document?, dossier: Int) -> TemplateValue {
    guard let document, document.dossier == dossier else {
      return value(of: .unknown, .record(dossier))
    }
    return value(of: .record(document.fields), .record(dossier))
  }

  func value(of value: Value, _ type: ValueType, depth: Int = 0) -> TemplateValue {
    let text = shownText(value)
    let isUnknown = value.isUnknown || value.isEmptyList(open: true)
    let isNone = value.isNone || value.isEmptyList(open: false)
    let isPresent = !isUnknown && !isNone
    var states: [(Bilingual, TemplateValue)] = [
      (Bilingual("未记载", "unrecorded"), .condition(isUnknown)),
      (Bilingual("无", "none"), .condition(isNone)),
    ]
    switch type {
    case .record(let record):
      guard depth < Self.depthLimit else { break }
      let fields = ruleSet.records[record].fields
      let known: [Fact] = if case .record(let known) = value { known } else { [] }
      for (number, field) in fields.enumerated() {
        // Of what does not exist there is nothing either.
        let inner =
          known.indices.contains(number)
          ? known[number].value : value.isNone ? .none : Value.unknown
        states.append((field.name, self.value(of: inner, field.type, depth: depth + 1)))
      }
      return .record(states, text: text, isPresent: isPresent)
    case .list(let element):
      var elements: [TemplateValue] = []
      if case .list(let list) = value {
        elements = list.elements.map { self.value(of: $0.value, element, depth: depth + 1) }
      }
      var list = TemplateValue.list(
        elements, of: self.value(of: .unknown, element, depth: depth + 1), text: text)
      list.add(states)
      return list
    case .boolean:
      states += [
        (Bilingual("是", "yes"), .condition(value.truth == .yes && isPresent)),
        (Bilingual("否", "no"), .condition(value.truth == .no && isPresent)),
      ]
      return .record(states, kind: .answer, text: text, isPresent: isPresent)
    default: break
    }
    var result = TemplateValue.text(text, isPresent: isPresent)
    result.add(states)
    return result
  }

  private func shownText(_ value: Value) -> String {
    shortened(mask(ruleSet.spokenText(of: value, in: language)), to: 4_000)
  }
}

extension Value {
  fileprivate func isEmptyList(open isOpen: Bool) -> Bool {
    if case .list(let list) = self { list.elements.isEmpty && list.isOpen == isOpen } else { false }
  }
}
