import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Numbers for names, the same in two rule sets, so that terms of both can be compared.
final class SharedNames {
  private var numbers: [String: Int] = [:]

  func number(_ kind: String, _ name: Bilingual) -> Int {
    let key = "\(kind)\u{0}\(name.chinese)\u{0}\(name.english)"
    if let known = numbers[key] { return known }
    numbers[key] = numbers.count
    return numbers.count - 1
  }
}

/// What terms of a rule set are whatever is declared around them and wherever they were written.
struct TermForms {
  let ruleSet: RuleSet
  let names: SharedNames

  private func entry(_ entry: Int, of enumeration: Int) -> Int {
    names.number("entry", ruleSet.enums[enumeration].entries[entry].name)
  }

  func enumeration(_ number: Int) -> Int { names.number("enum", ruleSet.enums[number].name) }

  func law(_ number: Int) -> Int { names.number("law", ruleSet.laws[number].name) }

  func record(_ number: Int) -> Int { names.number("record", ruleSet.records[number].name) }

  func type(_ type: ValueType) -> ValueType {
    switch type {
    case .enumeration(let number): .enumeration(enumeration(number))
    case .record(let number): .record(record(number))
    case .list(let element): .list(self.type(element))
    default: type
    }
  }

  func value(_ value: Value) -> Value {
    func fact(_ fact: Fact) -> Fact { Fact(self.value(fact.value), at: nil) }
    switch value {
    case .symbol(let number, let entry):
      return .symbol(enumeration: enumeration(number), entry: self.entry(entry, of: number))
    case .unlisted(let number, let text):
      return .unlisted(enumeration: enumeration(number), text)
    case .record(let fields): return .record(fields.map(fact))
    case .list(let list):
      return .list(
        FactList(
          list.elements.map(fact), isOpen: list.isOpen, isMarkedOpen: list.isMarkedOpen))
    default: return value
    }
  }

  /// A term with the numbers of names instead of those of declarations; its variables are not
  /// changed.
  func term(_ term: Term) -> Term {
    let kind: Term.Kind =
      switch term.kind {
      case .constant(let value): .constant(self.value(value))
      case .parameter(let number):
        .parameter(names.number("parameter", ruleSet.parameters[number].name))
      case .listed(let base, let number): .listed(self.term(base), enumeration(number))
      case .lookup(let number, let arguments):
        .lookup(names.number("table", ruleSet.tables[number].name), arguments.map { self.term($0) })
      case .field(let base, let number): .field(self.term(base), field(number, of: base.type))
      default: term.mapSubterms { self.term($0) }.kind
      }
    return Term(kind, type(term.type), at: term.origin)
  }

  private func field(_ number: Int, of type: ValueType) -> Int {
    let record: Int? =
      switch type {
      case .record(let record), .list(.record(let record)): record
      default: nil
      }
    guard let record, ruleSet.records[record].fields.indices.contains(number) else { return number }
    return names.number("field", ruleSet.records[record].fields[number].name)
  }

  func citation(_ citation: Citation) -> Citation {
    Citation(
      law: law(citation.law), article: citation.article, paragraph: citation.paragraph,
      item: citation.item)
  }
}

/// A rule without its places, and with names where the rule set has numbers.
struct RuleForm: Equatable {
  /// The parts in the order of their meaning; of those that are not there, nothing.
  private(set) var parts: [RuleChange.Part: Part] = [:]

  /// Of each part what of it matters; the others are empty.
  struct Part: Equatable {
    var terms: [Term] = []
    var texts: [String] = []
    var numbers: [Int] = []
    var citations: [Citation] = []
    var values: [Value] = []
    var summaries: [Aggregation.Summary] = []
  }

  init(_ rule: Rule, _ forms: TermForms) {
    let writer = RuleFormWriter(rule, forms)
    for part in RuleChange.Part.allCases { parts[part] = writer.part(part) }
  }

  /// The parts that are not those of another rule.
  func differences(from other: RuleForm) -> Set<RuleChange.Part> {
    Set(RuleChange.Part.allCases.filter { parts[$0] != other.parts[$0] })
  }
}

