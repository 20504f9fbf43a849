import WenzeOffice
import WenzeSyntax

/// A part of a document of Word, such as its body or a footer, with what its paragraphs say.
struct WordPart {
  let bytes: [UInt8]
  /// The elements, in the order of their starts.
  private(set) var elements: [Element] = []
  private(set) var paragraphs: [Paragraph] = []
  /// The text of the paragraphs, a line each.
  private(set) var source: Source

  struct Element {
    /// The local name; empty for one of another namespace.
    var name: String
    var parent: Int?
    var start: Range<Int>
    /// The whole of it.
    var range: Range<Int>
  }

  struct Paragraph {
    var element: Int
    /// The line of the source.
    var range: SourceRange
    var pieces: [Piece] = []
  }

  /// A text of a run, and where it stands in the source.
  struct Piece {
    var element: Int
    var range: SourceRange
  }

  private static let namespaces: Set<String> = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
  ]

  init(_ bytes: [UInt8], path: String) throws(XMLProblem) {
    self.bytes = bytes
    source = Source(path: path, text: "")
    var reading = Reading()
    try readXML(bytes) { event throws(XMLProblem) in reading.add(event) }
    elements = reading.elements
    var text = ""
    var offset = 0
    for (element, pieces) in reading.paragraphs {
      let start = offset
      var paragraph = Paragraph(element: element, range: SourceRange(start, start))
      for (piece, words) in pieces {
        // A paragraph is a line.
        let words = String(words.map { $0.isNewline ? " " : $0 })
        let end = offset + words.utf8.count
        if let piece {
          paragraph.pieces.append(Piece(element: piece, range: SourceRange(offset, end)))
        }
        text += words
        offset = end
      }
      paragraph.range = SourceRange(start, offset)
      paragraphs.append(paragraph)
      text += "\n"
      offset += 1
    }
    source = Source(path: path, text: text)
  }

  /// Whether an element is of a name of WordprocessingML.
  static func name(_ name: XMLName) -> String {
    namespaces.contains(name.namespace) ? name.local : ""
  }

  /// The elements around one, itself first.
  func chain(from element: Int) -> [Int] {
    var chain = [element]
    while let parent = elements[chain[chain.count - 1]].parent { chain.append(parent) }
    return chain
  }

  /// Gathers elements and texts.
  private struct Reading {
    var elements: [Element] = []
    var open: [Int] = []
    /// Each paragraph with its texts; one without an element is a break or a tab.
    var paragraphs: [(element: Int, pieces: [(element: Int?, words: String)])] = []
    /// The numbers of the paragraphs that are open: text boxes stand in paragraphs.
    var openParagraphs: [Int] = []

    mutating func add(_ event: XMLEvent) {
      switch event {
      case .start(let start):
        let name = WordPart.name(start.name)
        elements.append(
          Element(name: name, parent: open.last, start: start.range, range: start.range))
        open.append(elements.count - 1)
        switch name {
        case "p":
          openParagraphs.append(paragraphs.count)
          paragraphs.append((elements.count - 1, []))
        case "tab", "br", "cr":
          // Where a run has one: properties have tabs of another kind.
          if elements[elements.count - 1].parent.map({ elements[$0].name }) == "r" { say(nil, " ") }
        case "t": say(elements.count - 1, "")
        default: break
        }
      case .text(let words, _):
        guard let element = open.last, elements[element].name == "t" else { return }
        say(element, words)
      case .end(_, let range):
        guard let element = open.popLast() else { return }
        let start = elements[element].start
        elements[element].range = start.lowerBound..<max(start.upperBound, range.upperBound)
        if elements[element].name == "p" { openParagraphs.removeLast() }
      }
    }

    private mutating func say(_ element: Int?, _ words: String) {
      guard let paragraph = openParagraphs.last else { return }
      if let element, paragraphs[paragraph].pieces.last?.element == element {
        let last = paragraphs[paragraph].pieces.count - 1
        paragraphs[paragraph].pieces[last].words += words
      } else {
        paragraphs[paragraph].pieces.append((element, words))
      }
    }
  }
}
