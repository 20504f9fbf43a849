import WenzeSyntax

/// Rows of cells as lines of text: the first column to the left, the others, numbers, to the right.
package func alignedTable(_ rows: [[String]]) -> String {
  let count = rows.map(\.count).max() ?? 0
  let widths = (0..<count).map { column in
    rows.map { $0.indices.contains(column) ? displayWidth(of: $0[column]) : 0 }.max() ?? 0
  }
  return rows.map { row in
    row.enumerated().map { column, cell in
      let space = String(repeating: " ", count: widths[column] - displayWidth(of: cell))
      return column == 0 ? cell + space : space + cell
    }
    .joined(separator: "  ")
  }
  .joined(separator: "\n") + "\n"
}
