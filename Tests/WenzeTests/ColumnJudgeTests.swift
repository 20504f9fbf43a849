import Foundation
import TestSupport
import Testing
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

@testable import Wenze

/// What an audit makes of a batch over columns is what it makes of it document by document.
@Suite struct ColumnJudgeTests {
  private static func batch(_ text: String) throws -> [InputBatch] {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("wenze-\(UUID().uuidString).jsonl")
    try text.write(to: url, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: url) }
    let batches = InputBatches(of: [url.path(percentEncoded: false)])
    var found: [InputBatch] = []
    while let next = batches.next() { found.append(try next.get()) }
    return found
  }

  private static func compare(
    _ text: String, asComplete: Bool = false, showsUndetermined: Bool, skip: Set<String> = []
  ) throws -> AuditPart {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    var run = CheckRun(rules: Repository.rules, options: CheckOptions(today: today, skip: skip))
    run.asComplete = asComplete
    run.options.countsCharts = true
    var options = FindingOptions()
    options.showsUndetermined = showsUndetermined
    options.digestsFacts = true
    let columns = try #require(ColumnJudge(run: run, options: options))
    let interpreting = InterpretingJudge(run: run, options: options)
    let batches = try batch(text)
    let batch = try #require(batches.first)
    #expect(batches.count == 1)
    let part = columns.part(of: batch)
    let expected = interpreting.part(of: batch)
    #expect(part.counts == expected.counts)
    #expect(part.findings == expected.findings)
    #expect(part.problems == expected.problems)
    let (groups, others) = (
      part.groups.findings { _ in true }, expected.groups.findings { _ in true }
    )
    #expect(groups.map { shown($0) } == others.map { shown($0) })
    #expect(groups.map(\.mask) == others.map(\.mask))
    #expect(try remainders(of: part.groups) == remainders(of: expected.groups))
    return part
  }

  /// All of a finding but its mask, whose names have no order.
  private static func shown(_ finding: GroupFinding) -> String {
    var finding = finding
    finding.mask = .none
    return "\(finding)"
  }

  private static func remainders(of groups: GroupRun) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(groups.remainders), as: UTF8.self)
  }

  /// What is written down of groups.
  private static func records(of groups: GroupRun) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var records: [String] = []
    try groups.eachRecord {
      records.append(String(decoding: try encoder.encode($0), as: UTF8.self))
    }
    return records
  }

  /// Where every line is read into columns, they collect the same rows in the same order.
  @Test func rowsAreCollectedAlike() throws {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(rules: Repository.rules, options: CheckOptions(today: today))
    let batch = try #require(try Self.batch(try Self.archive).first)
    let columns = try #require(ColumnJudge(run: run, options: FindingOptions()))
    let interpreting = InterpretingJudge(run: run, options: FindingOptions())
    let records = try Self.records(of: columns.part(of: batch).groups)
    #expect(records == (try Self.records(of: interpreting.part(of: batch).groups)))
    #expect(records.count == 1)
  }

  /// What charts count of random documents, some of which are not complete, imprecise or wrong.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func chartsCountAlike(seed: UInt64) throws {
    let folder = try AuditFolder()
    var random = SplitMix64(state: seed)
    let lines = (0..<120).map { randomItem($0, &random) }
    let batch = try #require(try Self.batch(lines.joined(separator: "\n") + "\n").first)
    var run = try folder.run().check
    run.options.countsCharts = true
    // Rules over groups keep documents, charts do not.
    for only in [nil, []] as [Set<String>?] {
      run.options.only = only
      let columns = try #require(ColumnJudge(run: run, options: FindingOptions()))
      let part = columns.part(of: batch)
      let expected = InterpretingJudge(run: run, options: FindingOptions()).part(of: batch)
      #expect(part.counts == expected.counts)
      let (tallies, others) = (part.groups.chartTallies, expected.groups.chartTallies)
      #expect(tallies.map(\.cells) == others.map(\.cells), "seed \(seed)")
      #expect(tallies.map(\.leftOut) == others.map(\.leftOut), "seed \(seed)")
      #expect(tallies.map { $0.mask("张三李四光王五甲局") } == others.map { $0.mask("张三李四光王五甲局") })
      #expect(tallies.count == 5 && tallies.allSatisfy { !$0.cells.isEmpty })
      #expect(try Self.remainders(of: part.groups) == Self.remainders(of: expected.groups))
      let records = try Self.records(of: part.groups)
      #expect(records.isEmpty == (only != nil))
    }
  }

  private static var archive: String {
    get throws {
      try String(
        contentsOfFile: Repository.root + "fixtures/archives/one-year.jsonl", encoding: .utf8)
    }
  }

  @Test(arguments: [false, true])
  func anArchiveIsJudgedAlike(showsUndetermined: Bool) throws {
    let part = try Self.compare(try Self.archive, showsUndetermined: showsUndetermined)
    #expect(part.findings.count == 7)
  }

  @Test(arguments: [false, true])
  func linesOfAllKindsAreJudgedAlike(asComplete: Bool) throws {
    let some = try Self.archive.split(separator: "\n").prefix(12).joined(separator: "\n")
    let others = [
      "", "{", #"{"没有这个字段": 1}"#, "[]", #"{"编号": "甲", "编号": "乙"}"#,
      #"{"编号": "丙", "启动": {"主体": {"名称": "某督导组", "类型": "督导组"}}}"#,
      #"{"编号": "丁", "启动": {"日期": "2023-05", "主体": {"类型": "督导组"}}}"#,
      #"{"编号": "戊", "启动": {"日期": "2093-05-01"}}"#,
      #"{"编号": "己", "豁免": [{"规则": "WZ101", "理由": "无", "批准人": "某", "至": "2027-01-01"}], "启动": {"主体": {"类型": "督导组"}}}"#,
      #"{"责任清单": {"编号": "清单", "年度": 2024}}"#, #"{"案件": {"编号": "庚", "对象": []}}"#,
    ]
    for showsUndetermined in [false, true] {
      let part = try Self.compare(
        some + "\n" + others.joined(separator: "\n") + "\n", asComplete: asComplete,
        showsUndetermined: showsUndetermined)
      #expect(part.problems.count >= 4)
      #expect(part.findings.contains { $0.document?.id == "丙" })
    }
  }

  /// Lines that only the interpreter can read are counted too where no other stands among them.
  @Test func linesThatAreAllOutOfTheOrdinary() throws {
    let line = #"{"//": "合成", "编号": "甲", "启动": {"主体": {"类型": "督导组"}}}"#
    let part = try Self.compare(line + "\n", showsUndetermined: false)
    #expect(part.counts.documents.values.reduce(0, +) == 1)
  }

  /// Without rules over groups no document has to be made a tree.
  @Test func withoutGroupsToo() throws {
    let ruleSet = Repository.rules.ruleSet
    let groups = Set(ruleSet.rules.filter { $0.aggregation != nil }.map(\.code))
    let part = try Self.compare(try Self.archive, showsUndetermined: true, skip: groups)
    #expect(part.counts.documents.values.reduce(0, +) == 99)
  }
}
