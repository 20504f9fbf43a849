/// Writes the tokens of a file in the house style: none is added, lost or changed.
///
/// Where lines break is the author's choice, but for declarations, rows of tables and the braces of
/// blocks that take several lines. Everything else between tokens follows from them: how far a line
/// is indented, how many spaces part two tokens, what stands in columns.
struct Layout {
  private let tree: SyntaxTree
  private let form: TokenForm
  private var gaps: [Gap]
  /// The spaces before a token beyond the usual, which put it in a column.
  private var padding: [Int: Int] = [:]

  private var tokens: [Token] { tree.tokens }

  init(_ file: ParsedFile) {
    tree = file.tree
    form = TokenForm(file)
    let source = file.tree.source
    gaps = file.tree.tokens.map { token in
      Gap(source.text(in: SourceRange(token.fullStart, token.range.start)))
    }
    breakRows()
    breakBlocks()
    partDeclarations()
    alignCells()
    alignColons()
    alignEntries()
  }

  /// The text of the file.
  var text: String {
    var writer = LineWriter()
    var brackets = BracketStack(form)
    for index in tokens.indices {
      let isEnd = tokens[index].kind == .endOfFile
      let gap = gaps[index]
      for comment in gap.comments {
        // A comment before a closing bracket stands with what is inside.
        let indent = isEnd ? 0 : brackets.indent(of: index, isComment: true, in: writer)
        writer.write(comment, indent: indent)
      }
      if isEnd { break }
      if gap.breaks > 0 || index == 0 && gap.comments.isEmpty {
        let isTight = form.isCloser(index) && gap.comments.isEmpty
        writer.breakLine(
          indent: brackets.indent(of: index, isComment: false, in: writer),
          isParted: gap.breaks > 1 && !isTight)
      } else {
        let spaces = form.spaces(before: index) + (padding[index] ?? 0)
        writer.space(gap.comments.isEmpty ? spaces : max(spaces, 1))
      }
      brackets.willWrite(index, at: writer.column, lineIndent: writer.indent)
      writer.write(form.text(of: index))
      writer.isAfterOpener = form.isOpener(index)
    }
    return writer.finish()
  }
}

// MARK: - Line breaks

extension Layout {
  private func nodes(_ kinds: SyntaxKind...) -> [Int] {
    tree.nodes.indices.filter {
      kinds.contains(tree.nodes[$0].kind) && !tree.nodes[$0].tokens.isEmpty
    }
  }

  /// The nodes right below another.
  private func children(of index: Int) -> [Int] {
    tree.children(of: index).compactMap { child in
      if case .node(let index) = child { index } else { nil }
    }
  }

  private mutating func breakRows() {
    for row in nodes(.row) { breakLine(before: tree.nodes[row].tokens.lowerBound) }
  }

  private mutating func breakLine(before token: Int) {
    if gaps[token].comments.contains(where: { $0.breaks > 0 }) { return }
    gaps[token].breaks = max(gaps[token].breaks, 1)
  }

  private func isFirstOnLine(_ token: Int) -> Bool {
    gaps[token].breaks > 0 || gaps[token].comments.contains { $0.breaks > 0 }
  }

  /// Puts the braces of a block on lines of their own if something in it begins a line.
  private mutating func breakBlocks() {
    var open: [(token: Int, isBroken: Bool)] = []
    var broken: [Int: Bool] = [:]
    // Inner blocks do not depend on outer ones, nor these on them.
    for index in tokens.indices {
      if form.isCloser(index), let block = open.popLast() {
        broken[block.token] = block.isBroken || isFirstOnLine(index)
        if form.isBlock(block.token), broken[block.token] == true {
          if block.token + 1 < index || !gaps[index].comments.isEmpty {
            breakLine(before: block.token + 1)
          }
          breakLine(before: index)
        }
      } else if let last = open.last, form.beginsItem(index) || index == last.token + 1,
        isFirstOnLine(index)
      {
        open[open.count - 1].isBroken = true
      }
      if form.isOpener(index) { open.append((index, false)) }
    }
  }

  /// One blank line between declarations, unless both are short and stand close.
  private mutating func partDeclarations() {
    guard !tree.nodes.isEmpty else { return }
    var isPreviousShort: Bool?
    for node in children(of: 0) {
      let range = tree.nodes[node].tokens
      guard let first = range.first else { continue }
      let isShort = !range.dropFirst().contains { isFirstOnLine($0) }
      if let isPreviousShort {
        let breaks = isShort && isPreviousShort ? 1 : 2
        if let comment = gaps[first].comments.firstIndex(where: { $0.breaks > 0 }) {
          gaps[first].comments[comment].breaks = max(gaps[first].comments[comment].breaks, breaks)
          gaps[first].breaks = max(gaps[first].breaks, 1)
        } else {
          gaps[first].breaks = max(gaps[first].breaks, breaks)
        }
      } else if !gaps[first].comments.isEmpty {
        gaps[first].breaks = max(gaps[first].breaks, 1)
      }
      isPreviousShort = isShort
    }
  }
}

// MARK: - Columns

