import Testing
import WenzeInput

/// The decoder against Python's, by the checksums that `Tools/generate_gb18030.py` writes.
@Suite struct GB18030Tests {
  @Test func everyTwoByteCodeIsThatOfPython() throws {
    let expected = GB18030Checksums.leads.split(separator: " ")
    try #require(expected.count == 126)
    for (index, checksum) in expected.enumerated() {
      let bytes = GB18030Encoder.trails.flatMap { [UInt8(0x81 + index), $0] }
      #expect(fnv1a(try decodeText(gb18030: bytes).utf8) == checksum, "lead byte \(index)")
    }
  }

  @Test func everyFourByteCodeOfTheBasicPlaneIsThatOfPython() throws {
    let expected = GB18030Checksums.fourByte.split(separator: " ")
    try #require(expected.count == 32)
    for (index, checksum) in expected.enumerated() {
      let numbers = index * 1_260..<min(index * 1_260 + 1_260, 39_420)
      let bytes = numbers.flatMap(GB18030Encoder.fourBytes)
      #expect(fnv1a(try decodeText(gb18030: bytes).utf8) == checksum, "block \(index)")
    }
  }

  @Test func everyCharacterOfUnicodeIsDecoded() throws {
    let encoder = try GB18030Encoder()
    let expected = GB18030Checksums.blocks.split(separator: " ")
    try #require(expected.count == 0x1100)
    var count = 0
    for (block, checksum) in expected.enumerated() {
      let scalars = (block * 256..<block * 256 + 256).compactMap { Unicode.Scalar($0) }
      guard !scalars.isEmpty else { continue }
      let bytes = scalars.flatMap(encoder.encode)
      let text = try decodeText(gb18030: bytes)
      if fnv1a(bytes) != checksum || !text.unicodeScalars.elementsEqual(scalars) {
        Issue.record("code points from \(String(block * 256, radix: 16)) are decoded wrongly")
      }
      count += scalars.count
    }
    #expect(count == 1_112_064)
  }

  @Test func codesBetweenAndAfterThePlanesHaveNoCharacter() {
    let numbers = [
      39_420..<40_000, 188_900..<189_000, 1_237_576..<1_237_700, 1_587_500..<1_587_600,
    ]
    for number in numbers.joined() {
      let bytes = GB18030Encoder.fourBytes(number)
      let problem = #expect(throws: UndecodableBytes.self) { try decodeText(gb18030: bytes) }
      #expect(problem?.offset == 2)
      #expect(problem?.bytes == bytes)
    }
  }
}

/// Decodes bytes as GB18030, whatever else they could be.
private func decodeText(gb18030 bytes: [UInt8]) throws(UndecodableBytes) -> String {
  // A GB18030 code that can be no UTF-8 decides the encoding.
  let decoded = try decodeText([0xC1, 0xA2] + bytes)
  return String(decoded.text.unicodeScalars.dropFirst())
}

/// The inverse of the decoder, made from its two-byte codes and the order of the four-byte ones.
private struct GB18030Encoder {
  static let trails = Array(0x40...0x7E as ClosedRange<UInt8>) + Array(0x80...0xFE)

  /// The bytes of each character of the basic plane.
  private var basicPlane = [[UInt8]](repeating: [], count: 0x1_0000)

  init() throws {
    for lead in 0x81...0xFE as ClosedRange<UInt8> {
      let text = try decodeText(gb18030: Self.trails.flatMap { [lead, $0] })
      for (scalar, trail) in zip(text.unicodeScalars, Self.trails) {
        basicPlane[Int(scalar.value)] = [lead, trail]
      }
    }
    // The four-byte codes number what is left, in order.
    var number = 0
    for index in 0x80..<0x1_0000 where basicPlane[index].isEmpty {
      guard Unicode.Scalar(index) != nil else { continue }
      basicPlane[index] = Self.fourBytes(number)
      number += 1
    }
  }

  func encode(_ scalar: Unicode.Scalar) -> [UInt8] {
    let value = Int(scalar.value)
    return if value < 0x80 {
      [UInt8(value)]
    } else if value < 0x1_0000 {
      basicPlane[value]
    } else {
      Self.fourBytes(189_000 + value - 0x1_0000)
    }
  }

  static func fourBytes(_ number: Int) -> [UInt8] {
    [
      UInt8(0x81 + number / 12_600), UInt8(0x30 + number / 1_260 % 10),
      UInt8(0x81 + number / 10 % 126), UInt8(0x30 + number % 10),
    ]
  }
}

/// The FNV-1a checksum of bytes, in eight hexadecimal digits.
private func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
  var value: UInt32 = 0x811C_9DC5
  for byte in bytes { value = (value ^ UInt32(byte)) &* 0x0100_0193 }
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: 8 - digits.count) + digits
}

extension Unicode.Scalar {
  fileprivate init?(_ value: Int) {
    self.init(UInt32(value))
  }
}
