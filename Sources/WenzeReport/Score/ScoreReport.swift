import WenzeEngine
package import WenzeModel
import WenzeSemantics
package import WenzeSyntax

/// The scores of the documents of a run, by each sheet.
package struct ScoreReport: Sendable {
  package var check: CheckReport
  /// The date of the run.
  package var today: CalendarDate
  package var previous: PreviousScores?
  package var sheets: [SheetReport]

  /// The language of the report.
  package var language: Language { check.options.language }

  var ruleSet: RuleSet { check.ruleSet }
}

/// What one sheet makes of the documents.
package struct SheetReport: Sendable {
  /// The number of the sheet in the rule set.
  package var sheet: Int
  /// In the order of the inputs.
  package var cases: [CaseScore]
  /// By name; those that are not known last.
  package var units: [UnitScore]
}

/// The score of one document.
package struct CaseScore: Sendable {
  package var document: ReportedFinding.Document
  /// Nil where the document does not say, or the sheet does not ask.
  package var unit: String?
  package var score: SheetScore
  /// The score if whatever is undetermined turned out to be a violation: the least it can fall to.
  package var lowest: SheetScore
  /// The violations that count, by code.
  package var violations: [String: [ReportedFinding]]
  /// What is undetermined, and may still take points off.
  package var pending: [ReportedFinding]
  /// What somebody took responsibility for, so that it takes nothing off.
  package var waived: [ReportedFinding]
  /// The codes that the unit violated before, too.
  package var repeated: Set<String>

  /// Whether the score may still fall.
  package var isProvisional: Bool {
    lowest.points != score.points || lowest.grade != score.grade
  }

  /// What readers know the document by.
  package var title: String { document.id ?? document.placeText }
}

/// The scores of a unit's documents together.
package struct UnitScore: Sendable {
  package var name: String?
  /// The numbers of its documents among those of the sheet.
  package var cases: [Int]
  /// The mean, rounded down to hundredths.
  package var mean: FixedDecimal
  package var lowestMean: FixedDecimal
  /// The grade of the mean, which vetoes of single documents do not touch.
  package var grade: Int
  package var lowestGrade: Int
  /// Everything that took points off, or would have: by how often it was found, then by code.
  package var defects: [UnitDefect]

  package var isProvisional: Bool { lowestMean != mean || lowestGrade != grade }
}

/// How often a unit violated a rule, now and before.
package struct UnitDefect: Sendable {
  package var code: String
  package var now: Occurrences
  package var previous: Occurrences

  package struct Occurrences: Hashable, Sendable {
    package var findings = 0
    package var cases: [String] = []
  }

  /// Whether it is one for the book of errors: found before and again, or in several places.
  package var isRecurring: Bool {
    now.findings > 0 && (previous.findings > 0 || now.findings > 1)
  }

  /// Whether it was found before and not now.
  package var isMended: Bool { now.findings == 0 && previous.findings > 0 }
}

// MARK: - Making

extension ScoreReport {
  /// Scores what a run found.
  ///
  /// - Parameters:
  ///   - check: what the run found, undetermined verdicts included.
  ///   - sheets: the numbers of the sheets; documents of other dossiers are not scored.
  ///   - previous: the scores of the period before.
  ///   - today: the date of the run.
  package init(
    _ check: CheckReport, by sheets: [Int], previous: PreviousScores?, today: CalendarDate
  ) {
    self.check = check
    self.today = today
    self.previous = previous
    self.sheets = sheets.map { number in
      SheetReport(number, check, previous: previous, today: today)
    }
  }

  /// The number of documents that no sheet scores.
  package var unscored: Int {
    let dossiers = Set(sheets.map { ruleSet.scoreSheets[$0.sheet].dossier })
    return check.files.flatMap(\.results).count { !dossiers.contains($0.document.dossier) }
  }

  /// Whether some document has a lower grade than one of the name.
  package func hasGrade(below name: String) -> Bool {
    sheets.contains { report in
      guard let least = ruleSet.scoreSheets[report.sheet].grade(named: name) else { return false }
      return report.cases.contains { $0.score.grade > least }
    }
  }
}

