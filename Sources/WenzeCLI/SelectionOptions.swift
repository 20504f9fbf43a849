import ArgumentParser
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What documents are judged by, and which of it is shown.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      say(
        "运行日期，如 2024-01-31：文书没有日期时按这一天的法规，默认今天",
        "The date of the run, such as 2024-01-31: chooses the law where a document has no date. Default today."
      ),
      valueName: "date"))
  var asOf: CalendarDate?

  @Option(
    name: .customLong("zone"),
    help: ArgumentHelp(
      say(
        "事件日志的日期用哪个时区，默认 +08:00",
        "The zone whose days the times of event logs are turned into, such as +08:00. Default +08:00."
      ),
      valueName: "offset"))
  var zoneOffset: ZoneOffset?

  var zone: ZoneOffset { zoneOffset ?? .china }

  /// The first option that is given, if any is.
  var firstGiven: String? {
    let given = [
      ("--as-of", asOf != nil), ("--zone", zoneOffset != nil), ("--complete", complete),
      ("--only", !only.isEmpty), ("--skip", !skip.isEmpty),
    ]
    return given.first { $0.1 }?.0 ?? masking.firstGiven
  }

  @Flag(
    help: ArgumentHelp(
      say("按完整卷宗对待：没有记载的步骤视为没有做", "Take files as complete: what is absent was not done.")))
  var complete = false

  @Option(
    help: ArgumentHelp(
      say("只用这些规则，逗号分隔", "Only these rules, separated by commas."), valueName: "codes"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      say("不用这些规则，逗号分隔", "Not these rules, separated by commas."), valueName: "codes"))
  var skip: [String] = []

  @OptionGroup var masking: MaskingOptions

  /// The run that the options ask for.
  func run(
    of loaded: LoadedRules, _ rules: RuleOptions, limits: ReadingLimits
  ) throws -> CheckRun {
    let only = try loaded.codes(in: self.only, rules)
    let skip = try loaded.codes(in: self.skip, rules) ?? []
    return CheckRun(
      rules: loaded,
      options: CheckOptions(today: try asOf ?? .current(), only: only, skip: skip),
      asComplete: complete, limits: limits, zone: zone)
  }
}

/// The codes that an option lists, separated by commas, each among those that there are; nil if none
/// was given.
func codes(in lists: [String], known: [String]) throws -> Set<String>? {
  guard !lists.isEmpty else { return nil }
  let codes = lists.flatMap { ruleCode($0).split { ", ".contains($0) } }.map(String.init)
  if codes.isEmpty { throw Refusal(say("没有写规则代码", "no code of a rule is given")) }
  let all = Set(known)
  for code in codes where !all.contains(code) { throw Refusal(unknownCode(code, known: known)) }
  return Set(codes)
}

extension LoadedRules {
  /// The codes that an option lists, each among those of the rules; nil if none was given.
  func codes(in lists: [String], _ rules: RuleOptions) throws -> Set<String>? {
    do {
      return try WenzeCLI.codes(in: lists, known: ruleSet.codes)
    } catch {
      rules.complain(of: self)
      throw error
    }
  }
}
