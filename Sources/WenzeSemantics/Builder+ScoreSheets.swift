import WenzeModel
import WenzeSyntax

// The sheets by which documents are scored.

extension RuleSetBuilder {
  /// Adds a score sheet that makes sense; one with a mistake scores nothing.
  mutating func declareScoreSheet(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .scoreSheet(let syntax) = declaration else { return }
    let told = errorCount
    guard
      let dossier = syntax.dossier.flatMap({ resolveDossier($0, at: site) })
        ?? dossier(of: site.pack)
    else { return }
    if let first = ruleSet.scoreSheets.first(where: { $0.name.shares(with: syntax.name.text) }) {
      report(
        .secondSheet(
          syntax.name, first: first.origin, in: ruleSet.sources[first.origin.source].path),
        in: site.source)
    }
    let citations = resolve(syntax.citations, at: site)
    let unit = syntax.unit.map { lowerUnit($0, of: dossier, at: site) }
    let fullScore = syntax.fullScore.flatMap { points($0, at: site) }
    tellMissingClauses(of: syntax, at: site)
    let groups = scoreGroups(of: syntax, dossier, at: site)
    tellSum(of: groups, syntax, fullScore, at: site)
    let grades = grades(of: syntax, fullScore, at: site)
    let vetoes = vetoes(of: syntax, dossier, at: site)
    guard errorCount == told, !hasErrors(in: syntax.range, of: site.source), let fullScore else {
      return
    }
    ruleSet.scoreSheets.append(
      ScoreSheet(
        name: syntax.name.text, pack: site.pack, visiblePacks: packs[site.pack].visible,
        dossier: dossier, citations: citations, documentation: syntax.documentation?.text,
        fullScore: fullScore, unit: unit, groups: groups, grades: grades, vetoes: vetoes,
        origin: Origin(source: site.source, range: syntax.name.range)))
  }

  private mutating func lowerUnit(
    _ expression: Expression, of dossier: Int, at site: DeclarationSite
  ) -> Term {
    var scope = TermScope(site: site, record: dossier)
    scope.allowsElse = true
    let term = lower(expression, expecting: .text, in: &scope)
    require(.text, of: term, in: scope)
    return term
  }

  private mutating func tellMissingClauses(
    of syntax: ScoreSheetDeclaration, at site: DeclarationSite
  ) {
    let clauses: [(isMissing: Bool, Keyword)] = [
      (syntax.fullScore == nil, .fullScore), (syntax.groups.isEmpty, .scoreGroup),
      (syntax.grades.isEmpty, .grades),
    ]
    for (isMissing, clause) in clauses where isMissing {
      guard !hasErrors(in: syntax.range, of: site.source) else { return }
      report(.sheetWithout(clause, syntax.name), in: site.source)
    }
  }

  /// The number of points; nil after saying that it is none.
  private mutating func points(
    _ syntax: ScoreSheetDeclaration.Points, at site: DeclarationSite
  ) -> FixedDecimal? {
    // Ten thousand at most, so that sums over an archive do not overflow.
    guard let value = FixedDecimal(text: syntax.text), value.millionths <= 10_000_000_000 else {
      report(.noPoints(syntax), in: site.source)
      return nil
    }
    return value
  }
}

// MARK: - Groups

extension RuleSetBuilder {
  private mutating func scoreGroups(
    of syntax: ScoreSheetDeclaration, _ dossier: Int, at site: DeclarationSite
  ) -> [ScoreSheet.Group] {
    var groups: [ScoreSheet.Group] = []
    var seen: [String: SourceRange] = [:]
    for group in syntax.groups {
      if groups.contains(where: { $0.name.shares(with: group.name.text) }) {
        report(.secondOfSheet(group.name), in: site.source)
      }
      guard let written = group.points, let full = points(written, at: site) else { continue }
      var deductions: [ScoreSheet.Deduction] = []
      for line in group.deductions {
        guard let deduction = deduction(line, of: dossier, among: &seen, at: site) else { continue }
        tellExcess(of: line, over: full, of: group.name, at: site)
        deductions.append(deduction)
      }
      groups.append(
        ScoreSheet.Group(
          name: group.name.text, points: full, documentation: group.documentation?.text,
          deductions: deductions))
    }
    return groups
  }

  private mutating func deduction(
    _ syntax: ScoreSheetDeclaration.Deduction, of dossier: Int,
    among seen: inout [String: SourceRange], at site: DeclarationSite
  ) -> ScoreSheet.Deduction? {
    for code in syntax.codes {
      require(code, toJudge: dossier, at: site)
      if let first = seen[code.text] {
        report(.repeatedCode(code, first: first), in: site.source)
      } else {
        seen[code.text] = code.range
      }
    }
    guard let taken = points(syntax.points, at: site) else { return nil }
    return ScoreSheet.Deduction(
      points: taken, codes: syntax.codes.map(\.text), isEachTime: syntax.isEachTime,
      limit: syntax.limit.flatMap { points($0, at: site) },
      repeated: syntax.repeated.flatMap { points($0, at: site) })
  }

