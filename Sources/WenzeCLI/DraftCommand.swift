import ArgumentParser
import Wenze
import WenzeDocuments
import WenzeEngine
import WenzeInput
import WenzeReport
import WenzeSyntax

/// The command `wenze draft`.
struct DraftCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "draft",
      abstract: say(
        "按模板起草文书：审核意见书、问题反馈清单。",
        "Drafts documents from templates: a review opinion, a list of problems to send back."),
      discussion: say(
        "例：wenze draft 审核意见书 案件.wz --output 意见书.docx    wenze draft 问题反馈清单 案件文件夹 --output 清单/\n多件案件写入一个文件时依次排列，每件另起一页；写入文件夹时一件一个文件。文书是草稿，由人核对、签字。退出状态：0 写完；2 用法、模板、输入或者规则有错。",
        "Example: wenze draft review-opinion case.wz --output opinion.docx    wenze draft feedback-list FOLDER --output lists/\nSeveral cases in one file each begin on a new page; in a folder each has its own file. What is written is a draft, for a person to check and to sign. Exit status: 0 written; 2 wrong usage, template, input or rules."
      ))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("文书名称，见 --list", "The document by its name; see --list."), valueName: "name"))
  var name: String?

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "案件文件或者文件夹（.wz .json .jsonl .yaml .csv，可用 gzip 压缩）；- 是标准输入",
        "Files or folders of cases (.wz .json .jsonl .yaml .csv, plain or gzip); - is standard input."
      ),
      valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      say(
        "写入文件（.docx 或 .html）；以 / 结尾的是文件夹，一件案件一个文件",
        "Write to this file, .docx or .html; to a folder if it ends in /, each case to a file of its own."
      ), valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      say(
        "格式：docx 或 html，默认看文件名，文件夹里是 docx",
        "Format: docx or html. Default by the file's name; docx in a folder."),
      valueName: "docx|html"))
  var format: DocumentFormat?

  @Option(
    help: ArgumentHelp(
      say("用这个模板（.docx 或 .html）", "Use this template, .docx or .html."), valueName: "file"))
  var template: String?

  @Option(
    name: .customLong("write-template"),
    help: ArgumentHelp(
      say(
        "写出模板，供修改后用 --template 或者放进 规则文件夹/documents",
        "Write the template to change it, for --template or for RULES/documents."),
      valueName: "file"))
  var writtenTemplate: String?

  @Flag(help: ArgumentHelp(say("列出有哪些文书", "List the documents that there are.")))
  var list = false

  @Flag(
    name: .customLong("names"),
    help: ArgumentHelp(say("列出模板可用的名称", "List the names that templates may use.")))
  var listsNames = false

  @OptionGroup var rules: RuleOptions

  @OptionGroup var limits: LimitOptions

  @OptionGroup var selection: SelectionOptions

  @OptionGroup var recording: RecordOptions

  func validate() throws {
    if list || listsNames { return }
    guard name != nil else {
      throw ValidationError(
        say(
          "要写文书名称，如 审核意见书；有哪些见 --list",
          "a document is to be named, such as review-opinion; see --list"))
    }
    if writtenTemplate != nil { return }
    guard !paths.isEmpty else {
      throw ValidationError(say("要写案件文件", "a file of a case is to be given"))
    }
    if selection.masking.profile.isPublic {
      throw ValidationError(
        say(
          "文书逐案写明问题，不能用 --profile public",
          "a document tells of single cases: it cannot be --profile public"))
    }
  }

  func run() throws {
    let templates = try DocumentTemplates.found(in: rules.folders)
    if list { return Console.write(listing(of: templates)) }
    if let writtenTemplate { return try write(templates, to: writtenTemplate) }
    let loaded = rules.load(withTests: false)
    guard loaded.isSound else {
      rules.complain(of: loaded)
      throw ExitCode(2)
    }
    let run = try selection.run(of: loaded, rules, limits: limits.limits)
    let options = ReportOptions(language: rules.language, profile: selection.masking.profile)
    if listsNames {
      let data = DocumentData(run.report(on: [], options: options)).whole
      return Console.write(data.listOfNames(in: rules.language))
    }
    let target = try DraftTarget(output, format: format, template: template)
    let chosen = try self.chosen(templates, target.format)
    let recorder = recording.open()
    let report = run.report(on: paths, options: options)
    let problems = report.problemText
    if !problems.isEmpty { Console.complain(problems) }
    var data = DocumentData(report)
    data.template = .record(
      [
        (Bilingual("名称", "name"), .text(chosen.path)),
        (Bilingual("摘要", "digest"), .text(digest(of: chosen.bytes))),
      ], text: chosen.path)
    guard !data.cases.isEmpty else {
      if problems.isEmpty { throw Refusal(say("输入里没有文书", "there is no document in the input")) }
      throw ExitCode(2)
    }
    let status: Int32 = report.hasProblems ? 2 : 0
    let drafts: [Draft]
    do throws(TemplateProblems) {
      drafts = try self.drafts(of: data, by: chosen, templates, target)
    } catch {
      throw complaint(of: error)
    }
    let written: [RunLogEntry.Report]
    do throws(OutputError) {
      written = try write(drafts, to: target)
    } catch {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
    var recorded = report
    recorded.run?.command = .draft
    let isRecorded = recorder.record(
      RunLogEntry(of: recorded, at: Console.timestamp, exitStatus: status, reports: written),
      isQuiet: false)
    throw ExitCode(isRecorded ? status : 2)
  }

  // MARK: Templates

  private func listing(of templates: DocumentTemplates) -> String {
    templates.entries.map { entry in
      let other = rules.language == .chinese ? entry.name.english : entry.name.chinese
      let formats = entry.formats.map { ".\($0.rawValue)" }.joined(separator: " ")
      let place =
        entry.folder.map { say("，模板在 \($0)/documents", ", template in \($0)/documents") } ?? ""
      return entry.name[rules.language]
        + (other == entry.name[rules.language] ? "" : say("（\(other)）", " (\(other))"))
        + "  \(formats)\(place)\n"
    }
    .joined()
  }

  private func entry(_ templates: DocumentTemplates) throws -> DocumentTemplates.Entry {
    let name = name ?? ""
    if let entry = templates.entry(named: name) { return entry }
    let known = templates.entries.flatMap { [$0.name.chinese, $0.name.english] }
    let hint = nearest(to: name, among: known)
    throw Refusal(
      say(
        "没有文书“\(name)”" + (hint.map { "，是不是“\($0)”？" } ?? "；有哪些见 wenze draft --list"),
        "there is no document `\(name)`"
          + (hint.map { "; did you mean `\($0)`?" } ?? "; see wenze draft --list")))
  }

  /// The template that is to be filled.
  private func chosen(
    _ templates: DocumentTemplates, _ format: DocumentFormat
  ) throws -> DocumentTemplate {
    if let template {
      return DocumentTemplate(format: format, path: template, bytes: try templateBytes(template))
    }
    let entry = try entry(templates)
    guard let found = templates.template(of: entry, format, language: rules.language) else {
      throw Refusal(
        say(
          "“\(entry.name.chinese)”没有 .\(format.rawValue) 模板",
          "`\(entry.name.english)` has no .\(format.rawValue) template"))
    }
    return found
  }

  private func write(_ templates: DocumentTemplates, to path: String) throws {
    guard let format = format ?? DocumentFormat(path: path) else {
      throw DraftTarget.unknownFormat(path)
    }
    let template = try chosen(templates, format)
    let bytes: [UInt8]
    switch format {
    case .docx: bytes = template.bytes
    case .html:
      // With what it names in its place, so that one file is all.
      let page: PageTemplate
      do throws(TemplateProblems) {
        page = try PageTemplate(template.pageSource, partial: templates.partial)
      } catch {
        throw complaint(of: error)
      }
      bytes = Array(page.text.utf8)
    }
    do throws(OutputError) {
      try writeNewFile(bytes, to: path)
    } catch {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
  }

  /// Tells what is wrong with a template.
  private func complaint(of problems: TemplateProblems) -> ExitCode {
    let renderer = DiagnosticRenderer(
      language: rules.language, color: false, width: Console.errorWidth ?? 100)
    Console.complain(
      problemTexts(of: problems.problems, sources: problems.sources, renderer)
        .joined(separator: "\n"))
    return ExitCode(2)
  }

  // MARK: Writing

  /// A document, and what its file is called.
  private struct Draft {
    var name: String
    var bytes: [UInt8]
  }

  private func drafts(
    of data: DocumentData, by template: DocumentTemplate, _ templates: DocumentTemplates,
    _ target: DraftTarget
  ) throws(TemplateProblems) -> [Draft] {
    let whole = data.whole
    let filler = try DocumentFiller(template, data: whole, partial: templates.partial)
    guard case .folder = target.place else {
      return [Draft(name: "", bytes: try filler.document(filledWith: whole))]
    }
    var names = FileNames(suffix: ".\(template.format.rawValue)")
    var drafts: [Draft] = []
    let stem =
      name.flatMap { templates.entry(named: $0) }.map { $0.name[rules.language] } ?? name ?? ""
    for (number, (file, result)) in data.cases.enumerated() {
      drafts.append(
        Draft(
          name: names.name("\(stem)-\(data.id(of: result) ?? String(number + 1))"),
          bytes: try filler.document(filledWith: data.part(file, result))))
    }
    return drafts
  }

  /// Writes the documents; they come to be together.
  ///
  /// - Returns: what was written, for the log of runs.
  private func write(
    _ drafts: [Draft], to target: DraftTarget
  ) throws(OutputError) -> [RunLogEntry.Report] {
    var files: [OutputFile] = []
    var written: [RunLogEntry.Report] = []
    if case .folder(let folder) = target.place, !isFolder(folder) { try makeNewFolder(folder) }
    for draft in drafts {
      let path: String
      switch target.place {
      case .screen: path = "-"
      case .file(let file): path = file
      case .folder(let folder): path = folder + (folder.hasSuffix("/") ? "" : "/") + draft.name
      }
      written.append(
        RunLogEntry.Report(
          format: target.format.rawValue, path: path, digest: digest(of: draft.bytes)))
      if path == "-" {
        Console.write(String(decoding: draft.bytes, as: UTF8.self))
        continue
      }
      let file = try OutputFile(path: path)
      try file.write(draft.bytes)
      files.append(file)
    }
    try OutputFile.commit(files)
    return written
  }
}

extension DocumentFormat: ExpressibleByArgument {}
