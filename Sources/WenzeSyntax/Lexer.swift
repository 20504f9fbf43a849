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
        append(.endOfFile, nil, fullStart: fullStart, start: start)
        return (tokens, diagnostics)
      }
      let (kind, keyword) = scan()
      switch kind {
      case .unknown:
        // A run of strange characters is one mistake.
        while position < end, startsUnknown() { position += scalar(at: position).length }
        let range = SourceRange(start, position)
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        diagnostics.append(.unknownCharacters(text, at: range))
        append(kind, nil, fullStart: fullStart, start: start)
      case .identifier where tokens.last?.kind == .dot:
        append(kind, nil, fullStart: fullStart, start: start)
      case .colon:
        // Before a colon, as after a dot, every word is a plain name.
        if let last = tokens.last, last.keyword != nil { tokens[tokens.count - 1].keyword = nil }
        append(kind, nil, fullStart: fullStart, start: start)
      default:
        append(kind, keyword, fullStart: fullStart, start: start)
      }
    }
  }

  private mutating func append(
    _ kind: TokenKind, _ keyword: Keyword?, fullStart: Int, start: Int
  ) {
    tokens.append(
      Token(
        kind: kind, fullStart: fullStart, range: SourceRange(start, position), keyword: keyword))
  }

  /// Whether no token begins at the position; scans without a trace.
  private func startsUnknown() -> Bool {
    let (scalar, _) = folded(at: position)
    guard !isDigit(scalar), !isIdentifierStart(scalar), !isSpace(scalar) else { return false }
    return switch Unicode.Scalar(scalar) {
    case "{", "}", "(", ")", "[", "]", ",", ";", ":", ".", "/", "|", "+", "*", "×", "÷", "→", "-",
      "=", "≠", "<", "≤", "≦", ">", "≥", "≧", "\"", "“", "《":
      false
    case "!": folded(at: position + 1).scalar != 0x3D
    default: true
    }
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
    diagnostics.append(
      .unterminatedComment(
        at: SourceRange(start, start + 2), closing: String(repeating: " */", count: depth),
        insertedAt: position))
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
    Keyword(bytes, from: start, to: end)
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
    case ".": return isEndOfSentence(from: start) ? .semicolon : .dot
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

  /// Whether a `。` just taken ends a sentence, since nothing but a brace follows it on its line.
  private func isEndOfSentence(from start: Int) -> Bool {
    guard scalar(at: start).scalar == Code.ideographicFullStop else { return false }
    var offset = position
    while offset < end {
      let (scalar, length) = folded(at: offset)
      if scalar == 0x0A || scalar == 0x0D || scalar == Code.rightBrace { return true }
      if scalar == Code.slash {
        let next = folded(at: offset + length).scalar
        return next == Code.slash || next == Code.asterisk
      }
      guard isSpace(scalar) else { return false }
      offset += length
    }
    return true
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
      return scanLongString(start: start)
    }
    while position < end, !isLineBreak(byte(at: position)) {
      if takeEscape() { continue }
      let (scalar, length) = scalar(at: position)
      position += length
      // A full-width quotation mark closes what a plain one opened, and the other way round.
      if scalar == Code.quotationMark || scalar == 0xFF02 { return .string }
    }
    addUnterminated(from: start, closing: "\"")
    return .string
  }

  private mutating func scanLongString(start: Int) -> TokenKind {
    let quote = UInt8(ascii: "\"")
    position = start + 3
    while position < end {
      if byte(at: position) == UInt8(ascii: "\\") {
        position = min(end, position + 2)
      } else if byte(at: position) == quote, byte(at: position + 1) == quote,
        byte(at: position + 2) == quote
      {
        position += 3
        return .string
      } else {
        position += 1
      }
    }
    var quotes = 0
    while quotes < 2, end - quotes > start + 3, bytes[end - quotes - 1] == quote { quotes += 1 }
    addUnterminated(
      from: start, to: start + 3, closing: String(repeating: "\"", count: 3 - quotes))
    return .string
  }

  /// Consumes a backslash and what it escapes, but never a line break.
  private mutating func takeEscape() -> Bool {
    guard byte(at: position) == UInt8(ascii: "\\") else { return false }
    position += 1
    if position < end, !isLineBreak(byte(at: position)) {
      position += scalar(at: position).length
    }
    return true
  }

  private mutating func addUnterminated(
    from start: Int, to rangeEnd: Int? = nil, closing: String
  ) {
    var backslashes = 0
    while position - backslashes > start, bytes[position - backslashes - 1] == 0x5C {
      backslashes += 1
    }
    diagnostics.append(
      .unterminatedText(
        at: SourceRange(start, rangeEnd ?? position), closing: closing,
        // What follows an escape that lost its character would be escaped in turn.
        insertedAt: backslashes % 2 == 0 ? position : nil))
  }

  private mutating func scanCurlyString(start: Int) -> TokenKind {
    var depth = 1
    while position < end, !isLineBreak(byte(at: position)) {
      if takeEscape() { continue }
      let (scalar, length) = scalar(at: position)
      position += length
      if scalar == Code.leftQuote { depth += 1 }
      if scalar == Code.rightQuote {
        depth -= 1
        if depth == 0 { return .string }
      }
    }
    addUnterminated(from: start, closing: String(repeating: "”", count: depth))
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
      .unterminatedText(
        at: SourceRange(start, position), closing: String(repeating: "》", count: depth),
        insertedAt: position))
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
  static let asterisk: UInt32 = 0x2A
  static let rightBrace: UInt32 = 0x7D
  static let quotationMark: UInt32 = 0x22
  static let fullStop: UInt32 = 0x2E
  static let ideographicFullStop: UInt32 = 0x3002
  static let leftQuote: UInt32 = 0x201C
  static let rightQuote: UInt32 = 0x201D
  static let leftTitle: UInt32 = 0x300A
  static let rightTitle: UInt32 = 0x300B
}

