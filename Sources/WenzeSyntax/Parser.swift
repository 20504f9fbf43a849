/// Parses a text of the rule language.
///
/// Parsing never fails and never stops at a mistake: the tree always prints as the text, the
/// declarations hold whatever could be understood, and each mistake is told once, in order.
package func parse(_ source: Source) -> ParsedFile {
  let (tokens, diagnostics) = tokens(in: source)
  var parser = Parser(source: source, tokens: tokens, diagnostics: diagnostics)
  let declarations = parser.parseFile()
  return parser.finish(declarations)
}

/// The state of a recursive-descent parse.
///
/// The grammar is spread over extensions, one file a part of the language.
struct Parser {
  let source: Source
  let bytes: [UInt8]
  private(set) var tokens: [Token]
  private(set) var diagnostics: [Diagnostic]
  /// The index of the token to be read next; never of one that the lexer did not know.
  private(set) var position = 0
  /// The end of the token that was read last.
  private(set) var previousEnd = 0
  /// How many braces, brackets, parentheses and quantifiers surround the position.
  private(set) var depth = 0
  /// How many operators and paths lie below each other in the expression that was parsed last.
  var height = 0
  /// The clauses of the innermost block.
  private(set) var clauses: [Keyword] = []
  private var nodes: [SyntaxTree.Node] = []
  /// The token at which the last problem was told: one place, one problem.
  private var lastReported = -1
  /// Whether the text ends within a comment or a text that the lexer has told of.
  private let isTruncated: Bool
  /// Where the texts begin that do not end.
  let unterminated: Set<Int>

  /// How deep expressions and values may nest.
  static let maximumDepth = 64
  /// How many operators one expression may put below each other.
  ///
  /// Whoever walks an expression may do so by recursion.
  static let maximumHeight = 1000

  init(source: Source, tokens: [Token], diagnostics: [Diagnostic]) {
    self.source = source
    self.bytes = Array(source.text.utf8)
    self.tokens = tokens
    self.diagnostics = diagnostics
    isTruncated = diagnostics.contains { $0.fix?.range.start == source.utf8Count }
    unterminated = Parser.unterminated(in: diagnostics)
    skipUnknown()
  }

  /// A parser for the expression inside a message, over the same text.
  init(interpolationIn parser: Parser, from start: Int, to end: Int) {
    var lexer = Lexer(bytes: parser.bytes, from: start, to: end)
    let (tokens, diagnostics) = lexer.run()
    source = parser.source
    bytes = parser.bytes
    self.tokens = tokens
    self.diagnostics = diagnostics
    isTruncated = false
    previousEnd = start
    unterminated = Parser.unterminated(in: diagnostics)
    skipUnknown()
  }

  private static func unterminated(in diagnostics: [Diagnostic]) -> Set<Int> {
    Set(diagnostics.lazy.filter { $0.code == "E0102" }.compactMap(\.range?.start))
  }

  func finish(_ declarations: [Declaration]) -> ParsedFile {
    let sorted = diagnostics.enumerated().sorted { left, right in
      let (a, b) = (left.element.range?.start ?? 0, right.element.range?.start ?? 0)
      return a == b ? left.offset < right.offset : a < b
    }
    return ParsedFile(
      tree: SyntaxTree(source: source, tokens: tokens, nodes: nodes), declarations: declarations,
      diagnostics: sorted.map(\.element))
  }
}

// MARK: - Tokens

extension Parser {
  var current: Token { tokens[position] }

  func token(ahead count: Int) -> Token {
    var index = position
    for _ in 0..<count { index = next(after: index) }
    return tokens[index]
  }

  /// The index of the token after one, past those that the lexer did not know.
  private func next(after index: Int) -> Int {
    var index = min(index + 1, tokens.count - 1)
    while tokens[index].kind == .unknown { index += 1 }
    return index
  }

  private mutating func skipUnknown() {
    while tokens[position].kind == .unknown { position += 1 }
  }

  var isAtEnd: Bool { current.kind == .endOfFile }

  func isAt(_ kind: TokenKind) -> Bool { current.kind == kind }

  func isAt(_ keyword: Keyword) -> Bool { current.keyword == keyword }

  func text(of token: Token) -> String { String(source.text(in: token.range)) }

  /// The name that a token spells; full-width digits are the same as plain ones.
  func identifier(_ token: Token) -> Identifier {
    let text = text(of: token)
    // No other digit begins with this byte.
    let isFolded = bytes[token.range.start..<token.range.end].contains(0xEF)
    return Identifier(isFolded ? text.foldingFullWidth() : text, at: token.range)
  }

