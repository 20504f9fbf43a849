import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The counts of each group over the periods in a panel of its own, with the bound that chance
/// seldom exceeds, and what rules say of them.
struct PeriodChart {
  var series: PeriodSeries
  /// What is counted.
  var noun: Bilingual
  var profile = MaskingProfile.submit

  /// The level of the bound.
  private static let level = FixedDecimal(millionths: 990_000)
  private static let shownPanels = 12
  private static let listedRows = 400
  private static let columns = 3
  private static let panelHeight = 130

  private struct Panel {
    var group: Bilingual
    /// By period, in order.
    var points: [Point]

    var signalCount: Int { points.count { !$0.codes.isEmpty } }
    var total: Int { points.reduce(0) { $0 + $1.count } }
  }

  private struct Point {
    var period: Int
    var count: Int
    /// What chance seldom exceeds, by the mean of the group's other periods; nil where there are
    /// none.
    var bound: Int?
    var codes: [String]
  }

  /// Those that something is found on first, then those with the most.
  private var panels: [Panel] {
    var byGroup: [Bilingual: [Int: Int]] = [:]
    for (place, count) in series.counts { byGroup[place.group, default: [:]][place.period] = count }
    let panels = byGroup.compactMap { group, all -> Panel? in
      let counts = all.filter { !profile.hides($0.value) }
      guard !counts.isEmpty else { return nil }
      // A bound gives away the counts that it is made of.
      let isWhole = counts.count == all.count
      let total = counts.values.reduce(0, +)
      let points = counts.keys.sorted().map { period in
        let count = counts[period] ?? 0
        let place = PeriodSeries.Place(group: group, period: period)
        return Point(
          period: period, count: count,
          bound: isWhole ? Self.bound(sum: total - count, periods: counts.count - 1) : nil,
          codes: (series.signals[place] ?? []).sorted())
      }
      return Panel(group: group, points: points)
    }
    return panels.sorted { left, right in
      (right.signalCount, right.total, left.group.chinese)
        < (left.signalCount, left.total, right.group.chinese)
    }
  }

  /// Whether a group has more than a document or two, and something to compare it with or to say of
  /// it.
  private func isTelling(_ panels: [Panel]) -> Bool {
    panels.contains { panel in
      panel.points.contains { point in
        point.count > 2 && (panel.points.count > 1 || !point.codes.isEmpty)
      }
    }
  }

  /// The 99 % bound of a Poisson variable with the mean of other periods.
  static func bound(sum: Int, periods: Int) -> Int? {
    guard periods > 0, sum < 1_000_000 else { return nil }
    return poissonBound(mean: FixedDecimal(millionths: sum * 1_000_000 / periods), level: level)
  }

  /// Nil where there is nothing to compare.
  var figure: Figure? {
    let panels = panels
    let shown = panels.prefix(Self.shownPanels)
    let periods = shown.flatMap { $0.points.map(\.period) }
    guard let first = periods.min(), let last = periods.max(), last - first < 200,
      isTelling(panels)
    else { return nil }
    let rows = (shown.count + Self.columns - 1) / Self.columns
    var drawing = Drawing(width: 760, height: rows * Self.panelHeight + 4)
    for (number, panel) in shown.enumerated() {
      draw(
        panel, first, last, x: Double(number % Self.columns) * 254,
        y: Double(number / Self.columns * Self.panelHeight), in: &drawing)
    }
    let (groups, period) = (series.group.spoken, series.period.spoken)
    var description = Bilingual(
      "每格一个\(groups.chinese)，横轴是\(period.chinese)；虚线是按同一\(groups.chinese)其他各期平均数算的泊松99%上限，越过它的点偶然出现的机会不到百分之一。菱形：有规则在这一期提示问题。",
      "One panel for each \(groups.english), with the \(period.english) across; the dashed line is the 99% Poisson bound by the mean of the same \(groups.english)’s other periods, which chance exceeds less than once in a hundred. A diamond: a rule found something in the period."
    )
    if profile.isPublic {
      description.chinese += "不足 \(MaskingProfile.smallestGroup) 件的不列，有这样的期就没有上限。"
      description.english +=
        " Counts under \(MaskingProfile.smallestGroup) are left out, and so is the bound of a panel that has one."
    }
    if panels.count > shown.count {
      description.chinese += "图中是有问题的和件数最多的 \(shown.count) 个，共 \(panels.count) 个。"
      description.english +=
        " Shown are the \(shown.count) with findings or the highest counts, of \(panels.count)."
    }
    return Figure(
      title: Bilingual(
        "\(noun.chinese)数，按\(groups.chinese)和\(period.chinese)",
        "\(noun.english.capitalizedFirst) counts by \(groups.english) and \(period.english)"),
      description: description, drawing: drawing,
      key: [
        Figure.KeyEntry(style: "o1", words: Bilingual("件数", "count")),
        Figure.KeyEntry(style: "o2", words: Bilingual("越过上限", "above the bound")),
        Figure.KeyEntry(style: "x", words: Bilingual("规则有提示", "a rule found something")),
        Figure.KeyEntry(style: "l2", words: Bilingual("泊松99%上限", "99% Poisson bound")),
      ],
      table: table(panels))
  }

