// Expressions, by precedence: 否则 < 或 < 且 < 非 < comparison < + - < × ÷ < - < path.

extension Parser {
  mutating func parseExpression() -> Expression {
    node(.expression) { $0.parseOrElse() }
  }

  private mutating func parseOrElse() -> Expression {
    parseChain(of: { $0.parseOr() }, joinedBy: { $0.isAt(.orElse) ? .orElse : nil })
  }

  private mutating func parseOr() -> Expression {
    parseChain(of: { $0.parseAnd() }, joinedBy: { $0.isAt(.or) ? .or : nil })
  }

  private mutating func parseAnd() -> Expression {
    parseChain(of: { $0.parseNot() }, joinedBy: { $0.isAt(.and) ? .and : nil })
  }

  mutating func parseSum() -> Expression {
    parseChain(
      of: { $0.parseProduct() },
      joinedBy: { parser in
        switch parser.current.kind {
        case .plus: .add
        case .minus: .subtract
        default: nil
        }
      })
  }

  private mutating func parseProduct() -> Expression {
    parseChain(
      of: { $0.parseNegation() },
      joinedBy: { parser in
        switch parser.current.kind {
        case .times: .multiply
        case .divide: .divide
        default: nil
        }
      })
  }

  /// Parses operands joined by operators of one level, which group to the left.
  private mutating func parseChain(
    of operand: (inout Parser) -> Expression,
    joinedBy currentOperator: (Parser) -> Expression.BinaryOperator?
  ) -> Expression {
    var left = operand(&self)
    var isTooLong = false
    while let infix = currentOperator(self) {
      let leftHeight = height
      let token = advance()
      let right = operand(&self)
      let range = left.range.union(right.range)
      height = max(leftHeight, height) + 1
      if height > Parser.maximumHeight, !isTooLong {
        isTooLong = true
        note(.tooLong(at: token.range))
      }
      // The operands of a chain that is too long are read, but not kept.
      if isTooLong { height = 1 }
      left = Expression(isTooLong ? .missing : .binary(infix, left, right), at: range)
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
      return unary(.not, nested { $0.parseNot() } ?? missing(at: start), from: start)
    case .has:
      advance()
      return unary(.has, parseSum(), from: start)
    case .no where isBinder(after: 1):
      return parseQuantifier(.notExists, from: start)
    case .nothing where beginsOperand(token(ahead: 1)), .no where beginsOperand(token(ahead: 1)):
      advance()
      return unary(.hasNo, parseSum(), from: start)
    case .exists: return parseQuantifier(.exists, from: start)
    case .notExists: return parseQuantifier(.notExists, from: start)
    case .every: return parseQuantifier(.every, from: start)
    default: return parseComparison()
    }
  }

  private mutating func unary(
    _ operation: Expression.UnaryOperator, _ operand: Expression, from start: Int
  ) -> Expression {
    height += 1
    return Expression(.unary(operation, operand), at: range(from: start))
  }

  /// Whether `x 于` stands a number of tokens ahead.
  private func isBinder(after count: Int) -> Bool {
    guard token(ahead: count).kind == .identifier else { return false }
    let connective = token(ahead: count + 1).keyword
    return connective == .over || connective == .in
  }

  private func beginsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .integer, .decimal, .percent, .date, .duration, .string, .leftParenthesis, .leftBrace,
      .leftBracket:
      true
    case .identifier: !(token.keyword?.isInfix ?? false)
    default: false
    }
  }

  private mutating func parseQuantifier(
    _ quantifier: Expression.Quantifier, from start: Int
  ) -> Expression {
    advance()
    let result = nested { parser -> Expression in
      let binder = parser.parseBinder()
      let listHeight = parser.height
      let connective: Keyword = quantifier == .every ? .satisfies : .where
      var condition: Expression?
      if parser.take(connective) != nil {
        condition = parser.parseOr()
      } else if quantifier == .every {
        parser.reportMissing(Bilingual("“均”", "`satisfies`"))
      }
      parser.height = max(listHeight, parser.height) + 1
      return Expression(
        .quantified(quantifier, binder, condition: condition), at: parser.range(from: start))
    }
    return result ?? missing(at: start)
  }

  /// Parses `x 于 L`.
  mutating func parseBinder() -> Expression.Binder {
    let variable =
      expectIdentifier(Bilingual("变量名", "a variable")) ?? Identifier("", at: current.range)
    if take(.over) == nil, take(.in) == nil {
      reportMissing(Bilingual("“于”", "`in`"))
    }
    return Expression.Binder(variable: variable, list: parseSum())
  }
}

