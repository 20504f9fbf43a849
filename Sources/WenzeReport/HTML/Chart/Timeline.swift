import WenzeModel
import WenzeSyntax

/// The dates of a document below one another, in the order of days, with what was found on them, and
/// the limits that were overrun.
struct Timeline {
  var steps: [Step]
  var limits: [Limit]

  struct Step {
    var label: Bilingual
    var date: CalendarDate
    var line: Int?
    /// The codes of findings that rest on it.
    var codes: [String]
    /// Whether one of them is of the gravest kind.
    var isGrave = false
  }

  struct Limit {
    var code: String
    var start: CalendarDate?
    var limit: CalendarDate
    var actual: CalendarDate
  }

  private static let labelColumns = 34
  private static let rowHeight = 22.0
  private static let left = 250.0
  private static let right = 600.0

  /// The days that the axis shows: nearly all steps, since one date of another age would leave no
  /// room for the others.
  private var days: (first: Int, last: Int) {
    let marked = limits.flatMap { limit in
      [limit.limit.firstDay, limit.actual.firstDay] + [limit.start?.firstDay].compactMap { $0 }
    }
    let sorted = (steps.map(\.date.firstDay) + marked).sorted()
    guard let first = sorted.first, let last = sorted.last else { return (0, 1) }
    let low = sorted[sorted.count / 8]
    let high = sorted[sorted.count - 1 - sorted.count / 8]
    let reach = max(60, (high - low) * 3 / 4)
    let shown = (first: max(first, low - reach), last: min(last, high + reach))
    let margin = max(1, (shown.last - shown.first) / 40)
    return (shown.first - margin, shown.last + margin)
  }

  /// Nil where there is nothing to put in order.
  func figure(of name: Bilingual) -> Figure? {
    guard steps.count > 1 || !limits.isEmpty else { return nil }
    let days = days
    let rows = Double(steps.count + limits.count)
    let top = 26.0
    let bottom = top + rows * Self.rowHeight
    var drawing = Drawing(width: 760, height: Int(bottom) + 8)
    let scale = (Self.right - Self.left) / Double(max(1, days.last - days.first))
    func across(_ date: CalendarDate) -> Double {
      let day = min(max(date.firstDay, days.first), days.last)
      return Self.left + Double(day - days.first) * scale
    }
    for tick in dateTicks(from: days.first, to: days.last, about: 5) {
      let x = Self.left + Double(tick.day - days.first) * scale
      drawing.line(x, top - 4, x, bottom, "g")
      drawing.words(Bilingual(same: tick.label), x, top - 9, .middle, "t s")
    }
    for (number, step) in steps.enumerated() {
      let y = top + Double(number) * Self.rowHeight + Self.rowHeight / 2
      let day = step.date.firstDay
      draw(
        step, y,
        outside: day < days.first ? "←" : day > days.last ? "→" : nil,
        across(step.date), in: &drawing)
    }
    for (number, limit) in limits.enumerated() {
      let y = top + Double(steps.count + number) * Self.rowHeight + Self.rowHeight / 2
      draw(limit, y, across, in: &drawing)
    }
    return Figure(
      title: Bilingual("时间线", "Timeline"),
      description: Bilingual(
        "\(name.chinese)记载的日期，按先后；菱形：有问题以它为据。",
        "The dates that \(name.english) records, in order; a diamond: a finding rests on it."),
      drawing: drawing, key: key,
      table: DataTable(
        columns: [
          Bilingual("事实", "fact"), Bilingual("日期", "date"), Bilingual("问题", "findings"),
          Bilingual("行", "line"),
        ], wordColumns: 3,
        rows: steps.map { step in
          [
            step.label, step.date.words, Bilingual(same: step.codes.joined(separator: " ")),
            Bilingual(same: step.line.map { "\($0)" } ?? ""),
          ]
        }))
  }

  private var key: [Figure.KeyEntry] {
    var key = [Figure.KeyEntry(style: "o1", words: Bilingual("记载的日期", "recorded date"))]
    if steps.contains(where: { $0.isGrave }) {
      key.append(Figure.KeyEntry(style: "x", words: Bilingual("有错误", "an error rests on it")))
    }
    if steps.contains(where: { !$0.codes.isEmpty && !$0.isGrave }) {
      key.append(
        Figure.KeyEntry(
          style: "xl", words: Bilingual("有警告或者提示", "a warning or note rests on it")))
    }
    if !limits.isEmpty {
      key.append(Figure.KeyEntry(style: "term", words: Bilingual("期限之内", "within the limit")))
      key.append(Figure.KeyEntry(style: "late", words: Bilingual("超出", "beyond it")))
    }
    return key
  }

  private func draw(
    _ step: Step, _ y: Double, outside: String?, _ x: Double, in drawing: inout Drawing
  ) {
    drawing.line(Self.left, y, x, y, "g")
    drawing.words(fitted(step.label, columns: Self.labelColumns), Self.left - 8, y + 4, .end)
    let title = Bilingual(
      "\(step.label.chinese) \(step.date.text(in: .chinese))",
      "\(step.label.english) \(step.date.text(in: .english))")
    if step.codes.isEmpty {
      drawing.dot(x, y, 4, "o1", title: title)
    } else {
      drawing.diamond(x, y, 6, step.isGrave ? "x" : "xl", title: title)
    }
    var words = step.date.words
    if let side = outside {
      // The axis ends before it.
      words = Bilingual("\(side) \(words.chinese)", "\(side) \(words.english)")
    }
    if !step.codes.isEmpty {
      let codes =
        step.codes.prefix(3).joined(separator: " ")
        + (step.codes.count > 3 ? " …" : "")
      words.chinese += "  " + codes
      words.english += "  " + codes
    }
    let isLate = x > Self.right - 40
    drawing.words(words, isLate ? x - 10 : x + 10, y + 4, isLate ? .end : .start, "t s")
  }

  private func draw(
    _ limit: Limit, _ y: Double, _ across: (CalendarDate) -> Double, in drawing: inout Drawing
  ) {
    let days = limit.actual.days(since: limit.limit) ?? 0
    drawing.words(
      Bilingual(
        "\(limit.code) 期限 \(limit.limit.text(in: .chinese))",
        "\(limit.code) limit \(limit.limit.text(in: .english))"), Self.left - 8, y + 4, .end, "t b")
    let end = across(limit.limit)
    if let start = limit.start, across(start) < end {
      drawing.bar(across(start), y - 4, end - across(start), 8, "term")
    }
    let (from, to) = (min(end, across(limit.actual)), max(end, across(limit.actual)))
    drawing.bar(from, y - 6, max(2, to - from), 12, "late")
    drawing.line(end, y - 9, end, y + 9, "a")
    let words =
      days >= 0
      ? Bilingual("超出 \(days) 日", "\(days) days past")
      : Bilingual("早 \(-days) 日", "\(-days) days before")
    let isLate = to > Self.right - 20
    drawing.words(words, isLate ? Self.left + 4 : to + 8, y + 4, .start, "t b")
  }
}

extension CalendarDate {
  /// The date as the page writes it in either language.
  var words: Bilingual { Bilingual(text(in: .chinese), text(in: .english)) }
}
