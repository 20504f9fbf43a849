import WenzeSyntax

/// What is to be shown at a cell of a workbook.
package struct CellMark: Sendable {
  package var sheet: String
  package var cell: CellReference
  /// The colour behind the cell, as six hexadecimal digits.
  package var colour: String
  package var comment: String

  package init(sheet: String, cell: CellReference, colour: String, comment: String) {
    self.sheet = sheet
    self.cell = cell
    self.colour = colour
    self.comment = comment
  }
}

/// A workbook with cells marked and a sheet added; all else stays as it is, byte for byte.
///
/// - Parameters:
///   - bytes: the workbook.
///   - marks: one a cell; where joined cells are marked, the first mark counts for the colour.
///   - sheet: what is added at the end; another name is found where a sheet has it already.
///   - author: who comments.
///   - limits: what the workbook may unpack to.
/// - Returns: the workbook.
/// - Throws: why the workbook cannot be read again.
package func markedWorkbook(
  _ bytes: [UInt8], marks: [CellMark], sheet: NewSheet, author: String,
  limits: ArchiveLimits = ArchiveLimits()
) throws(WorkbookProblem) -> [UInt8] {
  var patch = try WorkbookPatch(bytes, limits: limits)
  try patch.mark(marks, author: author)
  try patch.add(sheet)
  return try patch.finished()
}

