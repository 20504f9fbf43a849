// Pictures of what many documents record.

extension Parser {
  mutating func parseChart() -> ChartDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("图表名", "a name for the chart")) else { return nil }
    var chart = ChartDeclaration(name: name, range: range(from: start))
    block(
      of: Bilingual("图表", "a chart"),
      expecting: [
        .title, .dossier, .documentation, .population, .mix, .distribution, .groupBy,
      ]
    ) { $0.parseChartClause(&chart) }
    chart.range = range(from: start)
    return chart
  }

  private mutating func parseChartClause(_ chart: inout ChartDeclaration) {
    switch current.keyword {
    case .title:
      advance()
      chart.title = parseWords(Bilingual("标题文本", "a title"))
    case .dossier:
      advance()
      chart.dossier = expectIdentifier(Bilingual("档案名", "the name of a dossier"))
    case .documentation:
      advance()
      chart.documentation = parseWords(Bilingual("说明文本", "a text"))
    case .population: parsePopulation(&chart.filters, &chart.scopes)
    case .mix, .distribution: chart.content = parseChartContent()
    case .groupBy: parseKeys(&chart.keys)
    default: break
    }
  }

  /// Parses `构成 m.方式 为 问责方式` or `分布 启动.日期 至 决定.日期 为 天数`.
  private mutating func parseChartContent() -> ChartDeclaration.Content? {
    let start = current.range.start
    let kind: ChartDeclaration.Kind = current.keyword == .mix ? .mix : .distribution
    advance()
    // An equality would take the name for its other side.
    let value = node(.expression) { $0.parseSum() }
    let end =
      kind == .distribution && take(.until) != nil ? node(.expression) { $0.parseSum() } : nil
    guard take(.is) != nil || take(.as) != nil, !isFirstOnLine else {
      reportMissing(Bilingual("“为”和名称", "`as` and a name"))
      return nil
    }
    guard let name = parseName(Bilingual("名称", "a name for what is shown")) else { return nil }
    return ChartDeclaration.Content(
      kind: kind, value: value, end: end, name: name, range: range(from: start))
  }
}
