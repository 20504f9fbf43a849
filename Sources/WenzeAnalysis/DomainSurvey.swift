import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Surveys conditions for what they tell apart, so that each field needs but finitely many values.
///
/// Fields that are compared with one another belong together and share their values: the constants
/// that they are compared with, and as many steps from these as the fields can lie apart. A system
/// of order constraints that has a solution has one among these values, since its least solution
/// lies at sums of the constraints' own constants (as with shortest paths).
struct DomainSurvey {
  let ruleSet: RuleSet
  let today: CalendarDate
  /// For each field, another one that it is compared with, or itself.
  private var parents: [FieldPath: FieldPath] = [:]
  private var types: [FieldPath: ValueType] = [:]
  /// What is told apart among the fields that belong together, by any one of them.
  private var probes: [(field: FieldPath, probe: Probe)] = []
  /// Fields that are compared with others, and not only with constants.
  private var compared: [FieldPath] = []
  /// How many elements the conditions over each list may need at once.
  private var needs: [FieldPath: Int] = [:]
  /// What keeps an answer “impossible” from being exact.
  private(set) var limits: Set<Bilingual> = []

  private var roots: [Int: FieldPath] = [:]
  private var binders: [FieldPath] = []
  /// For how many constants the condition is asked.
  private var repetitions = 1
  /// What was found of quantifiers that stand in no other.
  ///
  /// Of two that ask the same one needs elements; definitions that are used in several conditions
  /// make many such.
  private var quantifiers: [Term: Flow] = [:]
  /// A number for each list whose element a variable of the rule stands for.
  private var scopeNumbers: [FieldPath: Int] = [:]
  /// The dates that choose laws, lists and parameters.
  private var lawDates: Set<FieldPath> = []

  /// Longer lists than this are not looked at.
  static var longestList: Int { 3 }
  private static var largestDomain: Int { 64 }

  enum Probe: Hashable {
    case values([Value])
    case offset(Value)
    /// Every entry counts for itself.
    case all
  }

  /// What a term may come from.
  struct Flow {
    var fields: Set<FieldPath> = []
    var constants: [Value] = []
    var offsets: [Value] = []
    var isYear = false
    /// Whether it is worked out of several fields.
    var isDifference = false
    /// The record, the list or the field itself.
    var root: FieldPath?

    mutating func merge(_ other: Flow) {
      fields.formUnion(other.fields)
      constants += other.constants
      offsets += other.offsets
      isYear = isYear || other.isYear
      isDifference = isDifference || other.isDifference
      root = nil
    }
  }

  init(ruleSet: RuleSet, today: CalendarDate) {
    self.ruleSet = ruleSet
    self.today = today
  }

  mutating func limit(_ chinese: String, _ english: String) {
    limits.insert(Bilingual(chinese, english))
  }
}

// MARK: - Walking terms

extension DomainSurvey {
  /// Takes in everything that decides the verdict of a rule on an element.
  mutating func survey(_ rule: Rule, asOf: Term?) {
    // The dossier's date has variables of its own.
    if let asOf { lawDates.formUnion(walk(asOf).fields) }
    for scope in rule.scopes { _ = bind(scope.slot, to: scope.list) }
    if let date = rule.asOf { lawDates.formUnion(walk(date).fields) }
    for citation in rule.citations.prefix(1) { probeLaw(citation.law) }
    for condition in rule.applies { walk(condition) }
    for exception in rule.exceptions {
      if let law = exception.citations.first?.law { probeLaw(law) }
      walk(exception.condition)
    }
    walk(rule.requirement)
    roots = [:]
  }

  mutating func survey(_ condition: Term, asOf: Term?) {
    if let asOf { lawDates.formUnion(walk(asOf).fields) }
    walk(condition)
  }

  private mutating func probeLaw(_ law: Int) {
    probeLawDates([ruleSet.laws[law].effective, ruleSet.laws[law].ends].compactMap { $0 })
  }

  private mutating func probeLawDates(_ dates: [CalendarDate]) {
    for field in lawDates {
      for date in dates { probes.append((field, .values([.date(date)]))) }
    }
  }

  private mutating func bind(_ slot: Int, to list: Term) -> Flow {
    var flow = walk(list)
    if let root = flow.root {
      roots[slot] = root.appending(.index(0)).normal
      need(root)
    } else {
      roots[slot] = nil
    }
    flow.root = roots[slot]
    return flow
  }

