package import WenzeModel
package import WenzeSyntax

/// The dossier that the traces of event logs are documents of.
package let eventLogDossier = "事件日志"

/// Reads the traces of an event log (IEEE 1849 XES), each as a document of ``eventLogDossier``.
///
/// Times become days and minutes of a zone. A trace that is wrong is told of, and the others are
/// read; what the log says of itself besides (extensions, globals, classifiers) is passed over.
package func readXES(
  _ source: Source, limits: ReadingLimits = ReadingLimits(), zone: ZoneOffset = .china
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  readTraces(source, limits: limits, zone: zone, isWhole: true, isRepaired: false)
}

/// Reads the traces of a stretch of a log.
///
/// A stretch that is all of the log has to hold traces. In one that is repaired, U+FFFD stands for
/// bytes that are no text and were told of; a trace with any of them is left out.
func readTraces(
  _ source: Source, limits: ReadingLimits, zone: ZoneOffset, isWhole: Bool, isRepaired: Bool
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = XESReader(limits: limits, zone: zone, isRepaired: isRepaired)
  reader.read(source.text.utf8.span, isWhole: isWhole)
  return (reader.documents, reader.diagnostics.found)
}

/// Reads the traces that stand in a range of a log.
package func readXES(
  _ source: Source, in range: Range<Int>, limits: ReadingLimits = ReadingLimits(),
  zone: ZoneOffset = .china
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = XESReader(limits: limits, zone: zone, isRepaired: false)
  let bytes = source.text.utf8.span.extracting(..<range.upperBound)
  reader.read(bytes, from: range.lowerBound, isWhole: false)
  return (reader.documents, reader.diagnostics.found)
}

/// Where the last whole trace of a stretch ends; nil if none does.
///
/// The stretch begins between traces, so that comments can be told from what they hold.
func endOfLastTrace(in bytes: [UInt8]) -> Int? {
  var last: Int?
  forEachEndOfTrace(in: bytes.span) { end in
    last = end
    return true
  }
  return last
}

/// Where the first trace that ends in a stretch does; nil if none does.
func endOfFirstTrace(in bytes: [UInt8]) -> Int? {
  var first: Int?
  forEachEndOfTrace(in: bytes.span) { end in
    first = end
    return false
  }
  return first
}

/// Calls `body` with the end of each `</trace>` outside comments while it gives true.
private func forEachEndOfTrace(in bytes: Span<UInt8>, _ body: (Int) -> Bool) {
  var position = bytes.firstIndex(of: .less, from: 0)
  while position < bytes.count {
    if let end = endOfMark(in: bytes, at: position) {
      position = end
    } else if bytes.matches("</trace", at: position) {
      let end = bytes.firstIndex(of: .greater, from: position + 7)
      guard end < bytes.count, body(end + 1) else { return }
      position = end
    } else {
      position += 1
    }
    position = bytes.firstIndex(of: .less, from: position)
  }
}

/// Where a comment, a declaration or a piece of plain text that begins here ends; nil at a tag.
private func endOfMark(in bytes: Span<UInt8>, at start: Int) -> Int? {
  guard start + 1 < bytes.count, bytes[start + 1] == 0x21 || bytes[start + 1] == 0x3F else {
    return nil
  }
  if bytes.matches("<!--", at: start) { return bytes.end(of: "-->", from: start + 4) }
  if bytes.matches("<?", at: start) { return bytes.end(of: "?>", from: start + 2) }
  if bytes.matches("<![CDATA[", at: start) { return bytes.end(of: "]]>", from: start + 9) }
  let end = bytes.firstIndex(of: .greater, or: .leftBracket, from: start)
  // A document type may hold declarations.
  let isSimple = end == bytes.count || bytes[end] == .greater
  let close = isSimple ? end : bytes.firstIndex(of: .greater, from: bytes.end(of: "]", from: end))
  return min(bytes.count, close + 1)
}

extension Span<UInt8> {
  /// The position after a text of ASCII; the count if it does not stand there.
  fileprivate func end(of text: StaticString, from start: Int) -> Int {
    var position = start
    while position < count {
      position = firstIndex(of: text.utf8Start[0], from: position)
      if matches(text, at: position) { return position + text.utf8CodeUnitCount }
      position += 1
    }
    return count
  }
}

/// Goes through the bytes of a log once.
private struct XESReader {
  private let limits: ReadingLimits
  private let zone: ZoneOffset
  private let isRepaired: Bool
  private var position = 0
  var diagnostics: InputDiagnostics
  private(set) var documents: [WrittenDocument] = []

  private var trace: OpenTrace?
  private var event: Entity?
  /// How many attributes are open; those inside others say something of these only.
  private var depth = 0
  private var list: OpenList?

