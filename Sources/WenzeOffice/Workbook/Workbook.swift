package import WenzeSyntax

/// What the sheets of a workbook hold, as far as it can be read.
package struct Workbook: Sendable {
  package var sheets: [Sheet] = []
  /// Sheets that cannot be read, by name.
  package var unread: [(sheet: String, problem: WorkbookProblem)] = []
  package var countsFrom1904 = false

  package struct Sheet: Sendable {
    package var name: String
    package var isHidden: Bool
    /// Those that hold anything, in their order.
    package var rows: [Row] = []
    package var merges: [SheetLines.Merge] = []
    package var remarks: [Remark] = []
    /// The row at which reading stopped, since the sheet is too large.
    package var stoppedAt: Int?
  }

  package struct Row: Sendable {
    package var number: Int
    /// Those that hold anything, in their order.
    package var cells: [Cell]
  }

  package struct Cell: Sendable {
    package var column: Int
    package var text: String

    package init(column: Int, text: String) {
      self.column = column
      self.text = text
    }
  }

  /// Something to say of a cell.
  package struct Remark: Hashable, Sendable {
    package var cell: CellReference
    package var kind: Kind

    package enum Kind: Hashable, Sendable {
      /// The value of a formula that went wrong, such as `#REF!`.
      case error(String)
      /// A formula whose value was never saved.
      case noValue
      case falseLeapDay
      case noDate(String)
      /// More digits than spreadsheets count on.
      case lostDigits
      /// A date of which only month and day are shown.
      case hiddenYear(Int)
      /// A value that is not what its type says.
      case strange
    }
  }
}

/// Reads a workbook.
///
/// - Parameters:
///   - bytes: the file.
///   - limits: what it may unpack to.
///   - cells: how many cells all sheets may have, gaps counted.
/// - Returns: its sheets.
/// - Throws: why nothing of it can be read.
package func readWorkbook(
  _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits(), cells: Int = 20_000_000
) throws(WorkbookProblem) -> Workbook {
  let file = try WorkbookFile(bytes, limits: limits)
  var workbook = Workbook()
  workbook.countsFrom1904 = file.countsFrom1904
  let texts = try file.sharedTexts()
  let formats = try file.numberFormats()
  var room = cells
  for sheet in file.sheets {
    guard let part = sheet.part else {
      workbook.unread.append((sheet.name, .missing(part: sheet.name)))
      continue
    }
    // What has pages, charts or dialogues instead of cells holds no ledger.
    if sheet.isOther { continue }
    do throws(WorkbookProblem) {
      guard let bytes = try contents(of: part, in: file.archive) else {
        throw .missing(part: part)
      }
      if sheet.isHidden {
        workbook.sheets.append(Workbook.Sheet(name: sheet.name, isHidden: true))
        continue
      }
      var reader = SheetReader(
        name: sheet.name, texts: texts, formats: formats, countsFrom1904: file.countsFrom1904,
        room: room)
      try readPart(bytes, part) { reader.read($0) }
      workbook.sheets.append(reader.finish())
      room = reader.room
    } catch {
      workbook.unread.append((sheet.name, error))
    }
  }
  return workbook
}
