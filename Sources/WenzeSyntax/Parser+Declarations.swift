// Everything that a file declares, except rules, tests and documents.

extension Parser {
  mutating func parseFile() -> [Declaration] {
    root { parser in
      var declarations: [Declaration] = []
      while !parser.isAtEnd {
        if parser.take(.comma) != nil || parser.take(.semicolon) != nil { continue }
        let before = parser.position
        if let declaration = parser.parseDeclaration() { declarations.append(declaration) }
        if parser.position == before,
          let corrected = parser.correctDeclaration({ $0.parseDeclaration() })
        {
          if let corrected { declarations.append(corrected) }
        } else if parser.position == before {
          parser.report(.expectedDeclaration(found: parser.current, in: parser.source))
          parser.node(.error) { parser in
            repeat {
              parser.skipBalanced()
            } while !parser.isAtEnd && !parser.beginsDeclaration
          }
        }
      }
      return declarations
    }
  }

  /// Whether recovery may stop here: at an unindented declaration, or at a document.
  private var beginsDeclaration: Bool {
    isAtDeclarationStart || (isAtDocumentStart && isUnindented)
  }

  private mutating func parseDeclaration() -> Declaration? {
    guard isAt(.identifier) else { return nil }
    // A dossier may be named like a keyword; `案件 {` is a document whatever the word.
    switch current.keyword {
    case .pack: return node(.pack) { $0.parsePack() }.map(Declaration.pack)
    case .law: return node(.law) { $0.parseLaw() }.map(Declaration.law)
    case .enumeration:
      return node(.enumeration) { $0.parseEnum(isList: false) }.map(Declaration.enumeration)
    case .list: return node(.list) { $0.parseEnum(isList: true) }.map(Declaration.enumeration)
    case .set: return node(.set) { $0.parseSet() }.map(Declaration.set)
    case .record:
      return node(.record) { $0.parseRecord(isDossier: false) }.map(Declaration.record)
    case .dossier:
      return node(.dossier) { $0.parseRecord(isDossier: true) }.map(Declaration.record)
    case .parameter: return node(.parameter) { $0.parseParameter() }.map(Declaration.parameter)
    case .define: return node(.define) { $0.parseDefine() }.map(Declaration.define)
    case .table: return node(.table) { $0.parseTable() }.map(Declaration.table)
    case .rule: return node(.rule) { $0.parseRule() }.map(Declaration.rule)
    case .procedure: return node(.procedure) { $0.parseProcedure() }.map(Declaration.procedure)
    case .exception: return node(.exception) { $0.parseException() }.map(Declaration.exception)
    case .adjust: return node(.adjustment) { $0.parseAdjustment() }.map(Declaration.adjustment)
    case .aggregate: return node(.aggregate) { $0.parseAggregate() }.map(Declaration.aggregate)
    case .mapping: return node(.mapping) { $0.parseMapping() }.map(Declaration.mapping)
    case .scoreSheet:
      return node(.scoreSheet) { $0.parseScoreSheet() }.map(Declaration.scoreSheet)
    case .chart: return node(.chart) { $0.parseChart() }.map(Declaration.chart)
    case .test: return node(.test) { $0.parseTest() }.map(Declaration.test)
    default:
      guard isAtDocumentStart else { return nil }
      return node(.document) { $0.parseDocument() }.map(Declaration.document)
    }
  }

  /// A date that a clause takes.
  mutating func expectDate() -> LawDeclaration.DatedLiteral? {
    guard let token = expect(.date) else { return nil }
    return LawDeclaration.DatedLiteral(
      text: text(of: token).foldingFullWidth(), range: token.range)
  }

  /// Names separated by commas.
  mutating func parseIdentifiers(_ role: Bilingual) -> [Identifier] {
    var identifiers: [Identifier] = []
    repeat {
      guard let identifier = expectIdentifier(role) else { break }
      identifiers.append(identifier)
    } while take(.comma) != nil
    return identifiers
  }

  /// Optional words after a declaration or a field.
  mutating func takeWords() -> Words? {
    isAt(.string) ? parseWords(Bilingual("文本", "a text")) : nil
  }
}

