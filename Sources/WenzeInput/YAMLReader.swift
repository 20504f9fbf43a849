package import WenzeModel
package import WenzeSyntax

/// Reads documents from YAML: a mapping, or a sequence with a mapping a document, and any number of
/// either in a stream.
///
/// Reading never fails: a document with wrong syntax or over a limit is left out, with a diagnostic
/// that says why, and reading goes on at the next `---`.
package func readYAML(
  _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  var reader = YAMLReader(source, limits: limits)
  reader.readAll()
  return (reader.documents, reader.diagnostics.found)
}

/// Builds documents from the events of libyaml, without recursion.
///
/// The events, unlike the nodes that Yams composes of them, have ends as well as beginnings, and a
/// key that occurs twice or an alias that repeats a million values is ours to judge.
private struct YAMLReader {
  private let source: Source
  private let bytes: [UInt8]
  private let limits: ReadingLimits
  fileprivate private(set) var documents: [WrittenDocument] = []
  fileprivate private(set) var diagnostics: InputDiagnostics

  /// What is open, from the document itself inwards; a sequence of documents is not in it.
  private var stack: [Frame] = []
  private var anchors: [String: Anchored] = [:]
  /// Whether the events are inside a sequence of documents.
  private var isInDocumentList = false
  private var documentStart = 0
  /// Whether the document is to be left out, although reading it goes on.
  private var isLeftOut = false
  /// How many collections are open past the limit of depth.
  private var skippedDepth = 0
  private var aliasValues = 0
  private var hasContent = false

  init(_ source: Source, limits: ReadingLimits) {
    self.source = source
    self.limits = limits
    bytes = Array(source.text.utf8)
    diagnostics = InputDiagnostics(limit: limits.problems)
  }

  /// A record or list that has begun.
  private struct Frame {
    var node: OpenNode
    /// Where it ends is told by its closing mark; in block style it ends with its content.
    var isFlow: Bool
    var anchor: String?
    var key = Key.none
    /// How deep it is, itself included, and how many values it has.
    var size = Size(depth: 1, values: 1)

    enum Key {
      case none
      case name(String, SourceRange)
      case unusable
    }
  }

  private struct Size {
    var depth: Int
    var values: Int
  }

  private struct Anchored {
    var node: DataNode
    var size: Size
    /// Whether it can be the name of a field.
    var name: String?
  }

  // MARK: - Stream

  fileprivate mutating func readAll() {
    var start = 0
    while start < bytes.count, !diagnostics.isFull, aliasValues <= limits.aliasValues {
      // libyaml reads ahead, and would refuse the documents before a character it cannot take.
      let character = forbiddenCharacter(from: start)
      let end = character.map { documentMark(before: $0.start, from: start) } ?? bytes.count
      if let fault = readStream(start..<end) {
        start = documentMark(after: fault, from: start)
      } else if let character {
        diagnostics.report(.forbiddenCharacter(source.text(in: character), at: character))
        hasContent = true
        start = documentMark(after: character.end, from: start)
      } else {
        break
      }
    }
    if !hasContent { diagnostics.report(.noDocument()) }
  }

  /// Reads up to the end, or to a place past which it cannot go, whose offset it returns.
  private mutating func readStream(_ range: Range<Int>) -> Int? {
    stack = []
    anchors = [:]
    isInDocumentList = false
    isLeftOut = false
    skippedDepth = 0
    var events = YAMLEvents(bytes, in: range)
    return events.readAll { event in
      switch event {
      case .failure(let failure): report(failure)
      case .success(let event): handle(event)
      }
      // The time libyaml takes grows with the depth, so that far too deep a text is not gone through.
      return !diagnostics.isFull && aliasValues <= limits.aliasValues
        && skippedDepth <= limits.depth
    }
  }

  /// The offset of the next line that begins with `---`, or the end.
  private func documentMark(after offset: Int, from start: Int) -> Int {
    for index in max(offset, start + 1)..<max(offset, start + 1, bytes.count)
    where isDocumentMark(at: index) {
      return index
    }
    return bytes.count
  }

  /// The offset of the last line that begins with `---` before an offset, or the start.
  private func documentMark(before offset: Int, from start: Int) -> Int {
    for index in (start..<max(start, offset)).reversed() where isDocumentMark(at: index) {
      return index
    }
    return start
  }

  private func isDocumentMark(at index: Int) -> Bool {
    bytes[index] == 0x2D && index + 2 < bytes.count && bytes[index + 1] == 0x2D
      && bytes[index + 2] == 0x2D && (index == 0 || bytes[index - 1] == 0x0A)
  }