  private struct OpenTrace {
    var start: Int
    var entity = Entity()
    var events: [DataNode] = []
    var isBroken = false
  }

  /// A trace or an event, with what is known of it.
  private struct Entity {
    var start = 0
    var fields: [DataField] = []
    var attributes: [DataNode] = []

    mutating func close() {
      guard let first = attributes.first, let last = attributes.last else { return }
      let range = first.range.union(last.range)
      fields.append(
        DataField(
          name: "属性", nameRange: first.range,
          value: DataNode(.list(attributes, isOpen: false), at: range)))
    }
  }

  /// An attribute whose values are the attributes in it.
  private struct OpenList {
    var key: Range<Int>
    /// How deep its elements are.
    var depth = 1
  }

  private struct Tag {
    var name: Range<Int>
    var isEnd = false
    var isEmpty = false
    var key: Range<Int>?
    var value: Range<Int>?
    var range: SourceRange
  }

  init(limits: ReadingLimits, zone: ZoneOffset, isRepaired: Bool) {
    self.limits = limits
    self.zone = zone
    self.isRepaired = isRepaired
    diagnostics = InputDiagnostics(limit: limits.problems, readsOn: true)
  }

  mutating func read(_ bytes: Span<UInt8>, from start: Int = 0, isWhole: Bool) {
    var hasTags = false
    position = start
    while true {
      position = bytes.firstIndex(of: .less, from: position)
      guard position < bytes.count else { break }
      if let end = endOfMark(in: bytes, at: position) {
        if bytes.matches("<!DOCTYPE", at: position) {
          diagnostics.report(.documentType(at: SourceRange(position, position + 9)))
        }
        position = end
        continue
      }
      guard let tag = readTag(bytes) else { continue }
      hasTags = true
      handle(tag, bytes)
    }
    if let trace {
      diagnostics.report(.unclosedTrace(at: SourceRange(trace.start, trace.start + 6)))
    }
    if isWhole, documents.isEmpty, diagnostics.found.isEmpty {
      diagnostics.report(.noTraces(at: SourceRange(0, 0), isXML: hasTags))
    }
  }

  // MARK: - Tags

  /// Reads the tag at the position; nil after saying what is wrong with it.
  private mutating func readTag(_ bytes: Span<UInt8>) -> Tag? {
    let start = position
    position += 1
    let isEnd = position < bytes.count && bytes[position] == .slash
    if isEnd { position += 1 }
    var tag = Tag(name: readName(bytes), isEnd: isEnd, range: SourceRange(start, start))
    while true {
      skipSpace(bytes)
      guard position < bytes.count, bytes[position] != .less else { break }
      switch bytes[position] {
      case .greater:
        position += 1
        tag.range = SourceRange(start, position)
        return tag
      case .slash:
        tag.isEmpty = true
        position += 1
      default:
        let name = readName(bytes)
        guard !name.isEmpty, let value = readValue(bytes) else {
          return wrongTag(from: start, bytes)
        }
        if bytes.matches("key", in: name) { tag.key = value }
        if bytes.matches("value", in: name) { tag.value = value }
      }
    }
    return wrongTag(from: start, bytes)
  }

  /// Reads `="…"`; nil where something else stands.
  private mutating func readValue(_ bytes: Span<UInt8>) -> Range<Int>? {
    skipSpace(bytes)
    guard position < bytes.count, bytes[position] == 0x3D else { return nil }
    position += 1
    skipSpace(bytes)
    guard position < bytes.count else { return nil }
    let quote = bytes[position]
    guard quote == 0x22 || quote == 0x27 else { return nil }
    let start = position + 1
    // A tag in a value is the next one, behind a quotation mark that is missing.
    position = bytes.firstIndex(of: quote, or: .less, from: start)
    guard position < bytes.count, bytes[position] == quote else { return nil }
    position += 1
    return start..<position - 1
  }

