import WenzeSemantics
package import WenzeSyntax

/// A way to write what is wrong with rule packs.
package enum LintFormat: String, Sendable, CaseIterable {
  case text, json, sarif, junit, github, gitlab
}

extension LintReport {
  /// The report in a format for machines or services; `exitStatus` is that of the program.
  package func text(
    in format: LintFormat, language: Language, exitStatus: Int32
  ) -> String {
    var context = ReportContext(
      toolVersion: toolVersion, ruleSet: ruleSet, ruleDigest: ruleDigest, language: language)
    context.exitStatus = { _ in exitStatus }
    return switch format {
    case .text: text(in: language, isColored: false, width: nil)
    case .json: json
    case .sarif: sarif(context, exitStatus: exitStatus)
    case .junit: junit(context)
    case .github: problems(in: GitHubFormat(context))
    case .gitlab: problems(in: GitLabFormat(context))
    }
  }

  /// The findings as a format of checks tells what is wrong with inputs.
  private func problems(in format: some ReportFormat) -> String {
    let texts = findings.compactMap { finding in
      format.text(
        of: ReportedProblem(finding.diagnostic, path: finding.path, in: source(of: finding)))
    }
    return format.head + texts.joined(separator: format.separator)
      + format.tail(AuditSummary(ruleSet: ruleSet))
  }

  func source(of finding: LocatedDiagnostic) -> Source? {
    ruleSet.sources.first { $0.path == finding.path }
  }
}

// MARK: - JUnit

extension LintReport {
  /// A suite a source: a case that failed for each finding, and one that passed where there is none.
  private func junit(_ context: ReportContext) -> String {
    let language = context.language
    let format = JUnitFormat(context)
    let sources = ruleSet.packs.indices.filter { packs.contains($0) }
      .flatMap { ruleSet.packs[$0].sources }.map { ruleSet.sources[$0].path }
    let others = findings.map(\.path).filter { !sources.contains($0) }
    var text = format.head
    var told: Set<String> = []
    for path in sources + others where told.insert(path).inserted {
      let found = findings.filter { $0.path == path }
      text +=
        "  <testsuite name=\"\(escaped(path))\" tests=\"\(max(1, found.count))\""
        + " failures=\"\(found.count)\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
      if found.isEmpty {
        text += "    <testcase classname=\"\(escaped(path))\" name=\"wenze lint\" time=\"0\"/>\n"
      }
      for finding in found { text += testCase(finding, language) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private func testCase(_ finding: LocatedDiagnostic, _ language: Language) -> String {
    let diagnostic = finding.diagnostic
    var name = diagnostic.code
    var place = finding.path
    if let start = diagnostic.range?.start, let at = source(of: finding)?.place(at: start) {
      name += " \(at.line):\(at.column)"
      place += ":\(at.line):\(at.column)"
    }
    let lines = [place] + diagnostic.advice(in: language)
    return """
          <testcase classname="\(escaped(finding.path))" name="\(escaped(name))" time="0">
            <failure message="\(escaped(diagnostic.message[language]))" type="\(diagnostic.severity.name.english)">\(escaped(lines.joined(separator: "\n"), keepsLines: true))</failure>
          </testcase>

      """
  }
}

extension Diagnostic {
  /// What stands below the message: why it matters, an example, what to do.
  func advice(in language: Language) -> [String] {
    notes.map { $0[language] } + [fix?.title[language]].compactMap { $0 }
  }
}
