import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSyntax

@Suite struct AuditTests {
  /// Some files of lines, one of which is cut into several batches.
  private func writeArchive(
    _ folder: borrowing AuditFolder, seed: UInt64, files count: Int = 5
  ) throws -> [String] {
    var random = SplitMix64(state: seed)
    var number = 0
    return try (0..<count).map { file in
      // A long remark makes batches without the work of many documents.
      let filler = file == 1 ? String(repeating: "长", count: 8_000) : ""
      let lines = (0..<Int.random(in: 1...(file == 1 ? 150 : 25), using: &random)).map { _ in
        number += 1
        let line = randomItem(number, &random)
        guard line.hasSuffix("}"), line.count > 12, !filler.isEmpty else { return line }
        return line.dropLast() + #","文":"\#(filler)"}"#
      }
      return try folder.write(lines.map { $0 + "\n" }.joined(), to: "\(count - file).jsonl")
    }
  }

  @Test(arguments: [1, 2]) func reportsDoNotDependOnTheNumberOfJobs(seed: UInt64) async throws {
    let folder = try AuditFolder()
    let paths = try writeArchive(folder, seed: seed)
    let expected = try await folder.reports(of: paths, jobs: 1)
    for jobs in [2, 3, 7] {
      let reports = try await folder.reports(of: paths, jobs: jobs)
      #expect(reports == expected, "seed \(seed), \(jobs) jobs")
    }
    for (report, code) in zip(expected, ["T102", "T701", "T702", "T101", "T102"]) {
      #expect(report.contains(code))
    }
  }

