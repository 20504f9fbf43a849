// How the language sees single characters.

/// Folds full-width punctuation and digits to the ASCII characters that they stand for.
func foldedPunctuation(_ scalar: UInt32) -> UInt32 {
  switch scalar {
  case 0xFF10...0xFF19: scalar - 0xFEE0  // ０–９
  case 0xFF08, 0xFF09, 0xFF0B, 0xFF0C, 0xFF0D, 0xFF0E, 0xFF0F: scalar - 0xFEE0  // （）＋，－．／
  case 0xFF1A, 0xFF1B, 0xFF1C, 0xFF1D, 0xFF1E: scalar - 0xFEE0  // ：；＜＝＞
  case 0xFF3B, 0xFF3D, 0xFF5B, 0xFF5C, 0xFF5D: scalar - 0xFEE0  // ［］｛｜｝
  case 0xFF01, 0xFF02, 0xFF05, 0xFF0A: scalar - 0xFEE0  // ！＂％＊
  case 0x3010: 0x5B  // 【
  case 0x3011: 0x5D  // 】
  case 0x3001: 0x2C  // 、
  case 0x3002: 0x2E  // 。
  case 0x2212: 0x2D  // −
  default: scalar
  }
}

func isDigit(_ scalar: UInt32) -> Bool {
  (0x30...0x39).contains(scalar)
}

func isLineBreak(_ byte: UInt8) -> Bool {
  byte == 0x0A || byte == 0x0D
}

func isSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x20, 0x09...0x0D, 0x3000, 0xA0, 0xFEFF, 0x2028, 0x2029, 0x85: true
  default: false
  }
}

func isIdentifierStart(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x4E00...0x9FFF: true
  case 0..<0x80: false
  default: Unicode.Scalar(scalar)?.properties.isXIDStart ?? false
  }
}

func isIdentifierContinue(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x4E00...0x9FFF: true
  case 0..<0x80: false
  default: Unicode.Scalar(scalar)?.properties.isXIDContinue ?? false
  }
}

extension StringProtocol {
  /// The text with full-width punctuation and digits folded to ASCII.
  package func foldingFullWidth() -> String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return String(self) }
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      scalars.append(Unicode.Scalar(foldedPunctuation(scalar.value)) ?? scalar)
    }
    return String(scalars)
  }
}
