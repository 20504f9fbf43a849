import WenzeSemantics
import WenzeSyntax

/// Puts the tags of a part where its XML can be repeated or left out.
///
/// Authors write tags as text. What they mean is a paragraph, some paragraphs, or a row: a tag that
/// stands alone in a paragraph goes with it, and one in a row whose section ends in another cell
/// stands for the row.
struct WordLayout {
  private let part: WordPart
  private let tags: [TemplateTag]
  /// The number of the paragraph in which each tag stands.
  private let places: [Int]
  private(set) var diagnostics: [Diagnostic] = []

  /// Tags that stand for a paragraph or a row that goes with them, by its element.
  private var replaced: [Int: [Int]] = [:]
  private var beforeRow: [Int: [Int]] = [:]
  private var afterRow: [Int: [Int]] = [:]
  /// The tags that stay where they are written.
  private var inline: Set<Int> = []

  /// Places the tags of a part, in which each section has its end.
  init(_ part: WordPart, _ tags: [TemplateTag]) {
    self.part = part
    self.tags = tags
    var places: [Int] = []
    var paragraph = 0
    for tag in tags {
      while paragraph + 1 < part.paragraphs.count,
        part.paragraphs[paragraph].range.end < tag.range.end
      {
        paragraph += 1
      }
      places.append(paragraph)
    }
    self.places = places
    place()
  }

  // MARK: Placing

  private mutating func place() {
    var open: [Int] = []
    for (number, tag) in tags.enumerated() {
      switch tag.kind {
      case .value: inline.insert(number)
      case .section, .inverted: open.append(number)
      case .end: if let start = open.popLast() { place(start, number) }
      case .comment: if isAlone(places[number]) { replace(places[number], by: nil) }
      case .partial: diagnostics.append(.partialInWord(tag))
      }
    }
  }

  private mutating func place(_ start: Int, _ end: Int) {
    let (first, last) = (places[start], places[end])
    if let row = rowOfOneCell(around: start, end) {
      beforeRow[row, default: []].append(start)
      afterRow[row, default: []].append(end)
      return leave([first, last])
    }
    if first == last {
      if runs(of: start) != runs(of: end) {
        diagnostics.append(.dividedRun(tags[start], tags[end]))
      }
      inline.formUnion([start, end])
      return
    }
    let firstChain = part.chain(from: part.paragraphs[first].element)
    let lastChain = part.chain(from: part.paragraphs[last].element)
    let common = Set(lastChain)
    guard let joint = firstChain.first(where: { common.contains($0) }),
      let firstChild = firstChain.last(where: { part.isInside($0, joint) }),
      let lastChild = lastChain.last(where: { part.isInside($0, joint) })
    else { return diagnostics.append(.dividedSection(tags[start], tags[end])) }
    switch part.elements[joint].name {
    case "tr":
      beforeRow[joint, default: []].append(start)
      afterRow[joint, default: []].append(end)
      leave([first, last])
    case "tbl":
      place(start, atRow: firstChild, isStart: true)
      place(end, atRow: lastChild, isStart: false)
    default:
      guard firstChild == part.paragraphs[first].element,
        lastChild == part.paragraphs[last].element, isAlone(first), isAlone(last)
      else { return diagnostics.append(.dividedSection(tags[start], tags[end])) }
      replace(first, by: start)
      replace(last, by: end)
    }
  }

  /// The row of which a section is all the text, if it has but one cell.
  private func rowOfOneCell(around start: Int, _ end: Int) -> Int? {
    func rowAround(_ tag: Int) -> Int? {
      part.chain(from: part.paragraphs[places[tag]].element)
        .first { part.elements[$0].name == "tr" }
    }
    guard let row = rowAround(start), row == rowAround(end) else { return nil }
    let cells = part.elements.filter { $0.parent == row && $0.name == "tc" }.count
    let inside = part.paragraphs.filter { part.isInside($0.element, row) }
    guard cells == 1, let first = inside.first, let last = inside.last,
      isBlank(first.range.start, tags[start].range.start),
      isBlank(tags[end].range.end, last.range.end)
    else { return nil }
    return row
  }

  private mutating func place(_ tag: Int, atRow row: Int, isStart: Bool) {
    if isRowOfTags(row) {
      replaced[row, default: []].append(tag)
      return
    }
    if isStart {
      beforeRow[row, default: []].append(tag)
    } else {
      afterRow[row, default: []].append(tag)
    }
    leave([places[tag]])
  }

  private mutating func replace(_ paragraph: Int, by tag: Int?) {
    replaced[part.paragraphs[paragraph].element, default: []] += [tag].compactMap { $0 }
  }

  /// Paragraphs in which nothing but tags stood that went elsewhere go with them.
  private mutating func leave(_ paragraphs: Set<Int>) {
    for paragraph in paragraphs where isAlone(paragraph) && !hasInline(paragraph) {
      replace(paragraph, by: nil)
    }
  }

  private func hasInline(_ paragraph: Int) -> Bool {
    inline.contains { places[$0] == paragraph }
  }

  /// What holds the run in which a tag begins.
  private func runs(of tag: Int) -> Int? {
    let piece = part.paragraphs[places[tag]].pieces.last {
      $0.range.start <= tags[tag].range.start
    }
    return piece.flatMap { part.elements[$0.element].parent }
      .flatMap { part.elements[$0].parent }
  }

  /// Whether a paragraph says nothing but tags of sections and comments, and holds nothing else.
  private func isAlone(_ paragraph: Int) -> Bool {
    let element = part.paragraphs[paragraph].element
    let holdsMore = part.elements.enumerated().contains { number, inner in
      ["drawing", "pict", "object", "sectPr", "fldSimple", "fldChar", "p"].contains(inner.name)
        && number != element && part.isInside(number, element)
    }
    return !holdsMore && saysOnlyTags(part.paragraphs[paragraph].range)
  }

