package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// Which outcomes of rules, conditions and tables the tests of packs came to.
///
/// Every number of times is a number of tests.
package struct TestCoverage: Sendable {
  /// The declarations of rules, in their order.
  package var rules: [RuleCoverage] = []
  /// The conditions, in the order in which rules come to them.
  package var conditions: [ConditionCoverage] = []
  /// The tables that conditions look up.
  package var tables: [TableCoverage] = []
}

/// The verdicts of one declaration of a rule.
package struct RuleCoverage: Sendable {
  package var origin: Origin
  package var code: String
  package var name: Bilingual
  /// The law whose interval decides when it applies, by its number.
  package var law: Int?
  /// The verdicts that it can come to.
  package var possible: [Verdict]
  package var reached: [Verdict: Int] = [:]
  /// How many tests asked it of something.
  package var tests = 0
}

/// The truths of one condition, wherever it is asked.
///
/// A condition of a definition is one, however many rules use the definition; that a rule uses it
/// is a condition of the rule.
package struct ConditionCoverage: Sendable {
  package var origin: Origin
  /// Of a procedure, whose conditions nobody wrote: the dates of two steps in their order.
  package var steps: Steps?
  /// What it belongs to.
  package var owner: Owner
  /// The truths that it can come to.
  package var possible: [Truth]
  /// The terms that were made of it, in the rules that come to it.
  package var terms: [RuleTerm] = []
  package var reached: [Truth: Int] = [:]
  /// How many tests asked it.
  package var tests = 0

  package struct Steps: Hashable, Sendable {
    package var earlier: Origin
    package var later: Origin
  }

  /// A condition as it stands in a rule.
  package struct RuleTerm: Hashable, Sendable {
    /// The number of the rule in the rule set.
    package var rule: Int
    package var term: Term
  }

  package enum Owner: Hashable, Sendable {
    /// A declaration of a rule, by its place.
    case rule(Origin)
    /// A definition, by its number in the rule set.
    case definition(Int)
  }
}

/// The rows of a table that decided.
package struct TableCoverage: Sendable {
  /// The number of the table in the rule set.
  package var number: Int
  /// How many tests each row decided in.
  package var rows: [Int]
}

extension TestCoverage {
  /// Takes out of what is possible the truths that no test reached and no document can bring about.
  ///
  /// The closure gives, for the number of a rule, the truths that each of its conditions comes to
  /// over all documents; nil where that is not known.
  package mutating func removeImpossible(by outcomes: (Int) -> [Term: Set<Truth>]?) {
    var known: [Int: [Term: Set<Truth>]?] = [:]
    for index in conditions.indices {
      let condition = conditions[index]
      guard condition.possible.contains(where: { condition.reached[$0] == nil }) else { continue }
      var truths: Set<Truth> = []
      let isDecided = condition.terms.allSatisfy { made in
        let found = known[made.rule] ?? outcomes(made.rule)
        known[made.rule] = .some(found)
        guard let possible = found?[made.term] else { return false }
        truths.formUnion(possible)
        return true
      }
      guard isDecided else { continue }
      conditions[index].possible.removeAll { truth in
        condition.reached[truth] == nil && !truths.contains(truth)
      }
    }
  }
}

extension RuleSet {
  /// What tests reach of the rules that run.
  package func coverage(of tests: [RuleTest]) -> TestCoverage {
    var run = CoverageRun(of: self)
    for test in tests { run.add(test) }
    return run.coverage
  }
}
