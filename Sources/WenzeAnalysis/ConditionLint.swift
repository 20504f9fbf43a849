import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// Something that is wrong with the conditions of a rule set.
package struct ConditionFinding: Hashable, Sendable {
  package var diagnostic: Diagnostic
  /// The number of the source in the rule set.
  package var source: Int
  /// A case that shows it.
  package var example: Example?
}

/// What was asked of a rule set's conditions.
package struct ConditionLint: Sendable {
  package var findings: [ConditionFinding] = []
  /// The rules of which something is not decided, by number, with why.
  package var undecided: [Int: Set<Bilingual>] = [:]
  /// How many rules and pairs of rules were asked about.
  package var ruleCount = 0
  package var pairCount = 0
  package var undecidedPairCount = 0

  package init() {}
}

/// Asks of every rule whether it can be violated, kept and applied, of every condition whether it
/// can hold and fail, and of every two rules that may have to do with one another whether they
/// contradict or repeat each other.
///
/// With the numbers of packs only what may be wrong in these is asked: their rules, the rules that
/// their definitions stand in, and pairs with a rule of theirs.
package func lintConditions(
  _ ruleSet: RuleSet, options: AnalysisOptions, packs: Set<Int>? = nil
) -> ConditionLint {
  var linter = ConditionLinter(ruleSet: ruleSet, options: options)
  if let packs { linter.wanted = Set(packs.flatMap { ruleSet.packs[$0].sources }) }
  linter.askRules()
  linter.askPairs()
  linter.reportConstants()
  linter.lint.findings.sort { left, right in
    let (a, b) = (left.diagnostic, right.diagnostic)
    return (left.source, a.range?.start ?? 0, a.code) < (right.source, b.range?.start ?? 0, b.code)
  }
  return linter.lint
}

/// The state of asking.
private struct ConditionLinter {
  let ruleSet: RuleSet
  let options: AnalysisOptions
  var lint = ConditionLint()
  /// The numbers of the sources of which findings are wanted; nil: of all.
  var wanted: Set<Int>?
  /// What each condition came to, by its place and form, in all rules that it stands in; nil where
  /// one of them is not decided.
  private var outcomes: [Condition: Set<Truth>?] = [:]
  /// For each condition, a document in which it comes to something definite.
  private var shown: [Condition: [Truth: Example]] = [:]
  /// The rules of which all was decided, and that can be violated.
  private var sound: Set<Int> = []

  struct Condition: Hashable {
    var origin: Origin
    var form: String
  }

  init(ruleSet: RuleSet, options: AnalysisOptions) {
    self.ruleSet = ruleSet
    self.options = options
  }

  private func isAsked(_ rule: Rule) -> Bool {
    rule.aggregation == nil && !rule.isBroken && !rule.isDisabled
  }

  private func isWanted(_ rule: Rule) -> Bool { wanted?.contains(rule.origin.source) ?? true }

  /// Whether something that is wanted stands in the conditions of a rule.
  private func holdsWanted(_ rule: Rule) -> Bool {
    guard let wanted, !isWanted(rule) else { return true }
    let terms = rule.applies + rule.exceptions.map(\.condition) + [rule.requirement]
    return terms.flatMap(\.descendants).contains { wanted.contains($0.origin.source) }
  }

  /// Rules that may have something to do with one that is wanted.
  private func mayMeetWanted(_ rule: Rule) -> Bool {
    guard !isWanted(rule) else { return true }
    let fields = fieldsOfRequirement(rule)
    return ruleSet.rules.contains {
      isWanted($0) && mayMeet($0, rule) && !fields.isDisjoint(with: fieldsOfRequirement($0))
    }
  }

  private mutating func report(_ diagnostic: Diagnostic, in source: Int, example: Example? = nil) {
    lint.findings.append(
      ConditionFinding(diagnostic: diagnostic, source: source, example: example))
  }
}

// MARK: - One rule

extension ConditionLinter {
  mutating func askRules() {
    for (number, rule) in ruleSet.rules.enumerated()
    where isAsked(rule) && (holdsWanted(rule) || mayMeetWanted(rule)) {
      lint.ruleCount += 1
      do throws(Undecided) {
        var analysis = try RuleAnalysis([number], of: ruleSet, options: options)
        try ask(number, rule, &analysis)
      } catch {
        lint.undecided[number, default: []].insert(error.reason)
        forget(rule)
      }
    }
  }

