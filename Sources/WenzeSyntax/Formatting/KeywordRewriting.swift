/// Writes the keywords of a file in one language, and leaves everything else as it is.
///
/// Names, texts with what they interpolate, and the values of documents are the author's own and
/// stay. Where the languages say a thing in several words, or in another order, so does the result:
/// `a 在 b 后 1个月 内` is `a within 1个月 after b`. What was written in Chinese as this writes it
/// comes back from English byte for byte, once it is laid out.
package struct KeywordRewriting: Sendable {
  private let source: Source
  private let tokens: [Token]
  private let language: Language
  /// What stands in the place of a token; an empty text: nothing.
  private var replacements: [Int: String] = [:]
  /// Where a limit of time begins that has its parts in another order.
  private var limits: [Int: Limit] = [:]
  /// The tokens by where they start and end.
  private let starts: [Int: Int]
  private let ends: [Int: Int]

  /// `在 y 后 1个月 内`, or `within 1 month after y`.
  private struct Limit {
    var anchor: Range<Int>
    var duration: Range<Int>
    var isChinese: Bool

    var first: Int { min(anchor.lowerBound, duration.lowerBound) - 1 }
    /// The word that says in which direction.
    var direction: Int { isChinese ? anchor.upperBound : duration.upperBound }
    var end: Int { isChinese ? duration.upperBound + 1 : anchor.upperBound }
  }

  package init(_ file: ParsedFile, to language: Language) {
    source = file.tree.source
    tokens = file.tree.tokens
    self.language = language
    var starts: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    for (index, token) in file.tree.tokens.enumerated() where !token.range.isEmpty {
      starts[token.range.start] = index
      ends[token.range.end] = index + 1
    }
    self.starts = starts
    self.ends = ends
    let anatomy = SyntaxAnatomy(file.declarations)
    let names = Set(file.tree.nodes.filter { $0.kind == .name }.flatMap { Array($0.tokens) })
    for (index, token) in tokens.enumerated() {
      guard token.kind == .identifier, !names.contains(index),
        !anatomy.names.contains(token.range.start)
      else { continue }
      if let keyword = token.keyword { rewrite(keyword, at: index) }
    }
    rewriteTypes(of: file.tree)
    for expression in anatomy.expressions { rewrite(expression) }
    for (start, function) in anatomy.functions {
      guard let index = starts[start] else { continue }
      replacements[index] = language == .chinese ? function.chinese : function.rawValue
    }
    for key in anatomy.keys {
      guard let name = starts[key.name.range.start] else { continue }
      replacements[name - 1] = language == .chinese ? "为" : "as"
    }
    for requirement in anatomy.requirements { rewrite(requirement) }
    for deadline in anatomy.deadlines {
      guard let step = starts[deadline.step.range.start] else { continue }
      addLimit(
        after: step + 1, anchor: range(of: deadline.anchor.range),
        duration: range(of: deadline.duration.range))
    }
    rewriteProvisions(besides: anatomy.names.union(names.map { tokens[$0].range.start }))
  }

  /// The whole text.
  package var text: String { text(of: tokens.indices) }

  /// The text of a range that begins and ends with a token; else as it is.
  package func text(in range: SourceRange) -> String {
    guard let first = starts[range.start], let end = ends[range.end], first < end else {
      return String(source.text(in: range))
    }
    // What stands before the first token is no part of the range.
    let trivia = source.text(in: SourceRange(tokens[first].fullStart, range.start))
    return String(text(of: first..<end).unicodeScalars.dropFirst(trivia.unicodeScalars.count))
  }
}

// MARK: - Writing

extension KeywordRewriting {
  private func text(of range: Range<Int>) -> String {
    var text = ""
    var index = range.lowerBound
    while index < range.upperBound {
      if let limit = limits[index], limit.end <= range.upperBound {
        append(limit, to: &text)
        index = limit.end
      } else {
        append(index, as: replacements[index], to: &text)
        index += 1
      }
    }
    return text
  }

  /// Adds a token with what stands before it.
  private func append(_ index: Int, as replacement: String?, to text: inout String) {
    let token = tokens[index]
    let trivia = source.text(in: SourceRange(token.fullStart, token.range.start))
    let word = replacement ?? String(source.text(in: token.range))
    // Of a word that is not needed its comments and line breaks stay.
    if word.isEmpty, index > 0, token.kind != .endOfFile,
      trivia.unicodeScalars.allSatisfy({ isSpace($0.value) && $0 != "\n" && $0 != "\r" })
    {
      return
    }
    text += trivia
    if trivia.isEmpty, needsSpace(between: text, and: word) { text += " " }
    text += word
  }

