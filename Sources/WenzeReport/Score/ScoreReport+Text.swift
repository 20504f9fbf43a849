import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension ScoreReport {
  /// The report as text: each document's points, group by group; then units, and what recurs.
  package var text: String {
    var lines: [String] = []
    for report in sheets {
      let sheet = ruleSet.scoreSheets[report.sheet]
      if !lines.isEmpty { lines.append("") }
      lines.append(say("案件质量评查", "case review") + colon + title(of: sheet))
      for scored in listedCases(report) { lines += [""] + self.lines(of: scored, sheet) }
      if report.cases.isEmpty { lines.append(say("没有可评分的文书", "there is nothing to score")) }
      if !report.units.isEmpty { lines += [""] + unitLines(report, sheet) }
      if let leftOut = leftOutText(report) { lines.append("  " + leftOut) }
      lines += errorBookLines(report)
    }
    if let unscoredText { lines += ["", unscoredText] }
    return lines.map { displayed($0) + "\n" }.joined()
  }

  private func lines(of scored: CaseScore, _ sheet: ScoreSheet) -> [String] {
    var lines = ["\(scored.title)  \(result(of: scored, sheet))"]
    if sheet.unit != nil { lines.append("  " + say("单位", "unit") + colon + name(of: scored.unit)) }
    if let veto = veto(of: scored, sheet) { lines.append("  " + veto) }
    for (group, score) in zip(sheet.groups, scored.score.groups) {
      lines.append("  \(words(group.name))  \(score.points.text)/\(group.points.text)")
      for deduction in score.deductions {
        let findings = scored.violations[deduction.code, default: []]
        lines.append("    \(title(ofRule: deduction.code))  \(points(of: deduction))")
        lines += findings.map { "      " + evidence(of: $0) }
        lines.append("      " + say("依据", "law") + colon + basis(of: findings))
      }
    }
    if !scored.pending.isEmpty {
      lines.append(
        "  " + say("待核\(scored.pending.count)项，未扣分", "to be verified, nothing taken off")
          + colon)
      for finding in scored.pending {
        let code = ruleSet.rules[finding.rule].code
        lines.append("    \(title(ofRule: code))\(colon)\(missing(of: finding))")
      }
    }
    if !scored.waived.isEmpty {
      lines.append(
        "  " + say("已豁免\(scored.waived.count)项，未扣分", "waived, nothing taken off") + colon)
      for finding in scored.waived {
        let code = ruleSet.rules[finding.rule].code
        let reason = finding.waiver.map { context.text(of: $0) } ?? ""
        lines.append("    \(title(ofRule: code))\(colon)\(reason)")
      }
    }
    return lines
  }

  private func unitLines(_ report: SheetReport, _ sheet: ScoreSheet) -> [String] {
    let units = listedUnits(report)
    guard sheet.unit != nil || profile.isPublic, !units.isEmpty else { return [] }
    let rows = [unitHeads(sheet)] + units.map { cells(of: $0, in: report) }
    return [say("各单位", "units")]
      + alignedTable(rows).split(separator: "\n").map { "  " + $0 }
  }

  private func errorBookLines(_ report: SheetReport) -> [String] {
    var lines: [String] = []
    for unit in listedUnits(report) where unit.name != nil {
      let (recurring, mended) = errorBook(of: unit)
      guard !recurring.isEmpty || !mended.isEmpty else { continue }
      lines.append("  \(name(of: unit.name))")
      for defect in recurring {
        var line = "    \(title(ofRule: defect.code))\(colon)"
        line += say("本期", "now ") + occurrences(defect.now)
        if previous != nil { line += say("，上期", ", before ") + occurrences(defect.previous) }
        lines.append(line)
      }
      for defect in mended {
        lines.append(
          "    \(title(ofRule: defect.code))\(colon)"
            + say("上期", "before ") + occurrences(defect.previous) + say("，本期未再发现", ", none now"))
      }
    }
    return lines.isEmpty ? [] : ["", say("错题本", "book of errors")] + lines
  }
}
