import WenzeModel
import WenzeSyntax

// Functions, definitions and tables.

extension RuleSetBuilder {
  mutating func lowerCall(
    _ name: Identifier, _ arguments: Expression.Arguments, expecting wanted: ValueType?,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    if case .define(let index) = meaning(of: name.text, in: .values, from: scope.site.pack) {
      guard case .list(let expressions) = arguments else {
        report(.wrongArguments(name, wanted: defines[index].arguments.count), in: scope)
        return unknownTerm(at: range, in: scope)
      }
      var term = expand(index, arguments: expressions, at: name, in: &scope)
      term.origin = scope.origin(range)
      return term
    }
    guard let function = Function(word: name.text) else {
      let known =
        Function.allCases.flatMap { [$0.chinese, $0.rawValue] }
        + names.spellings(in: .values, visible: packs[scope.site.pack].visible)
      report(
        .unknownName(name, what: Bilingual("函数或者定义", "a function or a definition"), known: known),
        in: scope)
      return unknownTerm(at: range, in: scope)
    }
    if let term = lowerFigure(function, name, arguments, at: range, in: &scope) { return term }
    switch function {
    case .count, .distinct, .sum, .earliest, .latest, .max, .min, .mode:
      return lowerAggregate(function, name, arguments, at: range, in: &scope)
    case .all:
      return lowerAll(name, arguments, at: range, in: &scope)
    case .year:
      guard let term = lowerArguments(name, arguments, [.date], in: &scope)?.first else { break }
      return Term(.year(term), .integer, at: scope.origin(range))
    case .similarity:
      guard let terms = lowerArguments(name, arguments, [.text, .text], in: &scope) else { break }
      return Term(.similarity(terms[0], terms[1]), .decimal, at: scope.origin(range))
    case .difference:
      return lowerDifference(name, arguments, expecting: wanted, at: range, in: &scope)
    case .poissonBound:
      guard let terms = lowerArguments(name, arguments, [.decimal, .decimal], in: &scope)
      else { break }
      return Term(
        .poissonBound(mean: terms[0], level: terms[1]), .integer, at: scope.origin(range))
    default:
      report(.onlyOverGroups(name), in: scope)
    }
    return unknownTerm(at: range, in: scope)
  }

  /// Lowers the arguments of a function, or nil after saying that their number is wrong.
  mutating func lowerArguments(
    _ name: Identifier, _ arguments: Expression.Arguments, _ types: [ValueType],
    in scope: inout TermScope
  ) -> [Term]? {
    guard case .list(let expressions) = arguments, expressions.count == types.count else {
      report(.wrongArguments(name, wanted: types.count), in: scope)
      return nil
    }
    return zip(expressions, types)
      .map { expression, type in
        let term = lower(expression, expecting: type, in: &scope)
        require(type, of: term, in: scope)
        return term
      }
  }

