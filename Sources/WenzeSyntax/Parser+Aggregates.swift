// Checks over groups of documents.

extension Parser {
  mutating func parseAggregate() -> AggregateDeclaration? {
    let start = advance().range.start
    guard let code = parseCode() else { return nil }
    let name = parseName(Bilingual("统计名", "a name for the aggregate")) ?? Name(first: code)
    var aggregate = AggregateDeclaration(
      frame: RuleDeclaration(code: code, name: name, range: range(from: start)))
    block(
      of: Bilingual("统计", "an aggregate"),
      expecting: [
        .cites, .dossier, .asOf, .population, .groupBy, .beside, .figure, .each, .applies, .unless,
        .must, .mustNot, .error, .warning, .note, .fix, .documentation,
      ]
    ) { parser in
      guard !parser.isAt(.forEach) else { return }
      if parser.parseCommonClause(
        citations: &aggregate.frame.citations, dossier: &aggregate.frame.dossier,
        asOf: &aggregate.frame.asOf, scopes: &aggregate.frame.scopes,
        applies: &aggregate.frame.applies, exceptions: &aggregate.frame.exceptions,
        message: &aggregate.frame.message, fix: &aggregate.frame.fix,
        documentation: &aggregate.frame.documentation)
      {
        return
      }
      switch parser.current.keyword {
      case .population:
        parser.parsePopulation(&aggregate.filters, &aggregate.frame.scopes)
      case .groupBy: parser.parseKeys(&aggregate.keys)
      case .beside: aggregate.beside = parser.parseBeside()
      case .figure: parser.parseFigure(of: &aggregate)
      case .each:
        parser.advance()
        aggregate.isEach = true
      default: parser.parseRequirement(of: &aggregate.frame)
      }
    }
    aggregate.frame.range = range(from: start)
    return aggregate
  }

  /// Parses `对象 每个 x 于 L 当 c` or `对象 当 c`.
  mutating func parsePopulation(_ filters: inout [Expression], _ scopes: inout [Scope]) {
    let start = advance().range.start
    if take(.when) != nil {
      filters.append(parseExpression())
    } else if !isAt(.every), isFirstOnLine {
      // What follows is the next clause.
      reportMissing(Bilingual("“每个”或者“当”", "`every` or `when`"))
    } else {
      scopes.append(parseScope(from: start))
    }
  }

  /// Parses `分组 决定.主体.名称 为 机关, 年度(决定.日期) 为 年`.
  mutating func parseKeys(_ keys: inout [AggregateDeclaration.Key]) {
    advance()
    repeat {
      let start = current.range.start
      // An equality would take the name for its other side.
      let value = node(.expression) { $0.parseSum() }
      guard take(.is) != nil || take(.as) != nil, !isFirstOnLine else {
        reportMissing(Bilingual("“为”和组名", "`as` and a name"))
        return
      }
      guard let name = parseName(Bilingual("组名", "a name for the key")) else { return }
      keys.append(AggregateDeclaration.Key(value: value, name: name, range: range(from: start)))
    } while take(.comma) != nil
  }

  /// Parses `参照 考核方案 当 c 每个 i 于 指标 当 d 对应 单位, 年度`.
  private mutating func parseBeside() -> AggregateDeclaration.Beside? {
    let start = advance().range.start
    let role = Bilingual("档案名", "the name of a dossier")
    guard !isFirstOnLine else {
      // What follows is the next clause.
      reportMissing(role)
      return nil
    }
    guard let dossier = expectIdentifier(role) else { return nil }
    var beside = AggregateDeclaration.Beside(dossier: dossier, range: range(from: start))
    if take(.when) != nil { beside.filters.append(parseExpression()) }
    while isAt(.every) { beside.scopes.append(parseScope(from: current.range.start)) }
    if take(.matching) != nil {
      repeat { beside.keys.append(node(.expression) { $0.parseSum() }) } while take(.comma) != nil
    }
    beside.range = range(from: start)
    return beside
  }

  /// Parses `令 件数 = 计数()`.
  private mutating func parseFigure(of aggregate: inout AggregateDeclaration) {
    let start = advance().range.start
    guard let name = parseName(Bilingual("数据名", "a name for the figure")) else { return }
    expect(.equal)
    let value = parseExpression()
    aggregate.figures.append(
      AggregateDeclaration.Figure(name: name, value: value, range: range(from: start)))
  }
}
