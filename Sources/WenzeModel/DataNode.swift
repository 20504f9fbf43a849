package import WenzeSyntax

/// A piece of a document as it was written, before any schema gives it a type.
///
/// Every reader (the language itself, JSON, YAML) produces this form, with the place of each value.
package struct DataNode: Hashable, Sendable {
  package var content: Content
  package var range: SourceRange

  @inlinable package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The words that, as the last element of a list, say that it goes on.
  package static let openMarks: Set<String> = ["等", "etc", "etc."]

  package enum Content: Hashable, Sendable {
    /// A text in quotation marks.
    case text(String)
    /// A bare word or number: `督导组`, `2023-05-12`, `3`, `1个月`, `无`, as it was written.
    case word(String)
    case boolean(Bool)
    /// Not recorded: JSON's and YAML's null.
    case null
    /// A list; `isOpen` says that it was written with a closing `等`.
    case list([DataNode], isOpen: Bool)
    case record([DataField])
  }
}

/// One field of a written record.
package struct DataField: Hashable, Sendable {
  package var name: String
  package var nameRange: SourceRange
  package var value: DataNode

  @inlinable package init(name: String, nameRange: SourceRange, value: DataNode) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
  }
}

/// A waiver written inside a document: a finding that someone has taken responsibility for.
package struct WrittenWaiver: Hashable, Sendable {
  package var rule: DataNode
  package var reason: DataNode?
  package var approver: DataNode?
  package var until: DataNode?
  package var range: SourceRange

  package init(
    rule: DataNode, reason: DataNode?, approver: DataNode?, until: DataNode?, range: SourceRange
  ) {
    self.rule = rule
    self.reason = reason
    self.approver = approver
    self.until = until
    self.range = range
  }
}

/// One document as a reader found it.
package struct WrittenDocument: Hashable, Sendable {
  /// The dossier type that the text names (`案件 { … }`); nil where the format has no place for it.
  package var dossier: String?
  package var dossierRange: SourceRange?
  /// The fields, as a record node.
  package var body: DataNode
  package var waivers: [WrittenWaiver]

  package init(
    dossier: String?, dossierRange: SourceRange?, body: DataNode, waivers: [WrittenWaiver] = []
  ) {
    self.dossier = dossier
    self.dossierRange = dossierRange
    self.body = body
    self.waivers = waivers
  }
}
