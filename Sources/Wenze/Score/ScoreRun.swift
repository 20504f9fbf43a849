import FoundationEssentials
import WenzeEngine
import WenzeInput
package import WenzeReport
package import WenzeSemantics
package import WenzeSyntax

/// A run that scores documents by the sheets of the rules.
package struct ScoreRun: Sendable {
  package var check: CheckRun
  /// The numbers of the sheets.
  package var sheets: [Int]
  package var previous: PreviousScores?

  /// - Parameters:
  ///   - check: how the documents are judged.
  ///   - name: the sheet to use; nil: all.
  ///   - previous: the scores of the period before.
  /// - Throws: why it cannot be done.
  package init(
    _ check: CheckRun, sheet name: String? = nil, previous: PreviousScores? = nil
  ) throws(ScoreError) {
    let known = check.rules.ruleSet.scoreSheets
    self.check = check
    self.previous = previous
    guard !known.isEmpty else {
      throw ScoreError("规则包里没有评分表", "the packs have no score sheet")
    }
    sheets = known.indices.filter { number in
      name.map { known[number].name.chinese == $0 || known[number].name.english == $0 } ?? true
    }
    if sheets.isEmpty, let name {
      let names = known.flatMap { [$0.name.chinese, $0.name.english] }
      let hint = nearest(to: name, among: names)
      throw ScoreError(
        "没有评分表“\(name)”" + (hint.map { "，是不是“\($0)”？" } ?? ""),
        "there is no score sheet `\(name)`" + (hint.map { "; did you mean `\($0)`?" } ?? ""))
    }
    if let previous, !sheets.contains(where: { previous.hasSheet(known[$0].name.english) }) {
      throw ScoreError(
        "“\(previous.path)”里没有这次所用的评分表", "`\(previous.path)` has none of the sheets of this run")
    }
  }

  /// What is wrong with the sheets: codes that no rule has, which take nothing off.
  package var sheetProblems: [LocatedDiagnostic] {
    let ruleSet = check.rules.ruleSet
    return sheets.map { ruleSet.scoreSheets[$0] }.compactMap { sheet in
      unknownCodes(of: sheet, in: ruleSet)
        .map { LocatedDiagnostic(path: ruleSet.sources[sheet.origin.source].path, $0) }
    }
  }

  /// Reports a name that no grade has in one of the sheets.
  package func requireGrade(_ name: String) throws(ScoreError) {
    let ruleSet = check.rules.ruleSet
    for sheet in sheets.map({ ruleSet.scoreSheets[$0] }) where sheet.grade(named: name) == nil {
      let chinese = sheet.grades.map(\.name.chinese).joined(separator: "、")
      let english = sheet.grades.map(\.name.english).joined(separator: ", ")
      throw ScoreError(
        "“\(sheet.name.chinese)”没有等次“\(name)”，只有：\(chinese)",
        "`\(sheet.name.english)` has no grade `\(name)`, only: \(english)")
    }
  }

  /// Scores files, and files in folders; `-` is standard input.
  package func report(on paths: [String], options: ReportOptions) -> ScoreReport {
    ScoreReport(
      check.report(on: paths, options: options), by: sheets, previous: previous,
      today: check.options.today)
  }
}

/// Why documents cannot be scored as asked.
package struct ScoreError: Error, Sendable {
  package var message: Bilingual

  init(_ chinese: String, _ english: String) {
    message = Bilingual(chinese, english)
  }
}

extension PreviousScores {
  /// Reads the JSON report of an earlier run.
  package init(readingFrom path: String) throws(ScoreError) {
    let bytes: [UInt8]
    do throws(InputError) {
      var limits = ReadingLimits()
      limits.fileBytes = .max - 1
      bytes = try loadFile(path: path, limits: limits).bytes
    } catch {
      throw ScoreError(
        "不能使用“\(path)”：\(error.diagnostic.message.chinese)",
        "cannot use `\(path)`: \(error.diagnostic.message.english)")
    }
    if let head = try? JSONDecoder().decode(PreviousScoreHead.self, from: Data(bytes)),
      head.kind == PreviousScoreFile.kind, head.isPublic
    {
      throw ScoreError(
        "不能使用“\(path)”：它是 --profile public 的报告，略去了件数少的问题；请用上一期内部的报告",
        "cannot use `\(path)`: it is a --profile public report, without defects that were found a few times; use one that was not published"
      )
    }
    guard let file = try? JSONDecoder().decode(PreviousScoreFile.self, from: Data(bytes)),
      file.kind == PreviousScoreFile.kind
    else {
      throw ScoreError(
        "不能使用“\(path)”：不是 wenze score --format json 写的报告",
        "cannot use `\(path)`: it is no report of wenze score --format json")
    }
    guard file.schema == 1 else {
      throw ScoreError(
        "不能使用“\(path)”：报告的版本是 \(file.schema)，这个程序只认得 1",
        "cannot use `\(path)`: it has version \(file.schema), and this program knows 1 only")
    }
    self.init(file, path: path, digest: Wenze.digest(of: bytes))
  }
}
