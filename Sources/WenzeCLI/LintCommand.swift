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
    help: ArgumentHelp(
      say("输出格式：\(LintFormat.names)", "Output format: \(LintFormat.names)."),
      valueName: "format"))
  var format = LintFormat.text

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

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

  @OptionGroup var coloring: ColorOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

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
    let status = status(of: outcome, isSound: loaded.isSound)
    do throws(OutputError) {
      try write(report, exitStatus: status)
    } catch {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
    throw ExitCode(status)
  }

  private func write(_ report: LintReport, exitStatus: Int32) throws(OutputError) {
    let isTerminal = output == nil && Console.isOutputTerminal
    let text =
      format == .text
      ? report.text(
        in: rules.language, isColored: coloring.isOn(forTerminal: isTerminal),
        width: output == nil ? Console.width : nil, isQuiet: quiet)
      : report.text(in: format, language: rules.language, exitStatus: exitStatus)
    guard let output, output != "-" else { return Console.write(text) }
    try writeFile(text, to: output)
  }

  private func status(of outcome: LintOutcome, isSound: Bool) -> Int32 {
    guard isSound else { return 2 }
    let isFound = outcome.findings.contains { $0.diagnostic.severity >= severity.value }
    return isFound && !exitsZero ? 1 : 0
  }
}

extension LintFormat: ExpressibleByArgument {
  /// All names, for help.
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
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
