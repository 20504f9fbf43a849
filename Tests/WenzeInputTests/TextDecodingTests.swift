import Testing
import WenzeInput
import WenzeSyntax

@Suite struct TextDecodingTests {
  @Test(
    arguments: [
      ([0xE7, 0xAB, 0x8B, 0x41], "立A", .utf8),
      ([0xEF, 0xBB, 0xBF, 0xE7, 0xAB, 0x8B], "立", .utf8WithMark),
      ([0xFF, 0xFE, 0xCB, 0x7A, 0x42, 0xD8, 0xB7, 0xDF], "立𠮷", .utf16LittleEndian),
      ([0xFE, 0xFF, 0x7A, 0xCB, 0xD8, 0x42, 0xDF, 0xB7], "立𠮷", .utf16BigEndian),
      ([0xC1, 0xA2, 0xB0, 0xB8], "立案", .gb18030),
      ([0x95, 0x34, 0xB2, 0x35, 0xFE, 0x9F], "𠮷䶮", .gb18030),
      ([0x84, 0x31, 0x95, 0x33, 0xC1, 0xA2], "立", .gb18030),
      ([0x41, 0x00, 0x42], "A\0B", .utf8),
      ([], "", .utf8),
      ([0xEF, 0xBB, 0xBF], "", .utf8WithMark),
    ] as [([UInt8], String, TextEncoding)])
  func textIsDecoded(bytes: [UInt8], text: String, encoding: TextEncoding) throws {
    let decoded = try decodeText(bytes)
    #expect(decoded.text == text)
    #expect(decoded.encoding == encoding)
  }

  @Test(
    arguments: [
      // A byte that begins nothing, in either encoding.
      ([0x41, 0x0A, 0xFF, 0x41], .gb18030, 2, 2, "FF"),
      ([0x80], .gb18030, 0, 1, "80"),
      // A code that ends too early.
      ([0xC1, 0xA2, 0xB0], .gb18030, 2, 1, "B0"),
      ([0x0A, 0x0A, 0x81, 0x30, 0x81], .gb18030, 2, 3, "81 30 81"),
      // A second byte that cannot follow, and four-byte codes without a character.
      ([0xC1, 0x20], .gb18030, 0, 1, "C1 20"),
      ([0x81, 0x30, 0x20, 0x30], .gb18030, 0, 1, "81 30 20 30"),
      ([0x84, 0x31, 0xA4, 0x3A], .gb18030, 0, 1, "84 31 A4 3A"),
      ([0x84, 0x31, 0xA5, 0x30], .gb18030, 0, 1, "84 31 A5 30"),
      ([0xE3, 0x32, 0x9A, 0x36], .gb18030, 0, 1, "E3 32 9A 36"),
      // A file with a mark is what its mark says.
      ([0xEF, 0xBB, 0xBF, 0x0A, 0xC1, 0xA2], .utf8WithMark, 4, 2, "C1"),
      ([0xEF, 0xBB, 0xBF, 0xE7, 0xAB], .utf8WithMark, 3, 1, "E7 AB"),
      ([0xEF, 0xBB, 0xBF, 0xED, 0xA0, 0x80], .utf8WithMark, 3, 1, "ED"),
      // Lone surrogates, in both orders, and half a unit.
      ([0xFF, 0xFE, 0x0A, 0x00, 0x42, 0xD8], .utf16LittleEndian, 4, 2, "42 D8"),
      ([0xFF, 0xFE, 0x42, 0xD8, 0x41, 0x00], .utf16LittleEndian, 2, 1, "42 D8"),
      ([0xFE, 0xFF, 0xDF, 0xB7], .utf16BigEndian, 2, 1, "DF B7"),
      ([0xFE, 0xFF, 0x00, 0x41, 0x00], .utf16BigEndian, 4, 1, "00"),
    ] as [([UInt8], TextEncoding, Int, Int, String)])
  func undecodableBytesHaveTheirPlace(
    bytes: [UInt8], encoding: TextEncoding, offset: Int, line: Int, hexadecimal: String
  ) {
    let problem = #expect(throws: UndecodableBytes.self) { try decodeText(bytes) }
    #expect(problem?.encoding == encoding)
    #expect(problem?.offset == offset)
    #expect(problem?.line == line)
    #expect(problem?.hexadecimal == hexadecimal)
  }

  /// Read as GB18030 these bytes would be text, though not the author's.
  @Test func damagedUTF8IsNotTakenForGB18030() {
    var bytes = Array("第一行\n督导组启动".utf8)
    bytes.remove(at: bytes.count - 2)
    let problem = #expect(throws: UndecodableBytes.self) { try decodeText(bytes) }
    #expect(problem?.encoding == .utf8)
    #expect(problem?.line == 2)
  }

  @Test func everyEncodingHasAName() {
    let names = Set(TextEncoding.allCases.map(\.name.english))
    #expect(names.count == TextEncoding.allCases.count)
  }
}
