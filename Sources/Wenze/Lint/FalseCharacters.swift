import WenzeSemantics
import WenzeSyntax

/// Finds names and codes that look as if they were written in plain letters, digits and Chinese
/// characters and are not, and radicals anywhere that stand for characters, as texts out of PDF
/// files have them.
///
/// There is one finding a name, and one a line for radicals.
func findFalseCharacters(in subject: LintSubject) -> [LintFinding] {
  falseNames(in: subject) + radicals(in: subject)
}

private func falseNames(in subject: LintSubject) -> [LintFinding] {
  let names = subject.declarations.flatMap { source, declaration in
    ([declaration.code].compactMap { $0 } + declaration.names.flatMap(\.identifiers))
      .map { (source: source, name: $0) }
  }
  let alike = Dictionary(grouping: names.map(\.name.text)) { skeleton(of: $0) }
  return names.compactMap { source, name in
    var plain = ""
    var first: Unicode.Scalar?
    for scalar in name.text.unicodeScalars {
      if let lookAlike = scalar.plainLookAlike {
        plain += lookAlike
        first = first ?? scalar
      } else if scalar.value < 0x80 || scalar.properties.isIdeographic {
        plain.unicodeScalars.append(scalar)
      } else {
        // Nobody takes a name with such a letter for a plain one.
        return nil
      }
    }
    // A mixture of scripts is told as such, and that there is another name that looks like it.
    guard let first, !name.mixesScripts,
      Set(alike[skeleton(of: name.text)] ?? []).count == 1
    else { return nil }
    return LintFinding(.falseName(name, first, plain), in: source)
  }
}

private func radicals(in subject: LintSubject) -> [LintFinding] {
  subject.ruleSet.sources.enumerated().flatMap { number, source in
    source.firstOnEachLine { scalar, _ in
      (0x2E80...0x2FDF).contains(scalar.value)
        ? scalar.plainLookAlike.map { (scalar, $0) } : nil
    }
    .map { LintFinding(.radical($0.found.0, $0.found.1, at: $0.range), in: number) }
  }
}

extension Diagnostic {
  fileprivate static func falseName(
    _ name: Identifier, _ first: Unicode.Scalar, _ plain: String
  ) -> Self {
    Diagnostic(
      "L0707", .warning,
      Bilingual(
        "“\(name.text)”只是看上去像“\(plain)”", "`\(name.text)` only looks like `\(plain)`"),
      at: name.range, label: Bilingual(same: first.codePoint),
      fix: Fix(
        Bilingual("换成“\(plain)”", "replace it with `\(plain)`"), replacing: name.range,
        with: plain))
  }

  fileprivate static func radical(
    _ scalar: Unicode.Scalar, _ plain: String, at range: SourceRange
  ) -> Self {
    let name = plain.unicodeScalars.map(\.codePoint).joined(separator: " ")
    return Diagnostic(
      "L0708", .warning,
      Bilingual("部首“\(scalar)”代替了汉字“\(plain)”", "the radical `\(scalar)` stands for `\(plain)`"),
      at: range, label: Bilingual(same: "\(scalar.codePoint) – \(name)"),
      notes: [
        Bilingual(
          "从 PDF 复制的文字常有部首：看上去一样，比较起来不同",
          "text copied from PDF files has such: it looks the same, and compares as different")
      ],
      fix: Fix(
        Bilingual("换成“\(plain)”", "replace it with `\(plain)`"), replacing: range, with: plain))
  }
}
