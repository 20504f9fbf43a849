import WenzeModel

/// The days before each month of the years that dates in files are of, so that a date is an addition.
struct DayTable: Sendable {
  private let firstDays: [Int32]
  private let lengths: [UInt8]
  private static let firstYear = 1900
  private static let lastYear = 2100

  init() {
    var firstDays: [Int32] = []
    var lengths: [UInt8] = []
    for year in DayTable.firstYear...DayTable.lastYear {
      for month in 1...12 {
        let date = CalendarDate(year: year, month: month)
        firstDays.append(Int32(date?.firstDay ?? 0))
        lengths.append(UInt8((date?.lastDay ?? 0) - (date?.firstDay ?? 1) + 1))
      }
    }
    self.firstDays = firstDays
    self.lengths = lengths
  }

  /// The day since 1970-01-01 that ten bytes write as `2023-05-12`; nil for anything else, and for
  /// years that the table does not have.
  @inline(__always)
  func day(at start: UnsafePointer<UInt8>) -> Int32? {
    let raw = UnsafeRawPointer(start)
    let word = raw.loadUnaligned(as: UInt64.self).littleEndian
    let tail = raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self).littleEndian
    // `dddd-dd-` with the two digits of the day behind it: digits and dashes in their places.
    let digits: UInt64 = 0x00F0_F000_F0F0_F0F0
    guard word & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000,
      word & digits == 0x0030_3000_3030_3030 & digits, tail & 0xF0F0 == 0x3030
    else { return nil }
    func digit(_ place: UInt64) -> Int { Int(word >> (place * 8) & 0xF) }
    let (d0, d1, d2, d3, d5, d6) = (
      digit(0), digit(1), digit(2), digit(3), digit(5), digit(6)
    )
    let (d8, d9) = (Int(tail & 0xF), Int(tail >> 8 & 0xF))
    guard max(max(max(d0, d1), max(d2, d3)), max(max(d5, d6), max(d8, d9))) <= 9 else { return nil }
    let year = d0 * 1000 + d1 * 100 + d2 * 10 + d3
    let month = d5 * 10 + d6
    let day = d8 * 10 + d9
    guard year >= DayTable.firstYear, year <= DayTable.lastYear, month >= 1, month <= 12 else {
      return nil
    }
    let place = (year - DayTable.firstYear) * 12 + month - 1
    guard day >= 1, day <= Int(lengths[place]) else { return nil }
    return firstDays[place] + Int32(day - 1)
  }
}
