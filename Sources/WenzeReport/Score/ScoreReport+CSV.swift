import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension ScoreReport {
  /// The report as a table: a row for each document's score, then one for each deduction and each
  /// thing that took nothing off.
  package var csv: String {
    let heads = [
      say("评分表", "sheet"), say("单位", "unit"), say("文书", "document"), say("文件", "path"),
      say("行", "line"), say("类别", "kind"), say("组", "group"), say("规则", "rule"),
      say("名称", "name"), say("分数", "points"), say("最低可至", "may fall to"),
      say("等次", "grade"), say("事实", "evidence"), say("依据", "law"),
    ]
    var text = csvRow(heads)
    for report in sheets {
      let sheet = ruleSet.scoreSheets[report.sheet]
      for scored in listedCases(report) { text += rows(of: scored, sheet) }
      if profile.isPublic {
        for unit in listedUnits(report) { text += row(of: unit, sheet) }
      }
    }
    return text
  }

  /// The mean of a unit, where no document is told.
  private func row(of unit: UnitScore, _ sheet: ScoreSheet) -> String {
    csvRow([
      words(sheet.name), unit.name ?? "", "", "", "", say("平均分", "mean"), "", "", "",
      unit.mean.text, unit.lowestMean.text, words(sheet.grades[unit.grade].name), "", "",
    ])
  }

  private func rows(of scored: CaseScore, _ sheet: ScoreSheet) -> String {
    func row(
      _ kind: String, group: String = "", code: String = "", line: Int? = nil,
      points: FixedDecimal? = nil, lowest: FixedDecimal? = nil, grade: String = "",
      evidence: String = "", law: String = ""
    ) -> String {
      let start = [words(sheet.name), scored.unit ?? "", scored.title, scored.document.address]
      let what = [
        String(line ?? scored.document.line), kind, group, code, ruleName(code).map(words) ?? "",
      ]
      return csvRow(
        start + what + [points?.text ?? "", lowest?.text ?? "", grade, evidence, law])
    }
    var text = row(
      say("得分", "score"), points: scored.score.points, lowest: scored.lowest.points,
      grade: words(sheet.grades[scored.score.grade].name),
      evidence: veto(of: scored, sheet) ?? "")
    for (group, score) in zip(sheet.groups, scored.score.groups) {
      for deduction in score.deductions {
        let findings = scored.violations[deduction.code, default: []]
        text += row(
          say("扣分", "deduction"), group: words(group.name), code: deduction.code,
          line: findings.first?.document?.line,
          points: deduction.total,
          evidence: findings.map { evidence(of: $0) }.joined(separator: say("；", "; ")),
          law: basis(of: findings))
      }
    }
    for finding in scored.pending {
      text += row(
        say("待核", "to be verified"), group: group(of: finding, sheet),
        code: ruleSet.rules[finding.rule].code, line: finding.document?.line,
        evidence: missing(of: finding), law: basis(of: [finding]))
    }
    for finding in scored.waived {
      text += row(
        say("已豁免", "waived"), group: group(of: finding, sheet),
        code: ruleSet.rules[finding.rule].code, line: finding.document?.line,
        evidence: finding.waiver.map { context.text(of: $0) } ?? "", law: basis(of: [finding]))
    }
    return text
  }

  private func group(of finding: ReportedFinding, _ sheet: ScoreSheet) -> String {
    let code = ruleSet.rules[finding.rule].code
    return sheet.groups.first { $0.deductions.contains { $0.codes.contains(code) } }
      .map { words($0.name) } ?? ""
  }
}
