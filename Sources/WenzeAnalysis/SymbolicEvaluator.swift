import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Evaluates terms over all documents at once: what a term comes to, as a decision diagram.
///
/// Single operations are left to the interpreter, which is asked for each combination of values
/// that can meet; only quantifiers, and what makes lists of lists, are spelt out here.
struct SymbolicEvaluator {
  typealias Node = Diagram.Node

  let ruleSet: RuleSet
  let dossier: Int
  let today: CalendarDate
  private(set) var variables: [Variable] = []
  private(set) var diagram = Diagram()
  /// What each condition came to wherever it was asked.
  private(set) var outcomes: [Term: Set<Truth>] = [:]

  private var numbers: [Variable.Kind: Int] = [:]
  private let domains: [FieldPath: [Value]]
  private let survey: DomainSurvey
  private var evaluator: TermEvaluator
  private var slots: [Int: Symbol] = [:]
  private var lawDate: Node = 0
  private var documentDate: Node = 0
  /// The days from which the law is another, in order.
  private let changes: [Int]
  private var stepsLeft: Int

  /// A value of any type over all documents.
  indirect enum Symbol {
    case scalar(Node)
    /// A record that is there where the node is true.
    case record(FieldPath, there: Node)
    case list(Elements)
  }

  /// A list over all documents.
  struct Elements {
    /// Unknown, none or true.
    var there: Node
    /// The elements, each where its node is true.
    var items: [(symbol: Symbol, isIn: Node)]
    /// Whether there may be more.
    var isOpen: Node
  }

  init(
    ruleSet: RuleSet, dossier: Int, today: CalendarDate, survey: DomainSurvey, steps: Int
  ) {
    self.ruleSet = ruleSet
    self.dossier = dossier
    self.today = today
    var survey = survey
    domains = survey.domains()
    self.survey = survey
    stepsLeft = steps
    changes = ruleSet.daysOfChange
    evaluator = TermEvaluator(
      ruleSet: ruleSet,
      document: Document(
        dossier: dossier, id: nil, isComplete: false, fields: [], waivers: [],
        range: SourceRange(0, 0)), today: today)
    lawDate = diagram.leaf(.date(today))
    documentDate = diagram.leaf(.unknown)
  }

  /// What keeps an answer “impossible” from being exact.
  var limits: Set<Bilingual> { survey.limits }

  private let origin = Origin(source: 0, range: SourceRange(0, 0))
}

// MARK: - Diagrams

extension SymbolicEvaluator {
  mutating func leaf(_ value: Value) -> Node { diagram.leaf(value) }

  private var yes: Node { mutating get { leaf(.boolean(true)) } }
  private var no: Node { mutating get { leaf(.boolean(false)) } }

  /// The diagram of a function of what diagrams come to.
  ///
  /// Where some of these settle the result, whatever the others come to, it may be told at once.
  mutating func combine(
    _ nodes: [Node], settled: (Diagram, [Node]) -> Value? = { _, _ in nil },
    _ function: (inout TermEvaluator, [Value]) -> Value
  ) throws(Undecided) -> Node {
    var known: [[Node]: Node] = [:]
    return try combine(nodes, &known, settled, function)
  }

  private mutating func combine(
    _ nodes: [Node], _ known: inout [[Node]: Node], _ settled: (Diagram, [Node]) -> Value?,
    _ function: (inout TermEvaluator, [Value]) -> Value
  ) throws(Undecided) -> Node {
    if let node = known[nodes] { return node }
    try step()
    let variable = nodes.map { diagram.variable(of: $0) }.min() ?? .max
    let result: Node
    if let value = settled(diagram, nodes) {
      result = leaf(value)
    } else if variable == .max {
      result = leaf(function(&evaluator, nodes.map { diagram.value(of: $0) ?? .unknown }))
    } else {
      var children: [Node] = []
      for value in variables[variable].domain.indices {
        children.append(
          try combine(
            nodes.map { diagram.child(of: $0, variable, value) }, &known, settled, function))
      }
      result = diagram.branch(variable, children)
    }
    known[nodes] = result
    return result
  }

  private mutating func step() throws(Undecided) {
    stepsLeft -= 1
    if stepsLeft < 0 {
      throw Undecided("条件的组合太多", "the conditions have too many combinations")
    }
  }

  /// The Kleene connective of conditions; what one decides, no other changes.
  private mutating func connective(
    _ nodes: [Node], isAnd: Bool
  ) throws(Undecided) -> Node {
    var result = isAnd ? yes : no
    let decided = isAnd ? no : yes
    for node in nodes where result != decided {
      var known: [Int: Node] = [:]
      result = try join(result, node, isAnd: isAnd, decided, &known)
    }
    return result
  }

