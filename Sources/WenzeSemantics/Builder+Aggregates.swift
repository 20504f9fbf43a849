import WenzeModel
import WenzeSyntax

// Rules over groups: what is collected of each element, and conditions over what that comes to.

/// What a group is made of, while conditions over it are lowered.
struct Population {
  /// What an expression over one element can see.
  var element: TermScope
  var summaries: [Aggregation.Summary] = []
  /// The names of the keys, for conditions over the group.
  var keys: [String: Term] = [:]
  /// Whether groups follow each other in time.
  var hasPeriod = false
  /// Whether it is what stands beside the group.
  var isBeside = false
}

extension RuleSetBuilder {
  mutating func lowerAggregate(_ syntax: AggregateDeclaration, at site: DeclarationSite) {
    let rule = syntax.frame
    guard
      let frame = lowerFrame(
        code: rule.code, dossier: rule.dossier, citations: rule.citations, asOf: rule.asOf,
        scopes: rule.scopes, applies: [], exceptions: [], naming: true, at: site),
      let (requirement, message) = judgement(of: rule, at: site)
    else { return }
    var element = frame.scope
    let filters = frame.applies + syntax.filters.map { lowerCondition($0, in: &element) }
    var aggregation = Aggregation(
      filters: filters, keys: [], summaries: [], figures: [], isEach: syntax.isEach)
    for key in syntax.keys { aggregation.keys.append(lower(key, in: &element)) }
    if let beside = syntax.beside {
      aggregation.beside = lower(beside, against: aggregation.keys, in: &element)
    }
    var scope = element
    enter(aggregation, from: &scope)
    if syntax.beside != nil, aggregation.beside == nil {
      // What is wrong with the clause was told; of what it would have collected nothing is.
      var unknown = TermScope(site: site, record: nil)
      unknown.isSilent = true
      otherPopulation = Population(element: unknown, isBeside: true)
    }
    for figure in syntax.figures {
      let value = lower(figure.value, in: &scope)
      requireNoDocument(in: [value], in: scope)
      let name = figure.name.text
      aggregation.figures.append(Aggregation.Figure(name: name, value: value))
      bind(name, to: value, in: &scope)
    }
    if aggregation.isEach { makeEach(&scope) }
    let applies = rule.applies.map { lowerCondition($0, in: &scope) }
    let exceptions = rule.exceptions.map {
      Rule.Exception(condition: lowerCondition($0, in: &scope), citations: [])
    }
    let condition = lower(requirement, in: &scope)
    let (words, fix) = (lower(message.template, in: &scope), rule.fix.map { lower($0, in: &scope) })
    requireNoDocument(
      in: applies + exceptions.map(\.condition) + [condition] + words.terms + (fix?.terms ?? []),
      in: scope)
    leave(&aggregation)
    ruleSet.rules.append(
      Rule(
        code: rule.code.text, name: rule.name.text, pack: site.pack, dossier: frame.dossier,
        citations: frame.citations, severity: message.severity, asOf: frame.asOf,
        scopes: frame.scopes, applies: applies, exceptions: exceptions, requirement: condition,
        message: words, fix: fix, documentation: rule.documentation?.text, adjustment: nil,
        origin: Origin(source: site.source, range: rule.code.range), slotCount: scope.nextSlot,
        aggregation: aggregation, isProhibition: requirement.isProhibition))
  }

  mutating func lower(
    _ key: AggregateDeclaration.Key, in scope: inout TermScope
  ) -> Aggregation.Key {
    let value = lower(key.value, in: &scope)
    switch value.type {
    case .record, .list, .nothing, .duration:
      report(.notAKey(key.name.text, text(of: value.type), at: key.value.range), in: scope)
    default: break
    }
    let slot = scope.nextSlot
    scope.nextSlot += 1
    return Aggregation.Key(name: key.name.text, slot: slot, value: value)
  }

  /// Lets expressions over a document call it by the name of its dossier.
  func bindDossier(in scope: inout TermScope) {
    guard let record = scope.record else { return }
    let type = ruleSet.records[record]
    for spelling in [type.name.chinese, type.name.english] where type.bySpelling[spelling] == nil {
      scope.bindings[spelling] = Term(
        .document, .record(record), at: scope.origin(SourceRange(0, 0)))
    }
  }

  private func bind(_ name: Bilingual, to term: Term, in scope: inout TermScope) {
    scope.bindings[name.chinese] = term
    scope.bindings[name.english] = term
  }