  @Test func findingsAreInTheOrderOfTheInputs() async throws {
    let folder = try AuditFolder()
    let paths = try writeArchive(folder, seed: 3)
    let lines = try await folder.reports(of: paths)[1].split(separator: "\n")
    struct Line: Decodable {
      var document: Document?
      struct Document: Decodable {
        var path: String
        var line: Int
      }
      var group: Group?
      struct Group: Decodable {}
    }
    let findings = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
    let places = findings.filter { $0.group == nil }.compactMap(\.document)
    #expect(places.count > 50)
    for (place, next) in zip(places, places.dropFirst()) {
      if place.path == next.path {
        #expect(place.line <= next.line)
      } else {
        #expect((paths.firstIndex(of: place.path) ?? 0) < (paths.firstIndex(of: next.path) ?? 0))
      }
    }
    // Groups come last.
    #expect(
      findings.lastIndex { $0.group != nil } ?? 0 > findings.lastIndex {
        $0.group == nil && $0.document != nil
      } ?? 0)
  }

  /// What is found together is what was found apart: whatever the shares, byte for byte.
  @Test(arguments: [11, 12, 13, 14]) func sharesMergeIntoTheWhole(seed: UInt64) async throws {
    let folder = try AuditFolder()
    let paths = try writeArchive(folder, seed: seed, files: 6)
    var random = SplitMix64(state: seed)
    let expected = try await folder.reports(of: paths)
    let run = try folder.run()
    let whole = TextSink()
    _ = try await run.audit(paths, outputs: [], partial: whole)
    var shares: [String] = []
    var rest = paths[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...rest.count, using: &random)
      let partial = TextSink()
      _ = try await run.audit(Array(rest.prefix(count)), outputs: [], partial: partial)
      shares.append(try folder.write(partial.text, to: "share\(shares.count)"))
      rest = rest.dropFirst(count)
    }
    let merging = try AuditRun(merging: shares[0], rules: folder.rules)
    let sinks = reportFormats.map { _ in TextSink() }
    let merged = TextSink()
    _ = try await merging.merge(
      shares, outputs: folder.outputs(merging, sinks), partial: merged)
    #expect(sinks.map(\.text) == expected, "seed \(seed), \(shares.count) shares")
    #expect(merged.text == whole.text, "seed \(seed), \(shares.count) shares")
  }

  @Test func partialResultsThatAreNotAsTheyWereAreRefused() async throws {
    let folder = try AuditFolder()
    let run = try folder.run()
    let sink = TextSink()
    _ = try await run.audit(try writeArchive(folder, seed: 4), outputs: [], partial: sink)
    let text = sink.text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func complaint(_ text: String) async throws -> String {
      let path = try folder.write(text, to: "share")
      do {
        let run = try AuditRun(merging: path, rules: folder.rules)
        _ = try await run.merge([path], outputs: [])
        return ""
      } catch let error as AuditFileError {
        return error.message.chinese.replacing(path, with: "share")
      }
    }
    #expect(try await complaint(text) == "")
    let cut = "不能使用“share”：文件不完整，结尾缺失，请重新生成"
    #expect(try await complaint(String(text.dropLast())) == cut)
    #expect(try await complaint(lines.dropLast(2).joined(separator: "\n")) == cut)
    #expect(try await complaint(lines.prefix(1).joined() + "\n") == cut)
    let changed = "不能使用“share”：内容与写入时不同，文件已损坏，请重新生成"
    let other = text.replacing("张某某", with: "王某某")
    #expect(other != text)
    #expect(try await complaint(other) == changed)
    var shuffled = lines
    shuffled.swapAt(1, 2)
    #expect(try await complaint(shuffled.joined(separator: "\n")) == changed)
    #expect(
      try await complaint(text.replacing("\"schema\":4", with: "\"schema\":5"))
        == "不能使用“share”：文件的版本是 5，这个程序只认得 4")
    #expect(
      try await complaint(text.replacing(folder.rules.digest, with: "sha256:0")).contains("规则"))
    for nothing in ["", "{}\n", "号,人\n", "{\"kind\":\"wenze baseline\",\"schema\":1}\n"] {
      #expect(try await complaint(nothing).hasPrefix("不能使用“share”："))
    }
  }

  /// Any byte that is lost or changed is noticed, and none makes the program stop.
  @Test(arguments: [21]) func noDamageGoesUnnoticed(seed: UInt64) async throws {
    let folder = try AuditFolder()
    let sink = TextSink()
    var random = SplitMix64(state: seed)
    _ = try await folder.run().audit(
      [try folder.write(randomItem(1, &random) + "\n", to: "one.jsonl")], outputs: [],
      partial: sink)
    let bytes = Array(sink.text.utf8)
    for _ in 0..<60 {
      var damaged = bytes
      let place = Int.random(in: bytes.indices, using: &random)
      if Bool.random(using: &random) {
        damaged[place] ^= UInt8(1 << Int.random(in: 0..<7, using: &random))
      } else {
        damaged.removeSubrange(place...)
      }
      let url = folder.url.appending(path: "share")
      try Data(damaged).write(to: url)
      let path = url.path(percentEncoded: false)
      let rules = folder.rules
      await #expect(throws: AuditFileError.self, "\(place)") {
        var run = try AuditRun(merging: path, rules: rules)
        run.jobs = 1
        _ = try await run.merge([path], outputs: [])
      }
    }
  }
}

@Suite struct BaselineTests {
  private let first = [
    #"{"号":"1","人":"张三","成":false,"关":"甲","日":"2024-01-01"}"#,
    #"{"号":"2","人":"李四","成":false,"关":"甲","日":"2024-01-01"}"#,
    #"{"号":"3","成":true,"项列":[{"名":"王五","数":60},{"名":"赵六","数":70}]}"#,
    #"{"成":false}"#,
  ]

