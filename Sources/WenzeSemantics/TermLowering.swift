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
  private mutating func entry(
    _ word: String, expecting wanted: ValueType?, at range: SourceRange, in scope: TermScope
  ) -> Term? {
    let type = wanted?.element ?? wanted
    guard case .enumeration(let index) = type,
      let entry = ruleSet.enums[index].bySpelling[word]
    else { return nil }
    uses.use(entry: entry, of: index)
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
  func isKnownName(_ name: Identifier, in scope: TermScope) -> Bool {
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
      uses.use(.set(index))
      let set = sets[index]
      let members = set.members.map { entry in
        Fact(.symbol(enumeration: set.enumeration, entry: entry), at: nil)
      }
      return Term(
        .constant(.list(FactList(members, isOpen: false))), .list(.enumeration(set.enumeration)),
        at: origin)
    case .parameter(let index):
      uses.use(.parameter(index))
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
    if let other = otherPopulation, isKnownName(name, in: other.element) {
      report(.otherPopulation(name, isBeside: other.isBeside), in: scope)
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
      uses.use(.parameter(index))
      return Term(.parameter(index), ruleSet.parameters[index].type, at: scope.origin(range))
    }
    let isField = scope.record.map { ruleSet.records[$0].bySpelling[name.text] != nil } ?? false
    guard !isField,
      case .enumeration(let index) = meaning(of: name.text, in: .types, from: scope.site.pack)
    else { return nil }
    uses.use(.enumeration(index))
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
      uses.useWhole(index)
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
    if let condition {
      body = lowerCondition(condition, in: &inner)
      noteVariable(binder.variable, slot, in: [body], scope)
    }
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
