import FoundationEssentials
package import WenzeModel
package import WenzeSyntax
package struct ReadingLimits: Sendable { package init() {} }
package enum InputFormat: Sendable { case wenze, json, yaml }
package func documents(in source: Source, format: InputFormat, limits: ReadingLimits) -> ([WrittenDocument], [Diagnostic]) {
  let parsed = parse(source)
  return (parsed.declarations.compactMap { if case .document(let d) = $0 { WrittenDocument(d) } else { nil } }, parsed.diagnostics)
}
