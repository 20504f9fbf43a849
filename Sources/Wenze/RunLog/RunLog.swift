import FoundationEssentials
package import WenzeInput
package import WenzeReport
package import WenzeSyntax

/// The lines of a log of runs, each of which holds the hash of the one before.
package struct RunLog: Sendable {
  /// The lines that can be read, in their order.
  package private(set) var lines: [RunLogLine] = []
  package private(set) var problems: [RunLogProblem] = []

  /// Reads and checks a log.
  package init(bytes: [UInt8]) {
    var expected = (number: 1, previous: RunLogEntry.noHash)
    var start = 0
    var number = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let text = Array(bytes[start..<end])
      start = end + 1
      guard end < bytes.count else {
        problems.append(RunLogProblem(line: number, .cut))
        break
      }
      guard let line = RunLogLine(text, number: number) else {
        problems.append(RunLogProblem(line: number, .unreadable))
        expected.number += 1
        continue
      }
      if let kind = line.problem(after: expected) {
        problems.append(RunLogProblem(line: number, kind))
      }
      lines.append(line)
      // Of an altered line nothing is certain, not even its number.
      expected = ((line.isWhole ? line.sequence : expected.number) + 1, line.hash)
    }
  }

  /// Reads and checks the log in a file.
  package init(path: String) throws(InputError) {
    var bytes: [UInt8] = []
    try forEachChunk(ofFile: path) { bytes += $0 }
    self.init(bytes: bytes)
  }

  /// The hash of the last line, by which somebody who notes it can tell later that none was cut off.
  package var lastHash: String? { lines.last?.hash }

  /// Whether a line has a hash that was noted, or one that begins so.
  package func holds(_ noted: String) -> Bool {
    let noted = noted.hasPrefix("sha256:") ? noted : "sha256:" + noted
    return noted.utf8.count >= "sha256:".utf8.count + 8
      && lines.contains { $0.isWhole && $0.hash.hasPrefix(noted) }
  }
}

/// A line of a log of runs.
package struct RunLogLine: Sendable {
  package let sequence: Int
  package let time: String
  package let toolVersion: String
  package let ruleDigest: String
  package let run: RunRecord?
  package let inputs: [RunLogEntry.Input]
  package let counts: RunLogEntry.Counts
  package let exitStatus: Int
  package let reports: [RunLogEntry.Report]
  package let previous: String
  package let hash: String
  /// Whether the hash is that of the line.
  package let isWhole: Bool

  /// Nil for what is no line of a log, without its line break.
  package init?(_ text: [UInt8], number: Int) {
    struct Written: Decodable {
      struct Tool: Decodable { var version: String }
      var schema: Int
      var sequence: Int
      var time: String
      var tool: Tool
      var rules: String
      var run: RunRecord?
      var inputs: [RunLogEntry.Input]
      var counts: RunLogEntry.Counts
      var exitStatus: Int
      var reports: [RunLogEntry.Report]
      var previous: String
      var hash: String

      enum CodingKeys: String, CodingKey {
        case schema, sequence, time, tool, rules, run, inputs, counts, reports, previous, hash
        case exitStatus = "exit_status"
      }
    }
    guard let written = try? JSONDecoder().decode(Written.self, from: Data(text)),
      written.schema == 1
    else { return nil }
    sequence = written.sequence
    time = written.time
    toolVersion = written.tool.version
    ruleDigest = written.rules
    run = written.run
    inputs = written.inputs
    counts = written.counts
    exitStatus = written.exitStatus
    reports = written.reports
    previous = written.previous
    hash = written.hash
    let end = Array(",\"hash\":\"\(written.hash)\"}".utf8)
    isWhole =
      text.count > end.count && Array(text.suffix(end.count)) == end
      && digest(of: text.dropLast(end.count) + [0x7D]) == written.hash
  }

  /// What is wrong with the line where it stands.
  fileprivate func problem(
    after expected: (number: Int, previous: String)
  ) -> RunLogProblem.Kind? {
    if !isWhole { return .altered }
    if sequence > expected.number { return .missing(from: expected.number, to: sequence - 1) }
    if sequence < expected.number { return .outOfOrder(sequence: sequence) }
    return previous == expected.previous ? nil : .unlinked
  }
}

/// A place where the chain of a log is broken.
package struct RunLogProblem: Hashable, Sendable {
  /// The number of the line, from 1.
  package var line: Int
  package var kind: Kind

  package enum Kind: Hashable, Sendable {
    /// The last line has no end.
    case cut
    /// It is no entry of a log.
    case unreadable
    /// Its hash is not its own.
    case altered
    /// Entries before it are gone.
    case missing(from: Int, to: Int)
    /// It stands behind entries that were written after it.
    case outOfOrder(sequence: Int)
    /// The line before is not the one that it was written after.
    case unlinked
  }

  package init(line: Int, _ kind: Kind) {
    self.line = line
    self.kind = kind
  }
}

extension RunLogProblem {
  /// The problem as reports tell it.
  package var diagnostic: Diagnostic {
    func made(_ code: String, _ chinese: String, _ english: String, _ note: Bilingual) -> Diagnostic
    {
      Diagnostic(
        code, .error, Bilingual("第 \(line) 行\(chinese)", "line \(line) \(english)"), at: nil,
        notes: [note])
    }
    let restore = Bilingual(
      "与另存的副本核对；被改动的记录不能再作为依据", "compare with a copy kept elsewhere; the record proves nothing here"
    )
    switch kind {
    case .cut:
      return made(
        "R0101", "没有写完", "is not written to its end",
        Bilingual(
          "写入中断或者文件被截断；查清原因后删去这半行",
          "a write or the file was cut short; find out why, then remove the rest of it"))
    case .unreadable: return made("R0102", "不是运行记录", "is no record of a run", restore)
    case .altered:
      return made(
        "R0103", "写成以后改动过：与自身的校验值不符", "was altered: it does not have its own hash", restore)
    case .missing(let first, let last):
      let (chinese, english) =
        first == last
        ? ("第 \(first) 条", "entry \(first) is")
        : ("第 \(first)—\(last) 条", "entries \(first) to \(last) are")
      return made("R0104", "之前缺\(chinese)记录", "comes after a gap: \(english) missing", restore)
    case .outOfOrder(let sequence):
      return made(
        "R0105", "是第 \(sequence) 条记录，次序不对或者重复",
        "is entry \(sequence): out of order, or there twice", restore)
    case .unlinked:
      return made(
        "R0106", "接的不是上一行：上一行被换过", "was written after another line than the one before it", restore)
    }
  }
}

/// Why an entry cannot be added to a log: its last line.
package enum RunLogTail {
  /// The number of the next entry and the hash that it holds, by the last line of a log with its
  /// line break; nil if that line is broken.
  package static func next(after line: [UInt8]) -> (number: Int, previous: String)? {
    guard line.last == 0x0A, let last = RunLogLine(line.dropLast(), number: 0), last.isWhole else {
      return nil
    }
    return (last.sequence + 1, last.hash)
  }
}
