package import WenzeModel
import WenzeSemantics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads the traces of an event log (IEEE 1849 XES) straight into columns.
///
/// It goes over the bytes once and makes neither a tree nor a `String`. A trace with anything out of
/// the ordinary that stands inside values (a reference, a time that it cannot read, a word that stands
/// for nothing) is left to the reader that knows how to tell of it; where the tags themselves are not
/// plain, all of the log is.
package struct TraceReader: ~Copyable {
  private let shape: ColumnShape
  private let zone: ZoneOffset
  private let textLimit: Int
  private let documentLimit: Int
  private let targets: Targets

  // The columns of the rows so far.
  private var traceCount = 0
  private var ids: [Int32] = []
  private var ends: [Int32] = [0]
  private var eventCount = 0
  private var eventTexts: [[Int32]]
  private var times = DateColumn()
  private var texts = TextNumbers()

  // The text, and how far it was read.
  private var start: UnsafePointer<UInt8>
  private var count = 0
  private var position = 0

  // The trace that is open, as the reader of trees sees it.
  private var trace: Int?
  private var isRead = true
  private var isEvent = false
  private var depth = 0
  private var seenOfTrace = false
  private var seen: UInt8 = 0
  private var event = Event()

  /// Where a trace stands, and whether it was read.
  package struct Trace: Sendable {
    package var range: Range<Int>
    package var isRead: Bool
  }

  /// The texts of an event, by their fields, and its time.
  private struct Event {
    var texts: SIMD8<Int32> = .init(repeating: Missing.unknown)
    var time: CalendarDate?
  }

  /// A reader for the columns that a program asks for; nil if it asks for something of event logs
  /// that is not read so.
  package init?(
    _ program: ColumnProgram, zone: ZoneOffset, textLimit: Int, documentLimit: Int
  ) {
    shape = program.shape
    guard let targets = Targets(program.shape, program.ruleSet, dossier: program.dossier) else {
      return nil
    }
    self.targets = targets
    self.zone = zone
    self.textLimit = textLimit
    self.documentLimit = documentLimit
    eventTexts = targets.eventTexts.map { _ in [] }
    start = ("" as StaticString).utf8Start
  }

  /// Reads the traces of a stretch of a log, in their order.
  ///
  /// - Parameter text: valid UTF-8, with ``ColumnReader/padding`` zeros behind it.
  /// - Returns: nil if its tags are not plain; nothing is kept then.
  package mutating func read(_ text: UnsafeBufferPointer<UInt8>) -> [Trace]? {
    guard let base = text.baseAddress else { return nil }
    start = base
    count = text.count
    position = 0
    trace = nil
    var traces: [Trace] = []
    while let mark = memchr(start + position, 0x3C, count - position) {
      position = UnsafeRawPointer(mark) - UnsafeRawPointer(start)
      let isPlain: Bool
      switch start[position + 1] {
      case 0x21, 0x3F: isPlain = skipMark()
      default: isPlain = readTag(&traces)
      }
      guard isPlain else {
        removeAll()
        return nil
      }
    }
    guard trace == nil, !traces.isEmpty else {
      removeAll()
      return nil
    }
    return traces
  }

  /// The traces read since the last batch, as documents.
  package mutating func takeBatch() -> ColumnBatch {
    let columns = shape.columns.indices.map { column -> ColumnStorage in
      if column == targets.id { return .texts(ids) }
      if column == targets.time { return .dates(times) }
      if let place = targets.eventTexts.firstIndex(of: column) { return .texts(eventTexts[place]) }
      let rows = shape.columns[column].table == 0 ? traceCount : eventCount
      return .truths([Int8](repeating: 1, count: rows))
    }
    let tables = shape.tables.indices.map { table in
      var rows = ColumnBatch.Rows()
      rows.count = table == 0 ? traceCount : eventCount
      if table != 0 {
        rows.offsets = ends
        rows.isOpen = [Bool](repeating: !targets.isExhaustive, count: traceCount)
        rows.isMarkedOpen = [Bool](repeating: false, count: traceCount)
      }
      return rows
    }
    let batch = ColumnBatch(shape: shape, tables: tables, columns: columns, texts: texts)
    removeAll()
    return batch
  }

  private mutating func removeAll() {
    traceCount = 0
    eventCount = 0
    ids.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    for place in eventTexts.indices { eventTexts[place].removeAll(keepingCapacity: true) }
    times = DateColumn()
    texts.removeAll()
  }

  // MARK: - Tags

  /// Goes past a comment or a declaration; false at anything else.
  private mutating func skipMark() -> Bool {
    if matches("<!--", at: position) { return skip(to: "-->", from: position + 4) }
    if matches("<?", at: position) { return skip(to: "?>", from: position + 2) }
    return false
  }

  private mutating func skip(to end: StaticString, from first: Int) -> Bool {
    var place = first
    while place < count {
      if matches(end, at: place) {
        position = place + end.utf8CodeUnitCount
        return true
      }
      place += 1
    }
    return false
  }

  @inline(__always)
  private func matches(_ text: StaticString, at place: Int) -> Bool {
    place + text.utf8CodeUnitCount <= count
      && memcmp(start + place, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  @inline(__always)
  private func matches(_ text: StaticString, in range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount
      && memcmp(start + range.lowerBound, text.utf8Start, range.count) == 0
  }

  /// Reads the tag at the position, and does what it says; false if it is no plain tag.
  @inline(__always)
  private mutating func readTag(_ traces: inout [Trace]) -> Bool {
    let first = position
    position += 1
    let isEnd = start[position] == 0x2F
    if isEnd { position += 1 }
    let name = readName()
    var isEmpty = false
    var key: Range<Int>?
    var value: Range<Int>?
    while true {
      skipSpace()
      guard position < count else { return false }
      switch start[position] {
      case 0x3E:
        position += 1
        return handle(
          name, from: first, isEnd: isEnd, isEmpty: isEmpty, key: key, value: value, &traces)
      case 0x2F:
        isEmpty = true
        position += 1
      default:
        let name = readName()
        guard !name.isEmpty, let range = readValue() else { return false }
        if matches("key", in: name) { key = range }
        if matches("value", in: name) { value = range }
      }
    }
  }

  @inline(__always)
  private mutating func skipSpace() {
    while position < count, start[position] <= 0x20 { position += 1 }
  }

  @inline(__always)
  private mutating func readName() -> Range<Int> {
    let first = position
    while position < count {
      switch start[position] {
      case 0...0x20, 0x3D, 0x2F, 0x3E, 0x3C, 0x22, 0x27: return first..<position
      default: position += 1
      }
    }
    return first..<position
  }

  /// Reads `="…"`.
  @inline(__always)
  private mutating func readValue() -> Range<Int>? {
    skipSpace()
    guard position < count, start[position] == 0x3D else { return nil }
    position += 1
    skipSpace()
    guard position < count else { return nil }
    let quote = start[position]
    guard quote == 0x22 || quote == 0x27 else { return nil }
    let first = position + 1
    position = endOfValue(quote, from: first)
    guard position < count, start[position] == quote else { return nil }
    position += 1
    return first..<position - 1
  }

  /// Where a quotation mark or a tag first stands; the zeros behind the text make it end there.
  @inline(__always)
  private func endOfValue(_ quote: UInt8, from first: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = ones &* UInt64(quote)
    var place = first
    while place < count {
      let word = UnsafeRawPointer(start + place).loadUnaligned(as: UInt64.self).littleEndian
      let (left, right) = (word ^ quotes, word ^ (ones &* 0x3C))
      let found = ((left &- ones) & ~left | (right &- ones) & ~right) & (ones &* 0x80)
      if found != 0 { return min(count, place + found.trailingZeroBitCount >> 3) }
      place += 8
    }
    return count
  }

  // MARK: - Elements

  /// Does what a tag says, in just the way of the reader of trees; false where that one would tell
  /// of something.
  @inline(__always)
  private mutating func handle(
    _ name: Range<Int>, from first: Int, isEnd: Bool, isEmpty: Bool, key: Range<Int>?,
    value: Range<Int>?, _ traces: inout [Trace]
  ) -> Bool {
    if matches("trace", in: name) {
      if isEnd {
        closeTrace(&traces)
      } else {
        guard trace == nil else { return false }
        openTrace(at: first)
        if isEmpty { closeTrace(&traces) }
      }
    } else if trace == nil {
      return true
    } else if matches("event", in: name) {
      if isEnd {
        closeEvent()
      } else {
        if isEvent { isRead = false }
        openEvent()
        if isEmpty { closeEvent() }
      }
    } else if isEnd {
      depth = max(0, depth - 1)
    } else {
      if let value, value.count > textLimit { isRead = false }
      if depth == 0, let key, let value { add(key, value) }
      if !isEmpty { depth += 1 }
    }
    return true
  }

  private mutating func openTrace(at first: Int) {
    trace = first
    isRead = true
    isEvent = false
    depth = 0
    seenOfTrace = false
    if targets.id != nil { ids.append(Missing.unknown) }
  }

  private mutating func closeTrace(_ traces: inout [Trace]) {
    guard let first = trace else { return }
    trace = nil
    if isEvent || position - first > documentLimit { isRead = false }
    traces.append(Trace(range: first..<position, isRead: isRead))
    if isRead {
      traceCount += 1
      ends.append(Int32(eventCount))
    } else {
      let known = Int(ends[traceCount])
      if targets.id != nil { ids.removeLast() }
      for place in eventTexts.indices where targets.eventTexts[place] != nil {
        eventTexts[place].removeLast(eventCount - known)
      }
      if targets.time != nil { times.removeLast(eventCount - known) }
      eventCount = known
    }
  }

  private mutating func openEvent() {
    isEvent = true
    depth = 0
    seen = 0
    event = Event()
  }

  private mutating func closeEvent() {
    guard isEvent else { return }
    isEvent = false
    eventCount += 1
    for place in eventTexts.indices where targets.eventTexts[place] != nil {
      eventTexts[place].append(event.texts[place])
    }
    guard targets.time != nil else { return }
    if let time = event.time { times.append(time) } else { times.append(DateColumn.unknown) }
  }

  // MARK: - Attributes

  @inline(__always)
  private mutating func add(_ key: Range<Int>, _ value: Range<Int>) {
    guard isEvent else {
      guard matches("concept:name", in: key) else { return }
      if seenOfTrace { isRead = false }
      seenOfTrace = true
      if targets.id != nil, let number = number(of: value) { ids[ids.count - 1] = number }
      return
    }
    guard let field = field(of: key) else { return }
    let bit: UInt8 = 1 << UInt8(field)
    if seen & bit != 0 { isRead = false }
    seen |= bit
    if field == Targets.timeField {
      let bytes = UnsafeBufferPointer(
        rebasing: UnsafeBufferPointer(start: start, count: count)[value])
      guard let date = CalendarDate(timestamp: bytes.span, in: zone) else {
        isRead = false
        return
      }
      event.time = date
    } else if targets.eventTexts[field] != nil, let number = number(of: value) {
      event.texts[field] = number
    }
  }

  /// The place of a key of the standard among ``Targets/fields``.
  @inline(__always)
  private func field(of key: Range<Int>) -> Int? {
    switch key.count {
    case 12 where matches("concept:name", in: key): 0
    case 12 where matches("org:resource", in: key): 1
    case 14 where matches("time:timestamp", in: key): Targets.timeField
    case 20 where matches("lifecycle:transition", in: key): 2
    case 8 where matches("org:role", in: key): 3
    case 9 where matches("org:group", in: key): 4
    default: nil
    }
  }

  /// The number of a text; nil, and the trace is not read, if it may mean something else than it says.
  private mutating func number(of value: Range<Int>) -> Int32? {
    let bytes = UnsafeRawBufferPointer(start: start + value.lowerBound, count: value.count)
    guard bytes.isPlain, !bytes.contains(0x26) else {
      isRead = false
      return nil
    }
    return texts.number(of: bytes, hash: TextNumbers.hash(of: bytes))
  }
}

/// Where what a trace holds goes.
private struct Targets {
  static let fields = ["活动", "资源", "生命周期", "角色", "部门"]
  /// A number that no text has.
  static let timeField = 7

  var id: Int?
  /// By ``fields``.
  var eventTexts: [Int?] = []
  var time: Int?
  /// Whether what is written of the events is all of them.
  var isExhaustive = false

  /// Nil where the dossier is another, or something is asked for that has no place here.
  init?(_ shape: ColumnShape, _ ruleSet: RuleSet, dossier: Int) {
    let record = ruleSet.records[dossier]
    guard record.dossier?.complete == nil, case .record(let root) = shape.tables[0].root,
      let id = record.bySpelling["编号"], record.fields[id].type == .text,
      let events = record.bySpelling["事件"],
      case .list(.record(let type)) = record.fields[events].type, record.bySpelling["属性"] != nil
    else { return nil }
    isExhaustive = record.fields[events].isExhaustive
    var left = shape.columns.count
    if root.presence != nil { left -= 1 }
    if case .column(let column)? = root.kept[id] {
      self.id = column
      left -= 1
    }
    eventTexts = Targets.fields.map { _ in nil }
    let event = ruleSet.records[type]
    guard event.bySpelling["属性"] != nil, let time = event.bySpelling["时间"],
      event.fields[time].type == .date,
      Targets.fields.allSatisfy({ name in
        event.bySpelling[name].map { event.fields[$0].type == .text } ?? false
      })
    else { return nil }
    if case .table(let table)? = root.kept[events] {
      guard table == 1, case .record(let fields) = shape.tables[table].root else { return nil }
      if fields.presence != nil { left -= 1 }
      for (place, name) in Targets.fields.enumerated() {
        guard let field = event.bySpelling[name], case .column(let column)? = fields.kept[field]
        else { continue }
        eventTexts[place] = column
        left -= 1
      }
      if case .column(let column)? = fields.kept[time] {
        self.time = column
        left -= 1
      }
    }
    // Whatever is left over is asked of attributes.
    guard left == 0, shape.tables.count <= 2 else { return nil }
  }
}

extension DateColumn {
  fileprivate mutating func removeLast(_ count: Int) {
    first.removeLast(count)
    last.removeLast(count)
    if minutes.count > first.count { minutes.removeLast(minutes.count - first.count) }
  }
}
