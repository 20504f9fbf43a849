import Crypto
import FoundationEssentials
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

// The partial result of an audit: lines of JSON.
//
// 1. a head: what made it, the digest of the rules, and all options that change what is found;
// 2. `{"finding": …}` and then `{"problem": …}`, in the order of the inputs;
// 3. `{"counts": …}`, `{"remainder": …}` for each gathering of rules over groups and of charts, and `{"group": …}` for what they collected of some
//    documents;
// 4. an end with the number of the lines before it and the digest of their bytes.
//
// Names of persons stand in it in clear where groups need them for masking.

/// The first line of a partial result.
struct PartialHead: Codable, Hashable {
  static let kind = "wenze partial audit"
  static let schema = 4

  var kind = PartialHead.kind
  var schema = PartialHead.schema
  var version: String
  var rules: String
  var options: PartialOptions
}

/// What else than rules and inputs changes what an audit finds.
struct PartialOptions: Codable, Hashable {
  var today: String
  var only: [String]?
  var skip: [String]
  var complete: Bool
  /// Minutes east of Greenwich.
  var zone: Int
  var showsUndetermined: Bool
  var profile: MaskingProfile
  var limits: [String: Int]

  init(_ run: CheckRun, _ options: FindingOptions) {
    today = run.options.today.code
    only = run.options.only?.sorted()
    skip = run.options.skip.sorted()
    complete = run.asComplete
    zone = run.zone.minutes
    showsUndetermined = options.showsUndetermined
    profile = options.profile
    limits = Dictionary(
      uniqueKeysWithValues: ReadingLimits.Name.allCases.map { ($0.rawValue, run.limits[$0]) })
  }

  /// The option of the command line that first differs.
  func difference(from other: PartialOptions) -> String? {
    if today != other.today { return "--as-of" }
    if only != other.only { return "--only" }
    if skip != other.skip { return "--skip" }
    if complete != other.complete { return "--complete" }
    if zone != other.zone { return "--zone" }
    if showsUndetermined != other.showsUndetermined { return "--undetermined" }
    if profile != other.profile { return "--profile" }
    return limits == other.limits ? nil : "--limit"
  }
}

/// A line between the first and the last; one field is there.
struct PartialLine: Codable {
  var finding: ReportedFinding?
  var problem: ReportedProblem?
  var counts: AuditCounts?
  var remainder: GroupRemainder?
  var group: GroupRecord?
}

/// The last line.
struct PartialEnd: Codable {
  var end: End

  struct End: Codable {
    var lines: Int
    var digest: String
  }
}

/// The text of a line.
func partialText(of line: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
}

/// Writes the partial result of an audit.
struct PartialWriter {
  private let sink: any ReportSink
  private var hash = SHA256()
  private var lineCount = 0
  private var held: [String] = []

  init(to sink: any ReportSink, _ head: PartialHead) throws {
    self.sink = sink
    try write(partialText(of: head))
  }

  /// Adds what a part found, as text already.
  mutating func add(_ lines: ReportLines) throws {
    if !lines.findings.isEmpty { try write(lines.findings) }
    // Problems are few: only what is wrong with files.
    if !lines.problems.isEmpty { held.append(lines.problems) }
  }

  /// Writes what was counted and collected, and ends the file.
  mutating func end(_ counts: AuditCounts, _ groups: GroupRun) throws {
    for text in held { try write(text) }
    try write(partialText(of: PartialLine(counts: counts)))
    for remainder in groups.remainders {
      try write(partialText(of: PartialLine(remainder: remainder)))
    }
    try groups.eachRecord { try write(partialText(of: PartialLine(group: $0))) }
    let end = PartialEnd.End(lines: lineCount, digest: "sha256:" + hex(hash.finalize()))
    try sink.write(partialText(of: PartialEnd(end: end)))
  }

  private mutating func write(_ text: String) throws {
    hash.update(data: Data(text.utf8))
    lineCount += text.utf8.count { $0 == 0x0A }
    try sink.write(text)
  }
}

extension ReportLines {
  /// What a part puts into a partial result.
  init(partialOf findings: [ReportedFinding], _ problems: [ReportedProblem]) throws {
    self.init(
      findings: try findings.map { try partialText(of: PartialLine(finding: $0)) }.joined(),
      problems: try problems.map { try partialText(of: PartialLine(problem: $0)) }.joined())
  }
}
