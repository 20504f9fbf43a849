import ArgumentParser
import Wenze
import WenzeEngine
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The options of `wenze test` that ask what the tests reach.
struct CoverageOptions: ParsableArguments {
  @Flag(
    name: .customLong("coverage"),
    help: ArgumentHelp(
      say("列出测试到达了哪些判定、条件的真假未知和表行", "Tell which verdicts, truths and table rows the tests reach.")))
  var isWanted = false

  @Flag(
    name: .customLong("uncovered"),
    help: ArgumentHelp(
      say("逐处列出没有测试到达的结果", "List every outcome that no test reaches, with its place.")))
  var listsUncovered = false

  @Option(
    name: .customLong("lcov"),
    help: ArgumentHelp(
      say("把覆盖情况按 LCOV 格式写入文件", "Write the coverage to a file in LCOV's format."),
      valueName: "file"))
  var lcovPath: String?

  @Option(
    name: .customLong("min"),
    help: ArgumentHelp(
      say("覆盖低于这个百分比就以状态 1 退出", "Exit 1 if less than this percentage is covered."),
      valueName: "0-100"))
  var minimum: Percentage?

  /// Whether any option asks for coverage.
  var isOn: Bool {
    isWanted || listsUncovered || lcovPath != nil || minimum != nil
  }

  /// Tells what tests reach; false where that is less than is asked for.
  func tell(
    of tests: [RuleTest], in loaded: LoadedRules, packs: Set<Int>?, language: Language,
    asJSON: Bool, isQuiet: Bool
  ) throws -> Bool {
    let report = CoverageReport(
      toolVersion: wenzeVersion, ruleSet: loaded.ruleSet, ruleDigest: loaded.digest,
      coverage: testCoverage(of: tests, in: loaded.ruleSet), packs: packs)
    if asJSON {
      Console.write(report.json)
    } else if isWanted || listsUncovered || minimum != nil {
      Console.write(isQuiet ? report.summary[language] + "\n" : report.table(in: language))
      if listsUncovered { Console.write(report.uncovered(in: language)) }
    }
    if let lcovPath {
      do throws(OutputError) {
        try writeFile(report.lcov, to: lcovPath)
      } catch {
        Console.complain(say("错误：", "Error: ") + error.message[language])
        throw ExitCode(2)
      }
    }
    guard let minimum, !report.total.isAtLeast(minimum.value) else { return true }
    let (percent, lack) = (report.total.percent, report.total.lack(to: minimum.value))
    Console.complain(
      say(
        "覆盖\(percent)%，低于 --min \(minimum.text)：还差\(lack)项结果",
        "coverage is \(percent)%, below --min \(minimum.text): \(lack) more "
          + (lack == 1 ? "outcome is needed" : "outcomes are needed")))
    return false
  }
}
