import WenzeAnalysis
package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// A run of everything that is checked of rule sets themselves.
package struct LintRun: Sendable {
  private let ruleSet: RuleSet
  private let problems: [LocatedDiagnostic]
  private let packs: Set<Int>?
  private let today: CalendarDate?

  /// - Parameters:
  ///   - ruleSet: the packs, with their tests.
  ///   - problems: what was told when they were loaded.
  ///   - packs: the numbers of the packs that findings are wanted of; nil: of all.
  ///   - today: the date for which conditions are decided; nil: they are not looked into.
  package init(
    _ ruleSet: RuleSet, problems: [LocatedDiagnostic], packs: Set<Int>? = nil,
    today: CalendarDate? = nil
  ) {
    self.today = today
    self.ruleSet = ruleSet
    self.problems = problems
    self.packs = packs
  }

  /// What is wrong, in the order of the sources: what the loader tells, and what only a look at
  /// the whole shows.
  ///
  /// While there are mistakes, names may seem unused, rules untested and texts untranslated only
  /// because something was not understood; then nothing is said of these.
  package func outcome() -> LintOutcome {
    let subject = LintSubject(ruleSet)
    var found = textChecks.flatMap { $0(subject) }
    var undecided: [Int: Set<Bilingual>] = [:]
    if !problems.contains(where: { $0.diagnostic.severity == .error }) {
      found += ruleChecks.flatMap { $0(subject) }
      if let today {
        let conditions = lintConditions(
          ruleSet, options: AnalysisOptions(today: today), packs: packs)
        // What a rule cannot come to, no test shows.
        let impossible = conditions.findings
          .filter { ["L0803", "L0804", "L0805"].contains($0.diagnostic.code) }
          .map { Origin(source: $0.source, range: $0.diagnostic.range ?? SourceRange(0, 0)) }
        found.removeAll { finding in
          finding.diagnostic.code == "L0401"
            && impossible.contains {
              $0.source == finding.source && $0.range == finding.diagnostic.range
            }
        }
        found += conditions.findings.map { LintFinding($0) }
        undecided = conditions.undecided.filter { rule, _ in
          packs?.contains(ruleSet.rules[rule].pack) ?? true
        }
      }
    }
    return LintOutcome(findings: findings(found), undecided: undecided)
  }

  /// What the loader told and what was found besides, where it is wanted, in the order of the
  /// sources.
  private func findings(_ found: [LintFinding]) -> [LocatedDiagnostic] {
    var found = found
    let paths = Dictionary(
      ruleSet.sources.enumerated().map { ($1.path, $0) },
      uniquingKeysWith: { first, _ in first })
    let told = today.map { withExamplesOfTables(problems, in: ruleSet, today: $0) } ?? problems
    var numbered = told.map { (source: paths[$0.path] ?? -1, problem: $0) }
    // What no token begins with was told as such.
    let strange = numbered.filter { $0.problem.diagnostic.code == "E0101" }
    found.removeAll { finding in
      guard let start = finding.diagnostic.range?.start else { return false }
      return strange.contains { told in
        told.source == finding.source
          && told.problem.diagnostic.range.map { $0.start <= start && start < $0.end } ?? false
      }
    }
    numbered += found.map { finding in
      let path = ruleSet.sources[finding.source].path
      return (finding.source, LocatedDiagnostic(path: path, finding.diagnostic))
    }
    return
      numbered
      .filter { isWanted(source: $0.source) || $0.problem.isMistake }
      .enumerated()
      .sorted { left, right in
        let (a, b) = (left.element, right.element)
        let (x, y) = (
          a.problem.diagnostic.range?.start ?? 0, b.problem.diagnostic.range?.start ?? 0
        )
        return (a.source, x, left.offset) < (b.source, y, right.offset)
      }
      .map(\.element.problem)
  }

  /// Whether findings in a source are wanted; what is in none always is.
  private func isWanted(source: Int) -> Bool {
    guard let packs, source >= 0 else { return true }
    return packs.contains { ruleSet.packs[$0].sources.contains(source) }
  }

  /// What can be said of the texts alone.
  private var textChecks: [(LintSubject) -> [LintFinding]] {
    [
      findHiddenCharacters, findStrangeNames, findFalseCharacters, findLookAlikeNames,
    ]
  }

  /// What takes the rules as they were understood; a further check is called from here.
  private var ruleChecks: [(LintSubject) -> [LintFinding]] {
    [
      findMissingTranslations, findDifferentTranslations, findUnusedNames, findUnusedVariables,
      findIdleColumns,
      findLawsOutOfForce, findDuplicates,
      findUntestedRules, findImpossibleInterpolations, findUnscoredRules,
      findUnknownScoredCodes,
    ]
  }
}

extension LocatedDiagnostic {
  /// Whether it keeps rules from being understood: then it matters to every pack.
  fileprivate var isMistake: Bool {
    diagnostic.severity == .error && diagnostic.code.hasPrefix("E")
  }
}

/// What is wrong with rule sets, and what could not be told.
package struct LintOutcome: Sendable {
  /// In the order of the sources.
  package var findings: [LocatedDiagnostic]
  /// The rules, by their numbers, of whose conditions something is not decided, with why.
  package var undecided: [Int: Set<Bilingual>]
}

/// A diagnostic with the number of the source that it is about.
struct LintFinding {
  var source: Int
  var diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic, in source: Int) {
    self.source = source
    self.diagnostic = diagnostic
  }

  /// A finding about conditions, with the case that shows it.
  init(_ finding: ConditionFinding) {
    self.init(finding.diagnostic, in: finding.source)
    if let example = finding.example { diagnostic.notes.append(example.note) }
  }
}

/// What is checked: the rules as they were understood, and as they were written.
struct LintSubject {
  let ruleSet: RuleSet
  /// Every declaration with the number of its source.
  let declarations: [(source: Int, declaration: Declaration)]

  init(_ ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    declarations = ruleSet.sources.enumerated()
      .flatMap { source, text in parse(text).declarations.map { (source, $0) } }
  }

  /// The path of another place, for a label; nil where it is in the same source.
  func path(of source: Int, seenFrom other: Int) -> String? {
    source == other ? nil : ruleSet.sources[source].path
  }
}
