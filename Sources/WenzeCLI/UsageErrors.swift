import ArgumentParser
import WenzeSyntax

/// Something asked for that there is not, though the arguments are well formed.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ message: String) {
    description = message
  }
}

/// The help that was asked for, in the language of the interface.
func helpText(for error: any Error) -> String {
  let text = Wenze.fullMessage(for: error)
  guard Console.language == .chinese else { return text }
  return helpPhrases.reduce(text) { text, phrase in
    text.replacing(phrase.english, with: phrase.chinese)
  }
}

private let helpPhrases: [(english: String, chinese: String)] = [
  ("OVERVIEW: ", ""),
  ("USAGE: ", "用法："),
  ("ARGUMENTS:", "参数："),
  ("OPTIONS:", "选项："),
  ("SUBCOMMANDS:", "命令："),
  ("Show the version.", "显示版本"),
  ("Show help information.", "显示帮助"),
  ("Show subcommand help information.", "显示命令的帮助"),
  ("(values: ", "（可用："),
  ("(default: ", "（默认："),
  ("; default: ", "；默认："),
  ("See 'wenze help <subcommand>' for detailed help.", "详见：wenze help <subcommand>"),
]

/// What to say of arguments that could not be parsed, in the language of the interface.
///
/// The parser speaks English only; the sentences that users meet are put into Chinese here, and any
/// other is passed on as it is.
func usageMessage(for error: any Error, arguments: [String]) -> String {
  if let unknown = unknownCommand(in: arguments) { return unknown }
  let message = Wenze.fullMessage(for: error)
  guard Console.language == .chinese else { return message }
  return message.split(separator: "\n", omittingEmptySubsequences: false)
    .map { translated(String($0)) }
    .joined(separator: "\n")
}

/// A first word that is no command.
private func unknownCommand(in arguments: [String]) -> String? {
  guard let first = arguments.first(where: { !$0.hasPrefix("-") }), arguments.first == first else {
    return nil
  }
  let commands =
    Wenze.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  guard !commands.contains(first) else { return nil }
  let hint = nearest(to: first, among: commands)
  return say(
    "错误：没有命令“\(first)”" + (hint.map { "，是不是“\($0)”？" } ?? "；检查文书用 wenze check \(first)"),
    "Error: there is no command `\(first)`"
      + (hint.map { "; did you mean `\($0)`?" } ?? "; to check documents: wenze check \(first)"))
}

private func translated(_ line: String) -> String {
  let frames: [(prefix: String, chinese: String)] = [
    ("Error: Missing expected argument ", "错误：缺少参数 "),
    ("Error: Missing value for ", "错误：缺少选项的值："),
    ("Error: Unknown option ", "错误：没有选项 "),
    ("Error: Unexpected argument ", "错误：多余的参数 "),
    ("Error: The value ", "错误：值不对："),
    ("Error: ", "错误："),
    ("Usage: ", "用法："),
    ("Help:  ", "说明："),
  ]
  if line.hasPrefix("  See '") {
    return "  详见：" + line.split(separator: "'").dropFirst().prefix(1).joined()
  }
  for frame in frames where line.hasPrefix(frame.prefix) {
    var rest = String(line.dropFirst(frame.prefix.count))
    for (english, chinese) in phrases { rest = rest.replacing(english, with: chinese) }
    return frame.chinese + rest
  }
  return line
}

private let phrases: [(english: String, chinese: String)] = [
  (" is invalid for ", " 不能用于 "),
  (". Did you mean ", "，是不是 "),
  ("Please provide one of", "可用："),
  (" and ", "、"),
]
