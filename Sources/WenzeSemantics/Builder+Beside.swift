import WenzeModel
import WenzeSyntax

// What the groups of a rule are held against: elements of documents that stand beside them.

extension RuleSetBuilder {
  /// Lowers the clause `参照`; nil after saying that there is no such dossier.
  mutating func lower(
    _ syntax: AggregateDeclaration.Beside, against keys: [Aggregation.Key],
    in scope: inout TermScope
  ) -> Aggregation.Beside? {
    guard let dossier = resolveDossier(syntax.dossier, at: scope.site) else { return nil }
    var beside = Aggregation.Beside(
      dossier: dossier, scopes: [], filters: [], keys: [], summaries: [])
    var element = elementScope(of: beside, from: scope)
    for filter in syntax.filters { beside.filters.append(lowerCondition(filter, in: &element)) }
    for part in syntax.scopes {
      let (slot, list) = lowerBinder(part.binder, in: &element)
      beside.scopes.append(Rule.Scope(slot: slot, name: part.binder.variable.text, list: list))
      if let condition = part.condition {
        beside.filters.append(lowerCondition(condition, in: &element))
      }
    }
    if syntax.keys.count > keys.count {
      report(.tooManyKeysBeside(keys.count, at: syntax.keys[keys.count].range), in: scope)
    }
    for (key, expression) in zip(keys, syntax.keys) {
      let term = lower(expression, expecting: key.value.type, in: &element)
      // Values of different types are never the same key.
      if term.type != key.value.type, term.type != .unknown, key.value.type != .unknown {
        report(
          .keyBesideOfOtherType(
            key.name, wanted: text(of: key.value.type), found: text(of: term.type),
            at: expression.range), in: scope)
      }
      beside.keys.append(term)
    }
    scope.nextSlot = element.nextSlot
    return beside
  }

  /// What an expression over one element beside the groups can see.
  func elementScope(of beside: Aggregation.Beside, from scope: TermScope) -> TermScope {
    var element = TermScope(site: scope.site, record: beside.dossier)
    element.nextSlot = scope.nextSlot
    bindDossier(in: &element)
    for variable in beside.scopes {
      element.bindings[variable.name] = Term(
        .variable(variable.slot), variable.list.type.element ?? .unknown, at: variable.list.origin)
    }
    return element
  }

  /// Lowers `参照(e)`: what is inside is over the elements beside the group, and sees of the group
  /// nothing but its keys.
  mutating func lowerBeside(
    _ name: Identifier, _ argument: Expression, at range: SourceRange, in scope: inout TermScope
  ) -> Term {
    guard population?.isBeside == false, otherPopulation != nil else {
      report(
        population?.isBeside == true ? .insideBeside(name) : .nothingBeside(name), in: scope)
      return unknownTerm(at: range, in: scope)
    }
    swap(&population, &otherPopulation)
    defer { swap(&population, &otherPopulation) }
    var inner = scope
    (inner.level, inner.record, inner.bindings) = (.group, nil, population?.keys ?? [:])
    let term = lower(argument, in: &inner)
    requireNoDocument(in: [term], in: inner)
    scope.nextSlot = inner.nextSlot
    return Term(.beside(term), term.type, at: scope.origin(range))
  }
}

extension Diagnostic {
  fileprivate static func tooManyKeysBeside(_ count: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "E0513", .error,
      Bilingual(
        count == 0 ? "没有“分组”，“参照”无从对应" : "“分组”只有\(count)项，“参照”不能对应更多",
        count == 0
          ? "there is no `by` for `beside` to match"
          : "`by` has \(count) keys; `beside` matches more"),
      at: range)
  }

  fileprivate static func keyBesideOfOtherType(
    _ name: Bilingual, wanted: Bilingual, found: Bilingual, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0514", .error,
      Bilingual(
        "分组的“\(name.chinese)”是“\(wanted.chinese)”，不能对应“\(found.chinese)”",
        "the key `\(name.english)` is `\(wanted.english)`; `\(found.english)` never matches it"),
      at: range)
  }

  fileprivate static func nothingBeside(_ name: Identifier) -> Self {
    Diagnostic(
      "E0515", .error,
      Bilingual(
        "这一统计没有“参照”哪种档案",
        "the aggregate does not say which dossier stands `beside` its groups"),
      at: name.range,
      notes: [
        Bilingual(
          "写上“参照 档案 对应 …”，说明与各组对照的是什么",
          "add `beside DOSSIER matching …` to say what the groups are held against")
      ])
  }

  static func insideBeside(_ name: Identifier) -> Self {
    Diagnostic(
      "E0516", .error,
      Bilingual(
        "“\(name.text)”不能写在“参照(…)”里面", "`\(name.text)` cannot stand inside `beside(…)`"),
      at: name.range,
      notes: [
        Bilingual(
          "要前一期或者全体的，写“上期(参照(…))”“全体(参照(…))”",
          "for the period before or the whole, write `previous(beside(…))`, `whole(beside(…))`")
      ])
  }
}