/// A workbook with one sheet.
package func newWorkbook(_ sheet: NewSheet) throws(WorkbookProblem) -> [UInt8] {
  let names = OfficeNames(isStrict: false)
  var styles = try StylesPatch(StylesPatch.empty(namespace: names.main), part: "xl/styles.xml")
  let content = sheet.xml(names, isActive: true, &styles)
  let start = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
  let package = "http://schemas.openxmlformats.org/package/2006"
  let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  var writer = ZipArchiveWriter()
  writer.add(
    "[Content_Types].xml",
    Array(
      (start
        + #"<Types xmlns="\#(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="\#(type).sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="\#(type).worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="\#(type).styles+xml"/></Types>"#)
        .utf8))
  writer.add(
    "_rels/.rels",
    Array(
      (start
        + #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" Type="\#(names.relationships)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)
        .utf8))
  writer.add(
    "xl/workbook.xml",
    Array(
      (start
        + #"<workbook xmlns="\#(names.main)" xmlns:r="\#(names.relationships)"><bookViews><workbookView/></bookViews><sheets><sheet name="\#(exactXML(sheet.name))" sheetId="1" r:id="rId1"/></sheets>\#(definedNames(of: sheet, named: sheet.name, index: 0, prefix: ""))</workbook>"#)
        .utf8))
  writer.add(
    "xl/_rels/workbook.xml.rels",
    Array(
      (start
        + #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" Type="\#(names.relationships)/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="\#(names.relationships)/styles" Target="styles.xml"/></Relationships>"#)
        .utf8))
  writer.add("xl/worksheets/sheet1.xml", content)
  writer.add("xl/styles.xml", styles.finished())
  return try packed(writer)
}

private func packed(_ writer: ZipArchiveWriter) throws(WorkbookProblem) -> [UInt8] {
  do throws(ArchiveProblem) {
    return try writer.finish()
  } catch {
    throw .archive(error)
  }
}

/// What the rows of a sheet are called that are printed on every page, and those that are filtered.
private func definedNames(
  of sheet: NewSheet, named name: String, index: Int, prefix: String, isInside: Bool = false
) -> String {
  let quoted = "'\(name.replacing("'", with: "''"))'"
  var names =
    #"<\#(prefix)definedName name="_xlnm.Print_Titles" localSheetId="\#(index)">\#(exactXML(quoted))!$1:$1</\#(prefix)definedName>"#
  if !sheet.rows.isEmpty {
    names =
      #"<\#(prefix)definedName name="_xlnm._FilterDatabase" localSheetId="\#(index)" hidden="1">\#(exactXML(quoted))!$A$1:$\#(sheet.lastColumn)$\#(sheet.rows.count + 1)</\#(prefix)definedName>"#
      + names
  }
  return isInside ? names : "<\(prefix)definedNames>\(names)</\(prefix)definedNames>"
}

/// A workbook that is changed a part at a time.
private struct WorkbookPatch {
  private let file: WorkbookFile
  private let names: OfficeNames
  /// The parts that are other now, or new.
  private var changed: [String: [UInt8]] = [:]
  private var added: [String] = []
  private var styles: StylesPatch
  private let stylesPart: String
  private var contentTypes: [(part: String, type: String)] = []
  private var needsDrawings = false
  private var workbookRelationships: [(id: String, type: String, target: String)] = []

  /// What comes behind the names in the list of sheets.
  private static let behindNames: Set = [
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes",
    "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
  ]

  init(_ bytes: [UInt8], limits: ArchiveLimits) throws(WorkbookProblem) {
    let file = try WorkbookFile(bytes, limits: limits)
    self.file = file
    names = OfficeNames(isStrict: file.isStrict)
    if let part = file.relationships.first("styles")?.part,
      let content = try contents(of: part, in: file.archive)
    {
      stylesPart = part
      styles = try StylesPatch(content, part: part)
    } else {
      stylesPart = Relationships.split(file.part).folder + "wenze-styles.xml"
      styles = try StylesPatch(StylesPatch.empty(namespace: names.main), part: stylesPart)
      added.append(stylesPart)
      contentTypes.append(
        (stylesPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"))
      workbookRelationships.append(("rIdWenzeStyles", "styles", stylesPart))
    }
  }

  private func content(_ part: String) throws(WorkbookProblem) -> [UInt8]? {
    if let content = changed[part] { return content }
    let content = try contents(of: part, in: file.archive)
    if let content, content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF]) {
      throw .unreadable(
        part: part,
        XMLProblem(
          Bilingual("编码不是 UTF-8，无法标注", "it is not in UTF-8 and cannot be marked"), line: 1,
          column: 1))
    }
    return content
  }

  /// The name that a part has in the archive, whose case may be another.
  private func stored(_ part: String) -> String {
    if file.archive.names.contains(part) { return part }
    let folded = part.lowercased()
    return file.archive.names.first { $0.lowercased() == folded } ?? part
  }

  private mutating func set(_ part: String, to bytes: [UInt8]) {
    let name = stored(part)
    if !file.archive.names.contains(name), !added.contains(name) { added.append(name) }
    changed[name] = bytes
  }

  /// The name of a new part: `xl/comments3.xml`.
  private func newName(_ start: String, _ end: String) -> String {
    let taken = Set((file.archive.names + added).map { $0.lowercased() })
    var number = 1
    while taken.contains("\(start)\(number)\(end)".lowercased()) { number += 1 }
    return "\(start)\(number)\(end)"
  }

  // MARK: - Marks

  mutating func mark(_ marks: [CellMark], author: String) throws(WorkbookProblem) {
    let bySheet = Dictionary(grouping: marks, by: \.sheet)
    for sheet in file.sheets {
      guard let marks = bySheet[sheet.name], let part = sheet.part else { continue }
      try mark(marks, part: part, author: author)
    }
  }

  private mutating func mark(
    _ marks: [CellMark], part: String, author: String
  ) throws(WorkbookProblem) {
    guard let bytes = try content(part) else { throw .missing(part: part) }
    let first = try SheetPatch(bytes, part: part, rows: [], isStrict: names.isStrict)
    var colours: [CellReference: String] = [:]
    var comments: [CellReference: String] = [:]
    for mark in marks {
      let cell = first.shownCell(mark.cell)
      if colours[cell] == nil { colours[cell] = mark.colour }
      if mark.comment.isEmpty { continue }
      comments[cell] = comments[cell].map { $0 + "\n\n" + mark.comment } ?? mark.comment
    }
    let patch = try SheetPatch(
      bytes, part: part, rows: Set(colours.keys.map(\.row)), isStrict: names.isStrict)
    let drawing = try comment(comments, part: part, drawing: patch.drawing, author: author)
    set(part, to: patch.patched(colours, drawing: drawing, &styles))
  }

  /// Writes comments; gives the relationship of a new drawing that shows them.
  private mutating func comment(
    _ comments: [CellReference: String], part: String, drawing: String?, author: String
  ) throws(WorkbookProblem) -> String? {
    if comments.isEmpty { return nil }
    let relationships = try Relationships(of: part, in: file.archive)
    var new: [(id: String, type: String, target: String)] = []
    let commentsPart: String
    if let known = relationships.first("comments")?.part {
      commentsPart = known
    } else {
      commentsPart = newName("xl/comments", ".xml")
      contentTypes.append(
        (
          commentsPart,
          "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
        ))
      new.append((newId("rIdWenze", relationships, new.count), "comments", commentsPart))
    }
    let patch = try CommentsPatch(try content(commentsPart), part: commentsPart, names)
    set(commentsPart, to: patch.patched(comments, author: author))
    let shapes = comments.keys.sorted().filter { !patch.has($0) }.map { ($0, comments[$0] ?? "") }
    var drawingId: String?
    if !shapes.isEmpty {
      let drawingPart: String
      if let known = drawing.flatMap({ relationships.part(of: $0) }) {
        drawingPart = known
      } else {
        drawingPart = newName("xl/drawings/vmlDrawing", ".vml")
        let id = newId("rIdWenze", relationships, new.count)
        new.append((id, "vmlDrawing", drawingPart))
        drawingId = id
        needsDrawings = true
      }
      set(drawingPart, to: patchedDrawing(try content(drawingPart), shapes))
    }
    if !new.isEmpty { try addRelationships(new, to: part) }
    return drawingId
  }

  private func newId(_ start: String, _ known: Relationships, _ skipped: Int) -> String {
    let taken = Set(known.targets.map(\.id))
    var number = 1
    var left = skipped
    while true {
      if !taken.contains("\(start)\(number)") {
        if left == 0 { return "\(start)\(number)" }
        left -= 1
      }
      number += 1
    }
  }

  private mutating func addRelationships(
    _ new: [(id: String, type: String, target: String)], to part: String
  ) throws(WorkbookProblem) {
    let name = Relationships.name(for: part)
    let bytes =
      try content(name)
      ?? Array(
        #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#
          .utf8)
    set(
      name,
      to: try appended(to: bytes, part: name) { prefix in
        new.map { id, type, target in
          #"<\#(prefix)Relationship Id="\#(id)" Type="\#(names.relationships)/\#(type)" Target="/\#(exactXML(target))"/>"#
        }
        .joined()
      })
  }

  /// A part with more elements at the end of its root.
  private func appended(
    to bytes: [UInt8], part: String, _ elements: (String) -> String
  ) throws(WorkbookProblem) -> [UInt8] {
    var layout = RootLayout()
    try readPart(bytes, part) { layout.read($0) }
    let tag = WrittenTag(layout.root, in: bytes)
    var splices = Splices()
    let text = elements(tag.prefix)
    if tag.isEmptyElement {
      splices.replace(layout.root, with: tag.opened + text + "</\(tag.name)>")
    } else {
      splices.insert(text, at: layout.end)
    }
    return splices.applied(to: bytes)
  }

  // MARK: - A new sheet

  mutating func add(_ sheet: NewSheet) throws(WorkbookProblem) {
    let taken = Set(file.sheets.map { $0.name.lowercased() })
    var name = sheet.name
    var number = 2
    while taken.contains(name.lowercased()) {
      name = "\(sheet.name)\(number)"
      number += 1
    }
    let part = newName("xl/worksheets/sheet", ".xml")
    set(part, to: sheet.xml(names, isActive: false, &styles))
    contentTypes.append(
      (part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"))
    let id = newId("rIdWenzeSheet", file.relationships, 0)
    workbookRelationships.append((id, "worksheet", part))
    try list(sheet, named: name, id: id)
  }

  /// Adds the sheet to the list of sheets.
  private mutating func list(
    _ sheet: NewSheet, named name: String, id: String
  ) throws(WorkbookProblem) {
    guard let bytes = try content(file.part) else { throw .missing(part: file.part) }
    var layout = RootLayout()
    var lastNumber = 0
    try readPart(bytes, file.part) { event in
      layout.read(event)
      if case .start(let element) = event, element.name.local == "sheet" {
        lastNumber = max(lastNumber, element["sheetId"].flatMap { Int($0) } ?? 0)
      }
    }
    guard let sheets = layout.child("sheets") else { throw .missing(part: "sheets") }
    let prefix = WrittenTag(layout.root, in: bytes).prefix
    var splices = Splices()
    RootLayout.append(
      #"<\#(prefix)sheet name="\#(exactXML(name))" sheetId="\#(lastNumber + 1)" xmlns:r="\#(names.relationships)" r:id="\#(id)"/>"#,
      to: sheets, count: nil, in: bytes, &splices)
    let index = file.sheets.count
    if let known = layout.child("definedNames") {
      RootLayout.append(
        definedNames(of: sheet, named: name, index: index, prefix: prefix, isInside: true),
        to: known, count: nil, in: bytes, &splices)
    } else {
      splices.insert(
        definedNames(of: sheet, named: name, index: index, prefix: prefix),
        at: layout.offset(before: WorkbookPatch.behindNames))
    }
    set(file.part, to: splices.applied(to: bytes))
  }

  // MARK: - End

  mutating func finished() throws(WorkbookProblem) -> [UInt8] {
    set(stylesPart, to: styles.finished())
    if !workbookRelationships.isEmpty {
      try addRelationships(workbookRelationships, to: file.part)
    }
    try listContentTypes()
    var writer = ZipArchiveWriter()
    for name in file.archive.names where !name.hasSuffix("/") {
      if let bytes = changed[name] {
        writer.add(name, bytes)
      } else if let bytes = try contents(of: name, in: file.archive) {
        writer.add(name, bytes)
      }
    }
    for name in added where !file.archive.names.contains(name) {
      if let bytes = changed[name] { writer.add(name, bytes) }
    }
    return try packed(writer)
  }

  private mutating func listContentTypes() throws(WorkbookProblem) {
    let part = "[Content_Types].xml"
    guard let bytes = try content(part) else { throw .missing(part: part) }
    var extensions: Set<String> = []
    try readPart(bytes, part) { event in
      if case .start(let element) = event, element.name.local == "Default",
        let name = element["Extension"]
      {
        extensions.insert(name.lowercased())
      }
    }
    let needsDrawings = needsDrawings && !extensions.contains("vml")
    let types = contentTypes
    set(
      part,
      to: try appended(to: bytes, part: part) { prefix in
        var text =
          needsDrawings
          ? #"<\#(prefix)Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>"#
          : ""
        for (part, type) in types {
          text +=
            #"<\#(prefix)Override PartName="/\#(exactXML(part))" ContentType="\#(type)"/>"#
        }
        return text
      })
  }
}
