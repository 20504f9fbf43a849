import ArgumentParser
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze check`.
struct CheckCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: say("检查案件等文书，列出发现的问题。", "Checks documents and lists what is wrong with them."),
      discussion: say(
        "退出状态：0 没有达到门槛的问题；1 有；2 用法、输入或者规则有错。",
        "Exit status: 0 nothing at or above the threshold; 1 findings; 2 wrong usage, input or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "文件或文件夹（.wz .json .jsonl .yaml .csv .xlsx .xes，可用 gzip 压缩）；- 是标准输入",
        "Files or folders (.wz .json .jsonl .yaml .csv .xlsx .xes, plain or gzip); - is standard input."
      ),
      valueName: "path"))
  var paths: [String]

  @OptionGroup var rules: RuleOptions

  @OptionGroup var limits: LimitOptions

  @OptionGroup var selection: SelectionOptions

  @OptionGroup var recording: RecordOptions

  @Option(
    help: ArgumentHelp(
      say("输出格式：\(ReportRequest.names)", "Output format: \(ReportRequest.names)."),
      valueName: "format"))
  var format = FormatChoice(.text(TextFormat.self))

  @Option(
    help: ArgumentHelp(
      say(
        "另写报告：格式=文件，逗号分隔，可重复；文件 - 是标准输出",
        "Write reports too: FORMAT=FILE, separated by commas; may be repeated. The file - is standard output."
      ),
      valueName: "format=file"))
  var report: [String] = []

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      say("退出状态 1 的门槛", "The severity from which findings give status 1."), valueName: "severity"))
  var severity = SeverityChoice(.warning)

  @Option(
    help: ArgumentHelp(
      say("存疑的规则：show 列出，hide 不列，fail 也算问题", "Undetermined rules: show, hide, or fail."),
      valueName: "show|hide|fail"))
  var undetermined = UndeterminedChoice.show

  @Option(
    help: ArgumentHelp(
      say("列出哪些结论：findings 或 all（含合规、不适用）", "Which verdicts to list: findings or all."),
      valueName: "findings|all"))
  var verdicts = VerdictChoice.findings

  @Flag(
    name: .customLong("exit-zero"),
    help: ArgumentHelp(say("有问题也以状态 0 退出", "Exit 0 even with findings.")))
  var exitsZero = false

  @OptionGroup var coloring: ColorOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结", "Only the summary.")))
  var quiet = false

  enum UndeterminedChoice: String, ExpressibleByArgument, CaseIterable {
    case show
    case hide
    case fail
  }

  enum VerdictChoice: String, ExpressibleByArgument, CaseIterable {
    case findings
    case all
  }

  func validate() throws {
    if format.format.isFile, output == nil || output == "-" {
      throw ValidationError(format.format.needsFile)
    }
    if let output, try ReportRequest.all(in: report).contains(where: { $0.path == output }) {
      throw ValidationError(say("两份报告都写入“\(output)”", "two reports go to `\(output)`"))
    }
  }

  func run() throws {
    let loaded = rules.load(withTests: false)
    var run = try selection.run(of: loaded, rules, limits: limits.limits)
    let formats = try [format.format] + ReportRequest.all(in: report).map(\.format)
    try selection.masking.profile.refusePages(among: formats.map { $0.name })
    run.options.countsCharts = formats.contains { $0.name == HTMLFormat.name }
    let recorder = recording.open()
    let isTerminal = output == nil && Console.isOutputTerminal
    var options = ReportOptions(
      language: rules.language, isColored: coloring.isOn(forTerminal: isTerminal),
      profile: selection.masking.profile, showsUndetermined: undetermined != .hide,
      showsAllVerdicts: verdicts == .all, isQuiet: quiet,
      width: isTerminal ? Console.width : nil)
    options.hasFooter = output != nil
    options.keepsWorkbooks = formats.contains { $0.isFile }
    let report = run.report(on: paths, options: options)
    complain(of: report)
    let written: [RunLogEntry.Report]
    do {
      written = try write(report)
    } catch let error as OutputError {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    } catch let error as FileFormatProblem {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
    let status = status(of: report)
    let isRecorded = recorder.record(
      RunLogEntry(of: report, at: Console.timestamp, exitStatus: status, reports: written),
      isQuiet: quiet)
    throw ExitCode(isRecorded ? status : 2)
  }

  /// Writes the report in every format that is asked for; files come to be together.
  ///
  /// - Returns: what was written, for the log of runs.
  private func write(_ report: CheckReport) throws -> [RunLogEntry.Report] {
    let requests = (try? ReportRequest.all(in: self.report)) ?? []
    let status = status(of: report)
    var files: [OutputFile] = []
    var printed: String?
    var written: [RunLogEntry.Report] = []
    func add(_ format: OutputFormat, _ path: String?, isPlain: Bool) throws {
      let bytes: [UInt8]
      switch format {
      case .text(let type):
        let text =
          isPlain || type != TextFormat.self
          ? report.text(in: type, exitStatus: status) : report.text
        bytes = Array(text.utf8)
        if path == nil || path == "-" { printed = text }
      case .file(let type): bytes = try type.bytes(of: report)
      }
      written.append(
        RunLogEntry.Report(format: format.name, path: path ?? "-", digest: digest(of: bytes)))
      guard let path, path != "-" else { return }
      let file = try OutputFile(path: path)
      try file.write(bytes)
      files.append(file)
    }
    try add(format.format, output, isPlain: false)
    for request in requests { try add(request.format, request.path, isPlain: true) }
    try OutputFile.commit(files)
    if let printed { Console.write(printed) }
    return written
  }

  /// Tells what is wrong with rules and inputs, whatever becomes of the report.
  private func complain(of report: CheckReport) {
    var report = report
    report.options.isColored = coloring.isOn(forTerminal: Console.isErrorTerminal)
    let problems = report.problemText
    if !problems.isEmpty { Console.complain(problems) }
  }

  private func status(of report: CheckReport) -> Int32 {
    if report.hasProblems { return 2 }
    if exitsZero { return 0 }
    if report.hasViolation(atLeast: severity.value) { return 1 }
    return undetermined == .fail && report.hasUndetermined ? 1 : 0
  }
}

/// A format of reports by its name.
struct FormatChoice: ExpressibleByArgument {
  var format: OutputFormat

  init(_ format: OutputFormat) {
    self.format = format
  }

  /// Reads the name.
  init?(argument: String) {
    guard let format = OutputFormat(named: argument) else { return nil }
    self.init(format)
  }

  var defaultValueDescription: String { format.name }

  static var allValueStrings: [String] { OutputFormat.names }

  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// A code as rules write it, with capital and plain letters.
func ruleCode(_ text: String) -> String {
  let fullWidthLetters: ClosedRange<Unicode.Scalar> = "\u{FF21}"..."\u{FF5A}"
  return String(
    String.UnicodeScalarView(
      text.foldingFullWidth().unicodeScalars.map { scalar in
        guard fullWidthLetters.contains(scalar) else { return scalar }
        return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
      })
  ).uppercased()
}

/// What to say of a code that no rule has.
func unknownCode(_ code: String, known: [String]) -> String {
  let hint = nearest(to: code, among: known)
  return say(
    "没有规则“\(code)”" + (hint.map { "，是不是“\($0)”？" } ?? ""),
    "there is no rule `\(code)`" + (hint.map { "; did you mean `\($0)`?" } ?? ""))
}