  /// One more element of a list may be needed, for each element of the lists around that are not
  /// its own.
  private mutating func need(_ list: FieldPath) {
    let others = binders.filter { !list.steps.starts(with: $0.steps) }.count
    var count = repetitions
    for _ in 0..<others { count *= Self.longestList }
    needs[list, default: 0] += count
  }

  @discardableResult
  private mutating func walk(_ term: Term) -> Flow {
    guard term.isQuantifier, binders.isEmpty, repetitions == 1, let form = form(of: term) else {
      return walkAnew(term)
    }
    if let known = quantifiers[form] { return known }
    let flow = walkAnew(term)
    quantifiers[form] = flow
    return flow
  }

  /// A quantifier wherever it is written and whatever its variables are called.
  private mutating func form(of term: Term) -> Term? {
    var names: [Int: Int] = [:]
    for (slot, root) in roots {
      let number = scopeNumbers[root] ?? scopeNumbers.count
      scopeNumbers[root] = number
      names[slot] = number
    }
    return term.form(names)
  }

  private mutating func walkAnew(_ term: Term) -> Flow {
    switch term.kind {
    case .constant(let value): return flow(of: value)
    case .document: return Flow(root: FieldPath())
    case .variable(let slot): return field(roots[slot], term.type)
    case .field(let base, let number):
      if case .record(let record) = base.type, !canBeNone(term.type),
        ruleSet.records[record].fields[number].absence == RecordDeclaration.Absence.none
      {
        limit("以“无”为值而又可能不存在的字段", "fields that can be absent while `none` is one of their values")
      }
      return field(walk(base).root?.appending(.field(number)), term.type)
    case .asOf: return Flow(fields: lawDates)
    case .today: return Flow(constants: [.date(today)])
    case .parameter(let index):
      let parameter = ruleSet.parameters[index]
      probeLawDates(parameter.dated.map(\.from))
      var result = Flow()
      for value in [parameter.value] + parameter.dated.map(\.value) {
        result.merge(flow(of: value))
      }
      return result
    case .exists(let slot, let list, let condition):
      return overElements(slot, of: list) { survey in
        survey.walk(condition)
        return Flow()
      }
    case .select(let slot, let list, let condition, let result):
      return overElements(slot, of: list) { survey in
        if let condition { survey.walk(condition) }
        guard let result else {
          let root = survey.roots[slot]
          // The elements that are left are elements of the same list.
          return root.map { Flow(fields: [$0], root: FieldPath(Array($0.steps.dropLast()))) }
            ?? Flow()
        }
        var flow = survey.walk(result)
        flow.root = nil
        return flow
      }
    case .compare(let comparison, let left, let right):
      if comparison == .precedes {
        limit("同日先后（“先于”）按未载明时刻处理", "`precedes` is taken without times of day")
      }
      connect(walk(left), walk(right))
      if left.type.element != nil { limit("列表整体比较", "lists compared as a whole") }
      return Flow()
    case .member(let element, let list):
      let (one, other) = (walk(element), walkList(list))
      connect(one, other)
      return Flow()
    case .lookup(let table, let arguments): return lookup(ruleSet.tables[table], arguments)
    case .listed(let operand, let list):
      for version in ruleSet.enums[list].versions { version.law.map { probeLaw($0) } }
      probe(walk(operand), .all)
      return Flow()
    case .attribute(let operand, _):
      let flow = walk(operand)
      probe(flow, .all)
      guard case .enumeration(let index) = operand.type else { return Flow() }
      return Flow(
        constants: ruleSet.enums[index].entries.flatMap { $0.attributes.values }
          .map { .text($0.chinese) })
    case .arithmetic(let operation, let left, let right):
      if operation == .multiply || operation == .divide {
        limit("乘除", "multiplication and division")
      }
      var flow = walk(left)
      flow.merge(walk(right))
      flow.isDifference = true
      return flow
    case .year(let operand):
      var flow = walk(operand)
      (flow.isYear, flow.root) = (true, nil)
      return flow
    case .aggregate(let aggregate, let list):
      var flow = walkList(list)
      if aggregate != .least, aggregate != .greatest {
        limit("列表的计数和汇总", "counts and sums of lists")
        if aggregate == .count || aggregate == .distinct { flow = Flow() }
      }
      flow.root = nil
      return flow
    case .difference(let left, let right):
      let (one, other) = (walkList(left), walkList(right))
      connect(one, other)
      limit("集合之差", "differences of sets")
      return one
    case .isKnown(let operand):
      let flow = walk(operand)
      if flow.root == nil, !term.subterms[0].isScalarField {
        limit(
          "对比较结果问“已知”而日期只记到月或者年", "what is known of comparisons with dates to the month or year")
      }
      return Flow()
    case .isPresent(let operand):
      walk(operand)
      return Flow()
    case .recorded(let operand): return walk(operand)
    case .firstKnown(let terms):
      var flow = Flow()
      for term in terms { flow.merge(walk(term)) }
      connect(flow, Flow())
      return flow
    case .similarity(let left, let right):
      limit("文本相似度", "similarity of texts")
      connect(walk(left), walk(right))
      return Flow()
    case .not, .and, .or:
      for term in term.subterms { walk(term) }
      return Flow()
    case .allDates, .figure, .previous, .whole, .beside, .poissonBound: return Flow()
    }
  }

