package import WenzeEngine
package import WenzeSyntax

/// A finding as a baseline knows it: what it is about, and what it rests on.
package struct BaselineEntry: Hashable, Sendable {
  package var key: Key
  package var verdict: Verdict
  /// The digest of the facts.
  package var facts: String

  /// What a finding is about, wherever the document stands by now.
  package struct Key: Hashable, Sendable {
    package var rule: String
    /// The English name of the dossier; nil for a group.
    package var type: String?
    /// The value of the key field of the document.
    package var id: String?
    /// The path, for a document without key.
    package var path: String?
    package var element: String?
    /// The Chinese text of the group's key.
    package var group: String?

    package init(
      rule: String, type: String?, id: String?, path: String?, element: String?, group: String?
    ) {
      self.rule = rule
      self.type = type
      self.id = id
      self.path = path
      self.element = element
      self.group = group
    }
  }

  package init(key: Key, verdict: Verdict, facts: String) {
    self.key = key
    self.verdict = verdict
    self.facts = facts
  }

  /// The entry with the fields of JSON reports, and of baselines.
  package var json: JSONValue {
    var fields: [(String, JSONValue)] = [("rule", .text(key.rule))]
    let optional = [
      ("type", key.type), ("id", key.id), ("path", key.path), ("element", key.element),
      ("group", key.group),
    ]
    for (name, value) in optional {
      if let value { fields.append((name, .text(value))) }
    }
    fields.append(("verdict", .text(verdict.rawValue)))
    fields.append(("facts", .text(facts)))
    return .object(fields)
  }
}

extension BaselineStatus {
  package var name: Bilingual {
    switch self {
    case .new: Bilingual("新", "new")
    case .reopened: Bilingual("重开", "reopened")
    case .known: Bilingual("已知", "known")
    }
  }
}
