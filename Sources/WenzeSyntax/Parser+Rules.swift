// Rules, procedures, exceptions, adjustments, tests.

extension Parser {
  mutating func parseCode() -> Identifier? {
    expectIdentifier(Bilingual("规则代码，如 WZ101", "the code of a rule, such as WZ101"))
  }

  mutating func parseRule() -> RuleDeclaration? {
    let start = advance().range.start
    guard let code = parseCode() else { return nil }
    let name = parseName(Bilingual("规则名", "a name for the rule")) ?? Name(first: code)
    var rule = RuleDeclaration(code: code, name: name, range: range(from: start))
    block(
      of: Bilingual("规则", "a rule"),
      expecting: [
        .cites, .dossier, .asOf, .forEach, .applies, .unless, .must, .mustNot, .error, .warning,
        .note, .fix, .documentation,
      ]
    ) { parser in
      if parser.parseCommonClause(
        citations: &rule.citations, dossier: &rule.dossier, asOf: &rule.asOf, scopes: &rule.scopes,
        applies: &rule.applies, exceptions: &rule.exceptions, message: &rule.message,
        fix: &rule.fix, documentation: &rule.documentation)
      {
        return
      }
      parser.parseRequirement(of: &rule)
    }
    rule.range = range(from: start)
    return rule
  }

  mutating func parseRequirement(of rule: inout RuleDeclaration) {
    let isProhibition: Bool
    switch current.keyword {
    case .mustNot: isProhibition = true
    // `must not x` prohibits the whole of x.
    case .must: isProhibition = token(ahead: 1).keyword == .not && isEnglish(current)
    default: return
    }
    if isProhibition, isAt(.must) { advance() }
    advance()
    let condition = parseExpression()
    guard rule.requirement == nil else { return }
    rule.requirement = RuleDeclaration.Requirement(
      isProhibition: isProhibition, condition: condition)
  }

  private func isEnglish(_ token: Token) -> Bool {
    bytes[token.range.start] < 0x80
  }

  /// Parses a clause that rules and procedures share.
  mutating func parseCommonClause(
    citations: inout [CitationSyntax], dossier: inout Identifier?, asOf: inout Expression?,
    scopes: inout [Scope], applies: inout [Expression], exceptions: inout [Expression],
    message: inout RuleDeclaration.Message?, fix: inout MessageTemplate?,
    documentation: inout Words?
  ) -> Bool {
    let clause = current
    switch clause.keyword {
    case .cites:
      advance()
      citations += parseCitations()
    case .dossier:
      advance()
      dossier = expectIdentifier(Bilingual("档案名", "the name of a dossier"))
    case .asOf:
      advance()
      asOf = parseExpression()
    case .forEach:
      advance()
      scopes.append(parseScope(from: clause.range.start))
    case .applies:
      advance()
      applies.append(parseExpression())
    case .unless:
      advance()
      exceptions.append(parseExpression())
    case .error, .warning, .note:
      advance()
      let severity: Diagnostic.Severity =
        clause.keyword == .error ? .error : clause.keyword == .warning ? .warning : .note
      if let template = parseMessage() {
        message = RuleDeclaration.Message(severity: severity, template: template)
      }
    case .fix:
      advance()
      fix = parseMessage()
    case .documentation:
      advance()
      documentation = parseWords(Bilingual("说明文本", "a text"))
    default: return false
    }
    return true
  }

  /// Parses `每个 x 于 L 当 c`.
  mutating func parseScope(from start: Int) -> Scope {
    if take(.every) == nil {
      reportMissing(Bilingual("“每个”", "`every`"))
    }
    let binder = parseBinder()
    let condition = take(.when) != nil ? parseExpression() : nil
    return Scope(binder: binder, condition: condition, range: range(from: start))
  }

