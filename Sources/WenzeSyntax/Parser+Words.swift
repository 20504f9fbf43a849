// Names, texts, messages, citations, types.

extension Parser {
  /// `中文 / english`
  mutating func parseName(_ role: Bilingual) -> Name? {
    node(.name) { parser in
      guard let first = parser.expectNameWord(role) else { return nil }
      var second: Identifier?
      if parser.isAt(.slash) {
        parser.advance()
        second = parser.expectNameWord(Bilingual("英文名", "an English name"))
      }
      return Name(first: first, second: second)
    }
  }

  /// A word, or words in quotation marks where a name has punctuation in it.
  private mutating func expectNameWord(_ role: Bilingual) -> Identifier? {
    guard isAt(.string) else { return expectIdentifier(role) }
    let literal = textLiteral(advance())
    return Identifier(literal.value, at: literal.range)
  }

  mutating func expectText(_ role: Bilingual) -> TextLiteral? {
    guard isAt(.string) else {
      report(.expected(role, found: current, in: source))
      return nil
    }
    return textLiteral(advance())
  }

  /// `"中文" / "English"`
  mutating func parseWords(_ role: Bilingual) -> Words? {
    node(.words) { parser in
      guard let first = parser.expectText(role) else { return nil }
      var second: TextLiteral?
      if parser.isAt(.slash) {
        parser.advance()
        second = parser.expectText(Bilingual("英文文本", "an English text"))
      }
      return Words(first: first, second: second)
    }
  }

  /// Reads the content of a text token.
  mutating func textLiteral(_ token: Token) -> TextLiteral {
    let content = contentRange(of: token)
    let (value, diagnostics) = unescape(content)
    add(diagnostics)
    return TextLiteral(value: value, range: token.range, content: content)
  }

  private func contentRange(of token: Token) -> SourceRange {
    let text = source.text(in: token.range)
    let (opening, closings): (Int, [String]) =
      if text.hasPrefix("\"\"\"") {
        (3, ["\"\"\""])
      } else if text.hasPrefix("“") {
        ("“".utf8.count, ["”"])
      } else if text.hasPrefix("＂") {
        ("＂".utf8.count, ["\"", "＂"])
      } else {
        (1, ["\"", "＂"])
      }
    let start = min(token.range.start + opening, token.range.end)
    let inner = source.text(in: SourceRange(start, token.range.end))
    let closing = closings.first { inner.hasSuffix($0) }
    return SourceRange(start, token.range.end - (closing?.utf8.count ?? 0))
  }

  /// Replaces the escapes in a piece of a text; `{{` and `}}` are left to messages.
  private func unescape(_ range: SourceRange) -> (String, [Diagnostic]) {
    guard bytes[range.start..<max(range.start, range.end)].contains(UInt8(ascii: "\\")) else {
      return (String(source.text(in: range)), [])
    }
    var value = ""
    var diagnostics: [Diagnostic] = []
    var offset = range.start
    var scalars = source.text(in: range).unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      let start = offset
      offset += scalar.utf8.count
      guard scalar == "\\" else {
        value.unicodeScalars.append(scalar)
        continue
      }
      guard let escaped = scalars.next() else { break }
      offset += escaped.utf8.count
      switch escaped {
      case "n": value += "\n"
      case "t": value += "\t"
      case "\"", "\\", "{", "}", "“", "”": value.unicodeScalars.append(escaped)
      case "u":
        var digits = ""
        var isClosed = false
        while let next = scalars.next() {
          offset += next.utf8.count
          if next == "}" {
            isClosed = true
            break
          }
          if next != "{" { digits.unicodeScalars.append(next) }
        }
        if isClosed, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) {
          value.unicodeScalars.append(scalar)
        } else {
          diagnostics.append(.invalidEscape(at: SourceRange(start, offset)))
        }
      default:
        diagnostics.append(.invalidEscape(at: SourceRange(start, offset)))
      }
    }
    return (value, diagnostics)
  }

  /// `"…{expression}…" / "…"`
  mutating func parseMessage() -> MessageTemplate? {
    guard let words = parseWords(Bilingual("消息文本", "a message")) else { return nil }
    let chinese = segments(of: words.first)
    let english = words.second.map { segments(of: $0) } ?? chinese
    return MessageTemplate(chinese: chinese, english: english, range: words.range)
  }

  private mutating func segments(of literal: TextLiteral) -> [MessageTemplate.Segment] {
    var segments: [MessageTemplate.Segment] = []
    var textStart = literal.content.start
    var offset = textStart
    func flush(to end: Int) {
      guard end > textStart else { return }
      segments.append(.text(unescape(SourceRange(textStart, end)).0))
    }
    while offset < literal.content.end {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 2
      case UInt8(ascii: "{"):
        flush(to: offset)
        var end = offset + 1
        while end < literal.content.end, bytes[end] != UInt8(ascii: "}") { end += 1 }
        guard end < literal.content.end else {
          note(.unclosedInterpolation(at: SourceRange(offset, offset + 1)))
          textStart = literal.content.end
          offset = literal.content.end
          continue
        }
        segments.append(.expression(interpolation(from: offset + 1, to: end)))
        offset = end + 1
        textStart = offset
      default: offset += 1
      }
    }
    flush(to: literal.content.end)
    return segments
  }

  private mutating func interpolation(from start: Int, to end: Int) -> Expression {
    var inner = Parser(interpolationIn: self, from: start, to: end)
    let expression = inner.parseExpression()
    if !inner.isAtEnd {
      inner.report(.expected(TokenKind.rightBrace.name, found: inner.current, in: source))
    }
    add(inner.diagnostics)
    return expression
  }
}

