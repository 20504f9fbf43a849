import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// How the fields of a dossier are read into columns: the schema, flattened for ``ColumnReader``.
///
/// Every field is there, kept or not, since a value that a document may not have makes it no
/// document, whether a rule asks for the field or not.
struct ReadingPlan: Sendable {
  var records: [Record] = []
  var fields: [Field] = []
  var lists: [List] = []
  var keys: [Key] = []
  /// For each record a table of its keys by hash, −1 where nothing stands.
  var slots: [Int32] = []
  /// The bytes of all keys with their closing quotation marks, each from a multiple of eight.
  var keyWords: [UInt64] = []
  /// The columns of each table; the first are those of the shape.
  var columnsByTable: [[Int]]
  /// The type of each column; those behind the columns of the shape say whether a record exists.
  var columnTypes: [ValueType]
  /// Whether a record has more fields than can be kept count of.
  var isTooWide = false
  /// How deep records and lists stand inside one another.
  private(set) var depth = 0
  let dossier: Int
  /// The fields that say that a document is complete, and what it is called.
  let complete: Int?
  let key: Int?

  struct Record: Sendable {
    /// The table whose row the record belongs to; −1 where nothing of it is kept.
    var table: Int32 = -1
    /// The column that says whether it exists.
    var presence: Int32 = -1
    var firstField: Int32 = 0
    var fieldCount: Int32 = 0
    var firstKey: Int32 = 0
    var keyCount: Int32 = 0
    var firstSlot: Int32 = 0
    /// The number of its slots, less one.
    var slotMask: Int32 = 0
  }

  struct Key: Sendable {
    var firstWord: Int32
    /// With the closing quotation mark.
    var length: Int32
    var field: Int32
    /// The dossiers that have a field of the name, a bit each; of the first 64 records.
    var dossiers: UInt64
  }

  struct Field: Sendable {
    var kind: Kind
    /// Where the value goes; −1: nowhere.
    var column: Int32 = -1
    /// The number of the record, list or enum that the value is.
    var inner: Int32 = -1
    /// What its absence from a complete document means.
    var absence = Absence.unknown
    /// Whether what is written of a list is all of it.
    var isWhole = false
  }

  enum Kind: UInt8, Sendable {
    case truth
    case entry
    case text
    case date
    case integer
    case decimal
    case duration
    case record
    case list
    /// Nothing that ``ColumnReader`` can read.
    case other
  }

  enum Absence: UInt8, Sendable {
    case unknown
    case no
    case none
  }

  struct List: Sendable {
    /// The table of its elements; −1 where nothing of them is kept.
    var table: Int32
    var element: Field
  }

  init(shape: ColumnShape, dossier: Int, ruleSet: RuleSet) {
    self.dossier = dossier
    key = ruleSet.records[dossier].dossier?.key
    complete = ruleSet.records[dossier].dossier?.complete
    columnTypes = shape.columns.map(\.type)
    columnsByTable = shape.tables.map { _ in [] }
    for (number, column) in shape.columns.enumerated() {
      columnsByTable[column.table].append(number)
    }
    var builder = Builder(ruleSet: ruleSet, shape: shape)
    _ = builder.addRecord(dossier, node: shape.tables[0].root, table: 0, depth: 1, to: &self)
    depth = builder.depth
  }
}

extension ReadingPlan {
  private struct Builder {
    let ruleSet: RuleSet
    let shape: ColumnShape
    /// The plans of records of which nothing is kept, by their types.
    var unkept: [Int: Int] = [:]
    var depth = 0

    mutating func addRecord(
      _ type: Int, node: ColumnShape.Node?, table: Int, depth: Int, to plan: inout ReadingPlan
    ) -> Int {
      self.depth = max(self.depth, depth)
      var kept: ColumnShape.Node.Fields?
      if case .record(let fields)? = node { kept = fields }
      if kept == nil, let known = unkept[type] { return known }
      let number = plan.records.count
      if kept == nil { unkept[type] = number }
      let record = ruleSet.records[type]
      plan.isTooWide = plan.isTooWide || record.fields.count > 64
      plan.records.append(Record())
      var made = Record()
      made.firstField = Int32(plan.fields.count)
      made.fieldCount = Int32(record.fields.count)
      if let kept {
        made.table = Int32(table)
        made.presence = Int32(kept.presence ?? addPresence(of: type, to: table, &plan))
      }
      addKeys(of: record, to: &made, &plan)
      plan.records[number] = made
      plan.fields += record.fields.map { _ in Field(kind: .other) }
      for (place, field) in record.fields.enumerated() {
        plan.fields[Int(made.firstField) + place] = addField(
          field, node: kept?.kept[place], table: table, depth: depth, to: &plan)
      }
      return number
    }

