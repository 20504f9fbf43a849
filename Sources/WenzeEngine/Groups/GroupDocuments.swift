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

/// The documents that a run collected something of: where each stands, and whom it names in what was
/// collected.
struct GroupDocuments: Sendable {
  private var ids: [ValueCode] = []
  private var paths: [ValueCode] = []
  private var lines: [UInt32] = []
  private var columns: [UInt32] = []
  /// Where the names of each end.
  private var nameEnds: [Int] = []
  private var names: [ValueCode] = []

  var count: Int { ids.count }

  /// - Returns: the number of the document.
  @discardableResult
  mutating func append(
    id: ValueCode, path: ValueCode, line: Int, column: Int, names: some Sequence<ValueCode>
  ) -> Int {
    ids.append(id)
    paths.append(path)
    lines.append(UInt32(clamping: line))
    columns.append(UInt32(clamping: column))
    self.names += names
    nameEnds.append(self.names.count)
    return ids.count - 1
  }

  mutating func append(_ other: GroupDocuments, translated: ValueTable.Translation) {
    for number in other.ids.indices {
      append(
        id: translated(other.ids[number]), path: translated(other.paths[number]),
        line: Int(other.lines[number]), column: Int(other.columns[number]),
        names: other.names(of: number).lazy.map { translated($0) })
    }
  }

  func names(of number: Int) -> ArraySlice<ValueCode> {
    names[(number == 0 ? 0 : nameEnds[number - 1])..<nameEnds[number]]
  }

  func reference(_ number: Int, _ values: ValueTable) -> DocumentReference {
    DocumentReference(
      id: values.text(of: ids[number]), path: values.text(of: paths[number]) ?? "",
      line: Int(lines[number]), column: Int(columns[number]))
  }
}
