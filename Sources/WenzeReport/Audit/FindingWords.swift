import WenzeEngine
import WenzeSemantics
import WenzeSyntax

// What several formats say of a finding in the same words.

extension ReportContext {
  func rule(of finding: ReportedFinding) -> Rule { ruleSet.rules[finding.rule] }

  /// The code, and what is wrong: `WZ101 ad hoc body launched`.
  func title(of finding: ReportedFinding) -> String {
    let rule = rule(of: finding)
    let title = rule.code + " " + rule.name[language].replacing("_", with: " ")
    guard let waiver = finding.waiver else {
      return finding.verdict == .violation
        ? title : title + say("（\(verdict(finding))）", " (\(verdict(finding)))")
    }
    return title + say("（已豁免至\(waiver.until)）", " (waived until \(waiver.until))")
  }

  private func verdict(_ finding: ReportedFinding) -> String { finding.verdict.name[language] }

  func message(of finding: ReportedFinding) -> String {
    finding.message?[language] ?? rule(of: finding).name[language].replacing("_", with: " ")
  }

  /// What the finding is about: the document and the element of it, or the group.
  func subject(of finding: ReportedFinding) -> String {
    guard let document = finding.document else {
      return finding.group?.keyText(in: language) ?? ""
    }
    let type =
      ruleSet.records.first { $0.name.english == document.type }?.name[language] ?? document.type
    return [document.id.map { "\(type) \($0)" } ?? type, element(of: finding)]
      .compactMap { $0 }.joined(separator: say("，", ", "))
  }

  /// The element of a document that the finding is about, as the schema names it.
  func element(of finding: ReportedFinding) -> String? {
    finding.element.map {
      ruleSet.bilingual(path: $0, of: ruleSet.rules[finding.rule].dossier)[language]
    }
  }

  /// A fact as reports write it: `launch.date = 2023-05-17`.
  func text(of evidence: ReportedFinding.Evidence) -> String {
    evidence.field[language] + " = " + (evidence.value?[language] ?? say("（未记载）", "(not recorded)"))
  }

  /// The lines below a message: the document, its facts, the law, the cure.
  func details(of finding: ReportedFinding) -> [(title: String, text: String)] {
    var lines = [(say("文书", "document"), subject(of: finding))]
    if finding.document == nil { lines[0].0 = say("分组", "group") }
    func add(_ chinese: String, _ english: String, _ texts: [String], _ separator: String) {
      if !texts.isEmpty {
        lines.append((say(chinese, english), texts.joined(separator: separator)))
      }
    }
    add("事实", "facts", finding.evidence.map { text(of: $0) }, say("；", "; "))
    add(
      "缺少的事实", "missing facts", finding.missing.map { $0[language] }, say("、", ", "))
    add(
      "依据", "law",
      [ruleSet.text(of: rule(of: finding).citations, in: language)]
        .filter { !$0.isEmpty }, "")
    add("整改", "cure", [finding.fix?[language]].compactMap { $0 }, "")
    if let waiver = finding.waiver { add("豁免", "waived", [text(of: waiver)], "") }
    return lines
  }

  func text(of waiver: ReportedFinding.Waiver) -> String {
    say(
      "\(waiver.reason)（批准人：\(waiver.approver)，至\(waiver.until)）",
      "\(waiver.reason) (approved by \(waiver.approver), until \(waiver.until))")
  }
}

extension ReportedFinding {
  /// Where a reader should look: the document, or the first one of a group.
  var place: (path: String, line: Int, column: Int)? {
    if let document { return (document.path, document.line, document.column) }
    let first = group?.documents.first ?? group?.beside?.documents.first
    return first.map { ($0.path, $0.line, 1) }
  }

  /// That place as reports for readers write it: `a.csv:5:1`, `a.xlsx:Sheet1!A5`.
  var placeText: String? {
    if let document { return document.place.text(in: document.path) }
    let first = group?.documents.first ?? group?.beside?.documents.first
    return first.map { $0.cell == nil ? "\($0.path):\($0.line):1" : $0.placeText }
  }
}

/// A text whose lines end as they did, and in which nothing is left that a reader cannot see.
func shown(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { displayed($0) }.joined(separator: "\n")
}
