package import WenzeEngine
package import WenzeSemantics
package import WenzeSyntax

/// What an audit came to.
package struct AuditSummary: Sendable {
  package var counts: AuditCounts
  package var findings = FindingCounts()
  /// The first few violations of each rule over groups.
  package var groups: [ReportedFinding] = []
  /// What groups count in each period, where a report draws it.
  package var series: [PeriodSeries] = []
  /// What charts counted, where a report draws them.
  package var charts: [ChartTally] = []
  /// What became of the findings of a baseline; nil without one.
  package var baseline: BaselineCounts?
  /// Findings of the baseline that are no more.
  package var gone: [BaselineEntry] = []
  package let ruleSet: RuleSet

  package init(counts: AuditCounts = AuditCounts(), ruleSet: RuleSet) {
    self.counts = counts
    self.ruleSet = ruleSet
  }

  package struct BaselineCounts: Hashable, Sendable {
    package var new = 0
    package var reopened = 0
    package var known = 0
    package var gone = 0

    package init() {}
  }
}

/// Findings that nobody waived and no baseline knows, by rule.
package struct FindingCounts: Hashable, Sendable {
  package var violations: [Int: Int] = [:]
  package var undetermined: [Int: Int] = [:]

  package init() {}

  package mutating func count(_ finding: ReportedFinding) {
    guard finding.waiver == nil, finding.status != .known else { return }
    switch finding.verdict {
    case .violation: violations[finding.rule, default: 0] += 1
    case .undetermined: undetermined[finding.rule, default: 0] += 1
    case .compliant, .notApplicable: break
    }
  }

  package mutating func merge(_ other: FindingCounts) {
    violations.merge(other.violations, uniquingKeysWith: +)
    undetermined.merge(other.undetermined, uniquingKeysWith: +)
  }
}

extension AuditSummary {
  /// The verdicts of each code, in the order of codes.
  package var verdictsByCode: [(rule: Rule, counts: AuditCounts.VerdictCounts)] {
    var byCode: [String: (rule: Rule, counts: AuditCounts.VerdictCounts)] = [:]
    for number in counts.verdicts.keys.sorted() {
      guard let verdicts = counts.verdicts[number] else { continue }
      let rule = ruleSet.rules[number]
      byCode[rule.code, default: (rule, AuditCounts.VerdictCounts())].counts.add(verdicts)
    }
    return byCode.keys.sorted().compactMap { byCode[$0] }
  }

  package var total: AuditCounts.VerdictCounts {
    var total = AuditCounts.VerdictCounts()
    for counts in counts.verdicts.values { total.add(counts) }
    return total
  }

  /// Violations by severity.
  package func violations(of severity: Diagnostic.Severity) -> Int {
    counts.verdicts.reduce(0) { sum, entry in
      ruleSet.rules[entry.key].severity == severity ? sum + entry.value.violation : sum
    }
  }

  /// Whether an input could not be read, or a document is wrong.
  package var hasProblems: Bool {
    problemCount(of: .error) > 0
  }

  /// How many problems of inputs have a severity.
  package func problemCount(of severity: Diagnostic.Severity) -> Int {
    counts.problems.values.reduce(0) {
      $1.severity == severity.name.english ? $0 + $1.count : $0
    }
  }

  /// Whether there is a violation of that severity or a higher one, neither waived nor known.
  package func hasViolation(atLeast severity: Diagnostic.Severity) -> Bool {
    findings.violations.keys.contains { ruleSet.rules[$0].severity >= severity }
  }

  /// The facts that undetermined rules wait for most, with how often.
  package func mostMissing(in language: Language) -> [(fact: String, count: Int)] {
    counts.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
      .map { (name(ofFact: $0.key, in: language), $0.value) }
  }

  /// The facts that undetermined rules wait for, those that are missed most first.
  package var missingFacts: [(name: Bilingual, count: Int)] {
    counts.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { key, count in
        (Bilingual(name(ofFact: key, in: .chinese), name(ofFact: key, in: .english)), count)
      }
  }

  /// The path that ``AuditCounts/count(missing:of:)`` counted.
  private func name(ofFact key: String, in language: Language) -> String {
    let parts = key.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let dossier = Int(parts[0]), ruleSet.records.indices.contains(dossier)
    else { return key }
    let steps = parts[1].split(separator: ".").compactMap { Int($0) }
    if steps.isEmpty { return ruleSet.records[dossier].name[language] }
    return ruleSet.text(of: FieldPath(steps.map { .field($0) }), from: dossier, in: language)
  }

  /// What was counted, with the fields of JSON reports.
  package func json(for profile: MaskingProfile) -> JSONValue {
    let total = total
    var fields: [(String, JSONValue)] = [
      ("documents", profile.json(counts.documentCount)),
      ("unread_documents", profile.json(counts.unreadDocuments)),
      ("unread_files", profile.json(counts.unreadFiles)),
      ("violations", profile.json(total.violation)),
      ("undetermined", profile.json(total.undetermined)),
      ("compliant", profile.json(total.compliant)),
      ("not_applicable", profile.json(total.notApplicable)),
      ("errors", profile.json(violations(of: .error))),
      ("warnings", profile.json(violations(of: .warning))),
      ("notes", profile.json(violations(of: .note))), ("waived", profile.json(counts.waived)),
    ]
    if let baseline {
      fields.append(
        (
          "baseline",
          [
            "new": profile.json(baseline.new), "reopened": profile.json(baseline.reopened),
            "known": profile.json(baseline.known), "gone": profile.json(baseline.gone),
          ]
        ))
    }
    let rules = verdictsByCode.map { rule, counts -> JSONValue in
      [
        "rule": .text(rule.code), "violations": profile.json(counts.violation),
        "undetermined": profile.json(counts.undetermined),
        "compliant": profile.json(counts.compliant),
        "not_applicable": profile.json(counts.notApplicable),
      ]
    }
    fields.append(("rules", .array(rules)))
    return .object(fields)
  }
}