  private func isRowOfTags(_ row: Int) -> Bool {
    part.paragraphs.filter { part.isInside($0.element, row) }
      .allSatisfy { saysOnlyTags($0.range) }
  }

  private func saysOnlyTags(_ range: SourceRange) -> Bool {
    var offset = range.start
    for tag in tags where range.contains(tag.range) {
      guard tag.kind != .value, isBlank(offset, tag.range.start) else { return false }
      offset = tag.range.end
    }
    return isBlank(offset, range.end)
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    start >= end || part.source.text(in: SourceRange(start, end)).allSatisfy(\.isWhitespace)
  }

  // MARK: Writing

  /// The part with its tags, as it is to be filled.
  var tokens: [TemplateToken] {
    var tokens: [TemplateToken] = []
    var offset = 0
    for edit in edits where edit.range.lowerBound >= offset {
      add(part.bytes[offset..<edit.range.lowerBound], to: &tokens)
      tokens += edit.tokens
      offset = edit.range.upperBound
    }
    add(part.bytes[offset...], to: &tokens)
    return tokens
  }

  private struct Edit {
    var range: Range<Int>
    var tokens: [TemplateToken]
    /// Of those at one place the ends of what stands before come first.
    var rank: Int
  }

  private var edits: [Edit] {
    func tokens(_ numbers: [Int]) -> [TemplateToken] {
      numbers.sorted().map { .tag(tags[$0], source: 0) }
    }
    var edits = replaced.map { Edit(range: part.elements[$0].range, tokens: tokens($1), rank: 2) }
    edits += beforeRow.map { row, numbers in
      let start = part.elements[row].range.lowerBound
      return Edit(range: start..<start, tokens: tokens(numbers), rank: 1)
    }
    edits += afterRow.map { row, numbers in
      let end = part.elements[row].range.upperBound
      return Edit(range: end..<end, tokens: tokens(numbers), rank: 0)
    }
    for paragraph in part.paragraphs
    where tags.contains(where: { paragraph.range.contains($0.range) }) {
      edits += paragraph.pieces.compactMap { edit(of: $0) }
    }
    return edits.sorted {
      ($0.range.lowerBound, $0.rank) < ($1.range.lowerBound, $1.rank)
    }
  }

  /// A text in which tags begin, or through which one goes: what is written of a tag is all in the
  /// first of its texts.
  private func edit(of piece: WordPart.Piece) -> Edit? {
    let met = tags.indices.filter {
      tags[$0].range.start < piece.range.end && piece.range.start < tags[$0].range.end
    }
    guard !met.isEmpty else { return nil }
    var tokens: [TemplateToken] = [.text(#"<w:t xml:space="preserve">"#)]
    var offset = piece.range.start
    func text(to end: Int) {
      guard offset < end else { return }
      tokens.append(.text(escaped(part.source.text(in: SourceRange(offset, end)))))
    }
    for number in met {
      let range = tags[number].range
      text(to: range.start)
      if range.start >= piece.range.start, inline.contains(number) {
        tokens.append(.tag(tags[number], source: 0))
      }
      offset = max(offset, range.end)
    }
    text(to: piece.range.end)
    tokens.append(.text("</w:t>"))
    return Edit(range: part.elements[piece.element].range, tokens: tokens, rank: 2)
  }

  private func escaped(_ text: Substring) -> String {
    String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      ">", with: "&gt;")
  }

  /// Braces in attributes and elsewhere are no tags.
  private func add(_ bytes: ArraySlice<UInt8>, to tokens: inout [TemplateToken]) {
    guard !bytes.isEmpty else { return }
    let text = String(decoding: bytes, as: UTF8.self).replacing("{{", with: "{&#123;")
    tokens.append(.text(text))
  }
}

extension WordPart {
  /// Whether an element stands in another one.
  func isInside(_ element: Int, _ outer: Int) -> Bool {
    element > outer && elements[outer].range.upperBound >= elements[element].range.upperBound
      && elements[outer].range.lowerBound <= elements[element].range.lowerBound
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  fileprivate static func partialInWord(_ tag: TemplateTag) -> Self {
    Diagnostic(
      "T0221", .error,
      Bilingual("Word 模板不能引用其他模板", "a template of Word cannot name another one"), at: tag.range,
      notes: [Bilingual("把那里的内容写在这里", "write here what stands there")])
  }

  fileprivate static func dividedRun(_ start: TemplateTag, _ end: TemplateTag) -> Self {
    Diagnostic(
      "T0222", .error,
      Bilingual(
        "“\(start.name)”的段在链接或者修订之内开始，在其外结束",
        "the section of `\(start.name)` begins in a link or a revision and ends outside of it"),
      at: start.range, related: [Label(Bilingual("在这里结束", "it ends here"), at: end.range)],
      notes: [
        Bilingual(
          "接受全部修订，把两个标签都放在链接之外", "accept all revisions, and put both tags outside of the link")
      ])
  }

  fileprivate static func dividedSection(_ start: TemplateTag, _ end: TemplateTag) -> Self {
    Diagnostic(
      "T0223", .error,
      Bilingual(
        "“\(start.name)”的段跨越段落，但开始或者结束的标签没有单独成段",
        "the section of `\(start.name)` spans paragraphs, but a tag of it does not stand in one of its own"
      ), at: start.range,
      related: [Label(Bilingual("在这里结束", "it ends here"), at: end.range)],
      notes: [
        Bilingual(
          "两个标签各占一个段落，在同一层；重复表格的行时，两个标签写在同一行的首末单元格里",
          "give each tag a paragraph of its own, side by side; to repeat a row, write them into its first and last cell"
        )
      ])
  }
}