  private func audit(
    _ folder: borrowing AuditFolder, _ lines: [String], _ baseline: Baseline?
  ) async throws -> (outcome: AuditOutcome, findings: [String]) {
    var run = try folder.run()
    run.options.showsUndetermined = false
    run.baseline = baseline
    run.makesBaseline = true
    let path = try folder.write(lines.joined(separator: "\n"), to: "cases.jsonl")
    let sink = TextSink()
    let outcome = try await run.audit(
      [path],
      outputs: [AuditOutput(format: JSONLinesFormat(run.context(language: .english)), sink: sink)])
    return (
      outcome,
      sink.text.split(separator: "\n").filter { $0.hasPrefix("{\"rule\"") }.map(String.init)
    )
  }

  private func counts(_ outcome: AuditOutcome) -> [Int] {
    let counts = outcome.summary.baseline
    return [counts?.new, counts?.reopened, counts?.known, counts?.gone].map { $0 ?? -1 }
  }

  @Test func whatIsKnownIsNotListed() async throws {
    let folder = try AuditFolder()
    let (before, findings) = try await audit(folder, first, nil)
    #expect(before.entries.count == 5)
    #expect(findings.count == 5)
    #expect(before.summary.baseline == nil)
    let text = Baseline.text(of: before.entries)
    #expect(text.split(separator: "\n").count == 6)
    let baseline = try Baseline(text: text, path: "b")
    let (after, rest) = try await audit(folder, first, baseline)
    #expect(counts(after) == [0, 0, 5, 0])
    #expect(rest == [])
    #expect(!after.summary.hasViolation(atLeast: .note))
    #expect(Baseline.text(of: after.entries) == text)
  }

  /// Neither the place in the file nor another case matters to what is known.
  @Test func aChangedFactReopensAndAVanishedOneIsTold() async throws {
    let folder = try AuditFolder()
    let baseline = try Baseline(
      text: Baseline.text(of: try await audit(folder, first, nil).outcome.entries), path: "b")
    let changed = [
      "", #"{"号":"0","成":true}"#,
      // Another element has the same finding on another fact.
      #"{"号":"3","成":true,"项列":[{"名":"王五","数":60},{"名":"赵六","数":80}]}"#,
      // What is not evidence may change.
      #"{"号":"1","人":"张三","成":false,"关":"乙","日":"2024-01-01"}"#,
      #"{"号":"2","人":"李四","成":true,"关":"甲","日":"2024-01-01"}"#,
      #"{"号":"4","人":"李四","成":false}"#,
    ]
    let (outcome, findings) = try await audit(folder, changed, baseline)
    #expect(counts(outcome) == [1, 1, 2, 2])
    try #require(findings.count == 2)
    #expect(findings[0].contains(#""baseline":"reopened""#) && findings[0].contains("things[1]"))
    #expect(findings[1].contains(#""baseline":"new""#))
    #expect(outcome.summary.gone.map { $0.key.id ?? "-" } == ["-", "2"])
    #expect(outcome.summary.hasViolation(atLeast: .error))
  }

  /// A rule that a run does not ask finds nothing, which says nothing.
  @Test func aRuleThatIsNotRunDoesNotVanish() async throws {
    let folder = try AuditFolder()
    let baseline = Baseline(try await audit(folder, first, nil).outcome.entries)
    var run = try folder.run()
    run.check.options.only = ["T101"]
    run.baseline = baseline
    let outcome = try await run.audit([folder.path("cases.jsonl")], outputs: [])
    #expect(counts(outcome) == [0, 0, 3, 0])
  }

  @Test(arguments: ["", "{}", "[]", "号\n", "{\"kind\":\"wenze baseline\",\"schema\":9}"])
  func whatIsNoBaselineIsRefused(text: String) {
    #expect(throws: AuditFileError.self) { try Baseline(text: text, path: "b") }
  }

  @Test func anEntryThatIsNoneIsToldOfWithItsLine() {
    do throws(AuditFileError) {
      _ = try Baseline(text: Baseline.text(of: []) + "{\"rule\":3}\n", path: "b")
      Issue.record("the entry was read")
    } catch {
      #expect(error.message.english == "cannot use `b`: line 2 is no entry of a baseline")
    }
  }
}
