package import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// What `--profile public` leaves out of reports.

/// What stands in the place of something that is left out.
enum Withheld {
  static let text = Bilingual("（略）", "(withheld)")
  /// A path, in words that no file is called by.
  static let path = "withheld"
}

extension MaskingProfile {
  /// Whether a finding on a group is shown: a small group might tell who is in it.
  package func shows(_ finding: GroupFinding) -> Bool {
    guard isPublic else { return true }
    let size = finding.isOfElement ? finding.size : min(finding.size, finding.documents.count)
    return size >= Self.smallestGroup
  }

  /// A count with the fields of JSON reports: a small one is the text `<5`.
  func json(_ count: Int) -> JSONValue {
    hides(count) ? .text(text(of: count)) : .integer(count)
  }

  /// The places of counts that are withheld, so that none of those that add up to a known sum can be
  /// worked out: the small ones, and as many of the next as make them two and not few.
  static func withheld(_ counts: [Int]) -> Set<Int> {
    var withheld = Set(counts.indices.filter { MaskingProfile.public.hides(counts[$0]) })
    guard !withheld.isEmpty else { return [] }
    var sum = withheld.reduce(0) { $0 + counts[$1] }
    let others = counts.indices.filter { counts[$0] >= smallestGroup }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    for place in others where withheld.count < 2 || sum < smallestGroup {
      withheld.insert(place)
      sum += counts[place]
    }
    return withheld
  }

  /// A path as reports may tell it.
  func path(_ path: String) -> String { isPublic ? Withheld.path : path }
}

extension RuleSet {
  /// As much of a value as is published: what a schema lists, quantities, and of dates the year.
  func publishedText(of value: Value) -> Bilingual {
    func text(_ language: Language) -> String {
      switch value {
      case .date(let date):
        CalendarDate(year: date.year)?.text(in: language) ?? Withheld.text[language]
      case .text, .unlisted, .record, .list: Withheld.text[language]
      default: spokenText(of: value, in: language)
      }
    }
    return Bilingual(text(.chinese), text(.english))
  }
}

extension ReportedFinding {
  /// The finding without its document, its texts, and figures of few.
  func published(in ruleSet: RuleSet) -> ReportedFinding {
    var finding = self
    finding.document = document.map { $0.published }
    // What a message says of a case is the case's own.
    if message != nil { finding.message = ruleSet.rules[rule].name.spoken }
    finding.fix = nil
    if waiver != nil {
      finding.waiver?.reason = Withheld.text.chinese
      finding.waiver?.approver = Withheld.text.chinese
    }
    for index in finding.evidence.indices {
      finding.evidence[index].line = nil
      finding.evidence[index].column = nil
      finding.evidence[index].sheet = nil
    }
    finding.group = group.map { $0.published }
    return finding
  }
}

extension ReportedFinding.Document {
  var published: ReportedFinding.Document {
    ReportedFinding.Document(type: type, id: nil, path: Withheld.path, line: 1, column: 1)
  }
}

extension ReportedFinding.Group {
  fileprivate var published: ReportedFinding.Group {
    var group = self
    group.figures = figures.map { figure in
      var figure = figure
      if let count = figure.integer, MaskingProfile.public.hides(count) {
        let small = MaskingProfile.public.text(of: count)
        figure.text = Bilingual(small, small)
        figure.integer = nil
      } else if figure.percent != nil || figure.integer == nil {
        // A share of a group gives away how many it is of.
        figure.text = figure.text.map { _ in Withheld.text }
        figure.percent = nil
      }
      figure.leftOut = 0
      return figure
    }
    group.leftOut = 0
    group.documents = []
    group.beside = nil
    return group
  }
}

extension ReportedProblem {
  /// The problem without the place and the words, in which a value of a document may stand.
  package func published(_ profile: MaskingProfile) -> ReportedProblem {
    guard profile.isPublic else { return self }
    var problem = self
    problem.path = Withheld.path
    problem.line = nil
    problem.column = nil
    problem.cell = nil
    problem.message = Withheld.text
    problem.help = nil
    return problem
  }
}

extension RunRecord {
  /// The record without the names of folders and files.
  var published: RunRecord {
    var record = self
    record.rules.folders = rules.folders.map { _ in Withheld.path }
    record.baseline?.path = Withheld.path
    return record
  }
}
