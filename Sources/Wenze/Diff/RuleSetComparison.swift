import WenzeModel
package import WenzeReport
package import WenzeSemantics
import WenzeSyntax

/// How two rule sets differ, code by code.
package struct RuleSetComparison: Sendable {
  /// The codes of which something is another.
  package private(set) var changes: [String: RuleChange] = [:]

  /// The codes of which a verdict may be another.
  package var deciding: Set<String> { Set(changes.filter { $0.value.decides }.keys) }

  package init(from old: RuleSet, to new: RuleSet) {
    let names = SharedNames()
    let sides = Sides(old: Side(old, names), new: Side(new, names))
    let declarations = sides.changedDeclarations
    let dossiers = sides.changedDossiers
    for code in Set(old.codes).union(new.codes) {
      changes[code] = sides.change(of: code, declarations, dossiers)
    }
  }
}

private struct Side {
  let ruleSet: RuleSet
  let forms: TermForms
  let declarations: DeclarationForms
  let rules: [String: [Rule]]

  init(_ ruleSet: RuleSet, _ names: SharedNames) {
    self.ruleSet = ruleSet
    forms = TermForms(ruleSet: ruleSet, names: names)
    declarations = DeclarationForms(ruleSet, names)
    rules = Dictionary(grouping: ruleSet.rules, by: \.code)
  }

  var dossiers: [Bilingual: DossierForm] {
    var dossiers: [Bilingual: DossierForm] = [:]
    for number in ruleSet.dossiers {
      dossiers[ruleSet.records[number].name] = DossierForm(number, forms)
    }
    return dossiers
  }

  /// The dossiers whose documents the rules of a code are about.
  func dossiers(of code: String) -> Set<Bilingual> {
    Set(
      (rules[code] ?? []).flatMap { rule in
        [rule.dossier] + [rule.aggregation?.beside?.dossier].compactMap { $0 }
      }
      .map { ruleSet.records[$0].name })
  }
}

private struct Sides {
  let old: Side
  let new: Side

  /// What rules may name and what is another.
  var changedDeclarations: Set<RuleChange.Cause> {
    let (a, b) = (old.declarations, new.declarations)
    let changed: [(RuleChange.Cause.Kind, Set<Bilingual>)] = [
      (.law, DeclarationForms.differences(a.laws, b.laws)),
      (.parameter, DeclarationForms.differences(a.parameters, b.parameters)),
      (.table, DeclarationForms.differences(a.tables, b.tables)),
      (.list, DeclarationForms.differences(a.lists, b.lists)),
      (.definition, DeclarationForms.differences(a.definitions, b.definitions)),
    ]
    return Set(changed.flatMap { kind, names in names.map { RuleChange.Cause(kind, $0) } })
  }

  var changedDossiers: Set<Bilingual> {
    DeclarationForms.differences(old.dossiers, new.dossiers)
  }

  /// Nil where nothing is another.
  func change(
    of code: String, _ declarations: Set<RuleChange.Cause>, _ dossiers: Set<Bilingual>
  ) -> RuleChange? {
    guard let before = old.rules[code] else { return RuleChange(.added) }
    guard let after = new.rules[code] else { return RuleChange(.removed) }
    var parts: Set<RuleChange.Part> = before.count == after.count ? [] : [.declarations]
    for (left, right) in zip(before, after) {
      parts.formUnion(
        RuleForm(left, old.forms).differences(from: RuleForm(right, new.forms)))
    }
    var causes: Set<RuleChange.Cause> = []
    if !declarations.isEmpty {
      for rule in before { causes.formUnion(old.causes(of: rule, among: declarations)) }
      for rule in after { causes.formUnion(new.causes(of: rule, among: declarations)) }
      // A definition that is written otherwise and means the same is no cause.
      if !parts.contains(where: \.decides), !parts.contains(.message), !parts.contains(.fix) {
        causes = causes.filter { $0.kind != .definition }
      }
    }
    let own = old.dossiers(of: code).union(new.dossiers(of: code))
    let hasOtherFields = !own.isDisjoint(with: dossiers)
    if parts.isEmpty, causes.isEmpty {
      return hasOtherFields ? RuleChange(.schema, hasOtherFields: true) : nil
    }
    return RuleChange(
      .changed, parts: RuleChange.Part.allCases.filter(parts.contains),
      causes: causes.sorted {
        ($0.kind.order, $0.name.chinese) < ($1.kind.order, $1.name.chinese)
      }, hasOtherFields: hasOtherFields)
  }
}

extension RuleChange.Cause.Kind {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Side {
  /// Those of the declarations on which the verdicts of a rule may rest.
  func causes(
    of rule: Rule, among declarations: Set<RuleChange.Cause>
  ) -> Set<RuleChange.Cause> {
    let definitions = ruleSet.definitions
      .filter { declarations.contains(RuleChange.Cause(.definition, $0.name)) }
    var causes: Set<RuleChange.Cause> = []
    for law in [rule.law] + rule.exceptions.map({ $0.citations.first?.law }) {
      if let law { causes.insert(RuleChange.Cause(.law, ruleSet.laws[law].name)) }
    }
    for term in terms(of: rule).flatMap(\.descendants) {
      switch term.kind {
      case .parameter(let number):
        causes.insert(RuleChange.Cause(.parameter, ruleSet.parameters[number].name))
      case .lookup(let number, _):
        causes.insert(RuleChange.Cause(.table, ruleSet.tables[number].name))
      case .listed(_, let number):
        causes.insert(RuleChange.Cause(.list, ruleSet.enums[number].name))
      default: break
      }
      switch term.type {
      case .enumeration(let number), .list(.enumeration(let number)):
        causes.insert(RuleChange.Cause(.list, ruleSet.enums[number].name))
      default: break
      }
      for definition in definitions where isWritten(term, by: definition) {
        causes.insert(RuleChange.Cause(.definition, definition.name))
      }
    }
    return causes.intersection(declarations)
  }

  private func terms(of rule: Rule) -> [Term] {
    let messages = [rule.message, rule.fix].compactMap { $0 }
      .flatMap { $0.chinese + $0.english }
    return [rule.asOf, ruleSet.records[rule.dossier].dossier?.asOf].compactMap { $0 }
      + rule.scopes.map(\.list) + rule.applies + rule.exceptions.map(\.condition)
      + [rule.requirement] + (rule.aggregation?.terms ?? [])
      + messages.compactMap { segment in
        if case .term(let term) = segment { term } else { nil }
      }
  }

  /// Whether a term is what a definition says, or stands where its name does.
  private func isWritten(_ term: Term, by definition: Definition) -> Bool {
    if definition.body.holds(term.origin) { return true }
    let text = ruleSet.text(of: term.origin).utf8
    return [definition.name.chinese, definition.name.english].contains { name in
      guard text.starts(with: name.utf8) else { return false }
      let rest = text.dropFirst(name.utf8.count)
      return rest.isEmpty || rest.first == UInt8(ascii: "(") || rest.starts(with: "（".utf8)
    }
  }
}
