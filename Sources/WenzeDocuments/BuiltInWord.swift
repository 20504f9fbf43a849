import WenzeOffice
import WenzeSyntax

extension DocumentTemplates {
  /// A document of Word made of what travels inside the executable: the parts that all documents
  /// have, and its own body.
  func builtInWord(_ body: File, _ language: Language) -> DocumentTemplate? {
    var parts: [String: [UInt8]] = [:]
    for folder in language == .chinese
      ? [Self.wordParts] : [Self.wordParts, Self.wordParts + "-en"]
    {
      for file in builtIn where file.path.hasPrefix(folder + "/") {
        parts[String(file.path.dropFirst(folder.count + 1))] = file.bytes
      }
    }
    parts["word/document.xml"] = body.bytes
    var writer = ZipArchiveWriter()
    // Programs look for the list of types first, whose name begins with a bracket.
    let names = parts.keys.sorted { left, right in
      (left.hasPrefix("[") ? 0 : 1, left) < (right.hasPrefix("[") ? 0 : 1, right)
    }
    for name in names { writer.add(name, parts[name] ?? []) }
    guard let bytes = try? writer.finish() else { return nil }
    return DocumentTemplate(
      format: .docx, path: "rules/documents/\(body.path)", bytes: bytes, isBuiltIn: true)
  }
}
