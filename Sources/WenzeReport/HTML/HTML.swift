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
      text += escapedHTML(words)
    }

    package mutating func appendInterpolation(_ number: Int) {
      text += String(number)
    }

    /// Words in both languages, of which the page shows one.
    package mutating func appendInterpolation(_ words: Bilingual) {
      if words.chinese == words.english {
        text += "<bdi>" + escapedHTML(words.chinese) + "</bdi>"
      } else {
        text += "<bdi lang=zh>" + escapedHTML(words.chinese) + "</bdi>"
        text += "<bdi lang=en>" + escapedHTML(words.english) + "</bdi>"
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

/// A text as HTML shows it, in an element or a quoted attribute: nothing in it is markup, and what
/// nobody can see, or what would turn the direction of what stands around it, is written out.
package func escapedHTML(_ text: String) -> String {
  guard text.utf8.contains(where: { $0.needsLook }) else { return text }
  var result = ""
  result.reserveCapacity(text.utf8.count + 16)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\n", "\u{2028}", "\u{2029}": result += "\n"
    case "\r": break
    case _ where scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value):
      // No characters at all.
      result += "\u{FFFD}"
    case _ where scalar.value < 0x7F && scalar.value >= 0x20: result.unicodeScalars.append(scalar)
    default: result += displayed(String(scalar))
    }
  }
  return result
}

extension UInt8 {
  /// Whether a character with the byte may have to be written in another way: ideographs need not.
  fileprivate var needsLook: Bool {
    switch self {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0...0x1F, 0x7F: true
    case 0xC2, 0xCC...0xDF, 0xE0...0xE2, 0xEF...: true
    default: false
    }
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
