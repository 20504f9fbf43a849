import TestSupport
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Makes random small conditions over ``SmallSchema``, and every document over few values.
struct ConditionGenerator {
  var random: SplitMix64
  private let ruleSet = SmallSchema.ruleSet
  private let dossier = SmallSchema.dossier
  private let thing: Int
  private let folder: Int
  private var nextSlot = 0
  /// Quantifiers of the condition that is being made, of which some stand in it again.
  private var quantifiers: [(slot: Int, body: Term)] = []
  private let origin = Origin(source: 0, range: SourceRange(0, 0))

  init(seed: UInt64) {
    random = SplitMix64(state: seed)
    thing = ruleSet.records.firstIndex { $0.name.chinese == "项" } ?? 0
    folder = ruleSet.records.firstIndex { $0.name.chinese == "夹" } ?? 0
  }

  private func term(_ kind: Term.Kind, _ type: ValueType = .boolean) -> Term {
    Term(kind, type, at: origin)
  }

  private func field(_ name: String, of base: Term, _ record: Int) -> Term {
    let number = ruleSet.records[record].bySpelling[name] ?? 0
    return term(.field(base, number), ruleSet.records[record].fields[number].type)
  }

  private func field(_ name: String) -> Term {
    field(name, of: term(.document, .record(dossier)), dossier)
  }

  private func element(_ name: String, _ slot: Int) -> Term {
    field(name, of: term(.variable(slot), .record(thing)), thing)
  }

  private mutating func one<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: choices.indices, using: &random)]
  }

  mutating func newCondition(depth: Int) -> Term {
    quantifiers = []
    return condition(depth: depth)
  }

  private mutating func condition(depth: Int, _ slot: Int? = nil) -> Term {
    guard depth > 0 else { return atom(slot) }
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return term(.not(condition(depth: depth - 1, slot)))
    case 1, 2: return term(.and((0..<2).map { _ in condition(depth: depth - 1, slot) }))
    case 3, 4: return term(.or((0..<2).map { _ in condition(depth: depth - 1, slot) }))
    case 5 where slot == nil:
      nextSlot += 1
      let bound = nextSlot
      if let known = quantifiers.randomElement(using: &random), Bool.random(using: &random) {
        let body = known.body.renaming(known.slot, to: bound)
        return term(.exists(slot: bound, in: field("项列"), where: body))
      }
      let body = condition(depth: depth - 1, bound)
      quantifiers.append((bound, body))
      return term(.exists(slot: bound, in: field("项列"), where: body))
    case 6: return term(.isKnown(one([field("甲"), field("日甲"), field("夹"), field("数甲")])))
    default: return atom(slot)
    }
  }

  private mutating func atom(_ slot: Int?) -> Term {
    let comparison: Term.Comparison = one([.equal, .less, .lessOrEqual])
    switch Int.random(in: 0..<11, using: &random) {
    case 0: return field(one(["甲", "乙"]))
    case 1: return term(.compare(comparison, integer(), integer()))
    case 2, 3: return term(.compare(comparison, date(slot), date(slot)))
    case 4: return term(.compare(.equal, colour(slot), colour(slot)))
    case 5: return term(.member(colour(slot), of: colours()))
    case 6:
      return term(.isPresent(one([field("夹"), field("项列"), field("日甲"), field("数甲"), field("文")])))
    case 7: return term(.lookup(0, [colour(slot), field("级甲")]))
    case 8: return term(.compare(comparison, grade(), grade()))
    case 9: return field("是", of: field("夹"), folder)
    default: return slot.map { element("是", $0) } ?? field("甲")
    }
  }

  private mutating func integer() -> Term {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: term(.constant(.integer(Int.random(in: 0...3, using: &random))), .integer)
    case 1: term(.arithmetic(.add, field("数甲"), constant(1)), .integer)
    default: field(one(["数甲", "数乙"]))
    }
  }

  private func constant(_ number: Int) -> Term { term(.constant(.integer(number)), .integer) }

  private mutating func date(_ slot: Int?) -> Term {
    if let slot, Bool.random(using: &random) { return element("日", slot) }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return term(.constant(.date(day(one([27, 28])))), .date)
    case 1:
      let duration = CalendarDuration(1, one([.day, .month]))
      return term(
        .arithmetic(
          one([.add, .subtract]), field(one(["日甲", "日乙"])),
          term(.constant(.duration(duration)), .duration)), .date)
    case 2: return field("日", of: field("夹"), folder)
    default: return field(one(["日甲", "日乙"]))
    }
  }

  private func day(_ day: Int) -> CalendarDate {
    CalendarDate(year: 2021, month: 2, day: day) ?? SmallSchema.today
  }

  private mutating func colour(_ slot: Int?) -> Term {
    if let slot, Bool.random(using: &random) { return element("色", slot) }
    return Bool.random(using: &random)
      ? field(one(["色甲", "色乙"]))
      : term(.constant(.symbol(enumeration: 0, entry: one([0, 1]))), field("色甲").type)
  }

  private mutating func colours() -> Term {
    if Bool.random(using: &random) { return field("色列") }
    let facts = [0, 1].map { Fact(.symbol(enumeration: 0, entry: $0), at: nil) }
    return term(
      .constant(.list(FactList(facts, isOpen: false))), .list(field("色甲").type))
  }

  private mutating func grade() -> Term {
    Bool.random(using: &random)
      ? field(one(["级甲", "级乙"]))
      : term(.constant(.symbol(enumeration: 1, entry: one([0, 1, 2]))), field("级甲").type)
  }
}

