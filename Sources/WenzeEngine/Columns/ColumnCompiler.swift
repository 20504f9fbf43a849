import WenzeModel
import WenzeSemantics

/// Takes rules apart into the steps of a program.
struct ColumnCompiler {
  var program: ColumnProgram
  private var stepNumbers: [ColumnProgram.Step: Int] = [:]
  private(set) var documentDate: Int?

  /// A term that has no form over columns yet.
  struct Unsupported: Error {}

  /// What a variable stands for.
  enum Binding {
    /// What is at a path below the rows of a frame.
    case element(frame: Int, path: [Int])
    /// An element of which nothing is known.
    case unknown
    /// An element of a list that the rule writes out.
    case constant(Value)
    /// What a step comes to.
    case step(Int)
  }

  /// Where a term stands.
  struct Scope {
    var bindings: [Int: Binding] = [:]
    /// Where the record is that terms are over: a path below the rows of a frame.
    var record = (frame: 0, path: [Int]())
    /// The step that gives the date of the law.
    var lawDate: Int
  }

  init(program: ColumnProgram) {
    self.program = program
    guard let asOf = program.ruleSet.records[program.dossier].dossier?.asOf else { return }
    let scope = Scope(lawDate: constant(.date(program.today)))
    do throws(Unsupported) {
      let date = try compile(asOf, in: scope)
      documentDate = add(.documentDate(date), to: self.program.steps[date].frame)
    } catch {
      isDateInterpreted = true
    }
  }

  /// Whether the date of documents cannot be worked out over columns; then no rule can.
  private var isDateInterpreted = false

  mutating func compile(_ rule: Rule, number: Int) {
    let before = program
    do throws(Unsupported) {
      program.rules.append(try compiled(rule, number: number))
    } catch {
      program = before
      stepNumbers = stepNumbers.filter { $0.value < before.steps.count }
      program.interpreted.append(number)
    }
  }

  private mutating func compiled(
    _ rule: Rule, number: Int
  ) throws(Unsupported) -> ColumnProgram.CompiledRule {
    let (scope, frame) = try elements(of: rule, .whereLacking)
    var applies: [Int] = []
    if let law = rule.law { applies.append(inForce(law, in: scope)) }
    for condition in rule.applies { applies.append(try compile(condition, in: scope)) }
    var excepted: [Int] = []
    for exception in rule.exceptions {
      let condition = try compile(exception.condition, in: scope)
      if let law = exception.citations.first?.law {
        excepted.append(connect([inForce(law, in: scope), condition]) { .and($0) })
      } else {
        excepted.append(condition)
      }
    }
    return ColumnProgram.CompiledRule(
      rule: number, frame: frame, applies: connect(applies) { .and($0) },
      excepted: connect(excepted) { .or($0) }, requirement: try compile(rule.requirement, in: scope)
    )
  }

  /// The frame of the elements that a rule is about, and what its terms mean there.
  mutating func elements(
    of rule: Rule, _ hypothetical: ColumnProgram.Frame.Hypothetical
  ) throws(Unsupported) -> (scope: Scope, frame: Int) {
    if isDateInterpreted { throw Unsupported() }
    var scope = Scope(lawDate: add(.lawDate(own: nil, document: documentDate), to: 0))
    var frame = 0
    for binding in rule.scopes {
      guard let place = locate(binding.list, in: scope), let owner = place.frame,
        case .list = binding.list.type
      else { throw Unsupported() }
      guard case .table(let table) = columnPlace(place.path, of: owner, as: binding.list.type)
      else { throw Unsupported() }
      frame = add(
        ColumnProgram.Frame(
          parent: frame, table: table, owner: owner, hypothetical: hypothetical))
      scope.bindings[binding.slot] = .element(frame: frame, path: [])
    }
    if let asOf = rule.asOf {
      let own = try compile(asOf, in: scope)
      scope.lawDate = add(
        .lawDate(own: own, document: documentDate), to: program.steps[own].frame)
    }
    return (scope, frame)
  }

  mutating func inForce(_ law: Int, in scope: Scope) -> Int {
    add(.inForce(law: law, lawDate: scope.lawDate), to: program.steps[scope.lawDate].frame)
  }
}

// MARK: - Steps

extension ColumnCompiler {
  /// The number of a step, made if there is none like it.
  mutating func add(_ operation: ColumnProgram.Operation, to frame: Int) -> Int {
    let step = ColumnProgram.Step(frame: frame, operation: operation)
    if let known = stepNumbers[step] { return known }
    program.steps.append(step)
    stepNumbers[step] = program.steps.count - 1
    return program.steps.count - 1
  }

