import WenzeModel
import WenzeSyntax

// A procedure lowers to one rule for each pair of its steps, and one for each deadline.

extension RuleSetBuilder {
  /// A step with its date as a term.
  private struct LoweredStep {
    var name: Bilingual
    var date: Term
    var usesScope: Bool
  }

  mutating func lowerProcedure(_ syntax: ProcedureDeclaration, at site: DeclarationSite) {
    guard
      var frame = lowerFrame(
        code: syntax.code, dossier: syntax.dossier, citations: syntax.citations, asOf: syntax.asOf,
        scopes: syntax.scopes, applies: syntax.applies, exceptions: syntax.exceptions, at: site)
    else { return }
    guard let message = syntax.message else {
      report(
        .ruleWithout(Bilingual("“错误”“警告”或者“提示”", "`error`, `warning` or `note`"), syntax.code),
        in: site.source)
      return
    }
    if syntax.steps.count < 2 { report(.tooFewSteps(syntax.code), in: site.source) }
    let scopeSlots = Set(frame.scopes.map(\.slot))
    var steps: [LoweredStep] = []
    for step in syntax.steps {
      let date = lower(step.date, expecting: .date, in: &frame.scope)
      require(.date, of: date, in: frame.scope)
      steps.append(
        LoweredStep(
          name: step.name.text, date: date, usesScope: date.mentions(anyOf: scopeSlots)))
    }
    for later in steps.indices.dropFirst() {
      for earlier in 0..<later {
        addPair(earlier, later, of: steps, syntax, message, frame, at: site)
      }
    }
    for deadline in syntax.deadlines {
      addDeadline(deadline, of: steps, syntax, message, &frame, at: site)
    }
  }

  private mutating func addPair(
    _ earlier: Int, _ later: Int, of steps: [LoweredStep], _ syntax: ProcedureDeclaration,
    _ message: RuleDeclaration.Message, _ frame: RuleFrame, at site: DeclarationSite
  ) {
    let (first, second) = (steps[earlier], steps[later])
    let origin = Origin(source: site.source, range: syntax.code.range)
    func boolean(_ kind: Term.Kind) -> Term { Term(kind, .boolean, at: origin) }
    func isReversed(_ first: LoweredStep, _ second: LoweredStep) -> Term {
      boolean(.compare(.less, second.date, first.date))
    }
    let usesScope = first.usesScope || second.usesScope
    // A step in between that is out of order with either explains the reversal more closely.
    let explained = steps[(earlier + 1)..<later]
      .filter { usesScope || !$0.usesScope }
      .flatMap { between in [isReversed(first, between), isReversed(between, second)] }
      .map { reversed in boolean(.and([boolean(.isKnown(reversed)), reversed])) }
    var applies = frame.applies
    applies += [
      boolean(.isKnown(first.date)), boolean(.isPresent(first.date)),
      boolean(.isKnown(second.date)), boolean(.isPresent(second.date)),
    ]
    if !explained.isEmpty { applies.append(boolean(.not(boolean(.or(explained))))) }
    let requirement = boolean(.compare(.lessOrEqual, first.date, second.date))
    append(
      requirement, first, second, applies: applies, scopes: usesScope ? frame.scopes : [], syntax,
      message, frame, at: site)
  }

  private mutating func addDeadline(
    _ deadline: ProcedureDeclaration.Deadline, of steps: [LoweredStep],
    _ syntax: ProcedureDeclaration, _ message: RuleDeclaration.Message, _ frame: inout RuleFrame,
    at site: DeclarationSite
  ) {
    func find(_ name: Identifier) -> LoweredStep? {
      steps.first { $0.name.chinese == name.text || $0.name.english == name.text }
    }
    for name in [deadline.step, deadline.anchor] where find(name) == nil {
      report(
        .unknownName(
          name, what: Bilingual("步骤", "a step"),
          known: steps.flatMap { [$0.name.chinese, $0.name.english] }), in: site.source)
    }
    guard let step = find(deadline.step), let anchor = find(deadline.anchor) else { return }
    let duration = lower(deadline.duration, expecting: .duration, in: &frame.scope)
    require(.duration, of: duration, in: frame.scope)
    let origin = frame.scope.origin(deadline.range)
    let limit = Term(.arithmetic(.add, anchor.date, duration), .date, at: origin)
    let requirement = Term(.compare(.lessOrEqual, step.date, limit), .boolean, at: origin)
    append(
      requirement, anchor, step,
      applies: frame.applies + [Term(.isPresent(anchor.date), .boolean, at: origin)],
      scopes: anchor.usesScope || step.usesScope ? frame.scopes : [], syntax, message, frame,
      at: site)
  }

  private mutating func append(
    _ requirement: Term, _ first: LoweredStep, _ second: LoweredStep, applies: [Term],
    scopes: [Rule.Scope], _ syntax: ProcedureDeclaration, _ message: RuleDeclaration.Message,
    _ frame: RuleFrame, at site: DeclarationSite
  ) {
    var scope = frame.scope
    func bind(_ chinese: String, _ english: String, _ term: Term) {
      scope.bindings[chinese] = term
      scope.bindings[english] = term
    }
    bind("先步日期", "earlier_date", first.date)
    bind("后步日期", "later_date", second.date)
    scope.isSilent = ruleSet.rules.last?.origin.range == syntax.code.range
    let names = (first.name, second.name)
    let lowering = lowerMessage(message.template, naming: names, in: &scope)
    let fix = syntax.fix.map { lowerMessage($0, naming: names, in: &scope) }
    ruleSet.rules.append(
      Rule(
        code: syntax.code.text, name: syntax.name.text, pack: site.pack, dossier: frame.dossier,
        citations: frame.citations, severity: message.severity, asOf: frame.asOf, scopes: scopes,
        applies: applies, exceptions: frame.exceptions, requirement: requirement,
        message: lowering, fix: fix, documentation: syntax.documentation?.text, adjustment: nil,
        origin: Origin(source: site.source, range: syntax.code.range),
        slotCount: scope.nextSlot))
  }

  /// Lowers a message once a language: the names of steps are texts of their own in each.
  private mutating func lowerMessage(
    _ template: MessageTemplate, naming steps: (Bilingual, Bilingual), in scope: inout TermScope
  ) -> Message {
    var message = Message(chinese: [], english: [])
    for language in Language.allCases {
      for (spellings, name) in [
        (["先步", "earlier_step"], steps.0), (["后步", "later_step"], steps.1),
      ] {
        for spelling in spellings {
          scope.bindings[spelling] = Term(
            .constant(.text(name.spoken[language])), .text, at: scope.origin(SourceRange(0, 0)))
        }
      }
      let both = lower(template, in: &scope)
      switch language {
      case .chinese: message.chinese = both.chinese
      case .english: message.english = both.english
      }
      scope.isSilent = true
    }
    return message
  }
}

extension Diagnostic {
  fileprivate static func tooFewSteps(_ code: Identifier) -> Self {
    Diagnostic(
      "E0505", .error,
      Bilingual("程序“\(code.text)”至少要两个步骤", "the procedure `\(code.text)` needs two steps at least"),
      at: code.range)
  }
}
