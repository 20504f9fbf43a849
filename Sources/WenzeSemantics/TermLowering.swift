import WenzeModel
import WenzeSyntax

// Expressions become terms: names are resolved, types checked, sugar taken apart.

extension RuleSetBuilder {
  /// Lowers an expression.
  ///
  /// The wanted type is what the surroundings want; it settles which enum a bare value belongs to,
  /// and is not checked here.
  mutating func lower(
    _ expression: Expression, expecting wanted: ValueType? = nil, in scope: inout TermScope
  ) -> Term {
    let range = expression.range
    switch expression.kind {
    case .literal(let literal):
      return lower(literal, expecting: wanted, at: range, in: scope)
    case .name(let name):
      return lower(name, expecting: wanted, in: &scope)
    case .member(let base, let member):
      return lowerMember(base, member, at: range, in: &scope)
    case .lookup(let name, let arguments):
      return lowerLookup(name, arguments, at: range, in: &scope)
    case .call(let name, let arguments):
      return lowerCall(name, arguments, expecting: wanted, at: range, in: &scope)
    case .collection(let elements):
      return lowerCollection(elements, expecting: wanted, at: range, in: &scope)
    case .unary(let operation, let operand):
      return lowerUnary(operation, operand, at: range, in: &scope)
    case .binary(let operation, let left, let right):
      return lowerBinary(operation, left, right, expecting: wanted, at: range, in: &scope)
    case .known(let operand, let negated):
      let known = Term(
        .isKnown(lower(operand, in: &scope)), .boolean, at: scope.origin(range))
      return negated ? Term(.not(known), .boolean, at: scope.origin(range)) : known
    case .within(let date, let anchor, let duration, let direction):
      return lowerWithin(date, anchor, duration, direction, at: range, in: &scope)
    case .quantified(let quantifier, let binder, let condition):
      return lowerQuantified(quantifier, binder, condition, at: range, in: &scope)
    case .missing:
      return unknownTerm(at: range, in: scope)
    }
  }

  /// Lowers an expression that must be a condition.
  mutating func lowerCondition(_ expression: Expression, in scope: inout TermScope) -> Term {
    let term = lower(expression, expecting: .boolean, in: &scope)
    require(.boolean, of: term, in: scope)
    return term
  }
}

// MARK: - Literals and names

extension RuleSetBuilder {
  private mutating func lower(
    _ literal: Literal, expecting wanted: ValueType?, at range: SourceRange, in scope: TermScope
  ) -> Term {
    let origin = scope.origin(range)
    switch literal.kind {
    case .integer:
      if let value = Int(literal.text), value < 1 << 40 {
        return Term(.constant(.integer(value)), .integer, at: origin)
      }
    case .decimal, .percent:
      if let value = FixedDecimal(text: literal.text) {
        return Term(.constant(.decimal(value)), .decimal, at: origin)
      }
    case .date:
      if let value = CalendarDate(text: literal.text) {
        return Term(.constant(.date(value)), .date, at: origin)
      }
      report(.invalidDate(literal.text, at: range), in: scope)
      return unknownTerm(at: range, in: scope)
    case .duration:
      if let value = CalendarDuration(text: literal.text) {
        return Term(.constant(.duration(value)), .duration, at: origin)
      }
    case .text:
      return Term(.constant(.text(literal.text)), .text, at: origin)
    case .boolean(let value):
      return Term(.constant(.boolean(value)), .boolean, at: origin)
    case .nothing:
      // An enum may have a value of this very name.
      if let entry = entry(literal.text, expecting: wanted, at: range, in: scope) { return entry }
      return Term(.constant(.none), .nothing, at: origin)
    }
    report(.numberOutOfRange(literal.text, at: range), in: scope)
    return unknownTerm(at: range, in: scope)
  }

  /// The enum value that a word names where one is wanted.
  private func entry(
    _ word: String, expecting wanted: ValueType?, at range: SourceRange, in scope: TermScope
  ) -> Term? {
    let type = wanted?.element ?? wanted
    guard case .enumeration(let index) = type,
      let entry = ruleSet.enums[index].bySpelling[word]
    else { return nil }
    return Term(
      .constant(.symbol(enumeration: index, entry: entry)), .enumeration(index),
      at: scope.origin(range))
  }

