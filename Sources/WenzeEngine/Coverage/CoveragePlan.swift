import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What there is to reach in a rule set: worked out once, not for each test.
struct CoveragePlan: Sendable {
  /// Nothing of it reached.
  private(set) var coverage = TestCoverage()
  /// By the numbers of the rules in the rule set.
  private(set) var rules: [Int: RuleProbes] = [:]
  private(set) var groupRules: [Int: GroupProbes] = [:]

  /// What is looked at in a rule over single documents.
  struct RuleProbes: Sendable {
    /// The number of its declaration among those covered.
    var declaration: Int
    var probes: [CoverageProbe]
  }

  /// What is looked at in a rule over groups.
  struct GroupProbes: Sendable {
    var declaration: Int
    /// The conditions over groups, or over elements and their groups.
    var probes: [CoverageProbe]
    var own: ElementProbes
    var beside: ElementProbes?
  }

  /// What is looked at in each element that may belong to a group.
  struct ElementProbes: Sendable {
    /// A rule as far as it says which elements there are.
    var rule: Rule
    var filters: [Term]
    /// What is asked of every element.
    var membership: [CoverageProbe]
    /// What is asked of those that belong to a group.
    var collected: [CoverageProbe]
  }

  init(of ruleSet: RuleSet) {
    var builder = CoverageBuilder(ruleSet: ruleSet)
    guard let today = RuleSet.testDate else { return }
    let options = CheckOptions(today: today)
    for (number, rule) in ruleSet.rules.enumerated()
    where rule.aggregation == nil && options.runs(rule) {
      let declaration = builder.declaration(of: rule, number)
      rules[number] = RuleProbes(declaration: declaration, probes: builder.probes(of: rule))
    }
    for rule in GroupPlan(ruleSet: ruleSet, options: options).rules {
      groupRules[rule.number] = builder.probes(of: rule)
    }
    coverage = builder.coverage
  }
}

/// Finds the conditions in rules.
private struct CoverageBuilder {
  let ruleSet: RuleSet
  var coverage = TestCoverage()
  private let definitions: [Origin: Int]
  private var declarations: [Origin: Int] = [:]
  private var conditions: [Key: Int] = [:]
  private var tables: [Int: Int] = [:]
  /// The slots of the keys of the groups that conditions are over.
  private var keys: Set<Int> = []
  /// The place of the rule that is looked at.
  private var rule = Origin(source: -1, range: SourceRange(0, 0))
  private var ruleNumber = 0

  private struct Key: Hashable {
    var origin: Origin
    var steps: ConditionCoverage.Steps?
  }

  init(ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    definitions = Dictionary(
      ruleSet.definitions.enumerated().map { ($0.element.body, $0.offset) }
    ) { first, _ in first }
  }

  // MARK: Rules

  mutating func declaration(of rule: Rule, _ number: Int) -> Int {
    (self.rule, ruleNumber) = (rule.origin, number)
    keys = Set(rule.aggregation?.keys.map(\.slot) ?? [])
    if let known = declarations[rule.origin] {
      coverage.rules[known].possible = coverage.rules[known].possible.union(possible(of: rule))
      return known
    }
    declarations[rule.origin] = coverage.rules.count
    coverage.rules.append(
      RuleCoverage(
        origin: rule.origin, code: rule.code, name: rule.name, law: rule.law,
        possible: possible(of: rule)))
    return coverage.rules.count - 1
  }

  private func possible(of rule: Rule) -> [Verdict] {
    let law = rule.law.map { ruleSet.laws[$0] }
    let isDated = law.map { $0.effective != nil || $0.ends != nil } ?? false
    let conditions = rule.applies + rule.exceptions.map(\.condition)
    // A law whose first day is known is left open by a date without a day alone: that is no fault of
    // the rule, and need not be tried for each.
    let mayStayOpen =
      !rule.scopes.isEmpty
      || (conditions + [rule.requirement]).contains { $0.mayBeUnknown(in: ruleSet, keys: keys) }
    return Verdict.allCases.filter { verdict in
      switch verdict {
      case .violation, .compliant: true
      case .undetermined: mayStayOpen
      case .notApplicable: isDated || !conditions.isEmpty
      }
    }
  }

