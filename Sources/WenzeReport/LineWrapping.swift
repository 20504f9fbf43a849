import WenzeSyntax

/// A line broken into lines of at most a number of columns.
///
/// A break stands behind a space, or beside a wide character, but not before closing punctuation
/// nor behind an opening bracket or quotation mark. A longer word stays whole.
package func wrappedLines(of line: String, width: Int) -> [String] {
  var lines: [String] = []
  var current = ""
  var currentWidth = 0
  for piece in unbreakablePieces(of: line) {
    let pieceWidth = displayWidth(of: piece)
    if currentWidth > 0, currentWidth + displayWidth(of: piece.withoutFinalSpace) > width {
      lines.append(current.withoutFinalSpace)
      (current, currentWidth) = ("", 0)
    }
    current += piece
    currentWidth += pieceWidth
  }
  return lines + [current]
}

/// The parts of a line between the places where it may be broken.
private func unbreakablePieces(of line: String) -> [String] {
  var pieces: [String] = []
  var previous: Character?
  for character in line {
    if let previous, !mayBreak(between: previous, and: character) {
      pieces[pieces.count - 1].append(character)
    } else {
      pieces.append(String(character))
    }
    previous = character
  }
  return pieces
}

private func mayBreak(between left: Character, and right: Character) -> Bool {
  if right == " " { return false }
  if left == " " { return true }
  if "（《“‘【[(".contains(left) || "，。；：、！？）》”’】…])".contains(right) { return false }
  return isWide(left) || isWide(right)
}

private func isWide(_ character: Character) -> Bool {
  displayWidth(of: String(character)) > 1
}

extension String {
  fileprivate var withoutFinalSpace: String {
    hasSuffix(" ") ? String(dropLast()) : self
  }
}
