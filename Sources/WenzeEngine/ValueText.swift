package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

extension RuleSet {
  /// A value as a report shows it.
  package func text(of value: Value, in language: Language) -> String {
    switch value {
    case .unknown: language == .chinese ? "（未记载）" : "(not recorded)"
    case .none: language == .chinese ? "无" : "none"
    case .boolean(let value):
      language == .chinese ? (value ? "是" : "否") : (value ? "yes" : "no")
    case .integer(let value): "\(value)"
    case .atLeast(let least): language == .chinese ? "至少\(least)" : "at least \(least)"
    case .decimal(let value): value.text
    case .text(let text): text
    case .date(let date): date.text(in: language)
    case .duration(let duration): duration.text(in: language)
    case .symbol(let enumeration, let entry): enums[enumeration].entries[entry].name[language]
    case .unlisted(_, let text): text
    case .record(let fields):
      fields.filter { !$0.value.isUnknown }.map { text(of: $0.value, in: language) }
        .joined(separator: language == .chinese ? "，" : ", ")
    case .list(let list): text(of: list, in: language)
    }
  }

  /// A value as a sentence has it: English names of entries are words there, not spellings.
  package func spokenText(of value: Value, in language: Language) -> String {
    let text = text(of: value, in: language)
    guard language == .english, value.holdsNames, text.utf8.contains(0x5F) else { return text }
    return text.replacing("_", with: " ")
  }

  private func text(of list: FactList, in language: Language) -> String {
    let elements = list.elements.map { text(of: $0.value, in: language) }
    switch (elements.isEmpty, list.isOpen, language) {
    case (true, true, _): return text(of: .unknown, in: language)
    case (true, false, _): return text(of: .none, in: language)
    case (false, _, .chinese):
      return elements.joined(separator: "、") + (list.isMarkedOpen ? "等" : "")
    case (false, _, .english):
      return elements.joined(separator: ", ") + (list.isMarkedOpen ? " etc." : "")
    }
  }
}

extension Value {
  /// A share as a percentage to one place.
  package var percentText: String? {
    guard case .decimal(let share) = self else { return nil }
    let thousandths = (share.millionths + 500) / 1_000
    let (whole, tenths) = (thousandths / 10, thousandths % 10)
    return tenths == 0 ? "\(whole)%" : "\(whole).\(tenths)%"
  }

  /// Whether the value is an entry of an enum, or a list of them.
  fileprivate var holdsNames: Bool {
    switch self {
    case .symbol: true
    case .list(let list): list.elements.allSatisfy { $0.value.holdsNames }
    default: false
    }
  }
}