  private mutating func join(
    _ left: Node, _ right: Node, isAnd: Bool, _ decided: Node, _ known: inout [Int: Node]
  ) throws(Undecided) -> Node {
    if left == decided || right == decided { return decided }
    let key = left << 32 | right
    if let node = known[key] { return node }
    try step()
    let variable = min(diagram.variable(of: left), diagram.variable(of: right))
    let result: Node
    if variable == .max {
      let truths = [left, right].map { (diagram.value(of: $0) ?? .unknown).truth }
      result = leaf(Value(isAnd ? truths[0] && truths[1] : truths[0] || truths[1]))
    } else {
      var children: [Node] = []
      for value in variables[variable].domain.indices {
        children.append(
          try join(
            diagram.child(of: left, variable, value), diagram.child(of: right, variable, value),
            isAnd: isAnd, decided, &known))
      }
      result = diagram.branch(variable, children)
    }
    known[key] = result
    return result
  }

  mutating func conjunction(_ nodes: [Node]) throws(Undecided) -> Node {
    try connective(nodes, isAnd: true)
  }

  mutating func disjunction(_ nodes: [Node]) throws(Undecided) -> Node {
    try connective(nodes, isAnd: false)
  }

  private mutating func ask(_ kind: Variable.Kind, _ domain: [Value]) -> Node {
    let number = numbers[kind] ?? variables.count
    if number == variables.count {
      variables.append(Variable(kind: kind, domain: domain))
      numbers[kind] = number
    }
    return diagram.branch(number, variables[number].domain.map { leaf($0) })
  }
}

// MARK: - Fields

extension SymbolicEvaluator {
  private mutating func scalar(_ path: FieldPath, isElement: Bool = false) -> Node {
    let domain = domains[path.normal] ?? [.unknown, .boolean(true), .boolean(false), .none]
    return ask(
      .scalar(path), isElement ? domain.filter { !$0.isUnknown && !$0.isNone } : domain)
  }

  private mutating func field(_ number: Int, of base: Symbol, _ record: Int) throws(Undecided)
    -> Symbol
  {
    guard case .record(let parent, let there) = base else {
      return .scalar(
        try combine([try node(of: base)]) { _, values in values[0].isNone ? .none : .unknown })
    }
    let path = parent.appending(.field(number))
    let field = ruleSet.records[record].fields[number]
    func within(_ there: Node, _ inner: Node) throws(Undecided) -> Node {
      func outside(_ diagram: Diagram, _ nodes: [Node]) -> Value? {
        diagram.value(of: nodes[0]).flatMap { $0 == .boolean(true) ? nil : $0 }
      }
      return try combine([there, inner], settled: outside) { _, values in
        values[0] == .boolean(true) ? values[1] : values[0]
      }
    }
    switch field.type {
    case .record:
      let presence = ask(.presence(path), [.unknown, .boolean(true), .none])
      return .record(path, there: try within(there, presence))
    case .list(let element):
      return .list(try elements(at: path, of: element, field.isExhaustive, there))
    default:
      let value = scalar(path)
      return .scalar(try within(there, value))
    }
  }

  /// The elements of a list of the document.
  private mutating func elements(
    at path: FieldPath, of element: ValueType, _ isExhaustive: Bool, _ there: Node
  ) throws(Undecided) -> Elements {
    let length = survey.length(of: path)
    let shape = ask(.shape(path), Self.shapes(upTo: length))
    let raw = try combine([there, shape, isComplete()]) { _, values in
      guard values[0] == .boolean(true) else { return values[0] }
      guard case .list(var list) = values[1] else { return values[1] }
      if !list.isMarkedOpen, !list.elements.isEmpty {
        list.isOpen = !isExhaustive && values[2] != .boolean(true)
      }
      return .list(list)
    }
    var items: [(Symbol, Node)] = []
    for index in 0..<length {
      let isIn = try combine([raw]) { _, values in
        if case .list(let list) = values[0] {
          .boolean(list.elements.count > index)
        } else {
          .boolean(false)
        }
      }
      let place = path.appending(.index(index))
      if case .record = element {
        items.append((.record(place, there: yes), isIn))
      } else {
        items.append((.scalar(scalar(place, isElement: true)), isIn))
      }
    }
    return Elements(
      there: try combine([raw]) { _, values in
        if case .list = values[0] { .boolean(true) } else { values[0] }
      },
      items: items,
      isOpen: try combine([raw]) { _, values in
        if case .list(let list) = values[0] {
          .boolean(list.isOpen)
        } else {
          .boolean(values[0].isUnknown)
        }
      })
  }

