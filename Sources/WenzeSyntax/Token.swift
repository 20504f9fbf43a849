/// A piece of text that the grammar takes whole, with the trivia before it.
///
/// Spaces, line breaks and comments are trivia; they belong to the token that follows them, so that
/// the tokens of a text, in order, are the text.
package struct Token: Hashable, Sendable {
  package internal(set) var kind: TokenKind
  /// The UTF-8 offset where the trivia before the token begins.
  package let fullStart: Int
  package let range: SourceRange
  /// The keyword that the word spells, if it does; whether it acts as one is for the parser to say.
  ///
  /// After a dot and before a colon every word is a plain name, and this is nil.
  package internal(set) var keyword: Keyword?
}

/// What a token is.
package enum TokenKind: Hashable, Sendable {
  case identifier
  case integer
  case decimal
  case percent
  case date
  case duration
  case string
  /// `《…》`
  case bookTitle
  case leftBrace
  case rightBrace
  case leftParenthesis
  case rightParenthesis
  case leftBracket
  case rightBracket
  case comma
  case semicolon
  case colon
  case dot
  case slash
  case pipe
  case arrow
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case plus
  case minus
  case times
  case divide
  /// Characters that no token begins with.
  case unknown
  case endOfFile

  /// The token as an author would name it.
  package var name: Bilingual {
    switch self {
    case .identifier: Bilingual("名称", "a name")
    case .integer, .decimal, .percent: Bilingual("数", "a number")
    case .date: Bilingual("日期", "a date")
    case .duration: Bilingual("期限", "a duration")
    case .string: Bilingual("文本", "a text")
    case .bookTitle: Bilingual("《标题》", "a title in 《》")
    case .leftBrace: Bilingual("“{”", "`{`")
    case .rightBrace: Bilingual("“}”", "`}`")
    case .leftParenthesis: Bilingual("“(”", "`(`")
    case .rightParenthesis: Bilingual("“)”", "`)`")
    case .leftBracket: Bilingual("“[”", "`[`")
    case .rightBracket: Bilingual("“]”", "`]`")
    case .comma: Bilingual("“,”", "`,`")
    case .semicolon: Bilingual("“;”", "`;`")
    case .colon: Bilingual("“:”", "`:`")
    case .dot: Bilingual("“.”", "`.`")
    case .slash: Bilingual("“/”", "`/`")
    case .pipe: Bilingual("“|”", "`|`")
    case .arrow: Bilingual("“->”", "`->`")
    case .equal: Bilingual("“=”", "`=`")
    case .notEqual: Bilingual("“≠”", "`≠`")
    case .less: Bilingual("“<”", "`<`")
    case .lessOrEqual: Bilingual("“≤”", "`≤`")
    case .greater: Bilingual("“>”", "`>`")
    case .greaterOrEqual: Bilingual("“≥”", "`≥`")
    case .plus: Bilingual("“+”", "`+`")
    case .minus: Bilingual("“-”", "`-`")
    case .times: Bilingual("“×”", "`×`")
    case .divide: Bilingual("“÷”", "`÷`")
    case .unknown: Bilingual("不认识的字符", "an unknown character")
    case .endOfFile: Bilingual("文件结尾", "the end of the file")
    }
  }
}
