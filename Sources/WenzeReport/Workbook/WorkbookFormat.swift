import WenzeEngine
import WenzeModel
import WenzeOffice
import WenzeSemantics
import WenzeSyntax

/// The report as a workbook: that which was checked, with the cells of findings coloured and
/// commented, and a sheet that lists what was found; the list alone where something else was checked.
package enum WorkbookFormat: FileFormat {
  package static let name = "xlsx"

  package static func bytes(of report: CheckReport) throws(FileFormatProblem) -> [UInt8] {
    let words = WorkbookWords(report)
    let issues = words.issueSheet
    guard let (file, workbook) = report.checkedWorkbook else {
      do throws(WorkbookProblem) {
        return try newWorkbook(issues)
      } catch {
        throw FileFormatProblem(message: error.message)
      }
    }
    if report.options.profile.isPublic {
      throw FileFormatProblem(
        message: Bilingual(
          "标注过的工作簿带着原来的全部内容，不能用 --profile public；请用 submit，或者用 markdown、csv、json",
          "a marked workbook holds all that it held before: it cannot be --profile public; use submit, or markdown, csv or json"
        ))
    }
    do throws(WorkbookProblem) {
      return try markedWorkbook(
        workbook.bytes, marks: words.marks(in: file, workbook), sheet: issues,
        author: words.say("问责检查", "Wenze"),
        limits: ArchiveLimits(bytes: workbook.unpackedBytes, ratio: workbook.ratio))
    } catch {
      throw FileFormatProblem(
        message: Bilingual(
          "无法标注“\(file.source.path)”：\(error.message.chinese)；\(error.cure.chinese)",
          "cannot mark `\(file.source.path)`: \(error.message.english); \(error.cure.english)"))
    }
  }
}

/// A workbook that was checked, as it was.
package struct CheckedWorkbook: Sendable {
  package var bytes: [UInt8]
  /// For each sheet and field, by its path in English, the column in which it is written.
  package var columns: [String: [String: Int]]
  /// How much it may unpack to, and how many times its size.
  package var unpackedBytes: Int
  package var ratio: Int

  package init(
    bytes: [UInt8], columns: [String: [String: Int]], unpackedBytes: Int, ratio: Int
  ) {
    self.bytes = bytes
    self.columns = columns
    self.unpackedBytes = unpackedBytes
    self.ratio = ratio
  }
}

extension CheckReport {
  /// The one workbook, where nothing else was checked.
  fileprivate var checkedWorkbook: (FileReport, CheckedWorkbook)? {
    guard files.count == 1, inputProblems.isEmpty, let workbook = files[0].workbook else {
      return nil
    }
    return (files[0], workbook)
  }
}

/// How grave what is said of a cell is, with the colour for it: colours that differ in brightness
/// too, and beside which the word stands always.
private enum Level: Int, Comparable {
  case undetermined
  case note
  case warning
  case error

  init(_ severity: Diagnostic.Severity) {
    switch severity {
    case .note: self = .note
    case .warning: self = .warning
    case .error: self = .error
    }
  }

  var colour: String {
    switch self {
    case .undetermined: "D9D9D9"
    case .note: "BDD7EE"
    case .warning: "FFE699"
    case .error: "F4B183"
    }
  }

  var name: Bilingual {
    switch self {
    case .undetermined: Verdict.undetermined.name
    case .note: Diagnostic.Severity.note.name
    case .warning: Diagnostic.Severity.warning.name
    case .error: Diagnostic.Severity.error.name
    }
  }

  static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// What a workbook says of a report.
private struct WorkbookWords {
  let report: CheckReport
  let context: ReportContext

  init(_ report: CheckReport) {
    self.report = report
    context = report.context
  }

  var language: Language { report.options.language }

  func say(_ chinese: String, _ english: String) -> String { context.say(chinese, english) }

  // MARK: - The list

