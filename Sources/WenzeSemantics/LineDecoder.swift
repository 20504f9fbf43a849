import WenzeModel
import WenzeSyntax

/// Decodes documents from lines of JSON without making trees of them first.
///
/// It knows what is in order: objects with the fields of their records, each once, and texts
/// without escapes. Of a line with anything else it says nothing, and whoever asked reads the line
/// as any other input. What scalars say, and what is absent, is for ``DocumentDecoder`` to tell.
package struct LineDecoder {
  private let ruleSet: RuleSet
  private let dossier: Int
  private let isForced: Bool
  private let textLimit: Int
  private let depthLimit: Int
  private var decoder: DocumentDecoder
  private var line = ""
  private var position = 0
  private var depth = 0
  /// Whether the document before claimed to be complete, as the next one then mostly does.
  private var wasComplete = false

  /// - Parameters:
  ///   - ruleSet: the rules with the types.
  ///   - dossier: what the documents are known to be.
  ///   - isForced: whether every document is taken as complete.
  ///   - textLimit: the most bytes that a text may have.
  ///   - depthLimit: how many records and lists may stand inside one another.
  package init(
    _ ruleSet: RuleSet, dossier: Int, asComplete isForced: Bool, textLimit: Int, depthLimit: Int
  ) {
    self.ruleSet = ruleSet
    self.dossier = dossier
    self.isForced = isForced
    self.textLimit = textLimit
    self.depthLimit = depthLimit
    decoder = DocumentDecoder(ruleSet: ruleSet)
  }

  /// The document of a line; nil where something is not in order.
  package mutating func document(in line: String) -> Document? {
    let assumed = isForced || wasComplete
    guard let document = document(in: line, isComplete: assumed) else { return nil }
    // What absence means is known once the whole document is.
    wasComplete = claimsCompleteness(document)
    let isComplete = isForced || wasComplete
    return isComplete == assumed ? document : self.document(in: line, isComplete: isComplete)
  }

  private func claimsCompleteness(_ document: Document) -> Bool {
    guard let complete = ruleSet.records[dossier].dossier?.complete else { return false }
    return document.fields[complete].place != nil
      && document.fields[complete].value.truth == .yes
  }

  private mutating func document(in line: String, isComplete: Bool) -> Document? {
    let bytes = line.utf8.span
    decoder.begin(isComplete: isComplete)
    (self.line, position, depth) = (line, 0, 0)
    skipSpace(bytes)
    guard position < bytes.count, bytes[position] == .leftBrace else { return nil }
    let start = position
    guard let fields = fields(bytes, of: dossier) else { return nil }
    let range = SourceRange(start, position)
    skipSpace(bytes)
    guard position == bytes.count, decoder.diagnostics.isEmpty else { return nil }
    return Document(
      dossier: dossier, id: decoder.id(of: fields, dossier: dossier), isComplete: isComplete,
      fields: fields, waivers: [], range: range)
  }
}

// MARK: - Records and lists

extension LineDecoder {
  /// Reads the object at the position.
  private mutating func fields(_ bytes: Span<UInt8>, of record: Int) -> [Fact]? {
    guard depth < depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let count = ruleSet.records[record].fields.count
    var facts = [Fact](repeating: .unknown, count: count)
    var isWritten = [Bool](repeating: false, count: count)
    position += 1
    skipSpace(bytes)
    if take(.rightBrace, bytes) { return completed(facts, isWritten, of: record) }
    while true {
      guard let name = text(bytes),
        let number = ruleSet.records[record].bySpelling.number(of: bytes.extracting(name)),
        !isWritten[number], !isWaiver(bytes.extracting(name))
      else { return nil }
      skipSpace(bytes)
      guard take(.colon, bytes) else { return nil }
      skipSpace(bytes)
      guard let fact = fact(bytes, of: FieldNumber(record: record, number: number)) else {
        return nil
      }
      facts[number] = fact
      isWritten[number] = true
      skipSpace(bytes)
      if take(.rightBrace, bytes) { break }
      guard take(.comma, bytes) else { return nil }
      skipSpace(bytes)
    }
    // The only field of a document may name its dossier.
    if depth == 1, isWritten.count(where: { $0 }) == 1 { return nil }
    return completed(facts, isWritten, of: record)
  }

  /// The facts with what the absence of the others means.
  private func completed(_ facts: [Fact], _ isWritten: [Bool], of record: Int) -> [Fact] {
    var facts = facts
    for number in facts.indices where !isWritten[number] {
      facts[number] = decoder.absent(FieldNumber(record: record, number: number))
    }
    return facts
  }

  private func isWaiver(_ name: Span<UInt8>) -> Bool {
    name.matches("豁免", in: name.indices) || name.matches("waivers", in: name.indices)
  }