  mutating func constant(_ value: Value) -> Int { add(.constant(value), to: 0) }

  mutating func add(_ frame: ColumnProgram.Frame) -> Int {
    if let known = program.frames.firstIndex(of: frame) { return known }
    program.frames.append(frame)
    return program.frames.count - 1
  }

  private mutating func add(_ list: ColumnProgram.List) -> Int {
    if let known = program.lists.firstIndex(of: list) { return known }
    program.lists.append(list)
    return program.lists.count - 1
  }

  mutating func connect(
    _ conditions: [Int], _ connective: ([Int]) -> ColumnProgram.Operation
  ) -> Int {
    if conditions.count == 1 { return conditions[0] }
    return add(connective(conditions), to: deepest(conditions.map { program.steps[$0].frame }))
  }

  /// The frame that stands below all the others: frames of one term lie in one chain.
  func deepest(_ frames: [Int]) -> Int {
    frames.max { depth(of: $0) < depth(of: $1) } ?? 0
  }

  func depth(of frame: Int) -> Int {
    var depth = 0
    var current = frame
    while let parent = program.frames[current].parent { (depth, current) = (depth + 1, parent) }
    return depth
  }

  mutating func columnPlace(
    _ path: [Int], of frame: Int, as type: ValueType
  ) -> ColumnShape.Place {
    program.shape.place(of: path, in: program.frames[frame].table, as: type)
  }
}

// MARK: - Terms

extension ColumnCompiler {
  /// Where a path of fields begins and how it goes on; no frame: at an element that is not recorded.
  func locate(_ term: Term, in scope: Scope) -> (frame: Int?, path: [Int])? {
    switch term.kind {
    case .document: return (scope.record.frame, scope.record.path)
    case .variable(let slot):
      switch scope.bindings[slot] {
      case .element(let frame, let path)?: return (frame, path)
      case .unknown?: return (nil, [])
      case .constant?, .step?, nil: return nil
      }
    case .field(let base, let number):
      guard case .record = base.type, let (frame, path) = locate(base, in: scope) else {
        return nil
      }
      return (frame, path + [number])
    default: return nil
    }
  }

  mutating func compile(_ term: Term, in scope: Scope) throws(Unsupported) -> Int {
    if case .list = term.type { throw Unsupported() }
    if let (frame, path) = locate(term, in: scope) {
      guard let frame else { return constant(.unknown) }
      guard case .column(let column) = columnPlace(path, of: frame, as: term.type) else {
        throw Unsupported()
      }
      return add(.column(column), to: frame)
    }
    switch term.kind {
    case .constant(let value): return constant(value)
    case .variable(let slot):
      switch scope.bindings[slot] {
      case .constant(let value)?: return constant(value)
      case .step(let step)?: return step
      case .element?, .unknown?, nil: throw Unsupported()
      }
    case .today: return constant(.date(program.today))
    case .asOf: return documentDate ?? constant(.unknown)
    case .parameter(let number): return parameter(number, in: scope)
    case .not(let operand): return try unary(operand, in: scope) { .not($0) }
    case .and(let terms): return connect(try compile(terms, in: scope)) { .and($0) }
    case .or(let terms): return connect(try compile(terms, in: scope)) { .or($0) }
    case .compare(let comparison, let left, let right):
      return try binary(left, right, in: scope) { .compare(comparison, $0, $1) }
    case .member(let element, let list): return try member(element, of: list, in: scope)
    case .listed(let element, let list):
      let element = try compile(element, in: scope)
      return add(
        .listed(element, enumeration: list, lawDate: scope.lawDate),
        to: deepest([program.steps[element].frame, program.steps[scope.lawDate].frame]))
    case .exists(let slot, let list, let condition):
      return try exists(slot, in: list, where: condition, in: scope)
    case .isKnown(let operand):
      if operand.type.element != nil {
        return try overList(operand, in: scope, orElse: .boolean(false)) { .isListKnown($0) }
      }
      return try unary(operand, in: scope) { .isKnown($0) }
    case .isPresent(let operand):
      if operand.type.element != nil {
        return try overList(operand, in: scope) { .isListPresent($0) }
      }
      return try unary(operand, in: scope) { .isPresent($0) }
    case .recorded(let operand): return try unary(operand, in: scope) { .recorded($0) }
    case .aggregate(let aggregate, let list):
      let isCount = aggregate == .count || aggregate == .distinct
      return try overList(list, in: scope, orElse: isCount ? .atLeast(0) : .unknown) {
        .aggregate(aggregate, $0)
      }
    case .arithmetic(let operation, let left, let right):
      return try binary(left, right, in: scope) { .arithmetic(operation, $0, $1) }
    case .year(let operand): return try unary(operand, in: scope) { .year($0) }
    case .attribute(let operand, let name):
      return try unary(operand, in: scope) { .attribute($0, name) }
    case .lookup(let table, let arguments):
      let arguments = try compile(arguments, in: scope)
      return add(
        .lookup(table: table, arguments), to: deepest(arguments.map { program.steps[$0].frame }))
    case .firstKnown(let terms):
      let terms = try compile(terms, in: scope)
      return add(.firstKnown(terms), to: deepest(terms.map { program.steps[$0].frame }))
    case .document, .field, .select, .difference, .allDates, .similarity, .figure, .previous,
      .whole, .beside, .poissonBound:
      throw Unsupported()
    }
  }

