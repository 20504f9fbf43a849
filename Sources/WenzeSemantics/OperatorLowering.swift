import WenzeModel
import WenzeSyntax

// Operators: what they want of their sides, and the few forms of term that they come to.

extension RuleSetBuilder {
  mutating func lowerUnary(
    _ operation: Expression.UnaryOperator, _ operand: Expression, at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    switch operation {
    case .not:
      return Term(.not(lowerCondition(operand, in: &scope)), .boolean, at: origin)
    case .has:
      return Term(.isPresent(lower(operand, in: &scope)), .boolean, at: origin)
    case .hasNo:
      let present = Term(.isPresent(lower(operand, in: &scope)), .boolean, at: origin)
      return Term(.not(present), .boolean, at: origin)
    case .recorded:
      let term = lower(operand, in: &scope)
      return Term(.recorded(term), term.type, at: origin)
    case .negate:
      let term = lower(operand, in: &scope)
      requireNumber(term, in: scope)
      let zero = Term(.constant(.integer(0)), .integer, at: origin)
      return Term(.arithmetic(.subtract, zero, term), term.type, at: origin)
    }
  }

  private mutating func requireNumber(_ term: Term, in scope: TermScope) {
    guard !term.type.isNumber else { return }
    report(
      .typeMismatch(
        found: text(of: term.type), wanted: Bilingual("数", "number"), at: term.origin.range),
      in: scope)
  }

  mutating func lowerBinary(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    expecting wanted: ValueType?, at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    switch operation {
    case .and, .or:
      let terms = operands(of: operation, Expression(.binary(operation, left, right), at: range))
        .map { lowerCondition($0, in: &scope) }
      return Term(operation == .and ? .and(terms) : .or(terms), .boolean, at: origin)
    case .orElse:
      if !scope.allowsElse { report(.elseOutsideAsOf(at: range), in: scope) }
      let terms = operands(of: operation, Expression(.binary(operation, left, right), at: range))
        .map { lower($0, expecting: wanted, in: &scope) }
      for term in terms.dropFirst() { require(terms[0].type, of: term, in: scope) }
      return Term(.firstKnown(terms), terms[0].type, at: origin)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return lowerComparison(operation, left, right, at: range, in: &scope)
    case .before, .after, .notBefore, .notAfter, .precedes:
      let (left, right) = (
        lower(left, expecting: .date, in: &scope), lower(right, expecting: .date, in: &scope)
      )
      require(.date, of: left, in: scope)
      require(.date, of: right, in: scope)
      let (comparison, isSwapped): (Term.Comparison, Bool) =
        switch operation {
        case .before: (.less, false)
        case .after: (.less, true)
        case .notAfter: (.lessOrEqual, false)
        case .notBefore: (.lessOrEqual, true)
        default: (.precedes, false)
        }
      return Term(
        isSwapped ? .compare(comparison, right, left) : .compare(comparison, left, right),
        .boolean, at: origin)
    case .memberOf, .notMemberOf, .contains:
      let (element, collection) = operation == .contains ? (right, left) : (left, right)
      let member = lowerMembership(element, collection, at: range, in: &scope)
      return operation == .notMemberOf ? Term(.not(member), .boolean, at: origin) : member
    case .add, .subtract, .multiply, .divide:
      return lowerArithmetic(operation, left, right, at: range, in: &scope)
    }
  }

  /// The operands of a chain of one connective, in order.
  private func operands(
    of operation: Expression.BinaryOperator, _ expression: Expression
  ) -> [Expression] {
    var operands: [Expression] = []
    var current = expression
    while case .binary(operation, let left, let right) = current.kind {
      operands.append(right)
      current = left
    }
    operands.append(current)
    return operands.reversed()
  }

  /// Lowers both sides, so that each can tell the other which enum a bare word belongs to.
  private mutating func lowerPair(
    _ left: Expression, _ right: Expression, in scope: inout TermScope
  ) -> (Term, Term) {
    if needsHelp(left, in: scope) {
      let second = lower(right, in: &scope)
      return (lower(left, expecting: second.type, in: &scope), second)
    }
    let first = lower(left, in: &scope)
    return (first, lower(right, expecting: first.type, in: &scope))
  }

  private func needsHelp(_ expression: Expression, in scope: TermScope) -> Bool {
    switch expression.kind {
    case .name(let name): !isKnownName(name, in: scope)
    case .literal(let literal): literal.kind == .nothing
    case .collection: true
    default: false
    }
  }

  private mutating func lowerComparison(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    let (left, right) = lowerPair(left, right, in: &scope)
    if operation == .equal || operation == .notEqual {
      let equal = equality(left, right, at: origin)
      if requireAgreement(left, right, in: scope), case .compare = equal.kind {
        requireEquality(left, in: scope)
      }
      return operation == .notEqual ? Term(.not(equal), .boolean, at: origin) : equal
    }
    if requireAgreement(left, right, in: scope) { requireOrder(left, in: scope) }
    return switch operation {
    case .less: Term(.compare(.less, left, right), .boolean, at: origin)
    case .lessOrEqual: Term(.compare(.lessOrEqual, left, right), .boolean, at: origin)
    case .greater: Term(.compare(.less, right, left), .boolean, at: origin)
    default: Term(.compare(.lessOrEqual, right, left), .boolean, at: origin)
    }
  }

