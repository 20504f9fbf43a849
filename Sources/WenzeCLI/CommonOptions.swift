import ArgumentParser
import Wenze
import WenzeModel
import WenzeSyntax

/// Options that every command takes.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      say(
        "规则包文件夹，可重复；同名的包取代自带的",
        "A folder of rule packs; may be repeated. A pack replaces the one of its name."),
      valueName: "dir"))
  var folders: [String] = []

  @Flag(
    name: .customLong("no-default-rules"),
    help: ArgumentHelp(say("不用程序自带的规则包", "Do not use the packs inside the program.")))
  var excludesBuiltIn = false

  @OptionGroup var parameterOptions: ParameterOptions

  @OptionGroup var interface: LanguageOptions

  var language: Language { Console.language }

  /// The packs that the options ask for; those inside the program without their tests unless a
  /// command needs them.
  func load(withTests: Bool = true) -> LoadedRules {
    LoadedRules(
      folders: folders, usesBuiltIn: !excludesBuiltIn, withTests: withTests,
      parameters: parameterOptions.pairs)
  }
}

/// Values of parameters that are not those of the packs.
struct ParameterOptions: ParsableArguments {
  @Option(
    name: .customLong("param"),
    help: ArgumentHelp(
      say("改参数的值：名称=值，可重复", "Set a parameter: NAME=VALUE; may be repeated."),
      valueName: "name=value"))
  var parameters: [String] = []

  func validate() throws {
    for parameter in parameters where !parameter.contains("=") {
      throw ValidationError(
        say("--param 写作 名称=值，不是“\(parameter)”", "--param is NAME=VALUE, not `\(parameter)`"))
    }
  }

  /// The names with the values.
  var pairs: [(name: String, value: String)] {
    parameters.map { parameter in
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }
}

/// The language that the program speaks.
struct LanguageOptions: ParsableArguments {
  @Option(
    name: .customLong("lang"),
    help: ArgumentHelp(
      say("界面语言：zh 或 en", "Language of the interface: zh or en."), valueName: "zh|en"))
  var languageName: String?

  func validate() throws {
    if let languageName, Language(rawValue: languageName) == nil {
      throw ValidationError(
        say("--lang 只能是 zh 或 en，不是“\(languageName)”", "--lang is zh or en, not `\(languageName)`"))
    }
  }

  var language: Language { Console.language }
}

extension RuleOptions {
  /// Tells what is wrong with packs.
  func complain(of loaded: LoadedRules) {
    let problems = problemText(of: loaded, language: language)
    if !problems.isEmpty { Console.complain(problems) }
  }
}

/// When output is colored, as users say.
struct ColorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      say("颜色：auto、always、never", "Colors: auto, always, never."), valueName: "when"))
  var color = ColorChoice.auto

  /// Whether a stream gets colors.
  func isOn(forTerminal isTerminal: Bool) -> Bool { color.isOn(forTerminal: isTerminal) }
}

/// How much of the machine is used.
struct WorkerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      say("同时处理几批，默认是处理器个数", "How many batches are judged at a time. Default: the processors."),
      valueName: "n"))
  var jobs: Int?

  var isGiven: Bool { jobs != nil }

  var count: Int { jobs ?? Console.processorCount }

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError(say("--jobs 至少是 1", "--jobs is 1 at least"))
    }
  }
}

/// A share that is asked for, in percent.
struct Percentage: ExpressibleByArgument {
  /// As it was written.
  var text: String
  var value: FixedDecimal

  /// Reads a number from 0 to 100, without a sign of percent.
  init?(argument: String) {
    guard !argument.hasSuffix("%"), let value = FixedDecimal(text: argument),
      (0...100_000_000).contains(value.millionths)
    else { return nil }
    (text, self.value) = (argument, value)
  }
}

/// When output is colored.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// Whether a stream gets colors.
  func isOn(forTerminal isTerminal: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isTerminal && Console.environment("NO_COLOR").map(\.isEmpty) ?? true
    }
  }
}

/// A severity by its word: of an enum with numbers, help would show the number.
struct SeverityChoice: ExpressibleByArgument {
  var value: Diagnostic.Severity

  init(_ value: Diagnostic.Severity) {
    self.value = value
  }

  /// Reads the English or the Chinese word.
  init?(argument: String) {
    guard
      let value = Diagnostic.Severity.allCases.first(where: {
        $0.name.english == argument || $0.name.chinese == argument
      })
    else { return nil }
    self.init(value)
  }

  var defaultValueDescription: String { value.name.english }

  static var allValueStrings: [String] { ["error", "warning", "note"] }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension ZoneOffset: ExpressibleByArgument {
  /// Reads `+08:00`, or `Z`.
  public init?(argument: String) {
    self.init(text: argument)
  }

  /// The offset as it is written.
  public var defaultValueDescription: String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return (minutes < 0 ? "-" : "+") + padded(abs(minutes) / 60) + ":" + padded(abs(minutes) % 60)
  }
}

extension CalendarDate: ExpressibleByArgument {
  /// Reads a date to the day.
  public init?(argument: String) {
    self.init(text: argument)
    guard isWholeDay else { return nil }
  }
}

extension CalendarDate {
  /// Today in the zone of the machine.
  static func current() throws -> CalendarDate {
    let (year, month, day) = Console.today
    guard let date = CalendarDate(year: year, month: month, day: day) else {
      throw Refusal(
        say("机器时钟不对，请用 --as-of 指定日期", "the clock of the machine is wrong; give a date with --as-of")
      )
    }
    return date
  }
}