private struct RuleFormWriter {
  private let rule: Rule
  private let forms: TermForms
  private let slots: [Int: Int]

  init(_ rule: Rule, _ forms: TermForms) {
    self.rule = rule
    self.forms = forms
    var slots: [Int: Int] = [:]
    for (index, scope) in rule.scopes.enumerated() { slots[scope.slot] = index }
    for (index, key) in (rule.aggregation?.keys ?? []).enumerated() {
      slots[key.slot] = 100 + index
    }
    for (index, scope) in (rule.aggregation?.beside?.scopes ?? []).enumerated() {
      slots[scope.slot] = 200 + index
    }
    // What is bound inside a term is numbered by how much is bound outside, which must not depend
    // on how many scopes there are.
    for number in 0..<max(0, 64 - slots.count) { slots[-1 - number] = 0 }
    self.slots = slots
  }

  private func form(_ term: Term) -> Term {
    forms.term(term).normalised(over: rule.aggregation, renaming: slots)
  }

  private func message(_ message: Message?) -> RuleForm.Part {
    var part = RuleForm.Part()
    for language in [Language.chinese, .english] {
      for segment in message?[language] ?? [] {
        switch segment {
        case .text(let text): part.texts.append(text)
        case .term(let term):
          part.texts.append("\u{0}")
          part.terms.append(form(term))
        }
      }
    }
    return part
  }

  func part(_ part: RuleChange.Part) -> RuleForm.Part {
    func texts(_ texts: Bilingual?) -> RuleForm.Part {
      RuleForm.Part(texts: texts.map { [$0.chinese, $0.english] } ?? [])
    }
    switch part {
    case .declarations: return RuleForm.Part()
    case .name: return texts(rule.name)
    case .dossier: return RuleForm.Part(numbers: [forms.record(rule.dossier)])
    case .law: return RuleForm.Part(numbers: rule.law.map { [forms.law($0)] } ?? [])
    case .citations:
      return RuleForm.Part(citations: rule.citations.map { forms.citation($0) })
    case .date: return RuleForm.Part(terms: rule.asOf.map { [form($0)] } ?? [])
    case .scope: return RuleForm.Part(terms: rule.scopes.map { form($0.list) })
    case .applies: return RuleForm.Part(terms: rule.applies.map { form($0) })
    case .exceptions:
      return RuleForm.Part(
        terms: rule.exceptions.map { form($0.condition) },
        numbers: rule.exceptions.map { $0.citations.first.map { forms.law($0.law) } ?? -1 })
    case .requirement: return RuleForm.Part(terms: [form(rule.requirement)])
    case .groups: return groups
    case .severity: return RuleForm.Part(texts: [rule.severity.name.english])
    case .disabled: return RuleForm.Part(numbers: [rule.isDisabled || rule.isBroken ? 1 : 0])
    case .message: return message(rule.message)
    case .fix: return message(rule.fix)
    case .documentation: return texts(rule.documentation)
    }
  }

  private var groups: RuleForm.Part {
    guard let aggregation = rule.aggregation else { return RuleForm.Part() }
    var part = RuleForm.Part(
      terms: aggregation.filters.map { form($0) } + aggregation.keys.map { form($0.value) }
        + aggregation.figures.map { form($0.value) },
      texts: (aggregation.keys.map(\.name) + aggregation.figures.map(\.name))
        .flatMap { [$0.chinese, $0.english] },
      numbers: [
        aggregation.isEach ? 1 : 0, aggregation.filters.count, aggregation.keys.count,
        aggregation.figures.count,
      ])
    part.summaries = aggregation.summaries.map { form($0) }
    guard let beside = aggregation.beside else { return part }
    part.numbers += [
      forms.record(beside.dossier), beside.scopes.count, beside.filters.count, beside.keys.count,
    ]
    part.terms += (beside.scopes.map(\.list) + beside.filters + beside.keys).map { form($0) }
    part.summaries += beside.summaries.map { form($0) }
    return part
  }

  private func form(_ summary: Aggregation.Summary) -> Aggregation.Summary {
    var summary = summary
    summary.argument = summary.argument.map { form($0) }
    summary.date = summary.date.map { form($0) }
    return summary
  }
}