  /// Writes back what conditions over groups turned out to collect.
  mutating func leave(_ aggregation: inout Aggregation) {
    aggregation.summaries = population?.summaries ?? []
    aggregation.beside?.summaries = otherPopulation?.summaries ?? []
    (population, otherPopulation) = (nil, nil)
  }

  /// Makes the scope of an element that of its group: the keys, and the figures so far.
  mutating func enter(_ aggregation: Aggregation, from scope: inout TermScope) {
    bindDossier(in: &scope)
    population = Population(
      element: scope, summaries: aggregation.summaries, hasPeriod: aggregation.period != nil)
    scope.level = .group
    scope.record = nil
    scope.bindings = [:]
    for key in aggregation.keys {
      bind(
        key.name, to: Term(.variable(key.slot), key.value.type, at: key.value.origin), in: &scope)
    }
    population?.keys = scope.bindings
    otherPopulation = aggregation.beside.map { beside in
      Population(
        element: elementScope(of: beside, from: scope), summaries: beside.summaries,
        keys: scope.bindings, isBeside: true)
    }
    for figure in aggregation.figures { bind(figure.name, to: figure.value, in: &scope) }
    if aggregation.isEach { makeEach(&scope) }
  }

  /// Lets conditions over a group see an element of it.
  private func makeEach(_ scope: inout TermScope) {
    guard let element = population?.element else { return }
    scope.level = .each
    scope.record = element.record
    scope.bindings.merge(element.bindings) { ofGroup, _ in ofGroup }
  }

  /// Reports what a condition over a group reads of a document.
  mutating func requireNoDocument(in terms: [Term], in scope: TermScope) {
    guard scope.level == .group else { return }
    for term in terms {
      if let reading = term.readingDocument(within: term.origin) {
        report(.documentOfGroup(at: reading.origin.range), in: scope)
      }
    }
  }
}

extension Term {
  /// The innermost term that was written within a place and reads a document, itself or by a
  /// definition.
  fileprivate func readingDocument(within place: Origin) -> Term? {
    let reading: Term?
    switch kind {
    case .document, .asOf, .allDates: reading = self
    default: reading = subterms.lazy.compactMap { $0.readingDocument(within: place) }.first
    }
    guard let reading else { return nil }
    // What a definition reads stands elsewhere.
    return place.holds(reading.origin) || !place.holds(origin) ? reading : self
  }
}

extension Message {
  /// What it interpolates.
  package var terms: [Term] {
    (chinese + english).compactMap { segment in
      if case .term(let term) = segment { term } else { nil }
    }
  }
}

// MARK: - Figures

