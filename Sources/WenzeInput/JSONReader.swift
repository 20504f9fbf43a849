package import WenzeModel
package import WenzeSyntax

/// Reads documents from JSON (RFC 8259): one object, or an array with an object a document.
///
/// Reading never fails: a document with wrong syntax or over a limit is left out, with a diagnostic
/// that says why, and the other elements of the array are read all the same.
package func readJSON(
  _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = JSONReader(source, limits: limits)
  reader.readAll()
  return (reader.documents, reader.diagnostics.found)
}

/// Reads documents from lines of JSON (JSONL, NDJSON): an object a line.
///
/// A line that is wrong is left out, with a diagnostic that says why; all others are read.
package func readJSONLines(
  _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = JSONReader(source, limits: limits)
  reader.diagnostics = InputDiagnostics(limit: limits.problems, readsOn: true)
  reader.readLines()
  return (reader.documents, reader.diagnostics.found)
}

/// Goes through the bytes of a JSON text once, without recursion.
struct JSONReader {
  let source: Source
  let bytes: [UInt8]
  let limits: ReadingLimits
  var position = 0
  /// Where the text ends: behind the last byte, or at the end of the line that is being read.
  private(set) var textEnd: Int
  /// Whether each line is a document of its own.
  private(set) var readsLines = false
  var diagnostics: InputDiagnostics
  private(set) var documents: [WrittenDocument] = []
  /// What is open at the position, from the document itself inwards.
  private var stack: [OpenNode] = []
  private var documentStart = 0
  /// Whether the document is to be left out, although reading it goes on.
  var isOverLimit = false

  /// The document cannot be read further; the reason is reported.
  struct Stopped: Error {}

  init(_ source: Source, limits: ReadingLimits) {
    self.source = source
    self.limits = limits
    bytes = Array(source.text.utf8)
    textEnd = bytes.count
    diagnostics = InputDiagnostics(limit: limits.problems)
  }

  /// The byte at the position; nil at the end.
  var byte: UInt8? { position < textEnd ? bytes[position] : nil }

  mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  // MARK: - Documents

  mutating func readAll() {
    skipSpace()
    switch byte {
    case .leftBrace:
      guard readDocument() else { return }
    case .leftBracket:
      guard readElements() else { return }
    default:
      reportUnexpected(expected: Bilingual("“{”或“[”", "`{` or `[`"))
      return
    }
    skipSpace()
    if position < textEnd {
      diagnostics.report(.textAfterEnd(at: SourceRange(position, textEnd)))
    }
  }

  /// Reads each line as a document; one that is wrong is told once.
  mutating func readLines() {
    readsLines = true
    var start = 0
    while start < bytes.count {
      position = start
      textEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      start = textEnd + 1
      readLine()
    }
  }

  private mutating func readLine() {
    skipSpace()
    let first = position
    switch byte {
    case nil: return
    case .leftBrace:
      guard readDocument() else { return }
      skipSpace()
      if position < textEnd {
        diagnostics.report(.moreInLine(at: trimmed(SourceRange(position, textEnd))))
      }
    default:
      diagnostics.report(.notAnObjectInLine(at: trimmed(SourceRange(first, textEnd))))
    }
  }

  /// Reads the array of documents; false if its end was not found.
  private mutating func readElements() -> Bool {
    let start = position
    position += 1
    skipSpace()
    if byte == .rightBracket {
      position += 1
      return true
    }
    while !diagnostics.isFull {
      skipSpace()
      let isRead = readElement()
      skipSpace()
      switch byte {
      case .comma:
        let comma = position
        position += 1
        skipSpace()
        guard byte == .rightBracket else { continue }
        diagnostics.report(.commaBeforeEnd(at: comma))
        position += 1
        return true
      case .rightBracket:
        position += 1
        return true
      case nil:
        if isRead { diagnostics.report(.unclosed(at: start, "[", end: textEnd, inLine: false)) }
        return false
      case .leftBrace where !isRead:
        continue
      default:
        reportUnexpected(expected: Bilingual("“,”或“]”", "`,` or `]`"))
        if byte != .leftBrace { skipToNextElement(indent: nil) }
        if byte == .comma { position += 1 }
      }
    }
    return false
  }

