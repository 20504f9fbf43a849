import Wenze
import WenzeSyntax

/// A line on a terminal that says how far an audit has come.
final class ProgressLine {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var painted: ContinuousClock.Instant?

  /// - Parameter isQuiet: whether there is to be no line, even on a terminal.
  init?(isQuiet: Bool) {
    guard !isQuiet, Console.isErrorTerminal, Console.environment("TERM") != "dumb" else {
      return nil
    }
    start = clock.now
  }

  func show(_ progress: AuditProgress) {
    let now = clock.now
    if let painted, now - painted < .milliseconds(100) { return }
    painted = now
    Console.show("\r" + fitted(text(of: progress, after: now - start)) + "\u{1B}[K")
  }

  /// Removes the line, so that something else can be written there.
  func clear() {
    if painted != nil { Console.show("\r\u{1B}[K") }
  }

  private func text(of progress: AuditProgress, after elapsed: Duration) -> String {
    let seconds = max(
      0.001,
      Double(elapsed.components.seconds)
        + Double(elapsed.components.attoseconds) / 1e18)
    let rate = Int(Double(progress.documents) / seconds)
    var text = ""
    var left = ""
    if let total = progress.totalBytes, total > 0 {
      let share = min(1, Double(progress.bytes) / Double(total))
      let cells = 20
      let full = Int(share * Double(cells))
      text =
        String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
        + " \(Int(share * 100))%  "
      if progress.bytes > 0 {
        let rest = seconds * Double(total - progress.bytes) / Double(progress.bytes)
        left = say("  剩余约 \(spoken(rest))", "  about \(spoken(rest)) left")
      }
    }
    return text
      + say(
        "\(grouped(progress.documents)) 份  每秒 \(grouped(rate)) 份",
        "\(grouped(progress.documents)) documents  \(grouped(rate))/s") + left
  }

  private func spoken(_ seconds: Double) -> String {
    let seconds = Int(max(0, seconds).rounded(.up))
    if seconds < 60 { return say("\(seconds) 秒", "\(seconds) s") }
    if seconds < 3600 {
      return say("\(seconds / 60) 分 \(seconds % 60) 秒", "\(seconds / 60) min \(seconds % 60) s")
    }
    let minutes = seconds / 60
    return say("\(minutes / 60) 小时 \(minutes % 60) 分", "\(minutes / 60) h \(minutes % 60) min")
  }

  /// A number with a space between thousands.
  private func grouped(_ number: Int) -> String {
    var digits = String(number)
    var result = ""
    while digits.count > 3 {
      result = " " + digits.suffix(3) + result
      digits.removeLast(3)
    }
    return digits + result
  }

  /// What fits on one line: a longer one would be painted below itself.
  private func fitted(_ text: String) -> String {
    let width = (Console.errorWidth ?? 80) - 1
    var taken = 0
    return String(
      text.prefix { character in
        taken += displayWidth(of: String(character))
        return taken <= width
      })
  }
}