  mutating func parseProcedure() -> ProcedureDeclaration? {
    let start = advance().range.start
    guard let code = parseCode() else { return nil }
    let name = parseName(Bilingual("程序名", "a name for the procedure")) ?? Name(first: code)
    var procedure = ProcedureDeclaration(code: code, name: name, range: range(from: start))
    block(
      of: Bilingual("程序", "a procedure"),
      expecting: [
        .cites, .dossier, .asOf, .forEach, .applies, .unless, .step, .deadline, .error, .warning,
        .note, .fix, .documentation,
      ]
    ) { parser in
      if parser.parseCommonClause(
        citations: &procedure.citations, dossier: &procedure.dossier, asOf: &procedure.asOf,
        scopes: &procedure.scopes, applies: &procedure.applies, exceptions: &procedure.exceptions,
        message: &procedure.message, fix: &procedure.fix, documentation: &procedure.documentation)
      {
        return
      }
      switch parser.current.keyword {
      case .step: parser.parseStep(of: &procedure)
      case .deadline: parser.parseDeadline(of: &procedure)
      default: break
      }
    }
    procedure.range = range(from: start)
    return procedure
  }

  private mutating func parseStep(of procedure: inout ProcedureDeclaration) {
    let start = advance().range.start
    guard let name = parseName(Bilingual("步骤名", "a name for the step")) else { return }
    expect(.equal)
    let date = parseExpression()
    procedure.steps.append(
      ProcedureDeclaration.Step(name: name, date: date, range: range(from: start)))
  }

  /// Parses `限期 后步 在 先步 后 1个月 内` or `deadline later within 1 month after earlier`.
  private mutating func parseDeadline(of procedure: inout ProcedureDeclaration) {
    let start = advance().range.start
    let role = Bilingual("步骤名", "the name of a step")
    guard let step = expectIdentifier(role) else { return }
    let anchor: Identifier?
    let duration: Expression
    if take(.within) != nil {
      duration = parseSum()
      if take(.after) == nil {
        reportMissing(Bilingual("“after”", "`after`"))
      }
      anchor = expectIdentifier(role)
    } else {
      if take(.at) == nil {
        reportMissing(Bilingual("“在”", "`within`"))
      }
      anchor = expectIdentifier(role)
      if take(.behind) == nil {
        reportMissing(Bilingual("“后”", "`后`"))
      }
      duration = parseSum()
      if take(.inside) == nil {
        reportMissing(Bilingual("“内”", "`内`"))
      }
    }
    guard let anchor else { return }
    procedure.deadlines.append(
      ProcedureDeclaration.Deadline(
        step: step, anchor: anchor, duration: duration, range: range(from: start)))
  }

  mutating func parseException() -> ExceptionDeclaration? {
    let start = advance().range.start
    guard let code = parseCode() else { return nil }
    let name = parseName(Bilingual("例外名", "a name for the exception")) ?? Name(first: code)
    var exception = ExceptionDeclaration(
      code: code, name: name, citations: [], range: range(from: start))
    block(
      of: Bilingual("例外", "an exception"), expecting: [.cites, .when, .documentation]
    ) { parser in
      switch parser.current.keyword {
      case .cites:
        parser.advance()
        exception.citations += parser.parseCitations()
      case .when:
        parser.advance()
        exception.condition = parser.parseExpression()
      case .documentation:
        parser.advance()
        exception.documentation = parser.parseWords(Bilingual("说明文本", "a text"))
      default: break
      }
    }
    exception.range = range(from: start)
    return exception
  }

  mutating func parseAdjustment() -> AdjustmentDeclaration? {
    let start = advance().range.start
    guard let code = parseCode() else { return nil }
    var adjustment = AdjustmentDeclaration(
      code: code, isDisabled: false, range: range(from: start))
    block(
      of: Bilingual("调整", "an adjustment"), expecting: [.severity, .disable, .reason]
    ) { parser in
      switch parser.current.keyword {
      case .severity:
        parser.advance()
        switch parser.current.keyword {
        case .error: adjustment.severity = .error
        case .warning: adjustment.severity = .warning
        case .note: adjustment.severity = .note
        default:
          parser.report(
            .expected(
              Bilingual("“错误”“警告”或者“提示”", "`error`, `warning` or `note`"), found: parser.current,
              in: parser.source))
          return
        }
        parser.advance()
      case .disable:
        parser.advance()
        adjustment.isDisabled = true
      case .reason:
        parser.advance()
        adjustment.reason = parser.parseWords(Bilingual("理由文本", "a reason"))
      default: break
      }
    }
    adjustment.range = range(from: start)
    return adjustment
  }
}

