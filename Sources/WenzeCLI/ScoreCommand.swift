import ArgumentParser
import Wenze
import WenzeEngine
import WenzeReport
import WenzeSyntax

/// The command `wenze score`.
struct ScoreCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "score",
      abstract: say("按评分表评查案件质量。", "Scores the quality of cases by score sheets."),
      discussion: say(
        "每一分都写明规则、依据和事实；存疑的不扣分，列为待核，得分暂定；豁免的不扣分。退出状态：0 评完；1 有案件低于 --min；2 用法、输入或者规则有错。",
        "Each point that is lost names its rule, law and facts. What is undetermined takes nothing off; the score is provisional then. What is waived takes nothing off. Exit status: 0 scored; 1 a case is below --min; 2 wrong usage, input or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "文件或文件夹（.wz .json .jsonl .yaml .csv .xlsx，可用 gzip 压缩）；- 是标准输入",
        "Files or folders (.wz .json .jsonl .yaml .csv .xlsx, plain or gzip); - is standard input."),
      valueName: "path"))
  var paths: [String]

  @OptionGroup var rules: RuleOptions

  @OptionGroup var limits: LimitOptions

  @OptionGroup var selection: SelectionOptions

  @Option(
    help: ArgumentHelp(
      say("只用这张评分表，默认都用", "Use this score sheet only. Default: all."), valueName: "name"))
  var sheet: String?

  @Option(
    help: ArgumentHelp(
      say("输出格式：text、json、markdown 或 csv", "Output format: text, json, markdown or csv."),
      valueName: "format"))
  var format = Format.text

  @Option(
    name: .customLong("previous"),
    help: ArgumentHelp(
      say(
        "上一期的 JSON 报告：同一单位重犯的加重扣分",
        "The JSON report of the period before: repeated defects cost more."),
      valueName: "report.json"))
  var previousPath: String?

  @Option(
    name: .customLong("min"),
    help: ArgumentHelp(
      say("有案件低于这个等次时状态为 1", "Give status 1 if a case has a lower grade."),
      valueName: "grade"))
  var leastGrade: String?

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
    case csv
  }

  func validate() throws {
    // A score by some of the rules would look better than the file is.
    if !selection.only.isEmpty || !selection.skip.isEmpty {
      throw ValidationError(
        say(
          "评分要用全部规则，不能用 --only 和 --skip", "a score takes all rules: --only and --skip do not apply")
      )
    }
  }

  func run() throws {
    let loaded = rules.load(withTests: false)
    guard loaded.isSound else {
      rules.complain(of: loaded)
      throw ExitCode(2)
    }
    let check = try selection.run(of: loaded, rules, limits: limits.limits)
    let run: ScoreRun
    do throws(ScoreError) {
      let previous: PreviousScores? =
        if let previousPath { try PreviousScores(readingFrom: previousPath) } else { nil }
      run = try ScoreRun(check, sheet: sheet, previous: previous)
      if let leastGrade { try run.requireGrade(leastGrade) }
    } catch {
      throw Refusal(error.message[rules.language])
    }
    let unknown = problemText(
      of: run.sheetProblems, in: loaded.ruleSet, language: rules.language)
    if !unknown.isEmpty { Console.complain(unknown) }
    let report = run.report(
      on: paths,
      options: ReportOptions(language: rules.language, profile: selection.masking.profile))
    let problems = report.check.problemText
    if !problems.isEmpty { Console.complain(problems) }
    try write(report)
    if report.check.hasProblems { throw ExitCode(2) }
    if let leastGrade, report.hasGrade(below: leastGrade) { throw ExitCode(1) }
  }

  private func write(_ report: ScoreReport) throws {
    let text =
      switch format {
      case .text: report.text
      case .json: report.json
      case .markdown: report.markdown
      case .csv: report.csv
      }
    guard let output else { return Console.write(text) }
    do throws(OutputError) {
      try writeFile(text, to: output)
    } catch {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
  }
}
