import FoundationEssentials
import TestSupport
import Testing
import WenzeOffice
import WenzeSyntax

/// Archives are read and written, and those that would do harm are refused.
@Suite struct ZipArchiveTests {
  private static let text = Array(String(repeating: "问责", count: 40).utf8)

  /// Made by Python's zipfile: a folder, a packed part, a stored one, and a comment.
  private static let foreign =
    """
    UEsDBBQAAAgAAAAAIQAAAAAAAAAAAAAAAAAKAAAA5paH5Lu25aS5L1BLAwQUAAAICAAAACEA8CxHhgwAAADwAAAACgAAAO\
    WPsOi0pi50eHR7OX3diy2LX44YEgBQSwMEFAAAAAAAAAAhAAv5Q1YGAAAABgAAAAEAAABhc3RvcmVkUEsBAhQDFAAACAAA\
    AAAhAAAAAAAAAAAAAAAAAAoAAAAAAAAAAAAAAIABAAAAAOaWh+S7tuWkuS9QSwECFAMUAAAICAAAACEA8CxHhgwAAADwAA\
    AACgAAAAAAAAAAAAAAgAEoAAAA5Y+w6LSmLnR4dFBLAQIUAxQAAAAAAAAAIQAL+UNWBgAAAAYAAAABAAAAAAAAAAAAAACA\
    AVwAAABhUEsFBgAAAAADAAMAnwAAAIEAAAAJAGEgY29tbWVudA==
    """

  private func archive(_ parts: [(String, [UInt8])]) throws -> [UInt8] {
    var writer = ZipArchiveWriter()
    for (name, contents) in parts { writer.add(name, contents) }
    return try writer.finish()
  }

