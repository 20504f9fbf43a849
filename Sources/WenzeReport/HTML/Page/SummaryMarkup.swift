import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// What a run came to, as the first part of a page: numbers, pictures, tables.
struct SummaryMarkup {
  var summary: AuditSummary
  var context: ReportContext
  /// Whether pictures are worth their place: for one document its own findings say it all.
  var hasPictures = true

  private static let ruleCount = 40
  private static let factCount = 20

  /// How the run was made, and its counts.
  var header: HTML {
    var facts = [
      Bilingual(
        "wenze \(context.toolVersion) · 规则摘要 \(context.ruleDigest.prefix(19))",
        "wenze \(context.toolVersion) · rules \(context.ruleDigest.prefix(19))")
    ]
    if let run = context.run {
      facts.append(Bilingual("运行日期 \(run.asOf)", "run as of \(run.asOf)"))
      facts.append(
        run.showNames
          ? Bilingual("人名未遮盖", "names in clear") : Bilingual("人名已遮盖", "names masked"))
    }
    if context.profile.isPublic {
      facts.append(
        Bilingual(
          "公开版：不列各份文书，不列不足 \(MaskingProfile.smallestGroup) 的数",
          "published: without single documents and counts under \(MaskingProfile.smallestGroup)"))
    }
    var html: HTML = #"<p class="meta">"#
    html += facts.map { words -> HTML in "\(words)" }.joined(separator: " · ")
    html += #"</p><ul class="tiles">"#
    let tiles: [(String, Int, Bilingual)] = [
      ("", summary.counts.documentCount, Bilingual("文书", "documents")),
      ("e", summary.violations(of: .error), Bilingual("错误", "errors")),
      ("w", summary.violations(of: .warning), Bilingual("警告", "warnings")),
      ("i", summary.violations(of: .note), Bilingual("提示", "notes")),
      ("u", summary.total.undetermined, Bilingual("存疑", "undetermined")),
      ("", summary.total.compliant, Bilingual("合规", "compliant")),
    ]
    for (mark, count, words) in tiles {
      html += #"<li class="\#(mark)"><b>\#(context.profile.text(of: count))</b>\#(words)</li>"#
    }
    html += "</ul>"
    let sentences = zip(
      summary.sentences(context(.chinese)), summary.sentences(context(.english)))
    for (chinese, english) in sentences { html += "<p>\(Bilingual(chinese, english))</p>" }
    return html + "</header>\n<main>\n"
  }

  private func context(_ language: Language) -> ReportContext {
    var context = context
    context.language = language
    return context
  }

  // MARK: Pictures

  var pictures: HTML {
    guard hasPictures else { return "" }
    let figures =
      summary.series.compactMap { series in
        PeriodChart(
          series: series, noun: summary.ruleSet.records[series.dossier].name.spoken,
          profile: context.profile
        )
        .figure
      } + ChartMarkup(summary: summary, profile: context.profile).figures
      + [rules, missing].compactMap { $0 }
    guard !figures.isEmpty else { return "" }
    return #"<section id="pictures"><h2>\#(Bilingual("图", "Pictures"))</h2>"#
      + figures.map(\.html).joined() + "</section>\n"
  }

  /// Whether undetermined verdicts are listed, and not only counted.
  private var showsUndetermined: Bool { context.run?.undetermined ?? true }

  /// The rules that have findings on the page.
  private var findingRules: [(rule: Rule, counts: AuditCounts.VerdictCounts)] {
    summary.verdictsByCode
      .filter { $0.counts.violation > 0 || showsUndetermined && $0.counts.undetermined > 0 }
  }

  /// The findings of each rule.
  private var rules: Figure? {
    let rules =
      findingRules
      .sorted {
        ($1.counts.violation, $1.counts.undetermined, $0.rule.code)
          < ($0.counts.violation, $0.counts.undetermined, $1.rule.code)
      }
    guard rules.count > 1,
      rules.contains(where: { $0.counts.violation > 1 || $0.counts.undetermined > 1 })
    else { return nil }
    let severities: [Diagnostic.Severity] = [.error, .warning, .note]
    let profile = context.profile
    /// A bar of a count that is withheld would tell it.
    func drawn(_ count: Int) -> Int { profile.hides(count) ? 0 : count }
    let chart = BarChart(
      rows: rules.prefix(Self.ruleCount).map { rule, counts in
        let name = rule.name.spoken
        let parts =
          severities.map { $0 == rule.severity ? counts.violation : 0 }
          + (showsUndetermined ? [counts.undetermined] : [])
        let violations = profile.text(of: counts.violation)
        return BarChart.Row(
          label: Bilingual("\(rule.code) \(name.chinese)", "\(rule.code) \(name.english)"),
          counts: parts.map(drawn),
          note: Bilingual(
            same: showsUndetermined && counts.undetermined > 0
              ? "\(violations) + \(profile.text(of: counts.undetermined))" : violations),
          cells: parts.map { Bilingual(same: profile.text(of: $0)) })
      },
      parts: [
        Figure.KeyEntry(style: "pe", words: Bilingual("违规，错误", "violations, error")),
        Figure.KeyEntry(style: "pw", words: Bilingual("违规，警告", "violations, warning")),
        Figure.KeyEntry(style: "pn", words: Bilingual("违规，提示", "violations, note")),
      ]
        + (showsUndetermined
          ? [Figure.KeyEntry(style: "pu", words: Bilingual("存疑", "undetermined"))] : []),
      rowTitle: Bilingual("规则", "rule"))
    var description = Bilingual("每条规则的违规数。", "How many violations each rule found.")
    if showsUndetermined {
      description.chinese += "加号后是存疑数。"
      description.english += " Undetermined ones stand behind the plus sign."
    }
    if rules.count > Self.ruleCount {
      description.chinese += "图中是最多的 \(Self.ruleCount) 条，共 \(rules.count) 条。"
      description.english += " Shown are the first \(Self.ruleCount) of \(rules.count)."
    }
    return chart.figure(
      title: Bilingual("各规则的问题", "Findings by rule"), description: description)
  }

