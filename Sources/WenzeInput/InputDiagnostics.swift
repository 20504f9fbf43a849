internal import WenzeSyntax

/// The codes of the problems that this module finds; each is fixed for good.
///
/// | code | problem | found in |
/// |---|---|---|
/// | D0101 | there is no such file | `FileReading` |
/// | D0102 | a folder stands where a file is needed | `FileReading` |
/// | D0103 | the file may not be read | `FileReading` |
/// | D0104 | the system cannot read the file | `FileReading` |
/// | D0105 | the file is empty | `FileReading` |
/// | D0106 | the file is too large | `FileReading` |
/// | D0107 | bytes that are no text | `TextDecoding` |
/// | D0108 | a folder has nothing to read | `InputSearch` |
/// | D0109 | neither a file nor a folder | `FileReading` |
/// | D0110 | a file name is not UTF-8 | `FileReading` |
/// | D0111 | a compressed file is cut off | `Gzip` |
/// | D0112 | a compressed file is damaged | `Gzip` |
/// | D0113 | something follows the compressed content | `Gzip` |
/// | D0114 | a compressed file unpacks to too much | `Gzip` |
/// | D0201 | something else stands where a value or mark is needed | `JSONReader` |
/// | D0202 | a bracket is not closed | `JSONReader` |
/// | D0203 | a text is not closed | `JSONReader` |
/// | D0204 | an unknown escape | `JSONReader` |
/// | D0205 | half a surrogate pair | `JSONReader` |
/// | D0206 | a control character in a text | `JSONReader` |
/// | D0207 | a number that is not JSON's | `JSONReader` |
/// | D0208 | a comma before a closing bracket | `JSONReader` |
/// | D0209 | a comment | `JSONReader` |
/// | D0210 | a Chinese or single mark where an ASCII one belongs | `JSONReader` |
/// | D0212 | a document is no object | `JSONReader` |
/// | D0213 | text after the end | `JSONReader` |
/// | D0214 | a word without quotation marks | `JSONReader` |
/// | D0215 | a line is no object | `JSONReader` |
/// | D0216 | text behind the document of a line | `JSONReader` |
/// | D0301 | wrong syntax | `YAMLReader` |
/// | D0302 | a control character | `YAMLReader` |
/// | D0304 | a key that is no word or text | `YAMLReader` |
/// | D0305 | an alias without its anchor | `YAMLReader` |
/// | D0306 | a document is no mapping | `YAMLReader` |
/// | D0307 | the file has no document | `YAMLReader` |
/// | D0308 | an unknown tag | `YAMLReader` |
/// | D0309 | rules among documents | `WenzeReader` |
/// | D0401 | too deep | `ReadingLimits` |
/// | D0402 | a text is too long | `ReadingLimits` |
/// | D0403 | a document is too long | `ReadingLimits` |
/// | D0404 | aliases repeat too many values | `ReadingLimits` |
/// | D0405 | too many problems | `ReadingLimits` |
/// | D0501 | the full-width comma as a separator | `CSVReader` |
/// | D0502 | a quotation mark that is never closed | `CSVReader` |
/// | D0503 | a bare quotation mark in a cell | `CSVReader` |
/// | D0504 | text behind a closing quotation mark | `CSVReader` |
/// | D0505 | a cell is too long | `CSVReader` |
/// | D0511 | no rule pack says what columns stand for | `LedgerReader` |
/// | D0512 | no row of header words | `LedgerReader` |
/// | D0513 | a header of two rows | `LedgerReader` |
/// | D0514 | a title above the header | `LedgerReader` |
/// | D0515 | a column that nothing maps | `LedgerReader` |
/// | D0516 | a column that may be one of several | `LedgerReader` |
/// | D0517 | a second column for one field | `LedgerReader` |
/// | D0518 | no column for the key | `LedgerReader` |
/// | D0519 | a header without rows | `LedgerReader` |
/// | D0520 | a column that holds values of another field | `LedgerReader` |
/// | D0521 | a row with characters that were lost before | `LedgerReader` |
/// | D0522 | a row with more cells than the header | `LedgerReader` |
/// | D0523 | a row with fewer | `LedgerReader` |
/// | D0524 | a row without key | `LedgerReader` |
/// | D0525 | rows of one document that differ | `LedgerReader` |
/// | D0526 | a row of totals | `LedgerReader` |
/// | D0527 | a total that is not the count of the rows | `LedgerReader` |
/// | D0531 | a cell that is no value of its column | `LedgerReader` |
/// | D0532 | a cell that may belong to each of several elements | `LedgerReader` |
/// | D0533 | a date that is a spreadsheet's number | `LedgerReader` |
/// | D0701 | a tag that is not XML | `XESReader` |
/// | D0702 | a trace that does not end | `XESReader` |
/// | D0703 | no traces | `XESReader` |
/// | D0704 | a time that is none | `XESReader` |
/// | D0705 | a document type | `XESReader` |
/// | D0801 | a hidden sheet | `WorkbookReading` |
/// | D0802 | a sheet that cannot be read | `WorkbookReading` |
/// | D0803 | too many cells | `WorkbookReading` |
/// | D0811 | the error of a formula | `WorkbookReading` |
/// | D0812 | a formula without its result | `WorkbookReading` |
/// | D0813 | 29 February 1900 | `WorkbookReading` |
/// | D0814 | a number that is no date | `WorkbookReading` |
/// | D0815 | digits that were lost before | `WorkbookReading` |
/// | D0816 | a date that shows no year | `WorkbookReading` |
/// | D0817 | a damaged cell | `WorkbookReading` |
/// | D0818 | a workbook without data | `WorkbookReading` |
/// | D0819 | a column without header | `LedgerReader` |
/// | D0820 | a file that is no workbook that can be read | `WorkbookReading` |
struct InputDiagnostics {
  private(set) var found: [Diagnostic] = []
  private let limit: Int
  /// Whether reading goes on past the limit, since no document depends on another.
  private let readsOn: Bool

  init(limit: Int, readsOn: Bool = false) {
    self.limit = limit
    self.readsOn = readsOn
  }

  /// Whether the limit is passed, so that reading should stop.
  var isFull: Bool { !readsOn && found.count > limit }

  /// Adds a problem; the one past the limit is replaced by word of the limit, and later ones drop.
  mutating func report(_ diagnostic: Diagnostic) {
    if found.count < limit {
      found.append(diagnostic)
    } else if found.count == limit {
      found.append(.tooManyProblems(limit: limit, readsOn: readsOn, at: diagnostic.range))
    }
  }

  /// Adds problems; gives those that are told.
  mutating func report(_ diagnostics: [Diagnostic]) -> ArraySlice<Diagnostic> {
    let known = found.count
    for diagnostic in diagnostics { report(diagnostic) }
    return found[known...]
  }
}
