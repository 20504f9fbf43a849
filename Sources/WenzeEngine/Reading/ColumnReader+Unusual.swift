import WenzeModel
import WenzeSemantics

// What is rare in documents, and what the absence of something means in complete ones.

/// What a spelling of an enum stands for that is none of its entries.
private enum UnusualEntry {
  static let none: Int32 = -2
  static let unlisted: Int32 = -3
  static let explicitlyUnknown: Int32 = -4
  static let nothing: Int32 = -5
}

extension ColumnReader {
  /// Works out what a spelling stands for, and keeps it; nil if the enum has no such entry.
  mutating func addEntry(_ text: ScannedText, of enumeration: Int) -> Int32? {
    let string = String(decoding: text.bytes, as: UTF8.self)
    let code: Int32
    switch ruleSet.decodeScalar(.text(string), as: .enumeration(enumeration)) {
    case .value(.symbol(_, let entry)): code = Int32(entry)
    case .value(.none): code = UnusualEntry.none
    // One with spaces around it is left to the decoder, which cuts them off.
    case .value(.unlisted(_, let name)) where name.utf8.elementsEqual(text.bytes):
      code = UnusualEntry.unlisted
    case .explicitlyUnknown: code = UnusualEntry.explicitlyUnknown
    case .nothing: code = UnusualEntry.nothing
    case .value, nil: return nil
    }
    memos.entries[enumeration].insert(text.bytes, hash: text.hash, code: code)
    return code
  }

  mutating func setUnusual(
    _ code: Int32, _ text: ScannedText, _ field: ReadingPlan.Field, row: Int, isElement: Bool
  ) -> Bool {
    switch code {
    case UnusualEntry.unlisted:
      if isElement, isOpenMark(text.bytes) { return false }
      guard field.column >= 0 else { return true }
      let number = texts.number(of: text.bytes, hash: text.hash)
      setCode(Missing.unlisted - number, column: field.column, row: row)
      return true
    case UnusualEntry.none where !isElement:
      if field.column >= 0 { setCode(Missing.none, column: field.column, row: row) }
      return true
    case UnusualEntry.explicitlyUnknown where !isElement:
      noteExplicitUnknown()
      return true
    case UnusualEntry.nothing:
      return !isElement
    default:
      return false
    }
  }

  /// Gives a written scalar its type and puts it into its column.
  mutating func setScalar(
    _ text: ScannedText, _ field: ReadingPlan.Field, row: Int, _ isElement: Bool
  ) -> Bool {
    let type: ValueType
    switch field.kind {
    case .truth: type = .boolean
    case .text: type = .text
    case .date: type = .date
    case .integer: type = .integer
    case .decimal: type = .decimal
    case .duration: type = .duration
    case .entry, .record, .list, .other: return false
    }
    let string = String(decoding: text.bytes, as: UTF8.self)
    switch ruleSet.decodeScalar(.text(string), as: type) {
    case nil: return false
    case .nothing: return !isElement
    case .explicitlyUnknown:
      noteExplicitUnknown()
      return !isElement
    case .value(let value):
      if case .boolean(let truth) = value { noteTruth(truth) }
      if isElement, value == .none || DataNode.openMarks.contains(string) { return false }
      return field.column < 0 || set(value, column: field.column, row: row)
    }
  }

  private mutating func set(_ value: Value, column: Int32, row: Int) -> Bool {
    switch (buffers.columns[Int(column)].layout, value) {
    case (.truths, .boolean(let truth)): setTruth(truth ? 1 : 0, column: column, row: row)
    case (.codes, .text(let text)):
      setCode(texts.number(of: text), column: column, row: row)
    case (.dates, .date(let date)) where date.minute == nil:
      setDays(Int32(date.firstDay), Int32(date.lastDay), column: column, row: row)
    case (.numbers, .integer(let number)): setNumber(number, .known, column: column, row: row)
    case (.numbers, .decimal(let number)):
      setNumber(number.millionths, .known, column: column, row: row)
    case (.none, _), (.dates, .date): return false
    case (_, .none): setNone(column: column, row: row)
    default: return false
    }
    return true
  }