  private func draw(
    _ panel: Panel, _ first: Int, _ last: Int, x: Double, y: Double, in drawing: inout Drawing
  ) {
    let (left, right, top, bottom) = (x + 28, x + 236, y + 38, y + 108)
    drawing.words(fitted(panel.group, columns: 34), x + 4, y + 15, .start, "t b")
    let greatest = panel.points.map { max($0.count, $0.bound ?? 0) }.max() ?? 1
    let marks = ticks(upTo: greatest, about: 3)
    let scale = (bottom - top) / Double(marks.last ?? 1)
    for mark in marks {
      let level = bottom - Double(mark) * scale
      drawing.line(left, level, right, level, mark == 0 ? "a" : "g")
      drawing.words(Bilingual(same: "\(mark)"), left - 4, level + 4, .end, "t s")
    }
    let step = (right - left - 16) / Double(max(1, last - first))
    func across(_ period: Int) -> Double {
      last == first ? (left + right) / 2 : left + 8 + Double(period - first) * step
    }
    let every = max(1, (last - first + 4) / 5)
    for period in stride(from: first, through: last, by: every) {
      drawing.words(Bilingual(same: "\(period)"), across(period), bottom + 15, .middle, "t s")
    }
    let half = min(step / 2, 18)
    for point in panel.points {
      guard let bound = point.bound else { continue }
      let level = bottom - Double(bound) * scale
      drawing.line(
        max(left, across(point.period) - half), level, min(right, across(point.period) + half),
        level, "l2")
    }
    for (before, after) in zip(panel.points, panel.points.dropFirst())
    where after.period == before.period + 1 {
      drawing.line(
        across(before.period), bottom - Double(before.count) * scale, across(after.period),
        bottom - Double(after.count) * scale, "l1")
    }
    for point in panel.points {
      let place = (x: across(point.period), y: bottom - Double(point.count) * scale)
      let codes = point.codes.joined(separator: " ")
      let title = Bilingual(
        same: "\(point.period): \(point.count)" + (codes.isEmpty ? "" : " · " + codes))
      if !point.codes.isEmpty {
        drawing.diamond(place.x, place.y, 6, "x", title: title)
        let label = (point.codes.first ?? "") + (point.codes.count > 1 ? " …" : "")
        let middle = min(max(place.x, left + 24), right - 24)
        drawing.words(Bilingual(same: label), middle, place.y - 9, .middle, "t s")
      } else {
        let isHigh = point.bound.map { point.count > $0 } ?? false
        drawing.dot(place.x, place.y, 3.5, isHigh ? "o2" : "o1", title: title)
      }
    }
  }

  private func table(_ panels: [Panel]) -> DataTable {
    let rows = panels.flatMap { panel in
      panel.points.map { point -> [Bilingual] in
        [
          panel.group, Bilingual(same: "\(point.period)"), Bilingual(same: "\(point.count)"),
          Bilingual(same: point.bound.map { "\($0)" } ?? ""),
          Bilingual(same: point.codes.joined(separator: " ")),
        ]
      }
    }
    return DataTable(
      columns: [
        series.group.spoken, series.period.spoken, Bilingual("件数", "count"),
        Bilingual("上限", "bound"), Bilingual("提示的规则", "rules"),
      ], rows: Array(rows.prefix(Self.listedRows)))
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
