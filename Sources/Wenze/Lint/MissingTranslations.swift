import WenzeSyntax

/// Finds texts and names that are there in one language only.
///
/// A name or a text without Chinese characters serves readers of both.
func findMissingTranslations(in subject: LintSubject) -> [LintFinding] {
  subject.declarations.flatMap { source, declaration -> [LintFinding] in
    var found: [Diagnostic] = []
    for name in declaration.names {
      guard let second = name.second else {
        if name.first.text.hasIdeographs { found.append(.untranslatedName(name)) }
        continue
      }
      if second.text.hasIdeographs { found.append(.translationInChinese(at: second.range)) }
    }
    for words in declaration.words {
      if words.second == nil {
        if words.first.value.hasIdeographs { found.append(.untranslatedText(at: words.range)) }
      } else if words.text.chinese == words.text.english, words.first.value.hasIdeographs {
        found.append(.translationInChinese(at: words.range))
      }
    }
    for template in declaration.templates
    where template.chinese == template.english && template.text.hasIdeographs {
      found.append(.untranslatedText(at: template.range))
    }
    return found.map { LintFinding($0, in: source) }
  }
}

extension MessageTemplate {
  /// What it says in Chinese, without what it interpolates.
  fileprivate var text: String {
    chinese.map { segment in
      if case .text(let text) = segment { text } else { "" }
    }
    .joined()
  }
}

extension String {
  /// Whether there is a Chinese character in it.
  var hasIdeographs: Bool { unicodeScalars.contains { $0.properties.isIdeographic } }
}

extension Diagnostic {
  fileprivate static func untranslatedName(_ name: Name) -> Self {
    Diagnostic(
      "L0501", .warning,
      Bilingual(
        "“\(name.first.text)”没有英文名", "`\(name.first.text)` has no English name"), at: name.range,
      notes: [Bilingual("写作“中文 / english”", "write `中文 / english`")])
  }

  fileprivate static func untranslatedText(at range: SourceRange) -> Self {
    Diagnostic(
      "L0502", .warning, Bilingual("这段文字没有英文", "this text has no English"), at: range,
      notes: [Bilingual("写作 \"中文\" / \"English\"", "write \"中文\" / \"English\"")])
  }

  fileprivate static func translationInChinese(at range: SourceRange) -> Self {
    Diagnostic(
      "L0503", .warning, Bilingual("英文的位置写的是中文", "what should be English is Chinese"), at: range)
  }
}
