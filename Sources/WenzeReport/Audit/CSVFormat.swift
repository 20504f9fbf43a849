import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// A table of the findings for a spreadsheet: UTF-8 without BOM, a row a finding.
package struct CSVFormat: ReportFormat {
  package static let name = "csv"
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package var head: String {
    row([
      context.say("规则", "rule"), context.say("名称", "name"), context.say("结论", "verdict"),
      context.say("严重性", "severity"), context.say("文书类型", "type"), context.say("编号", "id"),
      context.say("文件", "path"), context.say("行", "line"), context.say("列", "column"),
      context.say("位置", "element"), context.say("分组", "group"), context.say("问题", "message"),
      context.say("整改", "fix"), context.say("依据", "law"), context.say("事实", "evidence"),
      context.say("缺少的事实", "missing"), context.say("豁免", "waived"),
      context.say("基线", "baseline"),
    ])
  }

  package func text(of finding: ReportedFinding) -> String? {
    let language = context.language
    let rule = context.ruleSet.rules[finding.rule]
    let evidence = finding.evidence.map { evidence in
      evidence.field[language] + " = "
        + (evidence.value?[language] ?? context.say("（未记载）", "(not recorded)"))
    }
    return row([
      rule.code, rule.name[language], finding.verdict.name[language], rule.severity.name[language],
      finding.document?.type ?? "", finding.document?.id ?? "", finding.document?.address ?? "",
      finding.document.map { String($0.line) } ?? "",
      finding.document.map { String($0.column) } ?? "", context.element(of: finding) ?? "",
      finding.group?.keyText(in: language) ?? "", finding.message?[language] ?? "",
      finding.fix?[language] ?? "", context.ruleSet.text(of: rule.citations, in: language),
      evidence.joined(separator: context.say("；", "; ")),
      finding.missing.map { $0[language] }.joined(separator: context.say("、", ", ")),
      finding.waiver?.reason ?? "", finding.status.map { $0.name[language] } ?? "",
    ])
  }

  private func row(_ cells: [String]) -> String { csvRow(cells) }
}

/// A row of a table for spreadsheets.
func csvRow(_ cells: [String]) -> String {
  cells.map(csvCell).joined(separator: ",") + "\r\n"
}

/// A cell that a spreadsheet takes for text, and not for a formula.
private func csvCell(_ text: String) -> String {
  var text = text
  if let first = text.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) {
    text = "'" + text
  }
  guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
