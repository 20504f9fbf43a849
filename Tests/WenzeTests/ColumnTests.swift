import Foundation
import Testing
import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The columnar engine agrees with the interpreter over every fixture.
@Suite struct ColumnTests {
  private static let today = CalendarDate(year: 2026, month: 11, day: 21)

  @Test func fixturesAgree() throws {
    let today = try #require(Self.today)
    let ruleSet = Repository.rules.ruleSet
    let options = CheckOptions(today: today)
    var documents: [Int: [Document]] = [:]
    for path in FixtureTests.cases {
      for result in try Repository.check(path).files.flatMap(\.results) {
        documents[result.document.dossier, default: []].append(result.document)
      }
    }
    #expect(documents.values.map(\.count).reduce(0, +) > 90)
    for (dossier, documents) in documents {
      let program = ColumnProgram.compiling(ruleSet, dossier: dossier, options: options)
      let interpreted = Set(program.interpreted.map { ruleSet.rules[$0].code })
      #expect(interpreted.isEmpty, "\(interpreted)")
      #expect(program.collects)
      for document in documents { try expectAgreement(program, [document], options) }
      try expectAgreement(program, documents, options)
    }
  }

  private func expectAgreement(
    _ program: ColumnProgram, _ documents: [Document], _ options: CheckOptions
  ) throws {
    var batch = ColumnBatch(shape: program.shape)
    for document in documents { batch.append(document) }
    let verdicts = program.judge(batch)
    var expected: [Int: [Verdict: Int]] = [:]
    for document in documents {
      for (rule, counts) in program.ruleSet.verdictCounts(of: document, today: options.today) {
        expected[rule, default: [:]].merge(counts, uniquingKeysWith: +)
      }
    }
    for (rule, counts) in verdicts.counts {
      let wanted = expected[rule] ?? [:]
      for verdict in Verdict.allCases {
        #expect(
          counts[verdict] == wanted[verdict] ?? 0,
          "\(documents.map(\.id)) \(program.ruleSet.rules[rule].code) \(verdict)")
      }
    }
  }
}
