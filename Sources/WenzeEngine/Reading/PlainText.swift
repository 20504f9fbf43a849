extension UnsafeRawBufferPointer {
  /// Whether a text is no word that stands for something else, and neither begins nor ends with
  /// white space.
  @inline(__always)
  var isPlain: Bool {
    guard count > 0, self[0] > 0x20, self[count - 1] > 0x20 else { return false }
    if self[0] >= 0xC2, mayBeSpace(at: 0) { return false }
    if self[count - 1] >= 0x80 {
      if count >= 2, self[count - 2] == 0xC2, mayBeSpace(at: count - 2) { return false }
      if count >= 3, mayBeSpace(at: count - 3) { return false }
    }
    // 无, none, 不详 and unknown stand for something else.
    switch count {
    case 3: return !(self[0] == 0xE6 && self[1] == 0x97 && self[2] == 0xA0)
    case 4: return !elementsEqual("none".utf8)
    case 6: return !(self[0] == 0xE4 && elementsEqual("不详".utf8))
    case 7: return !(self[0] == 0x75 && elementsEqual("unknown".utf8))
    default: return true
    }
  }

  /// Whether a character beyond ASCII begins here that may be white space.
  @inline(__always)
  private func mayBeSpace(at place: Int) -> Bool {
    switch self[place] {
    case 0xC2: return self[place + 1] == 0x85 || self[place + 1] == 0xA0
    case 0xE1: return self[place + 1] == 0x9A
    case 0xE2:
      let last = self[place + 2]
      return self[place + 1] == 0x81
        || self[place + 1] == 0x80 && (last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF)
    case 0xE3: return self[place + 1] == 0x80 && self[place + 2] == 0x80
    default: return false
    }
  }
}
