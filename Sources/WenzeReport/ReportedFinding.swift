package import WenzeEngine
import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// A finding in the words and places of reports.
///
/// It needs neither the text of the file nor the document any more, so that it can be kept,
/// written down, and put into a report of any format elsewhere. Names of persons are masked in it
/// already, unless the run shows them.
package struct ReportedFinding: Hashable, Sendable, Codable {
  /// The number of the rule in the rule set.
  package var rule: Int
  package var verdict: Verdict
  /// The document that it is about; nil for a group.
  package var document: Document?
  package var group: Group?
  package var element: String?
  /// Nil for a group that nothing is wrong with.
  package var message: Bilingual?
  package var fix: Bilingual?
  package var evidence: [Evidence] = []
  package var missing: [Bilingual] = []
  package var waiver: Waiver?
  /// A digest of the facts that it rests on, names in clear, where the run needs one.
  package var facts: String?
  /// How it compares with the baseline of the run, if there is one.
  package var status: BaselineStatus?

  package struct Document: Hashable, Sendable, Codable {
    /// The English name of the dossier.
    package var type: String
    package var id: String?
    package var path: String
    package var line: Int
    package var column: Int
    /// The sheet of a workbook in which it stands.
    package var sheet: String?

    package var place: Place { Place(line: line, column: column, sheet: sheet) }

    /// The file and the sheet in it: `a.csv`, `a.xlsx:Sheet1`.
    package var address: String { sheet.map { "\(path):\($0)" } ?? path }

    /// The line or cell, as reports write it: `a.csv:5`, `a.xlsx:Sheet1!A5`.
    package var placeText: String { "\(path):\(place.cell ?? "\(line)")" }
  }

  package struct Evidence: Hashable, Sendable, Codable {
    package var field: Bilingual
    /// Nil where nothing is recorded.
    package var value: Bilingual?
    package var line: Int?
    package var column: Int?
    package var sheet: String?

    /// Nil where nothing is recorded.
    package var place: Place? {
      guard let line, let column else { return nil }
      return Place(line: line, column: column, sheet: sheet)
    }
  }

  package struct Waiver: Hashable, Sendable, Codable {
    package var reason: String
    package var approver: String
    package var until: String
  }

  package struct Group: Hashable, Sendable, Codable {
    package var key: [Figure]
    package var figures: [Figure]
    package var size: Int
    package var leftOut: Int
    package var documents: [Member]
    package var beside: Beside?
  }

  /// What stands beside a group.
  package struct Beside: Hashable, Sendable, Codable {
    /// The English name of the dossier.
    package var type: String
    /// Nil where the run had no document of the type.
    package var size: Int?
    package var leftOut: Int
    /// The first few.
    package var documents: [Member]
    package var documentCount: Int
  }

  package struct Figure: Hashable, Sendable, Codable {
    package var name: Bilingual
    /// Nil where it is not known.
    package var text: Bilingual?
    /// The number, if it is an integer.
    package var integer: Int?
    /// The share as a percentage, if it is one.
    package var percent: String?
    package var leftOut = 0
  }

  package struct Member: Hashable, Sendable, Codable {
    package var id: String?
    package var path: String
    package var line: Int
    /// The cell with which it begins, in a workbook: `Sheet1!A5`.
    package var cell: String?

    init(_ document: DocumentReference) {
      id = document.id
      path = document.path
      line = document.line
      cell = document.place.cell
    }

    /// Where it is, as reports write it.
    package var placeText: String { "\(path):\(cell ?? "\(line)")" }
  }
}

/// How a finding compares with those that were known before.
package enum BaselineStatus: String, Hashable, Sendable, Codable {
  case new
  /// The same finding was known, but rests on other facts now.
  case reopened
  case known
}

// MARK: - Making

extension ReportedFinding {
  /// A finding on a document.
  package init(
    _ finding: Finding, of result: DocumentResult, in source: Source, _ ruleSet: RuleSet,
    profile: MaskingProfile
  ) {
    let dossier = ruleSet.rules[finding.rule].dossier
    let mask = profile(result.mask)
    func text(of path: FieldPath) -> Bilingual {
      Bilingual(
        ruleSet.text(of: path, from: dossier, in: .chinese),
        ruleSet.text(of: path, from: dossier, in: .english))
    }
    func spoken(_ value: Value) -> Bilingual {
      Bilingual(
        ruleSet.spokenText(of: value, in: .chinese), ruleSet.spokenText(of: value, in: .english))
    }
    let place = source.place(at: finding.place.start)
    self.init(
      rule: finding.rule, verdict: finding.verdict,
      document: Document(
        type: ruleSet.records[result.document.dossier].name.english, id: result.document.id,
        path: source.path, line: place.line, column: place.column, sheet: place.sheet),
      element: finding.element.map { ruleSet.text(of: $0, from: dossier, in: .english) },
      message: mask(finding.message), fix: finding.fix.map { mask($0) })
    evidence = finding.evidence.map { evidence in
      let value = evidence.fact.value
      let place = evidence.fact.place.map { source.place(at: $0.start) }
      return Evidence(
        field: text(of: evidence.path),
        value: value.isUnknown
          ? nil : profile.isPublic ? ruleSet.publishedText(of: value) : mask(spoken(value)),
        line: place?.line, column: place?.column, sheet: place?.sheet)
    }
    missing = finding.missing.map { text(of: $0) }
    waiver = finding.waiver.map { waiver in
      Waiver(
        reason: mask(waiver.reason), approver: mask(waiver.approver),
        until: waiver.until.text(in: .english))
    }
    if profile.isPublic { self = published(in: ruleSet) }
  }

