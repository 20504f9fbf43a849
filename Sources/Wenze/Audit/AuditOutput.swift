package import WenzeReport

/// Where the text of a report goes.
package protocol ReportSink: AnyObject {
  func write(_ text: String) throws

  /// Keeps a text until ``writeHeld()``, in less memory than it takes.
  func hold(_ text: String) throws

  /// Writes all that was held.
  func writeHeld() throws
}

/// A report of an audit: how it is written, and where to.
package struct AuditOutput {
  package let format: any ReportFormat
  package let sink: any ReportSink
  private var files: FileGroups?
  private var hasFindings = false
  private var hasProblems = false
  /// What is left for findings, where a format lists no more than a page can bear.
  private var room = ListingRoom()

  package init(format: any ReportFormat, sink: any ReportSink) {
    self.format = format
    self.sink = sink
    files = (format as? any FileGroupingFormat).map { FileGroups($0) }
  }

  func begin() throws {
    try sink.write(format.head)
  }

  mutating func add(_ lines: ReportLines) throws {
    for entry in lines.entries {
      if let group = files?.add(entry) { try sink.write(group) }
    }
    if type(of: format).opensWithSummary {
      for text in lines.items where room.takes(text) { try sink.hold(text) }
    }
    if !lines.findings.isEmpty {
      try sink.write((hasFindings ? format.separator : "") + lines.findings)
      hasFindings = true
    }
    if !lines.problems.isEmpty {
      // They come behind all findings.
      try sink.hold((hasProblems ? format.separator : "") + lines.problems)
      hasProblems = true
    }
  }

  mutating func end(_ summary: AuditSummary) throws {
    if let group = files?.end() { try sink.write(group) }
    if type(of: format).opensWithSummary {
      try sink.write(format.opening(summary, leftOut: room.leftOut))
      try sink.writeHeld()
      try sink.write(format.tail(summary))
      return
    }
    let isJoined = format.middle.isEmpty && hasFindings && hasProblems
    try sink.write(isJoined ? format.separator : format.middle)
    try sink.writeHeld()
    try sink.write(format.tail(summary))
  }
}

/// What a part of a corpus puts into a report.
struct ReportLines: Sendable {
  var findings = ""
  /// Each finding, where the format may leave some out.
  var items: [String] = []
  /// What goes into the group of its file, where the format has these.
  var entries: [FileEntry] = []
  var problems: String
}

extension ReportLines {
  init(
    of findings: [ReportedFinding], _ problems: [ReportedProblem], in format: any ReportFormat
  ) {
    let listed = findings.lazy.filter { $0.status != .known }
    self.problems = problems.lazy
      .compactMap { format.text(of: $0) }.joined(separator: format.separator)
    if let format = format as? any FileGroupingFormat {
      entries = listed.compactMap { FileEntry($0, in: format) }
    } else if type(of: format).opensWithSummary {
      items = listed.compactMap { format.text(of: $0) }
    } else {
      self.findings = listed.compactMap { format.text(of: $0) }
        .joined(separator: format.separator)
    }
  }
}
