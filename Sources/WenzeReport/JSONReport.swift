import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension CheckReport {
  /// The report as JSON, schema version 1.
  package var json: String {
    let summary = summary
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(toolVersion)],
      "rules": [
        "packs": .array(
          ruleSet.packs.map { ["name": .text($0.name.chinese), "version": .text($0.version)] }),
        "digest": .text(ruleDigest),
        "adjustments": .array(adjustments),
      ],
      "inputs": .array(
        files.map { file in
          [
            "path": .text(file.source.path), "digest": .text(file.digest),
            "documents": .integer(file.results.count),
          ]
        }),
      "findings": .array(files.flatMap { findings(in: $0) } + groupFindings),
      "summary": [
        "documents": .integer(summary.documents), "violations": .integer(summary.violations),
        "undetermined": .integer(summary.undetermined), "compliant": .integer(summary.compliant),
        "not_applicable": .integer(summary.notApplicable), "errors": .integer(summary.errors),
        "warnings": .integer(summary.warnings), "notes": .integer(summary.notes),
        "waived": .integer(summary.waived),
      ],
      "problems": .array(problems),
    ]
    return value.text
  }

  private var adjustments: [JSONValue] {
    var seen: Set<String> = []
    return ruleSet.rules.compactMap { rule in
      guard let adjustment = rule.adjustment, seen.insert(rule.code).inserted else { return nil }
      return [
        "rule": .text(rule.code), "disabled": .boolean(adjustment.isDisabled),
        "severity": adjustment.severity.map { .text($0.name.english) } ?? .null,
        "reason": JSONValue(adjustment.reason),
      ]
    }
  }

  private func findings(in file: FileReport) -> [JSONValue] {
    file.results.flatMap { result in
      let shown = result.findings
        .filter { options.showsUndetermined || $0.verdict == .violation }
        .map { json($0, of: result, in: file) }
      return options.showsAllVerdicts ? shown + others(of: result, in: file) : shown
    }
  }

  private func json(_ finding: Finding, of result: DocumentResult, in file: FileReport) -> JSONValue
  {
    let rule = ruleSet.rules[finding.rule]
    let mask = options.showsNames ? NameMask.none : result.mask
    return [
      "rule": .text(rule.code),
      "name": JSONValue(rule.name),
      "verdict": .text(finding.verdict.rawValue),
      "severity": .text(rule.severity.name.english),
      "document": document(result, at: finding.place, in: file),
      "element": element(finding.element, of: rule),
      "message": JSONValue(finding.message, mask),
      "fix": finding.fix.map { JSONValue($0, mask) } ?? .null,
      "citations": .array(rule.citations.map { json($0) }),
      "evidence": .array(finding.evidence.map { json($0, of: rule, in: file, mask) }),
      "missing": .array(finding.missing.map { path($0, of: rule) }),
      "waived": finding.waiver.map { json($0, mask) } ?? .null,
      "rule_at": place(of: rule),
    ]
  }

  /// The verdicts that are no findings.
  private func others(of result: DocumentResult, in file: FileReport) -> [JSONValue] {
    result.verdicts.compactMap { verdict in
      guard verdict.verdict == .compliant || verdict.verdict == .notApplicable else { return nil }
      let rule = ruleSet.rules[verdict.rule]
      return [
        "rule": .text(rule.code),
        "name": JSONValue(rule.name),
        "verdict": .text(verdict.verdict.rawValue),
        "severity": .text(rule.severity.name.english),
        "document": document(result, at: result.document.range, in: file),
        "element": element(verdict.element, of: rule),
        "message": .null, "fix": .null,
        "citations": .array(rule.citations.map { json($0) }),
        "evidence": [], "missing": [], "waived": .null,
        "rule_at": place(of: rule),
      ]
    }
  }

  private func document(
    _ result: DocumentResult, at range: SourceRange, in file: FileReport
  ) -> JSONValue {
    let place = file.source.place(at: range.start)
    return [
      "type": .text(ruleSet.records[result.document.dossier].name.english),
      "id": result.document.id.map { .text($0) } ?? .null, "path": .text(file.source.path),
      "line": .integer(place.line), "column": .integer(place.column),
    ]
  }

  func element(_ element: FieldPath?, of rule: Rule) -> JSONValue {
    element.map { .text(ruleSet.text(of: $0, from: rule.dossier, in: .english)) } ?? .null
  }

  func path(_ path: FieldPath, of rule: Rule) -> JSONValue {
    [
      "zh": .text(ruleSet.text(of: path, from: rule.dossier, in: .chinese)),
      "en": .text(ruleSet.text(of: path, from: rule.dossier, in: .english)),
    ]
  }

  private func json(
    _ evidence: EvidenceFact, of rule: Rule, in file: FileReport, _ mask: NameMask
  ) -> JSONValue {
    let place = evidence.fact.place.map { file.source.place(at: $0.start) }
    return [
      "field": path(evidence.path, of: rule),
      "value": evidence.fact.value.isUnknown
        ? .null : .text(mask(ruleSet.text(of: evidence.fact.value, in: .chinese))),
      "line": place.map { .integer($0.line) } ?? .null,
      "column": place.map { .integer($0.column) } ?? .null,
    ]
  }

  func json(_ citation: Citation) -> JSONValue {
    let law = ruleSet.laws[citation.law]
    return [
      "law": .text(law.name.chinese), "title": .text(law.title.chinese),
      "article": citation.article.map { .integer($0) } ?? .null,
      "paragraph": citation.paragraph.map { .integer($0) } ?? .null,
      "item": citation.item.map { .integer($0) } ?? .null,
    ]
  }

  private func json(_ waiver: Waiver, _ mask: NameMask) -> JSONValue {
    [
      "reason": .text(mask(waiver.reason)), "approver": .text(mask(waiver.approver)),
      "until": .text(waiver.until.text(in: .english)),
    ]
  }

  func place(of rule: Rule) -> JSONValue {
    let source = ruleSet.sources[rule.origin.source]
    return [
      "path": .text(source.path),
      "line": .integer(source.place(at: rule.origin.range.start).line),
    ]
  }

  private var problems: [JSONValue] {
    let ofRules = ruleProblems.map { problem in
      json(
        problem.diagnostic, path: problem.path,
        source: ruleSet.sources.first { $0.path == problem.path })
    }
    let ofInputs = inputProblems.map { json($0.diagnostic, path: $0.path, source: nil) }
    let ofFiles = files.flatMap { file in
      file.diagnostics.map { json($0, path: file.source.path, source: file.source) }
    }
    return ofRules + ofInputs + ofFiles
  }

  private func json(_ diagnostic: Diagnostic, path: String, source: Source?) -> JSONValue {
    let place = diagnostic.range.flatMap { range in source?.place(at: range.start) }
    return [
      "code": .text(diagnostic.code), "severity": .text(diagnostic.severity.name.english),
      "path": .text(path), "line": place.map { .integer($0.line) } ?? .null,
      "column": place.map { .integer($0.column) } ?? .null,
      "message": JSONValue(diagnostic.message),
      "help": diagnostic.fix.map { JSONValue($0.title) } ?? .null,
    ]
  }
}

extension JSONValue {
  init(_ text: Bilingual, _ mask: NameMask = .none) {
    self = ["zh": .text(mask(text.chinese)), "en": .text(mask(text.english))]
  }
}
