import WenzeEngine
import WenzeSyntax

/// How numbers are spread: bars by how many there are, and below them, for each group, where the
/// middle half and the median are.
struct SpreadChart {
  var whole: Spread
  var rows: [Row]
  /// What the numbers are.
  var unit: Bilingual
  var profile: MaskingProfile

  struct Row {
    var label: Bilingual
    var spread: Spread
    /// What stands behind the row.
    var note: Bilingual
  }

  /// A stretch of numbers that are counted together.
  struct Bin: Hashable {
    /// Nil: however small.
    var first: Int?
    /// Nil: however great.
    var last: Int?
    /// Nil where it is withheld.
    var count: Int?

    var words: Bilingual {
      switch (first, last) {
      case (nil, let last?): Bilingual("\(last)以下", "up to \(last)")
      case (let first?, nil): Bilingual("\(first)以上", "\(first) and more")
      case (let first, let last):
        first == last
          ? Bilingual(same: "\(first ?? 0)") : Bilingual(same: "\(first ?? 0)–\(last ?? 0)")
      }
    }
  }

  private static let left = 256.0
  private static let right = 690.0
  private static let top = 22.0
  private static let height = 120.0
  private static let rowHeight = 24.0
  private static let labelColumns = 34
  private static let binCount = 24

  /// The numbers in stretches of a length that is easy to read; those far away at the ends.
  var bins: [Bin] {
    guard let shown = whole.shown, let least = whole.least, let greatest = whole.greatest else {
      return []
    }
    let step = Self.step(over: shown.upperBound - shown.lowerBound + 1)
    let start = Self.floor(shown.lowerBound, step)
    let number = (shown.upperBound - start) / step + 1
    let end = start + number * step
    var counts = [Int](repeating: 0, count: number)
    var (below, above) = (0, 0)
    for (value, count) in whole.counts {
      if value < start {
        below += count
      } else if value >= end {
        above += count
      } else {
        counts[(value - start) / step] += count
      }
    }
    var bins: [Bin] = []
    if least < start { bins.append(Bin(first: nil, last: start - 1, count: below)) }
    for (index, count) in counts.enumerated() {
      let first = start + index * step
      bins.append(Bin(first: first, last: first + step - 1, count: count))
    }
    if greatest >= end { bins.append(Bin(first: end, last: nil, count: above)) }
    return profile.isPublic ? Self.published(bins) : bins
  }

