import TestSupport
import Testing
import WenzeModel
import WenzeSemantics
import WenzeSyntax

@testable import WenzeEngine

/// Recording one more fact never flips a definite result.
@Suite struct MonotonicityTests {
  /// 20 seeds of 6 000 expressions each.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func fillingInAFactNeverFlipsADefiniteResult(seed: UInt64) throws {
    var generator = TermGenerator(random: SplitMix64(state: seed))
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    for round in 0..<6_000 {
      generator.nextSlot = 0
      let term = generator.condition(depth: 4, variables: [])
      var document = generator.document()
      var before = evaluate(term, document, today)
      // A chain of ever more knowledge about one document.
      for _ in 0..<4 {
        document.fields = generator.refine(document.fields, of: generator.fileRecord)
        let after = evaluate(term, document, today)
        if before != .unknown {
          #expect(before == after, "seed \(seed), round \(round): \(term.kind)")
          if before != after { return }
        }
        before = after
      }
    }
  }

  private func evaluate(_ term: Term, _ document: Document, _ today: CalendarDate) -> Truth {
    var interpreter = Interpreter(
      ruleSet: TestSchema.ruleSet, document: document, today: today)
    interpreter.reserve(term.highestSlot + 1)
    return interpreter.truth(of: term)
  }
}

/// Makes random conditions, documents, and documents that know more.
struct TermGenerator {
  var random: SplitMix64
  var nextSlot = 0
  let ruleSet = TestSchema.ruleSet
  let fileRecord: Int
  private let thingRecord: Int

  init(random: SplitMix64) {
    self.random = random
    fileRecord = TestSchema.ruleSet.records.firstIndex { $0.name.chinese == "档" } ?? 0
    thingRecord = TestSchema.ruleSet.records.firstIndex { $0.name.chinese == "项" } ?? 0
  }

  private let origin = Origin(source: 0, range: SourceRange(0, 0))

  private func term(_ kind: Term.Kind, _ type: ValueType) -> Term {
    Term(kind, type, at: origin)
  }

  private mutating func one<Choice>(of choices: [Choice]) -> Choice {
    choices[Int.random(in: choices.indices, using: &random)]
  }

  private mutating func chance(_ one: Int, in many: Int) -> Bool {
    Int.random(in: 0..<many, using: &random) < one
  }

  private func field(_ name: String) -> Term {
    let number = ruleSet.records[fileRecord].bySpelling[name] ?? 0
    return term(
      .field(term(.document, .record(fileRecord)), number),
      ruleSet.records[fileRecord].fields[number].type)
  }

  private func field(_ name: String, of slot: Int) -> Term {
    let number = ruleSet.records[thingRecord].bySpelling[name] ?? 0
    return term(
      .field(term(.variable(slot), .record(thingRecord)), number),
      ruleSet.records[thingRecord].fields[number].type)
  }

  /// A random condition that does not ask what is known.
  mutating func condition(depth: Int, variables: [Int]) -> Term {
    guard depth > 0 else { return atom(variables) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return term(.not(condition(depth: depth - 1, variables: variables)), .boolean)
    case 1, 2:
      return term(
        .and((0..<2).map { _ in condition(depth: depth - 1, variables: variables) }), .boolean)
    case 3, 4:
      return term(
        .or((0..<2).map { _ in condition(depth: depth - 1, variables: variables) }), .boolean)
    case 5:
      let slot = nextSlot
      nextSlot += 1
      return term(
        .exists(
          slot: slot, in: field("项列"),
          where: condition(depth: depth - 1, variables: variables + [slot])), .boolean)
    case 6: return count(depth: depth, variables: variables)
    default: return atom(variables)
    }
  }

  /// A comparison of a count of selected elements.
  private mutating func count(depth: Int, variables: [Int]) -> Term {
    let slot = nextSlot
    nextSlot += 1
    let condition = condition(depth: min(1, depth - 1), variables: variables + [slot])
    let isMapped = Bool.random(using: &random)
    let selection = term(
      .select(
        slot: slot, in: field("项列"), where: condition,
        take: isMapped ? field("色", of: slot) : nil), .list(.boolean))
    let aggregate: Term.Aggregate = isMapped ? .distinct : .count
    let number = term(.constant(.integer(Int.random(in: 0...3, using: &random))), .integer)
    let counted = term(.aggregate(aggregate, selection), .integer)
    let comparison: Term.Comparison = one(of: [.equal, .less, .lessOrEqual])
    return Bool.random(using: &random)
      ? term(.compare(comparison, counted, number), .boolean)
      : term(.compare(comparison, number, counted), .boolean)
  }

