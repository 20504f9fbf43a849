/// Changes of a text that leave every other byte as it is.
struct Splices {
  private var changes: [(range: Range<Int>, order: Int, text: [UInt8])] = []

  var isEmpty: Bool { changes.isEmpty }

  mutating func insert(_ text: String, at offset: Int) {
    replace(offset..<offset, with: text)
  }

  mutating func replace(_ range: Range<Int>, with text: String) {
    changes.append((range, changes.count, Array(text.utf8)))
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + changes.reduce(0) { $0 + $1.text.count })
    var position = 0
    let ordered = changes.sorted {
      ($0.range.lowerBound, $0.order) < ($1.range.lowerBound, $1.order)
    }
    for change in ordered {
      precondition(change.range.lowerBound >= position, "changes of the same bytes")
      result += bytes[position..<change.range.lowerBound]
      result += change.text
      position = change.range.upperBound
    }
    return result + bytes[position...]
  }
}

/// A start tag as it is written.
struct WrittenTag {
  private var text: [UInt8]

  init(_ range: Range<Int>, in bytes: [UInt8]) {
    text = Array(bytes[range])
  }

  /// What stands before the name, with its colon: nothing, or `x:`.
  var prefix: String {
    let name = text.dropFirst().prefix { !WrittenTag.isSpace($0) && $0 != 0x2F && $0 != 0x3E }
    guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return "" }
    return String(decoding: name[...colon], as: UTF8.self)
  }

  /// The name with what stands before it.
  var name: String {
    String(
      decoding: text.dropFirst().prefix { !WrittenTag.isSpace($0) && $0 != 0x2F && $0 != 0x3E },
      as: UTF8.self)
  }

  /// Whether the tag is the end of its element too.
  var isEmptyElement: Bool { text.count > 1 && text[text.count - 2] == 0x2F }

  var string: String { String(decoding: text, as: UTF8.self) }

  /// The tag of an element that goes on.
  var opened: String {
    guard isEmptyElement else { return string }
    var start = text.dropLast(2)
    while let last = start.last, WrittenTag.isSpace(last) { start.removeLast() }
    return String(decoding: start, as: UTF8.self) + ">"
  }

  /// Gives an attribute without a namespace a value that needs no escapes.
  mutating func set(_ name: String, to value: String) {
    if let range = valueRange(of: name) {
      text.replaceSubrange(range, with: Array(value.utf8))
      return
    }
    let end = isEmptyElement ? text.count - 2 : text.count - 1
    let needsSpace = end == 0 || !WrittenTag.isSpace(text[end - 1])
    text.insert(contentsOf: Array("\(needsSpace ? " " : "")\(name)=\"\(value)\"".utf8), at: end)
  }

  private func valueRange(of name: String) -> Range<Int>? {
    var position = 1
    func skip(while isWanted: (UInt8) -> Bool) {
      while position < text.count, isWanted(text[position]) { position += 1 }
    }
    skip { !WrittenTag.isSpace($0) && $0 != 0x2F && $0 != 0x3E }
    while position < text.count {
      skip(while: WrittenTag.isSpace)
      let start = position
      skip { !WrittenTag.isSpace($0) && $0 != 0x3D && $0 != 0x2F && $0 != 0x3E }
      let word = text[start..<position]
      if word.isEmpty { return nil }
      skip { WrittenTag.isSpace($0) || $0 == 0x3D }
      guard position < text.count else { return nil }
      let quote = text[position]
      position += 1
      let valueStart = position
      skip { $0 != quote }
      if word.elementsEqual(name.utf8) { return valueStart..<position }
      position += 1
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

/// The children of the root of a part, by which new ones are put where its schema wants them.
struct RootLayout {
  struct Child {
    var name: String
    var start: Range<Int>
    /// The end of its end tag.
    var end: Int
    /// Where the end tag begins; where the start tag ends, if that is the end too.
    var contentEnd: Int
    /// How many elements stand in it.
    var count = 0
  }

  private(set) var root: Range<Int> = 0..<0
  private(set) var namespace = ""
  private(set) var children: [Child] = []
  /// Where the end tag of the root begins.
  private(set) var end = 0
  private var depth = 0

  mutating func read(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      depth += 1
      if depth == 1 {
        root = element.range
        namespace = element.name.namespace
      } else if depth == 2 {
        children.append(
          Child(
            name: element.name.local, start: element.range, end: element.range.upperBound,
            contentEnd: element.range.upperBound))
      } else if depth == 3 {
        children[children.count - 1].count += 1
      }
    case .end(_, let range):
      depth -= 1
      if depth == 1 {
        children[children.count - 1].contentEnd = range.lowerBound
        children[children.count - 1].end = range.upperBound
      } else if depth == 0 {
        end = range.lowerBound
      }
    case .text: break
    }
  }

  func child(_ name: String) -> Child? { children.first { $0.name == name } }

  /// Where a new child belongs, before the first of those that come after it.
  func offset(before later: Set<String>) -> Int {
    let anchor = children.lastIndex { !later.contains($0.name) && $0.name != "AlternateContent" }
    guard let anchor else { return children.first?.start.lowerBound ?? end }
    return children[anchor].end
  }

  /// Adds text at the end of a child.
  static func append(
    _ text: String, to child: Child, count: Int?, in bytes: [UInt8], _ splices: inout Splices
  ) {
    var tag = WrittenTag(child.start, in: bytes)
    if let count { tag.set("count", to: "\(count)") }
    if tag.isEmptyElement {
      splices.replace(child.start, with: tag.opened + text + "</\(tag.name)>")
    } else {
      splices.replace(child.start, with: tag.string)
      splices.insert(text, at: child.contentEnd)
    }
  }
}

/// A text in an element or attribute, exactly, without what XML cannot hold.
func exactXML(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n": result += "&#10;"
    case "\t": result += "&#9;"
    case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
