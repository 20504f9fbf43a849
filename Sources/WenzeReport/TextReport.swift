package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

extension CheckReport {
  private var renderer: DiagnosticRenderer {
    DiagnosticRenderer(
      language: options.language, color: options.isColored, width: options.width ?? 100)
  }

  private func say(_ chinese: String, _ english: String) -> String {
    options.language == .chinese ? chinese : english
  }

  /// The report as text for a terminal: each violation with its place, law and cure, then what the
  /// file would have to record for the rest to be decided, then a summary.
  package var text: String {
    var text = ""
    if !options.isQuiet {
      for file in files {
        let shown = file.results.allSatisfy(\.findings.isEmpty) ? file : shown(file)
        for result in file.results { text += self.text(of: result, in: shown) }
      }
      text += groupText(renderer)
    }
    return text + summaryText + (options.hasFooter ? footer : "")
  }

  /// The file as it may be shown: without names, every character where it was.
  private func shown(_ file: FileReport) -> FileReport {
    var file = file
    if options.profile.showsNames {
      file.source = file.source.withText(NameMask.none.inPlace(file.source.text))
      return file
    }
    let documents =
      (file.results.map { ($0.document.range, $0.mask) } + file.unsound)
      .sorted { $0.0.start < $1.0.start }
    // A document has its own numbers for names that are masked alike.
    let bytes = file.source.text.utf8.span
    var text = ""
    var kept = 0
    func string(_ range: Range<Int>) -> String {
      String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
    for (range, mask) in documents where range.start >= kept && range.end <= bytes.count {
      text += string(kept..<range.start) + mask.inPlace(string(range.start..<range.end))
      kept = range.end
    }
    text += string(kept..<bytes.count)
    let others = NameMask(joining: documents.map(\.1))
    file.source = file.source.withText(others.inPlace(text))
    return file
  }

  private func text(of result: DocumentResult, in file: FileReport) -> String {
    var parts: [String] = []
    for finding in result.findings where finding.verdict == .violation {
      parts.append(self.text(of: finding, in: result, file))
    }
    if options.showsUndetermined, let todo = toDoList(of: result, in: file) { parts.append(todo) }
    if options.showsAllVerdicts, let others = otherVerdicts(of: result) { parts.append(others) }
    return parts.isEmpty ? "" : parts.joined(separator: "\n") + "\n"
  }

  /// A finding without its document and its texts.
  private func publishedText(of finding: Finding, in result: DocumentResult) -> String {
    let rule = ruleSet.rules[finding.rule]
    let document = DiagnosticRenderer.Note.titled(
      Bilingual("文书", "document"), documentTitle(result))
    let law = DiagnosticRenderer.Note.titled(
      Bilingual("依据", "law"), ruleSet.text(of: rule.citations, in: options.language))
    return renderer.render(
      rule.severity, code: rule.code, rule.name.spoken[options.language], snippets: [],
      notes: [document, law])
  }

  private func text(of finding: Finding, in result: DocumentResult, _ file: FileReport) -> String {
    if options.profile.isPublic { return publishedText(of: finding, in: result) }
    let rule = ruleSet.rules[finding.rule]
    let mask = options.profile(result.mask)
    var notes: [DiagnosticRenderer.Note] = []
    func note(_ chinese: String, _ english: String, _ body: String) {
      let title = Bilingual(chinese, english)
      if !body.isEmpty { notes.append(.titled(title, wrapped(body, under: title))) }
    }
    note("规则", "rule", rule.name[options.language])
    var about = documentTitle(result)
    if let element = finding.element {
      about += say("，", ", ")
      about += ruleSet.text(of: element, from: rule.dossier, in: options.language)
    }
    note("文书", "document", about)
    let absent = finding.evidence.filter { $0.fact.place == nil }
      .map { shown($0, rule, mask) }
    note("未见于卷宗", "not in the file", absent.joined(separator: say("；", "; ")))
    note("依据", "law", ruleSet.text(of: rule.citations, in: options.language))
    if let fix = finding.fix { note("整改", "cure", mask(fix[options.language])) }
    if let waiver = finding.waiver {
      let until = waiver.until.text(in: options.language)
      note(
        "已豁免", "waived",
        say(
          "\(mask(waiver.reason))（批准人：\(mask(waiver.approver))，至\(until)）",
          "\(mask(waiver.reason)) (approved by \(mask(waiver.approver)), until \(until))"))
    }
    return renderer.render(
      rule.severity, code: rule.code, mask(finding.message[options.language]),
      snippets: [snippet(of: finding, rule, file, mask)], notes: notes)
  }

  /// A text broken into lines that fit the terminal, where there is one.
  func wrapped(_ text: String, under title: Bilingual) -> String {
    guard let width = options.width else { return text }
    // The gutter, ` = `, the title and its colon stand before each line.
    let indent = displayWidth(of: title[options.language]) + 9
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrappedLines(of: String($0), width: max(20, width - indent)).joined(separator: "\n") }
      .joined(separator: "\n")
  }