  private mutating func atom(_ variables: [Int]) -> Term {
    let comparison: Term.Comparison = one(of: [.equal, .less, .lessOrEqual])
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return field(one(of: ["甲", "乙"]))
    case 1: return term(.compare(comparison, integer(variables), integer(variables)), .boolean)
    case 2: return term(.compare(comparison, date(variables), date(variables)), .boolean)
    case 3: return term(.compare(.precedes, date(variables), date(variables)), .boolean)
    case 4: return term(.compare(.equal, colour(variables), colour(variables)), .boolean)
    case 5: return term(.member(colour(variables), of: field("色列")), .boolean)
    case 6: return term(.isPresent(anything(variables)), .boolean)
    case 7:
      return term(.lookup(0, [colour(variables), field("级甲")]), .boolean)
    case 8:
      let list = one(of: ["数列", "日列"])
      let aggregate: Term.Aggregate = one(of: [.least, .greatest, .mode])
      let summary = term(.aggregate(aggregate, field(list)), .integer)
      return term(
        .compare(comparison, summary, list == "数列" ? integer(variables) : date(variables)),
        .boolean)
    case 9:
      let rest = term(.difference(field("色列"), constantColours()), .list(.boolean))
      return Bool.random(using: &random)
        ? term(.isPresent(rest), .boolean) : term(.member(colour(variables), of: rest), .boolean)
    case 10:
      let gap = term(.arithmetic(.subtract, date(variables), date(variables)), .integer)
      return term(.compare(comparison, gap, integer(variables)), .boolean)
    default:
      guard let slot = variables.randomElement(using: &random) else { return field("甲") }
      return field("是", of: slot)
    }
  }

  private func constantColours() -> Term {
    let red = Fact(.symbol(enumeration: 0, entry: 0), at: nil)
    return term(.constant(.list(FactList([red], isOpen: false))), .list(.boolean))
  }

  private mutating func anything(_ variables: [Int]) -> Term {
    one(of: [field("夹"), field("色列"), field("项列"), field("日甲"), integer(variables)])
  }

  private mutating func integer(_ variables: [Int]) -> Term {
    if let slot = variables.randomElement(using: &random), chance(1, in: 2) {
      return field("数", of: slot)
    }
    return switch Int.random(in: 0..<4, using: &random) {
    case 0: term(.constant(.integer(Int.random(in: 0...3, using: &random))), .integer)
    case 1: term(.arithmetic(.add, field("数甲"), field("数乙")), .integer)
    default: field(one(of: ["数甲", "数乙"]))
    }
  }

  private mutating func date(_ variables: [Int]) -> Term {
    if let slot = variables.randomElement(using: &random), chance(1, in: 2) {
      return field("日", of: slot)
    }
    let base = field(one(of: ["日甲", "日乙"]))
    guard chance(1, in: 3) else { return base }
    let duration = term(
      .constant(.duration(CalendarDuration(1, chance(1, in: 2) ? .month : .day))), .duration)
    return term(.arithmetic(chance(1, in: 2) ? .add : .subtract, base, duration), .date)
  }

  private mutating func colour(_ variables: [Int]) -> Term {
    if let slot = variables.randomElement(using: &random), chance(1, in: 2) {
      return field("色", of: slot)
    }
    if chance(1, in: 4) {
      let type = field("色甲").type
      return term(.lookup(1, [field(one(of: ["色甲", "色乙"])), field("级甲")]), type)
    }
    return field(one(of: ["色甲", "色乙"]))
  }
}

// MARK: - Documents

extension TermGenerator {
  mutating func document() -> Document {
    Document(
      dossier: fileRecord, id: nil, isComplete: false,
      fields: ruleSet.records[fileRecord].fields.map { value(of: $0.type) }, waivers: [],
      range: SourceRange(0, 0))
  }

  /// A random fact, unknown as often as not.
  private mutating func value(of type: ValueType) -> Fact {
    if chance(1, in: 2) { return .unknown }
    return knownValue(of: type)
  }

