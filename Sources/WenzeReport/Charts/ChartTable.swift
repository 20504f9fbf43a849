package import WenzeEngine
package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// What a chart counted, in the words of reports, as far as a profile lets it be told.
///
/// Nothing is left out in silence: what is not recorded is a part of its own, and so is what a
/// profile withholds.
package struct ChartTable: Sendable {
  /// Those of values first, in the order in which they are shown.
  package var parts: [Part]
  /// In the order in which they are shown; a chart without groups has one.
  package var groups: [Group]
  /// Whether the groups have an order of their own, as years have, and not that of their sizes.
  package var isOrdered = false
  /// Whether there are groups that are too small to be told.
  package var leavesOutGroups = false

  /// What is counted together.
  package enum Part: Hashable, Sendable {
    case value(Value)
    /// Known not to exist.
    case none
    case notRecorded
    /// Each too small to be told, with as many others as keep it from being worked out.
    case withheld
  }

  package struct Group: Sendable {
    package var key: Key
    package var label: Bilingual
    package var counts: [Part: Int]
    /// In how many documents the elements of a part stand.
    var documents: [Part: Int] = [:]

    package var total: Int { counts.values.reduce(0, +) }
  }

  package enum Key: Hashable, Sendable {
    case whole
    case value(Value)
    case notRecorded
  }

  package init(_ tally: ChartTally, in ruleSet: RuleSet, profile: MaskingProfile) {
    var groups: [Key: Group] = [:]
    let mask = profile(tally.mask)
    for cell in tally.cells {
      let key = Key(cell.group)
      let part: Part =
        switch cell.value {
        case .none: .none
        case let value where value.isUnknown: .notRecorded
        case .unlisted where profile.isPublic: .withheld
        case let value: .value(value)
        }
      var group =
        groups[key] ?? Group(key: key, label: Self.label(of: key, ruleSet, mask), counts: [:])
      group.counts[part, default: 0] += cell.count
      group.documents[part, default: 0] += cell.documents
      groups[key] = group
    }
    var kept = Array(groups.values)
    if profile.isPublic {
      // Many elements may be of one document.
      let documents = Dictionary(
        tally.groups.map { (Key($0.group), $0.documents) }, uniquingKeysWith: +)
      kept.removeAll { documents[$0.key, default: 0] < MaskingProfile.smallestGroup }
      leavesOutGroups = kept.count < groups.count
      if ruleSet.charts[tally.chart].kind == .mix {
        for index in kept.indices {
          kept[index].counts = Self.published(kept[index].counts, in: kept[index].documents)
        }
      }
    }
    parts = Self.ordered(kept, in: ruleSet)
    isOrdered = kept.allSatisfy { $0.key.isOrdered(in: ruleSet) }
    self.groups = kept
    sortGroups()
  }

  /// The label of a group.
  private static func label(of key: Key, _ ruleSet: RuleSet, _ mask: NameMask) -> Bilingual {
    switch key {
    case .whole: Bilingual("全部", "all")
    case .notRecorded: notRecorded
    case .value(let value): label(of: value, ruleSet, mask)
    }
  }

  static let notRecorded = Bilingual("未记载", "not recorded")

  static func label(of value: Value, _ ruleSet: RuleSet, _ mask: NameMask) -> Bilingual {
    mask(
      Bilingual(
        ruleSet.spokenText(of: value, in: .chinese), ruleSet.spokenText(of: value, in: .english)))
  }

  /// The parts that any group has: values with an order in it, others by how many there are.
  private static func ordered(_ groups: [Group], in ruleSet: RuleSet) -> [Part] {
    var counts: [Part: Int] = [:]
    for group in groups { counts.merge(group.counts, uniquingKeysWith: +) }
    let values = counts.keys.compactMap { part -> Value? in
      if case .value(let value) = part { value } else { nil }
    }
    let isOrdered = values.allSatisfy { Key.value($0).isOrdered(in: ruleSet) }
    let sorted = values.sorted { left, right in
      if isOrdered { return left.precedes(right) }
      let (first, second) = (counts[.value(left)] ?? 0, counts[.value(right)] ?? 0)
      return first == second ? left.code < right.code : first > second
    }
    return sorted.map { .value($0) }
      + [.none, .withheld, .notRecorded].filter { counts[$0] != nil }
  }

  /// What is not recorded comes last, and the largest of others first, unless they have an order.
  private mutating func sortGroups() {
    let isOrdered = isOrdered
    groups.sort { left, right in
      switch (left.key, right.key) {
      case (.notRecorded, _): return false
      case (_, .notRecorded): return true
      case (.value(let first), .value(let second)):
        if isOrdered { return first.precedes(second) }
        return left.total == right.total
          ? first.code < second.code : left.total > right.total
      default: return false
      }
    }
  }

  /// Counts of which none is small, and none can be worked out from the others: what has to be
  /// withheld is counted together.
  ///
  /// - Parameters:
  ///   - counts: how many elements each part has.
  ///   - documents: in how many documents they stand: many may be of one.
  /// - Returns: how many elements each part has that is told.
  static func published(_ counts: [Part: Int], in documents: [Part: Int]) -> [Part: Int] {
    // In an order that is the same for the same counts.
    let parts = counts.keys.sorted { $0.order < $1.order }
    var withheld = Set(
      MaskingProfile.withheld(parts.map { documents[$0] ?? 0 }).map { parts[$0] })
    if counts[.withheld] != nil, withheld.insert(.withheld).inserted,
      documents[.withheld, default: 0] < MaskingProfile.smallestGroup || withheld.count < 2,
      let next = parts.filter({ !withheld.contains($0) })
        .min(by: { (documents[$0] ?? 0, $0.order) < (documents[$1] ?? 0, $1.order) })
    {
      withheld.insert(next)
    }
    guard !withheld.isEmpty else { return counts }
    var published = counts.filter { !withheld.contains($0.key) }
    published[.withheld] = withheld.reduce(0) { $0 + (counts[$1] ?? 0) }
    return published
  }
}

extension ChartTable.Part {
  /// What tells parts apart, in an order.
  fileprivate var order: String {
    switch self {
    case .value(let value): "0" + value.code
    case .none: "1"
    case .notRecorded: "2"
    case .withheld: "3"
    }
  }

  /// What a reader is told that the part is.
  func label(in ruleSet: RuleSet, _ mask: NameMask) -> Bilingual {
    switch self {
    case .value(let value): ChartTable.label(of: value, ruleSet, mask)
    case .none: Bilingual("无", "none")
    case .notRecorded: ChartTable.notRecorded
    case .withheld: Withheld.text
    }
  }
}

extension ChartTable.Key {
  /// The group of elements; nil in a chart without groups.
  fileprivate init(_ group: Value?) {
    self = group.map { $0.isUnknown ? .notRecorded : .value($0) } ?? .whole
  }

  /// Whether the values of its kind have an order that readers know.
  fileprivate func isOrdered(in ruleSet: RuleSet) -> Bool {
    switch self {
    case .whole: false
    case .notRecorded: true
    case .value(.integer), .value(.date): true
    case .value(.symbol(let enumeration, _)): ruleSet.enums[enumeration].isOrdered
    case .value: false
    }
  }
}

extension Value {
  /// Whether it comes first among values that have an order.
  fileprivate func precedes(_ other: Value) -> Bool {
    switch (self, other) {
    case (.integer(let left), .integer(let right)): left < right
    case (.date(let left), .date(let right)): left.firstDay < right.firstDay
    case (.symbol(_, let left), .symbol(_, let right)): left < right
    default: code < other.code
    }
  }
}
