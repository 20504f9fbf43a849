import WenzeEngine
import WenzeSemantics
import WenzeSyntax

extension CheckReport {
  /// The report in a format of audits, which lists its findings; formats that hold the exit status
  /// of the program are told it.
  package func text(in type: any ReportFormat.Type, exitStatus: Int32) -> String {
    if type == TextFormat.self { return plainText }
    var context = context
    context.listsFindings = true
    context.exitStatus = { _ in exitStatus }
    if type == JSONFormat.self { return json }
    if type == HTMLFormat.self { return html(context, auditSummary) }
    let format = type.init(context)
    var text = format.head
    let findings: [String]
    if let format = format as? any FileGroupingFormat {
      var groups = FileGroups(format)
      findings =
        reportedFindings(includingCompliant: true)
        .compactMap { FileEntry($0, in: format) }.compactMap { groups.add($0) }
        + [groups.end()].compactMap { $0 }
    } else {
      findings = reportedFindings(includingCompliant: false).compactMap { format.text(of: $0) }
    }
    let problems = reportedProblems.compactMap { format.text(of: $0) }
    text += findings.joined(separator: format.separator)
    let isJoined = format.middle.isEmpty && !findings.isEmpty && !problems.isEmpty
    text += isJoined ? format.separator : format.middle
    return text + problems.joined(separator: format.separator) + format.tail(auditSummary)
  }

  var context: ReportContext {
    var context = ReportContext(
      toolVersion: toolVersion, ruleSet: ruleSet, ruleDigest: ruleDigest,
      language: options.language)
    context.run = run
    context.profile = options.profile
    return context
  }

  /// What made the report, as the last line of its text.
  var footer: String { "\n" + runText + "\n" }

  /// What made the report: the program, the rules, the inputs, the options.
  package var runText: String { context.footer(auditSummary.counts.inputs) }

  /// The text as a file holds it.
  private var plainText: String {
    var plain = self
    plain.options.isColored = false
    plain.options.width = nil
    plain.options.hasFooter = true
    return plain.text
  }

  /// What is listed, file by file, then that of groups.
  func reportedFindings(includingCompliant: Bool) -> [ReportedFinding] {
    func isListed(_ verdict: Verdict) -> Bool {
      switch verdict {
      case .violation: true
      case .undetermined: options.showsUndetermined
      case .compliant: options.showsAllVerdicts || includingCompliant
      case .notApplicable: options.showsAllVerdicts
      }
    }
    var findings: [ReportedFinding] = []
    for file in files {
      for result in file.results {
        findings += result.findings.filter { isListed($0.verdict) }
          .map {
            ReportedFinding(
              $0, of: result, in: file.source, ruleSet, profile: options.profile)
          }
        for verdict in result.verdicts
        where verdict.verdict == .compliant || verdict.verdict == .notApplicable {
          guard isListed(verdict.verdict) else { continue }
          let finding = ReportedFinding(verdict, of: result, in: file.source, ruleSet)
          findings.append(options.profile.isPublic ? finding.published(in: ruleSet) : finding)
        }
      }
    }
    return findings
      + groups.filter { isListed($0.verdict) && options.profile.shows($0) }
      .map { ReportedFinding($0, ruleSet, profile: options.profile) }
  }

  /// The counts as audits have them.
  private var auditSummary: AuditSummary {
    var counts = AuditCounts()
    for file in files {
      for result in file.results {
        counts.documents[result.document.dossier, default: 0] += 1
        for verdict in result.verdicts {
          counts.count(verdict.verdict, of: verdict.rule)
          if options.showsUndetermined {
            for path in verdict.missing { counts.count(missing: path, of: result.document.dossier) }
          }
        }
        counts.waived += result.findings.count { $0.verdict == .violation && $0.waiver != nil }
      }
      counts.inputs.append(
        AuditCounts.InputCount(
          path: options.profile.path(file.source.path), documents: file.results.count,
          digest: file.digest))
    }
    for finding in groups { counts.count(finding.verdict, of: finding.rule) }
    for problem in reportedProblems { counts.count(problem) }
    counts.unreadFiles = inputProblems.count { $0.diagnostic.severity == .error }
    var summary = AuditSummary(counts: counts, ruleSet: ruleSet)
    for finding in reportedFindings(includingCompliant: false) { summary.findings.count(finding) }
    return summary
  }
}

extension ReportedFinding {
  /// A verdict of which there is nothing to find.
  fileprivate init(
    _ verdict: RuleVerdict, of result: DocumentResult, in source: Source, _ ruleSet: RuleSet
  ) {
    let dossier = ruleSet.rules[verdict.rule].dossier
    let place = source.place(at: result.document.range.start)
    self.init(
      rule: verdict.rule, verdict: verdict.verdict,
      document: Document(
        type: ruleSet.records[result.document.dossier].name.english, id: result.document.id,
        path: source.path, line: place.line, column: place.column, sheet: place.sheet),
      element: verdict.element.map { ruleSet.text(of: $0, from: dossier, in: .english) })
  }
}
