import WenzeModel
import WenzeSemantics

/// Days plus or minus a duration, worked out once for each day and kept from batch to batch.
///
/// Months have no length in days, so that adding one is calendar arithmetic; but archives have few
/// days.
package final class DayShifts {
  private var tables: [Key: [Int32]] = [:]

  struct Key: Hashable {
    var operation: Term.Arithmetic
    var value: Value
  }

  /// 1970-01-01 to 2079-06: days outside are worked out each time.
  private static let days = 40_000
  private static let unset = Int32.min

  package init() {}

  /// Whole days shifted; nil where a result is no whole day, or a date no day that is in the table.
  func shift(
    _ dates: DateColumn, by key: Key, _ result: (CalendarDate) -> Value
  ) -> DateColumn? {
    var table = tables[key] ?? [Int32](repeating: DayShifts.unset, count: DayShifts.days)
    tables[key] = nil
    defer { tables[key] = table }
    var shifted = DateColumn()
    shifted.first.reserveCapacity(dates.first.count)
    shifted.last.reserveCapacity(dates.first.count)
    for row in dates.first.indices {
      let day = dates.first[row]
      if day == DateColumn.unknown.first || day == DateColumn.none.first {
        shifted.append((day, dates.last[row]))
        continue
      }
      guard day >= 0, day < DayShifts.days, dates.last[row] == day else { return nil }
      if table[Int(day)] == DayShifts.unset {
        guard let date = CalendarDate(dayNumber: Int(day)), case .date(let value) = result(date),
          value.isWholeDay, value.minute == nil
        else { return nil }
        table[Int(day)] = Int32(value.firstDay)
      }
      shifted.append((table[Int(day)], table[Int(day)]))
    }
    return shifted
  }
}