// MARK: - Tests

extension Parser {
  mutating func parseTest() -> TestDeclaration? {
    let start = advance().range.start
    guard let title = expectText(Bilingual("测试标题", "a title for the test")) else { return nil }
    var test = TestDeclaration(
      title: title, today: nil, documents: [], expectations: [], range: range(from: start))
    block(
      of: Bilingual("测试", "a test"), expecting: [.today, .expect], holdsRecords: true
    ) { parser in
      if parser.isAtDocumentStart {
        if let document = parser.node(.document, { $0.parseDocument() }) {
          test.documents.append(document)
        }
        return
      }
      switch parser.current.keyword {
      case .today:
        parser.advance()
        test.today = parser.expectDate()
      case .expect:
        if let expectation = parser.parseExpectation() { test.expectations.append(expectation) }
      default: break
      }
    }
    test.range = range(from: start)
    return test
  }

  private mutating func parseExpectation() -> TestDeclaration.Expectation? {
    let start = advance().range.start
    if take(.only) != nil {
      var codes: [Identifier] = []
      if take(.nothing) == nil { codes = parseIdentifiers(Bilingual("规则代码", "the code of a rule")) }
      return TestDeclaration.Expectation(kind: .only(codes), range: range(from: start))
    }
    guard let code = parseCode() else { return nil }
    let verdict: TestDeclaration.VerdictSyntax
    switch current.keyword {
    case .violation: verdict = .violation
    case .undetermined: verdict = .undetermined
    case .compliant: verdict = .compliant
    case .notApplicable: verdict = .notApplicable
    default:
      report(.expectedVerdict(found: current, in: source))
      return nil
    }
    advance()
    var element: PathSyntax?
    var group: [ValueSyntax]?
    var missing: [PathSyntax]?
    while true {
      if take(.over) != nil || take(.in) != nil {
        if isAt(.leftParenthesis) { group = parseGroupKey() } else { element = parseDocumentPath() }
      } else if take(.missing) != nil {
        var paths: [PathSyntax] = []
        repeat {
          if let path = parseDocumentPath() { paths.append(path) }
        } while take(.comma) != nil
        missing = paths
      } else {
        break
      }
    }
    return TestDeclaration.Expectation(
      kind: .verdict(code: code, verdict, element: element, group: group, missing: missing),
      range: range(from: start))
  }

  /// Parses `("市纪委", 2023)`.
  private mutating func parseGroupKey() -> [ValueSyntax] {
    advance()
    var values: [ValueSyntax] = []
    repeat {
      values.append(parseValue())
    } while take(.comma) != nil
    if expect(.rightParenthesis) == nil { recover(past: .rightParenthesis) }
    return values
  }

  /// Parses `对象[0].见面.日期`.
  private mutating func parseDocumentPath() -> PathSyntax? {
    let start = current.range.start
    guard let first = expectIdentifier(Bilingual("字段路径", "a path of fields")) else { return nil }
    var steps: [PathSyntax.Step] = [.field(first)]
    while true {
      if take(.dot) != nil {
        guard let field = expectIdentifier(Bilingual("字段名", "a field")) else { break }
        steps.append(.field(field))
      } else if take(.leftBracket) != nil {
        if let token = expect(.integer), let index = integer(token) { steps.append(.index(index)) }
        expect(.rightBracket)
      } else {
        break
      }
    }
    return PathSyntax(steps: steps, range: range(from: start))
  }
}

extension Diagnostic {
  fileprivate static func expectedVerdict(found token: Token, in source: Source) -> Self {
    let verdicts: [Keyword] = [.violation, .undetermined, .compliant, .notApplicable]
    let words = verdicts.flatMap { [$0.spelling(.chinese), $0.spelling(.english)] }
    var diagnostic = Diagnostic.expected(
      Bilingual(
        "“违规”“存疑”“合规”或者“不适用”",
        "`violation`, `undetermined`, `compliant` or `not_applicable`"), found: token, in: source)
    diagnostic.fix = nearest(to: String(source.text(in: token.range)), among: words).map {
      Fix(Bilingual("是不是“\($0)”？", "did you mean `\($0)`?"), replacing: token.range, with: $0)
    }
    return diagnostic
  }
}