  mutating func probes(of rule: Rule) -> [CoverageProbe] {
    var probes = (rule.scopes.map(\.list) + [rule.asOf].compactMap { $0 }).map { value($0) }
    // What a procedure asks of its steps before their order was written by nobody.
    for condition in rule.applies
    where condition.origin != rule.origin && condition.origin != rule.requirement.origin {
      probes.append(self.condition(condition))
    }
    for exception in rule.exceptions { probes.append(condition(exception.condition)) }
    probes.append(requirement(of: rule))
    return probes.filter { !$0.isEmpty }
  }

  private mutating func requirement(of rule: Rule) -> CoverageProbe {
    // Of what must not be, what is written is the opposite.
    if rule.isProhibition {
      // One that reads an element alone is looked at there.
      guard case .not(let written) = rule.requirement.kind else { return value(rule.requirement) }
      return condition(written)
    }
    guard rule.requirement.origin == rule.origin,
      case .compare(_, let earlier, let later) = rule.requirement.kind
    else { return condition(rule.requirement) }
    var probe = operand(rule.requirement, of: rule.requirement.origin)
    let steps = ConditionCoverage.Steps(earlier: earlier.origin, later: later.origin)
    probe.condition = number(of: rule.requirement, steps: steps)
    return probe
  }

  // MARK: Rules over groups

  mutating func probes(of rule: GroupRule) -> CoveragePlan.GroupProbes {
    let declared = ruleSet.rules[rule.number]
    let declaration = declaration(of: declared, rule.number)
    let figures = rule.aggregation.figures.map(\.value)
    let probes = probes(of: rule.rule) + figures.map { value($0) }.filter { !$0.isEmpty }
    return CoveragePlan.GroupProbes(
      declaration: declaration, probes: probes,
      own: elementProbes(
        of: declared, filters: rule.aggregation.filters, keys: rule.aggregation.keys.map(\.value),
        rule.aggregation.summaries, captures: rule.captures),
      beside: rule.aggregation.beside.map { beside in
        var elements = declared
        elements.dossier = beside.dossier
        elements.scopes = beside.scopes
        elements.asOf = nil
        elements.citations = []
        return elementProbes(
          of: elements, filters: beside.filters, keys: beside.keys, beside.summaries, captures: [])
      })
  }

  private mutating func elementProbes(
    of rule: Rule, filters: [Term], keys: [Term], _ summaries: [Aggregation.Summary],
    captures: [Term]
  ) -> CoveragePlan.ElementProbes {
    let lists = rule.scopes.map(\.list) + [rule.asOf].compactMap { $0 }
    let membership =
      lists.map { value($0) } + filters.map { condition($0) } + keys.map { value($0) }
    var collected: [CoverageProbe] = []
    for summary in summaries {
      if let argument = summary.argument {
        collected.append(
          summary.kind == .condition ? condition(argument) : value(argument))
      }
      if let date = summary.date { collected.append(value(date)) }
    }
    // What conditions over an element and its group read of the element alone.
    for capture in captures {
      if rule.isProhibition, capture == rule.requirement, case .not(let written) = capture.kind {
        collected.append(condition(written))
      } else {
        collected.append(capture.type == .boolean ? condition(capture) : value(capture))
      }
    }
    return CoveragePlan.ElementProbes(
      rule: rule, filters: filters, membership: membership.filter { !$0.isEmpty },
      collected: collected.filter { !$0.isEmpty })
  }

  // MARK: Terms

  /// What is to be looked at in a condition.
  private mutating func condition(_ term: Term) -> CoverageProbe {
    // What is constant needs no test.
    if case .constant = term.kind { return CoverageProbe(term: term) }
    let number = number(of: term, steps: nil)
    var probe = operand(term, of: term.origin)
    probe.condition = number
    return probe
  }

