import Foundation
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax
import WenzeSynthesis

/// What an archive promises: the same bytes for a seed, and documents that are read as they are.
@Suite struct ArchiveTests {
  static let small = ArchiveOptions(cases: 200, seed: 7, years: 2020...2025, bodies: 12)
  static let rules = LoadedRules()

  private func report(on text: String, named path: String) throws -> CheckReport {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(rules: Self.rules, options: CheckOptions(today: today))
    return run.report(
      on: Source(path: path, text: text), format: InputFormat(path: path, text: text),
      options: ReportOptions(language: .english))
  }

  @Test(arguments: [1, 7, 1 << 40] as [UInt64])
  func aSeedGivesTheSameBytes(seed: UInt64) {
    var options = Self.small
    options.seed = seed
    let first = Archives.write(options)
    let second = Archives.write(options)
    #expect(first.text == second.text)
    #expect(first.ledger.json == second.ledger.json)
    #expect(Archive.schemes(options) == Archive.schemes(options))
  }

  @Test func otherSeedsGiveOtherArchives() {
    var options = Self.small
    let first = Archives.write(options).text
    options.seed += 1
    #expect(Archives.write(options).text != first)
  }

  @Test(arguments: [(0, 1), (1, 1), (200, 12), (3000, 40), (500, 1)])
  func holdsAsManyCasesAsAskedFor(cases: Int, bodies: Int) throws {
    let options = ArchiveOptions(cases: cases, seed: 3, years: 2021...2024, bodies: bodies)
    let (text, ledger) = Archives.write(options)
    let ids = try Archives.cases(in: text).map(\.id)
    #expect(ids.count == cases)
    #expect(Set(ids).count == cases)
    #expect(ledger.documents == cases)
  }

  @Test func everyCaseIsReadAndMostAreInOrder() throws {
    let report = try report(on: Archives.write(Self.small).text, named: "archive.jsonl")
    #expect(!report.hasProblems)
    let file = try #require(report.files.first)
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
    #expect(file.results.count == 200)
    let wrong = file.results.count { result in
      result.findings.contains { $0.verdict == .violation }
    }
    #expect((5...50).contains(wrong), "\(wrong) of 200")
  }

  @Test func schemesAreReadAndCountAccountabilityWhereATargetIsPlanted() throws {
    var options = Self.small
    options.cases = 3000
    let report = try report(
      on: String(decoding: Archive.schemes(options), as: UTF8.self), named: "schemes.jsonl")
    let file = try #require(report.files.first)
    #expect(file.diagnostics.isEmpty, "\(file.diagnostics)")
    #expect(file.results.count == 72)
    let codes = file.results.flatMap { result in
      result.findings.map { report.ruleSet.rules[$0.rule].code }
    }
    #expect(Set(codes) == ["WZ901"])
    let ledger = Archives.write(options).ledger
    let targets = (ledger.planted + ledger.nearMisses).filter { $0.pattern == "target" }
    #expect(codes.count == targets.count)
  }

  @Test func eventLogsAreRead() throws {
    var bytes: [UInt8] = []
    let ledger = EventLog.write(traces: 2000, Self.small) { bytes += $0 }
    let text = String(decoding: bytes, as: UTF8.self)
    let (documents, diagnostics) = documents(
      in: Source(path: "log.xes", text: text), format: .xes)
    #expect(diagnostics.isEmpty)
    #expect(documents.count == 2000)
    #expect((1000...1400).contains(bytes.count / 2000))
    #expect(!ledger.planted.isEmpty)
    for document in documents {
      let problems = Self.rules.ruleSet.decode(document).diagnostics
      #expect(problems.isEmpty)
    }
  }
}
