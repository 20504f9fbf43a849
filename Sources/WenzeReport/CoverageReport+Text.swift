import WenzeEngine
import WenzeModel
import WenzeSemantics
package import WenzeSyntax

// Coverage for a terminal.

extension CoverageReport {
  /// A row for each pack, or for each rule, definition and table of the packs that are told of.
  package func table(in language: Language) -> String {
    let parts = packs == nil ? packRows(in: language) : rows(in: language)
    let say = { (chinese: String, english: String) in language == .chinese ? chinese : english }
    let head = [
      packs == nil ? say("规则包", "pack") : say("规则", "rule"), say("规则数", "rules"),
      say("判定", "verdicts"), say("条件数", "conditions"), say("条件结果", "outcomes"),
      say("表行", "table rows"), say("覆盖", "covered"),
    ]
    let total = Row(
      name: say("合计", "total"), rules: coverage.rules,
      conditions: coverage.conditions, tables: coverage.tables)
    return alignedTable([head] + (parts + [total]).map(\.cells))
  }

  /// The total on one line.
  package var summary: Bilingual {
    let (reached, possible) = (total.reached, total.possible)
    return Bilingual(
      "覆盖\(total.percent)%：到达\(reached)项结果，共\(possible)项",
      "\(total.percent)% covered: \(reached) of \(possible) outcomes")
  }

  /// Every outcome that no test reached, with its place.
  package func uncovered(in language: Language) -> String {
    let comma = language == .chinese ? "、" : ", "
    let never = language == .chinese ? "未到：" : "never "
    var lines: [(order: [Int], text: String)] = []
    func add(_ origin: Origin, _ what: String, _ missing: [String]) {
      guard !missing.isEmpty else { return }
      let place = place(of: origin)
      lines.append(
        (
          [origin.source, origin.range.start, lines.count],
          "\(path(of: origin)):\(place.line):\(place.column)  \(what)  \(never)"
            + missing.joined(separator: comma)
        ))
    }
    for rule in coverage.rules {
      add(
        rule.origin, "\(rule.code) \(rule.name[language])", rule.missing.map { $0.name[language] })
    }
    for condition in coverage.conditions {
      let text = text(of: condition, in: language)
      let owner = owner(of: condition)[language]
      add(
        condition.origin, owner + (language == .chinese ? " “\(text)”" : " `\(text)`"),
        condition.missing.map { $0.name[language] })
    }
    for table in coverage.tables {
      let declared = ruleSet.tables[table.number]
      for (row, tests) in zip(declared.rows, table.rows) where tests == 0 {
        add(row.origin, declared.name[language], [language == .chinese ? "这一行" : "this row"])
      }
    }
    return lines.sorted { $0.order.lexicographicallyPrecedes($1.order) }
      .map { $0.text + "\n" }.joined()
  }

  private struct Row {
    var name: String
    var rules: [RuleCoverage] = []
    var conditions: [ConditionCoverage] = []
    var tables: [TableCoverage] = []

    var cells: [String] {
      let (verdicts, truths) = (rules.map(\.count).sum, conditions.map(\.count).sum)
      let rows = tables.map(\.count).sum
      return [
        name, "\(rules.count)", verdicts.text, "\(conditions.count)", truths.text, rows.text,
        (verdicts + truths + rows).percent + "%",
      ]
    }
  }

  private func packRows(in language: Language) -> [Row] {
    ruleSet.packs.compactMap { pack in
      let row = Row(
        name: pack.name[language],
        rules: coverage.rules.filter { pack.sources.contains($0.origin.source) },
        conditions: coverage.conditions.filter { pack.sources.contains($0.origin.source) },
        tables: coverage.tables.filter {
          pack.sources.contains(ruleSet.tables[$0.number].origin.source)
        })
      return row.rules.isEmpty && row.conditions.isEmpty && row.tables.isEmpty ? nil : row
    }
  }

  private func rows(in language: Language) -> [Row] {
    let byOwner = Dictionary(grouping: coverage.conditions, by: \.owner)
    let rules = coverage.rules.map { rule in
      Row(name: rule.code, rules: [rule], conditions: byOwner[.rule(rule.origin)] ?? [])
    }
    let known = Set(coverage.rules.map(\.origin))
    // An exception of one pack to a rule of another stands in the pack that makes it.
    let foreign = byOwner.compactMap { owner, conditions -> (Origin, [ConditionCoverage])? in
      if case .rule(let origin) = owner, !known.contains(origin) {
        (origin, conditions)
      } else {
        nil
      }
    }
    .sorted { ($0.0.source, $0.0.range.start) < ($1.0.source, $1.0.range.start) }
    .map { origin, conditions in
      let name = ruleSet.text(of: origin)
      return Row(
        name: language == .chinese ? "例外 \(name)" : "exception \(name)", conditions: conditions)
    }
    let definitions = ruleSet.definitions.enumerated().compactMap { number, definition in
      byOwner[.definition(number)].map { Row(name: definition.name[language], conditions: $0) }
    }
    let tables = coverage.tables.map { table in
      Row(name: ruleSet.tables[table.number].name[language], tables: [table])
    }
    return rules + foreign + definitions + tables
  }
}

extension Share {
  fileprivate var text: String { possible == 0 ? "–" : "\(reached)/\(possible)" }
}