extension RuleSetBuilder {
  /// Lowers a function over the elements of a group; nil where it is no such.
  mutating func lowerFigure(
    _ function: Function, _ name: Identifier, _ arguments: Expression.Arguments,
    at range: SourceRange, in scope: inout TermScope
  ) -> Term? {
    guard scope.level != .document, population != nil, function.isOverGroup else { return nil }
    var expressions: [Expression]?
    if case .list(let list) = arguments { expressions = list }
    if scope.level == .each, function.takesList, expressions?.isEmpty != true { return nil }
    guard let expressions, function.argumentCounts.contains(expressions.count) else {
      report(.wrongArguments(name, wanted: function.argumentCounts.upperBound), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    switch function {
    case .beside:
      return lowerBeside(name, expressions[0], at: range, in: &scope)
    case .previous, .whole:
      if population?.isBeside == true {
        report(.insideBeside(name), in: scope)
      } else if function == .previous, population?.hasPeriod == false {
        report(.noPeriod(name), in: scope)
      }
      let term = lower(expressions[0], in: &scope)
      return Term(
        function == .previous ? .previous(term) : .whole(term), term.type,
        at: scope.origin(range))
    default:
      return lowerFigure(function, name, expressions, at: range, in: &scope)
    }
  }

  private mutating func lowerFigure(
    _ function: Function, _ name: Identifier, _ arguments: [Expression], at range: SourceRange,
    in scope: inout TermScope
  ) -> Term {
    guard var element = population?.element else { return unknownTerm(at: range, in: scope) }
    element.isSilent = element.isSilent || scope.isSilent
    element.nextSlot = max(element.nextSlot, scope.nextSlot)
    var summary = Aggregation.Summary(kind: function.summary)
    if let argument = arguments.first {
      let isCondition = function == .count || function == .share
      if isCondition { summary.kind = .condition }
      let term =
        isCondition ? lowerCondition(argument, in: &element) : lower(argument, in: &element)
      if !isCondition { requireType(of: term, for: function, name, in: scope) }
      summary.argument = term
    }
    var level: Term?
    switch function {
    case .first, .last:
      let date = lower(arguments[1], expecting: .date, in: &element)
      require(.date, of: date, in: element)
      summary.date = date
    case .quantile, .nearDuplicateShare:
      let term = lower(arguments[1], expecting: .decimal, in: &scope)
      require(.decimal, of: term, in: scope)
      level = term
    default: break
    }
    scope.nextSlot = max(element.nextSlot, scope.nextSlot)
    population?.element.nextSlot = scope.nextSlot
    let type = function.type(of: summary.argument?.type)
    return Term(
      .figure(function, of: number(of: summary), at: level), type, at: scope.origin(range))
  }

  private mutating func requireType(
    of term: Term, for function: Function, _ name: Identifier, in scope: TermScope
  ) {
    let type = term.type.element ?? term.type
    let isFit: Bool
    switch function {
    case .sum, .mean: isFit = type.isNumber
    case .earliest, .latest: isFit = type.agrees(with: .date)
    case .nearDuplicateShare: isFit = type.agrees(with: .text)
    case .max, .min, .median, .quantile:
      switch type {
      case .enumeration(let index): isFit = ruleSet.enums[index].isOrdered
      case .integer, .decimal, .date, .unknown: isFit = true
      default: isFit = false
      }
    default:
      if case .record = type { isFit = false } else { isFit = true }
    }
    if !isFit { report(.cannotAggregate(name, text(of: type)), in: scope) }
  }

  /// The number of a summary: what is written alike is collected once.
  private mutating func number(of summary: Aggregation.Summary) -> Int {
    func isAlike(_ left: Term?, _ right: Term?) -> Bool {
      left?.type == right?.type
        && left.map { ruleSet.text(of: $0.origin) } == right.map { ruleSet.text(of: $0.origin) }
    }
    let known = population?.summaries ?? []
    let index = known.firstIndex {
      $0.kind == summary.kind && isAlike($0.argument, summary.argument)
        && isAlike($0.date, summary.date)
    }
    if let index { return index }
    population?.summaries.append(summary)
    return known.count
  }
}

extension Function {
  /// Whether it says something of the elements of a group.
  fileprivate var isOverGroup: Bool {
    switch self {
    case .all, .year, .difference, .similarity, .poissonBound: false
    default: true
    }
  }

  /// How many arguments it takes over a group.
  fileprivate var argumentCounts: ClosedRange<Int> {
    switch self {
    case .count: 0...1
    case .quantile, .first, .last, .nearDuplicateShare: 2...2
    default: 1...1
    }
  }

  /// What has to be collected for it.
  fileprivate var summary: Aggregation.Summary.Kind {
    switch self {
    case .count: .size
    case .share: .condition
    case .first, .last: .dated
    case .nearDuplicateShare: .texts
    default: .tally
    }
  }

  /// The type of its result over values of a type.
  fileprivate func type(of argument: ValueType?) -> ValueType {
    switch self {
    case .count, .distinct: .integer
    case .values: .list(argument.map { $0.element ?? $0 } ?? .unknown)
    case .share, .largestShare, .mean, .entropy, .nearDuplicateShare: .decimal
    default: argument.map { $0.element ?? $0 } ?? .unknown
    }
  }
}

extension Diagnostic {
  fileprivate static func notAKey(
    _ name: Bilingual, _ type: Bilingual, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0510", .error,
      Bilingual(
        "不能按“\(type.chinese)”分组", "`\(type.english)` cannot tell groups of `\(name.english)` apart"),
      at: range)
  }

  fileprivate static func documentOfGroup(at range: SourceRange) -> Self {
    Diagnostic(
      "E0511", .error,
      Bilingual("一组有多份文书，这里不能读其中一份的字段", "a group has many documents; this reads the fields of one"),
      at: range,
      notes: [
        Bilingual(
          "用“令”统计后再比较，或者写“逐件”逐一判断", "summarise it with `let`, or judge each document with `each`")
      ])
  }

  fileprivate static func noPeriod(_ name: Identifier) -> Self {
    Diagnostic(
      "E0512", .error,
      Bilingual(
        "“\(name.text)”要求分组里恰有一个整数（如年度）",
        "`\(name.text)` needs exactly one key that is a whole number, such as a year"),
      at: name.range)
  }
}
