import TestSupport
import Testing
import WenzeDocuments
import WenzeOffice
import WenzeSemantics
import WenzeSyntax

/// Templates made at random: whatever Word made of their runs, and wherever their tags stand.
@Suite struct WordFuzzTests {
  private static let data = TemplateValue.record([
    (Bilingual("甲", "a"), .text("<值>&{{甲}}")),
    (Bilingual("乙", "b"), .condition(false)),
    (
      Bilingual("列", "list"),
      .list(
        (1...3).map { .record([(Bilingual("项", "item"), .text("第\($0)"))]) },
        of: .record([(Bilingual("项", "item"), .text(""))]))
    ),
    (Bilingual("空", "none"), .list([], of: .record([(Bilingual("项", "item"), .text(""))]))),
  ])

  private static let strays = ["{{#列}}", "{{/列}}", "{{没有}}", "{", "}}", "{{", "{{! 注 }}", " "]

  private struct Maker {
    var random: SplitMix64
    /// Whether texts are divided at random, as Word divides them.
    var isDivided: Bool
    /// Whether a stray tag comes in now and then.
    var hasStrays: Bool

    /// One time in so many.
    private mutating func once(in times: Int) -> Bool {
      Int.random(in: 0..<times, using: &random) == 0
    }

    /// The name of a section, and whether what is in it knows `项`.
    private mutating func section() -> (open: String, close: String, isList: Bool) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: ("{{#列}}", "{{/列}}", true)
      case 1: ("{{#空}}", "{{/空}}", true)
      case 2: ("{{^空}}", "{{/空}}", false)
      default: ("{{#乙}}", "{{/乙}}", false)
      }
    }

    private mutating func text(_ isInList: Bool, depth: Int = 0) -> String {
      (0..<Int.random(in: 0...3, using: &random))
        .map { _ in
          if hasStrays, once(in: 12) { return strays.randomElement(using: &random) ?? "" }
          if depth < 2, once(in: 4) {
            let (open, close, isList) = section()
            return open + text(isInList || isList, depth: depth + 1) + close
          }
          return [isInList ? "{{项}}" : "{{甲}}", "文字", " < & > ", "{{! 注 }}"]
            .randomElement(using: &random) ?? ""
        }
        .joined()
    }

    private mutating func paragraph(_ text: String) -> String {
      // Randomness of its own, so that the rest is the same however texts are divided.
      var division = SplitMix64(state: random.next())
      func run(_ text: Substring) -> String {
        let text = String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return "<w:r><w:t>\(text)</w:t></w:r>"
      }
      var runs = ""
      var rest = Substring(text)
      while !rest.isEmpty {
        let count = isDivided ? Int.random(in: 1...5, using: &division) : rest.count
        runs += run(rest.prefix(count)) + "<w:proofErr/>"
        rest = rest.dropFirst(count)
      }
      return "<w:p><w:pPr/>\(runs)</w:p>"
    }

    mutating func blocks(_ isInList: Bool = false, depth: Int = 0) -> String {
      (0..<Int.random(in: 1...3, using: &random))
        .map { _ in
          switch Int.random(in: 0..<6, using: &random) {
          case 0 where depth < 3:
            let (open, close, isList) = section()
            return paragraph(open) + blocks(isInList || isList, depth: depth + 1) + paragraph(close)
          case 1 where depth < 2: return table(isInList, depth: depth + 1)
          default:
            let text = text(isInList)
            return paragraph(text)
          }
        }
        .joined()
    }

    private mutating func table(_ isInList: Bool, depth: Int) -> String {
      "<w:tbl><w:tblPr/>\(rows(isInList, depth: depth))</w:tbl>"
    }

    private mutating func rows(_ isInList: Bool, depth: Int) -> String {
      (0..<Int.random(in: 1...3, using: &random))
        .map { _ in
          let (open, close, isList) = section()
          switch Int.random(in: 0..<4, using: &random) {
          case 0 where depth < 3:
            return row([paragraph(open), paragraph("")])
              + rows(isInList || isList, depth: depth + 1)
              + row([paragraph(close)])
          case 1:
            let isInList = isInList || isList
            let (first, second) = (text(isInList), text(isInList))
            return row([
              paragraph(open + first), blocks(isInList, depth: depth + 1),
              paragraph(second + close),
            ])
          default:
            return row([blocks(isInList, depth: depth + 1), blocks(isInList, depth: depth + 1)])
          }
        }
        .joined()
    }

    private func row(_ cells: [String]) -> String {
      "<w:tr>\(cells.map { "<w:tc>\($0)<w:p/></w:tc>" }.joined())</w:tr>"
    }
  }

  private static func text(of document: String) throws -> String {
    var text = ""
    var isText = false
    let bytes = Array(
      "<b xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\(document)</b>"

        .utf8)
    try readXML(bytes) { event throws(XMLProblem) in
      switch event {
      case .start(let element): isText = element.name.local == "t"
      case .text(let words, _): if isText { text += words }
      case .end(let name, _): if name.local == "p" { text += "\n" }
      }
    }
    return text
  }

  private static func result(
    _ seed: UInt64, isDivided: Bool, hasStrays: Bool
  ) throws -> (text: String, codes: [String]) {
    var maker = Maker(
      random: SplitMix64(state: seed), isDivided: isDivided, hasStrays: hasStrays)
    let blocks = maker.blocks()
    do {
      return (try text(of: DocumentSupport.word(blocks, data)), [])
    } catch let problems as TemplateProblems {
      return ("", problems.problems.map(\.diagnostic.code))
    }
  }

  /// A template whose tags are in order is filled, and the same however Word divided its texts.
  @Test func runsDoNotMatter() throws {
    var length = 0
    for seed in 0..<150 as Range<UInt64> {
      let whole = try Self.result(seed, isDivided: false, hasStrays: false)
      let divided = try Self.result(seed, isDivided: true, hasStrays: false)
      #expect(whole.codes == [], "seed \(seed)")
      #expect(whole == divided, "seed \(seed)")
      #expect(!whole.text.replacing("{{甲}}", with: "").contains("{{"), "seed \(seed)")
      length += whole.text.count
    }
    #expect(length > 1_500)
  }

  /// Whatever else is written, a document comes out or a mistake is told.
  @Test func straysAreToldOrHarmless() throws {
    var told = 0
    for seed in 0..<150 as Range<UInt64> {
      let whole = try Self.result(seed, isDivided: false, hasStrays: true)
      let divided = try Self.result(seed, isDivided: true, hasStrays: true)
      #expect(whole == divided, "seed \(seed)")
      #expect(!whole.codes.contains("T0234") && !whole.codes.contains("T0218"), "seed \(seed)")
      if !whole.codes.isEmpty { told += 1 }
    }
    #expect(told > 15 && told < 135)
  }
}