  /// Reports a code that only other rules have than those over single documents of the dossier.
  ///
  /// A code that no rule has is for `wenze lint` to tell: a sheet has to bear that a pack is replaced
  /// by one with fewer rules.
  private mutating func require(
    _ code: Identifier, toJudge dossier: Int, at site: DeclarationSite
  ) {
    let rules = ruleSet.rules.filter { $0.code == code.text }
    if !rules.isEmpty, !rules.contains(where: { $0.dossier == dossier && $0.aggregation == nil }) {
      report(.scoresNothing(code, ruleSet.records[dossier].name), in: site.source)
    }
  }

  /// Reports points of a line that its group does not have.
  private mutating func tellExcess(
    of line: ScoreSheetDeclaration.Deduction, over full: FixedDecimal, of group: Name,
    at site: DeclarationSite
  ) {
    for written in [line.points, line.limit, line.repeated].compactMap({ $0 }) {
      if let value = FixedDecimal(text: written.text), value > full {
        report(.excess(written, of: group, full), in: site.source)
      }
    }
    if let limit = line.limit, let least = FixedDecimal(text: line.points.text),
      let most = FixedDecimal(text: limit.text), most < least
    {
      report(.limitBelowPoints(limit, line.points), in: site.source)
    }
  }

  private mutating func tellSum(
    of groups: [ScoreSheet.Group], _ syntax: ScoreSheetDeclaration, _ fullScore: FixedDecimal?,
    at site: DeclarationSite
  ) {
    guard let fullScore, let written = syntax.fullScore, groups.count == syntax.groups.count,
      !groups.isEmpty
    else { return }
    let sum = FixedDecimal(millionths: groups.reduce(0) { $0 + $1.points.millionths })
    if sum != fullScore { report(.otherSum(sum, written), in: site.source) }
  }
}

// MARK: - Grades

extension RuleSetBuilder {
  private mutating func grades(
    of syntax: ScoreSheetDeclaration, _ fullScore: FixedDecimal?, at site: DeclarationSite
  ) -> [ScoreSheet.Grade] {
    var grades: [ScoreSheet.Grade] = []
    for (index, grade) in syntax.grades.enumerated() {
      if grades.contains(where: { $0.name.shares(with: grade.name.text) }) {
        report(.secondOfSheet(grade.name), in: site.source)
      }
      let isLast = index == syntax.grades.count - 1
      if (grade.least == nil) != isLast {
        report(.gradeBounds(grade.name, isLast: isLast), in: site.source)
      }
      let least = grade.least.flatMap { points($0, at: site) }
      if let least, let written = grade.least {
        if let fullScore, least > fullScore {
          report(.gradeOutOfReach(written, fullScore), in: site.source)
        } else if let above = grades.last?.least, least >= above {
          report(.gradesOutOfOrder(grade.name, written, above), in: site.source)
        }
      }
      grades.append(ScoreSheet.Grade(name: grade.name.text, least: least))
    }
    return grades
  }

  private mutating func vetoes(
    of syntax: ScoreSheetDeclaration, _ dossier: Int, at site: DeclarationSite
  ) -> [ScoreSheet.Veto] {
    syntax.vetoes.compactMap { veto in
      for code in veto.codes { require(code, toJudge: dossier, at: site) }
      guard let grade = syntax.grades.firstIndex(where: { $0.name.matches(veto.grade.text) }) else {
        report(
          .unknownName(
            veto.grade, what: Bilingual("等次", "a grade"),
            known: syntax.grades.flatMap { $0.name.identifiers.map(\.text) }), in: site.source)
        return nil
      }
      return ScoreSheet.Veto(codes: veto.codes.map(\.text), grade: grade)
    }
  }
}

extension Bilingual {
  func shares(with other: Bilingual) -> Bool {
    [chinese, english].contains { $0 == other.chinese || $0 == other.english }
  }
}

extension Diagnostic {
  fileprivate static func sheetWithout(_ clause: Keyword, _ name: Name) -> Self {
    let (chinese, english) = (clause.spelling(.chinese), clause.spelling(.english))
    return Diagnostic(
      "E0521", .error,
      Bilingual(
        "评分表“\(name.first.text)”缺少“\(chinese)”",
        "the score sheet `\(name.first.text)` has no `\(english)`"),
      at: name.range, notes: [Bilingual("补上“\(chinese)”", "add `\(english)`")])
  }

  fileprivate static func noPoints(_ written: ScoreSheetDeclaration.Points) -> Self {
    Diagnostic(
      "E0522", .error,
      Bilingual("“\(written.text)”不能作分数", "`\(written.text)` is no number of points"),
      at: written.range,
      notes: [Bilingual("写0到10000，小数不超过6位", "write 0 to 10000, with six places at most")])
  }

  fileprivate static func otherSum(
    _ sum: FixedDecimal, _ full: ScoreSheetDeclaration.Points
  ) -> Self {
    Diagnostic(
      "E0523", .error,
      Bilingual(
        "各组合计\(sum.text)分，不是满分\(full.text)分",
        "the groups add up to \(sum.text) and not to the full score of \(full.text)"),
      at: full.range,
      notes: [Bilingual("改组的分数，或者改满分", "change the points of a group, or the full score")])
  }

