// What can be wrong with the shape of a file.

extension Diagnostic {
  static func expected(_ what: Bilingual, found token: Token, in source: Source) -> Self {
    let found = found(token, in: source)
    return Diagnostic(
      "E0201", .error,
      Bilingual(
        "这里应当是\(what.chinese)，却是\(found.chinese)",
        "expected \(what.english), found \(found.english)"), at: token.range)
  }

  static func found(_ token: Token, in source: Source) -> Bilingual {
    if token.kind == .endOfFile {
      // The expression in a message ends at its brace.
      return token.range.start < source.utf8Count
        ? Bilingual("“}”", "`}`") : token.kind.name
    }
    var text = source.text(in: token.range).prefix(24)
    if text.utf8.count < token.range.count { text += "…" }
    return Bilingual("“\(text)”", "`\(text)`")
  }

  static func tooDeep(at range: SourceRange, cure: Bilingual) -> Self {
    Diagnostic(
      "E0202", .error,
      Bilingual(
        "嵌套超过\(Parser.maximumDepth)层", "nested more than \(Parser.maximumDepth) levels deep"),
      at: range, notes: [cure])
  }

  static func unclosed(
    _ owner: Bilingual, open: SourceRange, at range: SourceRange, afterLineBreak: Bool
  ) -> Self {
    Diagnostic(
      "E0203", .error,
      Bilingual("\(owner.chinese)没有结束：缺少“}”", "\(owner.english) does not end: `}` is missing"),
      at: range,
      related: [Label(Bilingual("在这里打开", "opened here"), at: open)],
      fix: Fix(
        Bilingual("补上“}”", "add `}`"), replacing: SourceRange(range.start, range.start),
        with: afterLineBreak ? "}\n" : "\n}\n"))
  }

  static func unknownClause(
    found token: Token, of owner: Bilingual, expecting clauses: [Keyword], in source: Source
  ) -> Self {
    let found = found(token, in: source)
    let word = String(source.text(in: token.range))
    let list = Bilingual(
      clauses.map { $0.spelling(.chinese) }.joined(separator: "、"),
      clauses.map { $0.spelling(.english) }.joined(separator: ", "))
    return Diagnostic(
      "E0204", .error,
      Bilingual(
        "\(owner.chinese)里没有\(found.chinese)这样的子句",
        "\(owner.english) has no clause \(found.english)"), at: token.range,
      notes: list.chinese.isEmpty
        ? [] : [Bilingual("可用：\(list.chinese)", "possible here: \(list.english)")],
      fix: nearest(to: word, among: clauses.flatMap(\.words)).map {
        Fix(Bilingual("是不是“\($0)”？", "did you mean `\($0)`?"), replacing: token.range, with: $0)
      })
  }

  static func colonAfterClause(
    _ word: String, colon: SourceRange, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0213", .error,
      Bilingual("子句“\(word)”后面不写冒号", "the clause `\(word)` takes no colon"), at: colon,
      fix: Fix(Bilingual("删去冒号", "remove the colon"), replacing: colon, with: " "))
  }

  static func repeatedClause(
    _ token: Token, earlier: Token, in source: Source
  ) -> Self {
    let word = source.text(in: token.range)
    let other = source.text(in: earlier.range)
    let message =
      token.keyword == earlier.keyword
      ? Bilingual("子句“\(word)”写了两次", "the clause `\(word)` stands here twice")
      : Bilingual("“\(word)”和“\(other)”只能写一个", "`\(word)` and `\(other)` exclude each other")
    return Diagnostic(
      "E0209", .error, message, at: token.range,
      related: [Label(Bilingual("先写在这里", "it stands here first"), at: earlier.range)],
      notes: [Bilingual("合成一条，或者拆成两项声明", "join them, or make two declarations")])
  }

  private static let declarationNote = Bilingual(
    "声明以这些词开头：" + Keyword.declarations.map { $0.spelling(.chinese) }.joined(separator: "、")
      + "；文书以档案名开头，如“案件 {”",
    "declarations begin with: "
      + Keyword.declarations.map { $0.spelling(.english) }.joined(separator: ", ")
      + "; a document begins with its dossier, as in `case {`")

  static func expectedDeclaration(found token: Token, in source: Source) -> Self {
    let found = found(token, in: source)
    let word = String(source.text(in: token.range))
    var fix = nearest(to: word, among: Keyword.declarationWords).map {
      Fix(Bilingual("是不是“\($0)”？", "did you mean `\($0)`?"), replacing: token.range, with: $0)
    }
    if token.kind == .rightBrace {
      fix = Fix(Bilingual("删去“}”", "remove `}`"), replacing: token.range, with: "")
    }
    return Diagnostic(
      "E0208", .error,
      Bilingual(
        "这里应当是一项声明，却是\(found.chinese)", "expected a declaration, found \(found.english)"),
      at: token.range,
      notes: [declarationNote],
      fix: fix)
  }
}

extension Bilingual {
  /// What to do about an expression that is nested too deep.
  static let takeOutWithDefine = Bilingual(
    "用“定义”把里层拆出来", "take the inner part out with a `define`")
  /// What to do about a document that is nested too deep.
  static let nestLess = Bilingual(
    "文书用不着这么深：检查是不是少写了“}”或者“]”",
    "no document needs this depth: look for a missing `}` or `]`")
}
