/// A format that puts what was found in one file together, under a head that counts it.
package protocol FileGroupingFormat: ReportFormat {
  /// How a finding counts in the group of its file; nil where the format does not list it.
  func outcome(of finding: ReportedFinding) -> FileEntry.Outcome?

  func head(of group: FileGroup) -> String

  func tail(of group: FileGroup) -> String
}

/// One finding in the group of its file.
package struct FileEntry: Sendable {
  /// The path of its file; nil for a group of documents.
  package var path: String?
  package var outcome: Outcome
  package var text: String

  package enum Outcome: Sendable {
    case passed, failed, skipped
  }

  package init?(_ finding: ReportedFinding, in format: any FileGroupingFormat) {
    guard let outcome = format.outcome(of: finding), let text = format.text(of: finding) else {
      return nil
    }
    path = finding.document?.path
    self.outcome = outcome
    self.text = text
  }
}

/// What was found in one file, or in a stretch of a long one.
package struct FileGroup: Sendable {
  package var path: String?
  package var count = 0
  package var failed = 0
  package var skipped = 0
  fileprivate var text = ""

  fileprivate mutating func add(_ entry: FileEntry) {
    count += 1
    switch entry.outcome {
    case .passed: break
    case .failed: failed += 1
    case .skipped: skipped += 1
    }
    text += entry.text
  }
}

/// Gathers findings, in their order, into the groups of their files.
///
/// Memory holds one group at a time, and of a file with very many findings only a stretch: where
/// that ends depends on nothing but how many there are, so that the bytes are always the same.
package struct FileGroups: Sendable {
  private static let stretch = 1000
  private let format: any FileGroupingFormat
  private var open: FileGroup?

  package init(_ format: any FileGroupingFormat) {
    self.format = format
  }

  /// Adds a finding; gives the text of the group that is whole by that, if one is.
  package mutating func add(_ entry: FileEntry) -> String? {
    var done: String?
    if let open, open.path != entry.path || open.count == Self.stretch { done = end() }
    var group = open ?? FileGroup(path: entry.path)
    // Two owners would make the text be copied for each entry.
    open = nil
    group.add(entry)
    open = group
    return done
  }

  /// Gives the text of the last group.
  package mutating func end() -> String? {
    defer { open = nil }
    return open.map { format.head(of: $0) + $0.text + format.tail(of: $0) }
  }
}
