import Testing
import WenzeModel
import WenzeSyntax

@Suite struct CalendarDurationTests {
  static let forms: [(text: String, chinese: String, english: String)] = [
    ("30日", "30日", "30 days"), ("30天", "30日", "30 days"), ("30 days", "30日", "30 days"),
    ("1 day", "1日", "1 day"), ("1个月", "1个月", "1 month"), ("１个月", "1个月", "1 month"),
    ("1 个月", "1个月", "1 month"), ("6 months", "6个月", "6 months"), ("2年", "2年", "2 years"),
    ("1 year", "1年", "1 year"), ("10个工作日", "10个工作日", "10 working days"),
    ("10工作日", "10个工作日", "10 working days"), ("1 working day", "1个工作日", "1 working day"),
    ("0日", "0日", "0 days"), ("999999日", "999999日", "999999 days"),
  ]

  @Test func everyFormIsReadAndWritten() {
    for form in Self.forms {
      let duration = CalendarDuration(text: form.text)
      #expect(duration?.text(in: .chinese) == form.chinese, "\(form.text)")
      #expect(duration?.text(in: .english) == form.english, "\(form.text)")
      #expect(CalendarDuration(text: form.chinese) == duration, "\(form.chinese)")
      #expect(CalendarDuration(text: form.english) == duration, "\(form.english)")
    }
  }

  @Test(arguments: [
    "", "日", "30", "-1日", "1.5个月", "1月", "一个月", "30日内", "1 个 月", "1000000日", "1week", "三十日",
    "99999999999999999999日", "1个月15日",
  ])
  func nonsenseIsRefused(text: String) {
    #expect(CalendarDuration(text: text) == nil)
  }
}
