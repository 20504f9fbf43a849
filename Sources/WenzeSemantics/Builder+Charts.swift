import WenzeModel
import WenzeSyntax

// Pictures of what many documents record.

extension RuleSetBuilder {
  /// Adds a chart that makes sense; one with a mistake shows nothing.
  mutating func declareChart(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .chart(let syntax) = declaration else { return }
    let told = errorCount
    guard
      let dossier = syntax.dossier.flatMap({ resolveDossier($0, at: site) })
        ?? dossier(of: site.pack)
    else {
      if syntax.dossier == nil { report(.chartWithoutDossier(syntax.name), in: site.source) }
      return
    }
    if let first = ruleSet.charts.first(where: { $0.name.shares(with: syntax.name.text) }) {
      report(
        .secondChart(
          syntax.name, first: first.origin, in: ruleSet.sources[first.origin.source].path),
        in: site.source)
    }
    guard let content = syntax.content else {
      if !hasErrors(in: syntax.range, of: site.source) {
        report(.chartOfNothing(syntax.name), in: site.source)
      }
      return
    }
    var scope = TermScope(site: site, record: dossier)
    bindDossier(in: &scope)
    var scopes: [Rule.Scope] = []
    var filters: [Term] = []
    for written in syntax.scopes {
      let (slot, list) = lowerBinder(written.binder, in: &scope)
      scopes.append(Rule.Scope(slot: slot, name: written.binder.variable.text, list: list))
      if let condition = written.condition {
        filters.append(lowerCondition(condition, in: &scope))
      }
    }
    for filter in syntax.filters { filters.append(lowerCondition(filter, in: &scope)) }
    scope.allowsElse = true
    let (value, end) = lower(content, in: &scope)
    let keys = syntax.keys.map { lower($0, in: &scope) }
    if syntax.keys.count > 1 { report(.secondGrouping(syntax.keys[1]), in: site.source) }
    guard errorCount == told, !hasErrors(in: syntax.range, of: site.source) else { return }
    ruleSet.charts.append(
      Chart(
        name: syntax.name.text, title: syntax.title?.text ?? syntax.name.text.spoken,
        documentation: syntax.documentation?.text, pack: site.pack, dossier: dossier,
        scopes: scopes, filters: filters, kind: content.kind == .mix ? .mix : .distribution,
        value: value, end: end, valueName: content.name.text, group: keys.first,
        origin: Origin(source: site.source, range: syntax.name.range),
        slotCount: scope.nextSlot))
  }

  /// What a chart counts of an element, of a type that can be counted.
  private mutating func lower(
    _ content: ChartDeclaration.Content, in scope: inout TermScope
  ) -> (value: Term, end: Term?) {
    if let written = content.end {
      let value = lower(content.value, expecting: .date, in: &scope)
      require(.date, of: value, in: scope)
      let end = lower(written, expecting: .date, in: &scope)
      require(.date, of: end, in: scope)
      return (value, end)
    }
    let value = lower(content.value, in: &scope)
    switch (content.kind, value.type) {
    case (_, .unknown), (.distribution, .integer),
      (.mix, .text), (.mix, .boolean), (.mix, .integer), (.mix, .enumeration):
      break
    case (let kind, let type):
      report(.notForChart(kind, text(of: type), at: content.value.range), in: scope.site.source)
    }
    return (value, nil)
  }
}

extension Diagnostic {
  fileprivate static func chartOfNothing(_ name: Name) -> Self {
    Diagnostic(
      "E0531", .error,
      Bilingual(
        "图表“\(name.first.text)”没有写画什么", "the chart `\(name.first.text)` does not say what it shows"),
      at: name.range,
      notes: [
        Bilingual(
          "写“构成 字段 为 名称”，或者“分布 日期 至 日期 为 名称”",
          "add `mix FIELD as NAME`, or `distribution DATE until DATE as NAME`")
      ])
  }

  fileprivate static func chartWithoutDossier(_ name: Name) -> Self {
    Diagnostic(
      "E0531", .error,
      Bilingual(
        "图表“\(name.first.text)”没有可统计的档案", "the chart `\(name.first.text)` has no dossier to count"),
      at: name.range,
      notes: [Bilingual("在图表或者规则包里写“档案 名称”", "say `dossier NAME` in the chart or its pack")])
  }

  fileprivate static func notForChart(
    _ kind: ChartDeclaration.Kind, _ type: Bilingual, at range: SourceRange
  ) -> Self {
    switch kind {
    case .mix:
      Diagnostic(
        "E0532", .error,
        Bilingual("“\(type.chinese)”不能画构成", "a mix cannot be of `\(type.english)`"), at: range,
        notes: [
          Bilingual(
            "构成要枚举、文本、是否或者整数；列表用“对象 每个 x 于 列表”逐个统计",
            "a mix is of an enum, a text, a boolean or an integer; count what is in a list with `over every x in LIST`"
          )
        ])
    case .distribution:
      Diagnostic(
        "E0532", .error,
        Bilingual("“\(type.chinese)”不能画分布", "there is no distribution of `\(type.english)`"),
        at: range,
        notes: [
          Bilingual(
            "分布要整数，或者两个日期之间的天数：“分布 日期 至 日期 为 天数”",
            "a distribution is of an integer, or of the days between two dates: `distribution DATE until DATE as days`"
          )
        ])
    }
  }

  fileprivate static func secondGrouping(_ key: AggregateDeclaration.Key) -> Self {
    Diagnostic(
      "E0533", .error,
      Bilingual("图表只能按一项分组", "a chart has one grouping only"), at: key.range,
      notes: [Bilingual("留下一项，另一项再画一张图表", "keep one, and declare another chart for the other")])
  }

  fileprivate static func secondChart(_ name: Name, first: Origin, in path: String) -> Self {
    Diagnostic(
      "E0534", .error,
      Bilingual("已有名为“\(name.first.text)”的图表", "there is a chart `\(name.first.text)` already"),
      at: name.range,
      related: [Label(Bilingual("在这里", "here"), at: first.range, in: path)],
      notes: [Bilingual("改一个名称", "rename one")])
  }
}
