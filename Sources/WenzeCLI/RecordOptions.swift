import ArgumentParser
import Wenze
import WenzeSyntax

/// Where a run is recorded.
struct RecordOptions: ParsableArguments {
  @Option(
    name: .customLong("record"),
    help: ArgumentHelp(
      say(
        "把这次运行记入日志：规则、输入和报告的摘要，逐条相连；用 wenze record verify 核对",
        "Record the run in a log: digests of rules, inputs and reports, each line chained to the last; check it with wenze record verify."
      ),
      valueName: "file"))
  var path: String?

  /// Opens the log; of one that cannot be written the user hears before the run.
  func open() -> RunRecorder {
    guard let path else { return RunRecorder(log: nil, isAsked: false) }
    do throws(OutputError) {
      return RunRecorder(log: try RunLogFile(path: path), isAsked: true)
    } catch {
      RunRecorder.complain(error)
      return RunRecorder(log: nil, isAsked: true)
    }
  }
}

/// Records a run once its reports are written.
struct RunRecorder {
  fileprivate let log: RunLogFile?
  fileprivate let isAsked: Bool

  /// Whether there is a log to write to.
  var isOpen: Bool { log != nil }

  /// Adds an entry to the log; false if one was asked for and there is none.
  func record(_ entry: @autoclosure () -> RunLogEntry, isQuiet: Bool) -> Bool {
    guard let log else { return !isAsked }
    do throws(OutputError) {
      let (number, hash) = try log.append(entry())
      if !isQuiet {
        Console.complain(
          say(
            "已记入 \(log.path)：第 \(number) 条，\(hash)",
            "recorded in \(log.path): entry \(number), \(hash)"))
      }
      return true
    } catch {
      Self.complain(error)
      return false
    }
  }

  static func complain(_ error: OutputError) {
    Console.complain(
      say("错误：没有记录这次运行：", "Error: the run is not recorded: ") + error.message[Console.language])
  }
}
