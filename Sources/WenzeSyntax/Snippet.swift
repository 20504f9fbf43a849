/// Lines of a source with marks under them, as a report shows where something stands.
package struct Snippet: Sendable {
  package var source: Source
  package var marks: [Mark]

  package init(_ source: Source, marks: [Mark]) {
    self.source = source
    self.marks = marks
  }

  /// A place to underline, with a word about it.
  package struct Mark: Hashable, Sendable {
    package var range: SourceRange
    /// What is said beside the underline; empty for an underline alone.
    package var label: String
    /// Whether this is what the report is about, and not a place that takes part.
    package var isPrimary: Bool

    package init(_ range: SourceRange, _ label: String = "", isPrimary: Bool) {
      self.range = range
      self.label = label
      self.isPrimary = isPrimary
    }
  }

  /// The place that the snippet is headed with: that of the first primary mark, or of the first.
  package var place: Place? {
    (marks.first(where: \.isPrimary) ?? marks.first).map { source.place(at: $0.range.start) }
  }
}

// MARK: - Layout

extension Snippet {
  /// One row of a laid-out snippet.
  enum Row {
    case line(number: Int, text: String)
    /// What stands below a line: underlines, connectors and, at the end, a label.
    case marks([Cell], label: String, isPrimary: Bool)
    case elision
  }

  /// One column below a line.
  enum Cell {
    case space
    case mark(Character, isPrimary: Bool)
  }

  /// The number of the last line that the snippet shows.
  var lastLine: Int {
    pieces.map { source.shownNumber(ofLine: $0.line) }.max() ?? 0
  }

  /// The rows of the snippet, with lines trimmed to a number of columns.
  func rows(width: Int) -> [Row] {
    let lines = Dictionary(grouping: pieces, by: \.line).sorted { $0.key < $1.key }
    var rows: [Row] = []
    var previous: Int?
    for (line, pieces) in lines {
      if let previous {
        if line == previous + 2 {
          rows.append(unmarkedRow(line: previous + 1, width: width))
        } else if line > previous + 2 {
          rows.append(.elision)
        }
      }
      var rest = pieces.sorted { $0.range < $1.range }
      while let first = rest.first {
        // On a long line, marks that are far apart are shown in windows of their own.
        let window = Window(of: source, line: line, around: first.range.start, width: width)
        let shown = rest.filter { window.holds($0.range) }
        rest.removeAll { window.holds($0.range) }
        rows.append(.line(number: source.shownNumber(ofLine: line), text: window.text))
        rows += underlines(of: shown, in: window)
      }
      previous = line
    }
    return rows
  }

  private func unmarkedRow(line: Int, width: Int) -> Row {
    let start = source.range(ofLine: line).start
    return .line(
      number: source.shownNumber(ofLine: line),
      text: Window(of: source, line: line, around: start, width: width).text)
  }

  /// The part of a mark on one line.
  struct Piece {
    let line: Int
    let range: SourceRange
    let label: String
    let isPrimary: Bool
  }

  private var pieces: [Piece] {
    marks.flatMap { mark -> [Piece] in
      let start = min(max(0, mark.range.start), source.utf8Count)
      let end = min(max(start, mark.range.end), source.utf8Count)
      let first = source.line(at: start)
      let last = source.line(at: max(start, end - 1))
      let firstLine = source.range(ofLine: first)
      let visibleStart = min(start, firstLine.end)
      let head = Piece(
        line: first, range: SourceRange(visibleStart, min(end, firstLine.end)),
        label: mark.label, isPrimary: mark.isPrimary)
      guard last > first else { return [head] }
      // Of a mark over several lines the first and the last are shown.
      let lastLine = source.range(ofLine: last)
      let indent = source.text(in: SourceRange(lastLine.start, min(lastLine.start + 256, end)))
        .utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      let tail = Piece(
        line: last,
        range: SourceRange(min(lastLine.start + indent, end), min(end, lastLine.end)),
        label: "", isPrimary: mark.isPrimary)
      return [head, tail]
    }
  }

  /// The rows below a line: the underlines with the last label, then one row for each other label.
  private func underlines(of pieces: [Piece], in window: Window) -> [Row] {
    var cells: [Cell] = []
    for piece in pieces.sorted(by: { !$0.isPrimary && $1.isPrimary }) {
      let columns = window.columns(of: piece.range)
      let character: Character = piece.isPrimary ? "^" : "-"
      cells.fill(columns, with: .mark(character, isPrimary: piece.isPrimary))
    }
    let labelled = pieces.filter { !$0.label.isEmpty }
    guard let last = labelled.last else {
      return [.marks(cells, label: "", isPrimary: false)]
    }
    // A label stands beside its underline if no other underline is in the way.
    let isBeside = window.columns(of: last.range).upperBound == cells.count
    var hanging = isBeside ? Array(labelled.dropLast()) : labelled
    var rows: [Row] = [
      .marks(cells, label: isBeside ? last.label : "", isPrimary: last.isPrimary)
    ]
    if !hanging.isEmpty { rows.append(connectors(to: hanging, in: window)) }
    while let piece = hanging.popLast() {
      let column = window.columns(of: piece.range).lowerBound
      let left = hanging.filter { window.columns(of: $0.range).lowerBound < column }
      guard case .marks(var cells, _, _) = connectors(to: left, in: window) else { continue }
      while cells.count < column { cells.append(.space) }
      rows.append(.marks(cells, label: piece.label, isPrimary: piece.isPrimary))
    }
    return rows
  }

