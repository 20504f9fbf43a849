import WenzeModel
import WenzeSyntax

// Rules, and what changes them: exceptions and adjustments.

extension RuleSetBuilder {
  mutating func declareRule(_ declaration: Declaration, in site: DeclarationSite) {
    let (known, told) = (ruleSet.rules.count, errorCount)
    let range: SourceRange
    switch declaration {
    case .rule(let syntax):
      range = syntax.range
      lowerRule(syntax, at: site)
    case .procedure(let syntax):
      range = syntax.range
      lowerProcedure(syntax, at: site)
    case .aggregate(let syntax):
      range = syntax.range
      lowerAggregate(syntax, at: site)
    default: return
    }
    // The parser goes on after a mistake, with less than was written.
    guard errorCount > told || hasErrors(in: range, of: site.source) else { return }
    for index in known..<ruleSet.rules.count { ruleSet.rules[index].isBroken = true }
  }

  /// What rules and procedures have in common, lowered.
  struct RuleFrame {
    var scope: TermScope
    var dossier: Int
    var citations: [Citation]
    var asOf: Term?
    var scopes: [Rule.Scope]
    var applies: [Term]
    var exceptions: [Rule.Exception]
  }

  mutating func lowerFrame(
    code: Identifier, dossier name: Identifier?, citations: [CitationSyntax], asOf: Expression?,
    scopes: [Scope], applies: [Expression], exceptions: [Expression],
    naming namesDossier: Bool = false, at site: DeclarationSite
  ) -> RuleFrame? {
    guard let dossier = name.flatMap({ resolveDossier($0, at: site) }) ?? dossier(of: site.pack)
    else {
      report(.noDossier(code), in: site.source)
      return nil
    }
    if citations.isEmpty { report(.ruleWithoutLaw(code), in: site.source) }
    let citations = resolve(citations, at: site)
    var scope = TermScope(site: site, record: dossier)
    if namesDossier { bindDossier(in: &scope) }
    var loweredScopes: [Rule.Scope] = []
    var conditions: [Term] = []
    for syntax in scopes {
      let (slot, list) = lowerBinder(syntax.binder, in: &scope)
      loweredScopes.append(Rule.Scope(slot: slot, name: syntax.binder.variable.text, list: list))
      if let condition = syntax.condition {
        conditions.append(lowerCondition(condition, in: &scope))
      }
    }
    var frame = RuleFrame(
      scope: scope, dossier: dossier, citations: citations, asOf: nil, scopes: loweredScopes,
      applies: conditions, exceptions: [])
    frame.scope.allowsElse = true
    frame.asOf = asOf.map { expression in
      let term = lower(expression, expecting: .date, in: &frame.scope)
      require(.date, of: term, in: frame.scope)
      return term
    }
    frame.scope.allowsElse = false
    for expression in applies { frame.applies.append(lowerCondition(expression, in: &frame.scope)) }
    for expression in exceptions {
      frame.exceptions.append(
        Rule.Exception(condition: lowerCondition(expression, in: &frame.scope), citations: []))
    }
    return frame
  }

  private mutating func lowerRule(_ syntax: RuleDeclaration, at site: DeclarationSite) {
    guard
      var frame = lowerFrame(
        code: syntax.code, dossier: syntax.dossier, citations: syntax.citations, asOf: syntax.asOf,
        scopes: syntax.scopes, applies: syntax.applies, exceptions: syntax.exceptions, at: site)
    else { return }
    guard let (requirement, message) = judgement(of: syntax, at: site) else { return }
    let condition = lower(requirement, in: &frame.scope)
    ruleSet.rules.append(
      Rule(
        code: syntax.code.text, name: syntax.name.text, pack: site.pack, dossier: frame.dossier,
        citations: frame.citations, severity: message.severity, asOf: frame.asOf,
        scopes: frame.scopes, applies: frame.applies, exceptions: frame.exceptions,
        requirement: condition, message: lower(message.template, in: &frame.scope),
        fix: syntax.fix.map { lower($0, in: &frame.scope) },
        documentation: syntax.documentation?.text, adjustment: nil,
        origin: Origin(source: site.source, range: syntax.code.range),
        slotCount: frame.scope.nextSlot, isProhibition: requirement.isProhibition))
  }

