import WenzeSemantics
import WenzeSyntax

extension Term {
  /// The term wherever it was written and whatever its variables are called, to compare it with
  /// others.
  ///
  /// Figures of groups are those of the aggregation that is given, or of what stands beside it;
  /// the slots of variables that are bound outside the term stand for others.
  func normalised(
    over figures: Aggregation? = nil, isBeside: Bool = false, renaming slots: [Int: Int] = [:]
  ) -> Term {
    func normalised(_ term: Term) -> Term {
      term.normalised(over: figures, isBeside: isBeside, renaming: slots)
    }
    func bound(_ slot: Int) -> (slot: Int, normalise: (Term) -> Term) {
      var inner = slots
      // No rule has so many variables that these are among its own.
      inner[slot] = 1 << 20 + slots.count
      return (
        1 << 20 + slots.count,
        { $0.normalised(over: figures, isBeside: isBeside, renaming: inner) }
      )
    }
    let kind: Kind
    switch self.kind {
    case .variable(let slot): kind = .variable(slots[slot] ?? slot)
    case .exists(let slot, let list, let condition):
      let inner = bound(slot)
      kind = .exists(slot: inner.slot, in: normalised(list), where: inner.normalise(condition))
    case .select(let slot, let list, let condition, let result):
      let inner = bound(slot)
      kind = .select(
        slot: inner.slot, in: normalised(list), where: condition.map(inner.normalise),
        take: result.map(inner.normalise))
    case .figure(let function, let number, let level):
      let summaries = (isBeside ? figures?.beside?.summaries : figures?.summaries) ?? []
      kind = .figure(
        function, of: first(like: number, of: summaries), at: level.map { normalised($0) })
    case .beside(let base):
      kind = .beside(base.normalised(over: figures, isBeside: true, renaming: slots))
    default: kind = mapSubterms(normalised).kind
    }
    return Term(kind, type, at: Origin(source: 0, range: SourceRange(0, 0)))
  }

  /// The number of the first summary that collects the same: each spelling has one of its own.
  private func first(like number: Int, of summaries: [Aggregation.Summary]) -> Int {
    guard summaries.indices.contains(number) else { return number }
    func key(_ summary: Aggregation.Summary) -> Aggregation.Summary {
      var summary = summary
      summary.argument = summary.argument.map { $0.normalised() }
      summary.date = summary.date.map { $0.normalised() }
      return summary
    }
    let wanted = key(summaries[number])
    return summaries.firstIndex { $0.kind == wanted.kind && key($0) == wanted } ?? number
  }
}
