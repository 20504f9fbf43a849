package import WenzeSemantics
package import WenzeSyntax

/// A minimal pack to change: what it needs at its head, a law, a rule, and a test for each verdict.
///
/// The rule asks of a text of the dossier only that it is no placeholder, since the program knows
/// no law.
package struct PackSkeleton: Sendable {
  package let text: String

  /// - Parameters:
  ///   - name: what the pack is called.
  ///   - ruleSet: the packs that it stands beside.
  ///   - language: that of its comments.
  /// - Throws: why there can be no such pack.
  package init(
    name: Bilingual, ruleSet: RuleSet, language: Language
  ) throws(PackSkeletonError) {
    for word in [name.chinese, name.english]
    where ruleSet.packs.contains(where: { [$0.name.chinese, $0.name.english].contains(word) }) {
      throw .isTaken(word)
    }
    guard let dossier = ruleSet.preferredDossier(among: ruleSet.dossiers) else { throw .noDossier }
    let record = ruleSet.records[dossier]
    guard let key = record.dossier?.key,
      let field = record.fields.indices
        .first(where: {
          $0 != key && record.fields[$0].type == .text && !record.fields[$0].isPersonal
        }),
      let schema = ruleSet.packs.first(where: { $0.sources.contains(record.origin.source) })
    else { throw .noDossier }
    let codes = Set(ruleSet.codes)
    let code =
      (1...).lazy.map { "LOC\($0 < 10 ? "00" : $0 < 100 ? "0" : "")\($0)" }
      .first { !codes.contains($0) } ?? "LOC001"
    let asked = record.fields[field].name
    let plain = asked.english.replacing("_", with: " ")
    let id = record.fields[key].name.chinese
    func say(_ chinese: String, _ english: String) -> String {
      language == .chinese ? chinese : english
    }
    func test(_ title: String, _ number: Int, _ value: String?, _ verdict: String) -> String {
      let fact = value.map { "  \(asked.chinese): \"\($0)\"" } ?? ""
      return """
        测试 "\(title)" {
            \(record.name.chinese) { \(id): "\(number)"\(fact) }
            期望 \(code) \(verdict)
        }

        """
    }
    text = """
      // \(say("规则包“\(name.chinese)”。法规、规则和测试都是示例：改成要查的。", "The pack `\(name.english)`. Its law, rule and tests are an example: change them to what is to be checked."))
      // \(say("语言见手册 Language.md；改后运行 wenze test 和 wenze lint。", "The language is described in Language.md; run wenze test and wenze lint after a change."))

      规则包 \(name.chinese) / \(name.english) {
          版本 "0.1.0"
          依赖 \(schema.name.chinese)
          档案 \(record.name.chinese)
      }

      法规 \(name.chinese)的依据 / basis_of_\(name.english) {
          标题 "\(name.chinese)的依据" / "Basis of \(name.english.replacing("_", with: " "))"
          种类 参考
      }

      规则 \(code) \(asked.chinese)没有写定 / \(asked.english)_is_a_placeholder {
          依据 \(name.chinese)的依据
          应当 \(asked.chinese) ≠ "待定"
          提示 "\(asked.chinese)还是“{\(asked.chinese)}”" / "the \(plain) is still “{\(asked.english)}”"
          整改 "写明\(asked.chinese)" / "write the \(plain)"
          说明 "示例：\(asked.chinese)应当写定" / "An example: the \(plain) has to be written"
      }

      \(test("\(asked.chinese)待定", 1, "待定", "违规"))
      \(test("\(asked.chinese)已经写定", 2, "某事", "合规"))
      \(test("没有记载\(asked.chinese)", 3, nil, "存疑 缺 \(asked.chinese)"))
      """
    let parsed = parse(Source(path: "pack.wz", text: text))
    guard parsed.diagnostics.isEmpty, case .pack(let header)? = parsed.declarations.first,
      header.name.text == name
    else { throw .isNoName(name) }
  }
}

/// Why there can be no such pack.
package enum PackSkeletonError: Error, Hashable, Sendable {
  case isTaken(String)
  case isNoName(Bilingual)
  /// The packs describe no document with a key and a text.
  case noDossier
}