  var issueSheet: NewSheet {
    var sheet = NewSheet(
      name: say("问题清单", "Issues"),
      columns: [
        NewSheet.Column(say("序号", "No."), width: 6),
        NewSheet.Column(say("结论", "Verdict"), width: language == .chinese ? 9 : 15),
        NewSheet.Column(say("程度", "Severity"), width: language == .chinese ? 8 : 11),
        NewSheet.Column(say("规则", "Rule"), width: 18),
        NewSheet.Column(say("问题", "Issue"), width: 44),
        NewSheet.Column(say("依据", "Law"), width: 30),
        NewSheet.Column(say("事实", "Facts"), width: 36),
        NewSheet.Column(say("整改", "Cure"), width: 40),
        NewSheet.Column(say("案件", "Case"), width: 16),
        NewSheet.Column(say("位置", "Place"), width: 18),
      ])
    let findings = report.reportedFindings(includingCompliant: false)
    let rows =
      findings.filter { $0.verdict == .violation } + findings.filter { $0.verdict != .violation }
    for (problem, cure) in problems { add(problem, cure, to: &sheet) }
    for finding in rows { add(finding, to: &sheet) }
    sheet.notes = notes(isEmpty: sheet.rows.isEmpty)
    return sheet.fitted { count in
      say(
        "工作表放不下，另有 \(count) 项未列出；请用 csv 或者 json",
        "\(count) more do not fit in a sheet; use csv or json")
    }
  }

  private func notes(isEmpty: Bool) -> [String] {
    let counts = [Level.error, .warning, .note, .undetermined]
      .map { "\($0.colourName[language])=\($0.name[language])" }
      .joined(separator: say("，", ", "))
    var notes: [String] = []
    if isEmpty { notes.append(say("没有发现问题。", "Nothing was found.")) }
    if report.files.count == 1, report.files[0].workbook != nil {
      notes.append(
        say(
          "原表中有关单元格已填色（\(counts)），批注写明问题、依据和整改；其余内容未改动。",
          "The cells concerned are coloured in the ledger (\(counts)); comments say what is wrong, by which law, and the cure. Nothing else was changed."
        ))
    }
    notes.append(
      say(
        "结论由程序按规则得出，供人工核对；“存疑”是记载不足，不是违规。",
        "Verdicts are worked out by rules, for people to verify; undetermined means that facts are not recorded, not that a rule is violated."
      ))
    notes.append(report.footer.trimmingNewlines)
    return notes
  }

  /// What is wrong with rules and inputs, with what to do.
  private var problems: [(ReportedProblem, cure: String)] {
    let profile = report.options.profile
    func entry(_ diagnostic: Diagnostic, _ path: String, _ source: Source?) -> (
      ReportedProblem, cure: String
    ) {
      let notes =
        diagnostic.notes.map { $0[language] }
        + [diagnostic.fix?.title[language]]
        .compactMap { $0 }
      return (
        ReportedProblem(diagnostic, path: path, in: source).published(profile),
        profile.isPublic ? "" : notes.joined(separator: "\n")
      )
    }
    return report.ruleProblems.map { problem in
      entry(
        problem.diagnostic, problem.path,
        report.ruleSet.sources.first { $0.path == problem.path })
    }
      + report.inputProblems.map { entry($0.diagnostic, $0.path, nil) }
      + report.files.flatMap { file in
        file.diagnostics.map { entry($0, file.source.path, file.source) }
      }
  }

  private func add(_ problem: ReportedProblem, _ cure: String, to sheet: inout NewSheet) {
    let severity = Diagnostic.Severity.allCases.first { $0.name.english == problem.severity }
    let level = Level(severity ?? .error)
    let place =
      problem.cell ?? problem.line.map { "\(problem.path):\($0)" } ?? problem.path
    sheet.rows.append(
      row(
        sheet.rows.count + 1, verdict: say("读取问题", "reading"), level: level,
        severity: level.name[language], rule: problem.code, issue: problem.message[language],
        cure: cure, place: place, link: link(problem.cell, problem.path)))
  }

