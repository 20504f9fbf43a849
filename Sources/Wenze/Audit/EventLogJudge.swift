import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Judges traces of event logs over columns, and what it finds, or cannot read so, with the
/// interpreter; batches of anything else it leaves to another judge.
struct EventLogJudge: BatchJudge {
  private let run: CheckRun
  private let options: FindingOptions
  private let others: any BatchJudge
  private let program: ColumnProgram
  private let noGroups: GroupRun

  /// - Returns: nil where a rule about event logs has no form over columns, or asks for all of a
  ///   trace.
  init?(run: CheckRun, options: FindingOptions, others: any BatchJudge) {
    let ruleSet = run.rules.ruleSet
    noGroups = GroupRun(ruleSet: ruleSet, options: run.options)
    guard !run.asComplete, let dossier = ruleSet.dossier(named: eventLogDossier),
      !noGroups.takes(dossier)
    else { return nil }
    program = ColumnProgram.compiling(ruleSet, dossier: dossier, options: run.options)
    guard program.interpreted.isEmpty,
      TraceReader(program, zone: run.zone, textLimit: 0, documentLimit: 0) != nil
    else { return nil }
    self.run = run
    self.options = options
    self.others = others
  }

  func part(of batch: InputBatch) -> AuditPart {
    guard batch.format == .xes, !batch.isTooLong, batch.problem == nil,
      var reader = TraceReader(
        program, zone: run.zone, textLimit: run.limits.textBytes,
        documentLimit: run.limits.documentBytes)
    else { return others.part(of: batch) }
    let padded = batch.bytes + [UInt8](repeating: 0, count: ColumnReader.padding)
    let traces = padded.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[..<batch.bytes.count])
      return isUTF8(text) ? reader.read(text) : nil
    }
    guard let traces else { return others.part(of: batch) }
    let findings = program.findings(
      in: reader.takeBatch(), listsUndetermined: options.showsUndetermined)
    return part(of: traces, findings, in: batch) ?? others.part(of: batch)
  }

  /// Nil where something is to be told of how a trace is written.
  private func part(
    of traces: [TraceReader.Trace], _ findings: ColumnFindings, in batch: InputBatch
  ) -> AuditPart? {
    var part = AuditPart(groups: noGroups)
    part.counts.inputs = [AuditCounts.InputCount(path: batch.path, documents: traces.count)]
    part.counts.documents[program.dossier] = traces.count
    for (rule, counts) in findings.counts {
      for (verdict, count) in counts where count > 0 {
        part.counts.count(verdict, of: rule, times: count)
      }
    }
    var source: Source?
    var row = 0
    for trace in traces {
      let codes = trace.isRead ? findings.codes(at: row) : []
      if trace.isRead { row += 1 }
      guard !trace.isRead || !codes.isEmpty else { continue }
      let whole =
        source
        ?? Source(
          path: batch.path, text: String(decoding: batch.bytes, as: UTF8.self),
          firstLine: batch.firstLine)
      source = whole
      guard let document = document(in: whole, trace.range) else { return nil }
      if trace.isRead {
        var asked = run.options
        asked.only = codes
        part.addFindings(
          of: run.rules.ruleSet.check(document, options: asked), in: whole, run.rules.ruleSet,
          options)
      } else {
        let result = run.rules.ruleSet.check(document, options: run.options)
        guard result.diagnostics.isEmpty else { return nil }
        part.add(result, in: whole, run.rules.ruleSet, options)
      }
    }
    return part
  }

  /// The document that a trace is, if nothing is wrong with it.
  private func document(in source: Source, _ range: Range<Int>) -> Document? {
    let (documents, diagnostics) = readXES(source, in: range, limits: run.limits, zone: run.zone)
    guard documents.count == 1, diagnostics.isEmpty else { return nil }
    let (document, problems) = run.rules.ruleSet.decode(documents[0], asComplete: false)
    return problems.isEmpty ? document : nil
  }
}