  /// What a rule demands and what it says; nil after saying which of them it lacks.
  mutating func judgement(
    of syntax: RuleDeclaration, at site: DeclarationSite
  ) -> (RuleDeclaration.Requirement, RuleDeclaration.Message)? {
    guard let requirement = syntax.requirement else {
      report(
        .ruleWithout(Bilingual("“应当”或者“不得”", "`must` or `must_not`"), syntax.code), in: site.source)
      return nil
    }
    guard let message = syntax.message else {
      report(
        .ruleWithout(Bilingual("“错误”“警告”或者“提示”", "`error`, `warning` or `note`"), syntax.code),
        in: site.source)
      return nil
    }
    return (requirement, message)
  }

  /// Lowers a requirement: what must not be is that its opposite must.
  mutating func lower(
    _ requirement: RuleDeclaration.Requirement, in scope: inout TermScope
  ) -> Term {
    let condition = lowerCondition(requirement.condition, in: &scope)
    return requirement.isProhibition
      ? Term(.not(condition), .boolean, at: condition.origin) : condition
  }

  mutating func lower(_ template: MessageTemplate, in scope: inout TermScope) -> Message {
    func segments(
      _ segments: [MessageTemplate.Segment], _ builder: inout RuleSetBuilder,
      _ scope: inout TermScope
    ) -> [Message.Segment] {
      segments.map { segment in
        switch segment {
        case .text(let text): .text(text)
        case .expression(let expression): .term(builder.lower(expression, in: &scope))
        }
      }
    }
    let chinese = segments(template.chinese, &self, &scope)
    if template.english == template.chinese { return Message(chinese: chinese, english: chinese) }
    return Message(chinese: chinese, english: segments(template.english, &self, &scope))
  }

  mutating func amendRule(_ declaration: Declaration, in site: DeclarationSite) {
    switch declaration {
    case .exception(let syntax): lowerException(syntax, at: site)
    case .adjustment(let syntax): adjust(syntax, at: site)
    default: return
    }
  }

  /// Adds an exception to each declaration of its rule; one whose law is not in force is no exception.
  private mutating func lowerException(_ syntax: ExceptionDeclaration, at site: DeclarationSite) {
    guard let condition = syntax.condition else {
      report(.ruleWithout(Bilingual("“当”", "`when`"), syntax.code), in: site.source)
      return
    }
    if syntax.citations.isEmpty { report(.ruleWithoutLaw(syntax.code), in: site.source) }
    let citations = resolve(syntax.citations, at: site)
    let rules = ruleSet.rules.indices.filter { ruleSet.rules[$0].code == syntax.code.text }
    if rules.isEmpty { reportUnknownCode(syntax.code, at: site) }
    let told = errorCount
    defer {
      if errorCount > told || hasErrors(in: syntax.range, of: site.source) {
        for index in rules { ruleSet.rules[index].isBroken = true }
      }
    }
    for (count, index) in rules.enumerated() {
      let rule = ruleSet.rules[index]
      var scope = TermScope(site: site, record: rule.dossier)
      for variable in rule.scopes {
        let type = variable.list.type.element ?? .unknown
        scope.bindings[variable.name] = Term(
          .variable(variable.slot), type, at: variable.list.origin)
      }
      scope.nextSlot = rule.slotCount
      if let aggregation = rule.aggregation { enter(aggregation, from: &scope) }
      scope.isSilent = count > 0
      let term = lowerCondition(condition, in: &scope)
      if rule.aggregation != nil {
        requireNoDocument(in: [term], in: scope)
        if var aggregation = rule.aggregation {
          leave(&aggregation)
          ruleSet.rules[index].aggregation = aggregation
        }
      }
      ruleSet.rules[index].slotCount = scope.nextSlot
      ruleSet.rules[index].exceptions.append(
        Rule.Exception(
          condition: term, name: syntax.name.text, citations: citations,
          documentation: syntax.documentation?.text))
    }
  }

