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

extension Diagnostic {
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