    private func addPresence(of type: Int, to table: Int, _ plan: inout ReadingPlan) -> Int {
      plan.columnTypes.append(.record(type))
      plan.columnsByTable[table].append(plan.columnTypes.count - 1)
      return plan.columnTypes.count - 1
    }

    private mutating func addField(
      _ field: RecordType.Field, node: ColumnShape.Node?, table: Int, depth: Int,
      to plan: inout ReadingPlan
    ) -> Field {
      var made = addValue(field.type, node: node, table: table, depth: depth, to: &plan)
      made.isWhole = field.isWhole
      switch field.absence {
      case .no: made.absence = .no
      case RecordDeclaration.Absence.none?: made.absence = .none
      case nil: break
      }
      return made
    }

    private mutating func addValue(
      _ type: ValueType, node: ColumnShape.Node?, table: Int, depth: Int, to plan: inout ReadingPlan
    ) -> Field {
      var made = Field(kind: .other)
      if case .column(let column)? = node { made.column = Int32(column) }
      switch type {
      case .boolean: made.kind = .truth
      case .text: made.kind = .text
      case .integer: made.kind = .integer
      case .decimal: made.kind = .decimal
      case .date: made.kind = .date
      case .duration: made.kind = .duration
      case .enumeration(let number):
        made.kind = .entry
        made.inner = Int32(number)
      case .record(let number):
        made.kind = .record
        made.inner = Int32(
          addRecord(number, node: node, table: table, depth: depth + 1, to: &plan))
      case .list(let element):
        made.kind = .list
        made.inner = Int32(addList(of: element, node: node, depth: depth + 1, to: &plan))
      case .nothing, .unknown: break
      }
      return made
    }

    private mutating func addList(
      of element: ValueType, node: ColumnShape.Node?, depth: Int, to plan: inout ReadingPlan
    ) -> Int {
      self.depth = max(self.depth, depth)
      var table = -1
      var root: ColumnShape.Node?
      if case .table(let number)? = node {
        table = number
        root = shape.tables[number].root
      }
      let element = addValue(element, node: root, table: table, depth: depth, to: &plan)
      plan.lists.append(List(table: Int32(table), element: element))
      return plan.lists.count - 1
    }

    private func addKeys(
      of record: RecordType, to made: inout Record, _ plan: inout ReadingPlan
    ) {
      made.firstKey = Int32(plan.keys.count)
      made.keyCount = Int32(record.bySpelling.count)
      var count = 4
      while count < record.bySpelling.count * 2 { count *= 2 }
      made.firstSlot = Int32(plan.slots.count)
      made.slotMask = Int32(count - 1)
      plan.slots += [Int32](repeating: -1, count: count)
      for (spelling, field) in record.bySpelling.sorted(by: { $0.key < $1.key }) {
        var bytes = Array(spelling.utf8)
        let hash = bytes.withUnsafeBytes { TextNumbers.hash(of: $0) }
        var slot = Int(truncatingIfNeeded: hash) & (count - 1)
        while plan.slots[Int(made.firstSlot) + slot] >= 0 { slot = (slot + 1) & (count - 1) }
        plan.slots[Int(made.firstSlot) + slot] = Int32(plan.keys.count)
        plan.keys.append(
          Key(
            firstWord: Int32(plan.keyWords.count), length: Int32(bytes.count + 1),
            field: Int32(field), dossiers: dossiers(with: spelling)))
        bytes.append(0x22)
        while bytes.count % 8 != 0 { bytes.append(0) }
        bytes.withUnsafeBytes { bytes in
          for offset in stride(from: 0, to: bytes.count, by: 8) {
            plan.keyWords.append(
              bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
          }
        }
      }
    }

    private func dossiers(with spelling: String) -> UInt64 {
      var bits: UInt64 = 0
      for (number, record) in ruleSet.records.enumerated()
      where number < 64 && record.dossier != nil && record.bySpelling[spelling] != nil {
        bits |= 1 << UInt64(number)
      }
      return bits
    }
  }
}
