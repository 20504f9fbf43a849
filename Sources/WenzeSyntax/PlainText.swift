extension String {
  /// Whether the text has nothing but ASCII and unified ideographs (U+4E00…U+9FFF).
  ///
  /// No normal form changes these, so that such texts are equal just if their bytes are: comparing
  /// texts in general has to look for what is canonically equivalent, which takes much longer.
  package var isPlain: Bool {
    let bytes = utf8.span
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        position += 1
      } else if 0xE5...0xE9 ~= byte || byte == 0xE4 && bytes[position + 1] >= 0xB8 {
        position += 3
      } else {
        return false
      }
    }
    return true
  }

  /// Whether the text is one of ideographs alone (U+4E00…U+9FFF): each three bytes are a character.
  package var isIdeographs: Bool {
    let bytes = utf8.span
    guard bytes.count % 3 == 0 else { return false }
    for position in stride(from: 0, to: bytes.count, by: 3) {
      guard 0xE5...0xE9 ~= bytes[position] || bytes[position] == 0xE4 && bytes[position + 1] >= 0xB8
      else { return false }
    }
    return true
  }

  /// Whether the text has the bytes of another.
  package func hasBytes(of other: String) -> Bool {
    utf8.span.isSame(as: other.utf8.span)
  }
}

extension Span<UInt8> {
  package func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for position in indices where self[position] != other[position] { return false }
    return true
  }
}
