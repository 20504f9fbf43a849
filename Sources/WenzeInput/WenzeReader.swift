package import WenzeModel
package import WenzeSyntax

/// Reads the documents of a text in any format.
///
/// The mappings say what the columns of ledgers may stand for; the zone, of which zone the days of
/// points in time are; the lines, which are no text and were told of when they were decoded.
package func documents(
  in source: Source, format: InputFormat, limits: ReadingLimits = ReadingLimits(),
  mappings: [LedgerMapping] = [], zone: ZoneOffset = .china, unreadableLines: Set<Int> = []
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  switch format {
  case .wenze: readWenze(source, limits: limits)
  case .json: readJSON(source, limits: limits)
  case .jsonLines: readJSONLines(source, limits: limits)
  case .yaml: readYAML(source, limits: limits)
  case .csv:
    readLedger(
      source, mappings: mappings, limits: limits, zone: zone, unreadableLines: unreadableLines)
  case .workbook: readLedgers(source, mappings: mappings, limits: limits, zone: zone)
  case .xes:
    readTraces(
      source, limits: limits, zone: zone, isWhole: true, isRepaired: !unreadableLines.isEmpty)
  }
}

/// Reads the documents of a text in the rule language itself.
///
/// A document with a mistake in it is not read; the others are.
package func readWenze(
  _ source: Source, limits: ReadingLimits = ReadingLimits()
) -> (documents: [WrittenDocument], diagnostics: [Diagnostic]) {
  let parsed = parse(source)
  var diagnostics = InputDiagnostics(limit: limits.problems, readsOn: true)
  for diagnostic in parsed.diagnostics { diagnostics.report(diagnostic) }
  var documents: [WrittenDocument] = []
  for declaration in parsed.declarations {
    guard case .document(let syntax) = declaration else {
      diagnostics.report(.declarationAmongDocuments(at: declaration.range))
      continue
    }
    let document = WrittenDocument(syntax)
    let isBroken = parsed.diagnostics.contains { diagnostic in
      // An unclosed brace is told behind the document, and points at the brace inside.
      diagnostic.severity == .error
        && ([diagnostic.range].compactMap { $0 } + diagnostic.related.map(\.range))
          .contains(where: syntax.range.contains)
    }
    if isBroken { continue }
    if let problem = document.problem(by: limits) {
      diagnostics.report(problem)
    } else {
      documents.append(document)
    }
  }
  return (documents, diagnostics.found)
}

extension WrittenDocument {
  /// What of the document is too large.
  fileprivate func problem(by limits: ReadingLimits) -> Diagnostic? {
    if body.range.count > limits.documentBytes {
      return .documentTooLong(limit: limits.documentBytes, at: body.range.start)
    }
    return body.problem(by: limits, depth: 1)
  }
}

extension DataNode {
  fileprivate func problem(by limits: ReadingLimits, depth: Int) -> Diagnostic? {
    switch content {
    case .text(let text) where text.utf8.count > limits.textBytes:
      return .textTooLong(text.utf8.count, limit: limits.textBytes, at: range)
    case .record(let fields):
      if depth > limits.depth { return .tooDeep(limit: limits.depth, at: range) }
      return fields.lazy.compactMap { $0.value.problem(by: limits, depth: depth + 1) }.first
    case .list(let elements, _):
      if depth > limits.depth { return .tooDeep(limit: limits.depth, at: range) }
      return elements.lazy.compactMap { $0.problem(by: limits, depth: depth + 1) }.first
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func declarationAmongDocuments(at range: SourceRange) -> Self {
    Diagnostic(
      "D0309", .error,
      Bilingual("文书文件里不能声明规则", "a file of documents declares no rules"), at: range,
      notes: [
        Bilingual(
          "规则放进规则包文件夹，用 --rules 加载", "put rules into the folder of a pack, and load it with --rules"
        )
      ])
  }
}