  private func add(_ finding: ReportedFinding, to sheet: inout NewSheet) {
    let rule = context.rule(of: finding)
    let level: Level = finding.verdict == .violation ? Level(rule.severity) : .undetermined
    var verdict = finding.verdict.name[language]
    if finding.waiver != nil { verdict = say("已豁免", "waived") }
    var facts = finding.evidence.map { context.text(of: $0) }
    facts += finding.missing.map { say("缺少：", "missing: ") + $0[language] }
    if let waiver = finding.waiver { facts.append(context.text(of: waiver)) }
    let place =
      finding.document.map { $0.place.cell ?? $0.place.text(in: $0.path) }
      ?? finding.placeText ?? ""
    let cell = finding.document?.place.cell ?? finding.group?.documents.first?.cell
    let path = finding.document?.path ?? finding.group?.documents.first?.path
    sheet.rows.append(
      row(
        sheet.rows.count + 1, verdict: verdict, level: level,
        severity: rule.severity.name[language],
        rule: "\(rule.code) \(rule.name.spoken[language])", issue: context.message(of: finding),
        law: report.ruleSet.text(of: rule.citations, in: language),
        facts: facts.joined(separator: "\n"), cure: finding.fix?[language] ?? "",
        subject: context.subject(of: finding), place: place, link: link(cell, path)))
  }

  /// The cell to go to, if it is in the workbook that is written.
  private func link(_ cell: String?, _ path: String?) -> String? {
    guard let cell, report.files.count == 1, report.files[0].workbook != nil,
      path == report.files[0].source.path
    else { return nil }
    return cell
  }

  private func row(
    _ number: Int, verdict: String, level: Level, severity: String, rule: String, issue: String,
    law: String = "", facts: String = "", cure: String, subject: String = "", place: String,
    link: String?
  ) -> [NewSheet.Cell] {
    let ground = CellLook(font: .bold, ground: level.colour, isCentred: true)
    return [
      NewSheet.Cell(number, CellLook(isCentred: true)),
      NewSheet.Cell(verdict, level == .undetermined ? ground : CellLook(isCentred: true)),
      NewSheet.Cell(severity, level == .undetermined ? CellLook(isCentred: true) : ground),
      NewSheet.Cell(rule), NewSheet.Cell(issue), NewSheet.Cell(law), NewSheet.Cell(facts),
      NewSheet.Cell(cure), NewSheet.Cell(subject),
      NewSheet.Cell(place, link == nil ? CellLook() : CellLook(font: .link), link: link),
    ]
  }

  // MARK: - The cells

  /// What is said of the cells of a workbook, graver things first.
  func marks(in file: FileReport, _ workbook: CheckedWorkbook) -> [CellMark] {
    var remarks: [(level: Level, place: Place, text: String)] = []
    for diagnostic in file.diagnostics where diagnostic.severity > .note {
      guard let range = diagnostic.range else { continue }
      let text =
        "【\(diagnostic.severity.name[language])】\(diagnostic.code)\n"
        + ([diagnostic.message] + diagnostic.notes).map { $0[language] }.joined(separator: "\n")
      remarks.append((Level(diagnostic.severity), file.source.place(at: range.start), text))
    }
    for result in file.results {
      for finding in result.findings where finding.verdict == .violation {
        add(finding, of: result, in: file, to: &remarks)
      }
      if report.options.showsUndetermined {
        addOpen(of: result, in: file, workbook, to: &remarks)
      }
    }
    let ordered = remarks.enumerated().sorted { left, right in
      (right.element.level, left.offset) < (left.element.level, right.offset)
    }
    return ordered.compactMap { _, remark in
      remark.place.sheet.map { sheet in
        CellMark(
          sheet: sheet,
          cell: CellReference(row: remark.place.line, column: remark.place.column),
          colour: remark.level.colour, comment: remark.text)
      }
    }
  }

  /// Says of the cells that a finding rests on what it says, and of the first also law and cure.
  private func add(
    _ finding: Finding, of result: DocumentResult, in file: FileReport,
    to remarks: inout [(level: Level, place: Place, text: String)]
  ) {
    let reported = ReportedFinding(
      finding, of: result, in: file.source, report.ruleSet, profile: report.options.profile)
    let rule = context.rule(of: reported)
    let level: Level = finding.waiver == nil ? Level(rule.severity) : .note
    let first = file.source.place(at: finding.place.start)
    let head =
      finding.waiver == nil
      ? "【\(level.name[language])】" : say("【已豁免】", "[waived] ")
    let title = "\(head)\(rule.code) \(rule.name.spoken[language])"
    let message = context.message(of: reported)
    var lines = [title, message]
    let law = report.ruleSet.text(of: rule.citations, in: language)
    if !law.isEmpty { lines.append(say("依据：", "Law: ") + law) }
    if let fix = reported.fix { lines.append(say("整改：", "Cure: ") + fix[language]) }
    remarks.append((level, first, lines.joined(separator: "\n")))
    var told: Set = [first]
    for evidence in finding.evidence where !finding.dates.contains(evidence.path) {
      guard let range = evidence.fact.place, evidence.fact.value.isScalar else { continue }
      let place = file.source.place(at: range.start)
      guard told.insert(place).inserted, told.count <= 6 else { continue }
      let pointer = say(
        "依据、整改见 \(place.sheet == first.sheet ? first.name : first.cell ?? "")",
        "Law and cure: see \(place.sheet == first.sheet ? first.name : first.cell ?? "")")
      remarks.append((level, place, [title, message, pointer].joined(separator: "\n")))
    }
  }

