/// How much of a number of a person stays.
package enum NumberMasking: Hashable, Sendable {
  /// The last four digits, by which those who sign for a finding tell two numbers apart.
  case keepsLastFour
  case keepsNothing
}

/// A text in which stars stand for the digits of identity cards, telephones and bank cards.
///
/// Every other character keeps its offset. Only what has the form of such a number is masked, so
/// that dates, document numbers, sums and codes of organisations stay: digits may be half or full
/// width, and stand in the groups in which people write them, but must not be part of a longer
/// number, of a decimal or of a word.
package func maskingPersonalNumbers(in text: String, _ masking: NumberMasking) -> String {
  guard mayHoldNumber(text.utf8) else { return text }
  var scalars = Array(text.unicodeScalars)
  let scan = NumberScan(scalars)
  var offset = 0
  var isMasked = false
  while offset < scalars.count {
    guard scan.digits[offset] != nil else {
      offset += 1
      continue
    }
    guard let number = scan.number(at: offset) else {
      offset = scan.endOfDigits(from: offset)
      continue
    }
    let positions = number.filter { scan.isMaskable($0) }
    for position in positions.dropLast(masking == .keepsLastFour ? 4 : 0) {
      scalars[position] = scalars[position].value < 0x80 ? "*" : "＊"
      isMasked = true
    }
    offset = number.upperBound
  }
  guard isMasked else { return text }
  var result = String.UnicodeScalarView()
  result.append(contentsOf: scalars)
  return String(result)
}

/// Whether there are as many digits as the shortest number has.
private func mayHoldNumber(_ text: String.UTF8View) -> Bool {
  var count = 0
  for byte in text {
    // The last byte of a full-width digit; what else ends so does no harm.
    if 0x30...0x39 ~= byte || 0x90...0x99 ~= byte {
      count += 1
      if count == 7 { return true }
    }
  }
  return false
}

