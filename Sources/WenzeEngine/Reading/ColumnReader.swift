import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Reads JSON documents of one dossier straight into columns.
///
/// It goes over the bytes once and makes neither a tree nor a `String`. Fields are expected in the
/// order in which earlier documents had them, and looked up by a hash otherwise; spellings of enum
/// entries are looked up by the hash that finding their ends gave. Whatever is out of the ordinary
/// (an unknown field, a wrong value, a syntax error, a waiver) makes it leave the document to the
/// readers and the decoder that know how to tell of it: it answers `false` and keeps nothing.
package struct ColumnReader: ~Copyable {
  let plan: ReadingPlan
  let ruleSet: RuleSet
  private let shape: ColumnShape
  /// Whether documents are taken as complete whatever they say.
  private let asComplete: Bool
  private let textLimit: Int
  private let isUsable: Bool
  /// Whether the dossier is the one that a document is taken for that is as like others.
  private let isPreferred: Bool
  private let days = DayTable()
  /// The most bytes of a word that says that a list goes on.
  private let openMarkLength = DataNode.openMarks.map(\.utf8.count).max() ?? 0
  /// What the dossier is called.
  private let names: [String]

  let buffers: ColumnBuffers
  var texts = TextNumbers()
  let memos: EntryMemos
  /// The position in the text, behind whose end are zeros, at least ``padding`` many.
  var cursor: UnsafePointer<UInt8>
  /// The text of the last string with escapes.
  private let scratch = ScratchText()
  private let flat: FlatPlan

  // What is known of the document that is being read.
  private var documentStart: UnsafePointer<UInt8>
  private var claimsCompleteness = false
  private var hasExplicitUnknown = false
  private var dossiers: UInt64 = 0
  /// The truth that was read last; −1 if something else was.
  private var lastTruth: Int8 = -1

  /// How many zeros have to stand behind a text.
  package static let padding = 64

  /// A reader for the columns that a program asks for; no text may have more bytes than `textLimit`.
  package init(
    _ program: ColumnProgram, asComplete: Bool, textLimit: Int, depthLimit: Int
  ) {
    let ruleSet = program.ruleSet
    shape = program.shape
    self.ruleSet = ruleSet
    self.asComplete = asComplete
    self.textLimit = textLimit
    plan = ReadingPlan(shape: shape, dossier: program.dossier, ruleSet: ruleSet)
    let name = ruleSet.records[program.dossier].name
    names = [name.chinese, name.english]
    isUsable = !plan.isTooWide && plan.depth + 1 <= depthLimit && program.dossier < 64
    let dossiers = ruleSet.records.indices.filter { ruleSet.records[$0].dossier != nil }
    isPreferred = ruleSet.preferredDossier(among: dossiers) == program.dossier
    buffers = ColumnBuffers(plan: plan, shape: shape)
    memos = EntryMemos(count: ruleSet.enums.count)
    cursor = UnsafePointer(buffers.nowhere)
    documentStart = cursor
    flat = FlatPlan(plan)
  }

  /// How many documents were read since the last batch.
  package var count: Int { buffers.tables[0].count }

  /// The documents read since the last batch.
  package mutating func takeBatch() -> ColumnBatch {
    let batch = buffers.batch(texts: texts)
    buffers.removeAll()
    texts.removeAll()
    return batch
  }

  /// How many characters stand in a line before the document that was read last.
  func documentOffset(in line: UnsafeBufferPointer<UInt8>) -> Int {
    guard let start = line.baseAddress, documentStart > start else { return 0 }
    return line[..<(documentStart - start)].count { $0 & 0xC0 != 0x80 }
  }

  /// Reads the document that a line is.
  ///
  /// - Parameter line: bytes of valid UTF-8, with ``padding`` more bytes behind them, of which the
  ///   first is a line feed or zero.
  /// - Returns: whether it was read; if not, nothing is kept of it.
  package mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isUsable, let start = line.baseAddress else { return false }
    cursor = start
    claimsCompleteness = asComplete
    hasExplicitUnknown = false
    dossiers = .max
    buffers.mark()
    let row = buffers.tables[0].count
    if row + 2 >= buffers.tables[0].capacity { buffers.grow(0) }
    for isNamed in [false, true] {
      buffers.tables[0].count = row + 1
      if readDocument(row: row, end: start + line.count, isNamed: isNamed) { return true }
      buffers.removeMarkedRows()
      cursor = start
    }
    return false
  }

  private mutating func readDocument(
    row: Int, end: UnsafePointer<UInt8>, isNamed: Bool
  ) -> Bool {
    skipSpace()
    guard cursor.pointee == 0x7B, !isNamed || skipName() else { return false }
    documentStart = cursor
    guard readRecord(0, row: row) else { return false }
    skipSpace()
    if isNamed {
      guard cursor.pointee == 0x7D else { return false }
      cursor += 1
      skipSpace()
    } else {
      // A document is one of this dossier if no other is as like it.
      guard isPreferred || dossiers == 1 << UInt64(plan.dossier) else { return false }
    }
    guard cursor == end else { return false }
    if claimsCompleteness {
      guard !hasExplicitUnknown else { return false }
      complete(0, row: row)
    }
    return true
  }

  /// Goes to the inner brace of `{"案件": {…}}`; false, and nowhere, if the document is not so written.
  private mutating func skipName() -> Bool {
    let start = cursor
    cursor += 1
    skipSpace()
    if cursor.pointee == 0x22, let name = scanString(),
      names.contains(where: { name.bytes.elementsEqual($0.utf8) })
    {
      skipSpace()
      if cursor.pointee == 0x3A {
        cursor += 1
        skipSpace()
        if cursor.pointee == 0x7B { return true }
      }
    }
    cursor = start
    return false
  }

  @inline(__always)
  private mutating func skipSpace() {
    while cursor.pointee <= 0x20,
      cursor.pointee == 0x20 || cursor.pointee == 0x09 || cursor.pointee == 0x0D
    {
      cursor += 1
    }
  }

  // MARK: - Records and lists

  /// Reads the record at whose brace the position is.
  private mutating func readRecord(_ number: Int, row: Int) -> Bool {
    let record = flat.records[number]
    if record.presence >= 0 { setTruth(1, column: record.presence, row: row) }
    cursor += 1
    skipSpace()
    if cursor.pointee == 0x7D {
      cursor += 1
      return true
    }
    var seen: UInt64 = 0
    var expected: Int32 = 0
    while true {
      guard cursor.pointee == 0x22 else { return false }
      let key = readKey(of: number, record, &expected)
      guard key >= 0 else { return false }
      let place = flat.keys[Int(key)].field
      let bit: UInt64 = 1 << UInt64(place)
      guard seen & bit == 0 else { return false }
      seen |= bit
      if number == 0 { dossiers &= flat.keys[Int(key)].dossiers }
      skipSpace()
      guard cursor.pointee == 0x3A else { return false }
      cursor += 1
      skipSpace()
      let field = flat.fields[Int(record.firstField + place)]
      lastTruth = -1
      guard readValue(field, row: row, isElement: false) else { return false }
      if number == 0, Int(place) == plan.complete, lastTruth == 1 { claimsCompleteness = true }
      skipSpace()
      switch cursor.pointee {
      case 0x2C:
        cursor += 1
        skipSpace()
      case 0x7D:
        cursor += 1
        return true
      default: return false
      }
    }
  }

  /// Reads the key at whose quotation mark the position is; −1 for one that the record does not have.
  @inline(__always)
  private mutating func readKey(
    of number: Int, _ record: ReadingPlan.Record, _ expected: inout Int32
  ) -> Int32 {
    let start = UnsafeRawPointer(cursor + 1)
    let count = flat.orderCounts[number]
    var place = expected
    while place < count, place < expected + 4 {
      let key = flat.order[Int(record.firstKey + place)]
      if isKey(key, at: start) {
        expected = place + 1
        cursor += Int(flat.keys[Int(key)].length) + 1
        return key
      }
      place += 1
    }
    return findKey(of: number, record, &expected)
  }

  @inline(__always)
  private func isKey(_ key: Int32, at start: UnsafeRawPointer) -> Bool {
    var word = Int(flat.keys[Int(key)].firstWord)
    var rest = Int(flat.keys[Int(key)].length)
    var start = start
    while rest >= 8 {
      if start.loadUnaligned(as: UInt64.self).littleEndian != flat.keyWords[word] { return false }
      word += 1
      start += 8
      rest -= 8
    }
    if rest == 0 { return true }
    let mask: UInt64 = 1 << UInt64(rest * 8) - 1
    return start.loadUnaligned(as: UInt64.self).littleEndian & mask == flat.keyWords[word]
  }

  private mutating func findKey(
    of number: Int, _ record: ReadingPlan.Record, _ expected: inout Int32
  ) -> Int32 {
    let start = UnsafeRawPointer(cursor + 1)
    guard let text = scanString() else { return -1 }
    var slot = Int32(truncatingIfNeeded: text.hash) & record.slotMask
    while true {
      let key = flat.slots[Int(record.firstSlot + slot)]
      guard key >= 0 else { return -1 }
      if isKey(key, at: start) {
        expected = flat.place(key, of: number, at: expected)
        return key
      }
      slot = (slot + 1) & record.slotMask
    }
  }

  private mutating func readList(_ number: Int, parentRow: Int) -> Bool {
    let list = flat.lists[number]
    let table = Int(list.table)
    cursor += 1
    skipSpace()
    if cursor.pointee == 0x5D {
      cursor += 1
      if table >= 0 { buffers.tables[table].ends[parentRow] = Int32(buffers.tables[table].count) }
      return true
    }
    while true {
      if cursor.pointee == 0x6E {
        // A null is no element.
        guard readNull() else { return false }
      } else {
        var row = 0
        if table >= 0 {
          row = buffers.tables[table].count
          if row + 2 >= buffers.tables[table].capacity { buffers.grow(table) }
          buffers.tables[table].count += 1
        }
        guard readValue(list.element, row: row, isElement: true) else { return false }
      }
      skipSpace()
      switch cursor.pointee {
      case 0x2C:
        cursor += 1
        skipSpace()
      case 0x5D:
        cursor += 1
        if table >= 0 { buffers.tables[table].ends[parentRow] = Int32(buffers.tables[table].count) }
        return true
      default: return false
      }
    }
  }

  // MARK: - Values

  /// Reads a value; false for one that is out of the ordinary.
  @inline(__always)
  private mutating func readValue(_ field: ReadingPlan.Field, row: Int, isElement: Bool) -> Bool {
    if cursor.pointee == 0x6E { return !isElement && readNull() }
    switch field.kind {
    case .entry:
      guard cursor.pointee == 0x22, let text = scanString() else { return false }
      let code: Int32
      if let known = memos.entries[Int(field.inner)].code(of: text.bytes, hash: text.hash) {
        code = known
      } else {
        guard let found = addEntry(text, of: Int(field.inner)) else { return false }
        code = found
      }
      if code >= 0 {
        if field.column >= 0 { setCode(code, column: field.column, row: row) }
        return true
      }
      return setUnusual(code, text, field, row: row, isElement: isElement)
    case .text:
      guard cursor.pointee == 0x22 else { return false }
      if field.column < 0, !isElement { return skipString() }
      guard let text = scanString() else { return false }
      guard text.bytes.isPlain else { return setScalar(text, field, row: row, isElement) }
      if isElement, isOpenMark(text.bytes) { return false }
      if field.column >= 0 {
        setCode(texts.number(of: text.bytes, hash: text.hash), column: field.column, row: row)
      }
      return true
    case .date:
      guard cursor.pointee == 0x22 else { return false }
      if cursor[11] == 0x22, let day = days.day(at: cursor + 1) {
        cursor += 12
        if field.column >= 0 { setDays(day, day, column: field.column, row: row) }
        return true
      }
      guard let text = scanString() else { return false }
      return setScalar(text, field, row: row, isElement)
    case .truth:
      return readTruth(field, row: row, isElement: isElement)
    case .record:
      if cursor.pointee == 0x7B { return readRecord(Int(field.inner), row: row) }
      guard !isElement, readAbsence() else { return false }
      setNone(record: Int(field.inner), row: row)
      return true
    case .list:
      if cursor.pointee == 0x5B, !isElement {
        guard readList(Int(field.inner), parentRow: row) else { return false }
        if field.isExhaustive { close(list: Int(field.inner), parentRow: row) }
        return true
      }
      guard !isElement, readAbsence() else { return false }
      close(list: Int(field.inner), parentRow: row)
      return true
    case .integer, .decimal, .duration:
      return readNumber(field, row: row, isElement)
    case .other:
      return false
    }
  }

  private mutating func readNull() -> Bool {
    guard UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self).littleEndian == 0x6C6C_756E else {
      return false
    }
    cursor += 4
    return true
  }

  private mutating func readTruth(
    _ field: ReadingPlan.Field, row: Int, isElement: Bool
  ) -> Bool {
    let word = UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self).littleEndian
    if word == 0x6575_7274 {
      cursor += 4
      lastTruth = 1
    } else if word == 0x736C_6166, cursor[4] == 0x65 {
      cursor += 5
      lastTruth = 0
    } else {
      lastTruth = -1
      guard cursor.pointee == 0x22, let text = scanString() else { return false }
      return setScalar(text, field, row: row, isElement)
    }
    if field.column >= 0 { setTruth(lastTruth, column: field.column, row: row) }
    return true
  }

  private mutating func readNumber(
    _ field: ReadingPlan.Field, row: Int, _ isElement: Bool
  ) -> Bool {
    if cursor.pointee == 0x22 {
      guard let text = scanString() else { return false }
      return setScalar(text, field, row: row, isElement)
    }
    let start = cursor
    var value = 0
    while cursor.pointee >= 0x30, cursor.pointee <= 0x39, cursor - start < 12 {
      value = value * 10 + Int(cursor.pointee - 0x30)
      cursor += 1
    }
    let isZeroPadded = start.pointee == 0x30 && cursor - start > 1
    guard cursor > start, !isZeroPadded, field.kind != .duration else { return false }
    if cursor.pointee == 0x2E, field.kind == .decimal {
      cursor += 1
      let point = cursor
      var digits = 0
      while cursor.pointee >= 0x30, cursor.pointee <= 0x39, digits < 6 {
        value = value * 10 + Int(cursor.pointee - 0x30)
        digits += 1
        cursor += 1
      }
      guard cursor > point else { return false }
      for _ in digits..<6 { value *= 10 }
    } else if field.kind == .decimal {
      value *= 1_000_000
    }
    switch cursor.pointee {
    case 0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0D: break
    default: return false
    }
    if field.column >= 0 { setNumber(value, .known, column: field.column, row: row) }
    return true
  }

  /// Reads a text that says that there is no such record or list.
  private mutating func readAbsence() -> Bool {
    guard cursor.pointee == 0x22, let text = scanString() else { return false }
    return text.bytes.elementsEqual("无".utf8) || text.bytes.elementsEqual("none".utf8)
  }

  /// Whether an element says that the list goes on.
  func isOpenMark(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count <= openMarkLength && DataNode.openMarks.contains { text.elementsEqual($0.utf8) }
  }

  // MARK: - Strings

  /// The bytes of a string without its quotation marks, and their hash.
  struct ScannedText {
    var bytes: UnsafeRawBufferPointer
    var hash: UInt64
  }

  /// Reads the string at whose quotation mark the position is.
  ///
  /// Eight bytes are looked at together: a byte is a quotation mark, a backslash or a control
  /// character where a subtraction borrows from its highest bit, and the lowest such place is always
  /// a true one. What the bytes come to as a hash is worked out on the way.
  @inline(__always)
  mutating func scanString() -> ScannedText? {
    let start = UnsafeRawPointer(cursor + 1)
    var place = start
    var hash = TextNumbers.HashState()
    while true {
      let word = place.loadUnaligned(as: UInt64.self).littleEndian
      let stop = stops(in: word)
      if stop == 0 {
        hash.add(word)
        place += 8
        continue
      }
      let count = stop.trailingZeroBitCount >> 3
      hash.add(word & (1 << UInt64(count * 8) &- 1))
      place += count
      break
    }
    let count = place - start
    let last = place.load(as: UInt8.self)
    if last == 0x22, count <= textLimit {
      cursor = place.assumingMemoryBound(to: UInt8.self) + 1
      return ScannedText(
        bytes: UnsafeRawBufferPointer(start: start, count: count),
        hash: hash.finished(count: count))
    }
    return last == 0x5C ? unescape() : nil
  }

  @inline(__always)
  private func stops(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    return
      ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
      | (word &- ones &* 0x20) & ~word) & (ones &* 0x80)
  }

  /// Goes over the string at whose quotation mark the position is.
  private mutating func skipString() -> Bool {
    var place = UnsafeRawPointer(cursor + 1)
    while true {
      let stop = stops(in: place.loadUnaligned(as: UInt64.self).littleEndian)
      if stop == 0 {
        place += 8
        continue
      }
      place += stop.trailingZeroBitCount >> 3
      break
    }
    let last = place.load(as: UInt8.self)
    if last == 0x22, place - UnsafeRawPointer(cursor + 1) <= textLimit {
      cursor = place.assumingMemoryBound(to: UInt8.self) + 1
      return true
    }
    return last == 0x5C && unescape() != nil
  }

  /// Reads a string with escapes; those of half a character are left to others.
  private mutating func unescape() -> ScannedText? {
    scratch.removeAll()
    var place = cursor + 1
    while place.pointee != 0x22 {
      guard place.pointee >= 0x20 else { return nil }
      guard place.pointee == 0x5C else {
        scratch.append(place.pointee)
        place += 1
        continue
      }
      place += 1
      switch place.pointee {
      case 0x22, 0x5C, 0x2F: scratch.append(place.pointee)
      case 0x62: scratch.append(0x08)
      case 0x66: scratch.append(0x0C)
      case 0x6E: scratch.append(0x0A)
      case 0x72: scratch.append(0x0D)
      case 0x74: scratch.append(0x09)
      default: return nil
      }
      place += 1
    }
    let bytes = scratch.bytes
    guard bytes.count <= textLimit else { return nil }
    cursor = place + 1
    return ScannedText(bytes: bytes, hash: TextNumbers.hash(of: bytes))
  }

  // MARK: - Cells

  @inline(__always)
  func setCode(_ code: Int32, column: Int32, row: Int) {
    buffers.columns[Int(column)].first.assumingMemoryBound(to: Int32.self)[row] = code
  }

  @inline(__always)
  func setTruth(_ truth: Int8, column: Int32, row: Int) {
    buffers.columns[Int(column)].first.assumingMemoryBound(to: Int8.self)[row] = truth
  }

  @inline(__always)
  func setDays(_ first: Int32, _ last: Int32, column: Int32, row: Int) {
    let buffer = buffers.columns[Int(column)]
    buffer.first.assumingMemoryBound(to: Int32.self)[row] = first
    buffer.second?.assumingMemoryBound(to: Int32.self)[row] = last
  }

  @inline(__always)
  func setNumber(_ value: Int, _ state: NumberColumn.State, column: Int32, row: Int) {
    let buffer = buffers.columns[Int(column)]
    buffer.first.assumingMemoryBound(to: Int.self)[row] = value
    buffer.second?.assumingMemoryBound(to: NumberColumn.State.self)[row] = state
  }

  mutating func noteExplicitUnknown() { hasExplicitUnknown = true }
  mutating func noteTruth(_ truth: Bool) { lastTruth = truth ? 1 : 0 }
}
