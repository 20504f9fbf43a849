package import WenzeSyntax

/// Why a file is not read as a workbook, or a part of it is not.
package enum WorkbookProblem: Error, Hashable, Sendable {
  case archive(ArchiveProblem)
  /// A workbook with a password.
  case encrypted
  /// A workbook as it was before 2007: `.xls`, `.et`.
  case old
  /// A workbook whose parts are not XML: `.xlsb`.
  case binary
  case openDocument
  /// Another kind of office file.
  case otherKind(Bilingual)
  /// Text under the name of a workbook.
  case text
  case missing(part: String)
  case unreadable(part: String, XMLProblem)

  package var message: Bilingual {
    switch self {
    case .archive(let problem): problem.message
    case .encrypted: Bilingual("工作簿有密码保护，未读取", "the workbook has a password and is not read")
    case .old:
      Bilingual(
        "这是旧格式的工作簿（.xls、.et），未读取",
        "this is a workbook of the old format (.xls, .et); it is not read"
      )
    case .binary:
      Bilingual("这是二进制工作簿（.xlsb），未读取", "this is a binary workbook (.xlsb); it is not read")
    case .openDocument:
      Bilingual(
        "这是 OpenDocument 表格（.ods），未读取", "this is an OpenDocument spreadsheet (.ods); it is not read"
      )
    case .otherKind(let kind):
      Bilingual("这是\(kind.chinese)，不是工作簿", "this is \(kind.english), no workbook")
    case .text:
      Bilingual(
        "扩展名是 .xlsx，内容却不是工作簿", "the file is called .xlsx, but what it holds is no workbook")
    case .missing(let part):
      Bilingual(
        "工作簿缺少“\(displayed(part))”", "the part `\(displayed(part))` of the workbook is missing")
    case .unreadable(let part, let problem):
      Bilingual(
        "工作簿的“\(displayed(part))”第 \(problem.line) 行无法读取：\(problem.message.chinese)",
        "the part `\(displayed(part))` of the workbook cannot be read at line \(problem.line): "
          + problem.message.english)
    }
  }

  /// What to do about it.
  package var cure: Bilingual {
    switch self {
    case .archive(let problem): problem.cure
    case .encrypted:
      Bilingual(
        "在 Excel 或者 WPS 里打开，取消密码，另存为不加密的 .xlsx",
        "open it in a spreadsheet program, remove the password, and save it as .xlsx")
    case .old, .binary, .openDocument:
      Bilingual(
        "在 Excel 或者 WPS 里打开，另存为 .xlsx 或者 CSV",
        "open it in a spreadsheet program, and save it as .xlsx or CSV")
    case .otherKind:
      Bilingual("指定 .xlsx 或者 CSV 台账", "name a ledger in .xlsx or CSV")
    case .text:
      Bilingual(
        "可能是改了扩展名的网页、文本或者 CSV；在 Excel 或者 WPS 里打开，另存为 .xlsx",
        "it may be a page, a text or CSV that was renamed; open it in a spreadsheet program, and save "
          + "it as .xlsx")
    case .missing, .unreadable:
      Bilingual(
        "在 Excel 或者 WPS 里打开（必要时修复），另存为 .xlsx",
        "open it in a spreadsheet program, repair it if that asks to, and save it as .xlsx")
    }
  }
}

/// What bytes hold, by how they begin.
package enum OfficeFileKind: Hashable, Sendable {
  /// An archive of parts, which may be a workbook.
  case archive
  /// A file in the file system of old office programs; a workbook with a password is inside of one.
  case compound(isEncrypted: Bool)

  package init?(_ bytes: [UInt8]) {
    if ZipArchive.begins(bytes) {
      self = .archive
    } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      // The names of its entries are UTF-16.
      let name = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
      self = .compound(isEncrypted: bytes.contains(sequence: name))
    } else {
      return nil
    }
  }
}

extension [UInt8] {
  fileprivate func contains(sequence: [UInt8]) -> Bool {
    guard let first = sequence.first else { return true }
    let span = span
    var position = span.firstIndex(of: first, from: 0)
    while position + sequence.count <= count {
      if self[position..<position + sequence.count].elementsEqual(sequence) { return true }
      position = span.firstIndex(of: first, from: position + 1)
    }
    return false
  }
}
