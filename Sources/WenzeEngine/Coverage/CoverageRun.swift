import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The state of running tests for what they reach.
struct CoverageRun {
  private let ruleSet: RuleSet
  private let plan: CoveragePlan
  private(set) var coverage: TestCoverage

  init(of ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    plan = CoveragePlan(of: ruleSet)
    coverage = plan.coverage
  }

  /// What one test reached of rules and conditions.
  private struct Reached {
    var marks = CoverageMarks()
    var verdicts: [Int: Set<Verdict>] = [:]
  }

  /// Adds what a test reaches.
  mutating func add(_ test: RuleTest) {
    guard let today = test.today ?? RuleSet.testDate else { return }
    let options = CheckOptions(today: today, only: test.codes)
    let documents = test.documents.compactMap { ruleSet.decode($0).0 }
    var reached = Reached()
    for document in documents {
      var judge = Judge(ruleSet: ruleSet, document: document, today: today)
      for (number, probes) in plan.rules {
        let rule = ruleSet.rules[number]
        guard rule.dossier == document.dossier, options.runs(rule) else { continue }
        mark(rule, probes, &judge, in: &reached)
      }
    }
    markGroups(of: documents, options, in: &reached)
    add(reached)
  }

  private mutating func add(_ reached: Reached) {
    for mark in reached.marks.truths {
      coverage.conditions[mark.condition].reached[mark.truth, default: 0] += 1
    }
    for condition in Set(reached.marks.truths.map(\.condition)) {
      coverage.conditions[condition].tests += 1
    }
    for mark in reached.marks.rows { coverage.tables[mark.table].rows[mark.row] += 1 }
    for (declaration, verdicts) in reached.verdicts {
      coverage.rules[declaration].tests += 1
      for verdict in verdicts {
        coverage.rules[declaration].reached[verdict, default: 0] += 1
      }
    }
  }

  private func isInForce(_ rule: Rule, _ judge: Judge) -> Truth {
    rule.law.map { ruleSet.laws[$0].isInForce(on: judge.interpreter.lawDate) } ?? .yes
  }

  private func mark(
    _ rule: Rule, _ probes: CoveragePlan.RuleProbes, _ judge: inout Judge, in reached: inout Reached
  ) {
    judge.eachElement(of: rule) { judge, path, isHypothetical in
      let element = Judge.Element(
        path: path, verdict: judge.verdict(of: rule, isHypothetical: isHypothetical),
        isHypothetical: isHypothetical)
      guard element.isTold else { return }
      reached.verdicts[probes.declaration, default: []].insert(element.verdict)
      // Of what a law that is not in force would say no test knows.
      guard isInForce(rule, judge) != .no else { return }
      for probe in probes.probes { judge.interpreter.mark(probe, in: &reached.marks) }
    }
  }
}

// MARK: - Groups

extension CoverageRun {
  private func markGroups(
    of documents: [Document], _ options: CheckOptions, in reached: inout Reached
  ) {
    var run = GroupRun(ruleSet: ruleSet, options: options)
    guard !run.plan.rules.isEmpty else { return }
    for (number, document) in documents.enumerated() {
      run.add(
        document, at: DocumentReference(id: document.id, path: "", line: number + 1, column: 1))
    }
    for rule in run.plan.rules {
      guard let probes = plan.groupRules[rule.number] else { continue }
      for elements in [probes.own, probes.beside].compactMap({ $0 }) {
        for document in documents where document.dossier == elements.rule.dossier {
          var judge = Judge(ruleSet: ruleSet, document: document, today: options.today)
          mark(elements, &judge, in: &reached.marks)
        }
      }
      guard var judgement = GroupJudgement(of: rule, in: run) else { continue }
      judgement.eachSubject { judge in
        let verdict = judge.verdict(of: rule.rule, isHypothetical: false)
        reached.verdicts[probes.declaration, default: []].insert(verdict)
        guard isInForce(rule.rule, judge) != .no else { return }
        for probe in probes.probes { judge.interpreter.mark(probe, in: &reached.marks) }
      }
    }
  }

  private func mark(
    _ elements: CoveragePlan.ElementProbes, _ judge: inout Judge, in marks: inout CoverageMarks
  ) {
    judge.eachElement(of: elements.rule) { judge, _, isHypothetical in
      guard !isHypothetical, isInForce(elements.rule, judge) != .no else { return }
      for probe in elements.membership { judge.interpreter.mark(probe, in: &marks) }
      guard elements.filters.allSatisfy({ judge.interpreter.truth(of: $0) == .yes }) else { return }
      for probe in elements.collected { judge.interpreter.mark(probe, in: &marks) }
    }
  }
}
