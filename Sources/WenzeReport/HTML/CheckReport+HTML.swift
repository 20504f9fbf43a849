package import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

extension CheckReport {
  /// How many documents have a timeline; a page with more would be too large.
  private static let timelineCount = 100
  /// How many documents may each tell the names and laws of rules again; in a page with more, the
  /// list of rules does.
  private static let wordyCount = 50
  private static let stepCount = 60
  private static let listedDocuments = 5_000

  /// The report as a page: for each document its timeline, its findings beside the facts that they
  /// rest on, and the facts to record.
  func html(_ context: ReportContext, _ summary: AuditSummary) -> String {
    var summary = summary
    summary.series = periodSeries
    summary.charts = charts
    let results = files.flatMap(\.results)
    let parts = SummaryMarkup(
      summary: summary, context: context, hasPictures: results.count > 1)
    let skeleton = PageSkeleton(
      title: Bilingual("问责检查", "Check of accountability"), language: options.language)
    var room = ListingRoom()
    var sections: HTML = ""
    var shown = 0
    for (number, (file, result)) in documents.enumerated() {
      let section = section(result, number + 1, in: file, isOneOf: results.count)
      let count = result.findings.count { $0.verdict == .violation }
      if room.takesBytes(of: section.text) {
        sections += section
        shown = number + 1
      } else {
        room.leaveOut(count)
      }
    }
    sections += groupSection(&room)
    var html = skeleton.head + parts.header
    if results.count > 1 { html += contents(shown: shown) }
    html += parts.pictures + problemList
    html +=
      #"<section id="findings"><h2 class="screen">\#(Bilingual("问题", "Findings"))</h2>\#(parts.tools)"#
    html += HTMLFormat.notice(ofLeftOut: room.leftOut)
    html += sections + "</section>\n" + RuleCards(summary, context).html
    return (html + skeleton.tail).text
  }

  private var documents: [(FileReport, DocumentResult)] {
    files.flatMap { file in file.results.map { (file, $0) } }
  }

  // MARK: Parts

  private func name(of result: DocumentResult) -> Bilingual {
    let type = ruleSet.records[result.document.dossier].name.spoken
    guard let id = result.document.id else { return type }
    let shown = shortened(fittedMask(result)(id), to: 120)
    return Bilingual("\(type.chinese) \(shown)", "\(type.english) \(shown)")
  }

  private func fittedMask(_ result: DocumentResult) -> NameMask {
    options.profile(result.mask)
  }

