/// What the grammar makes of single tokens, as far as their layout depends on it.
struct TokenForm {
  private let source: Source
  private let tokens: [Token]
  private let anatomy: SyntaxAnatomy
  /// Tokens that begin a declaration, or a clause, an entry or a field of a block.
  private var items: Set<Int> = []
  private var documents: Set<Int> = []
  /// The end of the expression that begins with a token.
  private var expressionEnds: [Int: Int] = [:]
  /// The first text of `"中文" / "English"` by the stroke between them.
  private var firstTexts: [Int: Int] = [:]
  private var textStarts: Set<Int> = []
  /// The opening bracket that encloses a token most closely.
  private var enclosing: [Int?] = []
  /// The opening bracket of a closing one.
  private var partners: [Int: Int] = [:]
  private var pathBrackets: Set<Int> = []

  init(_ file: ParsedFile) {
    source = file.tree.source
    tokens = file.tree.tokens
    anatomy = SyntaxAnatomy(file.declarations)
    readNodes(of: file.tree)
    readBrackets()
  }

  private mutating func readNodes(of tree: SyntaxTree) {
    var topLevelEnd = 1
    for (index, node) in tree.nodes.enumerated().dropFirst() {
      guard let first = node.tokens.first else { continue }
      if index >= topLevelEnd {
        topLevelEnd = node.subtreeEnd
        items.insert(first)
      }
      switch node.kind {
      case .clause, .row: items.insert(first)
      case .document: documents.formUnion(node.tokens)
      case .expression:
        if expressionEnds[first] == nil { expressionEnds[first] = node.tokens.upperBound }
      case .words:
        textStarts.insert(first)
        let stroke = first + 1
        if node.tokens.contains(stroke) { firstTexts[stroke] = first }
      default: break
      }
    }
  }

  private mutating func readBrackets() {
    let paths = anatomy.paths.sorted()
    var path = 0
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if isCloser(index) { partners[index] = open.popLast() }
      enclosing.append(open.last)
      if isOpener(index) { open.append(index) }
      while path < paths.count, paths[path].end <= token.range.start { path += 1 }
      if path < paths.count, token.kind == .leftBracket, paths[path].contains(token.range) {
        pathBrackets.insert(index)
      }
    }
  }

  func text(of index: Int) -> String { String(source.text(in: tokens[index].range)) }

  func isOpener(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .leftBrace, .leftBracket, .leftParenthesis: true
    default: false
    }
  }

  func isCloser(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .rightBrace, .rightBracket, .rightParenthesis: true
    default: false
    }
  }

  /// Whether a bracket opens a block of a declaration, or a record or list of a document.
  func isBlock(_ index: Int) -> Bool {
    switch tokens[index].kind {
    case .leftBrace: !isCollection(index)
    case .leftBracket: !isTight(index) && !isCollection(index)
    default: false
    }
  }

  /// Whether a bracket opens a block in which a line either begins an item or goes on with one.
  func holdsItems(_ index: Int) -> Bool {
    tokens[index].kind == .leftBrace && !isCollection(index)
  }

  func beginsItem(_ index: Int) -> Bool {
    if items.contains(index) { return true }
    // An element of a list.
    guard let bracket = enclosing[index] else { return false }
    return tokens[bracket].kind == .leftBracket && isBlock(bracket)
  }

  func beginsWords(_ index: Int) -> Bool { textStarts.contains(index) }

  /// The text of which a stroke gives the translation.
  func translatedText(at index: Int) -> Int? { firstTexts[index] }

  func expressionEnd(at index: Int) -> Int? { expressionEnds[index] }

  private func isCollection(_ index: Int) -> Bool {
    anatomy.collections.contains(tokens[index].range.start)
  }

  /// Whether a bracket belongs to the word before it.
  private func isTight(_ index: Int) -> Bool {
    if pathBrackets.contains(index) { return true }
    guard index > 0, tokens[index].kind != .leftBrace else { return false }
    return anatomy.callees.contains(tokens[index - 1].range.start)
  }

  /// Whether there are no spaces inside of a bracket.
  private func isTightInside(_ opener: Int) -> Bool {
    switch tokens[opener].kind {
    case .leftParenthesis: true
    case .leftBracket: !isBlock(opener)
    default: false
    }
  }

  /// The spaces between a token and the one before, on one line.
  func spaces(before index: Int) -> Int {
    guard index > 0 else { return 0 }
    let previous = index - 1
    if isOpener(previous) {
      return isCloser(index) || isTightInside(previous) ? 0 : 1
    }
    switch tokens[index].kind {
    case .comma, .semicolon, .dot: return 0
    case .rightBrace, .rightBracket, .rightParenthesis:
      return partners[index].map { isTightInside($0) } ?? false ? 0 : 1
    case .colon: return isColonClose(index) ? 0 : 1
    case .leftBracket, .leftParenthesis: if isTight(index) { return 0 }
    default: break
    }
    switch tokens[previous].kind {
    case .dot: return 0
    // A full-width colon brings its own space.
    case .colon: return isFullWidth(previous) ? 0 : 1
    case .comma: return text(of: previous) == "、" ? 0 : 1
    case .semicolon: return 1
    case .minus where anatomy.signs.contains(tokens[previous].range.start): return 0
    default: break
    }
    let isInBlock = enclosing[index].map { holdsItems($0) } ?? false
    return isInBlock && items.contains(index) ? 2 : 1
  }

  /// Whether a colon stands right behind the name, as in documents and arguments.
  private func isColonClose(_ index: Int) -> Bool {
    if documents.contains(index) { return true }
    return enclosing[index].map { tokens[$0].kind == .leftParenthesis } ?? false
  }

  private func isFullWidth(_ index: Int) -> Bool { tokens[index].range.count > 1 }
}
