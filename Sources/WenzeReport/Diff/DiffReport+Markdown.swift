package import WenzeSyntax

extension DiffReport {
  /// The comparison as Markdown, with a table of all rules and the examples of each below.
  package func markdown(in language: Language) -> String {
    let words = DiffWords(report: self, language: language)
    func say(_ chinese: String, _ english: String) -> String { words.say(chinese, english) }
    func row(_ cells: [String]) -> String {
      "| " + cells.map { escapedMarkdown($0) }.joined(separator: " | ") + " |\n"
    }
    var text = "# \(say("规则修改的影响", "What changes of rules change"))\n\n"
    text += (words.sides + words.summary).map { "- \(escapedMarkdown($0))\n" }.joined()
    if !changedRules.isEmpty {
      text +=
        "\n"
        + row([say("规则", "rule"), say("原因", "cause"), say("结论", "verdict"), say("项", "count")])
      text += "| --- | --- | --- | --: |\n"
    }
    for rule in changedRules {
      for (transition, changes) in rule.transitions {
        text += row([
          words.title(of: rule.code), words.cause(of: rule.code), transition.text(in: language),
          words.shown(changes.count),
        ])
      }
    }
    for rule in changedRules where rule.transitions.contains(where: { !$0.1.examples.isEmpty }) {
      text += "\n## \(escapedMarkdown(words.title(of: rule.code)))\n"
      for (transition, changes) in rule.transitions {
        for example in changes.examples {
          text += "\n- **\(transition.text(in: language))** "
          text +=
            escapedMarkdown("\(words.place(of: example)) \(words.subject(of: example))") + "\n"
          text += "  - \(say("旧", "old"))\(say("：", ": "))"
          text += escapedMarkdown(words.text(of: example.old)) + "\n"
          text += "  - \(say("新", "new"))\(say("：", ": "))"
          text += escapedMarkdown(words.text(of: example.new)) + "\n"
        }
        let more = changes.count - changes.examples.count
        if more > 0, !changes.examples.isEmpty { text += "\n- \(words.more(more))\n" }
      }
    }
    func section(_ title: String, _ items: [String]) {
      guard !items.isEmpty else { return }
      text += "\n## \(title)\n\n" + items.map { "- \(escapedMarkdown($0))\n" }.joined()
    }
    section(
      words.idleTitle,
      idleChanges.map { words.title(of: $0.code) + say("：", ": ") + $0.change.text(in: language) })
    section(words.unreadTitle, unread.map { words.text(of: $0) })
    section(words.problemTitle, words.problems)
    return text
  }
}
