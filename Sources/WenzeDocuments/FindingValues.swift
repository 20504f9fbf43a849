import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Findings and what is to be recorded, as templates are filled with them.
struct FindingValues {
  private let report: CheckReport
  private let language: Language

  private static let textLimit = 4_000
  /// What stands where there is nothing to say.
  private static let nothing = "—"

  init(_ report: CheckReport, language: Language) {
    self.report = report
    self.language = language
  }

  /// What was found in a case, in lists; nil: a case without anything in it.
  func lists(of result: DocumentResult?, in file: FileReport?) -> [(Bilingual, TemplateValue)] {
    let blank = value(of: nil, number: 0)
    func list(_ findings: [(number: Int, finding: Finding)]) -> TemplateValue {
      .list(
        findings.map { number, finding in
          guard let result, let file else { return blank }
          return value(of: finding, number: number, result, file)
        }, of: blank)
    }
    func numbered(_ findings: [Finding]) -> [(number: Int, finding: Finding)] {
      findings.enumerated().map { ($0 + 1, $1) }
    }
    let all = result?.findings ?? []
    let violations = all.filter { $0.verdict == .violation && $0.waiver == nil }
    // Those that weigh most come first; among equals their order stays.
    let ordered = numbered(
      Diagnostic.Severity.allCases.reversed()
        .flatMap { severity in violations.filter { self.severity(of: $0) == severity } })
    let undetermined = all.filter { $0.verdict == .undetermined && $0.waiver == nil }
    let waived = all.filter { $0.waiver != nil }
    func of(_ severity: Diagnostic.Severity) -> [(number: Int, finding: Finding)] {
      ordered.filter { self.severity(of: $0.finding) == severity }
    }
    func count(_ verdict: Verdict) -> TemplateValue {
      .number(result?.verdicts.count { $0.verdict == verdict } ?? 0)
    }
    let counts: [(Bilingual, TemplateValue)] = [
      (Bilingual("问题", "findings"), .number(violations.count)),
      (Bilingual("错误", "errors"), .number(of(.error).count)),
      (Bilingual("警告", "warnings"), .number(of(.warning).count)),
      (Bilingual("提示", "notes"), .number(of(.note).count)),
      (Bilingual("存疑", "undetermined"), .number(undetermined.count)),
      (Bilingual("已豁免", "waived"), .number(waived.count)),
      (Bilingual("合规", "compliant"), count(.compliant)),
      (Bilingual("不适用", "not_applicable"), count(.notApplicable)),
    ]
    return [
      (Bilingual("问题", "findings"), list(ordered)),
      (Bilingual("错误", "errors"), list(of(.error))),
      (Bilingual("警告", "warnings"), list(of(.warning))),
      (Bilingual("提示", "notes"), list(of(.note))),
      (Bilingual("存疑", "undetermined"), list(numbered(undetermined))),
      (Bilingual("已豁免", "waived"), list(numbered(waived))),
      (Bilingual("待补录", "to_record"), toRecord(result)),
      (Bilingual("计数", "counts"), .record(counts)),
    ]
  }

  private func severity(of finding: Finding) -> Diagnostic.Severity {
    report.ruleSet.rules[finding.rule].severity
  }

  private func value(
    of finding: Finding, number: Int, _ result: DocumentResult, _ file: FileReport
  ) -> TemplateValue {
    let finding = finding.withoutDates.withoutRecords
    let ruleSet = report.ruleSet
    let dossier = ruleSet.rules[finding.rule].dossier
    var reported = ReportedFinding(
      finding, of: result, in: file.source, ruleSet, profile: report.options.profile)
    reported.waiver?.until = finding.waiver?.until.text(in: language) ?? ""
    return value(
      of: reported, number: number,
      element: finding.element.map { ruleSet.text(of: $0, from: dossier, in: language) })
  }

