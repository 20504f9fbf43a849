/// One thing to tell an author about a text, with every place that it concerns.
///
/// A diagnostic is plain data, so that every report reads the same value.
package struct Diagnostic: Hashable, Sendable {
  /// The name under which an author can look it up, such as `E0301`; fixed for good.
  package var code: String
  package var severity: Severity
  /// One clause without a full stop; the author's own words stand in “” or backticks.
  package var message: Bilingual
  /// The place it is about; nil when it is about the whole source.
  package var range: SourceRange?
  /// What is said at the place itself.
  package var label: Bilingual?
  /// Other places that take part.
  package var related: [Label]
  /// Sentences after the snippet: why it matters, what to do.
  package var notes: [Bilingual]
  package var fix: Fix?

  package init(
    _ code: String, _ severity: Severity, _ message: Bilingual, at range: SourceRange?,
    label: Bilingual? = nil, related: [Label] = [], notes: [Bilingual] = [], fix: Fix? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.label = label
    self.related = related
    self.notes = notes
    self.fix = fix
  }

  /// How much a problem matters.
  package enum Severity: Int, Hashable, Sendable, Comparable, CaseIterable {
    case note
    case warning
    case error

    package static func < (lhs: Severity, rhs: Severity) -> Bool { lhs.rawValue < rhs.rawValue }

    /// The word for it in a report.
    package var name: Bilingual {
      switch self {
      case .note: Bilingual("提示", "note")
      case .warning: Bilingual("警告", "warning")
      case .error: Bilingual("错误", "error")
      }
    }
  }

  /// A place with a word about its part in the problem.
  package struct Label: Hashable, Sendable {
    package var message: Bilingual
    package var range: SourceRange
    /// The path of another source, when the place is not in the diagnostic's own.
    package var path: String?

    package init(_ message: Bilingual, at range: SourceRange, in path: String? = nil) {
      self.message = message
      self.range = range
      self.path = path
    }
  }

  /// A change of the text that would cure the problem.
  package struct Fix: Hashable, Sendable {
    package var title: Bilingual
    package var range: SourceRange
    package var replacement: String

    package init(_ title: Bilingual, replacing range: SourceRange, with replacement: String) {
      self.title = title
      self.range = range
      self.replacement = replacement
    }
  }
}
