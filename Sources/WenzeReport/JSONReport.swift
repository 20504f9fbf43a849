import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension CheckReport {
  /// The report as JSON, schema version 1.
  package var json: String {
    var fields: [(String, JSONValue)] = [
      ("schema", 1),
      ("tool", ["name": "wenze", "version": .text(toolVersion)]),
      (
        "rules",
        [
          "packs": .array(
            ruleSet.packs.map { ["name": .text($0.name.chinese), "version": .text($0.version)] }),
          "digest": .text(ruleDigest),
          "adjustments": .array(ruleSet.adjustmentsJSON),
        ]
      ),
    ]
    if let run { fields.append(("run", run.json)) }
    let inputs = files.map { file -> JSONValue in
      [
        "path": .text(options.profile.path(file.source.path)), "digest": .text(file.digest),
        "documents": .integer(file.results.count),
      ]
    }
    fields += [
      ("inputs", .array(inputs)),
      ("findings", .array(files.flatMap { findings(in: $0) } + groupFindings)),
      ("summary", summaryJSON),
      ("problems", .array(reportedProblems.map(\.json))),
    ]
    return JSONValue.object(fields).text
  }

  private var summaryJSON: JSONValue {
    let summary = summary
    return [
      "documents": options.profile.json(summary.documents),
      "violations": options.profile.json(summary.violations),
      "undetermined": options.profile.json(summary.undetermined),
      "compliant": options.profile.json(summary.compliant),
      "not_applicable": options.profile.json(summary.notApplicable),
      "errors": options.profile.json(summary.errors),
      "warnings": options.profile.json(summary.warnings),
      "notes": options.profile.json(summary.notes),
      "waived": options.profile.json(summary.waived),
    ]
  }

  private func findings(in file: FileReport) -> [JSONValue] {
    file.results.flatMap { result in
      let shown = result.findings
        .filter { options.showsUndetermined || $0.verdict == .violation }
        .map { finding in
          ReportedFinding(
            finding, of: result, in: file.source, ruleSet, profile: options.profile
          )
          .json(in: ruleSet)
        }
      return options.showsAllVerdicts ? shown + others(of: result, in: file) : shown
    }
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
        "citations": .array(rule.citations.map { ruleSet.json($0) }),
        "evidence": [], "missing": [], "waived": .null,
        "rule_at": ruleSet.json(placeOf: rule),
      ]
    }
  }

  private func document(
    _ result: DocumentResult, at range: SourceRange, in file: FileReport
  ) -> JSONValue {
    let place = file.source.place(at: range.start)
    if options.profile.isPublic {
      return [
        "type": .text(ruleSet.records[result.document.dossier].name.english), "id": .null,
        "path": .text(Withheld.path), "line": 1, "column": 1,
      ]
    }
    return ReportedFinding.Document(
      type: ruleSet.records[result.document.dossier].name.english, id: result.document.id,
      path: file.source.path, line: place.line, column: place.column, sheet: place.sheet
    ).json
  }

  private func element(_ element: FieldPath?, of rule: Rule) -> JSONValue {
    element.map { .text(ruleSet.text(of: $0, from: rule.dossier, in: .english)) } ?? .null
  }

  /// What is wrong with rules and inputs, in the words of reports.
  var reportedProblems: [ReportedProblem] {
    let ofRules = ruleProblems.map { problem in
      ReportedProblem(
        problem.diagnostic, path: problem.path,
        in: ruleSet.sources.first { $0.path == problem.path })
    }
    let ofInputs = inputProblems.map { ReportedProblem($0.diagnostic, path: $0.path, in: nil) }
    let ofFiles = files.flatMap { file in
      file.diagnostics.map { ReportedProblem($0, path: file.source.path, in: file.source) }
    }
    return ofRules + (ofInputs + ofFiles).map { $0.published(options.profile) }
  }
}

extension RuleSet {
  /// The rules that a pack changed, with the fields of JSON reports.
  var adjustmentsJSON: [JSONValue] {
    var seen: Set<String> = []
    return rules.compactMap { rule in
      guard let adjustment = rule.adjustment, seen.insert(rule.code).inserted else { return nil }
      return [
        "rule": .text(rule.code), "disabled": .boolean(adjustment.isDisabled),
        "severity": adjustment.severity.map { .text($0.name.english) } ?? .null,
        "reason": JSONValue(adjustment.reason),
      ]
    }
  }
}

extension JSONValue {
  init(_ text: Bilingual) {
    self = ["zh": .text(text.chinese), "en": .text(text.english)]
  }
}
