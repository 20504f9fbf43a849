import TestSupport
import Testing
import WenzeOffice
import WenzeSyntax

/// Damaged parts of workbooks are told of, or read as far as that goes; none ends the program.
@Suite struct WorkbookFuzzTests {
  private static var workbook: TestWorkbook {
    var workbook = TestWorkbook([
      TestWorkbook.Sheet(
        "台账",
        sheetData([["编号", "姓名"], ["甲", "张三"], [nil, "李四"]])
          + #"<mergeCells><mergeCell ref="A2:A3"/></mergeCells><legacyDrawing r:id="rId7"/>"#)
    ])
    workbook.numberFormats = ["yyyy-mm-dd"]
    workbook.sharedTexts = "<si><t>a</t></si>"
    let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    workbook.parts = [
      "xl/worksheets/_rels/sheet1.xml.rels":
        #"<Relationships xmlns="\#(package)"><Relationship Id="rId7" Type="\#(types)/vmlDrawing" Target="../old.vml"/><Relationship Id="rId8" Type="\#(types)/comments" Target="../old.xml"/></Relationships>"#,
      "xl/old.xml":
        #"<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>老王</author></authors><commentList><comment ref="A2" authorId="0"><text><t>请核对</t></text></comment><comment ref="B2" authorId="0"><text><r><t>一</t></r></text></comment></commentList></comments>"#,
      "xl/old.vml": #"<xml xmlns:v="v" xmlns:o="o" xmlns:x="x"></xml>"#,
    ]
    return workbook
  }

  @Test(arguments: 1...150) func damageEndsNothing(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let archive = try ZipArchive(Self.workbook.bytes())
    let names = archive.names
    let damaged = try #require(names.randomElement(using: &random))
    var writer = ZipArchiveWriter()
    for name in names {
      let contents = try archive.contents(of: name) ?? []
      writer.add(name, name == damaged ? mutated(contents, &random) : contents)
    }
    let bytes = try writer.finish()
    let marks = ["A1", "A2", "A3", "B2", "C2", "B9"].compactMap { CellReference($0) }
      .map { CellMark(sheet: "台账", cell: $0, colour: "F4B183", comment: "看") }
    var sheet = NewSheet(name: "清单", columns: [NewSheet.Column("a", width: 9)])
    sheet.rows = [[NewSheet.Cell("b", link: "台账!A1")]]
    for attempt in [0, 1] {
      do throws(WorkbookProblem) {
        if attempt == 0 {
          _ = try readWorkbook(bytes)
        } else {
          _ = try readWorkbook(try markedWorkbook(bytes, marks: marks, sheet: sheet, author: "a"))
        }
      } catch {
        #expect(!error.message.chinese.isEmpty && !error.cure.english.isEmpty, "\(damaged)")
      }
    }
  }

  /// Bytes with a tag or a few letters taken out, repeated, or changed.
  private func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      var start = Int.random(in: bytes.indices, using: &random)
      var end = min(bytes.count, start + Int.random(in: 1...12, using: &random))
      if Bool.random(using: &random) {
        // Whole tags keep the part well-formed more often.
        start = bytes[...start].lastIndex(of: 0x3C) ?? start
        end = bytes[start...].firstIndex(of: 0x3E).map { $0 + 1 } ?? end
      }
      let piece = Array(bytes[start..<end])
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: piece, at: end)
      case 2:
        let place = Int.random(in: 0...bytes.count, using: &random)
        bytes.insert(contentsOf: piece, at: place)
      default:
        bytes[start] = UInt8.random(in: 0x20...0x7E, using: &random)
      }
    }
    return bytes
  }
}