  private mutating func compile(_ terms: [Term], in scope: Scope) throws(Unsupported) -> [Int] {
    var steps: [Int] = []
    for term in terms { steps.append(try compile(term, in: scope)) }
    return steps
  }

  private mutating func unary(
    _ operand: Term, in scope: Scope, _ operation: (Int) -> ColumnProgram.Operation
  ) throws(Unsupported) -> Int {
    let operand = try compile(operand, in: scope)
    return add(operation(operand), to: program.steps[operand].frame)
  }

  private mutating func binary(
    _ left: Term, _ right: Term, in scope: Scope,
    _ operation: (Int, Int) -> ColumnProgram.Operation
  ) throws(Unsupported) -> Int {
    let (left, right) = (try compile(left, in: scope), try compile(right, in: scope))
    return add(
      operation(left, right), to: deepest([program.steps[left].frame, program.steps[right].frame]))
  }

  private mutating func parameter(_ number: Int, in scope: Scope) -> Int {
    let parameter = program.ruleSet.parameters[number]
    if parameter.dated.isEmpty { return constant(parameter.value) }
    return add(
      .parameter(number, lawDate: scope.lawDate), to: program.steps[scope.lawDate].frame)
  }

  private mutating func member(
    _ element: Term, of list: Term, in scope: Scope
  ) throws(Unsupported) -> Int {
    let step = try compile(element, in: scope)
    if case .constant(.list(let members)) = list.kind, !members.isOpen {
      return add(
        .member(step, of: members.elements.map(\.value)), to: program.steps[step].frame)
    }
    let (number, isScalar) = try self.list(list, in: scope, below: program.steps[step].frame)
    guard let number, isScalar else { throw Unsupported() }
    return add(.memberOfList(step, number), to: program.lists[number].outer)
  }

  /// A step over a list; of a list of which nothing is known it has a constant result.
  private mutating func overList(
    _ list: Term, in scope: Scope, orElse unknown: Value = .unknown,
    _ operation: (Int) -> ColumnProgram.Operation
  ) throws(Unsupported) -> Int {
    let (number, _) = try self.list(list, in: scope, below: 0)
    guard let number else { return constant(unknown) }
    return add(operation(number), to: program.lists[number].outer)
  }

  private mutating func exists(
    _ slot: Int, in list: Term, where condition: Term, in scope: Scope
  ) throws(Unsupported) -> Int {
    if case .constant(.list(let members)) = list.kind, !members.isOpen, members.elements.count < 64
    {
      return try exists(slot, among: members.elements.map(\.value), where: condition, in: scope)
    }
    if let removed = datesRemoved(from: list) {
      let dates = DateSearch(slot: slot, removed: removed, condition: condition)
      return try exists(dates, in: .record(program.dossier), at: 0, [], scope)
    }
    // The elements stand below whatever else the condition asks of.
    let below = deepest(mentionedFrames(in: condition, scope))
    let (number, _) = try self.list(list, in: scope, below: below)
    var inner = scope
    inner.bindings[slot] = .unknown
    let another = try compile(condition, in: inner)
    guard let number else {
      // Some element may satisfy the condition, unless none can.
      return connect([another, constant(.unknown)]) { .and($0) }
    }
    inner.bindings[slot] = program.lists[number].binding
    return add(
      .exists(
        list: number, condition: try compile(condition, in: inner), another: another),
      to: program.lists[number].outer)
  }

