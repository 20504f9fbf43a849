import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension ScoreReport {
  /// The report as Markdown, with a table a document.
  package var markdown: String {
    var text = "# \(say("案件质量评查", "Case review"))\n"
    for report in sheets {
      let sheet = ruleSet.scoreSheets[report.sheet]
      text += "\n## \(escapedMarkdown(title(of: sheet)))\n"
      for scored in listedCases(report) { text += section(of: scored, sheet) }
      let units = listedUnits(report)
      if sheet.unit != nil || profile.isPublic, !units.isEmpty {
        text += "\n### \(say("各单位", "Units"))\n\n"
        text += table(
          unitHeads(sheet), units.map { cells(of: $0, in: report) }, numbersFrom: 1)
      }
      if let leftOut = leftOutText(report) { text += "\n\(escapedMarkdown(leftOut))\n" }
      text += errorBook(of: report)
    }
    if let unscoredText { text += "\n\(escapedMarkdown(unscoredText))\n" }
    return text
  }

  private func section(of scored: CaseScore, _ sheet: ScoreSheet) -> String {
    var text = "\n### \(escapedMarkdown(scored.title))\n\n"
    func item(_ title: String, _ body: String) {
      text += "- **\(title)**\(colon)\(escapedMarkdown(body))\n"
    }
    item(say("得分", "score"), result(of: scored, sheet))
    if sheet.unit != nil { item(say("单位", "unit"), name(of: scored.unit)) }
    if let veto = veto(of: scored, sheet) { item(say("否决", "veto"), veto) }
    text += "\n"
    text += table(
      [say("组", "group"), say("满分", "full"), say("得分", "points"), say("扣分", "deductions")],
      zip(sheet.groups, scored.score.groups).map { group, score in
        [
          words(group.name), group.points.text, score.points.text,
          score.deductions.map { "\($0.code) \(points(of: $0))" }
            .joined(separator: say("；", "; ")),
        ]
      }, numbersFrom: nil)
    for deduction in scored.score.groups.flatMap(\.deductions) {
      let findings = scored.violations[deduction.code, default: []]
      text += "\n"
      item(escapedMarkdown(title(ofRule: deduction.code)), points(of: deduction))
      for finding in findings { text += "  - \(escapedMarkdown(evidence(of: finding)))\n" }
      text += "  - \(say("依据", "law"))\(colon)\(escapedMarkdown(basis(of: findings)))\n"
    }
    text += list(say("待核，未扣分", "To be verified, nothing taken off"), scored.pending) {
      missing(of: $0)
    }
    text += list(say("已豁免，未扣分", "Waived, nothing taken off"), scored.waived) {
      $0.waiver.map { context.text(of: $0) } ?? ""
    }
    return text
  }

  private func list(
    _ title: String, _ findings: [ReportedFinding], _ note: (ReportedFinding) -> String
  ) -> String {
    guard !findings.isEmpty else { return "" }
    return "\n**\(title)**\n\n"
      + findings.map { finding in
        "- \(escapedMarkdown(self.title(ofRule: ruleSet.rules[finding.rule].code)))\(colon)"
          + "\(escapedMarkdown(note(finding)))\n"
      }
      .joined()
  }

  private func errorBook(of report: SheetReport) -> String {
    let rows = listedUnits(report).filter { $0.name != nil }
      .flatMap { unit -> [[String]] in
        let (recurring, mended) = errorBook(of: unit)
        return (recurring + mended).map { defect in
          [
            name(of: unit.name), title(ofRule: defect.code), occurrences(defect.now),
            previous == nil ? "" : occurrences(defect.previous),
          ]
        }
      }
    guard !rows.isEmpty else { return "" }
    let heads = [say("单位", "unit"), say("问题", "defect"), say("本期", "now"), say("上期", "before")]
    return "\n### \(say("错题本", "Book of errors"))\n\n" + table(heads, rows, numbersFrom: nil)
  }

  private func table(_ heads: [String], _ rows: [[String]], numbersFrom first: Int?) -> String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let rule = heads.indices.map { index in first.map { index >= $0 } ?? false ? "--:" : "---" }
    return line(heads.map { escapedMarkdown($0) }) + line(rule)
      + rows.map { line($0.map { escapedMarkdown($0) }) }.joined()
  }
}
