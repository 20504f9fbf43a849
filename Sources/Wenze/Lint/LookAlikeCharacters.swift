import WenzeSyntax

// Which characters look alike: those of Unicode (UTS #39), and more.

/// What two texts have in common if they look alike.
///
/// Texts that are the same once they are decomposed are the same to Swift, and need no step here.
func skeleton(of text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    for plain in (lookAlikes[scalar.narrow] ?? [scalar.narrow]) {
      result.append(strokes[plain] ?? plain)
    }
  }
  return String(result)
}

extension Unicode.Scalar {
  /// The plain characters, ASCII or Chinese, that it only looks like; nil for what is plain itself,
  /// and for what is like none.
  var plainLookAlike: String? {
    guard value >= 0x80, !properties.isIdeographic, narrow == self else { return nil }
    // A digit of another script means more than how it looks.
    if properties.generalCategory == .decimalNumber, let number = properties.numericValue {
      return String(Int(number))
    }
    return lookAlikes[self].map { String(String.UnicodeScalarView($0)) }
  }

  /// The same without the width of a Chinese character.
  fileprivate var narrow: Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(value) else { return self }
    return Unicode.Scalar(value - 0xFEE0) ?? self
  }
}

/// What each character looks like, by the confusables of Unicode.
private let lookAlikes: [Unicode.Scalar: [Unicode.Scalar]] = {
  var found: [Unicode.Scalar: [Unicode.Scalar]] = [:]
  func scalars(_ numbers: ArraySlice<UInt32>) -> [Unicode.Scalar] {
    numbers.compactMap { Unicode.Scalar($0) }
  }
  for index in stride(from: 0, to: confusables.count, by: 2) {
    guard let scalar = Unicode.Scalar(confusables[index]) else { continue }
    found[scalar] = scalars(confusables[index + 1...index + 1])
  }
  var index = 0
  while index < confusablesWithSeveral.count {
    let end = index + 2 + Int(confusablesWithSeveral[index + 1])
    if let scalar = Unicode.Scalar(confusablesWithSeveral[index]) {
      found[scalar] = scalars(confusablesWithSeveral[(index + 2)..<end])
    }
    index = end
  }
  return found
}()

/// The character for which each stands that differs from it in the length of a stroke, or is drawn
/// like it in the fonts in use here, and that Unicode does not take for alike.
private let strokes: [Unicode.Scalar: Unicode.Scalar] = {
  let groups = [
    "已己巳", "未末", "日曰", "人入", "戊戌戍", "干于", "市巿", "三ミ", "才オ", "千チ", "kκ", "xχ",
  ]
  var found: [Unicode.Scalar: Unicode.Scalar] = [:]
  for scalars in groups.map({ Array($0.unicodeScalars) }) {
    for scalar in scalars { found[scalar] = scalars[0] }
  }
  return found
}()
