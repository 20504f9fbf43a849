import WenzeEngine
import WenzeReport
import WenzeSemantics

/// Adds up the results of an audit in their order, and writes its reports.
struct AuditCollector {
  private(set) var summary: AuditSummary
  private(set) var groups: GroupRun
  private(set) var met = MetEntries()
  private(set) var entries: Set<BaselineEntry> = []
  private(set) var byteCount = 0
  private var outputs: [AuditOutput]
  private var partial: PartialWriter?

  init(
    outputs: [AuditOutput], partial: PartialWriter?, ruleSet: RuleSet, groups: GroupRun
  ) {
    self.outputs = outputs
    self.partial = partial
    self.groups = groups
    summary = AuditSummary(ruleSet: ruleSet)
  }

  func begin() throws {
    for output in outputs { try output.begin() }
  }

  mutating func add(_ result: AuditWorker.Result) throws {
    byteCount += result.byteCount
    summary.counts.merge(result.counts)
    summary.findings.merge(result.findings)
    if let more = result.groups { groups.merge(more) }
    met.merge(result.met)
    entries.formUnion(result.entries)
    baseline.new += result.baseline.new
    baseline.reopened += result.baseline.reopened
    baseline.known += result.baseline.known
    // Nil once it is ended: what is found of groups is found anew where it is merged.
    if let lines = result.partial { try partial?.add(lines) }
    for (number, lines) in result.lines.enumerated() { try outputs[number].add(lines) }
  }

  private var baseline = AuditSummary.BaselineCounts()

  /// Ends the partial result, before groups are judged.
  mutating func endPartial() throws {
    try partial?.end(summary.counts, groups)
    partial = nil
  }

  /// How many violations of one rule over groups a summary tells.
  private static let keptGroups = 10

  /// Keeps the first few violations of each rule over groups for the summary.
  mutating func keepGroups(_ findings: [ReportedFinding]) {
    var kept: [Int: Int] = [:]
    for finding in findings where finding.verdict == .violation {
      guard kept[finding.rule, default: 0] < Self.keptGroups else { continue }
      kept[finding.rule, default: 0] += 1
      summary.groups.append(finding)
    }
  }

  /// Keeps what groups count in each period, one series for all rules with the same keys.
  mutating func setSeries(_ series: [PeriodSeries]) {
    summary.series = PeriodSeries.merged(series)
  }

  /// Keeps what charts counted.
  mutating func keepCharts() {
    summary.charts = groups.chartTallies
  }

  /// Notes what the baseline knew and the run did not find; without a baseline it is not called.
  mutating func setGone(_ gone: [BaselineEntry]) {
    baseline.gone = gone.count
    summary.baseline = baseline
    summary.gone = gone
  }

  /// Notes the digests of inputs, by path.
  mutating func setDigests(_ digests: [String: String]) {
    for index in summary.counts.inputs.indices {
      summary.counts.inputs[index].digest = digests[summary.counts.inputs[index].path]
    }
  }

  mutating func end() throws {
    for number in outputs.indices { try outputs[number].end(summary) }
  }
}
