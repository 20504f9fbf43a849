package import WenzeSyntax

/// Finds the tags of a template.
package struct TemplateScanner {
  private let bytes: [UInt8]
  /// Whether a tag has to end in the line in which it begins.
  private let isLineBound: Bool
  package private(set) var tags: [TemplateTag] = []
  package private(set) var diagnostics: [Diagnostic] = []

  package init(_ source: Source, isLineBound: Bool = false) {
    bytes = Array(source.text.utf8)
    self.isLineBound = isLineBound
    findTags()
    findFullWidthBraces()
  }

  private mutating func findTags() {
    var offset = 0
    while let start = position(of: "{{", from: offset) {
      guard let end = end(ofTagAt: start) else {
        diagnostics.append(.unclosedTag(SourceRange(start, start + 2)))
        offset = start + 2
        while offset < bytes.count, bytes[offset] == UInt8(ascii: "{") { offset += 1 }
        continue
      }
      add(SourceRange(start, end))
      offset = end
    }
  }

  /// Where the tag that begins at an offset ends, behind its braces.
  private func end(ofTagAt start: Int) -> Int? {
    let isTriple = start + 2 < bytes.count && bytes[start + 2] == UInt8(ascii: "{")
    guard let end = position(of: isTriple ? "}}}" : "}}", from: start + 2) else { return nil }
    // Braces that open in between belong to the next tag, unless this one is a comment.
    let isComment = String(decoding: bytes[start + 2..<end], as: UTF8.self).trimmed.hasPrefix("!")
    if !isComment, let next = position(of: "{{", from: start + (isTriple ? 3 : 2)), next < end {
      return nil
    }
    if isLineBound, bytes[start..<end].contains(UInt8(ascii: "\n")) { return nil }
    return end + (isTriple ? 3 : 2)
  }

  private mutating func add(_ range: SourceRange) {
    let inside = String(decoding: bytes[range.start + 2..<range.end - 2], as: UTF8.self)
    let words = inside.trimmed
    let kind: TemplateTag.Kind
    var name = words
    switch words.first {
    case "#": kind = .section
    case "^": kind = .inverted
    case "/": kind = .end
    case ">": kind = .partial
    case "!":
      tags.append(TemplateTag(kind: .comment, path: [], range: range))
      return
    case "{", "&":
      diagnostics.append(.unescapedTag(range, String(words.dropFirst()).trimmed))
      return
    case "=", "<", "$", "%":
      diagnostics.append(.unknownTag(range))
      return
    default: kind = .value
    }
    if kind != .value { name = String(words.dropFirst()).trimmed }
    if kind == .partial {
      tags.append(TemplateTag(kind: kind, path: [name], range: range))
      return
    }
    guard let path = Self.path(of: name) else {
      diagnostics.append(
        name.isEmpty ? .emptyTag(range) : .strangeName(range, String(name.prefix(40))))
      return
    }
    tags.append(TemplateTag(kind: kind, path: path, range: range))
  }

  /// The parts of a name; nil if it is none.
  private static func path(of name: String) -> [String]? {
    if name == "." { return [] }
    let parts = name.foldingFullWidth().split(separator: ".", omittingEmptySubsequences: false)
    for part in parts {
      let isName = part.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
      if part.isEmpty || !isName { return nil }
    }
    return parts.map(String.init)
  }

  /// Braces as a Chinese keyboard writes them are no tags, and nobody sees why.
  private mutating func findFullWidthBraces() {
    var offset = 0
    while let start = position(of: "｛｛", from: offset) {
      offset = start + "｛｛".utf8.count
      diagnostics.append(.fullWidthBraces(SourceRange(start, offset)))
    }
  }

  private func position(of text: String, from offset: Int) -> Int? {
    let wanted = Array(text.utf8)
    var index = offset
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) {
        return index
      }
      index += 1
    }
    return nil
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    var scalars = Substring(self).unicodeScalars
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    return String(scalars)
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  fileprivate static func unclosedTag(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0201", .error, Bilingual("标签没有写完", "a tag is not closed"), at: range,
      notes: [
        Bilingual(
          "标签以 {{ 开始，以 }} 结束，在 Word 里要写在一个段落之内",
          "a tag begins with {{ and ends with }}, in Word within one paragraph")
      ])
  }

  fileprivate static func unescapedTag(_ range: SourceRange, _ name: String) -> Self {
    let name = name.trimmingBraces
    return Diagnostic(
      "T0202", .error,
      Bilingual("模板不能填入不经转义的内容", "a template cannot have values without escapes"), at: range,
      notes: [
        Bilingual(
          "案件里的文字只能作为文字填入：写 {{\(name)}}",
          "what a case says stays text: write {{\(name)}}")
      ])
  }

  fileprivate static func unknownTag(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0203", .error, Bilingual("没有这种标签", "there is no such tag"), at: range,
      notes: [
        Bilingual(
          "可用的标签：{{名称}}、{{#名称}}…{{/名称}}、{{^名称}}…{{/名称}}、{{> 模板}}、{{! 说明 }}",
          "there are {{name}}, {{#name}}…{{/name}}, {{^name}}…{{/name}}, {{> template}} and {{! comment }}"
        )
      ])
  }

  fileprivate static func emptyTag(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0204", .error, Bilingual("标签里没有名称", "a tag has no name"), at: range,
      notes: [Bilingual("写 {{名称}}，或者删去标签", "write {{name}}, or remove the tag")])
  }

  fileprivate static func strangeName(_ range: SourceRange, _ name: String) -> Self {
    Diagnostic(
      "T0205", .error,
      Bilingual("“\(name)”不能作名称", "`\(name)` cannot be a name"), at: range,
      notes: [
        Bilingual(
          "名称是文字、数字和 _，各级之间用点，如 案件.启动.日期",
          "a name is letters, digits and _, with dots between its parts, such as case.launch.date")
      ])
  }

  fileprivate static func fullWidthBraces(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0206", .error, Bilingual("标签的花括号是全角的", "the braces of a tag are full-width"), at: range,
      notes: [
        Bilingual("改用半角 {{ 和 }}（切换到英文输入法）", "write {{ and }} in half-width characters")
      ])
  }
}

extension String {
  fileprivate var trimmingBraces: String {
    split(separator: "}").first.map { String($0).trimmed } ?? ""
  }
}
