import WenzeModel
package import WenzeSemantics

/// Which rules a run asks of a document of each dossier: worked out once, not for each document.
package struct CheckPlan: Sendable {
  package let ruleSet: RuleSet
  let today: CalendarDate
  /// For each dossier, the numbers of the rules of each code, which are one rule to the user.
  private let rules: [[String: [Int]]]
  /// For each dossier, its codes, sorted.
  private let codes: [[String]]

  package init(_ ruleSet: RuleSet, _ options: CheckOptions) {
    self.ruleSet = ruleSet
    today = options.today
    var rules: [[String: [Int]]] = ruleSet.records.map { _ in [:] }
    for (number, rule) in ruleSet.rules.enumerated()
    where rule.aggregation == nil && options.runs(rule) {
      rules[rule.dossier][rule.code, default: []].append(number)
    }
    self.rules = rules
    codes = rules.map { $0.keys.sorted() }
  }

  /// The rules of a code for documents of a dossier, if the code is run.
  func rules(of code: String, for dossier: Int) -> [Int]? { rules[dossier][code] }

  /// The codes to ask of a document of a dossier, sorted.
  func codes(for dossier: Int, among chosen: Set<String>?) -> [String] {
    chosen?.sorted() ?? codes[dossier]
  }

  /// Checks one document against the rules of its dossier.
  ///
  /// - Parameters:
  ///   - document: the document.
  ///   - chosen: the only codes to ask; nil: all.
  ///   - tellsUndetermined: whether what a file lets nobody decide becomes a finding. A verdict it is
  ///     in any case.
  /// - Returns: the verdicts, and what they rest on where there is something to tell.
  package func check(
    _ document: Document, only chosen: Set<String>? = nil, tellsUndetermined: Bool = true
  ) -> DocumentResult {
    var check = DocumentCheck(self, document, tellsUndetermined: tellsUndetermined)
    return check.run(only: chosen)
  }
}
