import WenzeEngine
import WenzeInput
import WenzeModel
package import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Makes the run of a report again, and compares what both found.
package struct ReplayRun: Sendable {
  package var report: RecordedReport
  /// How many batches of an audit are judged at a time.
  package var jobs = 1

  package init(of report: RecordedReport) {
    self.report = report
  }

  /// The rules that the report was made with, from the same places, as they are now.
  package func currentRules() -> LoadedRules {
    let rules = report.run.rules
    return LoadedRules(
      folders: rules.folders, usesBuiltIn: rules.builtIn, withTests: rules.tests,
      parameters: parameters)
  }

  var parameters: [(name: String, value: String)] {
    report.run.rules.parameters.map { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  /// Runs again under rules that were loaded.
  package nonisolated(nonsending) func outcome(
    under rules: LoadedRules, revision: String? = nil
  ) async throws -> ReplayOutcome {
    guard let run = report.run.run(of: rules) else {
      throw ReplayError(
        "报告的运行日期不对：\(report.run.asOf)", "the date of the run is wrong: \(report.run.asOf)")
    }
    try verifyInputs()
    let text =
      switch report.run.command {
      // A draft is no report, but what it rests on is that of a check.
      case .check, .draft: check(run)
      case .audit: try await audit(run)
      }
    guard let findings = RecordedReport.Findings(inReport: Array(text.utf8)) else {
      throw ReplayError("重新运行没有得到结论", "the new run gave no findings")
    }
    return ReplayOutcome(
      report: report.path, recordedVersion: report.toolVersion, version: wenzeVersion,
      recordedDigest: report.ruleDigest, digest: rules.digest, revision: revision,
      inputCount: report.inputs.count, findingCount: report.findings.elements.count,
      newCount: findings.elements.count,
      differences: report.findings.differences(from: findings))
  }

  /// That the inputs are what they were.
  private func verifyInputs() throws(ReplayError) {
    for input in report.inputs {
      guard let stated = input.digest, input.path != "-" else {
        throw ReplayError(
          "报告没有写明输入“\(input.path)”的摘要，或者它是标准输入，不能重放",
          "the input `\(input.path)` cannot be replayed: it is standard input, or the report does not state its digest"
        )
      }
      try verify(input.path, stated)
    }
    if let baseline = report.run.baseline { try verify(baseline.path, baseline.digest) }
  }

  private func verify(_ path: String, _ stated: String) throws(ReplayError) {
    guard let found = try? digest(ofFile: path) else {
      throw ReplayError("没有找到输入“\(path)”", "the input `\(path)` is not there")
    }
    guard found == stated else {
      throw ReplayError(
        "输入“\(path)”已经不是报告所检查的内容（\(found)，报告写的是 \(stated)）",
        "the input `\(path)` is not what the report is about (\(found), and the report states \(stated))"
      )
    }
  }

  private func check(_ run: CheckRun) -> String {
    let record = report.run
    return run.report(
      on: report.inputs.map(\.path),
      options: ReportOptions(
        language: .chinese, profile: record.profile, showsUndetermined: record.undetermined,
        showsAllVerdicts: record.allVerdicts)
    )
    .json
  }

  private nonisolated(nonsending) func audit(_ check: CheckRun) async throws -> String {
    var run = AuditRun(check: check)
    run.jobs = jobs
    run.options.showsUndetermined = report.run.undetermined
    run.options.profile = report.run.profile
    if let baseline = report.run.baseline {
      run.baseline = try Baseline(
        text: try loadFile(path: baseline.path).source.text, path: baseline.path)
    }
    let sink = TextSink()
    _ = try await run.audit(
      report.inputs.map(\.path),
      outputs: [AuditOutput(format: JSONFormat(run.context(language: .chinese)), sink: sink)])
    return sink.text
  }
}

/// A report that stays in memory.
private final class TextSink: ReportSink {
  private(set) var text = ""
  private var held = ""

  func write(_ text: String) {
    self.text += text
  }

  func hold(_ text: String) {
    held += text
  }

  func writeHeld() {
    text += held
    held = ""
  }
}

extension RecordedReport.Findings {
  /// What the two do not have in common.
  func differences(from other: Self) -> [ReplayOutcome.Difference] {
    // Most often every byte is the same.
    if slices.bytes[whole] == other.slices.bytes[other.whole] { return [] }
    var counts: [String: Int] = [:]
    for element in elements { counts[slices.text(of: element), default: 0] += 1 }
    var added: [Range<Int>] = []
    for element in other.elements {
      let text = other.slices.text(of: element)
      if let count = counts[text], count > 0 {
        counts[text] = count - 1
      } else {
        added.append(element)
      }
    }
    // Of those that are left, as many as there are of each, from the first on.
    var removed: [Range<Int>] = []
    for element in elements.reversed() {
      let text = slices.text(of: element)
      if let count = counts[text], count > 0 {
        counts[text] = count - 1
        removed.append(element)
      }
    }
    removed.reverse()
    if removed.isEmpty, added.isEmpty { return [.order] }
    return removed.map { .gone(rule: slices.code(of: $0), text: slices.indented($0)) }
      + added.map { .added(rule: other.slices.code(of: $0), text: other.slices.indented($0)) }
  }
}

extension JSONSlices {
  /// The code of the rule of a finding.
  fileprivate func code(of finding: Range<Int>) -> String {
    guard let rule = fields(in: finding)?["rule"] else { return "?" }
    return String(text(of: rule).dropFirst().dropLast())
  }
}
