import ArgumentParser
import WenzeSynthesis

/// The command line of the generator.
@main
struct WenzeSynth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wenze-synth",
    abstract:
      "Writes synthetic archives of accountability cases, and scores what is found in them.",
    subcommands: [Generate.self, ScoreCommand.self],
    defaultSubcommand: Generate.self)
}
