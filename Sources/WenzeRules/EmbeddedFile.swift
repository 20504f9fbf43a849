/// A file of the packs, or of the templates of documents, that travel inside the executable.
package struct EmbeddedFile: Sendable {
  /// The path below `rules/`.
  package let path: String
  package let text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