  private mutating func lower(
    _ name: Identifier, expecting wanted: ValueType?, in scope: inout TermScope
  ) -> Term {
    if let entry = entry(name.text, expecting: wanted, at: name.range, in: scope) { return entry }
    if let term = lowerKnownName(name, in: &scope) { return term }
    reportUnknownName(name, expecting: wanted, in: scope)
    return unknownTerm(at: name.range, in: scope)
  }

  /// Whether a name stands for something without help from its surroundings.
  private func isKnownName(_ name: Identifier, in scope: TermScope) -> Bool {
    if scope.bindings[name.text] != nil { return true }
    switch Keyword(name.text) {
    case .asOf, .today: return true
    default: break
    }
    if let record = scope.record, ruleSet.records[record].bySpelling[name.text] != nil {
      return true
    }
    switch meaning(of: name.text, in: .values, from: scope.site.pack) {
    case .set, .parameter, .define: return true
    default: return false
    }
  }

  /// Lowers a name that stands for something without help from its surroundings.
  private mutating func lowerKnownName(_ name: Identifier, in scope: inout TermScope) -> Term? {
    let origin = scope.origin(name.range)
    if var bound = scope.bindings[name.text] {
      bound.origin = origin
      return bound
    }
    switch Keyword(name.text) {
    case .asOf: return Term(.asOf, .date, at: origin)
    case .today: return Term(.today, .date, at: origin)
    default: break
    }
    if let record = scope.record, let number = ruleSet.records[record].bySpelling[name.text] {
      let document = Term(.document, .record(record), at: origin)
      return Term(
        .field(document, number), ruleSet.records[record].fields[number].type, at: origin)
    }
    switch meaning(of: name.text, in: .values, from: scope.site.pack) {
    case .set(let index):
      let set = sets[index]
      let members = set.members.map { entry in
        Fact(.symbol(enumeration: set.enumeration, entry: entry), at: nil)
      }
      return Term(
        .constant(.list(FactList(members, isOpen: false))), .list(.enumeration(set.enumeration)),
        at: origin)
    case .parameter(let index):
      return Term(.parameter(index), ruleSet.parameters[index].type, at: origin)
    case .define(let index):
      return expand(index, arguments: [], at: name, in: &scope)
    default:
      return nil
    }
  }

  private mutating func reportUnknownName(
    _ name: Identifier, expecting wanted: ValueType?, in scope: TermScope
  ) {
    if case .table = meaning(of: name.text, in: .values, from: scope.site.pack) {
      report(.tableWithoutArguments(name), in: scope)
      return
    }
    var known = Array(scope.bindings.keys)
    var what = Bilingual("字段、定义或者值", "a field, a definition or a value")
    if case .enumeration(let index) = wanted?.element ?? wanted ?? .unknown {
      known += ruleSet.enums[index].bySpelling.keys
      what = Bilingual(
        "“\(ruleSet.enums[index].name.chinese)”的值",
        "a value of `\(ruleSet.enums[index].name.english)`")
    }
    if let record = scope.record { known += ruleSet.records[record].bySpelling.keys }
    known += names.spellings(in: .values, visible: packs[scope.site.pack].visible)
    report(.unknownName(name, what: what, known: known.sorted()), in: scope)
  }

  private mutating func lowerMember(
    _ base: Expression, _ member: Identifier, at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    if case .name(let name) = base.kind, scope.bindings[name.text] == nil {
      if let qualified = lowerQualified(name, member, at: range, in: scope) { return qualified }
    }
    let base = lower(base, in: &scope)
    return lowerMember(of: base, member, at: range, in: &scope)
  }

