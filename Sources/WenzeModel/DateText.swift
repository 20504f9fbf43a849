package import WenzeSyntax

// How dates and durations are written and read.

extension CalendarDate {
  /// Reads `2023-05-12`, `2023年5月12日`, `2023.5.12`, `2023/5/12`, `20230512`, `2023年5月`,
  /// `2023-05`, `2023年`, with an optional time behind a day.
  package init?(text: some StringProtocol) {
    self.init(text: String(text))
  }

  package init?(text: String) {
    switch CalendarDate.day(in: text.utf8.span) {
    case .some(let day):
      guard let day else { return nil }
      self = day
      return
    case nil: break
    }
    let folded = text.foldingFullWidth()
    var scanner = DigitScanner(folded)
    guard let first = scanner.number() else { return nil }
    if first.digits == 8, scanner.isAtEnd {
      self.init(
        year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
      return
    }
    guard first.digits == 4 else { return nil }
    let separators: (day: String, end: [String])
    if scanner.take("年") {
      if scanner.isAtEnd {
        self.init(year: first.value)
        return
      }
      separators = ("月", ["日", "号"])
    } else if scanner.take("-") {
      separators = ("-", [])
    } else if scanner.take(".") {
      separators = (".", [])
    } else if scanner.take("/") {
      separators = ("/", [])
    } else {
      return nil
    }
    guard let month = scanner.number(), month.digits <= 2 else { return nil }
    let closesMonth = scanner.take(separators.day)
    if scanner.isAtEnd, closesMonth == (separators.day == "月") {
      self.init(year: first.value, month: month.value)
      return
    }
    guard closesMonth, let day = scanner.number(), day.digits <= 2 else { return nil }
    guard separators.end.isEmpty || separators.end.contains(where: { scanner.take($0) }) else {
      return nil
    }
    var minute: Int?
    if scanner.take("T") || scanner.take(" ") {
      guard let time = scanner.time() else { return nil }
      minute = time
    }
    guard scanner.isAtEnd else { return nil }
    self.init(year: first.value, month: month.value, day: day.value, minute: minute)
  }

  /// The day that is written `2023-05-12`, as nearly all are, or nil if there is none such; nil of
  /// nil for what is written in any other way.
  package static func day(in text: Span<UInt8>) -> CalendarDate?? {
    numbersOfDay(in: text).map { CalendarDate(year: $0.year, month: $0.month, day: $0.day) }
  }

  /// The date as a report writes it: `2023年5月12日` or `2023-05-12`.
  package func text(in language: Language) -> String {
    if language == .english, let month, let day, let minute { return text(month, day, minute) }
    let time = minute.map { " \(padded($0 / 60)):\(padded($0 % 60))" } ?? ""
    switch (language, month, day) {
    case (.chinese, let month?, let day?): return "\(year)年\(month)月\(day)日" + time
    case (.chinese, let month?, nil): return "\(year)年\(month)月"
    case (.chinese, nil, _): return "\(year)年"
    case (.english, let month?, let day?):
      return "\(paddedYear)-\(padded(month))-\(padded(day))" + time
    case (.english, let month?, nil): return "\(paddedYear)-\(padded(month))"
    case (.english, nil, _): return paddedYear
    }
  }

  /// `2023-05-12 09:30`, which event logs hold by the million.
  private func text(_ month: Int, _ day: Int, _ minute: Int) -> String {
    String(unsafeUninitializedCapacity: 16) { buffer in
      _ = buffer.initialize(from: "0000-00-00 00:00".utf8)
      func write(_ number: Int, at index: Int) {
        buffer[index] += UInt8(truncatingIfNeeded: number / 10)
        buffer[index + 1] += UInt8(truncatingIfNeeded: number % 10)
      }
      write(year / 100, at: 0)
      write(year % 100, at: 2)
      write(month, at: 5)
      write(day, at: 8)
      write(minute / 60, at: 11)
      write(minute % 60, at: 14)
      return 16
    }
  }

  private var paddedYear: String {
    String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
  }
}

/// The numbers in `2023-05-12`, as nearly all dates are written; nil for anything else.
private func numbersOfDay(in text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
  guard text.count == 10, text[4] == 0x2D, text[7] == 0x2D, let year = number(in: text, 0..<4),
    let month = number(in: text, 5..<7), let day = number(in: text, 8..<10)
  else { return nil }
  return (year, month, day)
}

private func number(in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
  var number = 0
  for position in range {
    guard 0x30...0x39 ~= text[position] else { return nil }
    number = number * 10 + Int(text[position] - 0x30)
  }
  return number
}

private func padded(_ number: Int) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}

extension CalendarDuration {
  /// Reads `30日`, `30天`, `1个月`, `2年`, `10个工作日`, `30 days`, `1 month`, `10 working days`.
  package init?(text: some StringProtocol) {
    let folded = text.foldingFullWidth()
    let digits = folded.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count < 1_000_000 else { return nil }
    let unit = folded.dropFirst(digits.count).drop { $0 == " " }
    switch unit {
    case "日", "天", "day", "days": self.init(count, .day)
    case "个工作日", "工作日", "working day", "working days": self.init(count, .workingDay)
    case "个月", "month", "months": self.init(count, .month)
    case "年", "year", "years": self.init(count, .year)
    default: return nil
    }
  }

  /// The duration as a report writes it.
  package func text(in language: Language) -> String {
    let plural = count == 1 ? "" : "s"
    switch (language, unit) {
    case (.chinese, .day): return "\(count)日"
    case (.chinese, .workingDay): return "\(count)个工作日"
    case (.chinese, .month): return "\(count)个月"
    case (.chinese, .year): return "\(count)年"
    case (.english, .day): return "\(count) day\(plural)"
    case (.english, .workingDay): return "\(count) working day\(plural)"
    case (.english, .month): return "\(count) month\(plural)"
    case (.english, .year): return "\(count) year\(plural)"
    }
  }
}

/// Reads numbers and separators off the front of a text.
private struct DigitScanner {
  private var rest: Substring

  init(_ text: String) {
    rest = Substring(text)
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func number() -> (value: Int, digits: Int)? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...8).contains(digits.count), let value = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return (value, digits.count)
  }

  mutating func take(_ text: String) -> Bool {
    guard !text.isEmpty, rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// Minutes since midnight; seconds are read and dropped.
  mutating func time() -> Int? {
    guard let hour = number(), hour.digits <= 2, hour.value < 24, take(":"),
      let minute = number(), minute.digits == 2, minute.value < 60
    else { return nil }
    if take(":") {
      guard let second = number(), second.digits == 2, second.value < 60 else { return nil }
    }
    return hour.value * 60 + minute.value
  }
}
