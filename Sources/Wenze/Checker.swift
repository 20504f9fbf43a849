import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Checks documents against rule packs: the face of Wenze for programs that embed it.
///
/// ```swift
/// let checker = Checker()
/// if let date = CheckDate(year: 2026, month: 11, day: 21) {
///   let outcome = checker.check(text, path: "case.json", asOf: date)
///   print(outcome.json)
/// }
/// ```
public struct Checker: Sendable {
  private let rules: LoadedRules

  /// Loads the packs inside the program, and those of folders.
  ///
  /// - Parameter folders: paths of packs, or of folders of packs; a pack takes the place of one of
  ///   its name.
  public init(ruleFolders folders: [String] = []) {
    rules = LoadedRules(folders: folders, withTests: false)
  }

  /// The codes of the rules, sorted.
  public var codes: [String] { rules.ruleSet.codes }

  /// What is wrong with the packs, as text in English; empty where nothing is.
  public var ruleProblems: String { problemText(of: rules, language: .english) }

  /// Checks the documents of one text.
  ///
  /// - Parameters:
  ///   - text: documents in the rule language, JSON or YAML; at most 16 MiB a document.
  ///   - path: the name under which reports show the text; its extension settles the format.
  ///   - date: the date of the run, whose law applies where a document has no date.
  ///   - isComplete: whether documents are taken as complete whatever they say of themselves.
  /// - Returns: what was found; texts that cannot be read are among its problems.
  public func check(
    _ text: String, path: String, asOf date: CheckDate, asComplete isComplete: Bool = false
  ) -> CheckOutcome {
    let run = CheckRun(
      rules: rules, options: CheckOptions(today: date.value), asComplete: isComplete)
    return CheckOutcome(
      report: run.report(
        on: Source(path: path, text: text),
        format: InputFormat(path: path, text: text),
        options: ReportOptions(language: .chinese)))
  }
}

/// A day of the calendar.
public struct CheckDate: Hashable, Sendable {
  let value: CalendarDate

  /// A day that exists, or nil.
  ///
  /// - Parameters:
  ///   - year: 1…9999.
  ///   - month: 1…12.
  ///   - day: 1…31, by the length of the month.
  public init?(year: Int, month: Int, day: Int) {
    guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    value = date
  }
}

/// What a check found.
public struct CheckOutcome: Sendable {
  let report: CheckReport

  /// The report as JSON, schema version 1, with the names of persons masked.
  public var json: String { report.json }

  /// The report as text in Chinese, with the names of persons masked.
  public var text: String { report.text }

  /// The number of violations that nobody waived, of every severity.
  public var violationCount: Int { report.summary.violations - report.summary.waived }

  /// The number of verdicts that the documents do not let be decided.
  public var undeterminedCount: Int { report.summary.undetermined }

  /// Whether a document could not be read, or is wrong.
  public var hasProblems: Bool { report.hasProblems }
}
