import Synchronization
import Wenze
import WenzeEngine
import WenzeModel
import WenzeSemantics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers the stretches of a file for whoever asks next.
final class Tickets: Sendable {
  private let next = Atomic<Int>(0)

  func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
}

/// The rules of a pack, or those inside the executable for `-`, and their form over columns.
func compiledRules(
  _ pack: String, _ options: CheckOptions
) -> (rules: LoadedRules, program: ColumnProgram)? {
  let rules = pack == "-" ? LoadedRules() : LoadedRules(folders: [pack], usesBuiltIn: false)
  let dossiers = rules.ruleSet.records.indices.filter { rules.ruleSet.records[$0].dossier != nil }
  return rules.ruleSet.preferredDossier(among: dossiers).map { dossier in
    (rules, ColumnProgram.compiling(rules.ruleSet, dossier: dossier, options: options))
  }
}

/// Counts the verdicts of packs on an archive of lines of JSON, end to end, and prints the rate.
///
/// Usage: `WenzeBenchmark archive FILE PACK JOBS [CODE…]`; `-` for the packs inside the executable, and
/// all rules where no codes are given. Rules over groups are judged too.
func measureArchive(_ arguments: [String]) async {
  guard arguments.count >= 3, let jobs = Int(arguments[2]), jobs > 0,
    let today = CalendarDate(year: 2026, month: 11, day: 21)
  else { return print("usage: WenzeBenchmark archive FILE PACK JOBS [CODE…]") }
  let codes = arguments.count > 3 ? Set(arguments[3...]) : nil
  let options = CheckOptions(today: today, only: codes)
  guard let (rules, program) = compiledRules(arguments[1], options) else {
    return print("no dossier")
  }
  let descriptor = open(arguments[0], O_RDONLY)
  guard descriptor >= 0 else { return print("cannot read \(arguments[0])") }
  let size = Int(lseek(descriptor, 0, SEEK_END))
  let stride = 2 << 20
  let tickets = Tickets()
  let clock = ContinuousClock()
  let start = clock.now
  var total: [Int: [Verdict: Int]] = [:]
  var (documents, unread) = (0, 0)
  var groups = GroupRun(ruleSet: rules.ruleSet, options: options)
  await withTaskGroup { group in
    for _ in 0..<jobs {
      group.addTask {
        var judge = LineJudge(
          program, asComplete: false, textLimit: 1 << 20, documentLimit: 16 << 20, depthLimit: 64)
        var groups = GroupRun(ruleSet: rules.ruleSet, options: options)
        var counts: [Int: [Verdict: Int]] = [:]
        var (documents, unread) = (0, 0)
        let room = stride + (1 << 20)
        let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: room + ColumnReader.padding)
        defer { buffer.deallocate() }
        while true {
          let place = tickets.take() * stride
          guard place < size else { break }
          let from = max(place - 1, 0)
          let got = pread(descriptor, buffer, min(room, size - from), off_t(from))
          guard got > 0 else { break }
          (buffer + got).update(repeating: 0, count: ColumnReader.padding)
          // A stretch begins behind the first line feed and ends behind that of the next.
          func lineEnd(_ offset: Int) -> Int {
            guard offset < got else { return got }
            let found = memchr(buffer + offset, 0x0A, got - offset)
            return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(buffer) + 1 } ?? got
          }
          let begin = place == 0 ? 0 : lineEnd(0)
          let end = lineEnd(stride - (place == 0 ? 1 : 0))
          guard begin < end else { continue }
          // What stands behind belongs to the next stretch, and readers ask for zeros there.
          (buffer + end).update(
            repeating: 0, count: min(ColumnReader.padding, got + ColumnReader.padding - end))
          let text = UnsafeBufferPointer(start: buffer + begin, count: end - begin)
          guard
            let result = judge.judge(
              text, at: LineJudge.Place(path: arguments[0], firstLine: 1),
              listsUndetermined: false, collecting: &groups)
          else { continue }
          documents += result.lines.count
          unread += result.unread.count
          for (rule, own) in result.findings.counts {
            counts[rule, default: [:]].merge(own, uniquingKeysWith: +)
          }
        }
        return (counts, documents, unread, groups)
      }
    }
    for await (counts, read, left, collected) in group {
      if documents == 0 { groups = collected } else { groups.merge(collected) }
      documents += read
      unread += left
      for (rule, own) in counts { total[rule, default: [:]].merge(own, uniquingKeysWith: +) }
    }
  }
  for rule in groups.rules {
    _ = groups.findings(of: rule) { verdict in
      total[rule, default: [:]][verdict, default: 0] += 1
      return verdict == .violation
    }
  }
  let time = start.duration(to: clock.now)
  let seconds = Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
  for (rule, counts) in total.sorted(by: { $0.key < $1.key }) {
    print(
      rules.ruleSet.rules[rule].code, counts[.compliant] ?? 0, counts[.violation] ?? 0,
      counts[.undetermined] ?? 0)
  }
  print("\(documents) cases, \(unread) lines left, \(program.interpreted.count) rules left")
  print("\(seconds) s, \(Int(Double(documents) / seconds)) cases/s")
}