  /// Whether one of the values that a rule writes out satisfies a condition: each in its turn.
  private mutating func exists(
    _ slot: Int, among values: [Value], where condition: Term, in scope: Scope
  ) throws(Unsupported) -> Int {
    var conditions: [Int] = []
    for value in values {
      var inner = scope
      inner.bindings[slot] = .constant(value)
      conditions.append(try compile(condition, in: inner))
    }
    return connect(conditions) { .or($0) }
  }

  /// The frames of the variables that a term mentions, and that of the date of the law if it asks.
  private func mentionedFrames(in term: Term, _ scope: Scope) -> [Int] {
    term.descendants.compactMap { term in
      switch term.kind {
      case .variable(let slot):
        switch scope.bindings[slot] {
        case .element(let frame, _)?: frame
        case .step(let step)?: program.steps[step].frame
        case .unknown?, .constant?, nil: nil
        }
      case .listed, .parameter: program.steps[scope.lawDate].frame
      default: nil
      }
    }
  }
}

// MARK: - All dates of a document

extension ColumnCompiler {
  /// A condition on the dates that a document records, but for those that some lists have too.
  private struct DateSearch {
    var slot: Int
    var removed: [Term]
    var condition: Term
  }

  /// The lists that are taken away from all dates of the document; nil for another list.
  private func datesRemoved(from list: Term) -> [Term]? {
    switch list.kind {
    case .allDates: []
    case .difference(let base, let removed): datesRemoved(from: base).map { $0 + [removed] }
    default: nil
    }
  }

  /// Whether a date below a path fulfils a condition: each field that may hold one in its turn.
  private mutating func exists(
    _ search: DateSearch, in type: ValueType, at frame: Int, _ path: [Int], _ scope: Scope
  ) throws(Unsupported) -> Int {
    // A record that has itself among its fields has no end of dates.
    guard case .record(let record) = type, path.count < 16, depth(of: frame) < 16 else {
      throw Unsupported()
    }
    var conditions: [Int] = []
    for (number, field) in program.ruleSet.records[record].fields.enumerated() {
      let path = path + [number]
      switch field.type {
      case .date:
        guard case .column(let column) = columnPlace(path, of: frame, as: .date) else {
          throw Unsupported()
        }
        conditions.append(try holds(search, of: add(.column(column), to: frame), scope))
      case .record:
        conditions.append(try exists(search, in: field.type, at: frame, path, scope))
      case .list(let element):
        if case .record = element {} else if element != .date { break }
        guard case .table(let table) = columnPlace(path, of: frame, as: field.type) else {
          throw Unsupported()
        }
        let below = add(
          ColumnProgram.Frame(parent: frame, table: table, owner: frame, hypothetical: .never))
        let condition: Int
        if element == .date {
          guard case .column(let column) = columnPlace([], of: below, as: .date) else {
            throw Unsupported()
          }
          condition = try holds(search, of: add(.column(column), to: below), scope)
        } else {
          condition = try exists(search, in: element, at: below, [], scope)
        }
        // What is not recorded is none of the dates that the document records.
        let list = add(
          ColumnProgram.List(
            outer: frame, frame: below, keep: nil, element: nil, path: [], openness: [],
            uncertain: []))
        conditions.append(
          add(
            .exists(list: list, condition: condition, another: constant(.boolean(false))),
            to: frame))
      default: break
      }
    }
    return conditions.isEmpty ? constant(.boolean(false)) : connect(conditions) { .or($0) }
  }

  /// Whether a date is recorded, in none of the lists taken away, and fulfils the condition.
  private mutating func holds(
    _ search: DateSearch, of column: Int, _ scope: Scope
  ) throws(Unsupported) -> Int {
    let frame = program.steps[column].frame
    let date = add(.recorded(column), to: frame)
    var conditions = [add(.isPresent(date), to: frame)]
    for list in search.removed {
      let (number, isScalar) = try self.list(list, in: scope, below: frame)
      guard let number, isScalar, program.lists[number].openness.isEmpty,
        program.lists[number].uncertain.isEmpty, program.lists[number].outer == frame
      else { throw Unsupported() }
      conditions.append(add(.not(add(.isAmong(date, list: number), to: frame)), to: frame))
    }
    var inner = scope
    inner.bindings[search.slot] = .step(date)
    conditions.append(try compile(search.condition, in: inner))
    return connect(conditions) { .and($0) }
  }
}

// MARK: - Lists

