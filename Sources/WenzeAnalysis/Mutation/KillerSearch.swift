import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Looks for documents that tell a mutant from its rule set.
struct KillerSearch {
  let ruleSet: RuleSet
  let mutant: Mutant
  private let mutated: RuleSet
  /// How many documents are tried with one fact changed, and as many again with two; fewer where
  /// they hold much, or many belong together.
  private static var maximumTrials: Int { 2_000 }

  init(_ mutant: Mutant, of ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    self.mutant = mutant
    mutated = ruleSet.replacing(mutant.replacements)
  }

  enum Answer {
    case found(KillingCase)
    /// The two say the same of every document.
    case none
    case unknown
  }

  /// Looks near the documents of tests, then asks by diagrams.
  ///
  /// - Parameters:
  ///   - tests: the tests of the rules that the mutant may change.
  ///   - today: the date for conditions that ask for it.
  /// - Returns: a case, that there is none, or that none was found.
  func answer(near tests: [PreparedTest], today: CalendarDate) -> Answer {
    if mutant.isEquivalent(to: ruleSet, today: today) { return .none }
    let neighbourhood = Neighbourhood(
      of: ruleSet.rules.filter { mutant.codes.contains($0.code) }
        + mutant.replacements.rules.values.sorted { $0.origin.range.start < $1.origin.range.start },
      in: ruleSet)
    // What few documents show is easier to read.
    let tests = tests.filter { !$0.documents.isEmpty }
      .sorted { $0.documents.count < $1.documents.count }
    if let found = neighbour(of: tests, neighbourhood, changes: 1) { return .found(found) }
    switch symbolicAnswer(today: today) {
    case .unknown: break
    case let answer: return answer
    }
    return neighbour(of: tests, neighbourhood, changes: 2).map { .found($0) } ?? .unknown
  }

  // MARK: - Near tests

  /// Documents of a test with so many facts of one of them changed, that tell the two apart.
  private func neighbour(
    of tests: [PreparedTest], _ neighbourhood: Neighbourhood, changes: Int
  ) -> KillingCase? {
    var budget = Self.maximumTrials
    var found: KillingCase?
    for test in tests where found == nil && budget > 0 {
      guard let pair = ProbePair(self, test) else { continue }
      for index in test.documents.indices where found == nil && budget > 0 {
        let weight = 1 + test.documents.count / 4 + test.documents[index].factCount / 40
        let trial = pair.trial(among: test.documents, at: index)
        func isDone(with document: Document) -> Bool {
          budget -= weight
          found = trial.killingCase(with: document)
          return found != nil || budget <= 0
        }
        let document = test.documents[index]
        if changes == 1 {
          _ = neighbourhood.eachNeighbour(of: document) { isDone(with: $0) }
        } else {
          _ = neighbourhood.eachNeighbour(of: document) { near in
            neighbourhood.eachNeighbour(of: near) { isDone(with: $0) }
          }
        }
      }
    }
    return found
  }

  // MARK: - By diagrams

  private func symbolicAnswer(today: CalendarDate) -> Answer {
    guard let (both, changed) = bothVersions, !changed.isEmpty else { return .unknown }
    var isDecided = true
    for (number, rule) in changed.sorted(by: { $0.key < $1.key }) {
      switch difference(number, rule, in: both, today: today) {
      case .impossible: break
      case .undecided: isDecided = false
      case .possible(let example):
        // Another declaration of the same rule may hide the difference.
        if let document = example.document(in: ruleSet),
          let found = ProbePair(self, today: today).killingCase([document])
        {
          return .found(found)
        }
        isDecided = false
      }
    }
    return isDecided ? .none : .unknown
  }

  private func difference(
    _ number: Int, _ rule: Rule, in ruleSet: RuleSet, today: CalendarDate
  ) -> Possibility {
    guard rule.aggregation == nil else { return .undecided([]) }
    let both = ruleSet.adding(rule)
    do throws(Undecided) {
      var analysis = try RuleAnalysis(
        [number, both.rules.count - 1], of: both, options: AnalysisOptions(today: today))
      return try analysis.canDiffer()
    } catch {
      return .undecided([error.reason])
    }
  }

  /// A rule set that has changed tables beside its own, and the changed rules; nil where other things
  /// are changed.
  private var bothVersions: (RuleSet, changed: [Int: Rule])? {
    let replacements = mutant.replacements
    guard replacements.laws.isEmpty, replacements.enums.isEmpty, replacements.parameters.isEmpty
    else { return nil }
    var both = ruleSet
    var changed = replacements.rules
    for (number, table) in replacements.tables {
      both = both.adding(table)
      let newNumber = both.tables.count - 1
      for (index, rule) in ruleSet.rules.enumerated() where rule.looks(upIn: number) {
        changed[index] = rule.mapDecidingTerms { $0.lookingUp(in: newNumber, for: number) }
      }
    }
    return (both, changed)
  }
}

extension Rule {
  fileprivate func looks(upIn table: Int) -> Bool {
    decidingTerms.flatMap(\.descendants).contains { $0.looks(upIn: table) }
  }
}

extension Term {
  func looks(upIn table: Int) -> Bool {
    if case .lookup(table, _) = kind { true } else { false }
  }

  fileprivate func lookingUp(in table: Int, for other: Int) -> Term {
    var term = mapSubterms { $0.lookingUp(in: table, for: other) }
    if case .lookup(other, let arguments) = term.kind { term.kind = .lookup(table, arguments) }
    return term
  }
}

extension Document {
  /// How many values are recorded in it.
  fileprivate var factCount: Int {
    func count(_ fact: Fact) -> Int {
      switch fact.value {
      case .unknown: 0
      case .record(let fields): fields.reduce(0) { $0 + count($1) }
      case .list(let list): list.elements.reduce(0) { $0 + count($1) }
      default: 1
      }
    }
    return fields.reduce(0) { $0 + count($1) }
  }
}
