import WenzeModel
import WenzeSemantics

/// The columns of a batch while it is read: rows beyond those that were read say that nothing is
/// known, so that a field that a document lacks costs nothing.
final class ColumnBuffers {
  let columns: UnsafeMutablePointer<Column>
  let tables: UnsafeMutablePointer<Table>
  /// A place to point to while there is no text.
  let nowhere = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  private let marks: UnsafeMutablePointer<Int>
  private let tableCount: Int
  private let types: [ValueType]
  private let columnsByTable: [[Int]]
  private let shape: ColumnShape

  struct Column {
    var layout: Layout
    /// Truths, entries, texts, first days, or numbers.
    var first: UnsafeMutableRawPointer
    /// Last days, or the states of numbers.
    var second: UnsafeMutableRawPointer?
  }

  enum Layout {
    case truths
    case codes
    case dates
    case numbers(isDecimal: Bool)
    /// Nothing can be written here: it stays unknown.
    case none
  }

  struct Table {
    var count = 0
    var capacity = 0
    /// Where the elements of each row of the parent end; −1 where it has no list.
    var ends: UnsafeMutablePointer<Int32>
    var isOpen: UnsafeMutablePointer<Bool>
    /// The rows of the parent for which there is room.
    var parentCapacity = 0
  }

  init(plan: ReadingPlan, shape: ColumnShape) {
    self.shape = shape
    types = plan.columnTypes
    columnsByTable = plan.columnsByTable
    columns = .allocate(capacity: max(types.count, 1))
    for (number, type) in types.enumerated() {
      let layout: Layout =
        switch type {
        case .boolean, .record: .truths
        case .enumeration, .text: .codes
        case .date: .dates
        case .integer: .numbers(isDecimal: false)
        case .decimal: .numbers(isDecimal: true)
        case .duration, .list, .nothing, .unknown: .none
        }
      (columns + number).initialize(
        to: Column(layout: layout, first: .allocate(byteCount: 8, alignment: 8), second: nil))
    }
    tables = .allocate(capacity: shape.tables.count)
    for number in shape.tables.indices {
      (tables + number).initialize(
        to: Table(ends: .allocate(capacity: 1), isOpen: .allocate(capacity: 1)))
    }
    tableCount = shape.tables.count
    marks = .allocate(capacity: tableCount)
    mark()
    for number in shape.tables.indices { grow(number) }
  }

  deinit {
    for number in types.indices {
      columns[number].first.deallocate()
      columns[number].second?.deallocate()
    }
    for number in shape.tables.indices {
      tables[number].ends.deallocate()
      tables[number].isOpen.deallocate()
    }
    nowhere.deallocate()
    marks.deallocate()
    columns.deallocate()
    tables.deallocate()
  }

  /// Makes room for twice the rows of a table, and for the lists that its rows have.
  func grow(_ table: Int) {
    let count = tables[table].capacity
    let capacity = max(1024, count * 2)
    for column in columnsByTable[table] { grow(column, from: count, to: capacity) }
    tables[table].capacity = capacity
    for (number, inner) in shape.tables.enumerated() where inner.parent == table {
      let ends = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
      let isOpen = UnsafeMutablePointer<Bool>.allocate(capacity: capacity)
      let known = tables[number].parentCapacity
      ends.update(from: tables[number].ends, count: known)
      isOpen.update(from: tables[number].isOpen, count: known)
      (ends + known).update(repeating: -1, count: capacity - known)
      (isOpen + known).update(repeating: true, count: capacity - known)
      tables[number].ends.deallocate()
      tables[number].isOpen.deallocate()
      tables[number].ends = ends
      tables[number].isOpen = isOpen
      tables[number].parentCapacity = capacity
    }
  }

  private func grow(_ number: Int, from count: Int, to capacity: Int) {
    let column = columns[number]
    func grown(_ old: UnsafeMutableRawPointer?, width: Int) -> UnsafeMutableRawPointer {
      let new = UnsafeMutableRawPointer.allocate(byteCount: capacity * width, alignment: 64)
      if let old {
        new.copyMemory(from: old, byteCount: count * width)
        old.deallocate()
      }
      return new
    }
    switch column.layout {
    case .truths: columns[number].first = grown(column.first, width: 1)
    case .codes: columns[number].first = grown(column.first, width: 4)
    case .dates:
      columns[number].first = grown(column.first, width: 4)
      columns[number].second = grown(column.second, width: 4)
    case .numbers:
      columns[number].first = grown(column.first, width: 8)
      columns[number].second = grown(column.second, width: 1)
    case .none: break
    }
    forget(number, rows: count..<capacity)
  }

