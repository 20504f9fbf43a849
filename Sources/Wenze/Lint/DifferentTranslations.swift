import WenzeSemantics
import WenzeSyntax

/// Finds messages that tell readers of one language what they do not tell those of the other.
func findDifferentTranslations(in subject: LintSubject) -> [LintFinding] {
  var seen: Set<Origin> = []
  return subject.ruleSet.rules.flatMap { rule -> [LintFinding] in
    [rule.message, rule.fix].compactMap { $0 }
      .flatMap { message -> [LintFinding] in
        let chinese = message.interpolated(in: .chinese)
        let english = message.interpolated(in: .english)
        func missing(_ terms: [Term], in others: [Term], _ language: Bilingual) -> [LintFinding] {
          let known = Set(others.map { $0.normalised(over: rule.aggregation) })
          return terms.compactMap { term in
            guard !known.contains(term.normalised(over: rule.aggregation)),
              seen.insert(term.origin).inserted
            else { return nil }
            let text = subject.ruleSet.text(of: term.origin)
            return LintFinding(
              .onlyInOne(text, missingIn: language, at: term.origin.range), in: term.origin.source)
          }
        }
        return missing(chinese, in: english, Bilingual("英文", "English"))
          + missing(english, in: chinese, Bilingual("中文", "Chinese"))
      }
  }
}

extension Message {
  /// What it interpolates in a language; names that a procedure gives its steps are texts.
  fileprivate func interpolated(in language: Language) -> [Term] {
    self[language]
      .compactMap { segment in
        guard case .term(let term) = segment else { return nil }
        if case .constant = term.kind { return nil }
        return term
      }
  }
}

extension Diagnostic {
  fileprivate static func onlyInOne(
    _ text: String, missingIn language: Bilingual, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "L0504", .warning,
      Bilingual(
        "\(language.chinese)的消息没有写出“\(text)”",
        "the \(language.english) message does not show `\(text)`"), at: range,
      notes: [
        Bilingual("两种文字的读者应当看到同样的事实", "readers of both languages should see the same facts")
      ])
  }
}