  /// The ways to write a list.
  private static func shapes(upTo length: Int) -> [Value] {
    func list(_ count: Int, isMarkedOpen: Bool) -> Value {
      .list(
        FactList(
          Array(repeating: Fact(.boolean(true), at: nil), count: count), isOpen: isMarkedOpen,
          isMarkedOpen: isMarkedOpen))
    }
    return [.unknown] + (1...length).map { list($0, isMarkedOpen: false) }
      + [list(0, isMarkedOpen: false)] + (0...length).map { list($0, isMarkedOpen: true) }
  }

  private mutating func isComplete() -> Node {
    guard let number = ruleSet.records[dossier].dossier?.complete else { return no }
    return scalar(FieldPath([.field(number)]))
  }
}

// MARK: - Terms

extension SymbolicEvaluator {
  /// Chooses the date of the law by the dossier's own date; before any variable is bound, since
  /// that date has variables of its own.
  mutating func chooseDocumentDate() throws(Undecided) {
    lawDate = leaf(.date(today))
    guard let asOf = ruleSet.records[dossier].dossier?.asOf else { return }
    documentDate = try combine([try node(of: asOf)]) { _, values in
      if case .date = values[0] { values[0] } else { .unknown }
    }
    lawDate = try era(of: try either(documentDate, lawDate))
  }

  /// Chooses the date of the law by that of a rule, where it has one.
  mutating func chooseDate(of rule: Rule) throws(Undecided) {
    guard let date = rule.asOf else { return }
    lawDate = try era(of: try either(try node(of: date), lawDate))
  }

  /// One day for all those between two changes of the law: a date is only asked which law it is under.
  private mutating func era(of dates: Node) throws(Undecided) -> Node {
    let changes = changes
    return try combine([dates]) { _, values in
      guard case .date(let date) = values[0], date.isWholeDay else { return values[0] }
      let day = changes.last { $0 <= date.firstDay } ?? (changes.first ?? 0) - 1
      return CalendarDate(dayNumber: day).map(Value.date) ?? values[0]
    }
  }

  private mutating func either(_ first: Node, _ second: Node) throws(Undecided) -> Node {
    try combine([first, second]) { _, values in
      if case .date = values[0] { values[0] } else { values[1] }
    }
  }

  mutating func isInForce(_ law: Int) throws(Undecided) -> Node {
    let law = ruleSet.laws[law]
    return try combine([lawDate]) { _, values in
      guard case .date(let date) = values[0] else { return .unknown }
      return Value(law.isInForce(on: date))
    }
  }

  /// Binds variables to the first element of each list; where these are there.
  mutating func bindFirst(_ scopes: [Rule.Scope]) throws(Undecided) -> (Node, FieldPath?) {
    var isThere: [Node] = []
    var path: FieldPath?
    for scope in scopes {
      guard case .list(let list) = try value(of: scope.list), let first = list.items.first else {
        throw Undecided("规则针对算出来的列表", "the rule is about elements of a list that is worked out")
      }
      if case .record(let place, _) = first.symbol { path = place }
      slots[scope.slot] = first.symbol
      isThere.append(first.isIn)
    }
    return (try conjunction(isThere), path)
  }

  mutating func truth(of term: Term) throws(Undecided) -> Node {
    let node = try combine([try node(of: term)]) { _, values in Value(values[0].truth) }
    outcomes[term, default: []].formUnion(diagram.values(of: node).map(\.truth))
    return node
  }

  mutating func node(of term: Term) throws(Undecided) -> Node {
    try node(of: try value(of: term))
  }

  /// A value as one diagram; the elements of records stand for themselves.
  private mutating func node(of symbol: Symbol) throws(Undecided) -> Node {
    switch symbol {
    case .scalar(let node): return node
    case .record(_, let there): return there
    case .list(let list):
      var result = leaf(.list(FactList([], isOpen: false)))
      for item in list.items {
        result = try combine([result, item.isIn, try node(of: item.symbol)]) { _, values in
          guard case .list(var list) = values[0], values[1] == .boolean(true) else {
            return values[0]
          }
          list.elements.append(Fact(values[2], at: nil))
          return .list(list)
        }
      }
      return try combine([list.there, list.isOpen, result]) { _, values in
        guard values[0] == .boolean(true), case .list(var list) = values[2] else {
          return values[0]
        }
        list.isOpen = values[1] == .boolean(true)
        return .list(list)
      }
    }
  }

