import WenzeSyntax

/// Finds two names that differ only in characters that look alike.
///
/// All names of all packs are held against each other: a condition may use any of them where
/// another was meant.
func findLookAlikeNames(in subject: LintSubject) -> [LintFinding] {
  var seen: [String: (name: Identifier, source: Int)] = [:]
  var told: Set<String> = []
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    let identifiers =
      declaration.names.flatMap(\.identifiers) + [declaration.code].compactMap { $0 }
    return identifiers.compactMap { name in
      let skeleton = skeleton(of: name.text)
      guard let first = seen[skeleton] else {
        seen[skeleton] = (name, source)
        return nil
      }
      // What differs only in width is told as such.
      guard first.name.text != name.text, told.insert(name.text).inserted else { return nil }
      return LintFinding(
        .lookAlike(name, first.name, in: subject.path(of: first.source, seenFrom: source)),
        in: source)
    }
  }
}

extension Diagnostic {
  fileprivate static func lookAlike(
    _ name: Identifier, _ first: Identifier, in path: String?
  ) -> Self {
    let (one, other) = (name.text.unicodeScalars, first.text.unicodeScalars)
    let differing =
      one.count == other.count
      ? zip(one, other).filter { $0 != $1 }.map { "\($0.codePoint) – \($1.codePoint)" } : []
    return Diagnostic(
      "L0703", .warning,
      Bilingual(
        "“\(name.text)”与“\(first.text)”看上去一样，却不是同一个名称",
        "`\(name.text)` looks like `\(first.text)`, and is another name"),
      at: name.range,
      label: differing.isEmpty ? nil : Bilingual(same: differing.joined(separator: ", ")),
      related: [Label(Bilingual("另一个在这里", "the other is here"), at: first.range, in: path)])
  }
}