  /// Reads one element; false if it was skipped with a diagnostic.
  private mutating func readElement() -> Bool {
    if byte == .leftBrace { return readDocument() }
    let start = position
    switch byte {
    case nil: return true
    case .comma, .rightBracket, .rightBrace:
      reportUnexpected(expected: Bilingual("“{”", "`{`"))
      if byte == .rightBrace { position += 1 }
      return false
    default: break
    }
    skipToNextElement(indent: nil)
    diagnostics.report(.notAnObject(at: trimmed(SourceRange(start, position))))
    return false
  }

  /// Reads the object at the position; false if it had to be skipped.
  private mutating func readDocument() -> Bool {
    documentStart = position
    isOverLimit = false
    do {
      let body = try readObject()
      if !isOverLimit {
        documents.append(WrittenDocument(dossier: nil, dossierRange: nil, body: body))
      }
      return true
    } catch {
      skipToNextElement(indent: indent(of: documentStart))
      return false
    }
  }

  // MARK: - Values

  /// What may stand at the position, inside a record or list.
  private enum Expectation {
    case memberOrEnd
    case member(after: Int)
    case separator
  }

  private mutating func readObject() throws(Stopped) -> DataNode {
    try open(.record)
    var pending: [(name: String, range: SourceRange)] = []
    var expectation = Expectation.memberOrEnd
    while let (kind, start) = stack.last.map({ ($0.kind, $0.start) }) {
      skipSpace()
      if position - documentStart > limits.documentBytes {
        diagnostics.report(.documentTooLong(limit: limits.documentBytes, at: documentStart))
        throw Stopped()
      }
      let end: UInt8 = kind == .record ? .rightBrace : .rightBracket
      guard let byte else {
        diagnostics.report(
          .unclosed(
            at: start, kind == .record ? "{" : "[", end: textEnd, inLine: readsLines))
        throw Stopped()
      }
      if byte == end {
        if case .member(let comma) = expectation {
          diagnostics.report(.commaBeforeEnd(at: comma))
        }
        position += 1
        let node = stack.removeLast().closed(at: position) { content in
          guard case .text(let text) = content else { return false }
          return DataNode.openMarks.contains(text)
        }
        if stack.isEmpty { return node }
        add(node, to: &pending)
        expectation = .separator
        continue
      }
      if case .separator = expectation {
        guard byte == .comma else {
          throw unexpected(
            kind == .record
              ? Bilingual("“,”或“}”", "`,` or `}`") : Bilingual("“,”或“]”", "`,` or `]`"))
        }
        expectation = .member(after: position)
        position += 1
        continue
      }
      if kind == .record { pending.append(try readName()) }
      switch self.byte {
      case .leftBrace:
        try open(.record)
        expectation = .memberOrEnd
      case .leftBracket:
        try open(.list)
        expectation = .memberOrEnd
      default:
        add(try readScalar(), to: &pending)
        expectation = .separator
      }
    }
    throw Stopped()
  }

  private mutating func open(_ kind: OpenNode.Kind) throws(Stopped) {
    guard stack.count < limits.depth else {
      diagnostics.report(
        .tooDeep(limit: limits.depth, at: SourceRange(position, position + 1)))
      throw Stopped()
    }
    stack.append(OpenNode(kind, at: position))
    position += 1
  }

  /// Gives a value its place in the innermost record or list.
  private mutating func add(
    _ node: DataNode, to pending: inout [(name: String, range: SourceRange)]
  ) {
    let index = stack.count - 1
    guard stack[index].kind == .record else {
      stack[index].append(node)
      return
    }
    guard let (name, range) = pending.popLast() else { return }
    stack[index].append(DataField(name: name, nameRange: range, value: node))
  }

  /// Reads a name and its colon.
  private mutating func readName() throws(Stopped) -> (name: String, range: SourceRange) {
    guard byte == .quote else { throw unexpectedName() }
    let (name, range) = try readString()
    skipSpace()
    guard byte == .colon else { throw unexpected(Bilingual("“:”", "`:`")) }
    position += 1
    skipSpace()
    return (name, range)
  }

  // MARK: - Recovery

