package import WenzeSyntax

/// The formats of documents.
package enum DocumentFormat: String, CaseIterable, Sendable {
  /// For Word, WPS and LibreOffice.
  case docx
  /// A page to print.
  case html

  /// The format that a file of a name has; nil if it is none of these.
  package init?(path: String) {
    let name = path.lowercased()
    guard let format = Self.allCases.first(where: { name.hasSuffix("." + $0.rawValue) }) else {
      return nil
    }
    self = format
  }
}

/// A template of a document as it was found.
package struct DocumentTemplate: Sendable {
  package var format: DocumentFormat
  /// Where it was found, as a reader is told.
  package var path: String
  package var bytes: [UInt8]
  /// Whether it travels inside the executable.
  package var isBuiltIn: Bool

  package init(format: DocumentFormat, path: String, bytes: [UInt8], isBuiltIn: Bool = false) {
    self.format = format
    self.path = path
    self.bytes = bytes
    self.isBuiltIn = isBuiltIn
  }
}

/// The documents that there are templates of: those inside the executable, and those of folders,
/// which take their place.
///
/// In a folder of rules the templates stand below `documents`. A template has the name of its
/// document, in Chinese if it is in Chinese.
package struct DocumentTemplates: Sendable {
  /// What stands in a folder of templates.
  package struct File: Sendable {
    /// The path below `documents`, with `/` between its parts.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    fileprivate var name: String { String(path.split(separator: "/").last ?? "") }

    /// The name without what tells the format.
    fileprivate var stem: String { String(name.dropLast(5)) }

    fileprivate var folder: String {
      path.split(separator: "/").dropLast().joined(separator: "/")
    }
  }

  /// A document by its names.
  package struct Entry: Hashable, Sendable {
    /// The same in both languages where it has but one.
    package var name: Bilingual
    package var formats: [DocumentFormat]
    /// The folder of rules that has a template of it, the last one if several have.
    package var folder: String?

    package func isNamed(_ name: String) -> Bool {
      name == self.name.chinese || name == self.name.english
    }
  }

  let builtIn: [File]
  private var folders: [(path: String, files: [File])] = []
  package private(set) var entries: [Entry] = []

  /// Where templates that others name stand.
  private static let partials = "partials"
  /// Where the parts stand that all documents of Word have; those in English have some of their own.
  static let wordParts = "word"
  private static let bodySuffix = ".document.xml"

  package init(builtIn files: [File]) {
    builtIn = files
    let documents = Dictionary(grouping: files, by: \.folder)
      .filter { !$0.key.isEmpty && $0.key != Self.partials && !$0.key.hasPrefix(Self.wordParts) }
    for (folder, files) in documents.sorted(by: { $0.key < $1.key }) {
      let pages = files.filter { $0.name.hasSuffix(".html") }.map(\.stem)
      let chinese = pages.first { $0 != folder } ?? folder
      entries.append(
        Entry(name: Bilingual(chinese, folder), formats: DocumentFormat.allCases))
    }
  }

  /// Adds the templates of a folder of rules, which take the place of those of their names.
  package mutating func add(_ files: [File], of folder: String) {
    let files = files.filter { DocumentFormat(path: $0.name) != nil }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    folders.append((folder, files))
    for file in files where file.folder.split(separator: "/").last.map(String.init) != Self.partials
    {
      guard let format = DocumentFormat(path: file.name) else { continue }
      if let index = entries.firstIndex(where: { $0.isNamed(file.stem) }) {
        entries[index].folder = folder
        if !entries[index].formats.contains(format) { entries[index].formats.append(format) }
      } else {
        entries.append(
          Entry(name: Bilingual(same: file.stem), formats: [format], folder: folder))
      }
    }
  }

  package func entry(named name: String) -> Entry? { entries.first { $0.isNamed(name) } }

  /// The template of a document; nil if there is none of that format.
  package func template(
    of entry: Entry, _ format: DocumentFormat, language: Language
  ) -> DocumentTemplate? {
    // A folder that has the document in one language means it for both.
    let stems =
      language == .chinese
      ? [entry.name.chinese, entry.name.english] : [entry.name.english, entry.name.chinese]
    let names = stems.map { "\($0).\(format.rawValue)" }
    for (folder, files) in folders.reversed() {
      for name in names {
        if let file = files.first(where: { $0.name.lowercased() == name.lowercased() }) {
          return DocumentTemplate(
            format: format, path: "\(folder)/documents/\(file.path)", bytes: file.bytes)
        }
      }
    }
    switch format {
    case .html:
      guard
        let file = builtIn.first(where: { $0.name == names[0] && $0.folder == entry.name.english })
      else { return nil }
      return DocumentTemplate(
        format: format, path: "rules/documents/\(file.path)", bytes: file.bytes, isBuiltIn: true)
    case .docx:
      guard
        let body = builtIn.first(where: {
          $0.name == stems[0] + Self.bodySuffix && $0.folder == entry.name.english
        })
      else { return nil }
      return builtInWord(body, language)
    }
  }

  /// A template that another one names, beside which it stands; nil if there is none.
  package func partial(_ name: String) -> Source? {
    for (folder, files) in folders.reversed() {
      if let file = files.first(where: { $0.name == name + ".html" }) {
        return Source(
          path: "\(folder)/documents/\(file.path)",
          text: String(decoding: file.bytes, as: UTF8.self))
      }
    }
    return builtIn.first { $0.folder == Self.partials && $0.name == name + ".html" }
      .map {
        Source(path: "rules/documents/\($0.path)", text: String(decoding: $0.bytes, as: UTF8.self))
      }
  }
}
