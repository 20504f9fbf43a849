package import WenzeModel
import WenzeOffice
package import WenzeSemantics
package import WenzeSyntax

extension RuleSet {
  /// An empty ledger as a workbook: a column a field, with what a schema lists to choose from.
  package func ledgerWorkbook(
    of mapping: LedgerMapping, dossier: Int, in language: Language
  ) throws(FileFormatProblem) -> [UInt8] {
    let columns = ledgerColumns(of: mapping, dossier: dossier, in: language).map { header, type in
      NewSheet.Column(
        header, width: Double(max(10, min(36, displayWidth(of: header) + 4))),
        choices: choices(of: type, in: language))
    }
    let name = language == .chinese ? "台账" : "Ledger"
    do throws(WorkbookProblem) {
      return try newWorkbook(NewSheet(name: name, columns: columns))
    } catch {
      throw FileFormatProblem(message: error.message)
    }
  }

  /// What may be written in a cell; none where that is no list.
  ///
  /// A cell of a list may hold several of them, so that no one of them is asked for.
  private func choices(of type: ValueType, in language: Language) -> [String] {
    switch type {
    case .boolean: language == .chinese ? ["是", "否"] : ["yes", "no"]
    case .enumeration(let number): enums[number].entries.map { $0.name[language] }
    default: []
    }
  }
}
