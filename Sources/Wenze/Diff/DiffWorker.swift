import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Compares what two rule sets say of the documents of a batch.
struct DiffWorker: Sendable {
  let run: DiffRun
  let old: Side
  let new: Side
  /// What every part begins with.
  let emptyPart: DiffPart

  struct Side: Sendable {
    let ruleSet: RuleSet
    let plan: CheckPlan
    let today: CalendarDate
  }

  init(_ run: DiffRun, codes: Set<String>) {
    self.run = run
    let options = CheckOptions(today: run.today, only: codes)
    func side(_ rules: LoadedRules) -> Side {
      Side(ruleSet: rules.ruleSet, plan: CheckPlan(rules.ruleSet, options), today: run.today)
    }
    old = side(run.old.rules)
    new = side(run.new.rules)
    emptyPart = DiffPart(
      tally: VerdictTally(exampleCount: run.exampleCount),
      oldGroups: GroupRun(ruleSet: old.ruleSet, options: options),
      newGroups: GroupRun(ruleSet: new.ruleSet, options: options))
  }

  func part(of batch: AuditBatch) -> DiffPart {
    var part = emptyPart
    switch batch {
    case .input(let batch): add(batch, to: &part)
    case .unreadable(let error): part.report(error)
    case .partial: preconditionFailure("partial results hold no documents")
    }
    return part
  }

  private func add(_ batch: InputBatch, to part: inout DiffPart) {
    do throws(InputError) {
      let documents = try documents(of: batch, new.ruleSet.mappings)
      // What the columns of a ledger stand for is declared by packs.
      let before =
        batch.format.hasColumns && old.ruleSet.mappings != new.ruleSet.mappings
        ? try self.documents(of: batch, old.ruleSet.mappings) : documents
      add(before, documents, to: &part)
    } catch {
      part.report(error)
    }
  }

  private func documents(
    of batch: InputBatch, _ mappings: [LedgerMapping]
  ) throws(InputError) -> DocumentBatch {
    try batch.documents(limits: run.limits, mappings: mappings, zone: run.zone)
  }

  private func add(_ before: DocumentBatch, _ after: DocumentBatch, to part: inout DiffPart) {
    let source = after.source
    var newOnes = Dictionary(
      after.documents.map { ($0.body.range.start, $0) }, uniquingKeysWith: { first, _ in first })
    var diagnostics = after.diagnostics.map { run.profile(.numbers)($0) }
    var count = 0
    for written in before.documents {
      let (left, leftProblems) = old.ruleSet.decode(written, asComplete: run.asComplete)
      var right: Document?
      var rightProblems: [Diagnostic] = []
      if let other = newOnes.removeValue(forKey: written.body.range.start) {
        (right, rightProblems) = new.ruleSet.decode(other, asComplete: run.asComplete)
      }
      switch (left, right) {
      case (let left?, let right?):
        count += 1
        part.counts.documents[right.dossier, default: 0] += 1
        diagnostics += masked(rightProblems, of: written, new)
        compare(left, right, in: source, &part)
      case (nil, nil):
        part.counts.unreadDocuments += 1
        diagnostics += masked(rightProblems, of: written, new)
      case (nil, _):
        part.add(unread(byOld: true, written, leftProblems, source))
      case (_, nil):
        part.add(unread(byOld: false, written, rightProblems, source))
      }
    }
    for written in newOnes.values.sorted(by: { $0.body.range.start < $1.body.range.start }) {
      part.add(unread(byOld: true, written, before.diagnostics, source))
    }
    part.counts.inputs = [AuditCounts.InputCount(path: source.path, documents: count)]
    for diagnostic in diagnostics {
      part.counts.count(ReportedProblem(diagnostic, path: source.path, in: source))
    }
  }

  private func unread(
    byOld: Bool, _ document: WrittenDocument, _ problems: [Diagnostic], _ source: Source
  ) -> DiffReport.UnreadDocument {
    let problem = masked(problems, of: document, byOld ? old : new)
      .first { $0.severity == .error }
    let place = source.place(at: (problem?.range ?? document.body.range).start)
    return DiffReport.UnreadDocument(
      isUnreadByOld: byOld, path: source.path, line: place.line, cell: place.cell,
      message: problem?.message ?? Bilingual("没有读出这份文书", "the document was not read"))
  }

  /// Problems without the names in their document.
  private func masked(
    _ problems: [Diagnostic], of document: WrittenDocument, _ side: Side
  ) -> [Diagnostic] {
    guard !problems.isEmpty else { return [] }
    let mask = run.profile(side.plan.mask(ofUnsound: document))
    return problems.map { mask($0) }
  }

  // MARK: One document

  /// What a rule is asked about: the same under both rule sets whatever their fields are numbered.
  private struct Subject: Hashable {
    var code: String
    var element: String?
  }

  private func subject(_ verdict: RuleVerdict, _ side: Side) -> Subject {
    let dossier = side.ruleSet.rules[verdict.rule].dossier
    return Subject(
      code: verdict.code,
      element: verdict.element.map { side.ruleSet.text(of: $0, from: dossier, in: .english) })
  }

