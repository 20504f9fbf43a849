package import WenzeModel
package import WenzeSyntax

/// An expression in the intermediate form: typed, resolved, without sugar.
///
/// The interpreter defines what each kind means.
package struct Term: Hashable, Sendable {
  package var kind: Kind
  package var type: ValueType
  /// Where it was written; a term that sugar made has the place of the sugar.
  package var origin: Origin

  package init(_ kind: Kind, _ type: ValueType, at origin: Origin) {
    self.kind = kind
    self.type = type
    self.origin = origin
  }

  package indirect enum Kind: Hashable, Sendable {
    case constant(Value)
    /// A variable by its slot.
    case variable(Int)
    /// The record that is checked.
    case document
    /// A field of a record, by its number in the record's type.
    case field(Term, Int)
    /// The document's own as-of date.
    case asOf
    /// The date of the run.
    case today
    /// A parameter on the as-of date, by its number.
    case parameter(Int)
    case not(Term)
    case and([Term])
    case or([Term])
    case compare(Comparison, Term, Term)
    case member(Term, of: Term)
    /// Whether an entry is in the version of a list that is in force, by the list's number.
    case listed(Term, Int)
    case exists(slot: Int, in: Term, where: Term)
    /// Never unknown: whether the document settles the value.
    case isKnown(Term)
    /// Whether a value exists, or a list has an element.
    case isPresent(Term)
    /// The part of a list, or the value, that is recorded; never unknown.
    case recorded(Term)
    /// The elements for which a condition holds, each replaced by a result.
    case select(slot: Int, in: Term, where: Term?, take: Term?)
    case aggregate(Aggregate, Term)
    case arithmetic(Arithmetic, Term, Term)
    case year(Term)
    case difference(Term, Term)
    /// Every date that the document records.
    case allDates
    case similarity(Term, Term)
    /// An attribute of an entry, by its name; nil: whether it is the catch-all.
    case attribute(Term, String?)
    /// The result of a table, by its number.
    case lookup(Int, [Term])
    /// The first that is known.
    case firstKnown([Term])
    /// A figure of a group, by the number of the summary that it is read from; a quantile has its
    /// level, a share of near-duplicates its threshold.
    case figure(Function, of: Int, at: Term?)
    /// What a term over a group is for the group of the period before.
    case previous(Term)
    /// What a term over a group is for all groups together.
    case whole(Term)
    /// What a term comes to over the elements beside the group.
    case beside(Term)
    /// The least number that a Poisson variable of a mean does not exceed at a level.
    case poissonBound(mean: Term, level: Term)
  }

  package enum Comparison: Hashable, Sendable {
    case equal
    case less
    case lessOrEqual
    /// The order of two steps.
    case precedes
  }

  package enum Aggregate: Hashable, Sendable {
    case count
    case distinct
    case sum
    /// Of dates, numbers and ordered enums.
    case least
    case greatest
    case mode
  }

  package enum Arithmetic: Hashable, Sendable {
    case add
    case subtract
    case multiply
    case divide
  }
}

extension Term {
  /// The terms directly below, in the order in which they were written.
  package var subterms: [Term] {
    switch kind {
    case .constant, .variable, .document, .asOf, .today, .parameter, .allDates: []
    case .figure(_, _, let level): level.map { [$0] } ?? []
    case .previous(let base), .whole(let base), .beside(let base): [base]
    case .poissonBound(let mean, let level): [mean, level]
    case .field(let base, _), .not(let base), .listed(let base, _), .isKnown(let base),
      .isPresent(let base), .recorded(let base), .aggregate(_, let base), .year(let base),
      .attribute(let base, _):
      [base]
    case .and(let terms), .or(let terms), .lookup(_, let terms), .firstKnown(let terms): terms
    case .compare(_, let left, let right), .member(let left, let right),
      .arithmetic(_, let left, let right), .difference(let left, let right),
      .similarity(let left, let right):
      [left, right]
    case .exists(_, let list, let condition): [list, condition]
    case .select(_, let list, let condition, let result):
      [list] + [condition, result].compactMap { $0 }
    }
  }

  /// The term and everything below it.
  package var descendants: [Term] { [self] + subterms.flatMap(\.descendants) }

  /// Whether the term mentions one of the variables.
  package func mentions(anyOf slots: Set<Int>) -> Bool {
    if case .variable(let slot) = kind { return slots.contains(slot) }
    return subterms.contains { $0.mentions(anyOf: slots) }
  }

  /// The highest slot that the term binds or reads; −1 for none.
  package var highestSlot: Int {
    let below = subterms.map(\.highestSlot).max() ?? -1
    return switch kind {
    case .variable(let slot), .exists(let slot, _, _), .select(let slot, _, _, _):
      Swift.max(slot, below)
    default: below
    }
  }
}

/// The place of something in the sources of a rule set.
package struct Origin: Hashable, Sendable {
  /// The number of the source in the rule set.
  package var source: Int
  package var range: SourceRange

  package init(source: Int, range: SourceRange) {
    self.source = source
    self.range = range
  }
}

extension Origin {
  /// Whether another place lies within this one.
  package func holds(_ other: Origin) -> Bool {
    source == other.source && range.start <= other.range.start && other.range.end <= range.end
  }
}
