import WenzeModel
import WenzeSyntax

/// The marks of an axis of whole numbers from 0: steps of 1, 2 or 5 times a power of ten, the last
/// at or above the greatest number.
package func ticks(upTo greatest: Int, about count: Int = 5) -> [Int] {
  let greatest = max(1, greatest)
  var step = 1
  search: while true {
    for factor in [1, 2, 5] where factor * step * count >= greatest {
      step *= factor
      break search
    }
    step *= 10
  }
  return Array(stride(from: 0, through: (greatest + step - 1) / step * step, by: step))
}

/// A mark of an axis of dates.
package struct DateTick: Hashable, Sendable {
  /// Days since 1970-01-01.
  package var day: Int
  package var label: String
}

/// The marks of an axis of dates between two days, at the beginnings of months or years, or at days
/// where there are few.
package func dateTicks(from first: Int, to last: Int, about count: Int = 6) -> [DateTick] {
  let days = max(1, last - first)
  if days <= count * 7 {
    let step = days <= count ? 1 : days <= count * 2 ? 2 : 7
    return stride(from: first, through: last, by: step)
      .compactMap { day in
        CalendarDate(dayNumber: day)
          .map { DateTick(day: day, label: $0.text(in: .english)) }
      }
  }
  guard let start = CalendarDate(dayNumber: first) else { return [] }
  let steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000, 12_000, 60_000]
  let months = steps.first { $0 * 30 * count >= days } ?? 120_000
  var month = start.year * 12 + (start.month ?? 1) - 1
  // Steps of months begin with the year, and steps of years with the decade.
  month = (month + months - 1) / months * months
  var result: [DateTick] = []
  while let date = CalendarDate(year: month / 12, month: month % 12 + 1, day: 1),
    date.firstDay <= last
  {
    if date.firstDay >= first {
      let label =
        months % 12 == 0
        ? CalendarDate(year: date.year) : CalendarDate(year: date.year, month: date.month)
      result.append(DateTick(day: date.firstDay, label: label?.text(in: .english) ?? ""))
    }
    month += months
  }
  return result
}