// MARK: - Citations

extension Parser {
  /// `条例2019 第九条第一款, 第二十三条; 党章 第四十四条`
  mutating func parseCitations() -> [CitationSyntax] {
    var citations: [CitationSyntax] = []
    repeat {
      guard let citation = node(.citation, { $0.parseCitation() }) else { break }
      citations.append(citation)
    } while take(.comma) != nil || take(.semicolon) != nil
    return citations
  }

  private mutating func parseCitation() -> CitationSyntax? {
    let start = current.range.start
    var citation = CitationSyntax(range: current.range)
    if isAt(.bookTitle) {
      let token = advance()
      let title = source.text(in: token.range).dropFirst().dropLast()
      citation.law = .title(String(title), token.range)
    } else if isAt(.identifier), !isProvision(current), !isAt(.article) {
      let token = advance()
      citation.law = .name(Identifier(text(of: token), at: token.range))
    }
    if isAt(.identifier), isProvision(current) {
      let token = advance()
      parseProvision(text(of: token), at: token.range, into: &citation)
    } else {
      citation.article = takeCount(after: .article)
      citation.paragraph = takeCount(after: .paragraph)
      citation.item = takeCount(after: .item)
    }
    guard citation.law != nil || citation.article != nil else {
      report(
        .expected(
          Bilingual("法规名和条款，如“条例2019 第九条”", "a law and an article"), found: current, in: source))
      return nil
    }
    citation.range = range(from: start)
    return citation
  }

  private mutating func takeCount(after keyword: Keyword) -> Int? {
    guard isAt(keyword), token(ahead: 1).kind == .integer else { return nil }
    advance()
    return integer(advance())
  }

  /// The value of an integer token; nil, told, where it is too large.
  mutating func integer(_ token: Token) -> Int? {
    if let value = Int(text(of: token).foldingFullWidth()), value < 1 << 40 { return value }
    note(.numberTooLarge(at: token.range))
    return nil
  }

  func isProvision(_ token: Token) -> Bool {
    token.kind == .identifier && source.text(in: token.range).hasPrefix("第")
  }

  /// Reads `第九条第一款第二项`.
  private mutating func parseProvision(
    _ text: String, at range: SourceRange, into citation: inout CitationSyntax
  ) {
    var rest = Substring(text)
    while rest.first == "第" {
      rest = rest.dropFirst()
      let numeral = rest.prefix { "零〇一二三四五六七八九十百千两0123456789".contains($0) }
      rest = rest.dropFirst(numeral.count)
      guard let number = chineseNumber(numeral), let unit = rest.first else { break }
      switch unit {
      case "条" where citation.article == nil: citation.article = number
      case "款" where citation.paragraph == nil: citation.paragraph = number
      case "项" where citation.item == nil: citation.item = number
      default:
        note(.invalidProvision(text, at: range))
        return
      }
      rest = rest.dropFirst()
    }
    if !rest.isEmpty { note(.invalidProvision(text, at: range)) }
  }

