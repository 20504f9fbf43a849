import WenzeSemantics
import WenzeSyntax

extension Term {
  /// Whether some document may leave the term open; false only where none can.
  ///
  /// The keys are the slots of those of a group, which are known: what has no key is in no group.
  func mayBeUnknown(in ruleSet: RuleSet, keys: Set<Int> = []) -> Bool {
    func may(_ terms: Term...) -> Bool {
      terms.contains { $0.mayBeUnknown(in: ruleSet, keys: keys) }
    }
    switch kind {
    case .constant, .document, .today, .isKnown: return false
    case .variable(let slot): return !keys.contains(slot)
    // Of a date that is not known to the day, a parameter may have two values.
    case .parameter(let number): return !ruleSet.parameters[number].dated.isEmpty
    // A recorded date may be one of a month or a year, which leaves comparisons open.
    case .recorded: return type == .date
    case .isPresent(let operand):
      if case .recorded = operand.kind { return false }
      return may(operand)
    case .not(let operand), .whole(let operand), .aggregate(.count, let operand),
      .year(let operand), .attribute(let operand, _):
      return may(operand)
    case .and(let terms), .or(let terms):
      return terms.contains { $0.mayBeUnknown(in: ruleSet, keys: keys) }
    case .arithmetic(.divide, let left, let right):
      // Nothing is known of what is divided by 0.
      if case .constant = right.kind { return may(left) }
      return true
    case .compare(_, let left, let right), .member(let left, let right),
      .arithmetic(_, let left, let right), .difference(let left, let right),
      .similarity(let left, let right), .exists(_, let left, let right):
      return may(left, right)
    case .select(_, let list, let condition, let result):
      return may(list) || condition.map { may($0) } ?? false || result.map { may($0) } ?? false
    case .figure(let function, _, _):
      // Numbers of elements are known, and a sum over none is 0.
      return ![Function.count, .distinct, .sum].contains(function)
    default: return true
    }
  }
}
