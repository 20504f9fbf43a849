import WenzeEngine
package import WenzeModel
package import WenzeSemantics

/// A run of the tests of packs against mutants of them.
package struct MutationRun: Sendable {
  private let ruleSet: RuleSet
  private let mutants: [Mutant]
  private let tests: [PreparedTest]
  private let today: CalendarDate

  /// What became of a mutant.
  package enum Fate: Hashable, Sendable {
    /// A test noticed it, by its number in the rule set.
    case killed(by: Int)
    /// No test noticed it; with a case that would tell it, if one was found.
    case survived(KillingCase?)
    /// It says the same of every document.
    case equivalent
  }

  /// A mutant, and what became of it.
  package struct Result: Sendable {
    package var mutant: Mutant
    package var fate: Fate
  }

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - ruleSet: packs whose tests pass.
  ///   - packs: the numbers of the packs that are mutated; nil: all. All tests are run in any case.
  ///   - codes: the only rules whose mutants are made; nil: all.
  ///   - today: the date for conditions that ask for it.
  package init(
    _ ruleSet: RuleSet, packs: Set<Int>? = nil, codes: Set<String>? = nil, today: CalendarDate
  ) {
    self.ruleSet = ruleSet
    self.today = today
    mutants = ruleSet.mutants(in: packs).filter { mutant in
      codes.map { !$0.isDisjoint(with: mutant.codes) } ?? true
    }
    tests = ruleSet.tests.map { ruleSet.prepare($0).0 }
  }

  package var mutantCount: Int { mutants.count }

  /// Runs the tests against every mutant.
  ///
  /// - Parameter jobs: how many mutants are tried at once.
  /// - Returns: the mutants in the order of the sources.
  package nonisolated(nonsending) func results(jobs: Int) async -> [Result] {
    let tests = testsByCode
    return await withTaskGroup(of: (Int, Fate).self) { group in
      var fates = [Fate?](repeating: nil, count: mutants.count)
      var started = 0
      func start() {
        let number = started
        started += 1
        group.addTask { (number, fate(of: mutants[number], tests)) }
      }
      while started < min(jobs, mutants.count) { start() }
      for await (number, fate) in group {
        fates[number] = fate
        if started < mutants.count { start() }
      }
      return zip(mutants, fates).compactMap { mutant, fate in
        fate.map { Result(mutant: mutant, fate: $0) }
      }
    }
  }

  /// The numbers of the tests that say something of each code, those that name it first.
  private var testsByCode: [String: [Int]] {
    var byCode: [String: [Int]] = [:]
    var ofAll: [Int] = []
    for (number, test) in tests.enumerated() {
      guard let codes = test.test.codes else {
        ofAll.append(number)
        continue
      }
      for code in codes { byCode[code, default: []].append(number) }
    }
    for code in Set(ruleSet.rules.map(\.code)) { byCode[code, default: []] += ofAll }
    return byCode
  }

  private func fate(of mutant: Mutant, _ testsByCode: [String: [Int]]) -> Fate {
    let numbers = mutant.codes.sorted().flatMap { testsByCode[$0] ?? [] }
    let mutated = ruleSet.replacing(mutant.replacements)
    var seen: Set<Int> = []
    let relevant = numbers.filter { seen.insert($0).inserted }
    for number in relevant
    where !mutated.run(tests[number], judging: mutant.codes).failures.isEmpty {
      return .killed(by: number)
    }
    let search = KillerSearch(mutant, of: ruleSet)
    switch search.answer(near: relevant.map { tests[$0] }, today: today) {
    case .found(let killer): return .survived(killer)
    case .none: return .equivalent
    case .unknown: return .survived(nil)
    }
  }
}