  /// The first character that a YAML text cannot hold: controls, and code points that are none.
  private func forbiddenCharacter(from start: Int) -> SourceRange? {
    for index in start..<bytes.count {
      switch bytes[index] {
      case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x80...0xC1, 0xC3...0xEE: continue
      case 0..<0x20, 0x7F: return SourceRange(index, index + 1)
      case 0xC2:
        let second = bytes[index + 1]
        if second < 0xA0, second != 0x85 { return SourceRange(index, index + 2) }
      default:
        if bytes[index] == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
          return SourceRange(index, index + 3)
        }
      }
    }
    return nil
  }

  private mutating func report(_ failure: YAMLFailure) {
    hasContent = true
    if failure.isTooDeep {
      // libyaml's own limit is far above ours, unless ours was raised.
      if !isLeftOut { diagnostics.report(.tooDeep(limit: limits.depth, at: failure.range)) }
    } else {
      diagnostics.report(.wrongSyntax(failure.problem, at: failure.range))
    }
  }

  // MARK: - Events

  private mutating func handle(_ event: YAMLEvent) {
    if !stack.isEmpty, !isLeftOut,
      event.range.start - documentStart > limits.documentBytes
    {
      leaveOut(.documentTooLong(limit: limits.documentBytes, at: documentStart))
    }
    switch event.kind {
    case .documentStart:
      stack = []
      anchors = [:]
      isInDocumentList = false
      isLeftOut = false
    case .documentEnd:
      break
    case .scalar(let scalar): handle(scalar, at: event.range)
    case .alias(let name): handleAlias(name, at: event.range)
    case .start(let collection): handleStart(collection, at: event.range)
    case .end: handleEnd(at: event.range)
    }
  }

  private mutating func handleStart(_ collection: YAMLEvent.Collection, at range: SourceRange) {
    hasContent = true
    check(collection.tag, at: range)
    if skippedDepth > 0 {
      skippedDepth += 1
      return
    }
    if stack.isEmpty {
      if !collection.isMapping, !isInDocumentList {
        isInDocumentList = true
        return
      }
      documentStart = range.start
      isLeftOut = false
    }
    guard stack.count < limits.depth else {
      leaveOut(.tooDeep(limit: limits.depth, at: SourceRange(range.start, range.start + 1)))
      skippedDepth = 1
      return
    }
    stack.append(
      Frame(
        node: OpenNode(collection.isMapping ? .record : .list, at: range.start),
        isFlow: collection.isFlow, anchor: collection.anchor))
  }

  private mutating func handleEnd(at range: SourceRange) {
    if skippedDepth > 0 {
      skippedDepth -= 1
      if skippedDepth == 0 {
        attach(DataNode(.null, at: range), size: Size(depth: 1, values: 1), name: nil)
      }
      return
    }
    guard let frame = stack.popLast() else {
      isInDocumentList = false
      return
    }
    let end = frame.isFlow ? range.end : frame.node.contentEnd
    let node = frame.node.closed(at: end) { content in
      guard case .word(let word) = content else { return false }
      return DataNode.openMarks.contains(word)
    }
    keep(node, size: frame.size, name: nil, as: frame.anchor)
    attach(node, size: frame.size, name: nil)
  }

  private mutating func handle(_ scalar: YAMLEvent.Scalar, at range: SourceRange) {
    check(scalar.tag, at: range)
    let isText = !scalar.isPlain || scalar.tag == "!" || scalar.tag == textTag
    let content: DataNode.Content =
      if isText {
        .text(scalar.text)
      } else {
        switch scalar.text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .boolean(true)
        case "false", "False", "FALSE": .boolean(false)
        default: .word(scalar.text)
        }
      }
    let count = scalar.text.utf8.count
    if stack.isEmpty { isLeftOut = false }
    if count > limits.textBytes {
      leaveOut(.textTooLong(count, limit: limits.textBytes, at: range))
    }
    let node = DataNode(content, at: trimmed(range))
    let name = isText || !scalar.text.isEmpty ? scalar.text : nil
    let size = Size(depth: 0, values: 1)
    keep(node, size: size, name: name, as: scalar.anchor)
    attach(node, size: size, name: name)
  }

  private mutating func handleAlias(_ anchor: String, at range: SourceRange) {
    guard let anchored = anchors[anchor] else {
      if !isLeftOut { diagnostics.report(.unknownAlias(anchor, at: range)) }
      isLeftOut = true
      attach(DataNode(.null, at: range), size: Size(depth: 0, values: 1), name: nil)
      return
    }
    aliasValues += anchored.size.values
    guard aliasValues <= limits.aliasValues else {
      diagnostics.report(.tooManyAliasValues(limit: limits.aliasValues, at: range))
      return
    }
    if stack.count + anchored.size.depth > limits.depth {
      leaveOut(.tooDeep(limit: limits.depth, at: range))
    }
    attach(anchored.node, size: anchored.size, name: anchored.name, keyRange: range)
  }

  // MARK: - Building

  private mutating func check(_ tag: String?, at range: SourceRange) {
    guard let tag, tag != "!", !coreTags.contains(tag) else { return }
    diagnostics.report(.unknownTag(tag, at: range))
  }

  private mutating func leaveOut(_ reason: Diagnostic) {
    if !isLeftOut { diagnostics.report(reason) }
    isLeftOut = true
  }

  private mutating func keep(_ node: DataNode, size: Size, name: String?, as anchor: String?) {
    guard let anchor else { return }
    anchors[anchor] = Anchored(node: node, size: size, name: name)
  }

  /// Gives a finished value its place: as a document, an element, or a field's name or value.
  private mutating func attach(
    _ node: DataNode, size: Size, name: String?, keyRange: SourceRange? = nil
  ) {
    let index = stack.count - 1
    guard index >= 0 else {
      finishDocument(node)
      return
    }
    guard skippedDepth == 0 else { return }
    if stack[index].node.kind == .record, case .none = stack[index].key {
      if let name {
        stack[index].key = .name(name, keyRange ?? node.range)
      } else {
        if !isLeftOut { diagnostics.report(.unusableKey(at: keyRange ?? node.range)) }
        stack[index].key = .unusable
      }
      return
    }
    stack[index].size.depth = max(stack[index].size.depth, size.depth + 1)
    stack[index].size.values += size.values
    defer { stack[index].key = .none }
    // What is left out anyway should not take room.
    if isLeftOut { return }
    guard stack[index].node.kind == .record else {
      stack[index].node.append(node)
      return
    }
    guard case .name(let name, let range) = stack[index].key else { return }
    stack[index].node.append(DataField(name: name, nameRange: range, value: node))
  }

  private mutating func finishDocument(_ node: DataNode) {
    if isLeftOut {
      hasContent = true
      isLeftOut = false
      return
    }
    switch node.content {
    case .record:
      hasContent = true
      documents.append(WrittenDocument(dossier: nil, dossierRange: nil, body: node))
    case .null where !isInDocumentList:
      // Nothing between two marks is no document, and no mistake.
      break
    default:
      hasContent = true
      diagnostics.report(.notAMapping(at: node.range))
    }
  }

  /// The range without the line breaks at its end, which belong to block scalars.
  private func trimmed(_ range: SourceRange) -> SourceRange {
    var end = range.end
    while end > range.start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceRange(range.start, end)
  }
}

