package import WenzeModel
package import WenzeSyntax

/// Reads the traces of an event log (IEEE 1849 XES), each as a document of the dossier 事件日志.
///
/// Times become days and minutes of a zone. A trace that is wrong is told of, and the others are
/// read; what the log says of itself besides (extensions, globals, classifiers) is passed over.
package func readXES(
  _ source: Source, limits: ReadingLimits = ReadingLimits(), zone: ZoneOffset = .china
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = XESReader(source, limits: limits, zone: zone)
  reader.read()
  return (reader.documents, reader.diagnostics.found)
}

/// Goes through the bytes of a log once.
private struct XESReader {
  private let source: Source
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  private let zone: ZoneOffset
  private var position = 0
  var diagnostics: InputDiagnostics
  private(set) var documents: [WrittenDocument] = []

  private var trace: OpenTrace?
  private var event: Entity?
  /// How many attributes are open; those inside others say something of these only.
  private var depth = 0

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

  init(_ source: Source, limits: ReadingLimits, zone: ZoneOffset) {
    self.source = source
    self.limits = limits
    self.zone = zone
    bytes = Array(source.text.utf8)
    diagnostics = InputDiagnostics(limit: limits.problems)
  }

  mutating func read() {
    var hasTags = false
    while !diagnostics.isFull, let start = bytes[position...].firstIndex(of: 0x3C) {
      position = start
      if skipOther() { continue }
      guard let tag = readTag() else { continue }
      hasTags = true
      handle(tag)
    }
    if let trace {
      diagnostics.report(.unclosedTrace(at: SourceRange(trace.start, trace.start + 6)))
    }
    if documents.isEmpty, diagnostics.found.isEmpty {
      diagnostics.report(.noTraces(at: SourceRange(0, 0), isXML: hasTags))
    }
  }

  // MARK: - Marks

  /// Passes over a comment, a declaration or a piece of plain text; false at a tag.
  private mutating func skipOther() -> Bool {
    for (opening, closing) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")]
    where bytes[position...].starts(with: opening.utf8) {
      position += opening.utf8.count
      let end = Array(closing.utf8)
      while position < bytes.count, !bytes[position...].starts(with: end) { position += 1 }
      position = min(bytes.count, position + end.count)
      return true
    }
    return false
  }

  private struct Tag {
    var name: Range<Int>
    var isEnd = false
    var isEmpty = false
    var key: Range<Int>?
    var value: Range<Int>?
    var range: SourceRange
  }

