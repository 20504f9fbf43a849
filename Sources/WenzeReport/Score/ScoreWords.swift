import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// What the text, Markdown and tables of scores say in the same words.

extension ScoreReport {
  func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  var colon: String { say("：", ": ") }

  var context: ReportContext {
    ReportContext(
      toolVersion: check.toolVersion, ruleSet: ruleSet, ruleDigest: check.ruleDigest,
      language: language)
  }

  /// A name as readers see it: English names are words with `_` between them.
  func words(_ name: Bilingual) -> String { name[language].replacing("_", with: " ") }

  /// `八项标准（满分 100 分）`.
  func title(of sheet: ScoreSheet) -> String {
    say(
      "\(sheet.name.chinese)（满分\(sheet.fullScore.text)分）",
      "\(words(sheet.name)) (full score \(sheet.fullScore.text))")
  }

  func name(of unit: String?) -> String { unit ?? say("（单位不详）", "(unit not recorded)") }

  /// `82 分，合格`, and what it can still become.
  func result(
    points: FixedDecimal, grade: Int, lowest: FixedDecimal, lowestGrade: Int, _ sheet: ScoreSheet
  ) -> String {
    let points = points.text
    let grade = words(sheet.grades[grade].name)
    let now = say("\(points)分，\(grade)", "\(points), \(grade)")
    let low = words(sheet.grades[lowestGrade].name)
    guard lowest.text != points || low != grade else { return now }
    return now
      + say(
        "（暂定：待核事项全部查实，降至\(lowest.text)分，\(low)）",
        " (provisional: \(lowest.text), \(low), if all that is to be verified is true)")
  }

  func result(of scored: CaseScore, _ sheet: ScoreSheet) -> String {
    result(
      points: scored.score.points, grade: scored.score.grade, lowest: scored.lowest.points,
      lowestGrade: scored.lowest.grade, sheet)
  }

  func result(of unit: UnitScore, _ sheet: ScoreSheet) -> String {
    result(
      points: unit.mean, grade: unit.grade, lowest: unit.lowestMean, lowestGrade: unit.lowestGrade,
      sheet)
  }

  func veto(of scored: CaseScore, _ sheet: ScoreSheet) -> String? {
    guard !scored.score.vetoes.isEmpty else { return nil }
    let codes = scored.score.vetoes.joined(separator: say("、", ", "))
    let grade = words(sheet.grades[scored.score.grade].name)
    return say("一票否决：\(codes)，评为\(grade)", "vetoed by \(codes): \(grade)")
  }

  /// `扣 2 分`, with why it is more or less than usual.
  func points(of deduction: SheetScore.Deduction) -> String {
    let total = deduction.total.text
    var notes: [String] = []
    if deduction.count > 1 {
      notes.append(say("\(deduction.count)处", "\(deduction.count) findings"))
    }
    if deduction.surcharge.millionths > 0 {
      let points = deduction.surcharge.text
      notes.append(say("其中重犯加扣\(points)分", "\(points) of them for the repetition"))
    }
    if deduction.isLimited { notes.append(say("已到该项上限", "at the limit of the line")) }
    let note = notes.joined(separator: say("，", ", "))
    return say("扣\(total)分", "−\(total)") + (note.isEmpty ? "" : say("（\(note)）", " (\(note))"))
  }

  /// The code with the name of its rule.
  func title(ofRule code: String) -> String {
    [code, ruleName(code).map(words) ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The provisions that a code's findings rest on; of several declarations, of those that decided.
  func basis(of findings: [ReportedFinding]) -> String {
    var seen: Set<Int> = []
    return findings.filter { seen.insert($0.rule).inserted }
      .map { ruleSet.text(of: ruleSet.rules[$0.rule].citations, in: language) }
      .filter { !$0.isEmpty }
      .joined(separator: say("；", "; "))
  }

  /// What was found, with the place.
  func evidence(of finding: ReportedFinding) -> String {
    let message = finding.message?[language] ?? ""
    guard let document = finding.document else { return message }
    return message + say("（", " (") + document.placeText + say("）", ")")
  }

  /// What has to be recorded for an undetermined finding to be decided.
  func missing(of finding: ReportedFinding) -> String {
    say("补录", "record ")
      + finding.missing.map { $0[language] }.joined(separator: say("、", ", "))
  }

  /// How often a defect was found in a period: `3 处（A1、A2）`.
  func occurrences(_ occurrences: UnitDefect.Occurrences) -> String {
    guard occurrences.findings > 0 else { return say("无", "none") }
    if profile.isPublic {
      let count = profile.text(of: occurrences.findings)
      return say("\(count)处", count)
    }
    let cases = occurrences.cases.joined(separator: say("、", ", "))
    return say("\(occurrences.findings)处（\(cases)）", "\(occurrences.findings) (\(cases))")
  }

  /// The head of the columns for units.
  func unitHeads(_ sheet: ScoreSheet) -> [String] {
    [say("单位", "unit"), say("件数", "cases"), say("平均分", "mean"), say("最低可至", "may fall to")]
      + sheet.grades.map { words($0.name) }
  }

  func cells(of unit: UnitScore, in report: SheetReport) -> [String] {
    [name(of: unit.name), String(unit.cases.count), unit.mean.text, unit.lowestMean.text]
      + gradeTexts(of: unit, in: report)
  }

  /// The defects that belong into the book of errors, and those that are gone since.
  func errorBook(of unit: UnitScore) -> (recurring: [UnitDefect], mended: [UnitDefect]) {
    let defects = listedDefects(of: unit)
    return (defects.filter(\.isRecurring), defects.filter(\.isMended))
  }

  /// Says how many documents no sheet is for; nil where there are none.
  var unscoredText: String? {
    guard unscored > 0 else { return nil }
    let count = profile.text(of: unscored)
    return say("另有\(count)份文书没有评分表，未评分", "\(count) documents have no score sheet")
  }
}