  /// A finding; nil: one without anything in it.
  func value(
    of finding: ReportedFinding?, number: Int, element: String? = nil
  ) -> TemplateValue {
    let rule = finding.map { report.ruleSet.rules[$0.rule] }
    func text(_ text: String?) -> TemplateValue {
      .text(shown(text ?? Self.nothing), isPresent: text != nil)
    }
    let law = rule.map { report.ruleSet.text(of: $0.citations, in: language) }
    let provisions = (rule?.citations ?? [])
      .map { TemplateValue.text(report.ruleSet.text(of: $0, in: language)) }
    let missing = (finding?.missing ?? []).map { $0[language] }
    let notRecorded = report.ruleSet.text(of: .unknown, in: language)
    let facts = (finding?.evidence ?? []).map { fact($0, notRecorded, finding?.document?.path) }
    return .record([
      (Bilingual("序号", "number"), .number(number)),
      (Bilingual("代码", "code"), text(rule?.code)),
      (Bilingual("名称", "name"), text(rule.map { $0.name.heading(in: language) })),
      (Bilingual("级别", "severity"), text(rule?.severity.name[language])),
      (Bilingual("结论", "verdict"), text(finding?.verdict.name[language])),
      (Bilingual("说明", "message"), text(finding?.message?[language])),
      (Bilingual("对象", "about"), text(element)),
      (Bilingual("整改", "cure"), text(finding?.fix?[language])),
      (Bilingual("依据", "law"), text(law.flatMap { $0.isEmpty ? nil : $0 })),
      (Bilingual("条款", "provisions"), .list(provisions, of: .text(""))),
      (Bilingual("事实", "facts"), .list(facts, of: fact(nil, notRecorded, nil))),
      (
        Bilingual("缺少", "missing"),
        .list(
          missing.map { .text($0) }, of: .text(""),
          text: missing.isEmpty
            ? Self.nothing : missing.joined(separator: language == .chinese ? "、" : ", "))
      ),
      (Bilingual("豁免", "waiver"), waiver(finding?.waiver)),
    ])
  }

  private func fact(
    _ evidence: ReportedFinding.Evidence?, _ notRecorded: String, _ path: String?
  ) -> TemplateValue {
    .record([
      (Bilingual("字段", "field"), .text(evidence?.field[language] ?? "")),
      (
        Bilingual("值", "value"),
        .text(shown(evidence?.value?[language] ?? notRecorded), isPresent: evidence?.value != nil)
      ),
      // What stands nowhere in the file has no line.
      (
        Bilingual("行", "line"),
        .text(evidence?.line.map(String.init) ?? Self.nothing, isPresent: evidence?.line != nil)
      ),
      (Bilingual("文件", "file"), .text(path ?? "")),
    ])
  }

  private func waiver(_ waiver: ReportedFinding.Waiver?) -> TemplateValue {
    .record(
      [
        (Bilingual("理由", "reason"), .text(shown(waiver?.reason ?? Self.nothing))),
        (Bilingual("批准人", "approver"), .text(shown(waiver?.approver ?? Self.nothing))),
        (Bilingual("至", "until"), .text(waiver?.until ?? Self.nothing)),
      ], isPresent: waiver != nil)
  }

  /// The facts to record, in the order in which they are to be repaired, with the rules that wait for
  /// them.
  private func toRecord(_ result: DocumentResult?) -> TemplateValue {
    let facts = result.map { report.factsToRecord(of: $0) } ?? []
    func entry(_ number: Int, _ names: String, _ rules: [Int]) -> TemplateValue {
      let rules = rules.map { number in
        rule(
          report.ruleSet.rules[number].code, report.ruleSet.rules[number].name.heading(in: language)
        )
      }
      return .record([
        (Bilingual("序号", "number"), .number(number)),
        (Bilingual("事实", "facts"), .text(names)),
        (Bilingual("规则", "rules"), .list(rules, of: rule("", ""))),
      ])
    }
    return .list(
      facts.enumerated().map { entry($0 + 1, $1.names[language], $1.rules) }, of: entry(0, "", []))
  }

  private func rule(_ code: String, _ name: String) -> TemplateValue {
    .record([
      (Bilingual("代码", "code"), .text(code)), (Bilingual("名称", "name"), .text(name)),
    ])
  }

  private func shown(_ text: String) -> String { shortened(text, to: Self.textLimit) }
}

extension Finding {
  /// The finding without facts that are whole records, which no reader takes in; the fields that
  /// matter stand beside them.
  fileprivate var withoutRecords: Finding {
    var finding = self
    finding.evidence.removeAll { $0.fact.value.holdsRecords }
    return finding.evidence.isEmpty ? self : finding
  }
}

extension Value {
  fileprivate var holdsRecords: Bool {
    switch self {
    case .record: true
    case .list(let list): list.elements.contains { $0.value.holdsRecords }
    default: false
    }
  }
}

extension Bilingual {
  /// A name as a line begins with it.
  func heading(in language: Language) -> String {
    let words = spoken[language]
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
