import ArgumentParser
import FoundationEssentials
import WenzeSynthesis

/// Scores a report of `wenze` against what was planted.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Says how much of what was planted a report tells, and how much of it is right.",
    discussion: """
      Findings on groups are matched by body, area or subject and the year; findings on cases by \
      the case. Groups beyond a threshold by chance count neither for nor against.
      """)

  @Option(help: ArgumentHelp("What was planted.", valueName: "file"))
  var ledger: String

  @Option(help: ArgumentHelp("A report: wenze check --format json.", valueName: "file"))
  var findings: String

  @Option(help: "How many mistakes of each kind to list.")
  var list = 0

  func run() throws {
    let ledger = try PlantedLedger(json: Data(contentsOf: URL(filePath: ledger)))
    let report = try ReportedFindings(json: Data(contentsOf: URL(filePath: findings)))
    let score = Score(report.findings, against: ledger)
    var text = score.text
    for mistake in score.mistakes.prefix(list) { text += "told: \(mistake)\n" }
    for entry in score.missed.prefix(list) {
      let key = entry.key
      let words = [key.body, key.area, key.subject, key.id, key.year.map(String.init)]
        .compactMap(\.self).joined(separator: " ")
      text += "not told: \(entry.code) \(entry.pattern) \(words), strength \(entry.strength)\n"
    }
    print(text, terminator: "")
  }
}
