import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Findings on groups of documents, and on documents against their group.

extension CheckReport {
  private var shownGroups: [GroupFinding] {
    groups.filter { finding in
      guard options.profile.shows(finding) else { return false }
      return switch finding.verdict {
      case .violation: true
      case .undetermined: options.showsUndetermined
      case .compliant, .notApplicable: options.showsAllVerdicts
      }
    }
  }
}

// MARK: - JSON

extension CheckReport {
  var groupFindings: [JSONValue] {
    shownGroups.map { finding in
      ReportedFinding(finding, ruleSet, profile: options.profile).json(in: ruleSet)
    }
  }
}

// MARK: - Text

extension CheckReport {
  /// How many documents of a group a text names.
  private static let namedDocuments = 5

  func groupText(_ renderer: DiagnosticRenderer) -> String {
    let shown = shownGroups
    var parts = shown.filter { $0.verdict == .violation }.map { text(of: $0, renderer) }
    for verdict in [Verdict.undetermined, .compliant, .notApplicable] {
      let lines = shown.filter { $0.verdict == verdict }
        .map { finding in
          let rule = ruleSet.rules[finding.rule]
          if options.profile.isPublic {
            let name = rule.name.spoken[options.language]
            return "  \(verdict.name[options.language])  \(rule.code) \(name)\n"
          }
          let mask = options.profile(finding.mask)
          var said =
            verdict == .undetermined
            ? finding.message[options.language]
            : rule.name[options.language] + "  " + finding.keyText(in: ruleSet)[options.language]
          if finding.isOfElement {
            said += "  " + text(of: finding.documents, count: finding.documents.count)
          }
          return "  \(verdict.name[options.language])  \(rule.code) \(mask(said))\n"
        }
      if !lines.isEmpty { parts.append(lines.joined()) }
    }
    return parts.isEmpty ? "" : parts.joined(separator: "\n") + "\n"
  }

  private func say(_ chinese: String, _ english: String) -> String {
    options.language == .chinese ? chinese : english
  }

  private func text(of finding: GroupFinding, _ renderer: DiagnosticRenderer) -> String {
    let rule = ruleSet.rules[finding.rule]
    let mask = options.profile(finding.mask)
    var notes: [DiagnosticRenderer.Note] = []
    func note(_ chinese: String, _ english: String, _ body: String) {
      let title = Bilingual(chinese, english)
      if !body.isEmpty { notes.append(.titled(title, wrapped(body, under: title))) }
    }
    note("规则", "rule", rule.name[options.language])
    if options.profile.isPublic {
      let published = ReportedFinding(finding, ruleSet, profile: .public)
      note("分组", "group", published.group?.keyText(in: options.language) ?? "")
      let figures = (published.group?.figures ?? []).map { figure in
        figure.name[options.language] + " " + (figure.text?[options.language] ?? "?")
      }
      note("数据", "figures", figures.joined(separator: say("；", "; ")))
      note("依据", "law", ruleSet.text(of: rule.citations, in: options.language))
      return renderer.render(
        rule.severity, code: rule.code, rule.name.spoken[options.language], snippets: [],
        notes: notes)
    }
    note("分组", "group", mask(finding.keyText(in: ruleSet)[options.language]))
    note(
      "数据", "figures",
      finding.figures.map { mask(text(of: $0)) }.joined(separator: say("；", "; ")))
    if finding.leftOut > 0 {
      note(
        "未计入", "left out",
        say(
          "\(finding.leftOut)件记载不全，无法归组",
          "\(finding.leftOut) of which the group is not recorded"))
    }
    note("文书", "documents", text(of: finding.documents, count: finding.documents.count))
    if let beside = finding.beside { note("参照", "beside", text(of: beside)) }
    if finding.isOfElement, let element = finding.element {
      note("位置", "at", ruleSet.text(of: element, from: rule.dossier, in: options.language))
    }
    note("依据", "law", ruleSet.text(of: rule.citations, in: options.language))
    if let fix = finding.fix { note("整改", "cure", mask(fix[options.language])) }
    return renderer.render(
      rule.severity, code: rule.code, mask(finding.message[options.language]), snippets: [],
      notes: notes)
  }

  private func text(of beside: GroupFinding.Beside) -> String {
    let name = ruleSet.records[beside.dossier].name[options.language]
    guard beside.isLoaded else { return say("本次检查没有\(name)", "this run has no \(name)") }
    let leftOut =
      beside.leftOut > 0
      ? say(
        "（另有\(beside.leftOut)件记载不全，无法归组）",
        " (\(beside.leftOut) more of which the group is not recorded)") : ""
    let documents =
      beside.size == 0
      ? say("没有与本组对应的\(name)", "no \(name) matches this group")
      : "\(name) \(text(of: beside.documents, count: beside.documentCount))"
    return documents + leftOut
  }

  private func text(of figure: GroupFinding.Figure) -> String {
    let percent = figure.isShare ? figure.value.percentText : nil
    let value = percent ?? ruleSet.text(of: figure.value, in: options.language)
    let leftOut =
      figure.leftOut > 0
      ? say("（另有\(figure.leftOut)件未记载）", " (not recorded for \(figure.leftOut) more)") : ""
    return "\(figure.name[options.language]) \(value)\(leftOut)"
  }

  /// The first few documents, and how many more there are.
  private func text(of documents: [DocumentReference], count: Int) -> String {
    let named = documents.prefix(CheckReport.namedDocuments)
      .map { document in
        document.id ?? "\(document.path):\(document.place.cell ?? "\(document.line)")"
      }
      .joined(separator: say("、", ", "))
    let rest = count - CheckReport.namedDocuments
    return rest > 0 ? named + say("等\(count)份", " and \(rest) more") : named
  }
}
