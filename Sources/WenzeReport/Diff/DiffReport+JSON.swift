import WenzeEngine
import WenzeModel
import WenzeSyntax

extension DiffReport {
  /// The comparison as JSON, schema version 1.
  package var json: String {
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(toolVersion)],
      "old": old.json, "new": new.json,
      "as_of": .text(today.text(in: .english)),
      "rules": .array(
        changedRules.map { rule in
          [
            "rule": .text(rule.code), "name": name(of: rule.code),
            "change": changes[rule.code]?.json ?? .null,
            "transitions": .array(rule.transitions.map { json($0, $1) }),
          ]
        }),
      "without_effect": .array(
        idleChanges.map { code, change in
          ["rule": .text(code), "name": name(of: code), "change": change.json]
        }),
      "unread": .array(
        unread.map { document in
          [
            "by": .text(document.isUnreadByOld ? "old" : "new"), "path": .text(document.path),
            "line": .integer(document.line), "message": JSONValue(document.message),
          ]
        }),
      "summary": [
        "documents": profile.json(counts.documentCount),
        "changed_documents": profile.json(changedDocuments),
        "changed_groups": profile.json(changedGroups), "changes": profile.json(tally.count),
        "changed_rules": profile.json(tally.changes.count),
        "unread_by_old": profile.json(unreadCounts.byOld),
        "unread_by_new": profile.json(unreadCounts.byNew),
        "unread_by_both": profile.json(counts.unreadDocuments),
        "unread_files": profile.json(counts.unreadFiles),
      ],
      "problems": .array(
        counts.problems.sorted { $0.key < $1.key }.flatMap {
          $0.value.examples.map { $0.published(profile).json }
        }),
    ]
    return value.text
  }

  private func name(of code: String) -> JSONValue {
    names[code].map { JSONValue($0) } ?? .null
  }

  private func json(_ transition: Transition, _ changes: VerdictChanges) -> JSONValue {
    [
      "old": JSONValue(transition.old?.rawValue), "new": JSONValue(transition.new?.rawValue),
      "count": profile.json(changes.count), "examples": .array(changes.examples.map(\.json)),
    ]
  }
}

extension DiffReport.Side {
  fileprivate var json: JSONValue {
    [
      "rules": .text(name), "digest": .text(digest),
      "packs": .array(
        packs.map { ["name": .text($0.name.chinese), "version": .text($0.version)] }),
    ]
  }
}

extension RuleChange {
  fileprivate var json: JSONValue {
    [
      "kind": .text(kind.rawValue),
      "parts": .array(parts.map { .text($0.rawValue) }),
      "causes": .array(
        causes.map { ["kind": .text($0.kind.rawValue), "name": JSONValue($0.name)] }),
      "other_fields": .boolean(hasOtherFields),
    ]
  }
}

extension VerdictExample {
  fileprivate var json: JSONValue {
    [
      "path": .text(path), "line": .integer(line), "type": JSONValue(type?.english),
      "id": JSONValue(id), "element": JSONValue(element?.english),
      "group": group.map { JSONValue($0) } ?? .null, "old": old?.json ?? .null,
      "new": new?.json ?? .null,
    ]
  }
}

extension VerdictExample.Side {
  fileprivate var json: JSONValue {
    [
      "verdict": .text(verdict.rawValue), "message": message.map { JSONValue($0) } ?? .null,
      "reason": reason.map { JSONValue($0) } ?? .null,
      "facts": .array(
        facts.map {
          ["field": JSONValue($0.field), "value": $0.value.map { JSONValue($0) } ?? .null]
        }),
      "missing": .array(missing.map { JSONValue($0) }),
    ]
  }
}