  /// Lowers `问责方式.检查` or `参数.名`.
  private mutating func lowerQualified(
    _ name: Identifier, _ member: Identifier, at range: SourceRange, in scope: TermScope
  ) -> Term? {
    if Keyword(name.text) == .parameter,
      case .parameter(let index) = meaning(of: member.text, in: .values, from: scope.site.pack)
    {
      return Term(.parameter(index), ruleSet.parameters[index].type, at: scope.origin(range))
    }
    let isField = scope.record.map { ruleSet.records[$0].bySpelling[name.text] != nil } ?? false
    guard !isField,
      case .enumeration(let index) = meaning(of: name.text, in: .types, from: scope.site.pack)
    else { return nil }
    return entry(member.text, expecting: .enumeration(index), at: range, in: scope)
  }

  private mutating func lowerMember(
    of base: Term, _ member: Identifier, at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    switch base.type {
    case .record(let record):
      if let number = ruleSet.records[record].bySpelling[member.text] {
        return Term(
          .field(base, number), ruleSet.records[record].fields[number].type, at: origin)
      }
      report(
        .unknownName(
          member,
          what: Bilingual(
            "“\(ruleSet.records[record].name.chinese)”的字段",
            "a field of `\(ruleSet.records[record].name.english)`"),
          known: ruleSet.records[record].bySpelling.keys.sorted()), in: scope)
    case .list(let element):
      // A path goes through a list to each of its elements.
      let slot = scope.nextSlot
      scope.nextSlot += 1
      let variable = Term(.variable(slot), element, at: base.origin)
      let result = lowerMember(of: variable, member, at: range, in: &scope)
      if case .unknown = result.type { return result }
      // Lists that the elements hold are joined into one.
      let joined = result.type.element ?? result.type
      return Term(
        .select(slot: slot, in: base, where: nil, take: result), .list(joined), at: origin)
    case .enumeration(let index):
      if Keyword(member.text) == .catchAll {
        return Term(.attribute(base, nil), .boolean, at: origin)
      }
      let known = Set(ruleSet.enums[index].entries.flatMap(\.attributes.keys))
      if known.contains(member.text) {
        return Term(.attribute(base, member.text), .text, at: origin)
      }
      report(
        .unknownName(
          member,
          what: Bilingual(
            "“\(ruleSet.enums[index].name.chinese)”的属性",
            "an attribute of `\(ruleSet.enums[index].name.english)`"), known: known.sorted()),
        in: scope)
    case .unknown:
      break
    default:
      report(.noFields(text(of: base.type), at: member.range), in: scope)
    }
    return unknownTerm(at: range, in: scope)
  }

  private mutating func lowerCollection(
    _ elements: [Expression], expecting wanted: ValueType?, at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    var elementType = wanted?.element
    var facts: [Fact] = []
    for element in elements {
      let term = lower(element, expecting: elementType, in: &scope)
      if let elementType {
        require(elementType, of: term, in: scope)
      } else {
        elementType = term.type
      }
      switch term.kind {
      case .constant(.list(let set)): facts += set.elements
      case .constant(let value): facts.append(Fact(value, at: nil))
      default: report(.notConstant(at: element.range), in: scope)
      }
    }
    return Term(
      .constant(.list(FactList(facts, isOpen: false))), .list(elementType ?? .unknown),
      at: scope.origin(range))
  }
}

// MARK: - Operators

