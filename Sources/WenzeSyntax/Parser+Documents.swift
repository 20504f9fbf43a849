// Documents written in the language itself.

extension Parser {
  /// Whether a document begins here: a name and an opening brace.
  var isAtDocumentStart: Bool {
    isAt(.identifier) && token(ahead: 1).kind == .leftBrace
  }

  mutating func parseDocument() -> DocumentSyntax? {
    let start = current.range.start
    guard let dossier = expectIdentifier(Bilingual("档案名", "the name of a dossier")) else {
      return nil
    }
    var waivers: [WaiverSyntax] = []
    let fields = parseFields(waivers: &waivers)
    return DocumentSyntax(
      dossier: dossier, fields: fields, waivers: waivers, range: range(from: start))
  }

  /// `{ name: value … }`; waivers are understood only at the top of a document.
  private mutating func parseFields(waivers: inout [WaiverSyntax]) -> [FieldSyntax] {
    var fields: [FieldSyntax] = []
    var found: [WaiverSyntax] = []
    block(
      of: Bilingual("文书", "a document"), expecting: [], item: Bilingual("字段", "a field"),
      holdsRecords: true
    ) { parser in
      guard parser.isAt(.identifier) else { return }
      if parser.isAt(.waive), parser.token(ahead: 1).kind == .identifier {
        if let waiver = parser.node(.clause, { $0.parseWaiver() }) { found.append(waiver) }
        return
      }
      if let field = parser.node(.field, { $0.parseDocumentField() }) { fields.append(field) }
    }
    waivers += found
    return fields
  }

  private mutating func parseDocumentField() -> FieldSyntax? {
    guard let name = expectIdentifier(Bilingual("字段名", "a field")) else { return nil }
    if take(.colon) == nil, !isAt(.leftBrace), !isAt(.leftBracket), !isAt(.nothing) {
      // On the same line can only stand the value that lost its colon.
      let lostColon = beginsValue && !isFirstOnLine
      report(.expectedValue(after: name, found: current, in: source, lostColon: lostColon))
      guard lostColon else {
        recover { $0.beginsField || $0.isAt(.comma) || $0.isAt(.semicolon) }
        return nil
      }
    }
    return FieldSyntax(name: name, value: parseValue())
  }

  /// Whether the word is the name of a field, by what follows it.
  private var beginsField: Bool {
    guard isAt(.identifier) else { return false }
    switch token(ahead: 1).kind {
    case .colon, .leftBrace, .leftBracket: return true
    default: return isFirstOnLine
    }
  }

  private var beginsValue: Bool {
    switch current.kind {
    case .identifier: !beginsField
    case .string, .integer, .decimal, .percent, .date, .duration: true
    default: false
    }
  }

  mutating func parseValue() -> ValueSyntax {
    node(.value) { $0.parseValueBody() }
  }

  private mutating func parseValueBody() -> ValueSyntax {
    let token = current
    switch token.kind {
    case .leftBrace:
      return nested(cure: .nestLess) { parser in
        var waivers: [WaiverSyntax] = []
        let fields = parser.parseFields(waivers: &waivers)
        for waiver in waivers { parser.note(.misplacedWaiver(at: waiver.range)) }
        return ValueSyntax(kind: .record(fields), range: parser.range(from: token.range.start))
      } ?? ValueSyntax(kind: .missing, range: token.range)
    case .leftBracket:
      return nested(cure: .nestLess) { $0.parseListValue() }
        ?? ValueSyntax(kind: .missing, range: token.range)
    case .string:
      advance()
      let literal = textLiteral(token)
      return ValueSyntax(kind: .text(literal.value), range: token.range)
    case .identifier, .date, .duration, .decimal, .percent:
      advance()
      return word(from: token)
    case .integer:
      advance()
      return parseIntegerValue(token)
    case .minus where isSignedNumber:
      advance()
      advance()
      return word(from: token)
    default:
      reportMissing(Bilingual("值", "a value"))
      return ValueSyntax(kind: .missing, range: SourceRange(token.range.start, token.range.start))
    }
  }

  private var isSignedNumber: Bool {
    let number = token(ahead: 1)
    switch number.kind {
    case .integer, .decimal, .percent: return number.fullStart == number.range.start
    default: return false
    }
  }

