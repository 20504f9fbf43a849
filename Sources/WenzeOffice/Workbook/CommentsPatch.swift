import WenzeSyntax

/// Adds comments to those of a sheet.
///
/// Old programs draw a comment as a shape, which stands in a part of its own.
struct CommentsPatch {
  /// The part as it is; nil where the sheet has none yet.
  private let bytes: [UInt8]?
  private let names: OfficeNames
  private var layout = RootLayout()
  private var authorCount = 0
  private var known: [CellReference: Comment] = [:]

  private struct Comment {
    /// Where another run of text may be added.
    var end: Int
    /// The text that stands in no run.
    var bare: Range<Int>?
    /// The tag of a comment without any text, which is its end too.
    var empty: Range<Int>?
  }

  init(_ bytes: [UInt8]?, part: String, _ names: OfficeNames) throws(WorkbookProblem) {
    self.bytes = bytes
    self.names = names
    guard let bytes else { return }
    var layout = RootLayout()
    var authors = 0
    var known: [CellReference: Comment] = [:]
    var cell: CellReference?
    var comment: Comment?
    var path: [String] = []
    try readPart(bytes, part) { event in
      layout.read(event)
      switch event {
      case .start(let element):
        let name = element.name.local
        if name == "author" { authors += 1 }
        if name == "comment" {
          cell = element["ref"].flatMap { CellReference($0) }
          comment = nil
        }
        if name == "text", path.last == "comment" {
          let isEmpty = WrittenTag(element.range, in: bytes).isEmptyElement
          comment = Comment(
            end: element.range.upperBound, empty: isEmpty ? element.range : nil)
        }
        if path.last == "text", name == "t" { comment?.bare = element.range }
        path.append(name)
      case .end(let name, let range):
        path.removeLast()
        if path.last == "text", name.local == "t", let bare = comment?.bare {
          comment?.bare = bare.lowerBound..<max(bare.upperBound, range.upperBound)
          comment?.end = max(bare.upperBound, range.upperBound)
        }
        if path.last == "text", name.local == "r" {
          comment?.end = range.upperBound
        }
        if name.local == "comment", let cell, let ended = comment { known[cell] = ended }
      case .text: break
      }
    }
    self.layout = layout
    self.authorCount = authors
    self.known = known
  }

  /// Whether there is a comment at a cell already.
  func has(_ cell: CellReference) -> Bool { known[cell] != nil }

  func patched(_ comments: [CellReference: String], author: String) -> [UInt8] {
    guard let bytes, let list = layout.child("commentList") else {
      var text =
        #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
        + #"<comments xmlns="\#(names.main)"><authors><author>\#(exactXML(author))</author></authors><commentList>"#
      for cell in comments.keys.sorted() { text += element(cell, comments[cell] ?? "", 0, "") }
      return Array((text + "</commentList></comments>").utf8)
    }
    var splices = Splices()
    let prefix = WrittenTag(layout.root, in: bytes).prefix
    var new = ""
    for cell in comments.keys.sorted() {
      let text = comments[cell] ?? ""
      guard let comment = known[cell] else {
        new += element(cell, text, authorCount, prefix)
        continue
      }
      if let empty = comment.empty {
        let tag = WrittenTag(empty, in: bytes)
        splices.replace(empty, with: tag.opened + run(text, prefix) + "</\(tag.name)>")
        continue
      }
      if let bare = comment.bare {
        splices.insert("<\(prefix)r>", at: bare.lowerBound)
        splices.insert("</\(prefix)r>", at: bare.upperBound)
      }
      splices.insert(run("\n\n" + text, prefix), at: comment.end)
    }
    if !new.isEmpty {
      let author = "<\(prefix)author>\(exactXML(author))</\(prefix)author>"
      if let authors = layout.child("authors") {
        RootLayout.append(author, to: authors, count: nil, in: bytes, &splices)
      } else {
        splices.insert(
          "<\(prefix)authors>\(author)</\(prefix)authors>", at: list.start.lowerBound)
      }
      RootLayout.append(new, to: list, count: nil, in: bytes, &splices)
    }
    return splices.applied(to: bytes)
  }