  private mutating func overElements(
    _ slot: Int, of list: Term, _ body: (inout DomainSurvey) -> Flow
  ) -> Flow {
    _ = bind(slot, to: list)
    let root = roots[slot]
    let known = repetitions
    if let root {
      binders.append(root)
    } else if case .constant(.list(let constants)) = list.kind {
      repetitions = min(repetitions * max(1, constants.elements.count), 1_000)
    }
    defer {
      if root != nil { binders.removeLast() }
      repetitions = known
    }
    return body(&self)
  }

  /// A list that is asked as a whole, of which one more element may matter.
  private mutating func walkList(_ list: Term) -> Flow {
    var flow = walk(list)
    if let root = flow.root {
      need(root)
      if let element = list.type.element {
        flow.merge(field(root.appending(.index(0)).normal, element))
      }
    }
    return flow
  }

  private mutating func field(_ path: FieldPath?, _ type: ValueType) -> Flow {
    guard let path else { return Flow() }
    switch type {
    case .record, .list: return Flow(root: path)
    default:
      types[path] = type
      if parents[path] == nil { parents[path] = path }
      return Flow(fields: [path], root: path)
    }
  }

  private func flow(of value: Value) -> Flow {
    switch value {
    case .duration: Flow(constants: [value], offsets: [value])
    case .list(let list): Flow(constants: list.elements.map(\.value))
    default: Flow(constants: [value])
    }
  }

  private mutating func lookup(_ table: Table, _ arguments: [Term]) -> Flow {
    for (column, argument) in arguments.enumerated() {
      let flow = walk(argument)
      for row in table.rows {
        switch row.cells[column] {
        case .any: break
        case .values(let values): probe(flow, .values(values))
        case .compared(_, let value):
          probe(flow, .values([value]))
          if case .symbol = value { probe(flow, .all) }
        }
      }
    }
    return Flow(constants: Array(Set(table.rows.map(\.result))))
  }
}

// MARK: - Fields that belong together

extension DomainSurvey {
  private func find(_ field: FieldPath) -> FieldPath {
    var field = field
    while let parent = parents[field], parent != field { field = parent }
    return field
  }

  private mutating func probe(_ flow: Flow, _ probe: Probe) {
    for field in flow.fields { probes.append((field, probe)) }
  }

  /// Takes two sides of a comparison together.
  private mutating func connect(_ left: Flow, _ right: Flow) {
    var flow = left
    flow.merge(right)
    guard let first = flow.fields.min(by: { "\($0)" < "\($1)" }) else { return }
    if flow.fields.count > 1, flow.isYear { limit("年度之间的比较", "years compared with one another") }
    for field in flow.fields { parents[find(field)] = find(first) }
    if !left.fields.isEmpty, !right.fields.isEmpty || !flow.offsets.isEmpty || left.isDifference {
      compared.append(first)
    } else if right.isDifference || !right.fields.isEmpty && !flow.offsets.isEmpty {
      compared.append(first)
    }
    for constant in flow.constants {
      switch (constant, types[first]) {
      case (.integer(let year), .date?) where flow.isYear:
        let days = [
          CalendarDate(year: year, month: 1, day: 1), CalendarDate(year: year, month: 12, day: 31),
        ]
        for day in days.compactMap({ $0 }) { probes.append((first, .values([.date(day)]))) }
      case (.integer(let days), .date?):
        probes.append((first, .offset(.duration(CalendarDuration(days, .day)))))
      default:
        probes.append((first, .values([constant])))
        // Of two numbers a constant may be the distance.
        if flow.fields.count > 1 { probes.append((first, .offset(constant))) }
      }
    }
    for offset in flow.offsets { probes.append((first, .offset(offset))) }
    if case .enumeration(let index)? = types[first], ruleSet.enums[index].isOrdered {
      probes.append((first, .all))
    }
  }

