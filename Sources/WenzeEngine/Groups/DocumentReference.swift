import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// A document of a run, as a finding over many names it.
package struct DocumentReference: Hashable, Sendable, Comparable, Codable {
  /// The value of its key field.
  package var id: String?
  package var path: String
  /// Where it begins in its file.
  package var line: Int
  package var column: Int

  package init(id: String?, path: String, line: Int, column: Int) {
    self.id = id
    self.path = path
    self.line = line
    self.column = column
  }

  package init(_ document: Document, in source: Source) {
    let place = source.place(at: document.range.start)
    self.init(id: document.id, path: source.path, line: place.line, column: place.column)
  }

  package static func < (left: DocumentReference, right: DocumentReference) -> Bool {
    (left.id ?? "", left.path, left.line, left.column)
      < (right.id ?? "", right.path, right.line, right.column)
  }
}
