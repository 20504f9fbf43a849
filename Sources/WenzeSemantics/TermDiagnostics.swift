import WenzeSyntax

// What can be wrong with an expression.

extension Diagnostic {
  static func numberOutOfRange(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "E0106", .error,
      Bilingual(
        "数“\(text)”太大，或者小数超过六位", "the number `\(text)` is too large, or has more than six decimals"),
      at: range)
  }

  static func tableWithoutArguments(_ name: Identifier) -> Self {
    Diagnostic(
      "E0321", .error,
      Bilingual("表“\(name.text)”要带参数查", "the table `\(name.text)` is looked up with arguments"),
      at: name.range,
      notes: [Bilingual("写作“\(name.text)[甲, 乙]”", "write `\(name.text)[a, b]`")])
  }

  static func otherPopulation(_ name: Identifier, isBeside: Bool) -> Self {
    Diagnostic(
      "E0517", .error,
      isBeside
        ? Bilingual(
          "“\(name.text)”是参照的，只能写在“参照(…)”里",
          "`\(name.text)` stands beside the groups: it is seen only inside `beside(…)`")
        : Bilingual(
          "“\(name.text)”是分组的，“参照(…)”里只看参照的",
          "`\(name.text)` belongs to the groups; `beside(…)` sees only what stands beside them"),
      at: name.range)
  }

  static func noFields(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0323", .error,
      Bilingual("“\(type.chinese)”没有字段", "`\(type.english)` has no fields"), at: range)
  }

  static func notConstant(at range: SourceRange) -> Self {
    Diagnostic(
      "E0324", .error, Bilingual("这里只能写常量", "only constants stand here"), at: range)
  }

  static func elseOutsideAsOf(at range: SourceRange) -> Self {
    Diagnostic(
      "E0325", .error, Bilingual("“否则”只用在“时点”里", "`else` stands only in `as_of`"), at: range)
  }

  static func incomparable(
    _ left: Bilingual, _ leftRange: SourceRange, _ right: Bilingual, _ rightRange: SourceRange
  ) -> Self {
    Diagnostic(
      "E0326", .error,
      Bilingual(
        "“\(left.chinese)”和“\(right.chinese)”不能比较",
        "`\(left.english)` and `\(right.english)` cannot be compared"), at: rightRange,
      label: Bilingual("“\(right.chinese)”", "`\(right.english)`"),
      related: [
        Label(Bilingual("“\(left.chinese)”", "`\(left.english)`"), at: leftRange)
      ])
  }

  static func recordsCompared(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0322", .error,
      Bilingual("“\(type.chinese)”不能整个比较", "`\(type.english)` cannot be compared as a whole"),
      at: range, notes: [Bilingual("比较它的字段", "compare its fields")])
  }

  static func unordered(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0327", .error,
      Bilingual("“\(type.chinese)”没有大小", "`\(type.english)` has no order"), at: range,
      notes: [Bilingual("枚举加上“有序”才能比大小", "an enum has an order if it is declared `ordered`")])
  }

  static func notACollection(_ type: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0328", .error,
      Bilingual("“\(type.chinese)”不是列表或者集合", "`\(type.english)` is not a list or a set"), at: range)
  }

  static func noArithmetic(
    _ left: Bilingual, _ leftRange: SourceRange, _ right: Bilingual, _ rightRange: SourceRange,
    at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0329", .error,
      Bilingual(
        "“\(left.chinese)”和“\(right.chinese)”不能这样运算",
        "there is no such arithmetic of `\(left.english)` and `\(right.english)`"), at: range,
      notes: [
        Bilingual(
          "可以：数与数、日期±期限、日期－日期（得天数）",
          "possible: numbers, date ± duration, date − date (in days)")
      ])
  }
}