/// A search for numbers of persons.
private struct NumberScan {
  let scalars: [Unicode.Scalar]
  /// What each character counts as a digit, of either width.
  let digits: [Int?]

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    digits = scalars.map { scalar in
      switch scalar.value {
      case 0x30...0x39: Int(scalar.value - 0x30)
      case 0xFF10...0xFF19: Int(scalar.value - 0xFF10)
      default: nil
      }
    }
  }

  func endOfDigits(from start: Int) -> Int {
    var end = start
    while end < digits.count, digits[end] != nil { end += 1 }
    return end
  }

  func isMaskable(_ position: Int) -> Bool { digits[position] != nil || isX(position) }

  private func isX(_ position: Int) -> Bool {
    scalars.indices.contains(position) && "xXｘＸ".unicodeScalars.contains(scalars[position])
  }

  /// The number that begins at the first of some digits.
  func number(at start: Int) -> Range<Int>? {
    guard mayBegin(at: start) else { return nil }
    let end = endOfDigits(from: start)
    if let end = solidNumber(start..<end), mayEnd(at: end) { return start..<end }
    if let end = groupedNumber(from: start), mayEnd(at: end) { return start..<end }
    return nil
  }

  // MARK: Bounds

  /// Words that people write right before a number.
  private static let labels: Set = ["id", "tel", "phone", "mobile", "mob", "fax", "no", "card"]

  private func mayBegin(at start: Int) -> Bool {
    guard start > 0 else { return true }
    if start > 1, ".．".unicodeScalars.contains(scalars[start - 1]), digits[start - 2] != nil {
      return false
    }
    var first = start
    while first > 0, isLetter(first - 1) { first -= 1 }
    if first == start { return true }
    let word = String(String.UnicodeScalarView(scalars[first..<start])).lowercased()
    return Self.labels.contains(word)
  }

  private func mayEnd(at end: Int) -> Bool {
    guard end < scalars.count else { return true }
    if digits[end] != nil || isLetter(end) || "元万亿%％".unicodeScalars.contains(scalars[end]) {
      return false
    }
    let isDecimal =
      ".．".unicodeScalars.contains(scalars[end]) && end + 1 < scalars.count
      && digits[end + 1] != nil
    return !isDecimal
  }

  private func isLetter(_ position: Int) -> Bool {
    switch scalars[position].value {
    case 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  // MARK: Forms

  /// The end of a number without gaps.
  private func solidNumber(_ range: Range<Int>) -> Int? {
    let number = range.compactMap { digits[$0] }
    let isNumber =
      switch number.count {
      case 17 where isX(range.upperBound): isIdentity(number)
      case 18: isIdentity(number) || isCard(number)
      case 15:
        isOldIdentity(number) || number.starts(with: [0, 0, 8, 6]) && isMobile(number.dropFirst(4))
      case 16, 17, 19: isCard(number)
      case 13: number.starts(with: [8, 6]) && isMobile(number.dropFirst(2))
      case 11: isMobile(number[...]) || isFixed(number)
      case 10, 12: isFixed(number)
      case 7, 8: number[0] > 1 && followsLabel(range.lowerBound)
      default: false
      }
    guard isNumber else { return nil }
    return number.count == 17 && isX(range.upperBound) && isIdentity(number)
      ? range.upperBound + 1 : range.upperBound
  }

  /// The end of a number that is written in groups.
  private func groupedNumber(from start: Int) -> Int? {
    var groups: [Range<Int>] = []
    var separator: [Unicode.Scalar]?
    var offset = start
    while offset < scalars.count, digits[offset] != nil, groups.count < 6 {
      let end = endOfDigits(from: offset)
      groups.append(offset..<end)
      var next = end
      while next < scalars.count, next < end + 2, isGap(next) { next += 1 }
      let gap = Array(scalars[end..<next])
      guard !gap.isEmpty, separator == nil || separator == gap else { break }
      separator = gap
      offset = next
    }
    guard groups.count > 1 else { return nil }
    let lengths = groups.map(\.count)
    func number(_ count: Int) -> [Int] { groups.prefix(count).joined().compactMap { digits[$0] } }
    let isClosed = separator.map { $0.contains(")") || $0.contains("）") } ?? false
    // The code of an area, and what follows it.
    if lengths[0] < 5, isFixed(number(2)) { return groups[1].upperBound }
    if isClosed { return nil }
    if lengths.starts(with: [3, 4, 4]), isMobile(number(3)[...]) { return groups[2].upperBound }
    if lengths.starts(with: [6, 8, 4]), isIdentity(number(3)) { return groups[2].upperBound }
    if lengths.starts(with: [6, 8, 3]), isX(groups[2].upperBound), isIdentity(number(3)) {
      return groups[2].upperBound + 1
    }
    if lengths.starts(with: [4, 4, 4, 4]) {
      if lengths.count > 4, lengths[4] < 4, isCard(number(5)) { return groups[4].upperBound }
      if isCard(number(4)) { return groups[3].upperBound }
    }
    return nil
  }

  private func isGap(_ position: Int) -> Bool {
    " -\u{3000}－–—‐‑)）".unicodeScalars.contains(scalars[position])
  }

  // MARK: Kinds

  /// The first digits of the provinces.
  private static let provinces: Set = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
  ]

  /// An identity card's, all but its check digit: by the province and the day of birth, so that a
  /// mistake in writing does not show it.
  private func isIdentity(_ number: [Int]) -> Bool {
    let year = value(number[6..<10])
    return Self.provinces.contains(value(number[0..<2])) && 1850...2099 ~= year
      && isDay(month: value(number[10..<12]), value(number[12..<14]))
  }

  private func isOldIdentity(_ number: [Int]) -> Bool {
    Self.provinces.contains(value(number[0..<2]))
      && isDay(month: value(number[8..<10]), value(number[10..<12]))
  }

  private func isDay(month: Int, _ day: Int) -> Bool { 1...12 ~= month && 1...31 ~= day }

  private func isMobile(_ number: ArraySlice<Int>) -> Bool {
    let number = Array(number)
    return number.count == 11 && number[0] == 1 && number[1] > 2
  }

  /// The code of an area with seven or eight digits.
  private func isFixed(_ number: [Int]) -> Bool {
    guard number.count > 9, number[0] == 0 else { return false }
    switch number[1] {
    case 1: return number[2] == 0 && number.count == 11
    case 2: return number.count == 11
    case 3...9: return (11...12).contains(number.count)
    default: return false
    }
  }

  /// Whether a number is a bank card's: one of China UnionPay, or any whose check digit is right.
  ///
  /// Eighteen digits that begin with 9 are the code of an enterprise.
  private func isCard(_ number: [Int]) -> Bool {
    guard (16...19).contains(number.count) else { return false }
    if number.starts(with: [6, 2]) { return true }
    guard [3, 4, 5, 6].contains(number[0]) || number[0] == 9 && number.count != 18 else {
      return false
    }
    var sum = 0
    for (place, digit) in number.reversed().enumerated() {
      let doubled = place % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// Whether a word for telephones stands before digits that say nothing by themselves.
  private func followsLabel(_ start: Int) -> Bool {
    var end = start
    while end > 0, " 　:：是为".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
    let before = String(String.UnicodeScalarView(scalars[max(0, end - 6)..<end])).lowercased()
    return ["电话", "座机", "传真", "手机", "联系方式", "tel", "tel.", "phone", "fax"]
      .contains { before.hasSuffix($0) }
  }

  private func value(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}
