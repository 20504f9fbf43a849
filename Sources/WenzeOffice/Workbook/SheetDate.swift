/// The number of a day as spreadsheets count them, read as a date.
package enum SheetDate: Hashable, Sendable {
  case date(year: Int, month: Int, day: Int, seconds: Int)
  /// 60 of those that count from 1900: there was no 29 February 1900.
  case falseLeapDay
  case outOfRange

  /// The last day of 9999.
  private static let last = 2_958_465

  package init(_ number: Double, countsFrom1904: Bool) {
    guard number.isFinite, number >= 0, number < 3_000_000 else {
      self = .outOfRange
      return
    }
    // Fractions of a day are exact to a little more than a microsecond.
    var day = Int(number)
    var seconds = Int(((number - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    if countsFrom1904 {
      day += 1_462
    } else if day == 60 {
      self = .falseLeapDay
      return
    } else if day < 60 {
      // 1 is the first of January, and the false day comes after these.
      day += 1
    }
    guard day <= SheetDate.last, day >= 2 else {
      self = .outOfRange
      return
    }
    let (year, month, dayOfMonth) = civil(day - 25_569)
    self = .date(year: year, month: month, day: dayOfMonth, seconds: seconds)
  }

  /// The date as it is shown, in words that every reader of dates knows.
  package func text(showing parts: NumberFormat.DateParts) -> String? {
    guard case .date(let year, let month, let day, let seconds) = self else { return nil }
    let time = clock(seconds)
    if parts.isDisjoint(with: [.year, .month, .day]) { return time }
    if parts.contains(.day) || parts == .month {
      let date = "\(year)-\(padded(month))-\(padded(day))"
      return parts.contains(.time) && seconds > 0 ? "\(date) \(time)" : date
    }
    return parts.contains(.month) ? "\(year)年\(month)月" : "\(year)年"
  }

  /// Hours, minutes and seconds of a number of days.
  package static func elapsed(_ number: Double) -> String? {
    guard number.isFinite, abs(number) < 3_000_000 else { return nil }
    let seconds = Int((abs(number) * 86_400).rounded())
    return (number < 0 ? "-" : "") + clock(seconds)
  }
}

private func clock(_ seconds: Int) -> String {
  let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60)
  let start = "\(padded(hours)):\(padded(minutes))"
  return seconds % 60 == 0 ? start : start + ":\(padded(seconds % 60))"
}

private func padded(_ number: Int) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}

/// The date of a day's number, counted from the first of 1970 (Howard Hinnant's `civil_from_days`).
private func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
  let shifted = day + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted - era * 146_097
  let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
  let month = (5 * dayOfYear + 2) / 153
  return (
    year + era * 400 + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
    dayOfYear - (153 * month + 2) / 5 + 1
  )
}
