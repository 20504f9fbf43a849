/// Takes a JSON text apart without changing a byte of it.
///
/// A report may be larger than memory would bear as a tree of values, and is to be compared byte by
/// byte: so only the ranges of a few of its values are asked for.
/// It trusts that the text is well-formed, and gives nil where it cannot be.
struct JSONSlices {
  let bytes: [UInt8]

  /// The values of the fields of an object, by the fields' names.
  func fields(in range: Range<Int>) -> [String: Range<Int>]? {
    var position = start(of: range)
    guard position < range.upperBound, bytes[position] == UInt8(ascii: "{") else { return nil }
    position = skipSpace(from: position + 1)
    var fields: [String: Range<Int>] = [:]
    while position < range.upperBound, bytes[position] != UInt8(ascii: "}") {
      guard let name = value(at: position, in: range) else { return nil }
      position = skipSpace(from: name.upperBound)
      guard position < range.upperBound, bytes[position] == UInt8(ascii: ":"),
        let value = value(at: skipSpace(from: position + 1), in: range)
      else { return nil }
      fields[String(decoding: bytes[name].dropFirst().dropLast(), as: UTF8.self)] = value
      position = skipSpace(from: value.upperBound)
      if position < range.upperBound, bytes[position] == UInt8(ascii: ",") {
        position = skipSpace(from: position + 1)
      }
    }
    return position < range.upperBound ? fields : nil
  }

  /// The elements of an array.
  func elements(in range: Range<Int>) -> [Range<Int>]? {
    var position = start(of: range)
    guard position < range.upperBound, bytes[position] == UInt8(ascii: "[") else { return nil }
    position = skipSpace(from: position + 1)
    var elements: [Range<Int>] = []
    while position < range.upperBound, bytes[position] != UInt8(ascii: "]") {
      guard let value = value(at: position, in: range) else { return nil }
      elements.append(value)
      position = skipSpace(from: value.upperBound)
      if position < range.upperBound, bytes[position] == UInt8(ascii: ",") {
        position = skipSpace(from: position + 1)
      }
    }
    return position < range.upperBound ? elements : nil
  }

  func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func start(of range: Range<Int>) -> Int { skipSpace(from: range.lowerBound) }

  private func skipSpace(from start: Int) -> Int {
    var position = start
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
      position += 1
    }
    return position
  }

  /// The value that begins at a place; nil if it does not end, or is empty.
  private func value(at start: Int, in range: Range<Int>) -> Range<Int>? {
    var depth = 0
    var position = start
    while position < range.upperBound {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        while position < range.upperBound, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
        if depth == 0 { return position <= range.upperBound ? start..<position : nil }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return position > start ? start..<position : nil }
        depth -= 1
        position += 1
        if depth == 0 { return start..<position }
      case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ":"):
        if depth == 0 { return position > start ? start..<position : nil }
        position += 1
      default: position += 1
      }
    }
    return nil
  }

  /// A value over several lines, whatever its layout was.
  func indented(_ range: Range<Int>) -> String {
    var text: [UInt8] = []
    var depth = 0
    var position = range.lowerBound
    func breakLine() {
      text.append(0x0A)
      text += repeatElement(0x20, count: 2 * depth)
    }
    while position < range.upperBound {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        if let string = value(at: position, in: range) {
          text += bytes[string]
          position = string.upperBound
          continue
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        text.append(byte)
        depth += 1
        let next = skipSpace(from: position + 1)
        if next < range.upperBound, [0x7D, 0x5D].contains(bytes[next]) {
          text.append(bytes[next])
          depth -= 1
          position = next
        } else {
          breakLine()
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        breakLine()
        text.append(byte)
      case UInt8(ascii: ","):
        text.append(byte)
        breakLine()
      case UInt8(ascii: ":"): text += [byte, 0x20]
      case 0x20, 0x0A, 0x0D, 0x09: break
      default: text.append(byte)
      }
      position += 1
    }
    return String(decoding: text, as: UTF8.self)
  }
}
