package import WenzeEngine
import WenzeModel
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

  /// All outcomes: verdicts of rules, truths of conditions, rows of tables.
  package var total: Share {
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

  var count: Share {
    Share(reached: possible.count - missing.count, possible: possible.count)
  }
}

extension ConditionCoverage {
  var missing: [Truth] { possible.filter { reached[$0] == nil } }

  var count: Share {
    Share(reached: possible.count - missing.count, possible: possible.count)
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
  var count: Share {
    Share(reached: rows.count { $0 > 0 }, possible: rows.count)
  }
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
