/// How the documents of a file are written.
package enum InputFormat: Hashable, Sendable, CaseIterable {
  /// The language itself.
  case wenze
  case json
  /// An object of JSON a line: JSONL, NDJSON.
  case jsonLines
  case yaml
  /// A ledger: a table of comma-separated values.
  case csv
  /// Ledgers in the sheets of a workbook: Office Open XML.
  case workbook
  /// An event log in XML: IEEE XES.
  case xes

  /// Whether mappings say what it holds.
  package var hasColumns: Bool { self == .csv || self == .workbook }

  /// Whether a line that is no text leaves the others as they are.
  var hasLines: Bool { self == .jsonLines || self == .csv || self == .xes }

  /// The format of a text in a file: what its name says, or what it looks like.
  package init(path: String, text: String) {
    let named = InputFormat(path: path)
    self = named ?? InputFormat(sniffing: text)
    // Programs that write lines of JSON often call them JSON.
    if named == .json, InputFormat(sniffing: text) == .jsonLines { self = .jsonLines }
  }

  /// The format that the extension of a file names; nil if it names none.
  ///
  /// The name of a compressed file has the extension of its content before `.gz`.
  package init?(path: String) {
    var name = path.split(separator: "/").last ?? ""
    if name.lowercased().hasSuffix(".gz") { name = name.dropLast(3) }
    // What a spreadsheet program leaves beside a workbook that is open.
    if name.hasPrefix("~$") { return nil }
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "wz": self = .wenze
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonLines
    case "yaml", "yml": self = .yaml
    case "csv", "tsv": self = .csv
    case "xlsx", "xlsm": self = .workbook
    case "xes": self = .xes
    default: return nil
    }
  }

  /// The format that a text without a telling name looks like.
  package init(sniffing text: String) {
    var rest = text.utf8[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A && $0 != 0x0D }
      rest = rest[line.endIndex...].dropFirst()
      guard let start = line.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
      let first = line[start]
      if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        self = Self.isJSONLine(line, before: rest) ? .jsonLines : .json
        return
      }
      if line[start...].starts(with: "<?xml".utf8) || line[start...].starts(with: "<log".utf8) {
        self = .xes
        return
      }
      // Comments tell nothing.
      if first == UInt8(ascii: "#") { continue }
      self = start == line.startIndex && Self.isYAML(Substring(line)) ? .yaml : .wenze
      return
    }
    self = .wenze
  }

  /// Whether a line holds an object of JSON and another one begins the next.
  private static func isJSONLine(
    _ line: Substring.UTF8View.SubSequence, before rest: Substring.UTF8View.SubSequence
  ) -> Bool {
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    guard line.first(where: { !isSpace($0) }) == .leftBrace,
      line.last(where: { !isSpace($0) }) == .rightBrace
    else { return false }
    return rest.first { !isSpace($0) } == .leftBrace
  }

  /// Whether a line begins a YAML text: `---`, `- `, `%YAML` or `name: `.
  private static func isYAML(_ line: Substring) -> Bool {
    if line.hasPrefix("---") || line.hasPrefix("- ") || line.hasPrefix("%YAML") { return true }
    let word = line.utf8.prefix { !" \t\"{".utf8.contains($0) }
    guard word.count > 1, word.last == UInt8(ascii: ":") else { return false }
    let rest = line.utf8.dropFirst(word.count)
    return rest.isEmpty || rest.first == 0x20 || rest.first == 0x09
  }
}
