import WenzeModel
import WenzeSyntax

extension JSONReader {
  /// Reads a text, number, truth value or null.
  mutating func readScalar() throws(Stopped) -> DataNode {
    if byte == .quote {
      let (text, range) = try readString()
      return DataNode(.text(text), at: range)
    }
    guard let range = wordRange() else { throw unexpectedValue() }
    let word = String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    let content: DataNode.Content
    switch word {
    case "true": content = .boolean(true)
    case "false": content = .boolean(false)
    case "null": content = .null
    default:
      guard isNumber(range) else { throw unexpectedValue() }
      content = .word(word)
      checkLength(of: word, at: range)
    }
    position = range.end
    return DataNode(content, at: range)
  }

  /// The run of ASCII letters, digits and signs at the position, which a number or word can be.
  func wordRange() -> SourceRange? {
    var end = position
    scan: while end < textEnd {
      switch bytes[end] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F: end += 1
      default: break scan
      }
    }
    return end > position ? SourceRange(position, end) : nil
  }

  /// Whether the range is written as RFC 8259 writes numbers.
  private func isNumber(_ range: SourceRange) -> Bool {
    var index = range.start
    func isDigit(_ index: Int) -> Bool {
      index < range.end && (0x30...0x39).contains(bytes[index])
    }
    func isAt(_ characters: UInt8...) -> Bool {
      index < range.end && characters.contains(bytes[index])
    }
    func skipDigits() -> Bool {
      guard isDigit(index) else { return false }
      while isDigit(index) { index += 1 }
      return true
    }
    if isAt(0x2D) { index += 1 }
    if isAt(0x30) { index += 1 } else if !skipDigits() { return false }
    if isAt(0x2E) {
      index += 1
      guard skipDigits() else { return false }
    }
    if isAt(0x65, 0x45) {
      index += 1
      if isAt(0x2B, 0x2D) { index += 1 }
      guard skipDigits() else { return false }
    }
    return index == range.end
  }

  private mutating func checkLength(of text: String, at range: SourceRange) {
    let count = text.utf8.count
    guard count > limits.textBytes else { return }
    isOverLimit = true
    diagnostics.report(.textTooLong(count, limit: limits.textBytes, at: range))
  }

  // MARK: - Strings

  /// Reads the string at the position; its range includes the quotation marks.
  ///
  /// When it stops, the position is still the string's start, so that skipping can go over it.
  mutating func readString() throws(Stopped) -> (text: String, range: SourceRange) {
    let start = position
    var index = start + 1
    var segment = index
    var unescaped: [UInt8] = []
    while true {
      index = bytes.span.endOfPlainText(from: index)
      guard index < textEnd else { break }
      switch bytes[index] {
      case .quote:
        let text = text(unescaped, bytes[segment..<index])
        let range = SourceRange(start, index + 1)
        checkLength(of: text, at: range)
        position = index + 1
        return (text, range)
      case .backslash:
        unescaped += bytes[segment..<index]
        let escape = try readEscape(at: index)
        unescaped += UTF8.encode(escape.scalar) ?? UTF8.encodedReplacementCharacter
        index = escape.end
        segment = index
      case 0x0A, 0x0D:
        diagnostics.report(.unclosedText(at: SourceRange(start, index)))
        throw Stopped()
      default:
        diagnostics.report(.controlCharacter(bytes[index], at: index))
        throw Stopped()
      }
    }
    diagnostics.report(.unclosedText(at: SourceRange(start, textEnd)))
    throw Stopped()
  }

  /// What escapes gave, with what stands behind the last of them.
  private func text(_ unescaped: [UInt8], _ rest: ArraySlice<UInt8>) -> String {
    unescaped.isEmpty
      ? String(decoding: rest, as: UTF8.self) : String(decoding: unescaped + rest, as: UTF8.self)
  }

  private mutating func readEscape(
    at start: Int
  ) throws(Stopped) -> (scalar: Unicode.Scalar, end: Int) {
    guard start + 1 < textEnd else {
      diagnostics.report(.unclosedText(at: SourceRange(position, textEnd)))
      throw Stopped()
    }
    switch bytes[start + 1] {
    case .quote: return ("\"", start + 2)
    case .backslash: return ("\\", start + 2)
    case 0x2F: return ("/", start + 2)
    case 0x62: return ("\u{8}", start + 2)
    case 0x66: return ("\u{C}", start + 2)
    case 0x6E: return ("\n", start + 2)
    case 0x72: return ("\r", start + 2)
    case 0x74: return ("\t", start + 2)
    case 0x75:
      guard let first = hexadecimalUnit(at: start + 2) else { break }
      if let scalar = Unicode.Scalar(first) { return (scalar, start + 6) }
      if UTF16.isLeadSurrogate(first), start + 7 < textEnd, bytes[start + 6] == .backslash,
        bytes[start + 7] == 0x75, let second = hexadecimalUnit(at: start + 8),
        UTF16.isTrailSurrogate(second)
      {
        return (UTF16.decode(UTF16.EncodedScalar([first, second])), start + 12)
      }
      diagnostics.report(.loneSurrogate(at: SourceRange(start, start + 6)))
      throw Stopped()
    default: break
    }
    diagnostics.report(.unknownEscape(at: escapeRange(at: start)))
    throw Stopped()
  }

  private func hexadecimalUnit(at start: Int) -> UInt16? {
    guard start + 4 <= textEnd else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[start..<start + 4] {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// A backslash and the character after it.
  private func escapeRange(at start: Int) -> SourceRange {
    var end = min(start + 2, textEnd)
    while end < textEnd, UTF8.isContinuation(bytes[end]) { end += 1 }
    return SourceRange(start, end)
  }
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func unclosedText(at range: SourceRange) -> Self {
    Diagnostic(
      "D0203", .error,
      Bilingual("文字没有结束：缺少“\"”", "the text does not end: `\"` is missing"), at: range,
      notes: [Bilingual("文字里换行写作“\\n”", "a line break in a text is written `\\n`")])
  }

  fileprivate static func unknownEscape(at range: SourceRange) -> Self {
    Diagnostic(
      "D0204", .error, Bilingual("没有这种转义", "there is no such escape"), at: range,
      notes: [
        Bilingual(
          "可用：\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u4E00",
          "possible: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u4E00")
      ])
  }

  fileprivate static func loneSurrogate(at range: SourceRange) -> Self {
    Diagnostic(
      "D0205", .error,
      Bilingual("这个转义只是半个字符", "this escape is only half of a character"), at: range,
      notes: [
        Bilingual(
          "代理项成对书写，如“\\uD842\\uDFB7”，或者直接写出字符",
          "write surrogates in pairs, as in `\\uD842\\uDFB7`, or write the character itself")
      ])
  }

  fileprivate static func controlCharacter(_ byte: UInt8, at offset: Int) -> Self {
    let digits = String(byte, radix: 16, uppercase: true)
    let escape = byte == 0x09 ? "\\t" : "\\u00" + (byte < 0x10 ? "0" : "") + digits
    let range = SourceRange(offset, offset + 1)
    return Diagnostic(
      "D0206", .error,
      Bilingual(
        "文字里的控制字符应当写作“\(escape)”", "a control character in a text is written `\(escape)`"),
      at: range,
      fix: Fix(
        Bilingual("改为“\(escape)”", "write `\(escape)`"), replacing: range, with: escape))
  }
}