// MARK: - Packs and laws

extension Parser {
  private mutating func parsePack() -> PackDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("规则包名", "a name for the pack")) else { return nil }
    var pack = PackDeclaration(name: name, range: range(from: start))
    block(
      of: Bilingual("规则包", "a pack"),
      expecting: [.version, .title, .documentation, .depends, .dossier]
    ) { parser in
      switch parser.current.keyword {
      case .version:
        parser.advance()
        pack.version = parser.expectText(Bilingual("版本文本", "a version in quotation marks"))
      case .title:
        parser.advance()
        pack.title = parser.parseWords(Bilingual("标题文本", "a title"))
      case .documentation:
        parser.advance()
        pack.documentation = parser.parseWords(Bilingual("说明文本", "a text"))
      case .depends:
        parser.advance()
        repeat {
          guard let name = parser.parseName(Bilingual("规则包名", "the name of a pack")) else { break }
          pack.dependencies.append(name.first)
        } while parser.take(.comma) != nil
      case .dossier:
        parser.advance()
        pack.dossier = parser.expectIdentifier(Bilingual("档案名", "the name of a dossier"))
      default: break
      }
    }
    pack.range = range(from: start)
    return pack
  }

  private mutating func parseLaw() -> LawDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("法规名", "a name for the law")) else { return nil }
    var law = LawDeclaration(name: name, range: range(from: start))
    block(
      of: Bilingual("法规", "a law"),
      expecting: [
        .title, .issuer, .effective, .repealed, .articles, .paragraphs, .items, .replaces,
        .unchecked, .kind, .documentation,
      ]
    ) { $0.parseLawClause(&law) }
    law.range = range(from: start)
    return law
  }

  private mutating func parseLawClause(_ law: inout LawDeclaration) {
    switch current.keyword {
    case .title:
      advance()
      law.title = parseWords(Bilingual("标题文本", "a title"))
    case .issuer:
      advance()
      law.issuer = parseWords(Bilingual("发布机关文本", "an issuer"))
    case .documentation:
      advance()
      law.documentation = parseWords(Bilingual("说明文本", "a text"))
    case .effective:
      advance()
      law.effective = expectDate()
    case .repealed:
      advance()
      law.repealed = expectDate()
    case .articles:
      advance()
      if let token = expect(.integer), let value = integer(token) {
        law.articles = LawDeclaration.Counted(value: value, range: token.range)
      }
    case .paragraphs:
      advance()
      law.paragraphs += parseArticleCounts()
    case .items:
      advance()
      law.items += parseArticleCounts()
    case .replaces:
      advance()
      law.replaces += parseIdentifiers(Bilingual("法规名", "the name of a law"))
    case .unchecked:
      if let unchecked = parseUnchecked() { law.unchecked.append(unchecked) }
    case .kind:
      advance()
      if take(.reference) != nil {
        law.isReference = true
      } else {
        reportMissing(Bilingual("“参考”", "`reference`"))
      }
    default: break
    }
  }

  /// Parses `不查 第一条, 第二条 "理由"`, or `不查 其余 "理由"`.
  private mutating func parseUnchecked() -> LawDeclaration.Unchecked? {
    let start = advance().range.start
    let provisions = take(.otherwise) == nil ? parseCitations() : []
    guard let reason = parseWords(Bilingual("不查的理由", "the reason why it is not checked")) else {
      return nil
    }
    return LawDeclaration.Unchecked(
      provisions: provisions, reason: reason, range: range(from: start))
  }

  private mutating func parseArticleCounts() -> [LawDeclaration.ArticleCount] {
    var counts: [LawDeclaration.ArticleCount] = []
    repeat {
      let start = current.range.start
      guard let article = parseArticleNumber(), let token = expect(.integer),
        let count = integer(token)
      else { break }
      counts.append(
        LawDeclaration.ArticleCount(article: article, count: count, range: range(from: start)))
    } while take(.comma) != nil
    return counts
  }
}

// MARK: - Enums, lists, sets

