import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// The laws that rules rest on, and what the rules check of each.
package struct LawsReport: Sendable {
  let ruleSet: RuleSet
  let language: Language
  /// The numbers of the laws to tell of.
  let laws: [Int]

  package init(ruleSet: RuleSet, language: Language, laws: [Int]) {
    self.ruleSet = ruleSet
    self.language = language
    self.laws = laws
  }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }
}

// MARK: - The list

extension LawsReport {
  /// A paragraph for each law: its names, when it is in force, how many rules cite it.
  package var text: String {
    laws.map { law in
      let codes = Set(
        ruleSet.rules.filter { $0.citations.contains { $0.law == law } }.map(\.code))
      return heading(of: law) + "\n    "
        + say("\(codes.count)条规则引用", "cited by \(codes.count) rule\(codes.count == 1 ? "" : "s")")
        + "\n"
    }
    .joined()
  }

  private func heading(of law: Int) -> String {
    let declared = ruleSet.laws[law]
    return "\(declared.name[language])  \(ruleSet.text(of: Citation(law: law), in: language))  "
      + interval(of: declared) + count(of: declared)
  }

  private func interval(of law: Law) -> String {
    switch (law.effective, law.ends) {
    case (let effective?, let ends?):
      say(
        "\(effective.text(in: .chinese))起，\(ends.text(in: .chinese))止（不含）",
        "from \(effective.text(in: .english)) until before \(ends.text(in: .english))")
    case (let effective?, nil):
      say("\(effective.text(in: .chinese))起", "from \(effective.text(in: .english))")
    default: law.isReference ? say("参考", "reference") : say("不限日期", "at any time")
    }
  }

  private func count(of law: Law) -> String {
    law.articleCount.map { say("，\($0)条", ", \($0) articles") } ?? ""
  }
}

// MARK: - Coverage

extension LawsReport {
  /// Whether every provision has a rule, or a reason why it has none.
  package var isComplete: Bool {
    laws.allSatisfy { ruleSet.coverage(of: $0).isComplete }
  }

  /// What is checked of each provision, for a terminal.
  package var coverageText: String {
    laws.map { law in
      let rows = rows(of: ruleSet.coverage(of: law))
      let width = rows.map { displayWidth(of: $0.indented) }.max() ?? 0
      let lines = rows.map { row in
        let gap = String(repeating: " ", count: width - displayWidth(of: row.indented) + 2)
        return "  " + row.indented + (row.what.isEmpty ? "" : gap + row.what) + "\n"
      }
      return heading(of: law) + "\n" + lines.joined()
    }
    .joined(separator: "\n")
  }

  /// The same as a page of Markdown: a section for each law, a row for each provision.
  package var coverageMarkdown: String {
    let title = say("# 规则覆盖表\n", "# What the rules check\n")
    let sections = laws.map { law in
      let rows = rows(of: ruleSet.coverage(of: law)).map { "| \($0.name) | \($0.what) |\n" }
      return "\n## \(ruleSet.text(of: Citation(law: law), in: language))\n\n"
        + "\(ruleSet.laws[law].name[language]) · \(interval(of: ruleSet.laws[law]))"
        + "\(count(of: ruleSet.laws[law]))\n\n"
        + say("| 条款 | 规则，或者不查的理由 |\n", "| Provision | Rules, or why there is none |\n")
        + "| --- | --- |\n" + rows.joined()
    }
    return title + sections.joined()
  }

  private struct Row {
    var name: String
    /// The name as it stands under its article: further in, and without it.
    var indented: String
    var what: String
  }

  /// A row for each provision, or for several articles in a row of which the same reason is all
  /// there is to say.
  private func rows(of coverage: LawCoverage) -> [Row] {
    var rows: [Row] = []
    var run: (first: String, what: String)?
    for provision in coverage.provisions {
      let what = what(of: provision)
      let name = name(of: provision.citation)
      guard provision.isOnlyExcused else {
        rows.append(Row(name: name, indented: label(of: provision.citation), what: what))
        run = nil
        continue
      }
      if let current = run, current.what == what {
        let both = current.first + say("至", " to ") + name
        rows[rows.count - 1] = Row(name: both, indented: both, what: what)
      } else {
        rows.append(Row(name: name, indented: name, what: what))
        run = (name, what)
      }
    }
    return rows
  }

  /// The same as JSON.
  package var coverageJSON: JSONValue {
    let laws = self.laws.map { law -> JSONValue in
      let declared = ruleSet.laws[law]
      return [
        "law": JSONValue(declared.name), "title": JSONValue(declared.title),
        "effective": declared.effective.map { .text($0.text(in: .english)) } ?? .null,
        "ends": declared.ends.map { .text($0.text(in: .english)) } ?? .null,
        "articles": declared.articleCount.map { .integer($0) } ?? .null,
        "provisions": .array(ruleSet.coverage(of: law).provisions.map { json($0) }),
      ]
    }
    return ["schema": 1, "laws": .array(laws)]
  }

  private func json(_ provision: LawCoverage.Provision) -> JSONValue {
    [
      "article": provision.citation.article.map { .integer($0) } ?? .null,
      "paragraph": provision.citation.paragraph.map { .integer($0) } ?? .null,
      "item": provision.citation.item.map { .integer($0) } ?? .null,
      "rules": .array(provision.codes.map { .text($0) }),
      "names": .array(provision.names.map { JSONValue($0) }),
      "reason": provision.reason.map { JSONValue($0) } ?? .null,
    ]
  }

  /// The provision without its law; a part stands further in than its article, and leaves it out.
  private func label(of citation: Citation) -> String {
    var part = citation
    if citation.paragraph != nil || citation.item != nil { part.article = nil }
    let depth = part.article != nil ? 0 : citation.paragraph != nil && citation.item != nil ? 2 : 1
    return citation.article == nil
      ? name(of: citation) : String(repeating: "  ", count: depth) + name(of: part)
  }

  /// The provision without its law: `第九条第一款`.
  private func name(of citation: Citation) -> String {
    let whole = Citation(law: citation.law)
    if citation == whole { return say("全文", "as a whole") }
    let law = ruleSet.text(of: whole, in: language)
    return String(
      ruleSet.text(of: citation, in: language).dropFirst(law.count)
        .drop { $0 == "," || $0 == " " })
  }

  private func what(of provision: LawCoverage.Provision) -> String {
    var parts: [String] = []
    if !provision.codes.isEmpty { parts.append(provision.codes.joined(separator: " ")) }
    if !provision.names.isEmpty {
      parts.append(provision.names.map { $0[language] }.joined(separator: say("、", ", ")))
    }
    if let reason = provision.reason {
      parts.append(say("不查：", "not checked: ") + reason[language])
    }
    if provision.isBlank { parts.append(say("（空白）", "(blank)")) }
    return parts.joined(separator: say("；", "; "))
  }
}

extension LawCoverage.Provision {
  /// Whether it is an article without parts of which there is but a reason why it is not checked.
  fileprivate var isOnlyExcused: Bool {
    citation.paragraph == nil && citation.item == nil && !hasParts && codes.isEmpty
      && names.isEmpty && reason != nil
  }
}