  private mutating func wrongTag(from start: Int, _ bytes: Span<UInt8>) -> Tag? {
    position = max(position, start + 1)
    diagnostics.report(.wrongTag(at: SourceRange(start, min(position, bytes.count))))
    trace?.isBroken = true
    return nil
  }

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func readName(_ bytes: Span<UInt8>) -> Range<Int> {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case 0...0x20, 0x3D, .slash, .greater, .less, 0x22, 0x27: return start..<position
      default: position += 1
      }
    }
    return start..<position
  }

  // MARK: - Elements

  private mutating func handle(_ tag: Tag, _ bytes: Span<UInt8>) {
    if bytes.matches("trace", in: tag.name) {
      if tag.isEnd { closeTrace(at: tag.range.end, bytes) } else { openTrace(tag, bytes) }
    } else if trace == nil {
      return
    } else if bytes.matches("event", in: tag.name) {
      if tag.isEnd { closeEvent(at: tag.range.end) } else { openEvent(tag) }
    } else if tag.isEnd {
      depth = max(0, depth - 1)
      if depth == 0 { list = nil }
    } else {
      handleAttribute(tag, bytes)
      if !tag.isEmpty { depth += 1 }
    }
  }

  private mutating func handleAttribute(_ tag: Tag, _ bytes: Span<UInt8>) {
    if depth == 0 {
      guard let key = tag.key else { return }
      if let value = tag.value {
        add(key, value, at: tag.range, bytes)
      } else if !tag.isEmpty {
        list = OpenList(key: key)
      }
    } else if let list, depth == list.depth {
      if bytes.matches("values", in: tag.name) {
        self.list?.depth += 1
      } else if tag.key != nil, let value = tag.value {
        addOther(list.key, value, at: tag.range, bytes)
      }
    }
  }

  private mutating func openTrace(_ tag: Tag, _ bytes: Span<UInt8>) {
    if let trace {
      diagnostics.report(.unclosedTrace(at: SourceRange(trace.start, trace.start + 6)))
    }
    trace = OpenTrace(start: tag.range.start)
    event = nil
    depth = 0
    list = nil
    if tag.isEmpty { closeTrace(at: tag.range.end, bytes) }
  }

  private mutating func closeTrace(at end: Int, _ bytes: Span<UInt8>) {
    guard var closed = trace else { return }
    trace = nil
    event = nil
    let range = SourceRange(closed.start, end)
    if range.count > limits.documentBytes {
      diagnostics.report(.documentTooLong(limit: limits.documentBytes, at: closed.start))
      return
    }
    if closed.isBroken { return }
    if isRepaired, bytes.extracting(closed.start..<end).end(of: "\u{FFFD}", from: 0) < range.count {
      return
    }
    closed.entity.close()
    closed.entity.fields.append(
      DataField(
        name: "事件", nameRange: SourceRange(closed.start, closed.start + 6),
        value: DataNode(.list(closed.events, isOpen: false), at: range)))
    documents.append(
      WrittenDocument(
        dossier: eventLogDossier, dossierRange: SourceRange(closed.start, closed.start + 6),
        body: DataNode(.record(closed.entity.fields), at: range)))
  }

  private mutating func openEvent(_ tag: Tag) {
    event = Entity(start: tag.range.start)
    event?.fields.reserveCapacity(6)
    depth = 0
    list = nil
    if tag.isEmpty { closeEvent(at: tag.range.end) }
  }

  private mutating func closeEvent(at end: Int) {
    guard var closed = event else { return }
    event = nil
    closed.close()
    trace?.events.append(
      DataNode(.record(closed.fields), at: SourceRange(closed.start, end)))
  }

  // MARK: - Attributes

  /// Adds an attribute of the open trace or event.
  private mutating func add(
    _ key: Range<Int>, _ value: Range<Int>, at range: SourceRange, _ bytes: Span<UInt8>
  ) {
    guard let field = field(of: key, bytes) else {
      addOther(key, value, at: range, bytes)
      return
    }
    guard isShort(value) else { return }
    let place = SourceRange(value.lowerBound, value.upperBound)
    var content: DataNode.Content
    if field == "时间" {
      guard let date = date(value, bytes) else {
        diagnostics.report(.wrongTimestamp(text(value, bytes), at: place))
        trace?.isBroken = true
        return
      }
      content = .word(date.text(in: .english))
    } else {
      content = .text(text(value, bytes))
    }
    let known = DataField(
      name: field, nameRange: SourceRange(key.lowerBound, key.upperBound),
      value: DataNode(content, at: place))
    if event == nil { trace?.entity.fields.append(known) } else { event?.fields.append(known) }
  }

  /// Adds an attribute for which there is no field.
  private mutating func addOther(
    _ key: Range<Int>, _ value: Range<Int>, at range: SourceRange, _ bytes: Span<UInt8>
  ) {
    guard isShort(value) else { return }
    let names = SourceRange(key.lowerBound, key.upperBound)
    let place = SourceRange(value.lowerBound, value.upperBound)
    let fields = [
      DataField(
        name: "名称", nameRange: names, value: DataNode(.text(text(key, bytes)), at: names)),
      DataField(
        name: "值", nameRange: names, value: DataNode(.text(text(value, bytes)), at: place)),
    ]
    let node = DataNode(.record(fields), at: range)
    if event == nil {
      trace?.entity.attributes.append(node)
    } else {
      event?.attributes.append(node)
    }
  }

  private mutating func isShort(_ value: Range<Int>) -> Bool {
    guard value.count > limits.textBytes else { return true }
    let place = SourceRange(value.lowerBound, value.upperBound)
    diagnostics.report(.textTooLong(value.count, limit: limits.textBytes, at: place))
    trace?.isBroken = true
    return false
  }

  /// The field that a key of the standard stands for.
  private func field(of key: Range<Int>, _ bytes: Span<UInt8>) -> String? {
    if event == nil { return bytes.matches("concept:name", in: key) ? "编号" : nil }
    return switch key.count {
    case 12 where bytes.matches("concept:name", in: key): "活动"
    case 12 where bytes.matches("org:resource", in: key): "资源"
    case 14 where bytes.matches("time:timestamp", in: key): "时间"
    case 20 where bytes.matches("lifecycle:transition", in: key): "生命周期"
    case 8 where bytes.matches("org:role", in: key): "角色"
    case 9 where bytes.matches("org:group", in: key): "部门"
    default: nil
    }
  }

  private func date(_ range: Range<Int>, _ bytes: Span<UInt8>) -> CalendarDate? {
    CalendarDate(timestamp: bytes.extracting(range), in: zone)
      ?? CalendarDate(timestamp: text(range, bytes), in: zone)
  }

  /// The text of a range, its references replaced.
  private func text(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
    var mark = bytes.extracting(range).firstIndex(of: 0x26, from: 0) + range.lowerBound
    if mark == range.upperBound { return bytes.string(range) }
    var text = ""
    var start = range.lowerBound
    while mark < range.upperBound {
      // No reference is longer than that of the last character, with zeros before it.
      let limit = min(range.upperBound, mark + 12)
      let end = bytes.extracting(0..<limit).firstIndex(of: 0x3B, from: mark)
      if end < limit, let scalar = XESReader.scalar(bytes.string(mark + 1..<end)) {
        text += bytes.string(start..<mark)
        text.unicodeScalars.append(scalar)
        start = end + 1
      }
      mark = bytes.extracting(0..<range.upperBound).firstIndex(of: 0x26, from: max(start, mark + 1))
    }
    return text + bytes.string(start..<range.upperBound)
  }

  /// The character that `&name;` stands for.
  private static func scalar(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    let number =
      name.hasPrefix("#x")
      ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    return number.flatMap(Unicode.Scalar.init)
  }
}

