import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What the rules over groups collect of documents, and what they make of it.
struct GroupPlan: Sendable {
  private(set) var gatherings: [Gathering] = []
  private(set) var rules: [GroupRule] = []
  /// What the charts count, by their numbers in the rule set.
  private(set) var charts: [ChartIntake] = []

  init(ruleSet: RuleSet, options: CheckOptions) {
    for (number, rule) in ruleSet.rules.enumerated() {
      guard let aggregation = rule.aggregation, options.runs(rule) else { continue }
      let (capturing, captures) = rule.capturing()
      let own = gathering(Gathering(rule, aggregation))
      var intake = intake(of: aggregation.summaries, from: own, for: rule)
      if aggregation.isEach {
        gatherings[own].keepsPaths = true
        intake.captures = captures.map { gatherings[own].column(of: $0, isText: false) }
      }
      var beside: GroupRule.Intake?
      if let clause = aggregation.beside {
        let own = gathering(Gathering(clause, beside: rule))
        beside = self.intake(of: clause.summaries, from: own, for: rule)
      }
      rules.append(
        GroupRule(
          number: number, rule: capturing, aggregation: aggregation, captures: captures,
          own: intake, beside: beside))
    }
    guard options.countsCharts else { return }
    for (number, chart) in ruleSet.charts.enumerated() {
      charts.append(ChartIntake(number: number, gathering: gathering(Gathering(chart))))
    }
  }

  /// Whether anything but counts is kept of documents of a dossier.
  func keepsDocuments(of dossier: Int) -> Bool {
    gatherings.contains { !$0.isTally && $0.rule.dossier == dossier }
  }

  /// The number of a gathering, made if there is none of the same elements by the same keys.
  private mutating func gathering(_ made: Gathering) -> Int {
    if let known = gatherings.firstIndex(where: { $0.isAlike(made) }) {
      gatherings[known].rule.slotCount = max(gatherings[known].rule.slotCount, made.rule.slotCount)
      return known
    }
    gatherings.append(made)
    return gatherings.count - 1
  }

  private mutating func intake(
    of summaries: [Aggregation.Summary], from gathering: Int, for rule: Rule
  ) -> GroupRule.Intake {
    if rule.asksForValues { gatherings[gathering].asksForValues = true }
    return GroupRule.Intake(
      gathering: gathering,
      summaries: summaries.map { summary in
        GroupRule.Summary(
          kind: summary.kind,
          argument: summary.argument.map {
            gatherings[gathering].column(of: $0, isText: summary.kind == .texts)
          }, date: summary.date.map { gatherings[gathering].column(of: $0, isText: false) })
      })
  }
}

/// Which elements of documents are collected, by which keys, and what of them: for one rule, or for
/// several that ask for the same elements.
struct Gathering: Sendable {
  /// A rule as far as it says which elements there are and by which date they are judged.
  var rule: Rule
  var filters: [Term]
  var keys: [Term]
  private(set) var columns: [Column] = []
  /// Whether elements are judged one by one.
  var keepsPaths = false
  /// Whether a rule asks which values there are, and so whether there may be others.
  var asksForValues = false
  /// Whether elements are only counted by their keys, whatever is known of these.
  var isTally = false
  /// Whether the last two keys are dates, of which the days between them are counted.
  var countsDays = false
  /// Whether elements that are only counted have a group, by the first key.
  var isGrouped = false

  /// What is collected of an element.
  struct Column: Hashable, Sendable {
    var term: Term
    /// Whether only the signature of its text is kept.
    var isText: Bool
  }

  /// What a row of what is collected begins with.
  enum Fixed: Int, CaseIterable {
    case document
    case lawDate
    case path
  }

  static let firstKey = Fixed.allCases.count

  var firstColumn: Int { Self.firstKey + keys.count }

  var width: Int { firstColumn + columns.count }

  fileprivate init(_ rule: Rule, _ aggregation: Aggregation) {
    self.rule = rule
    filters = aggregation.filters
    keys = aggregation.keys.map(\.value)
  }

