import WenzeModel
import WenzeSemantics

/// What the rules say of the documents of a batch: for each code and element one verdict, the
/// strongest that the rules of the code come to.
package struct ColumnFindings: Sendable {
  /// How often each rule, by its number, decided with each verdict.
  package internal(set) var counts: [Int: [Verdict: Int]] = [:]
  /// The documents in which a code found something, by their rows.
  private var found: [(code: String, documents: Bits)] = []
  private var any: Bits?

  package init() {}

  /// The codes that found something in the document of a row.
  package func codes(at row: Int) -> Set<String> {
    guard let any, any[row] else { return [] }
    return Set(found.lazy.filter { $0.documents[row] }.map(\.code))
  }

  mutating func add(_ code: String, in documents: Bits) {
    found.append((code, documents))
    any = any.map { $0 | documents } ?? documents
  }
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
    return findings(by: &evaluator, listsUndetermined: listsUndetermined)
  }

  func findings(
    by evaluator: inout ColumnEvaluator, listsUndetermined: Bool
  ) -> ColumnFindings {
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
        if verdict == .violation || verdict == .undetermined && listsUndetermined {
          findings.add(code, in: documents(of: own, in: frame))
        }
      }
    }
  }

  /// The documents that rows of a frame belong to.
  private mutating func documents(of rows: Bits, in frame: Int) -> Bits {
    let count = frames.rows(of: 0).count
    return frames.ancestors(0, from: frame).map { rows.raised(by: $0, count: count) } ?? rows
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
