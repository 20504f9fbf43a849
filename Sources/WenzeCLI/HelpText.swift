import ArgumentParser
import WenzeReport
import WenzeSyntax

/// The help that was asked for, in the language of the interface; nil if it was something else.
func helpText(for error: any Error) -> String? {
  // The parser takes every letter for one column wide, and fails below some width: lines are
  // broken here.
  let text = Wenze.fullMessage(for: error, columns: 1000)
  guard text.hasPrefix("OVERVIEW: ") else { return nil }
  return text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { broken(Console.language == .chinese ? inChinese(String($0)) : String($0)) }
    .joined(separator: "\n")
}

private let phrases: [(english: String, chinese: String)] = [
  ("OVERVIEW: ", ""),
  ("USAGE: ", "用法："),
  ("ARGUMENTS:", "参数："),
  ("OPTIONS:", "选项："),
  ("SUBCOMMANDS:", "命令："),
  ("Show the version.", "显示版本"),
  ("Show help information.", "显示帮助"),
  ("Show subcommand help information.", "显示命令的帮助"),
  ("See 'wenze help <subcommand>' for detailed help.", "详见：wenze help <subcommand>"),
]

private func inChinese(_ line: String) -> String {
  var line = phrases.reduce(line) { $0.replacing($1.english, with: $1.chinese) }
  line.replace(/\ \(((?:values|default): [^()]*)\)$/) { match in
    let choices = match.1.replacing("values: ", with: "可用：")
      .replacing("; default: ", with: "；默认：").replacing("default: ", with: "默认：")
    return "（\(choices.replacing(", ", with: "、"))）"
  }
  return line
}

/// A line broken so that it fits the terminal; what follows a label stays in its column.
private func broken(_ line: String) -> String {
  let column = 26
  let isLabelled = line.hasPrefix("  ") && line.dropFirst(column - 1).first == " "
  let indent = isLabelled ? column : line.prefix { $0 == " " }.count
  let width = max(20, (Console.width ?? 80) - indent)
  return line.prefix(indent)
    + wrappedLines(of: String(line.dropFirst(indent)), width: width)
    .joined(separator: "\n" + String(repeating: " ", count: indent))
}
