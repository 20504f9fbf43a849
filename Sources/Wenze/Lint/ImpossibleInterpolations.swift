import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Finds what a message interpolates and cannot show: a record as a whole, or what is known to be
/// absent whenever the message is shown.
func findImpossibleInterpolations(in subject: LintSubject) -> [LintFinding] {
  subject.ruleSet.rules.flatMap { rule -> [LintFinding] in
    // A procedure is a rule for each pair of its steps; all have its message.
    guard !rule.isBroken else { return [] }
    let absent = rule.absentInViolations
    // The same is interpolated in both languages.
    var seen: Set<Term> = []
    return rule.message.terms.compactMap { term in
      if case .record(let record) = term.type.element ?? term.type {
        guard seen.insert(term.normalised()).inserted else { return nil }
        return LintFinding(
          .wholeRecord(subject.ruleSet.records[record].name, at: term.origin.range),
          in: term.origin.source)
      }
      guard !absent.isEmpty else { return nil }
      let path = term.normalised()
      guard absent.contains(where: { path.begins(with: $0) }), seen.insert(path).inserted
      else { return nil }
      return LintFinding(
        .absentValue(subject.ruleSet.text(of: term.origin), at: term.origin.range),
        in: term.origin.source)
    }
  }
}

extension Rule {
  /// What does not exist wherever the rule is violated.
  fileprivate var absentInViolations: [Term] {
    guard aggregation == nil else { return [] }
    return applies.flatMap { $0.absent(if: true) }
      + exceptions.flatMap { $0.condition.absent(if: false) } + requirement.absent(if: false)
  }
}

extension Term {
  /// What does not exist if the condition has a value.
  fileprivate func absent(if value: Bool) -> [Term] {
    switch kind {
    case .not(let base): base.absent(if: !value)
    case .isPresent(let base) where !value: [base.normalised()]
    case .and(let terms) where value || terms.count == 1: terms.flatMap { $0.absent(if: value) }
    case .or(let terms) where !value || terms.count == 1: terms.flatMap { $0.absent(if: value) }
    default: []
    }
  }

  /// Whether the term is a path that leads to another, or through it.
  fileprivate func begins(with other: Term) -> Bool {
    if self == other { return true }
    if case .field(let base, _) = kind { return base.begins(with: other) }
    return false
  }
}

extension Diagnostic {
  fileprivate static func wholeRecord(_ record: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "L0601", .warning,
      Bilingual(
        "消息不能写出整个“\(record.chinese)”", "a message cannot show the whole of a `\(record.english)`"),
      at: range,
      notes: [Bilingual("写明其中一个字段，如“.名称”", "name one of its fields, such as `.name`")])
  }

  fileprivate static func absentValue(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "L0602", .warning,
      Bilingual(
        "消息出现时总是没有“\(text)”", "there is no `\(text)` whenever the message is shown"), at: range,
      notes: [
        Bilingual("规则正是在它不存在时违规：去掉它", "the rule is violated only without it: leave it out")
      ])
  }
}