private let textTag = "tag:yaml.org,2002:str"

/// The tags that may be written; only ``textTag`` says more than the value does itself.
private let coreTags = Set(
  ["str", "int", "float", "bool", "null", "timestamp", "seq", "map"].map {
    "tag:yaml.org,2002:" + $0
  })

// MARK: - Words

extension Diagnostic {
  fileprivate static func wrongSyntax(_ problem: String, at range: SourceRange) -> Self {
    Diagnostic(
      "D0301", .error,
      Bilingual(
        "YAML 写法有误：\(chineseYAMLProblem(problem))", "wrong YAML: `\(problem)`"), at: range,
      notes: [
        Bilingual(
          "检查缩进、冒号后的空格、引号和括号；含“: ”“ #”的文字要加引号",
          "check indentation, the space after a colon, quotes and brackets; a text with `: ` or ` #` "
            + "needs quotation marks")
      ])
  }

  fileprivate static func forbiddenCharacter(_ text: Substring, at range: SourceRange) -> Self {
    let value = text.unicodeScalars.first?.value ?? 0
    let name = "U+" + String(value, radix: 16, uppercase: true)
    return Diagnostic(
      "D0302", .error,
      Bilingual("YAML 里不能有字符“\(name)”", "YAML cannot hold the character `\(name)`"), at: range,
      notes: [
        Bilingual("删去它，或者在双引号里写作转义", "remove it, or write it as an escape in double quotes")
      ])
  }

  fileprivate static func unusableKey(at range: SourceRange) -> Self {
    Diagnostic(
      "D0304", .error, Bilingual("键应当是名称", "a key must be a name"), at: range,
      notes: [Bilingual("写作“名称: 值”", "write `name: value`")])
  }

  fileprivate static func unknownAlias(_ name: String, at range: SourceRange) -> Self {
    Diagnostic(
      "D0305", .error,
      Bilingual(
        "没有“&\(excerpt(name))”，文书未读取",
        "there is no `&\(excerpt(name))`, and the document is not read"), at: range,
      notes: [
        Bilingual(
          "在这之前的值前面写“&\(excerpt(name))”；以“*”开头的文字要加引号",
          "write `&\(excerpt(name))` before an earlier value; a text that begins with `*` needs "
            + "quotation marks")
      ])
  }

  fileprivate static func notAMapping(at range: SourceRange) -> Self {
    Diagnostic(
      "D0306", .error, Bilingual("每件文书应当由“名称: 值”组成", "each document must be a mapping"),
      at: range, notes: [Bilingual("写作“名称: 值”", "write `name: value`")])
  }

  fileprivate static func noDocument() -> Self {
    Diagnostic(
      "D0307", .error, Bilingual("文件里没有文书", "the file has no document"), at: nil,
      notes: [Bilingual("写作“名称: 值”", "write `name: value`")])
  }

  fileprivate static func unknownTag(_ tag: String, at range: SourceRange) -> Self {
    Diagnostic(
      "D0308", .error, Bilingual("没有“\(excerpt(tag))”这种标签", "there is no tag `\(excerpt(tag))`"),
      at: range,
      notes: [
        Bilingual(
          "删去标签；以“!”开头的文字要加引号",
          "remove the tag; a text that begins with `!` needs quotation marks")
      ])
  }
}
