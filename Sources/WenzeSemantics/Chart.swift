package import WenzeSyntax

/// A picture of what the documents of a run record: what they are made of, or how a number is
/// spread over them.
///
/// It counts elements, as rules over groups do, and judges nothing.
package struct Chart: Hashable, Sendable {
  package var name: Bilingual
  package var title: Bilingual
  package var documentation: Bilingual?
  package var pack: Int
  /// The number of the dossier's record.
  package var dossier: Int
  package var scopes: [Rule.Scope]
  /// What must hold of an element for it to be counted.
  package var filters: [Term]
  package var kind: Kind
  /// What is counted of an element: the value itself, or the days from a first date to a second.
  package var value: Term
  package var end: Term?
  package var valueName: Bilingual
  /// What tells the groups apart that are shown beside one another.
  package var group: Aggregation.Key?
  package var origin: Origin
  /// How many variables an evaluation needs.
  package var slotCount: Int

  package enum Kind: Hashable, Sendable {
    /// How often each value occurs.
    case mix
    /// How whole numbers are spread.
    case distribution
  }
}

extension Chart {
  /// A rule as far as one says which elements there are: those that the chart counts.
  package var elements: Rule {
    Rule(
      code: "", name: name, pack: pack, dossier: dossier, citations: [], severity: .note,
      asOf: nil, scopes: scopes, applies: [], exceptions: [], requirement: value,
      message: Message(chinese: [], english: []), fix: nil, documentation: nil, adjustment: nil,
      origin: origin, slotCount: slotCount)
  }
}
