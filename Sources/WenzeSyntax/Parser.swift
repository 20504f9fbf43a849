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
  let tokens: [Token]
  private(set) var diagnostics: [Diagnostic]
  /// The index of the token to be read next.
  private(set) var position = 0
  /// How many braces, brackets, parentheses and quantifiers surround the position.
  private(set) var depth = 0
  private var nodes: [SyntaxTree.Node] = []
  /// The token at which the last problem was told: one place, one problem.
  private var lastReported = -1

  /// How deep expressions and values may nest.
  static let maximumDepth = 64

  init(source: Source, tokens: [Token], diagnostics: [Diagnostic]) {
    self.source = source
    self.bytes = Array(source.text.utf8)
    self.tokens = tokens
    self.diagnostics = diagnostics
  }

  /// A parser for the expression inside a message, over the same text.
  init(interpolationIn parser: Parser, from start: Int, to end: Int) {
    var lexer = Lexer(bytes: parser.bytes, from: start, to: end)
    let (tokens, diagnostics) = lexer.run()
    source = parser.source
    bytes = parser.bytes
    self.tokens = tokens
    self.diagnostics = diagnostics
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
    tokens[min(position + count, tokens.count - 1)]
  }

  var isAtEnd: Bool { current.kind == .endOfFile }

  func isAt(_ kind: TokenKind) -> Bool { current.kind == kind }

  func isAt(_ keyword: Keyword) -> Bool { current.keyword == keyword }

  func text(of token: Token) -> String { String(source.text(in: token.range)) }

  /// The end of the token before the current one.
  var previousEnd: Int { position > 0 ? tokens[position - 1].range.end : 0 }

  @discardableResult
  mutating func advance() -> Token {
    let token = current
    if position < tokens.count - 1 { position += 1 }
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
    report(.expected(kind.name, found: current, in: source))
    return nil
  }

  func range(from start: Int) -> SourceRange {
    SourceRange(start, max(start, previousEnd))
  }

  mutating func expectIdentifier(_ role: Bilingual) -> Identifier? {
    guard isAt(.identifier) else {
      report(.expected(role, found: current, in: source))
      return nil
    }
    let token = advance()
    return Identifier(text(of: token), at: token.range)
  }

  /// Adds a diagnostic, unless one was told at this very token.
  mutating func report(_ diagnostic: Diagnostic) {
    guard position != lastReported else { return }
    lastReported = position
    diagnostics.append(diagnostic)
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
  mutating func nested<Result>(_ body: (inout Parser) -> Result) -> Result? {
    guard depth < Parser.maximumDepth else {
      report(.tooDeep(at: current.range))
      skipBalanced()
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
    var open = 0
    repeat {
      switch current.kind {
      case .leftBrace, .leftBracket, .leftParenthesis: open += 1
      case .rightBrace, .rightBracket, .rightParenthesis: open -= 1
      case .endOfFile: return
      default: break
      }
      advance()
    } while open > 0 && !isAtDeclarationStart
  }

  /// Skips to a place where the caller can go on: one it names, a closing brace, a new declaration.
  mutating func recover(to isSafe: (Parser) -> Bool) {
    node(.error) { parser in
      while !parser.isAtEnd, !parser.isAt(.rightBrace), !parser.isAtDeclarationStart,
        !isSafe(parser)
      {
        parser.skipBalanced()
      }
    }
  }

  /// Whether the token stands unindented and begins a declaration.
  ///
  /// Only then is it believed inside a block, where the same word may be a clause or a field.
  var isAtDeclarationStart: Bool {
    guard let keyword = current.keyword, keyword.isDeclaration else { return false }
    let start = current.range.start
    return start == 0 || isLineBreak(bytes[start - 1])
  }

  /// Parses `{ … }`, calling the body for each clause until the block ends.
  ///
  /// - Parameter clause: parses one clause and says whether it knew it.
  mutating func block(
    of owner: Bilingual, expecting clauses: [Keyword], _ clause: (inout Parser) -> Bool
  ) {
    guard let open = expect(.leftBrace) else {
      recover { $0.isAt(.leftBrace) }
      guard isAt(.leftBrace) else { return }
      return block(of: owner, expecting: clauses, clause)
    }
    while true {
      if take(.rightBrace) != nil { return }
      if take(.comma) != nil || take(.semicolon) != nil { continue }
      if isAtEnd || isAtDeclarationStart {
        report(.unclosed(owner, open: open.range, at: current.range))
        return
      }
      let before = position
      let known = node(.clause, clause)
      if !known || position == before {
        report(.unknownClause(found: current, of: owner, expecting: clauses, in: source))
        let start = position
        recover { parser in
          parser.position > start && parser.current.keyword.map(clauses.contains) ?? false
        }
        if position == start, !isAt(.rightBrace), !isAtEnd, !isAtDeclarationStart { advance() }
      }
    }
  }
}

extension Keyword {
  /// Whether the keyword begins a declaration.
  package var isDeclaration: Bool {
    rawValue <= Keyword.test.rawValue
  }
}

extension Diagnostic {
  static func expected(_ what: Bilingual, found token: Token, in source: Source) -> Self {
    let found = found(token, in: source)
    return Diagnostic(
      "E0201", .error,
      Bilingual(
        "这里应当是\(what.chinese)，却是\(found.chinese)",
        "expected \(what.english), found \(found.english)"), at: token.range)
  }

  static func found(_ token: Token, in source: Source) -> Bilingual {
    if token.kind == .endOfFile { return token.kind.name }
    var text = source.text(in: token.range).prefix(24)
    if text.utf8.count < token.range.count { text += "…" }
    return Bilingual("“\(text)”", "`\(text)`")
  }

  fileprivate static func tooDeep(at range: SourceRange) -> Self {
    Diagnostic(
      "E0202", .error,
      Bilingual(
        "嵌套超过\(Parser.maximumDepth)层", "nested more than \(Parser.maximumDepth) levels deep"),
      at: range, notes: [Bilingual("用“定义”把里层拆出来", "take the inner part out with a `define`")])
  }

  fileprivate static func unclosed(
    _ owner: Bilingual, open: SourceRange, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0203", .error,
      Bilingual("\(owner.chinese)没有结束：缺少“}”", "\(owner.english) does not end: `}` is missing"),
      at: range,
      related: [Label(Bilingual("在这里打开", "opened here"), at: open)],
      fix: Fix(
        Bilingual("补上“}”", "add `}`"), replacing: SourceRange(range.start, range.start),
        with: "}\n"))
  }

  fileprivate static func unknownClause(
    found token: Token, of owner: Bilingual, expecting clauses: [Keyword], in source: Source
  ) -> Self {
    let found = found(token, in: source)
    let word = String(source.text(in: token.range))
    let candidates = clauses.flatMap { clause in
      [clause.spellings.chinese, clause.spellings.english].compactMap { $0 }
    }
    let list = Bilingual(
      clauses.map { $0.spelling(.chinese) }.joined(separator: "、"),
      clauses.map { $0.spelling(.english) }.joined(separator: ", "))
    return Diagnostic(
      "E0204", .error,
      Bilingual(
        "\(owner.chinese)里没有\(found.chinese)这样的子句",
        "\(owner.english) has no clause \(found.english)"), at: token.range,
      notes: list.chinese.isEmpty
        ? [] : [Bilingual("可用：\(list.chinese)", "possible here: \(list.english)")],
      fix: nearest(to: word, among: candidates).map {
        Fix(Bilingual("是不是“\($0)”？", "did you mean `\($0)`?"), replacing: token.range, with: $0)
      })
  }
}
