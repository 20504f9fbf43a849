/// Splits UTF-8 text into tokens.
///
/// Lexing never fails: what no token begins with becomes a token of kind `unknown` and a diagnostic.
package func tokens(in source: Source) -> (tokens: [Token], diagnostics: [Diagnostic]) {
  var lexer = Lexer(bytes: Array(source.text.utf8), from: 0, to: source.utf8Count)
  return lexer.run()
}

/// The scanner behind ``tokens(in:)``; it also reads the expressions inside messages.
struct Lexer {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int
  private var tokens: [Token] = []
  private var diagnostics: [Diagnostic] = []

  init(bytes: [UInt8], from start: Int, to end: Int) {
    self.bytes = bytes
    self.position = start
    self.end = end
  }

  mutating func run() -> (tokens: [Token], diagnostics: [Diagnostic]) {
    tokens.reserveCapacity((end - position) / 5 + 1)
    while true {
      let fullStart = position
      skipTrivia()
      let start = position
      guard start < end else {
        append(.endOfFile, fullStart: fullStart, start: start)
        return (tokens, diagnostics)
      }
      let (kind, keyword) = scan()
      if kind == .unknown, let last = tokens.last, last.kind == .unknown,
        last.range.end == fullStart, fullStart == start
      {
        // A run of strange characters is one mistake.
        tokens[tokens.count - 1] = Token(
          kind: .unknown, fullStart: last.fullStart,
          range: SourceRange(last.range.start, position), keyword: nil)
        continue
      }
      if kind == .unknown {
        diagnostics.append(.unknownCharacter(at: SourceRange(start, position)))
      }
      tokens.append(
        Token(
          kind: kind, fullStart: fullStart, range: SourceRange(start, position), keyword: keyword))
    }
  }

  private mutating func append(_ kind: TokenKind, fullStart: Int, start: Int) {
    tokens.append(
      Token(
        kind: kind, fullStart: fullStart, range: SourceRange(start, position), keyword: nil))
  }
}

// MARK: - Characters

extension Lexer {
  private func byte(at offset: Int) -> UInt8 {
    offset < end ? bytes[offset] : 0
  }

  /// The scalar that begins at an offset, and its length in bytes.
  private func scalar(at offset: Int) -> (scalar: UInt32, length: Int) {
    let first = byte(at: offset)
    switch first {
    case 0..<0x80:
      return (UInt32(first), 1)
    case 0xC0..<0xE0:
      return (UInt32(first & 0x1F) << 6 | continuation(offset + 1), 2)
    case 0xE0..<0xF0:
      return (
        UInt32(first & 0x0F) << 12 | continuation(offset + 1) << 6 | continuation(offset + 2), 3
      )
    default:
      return (
        UInt32(first & 0x07) << 18 | continuation(offset + 1) << 12 | continuation(offset + 2) << 6
          | continuation(offset + 3), 4
      )
    }
  }

  private func continuation(_ offset: Int) -> UInt32 {
    UInt32(byte(at: offset) & 0x3F)
  }

  /// A scalar with its full-width form folded to ASCII where the language takes them as one.
  private func folded(at offset: Int) -> (scalar: UInt32, length: Int) {
    let (scalar, length) = scalar(at: offset)
    return (foldedPunctuation(scalar), length)
  }

  private mutating func skipTrivia() {
    while position < end {
      let (scalar, length) = folded(at: position)
      if isSpace(scalar) {
        position += length
      } else if scalar == Code.slash, folded(at: position + length).scalar == Code.slash {
        while position < end, byte(at: position) != 0x0A, byte(at: position) != 0x0D {
          position += 1
        }
      } else if byte(at: position) == UInt8(ascii: "/"),
        byte(at: position + 1) == UInt8(ascii: "*")
      {
        skipBlockComment()
      } else {
        return
      }
    }
  }

  private mutating func skipBlockComment() {
    let start = position
    var depth = 0
    while position < end {
      if byte(at: position) == UInt8(ascii: "/"), byte(at: position + 1) == UInt8(ascii: "*") {
        depth += 1
        position += 2
      } else if byte(at: position) == UInt8(ascii: "*"), byte(at: position + 1) == UInt8(ascii: "/")
      {
        depth -= 1
        position += 2
        if depth == 0 { return }
      } else {
        position += 1
      }
    }
    position = min(position, end)
    diagnostics.append(.unterminatedComment(at: SourceRange(start, start + 2)))
  }
}

// MARK: - Tokens

