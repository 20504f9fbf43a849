// The sheets by which documents are scored.

extension Parser {
  mutating func parseScoreSheet() -> ScoreSheetDeclaration? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("评分表名", "a name for the score sheet")) else { return nil }
    var sheet = ScoreSheetDeclaration(name: name, range: range(from: start))
    block(
      of: Bilingual("评分表", "a score sheet"),
      expecting: [
        .dossier, .cites, .documentation, .fullScore, .unit, .scoreGroup, .grades, .veto,
      ]
    ) { $0.parseScoreClause(&sheet) }
    sheet.range = range(from: start)
    return sheet
  }

  private mutating func parseScoreClause(_ sheet: inout ScoreSheetDeclaration) {
    switch current.keyword {
    case .dossier:
      advance()
      sheet.dossier = expectIdentifier(Bilingual("档案名", "the name of a dossier"))
    case .cites:
      advance()
      sheet.citations += parseCitations()
    case .documentation:
      advance()
      sheet.documentation = parseWords(Bilingual("说明文本", "a text"))
    case .fullScore:
      advance()
      sheet.fullScore = parsePoints()
    case .unit:
      advance()
      sheet.unit = parseExpression()
    case .scoreGroup:
      if let group = parseScoreGroup() { sheet.groups.append(group) }
    case .grades:
      advance()
      repeat {
        guard let grade = parseGrade() else { break }
        sheet.grades.append(grade)
      } while take(.comma) != nil
    case .veto:
      if let veto = parseVeto() { sheet.vetoes.append(veto) }
    default: break
    }
  }

  private mutating func parseScoreGroup() -> ScoreSheetDeclaration.Group? {
    let start = advance().range.start
    guard let name = parseName(Bilingual("组名", "a name for the group")) else { return nil }
    var group = ScoreSheetDeclaration.Group(name: name, range: range(from: start))
    group.points = parsePoints()
    block(of: Bilingual("评分的组", "a group of a score sheet"), expecting: [.deduct, .documentation]) {
      parser in
      switch parser.current.keyword {
      case .documentation:
        parser.advance()
        group.documentation = parser.parseWords(Bilingual("说明文本", "a text"))
      case .deduct:
        if let deduction = parser.parseDeduction() { group.deductions.append(deduction) }
      default: break
      }
    }
    group.range = range(from: start)
    return group
  }

  private mutating func parseDeduction() -> ScoreSheetDeclaration.Deduction? {
    let start = advance().range.start
    guard let points = parsePoints() else { return nil }
    if take(.because) == nil { reportMissing(Bilingual("“因”", "`because`")) }
    var deduction = ScoreSheetDeclaration.Deduction(
      points: points, codes: parseIdentifiers(Bilingual("规则代码", "the code of a rule")),
      range: range(from: start))
    while true {
      if take(.eachTime) != nil {
        deduction.isEachTime = true
      } else if take(.atMost) != nil {
        deduction.limit = parsePoints()
      } else if take(.repeated) != nil {
        deduction.repeated = parsePoints()
      } else {
        break
      }
    }
    deduction.range = range(from: start)
    return deduction
  }

  private mutating func parseGrade() -> ScoreSheetDeclaration.Grade? {
    let start = current.range.start
    guard let name = parseName(Bilingual("等次名", "the name of a grade")) else { return nil }
    var grade = ScoreSheetDeclaration.Grade(name: name, range: name.range)
    if take(.greaterOrEqual) != nil { grade.least = parsePoints() }
    grade.range = range(from: start)
    return grade
  }

  private mutating func parseVeto() -> ScoreSheetDeclaration.Veto? {
    let start = advance().range.start
    let codes = parseIdentifiers(Bilingual("规则代码", "the code of a rule"))
    if take(.is) == nil, take(.as) == nil { reportMissing(Bilingual("“为”", "`is`")) }
    guard let grade = expectIdentifier(Bilingual("等次名", "the name of a grade")) else { return nil }
    return ScoreSheetDeclaration.Veto(codes: codes, grade: grade, range: range(from: start))
  }

  private mutating func parsePoints() -> ScoreSheetDeclaration.Points? {
    guard [.integer, .decimal].contains(current.kind) else {
      reportMissing(Bilingual("分数", "a number of points"))
      return nil
    }
    let token = advance()
    return ScoreSheetDeclaration.Points(
      text: text(of: token).foldingFullWidth(), range: token.range)
  }
}
