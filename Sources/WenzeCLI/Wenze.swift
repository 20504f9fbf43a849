import ArgumentParser
import Wenze
import WenzeSyntax

/// The command line.
@main
struct Wenze: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "wenze",
      abstract: say(
        "检查问责本身是否依规：权限、情形、方式、程序。",
        "Checks whether accountability itself was done by the rules: power, circumstance, measure, procedure."
      ),
      discussion: say(
        "先试：wenze check 案件文件夹    解释一条规则：wenze explain WZ101",
        "Try: wenze check FOLDER    Explain a rule: wenze explain WZ101"),
      version: wenzeVersion,
      subcommands: [
        CheckCommand.self, AuditCommand.self, ExplainCommand.self, ScoreCommand.self,
        DraftCommand.self,
        TestCommand.self, LintCommand.self, FmtCommand.self, NewCommand.self, DiffCommand.self,
        ReplayCommand.self, RecordCommand.self, LawsCommand.self, SchemaCommand.self,
      ])
  }

  /// Parses and runs; failures of use or input end with status 2.
  static func main() async {
    SignalCleanup.start()
    Console.ignoreBrokenPipes()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let status as ExitCode {
      exit(withError: status)
    } catch {
      if let unknown = unknownCommand(in: arguments) {
        Console.complain(unknown)
      } else if let text = helpText(for: error) {
        Console.write(text.hasSuffix("\n") ? text : text + "\n")
        exit(withError: ExitCode(0))
      } else if exitCode(for: error) == .success {
        // The version, or a script for a shell.
        Console.write(fullMessage(for: error) + "\n")
        exit(withError: ExitCode(0))
      } else {
        Console.complain(usageMessage(for: error))
      }
      exit(withError: ExitCode(2))
    }
  }
}

/// A text in the language of the interface.
func say(_ chinese: String, _ english: String) -> String {
  Bilingual(chinese, english)[Console.language]
}
