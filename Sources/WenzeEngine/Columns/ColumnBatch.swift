import WenzeModel
package import WenzeSemantics

/// A number of documents of one dossier, as columns.
package struct ColumnBatch: Sendable {
  package let shape: ColumnShape
  private(set) var tables: [Rows]
  private(set) var columns: [ColumnStorage]
  private(set) var texts = TextNumbers()

  /// The rows of a table.
  struct Rows: Sendable {
    var count = 0
    /// Where the elements of each row of the parent begin, and where those of the last end.
    var offsets: [Int32] = [0]
    /// Whether the list of a row of the parent may have elements that are not recorded.
    var isOpen: [Bool] = []
    /// Whether the file itself says that it goes on.
    var isMarkedOpen: [Bool] = []
  }

  package init(shape: ColumnShape) {
    self.shape = shape
    tables = shape.tables.map { _ in Rows() }
    columns = shape.columns.map { ColumnStorage($0.type) }
  }

  init(
    shape: ColumnShape, tables: [Rows], columns: [ColumnStorage], texts: TextNumbers
  ) {
    self.shape = shape
    self.tables = tables
    self.columns = columns
    self.texts = texts
  }

  /// The number of documents.
  package var count: Int { tables[0].count }

  package mutating func append(_ document: Document) {
    tables[0].count += 1
    append(.record(document.fields), to: shape.tables[0].root)
  }

  private mutating func append(_ value: Value, to node: ColumnShape.Node) {
    switch node {
    case .column(let column): columns[column].append(value, &texts)
    case .table(let table): appendList(value, to: table)
    case .record(let fields):
      if let presence = fields.presence { columns[presence].append(value, &texts) }
      for (number, inner) in fields.kept {
        switch value {
        case .record(let facts) where facts.indices.contains(number):
          append(facts[number].value, to: inner)
        case .none: append(.none, to: inner)
        default: append(.unknown, to: inner)
        }
      }
    }
  }

  private mutating func appendList(_ value: Value, to table: Int) {
    switch value {
    case .list(let list):
      for element in list.elements {
        tables[table].count += 1
        append(element.value, to: shape.tables[table].root)
      }
      tables[table].isOpen.append(list.isOpen)
      tables[table].isMarkedOpen.append(list.isMarkedOpen)
    case .none:
      tables[table].isOpen.append(false)
      tables[table].isMarkedOpen.append(false)
    default:
      tables[table].isOpen.append(true)
      tables[table].isMarkedOpen.append(false)
    }
    tables[table].offsets.append(Int32(tables[table].count))
  }
}
