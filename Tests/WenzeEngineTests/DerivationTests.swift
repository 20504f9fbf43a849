import TestSupport
import Testing
import WenzeModel
import WenzeSyntax

@testable import WenzeEngine
@testable import WenzeSemantics

/// Derivations agree with verdicts, and what they say is missing can be filled in to decide.
@Suite struct DerivationTests {
  /// 8 seeds of 4 000 rules each.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func derivationsAgreeAndMissingFactsDecide(seed: UInt64) throws {
    var generator = TermGenerator(random: SplitMix64(state: seed))
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    var asked = 0
    for round in 0..<4_000 {
      generator.nextSlot = 0
      let rule = generator.rule()
      var ruleSet = TestSchema.ruleSet
      ruleSet.rules = [rule]
      let document = generator.document()
      let label = "seed \(seed), round \(round)"
      var judge = Judge(ruleSet: ruleSet, document: document, today: today)
      let verdicts = judge.verdicts(of: 0)
      let judgements = judge.judgements(of: 0)
        .filter { !$0.isHypothetical || $0.verdict == .undetermined }
      #expect(judgements.map(\.element) == verdicts.map(\.element), "\(label)")
      #expect(judgements.map(\.verdict) == verdicts.map(\.verdict), "\(label)")
      for judgement in judgements where !judgement.isHypothetical {
        #expect(judgement.rootVerdict == judgement.verdict, "\(label)")
        // What contradicts itself no fact decides.
        if judgement.verdict == .undetermined, rule.asksEachFieldOnce {
          asked += 1
          try expectDecision(of: judgement, document, ruleSet, today, label, &generator)
        }
      }
    }
    #expect(asked > 30, "seed \(seed): \(asked) undetermined verdicts")
  }

  /// Fills in what is missing at random until the verdict is decided.
  private func expectDecision(
    of judgement: Judgement, _ document: Document, _ ruleSet: RuleSet, _ today: CalendarDate,
    _ label: String, _ generator: inout TermGenerator
  ) throws {
    let missing = judgement.missing
    let rule = ruleSet.rules[0]
    let text =
      "if \(rule.applies.map(\.brief)) unless \(rule.exceptions.map(\.condition.brief)) must "
      + rule.requirement.brief
    #expect(!missing.isEmpty, "\(label): nothing is missing of \(text)")
    for _ in 0..<1_000 {
      var filled = document
      for path in missing {
        filled.fields = generator.fill(filled.fields, of: generator.fileRecord, at: path.steps[...])
      }
      var judge = Judge(ruleSet: ruleSet, document: filled, today: today)
      // An element keeps its place: the list only grows.
      let verdict = judge.verdicts(of: 0).first { $0.element == judgement.element }?.verdict
      if verdict != .undetermined { return }
    }
    let paths = missing.map { ruleSet.text(of: $0, from: document.dossier, in: .chinese) }
    Issue.record("\(label): \(paths) cannot decide \(text)")
  }

  @Test func derivationsOfTheAsOfDateLeaveVariablesAlone() throws {
    let rules = CheckSchema.rule("针对 每个 s 于 人列\n适用 时点 已知\n不得 s.错")
    let fields = "人列: [{日: 2023-05-01 错: 是 名: \"一\"}, {日: 2023-06-01 错: 否}, {}]"
    let checked = try CheckSchema.check(fields, with: rules)
    #expect(checked.verdicts == ["T1 人列[0] 违规", "T1 人列[1] 合规", "T1 人列[2] 存疑 缺 人列[2].错"])
    #expect(checked.evidence[0].first == "人列[0].错")
    for judgement in checked.ruleSet.explain(
      "T1", in: checked.result.document, today: checked.today)
    {
      #expect(judgement.rootVerdict == judgement.verdict)
    }
  }
}

extension Judgement {
  /// The verdict that the roots of the derivations come to.
  fileprivate var rootVerdict: Verdict {
    Verdict(
      applies: applies.reduce(law.value.truth) { $0 && $1.value.truth },
      excepted: exceptions.reduce(.no) { $0 || $1.value.truth },
      satisfied: requirement.value.truth)
  }
}

extension Rule {
  /// Whether every field is asked for once, by conditions that can come out either way.
  fileprivate var asksEachFieldOnce: Bool {
    var fields: Set<Term> = []
    let lists = scopes.map(\.list)
    return (lists + applies + exceptions.map(\.condition) + [requirement])
      .allSatisfy { $0.asksEachFieldOnce(&fields) }
  }
}

extension Term {
  fileprivate func asksEachFieldOnce(_ fields: inout Set<Term>) -> Bool {
    switch kind {
    case .constant, .variable, .document: true
    case .field: fields.insert(self).inserted
    case .not(let term), .isPresent(let term): term.asksEachFieldOnce(&fields)
    case .and(let terms), .or(let terms), .lookup(_, let terms):
      terms.allSatisfy { $0.asksEachFieldOnce(&fields) }
    case .compare(.precedes, _, _): false
    case .compare(_, let left, let right), .member(let left, let right):
      left.asksEachFieldOnce(&fields) && right.asksEachFieldOnce(&fields)
    case .exists(_, let list, let condition):
      // What an element is compared with is asked for once there is an element.
      list.asksEachFieldOnce(&fields) && condition.asksEachFieldOnce(&fields)
        && !condition.mentionsDocument
    default: false
    }
  }
}