  /// Makes rows of a column unknown.
  private func forget(_ number: Int, rows: Range<Int>) {
    let column = columns[number]
    func fill<Element>(
      _ start: UnsafeMutableRawPointer?, _ value: Element
    ) {
      start?.assumingMemoryBound(to: Element.self).advanced(by: rows.lowerBound)
        .update(repeating: value, count: rows.count)
    }
    switch column.layout {
    case .truths: fill(column.first, Int8(-1))
    case .codes: fill(column.first, Missing.unknown)
    case .dates:
      fill(column.first, DateColumn.unknown.first)
      fill(column.second, DateColumn.unknown.last)
    case .numbers:
      fill(column.first, 0)
      fill(column.second, NumberColumn.State.unknown.rawValue)
    case .none: break
    }
  }

  /// Keeps in mind how many rows each table has.
  func mark() {
    for table in 0..<tableCount { marks[table] = tables[table].count }
  }

  /// Forgets the rows that came since they were counted.
  func removeMarkedRows() { removeRows(from: marks) }

  /// Forgets all rows.
  func removeAll() {
    for table in 0..<tableCount { marks[table] = 0 }
    removeMarkedRows()
  }

  private func removeRows(from counts: UnsafeMutablePointer<Int>) {
    for table in shape.tables.indices {
      let rows = counts[table]..<max(tables[table].count, counts[table] + 1)
      for column in columnsByTable[table] { forget(column, rows: rows) }
      for (number, inner) in shape.tables.enumerated() where inner.parent == table {
        for row in rows {
          tables[number].ends[row] = -1
          tables[number].isOpen[row] = true
        }
      }
      tables[table].count = counts[table]
    }
  }

  /// The rows as a batch.
  func batch(texts: TextNumbers) -> ColumnBatch {
    let storages = shape.columns.enumerated().map { number, column in
      storage(of: number, count: tables[column.table].count)
    }
    var rows: [ColumnBatch.Rows] = []
    for (number, table) in shape.tables.enumerated() {
      var made = ColumnBatch.Rows()
      made.count = tables[number].count
      if let parent = table.parent {
        let count = tables[parent].count
        made.offsets.reserveCapacity(count + 1)
        var end: Int32 = 0
        for row in 0..<count {
          let own = tables[number].ends[row]
          if own >= 0 { end = own }
          made.offsets.append(end)
        }
        made.isOpen = Array(UnsafeBufferPointer(start: tables[number].isOpen, count: count))
        made.isMarkedOpen = [Bool](repeating: false, count: count)
      }
      rows.append(made)
    }
    return ColumnBatch(shape: shape, tables: rows, columns: storages, texts: texts)
  }

  private func storage(of number: Int, count: Int) -> ColumnStorage {
    let column = columns[number]
    func array<Element>(_ start: UnsafeMutableRawPointer?, _: Element.Type) -> [Element] {
      guard let start else { return [] }
      return Array(
        UnsafeBufferPointer(start: start.assumingMemoryBound(to: Element.self), count: count))
    }
    switch column.layout {
    case .truths: return .truths(array(column.first, Int8.self))
    case .codes:
      let codes = array(column.first, Int32.self)
      return types[number] == .text ? .texts(codes) : .entries(codes)
    case .dates:
      var dates = DateColumn()
      dates.first = array(column.first, Int32.self)
      dates.last = array(column.second, Int32.self)
      return .dates(dates)
    case .numbers(let isDecimal):
      var numbers = NumberColumn(isDecimal: isDecimal)
      numbers.values = array(column.first, Int.self)
      numbers.states = array(column.second, NumberColumn.State.self)
      return .numbers(numbers)
    case .none: return .values([Value](repeating: .unknown, count: count))
    }
  }
}
