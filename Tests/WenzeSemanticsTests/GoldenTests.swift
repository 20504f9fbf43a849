import TestSupport
import Testing
import WenzeSemantics
import WenzeSyntax

/// Every `Golden/NAME.wz` is a pack of one file; `NAME.wz.expected` holds what is said about it.
@Suite struct GoldenTests {
  private static let folder = GoldenFolder()

  @Test(arguments: folder.names())
  func isToldAsExpected(name: String) throws {
    let source = Source(path: name, text: try Self.folder.text(of: name))
    let (ruleSet, diagnostics) = loadRules([PackSource(folder: "golden", files: [source])])
    var text = ""
    for language in Language.allCases {
      let renderer = DiagnosticRenderer(language: language, color: false)
      for problem in diagnostics {
        text += renderer.render(problem.diagnostic, in: source, lookUp: { _ in source }) + "\n"
      }
    }
    text += "rules: \(ruleSet.rules.map(\.code)), tests: \(ruleSet.tests.count)\n"
    if !ruleSet.charts.isEmpty { text += "charts: \(ruleSet.charts.map(\.name.english))\n" }
    let difference = try Self.folder.difference(of: text, from: name)
    #expect(difference == nil, "\(difference ?? "")")
  }
}
