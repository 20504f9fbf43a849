package import WenzeSyntax

/// A tag of a template: `{{…}}`.
package struct TemplateTag: Hashable, Sendable {
  package var kind: Kind
  /// The parts of its name; none stands for the current value: `{{.}}`.
  package var path: [String]
  /// The tag with its braces.
  package var range: SourceRange

  package enum Kind: Hashable, Sendable {
    case value
    /// `{{#…}}`: shown for each element, or if there is something.
    case section
    /// `{{^…}}`: shown if there is nothing.
    case inverted
    case end
    case comment
    /// `{{>…}}`: another template.
    case partial

    package var opensSection: Bool { self == .section || self == .inverted }
  }

  package var name: String { path.isEmpty ? "." : path.joined(separator: ".") }
}

/// A piece of a template.
package enum TemplateToken: Hashable, Sendable {
  /// What is taken as it is.
  case text(String)
  /// A tag, with the number of the source in which it stands.
  case tag(TemplateTag, source: Int)
}
