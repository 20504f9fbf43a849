package import WenzeEngine

/// Documents of which a rule set and a mutant of it do not say the same.
package struct KillingCase: Hashable, Sendable {
  /// The test that would notice, in the language: with the verdict of the rule set as it is.
  package var test: String
  package var code: String
  /// What the rule set says.
  package var verdict: Verdict
  /// What the mutant says.
  package var mutantVerdict: Verdict
}
