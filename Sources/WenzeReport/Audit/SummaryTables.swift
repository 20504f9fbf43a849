import WenzeEngine
import WenzeModel
import WenzeSemantics
package import WenzeSyntax

/// A table of a summary, for any way to draw it.
struct SummaryTable {
  var title: String
  var columns: [Column]
  var rows: [Row]
  /// What is said below.
  var notes: [String] = []

  struct Column {
    var title: String
    var isNumber = false
  }

  struct Row {
    var cells: [String]
    /// How long its bar is, from 0 to 1; nil for none.
    var share: Double?
    var severity: Diagnostic.Severity?
  }
}

extension AuditSummary {
  /// The sentences above the tables.
  func sentences(_ context: ReportContext) -> [String] {
    let language = context.language
    func shown(_ count: Int) -> String { context.profile.text(of: count) }
    func counted(_ number: Int, _ noun: String) -> String {
      "\(shown(number)) \(noun)\(number == 1 && !context.profile.isPublic ? "" : "s")"
    }
    func say(_ chinese: String, _ english: String) -> String { context.say(chinese, english) }
    let dossiers = counts.documents.keys.sorted()
      .map { dossier in
        "\(ruleSet.records[dossier].name[language]) \(shown(counts.documents[dossier] ?? 0))"
      }
      .joined(separator: say("、", ", "))
    let total = total
    var read = say(
      "\(context.listsFindings ? "检查" : "审计") \(shown(counts.inputs.count)) 个文件，文书 \(shown(counts.documentCount)) 份",
      "\(counted(counts.documentCount, "document")) in \(counted(counts.inputs.count, "file"))")
    if !dossiers.isEmpty { read += say("（\(dossiers)）", " (\(dossiers))") }
    if counts.unreadDocuments > 0 {
      read += say(
        "，另有 \(shown(counts.unreadDocuments)) 份未能检查",
        "; \(shown(counts.unreadDocuments)) not checked")
    }
    if counts.unreadFiles > 0 {
      read += say(
        "，\(shown(counts.unreadFiles)) 个文件未能读取", "; \(counted(counts.unreadFiles, "file")) not read"
      )
    }
    let waived = counts.waived
    let found = say(
      "违规 \(shown(total.violation))（错误 \(shown(violations(of: .error)))、警告 \(shown(violations(of: .warning)))、"
        + "提示 \(shown(violations(of: .note)))\(waived > 0 ? "，其中已豁免 \(shown(waived))" : "")），"
        + "存疑 \(shown(total.undetermined))，合规 \(shown(total.compliant))，不适用 \(shown(total.notApplicable))",
      "\(counted(total.violation, "violation")) (\(counted(violations(of: .error), "error")), "
        + "\(counted(violations(of: .warning), "warning")), "
        + "\(counted(violations(of: .note), "note"))\(waived > 0 ? ", \(shown(waived)) waived" : "")), "
        + "\(shown(total.undetermined)) undetermined, \(shown(total.compliant)) compliant, "
        + "\(shown(total.notApplicable)) not applicable")
    var sentences = [read, found]
    if let baseline {
      sentences.append(
        say(
          "与基线相比：新 \(shown(baseline.new))，重开 \(shown(baseline.reopened))，已知 \(shown(baseline.known))，"
            + "消失 \(shown(baseline.gone))",
          "against the baseline: \(shown(baseline.new)) new, \(shown(baseline.reopened)) reopened, "
            + "\(shown(baseline.known)) known, \(shown(baseline.gone)) gone"))
    }
    return sentences + adjustments(context)
  }

  private func adjustments(_ context: ReportContext) -> [String] {
    var seen: Set<String> = []
    return ruleSet.rules.compactMap { rule in
      guard let adjustment = rule.adjustment, seen.insert(rule.code).inserted else { return nil }
      let change =
        adjustment.isDisabled
        ? context.say("停用", "disabled")
        : context.say("改为\(rule.severity.name.chinese)", "is \(rule.severity.name.english) now")
      return context.say(
        "本地调整：\(rule.code) \(change)：\(adjustment.reason.chinese)",
        "adjusted: \(rule.code) \(change): \(adjustment.reason.english)")
    }
  }

  /// The tables that have something to say.
  func tables(_ context: ReportContext) -> [SummaryTable] {
    [
      ruleTable(context), groupTable(context), missingTable(context), goneTable(context),
      problemTable(context),
    ]
    .compactMap { $0 }
  }

  private func ruleTable(_ context: ReportContext) -> SummaryTable? {
    func shown(_ count: Int) -> String { context.profile.text(of: count) }
    let all = verdictsByCode
    guard !all.isEmpty else { return nil }
    let told = all.filter { $0.counts.violation > 0 || $0.counts.undetermined > 0 }
    var table = SummaryTable(
      title: context.say("规则", "Rules"),
      columns: [
        SummaryTable.Column(title: context.say("代码", "code")),
        SummaryTable.Column(title: context.say("名称", "name")),
        SummaryTable.Column(title: context.say("违规", "violations"), isNumber: true),
        SummaryTable.Column(title: context.say("存疑", "undetermined"), isNumber: true),
        SummaryTable.Column(title: context.say("合规", "compliant"), isNumber: true),
        SummaryTable.Column(title: context.say("违规率", "share"), isNumber: true),
      ], rows: [])
    table.rows = told.map { rule, counts in
      let known = counts.violation + counts.compliant
      // A share gives away the count that it is made of.
      let hasShare =
        known > 0 && !context.profile.hides(counts.violation)
        && !context.profile.hides(counts.compliant)
      return SummaryTable.Row(
        cells: [
          rule.code, rule.name.spoken[context.language], shown(counts.violation),
          shown(counts.undetermined), shown(counts.compliant),
          hasShare ? percent(counts.violation, of: known) : "",
        ],
        share: hasShare ? Double(counts.violation) / Double(known) : nil, severity: rule.severity)
    }
    let rest = all.count - told.count
    if rest > 0 {
      table.notes.append(
        told.isEmpty
          ? context.say(
            "\(rest) 条规则都没有违规或者存疑", "none of \(rest) rules has violations or is undetermined")
          : context.say(
            "其余 \(rest) 条规则没有违规或者存疑", "\(rest) more have no violations and nothing undetermined"))
    }
    return table
  }