  // MARK: - Absence

  func setNone(column: Int32, row: Int) {
    switch buffers.columns[Int(column)].layout {
    case .truths: setTruth(Int8(truth: .none), column: column, row: row)
    case .codes: setCode(Missing.none, column: column, row: row)
    case .dates:
      setDays(DateColumn.none.first, DateColumn.none.last, column: column, row: row)
    case .numbers: setNumber(0, .none, column: column, row: row)
    case .none: break
    }
  }

  /// Says of a record, and of all in it, that it does not exist.
  func setNone(record number: Int, row: Int) {
    let record = plan.records[number]
    guard record.presence >= 0 else { return }
    setTruth(Int8(truth: .none), column: record.presence, row: row)
    for place in 0..<record.fieldCount {
      let field = plan.fields[Int(record.firstField + place)]
      switch field.kind {
      case .record: setNone(record: Int(field.inner), row: row)
      case .list: close(list: Int(field.inner), parentRow: row)
      default: if field.column >= 0 { setNone(column: field.column, row: row) }
      }
    }
  }

  /// Says of a list that it has no elements but those that were read.
  func close(list number: Int, parentRow: Int) {
    let table = Int(plan.lists[number].table)
    if table >= 0 { buffers.tables[table].isOpen[parentRow] = false }
  }

  /// Gives what a complete document does not record the meaning that its absence has.
  func complete(_ number: Int, row: Int) {
    let record = plan.records[number]
    guard record.presence >= 0 else { return }
    for place in 0..<record.fieldCount {
      let field = plan.fields[Int(record.firstField + place)]
      switch field.kind {
      case .record:
        let presence = plan.records[Int(field.inner)].presence
        guard presence >= 0 else { break }
        switch truth(column: presence, row: row) {
        case -1: setNone(record: Int(field.inner), row: row)
        case 1: complete(Int(field.inner), row: row)
        default: break
        }
      case .list: complete(list: Int(field.inner), parentRow: row)
      default:
        guard field.column >= 0, field.absence != .unknown,
          isUnknown(column: field.column, row: row)
        else { break }
        if field.kind == .truth, field.absence == .no {
          setTruth(0, column: field.column, row: row)
        } else if field.absence == .none {
          setNone(column: field.column, row: row)
        }
      }
    }
  }

  private func complete(list number: Int, parentRow: Int) {
    let list = plan.lists[number]
    let table = Int(list.table)
    guard table >= 0 else { return }
    let end = buffers.tables[table].ends[parentRow]
    guard end >= 0 else { return close(list: number, parentRow: parentRow) }
    buffers.tables[table].isOpen[parentRow] = false
    guard list.element.kind == .record else { return }
    var row = Int(end) - 1
    let begin = listBegin(table, parentRow: parentRow)
    while row >= begin {
      complete(Int(list.element.inner), row: row)
      row -= 1
    }
  }

  /// Where the elements of a row's list begin: where those of the last row before it that has any end.
  private func listBegin(_ table: Int, parentRow: Int) -> Int {
    var row = parentRow - 1
    while row >= 0 {
      if buffers.tables[table].ends[row] >= 0 { return Int(buffers.tables[table].ends[row]) }
      row -= 1
    }
    return 0
  }

  private func truth(column: Int32, row: Int) -> Int8 {
    buffers.columns[Int(column)].first.assumingMemoryBound(to: Int8.self)[row]
  }

  private func isUnknown(column: Int32, row: Int) -> Bool {
    let buffer = buffers.columns[Int(column)]
    switch buffer.layout {
    case .truths: return truth(column: column, row: row) == -1
    case .codes:
      return buffer.first.assumingMemoryBound(to: Int32.self)[row] == Missing.unknown
    case .dates:
      return buffer.first.assumingMemoryBound(to: Int32.self)[row] == DateColumn.unknown.first
    case .numbers:
      return buffer.second?.assumingMemoryBound(to: NumberColumn.State.self)[row] == .unknown
    case .none: return false
    }
  }
}
