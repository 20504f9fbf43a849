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
  /// The sheet of a workbook in which that is.
  package var sheet: String?

  package init(id: String?, path: String, line: Int, column: Int, sheet: String? = nil) {
    self.id = id
    self.path = path
    self.line = line
    self.column = column
    self.sheet = sheet
  }

  package var place: Place { Place(line: line, column: column, sheet: sheet) }

  package init(_ document: Document, in source: Source) {
    let place = source.place(at: document.range.start)
    self.init(
      id: document.id, path: source.path, line: place.line, column: place.column,
      sheet: place.sheet)
  }

  package static func < (left: DocumentReference, right: DocumentReference) -> Bool {
    (left.id ?? "", left.path, left.sheet ?? "", left.line, left.column)
      < (right.id ?? "", right.path, right.sheet ?? "", right.line, right.column)
  }
}
