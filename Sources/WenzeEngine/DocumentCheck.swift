package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// What a run asks of the rules.
package struct CheckOptions: Sendable {
  /// The date of the run: the law's date where a document has none, and the end of the past.
  package var today: CalendarDate
  /// The codes to run; nil: all.
  package var only: Set<String>?
  package var skip: Set<String>
  /// Whether what charts show is counted too.
  package var countsCharts = false

  package init(today: CalendarDate, only: Set<String>? = nil, skip: Set<String> = []) {
    self.today = today
    self.only = only
    self.skip = skip
  }

  package func runs(_ rule: Rule) -> Bool {
    !rule.isDisabled && !rule.isBroken && !skip.contains(rule.code)
      && only?.contains(rule.code) ?? true
  }
}

extension RuleSet {
  /// Checks one document against every rule of its dossier.
  package func check(_ document: Document, options: CheckOptions) -> DocumentResult {
    CheckPlan(self, options).check(document)
  }

  /// The verdicts of one code with their derivations.
  package func explain(
    _ code: String, in document: Document, today: CalendarDate
  ) -> [Judgement] {
    var judge = Judge(ruleSet: self, document: document, today: today)
    return rules.indices
      .filter { number in
        let rule = rules[number]
        return rule.code == code && rule.dossier == document.dossier && rule.aggregation == nil
      }
      .flatMap { judge.judgements(of: $0) }
  }
}

/// The state of checking one document.
struct DocumentCheck {
  private let plan: CheckPlan
  private let ruleSet: RuleSet
  private let document: Document
  private let tellsUndetermined: Bool
  private var judge: Judge
  private var findings: [Finding] = []
  private var verdicts: [RuleVerdict] = []
  private var diagnostics: [Diagnostic] = []

  init(_ plan: CheckPlan, _ document: Document, tellsUndetermined: Bool) {
    self.plan = plan
    self.document = document
    // Whether a waiver has something to waive, only findings tell.
    self.tellsUndetermined = tellsUndetermined || !document.waivers.isEmpty
    ruleSet = plan.ruleSet
    judge = Judge(ruleSet: ruleSet, document: document, today: plan.today)
  }

  mutating func run(only codes: Set<String>?) -> DocumentResult {
    for code in plan.codes(for: document.dossier, among: codes) {
      if let rules = plan.rules(of: code, for: document.dossier) { check(code, rules) }
    }
    applyWaivers()
    if findings.count > 1 { sortFindings() }
    return DocumentResult(
      document: document, usedRunDate: judge.interpreter.documentDate.isUnknown,
      findings: findings, verdicts: verdicts, diagnostics: diagnostics,
      mask: NameMask(inOrder: judge.interpreter.personalNames()))
  }

  private mutating func sortFindings() {
    findings.sort { left, right in
      let (a, b) = (ruleSet.rules[left.rule].code, ruleSet.rules[right.rule].code)
      return (left.place.start, a, left.place.end, left.message.chinese)
        < (right.place.start, b, right.place.end, right.message.chinese)
    }
  }

  /// Judges by all rules of one code, which are one rule to the user.
  private mutating func check(_ code: String, _ rules: [Int]) {
    let judged = rules.map { judge.elements(of: $0) }
    var order: [FieldPath?] = []
    var found: [FieldPath?: [(rule: Int, verdict: Verdict)]] = [:]
    for (rule, elements) in zip(rules, judged) {
      for element in elements where element.isTold {
        if found[element.path] == nil { order.append(element.path) }
        found[element.path, default: []].append((rule, element.verdict))
      }
    }
    let strongest = found.compactMapValues { decidingRules(among: $0) }
    let findings = reportedFindings(of: rules, judged, where: strongest)
    for element in order {
      guard let deciding = strongest[element] else { continue }
      self.findings += findings[element] ?? []
      verdicts.append(
        RuleVerdict(
          code: code, rule: deciding.rules[0], element: element, verdict: deciding.verdict,
          missing: MissingFacts((findings[element] ?? []).flatMap(\.missing)).paths))
    }
  }

  /// The strongest verdict of several rules of one code, and the rules that give it.
  private struct Deciding {
    var verdict: Verdict
    var rules: [Int]
  }

  private func decidingRules(among judged: [(rule: Int, verdict: Verdict)]) -> Deciding? {
    guard let verdict = Verdict.strongest(of: Set(judged.map(\.verdict))) else { return nil }
    let rules = judged.filter { $0.verdict == verdict }.map(\.rule)
    // Several declarations that leave the same thing open say so once; each pair of a procedure
    // speaks for itself.
    let origin = ruleSet.rules[rules[0]].origin
    return Deciding(
      verdict: verdict,
      rules: verdict == .undetermined ? rules.filter { ruleSet.rules[$0].origin == origin } : rules)
  }