extension ColumnCompiler {
  /// A list, of each row of a frame at or below the given one.
  ///
  /// - Returns: its number, and whether its elements are scalars with a step of their own. No number:
  ///   it is a list of an element of which nothing is known, and of which nothing is known either.
  mutating func list(
    _ term: Term, in scope: Scope, below: Int
  ) throws(Unsupported) -> (number: Int?, isScalar: Bool) {
    if let (owner, path) = locate(term, in: scope) {
      guard let owner else { return (nil, false) }
      guard case .table(let table) = columnPlace(path, of: owner, as: term.type) else {
        throw Unsupported()
      }
      let outer = deepest([owner, below])
      let frame = add(
        ColumnProgram.Frame(parent: outer, table: table, owner: owner, hypothetical: .never))
      var element: Int?
      if case .record = program.shape.tables[table].element {
        element = nil
      } else if case .column(let column) = columnPlace(
        [], of: frame, as: program.shape.tables[table].element)
      {
        element = add(.column(column), to: frame)
      }
      let list = ColumnProgram.List(
        outer: outer, frame: frame, keep: nil, element: element, path: [],
        openness: [ColumnProgram.List.Openness(frame: frame, keep: nil)], uncertain: [])
      return (add(list), element != nil)
    }
    if case .recorded(let base) = term.kind { return try recordedPart(of: base, in: scope, below) }
    guard case .select(let slot, let source, let condition, let result) = term.kind else {
      throw Unsupported()
    }
    var frames = condition.map { mentionedFrames(in: $0, scope) } ?? []
    if let result { frames += mentionedFrames(in: result, scope) }
    let (number, isScalar) = try list(source, in: scope, below: deepest(frames + [below]))
    guard let number else { return (nil, false) }
    var list = program.lists[number]
    var inner = scope
    inner.bindings[slot] = list.binding
    if let condition {
      let step = try compile(condition, in: inner)
      let kept = list.keep.map { [$0, step] } ?? [step]
      let keep = connect(kept) { .and($0) }
      list.keep = keep
      list.uncertain.append(keep)
    }
    guard let result else { return (add(list), isScalar) }
    guard result.type.element != nil else {
      guard case .record = result.type else {
        list.element = try compile(result, in: inner)
        return (add(list), true)
      }
      guard let (frame, path) = locate(result, in: inner), frame == list.frame else {
        throw Unsupported()
      }
      let exists = add(.mayExist(try compile(result, in: inner)), to: list.frame)
      list.keep = connect((list.keep.map { [$0] } ?? []) + [exists]) { .and($0) }
      list.path = path
      return (add(list), false)
    }
    // The lists that elements have are joined into one.
    let (innerNumber, isInnerScalar) = try self.list(result, in: inner, below: list.frame)
    guard let innerNumber, program.lists[innerNumber].outer == list.frame else {
      throw Unsupported()
    }
    var joined = program.lists[innerNumber]
    joined.outer = list.outer
    for index in joined.openness.indices where joined.openness[index].keep == nil {
      joined.openness[index].keep = list.keep
    }
    joined.openness += list.openness
    joined.uncertain += list.uncertain
    if let keep = list.keep {
      joined.keep = connect([keep] + (joined.keep.map { [$0] } ?? [])) { .and($0) }
    }
    return (add(joined), isInnerScalar)
  }

  /// The elements of a list that are recorded: it has no others.
  private mutating func recordedPart(
    of base: Term, in scope: Scope, _ below: Int
  ) throws(Unsupported) -> (number: Int?, isScalar: Bool) {
    let (number, isScalar) = try list(base, in: scope, below: below)
    guard let number else { return (nil, false) }
    var list = program.lists[number]
    var known: Int
    if let element = list.element {
      known = element
    } else {
      // Whether a record exists is asked for by its type, whichever it is.
      let type = ValueType.record(program.dossier)
      guard case .column(let presence) = columnPlace(list.path, of: list.frame, as: type) else {
        throw Unsupported()
      }
      known = add(.column(presence), to: list.frame)
    }
    known = add(.isKnown(known), to: program.steps[known].frame)
    list.keep = connect([known] + (list.keep.map { [$0] } ?? [])) { .and($0) }
    list.openness = []
    list.uncertain = []
    return (add(list), isScalar)
  }
}

extension ColumnProgram.List {
  /// What a variable for the elements stands for: elements that are values of something have a step.
  fileprivate var binding: ColumnCompiler.Binding {
    element.map { .step($0) } ?? .element(frame: frame, path: path)
  }
}
