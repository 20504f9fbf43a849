package import WenzeSemantics

/// Which parts of a document are kept in columns, and where.
///
/// A list is a table of its own, a row an element; what a record holds lies in the table of the
/// record.
package struct ColumnShape: Sendable {
  package internal(set) var tables: [Table]
  package internal(set) var columns: [Column] = []

  /// The documents, or the elements of a list.
  package struct Table: Sendable {
    /// The table whose rows have the lists; nil for the documents.
    package var parent: Int?
    /// What a row is.
    package var element: ValueType
    /// What of a row is kept.
    var root: Node
  }

  /// A value of each row of a table.
  package struct Column: Sendable {
    package var table: Int
    package var type: ValueType
  }

  /// What is kept of a value.
  indirect enum Node: Sendable {
    case record(Fields)
    case column(Int)
    case table(Int)

    struct Fields: Sendable {
      /// The fields that something asks for, by their numbers.
      var kept: [Int: Node] = [:]
      /// The column that says whether the record exists, if something asks.
      var presence: Int?
    }
  }

  init(dossier: Int) {
    tables = [Table(parent: nil, element: .record(dossier), root: .record(Node.Fields()))]
  }
}

extension ColumnShape {
  /// What is found at a path of fields below the rows of a table.
  enum Place {
    case column(Int)
    case table(Int)
  }

  /// The column or table for a path of fields, from the record of a row down; made if nothing asked
  /// for it before.
  ///
  /// An empty path is the row itself. Of a record, the column says whether it exists.
  mutating func place(of path: [Int], in table: Int, as type: ValueType) -> Place {
    var root = tables[table].root
    let place = self.place(of: path[...], below: &root, in: table, as: type)
    tables[table].root = root
    return place
  }

  private mutating func place(
    of path: ArraySlice<Int>, below node: inout Node, in table: Int, as type: ValueType
  ) -> Place {
    guard let field = path.first else {
      switch node {
      case .column(let column): return .column(column)
      case .table(let inner): return .table(inner)
      case .record(var fields):
        if let column = fields.presence { return .column(column) }
        let column = addColumn(type, to: table)
        fields.presence = column
        node = .record(fields)
        return .column(column)
      }
    }
    guard case .record(var fields) = node else { return .table(table) }
    let rest = path.dropFirst()
    var inner: Node
    if let known = fields.kept[field] {
      inner = known
    } else if !rest.isEmpty {
      inner = .record(Node.Fields())
    } else {
      switch type {
      case .record: inner = .record(Node.Fields())
      case .list(let element): inner = .table(addTable(of: element, below: table))
      default: inner = .column(addColumn(type, to: table))
      }
    }
    let place = self.place(of: rest, below: &inner, in: table, as: type)
    fields.kept[field] = inner
    node = .record(fields)
    return place
  }

  private mutating func addColumn(_ type: ValueType, to table: Int) -> Int {
    columns.append(Column(table: table, type: type))
    return columns.count - 1
  }

  private mutating func addTable(of element: ValueType, below parent: Int) -> Int {
    let root: Node
    if case .record = element {
      root = .record(Node.Fields())
    } else {
      // The table is given its number first, so that its column belongs to it.
      root = .column(addColumn(element, to: tables.count))
    }
    tables.append(Table(parent: parent, element: element, root: root))
    return tables.count - 1
  }
}
