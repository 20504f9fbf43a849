import Synchronization
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Judges lines of JSON over columns, and what it finds, or cannot read so, with the interpreter.
///
/// A document that something is found in is made a tree, and judged again by the rules that found
/// it, for the words, facts and places of the report; one that rules over groups ask for is too.
struct ColumnJudge: BatchJudge {
  private let run: CheckRun
  private let options: FindingOptions
  private let interpreting: InterpretingJudge
  private let program: ColumnProgram
  private let readers = Readers()
  private let noGroups: GroupRun

  /// - Returns: nil where a rule has no form over columns.
  init?(run: CheckRun, options: FindingOptions) {
    let ruleSet = run.rules.ruleSet
    let dossiers = ruleSet.records.indices.filter { ruleSet.records[$0].dossier != nil }
    guard let dossier = ruleSet.preferredDossier(among: dossiers) else { return nil }
    noGroups = GroupRun(ruleSet: ruleSet, options: run.options)
    program = ColumnProgram.compiling(ruleSet, dossier: dossier, options: run.options)
    guard program.interpreted.isEmpty else { return nil }
    self.run = run
    self.options = options
    interpreting = InterpretingJudge(run: run, options: options)
  }

  func part(of batch: InputBatch) -> AuditPart {
    guard batch.format == .jsonLines, !batch.isTooLong else {
      return interpreting.part(of: batch)
    }
    let reader = readers.take() ?? LineReader(program, run)
    defer { readers.give(reader) }
    let padded = batch.bytes + [UInt8](repeating: 0, count: ColumnReader.padding)
    var groups = noGroups
    let result = padded.withUnsafeBufferPointer { bytes in
      reader.judge.judge(
        UnsafeBufferPointer(rebasing: bytes[..<batch.bytes.count]),
        at: LineJudge.Place(path: batch.path, firstLine: batch.firstLine),
        listsUndetermined: options.showsUndetermined, collecting: &groups)
    }
    guard let result else { return interpreting.part(of: batch) }
    var part: AuditPart
    if result.unread.isEmpty {
      part = AuditPart(groups: noGroups)
      part.counts.inputs = [AuditCounts.InputCount(path: batch.path, documents: 0)]
    } else {
      part = interpreting.part(of: batch.keeping(result.unread.map(\.range)))
    }
    part.groups.merge(groups)
    add(result, of: batch, to: &part)
    return part
  }

  private func add(_ result: LineJudge.Result, of batch: InputBatch, to part: inout AuditPart) {
    if !result.lines.isEmpty {
      part.counts.documents[program.dossier, default: 0] += result.lines.count
    }
    if !part.counts.inputs.isEmpty { part.counts.inputs[0].documents += result.lines.count }
    for (rule, counts) in result.findings.counts {
      for (verdict, count) in counts where count > 0 {
        part.counts.count(verdict, of: rule, times: count)
      }
    }
    let asksForAll = !program.collects && noGroups.takes(program.dossier)
    let others = part.findings
    part.findings = []
    var decoder = LineDecoder(
      run.rules.ruleSet, dossier: program.dossier, asComplete: run.asComplete,
      textLimit: run.limits.textBytes, depthLimit: run.limits.depth)
    for (row, line) in result.lines.enumerated() {
      let codes = result.findings.codes(at: row)
      guard asksForAll || !codes.isEmpty else { continue }
      let text = String(decoding: batch.bytes[line.range], as: UTF8.self)
      let source = Source(
        path: batch.path, text: text, firstLine: batch.firstLine + line.number)
      guard let document = decoder.document(in: text) ?? self.document(in: source) else { continue }
      if asksForAll {
        part.groups.add(document, at: DocumentReference(document, in: source))
      }
      guard !codes.isEmpty else { continue }
      let result = interpreting.plan.check(
        document, only: codes, tellsUndetermined: options.showsUndetermined)
      part.addFindings(of: result, in: source, run.rules.ruleSet, options)
    }
    // In the order of the documents, whichever way they went.
    if !others.isEmpty {
      part.findings = (others + part.findings).enumerated()
        .sorted {
          ($0.element.document?.line ?? 0, $0.offset) < ($1.element.document?.line ?? 0, $1.offset)
        }
        .map(\.element)
    }
  }
}

extension ColumnJudge {
  /// The document of a line in which something is out of the ordinary.
  private func document(in line: Source) -> Document? {
    readJSONLines(line, limits: run.limits).documents.first.flatMap {
      run.rules.ruleSet.decode($0, asComplete: run.asComplete).document
    }
  }
}

/// Readers that wait for the next batch.
private final class Readers: Sendable {
  private let waiting = Mutex<[LineReader]>([])

  func take() -> LineReader? { waiting.withLock { $0.popLast() } }

  func give(_ reader: LineReader) { waiting.withLock { $0.append(reader) } }
}

/// A line judge that goes from thread to thread, never with two at once: ``Readers`` hands each out
/// to one batch at a time.
private final class LineReader: @unchecked Sendable {
  var judge: LineJudge

  init(_ program: ColumnProgram, _ run: CheckRun) {
    judge = LineJudge(
      program, asComplete: run.asComplete, textLimit: run.limits.textBytes,
      documentLimit: run.limits.documentBytes, depthLimit: run.limits.depth)
  }
}

extension InputBatch {
  /// The lines with nothing but some of them; the others are empty, so that numbers stay.
  fileprivate func keeping(_ ranges: [Range<Int>]) -> InputBatch {
    var kept = self
    kept.bytes = []
    var place = 0
    for range in ranges {
      for byte in bytes[place..<range.lowerBound] where byte == 0x0A { kept.bytes.append(byte) }
      kept.bytes += bytes[range]
      place = range.upperBound
    }
    for byte in bytes[place...] where byte == 0x0A { kept.bytes.append(byte) }
    return kept
  }
}
