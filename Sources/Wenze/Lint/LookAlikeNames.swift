import WenzeSyntax

/// Finds two names that differ only in characters that look alike.
///
/// All names of all packs are held against each other: a condition may use any of them where
/// another was meant.
func findLookAlikeNames(in subject: LintSubject) -> [LintFinding] {
  var seen: [String: (name: Identifier, source: Int)] = [:]
  var told: Set<String> = []
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    let identifiers =
      declaration.names.flatMap(\.identifiers) + [declaration.code].compactMap { $0 }
    return identifiers.compactMap { name in
      let skeleton = skeleton(of: name.text)
      guard let first = seen[skeleton] else {
        seen[skeleton] = (name, source)
        return nil
      }
      // What differs only in width is told as such.
      guard first.name.text != name.text, told.insert(name.text).inserted else { return nil }
      return LintFinding(
        .lookAlike(name, first.name, in: subject.path(of: first.source, seenFrom: source)),
        in: source)
    }
  }
}

/// What two texts have in common if they look alike.
private func skeleton(of text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { lookAlikes[$0] ?? $0 }))
}

/// The character for which each stands that looks like it.
///
/// Letters of other scripts that are drawn as Latin ones, digits that are drawn as letters,
/// Japanese syllables that are drawn as Chinese characters, and those Chinese characters that
/// differ only in the length of a stroke. After the confusables of Unicode (UTS #39), of which
/// these are the ones that keyboards in use here can produce.
private let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
  let groups = [
    "aаαａ", "bЬｂ", "cсϲｃ", "dԁｄ", "eеｅ", "fｆ", "gɡｇ", "hһｈ", "iіιｉ", "jјｊ", "kκｋ", "mｍ",
    "nｎ", "oоοｏ", "pрρｐ", "qԛｑ", "rｒ", "sѕｓ", "tｔ", "uυｕ", "vνѵｖ", "wԝｗ", "xхχｘ", "yуγｙ", "zｚ",
    "AАΑＡ", "BВΒＢ", "CСϹＣ", "DＤ", "EЕΕＥ", "FＦ", "GＧ", "HНΗＨ", "JЈＪ", "KКΚＫ", "LＬ", "MМΜＭ",
    "NΝＮ", "PРΡＰ", "QＱ", "RＲ", "SЅＳ", "TТΤＴ", "UＵ", "VＶ", "WＷ", "XХΧＸ", "YΥҮＹ", "ZΖＺ",
    "lI1ІΙӀｌＩ１|", "O0ОΟＯ０〇", "2２", "3３З", "4４", "5５", "6６", "7７", "8８", "9９", "_＿",
    "已己巳", "未末", "土士", "日曰", "人入", "戊戌戍", "干于", "市巿", "口囗ロ", "一ー⼀", "二ニ", "三ミ",
    "力カ", "夕タ", "卜ト", "工エ", "八ハ", "才オ", "千チ",
  ]
  var found: [Unicode.Scalar: Unicode.Scalar] = [:]
  for group in groups {
    let scalars = Array(group.unicodeScalars)
    for scalar in scalars { found[scalar] = scalars[0] }
  }
  return found
}()

extension Diagnostic {
  fileprivate static func lookAlike(
    _ name: Identifier, _ first: Identifier, in path: String?
  ) -> Self {
    let differing = zip(name.text.unicodeScalars, first.text.unicodeScalars)
      .filter { $0 != $1 }
      .map { "\($0.codePoint) – \($1.codePoint)" }
    return Diagnostic(
      "L0703", .warning,
      Bilingual(
        "“\(name.text)”与“\(first.text)”看上去一样，却不是同一个名称",
        "`\(name.text)` looks like `\(first.text)`, and is another name"),
      at: name.range, label: Bilingual(same: differing.joined(separator: ", ")),
      related: [Label(Bilingual("另一个在这里", "the other is here"), at: first.range, in: path)])
  }
}