  /// How many elements of a list are looked at.
  func length(of list: FieldPath) -> Int { min(needs[list.normal] ?? 1, Self.longestList) }

  /// Says where lists may need more elements than are looked at.
  mutating func limitLists() {
    if needs.values.contains(where: { $0 > Self.longestList }) {
      limit(
        "条件可能需要多于\(Self.longestList)个元素的列表",
        "conditions that may need lists of more than \(Self.longestList) elements")
    }
  }

  /// How often a field stands in a document.
  private func instances(of field: FieldPath) -> Int {
    var count = 1
    for (index, step) in field.steps.enumerated() {
      if case .index = step { count *= length(of: FieldPath(Array(field.steps[..<index]))) }
    }
    return count
  }

  /// The values of each field, what is left open first.
  mutating func domains() -> [FieldPath: [Value]] {
    limitLists()
    var members: [FieldPath: [FieldPath]] = [:]
    for field in parents.keys { members[find(field), default: []].append(field) }
    var probesOf: [FieldPath: Set<Probe>] = [:]
    for (field, probe) in probes { probesOf[find(field), default: []].insert(probe) }
    var domains: [FieldPath: [Value]] = [:]
    let together = Set(compared.map { find($0) })
    for (root, fields) in members {
      // Of fields that are held against constants alone each can be thought of by itself.
      let count =
        together.contains(root) ? fields.map { instances(of: $0) }.reduce(0, +) : 1
      let values = values(of: types[root] ?? .unknown, count, probesOf[root] ?? [])
      for field in fields {
        domains[field] = [.unknown] + values + (canBeNone(types[field]) ? [.none] : [])
      }
    }
    return domains
  }

  /// Whether a document can say that a field has no value: not where that is the name of an entry.
  private func canBeNone(_ type: ValueType?) -> Bool {
    guard case .enumeration(let index)? = type else { return true }
    return !ruleSet.enums[index].entries.contains { ["无", "none"].contains($0.name.chinese) }
  }
}

// MARK: - Values

extension DomainSurvey {
  private mutating func values(
    of type: ValueType, _ count: Int, _ probes: Set<Probe>
  ) -> [Value] {
    var constants: Set<Value> = []
    var offsets: Set<Value> = []
    for probe in probes {
      switch probe {
      case .values(let values): constants.formUnion(values)
      case .offset(let value): offsets.insert(value)
      case .all: break
      }
    }
    switch type {
    case .boolean: return [.boolean(true), .boolean(false)]
    case .enumeration(let index): return entries(of: index, count, probes)
    case .text:
      let named = constants.filter { if case .text = $0 { true } else { false } }
      return (0..<count).map { .text("某\($0 + 1)") } + sorted(named)
    case .date, .integer, .decimal: return ordered(type, count, constants, offsets)
    default:
      limit("期限字段", "fields that are durations")
      return sorted(constants.filter { if case .duration = $0 { true } else { false } })
    }
  }

  private func sorted(_ values: Set<Value>) -> [Value] { values.sorted { "\($0)" < "\($1)" } }

  /// The entries of an enum, as many of those that nothing tells apart as there are fields.
  private func entries(of index: Int, _ count: Int, _ probes: Set<Probe>) -> [Value] {
    let type = ruleSet.enums[index]
    let sets = probes.compactMap { if case .values(let values) = $0 { Set(values) } else { nil } }
    var taken: [[Bool]: Int] = [:]
    let entries = type.entries.indices.map { Value.symbol(enumeration: index, entry: $0) }
      .filter { entry in
        taken[sets.map { $0.contains(entry) }, default: 0] += 1
        return probes.contains(.all) || taken[sets.map { $0.contains(entry) }] ?? 0 <= count
      }
    let others =
      type.isOpen ? (0..<count).map { Value.unlisted(enumeration: index, "某\($0 + 1)") } : []
    return entries + others
  }

