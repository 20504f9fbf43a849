package import WenzeSyntax

extension DiffReport {
  /// The comparison as text: the totals, then each rule with its transitions and examples.
  package func text(
    in language: Language, isColored: Bool = false, isQuiet: Bool = false
  ) -> String {
    let words = DiffWords(report: self, language: language)
    // What colors a line is ours, and what comes from files may be anything.
    func painted(_ text: String, _ code: String) -> String {
      isColored ? "\u{1B}[\(code)m\(displayed(text))\u{1B}[0m" : displayed(text)
    }
    func bold(_ text: String) -> String { painted(text, "1") }
    var lines = words.sides.map { painted($0, "2") } + words.summary.map { displayed($0) }
    func section(_ title: String, _ items: [String]) {
      if !items.isEmpty { lines += ["", bold(title)] + items.map { "  " + displayed($0) } }
    }
    for rule in isQuiet ? [] : changedRules {
      lines += [
        "", bold(words.title(of: rule.code)) + "  " + displayed(words.cause(of: rule.code)),
      ]
      for (transition, changes) in rule.transitions {
        lines.append("  \(transition.text(in: language))  \(words.shown(changes.count))")
        for example in changes.examples {
          lines += [
            "    " + displayed("\(words.place(of: example))  \(words.subject(of: example))"),
            "      " + painted("- " + words.text(of: example.old), "31"),
            "      " + painted("+ " + words.text(of: example.new), "32"),
          ]
        }
        let more = changes.count - changes.examples.count
        if more > 0, !changes.examples.isEmpty { lines.append("    " + words.more(more)) }
      }
    }
    if !isQuiet {
      section(
        words.idleTitle,
        idleChanges.map { words.title(of: $0.code) + "  " + $0.change.text(in: language) })
      section(words.unreadTitle, unread.map { words.text(of: $0) })
      section(words.problemTitle, words.problems)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
