import WenzeSemantics
import WenzeSyntax

extension LintReport {
  /// The findings as SARIF 2.1.0: a result each, a descriptor for every check that there is, and a
  /// notification for every rule whose conditions are not decided in full.
  func sarif(_ context: ReportContext, exitStatus: Int32) -> String {
    let told = Set(findings.map(\.diagnostic.code))
    let known = Set(lintChecks.map(\.code))
    let checks = lintChecks + told.subtracting(known).sorted().map { LintCheck.named($0) }
    let indices = Dictionary(
      checks.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    var seen: [String: Int] = [:]
    let results = findings.map { finding -> String in
      let identity = identity(of: finding)
      // Of findings that are alike in every word the next has another fingerprint.
      let number = seen[identity, default: 0]
      seen[identity] = number + 1
      let fingerprint = shortDigest(of: [identity, "\(number)"])
      return result(
        finding, index: indices[finding.diagnostic.code] ?? -1, fingerprint, context.language
      ).line
    }
    let head = context.sarifHead { language, isTranslation in
      checks.map { $0.descriptor(in: language, isTranslation) }
    }
    return head + results.joined(separator: ",\n") + "\n],\n"
      + "\"invocations\":[{\"toolExecutionNotifications\":[\n"
      + notifications(context.language).map(\.line).joined(separator: ",\n")
      + "\n],\"executionSuccessful\":\(exitStatus != 2),\"exitCode\":\(exitStatus)}]\n}]}\n"
  }

  /// What a finding is known by wherever in its file it stands.
  private func identity(of finding: LocatedDiagnostic) -> String {
    let diagnostic = finding.diagnostic
    let text = diagnostic.range.flatMap { source(of: finding)?.text(in: $0) }
    return [
      diagnostic.code, finding.path, diagnostic.message.chinese, text.map { String($0) } ?? "",
    ]
    .joined(separator: "\u{0}")
  }

  private func result(
    _ finding: LocatedDiagnostic, index: Int, _ fingerprint: String, _ language: Language
  ) -> JSONValue {
    let diagnostic = finding.diagnostic
    let lines = [diagnostic.message[language]] + diagnostic.advice(in: language)
    var fields: [(String, JSONValue)] = [
      ("ruleId", .text(diagnostic.code)), ("ruleIndex", .integer(index)),
      ("kind", "fail"), ("level", .text(diagnostic.severity.name.english)),
      ("message", ["text": .text(lines.map { shown($0) }.joined(separator: "\n"))]),
      ("locations", [location(finding.path, diagnostic.range, diagnostic.label, language)]),
    ]
    let related = diagnostic.related.map { label in
      location(label.path ?? finding.path, label.range, label.message, language)
    }
    if !related.isEmpty { fields.append(("relatedLocations", .array(numbered(related)))) }
    fields.append(("partialFingerprints", ["wenzeLint/v1": .text(fingerprint)]))
    if let fix = diagnostic.fix, let source = source(of: finding) {
      fields.append(("fixes", [self.fix(fix, in: source, language)]))
    }
    fields.append(("suppressions", []))
    fields.append(
      (
        "properties",
        [
          "message": JSONValue(diagnostic.message),
          "notes": .array(diagnostic.notes.map { JSONValue($0) }),
        ]
      ))
    return .object(fields)
  }

  private func location(
    _ path: String, _ range: SourceRange?, _ label: Bilingual?, _ language: Language
  ) -> JSONValue {
    let source = ruleSet.sources.first { $0.path == path }
    let place = range.flatMap { range in source.map { region(range, in: $0) } }
    var fields: [(String, JSONValue)] = [
      ("physicalLocation", sarifLocation(path, region: place))
    ]
    if let label { fields.append(("message", ["text": .text(shown(label[language]))])) }
    return .object(fields)
  }

  private func region(_ range: SourceRange, in source: Source) -> JSONValue {
    let (start, end) = (source.place(at: range.start), source.place(at: range.end))
    return [
      "startLine": .integer(start.line), "startColumn": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
    ]
  }

  private func fix(_ fix: Diagnostic.Fix, in source: Source, _ language: Language) -> JSONValue {
    let replacement: JSONValue = [
      "deletedRegion": region(fix.range, in: source),
      "insertedContent": ["text": .text(fix.replacement)],
    ]
    let change: JSONValue = [
      "artifactLocation": ["uri": .text(sarifURI(of: source.path))],
      "replacements": [replacement],
    ]
    return [
      "description": ["text": .text(shown(fix.title[language]))], "artifactChanges": [change],
    ]
  }

  /// Of which rules the conditions are not decided in full, and why.
  private func notifications(_ language: Language) -> [JSONValue] {
    undecidedRules.map { rule in
      let reasons = rule.reasons.map { $0[language] }.sorted()
        .joined(separator: language == .chinese ? "；" : "; ")
      let what = Bilingual(
        "规则 \(rule.code) 的条件没有全部判定：", "the conditions of \(rule.code) are not decided in full: ")
      return [
        "descriptor": ["id": "undecided"], "level": "note",
        "message": ["text": .text(what[language] + reasons)],
      ]
    }
  }
}

extension LintCheck {
  /// The check as SARIF describes rules; a translation has its texts alone.
  fileprivate func descriptor(in language: Language, _ isTranslation: Bool) -> JSONValue {
    let more = Bilingual("详见手册“检查规则包”", "More: “Checking rule packs” in the manual")
    var fields: [(String, JSONValue)] = [
      ("id", .text(code)), ("name", .text(name)),
      ("shortDescription", ["text": .text(title[language])]),
      ("fullDescription", ["text": .text(title[language])]),
      (
        "help",
        [
          "text": .text([title, cure, more].map { $0[language] }.joined(separator: "\n")),
          "markdown": .text(
            [title, cure, more].map { escapedMarkdown($0[language]) }.joined(separator: "\n\n")),
        ]
      ),
    ]
    if !isTranslation {
      let level = code == "L0701" || code.hasPrefix("E") ? "error" : "warning"
      fields.append(("defaultConfiguration", ["enabled": .boolean(true), "level": .text(level)]))
    }
    return .object(fields)
  }
}
