import WenzeEngine
package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// A document in which a rule looks up a table with arguments; nil where none was found.
///
/// The interpreter has confirmed that it does.
package func exampleOfLookup(
  in table: Int, with arguments: [Value], of ruleSet: RuleSet, options: AnalysisOptions
) -> Example? {
  for rule in ruleSet.rules where rule.aggregation == nil {
    let terms = rule.applies + rule.exceptions.map(\.condition) + [rule.requirement]
    for term in terms.flatMap(\.descendants) {
      guard case .lookup(table, let asked) = term.kind, asked.count == arguments.count else {
        continue
      }
      let condition = Term(
        .and(
          zip(asked, arguments).map { argument, value in
            Term(
              .compare(.equal, argument, Term(.constant(value), argument.type, at: term.origin)),
              .boolean, at: term.origin)
          }), .boolean, at: term.origin)
      if let example = exampleOf(condition, standingAt: term, in: rule, of: ruleSet, options) {
        return example
      }
    }
  }
  return nil
}

/// A document in which a condition holds, over the variables that are bound where a part of a rule
/// stands; the interpreter has confirmed that it does.
func exampleOf(
  _ condition: Term, standingAt part: Term, in rule: Rule, of ruleSet: RuleSet,
  _ options: AnalysisOptions
) -> Example? {
  let conditions = rule.applies + rule.exceptions.map(\.condition) + [rule.requirement]
  guard let inner = conditions.lazy.compactMap({ $0.binders(around: part) }).first else {
    return nil
  }
  let binders = rule.scopes.map { Binder(slot: $0.slot, list: $0.list) } + inner
  let whole = binders.reversed().reduce(condition) { condition, binder in
    Term(
      .exists(slot: binder.slot, in: binder.list, where: condition), .boolean, at: condition.origin)
  }
  let answers = answers(to: whole, over: rule.dossier, of: ruleSet, options: options)
  guard let example = answers.examples[.yes], let document = example.document(in: ruleSet) else {
    return nil
  }
  var evaluator = TermEvaluator(ruleSet: ruleSet, document: document, today: options.today)
  return evaluator.value(of: whole).truth == .yes ? example : nil
}

/// A variable over a list.
private struct Binder {
  var slot: Int
  var list: Term
}

extension Term {
  /// The variables that are bound on the way to a part, from the outside; nil where it is no part.
  fileprivate func binders(around part: Term) -> [Binder]? {
    if self == part { return [] }
    for subterm in subterms {
      guard let inner = subterm.binders(around: part) else { continue }
      switch kind {
      case .exists(let slot, let list, let condition) where subterm == condition:
        return [Binder(slot: slot, list: list)] + inner
      case .select(let slot, let list, _, _) where subterm != list:
        return [Binder(slot: slot, list: list)] + inner
      default: return inner
      }
    }
    return nil
  }
}
