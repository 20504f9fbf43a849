import WenzeSyntax

/// The parts of a workbook, and what they say of one another.
struct WorkbookFile {
  let archive: ZipArchive
  /// The name of the part that lists the sheets.
  let part: String
  let relationships: Relationships
  private(set) var sheets: [Sheet] = []
  private(set) var countsFrom1904 = false
  /// Whether its names are those of the strict standard.
  private(set) var isStrict = false

  struct Sheet {
    var name: String
    var part: String?
    var isHidden: Bool
    /// Whether it holds something else than cells.
    var isOther: Bool
  }

  init(_ bytes: [UInt8], limits: ArchiveLimits) throws(WorkbookProblem) {
    switch OfficeFileKind(bytes) {
    case .archive: break
    case .compound(let isEncrypted): throw isEncrypted ? .encrypted : .old
    case nil: throw .text
    }
    do throws(ArchiveProblem) {
      archive = try ZipArchive(bytes, limits: limits)
    } catch {
      throw .archive(error)
    }
    let root = try Relationships(of: "", in: archive)
    guard let part = root.first("officeDocument")?.part else {
      throw try WorkbookFile.otherKind(archive)
    }
    self.part = part
    guard let contents = try contents(of: part, in: archive) else { throw .missing(part: part) }
    if part.lowercased().hasSuffix(".bin") { throw .binary }
    relationships = try Relationships(of: part, in: archive)
    try readSheets(contents)
  }

  private static func otherKind(
    _ archive: ZipArchive
  ) throws(WorkbookProblem) -> WorkbookProblem {
    if let kind = try contents(of: "mimetype", in: archive) {
      let name = String(decoding: kind.prefix(100), as: UTF8.self)
      if name.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") { return .openDocument }
      if name.hasPrefix("application/vnd.oasis.opendocument") {
        return .otherKind(Bilingual("另一种 OpenDocument 文件", "another kind of OpenDocument file"))
      }
    }
    return .otherKind(Bilingual("压缩包", "an archive"))
  }

  private mutating func readSheets(_ bytes: [UInt8]) throws(WorkbookProblem) {
    var root: XMLName?
    var sheets: [Sheet] = []
    var epoch = false
    let relationships = relationships
    try readPart(bytes, part) { event in
      guard case .start(let element) = event else { return }
      if root == nil { root = element.name }
      switch element.name.local {
      case "workbookPr": epoch = isTrue(element["date1904"])
      case "sheet":
        let id =
          element.attributes.first { $0.key.local == "id" && !$0.key.namespace.isEmpty }?.value
        let target = relationships.targets.first { $0.id == id }
        sheets.append(
          Sheet(
            name: element["name"] ?? "", part: target?.part,
            isHidden: element["state"].map { $0 != "visible" } ?? false,
            isOther: target.map { $0.type != "worksheet" } ?? false))
      default: break
      }
    }
    guard root?.local == "workbook" else {
      let kind =
        root?.local == "document"
        ? Bilingual("Word 文档", "a text document")
        : Bilingual("另一种 Office 文件", "another kind of office file")
      throw .otherKind(kind)
    }
    isStrict = root?.namespace.contains("purl.oclc.org") ?? false
    self.sheets = sheets
    countsFrom1904 = epoch
  }

  /// The texts that cells share; none where no sheet needs them.
  func sharedTexts() throws(WorkbookProblem) -> [String] {
    guard let part = relationships.first("sharedStrings")?.part else { return [] }
    guard let bytes = try contents(of: part, in: archive) else { throw .missing(part: part) }
    var texts: [String] = []
    var text = TextReader()
    try readPart(bytes, part) { event in
      switch event {
      case .start(let element) where element.name.local == "si": text = TextReader()
      case .end(let name, _) where name.local == "si": texts.append(text.text)
      default: text.read(event)
      }
    }
    return texts
  }

  /// The formats of numbers, by the numbers of cell styles.
  func numberFormats() throws(WorkbookProblem) -> [NumberFormat] {
    guard let part = relationships.first("styles")?.part,
      let bytes = try contents(of: part, in: archive)
    else { return [] }
    var codes: [Int: NumberFormat] = [:]
    var formats: [NumberFormat] = []
    var isInCells = false
    try readPart(bytes, part) { event in
      switch event {
      case .start(let element) where element.name.local == "numFmt":
        guard let id = element["numFmtId"].flatMap({ Int($0) }), let code = element["formatCode"]
        else { return }
        codes[id] = NumberFormat(code: code)
      case .start(let element) where element.name.local == "cellXfs": isInCells = true
      case .end(let name, _) where name.local == "cellXfs": isInCells = false
      case .start(let element) where element.name.local == "xf" && isInCells:
        let id = element["numFmtId"].flatMap { Int($0) } ?? 0
        formats.append(codes[id] ?? NumberFormat(builtIn: id))
      default: break
      }
    }
    return formats
  }
}

/// Whether an attribute of truth is set.
func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" || text == "on" }

/// Gathers the text of a cell: all its runs, without those that tell how it is spoken.
struct TextReader {
  private(set) var text = ""
  private var isText = false
  private var spoken = 0

  mutating func read(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      if element.name.local == "rPh" { spoken += 1 }
      isText = element.name.local == "t" && spoken == 0
    case .text(let text, _): if isText { self.text += unescaped(text) }
    case .end(let name, _):
      if name.local == "rPh" { spoken -= 1 }
      isText = false
    }
  }
}

/// A text with what spreadsheets write for characters that XML does not have: `_x000D_`.
func unescaped(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
  var result = ""
  var rest = text[...]
  while let mark = rest.firstRange(of: "_x") {
    result += rest[..<mark.lowerBound]
    let digits = rest[mark.upperBound...].prefix(4)
    let end = digits.endIndex
    if digits.count == 4, end < rest.endIndex, rest[end] == "_",
      let code = UInt16(digits, radix: 16),
      digits.allSatisfy(\.isHexDigit)
    {
      if let scalar = Unicode.Scalar(code) { result.unicodeScalars.append(scalar) }
      rest = rest[rest.index(after: end)...]
    } else {
      result += "_x"
      rest = rest[mark.upperBound...]
    }
  }
  return result + rest
}
