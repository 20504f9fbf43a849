package import WenzeEngine
package import WenzeModel
package import WenzeSyntax

/// Which verdicts on documents two rule sets give otherwise.
package struct DiffReport: Sendable {
  package var toolVersion: String
  /// For whom it is written.
  package var profile = MaskingProfile.submit
  package var old: Side
  package var new: Side
  /// The date of the run.
  package var today: CalendarDate
  /// What of the rules is another, by code.
  package var changes: [String: RuleChange]
  /// What rules are called: in the new rule set, or else the old one.
  package var names: [String: Bilingual]
  package var tally: VerdictTally
  /// Documents that were read, and what was wrong with the others.
  package var counts: AuditCounts
  /// Documents of which a verdict is another.
  package var changedDocuments: Int
  /// Groups of which a verdict is another.
  package var changedGroups: Int
  /// Documents that only one of the rule sets can read.
  package var unread: [UnreadDocument]
  package var unreadCounts: UnreadCounts

  package init(
    toolVersion: String, old: Side, new: Side, today: CalendarDate, changes: [String: RuleChange],
    names: [String: Bilingual], tally: VerdictTally, counts: AuditCounts, changedDocuments: Int,
    changedGroups: Int, unread: [UnreadDocument], unreadCounts: UnreadCounts
  ) {
    self.toolVersion = toolVersion
    self.old = old
    self.new = new
    self.today = today
    self.changes = changes
    self.names = names
    self.tally = tally
    self.counts = counts
    self.changedDocuments = changedDocuments
    self.changedGroups = changedGroups
    self.unread = unread
    self.unreadCounts = unreadCounts
  }

  /// One of the rule sets.
  package struct Side: Sendable {
    /// As the user named it.
    package var name: String
    package var digest: String
    package var packs: [(name: Bilingual, version: String)]

    package init(name: String, digest: String, packs: [(name: Bilingual, version: String)]) {
      self.name = name
      self.digest = digest
      self.packs = packs
    }
  }

  /// A document that one of the rule sets cannot read.
  package struct UnreadDocument: Hashable, Sendable {
    package var isUnreadByOld: Bool
    package var path: String
    package var line: Int
    /// The cell, in a workbook: `Sheet1!A5`.
    package var cell: String?
    package var message: Bilingual

    package init(
      isUnreadByOld: Bool, path: String, line: Int, cell: String? = nil, message: Bilingual
    ) {
      self.isUnreadByOld = isUnreadByOld
      self.path = path
      self.line = line
      self.cell = cell
      self.message = message
    }
  }

  package struct UnreadCounts: Hashable, Sendable {
    package var byOld = 0
    package var byNew = 0

    package init() {}
  }

  /// Whether any verdict is another, or a document can be read by one of the rule sets only.
  package var hasChanges: Bool {
    tally.count > 0 || unreadCounts.byOld + unreadCounts.byNew > 0
  }

  /// Whether an input could not be read at all.
  package var hasProblems: Bool { counts.problems.values.contains { $0.severity == "error" } }

  /// The codes of which a verdict is another, sorted, each with its transitions.
  var changedRules: [(code: String, transitions: [(Transition, VerdictChanges)])] {
    tally.changes.sorted { $0.key < $1.key }.map { code, transitions in
      (code, transitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  /// The codes that are written otherwise and of which no verdict is another, sorted.
  var idleChanges: [(code: String, change: RuleChange)] {
    changes.filter { tally.changes[$0.key] == nil && $0.value.kind != .schema }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func name(of code: String, in language: Language) -> String {
    (names[code]?[language] ?? "").replacing("_", with: language == .english ? " " : "_")
  }
}
