package import WenzeEngine
package import WenzeSemantics
package import WenzeSyntax

/// What an audit counts; counts of parts of a corpus merge into those of the whole.
package struct AuditCounts: Hashable, Sendable, Codable {
  /// Documents that were checked, by the number of their dossier.
  package var documents: [Int: Int] = [:]
  /// Documents that have mistakes and were not checked.
  package var unreadDocuments = 0
  /// Files that could not be read at all.
  package var unreadFiles = 0
  /// One verdict for each code and element, by the number of the rule that decided.
  package var verdicts: [Int: VerdictCounts] = [:]
  /// Violations that someone has taken responsibility for.
  package var waived = 0
  /// How often a fact was missed by an undetermined rule.
  package var missing: [String: Int] = [:]
  /// What was wrong with inputs, by code.
  package var problems: [String: ProblemCount] = [:]
  /// In the order in which they were read.
  package var inputs: [InputCount] = []

  package struct VerdictCounts: Hashable, Sendable, Codable {
    package var violation = 0
    package var undetermined = 0
    package var compliant = 0
    package var notApplicable = 0
  }

  package struct ProblemCount: Hashable, Sendable, Codable {
    package var severity: String
    package var count: Int
    /// The first few.
    package var examples: [ReportedProblem]
  }

  package struct InputCount: Hashable, Sendable, Codable {
    package var path: String
    package var documents: Int
    /// The digest of the file, where a report asks for it.
    package var digest: String?

    package init(path: String, documents: Int, digest: String? = nil) {
      self.path = path
      self.documents = documents
      self.digest = digest
    }
  }

  package init() {}
}

extension AuditCounts {
  /// How many problems of each kind are kept as examples.
  private static let exampleCount = 3

  package mutating func count(_ verdict: Verdict, of rule: Int, times count: Int = 1) {
    switch verdict {
    case .violation: verdicts[rule, default: VerdictCounts()].violation += count
    case .undetermined: verdicts[rule, default: VerdictCounts()].undetermined += count
    case .compliant: verdicts[rule, default: VerdictCounts()].compliant += count
    case .notApplicable: verdicts[rule, default: VerdictCounts()].notApplicable += count
    }
  }

  package mutating func count(_ problem: ReportedProblem) {
    merge(
      problem.code, ProblemCount(severity: problem.severity, count: 1, examples: [problem]))
  }

  package mutating func count(missing path: FieldPath, of dossier: Int) {
    let fields = path.steps.compactMap { step in
      if case .field(let number) = step { String(number) } else { nil }
    }
    missing["\(dossier):" + fields.joined(separator: "."), default: 0] += 1
  }

  /// Adds the counts of what was read next.
  package mutating func merge(_ other: AuditCounts) {
    documents.merge(other.documents, uniquingKeysWith: +)
    unreadDocuments += other.unreadDocuments
    unreadFiles += other.unreadFiles
    for (rule, counts) in other.verdicts { verdicts[rule, default: VerdictCounts()].add(counts) }
    waived += other.waived
    missing.merge(other.missing, uniquingKeysWith: +)
    for (code, count) in other.problems { merge(code, count) }
    for input in other.inputs {
      if let last = inputs.last, last.path == input.path {
        inputs[inputs.count - 1].documents += input.documents
        inputs[inputs.count - 1].digest = last.digest ?? input.digest
      } else {
        inputs.append(input)
      }
    }
  }

  private mutating func merge(_ code: String, _ other: ProblemCount) {
    guard var count = problems[code] else {
      problems[code] = other
      return
    }
    count.count += other.count
    count.examples += other.examples.prefix(max(0, AuditCounts.exampleCount - count.examples.count))
    problems[code] = count
  }

  package var documentCount: Int { documents.values.reduce(0, +) }
}

extension AuditCounts.VerdictCounts {
  package mutating func add(_ other: Self) {
    violation += other.violation
    undetermined += other.undetermined
    compliant += other.compliant
    notApplicable += other.notApplicable
  }
}

/// Something that is wrong with an input, in the words and places of reports.
package struct ReportedProblem: Hashable, Sendable, Codable {
  package var code: String
  package var severity: String
  package var path: String
  package var line: Int?
  package var column: Int?
  /// The cell, in a workbook: `Sheet1!C5`.
  package var cell: String?
  package var message: Bilingual
  package var help: Bilingual?

  /// A problem of a file, whose text is there if the problem is in it.
  package init(_ diagnostic: Diagnostic, path: String, in source: Source?) {
    let place = diagnostic.range.flatMap { range in source?.place(at: range.start) }
    code = diagnostic.code
    severity = diagnostic.severity.name.english
    self.path = path
    line = place?.line
    column = place?.column
    cell = place?.cell
    message = diagnostic.message
    help = diagnostic.fix?.title
  }

  /// The problem with the fields of JSON reports, schema version 1.
  package var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("code", .text(code)), ("severity", .text(severity)), ("path", .text(path)),
      ("line", JSONValue(line)), ("column", JSONValue(column)),
    ]
    if let cell { fields.append(("cell", .text(cell))) }
    fields += [
      ("message", JSONValue(message)), ("help", help.map { JSONValue($0) } ?? .null),
    ]
    return .object(fields)
  }
}
