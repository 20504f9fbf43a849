package import WenzeEngine
import WenzeModel
package import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// What documents are filled with: the cases of a run, their facts, what was found in them, and what
/// found it.
package struct DocumentData: Sendable {
  private let report: CheckReport
  private let language: Language
  /// For each dossier what a document of another one has of it: nothing.
  private let blanks: [Int: TemplateValue]
  /// The template, as a document says what made it.
  package var template = TemplateValue.text("")

  package init(_ report: CheckReport) {
    self.report = report
    language = report.options.language
    let facts = FactValues(ruleSet: report.ruleSet, language: language, mask: .none)
    blanks = Dictionary(
      uniqueKeysWithValues: report.ruleSet.dossiers.map { ($0, facts.value(of: nil, dossier: $0)) })
  }

  /// The cases of the run, each with its file.
  package var cases: [(file: FileReport, result: DocumentResult)] {
    report.files.flatMap { file in file.results.map { (file, $0) } }
  }

  /// What one document of several cases is filled with.
  package var whole: TemplateValue { root(of: cases, across: report.groups) }

  /// What the document of one case is filled with.
  package func part(_ file: FileReport, _ result: DocumentResult) -> TemplateValue {
    root(of: [(file, result)], across: [])
  }

  /// What a case is called: its key, without names of persons; nil where it has none.
  package func id(of result: DocumentResult) -> String? {
    result.document.id.map { report.options.profile(result.mask)($0) }
  }

  // MARK: Parts

  private func root(
    of cases: [(file: FileReport, result: DocumentResult)], across groups: [GroupFinding]
  ) -> TemplateValue {
    let documents = cases.enumerated()
      .map { document($1.result, in: $1.file, number: $0 + 1) }
    let findings = FindingValues(report, language: language)
    let shown = groups.filter { $0.verdict == .violation }
      .enumerated()
      .map { number, finding in
        findings.value(
          of: ReportedFinding(finding, report.ruleSet, profile: report.options.profile),
          number: number + 1)
      }
    return .record([
      (
        Bilingual("文书", "documents"), .list(documents, of: document(nil, in: nil, number: 0))
      ),
      (Bilingual("份数", "document_count"), .number(documents.count)),
      (Bilingual("单份", "is_single"), .condition(documents.count == 1)),
      (Bilingual("多份之间", "across_documents"), .list(shown, of: findings.value(of: nil, number: 0))),
      (Bilingual("运行", "run"), run),
    ])
  }

  /// A case; nil: one without anything in it.
  private func document(
    _ result: DocumentResult?, in file: FileReport?, number: Int
  ) -> TemplateValue {
    let findings = FindingValues(report, language: language)
    let ruleSet = report.ruleSet
    let type = result.map { ruleSet.records[$0.document.dossier].name.heading(in: language) } ?? ""
    let id = result.flatMap { self.id(of: $0) }
    var line: Int?
    if let result, let file { line = file.source.line(at: result.document.range.start) }
    var fields: [(Bilingual, TemplateValue)] = [
      (Bilingual("序号", "number"), .number(number)),
      (Bilingual("续", "follows_another"), .condition(number > 1)),
      (Bilingual("类型", "type"), .text(type)),
      (
        Bilingual("编号", "id"), .text(id ?? notRecorded, isPresent: id != nil)
      ),
      (Bilingual("文件", "file"), .text(file?.source.path ?? "")),
      (Bilingual("行", "line"), .number(line ?? 0)),
      (Bilingual("文件摘要", "file_digest"), .text(file?.digest ?? "")),
      (
        Bilingual("以运行日期定法", "law_by_run_date"), .condition(result?.usedRunDate ?? false)
      ),
    ]
    fields += findings.lists(of: result, in: file)
    if let result {
      let facts = FactValues(
        ruleSet: ruleSet, language: language, mask: report.options.profile(result.mask))
      for dossier in ruleSet.dossiers {
        let own =
          dossier == result.document.dossier
          ? facts.value(of: result.document, dossier: dossier) : nil
        fields.append((ruleSet.records[dossier].name, own ?? blanks[dossier] ?? .text("")))
      }
    } else {
      for dossier in ruleSet.dossiers {
        fields.append((ruleSet.records[dossier].name, blanks[dossier] ?? .text("")))
      }
    }
    return .record(fields)
  }

  private var notRecorded: String { report.ruleSet.text(of: .unknown, in: language) }

  /// What made the document.
  private var run: TemplateValue {
    let packs = report.ruleSet.packs.map { pack in
      TemplateValue.record([
        (Bilingual("名称", "name"), .text(pack.name.spoken[language])),
        (Bilingual("标题", "title"), .text((pack.title ?? pack.name.spoken)[language])),
        (Bilingual("版本", "version"), .text(pack.version)),
      ])
    }
    let blank = TemplateValue.record([
      (Bilingual("名称", "name"), .text("")), (Bilingual("标题", "title"), .text("")),
      (Bilingual("版本", "version"), .text("")),
    ])
    let asOf = report.run.flatMap { CalendarDate(text: $0.asOf) }.map { $0.text(in: language) }
    return .record([
      (Bilingual("程序版本", "tool_version"), .text(report.toolVersion)),
      (Bilingual("规则摘要", "rules_digest"), .text(report.ruleDigest)),
      (Bilingual("规则包", "packs"), .list(packs, of: blank)),
      (
        Bilingual("日期", "date"), .text(asOf ?? notRecorded, isPresent: asOf != nil)
      ),
      (
        Bilingual("显示人名", "shows_names"), .condition(report.options.profile.showsNames)
      ),
      (Bilingual("模板", "template"), template),
      (Bilingual("说明", "footer"), .text(report.runText)),
    ])
  }
}
