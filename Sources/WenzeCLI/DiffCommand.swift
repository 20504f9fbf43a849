import ArgumentParser
import Wenze
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze diff`.
struct DiffCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract: say(
        "比较两套规则：以往文书的哪些结论变了，因为什么。",
        "Compares two rule sets: which verdicts on documents are others, and why."),
      discussion: say(
        "例：wenze diff HEAD rules --cases 档案\n退出状态：0 结论都没有变；1 有变化；2 用法、输入或者规则有错。",
        "Example: wenze diff HEAD rules --cases ARCHIVE\nExit status: 0 no verdict changes; 1 some do; 2 wrong usage, input or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "旧规则：规则包文件夹、built-in（程序自带）、git 修订“REV”或者“REV:文件夹”（默认 rules）",
        "The old rules: a folder of packs, built-in, or a git revision as REV or REV:FOLDER (default: rules)."
      ),
      valueName: "old"))
  var old: String

  @ArgumentParser.Argument(
    help: ArgumentHelp(say("新规则，写法相同", "The new rules, in the same form."), valueName: "new"))
  var new: String

  @Option(
    name: .customLong("cases"), parsing: .upToNextOption,
    help: ArgumentHelp(
      say(
        "文书：文件或文件夹（.wz .json .jsonl .yaml .csv .xes）；- 是标准输入",
        "Documents: files or folders (.wz .json .jsonl .yaml .csv .xes); - is standard input."),
      valueName: "path"))
  var cases: [String] = []

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      say(
        "两边都先加载的规则包，写法同上，可重复；同名的包取代前面的",
        "Packs that both sides load first, in the same form; may be repeated. A pack replaces the one of its name."
      ),
      valueName: "source"))
  var bases: [String] = []

  @OptionGroup var parameters: ParameterOptions

  @OptionGroup var interface: LanguageOptions

  @OptionGroup var limits: LimitOptions

  @OptionGroup var selection: SelectionOptions

  @Option(
    help: ArgumentHelp(
      say("输出格式：text、json 或 markdown", "Output format: text, json or markdown."),
      valueName: "format"))
  var format = Format.text

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      say("每种变化列几个例子", "How many examples to show of each change."), valueName: "n"))
  var examples = 3

  @OptionGroup var workers: WorkerOptions

  @OptionGroup var coloring: ColorOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the totals.")))
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case markdown
  }

  func validate() throws {
    if cases.isEmpty {
      throw ValidationError(
        say("没有用 --cases 写要比较的文书", "--cases names no documents to compare over"))
    }
    if examples < 0 {
      throw ValidationError(say("--examples 不能小于 0", "--examples is 0 at least"))
    }
  }

  // On the main thread, so that reading does not take the place of a judge.
  @MainActor func run() async throws {
    let old = try load(self.old)
    let new = try load(self.new)
    var run = DiffRun(from: old, to: new, today: try selection.asOf ?? .current())
    let known = Set(old.rules.ruleSet.codes + new.rules.ruleSet.codes).sorted()
    run.only = try WenzeCLI.codes(in: selection.only, known: known)
    run.skip = try WenzeCLI.codes(in: selection.skip, known: known) ?? []
    run.asComplete = selection.complete
    run.profile = selection.masking.profile
    run.limits = try limits.limits
    run.zone = selection.zone
    run.exampleCount = examples
    run.jobs = workers.count
    let report = try await run.report(on: cases)
    try write(report)
    if report.hasProblems {
      Console.complain(
        say("错误：输入有错，有的文书没有比较", "Error: an input is wrong, and not all of it was compared"))
      throw ExitCode(2)
    }
    if report.hasChanges { throw ExitCode(1) }
  }

  /// Loads one of the rule sets, which has to be sound.
  private func load(_ source: String) throws -> NamedRules {
    let named: NamedRules
    do throws(GitError) {
      named = try NamedRules(source, over: bases, parameters: parameters.pairs)
    } catch {
      throw Refusal("\(source)\(say("：", ": "))\(error.message[interface.language])")
    }
    let problems = problemText(of: named.rules, language: interface.language)
    if !problems.isEmpty {
      Console.complain(say("\(source) 的规则：", "The rules of \(source):"))
      Console.complain(problems)
    }
    guard named.rules.isSound else { throw ExitCode(2) }
    return named
  }

  private func write(_ report: DiffReport) throws {
    let isTerminal = output == nil && Console.isOutputTerminal
    let text =
      switch format {
      case .json: report.json
      case .markdown: report.markdown(in: interface.language)
      case .text:
        report.text(
          in: interface.language, isColored: coloring.isOn(forTerminal: isTerminal), isQuiet: quiet)
      }
    guard let output else { return Console.write(text) }
    do throws(OutputError) {
      let file = try OutputFile(path: output)
      try file.write(text)
      try OutputFile.commit([file])
    } catch {
      Console.complain(say("错误：", "Error: ") + error.message[interface.language])
      throw ExitCode(2)
    }
  }
}
