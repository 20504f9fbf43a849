/// Adds styles of cells to those that a workbook has.
struct StylesPatch {
  private let bytes: [UInt8]
  private var layout = RootLayout()
  /// The tag or element of each style.
  private var styles: [Range<Int>] = []
  private var firstFont = "0"
  private var added: [String: [String]] = [:]
  private var known: [String: Int] = [:]
  private let prefix: String

  /// Where the lists of a style sheet stand.
  private static let order = [
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
  ]

  init(_ bytes: [UInt8], part: String) throws(WorkbookProblem) {
    var layout = RootLayout()
    var styles: [Range<Int>] = []
    var isInCells = false
    var depth = 0
    var font: String?
    try readPart(bytes, part) { event in
      layout.read(event)
      switch event {
      case .start(let element):
        if element.name.local == "cellXfs" {
          isInCells = true
          depth = 0
        } else if isInCells {
          if depth == 0 {
            styles.append(element.range)
            font = font ?? element["fontId"] ?? "0"
          }
          depth += 1
        }
      case .end(let name, let range):
        if name.local == "cellXfs" {
          isInCells = false
        } else if isInCells {
          depth -= 1
          if depth == 0 {
            let start = styles[styles.count - 1].lowerBound
            styles[styles.count - 1] =
              start..<max(range.upperBound, styles[styles.count - 1].upperBound)
          }
        }
      case .text: break
      }
    }
    self.bytes = bytes
    self.layout = layout
    self.styles = styles
    firstFont = font ?? "0"
    prefix = WrittenTag(layout.root, in: bytes).prefix
  }

  /// A style sheet with nothing but the usual style.
  static func empty(namespace: String) -> [UInt8] {
    Array(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <styleSheet xmlns="\(namespace)"><fonts count="1"><font><sz val="11"/><name val="宋体"/><family val="3"/><charset val="134"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
      """.utf8)
  }

  /// A new style that is another one on a ground of a colour.
  mutating func style(_ number: Int, on colour: String) -> Int {
    let fill = fill(colour)
    let key = "on \(number) \(fill)"
    if let known = known[key] { return known }
    let element: String
    if styles.indices.contains(number) {
      let start = styles[number]
      let tagEnd = tagEnd(from: start.lowerBound)
      var tag = WrittenTag(start.lowerBound..<tagEnd, in: bytes)
      tag.set("fillId", to: "\(fill)")
      tag.set("applyFill", to: "1")
      element =
        tag.string + String(decoding: bytes[tagEnd..<start.upperBound], as: UTF8.self)
    } else {
      element =
        #"<\#(prefix)xf numFmtId="0" fontId="\#(firstFont)" fillId="\#(fill)" borderId="0" xfId="0" applyFill="1"/>"#
    }
    let index = add(element, to: "cellXfs", existing: styles.count)
    known[key] = index
    return index
  }

  /// A new style for cells that are written anew.
  mutating func style(_ look: CellLook) -> Int {
    let fill = look.ground.map { self.fill($0) } ?? 0
    let border =
      look.hasBorder
      ? addOnce(
        "<\(prefix)border>"
          + ["left", "right", "top", "bottom"].map {
            #"<\#(prefix)\#($0) style="thin"><\#(prefix)color rgb="FFBFBFBF"/></\#(prefix)\#($0)>"#
          }.joined() + "<\(prefix)diagonal/></\(prefix)border>", to: "borders") : 0
    let font = look.font.map { addOnce(self.font($0), to: "fonts") }
    let alignment =
      #"<\#(prefix)alignment horizontal="\#(look.isCentred ? "center" : "left")" vertical="\#(look.isHead ? "center" : "top")" wrapText="1"/>"#
    return addOnce(
      #"<\#(prefix)xf numFmtId="0" fontId="\#(font.map { "\($0)" } ?? firstFont)" fillId="\#(fill)" borderId="\#(border)" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">\#(alignment)</\#(prefix)xf>"#,
      to: "cellXfs", existing: styles.count)
  }

  func finished() -> [UInt8] {
    var splices = Splices()
    for name in ["fonts", "fills", "borders", "cellXfs"] {
      guard let elements = added[name], !elements.isEmpty else { continue }
      if let child = layout.child(name) {
        RootLayout.append(
          elements.joined(), to: child, count: child.count + elements.count, in: bytes, &splices)
      } else {
        let index = StylesPatch.order.firstIndex(of: name) ?? 0
        let text =
          #"<\#(prefix)\#(name) count="\#(elements.count)">\#(elements.joined())</\#(prefix)\#(name)>"#
        splices.insert(
          text, at: layout.offset(before: Set(StylesPatch.order[(index + 1)...])))
      }
    }
    return splices.applied(to: bytes)
  }

  // MARK: - Parts

  private mutating func fill(_ colour: String) -> Int {
    addOnce(
      #"<\#(prefix)fill><\#(prefix)patternFill patternType="solid"><\#(prefix)fgColor rgb="FF\#(colour)"/><\#(prefix)bgColor indexed="64"/></\#(prefix)patternFill></\#(prefix)fill>"#,
      to: "fills")
  }

  private func font(_ font: CellLook.Font) -> String {
    let colour =
      switch font {
      case .head: "FFFFFFFF"
      case .link: "FF0563C1"
      case .small: "FF595959"
      case .bold: "FF000000"
      }
    return "<\(prefix)font>"
      + (font == .head || font == .bold ? "<\(prefix)b/>" : "")
      + (font == .link ? "<\(prefix)u/>" : "")
      + #"<\#(prefix)sz val="\#(font == .small ? 9 : 11)"/><\#(prefix)color rgb="\#(colour)"/>"#
      + #"<\#(prefix)name val="宋体"/><\#(prefix)family val="3"/><\#(prefix)charset val="134"/>"#
      + "</\(prefix)font>"
  }

  private mutating func addOnce(_ element: String, to list: String, existing: Int? = nil) -> Int {
    let key = list + element
    if let known = known[key] { return known }
    let index = add(element, to: list, existing: existing ?? layout.child(list)?.count ?? 0)
    known[key] = index
    return index
  }

  private mutating func add(_ element: String, to list: String, existing: Int) -> Int {
    let index = existing + (added[list]?.count ?? 0)
    added[list, default: []].append(element)
    return index
  }

  private func tagEnd(from start: Int) -> Int {
    var position = start
    var quote: UInt8?
    while position < bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return position + 1
      }
      position += 1
    }
    return position
  }
}

/// How a cell looks that is written anew.
package struct CellLook: Hashable, Sendable {
  package enum Font: Hashable, Sendable {
    case head
    case bold
    case link
    case small
  }

  package var font: Font?
  /// The colour behind it, as six hexadecimal digits.
  package var ground: String?
  package var hasBorder: Bool
  package var isCentred: Bool
  package var isHead: Bool

  package init(
    font: Font? = nil, ground: String? = nil, hasBorder: Bool = true, isCentred: Bool = false,
    isHead: Bool = false
  ) {
    self.font = font
    self.ground = ground
    self.hasBorder = hasBorder
    self.isCentred = isCentred
    self.isHead = isHead
  }
}