extension Parser {
  private mutating func parseEnum(isList: Bool) -> EnumDeclaration? {
    let start = advance().range.start
    let role =
      isList ? Bilingual("清单名", "a name for the list") : Bilingual("枚举名", "a name for the enum")
    guard let name = parseName(role) else { return nil }
    var declaration = EnumDeclaration(
      name: name, isList: isList, isOrdered: false, isOpen: isList, citations: [], entries: [],
      range: range(from: start))
    while !isAt(.leftBrace) {
      if take(.ordered) != nil {
        declaration.isOrdered = true
      } else if take(.open) != nil {
        declaration.isOpen = true
      } else if take(.cites) != nil {
        declaration.citations = parseCitations()
      } else {
        break
      }
    }
    block(
      of: isList ? Bilingual("清单", "a list") : Bilingual("枚举", "an enum"), expecting: [],
      item: Bilingual("项名", "the name of an entry")
    ) { parser in
      guard parser.isAt(.identifier) else { return }
      if let entry = parser.node(.entry, { $0.parseEntry() }) { declaration.entries.append(entry) }
    }
    declaration.range = range(from: start)
    return declaration
  }

  private mutating func parseEntry() -> EnumDeclaration.Entry? {
    let start = current.range.start
    guard let name = parseName(Bilingual("项名", "a name")) else { return nil }
    var entry = EnumDeclaration.Entry(
      name: name, item: nil, isCatchAll: false, attributes: [], range: name.range)
    while true {
      if entry.item == nil, let item = takeItemNumber() {
        entry.item = item
      } else if take(.catchAll) != nil {
        entry.isCatchAll = true
      } else if isAt(.leftParenthesis) {
        entry.attributes += parseAttributes()
      } else if isAt(.string) {
        entry.documentation = takeWords()
      } else {
        break
      }
    }
    entry.range = range(from: start)
    return entry
  }

  private mutating func parseAttributes() -> [EnumDeclaration.Attribute] {
    advance()
    var attributes: [EnumDeclaration.Attribute] = []
    while !isAt(.rightParenthesis), !isAtEnd {
      guard let name = expectIdentifier(Bilingual("属性名", "an attribute")) else { break }
      expect(.colon)
      guard let value = parseWords(Bilingual("属性文本", "a text")) else { break }
      attributes.append(EnumDeclaration.Attribute(name: name, value: value))
      if take(.comma) == nil, take(.semicolon) == nil { break }
    }
    if expect(.rightParenthesis) == nil { recover(past: .rightParenthesis) }
    return attributes
  }

  private mutating func parseSet() -> SetDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("集合名", "a name for the set")) else { return nil }
    var declaration = SetDeclaration(
      name: name, enumeration: nil, members: [], range: range(from: start))
    expect(.colon)
    declaration.enumeration = expectIdentifier(Bilingual("枚举名", "the name of an enum"))
    expect(.equal)
    block(
      of: Bilingual("集合", "a set"), expecting: [], item: Bilingual("成员名", "the name of a member")
    ) { parser in
      guard let member = parser.take(.identifier) else { return }
      declaration.members.append(parser.identifier(member))
    }
    declaration.range = range(from: start)
    return declaration
  }
}

// MARK: - Records and dossiers

extension Parser {
  private mutating func parseRecord(isDossier: Bool) -> RecordDeclaration? {
    let start = advance().range.start
    let role =
      isDossier
      ? Bilingual("档案名", "a name for the dossier") : Bilingual("结构名", "a name for the record")
    guard let name = parseName(role) else { return nil }
    var record = RecordDeclaration(
      name: name, isDossier: isDossier, fields: [], range: range(from: start))
    block(
      of: isDossier ? Bilingual("档案", "a dossier") : Bilingual("结构", "a record"),
      expecting: isDossier ? [.key, .complete, .asOf, .documentation] : [.documentation],
      item: Bilingual("字段", "a field")
    ) { $0.parseRecordClause(&record) }
    record.range = range(from: start)
    return record
  }