extension Lexer {
  /// Consumes one token, whose first byte is not trivia.
  private mutating func scan() -> (TokenKind, Keyword?) {
    let start = position
    let (scalar, length) = folded(at: position)
    if isDigit(scalar) { return (scanNumber(), nil) }
    if isIdentifierStart(scalar) {
      position += length
      while position < end {
        let next = self.scalar(at: position)
        guard isIdentifierContinue(next.scalar) else { break }
        position += next.length
      }
      return (.identifier, keyword(from: start, to: position))
    }
    position += length
    return (scanPunctuation(scalar, start: start), nil)
  }

  private func keyword(from start: Int, to end: Int) -> Keyword? {
    // The longest keyword, `not_applicable`, has 14 bytes.
    guard end - start <= 14 else { return nil }
    return Keyword(String(decoding: bytes[start..<end], as: UTF8.self))
  }

  private mutating func scanPunctuation(_ scalar: UInt32, start: Int) -> TokenKind {
    switch Unicode.Scalar(scalar) {
    case "{": return .leftBrace
    case "}": return .rightBrace
    case "(": return .leftParenthesis
    case ")": return .rightParenthesis
    case "[": return .leftBracket
    case "]": return .rightBracket
    case ",": return .comma
    case ";": return .semicolon
    case ":": return .colon
    case ".": return .dot
    case "/": return .slash
    case "|": return .pipe
    case "+": return .plus
    case "*", "×": return .times
    case "÷": return .divide
    case "→": return .arrow
    case "-": return take(">") ? .arrow : .minus
    case "=": return take("=") ? .equal : .equal
    case "≠": return .notEqual
    case "!": return take("=") ? .notEqual : .unknown
    case "<": return take("=") ? .lessOrEqual : .less
    case "≤", "≦": return .lessOrEqual
    case ">": return take("=") ? .greaterOrEqual : .greater
    case "≥", "≧": return .greaterOrEqual
    case "\"": return scanString(start: start)
    case "“": return scanCurlyString(start: start)
    case "《": return scanBookTitle(start: start)
    default: return .unknown
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    let (scalar, length) = folded(at: position)
    guard position < end, scalar == character.value else { return false }
    position += length
    return true
  }

  private mutating func scanString(start: Int) -> TokenKind {
    let quote = UInt8(ascii: "\"")
    if bytes[start] == quote, byte(at: start + 1) == quote, byte(at: start + 2) == quote {
      position = start + 3
      while position < end {
        if byte(at: position) == UInt8(ascii: "\\") {
          position += 2
        } else if byte(at: position) == quote, byte(at: position + 1) == quote,
          byte(at: position + 2) == quote
        {
          position += 3
          return .string
        } else {
          position += 1
        }
      }
      position = min(position, end)
      diagnostics.append(
        .unterminatedText(at: SourceRange(start, start + 3), closing: "\"\"\"", lineEnd: position))
      return .string
    }
    while position < end, !isLineBreak(byte(at: position)) {
      let (scalar, length) = scalar(at: position)
      if scalar == Code.backslash {
        position = min(end, position + 1 + self.scalar(at: position + 1).length)
      } else {
        position += length
        // A full-width quotation mark closes what a plain one opened, and the other way round.
        if scalar == Code.quotationMark || scalar == 0xFF02 { return .string }
      }
    }
    position = min(position, end)
    diagnostics.append(
      .unterminatedText(at: SourceRange(start, position), closing: "\"", lineEnd: position))
    return .string
  }

  private mutating func scanCurlyString(start: Int) -> TokenKind {
    var depth = 1
    while position < end, !isLineBreak(byte(at: position)) {
      let (scalar, length) = scalar(at: position)
      if scalar == Code.backslash {
        position = min(end, position + 1 + self.scalar(at: position + 1).length)
        continue
      }
      position += length
      if scalar == Code.leftQuote { depth += 1 }
      if scalar == Code.rightQuote {
        depth -= 1
        if depth == 0 { return .string }
      }
    }
    position = min(position, end)
    diagnostics.append(
      .unterminatedText(at: SourceRange(start, position), closing: "”", lineEnd: position))
    return .string
  }

  private mutating func scanBookTitle(start: Int) -> TokenKind {
    var depth = 1
    while position < end, !isLineBreak(byte(at: position)) {
      let (scalar, length) = scalar(at: position)
      position += length
      if scalar == Code.leftTitle { depth += 1 }
      if scalar == Code.rightTitle {
        depth -= 1
        if depth == 0 { return .bookTitle }
      }
    }
    diagnostics.append(
      .unterminatedText(at: SourceRange(start, position), closing: "》", lineEnd: position))
    return .bookTitle
  }
}

// MARK: - Numbers, dates, durations

extension Lexer {
  /// Consumes a number, or the date or duration that begins with it.
  private mutating func scanNumber() -> TokenKind {
    let digits = skipDigits()
    let afterDigits = position
    if digits == 4, let kind = scanDateRest() { return kind }
    position = afterDigits
    if takeWord(durationUnits) { return .duration }
    if take("%") { return .percent }
    if byteIsDot(at: position), isDigit(folded(at: position + dotLength(at: position)).scalar) {
      position += dotLength(at: position)
      skipDigits()
      return take("%") ? .percent : .decimal
    }
    return .integer
  }

