import WenzeSyntax

/// What stands where something else is needed, and what its author most likely meant.
extension JSONReader {
  mutating func unexpected(_ expected: Bilingual) -> Stopped {
    reportUnexpected(expected: expected)
    return Stopped()
  }

  mutating func unexpectedValue() -> Stopped {
    if let range = bareWordRange() {
      let word = source.text(in: range)
      let isLikeNumber = word.first.map { "+-.0123456789".contains($0) } ?? false
      diagnostics.report(
        isLikeNumber ? .invalidNumber(word, at: range) : .bareWord(word, at: range))
      return Stopped()
    }
    return unexpected(Bilingual("值", "a value"))
  }

  mutating func unexpectedName() -> Stopped {
    if let range = bareWordRange() {
      diagnostics.report(.bareWord(source.text(in: range), at: range))
      return Stopped()
    }
    return unexpected(Bilingual("加引号的名称", "a name in quotation marks"))
  }

  mutating func reportUnexpected(expected: Bilingual) {
    let range = characterRange(at: position)
    let text = source.text(in: range)
    if let mark = WrongMark.all.first(where: { text == $0.written }) {
      diagnostics.report(.wrongMark(mark, at: range))
    } else if text == "/" || text == "#" {
      diagnostics.report(.comment(at: range))
    } else {
      diagnostics.report(.expected(expected, found: text, inLine: readsLines, at: range))
    }
  }

  /// The run of letters, digits and signs at the position, in any script.
  private func bareWordRange() -> SourceRange? {
    let rest = source.text(in: SourceRange(position, textEnd)).unicodeScalars
    let word = rest.prefix { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "+-._%".unicodeScalars.contains(scalar)
    }
    guard !word.isEmpty else { return nil }
    return SourceRange(position, position + Substring(word).utf8.count)
  }

  /// The range of the character at an offset; empty at the end of the text.
  private func characterRange(at start: Int) -> SourceRange {
    var end = min(start + 1, textEnd)
    while end < textEnd, UTF8.isContinuation(bytes[end]) { end += 1 }
    return SourceRange(start, end)
  }
}

/// A mark that looks like one of JSON's and is not.
private struct WrongMark {
  var written: Substring
  var meant: String

  static let all = [
    WrongMark(written: "，", meant: ","), WrongMark(written: "、", meant: ","),
    WrongMark(written: "：", meant: ":"), WrongMark(written: "；", meant: ","),
    WrongMark(written: ";", meant: ","), WrongMark(written: "“", meant: "\""),
    WrongMark(written: "”", meant: "\""), WrongMark(written: "‘", meant: "\""),
    WrongMark(written: "’", meant: "\""), WrongMark(written: "'", meant: "\""),
    WrongMark(written: "｛", meant: "{"), WrongMark(written: "｝", meant: "}"),
    WrongMark(written: "［", meant: "["), WrongMark(written: "］", meant: "]"),
    WrongMark(written: "【", meant: "["), WrongMark(written: "】", meant: "]"),
  ]
}

extension Substring.UnicodeScalarView {
  /// The scalars as a message shows them: cut when they are many, named when they cannot be seen.
  fileprivate var shown: String {
    var shown = ""
    for scalar in prefix(24) {
      if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
        shown += scalar == " " ? " " : "U+" + String(scalar.value, radix: 16, uppercase: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return dropFirst(24).isEmpty ? shown : shown + "…"
  }
}

/// A text as a message shows it: cut when it is long.
func excerpt(_ text: some StringProtocol) -> String {
  text[...].description.unicodeScalars[...].shown
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func expected(
    _ expected: Bilingual, found: Substring, inLine: Bool, at range: SourceRange
  ) -> Self {
    let end =
      inLine
      ? Bilingual("这一行已经结束", "the line ends") : Bilingual("文件已经结束", "the file ends")
    let found =
      found.isEmpty
      ? end
      : Bilingual("实际是“\(excerpt(found))”", "found `\(excerpt(found))`")
    return Diagnostic(
      "D0201", .error,
      Bilingual(
        "这里应当是\(expected.chinese)，\(found.chinese)",
        "expected \(expected.english) here, but \(found.english)"), at: range)
  }

  fileprivate static func invalidNumber(_ word: Substring, at range: SourceRange) -> Self {
    Diagnostic(
      "D0207", .error,
      Bilingual("“\(excerpt(word))”不是 JSON 的数", "`\(excerpt(word))` is not a number of JSON"),
      at: range,
      notes: [
        Bilingual(
          "数写作“12”“-0.5”；日期和编号要加引号，如“\"2023-05-12\"”",
          "numbers are written `12`, `-0.5`; dates and references need quotation marks, "
            + "as in `\"2023-05-12\"`")
      ])
  }

  fileprivate static func comment(at range: SourceRange) -> Self {
    Diagnostic(
      "D0209", .error, Bilingual("JSON 里不能写注释", "JSON has no comments"), at: range,
      notes: [
        Bilingual("删去注释，或者改用 YAML", "remove the comment, or write the document in YAML")
      ])
  }

  fileprivate static func wrongMark(_ mark: WrongMark, at range: SourceRange) -> Self {
    Diagnostic(
      "D0210", .error,
      Bilingual(
        "“\(mark.written)”应当写作半角的“\(mark.meant)”",
        "`\(mark.written)` must be the ASCII mark `\(mark.meant)`"), at: range,
      fix: Fix(
        Bilingual("改为“\(mark.meant)”", "write `\(mark.meant)`"), replacing: range,
        with: mark.meant))
  }

  fileprivate static func bareWord(_ word: Substring, at range: SourceRange) -> Self {
    let known = ["true", "false", "null"].first { $0 == word.lowercased() }
    let replacement = known ?? (word == "None" ? "null" : "\"\(word)\"")
    let shown = excerpt(replacement)
    return Diagnostic(
      "D0214", .error,
      Bilingual("“\(excerpt(word))”要加引号", "`\(excerpt(word))` needs quotation marks"), at: range,
      notes: [
        Bilingual(
          "不加引号的只有数和“true”“false”“null”",
          "only numbers and `true`, `false`, `null` stand without them")
      ],
      fix: Fix(
        Bilingual("改为“\(shown)”", "write `\(shown)`"), replacing: range, with: replacement))
  }
}