extension Layout {
  /// The columns that tokens take on one line; nil if a line breaks among them.
  private func width(of range: Range<Int>) -> Int? {
    guard let first = range.first else { return 0 }
    var text = form.text(of: first)
    for index in range.dropFirst() {
      guard gaps[index].breaks == 0, gaps[index].comments.isEmpty else { return nil }
      text += String(repeating: " ", count: form.spaces(before: index)) + form.text(of: index)
    }
    return text.contains("\n") ? nil : displayWidth(of: text)
  }

  /// Puts tokens in one column, each behind text of a width.
  private mutating func align(_ items: [(token: Int, width: Int)]) {
    guard let column = columnWidth(of: items.map(\.width)) else { return }
    for item in items where item.width <= column { padding[item.token] = column - item.width }
  }

  private mutating func alignCells() {
    for table in nodes(.table) {
      var widths: [Int] = []
      var cells: [(number: Int, token: Int, width: Int)] = []
      let inner = table..<tree.nodes[table].subtreeEnd
      for row in inner where tree.nodes[row].kind == .row {
        guard width(of: tree.nodes[row].tokens) != nil else { continue }
        for (number, cell) in children(of: row).enumerated() {
          let range = tree.nodes[cell].tokens
          guard let width = width(of: range), range.upperBound < tokens.count else { continue }
          if number == widths.count { widths.append(0) }
          widths[number] = max(widths[number], width)
          cells.append((number, range.upperBound, width))
        }
      }
      for cell in cells where tokens[cell.token].kind == .pipe {
        padding[cell.token] = widths[cell.number] - cell.width
      }
    }
  }

  /// The colons of a record's fields, and of a mapping's columns.
  private mutating func alignColons() {
    for block in nodes(.record, .dossier, .mapping) {
      let kind: SyntaxKind = tree.nodes[block].kind == .mapping ? .column : .field
      align(
        (block..<tree.nodes[block].subtreeEnd).filter { tree.nodes[$0].kind == kind }
          .compactMap { node in
            let range = tree.nodes[node].tokens
            guard let first = range.first, isFirstOnLine(first),
              let colon = range.first(where: { tokens[$0].kind == .colon }),
              let width = width(of: first..<colon), gaps[colon].breaks == 0
            else { return nil }
            return (colon, width)
          })
    }
  }

  /// What follows the names of entries that have a line each.
  private mutating func alignEntries() {
    for list in nodes(.enumeration, .list) {
      align(
        (list..<tree.nodes[list].subtreeEnd).filter { tree.nodes[$0].kind == .entry }
          .compactMap { entry in
            let range = tree.nodes[entry].tokens
            guard let name = children(of: entry).first, tree.nodes[name].kind == .name,
              let first = range.first, isFirstOnLine(first)
            else { return nil }
            let next = tree.nodes[name].tokens.upperBound
            guard next < range.upperBound, gaps[next].breaks == 0,
              let width = width(of: first..<next)
            else { return nil }
            return (next, width)
          })
    }
  }
}

/// The width of a column that holds texts; one that is much wider than all others stays out.
func columnWidth(of widths: [Int]) -> Int? {
  let sorted = Set(widths).sorted(by: >)
  guard var widest = sorted.first else { return nil }
  for width in sorted.dropFirst() {
    if widest - width <= 20 { return widest }
    widest = width
  }
  return widest
}

// MARK: - Indentation

/// The brackets that are open while a file is written, with what indents the lines inside.
private struct BracketStack {
  private let form: TokenForm
  private var open: [(token: Int, lineIndent: Int)] = []
  /// The expression that began on a line of its own: its further lines stand further in.
  private var expression: (end: Int, indent: Int, depth: Int)?
  /// Where the texts began that may go on in another language.
  private var columns: [Int: Int] = [:]

  init(_ form: TokenForm) {
    self.form = form
  }

  /// How far a line is indented that begins with a token, or with a comment before it.
  func indent(of index: Int, isComment: Bool, in writer: LineWriter) -> Int {
    let outer = open.last.map(\.lineIndent)
    if form.isCloser(index), let outer { return isComment ? outer + 4 : outer }
    if let words = form.translatedText(at: index), let column = columns[words] { return column }
    if let expression, index < expression.end, open.count == expression.depth {
      return expression.indent + 4
    }
    let base = outer.map { $0 + 4 } ?? 0
    let isInBlock = open.last.map { form.holdsItems($0.token) } ?? true
    guard isInBlock, !form.beginsItem(index), !form.holdsItems(index) else { return base }
    return base + 4
  }

  mutating func willWrite(_ index: Int, at column: Int, lineIndent: Int) {
    let isFirst = column == lineIndent
    if form.isCloser(index) { _ = open.popLast() }
    if form.isOpener(index) { open.append((index, lineIndent)) }
    // `/ "…"` stands so that its text is below the first.
    if form.beginsWords(index) { columns[index] = isFirst ? column : max(0, column - 2) }
    if let expression, index >= expression.end { self.expression = nil }
    if isFirst, expression == nil, let end = form.expressionEnd(at: index) {
      let depth = form.isOpener(index) ? open.count - 1 : open.count
      expression = (end, lineIndent, depth)
    }
  }
}
