import WenzeEngine
import WenzeInput
import WenzeModel
package import WenzeReport
import WenzeSemantics
package import WenzeSyntax

/// A run of the rules over a corpus of any size.
///
/// One task reads batches of bytes, others judge them, and what they find is written in the order
/// of the batches: reports have the same bytes however many there are, and none of the findings
/// stays in memory.
package struct AuditRun: Sendable {
  package var check: CheckRun
  package var options = FindingOptions()
  /// How many batches are judged at a time.
  package var jobs = 1
  package var baseline: Baseline?
  /// Whether the outcome holds the entries of a new baseline.
  package var makesBaseline = false
  /// Whether the outcome holds the digests of inputs, whatever reports ask for.
  package var digestsInputs = false

  package init(check: CheckRun) {
    self.check = check
  }

  /// The run that goes on from partial results, with the options of the first of them.
  package init(merging path: String, rules: LoadedRules) throws {
    let head = try PartialHead(path: path)
    let written = head.options
    guard let today = CalendarDate(code: written.today) else {
      throw AuditFileError.damaged(path, line: 1)
    }
    var limits = ReadingLimits()
    for name in ReadingLimits.Name.allCases {
      if let limit = written.limits[name.rawValue] { limits[name] = limit }
    }
    check = CheckRun(
      rules: rules,
      options: CheckOptions(
        today: today, only: written.only.map { Set($0) }, skip: Set(written.skip)),
      asComplete: written.complete, limits: limits, zone: ZoneOffset(minutes: written.zone))
    options.showsUndetermined = written.showsUndetermined
    options.profile = written.profile
  }

  /// What every report of the run knows before the first document is read.
  package func context(language: Language) -> ReportContext {
    var context = ReportContext(
      toolVersion: wenzeVersion, ruleSet: check.rules.ruleSet, ruleDigest: check.rules.digest,
      language: language)
    context.profile = options.profile
    context.run = RunRecord(
      .audit, check, showsUndetermined: options.showsUndetermined, profile: options.profile)
    return context
  }

  /// Audits files, and files in folders, in the order of their paths; what is written to `partial`
  /// can be merged with that of other inputs.
  package nonisolated(nonsending) func audit(
    _ paths: [String], outputs: [AuditOutput], partial: (any ReportSink)? = nil,
    progress: (AuditProgress) -> Void = { _ in }
  ) async throws -> AuditOutcome {
    try await audit(
      DocumentBatches(paths: paths, limits: check.limits), outputs,
      partial: partial.map { try PartialWriter(to: $0, head) }, progress: progress)
  }

  /// Merges partial results: gives what one run over all their inputs, in their order, gives.
  package nonisolated(nonsending) func merge(
    _ paths: [String], outputs: [AuditOutput], partial: (any ReportSink)? = nil,
    progress: (AuditProgress) -> Void = { _ in }
  ) async throws -> AuditOutcome {
    try await audit(
      PartialBatches(paths: paths, head: head), outputs,
      partial: partial.map { try PartialWriter(to: $0, head) }, progress: progress)
  }

  private var head: PartialHead {
    PartialHead(
      version: wenzeVersion, rules: check.rules.digest, options: PartialOptions(check, options))
  }

  private nonisolated(nonsending) func audit(
    _ batches: any AuditBatchSource, _ outputs: [AuditOutput], partial: PartialWriter?,
    progress: (AuditProgress) -> Void
  ) async throws -> AuditOutcome {
    var run = self
    // Partial results hold what charts count, whatever becomes of it.
    run.check.options.countsCharts =
      partial != nil || batches is PartialBatches
      || outputs.contains { type(of: $0.format).showsCharts }
    return try await run.audited(batches, outputs, partial: partial, progress: progress)
  }

  private nonisolated(nonsending) func audited(
    _ batches: any AuditBatchSource, _ outputs: [AuditOutput], partial: PartialWriter?,
    progress: (AuditProgress) -> Void
  ) async throws -> AuditOutcome {
    let worker = self.worker(formats: outputs.map(\.format), makesPartial: partial != nil)
    var collector = AuditCollector(
      outputs: outputs, partial: partial, ruleSet: check.rules.ruleSet, groups: worker.noGroups)
    try collector.begin()
    try await inOrder(
      jobs: jobs, next: { try batches.next() }, work: { try worker.result(of: $0) },
      take: { try collector.add($0) },
      progress: {
        progress(
          AuditProgress(
            bytes: collector.byteCount, totalBytes: batches.byteCount,
            documents: collector.summary.counts.documentCount))
      })
    // Of merged results, the partial ones state them.
    let asksForDigests =
      digestsInputs || partial != nil || outputs.contains { type(of: $0.format).digestsInputs }
    if batches is DocumentBatches, asksForDigests { try await addDigests(to: &collector) }
    return try await finish(&collector, worker)
  }

  private func worker(formats: [any ReportFormat], makesPartial: Bool) -> AuditWorker {
    var options = options
    if baseline != nil || makesBaseline || makesPartial { options.digestsFacts = true }
    let ruleSet = check.rules.ruleSet
    return AuditWorker(
      judge: judge(options), ruleSet: ruleSet,
      noGroups: GroupRun(ruleSet: ruleSet, options: check.options), formats: formats,
      baseline: baseline, makesBaseline: makesBaseline,
      makesPartial: makesPartial, profile: options.profile)
  }

  private func judge(_ options: FindingOptions) -> any BatchJudge {
    let judge: any BatchJudge =
      ColumnJudge(run: check, options: options) ?? InterpretingJudge(run: check, options: options)
    return EventLogJudge(run: check, options: options, others: judge) ?? judge
  }

  /// Judges the groups, compares with the baseline, and ends the reports.
  private nonisolated(nonsending) func finish(
    _ collector: inout AuditCollector, _ worker: AuditWorker
  ) async throws -> AuditOutcome {
    try collector.endPartial()
    let groups = await groupPart(of: collector.groups, worker)
    collector.keepGroups(groups.findings)
    collector.setSeries(groups.series)
    collector.keepCharts()
    try collector.add(worker.result(of: groups))
    if let baseline {
      let runs = Set(check.rules.ruleSet.rules.filter { check.options.runs($0) }.map(\.code))
      collector.setGone(
        baseline.gone(since: collector.met) { entry in
          runs.contains(entry.key.rule)
            && (entry.verdict == .violation || options.showsUndetermined)
        })
    }
    try collector.end()
    return AuditOutcome(summary: collector.summary, entries: collector.entries)
  }

  /// Reads the inputs once more for their digests, of which most reports have none.
  private nonisolated(nonsending) func addDigests(
    to collector: inout AuditCollector
  ) async throws {
    // Standard input is gone by now.
    var paths = collector.summary.counts.inputs.map(\.path).filter { $0 != "-" }[...]
    var digests: [String: String] = [:]
    try await inOrder(
      jobs: jobs, next: { paths.popFirst() }, work: { ($0, try? digest(ofFile: $0)) },
      take: { digests[$0.0] = $0.1 })
    collector.setDigests(digests)
  }

  /// What the rules say of the groups of the whole corpus.
  private nonisolated(nonsending) func groupPart(
    of groups: GroupRun, _ worker: AuditWorker
  ) async -> AuditPart {
    let parts = await withTaskGroup(of: (Int, AuditPart).self) { tasks in
      var parts: [Int: AuditPart] = [:]
      for (number, rule) in groups.rules.enumerated() {
        if number >= jobs, let (done, part) = await tasks.next() { parts[done] = part }
        tasks.addTask { (number, groupPart(of: groups, rule, worker)) }
      }
      for await (done, part) in tasks { parts[done] = part }
      return parts
    }
    var whole = AuditPart(groups: worker.noGroups)
    for (_, part) in parts.sorted(by: { $0.key < $1.key }) {
      whole.counts.merge(part.counts)
      whole.findings += part.findings
      whole.series += part.series
    }
    return whole
  }

  private func groupPart(
    of groups: GroupRun, _ rule: Int, _ worker: AuditWorker
  ) -> AuditPart {
    let ruleSet = check.rules.ruleSet
    var part = AuditPart(groups: worker.noGroups)
    func isListed(_ verdict: Verdict) -> Bool {
      verdict == .violation || verdict == .undetermined && options.showsUndetermined
    }
    let isDrawn = worker.formats.contains { type(of: $0).opensWithSummary }
    let isCounted = isDrawn && PeriodSeries.isCounted(by: ruleSet.rules[rule])
    let findings = groups.findings(of: rule) { verdict in
      part.counts.count(verdict, of: rule)
      return isCounted || isListed(verdict)
    }
    if isDrawn, let series = PeriodSeries(findings, of: ruleSet.rules[rule], in: ruleSet) {
      part.series = [series]
    }
    part.findings = findings.filter {
      isListed($0.verdict) && options.profile.shows($0)
    }
    .map { finding in
      var reported = ReportedFinding(finding, ruleSet, profile: options.profile)
      if baseline != nil || makesBaseline { reported.facts = factsDigest(of: finding, in: ruleSet) }
      return reported
    }
    return part
  }
}

/// How far an audit has come.
package struct AuditProgress: Sendable {
  package var bytes: Int
  /// Nil where only reading tells.
  package var totalBytes: Int?
  package var documents: Int
}

/// What an audit came to, with the entries of a new baseline if one was asked for.
package struct AuditOutcome: Sendable {
  package var summary: AuditSummary
  package var entries: Set<BaselineEntry>
}
