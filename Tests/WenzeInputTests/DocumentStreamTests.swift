import FoundationEssentials
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct DocumentStreamTests {
  /// A stretch at a time, the documents and places are those of the whole file.
  @Test func stretchesReadAsTheWhole() throws {
    let line = "{\"编号\": \"甲\", \"说明\": \"" + String(repeating: "责", count: 400) + "\"}"
    let lines = (1...2_500).map { $0 % 1_000 == 0 ? "{\"坏\": }" : line }
    let text = lines.joined(separator: "\n")
    let (batches, path) = try batches(of: Array(text.utf8), named: "a.jsonl")
    #expect(batches.count > 2)
    let (whole, problems) = readJSONLines(Source(path: path, text: text))
    #expect(
      batches.flatMap(\.documents).map { notation($0.body) } == whole.map { notation($0.body) })
    #expect(
      batches.flatMap { batch in batch.diagnostics.map { notation($0, in: batch.source) } }
        == problems.map { notation($0, in: Source(path: path, text: text)) })
    #expect(problems.count == 2)
  }

  @Test func aLineThatIsNoTextIsToldOf() throws {
    var bytes = Array("{\"a\": \"四个汉字\"}\n".utf8)
    bytes += Array("{\"a\": \"".utf8) + [0xFF] + Array("\"}\n{}\n".utf8)
    let (found, _) = try batches(of: bytes, named: "a.ndjson")
    #expect(found.flatMap(\.documents).count == 2)
    let message = found.first?.diagnostics.first?.message.english
    #expect(message == "the bytes `FF` on line 2 (offset 29) are not UTF-8")
    #expect(found.flatMap(\.diagnostics).count == 1)
  }

  @Test func linesMayBeOfAnyEncoding() throws {
    let gb18030: [UInt8] = [0x7B, 0x22, 0xB1, 0xE0, 0xBA, 0xC5, 0x22, 0x3A, 0x31, 0x7D, 0x0A]
    let (simple, _) = try batches(of: gb18030 + gb18030, named: "a.jsonl")
    #expect(simple.flatMap(\.documents).map { notation($0.body) } == ["{编号: 1}", "{编号: 1}"])
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "{\"编号\":1}\n{}".utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let (other, _) = try batches(of: wide, named: "a.jsonl")
    #expect(other.flatMap(\.documents).map { notation($0.body) } == ["{编号: 1}", "{}"])
    let (marked, _) = try batches(of: [0xEF, 0xBB, 0xBF] + Array("{}\n{}".utf8), named: "a")
    #expect(marked.flatMap(\.documents).count == 2)
  }

  @Test func aLineThatIsTooLongIsPassedOver() throws {
    let long = "{\"a\": \"" + String(repeating: "x", count: 3_000_000) + "\"}"
    let text = "{\"a\": 1}\n\(long)\n{\"a\": 2}\n"
    let limits = ReadingLimits(documentBytes: 1_000)
    let (found, _) = try batches(of: Array(text.utf8), named: "a.jsonl", limits: limits)
    #expect(found.flatMap(\.documents).map { notation($0.body) } == ["{a: 1}", "{a: 2}"])
    let told = found.flatMap { batch in batch.diagnostics.map { notation($0, in: batch.source) } }
    #expect(
      told == ["D0403 2:1 the document has more than 1000 bytes and is not read"])
  }

  @Test func otherFormatsAreOneBatch() throws {
    let (json, _) = try batches(of: Array("[{\"a\": 1},\n{}]".utf8), named: "a.json")
    #expect(json.map(\.documents.count) == [2])
    let (lines, _) = try batches(of: Array("{\"a\": 1}\n{}".utf8), named: "a.json")
    #expect(lines.flatMap(\.documents).count == 2)
  }

  // MARK: - Event logs

  private static func log(_ count: Int, inTrace more: String = "") -> String {
    let traces = (1...count).map { number in
      """
        <trace><string key="concept:name" value="合成-\(number)"/>\(more)
          <event><string key="concept:name" value="受理"/></event>
        </trace>

      """
    }
    return "<?xml version=\"1.0\"?>\n<log>\n" + traces.joined() + "</log>\n"
  }

  @Test func tracesComeInStretches() throws {
    var text = Self.log(20_000, inTrace: "<!-- </trace> -->")
    text.replace("合成-15000\"/>", with: "合成-15000\">")
    text.replace("合成-15001\"/>", with: "合成-15001/>")
    let (batches, path) = try batches(of: Array(text.utf8), named: "a.xes")
    #expect(batches.count > 2)
    let whole = Source(path: path, text: text)
    let (documents, problems) = readXES(whole)
    #expect(documents.count == 19_999)
    #expect(
      batches.flatMap(\.documents).map { notation($0.body) } == documents.map { notation($0.body) })
    #expect(
      batches.flatMap { batch in batch.diagnostics.map { notation($0, in: batch.source) } }
        == problems.map { notation($0, in: whole) })
    #expect(problems.map(\.code) == ["D0701"])
  }

  @Test func aTraceThatIsTooLongIsPassedOver() throws {
    let long = "<string key=\"a\" value=\"" + String(repeating: "x", count: 3_000_000) + "\"/>"
    var text = Self.log(3)
    text.replace("合成-2\"/>", with: "合成-2\"/>" + long)
    let limits = ReadingLimits(documentBytes: 1_000)
    let (found, _) = try batches(of: Array(text.utf8), named: "a.xes", limits: limits)
    // What stands before it in the file is passed over with it.
    #expect(found.flatMap(\.documents).count >= 1)
    #expect(found.flatMap(\.diagnostics).map(\.code) == ["D0403"])
  }

  @Test func aLogMayBeOfAnyEncodingAndHaveFaults() throws {
    let text = Self.log(3)
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try batches(of: wide, named: "a.xes").0.flatMap(\.documents).count == 3)
    #expect(try batches(of: Array(text.utf8), named: "a").0.flatMap(\.documents).count == 3)
    var bytes = Array(text.utf8)
    let second = try #require(bytes.firstRange(of: Array("合成-2".utf8)))
    bytes[second.lowerBound + 1] = 0xFF
    let (found, _) = try batches(of: bytes, named: "a.xes")
    #expect(found.flatMap(\.documents).count == 2)
    let told = found.flatMap { batch in batch.diagnostics.map { notation($0, in: batch.source) } }
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("D0107 the bytes `E5") == true, "\(told)")
    let (none, _) = try batches(of: Array("<log></log>".utf8), named: "a.xes")
    #expect(none.flatMap(\.diagnostics).map(\.code) == ["D0703"])
  }

  /// However a file is read, as many problems are told, and every good document is read.
  @Test func problemsAreCountedInStretchesAsInTheWhole() throws {
    let lines = (1...300).map { $0 % 2 == 0 ? "{}" : "{\"坏\": }" }.joined(separator: "\n")
    var log = Self.log(30)
    for number in 1...29 { log.replace("合成-\(number)\"/>", with: "合成-\(number)/>") }
    for (name, format, text, good) in [
      ("a.jsonl", InputFormat.jsonLines, lines, 150), ("a.xes", .xes, log, 1),
    ] {
      let limits = ReadingLimits(problems: 10)
      let (found, path) = try batches(of: Array(text.utf8), named: name, limits: limits)
      let whole = Source(path: path, text: text)
      let (documents, problems) = read(format, whole, limits: limits)
      #expect(documents.count == good)
      #expect(found.flatMap(\.documents).count == good)
      #expect(problems.count == 11)
      #expect(problems.last?.message.english.hasSuffix("and the rest is not told") == true)
      #expect(found.flatMap(\.diagnostics).map(\.code) == problems.map(\.code))
    }
  }

  private func batches(
    of bytes: [UInt8], named name: String, limits: ReadingLimits = ReadingLimits()
  ) throws -> ([DocumentBatch], path: String) {
    let folder = FileManager.default.temporaryDirectory.path() + "/wenze " + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/" + name
    _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    var batches: [DocumentBatch] = []
    try forEachBatch(path: path, limits: limits, stride: 1 << 20) { batches.append($0) }
    return (batches, path)
  }
}
