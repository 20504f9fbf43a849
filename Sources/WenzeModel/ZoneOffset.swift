import WenzeSyntax

/// How far the clocks of a zone are ahead of Universal Time.
package struct ZoneOffset: Hashable, Sendable {
  package var minutes: Int

  package init(minutes: Int) {
    self.minutes = minutes
  }

  /// The zone of all of China.
  package static let china = ZoneOffset(minutes: 8 * 60)

  /// Reads `+08:00`, `-0330`, `+8` or `Z`.
  package init?(text: some StringProtocol) {
    let text = text.foldingFullWidth()
    if ["Z", "z", "UTC"].contains(text) {
      minutes = 0
      return
    }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      parts.count == 1 || (parts.count == 2 && parts[0].count <= 2 && parts[1].count == 2)
    else { return nil }
    let (hours, rest) = digits.utf8.count <= 2 ? (number, 0) : (number / 100, number % 100)
    guard digits.utf8.count <= 4, hours <= 14, rest < 60 else { return nil }
    minutes = (hours * 60 + rest) * (sign == "-" ? -1 : 1)
  }
}

extension CalendarDate {
  /// Reads a point in time (ISO 8601, with or without a zone) as a day and minute of a zone.
  ///
  /// A time without a zone is one of that zone already.
  package init?(timestamp text: some StringProtocol, in zone: ZoneOffset) {
    let text = String(text)
    guard let mark = text.firstIndex(where: { $0 == "T" || $0 == "t" || $0 == " " }) else {
      self.init(text: text)
      return
    }
    let time = text[text.index(after: mark)...]
    let end = time.firstIndex { !($0.isASCII && $0.isNumber) && $0 != ":" && $0 != "." }
    let clock = time[..<(end ?? time.endIndex)].prefix { $0 != "." }
    guard let date = CalendarDate(text: text[..<mark] + " " + clock), let minute = date.minute
    else {
      return nil
    }
    guard let end else {
      self = date
      return
    }
    guard let offset = ZoneOffset(text: time[end...].drop { $0 == " " }) else { return nil }
    // No two zones are more than two days apart.
    let moved = minute - offset.minutes + zone.minutes + 2 * 1440
    guard let day = CalendarDate(dayNumber: date.firstDay + moved / 1440 - 2) else { return nil }
    self.init(year: day.year, month: day.month, day: day.day, minute: moved % 1440)
  }
}