  /// A finding on a group, or on an element against its group.
  package init(_ finding: GroupFinding, _ ruleSet: RuleSet, profile: MaskingProfile) {
    let rule = ruleSet.rules[finding.rule]
    let mask = profile(finding.mask)
    func figure(_ figure: GroupFinding.Figure) -> Figure {
      let percent = figure.isShare ? figure.value.percentText : nil
      let text = Bilingual(
        ruleSet.text(of: figure.value, in: .chinese), ruleSet.text(of: figure.value, in: .english))
      var result = Figure(name: figure.name, leftOut: figure.leftOut)
      if !figure.value.isUnknown { result.text = mask(text) }
      if case .integer(let number) = figure.value { result.integer = number }
      result.percent = percent
      return result
    }
    self.init(rule: finding.rule, verdict: finding.verdict)
    group = Group(
      key: finding.key.map(figure), figures: finding.figures.map(figure), size: finding.size,
      leftOut: finding.leftOut,
      documents: finding.documents.map { Member($0) },
      beside: finding.beside.map { beside in
        Beside(
          type: ruleSet.records[beside.dossier].name.english,
          size: beside.isLoaded ? beside.size : nil, leftOut: beside.leftOut,
          documents: beside.documents.map { Member($0) }, documentCount: beside.documentCount)
      })
    if finding.isOfElement, let own = finding.documents.first {
      document = Document(
        type: ruleSet.records[rule.dossier].name.english, id: own.id, path: own.path,
        line: own.line, column: own.column, sheet: own.sheet)
      element = finding.element.map { ruleSet.text(of: $0, from: rule.dossier, in: .english) }
    }
    if finding.verdict == .violation || finding.verdict == .undetermined {
      message = mask(finding.message)
      fix = finding.fix.map { mask($0) }
    }
    if profile.isPublic { self = published(in: ruleSet) }
  }
}

// MARK: - JSON

extension ReportedFinding {
  /// The finding with the fields of JSON reports, schema version 1.
  package func json(in ruleSet: RuleSet) -> JSONValue {
    json(of: RuleJSON(ruleSet.rules[rule], in: ruleSet))
  }

  func json(of rule: RuleJSON) -> JSONValue {
    var fields: [(String, JSONValue)] = [
      ("rule", rule.code), ("name", rule.name), ("verdict", .text(verdict.rawValue)),
      ("severity", rule.severity),
    ]
    if let status { fields.append(("baseline", .text(status.rawValue))) }
    if let group { fields.append(("group", group.json)) }
    fields += [
      ("document", document?.json ?? .null),
      ("element", JSONValue(element)),
      ("message", message.map { JSONValue($0) } ?? .null),
      ("fix", fix.map { JSONValue($0) } ?? .null),
      ("citations", rule.citations),
      ("evidence", .array(evidence.map(\.json))),
      ("missing", .array(missing.map { JSONValue($0) })),
      (
        "waived",
        waiver.map { waiver in
          [
            "reason": .text(waiver.reason), "approver": .text(waiver.approver),
            "until": .text(waiver.until),
          ]
        } ?? .null
      ),
      ("rule_at", rule.place),
    ]
    return .object(fields)
  }
}

extension ReportedFinding.Document {
  var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("type", .text(type)), ("id", JSONValue(id)), ("path", .text(path)),
      ("line", .integer(line)), ("column", .integer(column)),
    ]
    if let cell = place.cell { fields.append(("cell", .text(cell))) }
    return .object(fields)
  }
}

extension ReportedFinding.Evidence {
  fileprivate var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("field", JSONValue(field)), ("value", JSONValue(value?.chinese)), ("line", JSONValue(line)),
      ("column", JSONValue(column)),
    ]
    if let cell = place?.cell { fields.append(("cell", .text(cell))) }
    return .object(fields)
  }
}

extension ReportedFinding.Group {
  fileprivate var json: JSONValue {
    [
      "key": .array(key.map { ["name": JSONValue($0.name), "value": $0.json] }),
      "figures": .array(
        figures.map { figure in
          [
            "name": JSONValue(figure.name), "value": figure.json,
            "left_out": .integer(figure.leftOut),
          ]
        }),
      "size": .integer(size),
      "left_out": .integer(leftOut),
      "documents": .array(documents.map(\.json)),
      "beside": beside?.json ?? .null,
    ]
  }
}

extension ReportedFinding.Beside {
  fileprivate var json: JSONValue {
    [
      "type": .text(type), "size": JSONValue(size), "left_out": .integer(leftOut),
      "documents": .array(documents.map(\.json)), "document_count": .integer(documentCount),
    ]
  }
}

extension ReportedFinding.Member {
  fileprivate var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("id", JSONValue(id)), ("path", .text(path)), ("line", .integer(line)),
    ]
    if let cell { fields.append(("cell", .text(cell))) }
    return .object(fields)
  }
}

extension ReportedFinding.Figure {
  fileprivate var json: JSONValue {
    integer.map { .integer($0) } ?? JSONValue(text?.chinese)
  }
}

extension RuleSet {
  /// A citation with the fields of JSON reports.
  func json(_ citation: Citation) -> JSONValue {
    let law = laws[citation.law]
    return [
      "law": .text(law.name.chinese), "title": .text(law.title.chinese),
      "article": JSONValue(citation.article), "paragraph": JSONValue(citation.paragraph),
      "item": JSONValue(citation.item),
    ]
  }

  /// Where a rule is declared, with the fields of JSON reports.
  func json(placeOf rule: Rule) -> JSONValue {
    let source = sources[rule.origin.source]
    return [
      "path": .text(source.path),
      "line": .integer(source.place(at: rule.origin.range.start).line),
    ]
  }
}

extension JSONValue {
  init(_ text: String?) {
    self = text.map { .text($0) } ?? .null
  }

  init(_ number: Int?) {
    self = number.map { .integer($0) } ?? .null
  }
}
