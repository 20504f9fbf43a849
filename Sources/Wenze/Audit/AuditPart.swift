package import WenzeEngine
package import WenzeInput
package import WenzeReport
package import WenzeSemantics
package import WenzeSyntax

/// What an audit learns from one batch; parts merge in the order of their batches.
package struct AuditPart: Sendable {
  package var counts = AuditCounts()
  /// In the order of documents.
  package var findings: [ReportedFinding] = []
  package var problems: [ReportedProblem] = []
  package var groups: GroupRun
  /// What groups count in each period, once they are judged.
  package var series: [PeriodSeries] = []

  package init(groups: GroupRun) {
    self.groups = groups
  }

  /// Notes what is wrong with an input.
  package mutating func report(_ problem: ReportedProblem) {
    counts.count(problem)
    problems.append(problem)
  }
}

/// Turns batches into parts: where an audit judges.
///
/// Whatever a judge does to be quick, its parts are those of ``InterpretingJudge``. It is called
/// from many threads at once.
package protocol BatchJudge: Sendable {
  func part(of batch: InputBatch) -> AuditPart
}

/// Judges each document with the interpreter.
package struct InterpretingJudge: BatchJudge {
  private let run: CheckRun
  private let options: FindingOptions
  let plan: CheckPlan
  /// No documents: what every part begins with.
  private let noGroups: GroupRun

  package init(run: CheckRun, options: FindingOptions) {
    self.run = run
    self.options = options
    plan = CheckPlan(run.rules.ruleSet, run.options)
    noGroups = GroupRun(ruleSet: run.rules.ruleSet, options: run.options)
  }

  package func part(of batch: InputBatch) -> AuditPart {
    var part = AuditPart(groups: noGroups)
    do throws(InputError) {
      add(
        try batch.documents(
          limits: run.limits, mappings: run.rules.ruleSet.mappings, zone: run.zone),
        to: &part)
    } catch {
      part.report(error)
    }
    return part
  }

  private func add(_ batch: DocumentBatch, to part: inout AuditPart) {
    let source = batch.source
    let ruleSet = run.rules.ruleSet
    var diagnostics = batch.diagnostics.map { options.profile(.numbers)($0) }
    var count = 0
    for written in batch.documents {
      let (document, problems) = ruleSet.decode(written, asComplete: run.asComplete)
      guard let document else {
        diagnostics += problems.map { options.profile(plan.mask(ofUnsound: written))($0) }
        part.counts.unreadDocuments += 1
        continue
      }
      count += 1
      part.counts.documents[document.dossier, default: 0] += 1
      let result = plan.check(document, tellsUndetermined: options.showsUndetermined)
      diagnostics += (problems + result.diagnostics).map { options.profile(result.mask)($0) }
      part.add(result, in: source, ruleSet, options)
      part.groups.add(document, at: DocumentReference(document, in: source))
    }
    part.counts.inputs = [AuditCounts.InputCount(path: source.path, documents: count)]
    for diagnostic in diagnostics {
      part.report(ReportedProblem(diagnostic, path: source.path, in: source))
    }
  }
}

/// Which findings an audit puts into words, and how.
package struct FindingOptions: Sendable {
  package var showsUndetermined = false
  package var profile = MaskingProfile.submit
  /// Whether findings carry the digest of their facts.
  package var digestsFacts = false

  package init() {}
}

extension AuditPart {
  /// Adds what the rules say of one document.
  package mutating func add(
    _ result: DocumentResult, in source: Source, _ ruleSet: RuleSet, _ options: FindingOptions
  ) {
    for verdict in result.verdicts { counts.count(verdict.verdict, of: verdict.rule) }
    addFindings(of: result, in: source, ruleSet, options)
  }

  /// Adds what rules found in one document, and which facts those lack that could not tell.
  mutating func addFindings(
    of result: DocumentResult, in source: Source, _ ruleSet: RuleSet, _ options: FindingOptions
  ) {
    if options.showsUndetermined {
      for path in result.verdicts.flatMap(\.missing) {
        counts.count(missing: path, of: result.document.dossier)
      }
    }
    for finding in result.findings {
      if finding.verdict == .violation, finding.waiver != nil { counts.waived += 1 }
      guard options.showsUndetermined || finding.verdict == .violation else { continue }
      var reported = ReportedFinding(
        finding, of: result, in: source, ruleSet, profile: options.profile)
      if options.digestsFacts {
        reported.facts = factsDigest(of: finding, in: ruleSet)
      }
      findings.append(reported)
    }
  }

  /// Notes that a file, or the rest of it, could not be read.
  package mutating func report(_ error: InputError) {
    counts.unreadFiles += 1
    report(ReportedProblem(error.diagnostic, path: error.path, in: nil))
  }
}
