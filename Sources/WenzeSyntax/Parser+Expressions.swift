// Expressions, by precedence: 否则 < 或 < 且 < 非 < comparison < + - < × ÷ < - < path.

extension Parser {
  mutating func parseExpression() -> Expression {
    node(.expression) { $0.parseOrElse() }
  }

  private mutating func parseOrElse() -> Expression {
    parseLeftAssociative({ $0.parseOr() }) { $0.isAt(.orElse) ? .orElse : nil }
  }

  private mutating func parseOr() -> Expression {
    parseLeftAssociative({ $0.parseAnd() }) { $0.isAt(.or) ? .or : nil }
  }

  private mutating func parseAnd() -> Expression {
    parseLeftAssociative({ $0.parseNot() }) { $0.isAt(.and) ? .and : nil }
  }

  private mutating func parseSum() -> Expression {
    parseLeftAssociative({ $0.parseProduct() }) { parser in
      switch parser.current.kind {
      case .plus: .add
      case .minus: .subtract
      default: nil
      }
    }
  }

  private mutating func parseProduct() -> Expression {
    parseLeftAssociative({ $0.parseNegation() }) { parser in
      switch parser.current.kind {
      case .times: .multiply
      case .divide: .divide
      default: nil
      }
    }
  }

  private mutating func parseLeftAssociative(
    _ operand: (inout Parser) -> Expression,
    operator currentOperator: (Parser) -> Expression.BinaryOperator?
  ) -> Expression {
    var left = operand(&self)
    while let infix = currentOperator(self) {
      advance()
      let right = operand(&self)
      left = Expression(.binary(infix, left, right), at: left.range.union(right.range))
    }
    return left
  }

  private mutating func parseNot() -> Expression {
    let start = current.range.start
    switch current.keyword {
    case .not where token(ahead: 1).keyword == .exists:
      advance()
      return parseQuantifier(.notExists, from: start)
    case .not:
      advance()
      let operand = nested { $0.parseNot() } ?? missing(at: start)
      return Expression(.unary(.not, operand), at: range(from: start))
    case .has:
      advance()
      let operand = parseSum()
      return Expression(.unary(.has, operand), at: range(from: start))
    case .nothing, .no:
      advance()
      let operand = parseSum()
      return Expression(.unary(.hasNo, operand), at: range(from: start))
    case .exists: return parseQuantifier(.exists, from: start)
    case .notExists: return parseQuantifier(.notExists, from: start)
    case .every: return parseQuantifier(.every, from: start)
    default: return parseComparison()
    }
  }

  private mutating func parseQuantifier(
    _ quantifier: Expression.Quantifier, from start: Int
  ) -> Expression {
    advance()
    let result = nested { parser -> Expression in
      let binder = parser.parseBinder()
      let connective: Keyword = quantifier == .every ? .satisfies : .where
      var condition: Expression?
      if parser.take(connective) != nil {
        condition = parser.parseOr()
      } else if quantifier == .every {
        parser.report(
          .expected(
            Bilingual("“均”", "`satisfies`"), found: parser.current, in: parser.source))
      }
      return Expression(
        .quantified(quantifier, binder, condition: condition), at: parser.range(from: start))
    }
    return result ?? missing(at: start)
  }

  /// `x 于 L`
  mutating func parseBinder() -> Expression.Binder {
    let variable =
      expectIdentifier(Bilingual("变量名", "a variable")) ?? Identifier("", at: current.range)
    if take(.over) == nil, take(.in) == nil {
      report(.expected(Bilingual("“于”", "`in`"), found: current, in: source))
    }
    return Expression.Binder(variable: variable, list: parseSum())
  }

  private mutating func parseComparison() -> Expression {
    let left = parseSum()
    guard let compared = parseComparisonRest(left) else { return left }
    if parseComparisonOperatorAhead() {
      report(.chainedComparison(at: current.range))
    }
    return compared
  }

