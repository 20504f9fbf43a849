import TestSupport
import Testing
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

@Suite struct SchemaTests {
  @Test func theSchemaIsAsExpected() throws {
    let ruleSet = ReportSupport.ruleSet
    let schema = DocumentSchema(ruleSet: ruleSet, language: .english, dossiers: ruleSet.dossiers)
    let difference = try GoldenFolder().difference(of: schema.json.text, from: "schema")
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Days that are and are not, in every way to write them.
  @Test(arguments: ["2023", "2024", "1900", "2000", "0000", "０２３４"])
  func datesAreThoseThatAreRead(year: String) throws {
    let date = try Regex("(?:" + DatePattern.all.joined(separator: "|") + ")")
    for month in ["0", "1", "02", "2", "4", "11", "12", "13", "１２"] {
      for day in ["0", "00", "1", "09", "10", "28", "29", "30", "31", "32", "２９"] {
        for text in [
          "\(year)-\(month)-\(day)", "\(year)年\(month)月\(day)日", "\(year).\(month).\(day)",
          "\(year)/\(month)/\(day)", "\(year)\(month)\(day)", "\(year)-\(month)-\(day) 23:59",
        ] {
          let isRead = CalendarDate(text: text) != nil
          #expect(try (date.wholeMatch(in: text) != nil) == isRead, "\(text)")
        }
      }
      for text in ["\(year)-\(month)", "\(year)年\(month)月", "\(year)年", "\(year)", "\(year)-"] {
        let isRead = CalendarDate(text: text) != nil
        #expect(try (date.wholeMatch(in: text) != nil) == isRead, "\(text)")
      }
    }
  }

  @Test(arguments: [
    "12", "-3.5", "90%", "０.５", "1.0000000", "1.0000001", "1e5", "", "一", "1.", ".5", "-", "%",
    "1234567890123",
  ])
  func decimalsAreThoseThatAreRead(text: String) throws {
    let number = try Regex(NumberPattern.decimal)
    #expect(try (number.wholeMatch(in: text) != nil) == (FixedDecimal(text: text) != nil))
  }

  @Test(arguments: [
    "30日", "1个月", "2 years", "10个工作日", "10工作日", "1 working day", "三日", "月", "1周", "１年",
  ])
  func durationsAreThoseThatAreRead(text: String) throws {
    let duration = try Regex(NumberPattern.duration)
    #expect(try (duration.wholeMatch(in: text) != nil) == (CalendarDuration(text: text) != nil))
  }
}
