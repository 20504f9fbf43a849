// What the columns of ledgers stand for.

extension Parser {
  mutating func parseMapping() -> MappingDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("映射名", "a name for the mapping")) else { return nil }
    var mapping = MappingDeclaration(name: name, range: range(from: start))
    if take(.dossier) != nil {
      mapping.dossier = expectIdentifier(Bilingual("档案名", "the name of a dossier"))
    } else {
      reportMissing(Bilingual("“档案”", "`dossier`"))
    }
    if take(.forEach) != nil { mapping.rowList = parseFieldPath() }
    block(
      of: Bilingual("映射", "a mapping"), expecting: [],
      item: Bilingual("加引号的表头文字", "a header word in quotation marks")
    ) { parser in
      guard parser.isAtText else { return }
      if let column = parser.node(.column, { $0.parseColumn() }) { mapping.columns.append(column) }
    }
    mapping.range = range(from: start)
    return mapping
  }

  private mutating func parseColumn() -> MappingDeclaration.Column? {
    let start = current.range.start
    let headers = parseTexts(Bilingual("加引号的表头文字", "a header word in quotation marks"))
    guard expect(.colon) != nil || isAt(.identifier) else { return nil }
    var column = MappingDeclaration.Column(
      headers: headers, path: [], words: [], range: range(from: start))
    if isAt(.nothing), token(ahead: 1).kind != .dot {
      advance()
    } else {
      column.path = parseFieldPath()
      if column.path.isEmpty { return nil }
      if isAt(.leftBrace) { column.words = parseCellWords() }
    }
    column.range = range(from: start)
    return column
  }

  private mutating func parseCellWords() -> [MappingDeclaration.CellWords] {
    var words: [MappingDeclaration.CellWords] = []
    block(
      of: Bilingual("格内写法", "words of cells"), expecting: [],
      item: Bilingual("加引号的格内写法", "a word of a cell in quotation marks")
    ) { parser in
      guard parser.isAtText else { return }
      let texts = parser.parseTexts(Bilingual("加引号的格内写法", "a word of a cell in quotation marks"))
      guard parser.expect(.colon) != nil,
        let entry = parser.expectIdentifier(Bilingual("值", "a value"))
      else { return }
      words.append(MappingDeclaration.CellWords(texts: texts, entry: entry))
    }
    return words
  }

  /// Texts separated by commas.
  private mutating func parseTexts(_ role: Bilingual) -> [TextLiteral] {
    var texts: [TextLiteral] = []
    repeat {
      if isAt(.identifier) {
        var problem = Diagnostic.expected(role, found: current, in: source)
        problem.fix = Diagnostic.Fix(
          Bilingual("加上引号", "put it in quotation marks"), replacing: current.range,
          with: "\"\(text(of: current))\"")
        report(problem)
        let token = advance()
        texts.append(
          TextLiteral(value: text(of: token), range: token.range, content: token.range))
      } else if let text = expectText(role) {
        texts.append(text)
      } else {
        break
      }
    } while take(.comma) != nil
    return texts
  }

  /// Whether a text stands here, or a word that only lacks its quotation marks.
  private var isAtText: Bool {
    isAt(.string)
      || (isAt(.identifier) && [.colon, .comma].contains(token(ahead: 1).kind))
  }

  /// The names of a path from the document to a field.
  private mutating func parseFieldPath() -> [Identifier] {
    var path: [Identifier] = []
    repeat {
      guard let field = expectIdentifier(Bilingual("字段名", "a field")) else { break }
      path.append(field)
    } while take(.dot) != nil
    return path
  }
}