  /// 1, 2 or 5 times a power of ten, of which not too many go into a length.
  private static func step(over length: Int) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where factor * power * binCount >= length { return factor * power }
      power *= 10
    }
  }

  private static func floor(_ number: Int, _ step: Int) -> Int {
    let rest = number % step
    return rest < 0 ? number - rest - step : number - rest
  }

  func figure(title: Bilingual, description: Bilingual, tables: [DataTable]) -> Figure? {
    let bins = bins
    guard let axis = Axis(bins, Self.left, Self.right) else { return nil }
    let base = Self.top + Self.height
    let rowsTop = base + 30
    var drawing = Drawing(
      width: 760,
      height: Int(rows.isEmpty ? base + 26 : rowsTop + Double(rows.count) * Self.rowHeight + 4))
    draw(bins, axis, in: &drawing)
    for mark in axis.marks {
      let x = axis.place(of: mark)
      drawing.words(Bilingual(same: "\(mark)"), x, base + 15, .middle, "t s")
      if !rows.isEmpty {
        drawing.line(
          x, rowsTop - 2, x, rowsTop + Double(rows.count) * Self.rowHeight, "g")
      }
    }
    drawing.words(
      fitted(unit, columns: Self.labelColumns), Self.left - 8, base + 15, .end, "t s")
    for (number, row) in rows.enumerated() {
      draw(row, at: rowsTop + Double(number) * Self.rowHeight, axis, in: &drawing)
    }
    var key = [Figure.KeyEntry(style: "c1", words: Bilingual("个数", "count"))]
    if profile.showsQuartiles(of: whole) {
      key += [
        Figure.KeyEntry(style: "mid", words: Bilingual("中间一半", "middle half")),
        Figure.KeyEntry(style: "med", words: Bilingual("中位数", "median")),
      ]
    }
    return Figure(
      title: title, description: description, drawing: drawing, key: key, table: tables[0],
      others: Array(tables.dropFirst()))
  }

  private func draw(_ bins: [Bin], _ axis: Axis, in drawing: inout Drawing) {
    let base = Self.top + Self.height
    let levels = ticks(upTo: bins.compactMap(\.count).max() ?? 1, about: 4)
    let scale = Self.height / Double(levels.last ?? 1)
    for level in levels {
      let y = base - Double(level) * scale
      drawing.line(Self.left, y, Self.right, y, level == 0 ? "a" : "g")
      drawing.words(Bilingual(same: "\(level)"), Self.right + 6, y + 4, .start, "t s")
    }
    let hasQuartiles = profile.showsQuartiles(of: whole)
    if hasQuartiles, let low = whole.quantile(25), let high = whole.quantile(75) {
      let (from, to) = (axis.place(of: low), axis.place(of: high))
      drawing.bar(from, Self.top - 6, max(2, to - from), Self.height + 6, "mid")
    }
    for (number, bin) in bins.enumerated() {
      guard let count = bin.count, count > 0 else { continue }
      let x = axis.start(of: number)
      let height = max(1.5, Double(count) * scale)
      drawing.bar(
        x + 0.5, base - height, max(1.5, axis.width(of: number) - 1), height,
        bin.first == nil || bin.last == nil ? "c0" : "c1",
        title: Bilingual(
          "\(bin.words.chinese)：\(count)", "\(bin.words.english): \(count)"))
    }
    if hasQuartiles, let median = whole.quantile(50) {
      let x = axis.place(of: median)
      drawing.line(x, Self.top - 8, x, base, "med")
      let isLate = x > (Self.left + Self.right) / 2
      drawing.words(
        Bilingual("中位数 \(median)", "median \(median)"), isLate ? x - 5 : x + 5, Self.top - 10,
        isLate ? .end : .start, "t s")
    }
  }

  private func draw(_ row: Row, at y: Double, _ axis: Axis, in drawing: inout Drawing) {
    drawing.words(
      fittedInside(row.label, columns: Self.labelColumns), Self.left - 8, y + 16, .end)
    let middle = y + Self.rowHeight / 2
    if profile.showsQuartiles(of: row.spread), let low = row.spread.quantile(25),
      let median = row.spread.quantile(50), let high = row.spread.quantile(75)
    {
      if profile.showsEnds, let least = row.spread.least, let greatest = row.spread.greatest {
        drawing.line(axis.place(of: least), middle, axis.place(of: greatest), middle, "a")
      }
      let (from, to) = (axis.place(of: low), axis.place(of: high))
      drawing.bar(
        from, y + 5, max(3, to - from), Self.rowHeight - 10, "c3",
        title: Bilingual(
          "\(row.label.chinese)：中间一半 \(low)–\(high)，中位数 \(median)",
          "\(row.label.english): middle half \(low)–\(high), median \(median)"))
      let x = axis.place(of: median)
      drawing.line(x, y + 3, x, y + Self.rowHeight - 3, "mes")
    }
    drawing.words(row.note, Self.right + 6, y + 16, .start, "t s")
  }

  /// Where numbers stand from the left to the right: stretches of one length, the ends half as long.
  private struct Axis {
    private let bins: [Bin]
    private let left: Double
    private let unit: Double
    private let step: Int

    init?(_ bins: [Bin], _ left: Double, _ right: Double) {
      guard let whole = bins.first(where: { $0.first != nil && $0.last != nil }),
        let first = whole.first, let last = whole.last
      else { return nil }
      self.bins = bins
      self.left = left
      step = last - first + 1
      unit = (right - left) / Double(bins.count)
    }

    func start(of bin: Int) -> Double { left + Double(bin) * unit }

    func width(of bin: Int) -> Double { unit }

    /// The middle of a number's own stretch, or of that of all numbers that far away.
    func place(of number: Int) -> Double {
      if let first = bins.first, first.first == nil, let last = first.last, number <= last {
        return left + unit / 2
      }
      if let end = bins.last, end.last == nil, let first = end.first, number >= first {
        return left + (Double(bins.count) - 0.5) * unit
      }
      return start + (Double(number - origin) + 0.5) / Double(step) * unit
    }

    /// Where the first stretch of numbers begins that has an end.
    private var start: Double { left + (bins.first?.first == nil ? unit : 0) }
    private var origin: Int {
      bins.first?.first ?? bins.first.flatMap { $0.last.map { $0 + 1 } } ?? 0
    }

    /// The numbers that are written below: every so many stretches, at their beginnings.
    var marks: [Int] {
      let firsts = bins.compactMap { $0.last == nil ? nil : $0.first }
      let every = max(1, (firsts.count + 7) / 8)
      // Even steps from nought, wherever it begins.
      return firsts.filter { ($0 / step) % every == 0 }
    }
  }
}

// MARK: - What is published

extension SpreadChart {
  /// Stretches of which none tells of few: those at the ends go on until they are of enough, and of
  /// others so many are withheld that none can be worked out.
  static func published(_ bins: [Bin]) -> [Bin] {
    let smallest = MaskingProfile.smallestGroup
    var bins = bins[...]
    while bins.count > 1, let first = bins.first, first.first != nil || first.tells(of: smallest) {
      bins.removeFirst()
      bins[bins.startIndex].count = (bins.first?.count ?? 0) + (first.count ?? 0)
      bins[bins.startIndex].first = nil
      if !bins[bins.startIndex].tells(of: smallest) { break }
    }
    while bins.count > 1, let last = bins.last, last.last != nil || last.tells(of: smallest) {
      bins.removeLast()
      bins[bins.endIndex - 1].count = (bins.last?.count ?? 0) + (last.count ?? 0)
      bins[bins.endIndex - 1].last = nil
      if !bins[bins.endIndex - 1].tells(of: smallest) { break }
    }
    return withholding(Array(bins))
  }

  private static func withholding(_ bins: [Bin]) -> [Bin] {
    var published = bins
    for index in MaskingProfile.withheld(bins.map { $0.count ?? 0 }) {
      published[index].count = nil
    }
    return published
  }
}

extension SpreadChart.Bin {
  /// Whether it is of somebody, and of fewer than so many.
  fileprivate func tells(of smallest: Int) -> Bool { (1..<smallest).contains(count ?? 0) }
}

extension MaskingProfile {
  /// Whether quartiles may be told: of a few numbers they would be the numbers of single elements.
  func showsQuartiles(of spread: Spread) -> Bool {
    spread.total >= (isPublic ? 4 * Self.smallestGroup : 1)
  }

  /// Whether the least and the greatest number may be told, which are those of single elements.
  var showsEnds: Bool { !isPublic }
}