// MARK: - Comparisons

extension Parser {
  private mutating func parseComparison() -> Expression {
    let left = parseSum()
    guard let compared = parseComparisonRest(left) else { return left }
    let comparedHeight = height
    // What is compared once more is read, but not kept.
    while isAtComparison {
      report(.chainedComparison(at: current.range))
      _ = parseComparisonRest(left)
    }
    height = comparedHeight
    return compared
  }

  /// Whether ``parseComparisonRest(_:)`` finds something to do.
  private var isAtComparison: Bool {
    switch current.keyword {
    case .isKnown, .isUnknown, .at, .within: true
    default: comparisonOperator() != nil
    }
  }

  private mutating func parseComparisonRest(_ left: Expression) -> Expression? {
    let start = left.range.start
    let leftHeight = height
    switch current.keyword {
    case .isKnown, .isUnknown:
      return known(left, words: 1)
    case .at, .within:
      return parseWithin(left)
    case .is:
      switch token(ahead: 1).keyword {
      case .known, .unknown, .isKnown, .isUnknown: return known(left, words: 2)
      case .not:
        switch token(ahead: 2).keyword {
        case .known, .unknown, .isKnown, .isUnknown: return known(left, words: 3)
        default: break
        }
      default: break
      }
    default: break
    }
    guard let (infix, words) = comparisonOperator() else { return nil }
    for _ in 0..<words { advance() }
    let right = parseSum()
    height = max(leftHeight, height) + 1
    return Expression(
      .binary(infix, left, right), at: SourceRange(start, max(left.range.end, right.range.end)))
  }

  /// Consumes `已知`, `is unknown` or `is not known`, of a number of words.
  private mutating func known(_ left: Expression, words: Int) -> Expression {
    var negated = false
    for _ in 0..<words {
      switch advance().keyword {
      case .not, .unknown, .isUnknown: negated.toggle()
      default: break
      }
    }
    height += 1
    return Expression(.known(left, negated: negated), at: range(from: left.range.start))
  }

  /// The comparison that the current words spell, and of how many words it is.
  private func comparisonOperator() -> (Expression.BinaryOperator, words: Int)? {
    switch current.kind {
    case .equal: return (.equal, 1)
    case .notEqual: return (.notEqual, 1)
    case .less: return (.less, 1)
    case .lessOrEqual: return (.lessOrEqual, 1)
    case .greater: return (.greater, 1)
    case .greaterOrEqual: return (.greaterOrEqual, 1)
    default: break
    }
    guard current.keyword == .is else { return wordOperator(after: 0) }
    // `is in`, `is not before` say the same as `in`, `not before`.
    if let (infix, words) = wordOperator(after: 1) { return (infix, words + 1) }
    return token(ahead: 1).keyword == .not ? (.notEqual, 2) : (.equal, 1)
  }

  /// The comparison that is spelt in words a number of tokens ahead.
  private func wordOperator(after count: Int) -> (Expression.BinaryOperator, words: Int)? {
    switch token(ahead: count).keyword {
    case .memberOf, .in: (.memberOf, 1)
    case .notMemberOf: (.notMemberOf, 1)
    case .contains: (.contains, 1)
    case .before: (.before, 1)
    case .after: (.after, 1)
    case .notBefore: (.notBefore, 1)
    case .notAfter: (.notAfter, 1)
    case .precedes: (.precedes, 1)
    case .not:
      switch token(ahead: count + 1).keyword {
      case .memberOf, .in: (.notMemberOf, 2)
      case .before: (.notBefore, 2)
      case .after: (.notAfter, 2)
      default: nil
      }
    default: nil
    }
  }

  /// Parses `在 y 后 1个月 内` or `within 1 month after y`.
  private mutating func parseWithin(_ left: Expression) -> Expression {
    var tallest = height
    func operand(_ parser: inout Parser) -> Expression {
      let operand = parser.parseSum()
      tallest = max(tallest, parser.height)
      return operand
    }
    let anchor: Expression
    let duration: Expression
    let direction: Expression.Direction
    if take(.within) != nil {
      duration = operand(&self)
      direction = takeDirection(after: .after, before: .before)
      anchor = operand(&self)
    } else {
      advance()
      anchor = operand(&self)
      direction = takeDirection(after: .behind, before: .ahead)
      duration = operand(&self)
      if take(.inside) == nil {
        reportMissing(Bilingual("“内”", "`内`"))
      }
    }
    height = tallest + 1
    return Expression(
      .within(left, anchor: anchor, duration: duration, direction),
      at: range(from: left.range.start))
  }

