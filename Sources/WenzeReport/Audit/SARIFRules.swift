import WenzeSemantics
import WenzeSyntax

/// The rules as SARIF describes them: one descriptor a code, though several rules may have it that
/// follow the law of different days.
struct SARIFRules: Sendable {
  private let ruleSet: RuleSet
  private var codes: [String] = []
  private var rulesByCode: [String: [Int]] = [:]
  private var indices: [String: Int] = [:]

  init(_ ruleSet: RuleSet) {
    self.ruleSet = ruleSet
    for (number, rule) in ruleSet.rules.enumerated() {
      rulesByCode[rule.code, default: []].append(number)
    }
    codes = rulesByCode.keys.sorted()
    for (index, code) in codes.enumerated() { indices[code] = index }
  }

  func index(of code: String) -> Int { indices[code] ?? -1 }

  /// A descriptor a code; a translation has its texts alone.
  func descriptors(in language: Language, isTranslation: Bool = false) -> [JSONValue] {
    codes.map { code in
      descriptor(of: (rulesByCode[code] ?? []).map { ruleSet.rules[$0] }, language, isTranslation)
    }
  }

  private func descriptor(
    of rules: [Rule], _ language: Language, _ isTranslation: Bool
  ) -> JSONValue {
    guard let rule = rules.first else { return .null }
    let title = rule.name[language].replacing("_", with: " ")
    var documentation: [String] = []
    for text in rules.compactMap({ $0.documentation?[language] })
    where !documentation.contains(text) {
      documentation.append(text)
    }
    if documentation.isEmpty { documentation = [title] }
    let laws = self.laws(of: rules, language)
    let (lawTitle, colon, more) =
      language == .chinese ? ("依据", "：", "详见") : ("Law", ": ", "More")
    let plain =
      documentation + [laws.isEmpty ? nil : lawTitle + colon + laws].compactMap { $0 }
      + ["\(more)\(colon)wenze explain \(rule.code)"]
    let markdown =
      documentation.map(escapedMarkdown)
      + [laws.isEmpty ? nil : "**\(lawTitle)**\(colon)\(escapedMarkdown(laws))"].compactMap { $0 }
      + ["\(more)\(colon)`wenze explain \(rule.code)`"]
    var fields: [(String, JSONValue)] = [
      ("id", .text(rule.code)), ("name", .text(rule.name[language])),
      ("shortDescription", ["text": .text(title)]),
      ("fullDescription", ["text": .text(documentation.joined(separator: "\n"))]),
      (
        "help",
        [
          "text": .text(plain.joined(separator: "\n")),
          "markdown": .text(markdown.joined(separator: "\n\n")),
        ]
      ),
    ]
    if !isTranslation {
      fields.append(
        (
          "defaultConfiguration",
          [
            "enabled": .boolean(!rules.allSatisfy(\.isDisabled)),
            "level": .text(rule.severity.name.english),
          ]
        ))
      fields.append(("properties", ["tags": [.text(ruleSet.packs[rule.pack].name.english)]]))
    }
    return .object(fields)
  }

  /// The provisions of all rules of a code, each once.
  private func laws(of rules: [Rule], _ language: Language) -> String {
    var citations: [Citation] = []
    for citation in rules.flatMap(\.citations) where !citations.contains(citation) {
      citations.append(citation)
    }
    return ruleSet.text(of: citations, in: language)
  }
}