  /// An article alone, such as `第九条` before a count.
  mutating func parseArticleNumber() -> Int? {
    if isAt(.identifier), isProvision(current) {
      var citation = CitationSyntax(range: current.range)
      let token = advance()
      parseProvision(text(of: token), at: token.range, into: &citation)
      return citation.article
    }
    if let number = takeCount(after: .article) { return number }
    report(.expected(Bilingual("条号，如“第九条”", "an article"), found: current, in: source))
    return nil
  }

  /// `第三项` behind an entry of a list.
  mutating func takeItemNumber() -> Int? {
    if isAt(.identifier), isProvision(current) {
      var citation = CitationSyntax(range: current.range)
      let token = advance()
      parseProvision(text(of: token), at: token.range, into: &citation)
      return citation.item
    }
    return takeCount(after: .item)
  }
}

/// The value of a Chinese or Arabic numeral up to 9999.
func chineseNumber(_ text: Substring) -> Int? {
  if let number = Int(text) { return number }
  guard !text.isEmpty else { return nil }
  var total = 0
  var digit: Int?
  for character in text {
    switch character {
    case "零", "〇": digit = nil
    case "十", "百", "千":
      let unit = character == "十" ? 10 : character == "百" ? 100 : 1000
      total += (digit ?? 1) * unit
      digit = nil
    case "两": digit = 2
    default:
      guard let value = Array("一二三四五六七八九").firstIndex(of: character) else { return nil }
      digit = value + 1
    }
  }
  return total + (digit ?? 0)
}

// MARK: - Types

extension Parser {
  mutating func parseType() -> TypeSyntax {
    node(.type) { $0.parseTypeBody() }
  }

  private mutating func parseTypeBody() -> TypeSyntax {
    guard isAt(.identifier) else {
      report(.expected(Bilingual("类型", "a type"), found: current, in: source))
      return .missing
    }
    let token = advance()
    switch token.keyword {
    case .text: return .text
    case .integer: return .integer
    case .decimal: return .decimal
    case .percent: return .percent
    case .boolean: return .boolean
    case .date: return .date
    case .duration: return .duration
    case .listOf where isAt(.identifier), .list where isAt(.identifier):
      _ = take(.of)
      return nested { .list($0.parseTypeBody()) } ?? .missing
    case .set where isAt(.identifier):
      _ = take(.of)
      return nested { .set($0.parseTypeBody()) } ?? .missing
    default: return .named(Identifier(text(of: token), at: token.range))
    }
  }
}

extension Diagnostic {
  fileprivate static func invalidEscape(at range: SourceRange) -> Self {
    Diagnostic(
      "E0104", .error, Bilingual("没有这种转义", "there is no such escape"), at: range,
      notes: [
        Bilingual(
          "可用：\\\" \\\\ \\n \\t \\{ \\} \\u{4E00}", "possible: \\\" \\\\ \\n \\t \\{ \\} \\u{4E00}")
      ])
  }

  fileprivate static func unclosedInterpolation(at range: SourceRange) -> Self {
    Diagnostic(
      "E0206", .error,
      Bilingual("“{”没有对应的“}”", "`{` has no `}`"), at: range,
      notes: [Bilingual("要写大括号本身，写作“\\{”", "write `\\{` for the brace itself")])
  }

  fileprivate static func numberTooLarge(at range: SourceRange) -> Self {
    Diagnostic("E0106", .error, Bilingual("数太大", "the number is too large"), at: range)
  }

  fileprivate static func invalidProvision(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "E0207", .error,
      Bilingual("“\(text)”不是条款的写法", "`\(text)` is not the form of a provision"), at: range,
      notes: [
        Bilingual("写作“第九条第一款第二项”", "write `第九条第一款第二项`, or `article 9 paragraph 1 item 2`")
      ])
  }
}
