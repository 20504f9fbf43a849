import WenzeSyntax

/// What groups are made of: for each a bar of the same length, parted as the group is.
struct MixChart {
  /// From the left to the right.
  var parts: [Part]
  var rows: [Row]
  /// What the rows are of.
  var rowTitle: Bilingual

  struct Part {
    var style: String
    var words: Bilingual
  }

  struct Row {
    var label: Bilingual
    /// As many as there are parts.
    var counts: [Int]

    var total: Int { counts.reduce(0, +) }
  }

  private static let labelColumns = 34
  private static let rowHeight = 24.0
  private static let left = 256.0
  private static let right = 690.0
  /// How wide a part is at least that has its share written on it.
  private static let writtenWidth = 30.0

  func figure(title: Bilingual, description: Bilingual, table: DataTable) -> Figure {
    let top = 24.0
    let bottom = top + Double(rows.count) * Self.rowHeight
    var drawing = Drawing(width: 760, height: Int(bottom) + 8)
    for percent in [0, 25, 50, 75, 100] {
      let x = Self.left + (Self.right - Self.left) * Double(percent) / 100
      drawing.line(x, top - 4, x, bottom, "g")
      drawing.words(Bilingual(same: "\(percent)%"), x, top - 9, .middle, "t s")
    }
    for (number, row) in rows.enumerated() {
      draw(row, at: top + Double(number) * Self.rowHeight, in: &drawing)
    }
    drawing.line(Self.left, top - 4, Self.left, bottom, "a")
    return Figure(
      title: title, description: description, drawing: drawing,
      key: parts.map { Figure.KeyEntry(style: $0.style, words: $0.words) }, table: table)
  }

  private func draw(_ row: Row, at y: Double, in drawing: inout Drawing) {
    drawing.words(
      fittedInside(row.label, columns: Self.labelColumns), Self.left - 8, y + 16, .end)
    let total = row.total
    var x = Self.left
    for (part, count) in zip(parts, row.counts) where count > 0 {
      let width = (Self.right - Self.left) * Double(count) / Double(max(1, total))
      let share = percentText(count, of: total)
      drawing.bar(
        x, y + 3, width, Self.rowHeight - 8, part.style,
        title: Bilingual(
          "\(row.label.chinese)：\(part.words.chinese) \(count)（\(share)）",
          "\(row.label.english): \(part.words.english) \(count) (\(share))"))
      if width >= Self.writtenWidth {
        let whole = (count * 200 + total) / (2 * total)
        drawing.words(
          Bilingual(same: "\(whole)%"), x + width / 2, y + 15, .middle, "on \(part.style)")
      }
      x += width
    }
    drawing.words(Bilingual(same: "\(total)"), Self.right + 6, y + 16, .start, "t s")
  }
}

/// A share to a tenth of a percent; empty where there is nothing to have a share in.
func percentText(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "" }
  let tenths = (part * 2_000 + whole) / (2 * whole)
  return "\(tenths / 10).\(tenths % 10)%"
}
