/// The number of a cell without a power of ten, to the 15 digits that spreadsheets count on.
///
/// - Returns: the text, and whether digits past the fifteenth were lost; nil for what is no number.
package func numberText(_ text: String) -> (text: String, lostDigits: Bool)? {
  let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
  if !body.isEmpty, body.utf8.count <= 15, body.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
    return (text, false)
  }
  guard let value = Double(text), value.isFinite, abs(value) < 1e300 else { return nil }
  let (digits, power) = roundedDigits(value)
  if digits == "0" { return ("0", false) }
  let sign = value < 0 ? "-" : ""
  let zeros = { (count: Int) in String(repeating: "0", count: max(0, count)) }
  guard abs(power) < 400 else { return nil }
  if power >= 0 {
    let whole = digits + zeros(power)
    return (sign + whole, whole.utf8.count > 15)
  }
  let point = digits.utf8.count + power
  let start = point > 0 ? String(digits.prefix(point)) : "0"
  let end = point > 0 ? String(digits.dropFirst(point)) : zeros(-point) + digits
  return (sign + start + "." + end, false)
}

/// At most 15 digits without zeros at the end, and the power of ten to multiply them by.
private func roundedDigits(_ value: Double) -> (digits: String, power: Int) {
  var text = "\(abs(value))"
  var power = 0
  if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
    power = Int(text[text.index(after: mark)...]) ?? 0
    text = String(text[..<mark])
  }
  if let point = text.firstIndex(of: ".") {
    power -= text.distance(from: text.index(after: point), to: text.endIndex)
    text.remove(at: point)
  }
  var digits = Array(text.utf8.drop { $0 == 0x30 })
  if digits.count > 15 {
    let next = digits[15]
    power += digits.count - 15
    digits.removeLast(digits.count - 15)
    if next >= 0x35 {
      var index = digits.count - 1
      while index >= 0, digits[index] == 0x39 {
        digits[index] = 0x30
        index -= 1
      }
      if index >= 0 { digits[index] += 1 } else { digits.insert(0x31, at: 0) }
    }
  }
  while digits.count > 0, digits.last == 0x30 {
    digits.removeLast()
    power += 1
  }
  return digits.isEmpty ? ("0", 0) : (String(decoding: digits, as: UTF8.self), power)
}
