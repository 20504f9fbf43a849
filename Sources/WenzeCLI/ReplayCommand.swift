import ArgumentParser
import Wenze
import WenzeReport
import WenzeSyntax

/// The command `wenze replay`.
struct ReplayCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "replay",
      abstract: say(
        "按 JSON 报告重新运行，核对规则和结论是否相同。",
        "Makes the run of a JSON report again, to see that rules and findings are the same."),
      discussion: say(
        "例：wenze replay 报告.json --search\n退出状态：0 规则和结论都相同；1 不同；2 不能重放。",
        "Example: wenze replay report.json --search\nExit status: 0 the same rules and findings; 1 others; 2 it cannot be replayed."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "wenze check --format json 或者 wenze audit --report json=… 写的报告",
        "A report of wenze check --format json, or of wenze audit --report json=…"),
      valueName: "report"))
  var path: String

  @OptionGroup var rules: RuleOptions

  @Option(
    name: .customLong("git"),
    help: ArgumentHelp(
      say(
        "规则不同时，先试这个 git 修订的规则，可重复",
        "Where the rules are others, try those of this git revision; may be repeated."),
      valueName: "rev"))
  var revisions: [String] = []

  @Flag(
    help: ArgumentHelp(
      say(
        "规则不同时，在 git 历史里从新到旧找报告所用的规则",
        "Where the rules are others, look through the git history for those of the report, the newest first."
      )))
  var search = false

  @Option(
    help: ArgumentHelp(
      say("最多找多少个修订", "How many revisions to look through at most."), valueName: "n"))
  var history = 200

  @Option(
    help: ArgumentHelp(say("输出格式：text 或 json", "Output format: text or json."), valueName: "format")
  )
  var format = Format.text

  @OptionGroup var workers: WorkerOptions

  @OptionGroup var coloring: ColorOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func validate() throws {
    if history < 1 { throw ValidationError(say("--history 至少是 1", "--history is 1 at least")) }
  }

  // On the main thread, so that reading does not take the place of a judge.
  @MainActor func run() async throws {
    do {
      try await replay()
    } catch let error as ReplayError {
      throw Refusal(error.message[rules.language])
    } catch let error as GitError {
      throw Refusal(error.message[rules.language])
    } catch let error as AuditFileError {
      throw Refusal(error.message[rules.language])
    }
  }

  private nonisolated(nonsending) func replay() async throws {
    var run = ReplayRun(of: try RecordedReport(path: path))
    run.jobs = workers.count
    var loaded = namesRules ? rules.load(withTests: false) : run.currentRules()
    var revision: String?
    if loaded.digest != run.report.ruleDigest, !revisions.isEmpty || search {
      let finder = try RevisionSearch(for: run.report)
      let candidates = revisions + (search ? try finder.history(limit: history) : [])
      guard let found = try finder.first(of: candidates) else {
        throw Refusal(
          say(
            "看了 \(candidates.count) 个修订，没有一个的规则是报告所用的（\(run.report.ruleDigest)）",
            "of \(candidates.count) revisions none has the rules of the report (\(run.report.ruleDigest))"
          ))
      }
      (revision, loaded) = (found.revision, found.rules)
    }
    rules.complain(of: loaded)
    guard loaded.isSound else { throw ExitCode(2) }
    let outcome = try await run.outcome(under: loaded, revision: revision)
    switch format {
    case .json: Console.write(outcome.json)
    case .text:
      Console.write(
        outcome.text(
          in: rules.language, isColored: coloring.isOn(forTerminal: Console.isOutputTerminal),
          isQuiet: quiet))
    }
    if !outcome.isSame { throw ExitCode(1) }
  }

  /// Whether the command names rules, in place of those of the report.
  private var namesRules: Bool {
    !rules.folders.isEmpty || rules.excludesBuiltIn || !rules.parameterOptions.parameters.isEmpty
  }
}
