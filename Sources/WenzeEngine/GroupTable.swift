import WenzeModel
import WenzeSemantics

/// Groups by their keys, while conditions are over one of them.
struct GroupTable {
  private let groups: [[Value]: [GroupSummary]]
  /// The keys of elements that may be in a group, and are not known to be.
  private let open: Set<[Value]>
  /// Those of which a part is not known.
  private let partial: [[Value]]
  private let none: [GroupSummary]
  /// All groups together.
  let whole: [GroupSummary]
  /// The periods in which any group has an element.
  let periods: Set<Value>

  init(
    _ groups: [[Value]: [GroupSummary]], open: Set<[Value]>, summaries: [Aggregation.Summary],
    period: Int?, needsWhole: Bool
  ) {
    self.groups = groups
    self.open = open
    partial = open.filter { $0.contains(where: \.isUnknown) }
    none = summaries.map { GroupSummary($0.kind) }
    var whole = none
    // Adding all groups up costs as much as collecting them, and few rules ask for it.
    if needsWhole {
      for summaries in groups.values {
        for number in whole.indices { whole[number].merge(summaries[number]) }
      }
    }
    self.whole = whole
    periods = period.map { period in Set(groups.keys.map { $0[period] }) } ?? []
  }

  func holds(_ key: [Value]) -> Bool { groups[key] != nil }

  /// What the elements with a key add up to; nil for all together.
  subscript(key: [Value]?) -> [GroupSummary] { key.map { groups[$0] ?? none } ?? whole }

  /// Whether there is no element with a key, or may be others than those that are known to have it.
  func isOpen(at key: [Value]?) -> Bool {
    guard let key else { return groups.isEmpty || !open.isEmpty }
    return !holds(key) || open.contains(key)
      || partial.contains { zip($0, key).allSatisfy { $0 == $1 || $0.isUnknown } }
  }
}
