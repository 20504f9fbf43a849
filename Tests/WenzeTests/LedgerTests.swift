import TestSupport
import Testing
import Wenze
import WenzeInput
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Every ledger of `fixtures/ledgers` with the documents and remarks that it gives.
@Suite struct LedgerTests {
  private static let folder = GoldenFolder(path: Repository.root + "fixtures/ledgers")

  @Test(arguments: folder.names(endingWith: ".csv"))
  func isReadAsExpected(name: String) throws {
    let file = try loadFile(path: Self.folder.path(of: name))
    let source = Source(path: name, text: file.source.text)
    let ruleSet = Repository.rules.ruleSet
    let (documents, diagnostics) = documents(
      in: source, format: file.format, mappings: ruleSet.mappings)
    var text = "\(file.encoding.name.english)\n"
    var problems = file.diagnostics + diagnostics
    for document in documents {
      let place = source.place(at: document.body.range.start)
      text += "\(place.line):\(place.column) \(document.dossier ?? "") \(notation(document.body))\n"
      let (decoded, mistakes) = ruleSet.decode(document)
      problems += mistakes
      #expect(decoded != nil)
    }
    for language in Language.allCases {
      let renderer = DiagnosticRenderer(language: language, color: false)
      for problem in problems { text += "\n" + renderer.render(problem, in: source) }
    }
    let difference = try Self.folder.difference(of: text, from: name)
    #expect(difference == nil, "\(difference ?? "")")
  }

  private func notation(_ node: DataNode) -> String {
    switch node.content {
    case .text(let text): "“\(text)”"
    case .word(let word): word
    case .boolean(let value): value ? "是" : "否"
    case .null: "null"
    case .list(let elements, _): "[" + elements.map(notation).joined(separator: ", ") + "]"
    case .record(let fields):
      "{" + fields.map { "\($0.name): \(notation($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}
