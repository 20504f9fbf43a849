import TestSupport
import Testing
import Wenze
import WenzeInput
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Every ledger and event log of `fixtures` with the documents and remarks that it gives.
@Suite struct LedgerTests {
  private static let ledgers = GoldenFolder(path: Repository.root + "fixtures/ledgers")
  private static let logs = GoldenFolder(path: Repository.root + "fixtures/event-logs")

  @Test(arguments: ledgers.names(endingWith: ".csv"))
  func ledgersAreReadAsExpected(name: String) throws {
    try check(name, in: Self.ledgers)
  }

  @Test(arguments: [".xes", ".csv", ".gz"].flatMap { logs.names(endingWith: $0) })
  func logsAreReadAsExpected(name: String) throws {
    try check(name, in: Self.logs)
  }

  private func check(_ name: String, in folder: GoldenFolder) throws {
    let file = try loadFile(path: folder.path(of: name))
    let source = Source(path: name, text: file.source.text)
    let ruleSet = Repository.rules.ruleSet
    let (documents, diagnostics) = documents(
      in: source, format: file.format, mappings: ruleSet.mappings,
      unreadableLines: file.unreadableLines)
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
    let difference = try folder.difference(of: text, from: name)
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
