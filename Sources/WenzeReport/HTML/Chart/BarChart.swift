import WenzeSyntax

/// Bars that lie below one another, each of several parts.
struct BarChart {
  var rows: [Row]
  /// The style and the meaning of each part.
  var parts: [Figure.KeyEntry]
  /// What the bars are of.
  var rowTitle: Bilingual

  struct Row {
    var label: Bilingual
    /// As many as there are parts.
    var counts: [Int]
    /// What stands behind the bar; the sum by default.
    var note: Bilingual?
    /// The counts as the table has them; the numbers by default.
    var cells: [Bilingual]?
  }

  private static let labelColumns = 34
  private static let rowHeight = 22.0

  func figure(title: Bilingual, description: Bilingual) -> Figure {
    let left = 256.0
    // What stands behind the longest bar has room too.
    let noteWidth = rows.map { $0.note.map(widthOfSmallWords) ?? 0 }.max() ?? 0
    let right = min(690.0, 752 - noteWidth)
    let top = 24.0
    let bottom = top + Double(rows.count) * Self.rowHeight
    var drawing = Drawing(width: 760, height: Int(bottom) + 8)
    let marks = ticks(upTo: rows.map { $0.counts.reduce(0, +) }.max() ?? 1)
    let scale = (right - left) / Double(marks.last ?? 1)
    for mark in marks {
      let x = left + Double(mark) * scale
      drawing.line(x, top - 4, x, bottom, "g")
      drawing.words(Bilingual(same: "\(mark)"), x, top - 9, .middle, "t s")
    }
    for (number, row) in rows.enumerated() {
      let y = top + Double(number) * Self.rowHeight
      drawing.words(fitted(row.label, columns: Self.labelColumns), left - 8, y + 15, .end)
      var x = left
      for (part, count) in zip(parts, row.counts) where count > 0 {
        // What is not nothing is seen.
        let width = max(1.5, Double(count) * scale)
        drawing.bar(
          x, y + 3, width, Self.rowHeight - 7, part.style,
          title: Bilingual(
            "\(row.label.chinese)：\(part.words.chinese) \(count)",
            "\(row.label.english): \(part.words.english) \(count)"))
        x += width
      }
      let sum = row.counts.reduce(0, +)
      drawing.words(row.note ?? Bilingual(same: "\(sum)"), x + 5, y + 15, .start, "t s")
    }
    drawing.line(left, top - 4, left, bottom, "a")
    return Figure(
      title: title, description: description, drawing: drawing,
      key: parts.count > 1 ? parts : [],
      table: DataTable(
        columns: [rowTitle] + parts.map(\.words),
        rows: rows.map { row in
          [row.label] + (row.cells ?? row.counts.map { Bilingual(same: "\($0)") })
        }))
  }
}