  /// The findings of the rules that decide, by element.
  private mutating func reportedFindings(
    of rules: [Int], _ judged: [[Judge.Element]], where deciding: [FieldPath?: Deciding]
  ) -> [FieldPath?: [Finding]] {
    var findings: [FieldPath?: [Finding]] = [:]
    for (rule, elements) in zip(rules, judged) {
      let wanted = elements.map { element in
        guard tells(element.verdict), let deciding = deciding[element.path] else { return false }
        return element.verdict == deciding.verdict && deciding.rules.contains(rule)
      }
      guard wanted.contains(true) else { continue }
      for judgement in judge.judgements(of: rule, on: elements, where: wanted) {
        findings[judgement.element, default: []].append(finding(from: judgement))
      }
    }
    return findings
  }

  /// Whether a verdict becomes a finding.
  private func tells(_ verdict: Verdict) -> Bool {
    verdict == .violation || verdict == .undetermined && tellsUndetermined
  }

  private func finding(from judgement: Judgement) -> Finding {
    let rule = ruleSet.rules[judgement.rule]
    guard judgement.verdict == .violation else { return undetermined(judgement, rule) }
    var (evidence, dates) = judgement.evidenceAndDates
    if evidence.isEmpty {
      evidence = [
        EvidenceFact(
          path: FieldPath(), fact: Fact(.record(document.fields), at: document.range))
      ]
    }
    return Finding(
      rule: judgement.rule, verdict: .violation, element: judgement.element,
      place: evidence.lazy.compactMap(\.fact.place).first ?? place(of: evidence.map(\.path)),
      message: judgement.message, fix: judgement.fix, evidence: evidence,
      dates: dates, missing: [])
  }

  private func undetermined(_ judgement: Judgement, _ rule: Rule) -> Finding {
    let (evidence, dates) = judgement.evidenceAndDates
    var missing = judgement.missing
    if missing.isEmpty { missing = judgement.element.map { [$0] } ?? [FieldPath()] }
    func list(_ language: Language) -> String {
      missing.map { ruleSet.text(of: $0, from: rule.dossier, in: language) }
        .joined(separator: language == .chinese ? "、" : ", ")
    }
    return Finding(
      rule: judgement.rule, verdict: .undetermined, element: judgement.element,
      place: place(of: missing),
      message: Bilingual(
        "无法判断是否“\(rule.name.chinese)”：卷宗未记载\(list(.chinese))",
        "cannot tell `\(rule.name.english)`: the file does not record \(list(.english))"),
      fix: Bilingual("补录\(list(.chinese))", "record \(list(.english))"),
      evidence: evidence, dates: dates, missing: missing)
  }

  /// The place of the deepest thing on the way to a path that is written down.
  private func place(of paths: [FieldPath]) -> SourceRange {
    guard let path = paths.first else { return document.range }
    var place = document.range
    var fact = Fact(.record(document.fields), at: document.range)
    for step in path.steps {
      switch (step, fact.value) {
      case (.field(let number), .record(let fields)) where fields.indices.contains(number):
        fact = fields[number]
      case (.index(let index), .list(let list)) where list.elements.indices.contains(index):
        fact = list.elements[index]
      default: return place
      }
      if let written = fact.place { place = written }
    }
    return place
  }

  private mutating func applyWaivers() {
    for waiver in document.waivers {
      let matching = findings.indices.filter {
        ruleSet.rules[findings[$0].rule].code == waiver.rule
      }
      if waiver.until.isBefore(plan.today) == .yes {
        diagnostics.append(.expiredWaiver(waiver))
      } else if matching.isEmpty {
        // Whether a rule that was not run would find anything is not known.
        if plan.rules(of: waiver.rule, for: document.dossier) != nil {
          diagnostics.append(.idleWaiver(waiver))
        }
      } else {
        for index in matching { findings[index].waiver = waiver }
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func expiredWaiver(_ waiver: Waiver) -> Self {
    Diagnostic(
      "D0601", .warning,
      Bilingual(
        "\(waiver.rule) 的豁免已于\(waiver.until.text(in: .chinese))到期，不再有效",
        "the waiver of \(waiver.rule) expired on \(waiver.until.text(in: .english))"),
      at: waiver.range,
      notes: [Bilingual("重新报批，或者删去", "have it approved again, or remove it")])
  }

  fileprivate static func idleWaiver(_ waiver: Waiver) -> Self {
    Diagnostic(
      "D0602", .warning,
      Bilingual("\(waiver.rule) 没有可豁免的问题", "there is no finding of \(waiver.rule) to waive"),
      at: waiver.range, notes: [Bilingual("删去这条豁免", "remove the waiver")])
  }
}
