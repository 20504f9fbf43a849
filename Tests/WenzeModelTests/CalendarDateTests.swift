import Testing
import WenzeModel
import WenzeSyntax

/// A date as the tables write it.
func date(_ text: String) throws -> CalendarDate {
  try #require(CalendarDate(text: text), "\(text) is no date")
}

@Suite struct DateTextTests {
  static let forms: [(text: String, date: String)] = [
    ("2023-05-12", "2023-05-12"), ("2023年5月12日", "2023-05-12"), ("2023年05月12号", "2023-05-12"),
    ("2023.5.12", "2023-05-12"), ("2023/5/12", "2023-05-12"), ("20230512", "2023-05-12"),
    ("2023-5-2", "2023-05-02"), ("2023年5月", "2023-05"), ("2023-05", "2023-05"),
    ("2023.5", "2023-05"), ("2023/05", "2023-05"), ("2023年", "2023"),
    ("２０２３－０５－１２", "2023-05-12"), ("２０２３年５月１２日", "2023-05-12"), ("２０２３．５．１２", "2023-05-12"),
    ("2023。5。12", "2023-05-12"), ("２０２３／５／１２", "2023-05-12"), ("２０２３０５１２", "2023-05-12"),
    ("2023-05-12 14:30", "2023-05-12 14:30"), ("2023-05-12T14:30", "2023-05-12 14:30"),
    ("2023-05-12T14:30:59", "2023-05-12 14:30"), ("2023年5月12日 9:05", "2023-05-12 09:05"),
    ("2023-05-12 ００：００", "2023-05-12 00:00"), ("2023-05-12 23:59", "2023-05-12 23:59"),
    ("2024-02-29", "2024-02-29"), ("2000-02-29", "2000-02-29"), ("0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31"),
  ]

  @Test func everyFormIsRead() {
    for form in Self.forms {
      #expect(CalendarDate(text: form.text)?.text(in: .english) == form.date, "\(form.text)")
    }
  }

  static let nonsense = [
    "", " ", "2023", "23-05-12", "02023-05-12", "2023-13-01", "2023-00-10", "2023-05-00",
    "2023-05-32", "2023-04-31", "2023-02-29", "1900-02-29", "2100-02-29", "0000-01-01", "0000年",
    "2023-05-12-01", "2023-05-", "2023-", "2023年5", "2023年5月12", "2023年5月12日号", "2023年05-12",
    "2023-05.12", "2023.05-12", "2023/05-12", "2023-005-12", "2023-05-012", "20231301", "20230230",
    "2023051", "202305123", "2023-05-12 ", "2023-05-12 14", "2023-05-12 24:00",
    "2023-05-12 14:60", "2023-05-12 14:3", "2023-05-12 014:30", "2023-05-12 14:30:60",
    "2023-05-12 14:30:1", "2023-05-12 14:30x", "2023-05 14:30", "2023年 14:30", "-2023-05-12",
    "+2023-05-12", "二〇二三年五月十二日", "五月", "2023-05-12T", "2023-0５-1é", "不详", "无", "12-05-2023",
    "99999999999999999999-01-01", "2023-99999999999999999999-01", "٢٠٢٣-٠٥-١٢",
  ]