  /// Points of an order: constants, and steps from them.
  private mutating func ordered(
    _ type: ValueType, _ count: Int, _ constants: Set<Value>, _ offsets: Set<Value>
  ) -> [Value] {
    var steps: [(Int) -> Int?] = [{ $0 + 1 }, { $0 - 1 }]
    var points: Set<Int> = []
    for constant in constants {
      switch (constant, type) {
      case (.date(let date), .date): points.formUnion([date.firstDay, date.lastDay])
      case (.integer(let number), .integer): points.insert(number)
      case (.integer(let number), .decimal): points.insert(number * 1_000_000)
      case (.decimal(let number), .decimal): points.insert(number.millionths)
      case (.decimal(let number), .integer): points.insert(number.millionths / 1_000_000)
      default: break
      }
    }
    // A date in the middle of a month, away from what is peculiar to its ends.
    if points.isEmpty { points.insert(type == .date ? CalendarDate.ordinaryDay : 1) }
    for offset in offsets {
      switch (offset, type) {
      case (.duration(let duration), .date):
        if duration.unit == .workingDay { limit("工作日", "working days") }
        if duration.unit != .day, count > 2 {
          limit("三个以上日期之间按月计算的期限", "months between three or more dates")
        }
        for duration in [duration, duration.negated] {
          steps.append { CalendarDate(dayNumber: $0)?.adding(duration)?.firstDay }
        }
      case (.integer(let number), .integer), (.integer(let number), .decimal):
        let distance = type == .decimal ? number * 1_000_000 : number
        if distance != 0 { steps += [{ $0 + distance }, { $0 - distance }] }
      case (.decimal(let number), .decimal):
        steps += [{ $0 + number.millionths }, { $0 - number.millionths }]
      default: break
      }
    }
    // A step and its neighbours for each field but the first, and the neighbours of the first.
    var newest = points
    for _ in 0..<max(1, count) {
      newest = Set(newest.flatMap { point in steps.compactMap { $0(point) } }).subtracting(points)
      if steps.count > 2 {
        newest.formUnion(newest.flatMap { [$0 - 1, $0 + 1] })
        newest.subtract(points)
      }
      if points.count + newest.count > Self.largestDomain {
        limit("可区分的日期或者数太多", "too many dates or numbers that are told apart")
        points.formUnion(
          newest.sorted().prefix(Self.largestDomain - min(points.count, Self.largestDomain)))
        break
      }
      points.formUnion(newest)
    }
    return points.sorted().compactMap { point in
      switch type {
      case .date: CalendarDate(dayNumber: point).map(Value.date)
      case .integer: .integer(point)
      default: .decimal(FixedDecimal(millionths: point))
      }
    }
  }
}

extension CalendarDate {
  /// 15 June 2021.
  static var ordinaryDay: Int { 18_793 }
}

extension Term {
  var isScalarField: Bool {
    if case .field = kind { true } else { false }
  }
}

extension Term {
  fileprivate var isQuantifier: Bool {
    switch kind {
    case .exists, .select: true
    default: false
    }
  }

  /// The term without its places, its variables by new names; nil where one has none.
  fileprivate func form(_ names: [Int: Int], depth: Int = 0) -> Term? {
    // No rule has so many lists.
    let new = (1 << 20) + depth
    var isWhole = true
    func inner(_ term: Term, binding slot: Int? = nil) -> Term {
      var names = names
      if let slot { names[slot] = new }
      guard let form = term.form(names, depth: slot == nil ? depth : depth + 1) else {
        isWhole = false
        return term
      }
      return form
    }
    let form: Kind
    switch kind {
    case .variable(let slot):
      guard let name = names[slot] else { return nil }
      form = .variable(name)
    case .exists(let slot, let list, let condition):
      form = .exists(slot: new, in: inner(list), where: inner(condition, binding: slot))
    case .select(let slot, let list, let condition, let result):
      form = .select(
        slot: new, in: inner(list), where: condition.map { inner($0, binding: slot) },
        take: result.map { inner($0, binding: slot) })
    default: form = mapSubterms { inner($0) }.kind
    }
    return isWhole ? Term(form, type, at: Origin(source: 0, range: SourceRange(0, 0))) : nil
  }
}