  /// The same for a part of a condition: sugar makes terms of the same place, of which the outermost
  /// is what is written there; what a definition says on the whole stands where it is used.
  private mutating func condition(_ term: Term, of place: Origin) -> CoverageProbe {
    term.origin == place || definitions[term.origin] != nil
      ? operand(term, of: place) : condition(term)
  }

  /// What is to be looked at below a term that is no condition of its own.
  private mutating func operand(_ term: Term, of place: Origin) -> CoverageProbe {
    var probe = CoverageProbe(term: term)
    switch term.kind {
    case .not(let operand): probe.inner = [condition(operand, of: place)]
    case .and(let operands), .or(let operands):
      probe.inner = operands.map { condition($0, of: place) }
    case .exists(let slot, let list, let condition):
      probe.inner = [value(list)]
      let inner =
        if isEvery(term), case .not(let written) = condition.kind {
          self.condition(written)
        } else {
          self.condition(condition, of: place)
        }
      add([inner], over: slot, list, to: &probe)
    case .select(let slot, let list, let condition, let result):
      probe.inner = [value(list)]
      add(
        [condition.map { self.condition($0, of: place) }, result.map { value($0) }]
          .compactMap { $0 }, over: slot, list, to: &probe)
    case .lookup(let table, let arguments):
      probe.table = number(ofTable: table)
      probe.inner = arguments.map { value($0) }
    // These are worked out over other groups.
    case .previous, .whole, .beside, .figure: break
    default: probe.inner = term.subterms.map { value($0) }
    }
    probe.inner.removeAll(where: \.isEmpty)
    return probe
  }

  private mutating func value(_ term: Term) -> CoverageProbe {
    operand(term, of: term.origin)
  }

  private func add(
    _ inner: [CoverageProbe], over slot: Int, _ list: Term, to probe: inout CoverageProbe
  ) {
    let inner = inner.filter { !$0.isEmpty }
    guard !inner.isEmpty else { return }
    probe.elements = CoverageProbe.Elements(slot: slot, list: list, inner: inner)
  }

  /// Whether an `exists` was written as what every element must satisfy.
  private func isEvery(_ term: Term) -> Bool {
    let text = ruleSet.text(of: term.origin)
    return ["每个", "every"].contains { word in
      text.hasPrefix(word) && text.dropFirst(word.count).first?.isWhitespace ?? false
    }
  }

  // MARK: Numbers

  private mutating func number(of term: Term, steps: ConditionCoverage.Steps?) -> Int {
    let number = conditionNumber(of: term, steps: steps)
    let possible: [Truth] =
      term.mayBeUnknown(in: ruleSet, keys: keys) ? [.yes, .no, .unknown] : [.yes, .no]
    coverage.conditions[number].possible = coverage.conditions[number].possible.union(possible)
    let made = ConditionCoverage.RuleTerm(rule: ruleNumber, term: term)
    if !coverage.conditions[number].terms.contains(made) {
      coverage.conditions[number].terms.append(made)
    }
    return number
  }

  private mutating func conditionNumber(
    of term: Term, steps: ConditionCoverage.Steps?
  ) -> Int {
    let key = Key(origin: term.origin, steps: steps)
    if let known = conditions[key] { return known }
    conditions[key] = coverage.conditions.count
    let definition = ruleSet.definitions.firstIndex { $0.body.holds(term.origin) }
    coverage.conditions.append(
      ConditionCoverage(
        origin: term.origin, steps: steps,
        owner: definition.map { .definition($0) } ?? .rule(rule), possible: []))
    return coverage.conditions.count - 1
  }

  private mutating func number(ofTable table: Int) -> Int {
    if let known = tables[table] { return known }
    tables[table] = coverage.tables.count
    coverage.tables.append(
      TableCoverage(number: table, rows: ruleSet.tables[table].rows.map { _ in 0 }))
    return coverage.tables.count - 1
  }
}

extension [Truth] {
  fileprivate func union(_ others: [Truth]) -> [Truth] {
    Truth.allCases.filter { contains($0) || others.contains($0) }
  }
}

extension [Verdict] {
  fileprivate func union(_ others: [Verdict]) -> [Verdict] {
    Verdict.allCases.filter { contains($0) || others.contains($0) }
  }
}
