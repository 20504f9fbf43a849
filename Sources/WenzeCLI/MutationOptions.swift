import ArgumentParser
import Wenze
import WenzeAnalysis
import WenzeModel
import WenzeReport

/// What `wenze test --mutate` takes.
struct MutationOptions: ParsableArguments {
  @Flag(
    name: .customLong("mutate"),
    help: ArgumentHelp(
      say(
        "逐处改动规则（界限、条件、期限、例外、表格……），看测试能否发现",
        "Change the rules in one place at a time (bounds, conditions, terms, exceptions, tables …) and see whether tests notice."
      )))
  var isOn = false

  @Option(
    name: .customLong("mutate-only"),
    help: ArgumentHelp(
      say("只改动这些规则，编号用逗号隔开", "Change only these rules, by codes with commas."),
      valueName: "codes"))
  var codes: [String] = []

  @Option(
    name: .customLong("min-noticed"),
    help: ArgumentHelp(
      say("发现率不低于百分之几，默认 100", "The least percentage of mutants to be noticed; default 100."),
      valueName: "0-100"))
  var minimum: Percentage?

  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    if !isOn, !codes.isEmpty || minimum != nil || workers.isGiven {
      throw ValidationError(
        say(
          "--mutate-only、--min-noticed、--jobs 与 --mutate 同用",
          "--mutate-only, --min-noticed and --jobs go with --mutate"))
    }
  }

  /// Runs the tests against mutants and tells which they did not notice.
  ///
  /// - Returns: whether enough were noticed.
  @MainActor func tell(
    of loaded: LoadedRules, _ rules: RuleOptions, packs: Set<Int>?, asJSON: Bool, isQuiet: Bool
  ) async throws -> Bool {
    let codes = try loaded.codes(in: self.codes, rules)
    let run = MutationRun(loaded.ruleSet, packs: packs, codes: codes, today: try .current())
    let results = await run.results(jobs: workers.count)
    let report = MutationReport(
      toolVersion: wenzeVersion, ruleSet: loaded.ruleSet, ruleDigest: loaded.digest,
      results: results)
    Console.write(
      asJSON
        ? report.json
        : report.text(
          in: Console.language,
          isColored: ColorChoice.auto.isOn(forTerminal: Console.isOutputTerminal),
          width: Console.width, isQuiet: isQuiet))
    let share = report.score.share
    guard let minimum else { return share.reached == share.possible }
    if share.isAtLeast(minimum.value) { return true }
    let lack = share.lack(to: minimum.value)
    Console.complain(
      say(
        "发现率\(share.percent)%，低于 --min-noticed \(minimum.text)：还差\(lack)处改动",
        "\(share.percent)% of mutants are noticed, below --min-noticed \(minimum.text): \(lack) more "
          + (lack == 1 ? "has to be" : "have to be")))
    return false
  }
}
