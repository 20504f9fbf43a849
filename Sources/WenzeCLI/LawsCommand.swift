import ArgumentParser
import Wenze
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze laws`.
struct LawsCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "laws",
      abstract: say(
        "列出规则依据的法规；--coverage 逐条列出由哪些规则检查。",
        "Lists the laws that rules rest on; --coverage: which rules check each provision."),
      discussion: say(
        "退出状态：0 正常；1 有条款既没有规则，也没有写明不查的理由；2 用法或者规则有错。",
        "Exit status: 0 fine; 1 a provision has neither a rule nor a reason; 2 wrong usage or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("只列这些法规（名称），如 条例2019", "Only these laws, by name."), valueName: "law"))
  var names: [String] = []

  @Flag(
    help: ArgumentHelp(
      say("逐条列出检查它的规则，或者不查的理由", "For each provision its rules, or why there is none.")))
  var coverage = false

  @Option(
    help: ArgumentHelp(
      say("--coverage 的格式：text、markdown 或 json", "Format of --coverage: text, markdown or json."),
      valueName: "format"))
  var format = Format.text

  @OptionGroup var rules: RuleOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, json
  }

  func run() throws {
    let loaded = rules.load()
    rules.complain(of: loaded)
    let report = LawsReport(
      ruleSet: loaded.ruleSet, language: rules.language,
      laws: try numbers(of: names, in: loaded.ruleSet))
    Console.write(text(of: report))
    if !loaded.isSound { throw ExitCode(2) }
    if coverage, !report.isComplete { throw ExitCode(1) }
  }

  private func text(of report: LawsReport) -> String {
    guard coverage else { return report.text }
    return switch format {
    case .text: report.coverageText
    case .markdown: report.coverageMarkdown
    case .json: report.coverageJSON.text
    }
  }

  /// The numbers of the laws that are named; all of them if none is.
  private func numbers(of names: [String], in ruleSet: RuleSet) throws -> [Int] {
    guard !names.isEmpty else { return Array(ruleSet.laws.indices) }
    return try names.map { name in
      if let number = ruleSet.laws.firstIndex(where: { $0.name.matches(name) }) { return number }
      let known = ruleSet.laws.flatMap { [$0.name.chinese, $0.name.english] }
      let hint = nearest(to: name, among: known)
      throw Refusal(
        say(
          "没有法规“\(name)”" + (hint.map { "，是不是“\($0)”？" } ?? "；wenze laws 列出全部"),
          "there is no law `\(name)`"
            + (hint.map { "; did you mean `\($0)`?" } ?? "; see wenze laws")
        ))
    }
  }
}
