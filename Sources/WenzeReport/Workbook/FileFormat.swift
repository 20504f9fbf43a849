package import WenzeSyntax

/// A way to write the whole report of a check as a file of an office program, which is no text and
/// must not be shown in a terminal.
///
/// A new format is one file with a type that says what it is called, and its line in
/// ``fileFormats``.
package protocol FileFormat: Sendable {
  /// What users call it.
  static var name: String { get }

  static func bytes(of report: CheckReport) throws(FileFormatProblem) -> [UInt8]
}

/// The formats of files that there are.
package let fileFormats: [any FileFormat.Type] = [WorkbookFormat.self]

/// Why a report cannot be written as a file.
package struct FileFormatProblem: Error, Hashable, Sendable {
  package var message: Bilingual
}
