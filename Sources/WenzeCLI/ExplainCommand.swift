import ArgumentParser
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze explain`.
struct ExplainCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: say(
        "解释一条规则；加 --case 则逐步说明它对某案的结论。",
        "Explains a rule; with --case, step by step, its verdict on a document."))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(say("规则代码，如 WZ101", "The code of a rule, such as WZ101."), valueName: "code")
  )
  var code: String

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      say("案件文件；- 是标准输入", "A file with documents; - is standard input."), valueName: "file"))
  var file: String?

  @OptionGroup var rules: RuleOptions

  @OptionGroup var limits: LimitOptions

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      say("运行日期，如 2024-01-31，默认今天", "The date of the run, such as 2024-01-31; default today."),
      valueName: "date"))
  var asOf: CalendarDate?

  @Flag(help: ArgumentHelp(say("按完整卷宗对待", "Take files as complete.")))
  var complete = false

  @OptionGroup var masking: MaskingOptions

  func validate() throws {
    if masking.profile.isPublic, file != nil {
      throw ValidationError(
        say(
          "--case 逐项列出一份文书的事实，不能用 --profile public",
          "--case tells the facts of one document: that cannot be --profile public"))
    }
  }

  func run() throws {
    let loaded = rules.load()
    let code = ruleCode(self.code)
    guard loaded.ruleSet.codes.contains(code) else {
      rules.complain(of: loaded)
      throw Refusal(unknownCode(code, known: loaded.ruleSet.codes))
    }
    guard let file else {
      rules.complain(of: loaded)
      Console.write(
        ExplainReport(
          ruleSet: loaded.ruleSet, language: rules.language, width: Console.width
        ).page(for: code))
      if !loaded.isSound { throw ExitCode(2) }
      return
    }
    let today = try asOf ?? .current()
    let run = CheckRun(
      rules: loaded, options: CheckOptions(today: today, only: [code]), asComplete: complete,
      limits: try limits.limits)
    let report = run.report(
      on: [file], options: ReportOptions(language: rules.language, profile: masking.profile))
    let problems = report.problemText
    if !problems.isEmpty { Console.complain(problems) }
    for file in report.files {
      for result in file.results {
        let explanation = ExplainReport(
          ruleSet: loaded.ruleSet, language: rules.language,
          mask: masking.profile(result.mask))
        let trees = explanation.trees(
          of: loaded.ruleSet.explain(code, in: result.document, today: today), in: file.source)
        let title = file.source.path + (result.document.id.map { "  \($0)" } ?? "") + "\n"
        let none = say("（没有可判断的对象）\n", "(nothing to judge)\n")
        Console.write(title + (trees.isEmpty ? none : trees.joined(separator: "\n")) + "\n")
      }
    }
    if report.hasProblems { throw ExitCode(2) }
  }
}
