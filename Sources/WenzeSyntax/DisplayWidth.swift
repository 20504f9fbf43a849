// How text looks in a terminal: how many columns it takes, and what must not be printed raw.

/// The number of terminal columns of a scalar: 0, 1 or 2.
package func displayWidth(of scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  // CJK ideographs, the most of any text here, need no search.
  if value < 0xA0 { return 1 }
  if (0x3400...0x4DBF).contains(value) || (0x4E00...0x9FFF).contains(value) { return 2 }
  if isIn(zeroWidthRanges, value) { return 0 }
  return isIn(doubleWidthRanges, value) ? 2 : 1
}

/// The number of terminal columns of a text as ``displayed(_:)`` shows it.
package func displayWidth(of text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    width + (visibleForm(of: scalar)?.utf8.count ?? displayWidth(of: scalar))
  }
}

/// The text with each tab as four spaces and each character escaped that would act on the terminal
/// or reorder what stands around it.
package func displayed(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if let form = visibleForm(of: scalar) {
      result += form
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// What stands for a scalar that must not be printed raw; always ASCII, so a column a byte.
func visibleForm(of scalar: Unicode.Scalar) -> String? {
  if scalar == "\t" { return "    " }
  guard isUnprintable(scalar.value) else { return nil }
  return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
}

private func isUnprintable(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x20..<0x7F: false
  case 0..<0xA0: true
  case 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F: true
  case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
  default: false
  }
}

/// Whether a value lies in one of the inclusive ranges, given as first and last in turn.
private func isIn(_ ranges: [UInt32], _ value: UInt32) -> Bool {
  var low = 0
  var high = ranges.count / 2
  while low < high {
    let middle = (low + high) / 2
    if ranges[2 * middle + 1] < value { low = middle + 1 } else { high = middle }
  }
  return low < ranges.count / 2 && ranges[2 * low] <= value
}
