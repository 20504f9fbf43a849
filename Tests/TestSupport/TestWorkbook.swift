import WenzeOffice

/// A workbook that a test puts together from its parts.
package struct TestWorkbook {
  package struct Sheet {
    package var name: String
    /// What stands in the root of its part.
    package var content: String
    package var state: String?

    package init(_ name: String, _ content: String, state: String? = nil) {
      self.name = name
      self.content = content
      self.state = state
    }

    /// A sheet whose cells hold these texts; nil for none.
    package init(_ name: String, rows: [[String?]]) {
      self.init(name, sheetData(rows))
    }
  }

  package var sheets: [Sheet]
  package var sharedTexts: String?
  package var numberFormats: [String] = []
  package var countsFrom1904 = false
  package var isStrict = false
  /// Parts to add, or to put in the place of others.
  package var parts: [String: String] = [:]
  package var omitted: Set<String> = []

  package init(_ sheets: [Sheet]) {
    self.sheets = sheets
  }

  package func bytes() throws -> [UInt8] {
    let main =
      isStrict
      ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
      : "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let relationships =
      isStrict
      ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
      : "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    var all: [(String, String)] = [
      (
        "[Content_Types].xml",
        #"<Types xmlns="\#(package)/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
      ),
      (
        "_rels/.rels",
        #"<Relationships xmlns="\#(package)/relationships"><Relationship Id="rId1" Type="\#(relationships)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
      ),
    ]
    var list = ""
    var targets =
      #"<Relationship Id="rIdS" Type="\#(relationships)/styles" Target="styles.xml"/>"#
    if sharedTexts != nil {
      targets +=
        #"<Relationship Id="rIdT" Type="\#(relationships)/sharedStrings" Target="/xl/sharedStrings.xml"/>"#
    }
    for (index, sheet) in sheets.enumerated() {
      let state = sheet.state.map { #" state="\#($0)""# } ?? ""
      list +=
        #"<sheet name="\#(sheet.name)" sheetId="\#(index + 1)"\#(state) r:id="rId\#(index)"/>"#
      targets +=
        #"<Relationship Id="rId\#(index)" Type="\#(relationships)/worksheet" Target="worksheets/sheet\#(index + 1).xml"/>"#
    }
    all += [
      (
        "xl/workbook.xml",
        #"<workbook xmlns="\#(main)" xmlns:r="\#(relationships)"><workbookPr\#(countsFrom1904 ? #" date1904="1""# : "")/><sheets>\#(list)</sheets><calcPr calcId="1"/></workbook>"#
      ),
      (
        "xl/_rels/workbook.xml.rels",
        #"<Relationships xmlns="\#(package)/relationships">\#(targets)</Relationships>"#
      ),
      ("xl/styles.xml", styles(main)),
    ]
    if let sharedTexts {
      all.append(("xl/sharedStrings.xml", #"<sst xmlns="\#(main)">\#(sharedTexts)</sst>"#))
    }
    for (index, sheet) in sheets.enumerated() {
      all.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          #"<worksheet xmlns="\#(main)" xmlns:r="\#(relationships)">\#(sheet.content)</worksheet>"#
        ))
    }
    var writer = ZipArchiveWriter()
    for (name, text) in all where !omitted.contains(name) {
      writer.add(name, Array((parts[name] ?? text).utf8))
    }
    let known = Set(all.map(\.0))
    for name in parts.keys.sorted() where !known.contains(name) {
      writer.add(name, Array((parts[name] ?? "").utf8))
    }
    return try writer.finish()
  }

  /// Style 0 is the usual one; each format of a number has the next.
  private func styles(_ main: String) -> String {
    let codes = numberFormats.enumerated()
      .map { #"<numFmt numFmtId="\#(200 + $0)" formatCode="\#($1)"/>"# }.joined()
    let cells = numberFormats.indices
      .map { #"<xf numFmtId="\#(200 + $0)" fontId="0" fillId="0" borderId="1" xfId="0"/>"# }
      .joined()
    return
      #"<styleSheet xmlns="\#(main)"><numFmts count="\#(numberFormats.count)">\#(codes)</numFmts><fonts count="1"><font><sz val="11"/><name val="A"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="\#(numberFormats.count + 1)"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\#(cells)</cellXfs></styleSheet>"#
  }
}

/// The rows of a sheet whose cells hold these texts; nil for none.
package func sheetData(_ rows: [[String?]]) -> String {
  let lines = rows.enumerated().map { number, row in
    let cells = row.enumerated().map { column, text in
      text.map {
        let letters = String(UnicodeScalar(UInt8(65 + column)))
        let escaped = $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return #"<c r="\#(letters)\#(number + 1)" t="inlineStr"><is><t>\#(escaped)</t></is></c>"#
      } ?? ""
    }
    return #"<row r="\#(number + 1)">\#(cells.joined())</row>"#
  }
  return "<sheetData>\(lines.joined())</sheetData>"
}
