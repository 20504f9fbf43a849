import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// The rules that found something: what they demand and by which law, each told once.
struct RuleCards {
  var ruleSet: RuleSet
  /// The numbers of the rules, in the order of their codes.
  var rules: [Int]

  init(_ summary: AuditSummary, _ context: ReportContext) {
    ruleSet = summary.ruleSet
    let showsUndetermined = context.run?.undetermined ?? true
    var byCode: [String: [Int]] = [:]
    for (number, counts) in summary.counts.verdicts
    where counts.violation > 0 || showsUndetermined && counts.undetermined > 0 {
      byCode[summary.ruleSet.rules[number].code, default: []].append(number)
    }
    rules = byCode.keys.sorted().compactMap { byCode[$0]?.min() }
  }

  var html: HTML {
    guard !rules.isEmpty else { return "" }
    var html: HTML = #"<section id="rules"><h2>\#(Bilingual("规则和依据", "Rules and their law"))</h2>"#
    for number in rules { html += card(ruleSet.rules[number]) }
    return html + "</section>\n"
  }

  private func card(_ rule: Rule) -> HTML {
    let markup = FindingMarkup(ruleSet: ruleSet)
    var html: HTML = #"<section class="rule" id="\#(rule.code)">"#
    html += "<h3>\(rule.code) \(rule.name.spoken)</h3>"
    html += "<dl><dt>\(Bilingual("程度", "severity"))<dd>\(rule.severity.name)"
    if !rule.citations.isEmpty {
      html += "<dt>\(Bilingual("依据", "law"))<dd>\(markup.law(of: rule))"
    }
    if let fix = rule.constantFix { html += "<dt>\(Bilingual("整改", "cure"))<dd>\(fix)" }
    if let adjustment = rule.adjustment {
      html += "<dt>\(Bilingual("本地调整", "adjusted"))<dd>\(adjustment.reason)"
    }
    html += "</dl>"
    if let words = rule.documentation {
      html += "<details><summary>\(Bilingual("说明", "What it demands, and why"))</summary>"
      html += "<p>\(words)</p></details>"
    }
    return html + "</section>"
  }
}
