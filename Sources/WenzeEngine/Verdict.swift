package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// What a rule says of a document, or of one element of it.
package enum Verdict: String, Hashable, Sendable, CaseIterable, Codable {
  case violation
  case undetermined
  case compliant
  case notApplicable = "not_applicable"

  package var name: Bilingual {
    switch self {
    case .violation: Bilingual("违规", "violation")
    case .undetermined: Bilingual("存疑", "undetermined")
    case .compliant: Bilingual("合规", "compliant")
    case .notApplicable: Bilingual("不适用", "not applicable")
    }
  }

  /// What several declarations of one rule come to together.
  static func strongest(of verdicts: Set<Verdict>) -> Verdict? {
    allCases.first { verdicts.contains($0) }
  }

  /// The verdict of a rule with F = A 且 非 E 且 非 R.
  ///
  /// - Parameters:
  ///   - applies: A, the law is in force and the rule applies.
  ///   - excepted: E, some exception holds.
  ///   - satisfied: R, the requirement is met.
  package init(applies: Truth, excepted: Truth, satisfied: Truth) {
    switch applies && !excepted && !satisfied {
    case .yes: self = .violation
    case .unknown: self = .undetermined
    case .no: self = applies == .yes && excepted == .no ? .compliant : .notApplicable
    }
  }
}

/// A rule that a document fails, or that its file does not let be decided, with law and facts.
package struct Finding: Hashable, Sendable {
  /// The number of the rule in the rule set.
  package var rule: Int
  package var verdict: Verdict
  /// The element that it is about; nil: the document.
  package var element: FieldPath?
  /// Where in the source the reader should look.
  package var place: SourceRange
  package var message: Bilingual
  package var fix: Bilingual?
  /// The facts on which a violation rests; never empty for one.
  package var evidence: [EvidenceFact]
  /// The part of the evidence that did nothing but choose the law.
  package var dates: Set<FieldPath>
  /// The facts that would decide an undetermined one; never empty for one.
  package var missing: [FieldPath]
  package var waiver: Waiver?
}

/// What all rules say of one document.
package struct DocumentResult: Sendable {
  package var document: Document
  /// Whether the law was chosen by the date of the run.
  package var usedRunDate: Bool
  /// In the order of place, then code.
  package var findings: [Finding]
  /// One for each code and element.
  package var verdicts: [RuleVerdict]
  /// What is wrong with the document's waivers.
  package var diagnostics: [Diagnostic]
  /// Masks the names of persons in what is said of the document.
  package var mask: NameMask
}

/// The verdict of the rules of one code on a document or one of its elements.
package struct RuleVerdict: Hashable, Sendable {
  package var code: String
  /// The number of the rule that decided.
  package var rule: Int
  package var element: FieldPath?
  package var verdict: Verdict
  package var missing: [FieldPath]
}
