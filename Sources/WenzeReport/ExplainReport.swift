package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// Explains rules, and how their verdicts came about.
package struct ExplainReport: Sendable {
  private let ruleSet: RuleSet
  private let language: Language
  private let mask: NameMask

  package init(ruleSet: RuleSet, language: Language, mask: NameMask = .none) {
    self.ruleSet = ruleSet
    self.language = language
    self.mask = mask
  }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  /// What a code demands, by which law, and how to cure a finding.
  package func page(for code: String) -> String {
    let rules = distinctDeclarations(of: code)
    return rules.map { page(for: $0) }.joined(separator: "\n")
  }

  /// The declarations of a code: a procedure counts once, however many rules it lowers to.
  private func distinctDeclarations(of code: String) -> [Rule] {
    var seen: Set<Origin> = []
    return ruleSet.rules.filter { $0.code == code && seen.insert($0.origin).inserted }
  }

  private func page(for rule: Rule) -> String {
    let source = ruleSet.sources[rule.origin.source]
    var lines = ["\(rule.code) \(rule.name[language])（\(rule.severity.name[language])）"]
    if language == .english {
      lines = ["\(rule.code) \(rule.name.english) (\(rule.severity.name.english))"]
    }
    lines.append("")
    func section(_ chinese: String, _ english: String, _ body: [String]) {
      guard !body.isEmpty else { return }
      lines.append(say("【\(chinese)】", "\(english):"))
      lines += body.map { "  " + $0 }
    }
    section("依据", "Law", rule.citations.map { ruleSet.text(of: $0, in: language) })
    section("适用期间", "In force", interval(of: rule))
    section(
      "针对", "For each",
      rule.scopes.map { "\($0.name) \(say("于", "in")) \(oneLine($0.list.origin))" })
    section("适用", "Applies if", rule.applies.map { oneLine($0.origin) }.uniqued())
    section(
      "除非", "Unless",
      rule.exceptions.map { exception in
        let basis = exception.citations.map { ruleSet.text(of: $0, in: language) }
        let name = exception.name.map { "\($0[language])：" } ?? ""
        return name + oneLine(exception.condition.origin)
          + (basis.isEmpty
            ? "" : say("（\(basis.joined(separator: "、"))）", " (\(basis.joined(separator: "; ")))"))
      })
    section("要求", "Requires", [requirement(of: rule)])
    section("说明", "Explanation", rule.documentation.map { [$0[language]] } ?? [])
    section("整改", "Cure", rule.fix.map { [template($0)] } ?? [])
    if let adjustment = rule.adjustment {
      let change =
        adjustment.isDisabled
        ? say("已停用", "disabled")
        : say("严重性改为\(rule.severity.name.chinese)", "now a \(rule.severity.name.english)")
      section("本地调整", "Adjusted", ["\(change)：\(adjustment.reason[language])"])
    }
    section("例", "Examples", examples(of: rule.code))
    let place = source.place(at: rule.origin.range.start)
    section("出处", "Declared at", ["\(source.path):\(place.line)"])
    return lines.joined(separator: "\n") + "\n"
  }

  private func interval(of rule: Rule) -> [String] {
    guard let index = rule.law else { return [] }
    let law = ruleSet.laws[index]
    switch (law.effective, law.ends) {
    case (nil, nil): return []
    case (let from?, nil):
      return [say("\(from.text(in: .chinese))起", "from \(from.text(in: .english))")]
    case (nil, let until?):
      return [say("\(until.text(in: .chinese))之前", "before \(until.text(in: .english))")]
    case (let from?, let until?):
      return [
        say(
          "\(from.text(in: .chinese))起，\(until.text(in: .chinese))之前",
          "from \(from.text(in: .english)), before \(until.text(in: .english))")
      ]
    }
  }

  private func requirement(of rule: Rule) -> String {
    if case .not(let inner) = rule.requirement.kind, inner.origin == rule.requirement.origin {
      return say("不得 ", "must not: ") + oneLine(inner.origin)
    }
    return say("应当 ", "must: ") + oneLine(rule.requirement.origin)
  }

  private func template(_ message: Message) -> String {
    message[language].map { segment in
      switch segment {
      case .text(let text): text
      case .term(let term): "{\(oneLine(term.origin))}"
      }
    }
    .joined()
  }

  private func examples(of code: String) -> [String] {
    ruleSet.tests.compactMap { test in
      for expectation in test.expectations {
        if case .verdict(code, let verdict, _, _) = expectation.kind {
          return "\(test.title)：\(name(of: verdict)[language])"
        }
      }
      return nil
    }
  }

  private func name(of verdict: TestDeclaration.VerdictSyntax) -> Bilingual {
    switch verdict {
    case .violation: Verdict.violation.name
    case .undetermined: Verdict.undetermined.name
    case .compliant: Verdict.compliant.name
    case .notApplicable: Verdict.notApplicable.name
    }
  }

  /// The source text of a term on one line.
  private func oneLine(_ origin: Origin) -> String {
    ruleSet.text(of: origin).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

// MARK: - Derivations

extension ExplainReport {
  /// The derivation of a verdict as an indented tree of sub-conditions.
  package func tree(of judgement: Judgement, in source: Source) -> String {
    let rule = ruleSet.rules[judgement.rule]
    var lines: [String] = []
    let element = judgement.element.map {
      "  \(ruleSet.text(of: $0, from: rule.dossier, in: language))"
    }
    lines.append(
      "\(rule.code) \(rule.name[language])\(element ?? "")  →  \(judgement.verdict.name[language])")
    let law = rule.citations.map { ruleSet.text(of: $0, in: language) }
    lines.append(
      "├ \(say("法规有效", "law in force"))：\(truth(judgement.law.value))"
        + "  \(law.joined(separator: say("、", "; ")))")
    append(say("适用", "applies"), judgement.applies, rule, source, to: &lines)
    append(say("除非", "unless"), judgement.exceptions, rule, source, to: &lines)
    append(say("应当", "must"), [judgement.requirement], rule, source, to: &lines)
    switch judgement.verdict {
    case .violation: lines.append("└ \(mask(judgement.message[language]))")
    case .undetermined:
      let missing = judgement.missing.map { ruleSet.text(of: $0, from: rule.dossier, in: language) }
      lines.append("└ \(say("缺", "missing"))：\(missing.joined(separator: say("、", ", ")))")
    case .compliant, .notApplicable: break
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func append(
    _ title: String, _ derivations: [Derivation], _ rule: Rule, _ source: Source,
    to lines: inout [String]
  ) {
    guard !derivations.isEmpty else { return }
    lines.append("├ \(title)")
    for derivation in derivations { append(derivation, rule, source, depth: 1, to: &lines) }
  }

  private func append(
    _ derivation: Derivation, _ rule: Rule, _ source: Source, depth: Int,
    to lines: inout [String]
  ) {
    let indent = "│" + String(repeating: "  ", count: depth)
    switch derivation.role {
    case .fact(let fact):
      let place = fact.fact.place.map { source.place(at: $0.start) }
      let at = place.map { "  \(source.path):\($0.line):\($0.column)" } ?? ""
      lines.append(
        "\(indent)\(ruleSet.text(of: fact.path, from: rule.dossier, in: language)) = "
          + mask(ruleSet.text(of: fact.fact.value, in: language)) + at)
      return
    case .constant: return
    case .law(let law):
      lines.append("\(indent)\(ruleSet.laws[law].title[language])：\(truth(derivation.value))")
    case .lookup(let table, let row, _):
      let decided = row.map { say("第\($0 + 1)行", "row \($0 + 1)") } ?? say("未定", "undecided")
      lines.append(
        "\(indent)\(oneLine(derivation.origin)) = \(shown(derivation.value))"
          + "  \(say("表", "table")) \(ruleSet.tables[table].name[language])：\(decided)")
    default:
      lines.append("\(indent)\(oneLine(derivation.origin)) = \(shown(derivation.value))")
    }
    for child in derivation.children {
      append(child, rule, source, depth: depth + 1, to: &lines)
    }
  }

  private func shown(_ value: Value) -> String {
    if case .unknown = value { return say("不明", "unknown") }
    return mask(ruleSet.text(of: value, in: language))
  }

  private func truth(_ value: Value) -> String {
    switch value.truth {
    case .yes: say("是", "yes")
    case .no: say("否", "no")
    case .unknown: say("不明", "unknown")
    }
  }
}

extension Array where Element: Hashable {
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
