package import WenzeSyntax

/// Turns the bytes of a file into text, without losing or replacing a character.
///
/// A byte order mark decides the encoding; without one the bytes are UTF-8 if they can be, and
/// GB18030 otherwise.
package func decodeText(_ bytes: [UInt8]) throws(UndecodableBytes) -> DecodedText {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
    return DecodedText(
      text: try decodeUTF8(bytes, from: 3, as: .utf8WithMark), encoding: .utf8WithMark)
  }
  if bytes.starts(with: [0xFF, 0xFE]) {
    return DecodedText(
      text: try decodeUTF16(bytes, as: .utf16LittleEndian), encoding: .utf16LittleEndian)
  }
  if bytes.starts(with: [0xFE, 0xFF]) {
    return DecodedText(
      text: try decodeUTF16(bytes, as: .utf16BigEndian), encoding: .utf16BigEndian)
  }
  if let text = String(validating: bytes, as: UTF8.self) {
    return DecodedText(text: text, encoding: .utf8)
  }
  if let fault = findUTF8Fault(in: bytes, from: 0), fault.charactersBefore >= 4 {
    throw UndecodableBytes(fault.range, of: bytes, encoding: .utf8)
  }
  return DecodedText(text: try decodeGB18030(bytes), encoding: .gb18030)
}

/// A text and the encoding that its file had.
package struct DecodedText: Hashable, Sendable {
  package var text: String
  package var encoding: TextEncoding
}

/// An encoding in which a file may be written.
package enum TextEncoding: Hashable, Sendable, CaseIterable {
  case utf8
  case utf8WithMark
  case utf16LittleEndian
  case utf16BigEndian
  case gb18030

  /// The name that a report shows.
  package var name: Bilingual {
    switch self {
    case .utf8: Bilingual(same: "UTF-8")
    case .utf8WithMark: Bilingual("带 BOM 的 UTF-8", "UTF-8 with BOM")
    case .utf16LittleEndian: Bilingual(same: "UTF-16LE")
    case .utf16BigEndian: Bilingual(same: "UTF-16BE")
    case .gb18030: Bilingual(same: "GB18030")
    }
  }
}

/// Bytes that are no text in the encoding of their file.
package struct UndecodableBytes: Error, Hashable, Sendable {
  package let encoding: TextEncoding
  /// The offset in the file of the first of them, in bytes from 0.
  package let offset: Int
  /// The line of the file that holds them, from 1.
  package let line: Int
  package let bytes: [UInt8]

  /// The bytes in hexadecimal: `81 30 FF`.
  package var hexadecimal: String {
    bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return byte < 0x10 ? "0" + digits : digits
    }
    .joined(separator: " ")
  }

  /// The same bytes, where the text they were found in begins somewhere in a file.
  func moved(lines: Int, offset: Int) -> UndecodableBytes {
    UndecodableBytes(
      encoding: encoding, offset: self.offset + offset, line: line + lines, bytes: bytes)
  }

  private init(encoding: TextEncoding, offset: Int, line: Int, bytes: [UInt8]) {
    self.encoding = encoding
    self.offset = offset
    self.line = line
    self.bytes = bytes
  }

  init(_ range: Range<Int>, of file: [UInt8], encoding: TextEncoding) {
    let range = range.clamped(to: file.indices)
    self.encoding = encoding
    offset = range.lowerBound
    bytes = Array(file[range])
    line =
      switch encoding {
      case .utf8, .utf8WithMark, .gb18030:
        1 + file[..<range.lowerBound].count { $0 == 0x0A }
      case .utf16LittleEndian, .utf16BigEndian:
        1
          + stride(from: 2, to: range.lowerBound, by: 2).count { index in
            utf16Unit(of: file, at: index, encoding) == 0x0A
          }
      }
  }
}

// MARK: - Lines

/// Turns the bytes of whole lines into text; a line that is none is told of, the others are kept.
///
/// Without a byte order mark the lines are UTF-8 if one of them plainly is, and GB18030 otherwise.
///
/// The lines are those from the number `firstLine` and the byte `offset` of a file. With `keepsMarks`
/// a line that is no text keeps its ASCII, with U+FFFD for the rest; else it is left empty.
func decodeLines(
  _ bytes: [UInt8], firstLine: Int = 1, offset: Int = 0, keepsMarks: Bool
) -> (text: String, problems: [UndecodableBytes]) {
  if let text = String(validating: bytes, as: UTF8.self) { return (text, []) }
  var text = ""
  text.reserveCapacity(bytes.count + bytes.count / 2)
  var problems: [UndecodableBytes] = []
  let isUTF8 = isPlainlyUTF8(bytes)
  var start = 0
  var number = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    let line = Array(bytes[start..<end])
    do {
      if let valid = String(validating: line, as: UTF8.self) {
        text += valid
      } else if isUTF8 {
        text += try decodeUTF8(line, from: 0, as: .utf8)
      } else {
        text += try decodeText(line).text
      }
    } catch {
      problems.append(error.moved(lines: firstLine - 1 + number, offset: offset + start))
      text += keepsMarks ? asciiOnly(line) : line.last == 0x0A ? "\n" : ""
    }
    start = end
    number += 1
  }
  return (text, problems)
}

