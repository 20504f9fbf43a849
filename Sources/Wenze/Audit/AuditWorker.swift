import WenzeEngine
import WenzeReport
import WenzeSemantics

/// Does with one batch all that does not depend on the others.
struct AuditWorker: Sendable {
  var judge: any BatchJudge
  var ruleSet: RuleSet
  var noGroups: GroupRun
  var formats: [any ReportFormat]
  var baseline: Baseline?
  /// Whether a new baseline is made.
  var makesBaseline: Bool
  /// Whether a partial result is written.
  var makesPartial: Bool
  /// For whom reports are written.
  var profile: MaskingProfile

  /// What is left of a part once its findings are text.
  struct Result: Sendable {
    var byteCount = 0
    var counts: AuditCounts
    var groups: GroupRun?
    var findings = FindingCounts()
    var baseline = AuditSummary.BaselineCounts()
    var met = MetEntries()
    var entries: Set<BaselineEntry> = []
    /// For each report.
    var lines: [ReportLines] = []
    var partial: ReportLines?
  }

  func result(of batch: AuditBatch) throws -> Result {
    var result = try result(of: part(of: batch))
    result.byteCount = batch.byteCount
    return result
  }

  private func part(of batch: AuditBatch) throws -> AuditPart {
    switch batch {
    case .input(let batch): return judge.part(of: batch)
    case .unreadable(let error):
      var part = AuditPart(groups: noGroups)
      part.report(error)
      return part
    case .partial(let chunk): return try AuditPart(chunk, groups: noGroups, in: ruleSet)
    }
  }

  func result(of part: AuditPart) throws -> Result {
    var result = Result(counts: part.counts, groups: part.groups)
    if makesPartial { result.partial = try ReportLines(partialOf: part.findings, part.problems) }
    var findings = part.findings
    for index in findings.indices {
      if baseline != nil || makesBaseline {
        let entry = BaselineEntry(findings[index], in: ruleSet)
        if makesBaseline { result.entries.insert(entry) }
        if let baseline { findings[index].status = baseline.status(of: entry, &result) }
      }
      result.findings.count(findings[index])
    }
    let problems = part.problems.map { $0.published(profile) }
    result.lines = formats.map { ReportLines(of: findings, problems, in: $0) }
    return result
  }
}

extension Baseline {
  /// How a finding compares with those that are known, counted in a result.
  fileprivate func status(
    of entry: BaselineEntry, _ result: inout AuditWorker.Result
  ) -> BaselineStatus {
    let status = status(of: entry)
    switch status {
    case .new: result.baseline.new += 1
    case .reopened:
      result.baseline.reopened += 1
      result.met.reopened.insert(entry.key)
    case .known:
      result.baseline.known += 1
      result.met.known.insert(entry)
    }
    return status
  }
}