  /// The lines of the file on which a finding rests.
  private func snippet(
    of finding: Finding, _ rule: Rule, _ file: FileReport, _ mask: NameMask
  ) -> Snippet {
    var marks: [Snippet.Mark] = []
    // That a date chose the law is the same for every finding of a document.
    let evidence = finding.evidence.filter { !finding.dates.contains($0.path) }
    for evidence in evidence.prefix(5) {
      guard let place = evidence.fact.place, evidence.fact.value.isScalar else { continue }
      marks.append(
        Snippet.Mark(place, shown(evidence, rule, mask), isPrimary: place == finding.place))
    }
    if !marks.contains(where: \.isPrimary) {
      // A record is pointed at by its first characters: the whole of it would fill the screen.
      let start = finding.place.start
      let head = SourceRange(start, min(finding.place.end, start + 1))
      marks.insert(Snippet.Mark(head, "", isPrimary: true), at: 0)
    }
    return Snippet(file.source, marks: marks)
  }

  private func shown(_ evidence: EvidenceFact, _ rule: Rule, _ mask: NameMask) -> String {
    let field = ruleSet.text(of: evidence.path, from: rule.dossier, in: options.language)
    let value = mask(ruleSet.text(of: evidence.fact.value, in: options.language))
    return "\(field) = \(value.count > 40 ? value.prefix(40) + "…" : value)"
  }

  private func documentTitle(_ result: DocumentResult) -> String {
    let type = ruleSet.records[result.document.dossier].name[options.language]
    if options.profile.isPublic { return type }
    return result.document.id.map { "\(type) \($0)" } ?? type
  }

  /// The facts to record, each with the rules that wait for it.
  private func toDoList(of result: DocumentResult, in file: FileReport) -> String? {
    let count = result.findings.count { $0.verdict == .undetermined }
    guard count > 0 else { return nil }
    let place = options.profile.isPublic ? "" : file.source.path + "  "
    let heading = say(
      "存疑 \(count) 项  \(place)\(documentTitle(result))：补录下列事实后即可判断",
      "\(count) undetermined  \(place)\(documentTitle(result)): record these facts to decide them"
    )
    let lines = factsToRecord(of: result).map { facts in
      let rules = facts.rules.map { ruleSet.rules[$0] }
        .map { "      \($0.code) \($0.name[options.language])\n" }
      // Rules of one code and name are told once.
      var told: Set<String> = []
      return "  \(facts.names[options.language])\n"
        + rules.filter { told.insert($0).inserted }.joined()
    }
    return heading + "\n" + lines.joined()
  }

  private func otherVerdicts(of result: DocumentResult) -> String? {
    let lines = result.verdicts
      .filter { $0.verdict == .compliant || $0.verdict == .notApplicable }
      .map { verdict in
        let rule = ruleSet.rules[verdict.rule]
        let element = verdict.element.map {
          " " + ruleSet.text(of: $0, from: rule.dossier, in: options.language)
        }
        return "  \(verdict.verdict.name[options.language])  \(rule.code) "
          + "\(rule.name[options.language])\(element ?? "")\n"
      }
    return lines.isEmpty ? nil : documentTitle(result) + "\n" + lines.joined()
  }

