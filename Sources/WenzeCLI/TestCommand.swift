import ArgumentParser
import Wenze
import WenzeEngine
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze test`.
struct TestCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "test",
      abstract: say("运行规则包里的测试。", "Runs the tests of rule packs."),
      discussion: say(
        "退出状态：0 全部通过；1 有失败，或者覆盖、发现率达不到要求；2 用法或者规则有错。",
        "Exit status: 0 all pass; 1 some fail, or less is covered or noticed than is asked for; 2 wrong usage or rules."
      )
    )
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("只运行这些规则包的测试（名称）", "Only the tests of these packs, by name."), valueName: "pack"))
  var packs: [String] = []

  @OptionGroup var rules: RuleOptions

  @OptionGroup(title: say("覆盖", "Coverage")) var coverage: CoverageOptions

  @OptionGroup(title: say("变异测试", "Mutation testing")) var mutation: MutationOptions

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      say("覆盖或者变异测试的格式：text 或 json", "Format of the coverage or of the mutants: text or json."),
      valueName: "format"))
  var format = Format.text

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func validate() throws {
    if format == .json, coverage.isOn == mutation.isOn {
      throw ValidationError(
        say(
          "--format json 与 --coverage 或者 --mutate 之一同用",
          "--format json goes with one of --coverage and --mutate"))
    }
  }

  @MainActor func run() async throws {
    let loaded = rules.load()
    let ruleSet = loaded.ruleSet
    rules.complain(of: loaded)
    let numbers = try ruleSet.packNumbers(of: packs)
    let chosen = ruleSet.tests.filter { numbers?.contains($0.pack) ?? true }
    var failed = 0
    for test in chosen {
      let outcome = ruleSet.run(test)
      guard !outcome.failures.isEmpty else { continue }
      failed += 1
      if !quiet {
        tell(
          outcome.text(
            in: ruleSet, language: rules.language,
            color: ColorChoice.auto.isOn(forTerminal: Console.isOutputTerminal),
            width: Console.width))
      }
    }
    let (count, passed) = (chosen.count, chosen.count - failed)
    tell(
      say(
        "测试\(count)项：通过\(passed)，失败\(failed)\n",
        "\(count) test\(count == 1 ? "" : "s"): \(passed) passed, \(failed) failed\n"))
    let isCovered =
      try !coverage.isOn
      || coverage.tell(
        of: chosen, in: loaded, packs: numbers, language: rules.language,
        asJSON: format == .json, isQuiet: quiet)
    if !loaded.isSound { throw ExitCode(2) }
    // What tests notice says nothing while they fail.
    if failed > 0 { throw ExitCode(1) }
    var isNoticed = true
    if mutation.isOn {
      isNoticed = try await mutation.tell(
        of: loaded, rules, packs: numbers, asJSON: format == .json, isQuiet: quiet)
    }
    if !isCovered || !isNoticed { throw ExitCode(1) }
  }

  /// Writes what became of tests: beside a report for programs, not into it.
  private func tell(_ text: String) {
    if format == .json { Console.complain(text) } else { Console.write(text) }
  }
}

extension Bilingual {
  /// Whether a word is one of the two spellings.
  func matches(_ name: String) -> Bool {
    chinese == name || english == name
  }
}
