import Foundation
import TestSupport
import Testing
import WenzeModel
import WenzeSyntax

@testable import WenzeEngine
@testable import WenzeSemantics

/// The columnar engine comes to the verdicts of the interpreter, over random rules and documents.
@Suite struct ColumnDifferentialTests {
  /// WENZE_ROUNDS asks for more than the usual number of rule sets a seed.
  private static let rounds =
    ProcessInfo.processInfo.environment["WENZE_ROUNDS"].flatMap(Int.init) ?? 170

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func columnsAgreeWithTheInterpreter(seed: UInt64) throws {
    var generator = TermGenerator(random: SplitMix64(state: seed &* 7919))
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    var compared = 0
    var compiled = 0
    for round in 0..<Self.rounds {
      var ruleSet = TestSchema.ruleSet
      ruleSet.rules = (0..<20)
        .map { number in
          generator.nextSlot = 0
          var rule = generator.rule()
          rule.code = "T\(number)"
          return rule
        }
      let program = ColumnProgram.compiling(
        ruleSet, dossier: generator.fileRecord, options: CheckOptions(today: today))
      compiled += program.rules.count
      // Sizes around that of a machine word.
      let documents = (0..<[1, 3, 63, 64, 65, 130][round % 6]).map { _ in generator.document() }
      var batch = ColumnBatch(shape: program.shape)
      for document in documents { batch.append(document) }
      let verdicts = program.judge(batch)
      var expected: [Int: [Verdict: Int]] = [:]
      for document in documents {
        for (rule, counts) in ruleSet.verdictCounts(of: document, today: today) {
          expected[rule, default: [:]].merge(counts, uniquingKeysWith: +)
        }
      }
      for (rule, counts) in verdicts.counts {
        compared += counts.values.reduce(0, +)
        for verdict in Verdict.allCases where counts[verdict] != expected[rule]?[verdict] ?? 0 {
          Issue.record(
            "seed \(seed), round \(round): \(verdict) \(counts[verdict] ?? 0), not \(expected[rule]?[verdict] ?? 0): \(ruleSet.rules[rule].requirement.kind)"
          )
          return
        }
      }
    }
    #expect(compiled > Self.rounds * 10, "only \(compiled) rules have a form over columns")
    #expect(compared > Self.rounds * 500, "only \(compared) verdicts")
  }
}
