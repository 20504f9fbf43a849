package import WenzeModel
package import WenzeSyntax

/// A sheet by which documents of one dossier are scored.
///
/// Its groups add up to its full score, its grades fall, and no rule stands in it twice.
package struct ScoreSheet: Hashable, Sendable {
  package var name: Bilingual
  package var pack: Int
  /// The packs whose rules it speaks of: its own, and those that this builds on.
  package var visiblePacks: Set<Int>
  /// The number of the dossier's record.
  package var dossier: Int
  package var citations: [Citation]
  package var documentation: Bilingual?
  package var fullScore: FixedDecimal
  /// What tells the units apart, over a document; nil: there are none.
  package var unit: Term?
  package var groups: [Group]
  /// From the best to the worst.
  package var grades: [Grade]
  package var vetoes: [Veto]
  package var origin: Origin

  /// Criteria that share a number of points: no more than these are taken off for them.
  package struct Group: Hashable, Sendable {
    package var name: Bilingual
    package var points: FixedDecimal
    package var documentation: Bilingual?
    package var deductions: [Deduction]
  }

  /// What violations of some rules take off.
  package struct Deduction: Hashable, Sendable {
    package var points: FixedDecimal
    package var codes: [String]
    /// Whether each finding takes the points off, and not each code.
    package var isEachTime: Bool
    /// The most that all findings take off together.
    package var limit: FixedDecimal?
    /// What is taken off besides, over the limit, for a code that the unit violated before.
    package var repeated: FixedDecimal?
  }

  package struct Grade: Hashable, Sendable {
    package var name: Bilingual
    /// The fewest points that it takes; nil for the worst.
    package var least: FixedDecimal?
  }

  /// A violation that leads to a grade at best.
  package struct Veto: Hashable, Sendable {
    package var codes: [String]
    /// The number of the grade.
    package var grade: Int
  }

  /// The codes that take points off.
  package var codes: [String] { groups.flatMap(\.deductions).flatMap(\.codes) }
}