  /// Elements beside the groups of a rule: no law chooses among them, and the dates by which their
  /// parameters are chosen are those of their documents.
  fileprivate init(_ beside: Aggregation.Beside, beside rule: Rule) {
    self.rule = rule
    self.rule.dossier = beside.dossier
    self.rule.scopes = beside.scopes
    self.rule.asOf = nil
    self.rule.citations = []
    filters = beside.filters
    keys = beside.keys
  }

  /// The elements of a chart, by their group, if it has any, and by what it shows of them.
  fileprivate init(_ chart: Chart) {
    rule = chart.elements
    filters = chart.filters
    keys = [chart.group?.value, chart.value, chart.end].compactMap { $0 }
    isTally = true
    countsDays = chart.end != nil
    isGrouped = chart.group != nil
  }

  /// How many codes an element is counted by, or put into its group by.
  var keyWidth: Int { countsDays ? keys.count - 1 : keys.count }

  /// Whether another one is of the same elements by the same keys, wherever they are written.
  fileprivate func isAlike(_ other: Gathering) -> Bool {
    isTally == other.isTally && countsDays == other.countsDays && isGrouped == other.isGrouped
      && rule.dossier == other.rule.dossier && rule.law == other.rule.law
      && rule.scopes.map(\.slot) == other.rule.scopes.map(\.slot)
      && rule.scopes.map(\.list).areWrittenAlike(other.rule.scopes.map(\.list))
      && [rule.asOf].compactMap { $0 }.areWrittenAlike([other.rule.asOf].compactMap { $0 })
      && filters.areWrittenAlike(other.filters) && keys.areWrittenAlike(other.keys)
  }

  /// The number of the column with a term, added if there is none.
  fileprivate mutating func column(of term: Term, isText: Bool) -> Int {
    let made = Column(term: term.placed(at: rule.origin), isText: isText)
    if let known = columns.firstIndex(of: made) { return known }
    columns.append(made)
    return columns.count - 1
  }
}

/// A chart, with where it is counted.
struct ChartIntake: Sendable {
  /// The number of the chart in the rule set.
  var number: Int
  /// The number of what is collected.
  var gathering: Int
}

/// A rule over groups, with what it takes from what is collected.
struct GroupRule: Sendable {
  /// The number of the rule in the rule set.
  var number: Int
  /// The rule with captures in place of what its conditions read of elements.
  var rule: Rule
  var aggregation: Aggregation
  var captures: [Term]
  var own: Intake
  var beside: Intake?

  struct Intake: Sendable {
    /// The number of what is collected.
    var gathering: Int
    var summaries: [Summary]
    /// The columns of the captures.
    var captures: [Int] = []
    /// Whether the rule asks for all groups together.
  }

  struct Summary: Sendable {
    var kind: Aggregation.Summary.Kind
    /// The column of what is added up; nil where elements are only counted.
    var argument: Int?
    /// The column of the date by which values are ordered.
    var date: Int?
  }
}

extension Rule {
  fileprivate var asksForValues: Bool {
    groupTerms.contains { term in
      if case .figure(.values, _, _) = term.kind { true } else { false }
    }
  }

  /// All terms that are worked out over a group.
  private var groupTerms: [Term] {
    let terms =
      applies + exceptions.map(\.condition) + [requirement] + message.terms + (fix?.terms ?? [])
      + (aggregation?.figures.map(\.value) ?? [])
    return terms.flatMap(\.descendants)
  }
}

extension Term {
  /// The term as if all of it were written in one place.
  fileprivate func placed(at origin: Origin) -> Term {
    var term = mapSubterms { $0.placed(at: origin) }
    term.origin = origin
    return term
  }
}

extension [Term] {
  fileprivate func areWrittenAlike(_ other: [Term]) -> Bool {
    count == other.count
      && zip(self, other).allSatisfy { $0.placed(at: $1.origin) == $1.placed(at: $1.origin) }
  }
}
