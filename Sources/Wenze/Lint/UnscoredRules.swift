import WenzeSemantics
import WenzeSyntax

/// Finds the rules that a score sheet says nothing of, though its pack builds on theirs.
///
/// A sheet scores by what single documents show; rules over groups are none of its.
func findUnscoredRules(in subject: LintSubject) -> [LintFinding] {
  let ruleSet = subject.ruleSet
  return ruleSet.scoreSheets.compactMap { sheet in
    let scored = Set(sheet.codes)
    let codes = Set(
      ruleSet.rules.filter { rule in
        rule.dossier == sheet.dossier && rule.aggregation == nil && !rule.isDisabled
          && sheet.visiblePacks.contains(rule.pack) && !scored.contains(rule.code)
      }
      .map(\.code))
    guard !codes.isEmpty else { return nil }
    return LintFinding(.unscored(codes.sorted(), by: sheet), in: sheet.origin.source)
  }
}

/// Finds codes of score sheets that no rule has.
func findUnknownScoredCodes(in subject: LintSubject) -> [LintFinding] {
  let ruleSet = subject.ruleSet
  let known = Set(ruleSet.codes)
  return ruleSet.scoreSheets.compactMap { sheet in
    let codes = Set(sheet.codes + sheet.vetoes.flatMap(\.codes)).subtracting(known)
    guard !codes.isEmpty else { return nil }
    return LintFinding(.unknownCodes(codes.sorted(), of: sheet), in: sheet.origin.source)
  }
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

  fileprivate static func unscored(_ codes: [String], by sheet: ScoreSheet) -> Self {
    Diagnostic(
      "L0901", .warning,
      Bilingual(
        "评分表“\(sheet.name.chinese)”没有提到\(codes.joined(separator: "、"))",
        "the score sheet `\(sheet.name.english)` does not mention \(codes.joined(separator: ", "))"),
      at: sheet.origin.range,
      notes: [
        Bilingual(
          "归入一组；不想扣分的写“扣 0 因 \(codes[0])”",
          "put each into a group; `deduct 0 because \(codes[0])` takes nothing off")
      ])
  }
}