  private mutating func lowerDifference(
    _ name: Identifier, _ arguments: Expression.Arguments, expecting wanted: ValueType?,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    guard case .list(let expressions) = arguments, expressions.count == 2 else {
      report(.wrongArguments(name, wanted: 2), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    let left = lower(expressions[0], expecting: wanted, in: &scope)
    let right = lower(expressions[1], expecting: left.type, in: &scope)
    for (term, expression) in [(left, expressions[0]), (right, expressions[1])]
    where term.type.element == nil && term.type != .unknown {
      report(
        .typeMismatch(
          found: text(of: term.type), wanted: Bilingual("集合", "set"), at: expression.range),
        in: scope)
    }
    require(left.type, of: right, in: scope)
    return Term(.difference(left, right), left.type, at: scope.origin(range))
  }

  /// Lowers `全部(枚举名)`, `全部(日期)` or `全部(x 于 L 使 c 取 y)`.
  private mutating func lowerAll(
    _ name: Identifier, _ arguments: Expression.Arguments, at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    if case .comprehension(let binder, let condition, let result) = arguments {
      return lowerSelection(binder, where: condition, take: result, at: range, in: &scope)
    }
    guard case .list(let expressions) = arguments, expressions.count == 1,
      case .name(let argument) = expressions[0].kind
    else {
      report(.wrongArguments(name, wanted: 1), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    if case .enumeration(let index) = meaning(of: argument.text, in: .types, from: scope.site.pack)
    {
      uses.useWhole(index)
      let entries = ruleSet.enums[index].entries.indices.map { entry in
        Fact(.symbol(enumeration: index, entry: entry), at: nil)
      }
      return Term(
        .constant(.list(FactList(entries, isOpen: false))), .list(.enumeration(index)),
        at: scope.origin(range))
    }
    if Keyword(argument.text) == .date {
      return Term(.allDates, .list(.date), at: scope.origin(range))
    }
    reportUnknown(argument, in: .types, what: Bilingual("枚举", "an enum"), at: scope.site)
    return unknownTerm(at: range, in: scope)
  }

  private mutating func lowerAggregate(
    _ function: Function, _ name: Identifier, _ arguments: Expression.Arguments,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    let list: Term
    switch arguments {
    case .list(let expressions):
      guard expressions.count == 1 else {
        report(.wrongArguments(name, wanted: 1), in: scope)
        return unknownTerm(at: range, in: scope)
      }
      list = lower(expressions[0], in: &scope)
    case .comprehension(let binder, let condition, let result):
      list = lowerSelection(binder, where: condition, take: result, at: range, in: &scope)
    }
    guard let element = list.type.element ?? (list.type == .unknown ? .unknown : nil) else {
      report(
        .typeMismatch(
          found: text(of: list.type), wanted: Bilingual("列表", "list"), at: list.origin.range),
        in: scope)
      return unknownTerm(at: range, in: scope)
    }
    let origin = scope.origin(range)
    switch function {
    case .count: return Term(.aggregate(.count, list), .integer, at: origin)
    case .distinct: return Term(.aggregate(.distinct, list), .integer, at: origin)
    case .mode: return Term(.aggregate(.mode, list), element, at: origin)
    case .sum:
      if !element.isNumber { report(.cannotAggregate(name, text(of: element)), in: scope) }
      return Term(.aggregate(.sum, list), element, at: origin)
    case .earliest, .latest:
      if !element.agrees(with: .date) {
        report(.cannotAggregate(name, text(of: element)), in: scope)
      }
      return Term(
        .aggregate(function == .earliest ? .least : .greatest, list), element, at: origin)
    default:
      if case .enumeration(let index) = element, !ruleSet.enums[index].isOrdered {
        report(.cannotAggregate(name, text(of: element)), in: scope)
      }
      return Term(.aggregate(function == .min ? .least : .greatest, list), element, at: origin)
    }
  }

  /// Lowers `x 于 L 使 c 取 y`: of the elements for which the condition holds, what is taken.
  private mutating func lowerSelection(
    _ binder: Expression.Binder, where condition: Expression?, take result: Expression?,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    var inner = scope
    let (slot, source) = lowerBinder(binder, in: &inner)
    let condition = condition.map { lowerCondition($0, in: &inner) }
    let result = result.map { lower($0, in: &inner) }
    noteVariable(binder.variable, slot, in: [condition, result].compactMap { $0 }, scope)
    scope.nextSlot = inner.nextSlot
    let type = result?.type ?? source.type.element ?? .unknown
    return Term(
      .select(slot: slot, in: source, where: condition, take: result), .list(type),
      at: scope.origin(range))
  }

  mutating func lowerLookup(
    _ name: Identifier, _ arguments: [Expression], at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    guard case .table(let index) = meaning(of: name.text, in: .values, from: scope.site.pack) else {
      reportUnknown(name, in: .values, what: Bilingual("表", "a table"), at: scope.site)
      return unknownTerm(at: range, in: scope)
    }
    uses.use(.table(index))
    let columns = ruleSet.tables[index].columns
    guard columns.count == arguments.count else {
      report(.wrongArguments(name, wanted: columns.count), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    let terms = zip(columns, arguments)
      .map { column, argument in
        let term = lower(argument, expecting: column.type, in: &scope)
        require(column.type, of: term, in: scope)
        return term
      }
    return Term(.lookup(index, terms), ruleSet.tables[index].result, at: scope.origin(range))
  }

  /// Puts a definition in the place of its name.
  ///
  /// Definitions are not recursive, so that this ends; problems inside were told where it stands.
  mutating func expand(
    _ index: Int, arguments: [Expression], at name: Identifier, in scope: inout TermScope
  ) -> Term {
    let define = defines[index]
    if scope.expanding.first != index { uses.use(.define(index)) }
    guard !scope.expanding.contains(index) else {
      report(.recursiveDefinition(name), in: scope)
      return unknownTerm(at: name.range, in: scope)
    }
    guard define.arguments.count == arguments.count else {
      report(.wrongArguments(name, wanted: define.arguments.count), in: scope)
      return unknownTerm(at: name.range, in: scope)
    }
    var inner = TermScope(
      site: DeclarationSite(pack: define.pack, source: define.source),
      record: scope.record ?? dossier(of: define.pack))
    for (argument, expression) in zip(define.arguments, arguments) {
      let term = lower(expression, expecting: argument.type, in: &scope)
      require(argument.type, of: term, in: scope)
      inner.bindings[argument.name.chinese] = term
      inner.bindings[argument.name.english] = term
    }
    inner.nextSlot = scope.nextSlot
    inner.isSilent = true
    inner.expanding = scope.expanding + [index]
    var term = lower(define.declaration.body, expecting: define.type, in: &inner)
    scope.nextSlot = inner.nextSlot
    term.origin = scope.origin(name.range)
    return term
  }

  /// The dossier that the rules of a pack check: the one it names, or the first it sees.
  func dossier(of pack: Int) -> Int? {
    if let name = packs[pack].declaration.dossier,
      case .record(let index) = meaning(of: name.text, in: .types, from: pack)
    {
      return index
    }
    for visible in packs[pack].visible.sorted() {
      if let named = packs[visible].declaration.dossier,
        case .record(let index) = meaning(of: named.text, in: .types, from: visible)
      {
        return index
      }
    }
    return ruleSet.records.firstIndex { $0.dossier != nil }
  }
}

extension Diagnostic {
  static func onlyOverGroups(_ name: Identifier) -> Self {
    Diagnostic(
      "E0333", .error,
      Bilingual(
        "“\(name.text)”只能用于“统计”里一组的数据",
        "`\(name.text)` is only for the figures of a group in an `aggregate`"),
      at: name.range)
  }

  static func wrongArguments(_ name: Identifier, wanted: Int) -> Self {
    Diagnostic(
      "E0330", .error,
      Bilingual("“\(name.text)”要\(wanted)个参数", "`\(name.text)` takes \(wanted) arguments"),
      at: name.range)
  }

  fileprivate static func recursiveDefinition(_ name: Identifier) -> Self {
    Diagnostic(
      "E0331", .error,
      Bilingual("定义“\(name.text)”用到了自己", "the definition `\(name.text)` uses itself"),
      at: name.range)
  }

  static func cannotAggregate(_ name: Identifier, _ type: Bilingual) -> Self {
    Diagnostic(
      "E0332", .error,
      Bilingual(
        "“\(name.text)”不能用于“\(type.chinese)”", "`\(name.text)` does not apply to `\(type.english)`"),
      at: name.range)
  }
}