  private mutating func ask(
    _ number: Int, _ rule: Rule, _ analysis: inout RuleAnalysis
  ) throws(Undecided) {
    if analysis.limits.isEmpty {
      for (term, truths) in analysis.outcomes { note(term, truths, in: rule) }
    } else {
      lint.undecided[number, default: []].formUnion(analysis.limits)
      forget(rule)
    }
    let application = analysis.canApply()
    guard application.isPossible else {
      show(rule, analysis, [])
      if application == .impossible {
        let closest = try analysis.closestToApplying()
        report(
          .neverApplies(rule, missed: closest.map { missed(rule, $0.missed) }),
          in: rule.origin.source, example: closest?.0)
      }
      return
    }
    let violation = analysis.canBe(.violation)
    let compliance = analysis.canBe(.compliant)
    if violation.isPossible, compliance.isPossible { sound.insert(number) }
    show(rule, analysis, [compliance, violation, application].compactMap(\.example))
    if violation == .impossible {
      report(
        .neverViolated(rule), in: rule.origin.source,
        example: compliance.example ?? application.example)
    } else if compliance == .impossible {
      report(.neverKept(rule), in: rule.origin.source, example: violation.example)
    }
    for (index, exception) in rule.exceptions.enumerated() {
      // That its law is never in force together with that of the rule is told as such.
      let laws = (rule.law, exception.citations.first?.law)
      guard mayBeInForce(laws.0, with: laws.1), try analysis.canExcept(index) == .impossible else {
        continue
      }
      let origin = exception.condition.origin
      report(
        .idleException(rule, at: origin.range), in: origin.source, example: application.example)
    }
  }
}

// MARK: - Conditions

extension ConditionLinter {
  /// What a rule asks in order to apply, as it is written.
  private func missed(_ rule: Rule, _ condition: Int?) -> Bilingual {
    guard let condition else {
      let law = rule.law.map { ruleSet.laws[$0].name }
      return law.map { Bilingual("\($0.chinese)有效", "\($0.english) in force") } ?? rule.name
    }
    return Bilingual(same: ruleSet.text(of: rule.applies[condition].origin))
  }

  /// Keeps documents that show what conditions of a rule come to that come to one thing only.
  private mutating func show(_ rule: Rule, _ analysis: RuleAnalysis, _ examples: [Example]) {
    for (term, truths) in analysis.outcomes where !(truths.contains(.yes) && truths.contains(.no)) {
      guard let key = key(term, in: rule) else { continue }
      for truth in truths where truth != .unknown && shown[key]?[truth] == nil {
        let wanted = truth == .yes ? term : Term(.not(term), .boolean, at: term.origin)
        shown[key, default: [:]][truth] =
          examples.first { analysis.shows($0, term.origin, is: truth) }
          ?? exampleOf(wanted, standingAt: term, in: rule, of: ruleSet, options)
      }
    }
  }

  private func key(_ term: Term, in rule: Rule) -> Condition? {
    // What a procedure makes of its steps was written by nobody.
    guard !rule.origin.holds(term.origin), !term.origin.range.isEmpty else { return nil }
    let form =
      switch term.kind {
      case .not: "not"
      case .and: "and"
      case .or: "or"
      case .compare(let comparison, _, _): "\(comparison)"
      default: ""
      }
    return Condition(origin: term.origin, form: form)
  }

  private mutating func note(_ term: Term, _ truths: Set<Truth>, in rule: Rule) {
    if case .constant = term.kind { return }
    guard let key = key(term, in: rule) else { return }
    switch outcomes[key] {
    case nil: outcomes[key] = .some(truths)
    case .some(.some(let known)): outcomes[key] = .some(known.union(truths))
    case .some(nil): break
    }
  }

  /// Gives up what the conditions of a rule come to.
  private mutating func forget(_ rule: Rule) {
    let terms = rule.applies + rule.exceptions.map(\.condition) + [rule.requirement]
    for term in terms.flatMap(\.descendants) {
      if let key = key(term, in: rule) { outcomes[key] = .some(nil) }
    }
  }

