/// What stands between two tokens: comments and line breaks.
struct Gap {
  var comments: [Comment] = []
  /// The line breaks after the last comment.
  var breaks = 0

  struct Comment {
    /// The line breaks between what stands before and the comment.
    var breaks: Int
    /// The comment, with `\n` for each line break and no blank before one.
    var text: String
    /// Whether it goes on to the end of its line.
    var isLine: Bool
  }

  /// Reads the trivia before a token.
  init(_ trivia: Substring) {
    var rest = trivia.unicodeScalars
    while let scalar = rest.first {
      if scalar == "\r" || scalar == "\n" {
        rest.removeFirst()
        if scalar == "\r", rest.first == "\n" { rest.removeFirst() }
        breaks += 1
      } else if isSpace(scalar.value) {
        rest.removeFirst()
      } else {
        let isLine = rest.dropFirst().first != "*"
        let comment = isLine ? rest.prefix { $0 != "\r" && $0 != "\n" } : Gap.block(in: rest)
        rest.removeFirst(comment.count)
        comments.append(
          Comment(breaks: breaks, text: Gap.tidied(Substring(comment)), isLine: isLine))
        breaks = 0
      }
    }
    // What follows a comment to the end of the line can only be on another.
    if comments.last?.isLine == true { breaks = max(breaks, 1) }
  }

  private static func block(
    in text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      let following = next < text.endIndex ? text[next] : nil
      if text[index] == "/", following == "*" {
        depth += 1
        index = text.index(after: next)
      } else if text[index] == "*", following == "/" {
        depth -= 1
        index = text.index(after: next)
        if depth == 0 { break }
      } else {
        index = next
      }
    }
    return text[..<index]
  }

  private static func tidied(_ comment: Substring) -> String {
    var lines = [Substring.UnicodeScalarView()]
    var rest = comment.unicodeScalars
    while let scalar = rest.popFirst() {
      if scalar == "\r", rest.first == "\n" { continue }
      if scalar == "\r" || scalar == "\n" {
        lines.append(Substring.UnicodeScalarView())
      } else {
        lines[lines.count - 1].append(scalar)
      }
    }
    return lines.map { line in
      var line = line
      while let last = line.last, isSpace(last.value) { line.removeLast() }
      return String(line)
    }
    .joined(separator: "\n")
  }
}
