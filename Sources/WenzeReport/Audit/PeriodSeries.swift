package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// How many documents each group has in each period, for rules whose groups have a period and one
/// other key: the years of a body, say.
///
/// Rules with keys of the same names are of one series: the counts are those of the rule that leaves
/// out the fewest documents, and the marks those of all.
package struct PeriodSeries: Hashable, Sendable {
  /// What the groups are of, and how the periods are called.
  package var group: Bilingual
  package var period: Bilingual
  /// The number of the dossier's record.
  package var dossier: Int
  package var counts: [Place: Int] = [:]
  /// The codes of rules that the group violates in a period.
  package var signals: [Place: Set<String>] = [:]

  /// A group in a period.
  package struct Place: Hashable, Sendable {
    package var group: Bilingual
    package var period: Int

    package init(group: Bilingual, period: Int) {
      self.group = group
      self.period = period
    }
  }

  package init(group: Bilingual, period: Bilingual, dossier: Int) {
    self.group = group
    self.period = period
    self.dossier = dossier
  }

  /// Whether groups of a rule have what a series is made of.
  package static func isMade(of rule: Rule) -> Bool {
    guard let aggregation = rule.aggregation else { return false }
    return aggregation.keys.count == 2 && aggregation.period != nil
  }

  /// Whether the groups of a rule can be counted: they consist of documents, and not of parts of
  /// these.
  package static func isCounted(by rule: Rule) -> Bool {
    isMade(of: rule) && rule.scopes.isEmpty && rule.aggregation?.isEach == false
  }

  /// The series of one rule by what it said of its groups, whatever that was; nil where there is
  /// none, or where groups are called by names of persons.
  package init?(_ findings: [GroupFinding], of rule: Rule, in ruleSet: RuleSet) {
    guard Self.isMade(of: rule), let keys = rule.aggregation?.keys,
      let number = rule.aggregation?.period, !findings.isEmpty
    else { return nil }
    let other = 1 - number
    self.init(group: keys[other].name, period: keys[number].name, dossier: rule.dossier)
    let isCounted = Self.isCounted(by: rule)
    for finding in findings {
      guard case .integer(let period) = finding.key[number].value else { continue }
      let value = finding.key[other].value
      let group = Bilingual(
        ruleSet.text(of: value, in: .chinese), ruleSet.text(of: value, in: .english))
      guard finding.mask(group.chinese) == group.chinese else { return nil }
      let place = Place(group: group, period: period)
      if isCounted { counts[place] = finding.size }
      if finding.verdict == .violation { signals[place, default: []].insert(rule.code) }
    }
  }

  private var total: Int { counts.values.reduce(0, +) }

  /// Adds the series of another rule with the same keys.
  mutating func merge(_ other: PeriodSeries) {
    if other.total > total { counts = other.counts }
    signals.merge(other.signals) { $0.union($1) }
  }

  /// One series for all of the same keys.
  package static func merged(_ series: [PeriodSeries]) -> [PeriodSeries] {
    var result: [PeriodSeries] = []
    for one in series {
      let same = result.firstIndex {
        $0.group == one.group && $0.period == one.period && $0.dossier == one.dossier
      }
      if let same { result[same].merge(one) } else { result.append(one) }
    }
    return result.filter { !$0.counts.isEmpty }
  }
}
