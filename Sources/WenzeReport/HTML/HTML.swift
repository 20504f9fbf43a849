package import WenzeSyntax

/// A piece of a page: whatever is interpolated into one is text, unless it is such a piece itself.
///
/// So what a document says cannot become markup: only literals of this program are taken as they
/// are. Literals keep every attribute with something interpolated in quotation marks.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  package private(set) var text: String

  package init(stringLiteral text: String) {
    self.text = text
  }

  package init(stringInterpolation: Interpolation) {
    text = stringInterpolation.text
  }

  /// What this program holds as markup, or wrote as such before.
  init(trusted text: String) {
    self.text = text
  }

  package static func += (left: inout HTML, right: HTML) {
    left.text += right.text
  }

  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }

  /// Collects the parts of a piece.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) {
      text += literal
    }

    package mutating func appendInterpolation(_ html: HTML) {
      text += html.text
    }

    package mutating func appendInterpolation(_ words: String) {
      text += escapedMarkup(words)
    }

    package mutating func appendInterpolation(_ number: Int) {
      text += String(number)
    }

    /// Words in both languages, of which the page shows one.
    package mutating func appendInterpolation(_ words: Bilingual) {
      if words.chinese == words.english {
        text += "<bdi>" + escapedMarkup(words.chinese) + "</bdi>"
      } else {
        text += "<bdi lang=zh>" + escapedMarkup(words.chinese) + "</bdi>"
        text += "<bdi lang=en>" + escapedMarkup(words.english) + "</bdi>"
      }
    }
  }
}

extension Sequence<HTML> {
  package func joined(separator: HTML = "") -> HTML {
    var result: HTML = ""
    var isFirst = true
    for piece in self {
      if !isFirst { result += separator }
      result += piece
      isFirst = false
    }
    return result
  }
}

/// A text that is not longer than a page can bear, with how much was left out.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.utf8.count > limit,
    let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex),
    end < text.endIndex
  else { return text }
  let rest = text[end...].unicodeScalars.count
  return text[..<end] + "… (+\(rest))"
}

func shortened(_ words: Bilingual, to limit: Int) -> Bilingual {
  Bilingual(shortened(words.chinese, to: limit), shortened(words.english, to: limit))
}
