import Testing
import WenzeOffice

/// What formats make of numbers.
@Suite struct NumberFormatTests {
  @Test(arguments: [
    ("General", NumberFormat.plain), ("G/通用格式", .plain), ("0.00", .plain), ("#,##0", .plain),
    ("0%", .plain), ("0.00E+00", .plain), ("@", .plain), ("0", .plain), ("0_ ", .plain),
    ("yyyy\\-mm\\-dd", .date([.year, .month, .day])),
    (#"yyyy"年"m"月"d"日";@"#, .date([.year, .month, .day])),
    (#"[$-804]yyyy"年"m"月"d"日""#, .date([.year, .month, .day])),
    (#"[DBNum1][$-804]yyyy"年"m"月"d"日";@"#, .date([.year, .month, .day])),
    (#"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy"#, .date([.year, .month, .day])),
    (#"yyyy"年"m"月""#, .date([.year, .month])), ("mmm-yy", .date([.year, .month])),
    (#"m"月"d"日""#, .date([.month, .day])), ("yyyy", .date(.year)),
    ("yyyy/m/d h:mm", .date([.year, .month, .day, .time])), ("h:mm:ss AM/PM", .date(.time)),
    ("mm:ss", .date(.time)), ("[h]:mm", .date([.time, .elapsed])),
    // Words are no letters of dates, and colours none either.
    (#""day "0"#, .digits(prefix: "day ", minimum: 1, suffix: "")), ("[Red]0.0", .plain),
    ("000000", .digits(prefix: "", minimum: 6, suffix: "")),
    (#""第"000"号""#, .digits(prefix: "第", minimum: 3, suffix: "号")),
    (#"0"个月""#, .digits(prefix: "", minimum: 1, suffix: "个月")),
  ])
  func codesAreRead(code: String, expected: NumberFormat) {
    #expect(NumberFormat(code: code) == expected)
  }

  @Test func builtInFormatsAreThoseOfChineseSpreadsheets() {
    #expect(NumberFormat(builtIn: 14) == .date([.year, .month, .day]))
    #expect(NumberFormat(builtIn: 31) == .date([.year, .month, .day]))
    #expect(NumberFormat(builtIn: 57) == .date([.year, .month]))
    #expect(NumberFormat(builtIn: 58) == .date([.month, .day]))
    #expect(NumberFormat(builtIn: 0) == .plain)
    #expect(NumberFormat(builtIn: 49) == .plain)
  }

  @Test(
    arguments: [
      (1, false, "1900-01-01"), (59, false, "1900-02-28"), (61, false, "1900-03-01"),
      (45_356, false, "2024-03-05"), (2_958_465, false, "9999-12-31"), (0, true, "1904-01-01"),
      (43_894, true, "2024-03-05"), (45_356.999_999_999, false, "2024-03-06"),
    ] as [(Double, Bool, String)])
  func daysAreCounted(number: Double, from1904: Bool, expected: String) {
    let date = SheetDate(number, countsFrom1904: from1904)
    #expect(date.text(showing: [.year, .month, .day]) == expected)
  }

  @Test func daysThatAreNoneAreTold() {
    #expect(SheetDate(60, countsFrom1904: false) == .falseLeapDay)
    #expect(SheetDate(60.5, countsFrom1904: false) == .falseLeapDay)
    for number in [-1, 2_958_466, .nan, .infinity, 1e300] {
      #expect(SheetDate(number, countsFrom1904: false) == .outOfRange)
    }
    #expect(SheetDate(0, countsFrom1904: false) == .outOfRange)
  }

  @Test func datesAreReadAsTheyAreShown() {
    let date = SheetDate(45_356.604_166_666_7, countsFrom1904: false)
    #expect(date.text(showing: [.year, .month]) == "2024年3月")
    #expect(date.text(showing: .year) == "2024年")
    #expect(date.text(showing: [.year, .month, .day, .time]) == "2024-03-05 14:30")
    #expect(date.text(showing: [.month, .day]) == "2024-03-05")
    #expect(SheetDate.elapsed(1.25) == "30:00")
  }

  @Test(arguments: [
    ("12", "12", false), ("1.0E+02", "100", false), ("0.1", "0.1", false), ("-3.50", "-3.5", false),
    ("0.30000000000000004", "0.3", false), ("20240305", "20240305", false),
    ("1.1010119900101E+17", "110101199001010000", true), ("1E-3", "0.001", false),
    ("0", "0", false), ("-0.0", "0", false), ("9.9999999999999995E15", "10000000000000000", true),
  ])
  func numbersHaveNoPowerOfTen(text: String, expected: String, lost: Bool) throws {
    let number = try #require(numberText(text))
    #expect(number.text == expected)
    #expect(number.lostDigits == lost)
  }

  @Test func whatIsNoNumberIsNone() {
    for text in ["", "x", "nan", "inf", "1e999", "0x"] { #expect(numberText(text) == nil) }
  }

  @Test func cellsAreNamedAndRead() {
    #expect(CellReference("C5") == CellReference(row: 5, column: 3))
    #expect(CellReference("$XFD$1048576") == CellReference(row: 1_048_576, column: 16_384))
    for text in [
      "", "5", "C", "C0", "XFE1", "A1048577", "A1B", "ZZZZZZZZZZZZZZZ1", "A99999999999999999",
    ] {
      #expect(CellReference(text) == nil, "\(text)")
    }
  }
}
