import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

// Rules over groups: groups of both rule sets are the same where their keys have the same values.

extension DiffWorker {
  /// The rules over groups of one code.
  struct GroupRules: Sendable {
    var code: String
    var old: [Int]
    var new: [Int]
  }

  /// The codes of rules over groups, sorted.
  func groupRules(_ oldRun: GroupRun, _ newRun: GroupRun) -> [GroupRules] {
    let before = Dictionary(grouping: oldRun.rules) { old.ruleSet.rules[$0].code }
    let after = Dictionary(grouping: newRun.rules) { new.ruleSet.rules[$0].code }
    return Set(before.keys).union(after.keys).sorted()
      .map { GroupRules(code: $0, old: before[$0] ?? [], new: after[$0] ?? []) }
  }

  private struct Subject: Hashable {
    var key: [String]
    /// Of a rule that judges elements, the element's document and path.
    var document: DocumentReference?
    var element: String?
  }

  private func findings(
    of rules: [Int], _ run: GroupRun, _ side: Side
  ) -> (order: [Subject], findings: [Subject: GroupFinding]) {
    var order: [Subject] = []
    var findings: [Subject: GroupFinding] = [:]
    for finding in rules.flatMap({ run.findings(of: $0) { _ in true } }) {
      let dossier = side.ruleSet.rules[finding.rule].dossier
      let subject = Subject(
        key: finding.key.map { side.ruleSet.text(of: $0.value, in: .english) },
        document: finding.isOfElement ? finding.documents.first : nil,
        element: finding.element.map { side.ruleSet.text(of: $0, from: dossier, in: .english) })
      guard let known = findings[subject] else {
        order.append(subject)
        findings[subject] = finding
        continue
      }
      // Rules of one code are one to the user, and the strongest verdict counts.
      let cases = Verdict.allCases
      if let one = cases.firstIndex(of: finding.verdict),
        let other = cases.firstIndex(of: known.verdict), one < other
      {
        findings[subject] = finding
      }
    }
    return (order, findings)
  }

  /// The verdicts on groups that are others, of the rules of one code.
  func tally(of rules: GroupRules, _ oldRun: GroupRun, _ newRun: GroupRun) -> VerdictTally {
    var tally = VerdictTally(exampleCount: run.exampleCount)
    let before = findings(of: rules.old, oldRun, old)
    let after = findings(of: rules.new, newRun, new)
    for subject in before.order + after.order.filter({ before.findings[$0] == nil }) {
      let (former, finding) = (before.findings[subject], after.findings[subject])
      let transition = Transition(from: former?.verdict, to: finding?.verdict)
      guard transition.isChange else { continue }
      tally.add(transition, of: rules.code) { example(former, finding) }
    }
    return tally
  }

  private func example(_ former: GroupFinding?, _ finding: GroupFinding?) -> VerdictExample {
    guard let told = finding ?? former else { return VerdictExample(path: "", line: 0) }
    let side = finding == nil ? old : new
    let place = told.documents.first ?? told.beside?.documents.first
    var example = VerdictExample(
      path: place?.path ?? "", line: place?.line ?? 0, cell: place?.place.cell)
    let key = told.keyText(in: side.ruleSet)
    example.group = run.profile(told.mask)(key)
    if told.isOfElement { example.id = place?.id }
    example.element = told.element.map { side.ruleSet.text(of: $0, fromRule: told.rule) }
    example.old = former.map { why($0, old) }
    example.new = finding.map { why($0, new) }
    return example
  }

  private func why(_ finding: GroupFinding, _ side: Side) -> VerdictExample.Side {
    let mask = run.profile(finding.mask)
    var told = VerdictExample.Side(finding.verdict)
    if finding.verdict == .violation { told.message = mask(finding.message) }
    told.facts = finding.figures.map { figure in
      func text(_ language: Language) -> String {
        (figure.isShare ? figure.value.percentText : nil)
          ?? side.ruleSet.text(of: figure.value, in: language)
      }
      return VerdictExample.Fact(
        figure.name,
        figure.value.isUnknown ? nil : mask(Bilingual(text(.chinese), text(.english))))
    }
    return told
  }
}
