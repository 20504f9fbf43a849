package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

extension RuleSet {
  /// The first row of an empty ledger: each field that a column can hold, in the order of the
  /// schema, by words that the mapping knows.
  package func ledgerHeader(
    of mapping: LedgerMapping, dossier: Int, in language: Language
  ) -> String {
    // With a mark, so that spreadsheets see that it is UTF-8.
    "\u{FEFF}"
      + ledgerColumns(of: mapping, dossier: dossier, in: language).map(\.header)
      .joined(separator: ",") + "\r\n"
  }

  /// The columns of an empty ledger: the header of each, and the type of what is written below.
  func ledgerColumns(
    of mapping: LedgerMapping, dossier: Int, in language: Language
  ) -> [(header: String, type: ValueType)] {
    var columns: [(header: String, type: ValueType)] = []
    func visit(_ record: Int, _ steps: [Bilingual], _ above: Set<Int>) {
      for field in records[record].fields {
        let steps = steps + [field.name]
        if case .record(let inner) = field.type.element ?? field.type {
          if !above.contains(inner) { visit(inner, steps, above.union([inner])) }
        } else if let header = header(of: steps, in: mapping, language) {
          columns.append((header, field.type))
        }
      }
    }
    visit(dossier, [], [dossier])
    return columns
  }

  /// The shortest end of a path that means the field and no other.
  private func header(
    of steps: [Bilingual], in mapping: LedgerMapping, _ language: Language
  ) -> String? {
    for start in steps.indices.reversed() {
      let words = steps[start...].map { $0[language] }
      let header = words.joined(separator: language == .chinese ? "" : ".")
      guard case .field(let target) = mapping.meanings[LedgerMapping.headerKey(header)],
        target.steps.map(\.name) == steps
      else { continue }
      return header
    }
    return nil
  }
}
