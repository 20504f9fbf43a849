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
      valueName: "percent"))
  var minimum: Double?

  @Option(
    help: ArgumentHelp(
      say("同时运行几个，默认处理器个数", "How many at once; default the number of processors."),
      valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if let minimum, !(0...100).contains(minimum) {
      throw ValidationError(say("--min-noticed 在 0 到 100 之间", "--min-noticed is between 0 and 100"))
    }
    if let jobs, jobs < 1 { throw ValidationError(say("--jobs 至少是 1", "--jobs is 1 at least")) }
    if !isOn, !codes.isEmpty || minimum != nil || jobs != nil {
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
    let results = await run.results(jobs: jobs ?? Console.processorCount)
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
    return report.score.percent >= (minimum ?? 100)
  }
}
