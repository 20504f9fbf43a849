import ArgumentParser
import Wenze
import WenzeEngine
import WenzeInput
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze audit`.
struct AuditCommand: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "audit",
      abstract: say("审计整批档案，给出汇总和报告。", "Audits a whole archive, with a summary and reports."),
      discussion: say(
        "例：wenze audit 档案 --report csv=问题.csv,jsonl=问题.jsonl\n退出状态：0 完成；1 用了 --severity 且有达到门槛的问题；2 用法、输入或者规则有错。",
        "Example: wenze audit ARCHIVE --report csv=findings.csv,jsonl=findings.jsonl\nExit status: 0 done; 1 with --severity and findings from there on; 2 wrong usage, input or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "文件或文件夹（.wz .json .jsonl .yaml .csv .xlsx .xes）；- 是标准输入",
        "Files or folders (.wz .json .jsonl .yaml .csv .xlsx .xes); - is standard input."),
      valueName: "path"))
  var paths: [String] = []

  @OptionGroup var rules: RuleOptions

  @OptionGroup var limits: LimitOptions

  @OptionGroup var selection: SelectionOptions

  @OptionGroup var recording: RecordOptions

  @Option(
    help: ArgumentHelp(
      say(
        "写报告：格式=文件，逗号分隔，可重复；格式有 \(ReportRequest.textNames)；文件 - 是标准输出",
        "Write reports: FORMAT=FILE, separated by commas; may be repeated. Formats: \(ReportRequest.textNames). The file - is standard output."
      ),
      valueName: "format=file"))
  var report: [String] = []

  @Option(
    name: .customLong("baseline"),
    help: ArgumentHelp(
      say(
        "已知问题的基线：不再列出，也不影响退出状态",
        "Findings known before: neither listed nor of weight for the exit status."),
      valueName: "file"))
  var baselinePath: String?

  @Option(
    name: .customLong("write-baseline"),
    help: ArgumentHelp(
      say("把这次的问题写成基线", "Write the findings of this run as a baseline."), valueName: "file"))
  var newBaselinePath: String?

  @Option(
    name: .customLong("emit-partial"),
    help: ArgumentHelp(
      say(
        "写部分结果，供 --merge 合并；含人名", "Write a partial result for --merge; it holds names of persons."),
      valueName: "file"))
  var partialPath: String?

  @Flag(
    help: ArgumentHelp(
      say(
        "合并部分结果：参数是 --emit-partial 写的文件，结果与一次审计全部输入相同",
        "Merge partial results: the arguments are files of --emit-partial; gives what one run over all inputs gives."
      )))
  var merge = false

  @Option(
    help: ArgumentHelp(
      say("有这一程度以上的问题时以状态 1 退出", "Exit 1 for findings of this severity or a higher one."),
      valueName: "severity"))
  var severity: SeverityChoice?

  @Option(
    help: ArgumentHelp(
      say(
        "存疑的规则：show 列入报告，hide 只计数（默认），fail 也算问题",
        "Undetermined rules: show, hide, or fail. Default hide."),
      valueName: "show|hide|fail"))
  var undetermined: CheckCommand.UndeterminedChoice?

  @OptionGroup var workers: WorkerOptions

  @OptionGroup var coloring: ColorOptions

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("只给小结，不显示进度", "Only the totals, no progress.")))
  var quiet = false

  func validate() throws {
    if paths.isEmpty {
      throw ValidationError(say("没有写要审计的文件或文件夹", "no file or folder to audit is given"))
    }
    if merge, let option = selection.firstGiven ?? (limits.settings.isEmpty ? nil : "--limit") {
      throw ValidationError(
        say(
          "用 --merge 时不能写 \(option)：它在生成部分结果时已经定了",
          "\(option) cannot be given with --merge: it was settled when the partial results were made"
        ))
    }
    if selection.masking.profile.isPublic, baselinePath != nil || newBaselinePath != nil {
      throw ValidationError(
        say(
          "基线要写明是哪份文书，不能和 --profile public 一起用",
          "a baseline names documents: it cannot be used with --profile public"))
    }
    let requests = try ReportRequest.all(in: report)
    if let request = requests.first(where: { $0.format.isFile }) {
      throw ValidationError(
        say(
          "audit 不写 \(request.format.name)；请用 wenze check … --format \(request.format.name) --output 文件，或者 --report csv=文件",
          "audit writes no \(request.format.name); use wenze check … --format \(request.format.name) --output FILE, or --report csv=FILE"
        ))
    }
    var paths = Set(requests.map(\.path))
    for path in [newBaselinePath, partialPath].compactMap({ $0 })
    where !paths.insert(path).inserted {
      throw ValidationError(
        say("两份结果都写入“\(path)”", "two results go to `\(path)`"))
    }
  }

  // On the main thread, so that reading does not take the place of a judge.
  @MainActor func run() async throws {
    do {
      throw ExitCode(try await audit())
    } catch let error as OutputError {
      throw fail(error.message)
    } catch let error as AuditFileError {
      throw fail(error.message)
    }
  }

  private func fail(_ message: Bilingual) -> ExitCode {
    Console.complain(say("错误：", "Error: ") + message[rules.language])
    return ExitCode(2)
  }

  private nonisolated(nonsending) func audit() async throws -> Int32 {
    let loaded = rules.load(withTests: false)
    rules.complain(of: loaded)
    var run = try self.run(of: loaded)
    run.jobs = workers.count
    run.baseline = try baselinePath.map { try Baseline(readFrom: $0) }
    run.makesBaseline = newBaselinePath != nil
    var context = run.context(language: rules.language)
    if let baselinePath { context.run?.baseline = try? RunRecord.Baseline(readFrom: baselinePath) }
    let isSound = loaded.isSound
    let (severity, undetermined) = (severity?.value, undetermined)
    context.exitStatus = { isSound ? Self.status(of: $0, severity, undetermined) : 2 }
    let recorder = recording.open()
    run.digestsInputs = recorder.isOpen
    let files = try OutputFiles(ReportRequest.all(in: report), areDigested: recorder.isOpen)
    func file(_ path: String) throws -> OutputFile {
      try OutputFile(path: path, isDigested: recorder.isOpen)
    }
    let partial = try partialPath.map { try file($0) }
    let newBaseline = try newBaselinePath.map { try file($0) }
    let progress = ProgressLine(isQuiet: quiet)
    defer { progress?.clear() }
    let outputs = files.outputs(context)
    let outcome =
      try await merge
      ? run.merge(paths, outputs: outputs, partial: partial) { progress?.show($0) }
      : run.audit(paths, outputs: outputs, partial: partial) { progress?.show($0) }
    progress?.clear()
    try newBaseline?.write(Baseline.text(of: outcome.entries))
    try OutputFile.commit(files.files + [partial, newBaseline].compactMap { $0 })
    var written = files.written
    written += [partial?.report(format: "partial"), newBaseline?.report(format: "baseline")]
      .compactMap { $0 }
    if !files.usesStandardOutput {
      let text = summaryText(outcome.summary, context)
      Console.write(text)
      written.append(
        RunLogEntry.Report(format: "text", path: "-", digest: digest(of: Array(text.utf8))))
    }
    complain(of: outcome.summary)
    let status = context.exitStatus?(outcome.summary) ?? 0
    let isRecorded = recorder.record(
      RunLogEntry(
        of: outcome.summary, context, at: Console.timestamp, exitStatus: status, reports: written),
      isQuiet: quiet)
    return isRecorded ? status : 2
  }

  private func run(of loaded: LoadedRules) throws -> AuditRun {
    if merge, let first = paths.first {
      let run = try AuditRun(merging: first, rules: loaded)
      if let undetermined, run.options.showsUndetermined != (undetermined != .hide) {
        throw Refusal(
          say(
            "部分结果是用另一种 --undetermined 生成的",
            "the partial results were made with another --undetermined"))
      }
      return run
    }
    var run = AuditRun(check: try selection.run(of: loaded, rules, limits: limits.limits))
    run.options.showsUndetermined = (undetermined ?? .hide) != .hide
    run.options.profile = selection.masking.profile
    return run
  }

  private func summaryText(_ summary: AuditSummary, _ context: ReportContext) -> String {
    TextFormat(
      context, width: Console.width,
      isColored: coloring.isOn(forTerminal: Console.isOutputTerminal),
      isBrief: quiet
    )
    .tail(summary)
  }

  /// Says that something was not audited; the summary says what.
  private func complain(of summary: AuditSummary) {
    guard summary.hasProblems else { return }
    let count = summary.problemCount(of: .error)
    Console.complain(
      say(
        "错误：输入有 \(count) 处不对，有的没有审计",
        "Error: the input is wrong in \(count) places, and not all of it was audited"))
  }

  private static func status(
    of summary: AuditSummary, _ severity: Diagnostic.Severity?,
    _ undetermined: CheckCommand.UndeterminedChoice?
  ) -> Int32 {
    if summary.hasProblems { return 2 }
    if let severity, summary.hasViolation(atLeast: severity) { return 1 }
    return undetermined == .fail && !summary.findings.undetermined.isEmpty ? 1 : 0
  }
}

/// A report that the user asks for.
struct ReportRequest {
  var format: OutputFormat
  var path: String

  /// Those that audits write.
  static var textNames: String { reportFormats.map { $0.name }.joined(separator: ", ") }

  static var names: String { OutputFormat.names.joined(separator: ", ") }

  /// The reports of all options, each file once.
  static func all(in options: [String]) throws -> [ReportRequest] {
    var requests: [ReportRequest] = []
    var paths: Set<String> = []
    for text in options.flatMap({ parts(of: $0) }) {
      let request = try ReportRequest(text)
      guard paths.insert(request.path).inserted else {
        throw ValidationError(
          say("两份报告都写入“\(request.path)”", "two reports go to `\(request.path)`"))
      }
      requests.append(request)
    }
    return requests
  }

  /// The reports of one option: a comma parts them only if another format follows it.
  private static func parts(of option: String) -> [String] {
    var parts: [String] = []
    for part in option.split(separator: ",", omittingEmptySubsequences: false) {
      if part.contains("=") || parts.isEmpty {
        parts.append(String(part))
      } else {
        parts[parts.count - 1] += "," + part
      }
    }
    return parts
  }

  private init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let format = OutputFormat(named: name) else {
      let hint = nearest(to: name, among: OutputFormat.names)
      throw ValidationError(
        say(
          "没有报告格式“\(name)”" + (hint.map { "，是不是“\($0)”？" } ?? "") + "；可用：\(Self.names)",
          "there is no report format `\(name)`" + (hint.map { "; did you mean `\($0)`?" } ?? "")
            + "; there are \(Self.names)"))
    }
    guard parts.count == 2, !parts[1].isEmpty else {
      throw ValidationError(
        say("--report 写作 格式=文件，不是“\(text)”", "--report is FORMAT=FILE, not `\(text)`"))
    }
    self.format = format
    path = String(parts[1])
    if format.isFile, path == "-" { throw ValidationError(format.needsFile) }
  }
}

/// The files of the reports of a run, which come to be together.
struct OutputFiles {
  private enum Target {
    case file(OutputFile)
    case standardOutput(StandardOutput)

    var sink: any ReportSink {
      switch self {
      case .file(let file): file
      case .standardOutput(let output): output
      }
    }
  }

  private var reports: [(format: any ReportFormat.Type, target: Target)] = []

  /// Opens the files that the user asks for, and digests what is written if that is wanted.
  init(_ requests: [ReportRequest], areDigested: Bool = false) throws {
    for request in requests {
      // Formats of files were refused.
      guard case .text(let format) = request.format else { continue }
      let target: Target =
        request.path == "-"
        ? .standardOutput(StandardOutput(isDigested: areDigested))
        : .file(try OutputFile(path: request.path, isDigested: areDigested))
      reports.append((format, target))
    }
  }

  var usesStandardOutput: Bool { reports.count > files.count }

  func outputs(_ context: ReportContext) -> [AuditOutput] {
    reports.map { report in
      AuditOutput(format: report.format.init(context), sink: report.target.sink)
    }
  }

  var files: [OutputFile] {
    reports.compactMap { report in
      if case .file(let file) = report.target { file } else { nil }
    }
  }

  /// What was written, for the log of runs; nothing where no digests are wanted.
  var written: [RunLogEntry.Report] {
    reports.compactMap { report in
      switch report.target {
      case .file(let file): file.report(format: report.format.name)
      case .standardOutput(let output): output.report(format: report.format.name)
      }
    }
  }
}

extension Baseline {
  /// Reads the baseline in a file.
  fileprivate init(readFrom path: String) throws {
    let text: String
    do throws(InputError) {
      text = try loadFile(path: path).source.text
    } catch {
      throw AuditFileError(path, error.diagnostic.message)
    }
    try self.init(text: text, path: path)
  }
}

/// Standard output as the place of a report.
private final class StandardOutput: ReportSink {
  private var held = ""
  private var running: RunningDigest?

  init(isDigested: Bool) {
    running = isDigested ? RunningDigest() : nil
  }

  func write(_ text: String) {
    Console.write(text)
    running?.add(Array(text.utf8))
  }

  func hold(_ text: String) {
    held += text
  }

  func writeHeld() {
    write(held)
    held = ""
  }

  func report(format: String) -> RunLogEntry.Report? {
    running.map { RunLogEntry.Report(format: format, path: "-", digest: $0.text) }
  }
}
