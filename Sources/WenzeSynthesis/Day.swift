/// A day of the calendar, counted from 1 January 2000.
struct Day: Comparable, Hashable, Sendable {
  var number: Int

  init(number: Int) {
    self.number = number
  }

  init(year: Int, month: Int, day: Int) {
    // By years that begin in March, so that the odd day stands last.
    let years = month > 2 ? year : year - 1
    let months = month > 2 ? month - 3 : month + 9
    let leapDays = years / 4 - years / 100 + years / 400
    number = years * 365 + leapDays + (months * 153 + 2) / 5 + day - 1 - Day.epoch
  }

  private static let epoch = 730_425

  static func < (left: Day, right: Day) -> Bool {
    left.number < right.number
  }

  static func + (day: Day, days: Int) -> Day {
    Day(number: day.number + days)
  }

  static func - (day: Day, days: Int) -> Day {
    Day(number: day.number - days)
  }

  static func - (left: Day, right: Day) -> Int {
    left.number - right.number
  }
}

/// The days that an archive speaks of: which are working days, and how they are written.
struct Calendar: Sendable {
  private let first: Day
  private let previousWorking: [Int32]
  private let nextWorking: [Int32]
  private let parts: [Parts]
  private let texts: [Text]

  struct Parts: Sendable {
    var year: Int
    var month: Int
    var day: Int
  }

  /// The ten bytes of a date, as memory holds them.
  struct Text: Sendable {
    var yearAndMonth: UInt64
    var day: UInt16

    init(_ parts: Parts) {
      func digits(_ number: Int, _ width: Int) -> UInt64 {
        var rest = number
        var bytes: UInt64 = 0
        for _ in 0..<width {
          bytes = bytes << 8 | UInt64(0x30 + rest % 10)
          rest /= 10
        }
        return bytes
      }
      // The first byte is the lowest.
      let dash: UInt64 = 0x2D
      yearAndMonth =
        (digits(parts.year, 4) | dash << 32 | digits(parts.month, 2) << 40 | dash << 56)
        .littleEndian
      day = UInt16(truncatingIfNeeded: digits(parts.day, 2)).littleEndian
    }
  }

  /// A calendar of these years and the ten before and three after them.
  init(years: ClosedRange<Int>) {
    first = Day(year: years.lowerBound - 10, month: 1, day: 1)
    var parts: [Parts] = []
    for year in (years.lowerBound - 10)...(years.upperBound + 3) {
      for month in 1...12 {
        for day in 1...Calendar.length(of: month, in: year) {
          parts.append(Parts(year: year, month: month, day: day))
        }
      }
    }
    var isWorking: [Bool] = []
    for (index, part) in parts.enumerated() {
      // 1 January 2000 was a Saturday.
      let weekday = (first.number + index) % 7
      isWorking.append((weekday + 7) % 7 > 1 && !Calendar.isHoliday(part))
    }
    var previous = [Int32](repeating: 0, count: parts.count)
    var next = previous
    var last: Int32 = 0
    for index in parts.indices {
      if isWorking[index] { last = Int32(index) }
      previous[index] = last
    }
    last = Int32(parts.count - 1)
    for index in parts.indices.reversed() {
      if isWorking[index] { last = Int32(index) }
      next[index] = last
    }
    self.parts = parts
    texts = parts.map { Text($0) }
    previousWorking = previous
    nextWorking = next
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Public holidays with a fixed day; the spring festival is taken for the week about 10 February.
  private static func isHoliday(_ part: Parts) -> Bool {
    switch (part.month, part.day) {
    case (1, 1), (2, 8...14), (4, 5), (5, 1...3), (10, 1...7): true
    default: false
    }
  }

  /// The day itself, or the last working day before it.
  func workingDay(onOrBefore day: Day) -> Day {
    first + Int(previousWorking[day - first])
  }

  /// The day itself, or the first working day after it.
  func workingDay(onOrAfter day: Day) -> Day {
    first + Int(nextWorking[day - first])
  }

  func isWorking(_ day: Day) -> Bool {
    workingDay(onOrBefore: day) == day
  }

  func parts(of day: Day) -> Parts {
    parts[day - first]
  }

  func text(of day: Day) -> Text {
    texts[day - first]
  }

  /// The day as many months later, or the last of that month.
  func day(_ day: Day, plusMonths months: Int) -> Day {
    let part = parts(of: day)
    let month = part.year * 12 + part.month - 1 + months
    let length = Calendar.length(of: month % 12 + 1, in: month / 12)
    return Day(year: month / 12, month: month % 12 + 1, day: min(part.day, length))
  }

  func days(in year: Int) -> Int {
    Day(year: year + 1, month: 1, day: 1) - Day(year: year, month: 1, day: 1)
  }

  /// Whether a day lies in the last tenth of its year.
  func isInLastTenth(_ day: Day) -> Bool {
    let year = parts(of: day).year
    let place = day - Day(year: year, month: 1, day: 1)
    return place * 10 >= days(in: year) * 9
  }
}