/// Whether some line holds a few characters that in GB18030 would hardly stand there.
private func isPlainlyUTF8(_ bytes: [UInt8]) -> Bool {
  bytes.split(separator: 0x0A).contains { line in
    line.count { $0 >= 0xE0 } >= 4 && String(validating: line, as: UTF8.self) != nil
  }
}

/// The ASCII of bytes, in which no other encoding's quotation mark, comma or line break can hide.
private func asciiOnly(_ bytes: [UInt8]) -> String {
  var text = ""
  for byte in bytes {
    if byte < 0x80 {
      text.unicodeScalars.append(Unicode.Scalar(byte))
    } else if text.unicodeScalars.last != "\u{FFFD}" {
      text += "\u{FFFD}"
    }
  }
  return text
}

// MARK: - UTF-8

private func decodeUTF8(
  _ bytes: [UInt8], from start: Int, as encoding: TextEncoding
) throws(UndecodableBytes) -> String {
  if let text = String(validating: bytes[start...], as: UTF8.self) { return text }
  let fault = findUTF8Fault(in: bytes, from: start)
  throw UndecodableBytes(fault?.range ?? start..<bytes.count, of: bytes, encoding: encoding)
}

/// The first bytes that are no UTF-8.
private struct UTF8Fault {
  var range: Range<Int>
  /// How many characters of three or four bytes stand before them.
  ///
  /// Text in GB18030 hardly ever begins with a few of these, so that such a file is UTF-8 that was
  /// damaged: read as GB18030 it would turn into other characters without a word.
  var charactersBefore: Int
}

private func findUTF8Fault(in bytes: [UInt8], from start: Int) -> UTF8Fault? {
  var index = start
  var charactersBefore = 0
  while index < bytes.count {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      continue
    }
    let second: ClosedRange<UInt8>
    let length: Int
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default:
      return UTF8Fault(range: index..<index + 1, charactersBefore: charactersBefore)
    }
    for position in 1..<length {
      let allowed = position == 1 ? second : 0x80...0xBF
      guard index + position < bytes.count, allowed.contains(bytes[index + position]) else {
        return UTF8Fault(range: index..<index + position, charactersBefore: charactersBefore)
      }
    }
    if length > 2 { charactersBefore += 1 }
    index += length
  }
  return nil
}

// MARK: - UTF-16

private func decodeUTF16(
  _ bytes: [UInt8], as encoding: TextEncoding
) throws(UndecodableBytes) -> String {
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count / 2)
  var index = 2
  while index + 1 < bytes.count {
    let unit = utf16Unit(of: bytes, at: index, encoding)
    if UTF16.isTrailSurrogate(unit) {
      throw UndecodableBytes(index..<index + 2, of: bytes, encoding: encoding)
    }
    units.append(unit)
    index += 2
    guard UTF16.isLeadSurrogate(unit) else { continue }
    guard index + 1 < bytes.count else {
      throw UndecodableBytes(index - 2..<bytes.count, of: bytes, encoding: encoding)
    }
    let trail = utf16Unit(of: bytes, at: index, encoding)
    guard UTF16.isTrailSurrogate(trail) else {
      throw UndecodableBytes(index - 2..<index, of: bytes, encoding: encoding)
    }
    units.append(trail)
    index += 2
  }
  if index < bytes.count {
    throw UndecodableBytes(index..<bytes.count, of: bytes, encoding: encoding)
  }
  return String(decoding: units, as: UTF16.self)
}

private func utf16Unit(of bytes: [UInt8], at index: Int, _ encoding: TextEncoding) -> UInt16 {
  let first = UInt16(bytes[index])
  let second = UInt16(bytes[index + 1])
  return encoding == .utf16LittleEndian ? second << 8 | first : first << 8 | second
}

// MARK: - Words

extension Diagnostic {
  static func undecodable(_ problem: UndecodableBytes) -> Self {
    Diagnostic(
      "D0107", .error,
      Bilingual(
        "第\(problem.line)行（偏移 \(problem.offset)）的字节“\(problem.hexadecimal)”"
          + "不是\(problem.encoding.name.chinese)文字",
        "the bytes `\(problem.hexadecimal)` on line \(problem.line) (offset \(problem.offset)) "
          + "are not \(problem.encoding.name.english)"), at: nil,
      notes: [
        Bilingual(
          "把文件另存为 UTF-8；也可以用 UTF-16（带 BOM）或 GB18030",
          "save the file as UTF-8; UTF-16 with a BOM and GB18030 can be read too")
      ])
  }
}