  private mutating func value(of term: Term) throws(Undecided) -> Symbol {
    switch term.kind {
    case .document: return .record(FieldPath(), there: yes)
    case .variable(let slot): return slots[slot] ?? .scalar(leaf(.unknown))
    case .field(let base, let number):
      guard case .record(let record) = base.type else { return .scalar(leaf(.unknown)) }
      return try field(number, of: try value(of: base), record)
    case .asOf: return .scalar(documentDate)
    case .today, .constant: return .scalar(try operation(term, []))
    case .parameter, .listed:
      var nodes: [Node] = []
      for subterm in term.subterms { nodes.append(try node(of: subterm)) }
      return .scalar(try operation(term, nodes, on: lawDate))
    case .and(let terms), .or(let terms):
      var nodes: [Node] = []
      for term in terms { nodes.append(try truth(of: term)) }
      if case .and = term.kind { return .scalar(try conjunction(nodes)) }
      return .scalar(try disjunction(nodes))
    case .not(let operand): return .scalar(try operation(term, [try truth(of: operand)]))
    case .exists(let slot, let list, let condition):
      return .scalar(try exists(slot, in: list, where: condition))
    case .select(let slot, let list, let condition, let result):
      return try select(slot, in: list, where: condition, take: result)
    case .recorded(let operand):
      guard case .list(let list) = try value(of: operand) else {
        return .scalar(try operation(term, [try node(of: operand)]))
      }
      return .list(try recorded(list))
    case .compare(.equal, let left, let right):
      // The interpreter asks a table which of its results are left.
      if case .lookup(let table, let arguments) = left.kind {
        return .scalar(try comparison(term, table, arguments, left, right, isLeft: true))
      }
      if case .lookup(let table, let arguments) = right.kind {
        return .scalar(try comparison(term, table, arguments, right, left, isLeft: false))
      }
      return .scalar(try operation(term, [try node(of: left), try node(of: right)]))
    case .aggregate(let aggregate, let operand) where aggregate == .least || aggregate == .greatest:
      if case .list(let list) = try value(of: operand) {
        return .scalar(try extreme(list, of: term))
      }
    case .aggregate(.distinct, let list), .aggregate(.mode, let list), .difference(let list, _):
      if case .record? = list.type.element {
        throw Undecided("记录列表的比较", "lists of records compared")
      }
    case .allDates, .figure, .previous, .whole, .beside, .poissonBound:
      throw Undecided("“全部（日期）”或者群体指标", "all dates of a document, or figures of a group")
    default: break
    }
    var nodes: [Node] = []
    for subterm in term.subterms { nodes.append(try node(of: subterm)) }
    return .scalar(try operation(term, nodes))
  }

  /// An operation over what its operands come to, left to the interpreter.
  private mutating func operation(
    _ term: Term, _ nodes: [Node], on date: Node? = nil
  ) throws(Undecided) -> Node {
    try combine(nodes + (date.map { [$0] } ?? [])) { evaluator, values in
      var rest = values[...]
      let filled = term.mapSubterms { operand in
        Term(.constant(rest.popFirst() ?? .unknown), operand.type, at: operand.origin)
      }
      if case .date(let date)? = rest.first { return evaluator.value(of: filled, on: date) }
      return evaluator.value(of: filled)
    }
  }

  private mutating func comparison(
    _ term: Term, _ table: Int, _ arguments: [Term], _ lookup: Term, _ other: Term, isLeft: Bool
  ) throws(Undecided) -> Node {
    var nodes: [Node] = []
    for argument in arguments + [other] { nodes.append(try node(of: argument)) }
    return try combine(nodes) { evaluator, values in
      let filled = Term(
        .lookup(
          table,
          zip(arguments, values).map { Term(.constant($1), $0.type, at: $0.origin) }),
        lookup.type, at: lookup.origin)
      let constant = Term(.constant(values[arguments.count]), other.type, at: other.origin)
      return evaluator.value(
        of: Term(
          isLeft ? .compare(.equal, filled, constant) : .compare(.equal, constant, filled),
          term.type, at: term.origin))
    }
  }
}

// MARK: - Lists

