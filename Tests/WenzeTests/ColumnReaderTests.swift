import Foundation
import TestSupport
import Testing
import Wenze
import WenzeInput
import WenzeModel
import WenzeSyntax

@testable import WenzeEngine
@testable import WenzeSemantics

/// What is read straight into columns is what the reader, the decoder and `append` make of it.
@Suite struct ColumnReaderTests {
  private static let ruleSet = Repository.rules.ruleSet

  private static func program(_ dossier: String = "案件") throws -> ColumnProgram {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let number = try #require(ruleSet.dossier(named: dossier))
    return ColumnProgram.compiling(ruleSet, dossier: number, options: CheckOptions(today: today))
  }

  /// Reads lines by both ways.
  ///
  /// - Returns: how many of them were read straight into columns.
  private static func compare(
    _ lines: [String], _ program: ColumnProgram, asComplete: Bool = false, _ comment: Comment
  ) -> Int {
    let limits = ReadingLimits()
    var reader = ColumnReader(
      program, asComplete: asComplete, textLimit: limits.textBytes, depthLimit: limits.depth)
    var expected = ColumnBatch(shape: program.shape)
    var count = 0
    for line in lines {
      let bytes = Array(line.utf8) + [UInt8](repeating: 0, count: ColumnReader.padding)
      let isRead = bytes.withUnsafeBufferPointer { bytes in
        reader.read(UnsafeBufferPointer(rebasing: bytes[..<line.utf8.count]))
      }
      guard isRead else { continue }
      count += 1
      let (written, problems) = readJSONLines(Source(path: "x.jsonl", text: line), limits: limits)
      #expect(problems.isEmpty && written.count == 1, "\(comment): \(line)")
      for written in written {
        let (document, problems) = program.ruleSet.decode(
          written, asComplete: asComplete)
        #expect(problems.isEmpty, "\(comment): \(line)")
        #expect(document?.dossier == program.dossier, "\(comment): \(line)")
        if let document { expected.append(document) }
      }
    }
    let batch = reader.takeBatch()
    #expect(describe(batch) == describe(expected), "\(comment)")
    #expect(reader.count == 0)
    return count
  }

  /// All rows of all tables and columns.
  private static func describe(_ batch: ColumnBatch) -> [String] {
    let reader = VectorReader(texts: batch.texts)
    var lines: [String] = []
    for (number, table) in batch.tables.enumerated() {
      lines.append("table \(number): \(table.count) \(table.offsets.dropFirst()) \(table.isOpen)")
    }
    for (number, column) in batch.shape.columns.enumerated() {
      let count = batch.tables[column.table].count
      let values: [String] =
        switch batch.columns[number] {
        case .truths(let truths): truths.map(String.init)
        case .entries(let rows):
          rows.indices.map {
            "\(reader.value(of: .entries(rows, enumeration: 0), at: $0))"
          }
        case .texts(let rows): rows.indices.map { "\(reader.value(of: .texts(rows), at: $0))" }
        case .dates(let dates): (0..<count).map { "\(dates.value(at: $0))" }
        case .numbers(let numbers): (0..<count).map { "\(numbers.value(at: $0))" }
        case .values(let values): values.map { "\($0)" }
        }
      lines.append("column \(number) of \(column.table): \(values)")
    }
    return lines
  }

  /// The cases among the fixtures that are JSON, each in one line.
  private static var lines: [String] {
    get throws {
      try Repository.files(below: "fixtures/cases", endingWith: [".json"]).map { path in
        try String(contentsOfFile: Repository.root + path, encoding: .utf8)
          .split(whereSeparator: \.isNewline).joined(separator: " ")
      }
    }
  }

