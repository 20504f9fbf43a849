package import WenzeSyntax

/// What is wrong with a text in XML, and where.
package struct XMLProblem: Error, Hashable, Sendable {
  package var message: Bilingual
  /// Both from 1; the column counts bytes.
  package var line: Int
  package var column: Int

  package init(_ message: Bilingual, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }
}