  private func parseComparisonOperatorAhead() -> Bool {
    switch current.kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  private mutating func parseComparisonRest(_ left: Expression) -> Expression? {
    let start = left.range.start
    switch current.keyword {
    case .isKnown:
      advance()
      return Expression(.known(left, negated: false), at: range(from: start))
    case .isUnknown:
      advance()
      return Expression(.known(left, negated: true), at: range(from: start))
    case .at, .within:
      return parseWithin(left)
    case .is:
      if token(ahead: 1).keyword == .known || token(ahead: 1).keyword == .unknown {
        advance()
        let negated = advance().keyword == .unknown
        return Expression(.known(left, negated: negated), at: range(from: start))
      }
      if token(ahead: 1).keyword == .isKnown || token(ahead: 1).keyword == .isUnknown {
        advance()
        let negated = advance().keyword == .isUnknown
        return Expression(.known(left, negated: negated), at: range(from: start))
      }
    default:
      break
    }
    guard let infix = takeComparisonOperator() else { return nil }
    let right = parseSum()
    return Expression(.binary(infix, left, right), at: left.range.union(right.range))
  }

  private mutating func takeComparisonOperator() -> Expression.BinaryOperator? {
    let (infix, count) = comparisonOperator()
    guard let infix else { return nil }
    for _ in 0..<count { advance() }
    return infix
  }

  /// The comparison that the current words spell, and of how many words it is.
  private func comparisonOperator() -> (Expression.BinaryOperator?, words: Int) {
    switch current.kind {
    case .equal: return (.equal, 1)
    case .notEqual: return (.notEqual, 1)
    case .less: return (.less, 1)
    case .lessOrEqual: return (.lessOrEqual, 1)
    case .greater: return (.greater, 1)
    case .greaterOrEqual: return (.greaterOrEqual, 1)
    default: break
    }
    let next = token(ahead: 1).keyword
    switch current.keyword {
    case .is: return next == .not ? (.notEqual, 2) : (.equal, 1)
    case .memberOf, .in: return (.memberOf, 1)
    case .notMemberOf: return (.notMemberOf, 1)
    case .contains: return (.contains, 1)
    case .before: return (.before, 1)
    case .after: return (.after, 1)
    case .notBefore: return (.notBefore, 1)
    case .notAfter: return (.notAfter, 1)
    case .precedes: return (.precedes, 1)
    case .not:
      switch next {
      case .in: return (.notMemberOf, 2)
      case .before: return (.notBefore, 2)
      case .after: return (.notAfter, 2)
      default: return (nil, 0)
      }
    default: return (nil, 0)
    }
  }

  /// `在 y 后 1个月 内` or `within 1 month after y`
  private mutating func parseWithin(_ left: Expression) -> Expression {
    let start = left.range.start
    let anchor: Expression
    let duration: Expression
    let direction: Expression.Direction
    if take(.within) != nil {
      duration = parseSum()
      direction = takeDirection(after: .after, before: .before)
      anchor = parseSum()
    } else {
      advance()
      anchor = parseSum()
      direction = takeDirection(after: .behind, before: .ahead)
      duration = parseSum()
      if take(.inside) == nil {
        report(.expected(Bilingual("“内”", "`内`"), found: current, in: source))
      }
    }
    return Expression(
      .within(left, anchor: anchor, duration: duration, direction), at: range(from: start))
  }

  private mutating func takeDirection(after: Keyword, before: Keyword) -> Expression.Direction {
    if take(after) != nil { return .after }
    if take(before) != nil { return .before }
    let words = [after, before].map {
      $0.spellings.chinese == nil ? $0.spelling(.english) : $0.spelling(.chinese)
    }
    report(
      .expected(
        Bilingual("“\(words[0])”或者“\(words[1])”", "`\(words[0])` or `\(words[1])`"),
        found: current, in: source))
    return .after
  }
}

// MARK: - Operands

extension Parser {
  private mutating func parseNegation() -> Expression {
    let start = current.range.start
    if take(.minus) != nil {
      let operand = nested { $0.parseNegation() } ?? missing(at: start)
      return Expression(.unary(.negate, operand), at: range(from: start))
    }
    if isAt(.recorded), token(ahead: 1).kind == .identifier {
      advance()
      let operand = parsePath()
      return Expression(.unary(.recorded, operand), at: range(from: start))
    }
    return parsePath()
  }

  private mutating func parsePath() -> Expression {
    var expression = parsePrimary()
    while isAt(.dot) {
      advance()
      guard let member = expectIdentifier(Bilingual("字段名", "a field")) else { break }
      expression = Expression(
        .member(expression, member), at: expression.range.union(member.range))
    }
    return expression
  }

  private mutating func parsePrimary() -> Expression {
    let token = current
    switch token.kind {
    case .integer:
      advance()
      return parseNumber(token)
    case .decimal: return literal(.decimal)
    case .percent: return literal(.percent)
    case .date: return literal(.date)
    case .duration: return literal(.duration)
    case .string:
      advance()
      let text = textLiteral(token)
      return Expression(.literal(Literal(kind: .text, text: text.value)), at: token.range)
    case .leftParenthesis:
      return parseParenthesised()
    case .leftBrace: return parseCollection(closing: .rightBrace)
    case .leftBracket: return parseCollection(closing: .rightBracket)
    case .identifier where !beginsClause(token):
      return parseNamed(token)
    default:
      report(.expected(Bilingual("表达式", "an expression"), found: token, in: source))
      return Expression(.missing, at: SourceRange(token.range.start, token.range.start))
    }
  }

