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
    let address = (values.text(of: paths[number]) ?? "").split(
      separator: "\0", maxSplits: 1, omittingEmptySubsequences: false)
    return DocumentReference(
      id: values.text(of: ids[number]), path: String(address[0]),
      line: Int(lines[number]), column: Int(columns[number]),
      sheet: address.count > 1 ? String(address[1]) : nil)
  }

  /// The path of a file, and behind a null, which no path has, the sheet in it.
  static func address(of reference: DocumentReference) -> String {
    reference.sheet.map { "\(reference.path)\0\($0)" } ?? reference.path
  }
}
