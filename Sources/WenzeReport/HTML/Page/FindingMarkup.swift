import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// Findings as articles of a page.
struct FindingMarkup {
  var ruleSet: RuleSet
  /// Whether each finding names its law, and a cure that is the same for all findings of the rule;
  /// otherwise the list of rules, to which it leads, does.
  var namesLaw = true
  /// Whether each finding says of which document it is.
  var namesDocument = true

  /// How long a message, and how long a fact may be.
  private static let messageLimit = 4_000
  private static let factLimit = 600
  /// How many facts stand in the open.
  private static let factCount = 40
  private static let memberCount = 8

  func article(_ finding: ReportedFinding) -> HTML {
    let rule = ruleSet.rules[finding.rule]
    var html: HTML =
      #"<article class="f \#(Self.mark(finding, rule))" data-r="\#(rule.code)"\#(groupMark(finding))>"#
    html += "<h3><b>\(label(finding, rule))</b>"
    html += ##"<a href="#\##(rule.code)">\##(rule.code)</a> \##(rule.name.spoken)</h3>"##
    if let message = finding.message {
      html += "<p>\(shortened(message, to: Self.messageLimit))</p>"
    }
    if let about = about(finding) { html += #"<p class="at">\#(about)</p>"# }
    html += facts(finding)
    html += list(finding, rule)
    return html + "</article>\n"
  }

  /// The class by which a finding is coloured and chosen.
  static func mark(_ finding: ReportedFinding, _ rule: Rule) -> String {
    let kind =
      switch finding.verdict {
      case .violation: mark(of: rule.severity)
      case .undetermined: "u"
      case .compliant, .notApplicable: "c"
      }
    return finding.waiver == nil ? kind : kind + " k"
  }

  static func mark(of severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "e"
    case .warning: "w"
    case .note: "i"
    }
  }

  private func label(_ finding: ReportedFinding, _ rule: Rule) -> HTML {
    let name = finding.verdict == .violation ? rule.severity.name : finding.verdict.name
    guard finding.waiver != nil else { return "\(name)" }
    return "\(name) · \(Bilingual("已豁免", "waived"))"
  }

  private func groupMark(_ finding: ReportedFinding) -> HTML {
    guard let group = finding.group else { return "" }
    let key = group.key.map { $0.text?.chinese ?? "–" }.joined(separator: " · ")
    return #" data-g="\#(fitted(key, columns: 60))""#
  }