  private var summaryText: String {
    let summary = summary
    func shown(_ number: Int) -> String { options.profile.text(of: number) }
    let (waivedChinese, waivedEnglish) =
      summary.waived > 0
      ? ("，其中已豁免 \(shown(summary.waived))", ", \(shown(summary.waived)) waived") : ("", "")
    func count(_ number: Int, _ noun: String) -> String {
      "\(shown(number)) \(noun)\(number == 1 && !options.profile.isPublic ? "" : "s")"
    }
    let chinese =
      "检查文书 \(shown(summary.documents)) 份：违规 \(shown(summary.violations))"
      + "（错误 \(shown(summary.errors))、警告 \(shown(summary.warnings))、"
      + "提示 \(shown(summary.notes))\(waivedChinese)）"
      + "，存疑 \(shown(summary.undetermined))\n"
    let english =
      "\(count(summary.documents, "document")) checked: \(count(summary.violations, "violation"))"
      + " (\(count(summary.errors, "error")), \(count(summary.warnings, "warning")),"
      + " \(count(summary.notes, "note"))\(waivedEnglish)), \(shown(summary.undetermined)) undetermined\n"
    return say(chinese, english) + adjustmentText
  }

  /// Local changes of rules are always shown.
  private var adjustmentText: String {
    var seen: Set<String> = []
    return ruleSet.rules.compactMap { rule -> String? in
      guard let adjustment = rule.adjustment, seen.insert(rule.code).inserted else { return nil }
      let change =
        adjustment.isDisabled
        ? say("停用", "disabled")
        : say("改为\(rule.severity.name.chinese)", "is \(rule.severity.name.english) now")
      return say("本地调整：", "adjusted: ") + "\(rule.code) \(change)\(say("：", ": "))"
        + "\(adjustment.reason[options.language])\n"
    }
    .joined()
  }

  /// What is wrong with rules and inputs.
  package var problemText: String {
    let ofRules = problemText(of: ruleProblems, sources: ruleSet.sources)
    let ofInputs = inputProblems.map { problem in
      renderer.render(
        problem.diagnostic, in: Source(path: problem.path, text: ""), lookUp: { _ in nil })
    }
    let ofFiles = files.flatMap { file in
      let source = file.diagnostics.isEmpty ? file.source : shown(file).source
      return file.diagnostics.map { renderer.render($0, in: source) }
    }
    return (ofRules + ofInputs + ofFiles).joined(separator: "\n")
  }

  private func problemText(of problems: [LocatedDiagnostic], sources: [Source]) -> [String] {
    WenzeReport.problemTexts(of: problems, sources: sources, renderer)
  }
}

/// The texts of diagnostics about rule packs.
package func problemTexts(
  of problems: [LocatedDiagnostic], sources: [Source], _ renderer: DiagnosticRenderer
) -> [String] {
  problems.map { problem in
    let source = sources.first { $0.path == problem.path } ?? Source(path: problem.path, text: "")
    return renderer.render(
      problem.diagnostic, in: source, lookUp: { path in sources.first { $0.path == path } })
  }
}

extension Value {
  /// Whether the value is one thing, and not a record or a list.
  var isScalar: Bool {
    switch self {
    case .record, .list, .unknown: false
    default: true
    }
  }
}

extension TestOutcome {
  /// What failed: expected and actual, with the derivation of the verdict.
  package func text(
    in ruleSet: RuleSet, language: Language, color: Bool = false, width: Int? = nil
  ) -> String {
    let source = ruleSet.sources[test.origin.source]
    let renderer = DiagnosticRenderer(language: language, color: color, width: width ?? 100)
    let explanation = ExplainReport(ruleSet: ruleSet, language: language)
    return failures.map { failure in
      let snippet = Snippet(
        source, marks: [Snippet.Mark(failure.origin.range, "", isPrimary: true)])
      let head = renderer.render(
        .error, code: language == .chinese ? "测试" : "test",
        "\(test.title)\(language == .chinese ? "：" : ": ")\(failure.message[language])",
        snippets: [snippet])
      return head + explanation.trees(of: failure.judgements, in: source).joined()
    }
    .joined(separator: "\n") + "\n"
  }
}
