import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The rule set and its mutant, to be asked of the same documents.
struct ProbePair {
  let ruleSet: RuleSet
  let original: VerdictProbe
  let mutated: VerdictProbe
  let today: CalendarDate
  /// The date that a test has to name; nil: that of tests that name none.
  let named: CalendarDate?

  init(_ search: KillerSearch, today: CalendarDate, named: CalendarDate? = nil) {
    ruleSet = search.ruleSet
    self.today = today
    self.named = named
    let codes = search.mutant.codes
    original = VerdictProbe(ruleSet: ruleSet, codes: codes, today: today)
    mutated = VerdictProbe(
      ruleSet: ruleSet.replacing(search.mutant.replacements), codes: codes, today: today)
  }

  init?(_ search: KillerSearch, _ test: PreparedTest) {
    guard let today = test.test.today ?? RuleSet.testDate else { return nil }
    self.init(search, today: today, named: test.test.today)
  }

  /// Documents of which one is changed.
  struct Trial {
    let pair: ProbePair
    var documents: [Document]
    let index: Int
    let original: VerdictProbe.Surroundings
    let mutated: VerdictProbe.Surroundings

    /// What tells the two apart once a document stands in the place of one.
    func killingCase(with document: Document) -> KillingCase? {
      guard
        pair.original.answers(on: document, among: original)
          != pair.mutated.answers(on: document, among: mutated)
      else { return nil }
      var documents = documents
      documents[index] = document
      return pair.killingCase(documents)
    }
  }

  func trial(among documents: [Document], at index: Int) -> Trial {
    var others = documents
    others.remove(at: index)
    return Trial(
      pair: self, documents: documents, index: index,
      original: original.surroundings(of: others), mutated: mutated.surroundings(of: others))
  }

  /// What tells the two apart in documents, as they read once they are written down.
  func killingCase(_ documents: [Document]) -> KillingCase? {
    guard original.answers(on: documents) != mutated.answers(on: documents) else { return nil }
    let texts = documents.map { ruleSet.caseText(of: $0) }
    let written = texts.compactMap { ruleSet.document(written: $0) }
    guard written.count == documents.count else { return nil }
    let (first, second) = (original.answers(on: written), mutated.answers(on: written))
    let told = first.symmetricDifference(second).map(Place.init)
    guard let place = Set(told).min(by: { $0.text(in: ruleSet) < $1.text(in: ruleSet) }) else {
      return nil
    }
    func verdict(_ answers: Set<VerdictProbe.Answer>) -> Verdict {
      answers.first { Place($0) == place }?.verdict ?? .notApplicable
    }
    return KillingCase(
      test: testText(texts, place, verdict(first)), code: place.code, verdict: verdict(first),
      mutantVerdict: verdict(second))
  }

  private func testText(_ texts: [String], _ place: Place, _ verdict: Verdict) -> String {
    var lines = ["测试 \"\" {"]
    if let named { lines.append("    今天 " + named.text(in: .english)) }
    for line in texts.flatMap({ $0.split(separator: "\n") }) { lines.append("    " + line) }
    lines.append("    期望 " + place.code + " " + verdict.name.chinese + place.text(in: ruleSet))
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// What an answer is about.
  private struct Place: Hashable {
    var code: String
    var document: Int?
    var element: FieldPath?
    var group: [Value]?

    init(_ answer: VerdictProbe.Answer) {
      (code, document) = (answer.code, answer.document)
      (element, group) = (answer.element, answer.group)
    }

    /// As an expectation names it.
    func text(in ruleSet: RuleSet) -> String {
      let dossier = ruleSet.rules.first { $0.code == code }?.dossier ?? 0
      if let group {
        let words = group.map { value in
          if case .integer(let number) = value { return "\(number)" }
          return "\"" + ruleSet.text(of: value, in: .chinese) + "\""
        }
        return group.isEmpty ? "" : " 于 (" + words.joined(separator: ", ") + ")"
      }
      return element.map { " 于 " + ruleSet.text(of: $0, from: dossier, in: .chinese) } ?? ""
    }
  }
}