  /// `x = 无` asks whether x exists; everything else compares values.
  private func equality(_ left: Term, _ right: Term, at origin: Origin) -> Term {
    if case .constant(.none) = right.kind {
      return Term(.not(Term(.isPresent(left), .boolean, at: origin)), .boolean, at: origin)
    }
    if case .constant(.none) = left.kind {
      return Term(.not(Term(.isPresent(right), .boolean, at: origin)), .boolean, at: origin)
    }
    return Term(.compare(.equal, left, right), .boolean, at: origin)
  }

  @discardableResult
  private mutating func requireAgreement(
    _ left: Term, _ right: Term, in scope: TermScope
  ) -> Bool {
    if left.type.agrees(with: right.type) { return true }
    report(
      .incomparable(
        text(of: left.type), left.origin.range, text(of: right.type), right.origin.range),
      in: scope)
    return false
  }

  /// Reports records, of which only fields can be compared.
  private mutating func requireEquality(_ term: Term, in scope: TermScope) {
    var type = term.type
    while let element = type.element { type = element }
    if case .record = type {
      report(.recordsCompared(text(of: term.type), at: term.origin.range), in: scope)
    }
  }

  private mutating func requireOrder(_ term: Term, in scope: TermScope) {
    switch term.type {
    case .integer, .decimal, .date, .duration, .unknown, .nothing: return
    case .enumeration(let index) where ruleSet.enums[index].isOrdered: return
    default: report(.unordered(text(of: term.type), at: term.origin.range), in: scope)
    }
  }

  private mutating func lowerMembership(
    _ element: Expression, _ collection: Expression, at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    // `x 属于 枚举名` asks whether the enum, or the list in force, has the entry.
    if case .name(let name) = collection.kind, !isKnownName(name, in: scope),
      case .enumeration(let index) = meaning(of: name.text, in: .types, from: scope.site.pack)
    {
      uses.useWhole(index)
      let term = lower(element, expecting: .enumeration(index), in: &scope)
      require(.enumeration(index), of: term, in: scope)
      return Term(.listed(term, index), .boolean, at: origin)
    }
    let member: Term
    let list: Term
    if needsHelp(element, in: scope) {
      list = lower(collection, in: &scope)
      member = lower(element, expecting: list.type.element, in: &scope)
    } else {
      member = lower(element, in: &scope)
      list = lower(collection, expecting: .list(member.type), in: &scope)
    }
    guard let elementType = list.type.element ?? (list.type == .unknown ? .unknown : nil) else {
      report(.notACollection(text(of: list.type), at: collection.range), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    if !member.type.agrees(with: elementType) {
      report(
        .incomparable(
          text(of: member.type), member.origin.range, text(of: list.type), list.origin.range),
        in: scope)
    }
    return Term(.member(member, of: list), .boolean, at: origin)
  }

  private mutating func lowerArithmetic(
    _ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let (left, right) = (lower(left, in: &scope), lower(right, in: &scope))
    let kind: Term.Arithmetic =
      switch operation {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      default: .divide
      }
    let type: ValueType
    switch (left.type, kind, right.type) {
    case (.unknown, _, _), (_, _, .unknown): type = .unknown
    case (.date, .add, .duration), (.date, .subtract, .duration): type = .date
    case (.date, .subtract, .date): type = .integer
    case (.integer, .add, .integer), (.integer, .subtract, .integer),
      (.integer, .multiply, .integer):
      type = .integer
    case (let left, _, let right) where left.isNumber && right.isNumber: type = .decimal
    default:
      report(
        .noArithmetic(
          text(of: left.type), left.origin.range, text(of: right.type), right.origin.range,
          at: range), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    return Term(.arithmetic(kind, left, right), type, at: scope.origin(range))
  }

  /// `x 在 y 后 d 内`: not before y, and not after y + d.
  mutating func lowerWithin(
    _ date: Expression, _ anchor: Expression, _ duration: Expression,
    _ direction: Expression.Direction, at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let date = lower(date, expecting: .date, in: &scope)
    let anchor = lower(anchor, expecting: .date, in: &scope)
    let duration = lower(duration, expecting: .duration, in: &scope)
    require(.date, of: date, in: scope)
    require(.date, of: anchor, in: scope)
    require(.duration, of: duration, in: scope)
    let origin = scope.origin(range)
    let isAfter = direction == .after
    let limit = Term(
      .arithmetic(isAfter ? .add : .subtract, anchor, duration), .date, at: anchor.origin)
    let (first, last) = isAfter ? (anchor, limit) : (limit, anchor)
    return Term(
      .and([
        Term(.compare(.lessOrEqual, first, date), .boolean, at: origin),
        Term(.compare(.lessOrEqual, date, last), .boolean, at: origin),
      ]), .boolean, at: origin)
  }
}
