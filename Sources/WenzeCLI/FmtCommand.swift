import ArgumentParser
import Wenze
import WenzeInput
import WenzeReport
import WenzeSyntax

/// The command `wenze fmt`.
struct FmtCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fmt",
      abstract: say("整理 .wz 文件的版式。", "Formats .wz files."),
      discussion: say(
        "只动空白和换行，注释、名称、文本都不变。退出状态：0 已整理；1 --check 时有文件需要整理；2 用法、语法或者读写有错。",
        "Only blanks and line breaks change; comments, names and texts stay. Exit status: 0 formatted; "
          + "1 with --check, some file would change; 2 wrong usage, syntax, or a file that cannot be "
          + "read or written."))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say(
        "文件或文件夹，默认当前文件夹；- 是标准输入，写到标准输出",
        "Files or folders, default the current one; - formats standard input to standard output."),
      valueName: "path"))
  var paths: [String] = ["."]

  @Flag(
    help: ArgumentHelp(
      say("不写文件，只列出会改的地方", "Write nothing; show what would change.")))
  var check = false

  @Option(
    help: ArgumentHelp(
      say("把关键词改写成 zh 或 en", "Rewrite the keywords: zh or en."), valueName: "zh|en"))
  var keywords: KeywordChoice?

  @OptionGroup var coloring: ColorOptions

  @Option(
    name: .customLong("lang"),
    help: ArgumentHelp(
      say("界面语言：zh 或 en", "Language of the interface: zh or en."), valueName: "zh|en"))
  var languageName: KeywordChoice?

  @Flag(name: .shortAndLong, help: ArgumentHelp(say("不给小结", "No summary.")))
  var quiet = false

  /// A language by its code.
  enum KeywordChoice: String, ExpressibleByArgument, CaseIterable {
    case zh
    case en

    var language: Language { self == .zh ? .chinese : .english }
  }

  func run() throws {
    var tally = Tally()
    for problem in files.problems { complain(of: problem, in: &tally) }
    for path in files.paths { format(path, &tally) }
    if !quiet, paths != ["-"] { Console.complain(tally.summary(isCheck: check)) }
    if tally.failed > 0 { throw ExitCode(2) }
    if check, tally.changed > 0 { throw ExitCode(1) }
  }

  private struct Tally {
    var changed = 0
    var unchanged = 0
    var failed = 0

    func summary(isCheck: Bool) -> String {
      let chinese = isCheck ? "需要整理" : "已整理"
      let english = isCheck ? "to be formatted" : "formatted"
      return say(
        "\(chinese) \(changed)，无须整理 \(unchanged)，有错 \(failed)",
        "\(changed) \(english), \(unchanged) unchanged, \(failed) with errors")
    }
  }

  /// What is to be formatted: of folders, only what is in the language itself.
  private var files: (paths: [String], problems: [InputError]) {
    let (files, problems) = findInputs(inOrder: paths)
    let named = Set(paths)
    return (
      files.filter { named.contains($0) || $0.hasSuffix(".wz") },
      // A folder that has nothing to check may have nothing to format either.
      problems.filter { $0.reason != .noInputs }
    )
  }

  private func format(_ path: String, _ tally: inout Tally) {
    do throws(InputError) {
      let file = try loadFile(path: path)
      try format(file, path, &tally)
    } catch {
      // An empty file has its layout.
      if error.reason == .empty {
        tally.unchanged += 1
      } else {
        complain(of: error, in: &tally)
      }
    }
  }

  private func format(
    _ file: LoadedFile, _ path: String, _ tally: inout Tally
  ) throws(InputError) {
    if path != "-", !path.hasSuffix(".wz") {
      return complain([.notTheLanguage(path)], of: file.source, in: &tally)
    }
    let text: String
    do throws(FormattingProblem) {
      text = try formatted(file.source, keywords: keywords?.language)
    } catch {
      return complain(error.diagnostics, of: file.source, in: &tally)
    }
    let isWritten = file.encoding == .utf8 || file.encoding == .utf8WithMark
    let isSame =
      isWritten
      ? file.bytes.elementsEqual(text.utf8) : file.source.text.utf8.elementsEqual(text.utf8)
    if !isSame, !isWritten || file.bytes.starts(with: [0x1F, 0x8B]) {
      return complain([.otherEncoding(file.encoding)], of: file.source, in: &tally)
    }
    if isSame { tally.unchanged += 1 } else { tally.changed += 1 }
    if check {
      guard !isSame else { return }
      let isByteOrderMark = file.source.text.utf8.elementsEqual(text.utf8)
      let old = (isByteOrderMark ? "\u{FEFF}" : "") + file.source.text
      Console.write(
        unifiedDiff(
          from: old, to: text, path: displayed(path),
          isColored: coloring.isOn(forTerminal: Console.isOutputTerminal)))
    } else if path == "-" {
      Console.write(text)
    } else if !isSame {
      do throws(OutputError) {
        try writeFile(text, to: path)
      } catch {
        tally.changed -= 1
        tally.failed += 1
        Console.complain(say("错误：", "Error: ") + error.message[Console.language])
      }
    }
  }

  private func complain(of problem: InputError, in tally: inout Tally) {
    complain([problem.diagnostic], of: Source(path: problem.path, text: ""), in: &tally)
  }

  private func complain(
    _ diagnostics: [Diagnostic], of source: Source, in tally: inout Tally
  ) {
    tally.failed += 1
    let renderer = DiagnosticRenderer(
      language: Console.language, color: coloring.isOn(forTerminal: Console.isErrorTerminal),
      width: Console.errorWidth ?? 120)
    for diagnostic in diagnostics { Console.complain(renderer.render(diagnostic, in: source)) }
  }
}

extension Diagnostic {
  fileprivate static func notTheLanguage(_ path: String) -> Self {
    Diagnostic(
      "F0102", .error,
      Bilingual("“\(path)”不是 .wz 文件", "`\(path)` is no .wz file"), at: nil,
      notes: [
        Bilingual(
          "只整理规则语言写的文件；其他格式请用各自的工具",
          "only files in the rule language are formatted; use other tools for other formats")
      ])
  }

  fileprivate static func otherEncoding(_ encoding: TextEncoding) -> Self {
    let isUTF8 = encoding == .utf8 || encoding == .utf8WithMark
    return Diagnostic(
      "F0103", .error,
      isUTF8
        ? Bilingual("压缩的文件没有整理", "a compressed file was left alone")
        : Bilingual(
          "文件是 \(encoding.name.chinese) 编码，没有整理",
          "the file is \(encoding.name.english) and was left alone"), at: nil,
      notes: [
        isUTF8
          ? Bilingual("解压后再整理", "unpack it, then format it")
          : Bilingual("先另存为 UTF-8，再整理", "save it as UTF-8, then format it")
      ])
  }
}