  /// A number, or a duration in several words: `30 days`.
  private mutating func parseIntegerValue(_ token: Token) -> ValueSyntax {
    if let (unit, words) = durationUnit() {
      for _ in 0..<words { advance() }
      let digits = text(of: token).foldingFullWidth()
      return ValueSyntax(kind: .word(digits + unit), range: range(from: token.range.start))
    }
    return word(from: token)
  }

  private func word(from token: Token) -> ValueSyntax {
    let range = range(from: token.range.start)
    return ValueSyntax(
      kind: .word(source.text(in: range).foldingFullWidth()), range: range)
  }

  private mutating func parseListValue() -> ValueSyntax {
    let start = advance().range.start
    var elements: [ValueSyntax] = []
    var isOpen = false
    while !isAt(.rightBracket), !isAtEnd, !isAt(.rightBrace), !isAtDeclarationStart {
      if isAt(.andSoOn), token(ahead: 1).kind == .rightBracket {
        advance()
        isOpen = true
        break
      }
      let before = position
      elements.append(parseValue())
      if take(.comma) != nil || take(.semicolon) != nil || isAt(.rightBracket) { continue }
      // Records need no commas between them, and a list may go on without one.
      if position > before, isAt(.leftBrace) || isAt(.andSoOn) { continue }
      let isValue = position > before && beginsValue
      reportMissing(
        Bilingual("“,”或者“]”", "`,` or `]`"), fix: isValue ? .missingComma(at: previousEnd) : nil)
      if isValue { continue }
      if !recover(past: .rightBracket, orTo: .comma) {
        return ValueSyntax(kind: .list(elements, isOpen: isOpen), range: range(from: start))
      }
      advance()
    }
    if expect(.rightBracket) == nil { recover(past: .rightBracket) }
    return ValueSyntax(kind: .list(elements, isOpen: isOpen), range: range(from: start))
  }

  /// Parses `豁免 WZ207 理由 "…" 批准人 "…" 至 2027-01-01`.
  private mutating func parseWaiver() -> WaiverSyntax? {
    let start = advance().range.start
    guard let code = expectIdentifier(Bilingual("规则代码", "the code of a rule")) else { return nil }
    var waiver = WaiverSyntax(rule: code, range: range(from: start))
    while true {
      if take(.reason) != nil {
        waiver.reason = expectText(Bilingual("理由文本", "a reason"))
        if waiver.reason == nil { recoverInWaiver() }
      } else if isAt(.approver), !isFirstOnLine || token(ahead: 1).kind == .string {
        advance()
        waiver.approver = expectText(Bilingual("批准人姓名文本", "the name of an approver"))
        if waiver.approver == nil { recoverInWaiver() }
      } else if take(.until) != nil {
        waiver.until = expectDate()
        if waiver.until == nil { recoverInWaiver() }
      } else {
        break
      }
    }
    waiver.range = range(from: start)
    return waiver
  }
}

extension Parser {
  /// Skips to the next part of a waiver, or to the end of its line.
  private mutating func recoverInWaiver() {
    recover { parser in
      parser.isFirstOnLine || parser.isAt(.reason) || parser.isAt(.approver)
        || parser.isAt(.until)
    }
  }
}

extension Diagnostic {
  fileprivate static func expectedValue(
    after name: Identifier, found token: Token, in source: Source, lostColon: Bool
  ) -> Self {
    let found = found(token, in: source)
    return Diagnostic(
      "E0210", .error,
      Bilingual(
        "字段“\(name.text)”后面应当是“:”、“{”或者“[”，却是\(found.chinese)",
        "expected `:`, `{` or `[` after the field `\(name.text)`, found \(found.english)"),
      at: token.range,
      fix: lostColon
        ? Fix(
          Bilingual("补上“:”", "add `:`"), replacing: SourceRange(name.range.end, name.range.end),
          with: ":") : nil)
  }

  fileprivate static func misplacedWaiver(at range: SourceRange) -> Self {
    Diagnostic(
      "E0211", .error,
      Bilingual("豁免只能写在文书的最外层", "a waiver stands only at the top of a document"), at: range)
  }
}
