// Names, texts, messages, citations, types.

extension Parser {
  /// Parses `中文 / english`.
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
      reportMissing(role)
      return nil
    }
    return textLiteral(advance())
  }

  /// Parses `"中文" / "English"`.
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
    let bytes = bytes[token.range.start..<token.range.end]
    let quote: [UInt8] = [0x22]
    let wideQuote: [UInt8] = [0xEF, 0xBC, 0x82]
    let (opening, closings): ([UInt8], [[UInt8]]) =
      if bytes.starts(with: [0x22, 0x22, 0x22]) {
        ([0x22, 0x22, 0x22], [[0x22, 0x22, 0x22]])
      } else if bytes.starts(with: "“".utf8) {
        (Array("“".utf8), [Array("”".utf8)])
      } else {
        (bytes.starts(with: wideQuote) ? wideQuote : quote, [quote, wideQuote])
      }
    let start = token.range.start + opening.count
    guard !unterminated.contains(token.range.start) else {
      return SourceRange(start, token.range.end)
    }
    let closing = closings.first { bytes.reversed().starts(with: $0.reversed()) }
    return SourceRange(start, token.range.end - (closing?.count ?? 0))
  }

  /// Replaces the escapes in a piece of a text.
  private func unescape(_ range: SourceRange) -> (String, [Diagnostic]) {
    guard bytes[range.start..<range.end].contains(UInt8(ascii: "\\")) else {
      return (String(source.text(in: range)), [])
    }
    var value = ""
    var diagnostics: [Diagnostic] = []
    var rest = source.text(in: range).unicodeScalars[...]
    func offset(of rest: Substring.UnicodeScalarView) -> Int {
      range.end - Substring(rest).utf8.count
    }
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escaped = rest.popFirst() else {
        value.unicodeScalars.append(scalar)
        continue
      }
      switch escaped {
      case "n": value += "\n"
      case "t": value += "\t"
      case "\"", "\\", "{", "}", "“", "”": value.unicodeScalars.append(escaped)
      default:
        let start = offset(of: rest) - escaped.utf8.count - 1
        if escaped == "u", let scalar = takeScalar(from: &rest) {
          value.unicodeScalars.append(scalar)
        } else {
          diagnostics.append(.invalidEscape(at: SourceRange(start, offset(of: rest))))
        }
      }
    }
    return (value, diagnostics)
  }

  /// Consumes `{4E00}` and gives the scalar; consumes what looks like it where it names none.
  private func takeScalar(from rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    guard rest.first == "{" else { return nil }
    rest.removeFirst()
    let digits = rest.prefix { $0.isASCII && $0.properties.isASCIIHexDigit }
    rest.removeFirst(digits.count)
    guard rest.first == "}" else { return nil }
    rest.removeFirst()
    guard digits.count <= 8 else { return nil }
    return UInt32(String(digits), radix: 16).flatMap { Unicode.Scalar($0) }
  }

  /// Parses `"…{expression}…" / "…"`.
  mutating func parseMessage() -> MessageTemplate? {
    guard let words = parseWords(Bilingual("消息文本", "a message")) else { return nil }
    let chinese = segments(of: words.first)
    let english = words.second.map { segments(of: $0) } ?? chinese
    return MessageTemplate(chinese: chinese, english: english, range: words.range)
  }

  private mutating func segments(of literal: TextLiteral) -> [MessageTemplate.Segment] {
    let content = literal.content
    // Most texts interpolate nothing.
    guard bytes[content.start..<content.end].contains(UInt8(ascii: "{")) else {
      return literal.value.isEmpty ? [] : [.text(literal.value)]
    }
    var segments: [MessageTemplate.Segment] = []
    var textStart = content.start
    var offset = textStart
    while offset < content.end {
      switch bytes[offset] {
      case UInt8(ascii: "\\"):
        // `\u{4E00}` interpolates nothing.
        offset += bytes[offset + 1..<content.end].starts(with: "u{".utf8) ? 3 : 2
      case UInt8(ascii: "{"):
        if offset > textStart {
          segments.append(.text(unescape(SourceRange(textStart, offset)).0))
        }
        guard let end = endOfInterpolation(from: offset + 1, to: content.end) else {
          note(.unclosedInterpolation(at: SourceRange(offset, offset + 1)))
          return segments
        }
        segments.append(.expression(interpolation(from: offset + 1, to: end)))
        offset = end + 1
        textStart = offset
      default: offset += 1
      }
    }
    if textStart < content.end {
      segments.append(.text(unescape(SourceRange(textStart, content.end)).0))
    }
    return segments
  }

  /// The offset of the brace that closes an interpolation, past the braces inside it.
  private func endOfInterpolation(from start: Int, to end: Int) -> Int? {
    var depth = 0
    for offset in start..<end {
      switch bytes[offset] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth == 0 { return offset }
        depth -= 1
      default: break
      }
    }
    return nil
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
  /// Parses `条例2019 第九条第一款, 第二十三条; 党章 第四十四条`.
  mutating func parseCitations() -> [CitationSyntax] {
    var citations: [CitationSyntax] = []
    repeat {
      guard var citation = node(.citation, { $0.parseCitation(after: citations.last) }) else {
        break
      }
      // `第九条第一款、第二款`: what is left out is what stood before.
      if citation.law == nil, citation.article == nil, let previous = citations.last {
        citation.article = previous.article
        if citation.paragraph == nil { citation.paragraph = previous.paragraph }
      }
      citations.append(citation)
    } while takeCitationSeparator()
    return citations
  }

  /// Consumes a comma, or a semicolon unless it ends the clause.
  private mutating func takeCitationSeparator() -> Bool {
    if take(.comma) != nil { return true }
    guard take(.semicolon) != nil else { return false }
    return isAt(.bookTitle) || (isAt(.identifier) && !isNextClause)
  }

  private mutating func parseCitation(after previous: CitationSyntax?) -> CitationSyntax? {
    let start = current.range.start
    let told = diagnostics.count
    var citation = CitationSyntax(range: current.range)
    if isAt(.bookTitle) {
      let token = advance()
      let title = source.text(in: token.range).dropFirst()
      citation.law = .title(
        String(title.last == "》" ? title.dropLast() : title), token.range)
    } else if isAt(.identifier), !isProvision(current), !isCount, !isNextClause {
      let token = advance()
      citation.law = .name(identifier(token))
    }
    if isOrdinal(current) {
      repeat {
        let token = advance()
        parseProvision(text(of: token), at: token.range, into: &citation)
      } while isProvision(current)
    } else {
      citation.article = takeCount(after: .article)
      citation.paragraph = takeCount(after: .paragraph)
      citation.item = takeCount(after: .item)
    }
    let isWhole = citation.law != nil || citation.article != nil || previous?.article != nil
    guard previousEnd > start, isWhole else {
      if diagnostics.count == told {
        reportMissing(Bilingual("法规名和条款，如“条例2019 第九条”", "a law and an article"))
      }
      return nil
    }
    citation.range = range(from: start)
    return citation
  }

  /// Whether `article 9`, `paragraph 1` or `item 2` stands here.
  private var isCount: Bool {
    switch current.keyword {
    case .article, .paragraph, .item: token(ahead: 1).kind == .integer
    default: false
    }
  }

  /// Whether the word begins the next clause, so that the citation is missing.
  private var isNextClause: Bool {
    guard let keyword = current.keyword, clauses.contains(keyword) else { return false }
    return !isOrdinal(token(ahead: 1)) && token(ahead: 1).keyword != .article
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

  /// Whether the word begins with `第`, as every provision does.
  func isOrdinal(_ token: Token) -> Bool {
    token.kind == .identifier && bytes[token.range.start..<token.range.end].starts(with: "第".utf8)
  }

  /// Whether the word is a provision, and not the name of a third party, `第三方`.
  func isProvision(_ token: Token) -> Bool {
    guard isOrdinal(token) else { return false }
    let word = text(of: token).foldingFullWidth().dropFirst()
    let unit = word.drop { numerals.contains($0) }.first
    return unit == "条" || unit == "款" || unit == "项"
  }

  /// Reads `第九条第一款第二项`.
  private mutating func parseProvision(
    _ text: String, at range: SourceRange, into citation: inout CitationSyntax
  ) {
    var rest = Substring(text.foldingFullWidth())
    while rest.first == "第" {
      let numeral = rest.dropFirst().prefix { numerals.contains($0) }
      guard let number = chineseNumber(numeral),
        let unit = rest.dropFirst(1 + numeral.count).first
      else { break }
      rest = rest.dropFirst(1 + numeral.count)
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
    reportMissing(Bilingual("条号，如“第九条”", "an article"))
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

private let numerals: Set<Character> = Set("零〇一二三四五六七八九十百千两0123456789")

/// The value of a Chinese or Arabic numeral up to 9999.
func chineseNumber(_ text: Substring) -> Int? {
  if let number = Int(text) { return number <= 9999 ? number : nil }
  guard !text.isEmpty else { return nil }
  var total = 0
  var digit: Int?
  // Each unit has to be smaller than the one before: 一百二十 is a number, 二十一百 is none.
  var unit = 10_000
  for character in text {
    switch character {
    case "零", "〇":
      guard digit == nil else { return nil }
    case "十", "百", "千":
      let next = character == "十" ? 10 : character == "百" ? 100 : 1000
      guard next < unit else { return nil }
      unit = next
      total += (digit ?? 1) * unit
      digit = nil
    default:
      let value =
        character == "两" ? 2 : Array("一二三四五六七八九").firstIndex(of: character).map { $0 + 1 }
      guard digit == nil, let value else { return nil }
      digit = value
    }
  }
  return total + (digit ?? 0)
}

// MARK: - Types

extension Parser {
  mutating func parseType() -> TypeSyntax {
    node(.type) { $0.parseTypeBody() }
  }

  /// Whether the type of an element follows on the same line.
  private var isElement: Bool { isAt(.identifier) && !isFirstOnLine }

  private mutating func parseTypeBody() -> TypeSyntax {
    guard isAt(.identifier) else {
      reportMissing(Bilingual("类型", "a type"))
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
    case .listOf where isElement, .list where isElement:
      _ = take(.of)
      return nested { .list($0.parseTypeBody()) } ?? .missing
    case .set where isElement:
      _ = take(.of)
      return nested { .set($0.parseTypeBody()) } ?? .missing
    default: return .named(identifier(token))
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
