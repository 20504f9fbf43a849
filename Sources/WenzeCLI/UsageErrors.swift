import ArgumentParser
import WenzeSyntax

/// Something asked for that there is not, though the arguments are well formed.
struct Refusal: Error, CustomStringConvertible {
  let description: String

  init(_ message: String) {
    description = message
  }
}

/// What to say of arguments that could not be parsed, in the language of the interface.
///
/// The parser speaks English only; the sentences that users meet are put into Chinese here, and any
/// other is passed on as it is.
func usageMessage(for error: any Error) -> String {
  let message = Wenze.fullMessage(for: error)
  guard Console.language == .chinese else { return message }
  return message.split(separator: "\n", omittingEmptySubsequences: false)
    .map { translated(String($0)) }
    .joined(separator: "\n")
}

/// What to say of a first word that is no command, or of one that help is asked for; else nil.
func unknownCommand(in arguments: [String]) -> String? {
  let words = arguments.prefix { !$0.hasPrefix("-") }
  guard let word = words.first == "help" ? words.dropFirst().first : words.first else { return nil }
  let commands =
    Wenze.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  guard !commands.contains(word) else { return nil }
  let hint = nearest(to: word, among: commands)
  return say(
    "错误：没有命令“\(word)”" + (hint.map { "，是不是“\($0)”？" } ?? "；检查文书用 wenze check \(word)"),
    "Error: there is no command `\(word)`"
      + (hint.map { "; did you mean `\($0)`?" } ?? "; to check documents: wenze check \(word)"))
}

private func translated(_ line: String) -> String {
  if let match = line.wholeMatch(of: /Error: (.*)/) { return "错误：" + complaint(String(match.1)) }
  if let match = line.wholeMatch(of: /Usage: (.*)/) { return "用法：\(match.1)" }
  if let match = line.wholeMatch(of: /Help:  (.*)/) { return "说明：\(match.1)" }
  if let match = line.wholeMatch(of: /\ *See '(.*)' for more information\./) {
    return "  详见：\(match.1)"
  }
  return line
}

private func complaint(_ english: String) -> String {
  if let match = english.wholeMatch(of: /Missing expected argument '(.*)'/) {
    return "缺少参数“\(match.1)”"
  }
  if let match = english.wholeMatch(of: /Missing value for '(.*)'/) {
    return "选项“\(match.1)”缺少值"
  }
  if let match = english.wholeMatch(of: /Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/) {
    return "没有选项“\(match.1)”" + (match.2.map { "，是不是“\($0)”？" } ?? "")
  }
  if let match = english.wholeMatch(of: /(?:\d+ u|U)nexpected arguments?:? '(.*)'/) {
    return "多余的参数“\(match.1.replacing("', '", with: "”“"))”"
  }
  if let match = english.wholeMatch(of: /The option '(.*)' does not take any value, but '(.*)' .*/)
  {
    return "选项“\(match.1)”不带值，却写了“\(match.2)”"
  }
  // Of many values, each is on a line of its own below.
  let listed = /The value '(.*)' is invalid for '(.*?)'\. Please provide one of the following:/
  if let match = english.wholeMatch(of: listed) {
    return "选项“\(match.2)”的值“\(match.1)”不对，可用："
  }
  let invalid = /The value '(.*)' is invalid for '(.*?)'(?:\. Please provide one of (.*)\.)?/
  if let match = english.wholeMatch(of: invalid) {
    let values = match.3.map { $0.matches(of: /'(.*?)'/).map { String($0.1) } } ?? []
    return "选项“\(match.2)”的值“\(match.1)”不对"
      + (values.isEmpty ? "" : "，可用：" + values.joined(separator: "、"))
  }
  return english
}
