import WenzeEngine
import WenzeSyntax

// What the text and Markdown of a comparison say in the same words.

/// A comparison in one language.
struct DiffWords {
  let report: DiffReport
  let language: Language

  func say(_ chinese: String, _ english: String) -> String {
    language == .chinese ? chinese : english
  }

  func shown(_ number: Int) -> String { report.profile.text(of: number) }

  private func count(_ number: Int, _ english: String) -> String {
    "\(shown(number)) \(english)\(number == 1 && !report.profile.isPublic ? "" : "s")"
  }

  /// Which rule sets were compared.
  var sides: [String] {
    func line(_ title: String, _ side: DiffReport.Side) -> String {
      title + say("：", ": ") + side.name + say("（\(side.digest)）", " (\(side.digest))")
    }
    return [line(say("旧", "old"), report.old), line(say("新", "new"), report.new)]
  }

  /// What verdicts are others of.
  private var concerned: String {
    let documents = report.changedDocuments
    let groups = report.changedGroups
    let parts = [
      documents > 0 || groups == 0
        ? say("文书 \(shown(documents)) 份", count(documents, "document")) : nil,
      groups > 0 ? say("分组 \(shown(groups)) 个", count(groups, "group")) : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: say("、", " and "))
  }

  /// What was compared, and how much of it is another.
  var summary: [String] {
    let documents = report.counts.documentCount
    let (changes, rules) = (report.tally.count, report.tally.changes.count)
    var lines = [
      changes == 0
        ? say(
          "比较文书 \(shown(documents)) 份：结论都没有变", "\(count(documents, "document")): no verdict changes"
        )
        : say(
          "比较文书 \(shown(documents)) 份：结论变了 \(shown(changes)) 项，涉及规则 \(shown(rules)) 条、" + concerned,
          "\(count(documents, "document")): \(count(changes, "verdict change")) of \(count(rules, "rule")), in "
            + concerned)
    ]
    let unread = report.unreadCounts
    if unread.byOld > 0 {
      lines.append(
        say(
          "只有新规则能读的文书 \(shown(unread.byOld)) 份",
          "\(count(unread.byOld, "document")) can be read by the new rules only"))
    }
    if unread.byNew > 0 {
      lines.append(
        say(
          "只有旧规则能读的文书 \(shown(unread.byNew)) 份",
          "\(count(unread.byNew, "document")) can be read by the old rules only"))
    }
    if report.counts.unreadDocuments > 0 {
      lines.append(
        say(
          "两边都不能读的文书 \(shown(report.counts.unreadDocuments)) 份",
          "\(count(report.counts.unreadDocuments, "document")) cannot be read by either"))
    }
    return lines
  }

  func title(of code: String) -> String {
    let name = report.name(of: code, in: language)
    return name.isEmpty ? code : code + " " + name
  }

  /// Why the rules of a code may say something else.
  func cause(of code: String) -> String {
    report.changes[code]?.text(in: language) ?? ""
  }

  func subject(of example: VerdictExample) -> String {
    if let group = example.group {
      let element = [example.id, example.element?[language]].compactMap { $0 }
      return ([group[language]] + element).joined(separator: say("，", ", "))
    }
    let type = example.type?[language] ?? ""
    return [example.id.map { "\(type) \($0)" } ?? type, example.element?[language]]
      .compactMap { $0 }.joined(separator: say("，", ", "))
  }

  func place(of example: VerdictExample) -> String {
    "\(example.path):\(example.cell ?? "\(example.line)")"
  }

  /// A verdict, and why.
  func text(of side: VerdictExample.Side?) -> String {
    guard let side else { return say("无", "none") }
    var parts = [side.message, side.reason].compactMap { $0?[language] }
    parts += side.facts.map { fact in
      fact.field[language] + " = " + (fact.value?[language] ?? say("（未记载）", "(not recorded)"))
    }
    if !side.missing.isEmpty {
      parts.append(
        say("未记载", "not recorded: ")
          + side.missing.map { $0[language] }.joined(separator: say("、", ", ")))
    }
    let verdict = side.verdict.name[language]
    if parts.isEmpty { return verdict }
    let why = parts.joined(separator: say("；", "; "))
    return verdict + say("（\(why)）", " (\(why))")
  }

  func more(_ count: Int) -> String { say("另有 \(shown(count)) 项", "and \(shown(count)) more") }

  var idleTitle: String { say("改了而这些文书的结论没有变的规则", "Rules changed without effect on these cases") }

  var unreadTitle: String { say("只有一边能读的文书", "Documents that one side only can read") }

  func text(of document: DiffReport.UnreadDocument) -> String {
    let side = document.isUnreadByOld ? say("旧规则不能读", "not by old") : say("新规则不能读", "not by new")
    return
      "\(document.path):\(document.cell ?? "\(document.line)")\(say("，", ", "))\(side)\(say("：", ": "))\(document.message[language])"
  }

  var problemTitle: String { say("输入的问题", "Problems of inputs") }

  /// What is wrong with inputs, with the first of each kind.
  var problems: [String] {
    report.counts.problems.sorted { $0.key < $1.key }.flatMap { code, count in
      count.examples.map { $0.published(report.profile) }.map { problem in
        "\(code) \(problem.place)\(say("：", ": "))\(problem.message[language])"
      }
        + (count.count > count.examples.count
          ? ["\(code) " + more(count.count - count.examples.count)] : [])
    }
  }
}
