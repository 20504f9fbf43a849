import FoundationEssentials
import TestSupport
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

/// Compressed files read as their content, whatever their name says.
@Suite struct GzipTests {
  /// `{"a": 1}` and `{"b": 2}`, each on a line.
  private static let packed = bytes(
    """
    1F 8B 08 00 00 00 00 00 02 03 AB 56 4A 54 B2 52 30 AC E5 AA 56 4A 02 32 8C 6A B9 00 53 28 36 F0
    12 00 00 00
    """)

  /// 65 536 line feeds in 97 bytes.
  private static let dense =
    bytes("1F 8B 08 00 00 00 00 00 02 03 ED C1 21 01 00 00 00 80 A0 EE FF C1 1E 01 0A 00")
    + [UInt8](repeating: 0, count: 62) + bytes("6A EF E2 9B EF 00 00 01 00")

  private static func bytes(_ text: String) -> [UInt8] {
    text.split { $0 == " " || $0 == "\n" }.compactMap { UInt8($0, radix: 16) }
  }

  /// Bytes as gzip without compression, which no library is needed for.
  private static func stored(_ content: [UInt8], checkSum: UInt32? = nil) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var start = 0
    repeat {
      let count = min(60_000, content.count - start)
      let isLast = start + count == content.count
      let (low, high) = (UInt8(count & 0xFF), UInt8(count >> 8))
      packed += [isLast ? 1 : 0, low, high, ~low, ~high] + content[start..<start + count]
      start += count
    } while start < content.count
    for word in [checkSum ?? crc(content), UInt32(content.count)] {
      packed += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return packed
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { word, _ in word >> 1 ^ (word & 1) * 0xEDB8_8320 }
    }
  }

  private static let lines = Array((1...40_000).map { "{\"编号\": \($0)}\n" }.joined().utf8)

  @Test(arguments: ["a.jsonl.gz", "a.jsonl", "a.gz"])
  func theContentIsRead(name: String) throws {
    let found = try reading(Self.packed, named: name)
    #expect(found.documents == ["{a: 1}", "{b: 2}"])
    #expect(found.problems == [])
  }

  @Test func membersAreOneContent() throws {
    let both = Self.packed + Self.stored(Self.lines) + [0, 0, 0]
    let found = try reading(both, named: "a.jsonl.gz")
    #expect(found.documents.count == 40_002)
    #expect(found.documents.last == "{编号: 40000}")
    #expect(found.problems == [])
  }

  @Test func otherFormatsMayBeCompressed() throws {
    for (name, text, expected) in [
      ("a.json.gz", "[{\"a\": 1}]", "{a: 1}"), ("a.yaml.gz", "a: 1\n", "{a: 1}"),
      ("a.xes.gz", "<log><trace/></log>", "{事件: []}"),
    ] {
      let found = try reading(Self.stored(Array(text.utf8)), named: name)
      #expect(found.documents == [expected])
      #expect(found.problems == [])
    }
    #expect(InputFormat(path: "a.XES.GZ") == .xes)
    #expect(InputFormat(path: "a.gz") == nil)
  }

  @Test func whatStandsBeforeAFaultIsRead() throws {
    let packed = Self.stored(Self.lines)
    let half = Array(packed[..<(packed.count / 2)])
    let cut = try reading(half, named: "a.jsonl.gz")
    #expect(cut.documents.count > 10_000)
    #expect(
      cut.problems == [
        "D0111 the compressed file is cut off after \(half.count) bytes; only what stands before is read"
      ])
    var damaged = packed
    // The length of a stored block is written twice.
    damaged[10 + 5 + 60_000 + 1] ^= 0xFF
    let broken = try reading(damaged, named: "a.jsonl.gz")
    #expect(broken.documents.count > 1_000)
    #expect(broken.problems.count == 1)
    #expect(broken.problems.first?.hasPrefix("D0112 the compressed file is damaged near") == true)
    let wrong = try reading(Self.stored(Self.lines, checkSum: 1), named: "a.jsonl.gz")
    #expect(wrong.documents.count >= 39_990)
    #expect(wrong.problems.first?.hasPrefix("D0112") == true)
    let followed = try reading(packed + Array("x".utf8), named: "a.jsonl.gz")
    #expect(followed.documents.count == 40_000)
    #expect(
      followed.problems == [
        "D0113 the compressed content ends at byte \(packed.count); what follows is not read"
      ])
    let log = Self.stored(Array("<log><trace></trace><trace><event/></trace></log>".utf8))
    let cutLog = try reading(Array(log[..<45]), named: "a.xes")
    #expect(cutLog.documents == ["{事件: []}"])
    #expect(cutLog.problems.map { $0.prefix(5) } == ["D0111"])
  }

  @Test func whereNothingCanBeReadTheFileIsNamed() {
    let error = #expect(throws: InputError.self) {
      try reading(Array(Self.packed[..<11]), named: "a.jsonl.gz")
    }
    #expect(error?.reason == .packed(.truncated(offset: 11)))
    #expect(error?.diagnostic.code == "D0111")
  }

  @Test func aBombIsRefused() throws {
    let bomb = (0..<4).flatMap { _ in Self.dense }
    for name in ["a.jsonl", "a.yaml"] {
      var limits = ReadingLimits(documentBytes: 1 << 16)
      let told = try reading(bomb, named: name, limits: limits).problems.first
      let message = "the compressed file unpacks to more than 250 times its size"
      #expect(told == "D0114 \(message); the rest is not read")
      limits.ratio = 1_000
      let trusted = try reading(bomb, named: name, limits: limits).problems
      #expect(trusted.allSatisfy { !$0.hasPrefix("D0114") })
    }
    #expect(throws: InputError.self) {
      try reading(bomb, named: "a.json", limits: ReadingLimits(fileBytes: 1 << 16))
    }
  }

  /// What is read a stretch at a time, after seeing that the file read whole gives the same.
  private func reading(
    _ bytes: [UInt8], named name: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> (documents: [String], problems: [String]) {
    let folder = FileManager.default.temporaryDirectory.path() + "/wenze " + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/" + name
    _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    var documents: [String] = []
    var problems: [String] = []
    try forEachBatch(path: path, limits: limits, stride: 1 << 20) { batch in
      documents += batch.documents.map { notation($0.body) }
      problems += batch.diagnostics.map { notation($0, in: batch.source) }
    }
    let file = try loadFile(path: path, limits: limits)
    let whole = read(file.format, file.source, limits: limits)
    #expect(file.bytes == bytes)
    #expect(whole.documents.map { notation($0.body) } == documents)
    #expect(
      file.diagnostics.map { notation($0, in: file.source) }.first { $0.hasPrefix("D011") }
        == problems.first { $0.hasPrefix("D011") })
    return (documents, problems)
  }
}