  private mutating func adjust(_ syntax: AdjustmentDeclaration, at site: DeclarationSite) {
    guard let reason = syntax.reason else {
      report(.ruleWithout(Bilingual("“理由”", "`reason`"), syntax.code), in: site.source)
      return
    }
    let rules = ruleSet.rules.indices.filter { ruleSet.rules[$0].code == syntax.code.text }
    if rules.isEmpty { reportUnknownCode(syntax.code, at: site) }
    for index in rules {
      ruleSet.rules[index].adjustment = Rule.Adjustment(
        severity: syntax.severity, isDisabled: syntax.isDisabled, reason: reason.text,
        pack: site.pack)
      if let severity = syntax.severity { ruleSet.rules[index].severity = severity }
    }
  }

  mutating func reportUnknownCode(_ code: Identifier, at site: DeclarationSite) {
    report(
      .unknownName(
        code, what: Bilingual("规则", "a rule"), known: ruleSet.codes), in: site.source)
  }

  /// Reports a code that two rules have under laws that are in force together.
  mutating func checkCodes() {
    var seen: [String: [Int]] = [:]
    for (index, rule) in ruleSet.rules.enumerated() {
      for other in seen[rule.code] ?? [] {
        let first = ruleSet.rules[other]
        // A procedure lowers to several rules, which share their declaration.
        // What single documents show and what only groups show may have one code.
        guard first.origin != rule.origin, overlaps(first.law, rule.law),
          (first.aggregation == nil) == (rule.aggregation == nil)
        else { continue }
        report(
          .duplicateCode(
            rule, first: first, in: ruleSet.sources[first.origin.source].path),
          in: rule.origin.source)
      }
      seen[rule.code, default: []].append(index)
    }
  }

  private func overlaps(_ left: Int?, _ right: Int?) -> Bool {
    guard let left, let right else { return false }
    return ruleSet.laws[left].meets(ruleSet.laws[right])
  }
}

extension Diagnostic {
  fileprivate static func noDossier(_ code: Identifier) -> Self {
    Diagnostic(
      "E0501", .error,
      Bilingual("规则“\(code.text)”没有可检查的档案", "the rule `\(code.text)` has no dossier to check"),
      at: code.range,
      notes: [Bilingual("在规则或者规则包里写“档案 名称”", "say `dossier NAME` in the rule or its pack")])
  }

  static func ruleWithoutLaw(_ code: Identifier) -> Self {
    Diagnostic(
      "E0502", .error,
      Bilingual("“\(code.text)”没有写明依据", "`\(code.text)` cites no law"), at: code.range,
      notes: [Bilingual("写上“依据 法规 第几条”", "add `cites LAW article N`")])
  }

  static func ruleWithout(_ clause: Bilingual, _ code: Identifier) -> Self {
    Diagnostic(
      "E0503", .error,
      Bilingual("“\(code.text)”缺少\(clause.chinese)", "`\(code.text)` has no \(clause.english)"),
      at: code.range)
  }

  fileprivate static func duplicateCode(_ rule: Rule, first: Rule, in path: String) -> Self {
    Diagnostic(
      "E0504", .error,
      Bilingual(
        "规则代码“\(rule.code)”在同时有效的法规下声明了两次",
        "the code `\(rule.code)` is declared twice under laws that are in force together"),
      at: rule.origin.range,
      related: [Label(Bilingual("在这里声明", "declared here"), at: first.origin.range, in: path)],
      notes: [
        Bilingual(
          "同一代码可以按不同时期的法规各声明一次", "a code may be declared once for each law of different times")
      ])
  }
}
