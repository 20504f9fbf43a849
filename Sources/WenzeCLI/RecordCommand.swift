import ArgumentParser
import Wenze
import WenzeInput
import WenzeReport
import WenzeSyntax

/// The command `wenze record`.
struct RecordCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "record",
      abstract: say(
        "核对、显示 --record 写的运行记录。", "Checks and shows the log of runs that --record writes."),
      subcommands: [Verify.self, Show.self])
  }

  /// Reads a log; what cannot be read ends the command.
  fileprivate static func log(_ path: String) throws -> RunLog {
    do throws(InputError) {
      return try RunLog(path: path)
    } catch {
      throw Refusal(error.diagnostic.message[Console.language])
    }
  }

  fileprivate static func complain(of log: RunLog, _ path: String) {
    let renderer = DiagnosticRenderer(language: Console.language, color: false)
    for problem in log.problems {
      Console.complain(
        renderer.render(
          problem.diagnostic, in: Source(path: path, text: ""), lookUp: { _ in nil }))
    }
  }

  /// `wenze record verify`.
  struct Verify: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: say(
          "核对运行记录：改动、缺失、错位、截断都指出行号。",
          "Checks the chain of a log, and names each line where it is broken."),
        discussion: say(
          "退出状态：0 完好；1 有断裂；2 不能读取。",
          "Exit status: 0 whole; 1 broken; 2 the log cannot be read."))
    }

    @ArgumentParser.Argument(
      help: ArgumentHelp(say("运行记录文件", "The file of the log."), valueName: "file"))
    var path: String

    @Option(
      help: ArgumentHelp(
        say(
          "另行记下的一条校验值（至少前 8 位）：记录里没有它就是被截去了，可重复",
          "The hash of an entry, noted elsewhere, or its first 8 digits or more: without it the log was cut off; may be repeated."
        ),
        valueName: "hash"))
    var holds: [String] = []

    @Option(
      name: .customLong("report"),
      help: ArgumentHelp(
        say("一份报告文件：找出写它的那次运行，可重复", "A report: tells which run wrote it; may be repeated."),
        valueName: "file"))
    var reports: [String] = []

    @OptionGroup var interface: LanguageOptions

    func run() throws {
      let log = try RecordCommand.log(path)
      RecordCommand.complain(of: log, path)
      var isWhole = log.problems.isEmpty
      for hash in holds where !log.holds(hash) {
        isWhole = false
        Console.complain(
          say(
            "错误[R0107]: 没有校验值为 \(hash) 的记录：末尾的记录被截去，或者这不是那份记录",
            "error[R0107]: no entry has the hash \(hash): the last entries were cut off, or this is another log"
          ))
      }
      for report in reports { isWhole = try find(report, in: log) && isWhole }
      guard isWhole else {
        Console.write(
          say("\(path)：记录有断裂，不可信\n", "\(path): the log is broken, and cannot be trusted\n"))
        throw ExitCode(1)
      }
      let last = log.lastHash ?? say("（空）", "(empty)")
      Console.write(
        say(
          "\(path)：\(log.lines.count) 条记录，逐条相连；最后一条 \(last)\n",
          "\(path): \(log.lines.count) \(log.lines.count == 1 ? "entry" : "entries"), an unbroken chain; the last is \(last)\n"
        ))
    }

    /// Says which run wrote a report; false if none did.
    private func find(_ report: String, in log: RunLog) throws -> Bool {
      let digest: String
      do throws(InputError) {
        var running = RunningDigest()
        try forEachChunk(ofFile: report) { running.add($0) }
        digest = running.text
      } catch {
        throw Refusal(error.diagnostic.message[Console.language])
      }
      let runs = log.lines.filter { $0.reports.contains { $0.digest == digest } }
      guard let run = runs.last else {
        Console.complain(
          say(
            "错误[R0108]: 没有一次运行写出“\(report)”现在的内容",
            "error[R0108]: no run wrote `\(report)` as it is now"))
        return false
      }
      Console.write(
        say(
          "\(report)：第 \(run.sequence) 条，\(run.time)\n",
          "\(report): entry \(run.sequence), \(run.time)\n"))
      return true
    }
  }

  /// `wenze record show`.
  struct Show: ParsableCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        abstract: say("把运行记录列成表。", "Shows a log as a table."))
    }

    @ArgumentParser.Argument(
      help: ArgumentHelp(say("运行记录文件", "The file of the log."), valueName: "file"))
    var path: String

    @OptionGroup var interface: LanguageOptions

    func run() throws {
      let log = try RecordCommand.log(path)
      Console.write(log.table(in: Console.language))
      if !log.problems.isEmpty {
        RecordCommand.complain(of: log, path)
        throw ExitCode(1)
      }
    }
  }
}