  @Test func nonsenseIsRefused() {
    for text in Self.nonsense { #expect(CalendarDate(text: text) == nil, "\(text)") }
  }

  @Test func partsThatDoNotFitAreRefused() {
    #expect(CalendarDate(year: 2023, day: 1) == nil)
    #expect(CalendarDate(year: 2023, month: 5, minute: 1) == nil)
    #expect(CalendarDate(year: 2023, month: 5, day: 1, minute: 1440) == nil)
    #expect(CalendarDate(year: 2023, month: 5, day: 1, minute: -1) == nil)
    #expect(CalendarDate(year: 0) == nil)
    #expect(CalendarDate(year: 10_000) == nil)
    #expect(CalendarDate(year: .min) == nil)
    #expect(CalendarDate(year: 2023, month: .max, day: .max) == nil)
  }

  @Test func whatAReportWritesIsReadAgain() throws {
    for form in Self.forms {
      let date = try date(form.text)
      // A bare number is no date, in whatever language it is written.
      if date.month != nil {
        #expect(CalendarDate(text: date.text(in: .english)) == date, "\(form.text)")
      }
      // Chinese texts write a year as it is, and four digits are read.
      if date.year >= 1000 {
        #expect(CalendarDate(text: date.text(in: .chinese)) == date, "\(form.text)")
      }
    }
    #expect(try date("2023-05-02 09:05").text(in: .chinese) == "2023年5月2日 09:05")
    #expect(try date("2023-05").text(in: .chinese) == "2023年5月")
    #expect(try date("2023年").text(in: .chinese) == "2023年")
  }

  @Test func precisionIsKept() throws {
    let table: [(text: String, isWholeDay: Bool, first: String, last: String)] = [
      ("2023-05-12", true, "2023-05-12", "2023-05-12"),
      ("2023-05-12 14:30", true, "2023-05-12", "2023-05-12"),
      ("2023-05", false, "2023-05-01", "2023-05-31"),
      ("2023-02", false, "2023-02-01", "2023-02-28"),
      ("2024-02", false, "2024-02-01", "2024-02-29"), ("2023年", false, "2023-01-01", "2023-12-31"),
    ]
    for row in table {
      let date = try date(row.text)
      #expect(date.isWholeDay == row.isWholeDay, "\(row.text)")
      #expect(CalendarDate(dayNumber: date.firstDay)?.text(in: .english) == row.first)
      #expect(CalendarDate(dayNumber: date.lastDay)?.text(in: .english) == row.last)
    }
  }
}

@Suite struct DayNumberTests {
  @Test func everyDayOfTheCalendarRoundTrips() throws {
    var number = try #require(CalendarDate(year: 1, month: 1, day: 1)).firstDay
    #expect(number == -719_162)
    for year in 1...9999 {
      for month in 1...12 {
        for day in 1...CalendarDate.days(inMonth: month, of: year) {
          let date = CalendarDate(dayNumber: number)
          let isSame = date?.year == year && date?.month == month && date?.day == day
          guard isSame, date?.firstDay == number, date?.lastDay == number else {
            Issue.record("day \(number) is not \(year)-\(month)-\(day)")
            return
          }
          number += 1
        }
      }
    }
    #expect(number == 2_932_897)
    #expect(CalendarDate(dayNumber: number) == nil)
    #expect(CalendarDate(dayNumber: -719_163) == nil)
    #expect(CalendarDate(dayNumber: .max) == nil)
    #expect(CalendarDate(dayNumber: .min) == nil)
  }

  @Test func theEpochIsDayZero() throws {
    #expect(try date("1970-01-01").firstDay == 0)
    #expect(try date("2000-03-01").firstDay == 11_017)
    #expect(try date("1969-12-31").firstDay == -1)
  }