  /// The documents with what was found in each, as links to those of which there is a section.
  private func contents(shown: Int) -> HTML {
    var html: HTML = "<section><h2>\(Bilingual("文书", "Documents"))</h2>"
    html +=
      #"<div class="scroll"><table class="wide"><thead><tr><th>\#(Bilingual("文书", "document"))"#
    html += "<th>\(Bilingual("文件", "file"))"
    for words in [
      Bilingual("错误", "errors"), Bilingual("警告", "warnings"), Bilingual("提示", "notes"),
      Bilingual("存疑", "undetermined"),
    ] { html += #"<th class="n">\#(words)"# }
    html += "</thead><tbody>"
    for (number, (file, result)) in documents.prefix(Self.listedDocuments).enumerated() {
      html += "<tr><td>"
      let name: HTML = "\(name(of: result))"
      html += number < shown ? ##"<a href="#d\##(number + 1)">\##(name)</a>"## : name
      html += "<td><bdi>\(file.source.path)</bdi>"
      let violations = result.findings.filter { $0.verdict == .violation }
      for severity in Diagnostic.Severity.allCases.reversed() {
        let count = violations.count { ruleSet.rules[$0.rule].severity == severity }
        html += #"<td class="n">\#(count)"#
      }
      html += #"<td class="n">\#(result.findings.count { $0.verdict == .undetermined })"#
    }
    return html + "</tbody></table></div></section>\n"
  }

  private func section(
    _ result: DocumentResult, _ number: Int, in file: FileReport, isOneOf count: Int
  ) -> HTML {
    let place = file.source.place(at: result.document.range.start)
    var html: HTML = #"<section class="doc" id="d\#(number)"><h2>\#(name(of: result))</h2>"#
    html += #"<p class="meta"><bdi>\#(file.source.path):\#(place.cell ?? "\(place.line)")</bdi>"#
    if result.usedRunDate {
      html += " · \(Bilingual("按运行日期的法规", "by the law on the date of the run"))"
    }
    html += "</p>"
    if number <= Self.timelineCount, let figure = timeline(of: result, in: file) {
      html += figure.html
    }
    let isWordy = count <= Self.wordyCount
    let markup = FindingMarkup(ruleSet: ruleSet, namesLaw: isWordy, namesDocument: false)
    let listed = result.findings.filter { $0.verdict == .violation }
    if listed.isEmpty {
      html += #"<p class="none">\#(Bilingual("没有违规。", "No violation."))</p>"#
    } else {
      html += #"<div class="list">"#
      for finding in listed {
        html += markup.article(
          ReportedFinding(
            finding.withoutDates, of: result, in: file.source, ruleSet,
            profile: options.profile))
      }
      html += "</div>"
    }
    if options.showsUndetermined { html += toDoList(of: result, isWordy: isWordy) }
    if options.showsAllVerdicts { html += otherVerdicts(of: result) }
    return html + "</section>\n"
  }

  /// The facts to record, each with the rules that wait for it.
  private func toDoList(of result: DocumentResult, isWordy: Bool) -> HTML {
    let count = result.findings.count { $0.verdict == .undetermined }
    guard count > 0 else { return "" }
    var html: HTML =
      "<h3>\(Bilingual("待补录的事实（存疑 \(count) 项）", "Facts to record (\(count) undetermined)"))</h3>"
    html +=
      #"<div class="scroll"><table class="todo wide"><thead><tr><th>\#(Bilingual("事实", "fact"))"#
    html += "<th>\(Bilingual("补录后即可判断", "decides"))</thead><tbody>"
    for facts in factsToRecord(of: result) {
      html += "<tr><td>\(facts.names)<td>"
      html += facts.rules
        .map { number -> HTML in
          let rule = ruleSet.rules[number]
          let code: HTML = ##"<a href="#\##(rule.code)">\##(rule.code)</a>"##
          return isWordy ? "\(code) \(rule.name.spoken)" : code
        }
        .joined(separator: isWordy ? "<br>" : " ")
    }
    return html + "</tbody></table></div>"
  }

  private func otherVerdicts(of result: DocumentResult) -> HTML {
    let others = result.verdicts.filter {
      $0.verdict == .compliant || $0.verdict == .notApplicable
    }
    guard !others.isEmpty else { return "" }
    var html: HTML =
      "<details><summary>\(Bilingual("合规和不适用（\(others.count)）", "Compliant and not applicable (\(others.count))"))</summary><table>"
    for verdict in others {
      let rule = ruleSet.rules[verdict.rule]
      html += "<tr><td>\(rule.code)<td>\(rule.name.spoken)<td>\(verdict.verdict.name)<td>"
      if let element = verdict.element {
        html += "<bdi>\(ruleSet.text(of: element, from: rule.dossier, in: .english))</bdi>"
      }
    }
    return html + "</table></details>"
  }

  private func groupSection(_ room: inout ListingRoom) -> HTML {
    let listed = groups.filter { finding in
      finding.verdict == .violation || finding.verdict == .undetermined && options.showsUndetermined
    }
    guard !listed.isEmpty else { return "" }
    let markup = FindingMarkup(ruleSet: ruleSet)
    var html: HTML =
      #"<section class="doc" id="groups"><h2>\#(Bilingual("多件文书之间", "Across documents"))</h2><div class="list">"#
    for finding in listed {
      let article = markup.article(
        ReportedFinding(finding, ruleSet, profile: options.profile))
      if room.takes(article.text) { html += article }
    }
    return html + "</div></section>\n"
  }

  /// What is wrong with the inputs, each.
  private var problemList: HTML {
    let problems = reportedProblems
    guard !problems.isEmpty else { return "" }
    var html: HTML = "<section><h2>\(Bilingual("输入的问题", "Problems of the input"))</h2>"
    html += #"<div class="scroll"><table class="wide">"#
    for problem in problems.prefix(1_000) {
      let message = shortened(problem.message, to: 1_000)
      html += "<tr><td>\(problem.code)<td>\(message)<td><bdi>\(problem.place)</bdi>"
    }
    return html + "</table></div></section>\n"
  }

  private var periodSeries: [PeriodSeries] {
    var byRule: [Int: [GroupFinding]] = [:]
    for finding in groups { byRule[finding.rule, default: []].append(finding) }
    return PeriodSeries.merged(
      byRule.keys.sorted()
        .compactMap { PeriodSeries(byRule[$0] ?? [], of: ruleSet.rules[$0], in: ruleSet) })
  }

  // MARK: Timeline

  private func timeline(of result: DocumentResult, in file: FileReport) -> Figure? {
    var facts = result.document.datedFacts
    var marks: [FieldPath: (codes: [String], isGrave: Bool)] = [:]
    for finding in result.findings where finding.verdict == .violation {
      let rule = ruleSet.rules[finding.rule]
      for evidence in finding.evidence where !finding.dates.contains(evidence.path) {
        var mark = marks[evidence.path] ?? ([], false)
        if !mark.codes.contains(rule.code) { mark.codes.append(rule.code) }
        mark.isGrave = mark.isGrave || rule.severity == .error
        marks[evidence.path] = mark
      }
    }
    if facts.count > Self.stepCount {
      // Those that something rests on come before those that are in order.
      let marked = facts.filter { marks[$0.path] != nil }.prefix(Self.stepCount)
      let others = facts.filter { marks[$0.path] == nil }.prefix(Self.stepCount - marked.count)
      let kept = Set(marked).union(others)
      facts = facts.filter { kept.contains($0) }
    }
    let dossier = result.document.dossier
    let steps = facts.map { fact in
      Timeline.Step(
        label: Bilingual(
          ruleSet.text(of: fact.path, from: dossier, in: .chinese),
          ruleSet.text(of: fact.path, from: dossier, in: .english)),
        date: fact.date, line: fact.range.map { file.source.place(at: $0.start).line },
        codes: marks[fact.path]?.codes ?? [], isGrave: marks[fact.path]?.isGrave ?? false)
    }
    return Timeline(steps: steps, limits: limits(of: result)).figure(of: name(of: result))
  }

  /// The limits that rules found overrun.
  private func limits(of result: DocumentResult) -> [Timeline.Limit] {
    guard let today = run.flatMap({ CalendarDate(text: $0.asOf) }) else { return [] }
    let codes = Set(
      result.findings.filter { $0.verdict == .violation }.map { ruleSet.rules[$0.rule].code })
    return codes.sorted().flatMap { code in
      ruleSet.explain(code, in: result.document, today: today)
        .flatMap { $0.deadlines(of: code) }
    }
    .map { deadline in
      Timeline.Limit(
        code: deadline.code, start: deadline.start, limit: deadline.limit, actual: deadline.actual)
    }
  }
}

extension Finding {
  /// The finding without the dates that did nothing but choose the law, which are the same for every
  /// finding of a document.
  package var withoutDates: Finding {
    var finding = self
    finding.evidence.removeAll { dates.contains($0.path) }
    return finding.evidence.isEmpty ? self : finding
  }
}
