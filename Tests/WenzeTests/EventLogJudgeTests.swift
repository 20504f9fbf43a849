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

/// What an audit makes of an event log over columns is what it makes of it trace by trace.
@Suite struct EventLogJudgeTests {
  private static let rules = LoadedRules(
    folders: ["rules/base", "Benchmarks/event-log-rules"].map { Repository.root + $0 },
    usesBuiltIn: false)

  private static func run(limits: ReadingLimits = ReadingLimits()) throws -> CheckRun {
    #expect(rules.problems.isEmpty)
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    var run = CheckRun(rules: rules, options: CheckOptions(today: today))
    run.limits = limits
    return run
  }

  /// Compares both ways for each batch of a log; gives how many documents there are, and how many of
  /// them were read straight into columns.
  @discardableResult
  private static func compare(
    _ log: [UInt8], limits: ReadingLimits = ReadingLimits(), _ comment: String
  ) throws -> (documents: Int, findings: Int, isFast: Bool) {
    let run = try run(limits: limits)
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("wenze-\(UUID().uuidString).xes")
    try Data(log).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let batches = InputBatches(of: [url.path(percentEncoded: false)], limits: limits)
    var (documents, findings, isFast) = (0, 0, true)
    while let next = batches.next() {
      guard case .success(let batch) = next else { continue }
      for showsUndetermined in [false, true] {
        var options = FindingOptions()
        options.showsUndetermined = showsUndetermined
        options.digestsFacts = true
        let interpreting = InterpretingJudge(run: run, options: options)
        let others = Others(judge: interpreting)
        let judge = try #require(EventLogJudge(run: run, options: options, others: others))
        let part = judge.part(of: batch)
        let expected = interpreting.part(of: batch)
        #expect(part.counts == expected.counts, "\(comment)")
        #expect(part.findings == expected.findings, "\(comment)")
        #expect(part.problems == expected.problems, "\(comment)")
        isFast = isFast && others.batches.isEmpty
        if showsUndetermined {
          documents += part.counts.documents.values.reduce(0, +)
          findings += part.findings.count
        }
      }
    }
    return (documents, findings, isFast)
  }

  /// Keeps in mind what was left to it.
  private final class Others: BatchJudge, @unchecked Sendable {
    let judge: InterpretingJudge
    var batches: [InputBatch] = []
    init(judge: InterpretingJudge) { self.judge = judge }
    func part(of batch: InputBatch) -> AuditPart {
      batches.append(batch)
      return judge.part(of: batch)
    }
  }

  private static func event(_ activity: String, _ time: String, _ more: String = "") -> String {
    #"<event><string key="concept:name" value="\#(activity)"/>"#
      + #"<date key="time:timestamp" value="\#(time)"/>\#(more)</event>"#
  }

  private static func trace(_ name: String, _ events: String...) -> String {
    #"<trace><string key="concept:name" value="\#(name)"/>"# + "\n" + events.joined(separator: "\n")
      + "</trace>\n"
  }

  private static func log(_ traces: String...) -> String {
    "<?xml version=\"1.0\"?>\n<!-- 合成 -->\n<log>\n<extension name=\"Concept\"/>\n"
      + traces.joined() + "</log>\n"
  }

  private static let plain = log(
    trace(
      "合成-1", event("提出", "2024-03-01T09:00:00+08:00"), event("核查", "2024-04-20T09:00:00Z"),
      event("批准", "2024-05-20T23:30:00Z"), event("谈话", "2024-05-21T07:00:00+08:00")),
    trace("合成-2", event("决定", "2024-03-05T09:00:00+08:00"), event("送达", "2024-03-29 09:00")),
    trace(
      "合成-3", event("送达", "2024-01-31T09:00:00+08:00"), event("申诉", "2024-02-29T23:59:59+08:00"),
      event("申诉处理", "2024-03-30T00:00:00+08:00")))

  @Test func plainLogs() throws {
    let seen = try Self.compare(Array(Self.plain.utf8), "plain")
    #expect(seen.documents == 3)
    #expect(seen.findings == 8)
    #expect(seen.isFast)
    #expect(try Self.compare(Array(Self.plain.replacing("\n", with: "\r\n").utf8), "CRLF").isFast)
    #expect(try Self.compare(Array(Self.plain.replacing("\n", with: "").utf8), "one line").isFast)
  }