  /// What files fail to record.
  private var missing: Figure? {
    // Rules over groups wait for documents, and not for facts of one.
    let open = summary.counts.verdicts.reduce(0) { sum, entry in
      summary.ruleSet.rules[entry.key].aggregation == nil ? sum + entry.value.undetermined : sum
    }
    let facts = summary.missingFacts
    guard showsUndetermined, facts.count > 1, facts[0].count > 1, open > 0 else { return nil }
    let chart = BarChart(
      rows: facts.prefix(Self.factCount).map { fact in
        let count = context.profile.text(of: fact.count)
        let isShown = !context.profile.hides(fact.count)
        return BarChart.Row(
          label: fact.name, counts: [isShown ? fact.count : 0],
          note: Bilingual(
            same: isShown ? "\(count) · \(percentText(fact.count, of: open))" : count),
          cells: [Bilingual(same: count)])
      },
      parts: [
        Figure.KeyEntry(style: "pu", words: Bilingual("缺这一事实的存疑", "undetermined for want of it"))
      ],
      rowTitle: Bilingual("事实", "fact"))
    return chart.figure(
      title: Bilingual("卷宗缺少的事实", "What files fail to record"),
      description: Bilingual(
        "有多少项存疑因为没有记载这一事实，占单份文书的全部 \(open) 项存疑的多少。一项存疑可能缺几个事实。",
        "How many undetermined verdicts lack the fact, and their share of all \(open) on single documents. One may lack several."
      ))
  }

  // MARK: Tables

  /// The tables of all reports, but those of which there is a picture.
  var tables: HTML {
    zip(summary.tables(context(.chinese)), summary.tables(context(.english)))
      .map { html(of: $0, $1) }.joined()
  }

  private func html(of chinese: SummaryTable, _ english: SummaryTable) -> HTML {
    var html: HTML = "<section><h2>\(Bilingual(chinese.title, english.title))</h2>"
    html += #"<div class="scroll"><table class="wide"><thead><tr>"#
    for (column, other) in zip(chinese.columns, english.columns) {
      let title = Bilingual(column.title, other.title)
      html += column.isNumber ? #"<th class="n">\#(title)</th>"# : "<th>\(title)</th>"
    }
    html += "</tr></thead><tbody>"
    for (row, other) in zip(chinese.rows, english.rows) {
      html += "<tr>"
      for (number, cells) in zip(row.cells, other.cells).enumerated() {
        let words = shortened(Bilingual(cells.0, cells.1), to: 1_000)
        html +=
          chinese.columns[number].isNumber
          ? #"<td class="n">\#(words)</td>"# : "<td>\(words)</td>"
      }
      html += "</tr>"
    }
    html += "</tbody></table></div>"
    for (note, other) in zip(chinese.notes, english.notes) {
      html += #"<p class="d">\#(Bilingual(note, other))</p>"#
    }
    return html + "</section>\n"
  }

  // MARK: Tools

  /// The means of choosing among findings, which need the script.
  var tools: HTML {
    func option(_ value: String, _ words: Bilingual) -> HTML {
      #"<option value="\#(value)" data-zh="\#(words.chinese)" data-en="\#(words.english)">"#
        + "\(words[context.language])</option>"
    }
    func label(_ words: Bilingual) -> String { "\(words.chinese) / \(words.english)" }
    var html: HTML = #"<div class="tools" role="search">"#
    html += #"<input type="search" id="q" aria-label="\#(label(Bilingual("搜索", "search")))">"#
    html += #"<select id="rule" aria-label="\#(label(Bilingual("规则", "rule")))">"#
    html += option("", Bilingual("全部规则", "All rules"))
    for (rule, _) in findingRules {
      let name = rule.name.spoken
      html += option(
        rule.code, Bilingual("\(rule.code) \(name.chinese)", "\(rule.code) \(name.english)"))
    }
    html += #"</select><select id="kind" aria-label="\#(label(Bilingual("程度", "severity")))">"#
    html += option("", Bilingual("全部程度", "All severities"))
    for severity in Diagnostic.Severity.allCases.reversed() {
      html += option(FindingMarkup.mark(of: severity), severity.name)
    }
    html += option("u", Verdict.undetermined.name)
    html += option("k", Bilingual("已豁免", "waived"))
    html += #"</select><select id="group" hidden aria-label="\#(label(Bilingual("分组", "group")))">"#
    html += option("", Bilingual("全部分组", "All groups"))
    html += #"</select><select id="sort" aria-label="\#(label(Bilingual("次序", "order")))">"#
    html += option("", Bilingual("按文书排", "By document"))
    html += option("r", Bilingual("按规则排", "By rule"))
    html += option("s", Bilingual("按程度排", "By severity"))
    return html + #"</select><output id="count"></output></div>"#
  }
}