  fileprivate static func excess(
    _ points: ScoreSheetDeclaration.Points, of group: Name, _ full: FixedDecimal
  ) -> Self {
    Diagnostic(
      "E0524", .error,
      Bilingual(
        "“\(group.first.text)”一共\(full.text)分，扣不到\(points.text)分",
        "`\(group.first.text)` has \(full.text) points: \(points.text) cannot be taken off"),
      at: points.range,
      related: [Label(Bilingual("这一组", "of this group"), at: group.range)],
      notes: [Bilingual("少扣一些，或者增加组的分数", "take off less, or give the group more points")])
  }

  fileprivate static func limitBelowPoints(
    _ limit: ScoreSheetDeclaration.Points, _ points: ScoreSheetDeclaration.Points
  ) -> Self {
    Diagnostic(
      "E0524", .error,
      Bilingual(
        "最多扣\(limit.text)分，却一次扣\(points.text)分",
        "\(points.text) are taken off at once, though at most \(limit.text)"),
      at: limit.range,
      notes: [Bilingual("“最多”不能小于每次扣的分", "the limit cannot be less than what is taken off at once")]
    )
  }

  fileprivate static func gradeBounds(_ grade: Name, isLast: Bool) -> Self {
    isLast
      ? Diagnostic(
        "E0525", .error,
        Bilingual(
          "“\(grade.first.text)”下面没有等次了", "there is no grade below `\(grade.first.text)`"),
        at: grade.range,
        notes: [
          Bilingual(
            "最后写一个不带分数的等次，其余得分都归它", "end with a grade without points, for all scores that remain")
        ])
      : Diagnostic(
        "E0525", .error,
        Bilingual(
          "“\(grade.first.text)”没有写从多少分起",
          "`\(grade.first.text)` does not say how many points it takes"),
        at: grade.range,
        notes: [
          Bilingual(
            "写作“\(grade.first.text) >= 分数”；只有最低的等次不写",
            "write `\(grade.first.text) >= POINTS`; only the lowest grade has none")
        ])
  }

  fileprivate static func gradeOutOfReach(
    _ points: ScoreSheetDeclaration.Points, _ full: FixedDecimal
  ) -> Self {
    Diagnostic(
      "E0525", .error,
      Bilingual(
        "满分\(full.text)分，得不到\(points.text)分", "of \(full.text) points nobody has \(points.text)"),
      at: points.range, notes: [Bilingual("改为不超过满分的分数", "use no more than the full score")])
  }

  fileprivate static func gradesOutOfOrder(
    _ grade: Name, _ points: ScoreSheetDeclaration.Points, _ above: FixedDecimal
  ) -> Self {
    Diagnostic(
      "E0525", .error,
      Bilingual(
        "“\(grade.first.text)”从\(points.text)分起，不低于前一等次的\(above.text)分",
        "`\(grade.first.text)` takes \(points.text) points, no fewer than the \(above.text) of the grade before"
      ),
      at: points.range, notes: [Bilingual("等次从高到低写", "write the grades from the best to the worst")]
    )
  }

  fileprivate static func repeatedCode(_ code: Identifier, first: SourceRange) -> Self {
    Diagnostic(
      "E0526", .error,
      Bilingual("“\(code.text)”在这张表里已经扣过分", "`\(code.text)` takes points off this sheet already"),
      at: code.range, related: [Label(Bilingual("先写在这里", "it stands here first"), at: first)],
      notes: [Bilingual("一条规则只在一处扣分", "a rule takes points off in one place only")])
  }

  fileprivate static func scoresNothing(_ code: Identifier, _ dossier: Bilingual) -> Self {
    Diagnostic(
      "E0527", .error,
      Bilingual(
        "“\(code.text)”不是逐份检查“\(dossier.chinese)”的规则",
        "`\(code.text)` is no rule that judges each `\(dossier.english)`"), at: code.range,
      notes: [
        Bilingual(
          "评分只用逐份检查同一种档案的规则，不用“统计”",
          "a sheet scores by rules over single documents of its dossier, not by aggregates")
      ])
  }

  fileprivate static func secondSheet(_ name: Name, first: Origin, in path: String) -> Self {
    Diagnostic(
      "E0528", .error,
      Bilingual(
        "已有名为“\(name.first.text)”的评分表", "there is a score sheet `\(name.first.text)` already"),
      at: name.range,
      related: [Label(Bilingual("在这里", "here"), at: first.range, in: path)],
      notes: [Bilingual("改一个名称", "rename one")])
  }

  fileprivate static func secondOfSheet(_ name: Name) -> Self {
    Diagnostic(
      "E0528", .error,
      Bilingual("这张表里已有“\(name.first.text)”", "the sheet has `\(name.first.text)` already"),
      at: name.range, notes: [Bilingual("改一个名称", "rename one")])
  }
}
