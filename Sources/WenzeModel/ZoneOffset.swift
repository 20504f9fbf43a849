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
    guard let date = CalendarDate(text: text[..<mark] + " " + clock), date.minute != nil
    else { return nil }
    guard let end else {
      self = date
      return
    }
    guard let offset = ZoneOffset(text: time[end...].drop { $0 == " " }) else { return nil }
    self.init(date, movedBy: zone.minutes - offset.minutes)
  }
}

extension CalendarDate {
  /// Reads the bytes `2024-03-05T14:30:00.000+08:00`, the seconds and the zone if they are there.
  ///
  /// Nil does not mean that the text is none: it may be written in another way.
  package init?(timestamp bytes: Span<UInt8>, in zone: ZoneOffset) {
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      var value = 0
      for index in start..<start + count {
        guard (0x30...0x39).contains(bytes[index]) else { return nil }
        value = value * 10 + Int(bytes[index] & 15)
      }
      return value
    }
    func isMark(_ index: Int, _ mark: UInt8) -> Bool { index < bytes.count && bytes[index] == mark }

    guard let year = number(0, 4), isMark(4, 0x2D), let month = number(5, 2), isMark(7, 0x2D),
      let day = number(8, 2), isMark(10, 0x54) || isMark(10, 0x20), let hour = number(11, 2),
      isMark(13, 0x3A), let minute = number(14, 2), hour < 24, minute < 60
    else { return nil }
    var index = 16
    if isMark(index, 0x3A) {
      guard let second = number(index + 1, 2), second < 60 else { return nil }
      index += 3
      if isMark(index, 0x2E) {
        index += 1
        while number(index, 1) != nil { index += 1 }
      }
    }
    guard
      let date = CalendarDate(year: year, month: month, day: day, minute: hour * 60 + minute)
    else { return nil }
    var offset = 0
    switch bytes.count - index {
    case 0:
      self = date
      return
    case 1 where isMark(index, 0x5A): break
    case 6 where isMark(index + 3, 0x3A) && (isMark(index, 0x2B) || isMark(index, 0x2D)):
      guard let hours = number(index + 1, 2), let minutes = number(index + 4, 2), hours <= 14,
        minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (isMark(index, 0x2D) ? -1 : 1)
    default: return nil
    }
    self.init(date, movedBy: zone.minutes - offset)
  }

  /// The date and minute that clocks show which are so many minutes ahead of those of another.
  private init?(_ date: CalendarDate, movedBy minutes: Int) {
    if minutes == 0 {
      self = date
      return
    }
    // No two zones are more than two days apart.
    let moved = (date.minute ?? 0) + minutes + 2 * 1440
    guard let day = CalendarDate(dayNumber: date.firstDay + moved / 1440 - 2) else { return nil }
    self.init(year: day.year, month: day.month, day: day.day, minute: moved % 1440)
  }
}