  @discardableResult
  mutating func advance() -> Token {
    let token = current
    guard token.kind != .endOfFile else { return token }
    previousEnd = token.range.end
    position = next(after: position)
    return token
  }

  mutating func take(_ kind: TokenKind) -> Token? {
    isAt(kind) ? advance() : nil
  }

  mutating func take(_ keyword: Keyword) -> Token? {
    isAt(keyword) ? advance() : nil
  }

  /// Consumes a token of the kind, or says that it is missing.
  @discardableResult
  mutating func expect(_ kind: TokenKind) -> Token? {
    if let token = take(kind) { return token }
    let fix = kind.spelling.map {
      Diagnostic.Fix(
        Bilingual("补上\(kind.name.chinese)", "add \(kind.name.english)"),
        replacing: SourceRange(previousEnd, previousEnd), with: $0)
    }
    reportMissing(kind.name, fix: fix)
    return nil
  }

  func range(from start: Int) -> SourceRange {
    SourceRange(start, max(start, previousEnd))
  }

  mutating func expectIdentifier(_ role: Bilingual) -> Identifier? {
    guard isAt(.identifier) else {
      reportMissing(role)
      return nil
    }
    let token = advance()
    return identifier(token)
  }

  /// Adds a diagnostic, unless one was told at this very token.
  mutating func report(_ diagnostic: Diagnostic) {
    guard position != lastReported else { return }
    lastReported = position
    // Strange characters before the token, or a text that swallowed the rest, were told already.
    if position > 0, tokens[position - 1].kind == .unknown { return }
    if isAtEnd, isTruncated { return }
    diagnostics.append(diagnostic)
  }

  /// Says what should stand at the current token, or behind the last one if that ended its line.
  mutating func reportMissing(_ expected: Bilingual, fix: Diagnostic.Fix? = nil) {
    var diagnostic = Diagnostic.expected(expected, found: current, in: source)
    if isFirstOnLine, position > 0 { diagnostic.range = SourceRange(previousEnd, previousEnd) }
    diagnostic.fix = fix
    report(diagnostic)
  }

  /// Adds a diagnostic about text that was understood, whatever was told before.
  mutating func note(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  mutating func add(_ diagnostics: [Diagnostic]) {
    self.diagnostics += diagnostics
  }
}

// MARK: - Nodes

extension Parser {
  /// Runs the body as one node of the tree.
  mutating func node<Result>(_ kind: SyntaxKind, _ body: (inout Parser) -> Result) -> Result {
    let index = nodes.count
    let start = position
    nodes.append(SyntaxTree.Node(kind: kind, tokens: start..<start, subtreeEnd: index + 1))
    let result = body(&self)
    nodes[index] = SyntaxTree.Node(
      kind: kind, tokens: start..<max(start, position), subtreeEnd: nodes.count)
    return result
  }

  /// Runs the body as the root, which holds the end of the file too.
  mutating func root<Result>(_ body: (inout Parser) -> Result) -> Result {
    let result = node(.file, body)
    nodes[0] = SyntaxTree.Node(
      kind: .file, tokens: 0..<tokens.count, subtreeEnd: nodes.count)
    return result
  }

