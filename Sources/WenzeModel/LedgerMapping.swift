package import WenzeSyntax

/// How the columns of a ledger stand for the fields of one dossier.
///
/// It is plain data, made of a rule set's declarations, so that reading a ledger needs no rules.
package struct LedgerMapping: Hashable, Sendable {
  package var dossier: Bilingual
  /// The field whose value joins rows to one document.
  package var key: [Step]?
  /// The list of which each row is one element; nil: a row says nothing but of the document.
  package var rowList: [Step]?
  /// What each header word stands for, under its ``headerKey(_:)``.
  package var meanings: [String: Meaning]

  package init(
    dossier: Bilingual, key: [Step]?, rowList: [Step]?, meanings: [String: Meaning]
  ) {
    self.dossier = dossier
    self.key = key
    self.rowList = rowList
    self.meanings = meanings
  }

  /// What a header word stands for.
  package enum Meaning: Hashable, Sendable {
    case field(Target)
    /// Nothing that any document holds.
    case nothing
    /// One of several fields, by their paths.
    case ambiguous([Bilingual])
  }

  /// A field, by its path from the document.
  package struct Target: Hashable, Sendable {
    package var steps: [Step]
    package var content: Content
    /// Words of cells that stand for a value with another spelling.
    package var words: [String: String]

    package init(steps: [Step], content: Content, words: [String: String] = [:]) {
      self.steps = steps
      self.content = content
      self.words = words
    }

    package var name: Bilingual {
      Bilingual(
        steps.map(\.name.chinese).joined(separator: "."),
        steps.map(\.name.english).joined(separator: "."))
    }
  }

  package struct Step: Hashable, Sendable {
    package var name: Bilingual
    package var isList: Bool

    package init(_ name: Bilingual, isList: Bool) {
      self.name = name
      self.isList = isList
    }
  }

  /// What the cells of a column hold.
  package enum Content: Hashable, Sendable {
    case text
    case integer
    case decimal
    case boolean
    case date
    case duration
    case entry(spellings: Set<String>, isOpen: Bool)
  }

  /// A header word without what does not tell it from others: spaces, width, marks of duty.
  package static func headerKey(_ text: String) -> String {
    var key = ""
    for scalar in text.foldingFullWidth().unicodeScalars {
      if scalar.properties.isWhitespace || "*:：_.·-/\u{FEFF}".unicodeScalars.contains(scalar) {
        continue
      }
      key.unicodeScalars.append(scalar)
    }
    return key.lowercased()
  }
}
