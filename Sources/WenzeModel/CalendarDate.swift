/// A calendar date that may be known only to the month or the year.
///
/// Dates are days of the proleptic Gregorian calendar in the document's own zone; there is no
/// elapsed time between them, only days and months.
package struct CalendarDate: Hashable, Sendable {
  package var year: Int { Int(storedYear) }
  /// 1…12; nil when only the year is known.
  package var month: Int? { storedMonth == 0 ? nil : Int(storedMonth) }
  /// 1…31; nil when only the month or the year is known.
  package var day: Int? { storedDay == 0 ? nil : Int(storedDay) }
  /// Minutes since midnight, where a time was recorded.
  package var minute: Int? { storedMinute < 0 ? nil : Int(storedMinute) }

  // Small, since facts hold dates by the hundred; nothing is 0, and −1 of minutes.
  private let storedYear: Int16
  private let storedMonth: Int8
  private let storedDay: Int8
  private let storedMinute: Int16

  /// A date that exists, or nil.
  package init?(year: Int, month: Int? = nil, day: Int? = nil, minute: Int? = nil) {
    guard (1...9999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day {
        guard (1...CalendarDate.days(inMonth: month, of: year)).contains(day) else { return nil }
      }
    } else if day != nil {
      return nil
    }
    if let minute {
      guard day != nil, (0..<1440).contains(minute) else { return nil }
    }
    storedYear = Int16(year)
    storedMonth = Int8(month ?? 0)
    storedDay = Int8(day ?? 0)
    storedMinute = Int16(minute ?? -1)
  }

  package var isWholeDay: Bool { day != nil }

  /// The first day that the date may mean, as a count of days since 1970-01-01.
  package var firstDay: Int {
    dayNumber(year: year, month: month ?? 1, day: day ?? 1)
  }

  /// The last day that the date may mean, as a count of days since 1970-01-01.
  package var lastDay: Int {
    let month = month ?? 12
    return dayNumber(
      year: year, month: month, day: day ?? CalendarDate.days(inMonth: month, of: year))
  }

  /// The day with a number, or nil outside the years 1…9999.
  package init?(dayNumber: Int) {
    guard (-719_162...2_932_896).contains(dayNumber) else { return nil }
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: day)
  }

  package static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

/// The number of a day since 1970-01-01.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
private func dayNumber(year: Int, month: Int, day: Int) -> Int {
  let year = month <= 2 ? year - 1 : year
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

// MARK: - Comparison

extension CalendarDate {
  /// Whether this day comes before another; unknown where the missing precision could change it.
  package func isBefore(_ other: CalendarDate) -> Truth {
    if lastDay < other.firstDay { return .yes }
    if firstDay >= other.lastDay { return .no }
    return .unknown
  }

  /// Whether this day is another or comes before it.
  package func isNotAfter(_ other: CalendarDate) -> Truth {
    !other.isBefore(self)
  }

  package func isSame(as other: CalendarDate) -> Truth {
    if lastDay < other.firstDay || other.lastDay < firstDay { return .no }
    return isWholeDay && other.isWholeDay ? .yes : .unknown
  }

  /// Whether the step of this date was taken before that of another.
  ///
  /// On the same day the order is unknown, unless both times are recorded.
  package func precedes(_ other: CalendarDate) -> Truth {
    if lastDay < other.firstDay { return .yes }
    if firstDay > other.lastDay { return .no }
    if isWholeDay, other.isWholeDay, let minute, let otherMinute = other.minute {
      return Truth(minute < otherMinute)
    }
    return .unknown
  }
}

// MARK: - Arithmetic

extension CalendarDate {
  /// The date a duration later; one month after 31 January is the last day of February.
  ///
  /// Nil outside the calendar, or where the precision is too small: a month plus days, for
  /// example. Working days need a calendar and have no answer here.
  package func adding(_ duration: CalendarDuration) -> CalendarDate? {
    // No calendar is so long, and sums stay small.
    guard duration.count.magnitude < 10_000_000 else { return nil }
    switch duration.unit {
    case .day:
      guard isWholeDay else { return nil }
      return CalendarDate(dayNumber: firstDay + duration.count)
    case .month, .year:
      let months = duration.unit == .year ? duration.count * 12 : duration.count
      guard let month else {
        return months % 12 == 0 ? CalendarDate(year: year + months / 12) : nil
      }
      let total = year * 12 + (month - 1) + months
      guard total >= 12 else { return nil }
      let (newYear, newMonth) = (total / 12, total % 12 + 1)
      let newDay = day.map { min($0, CalendarDate.days(inMonth: newMonth, of: newYear)) }
      return CalendarDate(year: newYear, month: newMonth, day: newDay)
    case .workingDay:
      return nil
    }
  }

  /// The number of days from another date to this one; nil unless both are known to the day.
  package func days(since other: CalendarDate) -> Int? {
    guard isWholeDay, other.isWholeDay else { return nil }
    return firstDay - other.firstDay
  }
}

/// A length of time in calendar units.
package struct CalendarDuration: Hashable, Sendable {
  package let count: Int
  package let unit: Unit

  package init(_ count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  package enum Unit: Hashable, Sendable {
    case day
    case workingDay
    case month
    case year
  }

  package var negated: CalendarDuration { CalendarDuration(-count, unit) }
}
