import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Findings on groups of documents, and on documents against their group.

extension CheckReport {
  private var shownGroups: [GroupFinding] {
    groups.filter { finding in
      switch finding.verdict {
      case .violation: true
      case .undetermined: options.showsUndetermined
      case .compliant, .notApplicable: options.showsAllVerdicts
      }
    }
  }
}

// MARK: - JSON

extension CheckReport {
  var groupFindings: [JSONValue] { shownGroups.map { json($0) } }

  private func json(_ finding: GroupFinding) -> JSONValue {
    let rule = ruleSet.rules[finding.rule]
    let mask = options.showsNames ? NameMask.none : finding.mask
    let isFinding = finding.verdict == .violation || finding.verdict == .undetermined
    return [
      "rule": .text(rule.code),
      "name": JSONValue(rule.name),
      "verdict": .text(finding.verdict.rawValue),
      "severity": .text(rule.severity.name.english),
      "group": [
        "key": .array(
          finding.key.map { ["name": JSONValue($0.name), "value": value(of: $0, mask)] }),
        "figures": .array(
          finding.figures.map { figure in
            [
              "name": JSONValue(figure.name), "value": value(of: figure, mask),
              "left_out": .integer(figure.leftOut),
            ]
          }),
        "size": .integer(finding.size),
        "left_out": .integer(finding.leftOut),
        "documents": .array(finding.documents.map { json($0) }),
        "beside": finding.beside.map { json($0) } ?? .null,
      ],
      "document": finding.isOfElement
        ? finding.documents.first.map { document($0, of: rule) } ?? .null : .null,
      "element": finding.isOfElement ? element(finding.element, of: rule) : .null,
      "message": isFinding ? JSONValue(finding.message, mask) : .null,
      "fix": isFinding ? finding.fix.map { JSONValue($0, mask) } ?? .null : .null,
      "citations": .array(rule.citations.map { json($0) }),
      "evidence": [], "missing": [], "waived": .null,
      "rule_at": place(of: rule),
    ]
  }

  private func value(of figure: GroupFinding.Figure, _ mask: NameMask) -> JSONValue {
    switch figure.value {
    case .unknown: .null
    case .integer(let number): .integer(number)
    default: .text(mask(ruleSet.text(of: figure.value, in: .chinese)))
    }
  }

  /// What stands beside a group; its size is null where the run had no document of its type.
  private func json(_ beside: GroupFinding.Beside) -> JSONValue {
    [
      "type": .text(ruleSet.records[beside.dossier].name.english),
      "size": beside.isLoaded ? .integer(beside.size) : .null,
      "left_out": .integer(beside.leftOut),
      "documents": .array(beside.documents.map { json($0) }),
    ]
  }

  private func json(_ document: DocumentReference) -> JSONValue {
    [
      "id": document.id.map { .text($0) } ?? .null, "path": .text(document.path),
      "line": place(of: document).map { .integer($0.line) } ?? .null,
    ]
  }

  private func document(_ document: DocumentReference, of rule: Rule) -> JSONValue {
    let place = place(of: document)
    return [
      "type": .text(ruleSet.records[rule.dossier].name.english),
      "id": document.id.map { .text($0) } ?? .null, "path": .text(document.path),
      "line": place.map { .integer($0.line) } ?? .null,
      "column": place.map { .integer($0.column) } ?? .null,
    ]
  }

  private func place(of document: DocumentReference) -> (line: Int, column: Int)? {
    let file = files.first { $0.source.path == document.path }
    return file.map { file in
      let place = file.source.place(at: document.offset)
      return (place.line, place.column)
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
          let mask = options.showsNames ? NameMask.none : finding.mask
          var said =
            verdict == .undetermined
            ? finding.message[options.language]
            : rule.name[options.language] + "  " + finding.keyText(in: ruleSet)[options.language]
          if finding.isOfElement { said += "  " + text(of: finding.documents) }
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
    let mask = options.showsNames ? NameMask.none : finding.mask
    var notes: [DiagnosticRenderer.Note] = []
    func note(_ chinese: String, _ english: String, _ body: String) {
      let title = Bilingual(chinese, english)
      if !body.isEmpty { notes.append(.titled(title, wrapped(body, under: title))) }
    }
    note("规则", "rule", rule.name[options.language])
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
    note("文书", "documents", text(of: finding.documents))
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
      : "\(name) \(text(of: beside.documents))"
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
  private func text(of documents: [DocumentReference]) -> String {
    let named = documents.prefix(CheckReport.namedDocuments)
      .map { document in
        document.id ?? place(of: document).map { "\(document.path):\($0.line)" } ?? document.path
      }
      .joined(separator: say("、", ", "))
    let rest = documents.count - CheckReport.namedDocuments
    return rest > 0 ? named + say("等\(documents.count)份", " and \(rest) more") : named
  }
}