extension SheetReport {
  fileprivate init(
    _ number: Int, _ check: CheckReport, previous: PreviousScores?, today: CalendarDate
  ) {
    let sheet = check.ruleSet.scoreSheets[number]
    let before = previous?.units(of: sheet.name.english) ?? [:]
    cases = check.files.flatMap { file in
      file.results.filter { $0.document.dossier == sheet.dossier }
        .map { CaseScore($0, in: file.source, sheet, check, before, today: today) }
    }
    self.sheet = number
    var members: [String?: [Int]] = [:]
    for (index, scored) in cases.enumerated() { members[scored.unit, default: []].append(index) }
    units = members.map { [cases] name, numbers in
      UnitScore(name, numbers, cases, sheet, before: name.flatMap { before[$0] } ?? [:])
    }
    .sorted { left, right in
      guard let name = left.name, let other = right.name else { return left.name != nil }
      return name.utf8.lexicographicallyPrecedes(other.utf8)
    }
  }
}

extension CaseScore {
  fileprivate init(
    _ result: DocumentResult, in source: Source, _ sheet: ScoreSheet, _ check: CheckReport,
    _ before: [String: PreviousScores.Unit], today: CalendarDate
  ) {
    let ruleSet = check.ruleSet
    let place = source.place(at: result.document.range.start)
    document = ReportedFinding.Document(
      type: ruleSet.records[result.document.dossier].name.english, id: result.document.id,
      path: source.path, line: place.line, column: place.column, sheet: place.sheet)
    unit = sheet.unit.flatMap { term in
      guard case .text(let name) = ruleSet.value(of: term, in: result.document, today: today)
      else { return nil }
      return check.options.profile(result.mask)(name)
    }
    let codes = Set(sheet.codes + sheet.vetoes.flatMap(\.codes))
    violations = [:]
    pending = []
    waived = []
    for finding in result.findings {
      let code = ruleSet.rules[finding.rule].code
      guard codes.contains(code) else { continue }
      let reported = ReportedFinding(
        finding, of: result, in: source, ruleSet, profile: check.options.profile)
      if finding.waiver != nil {
        waived.append(reported)
      } else if finding.verdict == .violation {
        violations[code, default: []].append(reported)
      } else {
        pending.append(reported)
      }
    }
    repeated = Set((unit.flatMap { before[$0] } ?? [:]).keys)
    var counts = violations.mapValues(\.count)
    score = sheet.score(counts, repeated: repeated)
    for finding in result.findings where finding.verdict == .undetermined && finding.waiver == nil {
      let rule = ruleSet.rules[finding.rule]
      guard codes.contains(rule.code) else { continue }
      let count = counts[rule.code, default: 0] + 1
      counts[rule.code] = finding.mayBeSeveral(of: rule) ? max(count, Self.many) : count
    }
    lowest = sheet.score(counts, repeated: repeated)
  }

  /// More findings than a limit leaves to count, and few enough for their points to be added up.
  private static let many = 100_000
}

extension Finding {
  /// Whether it is about elements that a list may hold, and not about one.
  fileprivate func mayBeSeveral(of rule: Rule) -> Bool {
    guard !rule.scopes.isEmpty else { return false }
    if case .index? = element?.steps.last { return false }
    return true
  }
}

extension UnitScore {
  fileprivate init(
    _ name: String?, _ numbers: [Int], _ scored: [CaseScore], _ sheet: ScoreSheet,
    before: PreviousScores.Unit
  ) {
    self.name = name
    cases = numbers
    mean = FixedDecimal.mean(of: numbers.map { scored[$0].score.points })
    lowestMean = FixedDecimal.mean(of: numbers.map { scored[$0].lowest.points })
    grade = sheet.grade(of: mean)
    lowestGrade = sheet.grade(of: lowestMean)
    var now: [String: UnitDefect.Occurrences] = [:]
    for number in numbers {
      for (code, findings) in scored[number].violations {
        now[code, default: UnitDefect.Occurrences()].findings += findings.count
        now[code]?.cases.append(scored[number].title)
      }
    }
    defects = Set(now.keys).union(before.keys)
      .map { code in
        UnitDefect(
          code: code, now: now[code] ?? UnitDefect.Occurrences(),
          previous: before[code] ?? UnitDefect.Occurrences())
      }
      .sorted { ($1.now.findings, $0.code) < ($0.now.findings, $1.code) }
  }
}

extension FixedDecimal {
  /// The mean, rounded down to hundredths; none is zero.
  fileprivate static func mean(of points: [FixedDecimal]) -> FixedDecimal {
    let sum = points.reduce(0) { $0 + $1.millionths }
    return FixedDecimal(millionths: sum / max(1, points.count) / 10_000 * 10_000)
  }
}
