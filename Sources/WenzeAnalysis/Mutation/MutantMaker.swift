import WenzeEngine
import WenzeModel
package import WenzeSemantics
import WenzeSyntax

extension RuleSet {
  /// Every mutant.
  ///
  /// - Parameter packs: the numbers of the packs whose declarations are changed; nil: all.
  /// - Returns: the mutants in the order of the sources.
  package func mutants(in packs: Set<Int>? = nil) -> [Mutant] {
    var maker = MutantMaker(self)
    maker.makeAll()
    let sources = packs.map { Set($0.flatMap { self.packs[$0].sources }) }
    return maker.mutants.filter { !$0.codes.isEmpty && sources?.contains($0.origin.source) ?? true }
      .enumerated()
      .sorted { left, right in
        let (a, b) = (left.element.origin, right.element.origin)
        return (a.source, a.range.start, left.offset) < (b.source, b.range.start, right.offset)
      }
      .map(\.element)
  }
}

/// The state of making mutants.
private struct MutantMaker {
  let ruleSet: RuleSet
  let changer: TermChanger
  var mutants: [Mutant] = []
  /// The codes of the rules whose verdicts depend on a declaration.
  private var uses = Uses()

  struct Uses {
    var laws: [Int: Set<String>] = [:]
    var lists: [Int: Set<String>] = [:]
    var parameters: [Int: Set<String>] = [:]
    var tables: [Int: Set<String>] = [:]
  }

  init(_ ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    changer = TermChanger(ruleSet: ruleSet)
    for rule in ruleSet.rules where !rule.isBroken && !rule.isDisabled { note(rule) }
  }

  private mutating func note(_ rule: Rule) {
    let laws = rule.citations.prefix(1) + rule.exceptions.compactMap(\.citations.first)
    for law in laws { uses.laws[law.law, default: []].insert(rule.code) }
    for term in rule.decidingTerms.flatMap(\.descendants) {
      switch term.kind {
      case .listed(_, let list):
        uses.lists[list, default: []].insert(rule.code)
        for law in ruleSet.enums[list].versions.compactMap(\.law) {
          uses.laws[law, default: []].insert(rule.code)
        }
      case .parameter(let number): uses.parameters[number, default: []].insert(rule.code)
      case .lookup(let number, _): uses.tables[number, default: []].insert(rule.code)
      default: break
      }
    }
  }

  mutating func makeAll() {
    makeConditions()
    makeOmissions()
    for number in ruleSet.laws.indices { makeIntervals(of: number) }
    for number in ruleSet.enums.indices { makeLists(of: number) }
    for number in ruleSet.parameters.indices { makeParameters(of: number) }
    for number in ruleSet.tables.indices { makeTables(of: number) }
  }

  private mutating func add(
    _ kind: Mutant.Kind, _ change: Bilingual, at origin: Origin, _ codes: Set<String>?,
    _ replace: (inout Replacements) -> Void
  ) {
    var replacements = Replacements()
    replace(&replacements)
    mutants.append(
      Mutant(
        kind: kind, origin: origin, change: change, replacements: replacements,
        codes: codes ?? []))
  }
}

// MARK: - Rules

extension MutantMaker {
  private struct Key: Hashable {
    var site: TermSite
    var number: Int
  }

  /// Changes what is written at each place, in all rules that have it.
  private mutating func makeConditions() {
    var order: [Key] = []
    var found: [Key: (change: TermChange, rules: [Int])] = [:]
    for (number, rule) in ruleSet.rules.enumerated() where !rule.isBroken && !rule.isDisabled {
      var seen: Set<TermSite> = []
      for term in rule.decidingTerms {
        term.eachSite { term, site in
          guard seen.insert(site).inserted, isWritten(site.origin, in: rule) else { return }
          for (index, change) in changer.changes(of: term).enumerated() {
            let key = Key(site: site, number: index)
            if found[key] == nil { order.append(key) }
            found[key, default: (change, [])].rules.append(number)
          }
        }
      }
    }
    for key in order {
      guard let (change, rules) = found[key] else { continue }
      let codes = Set(rules.map { ruleSet.rules[$0].code })
      add(
        change.kind, change.change, at: key.site.origin, codes
      ) { [ruleSet, changer] replacements in
        for number in rules {
          replacements.rules[number] = ruleSet.rules[number].mapDecidingTerms { term in
            term.replacing(at: key.site) { place in
              let changes = changer.changes(of: place)
              return changes.indices.contains(key.number) ? changes[key.number].term : place
            }
          }
        }
      }
    }
  }

  /// Whether somebody wrote a condition: what a procedure makes of its steps has its place whole.
  private func isWritten(_ origin: Origin, in rule: Rule) -> Bool {
    !origin.range.isEmpty && !(origin == rule.origin)
  }