  private func element(
    _ cell: CellReference, _ text: String, _ author: Int, _ prefix: String
  ) -> String {
    #"<\#(prefix)comment ref="\#(columnLetters(cell.column))\#(cell.row)" authorId="\#(author)">"#
      + "<\(prefix)text>\(run(text, prefix))</\(prefix)text></\(prefix)comment>"
  }

  private func run(_ text: String, _ prefix: String) -> String {
    #"<\#(prefix)r><\#(prefix)rPr><\#(prefix)sz val="10"/><\#(prefix)rFont val="宋体"/><\#(prefix)family val="3"/><\#(prefix)charset val="134"/></\#(prefix)rPr><\#(prefix)t xml:space="preserve">\#(cellXML(text))</\#(prefix)t></\#(prefix)r>"#
  }
}

/// Adds the shapes of comments to a drawing, which old programs write as they like: it is not read
/// as XML.
func patchedDrawing(_ bytes: [UInt8]?, _ comments: [(cell: CellReference, text: String)]) -> [UInt8]
{
  let old = bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  let isNew = old.lastRange(of: "</xml>") == nil
  var text = ""
  if isNew {
    text +=
      #"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>"#
  }
  let declared =
    ["v", "o", "x"].allSatisfy { old.contains("xmlns:\($0)=") } || isNew
    ? ""
    : #" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel""#
  text +=
    #"<v:shapetype\#(declared) id="_x0000_wenze" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>"#
  let kind = "#_x0000_wenze"
  let yellow = "#ffffe1"
  var number = lastShape(in: old)
  for (cell, words) in comments {
    number += 1
    let lines = min(28, lineCount(words))
    let (row, column) = (cell.row - 1, cell.column - 1)
    let firstRow = max(0, row - 1)
    let lastRow = min(CellReference.lastRow - 1, firstRow + max(4, lines))
    let (left, right) = (
      min(CellReference.lastColumn - 2, column + 1), min(CellReference.lastColumn - 1, column + 6)
    )
    text +=
      #"<v:shape\#(declared) id="_x0000_s\#(number)" type="\#(kind)" style="position:absolute;margin-left:60pt;margin-top:2pt;width:300pt;height:\#(lines * 14 + 10)pt;z-index:\#(number - 1024);visibility:hidden" fillcolor="\#(yellow)" o:insetmode="auto"><v:fill color2="\#(yellow)"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>\#(left), 15, \#(firstRow), 4, \#(right), 15, \#(lastRow), 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>\#(row)</x:Row><x:Column>\#(column)</x:Column></x:ClientData></v:shape>"#
  }
  if isNew { return Array((text + "</xml>").utf8) }
  guard let bytes, let end = lastOffset(of: Array("</xml>".utf8), in: bytes) else { return [] }
  return Array(bytes[..<end]) + Array(text.utf8) + Array(bytes[end...])
}

/// The greatest number of a shape, at least that before the first usual one.
private func lastShape(in text: String) -> Int {
  var last = 1_024
  var rest = text[...]
  while let mark = rest.firstRange(of: "_x0000_s") {
    rest = rest[mark.upperBound...]
    if let number = Int(rest.prefix { $0.isNumber }), number < 1 << 30 { last = max(last, number) }
  }
  return last
}

private func lineCount(_ text: String) -> Int {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .reduce(0) { $0 + max(1, (displayWidth(of: $1) + 51) / 52) }
}

private func lastOffset(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
  var start = bytes.count - pattern.count
  while start >= 0 {
    if bytes[start..<start + pattern.count].elementsEqual(pattern) { return start }
    start -= 1
  }
  return nil
}

extension String {
  fileprivate func lastRange(of other: String) -> Range<String.Index>? {
    ranges(of: other).last
  }
}
