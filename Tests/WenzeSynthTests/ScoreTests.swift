import Foundation
import Testing
import WenzeSynthesis

/// How a report is matched with a ledger.
@Suite struct ScoreTests {
  private func score(_ findings: String) throws -> Score {
    let ledger = try PlantedLedger(
      json: Data(
        """
        {"seed":1,"documents":9,"thresholds":{},
        "planted":[
        {"code":"WZ702","pattern":"one_measure","scope":"group","key":{"body":"甲","year":2022},
        "strength":0.9,"size":20,"cases":["1"]},
        {"code":"WZ708","pattern":"recurring","scope":"subject",
        "key":{"body":"乙","year":2022,"subject":"张三"},"strength":3,"size":3,"cases":["2","3","4"]},
        {"code":"WZ707","pattern":"out_of_line","scope":"case","key":{"case":"5"},
        "strength":5,"size":1,"cases":["5"]}],
        "near_misses":[{"code":"WZ702","pattern":"one_measure","scope":"group",
        "key":{"body":"丙","year":2022},"strength":0.7,"size":20,"cases":[]}],
        "by_chance":[{"code":"WZ702","pattern":"one_measure","scope":"group",
        "key":{"body":"丁","year":2022},"strength":0.85,"size":20,"cases":[]}]}
        """.utf8))
    let report = try ReportedFindings(json: Data("{\"findings\":[\(findings)]}".utf8))
    return Score(report.findings, against: ledger)
  }

  private func group(_ code: String, _ key: String, _ documents: String = "") -> String {
    """
    {"rule":"\(code)","verdict":"violation","document":null,
    "group":{"key":[\(key)],"documents":[\(documents)]}}
    """
  }

  @Test func aGroupIsMatchedByBodyAndYear() throws {
    let key = #"{"value":"甲"},{"value":2022}"#
    let score = try score(group("WZ702", key))
    #expect(score.recalls.first?.told == 1)
    #expect(score.precisions.first?.value == 1)
  }

  @Test(arguments: [#"{"value":"甲"},{"value":2021}"#, #"{"value":"丙"},{"value":"2022年"}"#])
  func anotherYearAndANearMissAreMistakes(key: String) throws {
    let score = try score(group("WZ702", key))
    #expect(score.recalls.first?.told == 0)
    #expect(score.precisions.first?.value == 0)
    #expect(score.mistakes.count == 1)
  }

  @Test func whatComesByChanceCountsForNothing() throws {
    let score = try score(group("WZ702", #"{"value":"丁"},{"value":2022}"#))
    #expect(score.precisions.first?.byChance == 1)
    #expect(score.precisions.first?.value == nil)
    #expect(score.mistakes.isEmpty)
  }

  @Test func aMaskedSubjectIsMatchedByItsCases() throws {
    let score = try score(
      group("WZ708", #"{"value":"张某"}"#, #"{"id":"2"},{"id":"3"},{"id":"4"}"#))
    let recurring = score.recalls.first { $0.code == "WZ708" }
    #expect(recurring?.told == 1)
  }

  @Test func aCaseIsMatchedByItsNumber() throws {
    let score = try score(
      #"{"rule":"WZ707","verdict":"violation","document":{"id":"5"},"group":null},"#
        + #"{"rule":"WZ707","verdict":"violation","document":{"id":"6"},"group":null},"#
        + #"{"rule":"WZ707","verdict":"undetermined","document":{"id":"7"},"group":null}"#)
    let precision = score.precisions.first { $0.code == "WZ707" }
    #expect(precision?.value == 0.5)
    #expect(score.text.contains("out_of_line (case)"))
  }
}