  /// Reads the tag at the position; nil after saying what is wrong with it.
  private mutating func readTag() -> Tag? {
    let start = position
    position += 1
    let isEnd = position < bytes.count && bytes[position] == 0x2F
    if isEnd { position += 1 }
    var tag = Tag(name: readName(), isEnd: isEnd, range: SourceRange(start, start))
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] != 0x3C else { break }
      switch bytes[position] {
      case 0x3E:
        position += 1
        tag.range = SourceRange(start, position)
        return tag
      case 0x2F:
        tag.isEmpty = true
        position += 1
      default:
        let name = readName()
        skipSpace()
        guard !name.isEmpty, position < bytes.count, bytes[position] == 0x3D else {
          return wrongTag(from: start)
        }
        position += 1
        skipSpace()
        guard position < bytes.count, bytes[position] == 0x22 || bytes[position] == 0x27,
          let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
        else { return wrongTag(from: start) }
        let value = position + 1..<end
        position = end + 1
        if bytes[name].elementsEqual("key".utf8) { tag.key = value }
        if bytes[name].elementsEqual("value".utf8) { tag.value = value }
      }
    }
    return wrongTag(from: start)
  }

  private mutating func wrongTag(from start: Int) -> Tag? {
    diagnostics.report(
      .wrongTag(at: SourceRange(start, max(start + 1, min(position, bytes.count)))))
    trace?.isBroken = true
    position = max(position, start + 1)
    return nil
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }

  private mutating func readName() -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position] > 0x20, !"=/><\"'".utf8.contains(bytes[position])
    {
      position += 1
    }
    return start..<position
  }

  // MARK: - Elements

  private mutating func handle(_ tag: Tag) {
    let name = bytes[tag.name]
    if name.elementsEqual("trace".utf8) {
      if tag.isEnd { closeTrace(at: tag.range.end) } else { openTrace(tag) }
    } else if trace == nil {
      return
    } else if name.elementsEqual("event".utf8) {
      if tag.isEnd { closeEvent(at: tag.range.end) } else { openEvent(tag) }
    } else if tag.isEnd {
      depth = max(0, depth - 1)
    } else {
      if depth == 0, let key = tag.key, let value = tag.value { add(key, value, at: tag.range) }
      if !tag.isEmpty { depth += 1 }
    }
  }

  private mutating func openTrace(_ tag: Tag) {
    if let trace {
      diagnostics.report(.unclosedTrace(at: SourceRange(trace.start, trace.start + 6)))
    }
    trace = OpenTrace(start: tag.range.start)
    event = nil
    depth = 0
    if tag.isEmpty { closeTrace(at: tag.range.end) }
  }

  private mutating func closeTrace(at end: Int) {
    guard var closed = trace else { return }
    trace = nil
    event = nil
    let range = SourceRange(closed.start, end)
    if range.count > limits.documentBytes {
      diagnostics.report(.documentTooLong(limit: limits.documentBytes, at: closed.start))
      return
    }
    if closed.isBroken { return }
    closed.entity.close()
    closed.entity.fields.append(
      DataField(
        name: "事件", nameRange: SourceRange(closed.start, closed.start + 6),
        value: DataNode(.list(closed.events, isOpen: false), at: range)))
    documents.append(
      WrittenDocument(
        dossier: "事件日志", dossierRange: SourceRange(closed.start, closed.start + 6),
        body: DataNode(.record(closed.entity.fields), at: range)))
  }

  private mutating func openEvent(_ tag: Tag) {
    event = Entity(start: tag.range.start)
    depth = 0
    if tag.isEmpty { closeEvent(at: tag.range.end) }
  }

  private mutating func closeEvent(at end: Int) {
    guard var closed = event else { return }
    event = nil
    closed.close()
    trace?.events.append(
      DataNode(.record(closed.fields), at: SourceRange(closed.start, end)))
  }

  /// Adds an attribute of the open trace or event.
  private mutating func add(_ key: Range<Int>, _ value: Range<Int>, at range: SourceRange) {
    if value.count > limits.textBytes {
      let place = SourceRange(value.lowerBound, value.upperBound)
      diagnostics.report(.textTooLong(value.count, limit: limits.textBytes, at: place))
      trace?.isBroken = true
      return
    }
    let place = SourceRange(value.lowerBound, value.upperBound)
    let names = SourceRange(key.lowerBound, key.upperBound)
    let word = text(key)
    let written = text(value)
    guard let field = XESReader.fields[event == nil ? "trace " + word : word] else {
      let fields = [
        DataField(name: "名称", nameRange: names, value: DataNode(.text(word), at: names)),
        DataField(name: "值", nameRange: names, value: DataNode(.text(written), at: place)),
      ]
      let node = DataNode(.record(fields), at: range)
      if event == nil {
        trace?.entity.attributes.append(node)
      } else {
        event?.attributes.append(node)
      }
      return
    }
    var content = DataNode.Content.text(written)
    if field == "时间" {
      guard let date = CalendarDate(timestamp: written, in: zone) else {
        diagnostics.report(.wrongTimestamp(written, at: place))
        trace?.isBroken = true
        return
      }
      content = .word(date.text(in: .english))
    }
    let known = DataField(name: field, nameRange: names, value: DataNode(content, at: place))
    if event == nil { trace?.entity.fields.append(known) } else { event?.fields.append(known) }
  }

  /// What the standard's keys stand for.
  private static let fields = [
    "trace concept:name": "编号", "concept:name": "活动", "time:timestamp": "时间",
    "org:resource": "资源", "org:role": "角色", "org:group": "部门",
    "lifecycle:transition": "生命周期",
  ]

  /// The text of a range, its references replaced.
  private func text(_ range: Range<Int>) -> String {
    guard bytes[range].contains(0x26) else { return String(decoding: bytes[range], as: UTF8.self) }
    var text = ""
    var rest = bytes[range]
    while let mark = rest.firstIndex(of: 0x26) {
      text += String(decoding: rest[..<mark], as: UTF8.self)
      rest = rest[mark...]
      guard let end = rest.prefix(12).firstIndex(of: 0x3B),
        let scalar = XESReader.scalar(String(decoding: rest[(mark + 1)..<end], as: UTF8.self))
      else {
        text += "&"
        rest = rest.dropFirst()
        continue
      }
      text.unicodeScalars.append(scalar)
      rest = rest[(end + 1)...]
    }
    return text + String(decoding: rest, as: UTF8.self)
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

// MARK: - Words

extension Diagnostic {
  fileprivate static func wrongTag(at range: SourceRange) -> Self {
    Diagnostic(
      "D0601", .error,
      Bilingual(
        "这个标记不合 XML 的写法，所在的轨迹未读取", "this tag is not XML; the trace that it stands in is not read"),
      at: range,
      notes: [Bilingual("标记写作“<名称 属性=\"值\">”", "a tag is written `<name attribute=\"value\">`")])
  }

  fileprivate static func unclosedTrace(at range: SourceRange) -> Self {
    Diagnostic(
      "D0602", .error,
      Bilingual("轨迹没有结束，未读取", "the trace does not end and is not read"), at: range,
      notes: [Bilingual("文件可能不完整", "the file may be incomplete")])
  }

  fileprivate static func noTraces(at range: SourceRange, isXML: Bool) -> Self {
    Diagnostic(
      "D0603", .error,
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
      "D0604", .error,
      Bilingual(
        "“\(excerpt(text))”不是时间，所在的轨迹未读取",
        "`\(excerpt(text))` is no time; the trace that it stands in is not read"), at: range,
      notes: [
        Bilingual("写作“2024-03-05T14:30:00+08:00”", "write `2024-03-05T14:30:00+08:00`")
      ])
  }
}