  /// Runs the body one level deeper; nil, with one diagnostic, where that is too deep.
  mutating func nested<Result>(
    cure: Bilingual = .takeOutWithDefine, _ body: (inout Parser) -> Result
  ) -> Result? {
    guard depth < Parser.maximumDepth else {
      report(.tooDeep(at: current.range, cure: cure))
      recover { $0.isAt(.comma) || $0.isAt(.rightParenthesis) || $0.isAt(.rightBracket) }
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}

// MARK: - Recovery

extension Parser {
  /// Skips one token, or a whole group if it opens one.
  mutating func skipBalanced() {
    var braces = 0
    var others = 0
    repeat {
      switch current.kind {
      case .leftBrace: braces += 1
      case .leftBracket, .leftParenthesis: others += 1
      case .rightBracket, .rightParenthesis: others -= 1
      case .rightBrace:
        // A brace ends what was left open inside it.
        if braces == 0, others > 0 { return }
        braces -= 1
        others = 0
      case .endOfFile: return
      default: break
      }
      advance()
      if isAtDeclarationStart || (braces == 0 && beginsClause(afterLineBreak: true)) { return }
    } while braces > 0 || others > 0
  }

  /// Skips to a place where the caller can go on: one it names, the next clause of the block, its
  /// end, or a new declaration.
  mutating func recover(to isSafe: (Parser) -> Bool = { _ in false }) {
    node(.error) { parser in
      while !parser.isAtEnd, !parser.isAt(.rightBrace), !parser.isAtDeclarationStart,
        !parser.beginsClause(afterLineBreak: false), !isSafe(parser)
      {
        parser.skipBalanced()
      }
    }
  }

  /// Skips what stands before a closing bracket, if one closes the group, and the bracket.
  ///
  /// Stops before a separator, and says so.
  @discardableResult
  mutating func recover(past closing: TokenKind, orTo separator: TokenKind? = nil) -> Bool {
    let start = (position, previousEnd)
    var end: Int?
    // The bracket of an expression is not far; looking for it to the end would take too long.
    for _ in 0..<256 {
      if isAt(closing) || current.kind == separator {
        end = position
        break
      }
      guard !isAtEnd, !isAt(.rightBrace), !isAtDeclarationStart,
        !beginsClause(afterLineBreak: true)
      else { break }
      skipBalanced()
    }
    (position, previousEnd) = start
    guard let end else { return false }
    if position < end {
      node(.error) { parser in
        while parser.position < end { parser.advance() }
      }
    }
    return take(closing) == nil
  }

  /// Whether the token stands unindented and begins a declaration.
  ///
  /// Only then is it believed inside a block, where the same word may be a clause or a field.
  var isAtDeclarationStart: Bool {
    guard let keyword = current.keyword, keyword.isDeclaration, isUnindented else { return false }
    let name = token(ahead: 1)
    let isQuotedName =
      name.kind == .string
      && (keyword == .test || [.slash, .leftBrace, .colon].contains(token(ahead: 2).kind))
    guard name.kind == .identifier || isQuotedName else { return false }
    guard clauses.contains(keyword) else { return true }
    // The clause `档案 案件` stands where `档案 案件 {` declares.
    let after = token(ahead: 2).kind
    return after == .leftBrace || after == .slash
  }

  /// Whether the token is the first of a line, without any indentation.
  var isUnindented: Bool {
    let start = current.range.start
    return start == 0 || isLineBreak(bytes[start - 1])
  }

  /// Whether the token is the first of its line.
  var isFirstOnLine: Bool {
    position == 0 || bytes[current.fullStart..<current.range.start].contains(where: isLineBreak)
  }

  /// Whether the word seems to begin a clause of the innermost block.
  ///
  /// The same word may be the name of a field, so what follows it has to look like the content of
  /// a clause; with `afterLineBreak` the word has to be the first of its line too, unless a text
  /// follows.
  func beginsClause(afterLineBreak: Bool) -> Bool {
    guard let keyword = current.keyword, clauses.contains(keyword) else { return false }
    let next = token(ahead: 1)
    if next.kind == .string { return true }
    // `参照(e)` is a figure; the clause begins with a name.
    if keyword == .beside, next.kind == .leftParenthesis { return false }
    guard beginsContent(next) else { return false }
    return !afterLineBreak || isFirstOnLine
  }

  /// Whether a token begins the content of a clause rather than going on with an expression.
  private func beginsContent(_ token: Token) -> Bool {
    switch token.kind {
    case .identifier: !(token.keyword?.isInfix ?? false)
    case .integer, .decimal, .percent, .date, .duration, .string, .bookTitle, .leftParenthesis,
      .leftBrace, .leftBracket, .minus:
      true
    default: false
    }
  }

  /// Parses `{ … }`, calling the body for each clause until the block ends.
  ///
  /// - Parameters:
  ///   - owner: what the block belongs to.
  ///   - clauses: the keywords that begin its clauses; none if it holds a list of items.
  ///   - item: what it holds, where that is not clauses.
  ///   - holdsRecords: whether `name { … }` may stand in it.
  ///   - clause: parses one clause or item, or consumes nothing where there is none.
  mutating func block(
    of owner: Bilingual, expecting clauses: [Keyword], item: Bilingual? = nil,
    holdsRecords: Bool = false, _ clause: (inout Parser) -> Void
  ) {
    let outerClauses = self.clauses
    self.clauses = clauses
    defer { self.clauses = outerClauses }
    guard let open = openBlock(ofItems: item != nil && clauses.isEmpty) else { return }
    var seen: [Token] = []
    while take(.rightBrace) == nil {
      if take(.comma) != nil || take(.semicolon) != nil { continue }
      let isAtForeignDocument =
        !holdsRecords && isUnindented && isAtDocumentStart
        && !clauses.contains { $0 == current.keyword }
      if isAtEnd || isAtDeclarationStart || isAtForeignDocument {
        report(.unclosed(owner, open: open, at: current.range, afterLineBreak: isFirstOnLine))
        return
      }
      let before = position
      let first = current
      let isClause =
        clauses.contains { $0 == first.keyword } && token(ahead: 1).kind != .slash
      node(.clause, clause)
      if position == before {
        skipUnknownClause(of: owner, item: item, clause)
      } else if isClause {
        tellRepetition(of: first, among: &seen)
      }
    }
  }

  /// Consumes the brace that opens a block and gives its range; nil where there is no block.
  private mutating func openBlock(ofItems: Bool) -> SourceRange? {
    let start = SourceRange(previousEnd, previousEnd)
    if let open = expect(.leftBrace) { return open.range }
    if !(ofItems && isAt(.identifier)) {
      recover { $0.isAt(.leftBrace) || ($0.isUnindented && $0.isAtDocumentStart) }
    }
    if let open = take(.leftBrace) { return open.range }
    if take(.rightBrace) != nil || isAtEnd || isAtDeclarationStart { return nil }
    if isUnindented, isAtDocumentStart { return nil }
    // What follows can only be what the block holds: go on as if it had been opened.
    return start
  }

  /// Tells of what is no clause, and goes on behind it; a misspelt clause is parsed all the same.
  private mutating func skipUnknownClause(
    of owner: Bilingual, item: Bilingual?, _ clause: (inout Parser) -> Void
  ) {
    let start = position
    let token = current
    if let guess = guessedClause() {
      report(guess.diagnostic(token, owner, clauses, source))
      // The word acts as what it was meant to be, and the tree keeps what it is.
      let colon = self.token(ahead: 1).kind == .colon ? next(after: start) : nil
      tokens[start].keyword = guess.keyword
      if let colon { tokens[colon].kind = .unknown }
      node(.clause, clause)
      tokens[start].keyword = token.keyword
      if let colon { tokens[colon].kind = .colon }
      if position > start { return }
    }
    if token.kind == .identifier, !clauses.isEmpty {
      report(.unknownClause(found: token, of: owner, expecting: clauses, in: source))
    } else {
      let expected = item ?? Bilingual("子句", "a clause")
      report(.expected(expected, found: token, in: source))
    }
    node(.error) { $0.skipBalanced() }
    recover { parser in
      parser.isAt(.comma) || (item != nil && parser.isFirstOnLine)
        || (parser.clauses.isEmpty && parser.isAt(.identifier))
    }
  }

  /// The clause that the author seems to have meant.
  private struct GuessedClause {
    let keyword: Keyword
    let diagnostic: (Token, Bilingual, [Keyword], Source) -> Diagnostic
  }

  private func guessedClause() -> GuessedClause? {
    guard isAt(.identifier) else { return nil }
    let word = text(of: current)
    let next = token(ahead: 1)
    if let keyword = Keyword(word), clauses.contains(keyword), next.kind == .colon {
      let colon = next.range
      return GuessedClause(keyword: keyword) { token, _, _, _ in
        .colonAfterClause(word, colon: colon, at: token.range)
      }
    }
    guard current.keyword.map({ !clauses.contains($0) }) ?? true,
      let nearest = nearest(to: word, among: clauses.flatMap(\.words)),
      let keyword = Keyword(nearest), beginsContent(next),
      !keyword.takesText || next.kind == .string
    else { return nil }
    return GuessedClause(keyword: keyword) { token, owner, clauses, source in
      .unknownClause(found: token, of: owner, expecting: clauses, in: source)
    }
  }

  private mutating func tellRepetition(of clause: Token, among seen: inout [Token]) {
    guard let keyword = clause.keyword, !keyword.mayRepeat else { return }
    if let earlier = seen.first(where: { $0.keyword?.exclusive == keyword.exclusive }) {
      note(.repeatedClause(clause, earlier: earlier, in: source))
    } else {
      seen.append(clause)
    }
  }

  /// Gives the keyword of a declaration to a word that misspells it, and tells so.
  mutating func correctDeclaration<Result>(_ body: (inout Parser) -> Result) -> Result? {
    let token = current
    let following = self.token(ahead: 1).kind
    guard isAt(.identifier), !(token.keyword?.isDeclaration ?? false),
      let keyword = nearest(to: text(of: token), among: Keyword.declarationWords)
        .flatMap({ Keyword($0) }),
      following == (keyword == .test ? .string : .identifier)
    else { return nil }
    report(.expectedDeclaration(found: token, in: source))
    let index = position
    tokens[index].keyword = keyword
    defer { tokens[index].keyword = token.keyword }
    return body(&self)
  }
}