  private mutating func takeDirection(after: Keyword, before: Keyword) -> Expression.Direction {
    if take(after) != nil { return .after }
    if take(before) != nil { return .before }
    let words = [after, before].map {
      $0.spellings.chinese == nil ? $0.spelling(.english) : $0.spelling(.chinese)
    }
    reportMissing(Bilingual("“\(words[0])”或者“\(words[1])”", "`\(words[0])` or `\(words[1])`"))
    return .after
  }
}

// MARK: - Operands

extension Parser {
  private mutating func parseNegation() -> Expression {
    let start = current.range.start
    if take(.minus) != nil {
      return unary(.negate, nested { $0.parseNegation() } ?? missing(at: start), from: start)
    }
    if isAt(.recorded), token(ahead: 1).kind == .identifier, beginsOperand(token(ahead: 1)) {
      advance()
      return unary(.recorded, parsePath(), from: start)
    }
    return parsePath()
  }

  private mutating func parsePath() -> Expression {
    var expression = parsePrimary()
    var isTooLong = false
    while isAt(.dot) {
      let dot = advance()
      guard let member = expectIdentifier(Bilingual("字段名", "a field")) else { break }
      let range = expression.range.union(member.range)
      height += 1
      if height > Parser.maximumHeight, !isTooLong {
        isTooLong = true
        note(.tooLong(at: dot.range))
      }
      if isTooLong { height = 1 }
      expression = Expression(isTooLong ? .missing : .member(expression, member), at: range)
    }
    return expression
  }

