package import WenzeModel
import WenzeSemantics

extension CheckPlan {
  /// Masks the names of persons in what is said of a document that cannot be checked: what of it
  /// can be read is enough.
  package func mask(ofUnsound written: WrittenDocument) -> NameMask {
    guard let document = ruleSet.draft(of: written) else { return .numbers }
    var judge = Judge(ruleSet: ruleSet, document: document, today: today)
    return NameMask(inOrder: judge.interpreter.personalNames())
  }
}

extension Interpreter {
  /// The names of persons that the document records, by what its schema marks as such, in the
  /// order of its fields, and then those in its waivers; some more than once.
  mutating func personalNames() -> [String] {
    var names: [String] = []
    collectNames(document.fields, of: document.dossier, into: &names)
    return names + document.waivers.flatMap { $0.personalNames(in: ruleSet) }
  }

  private func collectNames(_ fields: [Fact], of record: Int, into names: inout [String]) {
    for number in ruleSet.records[record].nameFields where fields.indices.contains(number) {
      switch (fields[number].value, ruleSet.records[record].fields[number].type) {
      case (.record(let inner), .record(let type)): collectNames(inner, of: type, into: &names)
      case (.list(let list), .list(.record(let type))):
        for element in list.elements {
          if case .record(let inner) = element.value { collectNames(inner, of: type, into: &names) }
        }
      case (.text(let name), _):
        if isName(number, of: fields, record) { names.append(name) }
      case (.list(let list), _):
        guard isName(number, of: fields, record) else { continue }
        for element in list.elements {
          if case .text(let name) = element.value { names.append(name) }
        }
      default: break
      }
    }
  }

  /// Whether a field may hold the name of a person: in doubt it is masked.
  private func isName(_ number: Int, of fields: [Fact], _ record: Int) -> Bool {
    guard ruleSet.records[record].fields[number].isPersonal else { return false }
    guard let condition = ruleSet.records[record].fields[number].personalCondition else {
      return true
    }
    var inner = self
    inner.reserve(ruleSet.records[record].fields[number].slotCount)
    inner.evaluate(over: fields)
    return inner.truth(of: condition) != .no
  }
}
