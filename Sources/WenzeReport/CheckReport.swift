package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// All that a run found, before it is written in any format.
package struct CheckReport: Sendable {
  package var toolVersion: String
  package var ruleSet: RuleSet
  /// The digest of the rule set's texts: `sha256:…`.
  package var ruleDigest: String
  package var files: [FileReport]
  /// What the rules over groups of documents say, every verdict.
  package var groups: [GroupFinding] = []
  /// What charts counted, where the run counts for them.
  package var charts: [ChartTally] = []
  /// What is wrong with the packs.
  package var ruleProblems: [LocatedDiagnostic]
  /// What is wrong with inputs that could not be read at all.
  package var inputProblems: [LocatedDiagnostic]
  package var options: ReportOptions
  /// How the run was made, where the report can say so.
  package var run: RunRecord?

  package init(
    toolVersion: String, ruleSet: RuleSet, ruleDigest: String, files: [FileReport],
    ruleProblems: [LocatedDiagnostic], inputProblems: [LocatedDiagnostic], options: ReportOptions
  ) {
    self.toolVersion = toolVersion
    self.ruleSet = ruleSet
    self.ruleDigest = ruleDigest
    self.files = files
    self.ruleProblems = ruleProblems
    self.inputProblems = inputProblems
    self.options = options
  }
}

/// How a report is written.
package struct ReportOptions: Sendable {
  package var language: Language
  package var isColored: Bool
  /// For whom it is written.
  package var profile: MaskingProfile
  package var showsUndetermined: Bool
  /// Whether compliant and inapplicable verdicts are listed too.
  package var showsAllVerdicts: Bool
  package var isQuiet: Bool
  /// The width of the terminal in columns; nil where there is none, so that lines are not broken.
  package var width: Int?
  /// Whether a text says what made it: in a file, which is handed on.
  package var hasFooter = false
  /// Whether workbooks are kept as they are, so that the report can be written into one.
  package var keepsWorkbooks = false

  package init(
    language: Language, isColored: Bool = false, profile: MaskingProfile = .submit,
    showsUndetermined: Bool = true, showsAllVerdicts: Bool = false, isQuiet: Bool = false,
    width: Int? = nil
  ) {
    self.language = language
    self.isColored = isColored
    self.profile = profile
    self.showsUndetermined = showsUndetermined
    self.showsAllVerdicts = showsAllVerdicts
    self.isQuiet = isQuiet
    self.width = width
  }
}

/// What was found in one file.
package struct FileReport: Sendable {
  package var source: Source
  /// The digest of its bytes: `sha256:…`.
  package var digest: String
  package var results: [DocumentResult]
  /// Masks the names of persons in documents that could not be checked, by where they stand.
  package var unsound: [(range: SourceRange, mask: NameMask)] = []
  /// What is wrong with the text, its fields or its waivers.
  package var diagnostics: [Diagnostic]
  /// The workbook that it is, where the report may be written into it.
  package var workbook: CheckedWorkbook?

  package init(
    source: Source, digest: String, results: [DocumentResult], diagnostics: [Diagnostic]
  ) {
    self.source = source
    self.digest = digest
    self.results = results
    self.diagnostics = diagnostics
  }
}

extension CheckReport {
  /// Whether rules or inputs could not be read or are wrong.
  package var hasProblems: Bool {
    errorCount > 0 || ruleProblems.contains { $0.diagnostic.severity == .error }
  }

  /// How many errors there are in the inputs.
  package var errorCount: Int {
    (inputProblems.map(\.diagnostic) + files.flatMap(\.diagnostics))
      .count { $0.severity == .error }
  }

  /// Whether a violation at or above a severity was found that nobody waived.
  package func hasViolation(atLeast severity: Diagnostic.Severity) -> Bool {
    files.flatMap(\.results).flatMap(\.findings)
      .contains {
        $0.verdict == .violation && $0.waiver == nil && ruleSet.rules[$0.rule].severity >= severity
      }
      || groups.contains {
        $0.verdict == .violation && ruleSet.rules[$0.rule].severity >= severity
      }
  }

  package var hasUndetermined: Bool {
    files.flatMap(\.results).flatMap(\.findings)
      .contains { $0.verdict == .undetermined && $0.waiver == nil }
      || groups.contains { $0.verdict == .undetermined }
  }

  package var summary: CheckSummary {
    var summary = CheckSummary()
    for result in files.flatMap(\.results) {
      summary.documents += 1
      for verdict in result.verdicts {
        switch verdict.verdict {
        case .violation, .undetermined: break
        case .compliant: summary.compliant += 1
        case .notApplicable: summary.notApplicable += 1
        }
      }
      summary.undetermined += result.findings.count { $0.verdict == .undetermined }
      for finding in result.findings where finding.verdict == .violation {
        summary.violations += 1
        if finding.waiver != nil { summary.waived += 1 }
        summary.count(ruleSet.rules[finding.rule].severity)
      }
    }
    for finding in groups {
      switch finding.verdict {
      case .violation:
        summary.violations += 1
        summary.count(ruleSet.rules[finding.rule].severity)
      case .undetermined: summary.undetermined += 1
      case .compliant: summary.compliant += 1
      case .notApplicable: summary.notApplicable += 1
      }
    }
    return summary
  }
}

/// The counts of a run.
package struct CheckSummary: Hashable, Sendable {
  package var documents = 0
  package var violations = 0
  package var undetermined = 0
  package var compliant = 0
  package var notApplicable = 0
  package var errors = 0
  package var warnings = 0
  package var notes = 0
  package var waived = 0

  fileprivate mutating func count(_ severity: Diagnostic.Severity) {
    switch severity {
    case .error: errors += 1
    case .warning: warnings += 1
    case .note: notes += 1
    }
  }
}
