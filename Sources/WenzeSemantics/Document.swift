package import WenzeModel
package import WenzeSyntax

/// A document with its types, ready to be checked.
package struct Document: Hashable, Sendable {
  /// The number of the dossier's record.
  package var dossier: Int
  /// The value of the key field.
  package var id: String?
  /// Whether absent steps are known not to have been taken.
  package var isComplete: Bool
  /// The fields, in the order of the record's type.
  package var fields: [Fact]
  package var waivers: [Waiver]
  package var range: SourceRange

  package init(
    dossier: Int, id: String?, isComplete: Bool, fields: [Fact], waivers: [Waiver],
    range: SourceRange
  ) {
    self.dossier = dossier
    self.id = id
    self.isComplete = isComplete
    self.fields = fields
    self.waivers = waivers
    self.range = range
  }
}

/// A finding that someone has taken responsibility for.
package struct Waiver: Hashable, Sendable {
  package var rule: String
  package var reason: String
  package var approver: String
  /// The last day on which it holds.
  package var until: CalendarDate
  package var range: SourceRange
}