  private func append(_ limit: Limit, to text: inout String) {
    func part(_ range: Range<Int>) {
      let words = self.text(of: range)
      if needsSpace(between: text, and: words) { text += " " }
      text += words
    }
    let isAfter = direction(of: limit)
    if language == .chinese {
      append(limit.first, as: "在", to: &text)
      part(limit.anchor)
      append(limit.direction, as: isAfter ? "后" : "前", to: &text)
      part(limit.duration)
      if limit.isChinese { append(limit.end - 1, as: "内", to: &text) } else { text += " 内" }
    } else {
      append(limit.first, as: "within", to: &text)
      part(limit.duration)
      append(limit.direction, as: isAfter ? "after" : "before", to: &text)
      part(limit.anchor)
      if limit.isChinese { append(limit.end - 1, as: "", to: &text) }
    }
  }

  private func direction(of limit: Limit) -> Bool {
    let keyword = tokens[limit.direction].keyword
    return keyword == .behind || keyword == .after
  }

  private func needsSpace(between text: String, and word: String) -> Bool {
    guard let last = text.unicodeScalars.last, let first = word.unicodeScalars.first else {
      return false
    }
    return isIdentifierContinue(last.value) && isIdentifierContinue(first.value)
  }
}

// MARK: - Words

extension KeywordRewriting {
  private mutating func rewrite(_ keyword: Keyword, at index: Int) {
    let word: String? =
      switch keyword {
      // These are parts of forms, and told below.
      case .isKnown, .isUnknown, .known, .unknown, .notExists, .within, .at, .behind, .ahead,
        .inside,
        .listOf, .of, .notMemberOf, .notBefore, .notAfter, .article, .paragraph, .item:
        nil
      case .over: language == .chinese ? "于" : "in"
      case .in: language == .chinese ? "于" : "in"
      case .memberOf: language == .chinese ? "属于" : "in"
      case .as: language == .chinese ? "为" : "as"
      case .absentMeans: language == .chinese ? "缺则" : "absent means"
      case .absent: language == .chinese ? "缺则" : "absent"
      case .means: language == .chinese ? "" : "means"
      case .no: language == .chinese ? "否" : "no"
      case .false where isAfterAbsence(index): language == .chinese ? "否" : "no"
      default: keyword.spelling(language)
      }
    guard let word else { return }
    // A word that is spelled in the language already stays, as `yes` does.
    let isChinese = source.text(in: tokens[index].range).utf8.first.map { $0 >= 0x80 } ?? false
    if isChinese != (language == .chinese) || word.isEmpty { replacements[index] = word }
  }

  private func isAfterAbsence(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let keyword = tokens[index - 1].keyword
    return keyword == .absentMeans || keyword == .means
  }

  /// Puts words in the place of tokens that make one form.
  private mutating func replace(_ range: Range<Int>, with chinese: String, _ english: String) {
    guard let first = range.first else { return }
    replacements[first] = language == .chinese ? chinese : english
    for index in range.dropFirst() { replacements[index] = "" }
  }

  private func range(of range: SourceRange) -> Range<Int>? {
    guard let first = starts[range.start], let end = ends[range.end], first < end else {
      return nil
    }
    return first..<end
  }

  /// `列表 x` is `list of x`, and `集合 x` is `set of x`.
  private mutating func rewriteTypes(of tree: SyntaxTree) {
    for node in tree.nodes where node.kind == .type {
      for index in node.tokens.dropLast() {
        let hasOf = tokens[index + 1].keyword == .of && index + 2 < node.tokens.upperBound
        let form = index..<index + (hasOf ? 2 : 1)
        switch tokens[index].keyword {
        case .listOf: replace(form, with: "列表", "list of")
        case .list: replace(form, with: hasOf ? "列表" : "清单", hasOf ? "list of" : "list")
        case .set: replace(form, with: "集合", "set of")
        default: break
        }
      }
    }
  }

  /// `应当 非 x` demands, and `must not x` prohibits.
  private mutating func rewrite(_ requirement: RuleDeclaration.Requirement) {
    guard let condition = starts[requirement.condition.range.start], condition > 0 else { return }
    if requirement.isProhibition {
      let isTwoWords = tokens[condition - 1].keyword == .not
      replace(condition - (isTwoWords ? 2 : 1)..<condition, with: "不得", "must_not")
    } else if tokens[condition].keyword == .not {
      replacements[condition - 1] = "应当"
    }
  }
}

// MARK: - Expressions