  private mutating func parseRecordClause(_ record: inout RecordDeclaration) {
    let next = token(ahead: 1)
    // A word before another on its line can only be a field that lost its colon.
    let isField =
      next.kind == .colon || next.kind == .slash
      || (next.kind == .identifier && current.keyword.map { !clauses.contains($0) } ?? true
        && !isLineBreak(between: current, and: next))
    if isAt(.identifier), isField {
      if let field = node(.field, { $0.parseField() }) { record.fields.append(field) }
      return
    }
    switch current.keyword {
    case .documentation:
      advance()
      record.documentation = parseWords(Bilingual("说明文本", "a text"))
    case .key where record.isDossier:
      advance()
      record.key = expectIdentifier(Bilingual("字段名", "a field"))
    case .complete where record.isDossier:
      advance()
      record.complete = expectIdentifier(Bilingual("字段名", "a field"))
    case .asOf where record.isDossier:
      advance()
      record.asOf = parseExpression()
    default: break
    }
  }

  private mutating func parseField() -> RecordDeclaration.Field? {
    let start = current.range.start
    guard let name = parseName(Bilingual("字段名", "a field")) else { return nil }
    if expect(.colon) == nil, !isAt(.identifier) || isFirstOnLine { return nil }
    let typeStart = current.range.start
    let type = parseType()
    var field = RecordDeclaration.Field(
      name: name, type: type, typeRange: range(from: typeStart), absence: nil, isExhaustive: false,
      isPersonal: false, range: range(from: start))
    while true {
      if isAt(.absentMeans) || (isAt(.absent) && token(ahead: 1).keyword == .means) {
        if advance().keyword == .absent { advance() }
        if take(.false) != nil || take(.no) != nil {
          field.absence = .no
        } else if take(.nothing) != nil {
          field.absence = RecordDeclaration.Absence.none
        } else {
          reportMissing(Bilingual("“否”或者“无”", "`no` or `none`"))
        }
      } else if take(.exhaustive) != nil {
        field.isExhaustive = true
      } else if take(.personal) != nil {
        field.isPersonal = true
        if take(.when) != nil { field.personalCondition = parseExpression() }
      } else if isAt(.string) {
        field.documentation = takeWords()
      } else {
        break
      }
    }
    field.range = range(from: start)
    return field
  }
}

// MARK: - Parameters, definitions, tables

