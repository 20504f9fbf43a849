/// Declarations that stand in for others, by the numbers of these.
package struct Replacements: Hashable, Sendable {
  package var laws: [Int: Law] = [:]
  package var enums: [Int: EnumType] = [:]
  package var parameters: [Int: Parameter] = [:]
  package var tables: [Int: Table] = [:]
  package var rules: [Int: Rule] = [:]

  package init() {}
}

extension RuleSet {
  /// The rule set with some declarations replaced.
  package func replacing(_ replacements: Replacements) -> RuleSet {
    var ruleSet = self
    for (number, law) in replacements.laws { ruleSet.laws[number] = law }
    for (number, type) in replacements.enums { ruleSet.enums[number] = type }
    for (number, parameter) in replacements.parameters { ruleSet.parameters[number] = parameter }
    for (number, table) in replacements.tables { ruleSet.tables[number] = table }
    for (number, rule) in replacements.rules { ruleSet.rules[number] = rule }
    return ruleSet
  }

  /// The rule set with one more rule, which has the last number.
  package func adding(_ rule: Rule) -> RuleSet {
    var ruleSet = self
    ruleSet.rules.append(rule)
    return ruleSet
  }

  /// The rule set with one more table, which has the last number.
  package func adding(_ table: Table) -> RuleSet {
    var ruleSet = self
    ruleSet.tables.append(table)
    return ruleSet
  }
}

extension Rule {
  /// Everything that decides verdicts: not the texts, and not the figures that only these tell.
  package var decidingTerms: [Term] {
    let conditions = applies + exceptions.map(\.condition) + [requirement]
    return [asOf].compactMap { $0 } + scopes.map(\.list) + conditions
      + (aggregation?.terms(decidingFor: conditions) ?? [])
  }

  /// The rule with each term that decides verdicts replaced.
  package func mapDecidingTerms(_ replace: (Term) -> Term) -> Rule {
    var rule = self
    rule.asOf = asOf.map(replace)
    for index in scopes.indices { rule.scopes[index].list = replace(scopes[index].list) }
    rule.applies = applies.map(replace)
    for index in exceptions.indices {
      rule.exceptions[index].condition = replace(exceptions[index].condition)
    }
    rule.requirement = replace(requirement)
    rule.aggregation = aggregation.map { $0.mapTerms(replace) }
    return rule
  }
}

extension Aggregation {
  /// What conditions over the group rest on.
  fileprivate func terms(decidingFor conditions: [Term]) -> [Term] {
    func read(_ summaries: [Summary], by terms: [Term]) -> [Term] {
      let numbers = Set(
        terms.flatMap(\.descendants).compactMap { term in
          if case .figure(_, let number, _) = term.kind { number } else { nil }
        })
      return summaries.indices.filter(numbers.contains).flatMap { summaries[$0].terms }
    }
    let inside = conditions.flatMap(\.descendants).compactMap { term in
      if case .beside(let inner) = term.kind { inner } else { nil }
    }
    var terms = filters + keys.map(\.value) + read(summaries, by: conditions)
    if let beside {
      terms +=
        beside.scopes.map(\.list) + beside.filters + beside.keys
        + read(beside.summaries, by: inside)
    }
    return terms
  }

  fileprivate func mapTerms(_ replace: (Term) -> Term) -> Aggregation {
    func replaced(_ summaries: [Summary]) -> [Summary] {
      summaries.map { summary in
        Summary(
          kind: summary.kind, argument: summary.argument.map(replace),
          date: summary.date.map(replace))
      }
    }
    var aggregation = self
    aggregation.filters = filters.map(replace)
    aggregation.keys = keys.map { Key(name: $0.name, slot: $0.slot, value: replace($0.value)) }
    aggregation.summaries = replaced(summaries)
    if let beside {
      aggregation.beside = Beside(
        dossier: beside.dossier,
        scopes: beside.scopes.map { scope in
          Rule.Scope(slot: scope.slot, name: scope.name, list: replace(scope.list))
        },
        filters: beside.filters.map(replace), keys: beside.keys.map(replace),
        summaries: replaced(beside.summaries))
    }
    aggregation.figures = figures.map { Figure(name: $0.name, value: replace($0.value)) }
    return aggregation
  }
}
