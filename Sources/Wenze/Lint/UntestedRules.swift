import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Finds rules without a test that gives a violation, one that gives compliance, and one that
/// gives undetermined.
///
/// A rule that is declared once for each of several laws is one rule. One that asks only what is
/// recorded is never undetermined. Whether the tests pass is for `wenze test` to say.
func findUntestedRules(in subject: LintSubject) -> [LintFinding] {
  let ruleSet = subject.ruleSet
  var tested: [String: Set<TestDeclaration.VerdictSyntax>] = [:]
  for expectation in ruleSet.tests.flatMap(\.expectations) {
    switch expectation.kind {
    case .verdict(let code, let verdict, _, _, _): tested[code, default: []].insert(verdict)
    case .only(let codes): for code in codes { tested[code, default: []].insert(.violation) }
    }
  }
  var seen: Set<String> = []
  return ruleSet.rules.compactMap { rule in
    guard seen.insert(rule.code).inserted, !rule.isDisabled else { return nil }
    let declarations = ruleSet.rules.filter { $0.code == rule.code }
    var wanted: [(TestDeclaration.VerdictSyntax, Verdict)] = [
      (.violation, .violation), (.compliant, .compliant),
    ]
    if declarations.contains(where: \.canBeUndetermined) {
      wanted.append((.undetermined, .undetermined))
    }
    let missing = wanted.filter { !(tested[rule.code]?.contains($0.0) ?? false) }.map(\.1.name)
    guard !missing.isEmpty else { return nil }
    return LintFinding(.untested(rule, missing), in: rule.origin.source)
  }
}

extension Rule {
  /// Whether some document leaves the verdict open.
  fileprivate var canBeUndetermined: Bool {
    let conditions = applies + exceptions.map(\.condition) + [requirement]
    // Elements that are not counted for want of a fact leave a figure open.
    let countsAll = aggregation.map { $0.filters.isEmpty && scopes.isEmpty } ?? false
    return conditions.contains { condition in
      condition.canBeUnknown { summary in
        countsAll && aggregation?.summaries[summary].kind == .size
      }
    } || scopes.contains { $0.list.canBeUnknown { _ in false } }
  }
}

extension Term {
  /// Whether the value is unknown for some document; figures of groups that never are, are given.
  fileprivate func canBeUnknown(isKnownFigure: (Int) -> Bool) -> Bool {
    switch kind {
    case .constant(let value): value == .unknown
    case .today, .parameter, .isKnown, .recorded: false
    case .figure(_, let summary, _): !isKnownFigure(summary)
    case .not, .and, .or, .compare, .member, .arithmetic, .difference:
      subterms.contains { $0.canBeUnknown(isKnownFigure: isKnownFigure) }
    default: true
    }
  }
}

extension Diagnostic {
  fileprivate static func untested(_ rule: Rule, _ missing: [Bilingual]) -> Self {
    let verdicts = Bilingual(
      missing.map(\.chinese).joined(separator: "、"),
      missing.map(\.english).joined(separator: ", "))
    return Diagnostic(
      "L0401", .warning,
      Bilingual(
        "“\(rule.code)”没有这些结论的测试：\(verdicts.chinese)",
        "`\(rule.code)` has no test for: \(verdicts.english)"),
      at: rule.origin.range,
      notes: [
        Bilingual(
          "写一个“测试”，以“期望 \(rule.code) \(missing[0].chinese)”结尾",
          "add a `test` that ends with `expect \(rule.code) \(missing[0].english)`")
      ])
  }
}
