package import WenzeEngine
package import WenzeInput
package import WenzeModel
package import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Judges documents by two rule sets, and tells which verdicts are others.
///
/// Rules of which nothing is another, over documents of which nothing is read otherwise, give the
/// same verdicts and are not asked.
package struct DiffRun: Sendable {
  package var old: NamedRules
  package var new: NamedRules
  package var today: CalendarDate
  /// The codes to ask; nil: all.
  package var only: Set<String>?
  package var skip: Set<String> = []
  package var asComplete = false
  package var limits = ReadingLimits()
  package var zone = ZoneOffset.china
  package var profile = MaskingProfile.submit
  /// How many batches are judged at a time.
  package var jobs = 1
  /// How many examples are kept of each transition of each code.
  package var exampleCount = 3
  /// Whether rules are asked too of which nothing is another.
  package var asksAll = false

  package init(from old: NamedRules, to new: NamedRules, today: CalendarDate) {
    self.old = old
    self.new = new
    self.today = today
  }

  /// Compares over files, and files in folders, in the order of their paths.
  package nonisolated(nonsending) func report(on paths: [String]) async throws -> DiffReport {
    let comparison = RuleSetComparison(from: old.rules.ruleSet, to: new.rules.ruleSet)
    // An example is a document.
    var run = self
    if profile.isPublic { run.exampleCount = 0 }
    let worker = DiffWorker(run, codes: codes(among: comparison))
    let batches = DocumentBatches(paths: paths, limits: limits)
    var whole = worker.emptyPart
    try await inOrder(
      jobs: jobs, next: { batches.next() }, work: { worker.part(of: $0) },
      take: { whole.merge($0) })
    await compareGroups(of: &whole, worker)
    return report(on: whole, comparison)
  }

  /// The codes of which a verdict may be another.
  private func codes(among comparison: RuleSetComparison) -> Set<String> {
    var codes =
      asksAll
      ? Set(old.rules.ruleSet.codes + new.rules.ruleSet.codes) : comparison.deciding
    if let only { codes.formIntersection(only) }
    return codes.subtracting(skip)
  }

  private nonisolated(nonsending) func compareGroups(
    of whole: inout DiffPart, _ worker: DiffWorker
  ) async {
    let (old, new) = (whole.oldGroups, whole.newGroups)
    let rules = worker.groupRules(old, new)
    let tallies = await withTaskGroup(of: (Int, VerdictTally).self) { tasks in
      var tallies: [Int: VerdictTally] = [:]
      for (number, rules) in rules.enumerated() {
        if number >= jobs, let (done, tally) = await tasks.next() { tallies[done] = tally }
        tasks.addTask { (number, worker.tally(of: rules, old, new)) }
      }
      for await (done, tally) in tasks { tallies[done] = tally }
      return tallies
    }
    for (_, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      whole.changedGroups += tally.count
      whole.tally.merge(tally)
    }
  }

  private func report(on part: DiffPart, _ comparison: RuleSetComparison) -> DiffReport {
    var names: [String: Bilingual] = [:]
    for rule in old.rules.ruleSet.rules + new.rules.ruleSet.rules { names[rule.code] = rule.name }
    var report = DiffReport(
      toolVersion: wenzeVersion, old: old.side, new: new.side, today: today,
      changes: comparison.changes.filter { asks($0.key) }, names: names, tally: part.tally,
      counts: part.counts, changedDocuments: part.changedDocuments,
      changedGroups: part.changedGroups, unread: part.unread,
      unreadCounts: part.unreadCounts)
    report.profile = profile
    if profile.isPublic { report.unread = [] }
    return report
  }

  private func asks(_ code: String) -> Bool {
    !skip.contains(code) && only?.contains(code) ?? true
  }
}

/// A rule set under the name by which the user asked for it.
package struct NamedRules: Sendable {
  package var name: String
  package var rules: LoadedRules

  package init(_ name: String, _ rules: LoadedRules) {
    self.name = name
    self.rules = rules
  }

  fileprivate var side: DiffReport.Side {
    DiffReport.Side(
      name: name, digest: rules.digest,
      packs: rules.ruleSet.packs.map { ($0.name, $0.version) })
  }
}
