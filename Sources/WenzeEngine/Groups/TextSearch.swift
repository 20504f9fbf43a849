extension UnsafeRawBufferPointer {
  /// Whether other bytes stand somewhere in these; both have at least two, or no others are found.
  func hasInside(_ part: UnsafeRawBufferPointer) -> Bool {
    guard part.count >= 2, part.count <= count else { return part.isEmpty }
    let first = part.loadUnaligned(as: UInt16.self)
    for start in 0...(count - part.count)
    where loadUnaligned(fromByteOffset: start, as: UInt16.self) == first {
      if self[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }
}

extension String.UTF8View {
  /// Whether another text, of two bytes or more, stands somewhere in this one.
  func hasInside(_ part: String.UTF8View) -> Bool {
    let found = withContiguousStorageIfAvailable { whole in
      part.withContiguousStorageIfAvailable { part in
        UnsafeRawBufferPointer(whole).hasInside(UnsafeRawBufferPointer(part))
      }
    }
    return found.flatMap { $0 } ?? String(self).contains(String(part))
  }
}
