/// A text as HTML and XML show it, in an element or a quoted attribute: nothing in it is markup, and
/// what nobody can see, or what would turn the direction of what stands around it, is written out.
package func escapedMarkup(_ text: String) -> String {
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
