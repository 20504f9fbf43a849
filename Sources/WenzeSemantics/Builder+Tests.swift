import WenzeModel
package import WenzeSyntax

// Tests are checked with the rules, so that a wrong code or path is told before any is run.

extension RuleSetBuilder {
  mutating func declareTest(_ declaration: Declaration, in site: DeclarationSite) {
    switch declaration {
    case .test(let syntax): lowerTest(syntax, at: site)
    case .document(let syntax): report(.documentInPack(syntax.dossier), in: site.source)
    default: return
    }
  }

  private mutating func lowerTest(_ syntax: TestDeclaration, at site: DeclarationSite) {
    if syntax.expectations.isEmpty {
      report(.testWithoutExpectation(syntax.title), in: site.source)
    }
    if syntax.documents.isEmpty { report(.testWithoutDocument(syntax.title), in: site.source) }
    for document in syntax.documents { useEntries(in: document) }
    var expectations: [RuleTest.Expectation] = []
    for expectation in syntax.expectations {
      let origin = Origin(source: site.source, range: expectation.range)
      switch expectation.kind {
      case .only(let codes):
        for code in codes where !ruleSet.rules.contains(where: { $0.code == code.text }) {
          reportUnknownCode(code, at: site)
        }
        expectations.append(
          RuleTest.Expectation(kind: .only(codes.map(\.text)), origin: origin))
      case .verdict(let code, let verdict, let element, let group, let missing):
        let rules = ruleSet.rules.filter { $0.code == code.text }
        let judgesGroups = group != nil
        guard
          let rule = rules.first(where: { !judgesGroups || $0.aggregation != nil }) ?? rules.first
        else {
          reportUnknownCode(code, at: site)
          continue
        }
        checkGroup(group, of: rule, at: expectation.range, at: site)
        expectations.append(
          RuleTest.Expectation(
            kind: .verdict(
              code: code.text, verdict,
              element: element.flatMap { resolve($0, from: rule.dossier, at: site) },
              group: group.map { $0.map(\.keyText) },
              missing: missing.map { paths in
                Set(paths.compactMap { resolve($0, from: rule.dossier, at: site) })
              }), origin: origin))
      }
    }
    ruleSet.tests.append(
      RuleTest(
        title: syntax.title.value, pack: site.pack, today: date(syntax.today, at: site),
        documents: syntax.documents.map(WrittenDocument.init), expectations: expectations,
        origin: Origin(source: site.source, range: syntax.title.range)))
  }

  /// Reports a key that groups of a rule cannot have.
  private mutating func checkGroup(
    _ group: [ValueSyntax]?, of rule: Rule, at range: SourceRange, at site: DeclarationSite
  ) {
    guard let group else { return }
    let count = rule.aggregation?.keys.count
    if count != group.count {
      report(.wrongGroupKey(rule.code, wanted: count, at: range), in: site.source)
    }
  }

  /// Finds the fields of a path; nil after saying which there is not.
  private mutating func resolve(
    _ path: PathSyntax, from record: Int, at site: DeclarationSite
  ) -> FieldPath? {
    switch ruleSet.resolve(path, from: record) {
    case .success(let path): return path
    case .failure(let unknown):
      report(
        .unknownName(
          unknown.name, what: Bilingual("字段", "a field"), known: unknown.candidates),
        in: site.source)
      return nil
    }
  }
}

extension ValueSyntax {
  /// The value as a report would write it.
  fileprivate var keyText: String {
    switch kind {
    case .text(let text), .word(let text): text
    case .list, .record, .missing: ""
    }
  }
}

/// A step of a path that names no field.
package struct UnknownField: Error {
  package var name: Identifier
  package var candidates: [String]
}

extension RuleSet {
  /// Finds the fields of a path that an author wrote.
  package func resolve(
    _ path: PathSyntax, from record: Int
  ) -> Result<FieldPath, UnknownField> {
    var type = ValueType.record(record)
    var steps: [FieldPath.Step] = []
    for step in path.steps {
      switch step {
      case .index(let index):
        steps.append(.index(index))
        type = type.element ?? .unknown
      case .field(let name):
        if case .list(let element) = type { type = element }
        guard case .record(let record) = type else {
          return .failure(UnknownField(name: name, candidates: []))
        }
        guard let number = records[record].bySpelling[name.text] else {
          return .failure(
            UnknownField(name: name, candidates: records[record].bySpelling.keys.sorted()))
        }
        steps.append(.field(number))
        type = records[record].fields[number].type
      }
    }
    return .success(FieldPath(steps))
  }
}

extension Diagnostic {
  fileprivate static func testWithoutExpectation(_ title: TextLiteral) -> Self {
    Diagnostic(
      "E0506", .error,
      Bilingual("测试“\(title.value)”没有“期望”", "the test `\(title.value)` expects nothing"),
      at: title.range)
  }

  fileprivate static func testWithoutDocument(_ title: TextLiteral) -> Self {
    Diagnostic(
      "E0507", .error,
      Bilingual("测试“\(title.value)”没有文书", "the test `\(title.value)` has no document"),
      at: title.range)
  }

  fileprivate static func wrongGroupKey(
    _ code: String, wanted: Int?, at range: SourceRange
  ) -> Self {
    let message =
      wanted.map { count in
        Bilingual(
          "“\(code)”的组由\(count)个值区分", "groups of `\(code)` are told apart by \(count) values")
      } ?? Bilingual("“\(code)”不是统计，没有组", "`\(code)` is no aggregate and has no groups")
    return Diagnostic("E0509", .error, message, at: range)
  }

  fileprivate static func documentInPack(_ dossier: Identifier) -> Self {
    Diagnostic(
      "E0508", .error,
      Bilingual(
        "规则包里不放文书“\(dossier.text)”", "a pack holds no documents such as this `\(dossier.text)`"),
      at: dossier.range,
      notes: [
        Bilingual(
          "放进“测试”里，或者用 wenze check 检查的文件里", "put it into a `test`, or into a file for `wenze check`"
        )
      ])
  }
}