  /// Whether a word that could name something is really the start of the next clause.
  private func beginsClause(_ token: Token) -> Bool {
    guard let keyword = token.keyword else { return false }
    let next = self.token(ahead: 1).kind
    switch keyword {
    case .error, .warning, .note, .fix, .documentation: return next == .string
    case .and, .or, .orElse: return next != .dot
    default: return false
    }
  }

  private mutating func parseParenthesised() -> Expression {
    let start = current.range.start
    advance()
    let inner = nested { $0.parseExpression() } ?? missing(at: start)
    expect(.rightParenthesis)
    return Expression(inner.kind, at: range(from: start))
  }

  private mutating func parseCollection(closing: TokenKind) -> Expression {
    let start = current.range.start
    advance()
    let elements = nested { $0.parseList(closing: closing) } ?? []
    return Expression(.collection(elements), at: range(from: start))
  }

  /// Expressions separated by commas, and the closing token.
  private mutating func parseList(closing: TokenKind) -> [Expression] {
    var elements: [Expression] = []
    while !isAt(closing), !isAtEnd {
      let before = position
      elements.append(parseExpression())
      if take(.comma) != nil { continue }
      guard !isAt(closing) else { break }
      report(.expected(closing.name, found: current, in: source))
      if position == before { break }
      if !isAt(.identifier) { break }
    }
    expect(closing)
    return elements
  }

  private mutating func parseNumber(_ token: Token) -> Expression {
    let digits = text(of: token).foldingFullWidth()
    let unit: String? =
      switch text(of: current) {
      case "day", "days": "日"
      case "month", "months": "个月"
      case "year", "years": "年"
      case "working" where ["day", "days"].contains(text(of: self.token(ahead: 1))): "个工作日"
      default: nil
      }
    guard let unit else {
      return Expression(.literal(Literal(kind: .integer, text: digits)), at: token.range)
    }
    advance()
    if unit == "个工作日" { advance() }
    return Expression(
      .literal(Literal(kind: .duration, text: digits + unit)), at: range(from: token.range.start))
  }

  private mutating func literal(_ kind: Literal.Kind) -> Expression {
    let token = advance()
    return Expression(
      .literal(Literal(kind: kind, text: text(of: token).foldingFullWidth())), at: token.range)
  }

  private mutating func parseNamed(_ token: Token) -> Expression {
    advance()
    let identifier = Identifier(text(of: token), at: token.range)
    switch current.kind {
    case .leftParenthesis: return parseCall(identifier)
    case .leftBracket: return parseLookup(identifier)
    case .dot: return Expression(.name(identifier), at: token.range)
    default: break
    }
    switch token.keyword {
    case .yes:
      return Expression(.literal(Literal(kind: .boolean(true), text: "是")), at: token.range)
    case .false:
      return Expression(.literal(Literal(kind: .boolean(false), text: "否")), at: token.range)
    case .nothing:
      return Expression(.literal(Literal(kind: .nothing, text: identifier.text)), at: token.range)
    default: return Expression(.name(identifier), at: token.range)
    }
  }

  private mutating func parseLookup(_ name: Identifier) -> Expression {
    advance()
    let arguments = nested { $0.parseList(closing: .rightBracket) } ?? []
    return Expression(.lookup(name, arguments), at: range(from: name.range.start))
  }

  private mutating func parseCall(_ name: Identifier) -> Expression {
    advance()
    let isAggregate = Function(word: name.text)?.takesList ?? false
    let arguments =
      nested { parser -> Expression.Arguments in
        let next = parser.token(ahead: 1).keyword
        if isAggregate, parser.isAt(.identifier), next == .over || next == .in {
          return parser.parseComprehension()
        }
        return .list(parser.parseList(closing: .rightParenthesis))
      } ?? .list([])
    return Expression(.call(name, arguments), at: range(from: name.range.start))
  }

  private mutating func parseComprehension() -> Expression.Arguments {
    let binder = parseBinder()
    var condition: Expression?
    if take(.where) != nil || take(.when) != nil { condition = parseExpression() }
    var result: Expression?
    if take(.take) != nil { result = parseExpression() }
    expect(.rightParenthesis)
    return .comprehension(binder, condition: condition, result: result)
  }

  private func missing(at start: Int) -> Expression {
    Expression(.missing, at: SourceRange(start, start))
  }
}

extension Function {
  /// Whether the function summarises a list, and so may take `x 于 L 使 c`.
  package var takesList: Bool {
    switch self {
    case .count, .distinct, .sum, .earliest, .latest, .max, .min, .mode: true
    case .year, .difference, .all, .similarity: false
    }
  }
}

extension Diagnostic {
  fileprivate static func chainedComparison(at range: SourceRange) -> Self {
    Diagnostic(
      "E0205", .error,
      Bilingual("比较不能连写", "comparisons do not chain"), at: range,
      notes: [Bilingual("用“且”分开写：a < b 且 b < c", "write `a < b and b < c`")])
  }
}
