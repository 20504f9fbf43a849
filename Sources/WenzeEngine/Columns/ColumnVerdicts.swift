package import WenzeModel
package import WenzeSemantics

/// What the rules of a program say of the rows of a batch.
package struct ColumnVerdicts: Sendable {
  /// How often each rule, by its number, came to each verdict.
  package internal(set) var counts: [Int: [Verdict: Int]] = [:]
}

extension ColumnProgram {
  /// Judges by every compiled rule; what the interpreter has to judge is not among the verdicts.
  package func judge(_ batch: ColumnBatch) -> ColumnVerdicts {
    var evaluator = ColumnEvaluator(program: self, batch: batch, shifts: DayShifts())
    var verdicts = ColumnVerdicts()
    for rule in rules {
      let result = evaluator.verdicts(of: rule)
      verdicts.counts[rule.rule] = [
        .violation: result.violation.population, .undetermined: result.undetermined.population,
        .compliant: result.compliant.population,
        .notApplicable: result.notApplicable.population,
      ]
    }
    return verdicts
  }
}

extension ColumnEvaluator {
  /// The rows of a rule's frame by verdict.
  struct RuleVerdicts {
    var violation: Bits
    var undetermined: Bits
    var compliant: Bits
    var notApplicable: Bits
  }

  mutating func verdicts(of rule: ColumnProgram.CompiledRule) -> RuleVerdicts {
    let frame = rule.frame
    let applies = truths(of: rule.applies, in: frame)
    let excepted = truths(of: rule.excepted, in: frame)
    let satisfied = truths(of: rule.requirement, in: frame)
    let fails = applies && !excepted && !satisfied
    let isReal = realRows(of: frame)
    let compliant = fails.no & applies.yes & excepted.no & isReal
    return RuleVerdicts(
      violation: fails.yes & isReal, undetermined: fails.unknown | (fails.yes - isReal),
      compliant: compliant, notApplicable: (fails.no - compliant) & isReal)
  }

  /// The rows that stand for elements that the documents record.
  mutating func realRows(of frame: Int) -> Bits {
    let count = frames.rows(of: frame).count
    var result = Bits(count: count, repeating: true)
    var current = frame
    while let parent = program.frames[current].parent {
      if program.frames[current].hypothetical != .never {
        let rows = frames.rows(of: current)
        let up = frames.ancestors(current, from: frame)
        result =
          result
          & Bits(count: count) { row in
            let row = up.map { Int($0[row]) } ?? row
            return rows.isWholeTable || rows.elements[row] >= 0
          }
      }
      current = parent
    }
    return result
  }
}

extension RuleSet {
  /// How often each rule comes to each verdict on a document, by the interpreter.
  package func verdictCounts(
    of document: Document, today: CalendarDate
  ) -> [Int: [Verdict: Int]] {
    var judge = Judge(ruleSet: self, document: document, today: today)
    var counts: [Int: [Verdict: Int]] = [:]
    for (index, rule) in rules.enumerated()
    where rule.aggregation == nil && rule.dossier == document.dossier {
      for (_, verdict) in judge.verdicts(of: index) {
        counts[index, default: [:]][verdict, default: 0] += 1
      }
    }
    return counts
  }
}
