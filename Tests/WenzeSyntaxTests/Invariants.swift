import Testing
import WenzeSyntax

/// Parses a text and checks what holds of every text.
func parseChecking(
  _ text: String, path: String = "a.wz", sourceLocation: SourceLocation = #_sourceLocation
) -> ParsedFile {
  let source = Source(path: path, text: text)
  let file = parse(source)
  #expect(
    file.tree.text == text, "the tree does not print its text", sourceLocation: sourceLocation)
  for diagnostic in file.diagnostics {
    for problem in problems(with: diagnostic, in: source) {
      Issue.record("\(diagnostic.code): \(problem)", sourceLocation: sourceLocation)
    }
  }
  return file
}

/// What is wrong with a diagnostic: places outside the text, no words, a fix that cures nothing.
private func problems(with diagnostic: Diagnostic, in source: Source) -> [String] {
  var problems: [String] = []
  let ranges =
    [diagnostic.range, diagnostic.fix?.range].compactMap { $0 } + diagnostic.related.map(\.range)
  for range in ranges where !isValid(range, in: source) {
    problems.append("\(range) is no range of the text")
  }
  for language in Language.allCases {
    let text = DiagnosticRenderer(language: language, color: false).render(diagnostic, in: source)
    if !text.contains(diagnostic.code) { problems.append("the text in \(language) has no code") }
  }
  if let fix = diagnostic.fix, !cures(fix, diagnostic, in: source) {
    problems.append("the fix `\(fix.title.english)` leaves the problem")
  }
  return problems
}

/// Whether a range lies in the text and cuts no character in two.
func isValid(_ range: SourceRange, in source: Source) -> Bool {
  guard range.start >= 0, range.end <= source.utf8Count else { return false }
  let utf8 = source.text.utf8
  return [range.start, range.end].allSatisfy { offset in
    let index = utf8.index(utf8.startIndex, offsetBy: offset)
    return index == utf8.endIndex || utf8[index] & 0xC0 != 0x80
  }
}

/// Whether the diagnostic is gone once its fix is applied.
private func cures(_ fix: Diagnostic.Fix, _ diagnostic: Diagnostic, in source: Source) -> Bool {
  let fixed = applied(fix, to: source)
  func shifted(_ range: SourceRange?) -> Int? {
    guard let start = range?.start else { return nil }
    return start < fix.range.end
      ? start : start + fix.replacement.utf8.count - fix.range.count
  }
  return !parse(fixed).diagnostics.contains { other in
    other.code == diagnostic.code && other.message == diagnostic.message
      && other.range?.start == shifted(diagnostic.range)
      && other.related.first?.range.start == shifted(diagnostic.related.first?.range)
  }
}

/// The text with a fix applied.
func applied(_ fix: Diagnostic.Fix, to source: Source) -> Source {
  let before = source.text(in: SourceRange(0, fix.range.start))
  let after = source.text(in: SourceRange(fix.range.end, source.utf8Count))
  return Source(path: source.path, text: before + fix.replacement + after)
}
