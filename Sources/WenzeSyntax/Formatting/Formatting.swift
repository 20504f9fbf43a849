/// Gives a text of the rule language the layout of the house, and its keywords one language.
///
/// The declarations of the result mean what those of the text do, and nothing is lost: comments,
/// names and texts stay as they are. A text that cannot be parsed has diagnostics instead.
package func formatted(
  _ source: Source, keywords: Language? = nil
) throws(FormattingProblem) -> String {
  let file = try understood(source)
  guard let keywords else { return try laidOut(file) }
  let text = KeywordRewriting(file, to: keywords).text
  let rewritten = parse(Source(path: source.path, text: text))
  guard rewritten.diagnostics.allSatisfy({ $0.severity != .error }),
    meaning(of: rewritten.declarations) == meaning(of: file.declarations)
  else { throw FormattingProblem(diagnostics: [.wouldChangeMeaning]) }
  return try laidOut(rewritten)
}

/// Why a text was not formatted.
package struct FormattingProblem: Error, Hashable, Sendable {
  package var diagnostics: [Diagnostic]
}

private func understood(_ source: Source) throws(FormattingProblem) -> ParsedFile {
  let file = parse(source)
  let errors = file.diagnostics.filter { $0.severity == .error }
  guard errors.isEmpty else { throw FormattingProblem(diagnostics: file.diagnostics) }
  return file
}

/// The text with another layout, if the parser makes the same of it.
private func laidOut(_ file: ParsedFile) throws(FormattingProblem) -> String {
  let text = Layout(file).text
  let result = parse(Source(path: file.tree.source.path, text: text))
  // Declarations are made of tokens, by what the nodes group.
  guard result.diagnostics.allSatisfy({ $0.severity != .error }),
    result.tree.nodes == file.tree.nodes,
    result.tree.tokens.elementsEqual(
      file.tree.tokens,
      by: { new, old in
        new.kind == old.kind && new.keyword == old.keyword
          && result.tree.source.text(in: new.range) == file.tree.source.text(in: old.range)
      })
  else { throw FormattingProblem(diagnostics: [.wouldChangeMeaning]) }
  return text
}

extension Diagnostic {
  fileprivate static var wouldChangeMeaning: Self {
    Diagnostic(
      "F0101", .error,
      Bilingual(
        "整理后的文本会有别的意思，文件没有改动",
        "the formatted text would mean something else; the file was left alone"), at: nil,
      notes: [
        Bilingual(
          "多半是某个名称与关键词同形：给它换一个名称，再整理一次",
          "most likely a name is spelled like a keyword: rename it and format again")
      ])
  }
}