  /// What is out of the ordinary inside a trace leaves the others as they are.
  @Test func tracesOutOfTheOrdinary() throws {
    let odd = [
      Self.trace("合成 &amp; 二", Self.event("决定", "2024-03-05")),
      Self.trace("合成-4", Self.event("&#20915;定", "2024-03-05T09:00:00+08:00")),
      Self.trace("合成-5", Self.event("决定 ", "2024年3月5日")),
      Self.trace("合成-6", Self.event("无", "2024-03-05"), Self.event("不详", "2024-03-05")),
      Self.trace("合成-7", "<event/>", "<event></event>", "<event><event/></event>"),
      Self.trace("合成-8", Self.event("决定", "2024-03-05", #"<string key="org:role" value="甲"/>"#)),
      Self.trace("合成-9", Self.event("决定", "2024-03-05", #"<string key="甲" value="乙"/>"#)),
      Self.trace("合成-10", #"<list key="甲"><values><string key="乙" value="丙"/></values></list>"#),
      Self.trace(
        "合成-11", #"<string key="甲" value="乙"><string key="concept:name" value="丙"/></string>"#),
      Self.trace("合成-12", Self.event("决定", "2024-03-05").replacing("/>", with: "></string>")),
      Self.trace("合成-13", "<!-- <event> -->" + Self.event("决定", "2024-03-05T09:00:00+08:00")),
      "<trace/>", "<trace></trace>", "<trace><event/></trace>",
    ]
    for trace in odd {
      let text = Self.plain.replacing("</log>", with: trace + "</log>")
      let seen = try Self.compare(Array(text.utf8), trace)
      #expect(seen.documents == 4, "\(trace)")
      #expect(seen.isFast, "\(trace)")
    }
  }

  /// What has to be told of is left to the reader that does.
  @Test func brokenLogs() throws {
    let broken = [
      Self.trace("合成-4", Self.event("决定", "三月五日")),
      Self.trace("合成-5", #"<string key="concept:name" value="合成-6"/>"#),
      Self.trace(
        "合成-6", Self.event("决定", "2024-03-05", #"<string key="concept:name" value="送达"/>"#)),
      "<trace>", "<trace", "<trace><event", "<!DOCTYPE x>", "<![CDATA[<trace>]]>", "<trace a>",
      "<trace><string key=\"a\" value=\"b/></trace>", "<!-- ",
    ]
    for trace in broken {
      let text = Self.plain.replacing("</log>", with: trace + "</log>")
      #expect(try Self.compare(Array(text.utf8), trace).isFast == false, "\(trace)")
    }
    try Self.compare(Array("<log></log>".utf8), "empty")
    try Self.compare(Array(Self.plain.utf8) + [0xFF], "no text")
    var limits = ReadingLimits()
    limits.textBytes = 20
    try Self.compare(Array(Self.plain.utf8), limits: limits, "long texts")
    limits = ReadingLimits()
    limits.documentBytes = 300
    try Self.compare(Array(Self.plain.utf8), limits: limits, "long traces")
    for path in ["approvals.xes", "cut-off.xes.gz"] {
      let data = try Data(
        contentsOf: URL(fileURLWithPath: Repository.root + "fixtures/event-logs/" + path))
      try Self.compare(Array(data), path)
    }
  }

  /// Logs with a few bytes changed are judged alike, whatever is left of them.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func damagedLogs(seed: UInt64) throws {
    var random = SplitMix64(state: seed &* 7_919)
    let pieces = [
      "<", ">", "/", "\"", "'", "=", "&", " ", "\n", "<event>", "</event>", "</trace>", "<trace>",
      "<!--", "-->", "key", "value", "concept:name", "无", "\u{3000}", "2024-02-30", "/>", "\u{301}",
    ]
    var fast = 0
    for _ in 0..<100 {
      var bytes = Array(Self.plain.utf8)
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...6, using: &random))
        let piece = pieces.randomElement(using: &random) ?? ""
        bytes.replaceSubrange(place..<end, with: Array(piece.utf8))
      }
      if try Self.compare(bytes, String(decoding: bytes, as: UTF8.self)).isFast { fast += 1 }
    }
    #expect(fast > 10)
  }

  /// Without rules about event logs they are counted all the same; with those of attributes they are
  /// left to the interpreter.
  @Test func otherRules() throws {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let run = CheckRun(rules: Repository.rules, options: CheckOptions(today: today))
    let options = FindingOptions()
    let others = Others(judge: InterpretingJudge(run: run, options: options))
    #expect(EventLogJudge(run: run, options: options, others: others) != nil)
    var complete = try Self.run()
    complete.asComplete = true
    #expect(EventLogJudge(run: complete, options: options, others: others) == nil)
  }
}