extension Span<UInt8> {
  fileprivate func string(_ range: Range<Int>) -> String {
    extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension UInt8 {
  fileprivate static let slash: UInt8 = 0x2F
  fileprivate static let less: UInt8 = 0x3C
  fileprivate static let greater: UInt8 = 0x3E
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func wrongTag(at range: SourceRange) -> Self {
    Diagnostic(
      "D0701", .error,
      Bilingual(
        "这个标记不合 XML 的写法，所在的轨迹未读取", "this tag is not XML; the trace that it stands in is not read"),
      at: range,
      notes: [Bilingual("标记写作“<名称 属性=\"值\">”", "a tag is written `<name attribute=\"value\">`")])
  }

  fileprivate static func documentType(at range: SourceRange) -> Self {
    Diagnostic(
      "D0705", .error,
      Bilingual(
        "不接受文档类型声明（DOCTYPE），其中的实体不替换",
        "a document type is not accepted; its entities are not replaced"), at: range,
      notes: [Bilingual("删去这个声明；XES 日志不需要", "remove it; a XES log needs none")])
  }

  fileprivate static func unclosedTrace(at range: SourceRange) -> Self {
    Diagnostic(
      "D0702", .error,
      Bilingual("轨迹没有结束，未读取", "the trace does not end and is not read"), at: range,
      notes: [Bilingual("文件可能不完整", "the file may be incomplete")])
  }

  fileprivate static func noTraces(at range: SourceRange, isXML: Bool) -> Self {
    Diagnostic(
      "D0703", .error,
      isXML
        ? Bilingual("日志里没有轨迹（<trace>）", "the log holds no traces (`<trace>`)")
        : Bilingual("文件不是 XML", "the file is not XML"), at: range,
      notes: [
        Bilingual(
          "事件日志用 IEEE XES 格式，或者一行一个事件的 CSV", "event logs are IEEE XES, or CSV with an event a row")
      ])
  }

  fileprivate static func wrongTimestamp(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "D0704", .error,
      Bilingual(
        "“\(excerpt(text))”不是时间，所在的轨迹未读取",
        "`\(excerpt(text))` is no time; the trace that it stands in is not read"), at: range,
      notes: [
        Bilingual("写作“2024-03-05T14:30:00+08:00”", "write `2024-03-05T14:30:00+08:00`")
      ])
  }
}