  /// Reports what always or never holds; of one in another the outer.
  mutating func reportConstants() {
    let constant = outcomes.compactMap { key, truths -> (Condition, Bool)? in
      guard let truths, !(truths.contains(.yes) && truths.contains(.no)) else { return nil }
      // What is never known is neither.
      guard truths.contains(.yes) || truths.contains(.no) else { return nil }
      return (key, truths.contains(.yes))
    }
    let told = Set(lint.findings.compactMap(\.diagnostic.range))
    for (condition, holds) in constant {
      let origin = condition.origin
      let isInside = constant.contains { $0.0.origin != origin && $0.0.origin.holds(origin) }
      if isInside || told.contains(origin.range) { continue }
      report(
        .constant(ruleSet.text(of: origin), holds: holds, at: origin.range), in: origin.source,
        example: shown[condition]?[holds ? .yes : .no])
    }
  }
}

// MARK: - Two rules

extension ConditionLinter {
  mutating func askPairs() {
    let rules = sound.sorted()
    let fields = rules.map { fieldsOfRequirement(ruleSet.rules[$0]) }
    for (index, first) in rules.enumerated() {
      for (offset, second) in rules[(index + 1)...].enumerated() {
        guard isWanted(ruleSet.rules[first]) || isWanted(ruleSet.rules[second]),
          mayMeet(ruleSet.rules[first], ruleSet.rules[second]),
          !fields[index].isDisjoint(with: fields[index + 1 + offset])
        else { continue }
        askPair(first, second)
      }
    }
  }

  /// Whether two rules are about the same elements, at one time.
  private func mayMeet(_ first: Rule, _ second: Rule) -> Bool {
    guard first.dossier == second.dossier, first.code != second.code, first.asOf == second.asOf
    else { return false }
    let lists = (first.scopes.map(\.list.shape), second.scopes.map(\.list.shape))
    guard lists.0 == lists.1 else { return false }
    return mayBeInForce(first.law, with: second.law)
  }

  /// Whether two laws are in force at one time.
  private func mayBeInForce(_ first: Int?, with second: Int?) -> Bool {
    guard let law = first.map({ ruleSet.laws[$0] }), let other = second.map({ ruleSet.laws[$0] })
    else { return true }
    func ends(_ law: Law, before other: Law) -> Bool {
      guard let end = law.ends, let start = other.effective else { return false }
      return end.isNotAfter(start) == .yes
    }
    return !ends(law, before: other) && !ends(other, before: law)
  }

  /// The fields that a requirement reads, by record and number.
  private func fieldsOfRequirement(_ rule: Rule) -> Set<[Int]> {
    Set(
      rule.requirement.descendants.compactMap { term in
        guard case .field(let base, let number) = term.kind, case .record(let record) = base.type
        else { return nil }
        switch term.type {
        case .record, .list: return nil
        default: return [record, number]
        }
      })
  }

  private mutating func askPair(_ first: Int, _ second: Int) {
    lint.pairCount += 1
    let (one, other) = (ruleSet.rules[first], ruleSet.rules[second])
    do throws(Undecided) {
      var analysis = try RuleAnalysis([first, second], of: ruleSet, options: options)
      switch try analysis.contradiction() {
      case .found(let example):
        report(.contradiction(one, other, in: ruleSet), in: one.origin.source, example: example)
        return
      case .undecided: lint.undecidedPairCount += 1
      case .none: break
      }
      try askSubsumption(first, second, analysis)
      var reversed = try RuleAnalysis([second, first], of: ruleSet, options: options)
      if try reversed.canViolateFirstAlone() == .impossible {
        report(
          .subsumed(other, by: one, in: ruleSet), in: other.origin.source,
          example: reversed.canBe(.violation).example)
      }
    } catch {
      lint.undecidedPairCount += 1
    }
  }

  private mutating func askSubsumption(
    _ first: Int, _ second: Int, _ analysis: RuleAnalysis
  ) throws(Undecided) {
    var analysis = analysis
    guard try analysis.canViolateFirstAlone() == .impossible else { return }
    report(
      .subsumed(ruleSet.rules[first], by: ruleSet.rules[second], in: ruleSet),
      in: ruleSet.rules[first].origin.source, example: analysis.canBe(.violation).example)
  }
}

extension Possibility {
  package var example: Example? { if case .possible(let example) = self { example } else { nil } }
}

extension Term {
  /// The numbers of the fields that lead to a list, wherever it is written.
  fileprivate var shape: [String] {
    switch kind {
    case .field(let base, let number): base.shape + ["\(number)"]
    case .variable(let slot): ["v\(slot)"]
    case .document: []
    default: ["\(kind)"]
    }
  }
}

