import ArgumentParser
import WenzeSynthesis

/// Writes an archive, with what was planted in it.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes an archive of cases as JSONL, and a ledger of what was planted in it.",
    discussion: "The same options give the same bytes, on every machine.")

  @Option(help: "The number of cases.")
  var cases = 10_000

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The years of the decisions; from 2020.", valueName: "from-to"))
  var years = "2020-2025"

  @Option(help: "The number of bodies that decide.")
  var bodies = 60

  @Option(help: ArgumentHelp("The archive.", valueName: "file"))
  var out: String

  @Option(help: ArgumentHelp("What was planted, as JSON.", valueName: "file"))
  var ledger: String?

  @Option(help: ArgumentHelp("Schemes of assessment, as JSONL.", valueName: "file"))
  var schemes: String?

  @Option(
    help: ArgumentHelp(
      "Write an event log (IEEE XES) of so many traces instead of cases.", valueName: "traces"))
  var xes: Int?

  @Option(
    name: .customLong("threshold"),
    help: ArgumentHelp(
      "A threshold to plant around: minimum, catch_all, habit, like, late, deviations, confidence, or a code such as WZ702.",
      valueName: "name=value"))
  var thresholdTexts: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write the target of an indicator into this field, for packs that declare one.",
      valueName: "field"))
  var targetField: String?

  func validate() throws {
    guard cases >= 0, bodies > 0, xes ?? 0 >= 0 else {
      throw ValidationError("--cases and --xes are at least 0, --bodies at least 1")
    }
    guard xes == nil || schemes == nil else {
      throw ValidationError("--schemes goes with cases, not with --xes")
    }
    _ = try range()
    _ = try thresholds()
  }

  func run() throws {
    var options = ArchiveOptions(cases: cases, seed: seed, years: try range(), bodies: bodies)
    options.thresholds = try thresholds()
    options.targetField = targetField
    let file = try OutputFile(path: out)
    let planted: PlantedLedger
    if let xes {
      planted = try EventLog.write(traces: xes, options) { bytes throws(OutputError) in
        try file.write(bytes)
      }
    } else {
      var archive = Archive(options)
      planted = try archive.write { bytes throws(OutputError) in try file.write(bytes) }
    }
    try file.close()
    if let ledger { try OutputFile.write(planted.json, to: ledger) }
    if let schemes { try OutputFile.write(Archive.schemes(options), to: schemes) }
  }

  private func range() throws -> ClosedRange<Int> {
    let parts = years.split(separator: "-").map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2,
      2020 <= first, first <= last, last <= 2099
    else {
      // Before that, other regulations with other circumstances were in force.
      throw ValidationError("--years is FROM-TO, from 2020 on, such as 2020-2025")
    }
    return first...last
  }

  private func thresholds() throws -> Thresholds {
    var thresholds = Thresholds()
    for text in thresholdTexts {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let value = Double(parts[1]), thresholds.set(parts[0], to: value)
      else { throw ValidationError("--threshold is NAME=VALUE, not `\(text)`") }
    }
    return thresholds
  }
}