extension Diagnostic {
  fileprivate static func unknownCharacters(_ text: String, at range: SourceRange) -> Self {
    let scalars = text.unicodeScalars
    let codes = scalars.prefix(3).map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    let label = codes.joined(separator: " ") + (scalars.count > 3 ? " …" : "")
    let (note, fix) = advice(for: text)
    return Diagnostic(
      "E0101", .error,
      Bilingual("这里有语言中没有的字符", "a character that the language does not have"), at: range,
      label: Bilingual(same: label), notes: [note],
      fix: fix.map { Fix($0.title, replacing: range, with: $0.replacement) })
  }

  private static func advice(
    for text: String
  ) -> (note: Bilingual, fix: (title: Bilingual, replacement: String)?) {
    switch text {
    case "&", "&&", "＆", "＆＆", "∧":
      (
        Bilingual("“并且”写作“且”", "conjunction is `and`"),
        (Bilingual("换成“且”", "replace it with `且` (`and`)"), " 且 ")
      )
    case "∨":
      (
        Bilingual("“或者”写作“或”", "disjunction is `or`"),
        (Bilingual("换成“或”", "replace it with `或` (`or`)"), " 或 ")
      )
    case "!", "！", "¬":
      (
        Bilingual("否定写作“非”", "negation is `not`"),
        (Bilingual("换成“非”", "replace it with `非` (`not`)"), " 非 ")
      )
    case "#", "##", "＃":
      (
        Bilingual("注释以“//”开头", "a comment begins with `//`"),
        (Bilingual("换成“//”", "replace it with `//`"), "//")
      )
    case "'", "‘", "’", "”", "「", "」", "『", "』":
      (Bilingual("文本写在 \"…\" 或者“…”里", "a text stands in \"…\" or “…”"), nil)
    default:
      (Bilingual("删去，或者写进引号里", "remove it, or put it inside quotation marks"), nil)
    }
  }

  fileprivate static func unterminatedText(
    at range: SourceRange, closing: String, insertedAt offset: Int?
  ) -> Self {
    Diagnostic(
      "E0102", .error,
      Bilingual("文本没有结束：缺少“\(closing)”", "the text does not end: `\(closing)` is missing"),
      at: range,
      fix: offset.map {
        Fix(
          Bilingual("补上“\(closing)”", "add `\(closing)`"), replacing: SourceRange($0, $0),
          with: closing)
      })
  }

  fileprivate static func unterminatedComment(
    at range: SourceRange, closing: String, insertedAt offset: Int
  ) -> Self {
    Diagnostic(
      "E0103", .error, Bilingual("注释没有结束：缺少“*/”", "the comment does not end: `*/` is missing"),
      at: range,
      fix: Fix(
        Bilingual("补上“*/”", "add `*/`"), replacing: SourceRange(offset, offset), with: closing))
  }
}