  private mutating func parsePrimary() -> Expression {
    let token = current
    height = 1
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
    case .leftParenthesis: return parseParenthesised()
    case .leftBrace: return parseCollection(closing: .rightBrace)
    case .leftBracket: return parseCollection(closing: .rightBracket)
    case .identifier where !isOutOfPlace(token):
      return parseNamed(token)
    default:
      reportMissing(Bilingual("表达式", "an expression"))
      return missing(at: token.range.start)
    }
  }

  /// Whether a word that could name something is an operator without its operand, or begins the
  /// next clause or declaration.
  private func isOutOfPlace(_ token: Token) -> Bool {
    guard let keyword = token.keyword else { return false }
    if isAtDeclarationStart { return true }
    let next = self.token(ahead: 1)
    if keyword.isInfix {
      return !(next.kind == .dot || next.kind.isComparison || next.keyword?.isInfix ?? false)
    }
    guard beginsClause(afterLineBreak: true) else { return false }
    // In `适用 依据 应当 x`, with a line for each, `依据` names something.
    let isName =
      next.keyword.map(clauses.contains) ?? false
      && beginsOperand(self.token(ahead: 2)) && next.kind == .identifier
    return !isName
  }

  private mutating func parseParenthesised() -> Expression {
    let start = current.range.start
    advance()
    let inner = nested { $0.parseExpression() } ?? missing(at: start)
    if expect(.rightParenthesis) == nil { recover(past: .rightParenthesis) }
    return Expression(inner.kind, at: range(from: start))
  }

  private mutating func parseCollection(closing: TokenKind) -> Expression {
    let start = current.range.start
    advance()
    let elements = parseList(closing: closing)
    return Expression(.collection(elements), at: range(from: start))
  }

  /// Parses expressions separated by commas, and the closing token.
  private mutating func parseList(closing: TokenKind) -> [Expression] {
    if let elements = nested({ $0.parseElements(closing: closing) }) { return elements }
    height = 1
    recover(past: closing)
    return []
  }

  private mutating func parseElements(closing: TokenKind) -> [Expression] {
    var elements: [Expression] = []
    var tallest = 0
    while !isAt(closing), !isAtEnd {
      elements.append(parseExpression())
      tallest = max(tallest, height)
      if take(.comma) != nil { continue }
      if isAt(closing) { break }
      let isElement =
        beginsOperand(current) && !isAtDeclarationStart && !beginsClause(afterLineBreak: true)
      reportMissing(
        Bilingual("“,”或者\(closing.name.chinese)", "`,` or \(closing.name.english)"),
        fix: isElement ? .missingComma(at: previousEnd) : nil)
      if isElement { continue }
      height = tallest + 1
      guard recover(past: closing, orTo: .comma) else { return elements }
      advance()
    }
    expect(closing)
    height = tallest + 1
    return elements
  }

  private mutating func parseNumber(_ token: Token) -> Expression {
    let digits = text(of: token).foldingFullWidth()
    guard let (unit, words) = durationUnit() else {
      return Expression(.literal(Literal(kind: .integer, text: digits)), at: token.range)
    }
    for _ in 0..<words { advance() }
    return Expression(
      .literal(Literal(kind: .duration, text: digits + unit)), at: range(from: token.range.start))
  }

  /// The unit of a duration that the current words spell, and of how many words it is.
  func durationUnit() -> (unit: String, words: Int)? {
    guard isAt(.identifier), current.keyword == nil, current.range.count <= 12 else { return nil }
    switch source.text(in: current.range) {
    case "day", "days", "日", "天": return ("日", 1)
    case "month", "months", "个月": return ("个月", 1)
    case "year", "years", "年": return ("年", 1)
    case "个工作日", "工作日": return ("个工作日", 1)
    case "working":
      let next = source.text(in: token(ahead: 1).range)
      return next == "day" || next == "days" ? ("个工作日", 2) : nil
    default: return nil
    }
  }

  private mutating func literal(_ kind: Literal.Kind) -> Expression {
    let token = advance()
    return Expression(
      .literal(Literal(kind: kind, text: text(of: token).foldingFullWidth())), at: token.range)
  }

  private mutating func parseNamed(_ token: Token) -> Expression {
    advance()
    let identifier = identifier(token)
    switch current.kind {
    case .leftParenthesis: return parseCall(identifier)
    case .leftBracket: return parseLookup(identifier)
    case .dot: return Expression(.name(identifier), at: token.range)
    default: break
    }
    switch token.keyword {
    case .yes:
      return Expression(.literal(Literal(kind: .boolean(true), text: "是")), at: token.range)
    case .false, .no:
      return Expression(.literal(Literal(kind: .boolean(false), text: "否")), at: token.range)
    case .nothing:
      return Expression(.literal(Literal(kind: .nothing, text: "无")), at: token.range)
    default: return Expression(.name(identifier), at: token.range)
    }
  }

  private mutating func parseLookup(_ name: Identifier) -> Expression {
    advance()
    let arguments = parseList(closing: .rightBracket)
    return Expression(.lookup(name, arguments), at: range(from: name.range.start))
  }

  private mutating func parseCall(_ name: Identifier) -> Expression {
    advance()
    let takesList = Function(word: name.text)?.takesList ?? false
    guard takesList, isBinder(after: 0) else {
      let arguments = Expression.Arguments.list(parseList(closing: .rightParenthesis))
      return Expression(.call(name, arguments), at: range(from: name.range.start))
    }
    let arguments = nested { $0.parseComprehension() }
    if arguments == nil || expect(.rightParenthesis) == nil { recover(past: .rightParenthesis) }
    return Expression(.call(name, arguments ?? .list([])), at: range(from: name.range.start))
  }

  private mutating func parseComprehension() -> Expression.Arguments {
    let binder = parseBinder()
    var tallest = height
    var condition: Expression?
    if take(.where) != nil || take(.when) != nil {
      condition = parseExpression()
      tallest = max(tallest, height)
    }
    var result: Expression?
    if take(.take) != nil {
      result = parseExpression()
      tallest = max(tallest, height)
    }
    height = tallest + 1
    return .comprehension(binder, condition: condition, result: result)
  }

  private mutating func missing(at start: Int) -> Expression {
    height = 1
    return Expression(.missing, at: SourceRange(start, start))
  }
}

extension TokenKind {
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}

extension Function {
  /// Whether the function summarises or lists elements, and so may take `x 于 L 使 c`.
  package var takesList: Bool {
    switch self {
    case .count, .distinct, .sum, .earliest, .latest, .max, .min, .mode, .all: true
    default: false
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

  fileprivate static func tooLong(at range: SourceRange) -> Self {
    let limit = Parser.maximumHeight
    return Diagnostic(
      "E0212", .error,
      Bilingual("一个表达式连续超过\(limit)个运算", "more than \(limit) operations in a row"), at: range,
      notes: [
        Bilingual("用“定义”拆开，或者用“属于 {…}”列举", "split it with a `define`, or list values with `in {…}`")
      ])
  }
}

extension Diagnostic.Fix {
  static func missingComma(at offset: Int) -> Self {
    Diagnostic.Fix(
      Bilingual("补上“,”", "add `,`"), replacing: SourceRange(offset, offset), with: ",")
  }
}
