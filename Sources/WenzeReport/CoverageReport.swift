package import WenzeEngine
package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// What the tests of rule packs reached, and what not.
package struct CoverageReport: Sendable {
  let toolVersion: String
  let ruleSet: RuleSet
  let ruleDigest: String
  let coverage: TestCoverage
  /// The numbers of the packs that are told of one by one; nil: all, a row for each.
  let packs: Set<Int>?

  package init(
    toolVersion: String, ruleSet: RuleSet, ruleDigest: String, coverage: TestCoverage,
    packs: Set<Int>? = nil
  ) {
    self.toolVersion = toolVersion
    self.ruleSet = ruleSet
    self.ruleDigest = ruleDigest
    self.packs = packs
    func isTold(_ origin: Origin) -> Bool {
      packs.map { packs in packs.contains { ruleSet.packs[$0].sources.contains(origin.source) } }
        ?? true
    }
    var told = coverage
    told.rules = coverage.rules.filter { isTold($0.origin) }
      .sorted {
        ($0.origin.source, $0.origin.range.start) < ($1.origin.source, $1.origin.range.start)
      }
    told.conditions = coverage.conditions.filter { isTold($0.origin) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    told.tables = coverage.tables.filter { isTold(ruleSet.tables[$0.number].origin) }
      .sorted { $0.number < $1.number }
    self.coverage = told
  }

  /// How many outcomes there are, and how many of them tests reached.
  package struct Count: Hashable, Sendable {
    package var reached = 0
    package var possible = 0

    package init(reached: Int = 0, possible: Int = 0) {
      self.reached = reached
      self.possible = possible
    }

    static func + (left: Count, right: Count) -> Count {
      Count(reached: left.reached + right.reached, possible: left.possible + right.possible)
    }

    /// The share in percent to one place, rounded down, so that only the whole is 100.
    package var percent: String {
      guard possible > 0 else { return "100.0" }
      let tenths = reached * 1000 / possible
      return "\(tenths / 10).\(tenths % 10)"
    }
  }

  /// All outcomes: verdicts of rules, truths of conditions, rows of tables.
  package var total: Count {
    coverage.rules.map(\.count).sum + coverage.conditions.map(\.count).sum
      + coverage.tables.map(\.count).sum
  }
}

extension CoverageReport {
  func place(of origin: Origin) -> Place {
    ruleSet.sources[origin.source].place(at: origin.range.start)
  }

  func path(of origin: Origin) -> String { ruleSet.sources[origin.source].path }

  /// The condition as it is written, on one line; of a procedure the order of its steps.
  func text(of condition: ConditionCoverage, in language: Language) -> String {
    func oneLine(_ origin: Origin) -> String {
      ruleSet.text(of: origin).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    guard let steps = condition.steps else { return oneLine(condition.origin) }
    let order = language == .chinese ? "不晚于" : "not_after"
    return "\(oneLine(steps.earlier)) \(order) \(oneLine(steps.later))"
  }

  /// The code of the rule, or the name of the definition, that a condition belongs to.
  func owner(of condition: ConditionCoverage) -> Bilingual {
    switch condition.owner {
    case .definition(let number): ruleSet.definitions[number].name
    case .rule(let origin): Bilingual(same: ruleSet.text(of: origin))
    }
  }
}

extension RuleCoverage {
  var missing: [Verdict] { possible.filter { reached[$0] == nil } }

  var count: CoverageReport.Count {
    CoverageReport.Count(reached: possible.count - missing.count, possible: possible.count)
  }
}

extension ConditionCoverage {
  var missing: [Truth] { possible.filter { reached[$0] == nil } }

  var count: CoverageReport.Count {
    CoverageReport.Count(reached: possible.count - missing.count, possible: possible.count)
  }

  /// By what conditions are sorted: their places, then the steps that they are about.
  fileprivate var order: [Int] {
    [
      origin.source, origin.range.start, -origin.range.end, steps?.earlier.range.start ?? 0,
      steps?.later.range.start ?? 0,
    ]
  }
}

extension TableCoverage {
  var count: CoverageReport.Count {
    CoverageReport.Count(reached: rows.count { $0 > 0 }, possible: rows.count)
  }
}

extension [CoverageReport.Count] {
  var sum: CoverageReport.Count { reduce(CoverageReport.Count(), +) }
}

extension Truth {
  var name: Bilingual {
    switch self {
    case .yes: Bilingual("真", "true")
    case .no: Bilingual("假", "false")
    case .unknown: Bilingual("未知", "unknown")
    }
  }
}

extension CoverageReport.Count {
  /// How many outcomes a percentage asks for.
  private func wanted(for percent: FixedDecimal) -> Int {
    (possible * percent.millionths + 99_999_999) / 100_000_000
  }

  package func isAtLeast(_ percent: FixedDecimal) -> Bool { reached >= wanted(for: percent) }

  /// How many outcomes more a percentage asks for.
  package func lack(to percent: FixedDecimal) -> Int { max(0, wanted(for: percent) - reached) }
}