  private func groupTable(_ context: ReportContext) -> SummaryTable? {
    guard !groups.isEmpty else { return nil }
    let rows = groups.map { finding in
      let rule = ruleSet.rules[finding.rule]
      return SummaryTable.Row(
        cells: [rule.code, said(finding, context)], share: nil,
        severity: rule.severity)
    }
    var table = SummaryTable(
      title: context.say("多件文书之间", "Across documents"),
      columns: [
        SummaryTable.Column(title: context.say("代码", "code")),
        SummaryTable.Column(title: context.say("问题", "finding")),
      ], rows: rows)
    var found = 0
    for (number, counts) in counts.verdicts where ruleSet.rules[number].aggregation != nil {
      found += counts.violation
    }
    // How many more there are would tell of groups that are too small.
    if found > rows.count, !context.profile.isPublic {
      table.notes.append(context.say("等 \(found) 项", "and \(found - rows.count) more"))
    }
    return table
  }

  /// What a finding on a group says; where its message is withheld, which group it is.
  private func said(_ finding: ReportedFinding, _ context: ReportContext) -> String {
    let message = finding.message?[context.language] ?? ""
    guard context.profile.isPublic, let group = finding.group else { return message }
    let key = group.keyText(in: context.language)
    return key.isEmpty ? message : message + context.say("（\(key)）", " (\(key))")
  }

  private func missingTable(_ context: ReportContext) -> SummaryTable? {
    let missing = mostMissing(in: context.language)
    guard let most = missing.first?.count else { return nil }
    return SummaryTable(
      title: context.say("最常缺少的事实", "Facts that are missing most"),
      columns: [
        SummaryTable.Column(title: context.say("事实", "fact")),
        SummaryTable.Column(title: context.say("次数", "times"), isNumber: true),
      ],
      rows: missing.map { fact, count in
        SummaryTable.Row(
          cells: [fact, context.profile.text(of: count)],
          share: context.profile.hides(count) ? nil : Double(count) / Double(most))
      })
  }

  private func goneTable(_ context: ReportContext) -> SummaryTable? {
    guard !gone.isEmpty, !context.profile.isPublic else { return nil }
    let shown = gone.prefix(10)
    var table = SummaryTable(
      title: context.say("基线里已消失的", "Gone since the baseline"),
      columns: [
        SummaryTable.Column(title: context.say("代码", "code")),
        SummaryTable.Column(title: context.say("文书", "document")),
      ],
      rows: shown.map { entry in
        let about = [entry.key.id ?? entry.key.path, entry.key.element, entry.key.group]
        return SummaryTable.Row(
          cells: [entry.key.rule, about.compactMap { $0 }.joined(separator: " ")])
      })
    if gone.count > shown.count {
      table.notes.append(
        context.say("等 \(gone.count) 项", "and \(gone.count - shown.count) more"))
    }
    return table
  }

  private func problemTable(_ context: ReportContext) -> SummaryTable? {
    guard !counts.problems.isEmpty else { return nil }
    let language = context.language
    let rows = counts.problems.keys.sorted()
      .compactMap { code -> SummaryTable.Row? in
        guard let problem = counts.problems[code], let first = problem.examples.first else {
          return nil
        }
        let severity = Diagnostic.Severity.allCases.first { $0.name.english == problem.severity }
        var places = problem.examples.map(\.place).joined(separator: context.say("、", ", "))
        let rest = problem.count - problem.examples.count
        if rest > 0 { places += context.say(" 等", " …") }
        return SummaryTable.Row(
          cells: [
            code, severity?.name[language] ?? problem.severity,
            context.profile.text(of: problem.count),
            first.published(context.profile).message[language],
            context.profile.isPublic ? Withheld.text[language] : places,
          ], severity: severity)
      }
    return SummaryTable(
      title: context.say("输入的问题", "Problems of the input"),
      columns: [
        SummaryTable.Column(title: context.say("代码", "code")),
        SummaryTable.Column(title: context.say("程度", "severity")),
        SummaryTable.Column(title: context.say("次数", "times"), isNumber: true),
        SummaryTable.Column(title: context.say("例", "such as")),
        SummaryTable.Column(title: context.say("位置", "at")),
      ], rows: rows)
  }

  private func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "" }
    let tenths = (part * 2_000 + whole) / (2 * whole)
    return "\(tenths / 10).\(tenths % 10)%"
  }
}

extension ReportedProblem {
  var place: String {
    if let cell { return "\(path):\(cell)" }
    return line.map { "\(path):\($0)" } ?? path
  }
}

extension ReportedFinding.Group {
  /// The key as a sentence has it.
  package func keyText(in language: Language) -> String {
    let unknown = language == .chinese ? "（未记载）" : "(not recorded)"
    return key.map { part in
      part.name[language] + (language == .chinese ? "：" : ": ")
        + (part.text?[language] ?? unknown)
    }
    .joined(separator: language == .chinese ? "，" : ", ")
  }
}
