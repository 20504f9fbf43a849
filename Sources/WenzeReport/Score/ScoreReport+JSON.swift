import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension ScoreReport {
  /// The report as JSON, schema version 1, which the next period takes as its `--previous`.
  package var json: String {
    let fields: [(String, JSONValue)] = [
      ("kind", .text(PreviousScoreFile.kind)),
      ("schema", 1),
      ("tool", ["name": "wenze", "version": .text(check.toolVersion)]),
      (
        "rules",
        [
          "packs": .array(
            ruleSet.packs.map { ["name": .text($0.name.chinese), "version": .text($0.version)] }),
          "digest": .text(check.ruleDigest),
          "adjustments": .array(ruleSet.adjustmentsJSON),
        ]
      ),
      ("as_of", .text(today.text(in: .english))),
      ("run", runJSON),
      (
        "previous",
        previous.map { ["path": .text(profile.path($0.path)), "digest": .text($0.digest)] } ?? .null
      ),
      (
        "inputs",
        .array(
          check.files.map { file in
            [
              "path": .text(profile.path(file.source.path)), "digest": .text(file.digest),
              "documents": profile.json(file.results.count),
            ]
          })
      ),
      ("sheets", .array(sheets.map(json))),
      ("unscored", profile.json(unscored)),
      ("problems", .array(check.reportedProblems.map(\.json))),
    ]
    return JSONValue.object(fields).text
  }

  /// How the documents were judged, as reports of checks state it.
  private var runJSON: JSONValue {
    let run = profile.isPublic ? check.run?.published : check.run
    guard case .object(let fields)? = run?.json else { return .null }
    return .object(fields.map { $0.0 == "command" ? ($0.0, "score") : $0 })
  }

  private func json(_ report: SheetReport) -> JSONValue {
    let sheet = ruleSet.scoreSheets[report.sheet]
    return [
      "name": JSONValue(sheet.name),
      "full_score": JSONValue(sheet.fullScore),
      "citations": .array(sheet.citations.map { ruleSet.json($0) }),
      "grades": .array(
        sheet.grades.map { grade in
          ["name": JSONValue(grade.name), "least": grade.least.map { JSONValue($0) } ?? .null]
        }),
      "cases": .array(listedCases(report).map { json($0, sheet) }),
      "units": .array(listedUnits(report).map { json($0, report, sheet) }),
    ]
  }

  private func json(_ scored: CaseScore, _ sheet: ScoreSheet) -> JSONValue {
    [
      "document": scored.document.json,
      "unit": JSONValue(scored.unit),
      "points": JSONValue(scored.score.points),
      "grade": JSONValue(sheet.grades[scored.score.grade].name),
      "provisional": .boolean(scored.isProvisional),
      "lowest_points": JSONValue(scored.lowest.points),
      "lowest_grade": JSONValue(sheet.grades[scored.lowest.grade].name),
      "vetoed_by": .array(scored.score.vetoes.map { .text($0) }),
      "groups": .array(
        zip(sheet.groups, zip(scored.score.groups, scored.lowest.groups)).map { group, scores in
          [
            "name": JSONValue(group.name), "full_points": JSONValue(group.points),
            "points": JSONValue(scores.0.points), "lowest_points": JSONValue(scores.1.points),
            "deductions": .array(scores.0.deductions.map { json($0, of: scored) }),
          ]
        }),
      "pending": .array(scored.pending.map { $0.json(in: ruleSet) }),
      "waived": .array(scored.waived.map { $0.json(in: ruleSet) }),
    ]
  }

  private func json(_ deduction: SheetScore.Deduction, of scored: CaseScore) -> JSONValue {
    [
      "rule": .text(deduction.code),
      "points": JSONValue(deduction.points),
      "repeat_points": JSONValue(deduction.surcharge),
      "repeated": .boolean(scored.repeated.contains(deduction.code)),
      "limited": .boolean(deduction.isLimited),
      "findings": .array(
        scored.violations[deduction.code, default: []].map { $0.json(in: ruleSet) }),
    ]
  }

  private func json(
    _ unit: UnitScore, _ report: SheetReport, _ sheet: ScoreSheet
  ) -> JSONValue {
    [
      "name": JSONValue(unit.name),
      "cases": profile.isPublic
        ? .integer(unit.cases.count) : .array(unit.cases.map { .text(report.cases[$0].title) }),
      "mean_points": JSONValue(unit.mean),
      "grade": JSONValue(sheet.grades[unit.grade].name),
      "provisional": .boolean(unit.isProvisional),
      "lowest_mean_points": JSONValue(unit.lowestMean),
      "lowest_grade": JSONValue(sheet.grades[unit.lowestGrade].name),
      "grades": .array(
        zip(gradeCounts(of: unit, in: report), gradeTexts(of: unit, in: report)).map {
          grade, text in
          [
            "name": JSONValue(grade.grade.name),
            "cases": String(grade.count) == text ? .integer(grade.count) : .text(text),
          ]
        }),
      "defects": .array(
        listedDefects(of: unit).map { defect in
          [
            "rule": .text(defect.code),
            "name": ruleName(defect.code).map { JSONValue($0) } ?? .null,
            "recurring": .boolean(defect.isRecurring), "mended": .boolean(defect.isMended),
            "now": json(defect.now), "previous": json(defect.previous),
          ]
        }),
    ]
  }

  private func json(_ occurrences: UnitDefect.Occurrences) -> JSONValue {
    [
      "findings": profile.json(occurrences.findings),
      "cases": .array(profile.isPublic ? [] : occurrences.cases.map { .text($0) }),
    ]
  }

  /// How many documents of a unit have each grade of the sheet.
  func gradeCounts(
    of unit: UnitScore, in report: SheetReport
  ) -> [(grade: ScoreSheet.Grade, count: Int)] {
    ruleSet.scoreSheets[report.sheet].grades.enumerated().map { number, grade in
      (grade, unit.cases.count { report.cases[$0].score.grade == number })
    }
  }

  /// The name of the rule of a code; nil where the rules have changed since.
  func ruleName(_ code: String) -> Bilingual? {
    ruleSet.rules.first { $0.code == code }?.name
  }
}

extension JSONValue {
  /// A number as it is counted, without a rounding.
  fileprivate init(_ number: FixedDecimal) {
    self = .written(number.text)
  }
}
