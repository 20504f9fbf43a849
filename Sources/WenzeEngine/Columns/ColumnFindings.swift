import WenzeModel
import WenzeSemantics

/// What the rules say of the documents of a batch: for each code and element one verdict, the
/// strongest that the rules of the code come to.
package struct ColumnFindings: Sendable {
  /// How often each rule, by its number, decided with each verdict.
  package internal(set) var counts: [Int: [Verdict: Int]] = [:]
  /// The codes that found something, by the rows of the documents.
  package internal(set) var violated: [Int: Set<String>] = [:]
  package internal(set) var undetermined: [Int: Set<String>] = [:]
}

extension ColumnProgram {
  /// Judges by every compiled rule.
  ///
  /// - Parameters:
  ///   - batch: documents of the dossier that the program is for.
  ///   - listsUndetermined: whether documents with something undetermined are named too.
  ///   - shifts: what is known of dates from earlier batches of the same thread.
  /// - Returns: counts of verdicts, and the documents with findings.
  package func findings(
    in batch: ColumnBatch, listsUndetermined: Bool, shifts: DayShifts = DayShifts()
  ) -> ColumnFindings {
    var evaluator = ColumnEvaluator(program: self, batch: batch, shifts: shifts)
    var findings = ColumnFindings()
    for group in rulesByElement {
      evaluator.addFindings(
        of: group.map { rules[$0] }, listsUndetermined: listsUndetermined, to: &findings)
    }
    return findings
  }

  /// The compiled rules of one code and one kind of element, which are one rule to the user.
  private var rulesByElement: [[Int]] {
    var places: [Place: Int] = [:]
    var groups: [[Int]] = []
    for (number, rule) in rules.enumerated() {
      let place = Place(code: ruleSet.rules[rule.rule].code, frame: rule.frame)
      if let known = places[place] {
        groups[known].append(number)
      } else {
        places[place] = groups.count
        groups.append([number])
      }
    }
    return groups
  }

  private struct Place: Hashable {
    var code: String
    var frame: Int
  }
}

extension ColumnEvaluator {
  fileprivate mutating func addFindings(
    of rules: [ColumnProgram.CompiledRule], listsUndetermined: Bool,
    to findings: inout ColumnFindings
  ) {
    let verdicts = rules.map { self.verdicts(of: $0) }
    let code = program.ruleSet.rules[rules[0].rule].code
    let frame = rules[0].frame
    var decided = Bits(count: frames.rows(of: frame).count)
    for verdict in Verdict.allCases {
      for (rule, rows) in zip(rules, verdicts) {
        let own = rows[verdict] - decided
        decided = decided | own
        findings.counts[rule.rule, default: [:]][verdict, default: 0] += own.population
        guard !own.isEmpty else { continue }
        switch verdict {
        case .violation: mark(own, of: frame, code, in: &findings.violated)
        case .undetermined where listsUndetermined:
          mark(own, of: frame, code, in: &findings.undetermined)
        case .undetermined, .compliant, .notApplicable: break
        }
      }
    }
  }

  /// Notes a code for the documents that rows belong to.
  private mutating func mark(
    _ rows: Bits, of frame: Int, _ code: String, in found: inout [Int: Set<String>]
  ) {
    let documents = frames.ancestors(0, from: frame)
    rows.forEachSet { row in
      found[documents.map { Int($0[row]) } ?? row, default: []].insert(code)
    }
  }
}

extension ColumnEvaluator.RuleVerdicts {
  fileprivate subscript(verdict: Verdict) -> Bits {
    switch verdict {
    case .violation: violation
    case .undetermined: undetermined
    case .compliant: compliant
    case .notApplicable: notApplicable
    }
  }
}
