import WenzeSemantics
import WenzeSyntax

/// Finds codes of score sheets that no rule has.
func findUnknownScoredCodes(in subject: LintSubject) -> [LintFinding] {
  let ruleSet = subject.ruleSet
  return ruleSet.scoreSheets.compactMap { sheet in
    unknownCodes(of: sheet, in: ruleSet).map { LintFinding($0, in: sheet.origin.source) }
  }
}

/// What to say of the codes of a score sheet that no rule has; nil where all have one.
func unknownCodes(of sheet: ScoreSheet, in ruleSet: RuleSet) -> Diagnostic? {
  let codes = Set(sheet.codes + sheet.vetoes.flatMap(\.codes)).subtracting(ruleSet.codes)
  return codes.isEmpty ? nil : .unknownCodes(codes.sorted(), of: sheet)
}

extension Diagnostic {
  fileprivate static func unknownCodes(_ codes: [String], of sheet: ScoreSheet) -> Self {
    Diagnostic(
      "L0902", .warning,
      Bilingual(
        "评分表“\(sheet.name.chinese)”提到的\(codes.joined(separator: "、"))没有规则",
        "no rule has the code \(codes.joined(separator: ", ")) of the score sheet `\(sheet.name.english)`"
      ),
      at: sheet.origin.range,
      notes: [
        Bilingual(
          "改正编号，或者加载有这些规则的包；现在它们不扣分",
          "correct the codes, or load the packs that have them; as it is they take nothing off")
      ])
  }
}
