import ArgumentParser
import Wenze
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze lint`.
struct LintCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "lint",
      abstract: say(
        "检查规则包本身：写错的、没有用到的、没有测试的、看不出的。",
        "Checks rule packs themselves: what is wrong, unused, untested, or cannot be seen."),
      discussion: say(
        "退出状态：0 没有达到门槛的问题；1 有；2 用法或者规则有错。",
        "Exit status: 0 nothing at or above the threshold; 1 findings; 2 wrong usage or rules.")
    )
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("只检查这些规则包（名称）", "Only these packs, by name."), valueName: "pack"))
  var packs: [String] = []

  @OptionGroup var rules: RuleOptions

  @Option(
    help: ArgumentHelp(say("输出格式：text 或 json", "Output format: text or json."), valueName: "format")
  )
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      say("退出状态 1 的门槛", "The severity from which findings give status 1."), valueName: "severity"))
  var severity = SeverityChoice(.warning)

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      say(
        "判断条件所用的日期，如 2024-01-31，默认今天",
        "The date for which conditions are decided, such as 2024-01-31; default today."),
      valueName: "date"))
  var asOf: CalendarDate?

  @Flag(
    name: .customLong("exit-zero"),
    help: ArgumentHelp(say("有问题也以状态 0 退出", "Exit 0 even with findings.")))
  var exitsZero = false

  @Option(
    help: ArgumentHelp(
      say("颜色：auto、always、never", "Colors: auto, always, never."), valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func run() throws {
    let loaded = rules.load()
    let numbers = try loaded.ruleSet.packNumbers(of: packs)
    let outcome = LintRun(
      loaded.ruleSet, problems: loaded.problems, packs: numbers, today: try asOf ?? .current()
    )
    .outcome()
    let report = LintReport(
      toolVersion: wenzeVersion, ruleSet: loaded.ruleSet, ruleDigest: loaded.digest,
      findings: outcome.findings, undecided: outcome.undecided, packs: numbers)
    switch format {
    case .json: Console.write(report.json)
    case .text:
      Console.write(
        report.text(
          in: rules.language, isColored: color.isOn(forTerminal: Console.isOutputTerminal),
          width: Console.width, isQuiet: quiet))
    }
    if !loaded.isSound { throw ExitCode(2) }
    if !exitsZero, outcome.findings.contains(where: { $0.diagnostic.severity >= severity.value }) {
      throw ExitCode(1)
    }
  }
}

extension RuleSet {
  /// The numbers of the packs that are named; nil where none is.
  func packNumbers(of names: [String]) throws -> Set<Int>? {
    guard !names.isEmpty else { return nil }
    return Set(
      try names.map { name in
        if let number = packs.firstIndex(where: { $0.name.matches(name) }) { return number }
        let hint = nearest(to: name, among: packs.flatMap { [$0.name.chinese, $0.name.english] })
        throw Refusal(
          say(
            "没有规则包“\(name)”" + (hint.map { "，是不是“\($0)”？" } ?? ""),
            "there is no pack `\(name)`" + (hint.map { "; did you mean `\($0)`?" } ?? "")))
      })
  }
}
