import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// A page for readers, in one file that needs nothing else: the summary with pictures, then the
/// findings, then their rules.
package struct HTMLFormat: ReportFormat {
  package static let name = "html"
  private let context: ReportContext
  private let markup: FindingMarkup

  package init(_ context: ReportContext) {
    self.context = context
    markup = FindingMarkup(ruleSet: context.ruleSet, namesLaw: false)
  }

  package static var opensWithSummary: Bool { true }
  package static var showsCharts: Bool { true }

  private var skeleton: PageSkeleton {
    PageSkeleton(
      title: context.listsFindings
        ? Bilingual("问责检查", "Check of accountability")
        : Bilingual("问责审计", "Audit of accountability"), language: context.language)
  }

  package var head: String { skeleton.head.text }

  package func opening(_ summary: AuditSummary, leftOut: Int) -> String {
    let parts = SummaryMarkup(summary: summary, context: context)
    var html = parts.header + parts.pictures + parts.tables
    html += #"<section id="findings"><h2>\#(Bilingual("问题", "Findings"))</h2>\#(parts.tools)"#
    if context.profile.isPublic {
      html += "<p>\(Self.publishedFindings)</p>"
    }
    html += Self.notice(ofLeftOut: leftOut)
    html += #"<div class="list">"#
    return html.text
  }

  private static let publishedFindings = Bilingual(
    "这里只列关于一组文书的问题，且组不小于 \(MaskingProfile.smallestGroup)；关于单份文书的问题只在上面计数。",
    "Only findings on groups of \(MaskingProfile.smallestGroup) or more are listed; those on single documents are counted above."
  )

  /// Says that not all is listed; nothing if all is.
  static func notice(ofLeftOut count: Int) -> HTML {
    guard count > 0 else { return "" }
    let words = Bilingual(
      "另有 \(count) 项问题没有列在这一页；全部问题请用 --report csv=文件 或者 jsonl=文件。",
      "\(count) more findings are not on this page: --report csv=FILE or jsonl=FILE has all.")
    return "<p><strong>\(words)</strong></p>"
  }

  package func text(of finding: ReportedFinding) -> String? {
    // How many findings there are on single documents would tell the counts that are withheld.
    if context.profile.isPublic, finding.document != nil { return nil }
    return markup.article(finding).text
  }

  package func tail(_ summary: AuditSummary) -> String {
    var html: HTML = "</div></section>\n"
    html += RuleCards(summary, context).html
    return (html + skeleton.tail).text
  }
}