extension RuleSetBuilder {
  private mutating func lowerUnary(
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

  private mutating func lowerBinary(
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
  private mutating func lowerWithin(
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

// MARK: - Binders

extension RuleSetBuilder {
  /// Lowers the list that a variable runs over, and gives the variable its slot.
  mutating func lowerBinder(
    _ binder: Expression.Binder, in scope: inout TermScope
  ) -> (slot: Int, list: Term) {
    let list = lower(binder.list, in: &scope)
    var element = list.type.element ?? .unknown
    if list.type.element == nil, list.type != .unknown {
      report(.notACollection(text(of: list.type), at: binder.list.range), in: scope)
      element = .unknown
    }
    return (scope.bind(binder.variable, to: element), list)
  }

  private mutating func lowerQuantified(
    _ quantifier: Expression.Quantifier, _ binder: Expression.Binder, _ condition: Expression?,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let origin = scope.origin(range)
    var inner = scope
    let (slot, list) = lowerBinder(binder, in: &inner)
    var body = Term(.constant(.boolean(true)), .boolean, at: origin)
    if let condition { body = lowerCondition(condition, in: &inner) }
    scope.nextSlot = inner.nextSlot
    switch quantifier {
    case .exists:
      return Term(.exists(slot: slot, in: list, where: body), .boolean, at: origin)
    case .notExists:
      let exists = Term(.exists(slot: slot, in: list, where: body), .boolean, at: origin)
      return Term(.not(exists), .boolean, at: origin)
    case .every:
      let counter = Term(
        .exists(slot: slot, in: list, where: Term(.not(body), .boolean, at: body.origin)),
        .boolean, at: origin)
      return Term(.not(counter), .boolean, at: origin)
    }
  }
}

extension Diagnostic {
  fileprivate static func numberOutOfRange(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "E0106", .error,
      Bilingual(
        "数“\(text)”太大，或者小数超过六位", "the number `\(text)` is too large, or has more than six decimals"),
      at: range)
  }

  fileprivate static func tableWithoutArguments(_ name: Identifier) -> Self {
    Diagnostic(
      "E0321", .error,
      Bilingual("表“\(name.text)”要带参数查", "the table `\(name.text)` is looked up with arguments"),
      at: name.range,
      notes: [Bilingual("写作“\(name.text)[甲, 乙]”", "write `\(name.text)[a, b]`")])
  }

  fileprivate static func noFields(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0323", .error,
      Bilingual("“\(type.chinese)”没有字段", "`\(type.english)` has no fields"), at: range)
  }

  fileprivate static func notConstant(at range: SourceRange) -> Self {
    Diagnostic(
      "E0324", .error, Bilingual("这里只能写常量", "only constants stand here"), at: range)
  }

  fileprivate static func elseOutsideAsOf(at range: SourceRange) -> Self {
    Diagnostic(
      "E0325", .error, Bilingual("“否则”只用在“时点”里", "`else` stands only in `as_of`"), at: range)
  }

  fileprivate static func incomparable(
    _ left: Bilingual, _ leftRange: SourceRange, _ right: Bilingual, _ rightRange: SourceRange
  ) -> Self {
    Diagnostic(
      "E0326", .error,
      Bilingual(
        "“\(left.chinese)”和“\(right.chinese)”不能比较",
        "`\(left.english)` and `\(right.english)` cannot be compared"), at: rightRange,
      label: Bilingual("“\(right.chinese)”", "`\(right.english)`"),
      related: [
        Label(Bilingual("“\(left.chinese)”", "`\(left.english)`"), at: leftRange)
      ])
  }

  fileprivate static func recordsCompared(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0322", .error,
      Bilingual("“\(type.chinese)”不能整个比较", "`\(type.english)` cannot be compared as a whole"),
      at: range, notes: [Bilingual("比较它的字段", "compare its fields")])
  }

  fileprivate static func unordered(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0327", .error,
      Bilingual("“\(type.chinese)”没有大小", "`\(type.english)` has no order"), at: range,
      notes: [Bilingual("枚举加上“有序”才能比大小", "an enum has an order if it is declared `ordered`")])
  }

  fileprivate static func notACollection(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0328", .error,
      Bilingual("“\(type.chinese)”不是列表或者集合", "`\(type.english)` is not a list or a set"), at: range)
  }

  fileprivate static func noArithmetic(
    _ left: Bilingual, _ leftRange: SourceRange, _ right: Bilingual, _ rightRange: SourceRange,
    at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0329", .error,
      Bilingual(
        "“\(left.chinese)”和“\(right.chinese)”不能这样运算",
        "there is no such arithmetic of `\(left.english)` and `\(right.english)`"), at: range,
      notes: [
        Bilingual(
          "可以：数与数、日期±期限、日期－日期（得天数）",
          "possible: numbers, date ± duration, date − date (in days)")
      ])
  }
}
