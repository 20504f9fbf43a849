import WenzeSyntax

extension Source {
  /// What is found of scalars, of each line the first with the range that it stands in: those that
  /// are wrong seldom come alone.
  ///
  /// - Parameter find: what is to be said of a scalar at a UTF-8 offset; nil: nothing.
  /// - Returns: what was found, in the order of the text.
  func firstOnEachLine<Found>(
    _ find: (Unicode.Scalar, _ offset: Int) -> Found?
  ) -> [(found: Found, range: SourceRange)] {
    var result: [(found: Found, range: SourceRange)] = []
    var offset = 0
    var lastLine = 0
    for scalar in text.unicodeScalars {
      let range = SourceRange(offset, offset + UTF8.width(scalar))
      offset = range.end
      guard let found = find(scalar, range.start) else { continue }
      let line = line(at: range.start)
      guard line != lastLine else { continue }
      lastLine = line
      result.append((found, range))
    }
    return result
  }
}