extension KeywordRewriting {
  private mutating func rewrite(_ expression: Expression) {
    guard let range = range(of: expression.range) else { return }
    switch expression.kind {
    case .known(let operand, let negated):
      guard let end = ends[operand.range.end], end < range.upperBound else { return }
      let words = form(from: end) { $0.isAbsence || $0 == .is || $0 == .not }
      replace(words, with: negated ? "不详" : "已知", negated ? "is unknown" : "is known")
    case .within(let operand, let anchor, let duration, _):
      guard let end = ends[operand.range.end] else { return }
      addLimit(
        after: end, anchor: self.range(of: anchor.range), duration: self.range(of: duration.range))
    case .quantified(.notExists, let binder, _):
      guard let variable = starts[binder.variable.range.start] else { return }
      // Both languages have a short and a long way to say it.
      if variable >= 2, tokens[variable - 1].keyword == .exists {
        replace(variable - 2..<variable - 1, with: "非", "not")
      } else if variable >= 1 {
        replace(variable - 1..<variable, with: "不存在", "no")
      }
    case .unary(.hasNo, let operand):
      guard let operand = starts[operand.range.start], operand > 0 else { return }
      replace(operand - 1..<operand, with: "无", "no")
    case .binary(let operation, let left, let right):
      guard let end = ends[left.range.end], let start = starts[right.range.start], end < start
      else {
        return
      }
      rewrite(operation, in: end..<start)
    default: break
    }
  }

  /// The words from a token on, as long as they are of a form.
  private func form(from start: Int, while isPart: (Keyword) -> Bool) -> Range<Int> {
    var end = start
    while end < tokens.count, let keyword = tokens[end].keyword, isPart(keyword) {
      end += 1
      if keyword.isAbsence { break }
    }
    return start..<end
  }

  private mutating func rewrite(_ operation: Expression.BinaryOperator, in range: Range<Int>) {
    let hasIs = range.count > 1 && tokens[range.lowerBound].keyword == .is
    let words = hasIs ? range.dropFirst() : range
    switch operation {
    case .memberOf: replace(words, with: "属于", "in")
    case .notMemberOf: replace(words, with: "不属于", "not in")
    case .notBefore: replace(words, with: "不早于", "not before")
    case .notAfter: replace(words, with: "不晚于", "not after")
    default: break
    }
  }

  private mutating func addLimit(after start: Int, anchor: Range<Int>?, duration: Range<Int>?) {
    guard let anchor, let duration else { return }
    let limit = Limit(
      anchor: anchor, duration: duration, isChinese: anchor.lowerBound < duration.lowerBound)
    if limit.first == start { limits[start] = limit }
  }
}

extension Keyword {
  /// Whether the word says that something is known or unknown.
  fileprivate var isAbsence: Bool {
    switch self {
    case .known, .unknown, .isKnown, .isUnknown: true
    default: false
    }
  }
}

// MARK: - Provisions

extension KeywordRewriting {
  /// `第九条第一款` is `article 9 paragraph 1`.
  private mutating func rewriteProvisions(besides names: Set<Int>) {
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      let isNamed = names.contains(token.range.start)
      if language == .chinese, let (provision, end) = englishProvision(at: index), !isNamed {
        replacements[index] = provision
        for part in index + 1..<end { replacements[part] = "" }
        index = end
        continue
      }
      if language == .english, token.kind == .identifier, !isNamed, !isProvision(index - 1),
        !isProvision(index + 1), let provision = inEnglish(String(source.text(in: token.range)))
      {
        replacements[index] = provision
      }
      index += 1
    }
  }

  private func isProvision(_ index: Int) -> Bool {
    guard tokens.indices.contains(index), tokens[index].kind == .identifier else { return false }
    return inEnglish(String(source.text(in: tokens[index].range))) != nil
  }

  /// A provision in English words; nil where it would not come back the same.
  private func inEnglish(_ text: String) -> String? {
    var words: [String] = []
    var rest = Substring(text)
    for (unit, word) in provisionUnits where rest.first == "第" {
      let numeral = rest.dropFirst().prefix { $0 != Character(unit) }
      guard let number = chineseNumber(numeral), numeral.count < rest.count - 1 else { continue }
      guard numeral == chineseNumeral(number) else { return nil }
      words.append("\(word) \(number)")
      rest = rest.dropFirst(numeral.count + 2)
    }
    return rest.isEmpty && !words.isEmpty ? words.joined(separator: " ") : nil
  }

  /// The provision whose English words begin with a token, and where they end.
  private func englishProvision(at start: Int) -> (String, end: Int)? {
    var text = ""
    var index = start
    for (unit, word) in provisionUnits {
      guard index + 1 < tokens.count, tokens[index].kind == .identifier,
        tokens[index + 1].kind == .integer, source.text(in: tokens[index].range) == word,
        let number = Int(source.text(in: tokens[index + 1].range)), (1...999).contains(number)
      else { continue }
      text += "第\(chineseNumeral(number))\(unit)"
      index += 2
    }
    return index > start ? (text, index) : nil
  }
}

private let provisionUnits = [("条", "article"), ("款", "paragraph"), ("项", "item")]