  @Test func readsWhatOthersWrite() throws {
    let archive = try ZipArchive(Array(#require(Data(base64Encoded: Self.foreign))))
    #expect(archive.names == ["台账.txt", "a"])
    #expect(try archive.contents(of: "台账.txt") == Self.text)
    #expect(try archive.contents(of: "a") == Array("stored".utf8))
    #expect(try archive.contents(of: "b") == nil)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8]) func readsWhatItWrites(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let parts = (0..<Int.random(in: 0...9, using: &random)).map { number in
      let count = [0, 1, 100, 70_000].randomElement(using: &random) ?? 0
      let letters = UInt8.random(in: 0...255, using: &random)
      return (
        "部分\(number)/a.xml",
        (0..<count).map { _ in UInt8.random(in: 0...letters, using: &random) }
      )
    }
    let bytes = try archive(parts)
    let read = try ZipArchive(bytes)
    #expect(read.names == parts.map(\.0))
    for (name, contents) in parts { #expect(try read.contents(of: name) == contents) }
    #expect(try archive(parts) == bytes)
  }

  @Test func readsLongArchives() throws {
    let archive = try ZipArchive(Self.lengthened(archive([("a.xml", Self.text)])))
    #expect(try archive.contents(of: "a.xml") == Self.text)
  }

  /// The archive with every number in the fields for what is too large for the usual ones.
  private static func lengthened(_ archive: [UInt8]) -> [UInt8] {
    func number(_ offset: Int, _ width: Int) -> UInt64 {
      archive[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    func bytes(_ number: UInt64, _ width: Int = 8) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
    let end = archive.count - 22
    let list = Int(number(end + 16, 4))
    var result = Array(archive[..<list])
    // Sizes and the place of the part stand behind its name.
    var entry = Array(archive[list..<end])
    entry.replaceSubrange(20..<28, with: [UInt8](repeating: 0xFF, count: 8))
    entry.replaceSubrange(30..<32, with: bytes(28, 2))
    entry.replaceSubrange(42..<46, with: [UInt8](repeating: 0xFF, count: 4))
    entry += bytes(1, 2) + bytes(24, 2)
    entry += bytes(number(list + 24, 4)) + bytes(number(list + 20, 4)) + bytes(number(list + 42, 4))
    result += entry
    let longEnd = UInt64(result.count)
    result += [0x50, 0x4B, 6, 6] + bytes(44) + [45, 0, 45, 0] + bytes(0)
    result += bytes(1) + bytes(1) + bytes(UInt64(entry.count)) + bytes(UInt64(list))
    result += [0x50, 0x4B, 6, 7] + bytes(0, 4) + bytes(longEnd) + bytes(1, 4)
    result += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0]
    return result
  }

  // MARK: Harm

  @Test func refusesWhatIsNoArchive() throws {
    let whole = try archive([("a.xml", Self.text)])
    for bytes in [[], Array("问责".utf8), Array(whole.dropLast()), Array(whole.prefix(60))] {
      #expect(throws: ArchiveProblem.notAnArchive) { try ZipArchive(bytes) }
    }
  }

  @Test func survivesEveryChangedByte() throws {
    let whole = try archive([("a.xml", Self.text), ("b.xml", [1, 2, 3])])
    for index in whole.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var bytes = whole
        bytes[index] ^= change
        guard let read = try? ZipArchive(bytes) else { continue }
        // What is read in spite of it is what was written.
        for (name, contents) in [("a.xml", Self.text), ("b.xml", [1, 2, 3])] {
          guard let found = try? read.contents(of: name) else { continue }
          #expect(found == contents, "byte \(index) changed by \(change)")
        }
      }
    }
  }

  @Test func refusesWhatUnpacksToTooMuch() throws {
    let bytes = try archive([("a.xml", [UInt8](repeating: 0, count: 1 << 20)), ("b.xml", [1])])
    let dense = try ZipArchive(bytes, limits: ArchiveLimits(harmlessBytes: 1 << 10))
    #expect(throws: ArchiveProblem.tooDense(name: "a.xml", limit: 250)) {
      try dense.contents(of: "a.xml")
    }
    #expect(try dense.contents(of: "b.xml") == [1])
    #expect(throws: ArchiveProblem.tooLarge(limit: 1000)) {
      try ZipArchive(bytes, limits: ArchiveLimits(bytes: 1000)).contents(of: "a.xml")
    }
    #expect(try ZipArchive(bytes).contents(of: "a.xml")?.count == 1 << 20)
  }

  @Test func refusesPartsInOneAnother() throws {
    var bytes = try archive([("a.xml", [1, 2, 3]), ("b.xml", [1, 2, 3])])
    // The list says that the second part stands where the first does.
    let list = bytes.count - 22 - 2 * 51
    bytes.replaceSubrange(list + 51 + 42..<list + 51 + 46, with: [0, 0, 0, 0])
    #expect(throws: ArchiveProblem.overlapping) { try ZipArchive(bytes) }
  }

  @Test func refusesPartsOfOneName() throws {
    let bytes = try archive([("a.xml", [1]), ("a.xml", [2])])
    #expect(throws: ArchiveProblem.repeated(name: "a.xml")) { try ZipArchive(bytes) }
  }

  @Test func tellsOfEncryptionAndStrangePacking() throws {
    let whole = try archive([("a.xml", [1, 2, 3])])
    let list = whole.count - 22 - 51
    var encrypted = whole
    encrypted[list + 8] |= 1
    #expect(throws: ArchiveProblem.encrypted(name: "a.xml")) {
      try ZipArchive(encrypted).contents(of: "a.xml")
    }
    var strange = whole
    strange[list + 10] = 12
    #expect(throws: ArchiveProblem.unknownPacking(name: "a.xml", method: 12)) {
      try ZipArchive(strange).contents(of: "a.xml")
    }
  }

  @Test(arguments: [
    ArchiveProblem.notAnArchive, .damagedList(offset: 3), .repeated(name: "甲"), .overlapping,
    .encrypted(name: "甲"), .unknownPacking(name: "甲", method: 12), .damaged(name: "甲"),
    .tooDense(name: "甲", limit: 250), .tooLarge(limit: 9),
  ]) func everyProblemSaysWhatToDo(problem: ArchiveProblem) {
    for words in [problem.message, problem.cure] {
      #expect(!words.chinese.isEmpty && !words.english.isEmpty && words.chinese != words.english)
    }
  }
}