  @Test func fixturesAreReadAlike() throws {
    let lines = try Self.lines.map(withoutComments)
    let program = try Self.program()
    let plain = lines.filter { !$0.contains("豁免") && $0.hasPrefix("{") }
    for asComplete in [false, true] {
      let count = Self.compare(lines, program, asComplete: asComplete, "fixtures")
      #expect(count >= plain.count * 3 / 4, "\(count) of \(lines.count), \(plain.count) plain")
    }
    for line in lines { _ = Self.compare([line, line], program, "twice") }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func damagedDocumentsAreReadAlike(seed: UInt64) throws {
    var random = SplitMix64(state: seed &* 104_729)
    let program = try Self.program()
    let originals = try Self.lines.map { withoutComments($0) }
    let pieces = [
      "null", "\"无\"", "\"不详\"", "\"\"", "\" \"", "\"\\n\"", "\"\\u4e00\"", "[]", "{}", "[null]",
      "[\"等\"]", "\"等\"", "true", "false", "0", "-1", "3", "1.5", "\"2023-05\"", "\"2023-02-30\"",
      "\"2023年5月12日\"", "\"2023-05-12 08:00\"", "\"市纪委\"", "\"\u{F90A}\"", "\"金\"", "\"是\"",
      "\"否\"", "\"unknown\"", ",", "}", "]", "\"", "\\", " ", "\t", "\u{3000}", "20230512", "\"3\"",
    ]
    var lines: [String] = []
    for _ in 0..<500 {
      guard let original = originals.randomElement(using: &random) else { break }
      var line = Array(original.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let values = valueRanges(in: line)
        if Int.random(in: 0..<8, using: &random) == 0 || values.isEmpty {
          let place = Int.random(in: 0..<line.count, using: &random)
          line[place] = UInt8.random(in: 0x20..<0x7F, using: &random)
        } else if let range = values.randomElement(using: &random),
          let piece = pieces.randomElement(using: &random)
        {
          line.replaceSubrange(range, with: piece.utf8)
        }
      }
      if let text = String(validating: line, as: UTF8.self) { lines.append(text) }
    }
    let count = Self.compare(lines, program, "seed \(seed)")
    #expect(count > lines.count / 20, "\(count) of \(lines.count)")
  }

  /// Where the values of fields stand that are no records or lists.
  private func valueRanges(in line: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var place = 0
    while let colon = line[place...].firstIndex(of: 0x3A) {
      var start = colon + 1
      while start < line.count, line[start] == 0x20 { start += 1 }
      var end = start
      while end < line.count, ![0x2C, 0x7D, 0x5D].contains(line[end]) { end += 1 }
      if start < line.count, line[start] != 0x7B, line[start] != 0x5B { ranges.append(start..<end) }
      place = max(end, colon + 1)
      if place >= line.count { break }
    }
    return ranges
  }

  private func withoutComments(_ line: String) -> String {
    line.replacing(/"\/\/[^"]*"\s*:\s*(\[([^"\]]|"[^"]*")*\]|"[^"]*")\s*,?/, with: "")
  }

  @Test func whatIsOutOfTheOrdinaryIsLeftToOthers() throws {
    let program = try Self.program()
    let ordinary = #"{"编号":"1","卷宗完整":true,"对象":[{"名称":"甲","种类":"领导干部"}]}"#
    #expect(Self.compare([ordinary, ordinary], program, "ordinary") == 2)
    #expect(Self.compare([#"{"案件":"# + ordinary + "}"], program, "named") == 1)
    let long = String(repeating: #"第一行\n“引号”\"反斜杠\\"#, count: 40)
    let escaped = #"{"编号":"\t1","事实":[{"分析":"\#(long)"},{"分析":"\n"}]}"#
    #expect(Self.compare([escaped, ordinary], program, "escapes") == 2)
    for line in [
      "", "{", "[]", "{}x", #"{"编号":"1","编号":"2"}"#, #"{"没有":1}"#, #"{"编号":1.50}"#,
      #"{"豁免":[]}"#, #"{"对象":[{"种类":"火星人"}]}"#, #"{"编号":"1"} {"编号":"2"}"#,
      #"{"启动":{"日期":"2023-02-30"}}"#, #"{"编号":"\ud800"}"#, #"{"编号":"1",}"#,
    ] {
      #expect(Self.compare([line], program, "\(line)") == 0, "\(line)")
    }
  }

  @Test func otherDossiersAreToldApart() throws {
    let list = #"{"编号":"L1","单位":"某局","年度":2024,"条目":[{"编号":"1","责任项目":"学习"}]}"#
    #expect(Self.compare([list], try Self.program("责任清单"), "list") == 1)
    #expect(Self.compare([list], try Self.program(), "case") == 0)
    // Both have the field; it is taken for the one that most rules are about.
    #expect(Self.compare([#"{"编号":"1"}"#], try Self.program("责任清单"), "either") == 0)
    #expect(Self.compare([#"{"编号":"1"}"#], try Self.program(), "either") == 1)
  }

  /// The rules of the comparison with other engines: texts, numbers, months and lists that are whole.
  @Test func theComparisonIsReadAlike() throws {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let rules = LoadedRules(
      folders: [Repository.root + "Benchmarks/peer-rules"], usesBuiltIn: false)
    #expect(rules.problems.isEmpty)
    let dossier = try #require(rules.ruleSet.dossier(named: "案例"))
    let options = CheckOptions(today: today)
    let program = ColumnProgram.compiling(rules.ruleSet, dossier: dossier, options: options)
    #expect(program.interpreted.isEmpty)
    let lines = [
      #"{"case_id":"1","measures":["诫勉"],"influence_months":6,"dates":{"report":"2024-01-31","decided":"2024-02-29"}}"#,
      #"{"case_id":"2","measures":[],"influence_months":0,"dates":{"report":"2024-01-31","decided":"2024-03-01"}}"#,
      #"{"case_id":"3","influence_months":24,"initiator":{"name":"甲"},"launcher":{"name":"甲"}}"#,
      #"{"case_id":"4","measures":null,"circumstance":"C25","initiator":{"name":"甲"},"launcher":{"name":"乙"}}"#,
      #"{"case_id":"5","measures":["降职","免职"],"influence_months":12,"circumstance":"C01"}"#,
    ]
    #expect(Self.compare(lines, program, "comparison") == lines.count)
    let counts = try verdicts(of: lines, program, options)
    #expect(counts["R13"] == [.compliant: 1, .violation: 1, .undetermined: 3])
    #expect(counts["R19"] == [.compliant: 2, .violation: 1, .undetermined: 2])
    #expect(counts["R02"] == [.compliant: 1, .violation: 1, .undetermined: 3])
    #expect(counts["R05"] == [.compliant: 1, .violation: 1, .undetermined: 3])
  }

  /// The verdicts of rules on lines that are judged over columns, which are those of the interpreter.
  private func verdicts(
    of lines: [String], _ program: ColumnProgram, _ options: CheckOptions
  ) throws -> [String: [Verdict: Int]] {
    var judge = LineJudge(
      program, asComplete: false, textLimit: 1 << 20, documentLimit: 1 << 20, depthLimit: 64)
    let text = Array(lines.joined(separator: "\n").utf8)
    let padded = text + [UInt8](repeating: 0, count: ColumnReader.padding)
    var groups = GroupRun(ruleSet: program.ruleSet, options: options)
    let judged = padded.withUnsafeBufferPointer { bytes in
      judge.judge(
        UnsafeBufferPointer(rebasing: bytes[..<text.count]),
        at: LineJudge.Place(path: "x.jsonl", firstLine: 1), listsUndetermined: false,
        collecting: &groups)
    }
    let result = try #require(judged)
    #expect(result.unread.isEmpty)
    var expected: [Int: [Verdict: Int]] = [:]
    for line in lines {
      for written in readJSONLines(Source(path: "x.jsonl", text: line)).documents {
        let document = try #require(program.ruleSet.decode(written).document)
        for (rule, counts) in program.ruleSet.verdictCounts(of: document, today: options.today) {
          expected[rule, default: [:]].merge(counts, uniquingKeysWith: +)
        }
      }
    }
    var shown: [String: [Verdict: Int]] = [:]
    for (rule, counts) in result.findings.counts {
      let counts = counts.filter { $0.value > 0 }
      #expect(counts == expected[rule], "\(program.ruleSet.rules[rule].code)")
      shown[program.ruleSet.rules[rule].code] = counts
    }
    return shown
  }

  /// UTF-8 is told from what is none just as the standard library does.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func utf8IsTold(seed: UInt64) {
    var random = SplitMix64(state: seed &* 15_485_863)
    let pieces: [[UInt8]] = [
      [0x41], [0xC2, 0x80], [0xC1, 0xBF], [0xE0, 0xA0, 0x80], [0xE0, 0x9F, 0xBF],
      [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5],
      [0x80], [0xE4, 0xB8], [0xE4, 0xB8, 0xAD], [0xFF], [0xE5, 0x9B, 0xBD], [0xF0, 0xA0, 0xAE],
    ]
    var valid = 0
    for _ in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        let place =
          Int.random(in: 0..<5, using: &random) == 0
          ? Int.random(in: pieces.indices, using: &random)
          : [0, 1, 3, 7, 8, 15, 17].randomElement(using: &random) ?? 0
        bytes += pieces[place]
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      if expected { valid += 1 }
      let padded = bytes + [UInt8](repeating: 0, count: 8)
      let told = padded.withUnsafeBufferPointer { padded in
        isUTF8(UnsafeBufferPointer(rebasing: padded[..<bytes.count]))
      }
      #expect(told == expected, "\(bytes)")
    }
    #expect((300..<2_900).contains(valid))
  }
}
