package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// The outcome of one test of a pack.
package struct TestOutcome: Sendable {
  package var test: RuleTest
  /// What did not come as expected; empty where the test passes.
  package var failures: [Failure]

  package struct Failure: Sendable {
    package var origin: Origin
    package var message: Bilingual
    /// How the verdict came about.
    package var judgements: [Judgement]
  }
}

extension RuleSet {
  /// The date of a test that names none, so that tests say the same on every day.
  package static var testDate: CalendarDate? { CalendarDate(year: 2025, month: 1, day: 1) }

  /// Runs one test.
  package func run(_ test: RuleTest) -> TestOutcome {
    let (prepared, problems) = prepare(test)
    var outcome = run(prepared)
    outcome.failures.insert(contentsOf: problems, at: 0)
    return outcome
  }

  /// Reads the documents of a test.
  ///
  /// - Returns: the test with what could be read, and what is wrong with the rest.
  package func prepare(_ test: RuleTest) -> (PreparedTest, [TestOutcome.Failure]) {
    var prepared = PreparedTest(test: test, documents: [])
    var problems: [TestOutcome.Failure] = []
    for written in test.documents {
      let (document, diagnostics) = decode(written)
      for diagnostic in diagnostics {
        problems.append(
          TestOutcome.Failure(
            origin: Origin(
              source: test.origin.source, range: diagnostic.range ?? test.origin.range),
            message: diagnostic.message, judgements: []))
      }
      if let document { prepared.documents.append(document) }
    }
    return (prepared, problems)
  }

  /// Runs a test whose documents are read.
  ///
  /// - Parameters:
  ///   - prepared: the test.
  ///   - codes: the only codes to judge by: what is expected of others is passed over. Nil: all.
  /// - Returns: what did not come as expected.
  package func run(_ prepared: PreparedTest, judging codes: Set<String>? = nil) -> TestOutcome {
    let test = prepared.test
    var outcome = TestOutcome(test: test, failures: [])
    guard let today = test.today ?? RuleSet.testDate else { return outcome }
    let expectations = test.expectations.compactMap { $0.about(codes) }
    let asked = test.codes.map { codes?.intersection($0) ?? $0 } ?? codes
    let options = CheckOptions(today: today, only: asked)
    let plan = CheckPlan(self, options)
    var results: [DocumentResult] = []
    var groupRun = GroupRun(ruleSet: self, options: options)
    for document in prepared.documents {
      results.append(plan.check(document))
      groupRun.add(document, at: DocumentReference(document, in: sources[test.origin.source]))
    }
    let groups = groupRun.findings { _ in true }
    for expectation in expectations {
      if let failure = failure(of: expectation, in: results, groups, today: today) {
        outcome.failures.append(failure)
      }
    }
    return outcome
  }

  private func failure(
    of expectation: RuleTest.Expectation, in results: [DocumentResult], _ groups: [GroupFinding],
    today: CalendarDate
  ) -> TestOutcome.Failure? {
    switch expectation.kind {
    case .only(let codes):
      let violated = Set(
        results.flatMap(\.verdicts).filter { $0.verdict == .violation }.map(\.code)
          + groups.filter { $0.verdict == .violation }.map { rules[$0.rule].code })
      guard violated != Set(codes) else { return nil }
      let unexpected = violated.subtracting(codes).sorted()
      let absent = Set(codes).subtracting(violated).sorted()
      return TestOutcome.Failure(
        origin: expectation.origin,
        message: Bilingual(
          "违规的规则不符：多出[\(unexpected.joined(separator: "、"))]，缺少[\(absent.joined(separator: "、"))]",
          "violated rules differ: unexpected [\(unexpected.joined(separator: ", "))], absent [\(absent.joined(separator: ", "))]"
        ),
        judgements: results.flatMap { result in
          (unexpected + absent).flatMap { explain($0, in: result.document, today: today) }
        })
    case .verdict(let code, let expected, let element, let group, let missing):
      // A key is that of a group, whatever a rule of the same code says of single documents.
      let verdicts = (group == nil ? results.flatMap(\.verdicts) : [])
        .filter { $0.code == code && (element == nil || $0.element == element) }
      let groups = groups.filter { finding in
        rules[finding.rule].code == code && group.map { finding.hasKey($0, in: self) } ?? true
          && (element == nil || finding.element == element)
      }
      let actual =
        Verdict.strongest(of: Set(verdicts.map(\.verdict) + groups.map(\.verdict)))
        ?? .notApplicable
      func fail(_ message: Bilingual) -> TestOutcome.Failure {
        TestOutcome.Failure(
          origin: expectation.origin, message: message,
          judgements: results.flatMap { explain(code, in: $0.document, today: today) }
            .filter { element == nil || $0.element == element })
      }
      guard actual == expected.verdict else {
        return fail(
          Bilingual(
            "\(code)：期望\(expected.verdict.name.chinese)，实际\(actual.name.chinese)"
              + groups.map { "\n\(text(of: $0, in: .chinese))" }.joined(),
            "\(code): expected \(expected.verdict.name.english), got \(actual.name.english)"
              + groups.map { "\n\(text(of: $0, in: .english))" }.joined()))
      }
      let reported = Set(verdicts.filter { $0.verdict == actual }.flatMap(\.missing))
      guard let missing, missing != reported else { return nil }
      let dossier = rules.first { $0.code == code }?.dossier ?? 0
      func list(_ paths: Set<FieldPath>, _ language: Language) -> String {
        paths.map { text(of: $0, from: dossier, in: language) }.sorted()
          .joined(separator: language == .chinese ? "、" : ", ")
      }
      return fail(
        Bilingual(
          "\(code)：期望缺\(list(missing, .chinese))，实际缺\(list(reported, .chinese))",
          "\(code): expected missing \(list(missing, .english)), got \(list(reported, .english))"))
    }
  }
}

extension RuleTest.Expectation {
  /// What is expected of some codes; nil where nothing is.
  fileprivate func about(_ codes: Set<String>?) -> Self? {
    guard let codes else { return self }
    switch kind {
    case .verdict(let code, _, _, _, _): return codes.contains(code) ? self : nil
    case .only(let violated):
      var expectation = self
      expectation.kind = .only(violated.filter(codes.contains))
      return expectation
    }
  }
}

extension RuleTest {
  /// The codes that the test is about; nil where it says that nothing else is violated.
  package var codes: Set<String>? {
    var codes: Set<String> = []
    for expectation in expectations {
      switch expectation.kind {
      case .only: return nil
      case .verdict(let code, _, _, _, _): codes.insert(code)
      }
    }
    return codes
  }
}

extension RuleSet {
  /// A group on one line: its verdict, key and figures.
  private func text(of finding: GroupFinding, in language: Language) -> String {
    let figures = finding.figures.map { figure in
      "\(figure.name[language]) \(text(of: figure.value, in: language))"
    }
    return "  "
      + ([finding.verdict.name[language], finding.keyText(in: self)[language]] + figures)
      .filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

extension GroupFinding {
  /// Whether the key reads so, in either language.
  fileprivate func hasKey(_ words: [String], in ruleSet: RuleSet) -> Bool {
    key.count == words.count
      && zip(key, words).allSatisfy { part, word in
        Language.allCases.contains { ruleSet.text(of: part.value, in: $0) == word }
      }
  }
}

extension TestDeclaration.VerdictSyntax {
  fileprivate var verdict: Verdict {
    switch self {
    case .violation: .violation
    case .undetermined: .undetermined
    case .compliant: .compliant
    case .notApplicable: .notApplicable
    }
  }
}
