// What the parser asks of keywords as the beginnings of declarations and clauses.

extension TokenKind {
  /// The punctuation to add where it is missing.
  var spelling: String? {
    switch self {
    case .leftBrace: " {"
    case .rightBrace: "}"
    case .rightParenthesis: ")"
    case .rightBracket: "]"
    case .colon: ":"
    case .equal: " ="
    case .pipe: " |"
    case .arrow: " ->"
    default: nil
    }
  }
}

extension Keyword {
  static let declarations = allCases.filter { $0.isDeclaration }

  static let declarationWords = declarations.flatMap { $0.words }

  /// Both spellings.
  var words: [String] {
    [spellings.chinese, spellings.english].compactMap { $0 }
  }

  /// Whether the keyword, as a clause, begins with a text.
  var takesText: Bool {
    switch self {
    case .version, .title, .documentation, .issuer, .error, .warning, .note, .fix, .reason: true
    default: false
    }
  }

  /// Whether a block may hold the clause more than once.
  var mayRepeat: Bool {
    switch self {
    case .cites, .forEach, .applies, .unless, .population, .groupBy, .figure, .step, .deadline,
      .paragraphs, .items, .replaces, .unchecked,
      .depends, .expect, .from, .scoreGroup, .deduct, .veto:
      true
    default: false
    }
  }

  /// The keyword that stands for all those of which a block holds only one.
  var exclusive: Keyword {
    switch self {
    case .warning, .note: .error
    case .mustNot: .must
    case .disable: .severity
    case .distribution: .mix
    default: self
    }
  }

  /// Whether the word, behind an operand, goes on with the expression.
  package var isInfix: Bool {
    switch self {
    case .orElse, .or, .and, .memberOf, .notMemberOf, .in, .is, .contains, .before, .after,
      .notBefore, .notAfter, .precedes, .within, .at, .isKnown, .isUnknown:
      true
    default: false
    }
  }
}

extension Keyword {
  /// Whether the keyword begins a declaration.
  package var isDeclaration: Bool {
    rawValue <= Keyword.test.rawValue
  }
}
