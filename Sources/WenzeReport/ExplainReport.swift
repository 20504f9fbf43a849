package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// Explains rules, and how their verdicts came about.
package struct ExplainReport: Sendable {
  private let ruleSet: RuleSet
  private let language: Language
  private let mask: NameMask
  /// How many columns a page may take; nil: as many as it wants.
  private let width: Int?
  private let conditions: RewrittenConditions

  package init(
    ruleSet: RuleSet, language: Language, mask: NameMask = .none, width: Int? = nil
  ) {
    self.ruleSet = ruleSet
    self.language = language
    self.mask = mask
    self.width = width
    conditions = RewrittenConditions(language: language)
  }

  private func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  /// What a code demands, by which law, and how to cure a finding: each of its declarations, then
  /// what they draw on and examples.
  package func page(for code: String) -> String {
    let rules = distinctDeclarations(of: code)
    var lines: [String] = []
    for rule in rules { lines += (lines.isEmpty ? [] : [""]) + declaration(rule) }
    append("其中", "Where", definitions(of: rules), to: &lines)
    append("参数", "Parameters", parameters(of: rules), to: &lines)
    for table in tables(of: rules) { append(table, to: &lines) }
    append("例", "Examples", examples(of: code), to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The declarations of a code, that of the newest law first: a procedure counts once, however
  /// many rules it lowers to.
  private func distinctDeclarations(of code: String) -> [Rule] {
    var seen: Set<Origin> = []
    func begin(of rule: Rule) -> Int {
      rule.law.flatMap { ruleSet.laws[$0].effective }?.firstDay ?? 0
    }
    return ruleSet.rules.filter { $0.code == code && seen.insert($0.origin).inserted }.enumerated()
      .sorted { (-begin(of: $0.element), $0.offset) < (-begin(of: $1.element), $1.offset) }
      .map(\.element)
  }

  private func append(
    _ chinese: String, _ english: String, _ body: [String], to lines: inout [String]
  ) {
    guard !body.isEmpty else { return }
    lines.append(say("【\(chinese)】", "\(english):"))
    for line in body {
      let wrapped = width.map { wrappedLines(of: line, width: $0 - 4) } ?? [line]
      // What goes on stands further in than what begins.
      for (number, part) in wrapped.enumerated() {
        lines.append((number == 0 ? "  " : "    ") + part)
      }
    }
  }

  private func declaration(_ rule: Rule) -> [String] {
    let source = ruleSet.sources[rule.origin.source]
    let severity = rule.severity.name
    var lines = [
      "\(rule.code) \(rule.name[language])\(say("（\(severity.chinese)）", " (\(severity.english))"))",
      "",
    ]
    append("依据", "Law", rule.citations.map { ruleSet.text(of: $0, in: language) }, to: &lines)
    append("适用期间", "In force", interval(of: rule), to: &lines)
    append(
      "针对", "For each",
      rule.scopes.map { "\($0.name) \(say("于", "in")) \(oneLine($0.list.origin))" }, to: &lines)
    if let aggregation = rule.aggregation { append(aggregation, to: &lines) }
    append(
      "适用", "Applies if",
      rule.applies.map(\.origin).filter { $0 != rule.origin }.map { oneLine($0) }.uniqued(),
      to: &lines)
    append("除非", "Unless", rule.exceptions.map { text(of: $0) }, to: &lines)
    append("要求", "Requires", requirements(of: rule), to: &lines)
    append("说明", "Explanation", rule.documentation.map { [$0[language]] } ?? [], to: &lines)
    append("整改", "Cure", rule.fix.map { [template($0)] } ?? [], to: &lines)
    append("本地调整", "Adjusted", adjustment(of: rule), to: &lines)
    let place = source.place(at: rule.origin.range.start)
    append("出处", "Declared at", ["\(source.path):\(place.line)"], to: &lines)
    return lines
  }

  /// What a rule over groups is about.
  private func append(_ aggregation: Aggregation, to lines: inout [String]) {
    append("只计", "Counts only", aggregation.filters.map { oneLine($0.origin) }, to: &lines)
    append(
      "分组", "Groups by",
      aggregation.keys.map { "\($0.name[language]) = \(oneLine($0.value.origin))" }, to: &lines)
    append("参照", "Beside", aggregation.beside.map { text(of: $0) } ?? [], to: &lines)
    append(
      "数据", "Figures",
      aggregation.figures.map { "\($0.name[language]) = \(oneLine($0.value.origin))" }, to: &lines)
    if aggregation.isEach {
      append(
        "逐件", "Each", [say("每件与本组比较", "every one is judged against its group")], to: &lines)
    }
  }

  /// What groups are held against: the dossier, its elements, which of them count, and their keys.
  private func text(of beside: Aggregation.Beside) -> [String] {
    func list(_ chinese: String, _ english: String, _ terms: [Term]) -> [String] {
      terms.isEmpty
        ? []
        : [
          say(chinese, english) + " "
            + terms.map { oneLine($0.origin) }.joined(separator: say("，", ", "))
        ]
    }
    return [ruleSet.records[beside.dossier].name[language]]
      + beside.scopes.map { "\($0.name) \(say("于", "in")) \(oneLine($0.list.origin))" }
      + list("当", "when", beside.filters) + list("对应", "matching", beside.keys)
  }

  private func text(of exception: Rule.Exception) -> String {
    let basis = ruleSet.text(of: exception.citations, in: language)
    let name = exception.name.map { $0[language] + say("：", ": ") } ?? ""
    let law = say("（\(basis)）", " (\(basis))")
    return name + oneLine(exception.condition.origin) + (basis.isEmpty ? "" : law)
  }

  private func adjustment(of rule: Rule) -> [String] {
    guard let adjustment = rule.adjustment else { return [] }
    let severity = rule.severity.name
    let change =
      adjustment.isDisabled
      ? say("已停用", "disabled")
      : say("严重性改为\(severity.chinese)", "is \(severity.english) now")
    return ["\(change)\(say("：", ": "))\(adjustment.reason[language])"]
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

  /// What a rule demands; of a procedure, the order of its steps and its deadlines.
  private func requirements(of rule: Rule) -> [String] {
    let parts = ruleSet.rules.filter { $0.code == rule.code && $0.origin == rule.origin }
    var steps: [String] = []
    for case .compare(_, let earlier, let later) in parts.map(\.orderedSteps) {
      for step in [earlier, later].map({ oneLine($0.origin) }) where !steps.contains(step) {
        steps.append(step)
      }
    }
    let order = steps.isEmpty ? [] : [say("依次：", "in order: ") + steps.joined(separator: " → ")]
    return order
      + parts.filter { $0.requirement.origin != rule.origin }.map { requirement(of: $0) }.uniqued()
  }

  private func requirement(of rule: Rule) -> String {
    if rule.isProhibition { return say("不得 ", "must not: ") + oneLine(rule.requirement.origin) }
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
        if case .verdict(code, let verdict, _, _, _) = expectation.kind {
          return "\(test.title)\(say("：", ": "))\(name(of: verdict)[language])"
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

  /// The source text of a term on one line, with the keywords of the language.
  private func oneLine(_ origin: Origin) -> String {
    conditions.text(of: origin, in: ruleSet).split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
  }
}

// MARK: - What rules draw on

extension ExplainReport {
  private func terms(of rules: [Rule]) -> [Term] {
    rules.flatMap { rule in
      let conditions = rule.applies + rule.exceptions.map(\.condition) + [rule.requirement]
      return conditions + (rule.aggregation?.terms ?? [])
    }
    .flatMap(\.descendants)
  }

  /// The definitions, each as its author wrote it.
  private func definitions(of rules: [Rule]) -> [String] {
    let origins = Set(terms(of: rules).map(\.origin))
    return ruleSet.definitions
      .filter { definition in
        origins.contains { definition.body.holds($0) }
      }
      .map { definition in
        let arguments = definition.arguments.map { $0[language] }.joined(separator: ", ")
        return definition.name[language] + (arguments.isEmpty ? "" : "(\(arguments))")
          + " = \(oneLine(definition.body))"
      }
  }

  /// The thresholds, with the values that they have by date.
  private func parameters(of rules: [Rule]) -> [String] {
    let numbers = terms(of: rules)
      .compactMap { term in
        if case .parameter(let number) = term.kind { number } else { nil }
      }
    return numbers.uniqued()
      .map { number in
        let parameter = ruleSet.parameters[number]
        let later = parameter.dated.map { dated in
          let from = dated.from.text(in: language)
          let value = ruleSet.text(of: dated.value, in: language)
          return say("，\(from)起 \(value)", ", from \(from) \(value)")
        }
        let meaning = parameter.documentation.map { say("（\($0.chinese)）", " (\($0.english))") }
        return "\(parameter.name[language]) = \(ruleSet.text(of: parameter.value, in: language))"
          + later.joined() + (meaning ?? "")
      }
  }

  private func tables(of rules: [Rule]) -> [Table] {
    let numbers = terms(of: rules)
      .compactMap { term in
        if case .lookup(let number, _) = term.kind { number } else { nil }
      }
    return numbers.uniqued().map { ruleSet.tables[$0] }
  }

  /// A table as its author wrote it: rows are not broken, so that columns stay columns.
  private func append(_ table: Table, to lines: inout [String]) {
    let law = ruleSet.text(of: table.citations, in: language)
    let basis = law.isEmpty ? "" : say("（\(law)）", " (\(law))")
    lines.append(say("【表 \(table.name.chinese)】", "Table \(table.name.english):") + basis)
    lines.append("  | \(table.columns.map { $0.name[language] }.joined(separator: " | ")) |")
    lines += aligned(table.rows.map { conditions.text(of: $0.origin, in: ruleSet) })
      .map { "  " + $0 }
  }
}

/// Rows with their bars below each other again, since keywords are not as long in both languages.
///
/// A row of another number of cells, such as one with a bar in a text, stays as it is.
private func aligned(_ rows: [String]) -> [String] {
  let cells = rows.map { row in
    row.split(separator: "|").map { String($0.trimmingSpaces) }
  }
  let count = cells.first?.count ?? 0
  let widths = (0..<count).map { column in
    cells.filter { $0.count == count }.map { displayWidth(of: $0[column]) }.max() ?? 0
  }
  return zip(rows, cells).map { row, cells in
    guard cells.count == count, !row.contains("\n") else { return row }
    return zip(cells, widths).reduce(into: "|") { text, cell in
      text += " \(cell.0)" + String(repeating: " ", count: cell.1 - displayWidth(of: cell.0)) + " |"
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}

// MARK: - Derivations

extension ExplainReport {
  /// The derivations of verdicts, one tree each.
  ///
  /// Of a procedure only the pairs of steps that could be judged are shown.
  package func trees(of judgements: [Judgement], in source: Source) -> [String] {
    let shown = judgements.filter { $0.verdict != .notApplicable || !isPair($0) }
    if shown.isEmpty, let first = judgements.first {
      let rule = ruleSet.rules[first.rule]
      let reason = say("（没有两个步骤都记载了日期）", " (no two steps have recorded dates)")
      return ["\(rule.code) \(rule.name[language])  →  \(first.verdict.name[language])\(reason)\n"]
    }
    return shown.map { tree(of: $0, in: source) }
  }

  private func isPair(_ judgement: Judgement) -> Bool {
    ruleSet.rules[judgement.rule].orderedSteps != nil
  }

  /// The derivation of a verdict as an indented tree of sub-conditions.
  package func tree(of judgement: Judgement, in source: Source) -> String {
    let rule = ruleSet.rules[judgement.rule]
    var lines: [String] = []
    let element = judgement.element.map {
      "  \(ruleSet.text(of: $0, from: rule.dossier, in: language))"
    }
    lines.append(
      "\(rule.code) \(rule.name[language])\(element ?? "")  →  \(judgement.verdict.name[language])")
    lines.append(
      "├ \(say("法规有效：", "law in force: "))\(truth(judgement.law.value))"
        + "  \(ruleSet.text(of: rule.citations, in: language))")
    let applies = judgement.applies.flatMap { written($0, in: rule) }
    append(say("适用", "applies"), applies, rule, source, to: &lines)
    append(say("除非", "unless"), judgement.exceptions, rule, source, to: &lines)
    if rule.isProhibition, let condition = judgement.requirement.children.first {
      append(say("不得", "must not"), [condition], rule, source, to: &lines)
    } else {
      append(say("应当", "must"), [judgement.requirement], rule, source, to: &lines)
    }
    switch judgement.verdict {
    case .violation: lines.append("└ \(mask(judgement.message[language]))")
    case .undetermined:
      let missing = judgement.missing.map { ruleSet.text(of: $0, from: rule.dossier, in: language) }
      lines.append("└ \(say("缺：", "missing: "))\(missing.joined(separator: say("、", ", ")))")
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
    var seen: Set<Derivation> = []
    for derivation in derivations where seen.insert(derivation).inserted {
      append(derivation, rule, source, depth: 1, to: &lines)
    }
  }

  /// What stands for a condition that a procedure makes and nobody wrote: the dates it asks for.
  private func written(_ derivation: Derivation, in rule: Rule) -> [Derivation] {
    let made = [rule.origin, rule.requirement.origin]
    guard made.contains(derivation.origin), derivation.children.count == 1 else {
      return [derivation]
    }
    if case .negation = derivation.role {
      return [Derivation(rule.origin, derivation.value, .operation)]
    }
    return derivation.children
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
      lines.append(
        "\(indent)\(ruleSet.laws[law].title[language])\(say("：", ": "))\(truth(derivation.value))")
    case .lookup(let table, let row, _):
      let decided = row.map { say("第\($0 + 1)行", "row \($0 + 1)") } ?? say("未定", "undecided")
      lines.append(
        "\(indent)\(oneLine(derivation.origin)) = \(shown(derivation.value))"
          + "  \(say("表", "table")) \(ruleSet.tables[table].name[language])\(say("：", ": "))\(decided)"
      )
    default:
      lines.append("\(indent)\(condition(derivation, of: rule)) = \(shown(derivation.value))")
    }
    // What several conditions ask of one field is said once.
    var seen: Set<[String]> = []
    for child in spoken(derivation) {
      var below: [String] = []
      if child.origin == derivation.origin, case .date(let date) = child.value {
        // The limit of a deadline is not written as such.
        let limit = say("最后一日", "the last day")
        lines.append("\(indent)  \(limit) = \(date.text(in: language))")
        continue
      }
      append(child, rule, source, depth: depth + 1, to: &below)
      if seen.insert(below).inserted { lines += below }
    }
  }

  /// What a condition rests on; `无 x` and the like are written as one, though they negate another.
  private func spoken(_ derivation: Derivation) -> [Derivation] {
    guard case .negation = derivation.role, let operand = derivation.children.first,
      operand.origin == derivation.origin
    else { return derivation.children }
    return operand.children
  }

  /// The source text of a condition; what a procedure makes is written nowhere.
  private func condition(_ derivation: Derivation, of rule: Rule) -> String {
    guard derivation.origin == rule.origin else { return oneLine(derivation.origin) }
    return derivation.children.isEmpty
      ? say("中间没有更近的颠倒", "no step in between is out of order")
      : derivation.children.map { oneLine($0.origin) }.joined(
        separator: say(" 不晚于 ", " not after "))
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

extension Rule {
  /// The order of two steps, if the rule is a pair of a procedure's steps.
  fileprivate var orderedSteps: Term.Kind? {
    requirement.origin == origin ? requirement.kind : nil
  }
}

extension Array where Element: Hashable {
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