  private func about(_ finding: ReportedFinding) -> HTML? {
    var parts: [HTML] = []
    if namesDocument, let document = finding.document {
      let type = ruleSet.records.first { $0.name.english == document.type }?.name
      parts.append(
        "\(type?.spoken ?? Bilingual(same: document.type)) <bdi>\(document.id ?? "")</bdi>")
    }
    if let element = finding.element {
      parts.append("\(ruleSet.bilingual(path: element, of: ruleSet.rules[finding.rule].dossier))")
    }
    if let document = finding.document {
      parts.append(
        namesDocument
          ? "<bdi>\(document.placeText)</bdi>"
          : document.place.cell.map { "<bdi>\($0)</bdi>" }
            ?? "\(Bilingual("第\(document.line)行", "line \(document.line)"))")
    }
    if let group = finding.group {
      let figures = (group.key + group.figures).map { figure -> HTML in
        let value = figure.percent.map { Bilingual(same: $0) } ?? figure.text
        return "\(figure.name.spoken) \(value ?? Bilingual("（未记载）", "(not recorded)"))"
      }
      parts.append(figures.joined(separator: " · "))
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// The facts on which a finding rests, each with its line.
  private func facts(_ finding: ReportedFinding) -> HTML {
    guard finding.verdict == .violation, !finding.evidence.isEmpty else { return "" }
    var html: HTML = "<table>"
    for evidence in finding.evidence.prefix(Self.factCount) {
      html += "<tr>" + cells(evidence.field)
      html += cells(
        evidence.value.map { shortened($0, to: Self.factLimit) }
          ?? Bilingual("（未记载）", "(not recorded)"))
      html += #"<td class="l">"#
      if let cell = evidence.place?.cell {
        html += "<bdi>\(cell)</bdi>"
      } else if let line = evidence.line {
        html += "\(line)"
      }
    }
    html += "</table>"
    let rest = finding.evidence.count - Self.factCount
    if rest > 0 {
      html += #"<p class="at">\#(Bilingual("另有 \(rest) 项事实", "and \(rest) more facts"))</p>"#
    }
    return html
  }

  /// A cell for each language, of which the page shows one: pages are full of these, and this is the
  /// shortest way to write them.
  private func cells(_ words: Bilingual) -> HTML {
    words.chinese == words.english
      ? "<td>\(words.chinese)" : "<td lang=zh>\(words.chinese)<td lang=en>\(words.english)"
  }

  private func list(_ finding: ReportedFinding, _ rule: Rule) -> HTML {
    var html: HTML = ""
    func add(_ title: Bilingual, _ words: HTML) {
      html += "<dt>\(title)<dd>\(words)"
    }
    if let group = finding.group, finding.document == nil, !group.documents.isEmpty {
      add(Bilingual("文书", "documents"), members(group.documents, count: group.documents.count))
    }
    if let beside = finding.group?.beside, !beside.documents.isEmpty {
      add(Bilingual("参照", "beside"), members(beside.documents, count: beside.documentCount))
    }
    if !finding.missing.isEmpty {
      let missing = finding.missing.map { name -> HTML in "\(name)" }
      add(Bilingual("缺少的事实", "missing facts"), missing.joined(separator: " · "))
    }
    if namesLaw, !rule.citations.isEmpty { add(Bilingual("依据", "law"), "\(law(of: rule))") }
    if let fix = finding.fix, finding.verdict == .violation, namesLaw || !rule.hasConstantFix {
      add(Bilingual("整改", "cure"), "\(shortened(fix, to: Self.messageLimit))")
    }
    if let waiver = finding.waiver {
      let text = Bilingual(
        "\(waiver.reason)（批准人：\(waiver.approver)，至\(waiver.until)）",
        "\(waiver.reason) (approved by \(waiver.approver), until \(waiver.until))")
      add(Bilingual("豁免", "waived"), "\(shortened(text, to: Self.messageLimit))")
    }
    return html.text.isEmpty ? "" : "<dl>\(html)</dl>"
  }

  func law(of rule: Rule) -> Bilingual {
    Bilingual(
      ruleSet.text(of: rule.citations, in: .chinese),
      ruleSet.text(of: rule.citations, in: .english))
  }

  private func members(_ members: [ReportedFinding.Member], count: Int) -> HTML {
    var html = members.prefix(Self.memberCount)
      .map { member -> HTML in "<bdi>\(member.id ?? member.placeText)</bdi>" }
      .joined(separator: " · ")
    let rest = count - Self.memberCount
    if rest > 0 { html += " \(Bilingual("等\(count)份", "and \(rest) more"))" }
    return html
  }
}

extension Rule {
  /// Whether the cure has nothing of the document in it.
  var hasConstantFix: Bool {
    guard let fix else { return false }
    return Language.allCases.allSatisfy { language in
      fix[language].allSatisfy { if case .text = $0 { true } else { false } }
    }
  }

  /// The cure, if it has nothing of the document in it.
  var constantFix: Bilingual? {
    guard hasConstantFix, let fix else { return nil }
    func text(_ language: Language) -> String {
      fix[language].map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }
    return Bilingual(text(.chinese), text(.english))
  }
}

extension RuleSet {
  /// A path that is written with English names, in both languages.
  func bilingual(path: String, of record: Int) -> Bilingual {
    var record = record
    var chinese: [String] = []
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      let (name, index) = (part.prefix { $0 != "[" }, part.drop { $0 != "[" })
      guard records.indices.contains(record),
        let field = records[record].fields.first(where: { $0.name.english == name })
      else { return Bilingual(same: path) }
      chinese.append(field.name.chinese + index)
      switch field.type {
      case .record(let inner), .list(.record(let inner)): record = inner
      default: record = -1
      }
    }
    return Bilingual(chinese.joined(separator: "."), path)
  }
}