  /// Goes on to the comma or bracket after the element that is being read, whatever stands there.
  ///
  /// Brackets that are still open are counted. A missing one would swallow the rest of the file,
  /// so an opening brace that begins a line just as far in as the document did ends it too.
  private mutating func skipToNextElement(indent: Int?) {
    var open = stack.map(\.kind)
    stack.removeAll()
    var lists = open.count { $0 == .list }
    if let indent, byte == .leftBrace, position > documentStart,
      self.indent(of: position) == indent
    {
      return
    }
    while let byte {
      switch byte {
      case .quote:
        skipString()
        continue
      case .leftBrace, .leftBracket:
        open.append(byte == .leftBrace ? .record : .list)
        if byte == .leftBracket { lists += 1 }
      case .rightBrace, .rightBracket:
        if byte == .rightBracket, open.isEmpty { return }
        let kind: OpenNode.Kind = byte == .rightBrace ? .record : .list
        // Counting first keeps this linear: a bracket without a partner looks at nothing.
        guard (kind == .list ? lists : open.count - lists) > 0 else { break }
        while let closed = open.popLast() {
          if closed == .list { lists -= 1 }
          if closed == kind { break }
        }
      case .comma where open.isEmpty:
        return
      case 0x0A:
        if let indent, isLeftBrace(atIndent: indent) {
          position += 1 + indent
          return
        }
      default:
        break
      }
      position += 1
    }
  }

  /// Goes over a string, wrong escapes included, to its end or that of its line.
  private mutating func skipString() {
    position += 1
    while let byte, byte != 0x0A {
      position += byte == .backslash ? 2 : 1
      if byte == .quote { return }
    }
    position = min(position, textEnd)
  }

  /// How many spaces stand before the offset, if nothing else does in its line.
  private func indent(of offset: Int) -> Int? {
    var start = offset
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    return start == 0 || bytes[start - 1] == 0x0A ? offset - start : nil
  }

  /// Whether the line after the line feed at the position begins with the indent and a brace.
  private func isLeftBrace(atIndent indent: Int) -> Bool {
    let brace = position + 1 + indent
    guard brace < textEnd, bytes[brace] == .leftBrace else { return false }
    return bytes[position + 1..<brace].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private func trimmed(_ range: SourceRange) -> SourceRange {
    var end = range.end
    while end > range.start + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return SourceRange(range.start, end)
  }
}

extension UInt8 {
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let colon: UInt8 = 0x3A
  static let leftBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let rightBracket: UInt8 = 0x5D
  static let leftBrace: UInt8 = 0x7B
  static let rightBrace: UInt8 = 0x7D
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func unclosed(
    at start: Int, _ mark: String, end: Int, inLine: Bool
  ) -> Self {
    Diagnostic(
      "D0202", .error, Bilingual("“\(mark)”没有结束", "`\(mark)` is not closed"),
      at: SourceRange(end, end),
      label: inLine
        ? Bilingual("这一行到此结束", "the line ends here")
        : Bilingual("文件到此结束", "the file ends here"),
      related: [Label(Bilingual("从这里开始", "opened here"), at: SourceRange(start, start + 1))],
      notes: [
        Bilingual("补上对应的括号；文件可能不完整", "add its partner; the file may be incomplete")
      ])
  }

  fileprivate static func commaBeforeEnd(at comma: Int) -> Self {
    let range = SourceRange(comma, comma + 1)
    return Diagnostic(
      "D0208", .error, Bilingual("最后一项后面多了“,”", "there is a `,` after the last element"),
      at: range, fix: Fix(Bilingual("删去逗号", "remove the comma"), replacing: range, with: ""))
  }

  fileprivate static func notAnObject(at range: SourceRange) -> Self {
    Diagnostic(
      "D0212", .error, Bilingual("每件文书应当是一个对象", "each document must be an object"),
      at: range, notes: [Bilingual("写作“{\"名称\": 值, …}”", "write `{\"name\": value, …}`")])
  }

  fileprivate static func notAnObjectInLine(at range: SourceRange) -> Self {
    Diagnostic(
      "D0215", .error,
      Bilingual("每一行应当是一个对象，这一行未读取", "each line must be an object; this one is not read"),
      at: range,
      notes: [
        Bilingual(
          "写作“{\"名称\": 值, …}”，一行一件；一个数组存作“.json”",
          "write `{\"name\": value, …}`, one a line; save an array as `.json`")
      ])
  }

  fileprivate static func moreInLine(at range: SourceRange) -> Self {
    Diagnostic(
      "D0216", .error, Bilingual("这一行的文书后面还有内容", "there is more behind the document of this line"),
      at: range, notes: [Bilingual("每件文书各占一行", "give each document a line of its own")])
  }

  fileprivate static func textAfterEnd(at range: SourceRange) -> Self {
    Diagnostic(
      "D0213", .error, Bilingual("JSON 结束后还有内容", "there is more after the end of the JSON"),
      at: range,
      notes: [
        Bilingual("多件文书放进一个数组：“[{…}, {…}]”", "put several documents in an array: `[{…}, {…}]`")
      ])
  }
}