  /// Consumes the rest of a date after its four-digit year.
  private mutating func scanDateRest() -> TokenKind? {
    if takeWord(["年"]) {
      let afterYear = position
      guard (1...2).contains(skipDigits()), takeWord(["月"]) else {
        position = afterYear
        return .date
      }
      let afterMonth = position
      guard (1...2).contains(skipDigits()), takeWord(["日", "号"]) else {
        position = afterMonth
        return .date
      }
      scanTime()
      return .date
    }
    for separator: Unicode.Scalar in ["-", "."] {
      let start = position
      guard take(separator) else { continue }
      let monthDigits = skipDigits()
      guard (1...2).contains(monthDigits) else {
        position = start
        continue
      }
      let afterMonth = position
      if take(separator), (1...2).contains(skipDigits()) {
        scanTime()
        return .date
      }
      position = afterMonth
      // `2023-05` is a month; `2023-5` is a subtraction and `2023.5` a decimal.
      if separator == "-", monthDigits == 2 { return .date }
      position = start
    }
    return nil
  }

  /// Consumes ` 14:30` or `T14:30` after a day.
  private mutating func scanTime() {
    let start = position
    if take("T") || take(" ") {
      if skipDigits() == 2, take(":"), skipDigits() == 2 {
        let afterMinutes = position
        if !(take(":") && skipDigits() == 2) { position = afterMinutes }
        return
      }
    }
    position = start
  }

  @discardableResult
  private mutating func skipDigits() -> Int {
    var count = 0
    while position < end {
      let (scalar, length) = folded(at: position)
      guard isDigit(scalar) else { break }
      position += length
      count += 1
    }
    return count
  }

  private mutating func takeWord(_ words: [StaticString]) -> Bool {
    for word in words {
      let count = word.utf8CodeUnitCount
      guard position + count <= end else { continue }
      let matches = word.withUTF8Buffer { buffer in
        (0..<count).allSatisfy { buffer[$0] == bytes[position + $0] }
      }
      if matches {
        position += count
        return true
      }
    }
    return false
  }

  private var durationUnits: [StaticString] {
    ["个工作日", "工作日", "个月", "日", "天", "年"]
  }

  private func byteIsDot(at offset: Int) -> Bool {
    // `。` ends a sentence too often to be a decimal point.
    let scalar = scalar(at: offset).scalar
    return scalar == Code.fullStop || scalar == 0xFF0E
  }

  private func dotLength(at offset: Int) -> Int {
    scalar(at: offset).length
  }
}

private enum Code {
  static let slash: UInt32 = 0x2F
  static let backslash: UInt32 = 0x5C
  static let quotationMark: UInt32 = 0x22
  static let fullStop: UInt32 = 0x2E
  static let leftQuote: UInt32 = 0x201C
  static let rightQuote: UInt32 = 0x201D
  static let leftTitle: UInt32 = 0x300A
  static let rightTitle: UInt32 = 0x300B
}

extension Diagnostic {
  fileprivate static func unknownCharacter(at range: SourceRange) -> Self {
    Diagnostic(
      "E0101", .error,
      Bilingual("这里有语言中没有的字符", "a character that the language does not have"), at: range,
      notes: [Bilingual("删去，或者写进引号里", "remove it, or put it inside quotation marks")])
  }

  fileprivate static func unterminatedText(
    at range: SourceRange, closing: String, lineEnd: Int
  ) -> Self {
    Diagnostic(
      "E0102", .error,
      Bilingual("文本没有结束：缺少“\(closing)”", "the text does not end: `\(closing)` is missing"),
      at: range,
      fix: Fix(
        Bilingual("补上“\(closing)”", "add `\(closing)`"),
        replacing: SourceRange(lineEnd, lineEnd), with: closing))
  }

  fileprivate static func unterminatedComment(at range: SourceRange) -> Self {
    Diagnostic(
      "E0103", .error, Bilingual("注释没有结束：缺少“*/”", "the comment does not end: `*/` is missing"),
      at: range)
  }
}