// MARK: - Words

extension Diagnostic {
  fileprivate static func constant(_ text: String, holds: Bool, at range: SourceRange) -> Self {
    Diagnostic(
      holds ? "L0801" : "L0802", .warning,
      holds
        ? Bilingual("条件“\(text)”不可能不成立", "the condition `\(text)` never fails")
        : Bilingual("条件“\(text)”不可能成立", "the condition `\(text)` never holds"),
      at: range,
      notes: [
        Bilingual("删去，或者改正它的字段和值", "remove it, or correct its fields and values")
      ])
  }

  fileprivate static func neverApplies(_ rule: Rule, missed: Bilingual?) -> Self {
    Diagnostic(
      "L0803", .warning,
      Bilingual(
        "规则 \(rule.code)“\(rule.name.chinese)”不可能适用",
        "the rule \(rule.code) `\(rule.name.english)` can never apply"),
      at: rule.origin.range,
      notes: [
        Bilingual(
          "没有一份文书能同时满足它的各项“适用”条件和法规的施行期间",
          "no document meets all its conditions while its law is in force")
      ]
        + (missed.map {
          [
            Bilingual(
              "只差“\($0.chinese)”的文书有一份", "there is a document that lacks `\($0.english)` alone")
          ]
        } ?? []))
  }

  fileprivate static func neverViolated(_ rule: Rule) -> Self {
    Diagnostic(
      "L0804", .warning,
      Bilingual(
        "规则 \(rule.code)“\(rule.name.chinese)”不可能被违反",
        "the rule \(rule.code) `\(rule.name.english)` can never be violated"),
      at: rule.origin.range,
      notes: [
        Bilingual(
          "凡是适用而又没有例外的文书都满足要求；检查“应当”“不得”和“除非”",
          "whatever it applies to, and no exception takes out, meets it; look at its requirement and exceptions"
        )
      ])
  }

  fileprivate static func neverKept(_ rule: Rule) -> Self {
    Diagnostic(
      "L0805", .warning,
      Bilingual(
        "规则 \(rule.code)“\(rule.name.chinese)”适用时不可能合规",
        "the rule \(rule.code) `\(rule.name.english)` can never be kept where it applies"),
      at: rule.origin.range,
      notes: [
        Bilingual("检查“应当”或者“不得”后面的条件", "look at the condition that it demands or forbids")
      ])
  }

  fileprivate static func idleException(_ rule: Rule, at range: SourceRange) -> Self {
    Diagnostic(
      "L0806", .warning,
      Bilingual(
        "规则 \(rule.code) 的这项例外在规则适用时不可能成立",
        "this exception to \(rule.code) can never hold where the rule applies"),
      at: range,
      notes: [Bilingual("删去，或者改正它的条件", "remove it, or correct its condition")])
  }

  private static func label(_ rule: Rule, in ruleSet: RuleSet) -> Label {
    Label(
      Bilingual("\(rule.code) 在这里", "\(rule.code) stands here"), at: rule.origin.range,
      in: ruleSet.sources[rule.origin.source].path)
  }

  fileprivate static func contradiction(_ rule: Rule, _ other: Rule, in ruleSet: RuleSet) -> Self {
    Diagnostic(
      "L0807", .warning,
      Bilingual(
        "规则 \(rule.code) 与 \(other.code) 相互矛盾：同时适用时，没有一份文书能同时满足",
        "the rules \(rule.code) and \(other.code) contradict: no document to which both apply meets both"
      ),
      at: rule.origin.range, related: [label(other, in: ruleSet)],
      notes: [
        Bilingual("给其中一条加上例外，或者改正要求", "give one of them an exception, or correct what is demanded")
      ])
  }

  fileprivate static func subsumed(_ rule: Rule, by other: Rule, in ruleSet: RuleSet) -> Self {
    Diagnostic(
      "L0808", .warning,
      Bilingual(
        "凡是违反 \(rule.code) 的也都违反 \(other.code)",
        "whatever violates \(rule.code) violates \(other.code) too"),
      at: rule.origin.range, related: [label(other, in: ruleSet)],
      notes: [
        Bilingual(
          "并成一条，或者让一条把另一条管的情形除外",
          "make one rule of them, or except from one what the other is about")
      ])
  }
}
