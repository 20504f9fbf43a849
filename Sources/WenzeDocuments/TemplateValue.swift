package import WenzeSyntax

/// Something that a template is filled with: a text, a condition, a record of such, or a list.
///
/// The same tree says which names a template may use: a list brings an element with nothing in it,
/// and a record has all its names even where nothing is recorded.
package struct TemplateValue: Hashable, Sendable {
  package private(set) var kind: Kind
  /// What stands in the place of its name; nil where the name alone says nothing.
  package private(set) var text: String?
  /// Whether a section of its name is shown.
  package private(set) var isPresent: Bool
  /// By both spellings of their names.
  package private(set) var fields: [String: TemplateValue] = [:]
  /// The names of the fields, in their order.
  package private(set) var names: [Bilingual] = []
  package private(set) var elements: [TemplateValue] = []
  /// An element without anything in it; nothing but lists has one.
  private var blank: [TemplateValue] = []

  package enum Kind: Hashable, Sendable {
    case text
    case condition
    /// Yes, no, or not recorded: three answers, between which a section could not tell.
    case answer
    case record
    case list
  }

  private init(_ kind: Kind, _ text: String?, isPresent: Bool) {
    self.kind = kind
    self.text = text
    self.isPresent = isPresent
  }

  package static func text(_ text: String, isPresent: Bool = true) -> TemplateValue {
    TemplateValue(.text, text, isPresent: isPresent)
  }

  package static func number(_ number: Int) -> TemplateValue {
    TemplateValue(.text, String(number), isPresent: number != 0)
  }

  package static func condition(_ holds: Bool) -> TemplateValue {
    TemplateValue(.condition, nil, isPresent: holds)
  }

  package static func record(
    _ fields: [(Bilingual, TemplateValue)], kind: Kind = .record, text: String? = nil,
    isPresent: Bool = true
  ) -> TemplateValue {
    var value = TemplateValue(kind, text, isPresent: isPresent)
    value.add(fields)
    return value
  }

  package static func list(
    _ elements: [TemplateValue], of blank: TemplateValue, text: String? = nil
  ) -> TemplateValue {
    var value = TemplateValue(.list, text, isPresent: !elements.isEmpty)
    value.elements = elements
    value.blank = [blank]
    return value
  }

  package mutating func add(_ fields: [(Bilingual, TemplateValue)]) {
    for (name, value) in fields {
      names.append(name)
      self.fields[name.chinese] = value
      self.fields[name.english] = value
    }
  }

  mutating func removeNames(where isRemoved: (Bilingual) -> Bool) {
    names.removeAll(where: isRemoved)
  }

  /// What every element of a list is like.
  package var element: TemplateValue? { blank.first }
}
