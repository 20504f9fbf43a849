import ArgumentParser
import Wenze
import WenzeEngine
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze test`.
struct TestCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "test",
      abstract: say("运行规则包里的测试。", "Runs the tests of rule packs."),
      discussion: say(
        "退出状态：0 全部通过；1 有失败；2 规则有错。", "Exit status: 0 all pass; 1 some fail; 2 the rules are wrong.")
    )
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("只运行这些规则包的测试（名称）", "Only the tests of these packs, by name."), valueName: "pack"))
  var packs: [String] = []

  @OptionGroup var rules: RuleOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

  func run() throws {
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
        Console.write(
          outcome.text(
            in: ruleSet, language: rules.language,
            color: ColorChoice.auto.isOn(forTerminal: Console.isOutputTerminal),
            width: Console.width))
      }
    }
    let (count, passed) = (chosen.count, chosen.count - failed)
    Console.write(
      say(
        "测试\(count)项：通过\(passed)，失败\(failed)\n",
        "\(count) test\(count == 1 ? "" : "s"): \(passed) passed, \(failed) failed\n"))
    if !loaded.isSound { throw ExitCode(2) }
    if failed > 0 { throw ExitCode(1) }
  }
}

extension Bilingual {
  /// Whether a word is one of the two spellings.
  func matches(_ name: String) -> Bool {
    chinese == name || english == name
  }
}
