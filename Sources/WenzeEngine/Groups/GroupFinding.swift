package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// What a rule says of a group, or of one element against its group.
package struct GroupFinding: Sendable {
  /// The number of the rule in the rule set.
  package var rule: Int
  package var verdict: Verdict
  package var key: [Figure]
  package var figures: [Figure]
  /// How many elements the group has.
  package var size: Int
  /// Of how many elements it is not recorded whether, or to which group of the rule, they belong.
  package var leftOut: Int
  /// The documents of the group, sorted; of an element, its own.
  package var documents: [DocumentReference]
  /// What stands beside the group; nil where the rule holds its groups against nothing.
  package var beside: Beside?
  package var element: FieldPath?
  package var isOfElement: Bool
  package var message: Bilingual
  package var fix: Bilingual?
  /// Masks the names of persons in what is said of the group.
  package var mask: NameMask

  /// The elements that a group is held against.
  package struct Beside: Hashable, Sendable {
    /// The number of the dossier's record.
    package var dossier: Int
    /// Whether the run had any document of the dossier.
    package var isLoaded: Bool
    /// How many elements there are.
    package var size: Int
    /// Of how many elements it is not recorded whether, or beside which group, they stand.
    package var leftOut: Int
    /// The documents that have them, sorted; of more than ``namedDocuments`` those that were read
    /// first: what stands beside may be the whole corpus.
    package var documents: [DocumentReference]
    /// How many documents have them.
    package var documentCount: Int

    /// How many documents are named at most.
    static let namedDocuments = 100
  }

  /// A part of the key, or a figure.
  package struct Figure: Hashable, Sendable {
    package var name: Bilingual
    package var value: Value
    /// Whether it is read as a percentage.
    package var isShare = false
    /// How many elements of the group do not record what it is made of.
    package var leftOut = 0
  }
}

extension GroupRun {
  /// What the rules say of the groups, in the order of codes, then keys, then documents.
  package func findings(
    where isWanted: (Verdict) -> Bool = { $0 == .violation || $0 == .undetermined }
  ) -> [GroupFinding] {
    rules.flatMap { findings(of: $0, where: isWanted) }
  }

  /// The rules over groups, by their numbers in the rule set, in the order of their codes.
  package var rules: [Int] {
    plan.rules.sorted { ($0.rule.code, $0.number) < ($1.rule.code, $1.number) }.map(\.number)
  }

  /// What a rule says of the groups, in the order of keys, then documents.
  ///
  /// The closure is called for each verdict, and says whether that is worth a finding.
  package func findings(
    of number: Int, where isWanted: (Verdict) -> Bool
  ) -> [GroupFinding] {
    guard let rule = plan.rules.first(where: { $0.number == number }),
      let judgement = GroupJudgement(of: rule, in: self)
    else { return [] }
    return judgement.findings(where: isWanted)
  }
}

extension GroupFinding {
  /// The key as a sentence has it: `机关：市纪委，年：2023`.
  package func keyText(in ruleSet: RuleSet) -> Bilingual {
    func text(_ language: Language) -> String {
      key.map { part in
        part.name[language] + (language == .chinese ? "：" : ": ")
          + ruleSet.text(of: part.value, in: language)
      }
      .joined(separator: language == .chinese ? "，" : ", ")
    }
    return Bilingual(text(.chinese), text(.english))
  }
}
