package import WenzeEngine
package import WenzeSemantics
package import WenzeSyntax

/// A way to write the report of a check or an audit, as a stream: a head, the findings, what is
/// wrong with inputs, and a tail with what was counted.
///
/// A new format is one file with a type that says what it is called, and its line in
/// ``reportFormats``.
package protocol ReportFormat: Sendable {
  /// What users call it.
  static var name: String { get }

  init(_ context: ReportContext)

  var head: String { get }

  /// What stands between two findings, and between two problems.
  var separator: String { get }

  /// What stands between findings and problems; where it is empty, problems go on like findings.
  var middle: String { get }

  /// The text of a finding; nil if the format does not list findings.
  func text(of finding: ReportedFinding) -> String?

  /// The text of something wrong with an input; nil if the format does not list these.
  func text(of problem: ReportedProblem) -> String?

  func tail(_ summary: AuditSummary) -> String

  /// Whether the report names the digests of its inputs.
  static var digestsInputs: Bool { get }

  /// Whether the summary stands before the findings, as ``opening(_:leftOut:)``; those wait until
  /// it is known, and are listed as far as there is ``ListingRoom``.
  static var opensWithSummary: Bool { get }

  /// Whether the report shows what charts count.
  static var showsCharts: Bool { get }

  /// What stands between the head and the findings.
  func opening(_ summary: AuditSummary, leftOut: Int) -> String
}

extension ReportFormat {
  package var head: String { "" }
  package var separator: String { "" }
  package var middle: String { "" }
  package func text(of finding: ReportedFinding) -> String? { nil }
  package func text(of problem: ReportedProblem) -> String? { nil }
  package func tail(_ summary: AuditSummary) -> String { "" }
  package static var digestsInputs: Bool { false }
  package static var opensWithSummary: Bool { false }
  package static var showsCharts: Bool { false }
  package func opening(_ summary: AuditSummary, leftOut: Int) -> String { "" }
}

/// The formats that there are.
package let reportFormats: [any ReportFormat.Type] = [
  TextFormat.self, JSONLinesFormat.self, JSONFormat.self, CSVFormat.self, MarkdownFormat.self,
  SARIFFormat.self, JUnitFormat.self, GitHubFormat.self, GitLabFormat.self, HTMLFormat.self,
]

/// What every report of a run knows before the first document is read.
package struct ReportContext: Sendable {
  package var toolVersion: String
  package var ruleSet: RuleSet
  package var ruleDigest: String
  package var language: Language
  /// Whether formats for readers list each finding, as for a few files, or only sum them up.
  package var listsFindings = false
  /// The exit status of the program, where a report can hold it.
  package var exitStatus: (@Sendable (AuditSummary) -> Int32)?
  /// For whom the report is written.
  package var profile = MaskingProfile.submit
  /// How the run is made, where the report can say so.
  package var run: RunRecord?

  package init(toolVersion: String, ruleSet: RuleSet, ruleDigest: String, language: Language) {
    self.toolVersion = toolVersion
    self.ruleSet = ruleSet
    self.ruleDigest = ruleDigest
    self.language = language
  }

  func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }
}
