package import WenzeModel
package import WenzeSemantics

/// What rules say of documents, without why: for whoever compares rule sets.
package struct VerdictProbe {
  private let ruleSet: RuleSet
  private let options: CheckOptions
  private let rules: [Int]
  private let groups: GroupRun

  /// What one rule says of one element, or of one group.
  package struct Answer: Hashable, Sendable {
    package var code: String
    /// The number of the document among those that were asked about; nil: a group of them.
    package var document: Int?
    package var element: FieldPath?
    package var group: [Value]?
    package var verdict: Verdict
  }

  /// A probe of the rules of some codes.
  package init(ruleSet: RuleSet, codes: Set<String>, today: CalendarDate) {
    self.ruleSet = ruleSet
    options = CheckOptions(today: today, only: codes)
    rules = ruleSet.rules.indices.filter { [options] number in
      ruleSet.rules[number].aggregation == nil && options.runs(ruleSet.rules[number])
    }
    groups = GroupRun(ruleSet: ruleSet, options: options)
  }

  /// The answers on documents that belong together.
  package func answers(on documents: [Document]) -> Set<Answer> {
    var surroundings = Surroundings(groups: groups)
    var answers: Set<Answer> = []
    for (number, document) in documents.enumerated() {
      answers.formUnion(self.answers(on: document, number: number))
      add(document, to: &surroundings.groups)
    }
    return answers.union(self.answers(of: surroundings.groups))
  }

  /// Documents that another one is judged among.
  package struct Surroundings {
    fileprivate var groups: GroupRun
  }

  /// What groups collect of documents is collected once, for whoever tries out many others among them.
  package func surroundings(of documents: [Document]) -> Surroundings {
    var surroundings = Surroundings(groups: groups)
    for document in documents { add(document, to: &surroundings.groups) }
    return surroundings
  }

  /// The answers on one document, and on the groups that it makes with others.
  package func answers(on document: Document, among surroundings: Surroundings) -> Set<Answer> {
    var groups = surroundings.groups
    add(document, to: &groups)
    return answers(of: groups).union(answers(on: document, number: 0))
  }

  private func add(_ document: Document, to groups: inout GroupRun) {
    groups.add(
      document, at: DocumentReference(id: document.id, path: "", line: 1, column: 1))
  }

  private func answers(of groups: GroupRun) -> Set<Answer> {
    Set(
      groups.findings { _ in true }.map { finding in
        Answer(
          code: ruleSet.rules[finding.rule].code, document: nil, element: finding.element,
          group: finding.key.map(\.value), verdict: finding.verdict)
      })
  }

  /// The rules of one code are one rule: the strongest of their verdicts counts.
  private func answers(on document: Document, number: Int) -> [Answer] {
    var judge = Judge(ruleSet: ruleSet, document: document, today: options.today)
    var verdicts: [Answer: Set<Verdict>] = [:]
    for index in rules where ruleSet.rules[index].dossier == document.dossier {
      for (element, verdict) in judge.verdicts(of: index) {
        let place = Answer(
          code: ruleSet.rules[index].code, document: number, element: element, group: nil,
          verdict: .notApplicable)
        verdicts[place, default: []].insert(verdict)
      }
    }
    return verdicts.map { place, verdicts in
      var answer = place
      answer.verdict = .strongest(of: verdicts) ?? .notApplicable
      return answer
    }
  }
}
