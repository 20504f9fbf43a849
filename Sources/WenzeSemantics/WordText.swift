import WenzeSyntax

// How the texts of documents are compared with words: most are none of them, which their bytes tell.

extension String {
  /// The text without white space around it.
  func trimmingSpaces() -> String {
    guard mayHaveSpaceAround, let first = unicodeScalars.first, let last = unicodeScalars.last,
      first.properties.isWhitespace || last.properties.isWhitespace
    else { return self }
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  /// Whether the text is empty but for white space.
  var isBlank: Bool { isEmpty || mayHaveSpaceAround && trimmingSpaces().isEmpty }

  /// Whether the text is one of two short words, with white space around it or not.
  func isWord(_ word: String, or other: String) -> Bool {
    if mayHaveSpaceAround { return [word, other].contains(trimmingSpaces()) }
    // However a short word is encoded, it does not have so many bytes.
    guard utf8.count <= 16, let first = utf8.first else { return false }
    // No normal form changes ASCII or an ideograph that a text begins with.
    if first < 0x80 || 0xE5...0xE9 ~= first, first != word.utf8.first, first != other.utf8.first {
      return false
    }
    return isPlain
      ? hasBytes(of: word) || hasBytes(of: other) : [word, other].contains(self)
  }

  /// Whether the text may begin or end with white space, by the first byte of the character there.
  private var mayHaveSpaceAround: Bool {
    let bytes = utf8.span
    guard bytes.count > 0 else { return false }
    var last = bytes.count - 1
    while last > 0, bytes[last] & 0xC0 == 0x80 { last -= 1 }
    return bytes[0].mayBeginSpace || bytes[last].mayBeginSpace
  }
}

extension UInt8 {
  /// Whether a character of white space may begin with the byte: there are some up to U+3000.
  fileprivate var mayBeginSpace: Bool {
    switch self {
    case 0x21...0x7F, 0xE4...: false
    default: true
    }
  }
}
