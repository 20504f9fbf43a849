package import WenzeSemantics
package import WenzeSyntax

/// What is wrong with rule packs.
package struct LintReport: Sendable {
  let toolVersion: String
  let ruleSet: RuleSet
  let ruleDigest: String
  let findings: [LocatedDiagnostic]
  /// Why something of the conditions of a rule is not decided, by the number of the rule.
  let undecided: [Int: Set<Bilingual>]
  /// The numbers of the packs that were checked.
  let packs: Set<Int>

  /// A report on the packs of these numbers; nil: on all.
  package init(
    toolVersion: String, ruleSet: RuleSet, ruleDigest: String, findings: [LocatedDiagnostic],
    undecided: [Int: Set<Bilingual>] = [:], packs: Set<Int>? = nil
  ) {
    self.undecided = undecided
    self.packs = packs ?? Set(ruleSet.packs.indices)
    self.toolVersion = toolVersion
    self.ruleSet = ruleSet
    self.ruleDigest = ruleDigest
    self.findings = findings
  }

  /// Each finding with the lines that it is about, and a summary.
  package func text(
    in language: Language, isColored: Bool, width: Int?, isQuiet: Bool = false
  ) -> String {
    let renderer =
      width.map { DiagnosticRenderer(language: language, color: isColored, width: $0) }
      ?? DiagnosticRenderer(language: language, color: isColored)
    let texts = isQuiet ? [] : problemTexts(of: findings, sources: ruleSet.sources, renderer)
    let lines = [summary, limits].compactMap { $0?[language] }
    return (texts + lines).map { $0 + "\n" }.joined()
  }

  /// What the summary leaves open; nil where all was decided.
  private var limits: Bilingual? {
    let count = undecidedRules.count
    guard count > 0 else { return nil }
    return Bilingual(
      "其中\(count)条规则的条件没有全部判定，没有发现不等于没有问题；--format json 列出原因",
      "the conditions of \(count) rule\(count == 1 ? "" : "s") are not decided in full, so that something may be wrong with them; --format json says why"
    )
  }

  /// The reasons by the codes of rules.
  var undecidedRules: [(code: String, reasons: Set<Bilingual>)] {
    Dictionary(undecided.map { (ruleSet.rules[$0].code, $1) }) { $0.union($1) }
      .sorted { $0.key < $1.key }.map { (code: $0.key, reasons: $0.value) }
  }

  private var summary: Bilingual {
    let rules = Set(ruleSet.rules.filter { self.packs.contains($0.pack) }.map(\.code)).count
    let packs = self.packs.count
    let what = Bilingual(
      "规则包\(packs)个，规则\(rules)条：",
      "\(packs) pack\(packs == 1 ? "" : "s"), \(rules) rule\(rules == 1 ? "" : "s"): ")
    if findings.isEmpty {
      return Bilingual(what.chinese + "没有问题", what.english + "nothing wrong")
    }
    let counts = [Diagnostic.Severity.error, .warning, .note].map { ($0, count(of: $0)) }
      .filter { $0.1 > 0 }
    return Bilingual(
      what.chinese + counts.map { "\($0.name.chinese)\($1)项" }.joined(separator: "，"),
      what.english
        + counts.map { "\($1) \($0.name.english)\($1 == 1 ? "" : "s")" }.joined(separator: ", "))
  }

  private func count(of severity: Diagnostic.Severity) -> Int {
    findings.filter { $0.diagnostic.severity == severity }.count
  }

  /// The same as JSON, schema version 1.
  package var json: String {
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(toolVersion)],
      "rules": [
        "packs": .array(
          packs.sorted().map { number in
            let pack = ruleSet.packs[number]
            return ["name": .text(pack.name.chinese), "version": .text(pack.version)]
          }),
        "digest": .text(ruleDigest),
      ],
      "findings": .array(
        findings.map { finding in
          ReportedProblem(
            finding.diagnostic, path: finding.path,
            in: ruleSet.sources.first { $0.path == finding.path }
          )
          .json
        }),
      "undecided": .array(
        undecidedRules.map { rule in
          [
            "rule": .text(rule.code),
            "reasons": .array(
              rule.reasons.sorted { $0.english < $1.english }.map { reason in
                ["zh": .text(reason.chinese), "en": .text(reason.english)]
              }),
          ]
        }),
      "summary": [
        "errors": .integer(count(of: .error)), "warnings": .integer(count(of: .warning)),
        "notes": .integer(count(of: .note)),
      ],
    ]
    return value.text
  }
}