extension Term {
  /// The term with another variable in the place of one; no quantifier stands in it.
  fileprivate func renaming(_ slot: Int, to other: Int) -> Term {
    if case .variable(slot) = kind { return Term(.variable(other), type, at: origin) }
    return mapSubterms { $0.renaming(slot, to: other) }
  }
}

// MARK: - Documents

extension ConditionGenerator {
  /// Every document over a few values of each field that a condition asks; a sample of these where
  /// there are more than a number.
  mutating func documents(for condition: Term, atMost limit: Int) -> [Document] {
    let fields = Set(condition.descendants.compactMap { readField($0) }).sorted()
    let choices = fields.map { values(of: ruleSet.records[dossier].fields[$0].type, in: condition) }
    var total = 1
    for choice in choices { total = min(total * choice.count, limit + 1) }
    let isWhole = total <= limit
    return (0..<min(total, limit))
      .map { number in
        var facts = ruleSet.records[dossier].fields.map { _ in Fact.unknown }
        var rest = number
        for (field, choice) in zip(fields, choices) {
          let index = isWhole ? rest % choice.count : Int.random(in: choice.indices, using: &random)
          rest /= choice.count
          facts[field] = Fact(choice[index], at: nil)
        }
        return Document(
          dossier: dossier, id: nil, isComplete: false, fields: facts, waivers: [],
          range: SourceRange(0, 0))
      }
  }

  /// The number of a field of the document itself.
  private func readField(_ term: Term) -> Int? {
    if case .field(let base, let number) = term.kind, case .document = base.kind {
      number
    } else {
      nil
    }
  }

  /// The numbers of the fields that a condition reads of a record.
  private func read(_ record: Int, in condition: Term) -> Set<Int> {
    Set(
      condition.descendants.compactMap { term in
        if case .field(let base, let number) = term.kind, base.type == .record(record) {
          number
        } else {
          nil
        }
      })
  }

  private func values(of type: ValueType, in condition: Term) -> [Value] {
    switch type {
    case .record(let record):
      return [.unknown, .none] + records(record, in: condition).map { .record($0) }
    case .list(let element):
      let elements = values(of: element, in: condition).filter { !$0.isUnknown && !$0.isNone }
      var lists: [Value] = [.unknown]
      for isOpen in [true, false] {
        lists.append(.list(FactList([], isOpen: isOpen)))
        for (index, first) in elements.enumerated() {
          lists.append(.list(FactList([Fact(first, at: nil)], isOpen: isOpen)))
          for second in elements[index...].prefix(6) {
            lists.append(
              .list(FactList([Fact(first, at: nil), Fact(second, at: nil)], isOpen: isOpen)))
          }
        }
      }
      return lists
    case .boolean: return [.unknown, .none, .boolean(true), .boolean(false)]
    case .integer: return [.unknown, .none] + (0...4).map { .integer($0) }
    case .date:
      let days = [(2, 26), (2, 27), (2, 28), (3, 1), (3, 27), (3, 28), (3, 29), (4, 1)]
      return [.unknown, .none]
        + days.compactMap { CalendarDate(year: 2021, month: $0, day: $1).map(Value.date) }
    case .text: return [.unknown, .none, .text("甲"), .text("乙")]
    case .enumeration(let index):
      return [.unknown, .none]
        + ruleSet.enums[index].entries.indices.map { .symbol(enumeration: index, entry: $0) }
    default: return [.unknown]
    }
  }

  /// Every record over the fields that a condition reads.
  private func records(_ record: Int, in condition: Term) -> [[Fact]] {
    let read = read(record, in: condition)
    var records = [ruleSet.records[record].fields.map { _ in Fact.unknown }]
    for number in read.sorted() {
      let choices = values(of: ruleSet.records[record].fields[number].type, in: condition)
      records = records.flatMap { facts in
        choices.map { choice in
          var facts = facts
          facts[number] = Fact(choice, at: nil)
          return facts
        }
      }
    }
    return records
  }
}