  /// Says in the empty cells of facts which rules wait for them; in the first cell of a document how
  /// many wait for what the ledger has no column for.
  private func addOpen(
    of result: DocumentResult, in file: FileReport, _ workbook: CheckedWorkbook,
    to remarks: inout [(level: Level, place: Place, text: String)]
  ) {
    var order: [Place] = []
    var rules: [Place: [String]] = [:]
    var others: Set<Int> = []
    for finding in result.findings where finding.verdict == .undetermined {
      let rule = report.ruleSet.rules[finding.rule]
      let place = file.source.place(at: finding.place.start)
      let columns = place.sheet.flatMap { workbook.columns[$0] } ?? [:]
      var isPlaced = false
      for path in finding.missing {
        let name = report.ruleSet.text(of: path, from: rule.dossier, in: .english)
        guard let column = file.source.column(of: withoutIndices(name), in: columns, at: place)
        else { continue }
        let cell = Place(line: place.line, column: column, sheet: place.sheet)
        if rules[cell] == nil { order.append(cell) }
        let line = "\(rule.code) \(rule.name.spoken[language])"
        if rules[cell]?.contains(line) != true { rules[cell, default: []].append(line) }
        isPlaced = true
      }
      if !isPlaced { others.insert(finding.rule) }
    }
    for place in order {
      let lines = rules[place] ?? []
      let head = say("【存疑】补录这一格后可以判断：", "[undetermined] Decided once this is recorded:")
      remarks.append((.undetermined, place, ([head] + lines).joined(separator: "\n")))
    }
    if others.isEmpty { return }
    remarks.append(
      (
        .undetermined, file.source.place(at: result.document.range.start),
        say(
          "【存疑】另有 \(others.count) 条规则因为台账没有记载有关事实而无法判断，见“问题清单”",
          "[undetermined] \(others.count) more rules wait for facts that the ledger has no column for; see the list of issues"
        )
      ))
  }
}

extension Source {
  /// The column of a field, or of the parts of one that is not recorded at all; nil if it has none.
  fileprivate func column(
    of field: String, in columns: [String: Int], at place: Place
  ) -> Int? {
    if let column = columns[field] { return column }
    let parts = columns.filter { $0.key.hasPrefix(field + ".") }.map(\.value)
    guard let sheet = sheets.first(where: { $0.name == place.sheet }), let first = parts.min()
    else { return nil }
    let row = text(in: range(ofLine: sheet.firstLine + place.line - 1))
      .split(separator: "\t", omittingEmptySubsequences: false)
    let isBlank = parts.allSatisfy { $0 > row.count || row[$0 - 1].isEmpty }
    return isBlank ? first : nil
  }
}

/// A path without the numbers of elements: `subjects[0].name` is `subjects.name`.
private func withoutIndices(_ path: String) -> String {
  var result = ""
  var isInside = false
  for character in path {
    if character == "[" { isInside = true }
    if !isInside { result.append(character) }
    if character == "]" { isInside = false }
  }
  return result
}

extension Level {
  fileprivate var colourName: Bilingual {
    switch self {
    case .undetermined: Bilingual("灰", "grey")
    case .note: Bilingual("蓝", "blue")
    case .warning: Bilingual("黄", "yellow")
    case .error: Bilingual("橙", "orange")
    }
  }
}

extension Place {
  /// The cell without its sheet: `C5`.
  fileprivate var name: String { "\(columnLetters(column))\(line)" }
}

extension String {
  fileprivate var trimmingNewlines: String {
    String(drop { $0.isNewline }.reversed().drop { $0.isNewline }.reversed())
  }
}