  /// Takes away whole conditions, exceptions, filters and as-of dates.
  private mutating func makeOmissions() {
    for (number, rule) in ruleSet.rules.enumerated() where !rule.isBroken && !rule.isDisabled {
      func omit(
        _ kind: Mutant.Kind, _ term: Term, _ chinese: String, _ english: String,
        _ change: (inout Rule) -> Void
      ) {
        guard isWritten(term.origin, in: rule) else { return }
        var mutated = rule
        change(&mutated)
        add(kind, Bilingual(chinese, english), at: term.origin, [rule.code]) { replacements in
          replacements.rules[number] = mutated
        }
      }
      for index in rule.applies.indices {
        omit(.omission, rule.applies[index], "删去这个适用条件", "without this condition") {
          $0.applies.remove(at: index)
        }
      }
      for (index, exception) in rule.exceptions.enumerated() {
        omit(.exception, exception.condition, "删去这个例外", "without this exception") {
          $0.exceptions.remove(at: index)
        }
      }
      for (index, filter) in (rule.aggregation?.filters ?? []).enumerated() {
        omit(.omission, filter, "删去这个筛选条件", "without this filter") {
          _ = $0.aggregation?.filters.remove(at: index)
        }
      }
      if let asOf = rule.asOf {
        omit(.omission, asOf, "删去这个基准日", "without this as-of date") { $0.asOf = nil }
      }
    }
  }
}

// MARK: - Other declarations

extension MutantMaker {
  private mutating func makeIntervals(of number: Int) {
    let law = ruleSet.laws[number]
    for (isStart, date) in [(true, law.effective), (false, law.ends)] {
      for other in date.map({ ruleSet.neighbours(of: .date($0)) }) ?? [] {
        guard let date, case .date(let day) = other else { continue }
        let change = ruleSet.change(from: .date(date), to: other)
        add(
          .interval,
          Bilingual(
            (isStart ? "施行日" : "失效日") + change.chinese,
            (isStart ? "effective " : "ending ") + change.english),
          at: law.origin, uses.laws[number]
        ) { replacements in
          var mutated = law
          if isStart { mutated.effective = day } else { mutated.ends = day }
          replacements.laws[number] = mutated
        }
      }
    }
  }

  private mutating func makeLists(of number: Int) {
    let type = ruleSet.enums[number]
    guard type.isList else { return }
    for (index, version) in type.versions.enumerated() {
      for entry in version.entries.sorted() {
        let name = type.entries[entry].name
        let law = version.law.map { ruleSet.laws[$0].name } ?? type.name
        add(
          .entry,
          Bilingual(
            "\(law.chinese)不再列有“\(name.chinese)”",
            "\(law.english) no longer lists `\(name.english)`"),
          at: version.origins[entry] ?? type.origin, uses.lists[number]
        ) { replacements in
          var mutated = type
          mutated.versions[index].entries.remove(entry)
          replacements.enums[number] = mutated
        }
      }
    }
  }

  private mutating func makeParameters(of number: Int) {
    let parameter = ruleSet.parameters[number]
    for index in -1..<parameter.dated.count {
      let value = index < 0 ? parameter.value : parameter.dated[index].value
      for other in ruleSet.neighbours(of: value) {
        let change = ruleSet.change(from: value, to: other)
        add(
          .parameter,
          Bilingual(
            "参数“\(parameter.name.chinese)”：\(change.chinese)",
            "parameter `\(parameter.name.english)`: \(change.english)"),
          at: parameter.origin, uses.parameters[number]
        ) { replacements in
          var mutated = parameter
          if index < 0 { mutated.value = other } else { mutated.dated[index].value = other }
          replacements.parameters[number] = mutated
        }
      }
    }
  }

  private mutating func makeTables(of number: Int) {
    let table = ruleSet.tables[number]
    func change(
      _ kind: Mutant.Kind, _ row: Int, _ chinese: String, _ english: String,
      _ change: (inout Table) -> Void
    ) {
      var mutated = table
      change(&mutated)
      add(
        kind,
        Bilingual(
          "表“\(table.name.chinese)”：\(chinese)", "table `\(table.name.english)`: \(english)"),
        at: table.rows[row].origin, uses.tables[number]
      ) { $0.tables[number] = mutated }
    }
    for (index, row) in table.rows.enumerated() {
      change(.row, index, "删去这一行", "without this row") { $0.rows.remove(at: index) }
      // The next row with another result, as if the two had been changed about.
      let others = table.rows[(index + 1)...] + table.rows[..<index]
      if let other = others.first(where: { $0.result != row.result })?.result {
        let text = ruleSet.change(from: row.result, to: other)
        change(.cell, index, "结果" + text.chinese, "result " + text.english) {
          $0.rows[index].result = other
        }
      }
      for (column, cell) in row.cells.enumerated() {
        let name = table.columns[column].name
        for other in cells(instead: cell) {
          change(
            .cell, index, "“\(name.chinese)”一栏\(other.change.chinese)",
            "column `\(name.english)` \(other.change.english)"
          ) { $0.rows[index].cells[column] = other.cell }
        }
      }
    }
  }

  private func cells(instead cell: Table.Cell) -> [(cell: Table.Cell, change: Bilingual)] {
    let any = (Table.Cell.any, Bilingual("改为不限", "changed to any"))
    switch cell {
    case .any: return []
    case .values(let values):
      guard values.count > 1 else { return [any] }
      return [any]
        + values.indices.map { index in
          var others = values
          let gone = others.remove(at: index)
          return (
            .values(others),
            Bilingual(
              "删去“\(ruleSet.text(of: gone, in: .chinese))”",
              "without `\(ruleSet.text(of: gone, in: .english))`")
          )
        }
    case .compared(let operation, let value):
      return [any]
        + ruleSet.neighbours(of: value).map { other in
          (.compared(operation, other), ruleSet.change(from: value, to: other))
        }
    }
  }
}