  private mutating func knownValue(of type: ValueType) -> Fact {
    if chance(1, in: 8) {
      if case .list = type { return Fact(.list(FactList([], isOpen: false)), at: nil) }
      return Fact(.none, at: nil)
    }
    let value: Value =
      switch type {
      case .boolean: .boolean(Bool.random(using: &random))
      case .integer: .integer(Int.random(in: 0...3, using: &random))
      case .date: randomDate()
      case .text: .text(one(of: ["甲", "乙"]))
      case .enumeration(let index):
        .symbol(
          enumeration: index,
          entry: Int.random(in: 0..<ruleSet.enums[index].entries.count, using: &random))
      case .record(let record):
        .record(ruleSet.records[record].fields.map { self.value(of: $0.type) })
      case .list(let element):
        .list(
          FactList(
            (0..<Int.random(in: 0...2, using: &random)).map { _ in listElement(of: element) },
            isOpen: Bool.random(using: &random)))
      default: .unknown
      }
    return Fact(value, at: nil)
  }

  /// An element of a list: something that exists.
  private mutating func listElement(of type: ValueType) -> Fact {
    while true {
      let fact = knownValue(of: type)
      if fact.value != .none { return fact }
    }
  }

  private mutating func randomDate() -> Value {
    let month = Int.random(in: 1...2, using: &random)
    let day = Int.random(in: 27...28, using: &random)
    let minute = chance(1, in: 3) ? Int.random(in: 0...2, using: &random) : nil
    let date =
      switch Int.random(in: 0..<5, using: &random) {
      case 0: CalendarDate(year: 2023)
      case 1: CalendarDate(year: 2023, month: month)
      default: CalendarDate(year: 2023, month: month, day: day, minute: minute)
      }
    return date.map(Value.date) ?? .unknown
  }

  /// The fields with one or more unknowns filled in.
  mutating func refine(_ fields: [Fact], of record: Int) -> [Fact] {
    zip(fields, ruleSet.records[record].fields)
      .map { fact, field in chance(1, in: 3) ? refine(fact, of: field.type) : fact }
  }

  /// A fact of which all is known, and that does not contradict what was known before.
  mutating func settled(_ fact: Fact, of type: ValueType) -> Fact {
    switch (fact.value, type) {
    case (.unknown, .integer) where chance(7, in: 8):
      return Fact(.integer(Int.random(in: -2...9, using: &random)), at: nil)
    case (.unknown, .date) where chance(7, in: 8):
      let year = CalendarDate(year: Int.random(in: 2022...2024, using: &random))
      return settled(Fact(year.map(Value.date) ?? .unknown, at: nil), of: type)
    case (.unknown, _): return settled(knownValue(of: type), of: type)
    case (.date(let date), _):
      // Two dates are to fall on one day now and then.
      let last = chance(1, in: 2) ? date.firstDay : date.lastDay
      let day = Int.random(in: date.firstDay...last, using: &random)
      return date.isWholeDay ? fact : Fact(.date(CalendarDate(dayNumber: day) ?? date), at: nil)
    case (.record(let fields), .record(let record)):
      let types = ruleSet.records[record].fields.map(\.type)
      return Fact(.record(zip(fields, types).map { settled($0, of: $1) }), at: nil)
    case (.list(var list), .list(let element)):
      while list.isOpen, chance(1, in: 2) { list.elements.append(listElement(of: element)) }
      list.elements = list.elements.map { settled($0, of: element) }
      list.isOpen = false
      return Fact(.list(list), at: nil)
    default: return fact
    }
  }

  private mutating func refine(_ fact: Fact, of type: ValueType) -> Fact {
    switch (fact.value, type) {
    case (.unknown, _): return knownValue(of: type)
    case (.date(let date), _): return Fact(.date(refine(date)), at: nil)
    case (.record(let fields), .record(let record)):
      return Fact(.record(refine(fields, of: record)), at: nil)
    case (.list(var list), .list(let element)):
      list.elements = list.elements.map { chance(1, in: 2) ? refine($0, of: element) : $0 }
      if list.isOpen {
        if chance(1, in: 2) { list.elements.append(listElement(of: element)) }
        if chance(1, in: 2) { list.isOpen = false }
      }
      return Fact(.list(list), at: nil)
    default: return fact
    }
  }

  /// A date of more precision within the same month or year.
  private mutating func refine(_ date: CalendarDate) -> CalendarDate {
    let refined: CalendarDate?
    if let month = date.month, let day = date.day {
      let minute = date.minute ?? (chance(1, in: 2) ? Int.random(in: 0...2, using: &random) : nil)
      refined = CalendarDate(year: date.year, month: month, day: day, minute: minute)
    } else if let month = date.month {
      refined = CalendarDate(
        year: date.year, month: month, day: Int.random(in: 27...28, using: &random))
    } else {
      refined = CalendarDate(year: date.year, month: Int.random(in: 1...2, using: &random))
    }
    return refined ?? date
  }
}
