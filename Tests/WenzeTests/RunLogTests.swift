import Testing
import Wenze

/// What becomes of a log of runs that somebody changed.
@Suite struct RunLogTests {
  /// A log of so many runs, a line each with its line break.
  private func lines(_ count: Int) -> [String] {
    var previous = RunLogEntry.noHash
    return (1...count).map { number in
      let entry = RunLogEntry(
        time: "2026-01-0\(number)T08:00:00Z", ruleDigest: "sha256:abc", run: nil,
        inputs: [RunLogEntry.Input(path: "案\(number).wz", digest: nil)],
        counts: RunLogEntry.Counts(
          documents: number, violations: 1, undetermined: 0, waived: 0, problems: 0),
        exitStatus: 1,
        reports: [RunLogEntry.Report(format: "json", path: "r.json", digest: "sha256:def")])
      let line = entry.line(number: number, after: previous)
      previous = line.hash
      return line.text
    }
  }

  private func log(_ lines: [String]) -> RunLog { RunLog(bytes: Array(lines.joined().utf8)) }

  private func problems(_ lines: [String]) -> [RunLogProblem] { log(lines).problems }

  @Test func anUnbrokenChain() {
    let log = log(lines(5))
    #expect(log.problems.isEmpty)
    #expect(log.lines.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(log.lines.map(\.counts.documents) == [1, 2, 3, 4, 5])
    #expect(RunLog(bytes: []).problems.isEmpty)
  }

  @Test func everyAlteredByteIsFound() {
    let lines = lines(3)
    let bytes = Array(lines.joined().utf8)
    let second = lines[0].utf8.count..<(lines[0] + lines[1]).utf8.count - 1
    for position in second {
      var altered = bytes
      altered[position] = altered[position] == 0x31 ? 0x32 : 0x31
      let found = RunLog(bytes: altered).problems.map(\.line)
      #expect(!found.isEmpty && found.allSatisfy { $0 == 2 || $0 == 3 }, "byte \(position)")
    }
  }

  @Test func anAlteredLineIsNamed() {
    var lines = lines(4)
    lines[1] = lines[1].replacing("\"violations\":1", with: "\"violations\":0")
    #expect(problems(lines) == [RunLogProblem(line: 2, .altered)])
    lines[1] = lines[1].replacing("\"sequence\":2", with: "\"sequence\":9")
    #expect(problems(lines) == [RunLogProblem(line: 2, .altered)])
  }

  @Test func aLineThatWasWrittenAnewIsFoundByTheNext() {
    var lines = lines(4)
    let other = RunLogEntry(
      time: "2026-01-02T08:00:00Z", ruleDigest: "sha256:abc", run: nil, inputs: [],
      counts: RunLogEntry.Counts(
        documents: 2, violations: 0, undetermined: 0, waived: 0, problems: 0),
      exitStatus: 0, reports: [])
    let previous = log([lines[0]]).lastHash ?? ""
    lines[1] = other.line(number: 2, after: previous).text
    #expect(problems(lines) == [RunLogProblem(line: 3, .unlinked)])
  }

  @Test func missingLinesAreNamed() {
    let lines = lines(5)
    #expect(problems([lines[0], lines[2]]) == [RunLogProblem(line: 2, .missing(from: 2, to: 2))])
    #expect(
      problems([lines[3], lines[4]]) == [RunLogProblem(line: 1, .missing(from: 1, to: 3))])
  }

  @Test func linesInAnotherOrderAreNamed() {
    let lines = lines(3)
    #expect(
      problems([lines[0], lines[2], lines[1]])
        == [
          RunLogProblem(line: 2, .missing(from: 2, to: 2)),
          RunLogProblem(line: 3, .outOfOrder(sequence: 2)),
        ])
    #expect(
      problems([lines[0], lines[1], lines[1], lines[2]])
        == [
          RunLogProblem(line: 3, .outOfOrder(sequence: 2))
        ])
  }

  @Test func aCutLineIsNamed() {
    let lines = lines(2)
    #expect(problems([lines[0], String(lines[1].dropLast())]) == [RunLogProblem(line: 2, .cut)])
    #expect(problems([lines[0], String(lines[1].prefix(40))]) == [RunLogProblem(line: 2, .cut)])
    #expect(
      problems([lines[0], "{}\n", lines[1]])
        == [
          RunLogProblem(line: 2, .unreadable), RunLogProblem(line: 3, .outOfOrder(sequence: 2)),
        ])
  }

  /// Nothing in a log tells that its last lines are gone, but a hash that was noted elsewhere does.
  @Test func aNotedHashTellsThatTheEndIsGone() throws {
    let lines = lines(4)
    let noted = try #require(log(lines).lastHash)
    #expect(log(lines).holds(noted))
    #expect(log(lines).holds(String(noted.dropFirst("sha256:".count).prefix(12))))
    #expect(log(Array(lines.dropLast())).problems.isEmpty)
    #expect(!log(Array(lines.dropLast())).holds(noted))
    #expect(!log(lines).holds(""))
  }
}
