/// Shows diagnostics as text: a headline, the lines they are about with marks, notes and help.
///
/// The same diagnostic gives the same text; control characters never reach the terminal raw.
package struct DiagnosticRenderer: Sendable {
  private let language: Language
  private let palette: Palette
  private let width: Int

  /// - Parameters:
  ///   - language: the language of what is said.
  ///   - color: whether to colour the text with ANSI escapes.
  ///   - width: how many columns of a line are shown; longer lines are trimmed around the marks.
  package init(language: Language, color: Bool, width: Int = 120) {
    self.language = language
    self.palette = Palette(isEnabled: color)
    self.width = width
  }

  /// The text of a diagnostic, with a line break at the end.
  ///
  /// `lookUp` gives the source with a path, for labels in other files.
  package func render(
    _ diagnostic: Diagnostic, in source: Source, lookUp: (String) -> Source? = { _ in nil }
  ) -> String {
    var snippets: [Snippet] = []
    var notes: [Note] = []
    if let range = diagnostic.range {
      let mark = Snippet.Mark(range, diagnostic.label?[language] ?? "", isPrimary: true)
      snippets.append(Snippet(source, marks: [mark]))
    }
    for label in diagnostic.related {
      let mark = Snippet.Mark(label.range, label.message[language], isPrimary: false)
      let path = label.path ?? source.path
      if let index = snippets.firstIndex(where: { $0.source.path == path }) {
        snippets[index].marks.append(mark)
      } else if let other = path == source.path ? source : lookUp(path) {
        snippets.append(Snippet(other, marks: [mark]))
      } else {
        notes.append(.note("\(path): \(label.message[language])"))
      }
    }
    notes += diagnostic.notes.map { .note($0[language]) }
    if let fix = diagnostic.fix { notes.append(.help(fix.title[language])) }
    return render(
      diagnostic.severity, code: diagnostic.code, diagnostic.message[language],
      in: diagnostic.range == nil ? source.path : nil, snippets: snippets, notes: notes)
  }

  /// A sentence after the snippets.
  package enum Note: Hashable, Sendable {
    case note(String)
    case help(String)
    /// A sentence with a heading of its own, such as the law of a finding.
    case titled(Bilingual, String)
  }

  /// The text of anything that is told like a diagnostic, such as a finding of a rule.
  ///
  /// The snippet that matters most comes first; `path` says what it is about where there is none.
  package func render(
    _ severity: Diagnostic.Severity, code: String, _ message: String, in path: String? = nil,
    snippets: [Snippet], notes: [Note] = []
  ) -> String {
    let role = Palette.Role(severity)
    var text = palette.paint("\(severity.name[language])[\(displayed(code))]", role)
    text += palette.paint(": \(displayed(message))", .strong) + "\n"
    let gutter = snippets.map { String($0.lastLine).count }.max() ?? 1
    let margin = String(repeating: " ", count: gutter)
    if let path, snippets.isEmpty {
      text += margin + palette.paint("-->", .gutter) + " \(displayed(path))\n"
    }
    for (index, snippet) in snippets.enumerated() {
      text += margin + palette.paint(index == 0 ? "-->" : ":::", .gutter) + " "
      text += displayed(snippet.place?.text(in: snippet.source.path) ?? snippet.source.path)
      text += "\n" + margin + palette.paint(" |", .gutter) + "\n"
      for row in snippet.rows(width: width) { text += render(row, gutter: gutter, role) + "\n" }
    }
    if !notes.isEmpty, !snippets.isEmpty { text += margin + palette.paint(" |", .gutter) + "\n" }
    for note in notes { text += margin + render(note, gutter: gutter) + "\n" }
    return text
  }

  private func render(_ row: Snippet.Row, gutter: Int, _ role: Palette.Role) -> String {
    let margin = String(repeating: " ", count: gutter)
    switch row {
    case .line(let number, let line):
      let digits = String(number)
      let padding = String(repeating: " ", count: gutter - digits.count)
      let bar = palette.paint(padding + digits + " |", .gutter)
      return line.isEmpty ? bar : bar + " " + line
    case .elision:
      return palette.paint("...", .gutter)
    case .marks(let cells, let label, let isPrimary):
      var text = margin + palette.paint(" |", .gutter) + " "
      for run in runs(of: cells) {
        text += palette.paint(run.text, run.isPrimary.map { $0 ? role : .secondary })
      }
      if !label.isEmpty {
        // A label that hangs below its mark begins in the column of the mark.
        let separator = cells.last?.isUnderline == true ? " " : ""
        text += separator + palette.paint(displayed(label), isPrimary ? role : .secondary)
      }
      return text
    }
  }

  private func runs(of cells: [Snippet.Cell]) -> [(text: String, isPrimary: Bool?)] {
    var runs: [(text: String, isPrimary: Bool?)] = []
    for cell in cells {
      let (character, isPrimary): (Character, Bool?) =
        switch cell {
        case .space: (" ", nil)
        case .mark(let character, let isPrimary): (character, isPrimary)
        }
      if let last = runs.last, last.isPrimary == isPrimary {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append((String(character), isPrimary))
      }
    }
    return runs
  }

  private func render(_ note: Note, gutter: Int) -> String {
    let (word, body): (Bilingual, String) =
      switch note {
      case .note(let body): (Bilingual("注：", "note: "), body)
      case .help(let body): (Bilingual("帮助：", "help: "), body)
      case .titled(let title, let body):
        (Bilingual("\(title.chinese)：", "\(title.english): "), body)
      }
    // Further lines of a note stand under its first.
    let indent = String(repeating: " ", count: gutter + 3 + displayWidth(of: word[language]))
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { displayed($0) }
    return palette.paint(" =", .gutter) + " " + palette.paint(word[language], .strong)
      + lines.joined(separator: "\n" + indent)
  }
}

extension Snippet.Cell {
  fileprivate var isUnderline: Bool {
    switch self {
    case .space: false
    case .mark(let character, _): character != "|"
    }
  }
}

/// The colours of a report.
private struct Palette: Sendable {
  let isEnabled: Bool

  enum Role {
    case error
    case warning
    case note
    case secondary
    case gutter
    case strong

    init(_ severity: Diagnostic.Severity) {
      switch severity {
      case .error: self = .error
      case .warning: self = .warning
      case .note: self = .note
      }
    }

    var code: String {
      switch self {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;36"
      case .secondary, .gutter: "1;34"
      case .strong: "1"
      }
    }
  }

  func paint(_ text: String, _ role: Role?) -> String {
    guard isEnabled, let role, !text.isEmpty else { return text }
    return "\u{1B}[\(role.code)m\(text)\u{1B}[0m"
  }
}