  private func compare(
    _ left: Document, _ right: Document, in source: Source, _ part: inout DiffPart
  ) {
    let reference = DocumentReference(right, in: source)
    part.oldGroups.add(left, at: reference)
    part.newGroups.add(right, at: reference)
    let before = old.plan.check(left, tellsUndetermined: false)
    let after = new.plan.check(right, tellsUndetermined: false)
    var newVerdicts: [Subject: RuleVerdict] = [:]
    for verdict in after.verdicts { newVerdicts[subject(verdict, new)] = verdict }
    let known = part.tally.count
    func add(_ code: String, _ former: RuleVerdict?, _ verdict: RuleVerdict?) {
      let transition = Transition(from: former?.verdict, to: verdict?.verdict)
      guard transition.isChange else { return }
      part.tally.add(transition, of: code) {
        example(reference, (before, former), (after, verdict))
      }
    }
    for verdict in before.verdicts {
      add(verdict.code, verdict, newVerdicts.removeValue(forKey: subject(verdict, old)))
    }
    for verdict in after.verdicts where newVerdicts[subject(verdict, new)] != nil {
      add(verdict.code, nil, verdict)
    }
    if part.tally.count > known { part.changedDocuments += 1 }
  }

  private func example(
    _ reference: DocumentReference, _ before: (result: DocumentResult, verdict: RuleVerdict?),
    _ after: (result: DocumentResult, verdict: RuleVerdict?)
  ) -> VerdictExample {
    var example = VerdictExample(
      path: reference.path, line: reference.line, cell: reference.place.cell)
    example.id = reference.id
    example.type = new.ruleSet.records[after.result.document.dossier].name
    example.old = before.verdict.map { why($0, of: before.result, old) }
    example.new = after.verdict.map { why($0, of: after.result, new) }
    let path = after.verdict ?? before.verdict
    let side = after.verdict == nil ? old : new
    example.element = path.flatMap { verdict in
      verdict.element.map { side.ruleSet.text(of: $0, fromRule: verdict.rule) }
    }
    return example
  }

  /// How many facts an example tells.
  private static let factCount = 3

  private func why(
    _ verdict: RuleVerdict, of result: DocumentResult, _ side: Side
  ) -> VerdictExample.Side {
    var told = VerdictExample.Side(verdict.verdict)
    let ruleSet = side.ruleSet
    let judgement = ruleSet.explain(verdict.code, in: result.document, today: side.today)
      .first {
        $0.rule == verdict.rule && $0.element == verdict.element && $0.verdict == verdict.verdict
      }
    guard let judgement else { return told }
    let mask = run.profile(result.mask)
    var evidence: [EvidenceFact] = []
    switch verdict.verdict {
    case .violation:
      told.message = mask(judgement.message)
      evidence = judgement.evidence
    case .undetermined:
      told.missing = judgement.missing.prefix(Self.factCount).map {
        ruleSet.text(of: $0, fromRule: verdict.rule)
      }
    case .compliant: evidence = judgement.requirement.evidence
    case .notApplicable: (told.reason, evidence) = judgement.whyNot(in: ruleSet)
    }
    told.facts = evidence.prefix(Self.factCount).map { fact in
      let value = fact.fact.value
      return VerdictExample.Fact(
        ruleSet.text(of: fact.path, fromRule: verdict.rule),
        value.isUnknown
          ? nil
          : mask(
            Bilingual(ruleSet.text(of: value, in: .chinese), ruleSet.text(of: value, in: .english)))
      )
    }
    return told
  }
}

extension DiffPart {
  /// Notes that a file, or the rest of it, could not be read.
  fileprivate mutating func report(_ error: InputError) {
    counts.unreadFiles += 1
    counts.count(ReportedProblem(error.diagnostic, path: error.path, in: nil))
  }
}

extension RuleSet {
  /// A path in a document of a rule's dossier, in both languages.
  func text(of path: FieldPath, fromRule rule: Int) -> Bilingual {
    let dossier = rules[rule].dossier
    return Bilingual(
      text(of: path, from: dossier, in: .chinese), text(of: path, from: dossier, in: .english))
  }
}

extension Judgement {
  /// Why the rule does not apply, with the facts that say so.
  fileprivate func whyNot(in ruleSet: RuleSet) -> (Bilingual?, [EvidenceFact]) {
    func written(_ part: Derivation) -> String {
      ruleSet.text(of: part.origin).split { $0.isWhitespace }.joined(separator: " ")
    }
    if law.value.truth == .no, let number = ruleSet.rules[rule].law {
      let law = Citation(law: number)
      return (
        Bilingual(
          ruleSet.text(of: law, in: .chinese) + "当时不施行",
          ruleSet.text(of: law, in: .english) + " was not in force"), self.law.evidence
      )
    }
    if let condition = applies.first(where: { $0.value.truth == .no }) {
      let text = written(condition)
      return (
        Bilingual("不属于“\(text)”", "`\(text)` does not hold"), condition.evidence
      )
    }
    if let exception = exceptions.first(where: { $0.value.truth == .yes }) {
      let text = written(exception)
      return (Bilingual("有例外“\(text)”", "the exception `\(text)` holds"), exception.evidence)
    }
    return (
      Bilingual("没有违反，是否适用不明", "not violated, whether or not it applies"), requirement.evidence
    )
  }
}
