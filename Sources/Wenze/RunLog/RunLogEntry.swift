package import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// A run as the log of runs keeps it: what was asked of which rules and inputs, and what came of it.
package struct RunLogEntry: Sendable {
  /// When it ended, in UTC: `2026-01-31T08:00:00Z`.
  package var time: String
  package var ruleDigest: String
  package var run: RunRecord?
  package var inputs: [Input]
  package var counts: Counts
  package var exitStatus: Int
  package var reports: [Report]

  package struct Input: Hashable, Sendable, Codable {
    package var path: String
    /// Nil for what is not there any more, such as standard input that was streamed.
    package var digest: String?

    package init(path: String, digest: String?) {
      self.path = path
      self.digest = digest
    }
  }

  package struct Counts: Hashable, Sendable, Codable {
    package var documents: Int
    package var violations: Int
    package var undetermined: Int
    package var waived: Int
    /// Errors in the inputs.
    package var problems: Int

    package init(
      documents: Int, violations: Int, undetermined: Int, waived: Int, problems: Int
    ) {
      self.documents = documents
      self.violations = violations
      self.undetermined = undetermined
      self.waived = waived
      self.problems = problems
    }
  }

  /// Something that the run wrote.
  package struct Report: Hashable, Sendable, Codable {
    package var format: String
    /// `-` is standard output.
    package var path: String
    package var digest: String

    package init(format: String, path: String, digest: String) {
      self.format = format
      self.path = path
      self.digest = digest
    }
  }

  package init(
    time: String, ruleDigest: String, run: RunRecord?, inputs: [Input], counts: Counts,
    exitStatus: Int32, reports: [Report]
  ) {
    self.time = time
    self.ruleDigest = ruleDigest
    self.run = run
    self.inputs = inputs
    self.counts = counts
    self.exitStatus = Int(exitStatus)
    self.reports = reports
  }
}

extension RunLogEntry {
  /// What a check came to.
  package init(of report: CheckReport, at time: String, exitStatus: Int32, reports: [Report]) {
    let summary = report.summary
    self.init(
      time: time, ruleDigest: report.ruleDigest, run: report.run,
      inputs: report.files.map { Input(path: $0.source.path, digest: $0.digest) },
      counts: Counts(
        documents: summary.documents, violations: summary.violations,
        undetermined: summary.undetermined, waived: summary.waived,
        problems: report.errorCount), exitStatus: exitStatus, reports: reports)
  }

  /// What an audit came to.
  package init(
    of summary: AuditSummary, _ context: ReportContext, at time: String, exitStatus: Int32,
    reports: [Report]
  ) {
    let total = summary.total
    self.init(
      time: time, ruleDigest: context.ruleDigest, run: context.run,
      inputs: summary.counts.inputs.map { Input(path: $0.path, digest: $0.digest) },
      counts: Counts(
        documents: summary.counts.documentCount, violations: total.violation,
        undetermined: total.undetermined, waived: summary.counts.waived,
        problems: summary.problemCount(of: .error)), exitStatus: exitStatus, reports: reports)
  }
}

// MARK: - Lines

extension RunLogEntry {
  /// What stands in the place of the hash of a line before the first.
  package static let noHash = "sha256:" + String(repeating: "0", count: 64)

  /// The line of the entry, with a line break at its end, and the hash that is in it.
  ///
  /// The hash is that of the line without it, byte for byte, so that whoever has SHA-256 can check
  /// the log.
  package func line(number: Int, after previous: String) -> (text: String, hash: String) {
    let counts: JSONValue = [
      "documents": .integer(counts.documents), "violations": .integer(counts.violations),
      "undetermined": .integer(counts.undetermined), "waived": .integer(counts.waived),
      "problems": .integer(counts.problems),
    ]
    let body = JSONValue.object([
      ("schema", 1), ("sequence", .integer(number)), ("time", .text(time)),
      ("tool", ["name": "wenze", "version": .text(wenzeVersion)]), ("rules", .text(ruleDigest)),
      ("run", run?.whole ?? .null),
      (
        "inputs",
        .array(
          inputs.map { input in
            let digest = input.digest.map { JSONValue.text($0) }
            return ["path": .text(input.path), "digest": digest ?? .null]
          })
      ),
      ("counts", counts), ("exit_status", .integer(exitStatus)),
      (
        "reports",
        .array(
          reports.map {
            ["format": .text($0.format), "path": .text($0.path), "digest": .text($0.digest)]
          })
      ),
      ("previous", .text(previous)),
    ]).line
    let hash = digest(of: Array(body.utf8))
    return (body.dropLast() + ",\"hash\":\"\(hash)\"}\n", hash)
  }
}