extension SymbolicEvaluator {
  private mutating func list(of term: Term) throws(Undecided) -> Elements {
    switch try value(of: term) {
    case .list(let list): return list
    case .record: throw Undecided("记录当作列表", "a record taken as a list")
    case .scalar(let node):
      guard let value = diagram.value(of: node) else {
        throw Undecided("对算出来的列表逐项判断", "quantifiers over lists that are worked out")
      }
      switch value {
      case .list(let list):
        var items: [(Symbol, Node)] = []
        for element in list.elements { items.append((.scalar(leaf(element.value)), yes)) }
        return Elements(there: yes, items: items, isOpen: leaf(.boolean(list.isOpen)))
      case .none: return Elements(there: node, items: [], isOpen: no)
      default: return Elements(there: leaf(.unknown), items: [], isOpen: yes)
      }
    }
  }

  private mutating func exists(
    _ slot: Int, in term: Term, where condition: Term
  ) throws(Undecided) -> Node {
    let list = try list(of: term)
    var found: [Node] = []
    for item in list.items {
      slots[slot] = item.symbol
      found.append(try conjunction([item.isIn, try truth(of: condition)]))
    }
    if list.isOpen != no {
      slots[slot] = nil
      let more = try combine([list.isOpen, try node(of: condition)]) { _, values in
        values[0] == .boolean(true) && values[1].truth != .no ? .unknown : .boolean(false)
      }
      found.append(more)
    }
    slots[slot] = nil
    return try disjunction(found)
  }

  private mutating func select(
    _ slot: Int, in term: Term, where condition: Term?, take result: Term?
  ) throws(Undecided) -> Symbol {
    let source = try list(of: term)
    var open = [source.isOpen]
    var items: [(symbol: Symbol, isIn: Node)] = []
    for item in source.items {
      slots[slot] = item.symbol
      var isIn = item.isIn
      if let condition {
        let holds = try truth(of: condition)
        open.append(
          try combine([isIn, holds]) { _, values in
            .boolean(values[0] == .boolean(true) && values[1].isUnknown)
          })
        isIn = try combine([isIn, holds]) { _, values in
          .boolean(values[0] == .boolean(true) && values[1] == .boolean(true))
        }
      }
      guard let result else {
        items.append((item.symbol, isIn))
        continue
      }
      let value = try value(of: result)
      if case .list(let inner) = value {
        for element in inner.items {
          items.append((element.symbol, try conjunction([isIn, element.isIn])))
        }
        open.append(try conjunction([isIn, inner.isOpen]))
      } else if result.type.element != nil {
        throw Undecided("对算出来的列表逐项判断", "quantifiers over lists that are worked out")
      } else {
        let taken = try combine([isIn, try node(of: value)]) { _, values in
          .boolean(values[0] == .boolean(true) && !values[1].isNone)
        }
        items.append((value, taken))
      }
    }
    slots[slot] = nil
    let there = try combine([source.there]) { _, values in
      values[0].isUnknown ? .unknown : .boolean(true)
    }
    return .list(Elements(there: there, items: items, isOpen: try disjunction(open)))
  }

  /// The least or greatest element, found one after another: a list of all would be as many lists
  /// as there are combinations of elements.
  private mutating func extreme(_ list: Elements, of term: Term) throws(Undecided) -> Node {
    var best = leaf(.none)
    for item in list.items {
      best = try combine([best, item.isIn, try node(of: item.symbol)]) { evaluator, values in
        guard values[1] == .boolean(true) else { return values[0] }
        if values[0].isNone { return values[2] }
        let both = FactList([Fact(values[0], at: nil), Fact(values[2], at: nil)], isOpen: false)
        return evaluator.value(
          of: term.mapSubterms { Term(.constant(.list(both)), $0.type, at: $0.origin) })
      }
    }
    return try combine([list.there, list.isOpen, best]) { _, values in
      values[0].isUnknown || values[1] == .boolean(true) ? .unknown : values[2]
    }
  }

  private mutating func recorded(_ list: Elements) throws(Undecided) -> Elements {
    var result = list
    for index in list.items.indices {
      let item = list.items[index]
      result.items[index].isIn = try combine([item.isIn, try node(of: item.symbol)]) { _, values in
        .boolean(values[0] == .boolean(true) && !values[1].isUnknown)
      }
    }
    result.isOpen = no
    result.there = try combine([list.there]) { _, values in
      values[0].isUnknown ? .none : values[0]
    }
    return result
  }
}

extension RuleSet {
  /// The days from which a law is in force or no longer, or a parameter has another value.
  fileprivate var daysOfChange: [Int] {
    let ends = laws.compactMap(\.ends).flatMap { [$0.firstDay, $0.lastDay, $0.lastDay + 1] }
    let starts = laws.compactMap(\.effective) + parameters.flatMap(\.dated).map(\.from)
    return Set(ends + starts.flatMap { [$0.firstDay, $0.lastDay, $0.lastDay + 1] }).sorted()
  }
}