  private func connectors(to pieces: [Piece], in window: Window) -> Row {
    var cells: [Cell] = []
    for piece in pieces {
      let column = window.columns(of: piece.range).lowerBound
      cells.fill(column..<column + 1, with: .mark("|", isPrimary: piece.isPrimary))
    }
    return .marks(cells, label: "", isPrimary: false)
  }
}

extension [Snippet.Cell] {
  fileprivate mutating func fill(_ columns: Range<Int>, with cell: Snippet.Cell) {
    while count < columns.upperBound { append(.space) }
    for column in columns { self[column] = cell }
  }
}

// MARK: - Windows

/// The part of a line that fits the width, and the column of each of its scalars.
///
/// Only what is shown is read, so that a line of many megabytes costs no more than a short one.
private struct Window {
  private(set) var text = ""
  private var offsets: [Int] = []
  private var columns: [Int] = []
  private let range: SourceRange

  /// The window of a line around an offset in it, which it always holds.
  init(of source: Source, line: Int, around anchor: Int, width: Int) {
    let line = source.range(ofLine: line)
    let width = max(width, 20)
    let before = Window.backwards(from: anchor, to: line.start, in: source, columns: width)
    let after = Window.forwards(from: anchor, to: line.end, in: source, columns: width)
    var start = before.start
    if !before.isWhole || before.columns + after.columns > width {
      // The line loses its beginning, but for a third of the width before the anchor.
      let kept = max(width / 3, width - after.columns)
      start = Window.backwards(from: anchor, to: line.start, in: source, columns: kept).start
    }
    let shown = Window.forwards(from: start, to: line.end, in: source, columns: width)
    range = SourceRange(start, shown.end)
    var column = 0
    if start > line.start {
      text = "…"
      column = 1
    }
    var offset = start
    let isSheet = !source.sheets.isEmpty
    for scalar in source.text(in: range).unicodeScalars {
      offsets.append(offset)
      columns.append(column)
      if isSheet, scalar == SheetLines.lineBreak {
        text += "↵"
        column += 1
      } else if let form = visibleForm(of: scalar) {
        text += form
        column += form.utf8.count
      } else {
        text.unicodeScalars.append(scalar)
        column += displayWidth(of: scalar)
      }
      offset += scalar.utf8.count
    }
    offsets.append(offset)
    columns.append(column)
    if shown.end < line.end { text += "…" }
  }

  /// Whether a piece begins in the window.
  func holds(_ piece: SourceRange) -> Bool {
    range.start <= piece.start && piece.start <= range.end
  }

  /// The columns under a range, cut to the window; one at least.
  func columns(of piece: SourceRange) -> Range<Int> {
    let lower = column(of: piece.start)
    return lower..<max(lower + 1, column(of: piece.end))
  }

  private func column(of offset: Int) -> Int {
    var low = 0
    var high = offsets.count - 1
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return columns[low]
  }
}

extension Window {
  /// How far a number of columns reaches.
  private struct Reach {
    var start: Int
    var end: Int
    var columns: Int
    /// Whether the reach ends where the line does.
    var isWhole: Bool
  }

  private static func backwards(
    from offset: Int, to limit: Int, in source: Source, columns: Int
  ) -> Reach {
    reach(
      over: source.text(in: SourceRange(limit, offset)).unicodeScalars.reversed(), from: offset,
      by: -1, columns: columns)
  }

  private static func forwards(
    from offset: Int, to limit: Int, in source: Source, columns: Int
  ) -> Reach {
    reach(
      over: source.text(in: SourceRange(offset, max(offset, limit))).unicodeScalars, from: offset,
      by: 1, columns: columns)
  }

  private static func reach(
    over scalars: some Sequence<Unicode.Scalar>, from offset: Int, by direction: Int, columns: Int
  ) -> Reach {
    var reach = Reach(start: offset, end: offset, columns: 0, isWhole: true)
    // Marks of no width must not make a window endless.
    var count = 0
    for scalar in scalars {
      let width = visibleForm(of: scalar)?.utf8.count ?? displayWidth(of: scalar)
      count += 1
      guard reach.columns + width <= columns, count <= columns * 4 else {
        reach.isWhole = false
        break
      }
      reach.columns += width
      if direction < 0 { reach.start -= scalar.utf8.count } else { reach.end += scalar.utf8.count }
    }
    return reach
  }
}