extension Term {
  fileprivate var mentionsDocument: Bool {
    switch kind {
    case .document: true
    case .field(let term, _), .not(let term), .isPresent(let term): term.mentionsDocument
    case .and(let terms), .or(let terms), .lookup(_, let terms):
      terms.contains(where: \.mentionsDocument)
    case .compare(_, let left, let right), .member(let left, let right):
      left.mentionsDocument || right.mentionsDocument
    default: false
    }
  }
}

extension TermGenerator {
  /// A random rule over the things of a file, or over the file itself.
  mutating func rule() -> Rule {
    let origin = Origin(source: 0, range: SourceRange(0, 0))
    var scopes: [Rule.Scope] = []
    if Bool.random(using: &random) {
      let number = ruleSet.records[fileRecord].bySpelling["项列"] ?? 0
      let list = Term(
        .field(Term(.document, .record(fileRecord), at: origin), number),
        ruleSet.records[fileRecord].fields[number].type, at: origin)
      scopes.append(Rule.Scope(slot: nextSlot, name: "s", list: list))
      nextSlot += 1
    }
    let variables = scopes.map(\.slot)
    func conditions(_ count: Int, _ generator: inout TermGenerator) -> [Term] {
      (0..<count).map { _ in generator.condition(depth: 1, variables: variables) }
    }
    let applies = conditions(Int.random(in: 0...1, using: &random), &self)
    let exceptions = conditions(Int.random(in: 0...1, using: &random), &self)
    let requirement = condition(depth: 2, variables: variables)
    return Rule(
      code: "R", name: Bilingual(same: "r"), pack: 0, dossier: fileRecord, citations: [],
      severity: .error, asOf: nil, scopes: scopes, applies: applies,
      exceptions: exceptions.map { Rule.Exception(condition: $0, citations: []) },
      requirement: requirement, message: Message(chinese: [], english: []), fix: nil,
      documentation: nil, adjustment: nil, origin: origin, slotCount: nextSlot)
  }

  /// The fields with the fact at a path made known, and all that is below it.
  mutating func fill(
    _ fields: [Fact], of record: Int, at steps: ArraySlice<FieldPath.Step>
  ) -> [Fact] {
    guard case .field(let number)? = steps.first, fields.indices.contains(number) else {
      return fields
    }
    var fields = fields
    fields[number] = fill(
      fields[number], of: ruleSet.records[record].fields[number].type, at: steps.dropFirst())
    return fields
  }

  private mutating func fill(
    _ fact: Fact, of type: ValueType, at steps: ArraySlice<FieldPath.Step>
  ) -> Fact {
    switch (steps.first, fact.value, type) {
    case (nil, _, _): return settled(fact, of: type)
    case (.index(let index)?, .list(var list), .list(let element))
    where list.elements.indices.contains(index):
      list.elements[index] = fill(list.elements[index], of: element, at: steps.dropFirst())
      return Fact(.list(list), at: fact.place)
    case (.field?, .record(let inner), .record(let record)):
      return Fact(.record(fill(inner, of: record, at: steps)), at: fact.place)
    case (.field?, .unknown, .record(let record)):
      let inner = ruleSet.records[record].fields.map { _ in Fact.unknown }
      return Fact(.record(fill(inner, of: record, at: steps)), at: nil)
    default: return fact
    }
  }
}

extension Term {
  /// The term in short, for the message of a failed random test.
  fileprivate var brief: String {
    func list(_ terms: [Term]) -> String { terms.map(\.brief).joined(separator: " ") }
    return switch kind {
    case .constant(let value): "\(value)"
    case .variable(let slot): "$\(slot)"
    case .document: ""
    case .field(let base, let number): "\(base.brief).\(number)"
    case .not(let term): "(not \(term.brief))"
    case .and(let terms): "(and \(list(terms)))"
    case .or(let terms): "(or \(list(terms)))"
    case .compare(let comparison, let left, let right):
      "(\(comparison) \(left.brief) \(right.brief))"
    case .member(let element, let collection): "(\(element.brief) in \(collection.brief))"
    case .exists(let slot, let list, let condition):
      "(exists $\(slot) in \(list.brief): \(condition.brief))"
    case .isPresent(let term): "(has \(term.brief))"
    case .select(let slot, let list, let condition, let result):
      "[$\(slot) in \(list.brief): \(condition?.brief ?? "") take \(result?.brief ?? "")]"
    case .aggregate(let aggregate, let list): "(\(aggregate) \(list.brief))"
    case .arithmetic(let operation, let left, let right):
      "(\(operation) \(left.brief) \(right.brief))"
    case .difference(let left, let right): "(\(left.brief) less \(right.brief))"
    case .lookup(let table, let arguments): "(table\(table) \(list(arguments)))"
    default: "\(kind)"
    }
  }
}