  @Test func leapYearsFollowTheGregorianRule() {
    let leap = [4, 400, 1600, 2000, 2004, 2024, 2400]
    let common = [1, 100, 1700, 1800, 1900, 2023, 2100]
    for year in leap { #expect(CalendarDate.days(inMonth: 2, of: year) == 29, "\(year)") }
    for year in common { #expect(CalendarDate.days(inMonth: 2, of: year) == 28, "\(year)") }
    let lengths = (1...12).map { CalendarDate.days(inMonth: $0, of: 2023) }
    #expect(lengths == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  }
}

@Suite struct DateComparisonTests {
  /// Left, right, and what `isBefore`, `isNotAfter`, `isSame` and `precedes` come to.
  static let table: [(String, String, Truth, Truth, Truth, Truth)] = [
    ("2023-05-01", "2023-05-02", .yes, .yes, .no, .yes),
    ("2023-05-02", "2023-05-02", .no, .yes, .yes, .unknown),
    ("2023-05-03", "2023-05-02", .no, .no, .no, .no),
    ("2023-05-02 09:00", "2023-05-02 10:00", .no, .yes, .yes, .yes),
    ("2023-05-02 10:00", "2023-05-02 09:00", .no, .yes, .yes, .no),
    ("2023-05-02 09:00", "2023-05-02", .no, .yes, .yes, .unknown),
    ("2023-05-02 23:59", "2023-05-03 00:00", .yes, .yes, .no, .yes),
    ("2023-05", "2023-05-01", .no, .unknown, .unknown, .unknown),
    ("2023-05", "2023-05-31", .unknown, .yes, .unknown, .unknown),
    ("2023-05-01", "2023-05", .unknown, .yes, .unknown, .unknown),
    ("2023-05-31", "2023-05", .no, .unknown, .unknown, .unknown),
    ("2023-05-15", "2023-05", .unknown, .unknown, .unknown, .unknown),
    ("2023-05", "2023-05", .unknown, .unknown, .unknown, .unknown),
    ("2023-04", "2023-05", .yes, .yes, .no, .yes),
    ("2023-05", "2023-04-30", .no, .no, .no, .no),
    ("2023年", "2023-12-31", .unknown, .yes, .unknown, .unknown),
    ("2023年", "2023-01-01", .no, .unknown, .unknown, .unknown),
    ("2023年", "2024年", .yes, .yes, .no, .yes), ("2024年", "2023-06", .no, .no, .no, .no),
  ]

  @Test func comparisonsHold() throws {
    for (left, right, before, notAfter, same, precedes) in Self.table {
      let (a, b) = (try date(left), try date(right))
      #expect(a.isBefore(b) == before, "\(left) before \(right)")
      #expect(a.isNotAfter(b) == notAfter, "\(left) not after \(right)")
      #expect(a.isSame(as: b) == same, "\(left) same as \(right)")
      #expect(b.isSame(as: a) == same, "\(right) same as \(left)")
      #expect(a.precedes(b) == precedes, "\(left) precedes \(right)")
    }
  }
}

@Suite struct DateArithmeticTests {
  static let table: [(date: String, count: Int, unit: CalendarDuration.Unit, result: String?)] = [
    ("2023-01-31", 1, .month, "2023-02-28"), ("2024-01-31", 1, .month, "2024-02-29"),
    ("2023-01-28", 1, .month, "2023-02-28"), ("2023-03-31", -1, .month, "2023-02-28"),
    ("2023-05-31", 1, .month, "2023-06-30"), ("2023-12-31", 2, .month, "2024-02-29"),
    ("2023-11-30", 14, .month, "2025-01-30"), ("2023-01-15", -1, .month, "2022-12-15"),
    ("2023-01-15", -13, .month, "2021-12-15"), ("2024-02-29", 1, .year, "2025-02-28"),
    ("2024-02-29", 4, .year, "2028-02-29"), ("2023-05-12", -2, .year, "2021-05-12"),
    ("2023-05-12", 0, .month, "2023-05-12"), ("2023-02-28", 1, .day, "2023-03-01"),
    ("2024-02-28", 1, .day, "2024-02-29"), ("2023-01-01", -1, .day, "2022-12-31"),
    ("2023-01-01", 365, .day, "2024-01-01"), ("2023-05", 1, .month, "2023-06"),
    ("2023-12", 1, .month, "2024-01"), ("2023-05", 1, .year, "2024-05"),
    ("2023年", 1, .year, "2024"),
    ("2023年", 24, .month, "2025"), ("2023年", -12, .month, "2022"), ("2023年", 1, .month, nil),
    ("2023-05", 1, .day, nil), ("2023年", 1, .day, nil), ("2023-05-12", 1, .workingDay, nil),
    ("9999-12-31", 1, .day, nil), ("9999-12-01", 1, .month, nil), ("9999年", 1, .year, nil),
    ("2023-05-12", .max, .day, nil),
    ("2023-05-12", .min, .year, nil), ("2023-05-12", .max, .month, nil),
    ("0001-01-01", -1, .day, nil), ("0001-01-01", -1, .month, nil),
    ("0001-12-31", -12, .month, nil),
  ]

  @Test func monthsAreCalendarMonths() throws {
    for row in Self.table {
      let result = try date(row.date).adding(CalendarDuration(row.count, row.unit))
      #expect(result?.text(in: .english) == row.result, "\(row.date) + \(row.count) \(row.unit)")
    }
  }

  @Test func daysBetweenAreCounted() throws {
    let table: [(String, String, Int?)] = [
      ("2023-03-01", "2023-02-01", 28), ("2024-03-01", "2024-02-01", 29),
      ("2023-02-01", "2023-03-01", -28), ("2023-05-12", "2023-05-12", 0),
      ("2024-01-01", "2023-01-01", 365), ("2023-05-12 23:59", "2023-05-11 00:01", 1),
      ("2023-05", "2023-05-01", nil), ("2023-05-01", "2023年", nil),
    ]
    for (later, earlier, days) in table {
      #expect(try date(later).days(since: date(earlier)) == days, "\(later) since \(earlier)")
    }
  }

  /// What a date to the month may mean stays what it may mean a duration later.
  @Test func lessPrecisionNeverContradicts() throws {
    for month in 1...12 {
      for count in -14...14 {
        let duration = CalendarDuration(count, .month)
        let coarse = try #require(CalendarDate(year: 2023, month: month)?.adding(duration))
        for day in 1...CalendarDate.days(inMonth: month, of: 2023) {
          let fine = try #require(
            CalendarDate(year: 2023, month: month, day: day)?.adding(duration))
          #expect(fine.isSame(as: coarse) != .no, "2023-\(month)-\(day) + \(count)")
        }
      }
    }
  }
}