extension Parser {
  private mutating func parseParameter() -> ParameterDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("参数名", "a name for the parameter")) else { return nil }
    expect(.colon)
    let typeStart = current.range.start
    let type = parseType()
    let typeRange = range(from: typeStart)
    expect(.equal)
    var parameter = ParameterDeclaration(
      name: name, type: type, typeRange: typeRange, value: parseExpression(), dated: [],
      range: range(from: start))
    parameter.documentation = takeWords()
    if isAt(.leftBrace) {
      block(of: Bilingual("参数", "a parameter"), expecting: [.from]) { parser in
        guard parser.take(.from) != nil else { return }
        guard let date = parser.expectDate() else { return }
        parser.expect(.equal)
        parameter.dated.append(
          ParameterDeclaration.Dated(from: date, value: parser.parseExpression()))
      }
      if parameter.documentation == nil { parameter.documentation = takeWords() }
    }
    parameter.range = range(from: start)
    return parameter
  }

  private mutating func parseDefine() -> DefineDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("定义名", "a name for the definition")) else { return nil }
    let arguments = isAt(.leftParenthesis) ? parseArguments() : []
    let type = take(.colon) != nil ? parseType() : nil
    expect(.equal)
    var define = DefineDeclaration(
      name: name, arguments: arguments, type: type, body: parseExpression(),
      range: range(from: start))
    define.documentation = takeWords()
    define.range = range(from: start)
    return define
  }

  private mutating func parseArguments() -> [Argument] {
    advance()
    var arguments: [Argument] = []
    while !isAt(.rightParenthesis), !isAtEnd {
      let start = current.range.start
      guard let name = parseName(Bilingual("参数名", "an argument")) else { break }
      expect(.colon)
      let type = parseType()
      arguments.append(Argument(name: name, type: type, range: range(from: start)))
      if take(.comma) == nil, take(.semicolon) == nil { break }
    }
    if expect(.rightParenthesis) == nil { recover(past: .rightParenthesis) }
    return arguments
  }

  private mutating func parseTable() -> TableDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("表名", "a name for the table")) else { return nil }
    guard isAt(.leftParenthesis) else {
      report(
        .expected(Bilingual("“(”和条件列", "`(` and the condition columns"), found: current, in: source)
      )
      recover { $0.isAt(.leftBrace) }
      if isAt(.leftBrace) { node(.error) { $0.skipBalanced() } }
      return nil
    }
    let columns = parseArguments()
    expect(.arrow)
    let resultStart = current.range.start
    let result = parseType()
    var table = TableDeclaration(
      name: name, columns: columns, result: result, resultRange: range(from: resultStart),
      citations: [], isUnique: false, rows: [], range: range(from: start))
    while !isAt(.leftBrace) {
      if take(.cites) != nil {
        table.citations = parseCitations()
      } else if take(.first) != nil {
        table.isUnique = false
      } else if take(.unique) != nil {
        table.isUnique = true
      } else {
        break
      }
    }
    block(
      of: Bilingual("表", "a table"), expecting: [.documentation],
      item: Bilingual("以“|”开头的行", "a row, which begins with `|`")
    ) { parser in
      if parser.take(.documentation) != nil {
        table.documentation = parser.parseWords(Bilingual("说明文本", "a text"))
        return
      }
      guard parser.isAt(.pipe) else { return }
      table.rows.append(parser.node(.row) { $0.parseRow(of: columns.count + 1) })
    }
    table.range = range(from: start)
    return table
  }

  /// Parses `| a, b | c |`; a row ends at a bar that ends its line, or has all the cells.
  private mutating func parseRow(of count: Int) -> TableDeclaration.Row {
    let start = advance().range.start
    var cells: [TableDeclaration.Cell] = []
    while !isAt(.rightBrace), !isAtEnd, !isAtDeclarationStart {
      cells.append(node(.cell) { $0.parseCell() })
      let isBarOfNextRow = isAt(.pipe) && isFirstOnLine && cells.count >= count
      if !isAt(.pipe) || isBarOfNextRow {
        let end = SourceRange(previousEnd, previousEnd)
        let fix = Diagnostic.Fix(Bilingual("补上“|”", "add `|`"), replacing: end, with: " |")
        if isBarOfNextRow {
          report(.unclosedRow(at: end, fix))
        } else {
          reportMissing(TokenKind.pipe.name, fix: fix)
          recover { $0.isAt(.pipe) }
        }
        if isFirstOnLine || take(.pipe) == nil { break }
      } else {
        advance()
      }
      if isAt(.pipe), isFirstOnLine || cells.count >= count { break }
      if isFirstOnLine, cells.count >= count { break }
    }
    return TableDeclaration.Row(cells: cells, range: range(from: start))
  }

  private func isLineBreak(between first: Token, and second: Token) -> Bool {
    bytes[first.range.end..<max(first.range.end, second.range.start)].contains {
      $0 == 10 || $0 == 13
    }
  }

  private mutating func parseCell() -> TableDeclaration.Cell {
    let start = current.range.start
    let pattern: TableDeclaration.Pattern
    if take(.any) != nil {
      pattern = .any
    } else if take(.otherwise) != nil {
      pattern = .otherwise
    } else if let infix = takeCellComparison() {
      pattern = .compared(infix, parseExpression())
    } else {
      var values: [Expression] = []
      repeat { values.append(parseExpression()) } while take(.comma) != nil
      pattern = .values(values)
    }
    return TableDeclaration.Cell(pattern: pattern, range: range(from: start))
  }

  private mutating func takeCellComparison() -> Expression.BinaryOperator? {
    let infix: Expression.BinaryOperator
    switch current.kind {
    case .less: infix = .less
    case .lessOrEqual: infix = .lessOrEqual
    case .greater: infix = .greater
    case .greaterOrEqual: infix = .greaterOrEqual
    case .notEqual: infix = .notEqual
    default: return nil
    }
    advance()
    return infix
  }
}

extension Diagnostic {
  fileprivate static func unclosedRow(at range: SourceRange, _ fix: Fix) -> Self {
    Diagnostic(
      "E0201", .error, Bilingual("行末缺少“|”", "`|` is missing at the end of the row"), at: range,
      fix: fix)
  }
}