  private mutating func fact(_ bytes: Span<UInt8>, of field: FieldNumber) -> Fact? {
    guard position < bytes.count else { return nil }
    let type = decoder.type(of: field)
    switch (bytes[position], type) {
    case (.leftBrace, _): return record(bytes, as: type)
    case (.leftBracket, .list(let element)):
      return list(bytes, of: element, for: field).map { decoder.settled($0, field) }
    case (.quote, _):
      guard let range = text(bytes) else { return nil }
      return plainFact(bytes, range, as: type)
        ?? decoder.decode(textNode(range), as: field)
    default: return scalar(bytes).map { decoder.decode($0, as: field) }
    }
  }

  /// What a text says that is a day or the very name of an entry, as most are.
  private func plainFact(_ bytes: Span<UInt8>, _ range: Range<Int>, as type: ValueType) -> Fact? {
    var value: Value?
    switch type {
    case .enumeration(let enumeration):
      value = ruleSet.enums[enumeration].bySpelling.number(of: bytes.extracting(range))
        .map { .symbol(enumeration: enumeration, entry: $0) }
    case .date:
      if case .some(let day?) = CalendarDate.day(in: bytes.extracting(range)) { value = .date(day) }
    default: break
    }
    return value.map { Fact($0, at: SourceRange(range.lowerBound - 1, range.upperBound + 1)) }
  }

  private func textNode(_ range: Range<Int>) -> DataNode {
    DataNode(
      .text(string(range)), at: SourceRange(range.lowerBound - 1, range.upperBound + 1))
  }

  private mutating func record(_ bytes: Span<UInt8>, as type: ValueType) -> Fact? {
    guard case .record(let record) = type else { return nil }
    let start = position
    return fields(bytes, of: record).map { Fact(.record($0), at: SourceRange(start, position)) }
  }

  /// Reads the array at the position.
  private mutating func list(
    _ bytes: Span<UInt8>, of element: ValueType, for field: FieldNumber
  ) -> Fact? {
    guard depth < depthLimit else { return nil }
    depth += 1
    defer { depth -= 1 }
    let start = position
    var elements: [Fact] = []
    position += 1
    skipSpace(bytes)
    while !take(.rightBracket, bytes) {
      if !elements.isEmpty {
        guard take(.comma, bytes) else { return nil }
        skipSpace(bytes)
      }
      guard position < bytes.count else { return nil }
      switch (bytes[position], element) {
      case (.leftBrace, _):
        guard let fact = record(bytes, as: element) else { return nil }
        elements.append(fact)
      default:
        // What is no element, and what says that a list goes on, is rare.
        guard let node = scalar(bytes), !node.isOpenMark,
          let fact = decoder.element(node, of: element, for: field)
        else { return nil }
        elements.append(fact)
      }
      skipSpace(bytes)
    }
    return decoder.list(elements, isMarkedOpen: false, at: SourceRange(start, position))
  }
}

// MARK: - Scalars

extension LineDecoder {
  private mutating func scalar(_ bytes: Span<UInt8>) -> DataNode? {
    let start = position
    if bytes[start] == .quote { return text(bytes).map { textNode($0) } }
    while position < bytes.count, bytes[position].isOfWord { position += 1 }
    let range = start..<position
    let content: DataNode.Content
    if bytes.matches("true", in: range) {
      content = .boolean(true)
    } else if bytes.matches("false", in: range) {
      content = .boolean(false)
    } else if bytes.matches("null", in: range) {
      content = .null
    } else if isCount(bytes, range) {
      content = .word(string(range))
    } else {
      return nil
    }
    return DataNode(content, at: SourceRange(start, position))
  }

  /// Whether a range has digits and nothing else, and no zero before others.
  private func isCount(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard 1...textLimit ~= range.count, range.count == 1 || bytes[range.lowerBound] != 0x30 else {
      return false
    }
    for position in range where !(0x30...0x39 ~= bytes[position]) { return false }
    return true
  }

  /// Where the text at the position stands, without its quotation marks.
  private mutating func text(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard take(.quote, bytes) else { return nil }
    let start = position
    let end = bytes.endOfPlainText(from: start)
    guard end < bytes.count, bytes[end] == .quote, end - start <= textLimit else { return nil }
    position = end + 1
    return start..<end
  }

  private func string(_ range: Range<Int>) -> String {
    let start = line.utf8.index(line.startIndex, offsetBy: range.lowerBound)
    return String(line[start..<line.utf8.index(start, offsetBy: range.count)])
  }

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while position < bytes.count, bytes[position].isSpace { position += 1 }
  }

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }
}

extension DataNode {
  fileprivate var isOpenMark: Bool {
    guard case .text(let text) = content, text.utf8.count <= 4 else { return false }
    return DataNode.openMarks.contains(text)
  }
}

extension UInt8 {
  fileprivate static let quote: UInt8 = 0x22
  fileprivate static let comma: UInt8 = 0x2C
  fileprivate static let colon: UInt8 = 0x3A
  fileprivate static let leftBracket: UInt8 = 0x5B
  fileprivate static let rightBracket: UInt8 = 0x5D
  fileprivate static let leftBrace: UInt8 = 0x7B
  fileprivate static let rightBrace: UInt8 = 0x7D

  fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// Whether numbers and words of JSON may have it.
  fileprivate var isOfWord: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }
}
