import WenzeEngine
import WenzeModel
import WenzeSemantics

// Mutants that change no verdict by what the language defines, or by all that a table can be asked.

extension Mutant {
  /// Whether the mutant says the same as the rule set whatever documents say, as far as can be told
  /// without asking the rules.
  func isEquivalent(to ruleSet: RuleSet, today: CalendarDate) -> Bool {
    guard replacements.laws.isEmpty, replacements.enums.isEmpty, replacements.parameters.isEmpty
    else { return false }
    return replacements.rules.allSatisfy {
      $1.plainlyDated(in: ruleSet) == ruleSet.rules[$0].plainlyDated(in: ruleSet)
    }
      && replacements.tables.allSatisfy { number, table in
        let tables = TablePair(ruleSet, number, table, today: today)
        return tables.agree
      }
  }
}

extension Rule {
  /// The rule without saying that its date is the document's, which is so in any case, and without a
  /// date where none matters.
  fileprivate func plainlyDated(in ruleSet: RuleSet) -> Rule {
    var rule = self
    guard isDated(in: ruleSet) else {
      rule.asOf = nil
      return rule
    }
    switch asOf?.kind {
    case .asOf: rule.asOf = nil
    case .firstKnown(var terms):
      while terms.last?.kind == .asOf { terms.removeLast() }
      rule.asOf =
        terms.count > 1
        ? asOf.map { Term(.firstKnown(terms), $0.type, at: $0.origin) } : terms.first
    default: break
    }
    return rule
  }

  /// Whether anything that decides a verdict is chosen by the date of the law.
  private func isDated(in ruleSet: RuleSet) -> Bool {
    let laws = [law] + exceptions.map { $0.citations.first?.law }
    if laws.contains(where: { $0.map { ruleSet.laws[$0].hasInterval } ?? false }) { return true }
    return decidingTerms.dropFirst(asOf == nil ? 0 : 1).flatMap(\.descendants).contains { term in
      switch term.kind {
      case .parameter(let number): !ruleSet.parameters[number].dated.isEmpty
      case .listed(_, let list):
        ruleSet.enums[list].versions.contains {
          $0.law.map { ruleSet.laws[$0].hasInterval } ?? false
        }
      default: false
      }
    }
  }
}

extension Law {
  fileprivate var hasInterval: Bool { effective != nil || ends != nil }
}

/// A table and another in its place.
private struct TablePair {
  private let number: Int
  private let table: Table
  private let other: Table
  private let original: RuleSet
  private let changed: RuleSet
  private let today: CalendarDate
  /// How many combinations of arguments are asked about.
  private static var maximumCombinations: Int { 60_000 }

  init(_ ruleSet: RuleSet, _ number: Int, _ other: Table, today: CalendarDate) {
    self.number = number
    self.today = today
    self.other = other
    table = ruleSet.tables[number]
    original = ruleSet
    var replacements = Replacements()
    replacements.tables[number] = other
    changed = ruleSet.replacing(replacements)
  }

  /// Whether rules learn the same from the two for all that they tell apart, what is not known
  /// included.
  var agree: Bool {
    let columns = table.columns.indices.map { representatives(of: $0) }
    var count = 1
    for column in columns {
      count = count.multipliedReportingOverflow(by: column.count).partialValue
      guard (1...Self.maximumCombinations).contains(count) else { return false }
    }
    let blank = Document(
      dossier: original.dossiers.first ?? 0, id: nil, isComplete: false, fields: [], waivers: [],
      range: table.origin.range)
    var first = TermEvaluator(ruleSet: original, document: blank, today: today)
    var second = TermEvaluator(ruleSet: changed, document: blank, today: today)
    let questions = questions
    for combination in 0..<count {
      var rest = combination
      let arguments = columns.map { column in
        defer { rest /= column.count }
        return Term(.constant(column[rest % column.count]), .unknown, at: table.origin)
      }
      let lookup = Term(.lookup(number, arguments), table.result, at: table.origin)
      for question in questions {
        let asked = question(lookup)
        if first.value(of: asked) != second.value(of: asked) { return false }
      }
    }
    return true
  }

  /// What rules ask of the table: whether its result is this or that, or what it is.
  private var questions: [(Term) -> Term] {
    var compared: Set<Term> = []
    for rule in original.rules where !rule.isBroken && !rule.isDisabled {
      var lookups = 0
      var answered = 0
      for term in rule.decidingTerms.flatMap(\.descendants) {
        if term.looks(upIn: number) { lookups += 1 }
        guard case .compare(.equal, let left, let right) = term.kind else { continue }
        for (one, other) in [(left, right), (right, left)] where one.looks(upIn: number) {
          guard case .constant = other.kind else { continue }
          answered += 1
          compared.insert(Term(other.kind, other.type, at: table.origin))
        }
      }
      if lookups > answered { return [{ $0 }] }
    }
    return compared.map { constant in
      { Term(.compare(.equal, $0, constant), .boolean, at: constant.origin) }
    }
  }

  /// A value of each kind that no cell of a column tells apart.
  private func representatives(of column: Int) -> [Value] {
    var values: [Value] = [.unknown, .none]
    if case .enumeration(let index) = table.columns[column].type {
      let type = original.enums[index]
      values += type.entries.indices.map { .symbol(enumeration: index, entry: $0) }
      if type.isOpen { values.append(.unlisted(enumeration: index, "某")) }
      return values
    }
    var constants: Set<Value> = []
    for cell in (table.rows + other.rows).map({ $0.cells[column] }) {
      switch cell {
      case .any: break
      case .values(let values): constants.formUnion(values)
      case .compared(_, let value): constants.insert(value)
      }
    }
    switch table.columns[column].type {
    case .boolean: return values + [.boolean(true), .boolean(false)]
    case .text: constants.insert(.text("某"))
    case .integer: constants.insert(.integer(0))
    case .decimal: constants.insert(.decimal(FixedDecimal(millionths: 0)))
    default: break
    }
    return values
      + constants.union(constants.flatMap { original.neighbours(of: $0) })
      .sorted { "\($0)" < "\($1)" }
  }
}
