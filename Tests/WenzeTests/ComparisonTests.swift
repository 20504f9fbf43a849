import Testing
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeSemantics
import WenzeSyntax

@testable import Wenze

/// The rules over groups of the comparison with other engines, by the comparison's own words.
@Suite struct ComparisonTests {
  /// The groups with a finding, as their keys and figures.
  private func groups(_ lines: [String], _ code: String) throws -> Set<String> {
    let today = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    let rules = LoadedRules(
      folders: [Repository.root + "Benchmarks/peer-rules"], usesBuiltIn: false)
    #expect(rules.problems.isEmpty)
    var groups = GroupRun(ruleSet: rules.ruleSet, options: CheckOptions(today: today))
    let source = Source(path: "x.jsonl", text: lines.joined(separator: "\n"))
    for written in readJSONLines(source).documents {
      let document = try #require(rules.ruleSet.decode(written).document)
      groups.add(document, at: DocumentReference(document, in: source))
    }
    let findings = groups.findings { $0 == .violation }
    return Set(findings.filter { rules.ruleSet.rules[$0.rule].code == code }.map(\.message.chinese))
  }

  private func line(
    _ id: Int, body: String? = "甲", launched: String? = nil, measures: String? = nil,
    opinion: String = "{}"
  ) -> String {
    var fields = [#""case_id":"\#(id)""#, #""opinion":\#(opinion)"#]
    if let body { fields.append(#""initiator":{"name":"\#(body)"}"#) }
    if let launched { fields.append(#""dates":{"launched":"\#(launched)"}"#) }
    if let measures { fields.append(#""measures":\#(measures)"#) }
    return "{" + fields.joined(separator: ",") + "}"
  }

  @Test func everyCaseBeyondTheFirstOfItsId() throws {
    let lines = [1, 2, 1, 3, 1, 2].map { line($0) }
    #expect(try groups(lines, "R20") == ["案号“1”有3件，多出2件", "案号“2”有2件，多出1件"])
  }

  /// More than a fiftieth of the quarter's cases, those of nobody included, and at least five.
  @Test func aTargetShare() throws {
    var lines = (0..<5).map { line($0, launched: "2023-03-31") }
    lines += (5..<249).map { line($0, body: nil, launched: "2023-01-01") }
    #expect(try groups(lines, "A1") == ["甲2023年第1季度启动5件，超过全部249件的五十分之一"])
    lines.append(line(249, body: nil, launched: "2023-02-01"))
    #expect(try groups(lines, "A1").isEmpty)
    lines = (0..<4).map { line($0, launched: "2023-12-31") } + [line(4, launched: "2024-01-01")]
    #expect(try groups(lines, "A1").isEmpty)
    lines.append(line(5, launched: "2023-10-01"))
    #expect(try groups(lines, "A1") == ["甲2023年第4季度启动5件，超过全部5件的五十分之一"])
  }

  /// The first measure of more than nine cases in ten.
  @Test func oneSizeFitsAll() throws {
    var lines = (0..<19).map { line($0, measures: #"["诫勉","检查"]"#) }
    lines += [line(19, measures: #"["检查","诫勉"]"#), line(20), line(21, measures: "[]")]
    #expect(try groups(lines, "A2") == ["甲20件中95%首先采取同一措施"])
    #expect(try groups(Array(lines.dropFirst()), "A2").isEmpty)
    lines[0] = line(0, measures: #"["检查"]"#)
    #expect(try groups(lines, "A2").isEmpty)
  }

  /// Launched up to three days after the public's attention in more than three cases of ten.
  @Test func firesPutOut() throws {
    let fire = #"{"happened":true,"date":"2023-02-26"}"#
    var lines = (0..<7).map { line($0, launched: "2023-03-01", opinion: fire) }
    lines += (7..<20).map { line($0, launched: "2023-03-02", opinion: fire) }
    #expect(try groups(lines, "A3") == ["甲20件中7件随舆情启动"])
    lines.append(line(20, launched: "2023-03-01"))
    #expect(try groups(lines, "A3") == ["甲20件中7件随舆情启动"])
    lines[0] = line(0, launched: "2023-03-01", opinion: #"{"happened":false}"#)
    #expect(try groups(lines, "A3").isEmpty)
  }
}
