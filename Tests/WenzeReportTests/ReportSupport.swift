import TestSupport
import Testing
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Reports over the pack of these tests.
enum ReportSupport {
  static let ruleSet: RuleSet = {
    let folder = GoldenFolder(named: "Pack")
    let text = (try? folder.text(of: "pack.wz")) ?? ""
    let (ruleSet, problems) = loadRules(
      [PackSource(folder: "pack", files: [Source(path: "pack.wz", text: text)])])
    precondition(problems.isEmpty && !ruleSet.rules.isEmpty, "\(problems)")
    return ruleSet
  }()

  static func report(
    on source: Source, format: InputFormat = .wenze, options: ReportOptions
  ) throws -> CheckReport {
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    let (documents, diagnostics) = documents(in: source, format: format)
    var file = FileReport(
      source: source, digest: "sha256:0", results: [], diagnostics: diagnostics)
    var groups = GroupRun(ruleSet: ruleSet, options: CheckOptions(today: today))
    for written in documents {
      let (document, problems) = ruleSet.decode(written)
      file.diagnostics += problems
      guard let document else { continue }
      let result = ruleSet.check(document, options: CheckOptions(today: today))
      file.diagnostics += result.diagnostics
      file.results.append(result)
      groups.add(document, at: DocumentReference(document, in: source))
    }
    var report = CheckReport(
      toolVersion: "0", ruleSet: ruleSet, ruleDigest: "sha256:0", files: [file], ruleProblems: [],
      inputProblems: [], options: options)
    report.groups = groups.findings { _ in true }
    return report
  }
}
