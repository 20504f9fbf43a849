import WenzeAnalysis
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What the loader tells of gaps and overlaps of tables, with a case in which a rule asks for one,
/// where there is such a case.
func withExamplesOfTables(
  _ problems: [LocatedDiagnostic], in ruleSet: RuleSet, today: CalendarDate
) -> [LocatedDiagnostic] {
  problems.map { problem in
    let arguments: (Table) -> [Value]?
    switch problem.diagnostic.code {
    case "E0604": arguments = { $0.overlap }
    case "E0605": arguments = { $0.gap }
    default: return problem
    }
    guard let range = problem.diagnostic.range,
      let number = ruleSet.tables.firstIndex(where: { table in
        let places = [table.origin.range] + table.rows.map(\.origin.range)
        return ruleSet.sources[table.origin.source].path == problem.path && places.contains(range)
      }), let values = arguments(ruleSet.tables[number]),
      let example = exampleOfLookup(
        in: number, with: values, of: ruleSet, options: AnalysisOptions(today: today))
    else { return problem }
    var problem = problem
    problem.diagnostic.notes.append(example.note)
    return problem
  }
}

extension Example {
  /// The case as a note shows it.
  var note: Bilingual {
    // It ends with a line feed, as a case does.
    let text = text.split(separator: "\n").joined(separator: "\n")
    return Bilingual("例如：\n" + text, "for example:\n" + text)
  }
}
