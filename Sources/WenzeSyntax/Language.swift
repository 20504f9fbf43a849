/// The language of the interface, and of what the interface says.
package enum Language: String, Hashable, Sendable, CaseIterable {
  case chinese = "zh"
  case english = "en"
}

/// A text in both languages.
package struct Bilingual: Hashable, Sendable, Codable {
  package var chinese: String
  package var english: String

  package init(_ chinese: String, _ english: String) {
    self.chinese = chinese
    self.english = english
  }

  /// A text that reads the same in both, such as a code.
  package init(same text: String) {
    self.init(text, text)
  }

  package subscript(language: Language) -> String {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  /// A name as a sentence has it: the English spelling is parted into words.
  package var spoken: Bilingual {
    Bilingual(chinese, english.replacing("_", with: " "))
  }
}
