import WenzeEngine
import WenzeModel
import WenzeSemantics

/// The documents that differ from one in a single fact, as far as some rules read it.
struct Neighbourhood {
  private let ruleSet: RuleSet
  /// The fields that the rules read, by record.
  private let fields: Set<FieldName>
  private let readsAllDates: Bool
  private var constants: Set<Value> = []

  private struct FieldName: Hashable {
    var record: Int
    var number: Int
  }

  /// The neighbourhood for rules of a rule set.
  init(of rules: [Rule], in ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    let dates = Set(rules.map(\.dossier)).compactMap { ruleSet.records[$0].dossier?.asOf }
    let terms = (rules.flatMap(\.decidingTerms) + dates).flatMap(\.descendants)
    fields = Set(
      terms.compactMap { term in
        guard case .field(let base, let number) = term.kind, case .record(let record) = base.type
        else { return nil }
        return FieldName(record: record, number: number)
      })
    readsAllDates = terms.contains { $0.kind == .allDates }
    for term in terms {
      switch term.kind {
      case .constant(let value): add(value)
      case .parameter(let number):
        let parameter = ruleSet.parameters[number]
        add(parameter.value)
        for dated in parameter.dated { add(dated.value) }
      case .lookup(let number, _):
        for cell in ruleSet.tables[number].rows.flatMap(\.cells) {
          switch cell {
          case .any: break
          case .values(let values): for value in values { add(value) }
          case .compared(_, let value): add(value)
          }
        }
      default: break
      }
    }
    for law in ruleSet.laws {
      for date in [law.effective, law.ends].compactMap({ $0 }) { constants.insert(.date(date)) }
    }
  }

  private mutating func add(_ value: Value) {
    if case .list(let list) = value {
      constants.formUnion(list.elements.map(\.value))
    } else {
      constants.insert(value)
    }
  }

  /// Calls the body with each document that differs in one fact, until it says that it has enough.
  ///
  /// - Returns: whether the body had enough.
  func eachNeighbour(of document: Document, _ body: (Document) -> Bool) -> Bool {
    let dates = dates(in: document.fields)
    var changed = document
    return eachChange(of: document.fields, record: document.dossier, dates) { fields in
      changed.fields = fields
      return body(changed)
    }
  }

  private func dates(in fields: [Fact]) -> Set<CalendarDate> {
    var dates: Set<CalendarDate> = []
    func visit(_ fact: Fact) {
      switch fact.value {
      case .date(let date): dates.insert(date)
      case .record(let fields): for field in fields { visit(field) }
      case .list(let list): for element in list.elements { visit(element) }
      default: break
      }
    }
    for field in fields { visit(field) }
    return dates
  }

  private func eachChange(
    of fields: [Fact], record: Int, _ dates: Set<CalendarDate>, _ body: ([Fact]) -> Bool
  ) -> Bool {
    for (number, field) in ruleSet.records[record].fields.enumerated()
    where fields.indices.contains(number) && reads(field.type, number, of: record) {
      var changed = fields
      let isDone = eachChange(of: fields[number].value, field.type, dates) { value in
        changed[number] = Fact(value, at: fields[number].place)
        return body(changed)
      }
      if isDone { return true }
    }
    return false
  }

  private func reads(_ type: ValueType, _ number: Int, of record: Int) -> Bool {
    fields.contains(FieldName(record: record, number: number)) || readsAllDates && type == .date
  }

  private func eachChange(
    of value: Value, _ type: ValueType, _ dates: Set<CalendarDate>, _ body: (Value) -> Bool
  ) -> Bool {
    for other in replacements(of: value, type, dates) where other != value {
      if body(other) { return true }
    }
    switch (value, type) {
    case (.record(let fields), .record(let record)):
      return eachChange(of: fields, record: record, dates) { body(.record($0)) }
    case (.list(let list), .list(let element)):
      for index in list.elements.indices {
        var changed = list
        let isDone = eachChange(of: list.elements[index].value, element, dates) { value in
          changed.elements[index].value = value
          return body(.list(changed))
        }
        if isDone { return true }
      }
      return false
    default: return false
    }
  }

  /// What may stand in the place of a value, whatever is in it.
  private func replacements(
    of value: Value, _ type: ValueType, _ dates: Set<CalendarDate>
  ) -> [Value] {
    switch type {
    case .boolean: [.boolean(true), .boolean(false), .unknown, .none]
    case .enumeration(let index):
      ruleSet.enums[index].entries.indices.map { .symbol(enumeration: index, entry: $0) }
        + [.unknown, .none]
    case .date: self.dates(near: dates) + [.unknown, .none]
    case .integer, .decimal: numbers(near: value, type) + [.unknown, .none]
    case .record(let record): [.unknown, .none] + blank(value, record)
    case .list(let element): lists(near: value, element)
    default:
      texts(type) + [.unknown, .none]
    }
  }

  private func texts(_ type: ValueType) -> [Value] {
    guard type == .text else { return [] }
    let texts = constants.compactMap { if case .text(let text) = $0 { text } else { nil } }
    return (texts + ["某某"]).sorted().map { .text($0) }
  }

  /// A record that is there, where none was recorded.
  private func blank(_ value: Value, _ record: Int) -> [Value] {
    if case .record = value { return [] }
    return [.record(ruleSet.records[record].fields.map { _ in .unknown })]
  }

  /// Other dates of the document and those that the rules name, the terms of the rules away from
  /// these, and the days around.
  private func dates(near dates: Set<CalendarDate>) -> [Value] {
    var points = dates
    for case .date(let date) in constants { points.insert(date) }
    var far = points
    for case .duration(let duration) in constants {
      for point in dates {
        for duration in [duration, duration.negated] {
          if let other = point.adding(duration) { far.insert(other) }
        }
      }
    }
    let days = Set(far.flatMap { [$0.firstDay - 1, $0.firstDay, $0.firstDay + 1] })
    return days.sorted().compactMap { CalendarDate(dayNumber: $0).map(Value.date) }
  }

  private func numbers(near value: Value, _ type: ValueType) -> [Value] {
    let points = constants.union([value, .integer(0)])
    return (points.union(points.flatMap { ruleSet.neighbours(of: $0) })).filter { point in
      switch (point, type) {
      case (.integer, _), (.decimal, .decimal): true
      default: false
      }
    }
    .sorted { "\($0)" < "\($1)" }
  }

  /// Nothing, nothing recorded, one fewer, one twice, and the same going on.
  private func lists(near value: Value, _ element: ValueType) -> [Value] {
    let empty: [Value] = [.list(FactList([], isOpen: false)), .unknown]
    guard case .list(let list) = value else {
      if case .record(let record) = element {
        return empty + [
          .list(FactList(blank(.unknown, record).map { Fact($0, at: nil) }, isOpen: false))
        ]
      }
      return empty
    }
    var lists = empty
    for index in list.elements.indices {
      var fewer = list
      fewer.elements.remove(at: index)
      lists.append(.list(fewer))
    }
    if let last = list.elements.last {
      lists.append(.list(FactList(list.elements + [last], isOpen: list.isOpen)))
    }
    if !list.isMarkedOpen {
      lists.append(.list(FactList(list.elements, isOpen: true, isMarkedOpen: true)))
    }
    if case .enumeration(let index) = element {
      for entry in ruleSet.enums[index].entries.indices {
        let value = Value.symbol(enumeration: index, entry: entry)
        lists.append(.list(FactList(list.elements + [Fact(value, at: nil)], isOpen: list.isOpen)))
      }
    }
    return lists
  }
}
