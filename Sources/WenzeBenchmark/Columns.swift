import FoundationEssentials
import Wenze
import WenzeEngine
import WenzeModel
import WenzeSemantics

/// Counts the verdicts of packs on columns that are in memory already, and prints the best rate.
///
/// Usage: `WenzeBenchmark columns FILE PACK JOBS`; `-` for the packs inside the executable. Reading is
/// not timed, nor what rules over groups collect.
func measureColumns(_ arguments: [String]) async {
  guard arguments.count == 3, let jobs = Int(arguments[2]), jobs > 0,
    let today = CalendarDate(year: 2026, month: 11, day: 21)
  else { return print("usage: WenzeBenchmark columns FILE PACK JOBS") }
  guard let (rules, program) = compiledRules(arguments[1], CheckOptions(today: today)) else {
    return print("no dossier")
  }
  for size in [1_000, 4_000, 16_000, 64_000] {
    guard let batches = columnBatches(of: arguments[0], program, size: size) else {
      return print("cannot read \(arguments[0])")
    }
    let documents = batches.reduce(0) { $0 + $1.count }
    var best = Duration.seconds(1_000_000)
    var counts: [Int: [Verdict: Int]] = [:]
    for _ in 0..<10 {
      let start = ContinuousClock().now
      counts = await verdictCounts(of: batches, program, jobs: jobs)
      best = min(best, start.duration(to: ContinuousClock().now))
    }
    if size == 1_000 {
      for (rule, counts) in counts.sorted(by: { $0.key < $1.key }) {
        print(
          rules.ruleSet.rules[rule].code, counts[.compliant] ?? 0, counts[.violation] ?? 0,
          counts[.undetermined] ?? 0)
      }
    }
    let seconds = Double(best.components.attoseconds) / 1e18 + Double(best.components.seconds)
    print(
      "\(documents) cases in batches of \(size), \(jobs) threads: \(seconds) s, "
        + "\(Int(Double(documents) / seconds)) cases/s")
  }
}

private func verdictCounts(
  of batches: [ColumnBatch], _ program: ColumnProgram, jobs: Int
) async -> [Int: [Verdict: Int]] {
  let tickets = Tickets()
  return await withTaskGroup { group in
    for _ in 0..<jobs {
      group.addTask {
        let shifts = DayShifts()
        var counts: [Int: [Verdict: Int]] = [:]
        while true {
          let number = tickets.take()
          guard number < batches.count else { return counts }
          let findings = program.findings(
            in: batches[number], listsUndetermined: false, shifts: shifts)
          for (rule, own) in findings.counts {
            counts[rule, default: [:]].merge(own, uniquingKeysWith: +)
          }
        }
      }
    }
    var total: [Int: [Verdict: Int]] = [:]
    for await counts in group {
      for (rule, own) in counts { total[rule, default: [:]].merge(own, uniquingKeysWith: +) }
    }
    return total
  }
}

/// The documents of lines of JSON, so many to a batch.
private func columnBatches(
  of path: String, _ program: ColumnProgram, size: Int
) -> [ColumnBatch]? {
  guard let data = FileManager.default.contents(atPath: path) else { return nil }
  let text = Array(data) + [UInt8](repeating: 0, count: ColumnReader.padding)
  var reader = ColumnReader(program, asComplete: false, textLimit: 1 << 20, depthLimit: 64)
  var batches: [ColumnBatch] = []
  text.withUnsafeBufferPointer { text in
    var offset = 0
    while offset < data.count {
      let rest = text[offset..<data.count]
      let end = rest.firstIndex(of: 0x0A) ?? data.count
      _ = reader.read(UnsafeBufferPointer(rebasing: text[offset..<end]))
      if reader.count == size { batches.append(reader.takeBatch()) }
      offset = end + 1
    }
  }
  if reader.count > 0 { batches.append(reader.takeBatch()) }
  return batches
}
