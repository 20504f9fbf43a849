import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The repository, seen from its tests.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)

  static let rules = LoadedRules()

  static func files(below folder: String, endingWith suffixes: [String]) -> [String] {
    let found = try? FileManager.default.subpathsOfDirectory(atPath: root + folder)
    let files = (found ?? []).filter { name in suffixes.contains { name.hasSuffix($0) } }.sorted()
    // Without any file a test has to fail, and not to vanish.
    return files.isEmpty ? ["no files in \(folder)"] : files.map { "\(folder)/\($0)" }
  }

  static func check(_ path: String, today: String = "2026-11-21") throws -> CheckReport {
    let date = try #require(CalendarDate(text: today))
    let run = CheckRun(rules: rules, options: CheckOptions(today: date))
    return run.report(on: [root + path], options: ReportOptions(language: .chinese))
  }
}

/// Each document in these folders of `fixtures` says in its header what is to be found in it.
@Suite struct FixtureTests {
  static let cases = ["cases", "dossiers", "duty-lists", "assessment"].flatMap {
    Repository.files(below: "fixtures/\($0)", endingWith: [".wz", ".json", ".yaml", ".yml"])
  }

  static let groups = Repository.files(below: "fixtures/groups", endingWith: [".wz"])

  /// Each file of groups says in its header what the rules over groups find in it.
  @Test(arguments: groups)
  func findsInGroupsWhatItsHeaderSays(path: String) throws {
    for today in ["2026-01-01", "2031-06-30"] {
      let report = try Repository.check(path, today: today)
      let file = try #require(report.files.first)
      #expect(report.problemText.isEmpty, "\(report.problemText)")
      let header = try #require(headers(in: file.source.text).first)
      for (verdict, expected) in [
        (Verdict.violation, header.violations), (.undetermined, header.undetermined),
      ] {
        #expect(codes(of: verdict, in: report) == expected, "\(verdict) of \(path) on \(today)")
      }
    }
  }

  private func codes(of verdict: Verdict, in report: CheckReport) -> [String] {
    report.groups.filter { $0.verdict == verdict }
      .map { finding in
        let key = finding.key.map { report.ruleSet.text(of: $0.value, in: .chinese) }
        let document = finding.isOfElement ? finding.documents.first?.id.map { " " + $0 } : nil
        return "\(report.ruleSet.rules[finding.rule].code) \(key.joined(separator: "，"))"
          + (document ?? "")
      }
      .sorted()
  }

  @Test func thePacksAreSound() {
    let problems = problemText(of: Repository.rules, language: .chinese)
    #expect(problems.isEmpty, "\(problems)")
    #expect(Repository.rules.ruleSet.rules.count > 50)
  }

  @Test(arguments: cases)
  func findsWhatItsHeaderSays(path: String) throws {
    for today in ["2026-01-01", "2026-11-21", "2031-06-30"] {
      let report = try Repository.check(path, today: today)
      let file = try #require(report.files.first)
      let expected = headers(in: file.source.text)
      #expect(expected.count == file.results.count, "headers and documents of \(path)")
      #expect(file.diagnostics.filter { $0.severity == .error }.isEmpty, "\(report.problemText)")
      for (result, header) in zip(file.results, expected) {
        #expect(
          codes(of: .violation, in: result) == header.violations,
          "violations of \(path) on \(today)")
        #expect(
          codes(of: .undetermined, in: result) == header.undetermined,
          "undetermined of \(path) on \(today)")
      }
    }
  }

  /// Each code is found in a fixture or a defect, alone or with what its header names.
  @Test func everyShippedRuleIsFound() throws {
    var found: Set<String> = Set(Defect.all(below: "Tests/WenzeTests/Defects").compactMap(\.code))
    #expect(found.count > 60)
    for path in Self.cases {
      for result in try Repository.check(path).files.flatMap(\.results) {
        found.formUnion(result.verdicts.filter { $0.verdict == .violation }.map(\.code))
      }
    }
    for path in Self.groups {
      let report = try Repository.check(path)
      found.formUnion(
        report.groups.filter { $0.verdict == .violation }.map { report.ruleSet.rules[$0.rule].code }
      )
    }
    let missing = Set(Repository.rules.ruleSet.codes).subtracting(found).sorted()
    #expect(missing.isEmpty, "\(missing)")
  }

  /// What a header says, sorted.
  private struct Header {
    var violations: [String]
    var undetermined: [String]
  }

  private func headers(in text: String) -> [Header] {
    var headers: [Header] = []
    // In JSON the lines of a header are texts of their own.
    for line in text.split(whereSeparator: { $0.isNewline || $0 == "\"" }) {
      if let codes = codes(after: "违规:", in: line) {
        headers.append(Header(violations: codes, undetermined: []))
      } else if let codes = codes(after: "存疑:", in: line), !headers.isEmpty {
        headers[headers.count - 1].undetermined = codes
      }
    }
    return headers
  }

  private func codes(after word: String, in line: Substring) -> [String]? {
    let content = line.drop { " /#\",[\t".contains($0) }
    guard content.hasPrefix(word) else { return nil }
    let list = content.dropFirst(word.count)
    let codes = list.split(whereSeparator: { ";；".contains($0) })
      .map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    return codes == ["无"] ? [] : codes.sorted()
  }

  private func codes(of verdict: Verdict, in result: DocumentResult) -> [String] {
    let ruleSet = Repository.rules.ruleSet
    return result.findings.filter { $0.verdict == verdict }
      .map { finding in
        let rule = ruleSet.rules[finding.rule]
        let element = finding.element.map {
          " " + ruleSet.text(of: $0, from: rule.dossier, in: .chinese)
        }
        return rule.code + (element ?? "")
      }
      .sorted()
  }
}

/// Every text that the repository holds prints as it was read.
@Suite struct LosslessTests {
  @Test(
    arguments: Repository.files(below: "rules", endingWith: [".wz"])
      + Repository.files(below: "fixtures", endingWith: [".wz"]))
  func aTreePrintsItsBytes(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Repository.root + path)))
    guard let decoded = try? decodeText(bytes) else {
      // Only what is broken on purpose cannot be decoded.
      #expect(path.hasPrefix("fixtures/broken"))
      return
    }
    #expect(parse(Source(path: path, text: decoded.text)).tree.text == decoded.text)
  }
}
