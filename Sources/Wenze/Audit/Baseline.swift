import FoundationEssentials
import WenzeEngine
import WenzeModel
package import WenzeReport
import WenzeSemantics
package import WenzeSyntax

/// Findings that are known from an earlier run.
package struct Baseline: Sendable {
  private var facts: [BaselineEntry.Key: Set<BaselineEntry>] = [:]

  package init(_ entries: some Sequence<BaselineEntry> = []) {
    for entry in entries { facts[entry.key, default: []].insert(entry) }
  }

  /// How a finding compares with those that are known.
  func status(of entry: BaselineEntry) -> BaselineStatus {
    guard let known = facts[entry.key] else { return .new }
    return known.contains(entry) ? .known : .reopened
  }

  /// The entries that no finding of a run stands for any more, of those that it could find at all.
  func gone(
    since findings: MetEntries, where isAsked: (BaselineEntry) -> Bool
  ) -> [BaselineEntry] {
    facts.values.joined()
      .filter { entry in
        isAsked(entry) && !findings.known.contains(entry) && !findings.reopened.contains(entry.key)
      }
      .sorted()
  }
}

/// The part of a baseline that a run met.
struct MetEntries: Sendable {
  var known: Set<BaselineEntry> = []
  var reopened: Set<BaselineEntry.Key> = []

  mutating func merge(_ other: MetEntries) {
    known.formUnion(other.known)
    reopened.formUnion(other.reopened)
  }
}

extension BaselineEntry {
  init(_ finding: ReportedFinding, in ruleSet: RuleSet) {
    let document = finding.document
    self.init(
      key: Key(
        rule: ruleSet.rules[finding.rule].code, type: document?.type, id: document?.id,
        path: document?.id == nil ? document?.path : nil, element: finding.element,
        group: finding.group?.keyText(in: .chinese)),
      verdict: finding.verdict, facts: finding.facts ?? "")
  }
}

extension BaselineEntry: Comparable {
  package static func < (left: BaselineEntry, right: BaselineEntry) -> Bool {
    func order(_ entry: BaselineEntry) -> [String] {
      let key = entry.key
      return [
        key.rule, key.type ?? "", key.id ?? "", key.path ?? "", key.element ?? "", key.group ?? "",
        entry.verdict.rawValue, entry.facts,
      ]
    }
    return order(left).lexicographicallyPrecedes(order(right)) {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}

// MARK: - Facts

/// The digest of what a finding on a document rests on.
func factsDigest(of finding: Finding, in ruleSet: RuleSet) -> String {
  let dossier = ruleSet.rules[finding.rule].dossier
  func text(_ path: FieldPath) -> String { ruleSet.text(of: path, from: dossier, in: .english) }
  return shortDigest(
    of: finding.evidence.map { text($0.path) + "=" + ruleSet.text(of: $0.fact.value, in: .chinese) }
      .sorted() + ["?"] + finding.missing.map(text).sorted())
}

/// The digest of what a finding on a group, or an element against its group, rests on.
///
/// An element has no evidence of its own, but its message holds the facts that matter.
func factsDigest(of finding: GroupFinding, in ruleSet: RuleSet) -> String {
  shortDigest(
    of: finding.figures.map { $0.name.english + "=" + ruleSet.text(of: $0.value, in: .chinese) }
      + (finding.isOfElement ? [finding.message.chinese] : []))
}

// MARK: - Files

extension Baseline {
  private static let kind = "wenze baseline"

  /// The text of a baseline: a line an entry, sorted, so that two versions compare well.
  package static func text(of entries: Set<BaselineEntry>) -> String {
    let head = JSONValue.object([("kind", .text(kind)), ("schema", 1)]).line + "\n"
    return head + entries.sorted().map { $0.json.line + "\n" }.joined()
  }

  /// Reads a baseline.
  package init(text: String, path: String) throws(AuditFileError) {
    var entries: [BaselineEntry] = []
    let decoder = JSONDecoder()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    struct Head: Decodable {
      var kind: String
      var schema: Int
    }
    guard let first = lines.first,
      let head = try? decoder.decode(Head.self, from: Data(first.utf8)), head.kind == Self.kind
    else {
      throw AuditFileError(
        path, Bilingual("这不是 wenze 的基线文件", "this is no baseline of wenze"))
    }
    guard head.schema == 1 else {
      throw AuditFileError(
        path,
        Bilingual(
          "基线的版本是 \(head.schema)，这个程序只认得 1",
          "the baseline has version \(head.schema), and this program knows 1 only"))
    }
    for (number, line) in lines.enumerated().dropFirst() {
      guard let entry = try? decoder.decode(BaselineEntry.self, from: Data(line.utf8)) else {
        throw AuditFileError(
          path,
          Bilingual("第 \(number + 1) 行不是基线的记录", "line \(number + 1) is no entry of a baseline"))
      }
      entries.append(entry)
    }
    self.init(entries)
  }
}

extension BaselineEntry: Decodable {
  private enum Field: String, CodingKey {
    case rule, type, id, path, element, group, verdict, facts
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    self.init(
      key: Key(
        rule: try fields.decode(String.self, forKey: .rule),
        type: try fields.decodeIfPresent(String.self, forKey: .type),
        id: try fields.decodeIfPresent(String.self, forKey: .id),
        path: try fields.decodeIfPresent(String.self, forKey: .path),
        element: try fields.decodeIfPresent(String.self, forKey: .element),
        group: try fields.decodeIfPresent(String.self, forKey: .group)),
      verdict: try fields.decode(Verdict.self, forKey: .verdict),
      facts: try fields.decode(String.self, forKey: .facts))
  }
}

/// A file that an audit was given, a baseline or a partial result, that it cannot use.
package struct AuditFileError: Error {
  package var message: Bilingual

  package init(_ path: String, _ reason: Bilingual) {
    message = Bilingual(
      "不能使用“\(path)”：\(reason.chinese)", "cannot use `\(path)`: \(reason.english)")
  }
}
