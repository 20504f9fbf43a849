package import WenzeEngine
package import WenzeSyntax

/// From which verdict to which; nil where a rule said nothing.
package struct Transition: Hashable, Sendable, Comparable {
  package var old: Verdict?
  package var new: Verdict?

  package init(from old: Verdict?, to new: Verdict?) {
    self.old = old
    self.new = new
  }

  /// Whether it makes a difference: that a rule does not apply is as good as nothing said.
  package var isChange: Bool {
    old != new && !([old, new].allSatisfy { $0 == nil || $0 == .notApplicable })
  }

  package func text(in language: Language) -> String {
    func text(_ verdict: Verdict?) -> String {
      verdict?.name[language] ?? (language == .chinese ? "无" : "none")
    }
    return "\(text(old)) → \(text(new))"
  }

  package static func < (left: Transition, right: Transition) -> Bool {
    func rank(_ verdict: Verdict?) -> Int {
      verdict.flatMap { Verdict.allCases.firstIndex(of: $0) } ?? Verdict.allCases.count
    }
    // What has become a violation comes first.
    return (rank(left.new), rank(left.old)) < (rank(right.new), rank(right.old))
  }
}

/// One verdict that is another, with what both rest on.
package struct VerdictExample: Hashable, Sendable {
  /// Where to look: the document, or the first of a group.
  package var path: String
  package var line: Int
  /// The cell, in a workbook: `Sheet1!A5`.
  package var cell: String?
  /// The dossier, by its name; nil for a group.
  package var type: Bilingual?
  package var id: String?
  /// The element that it is about, as authors write its path; nil for the document.
  package var element: Bilingual?
  /// The key of the group; nil for a document.
  package var group: Bilingual?
  package var old: Side?
  package var new: Side?

  package init(path: String, line: Int, cell: String? = nil) {
    self.path = path
    self.line = line
    self.cell = cell
  }

  /// A verdict, and why.
  package struct Side: Hashable, Sendable {
    package var verdict: Verdict
    /// What a violation says.
    package var message: Bilingual?
    /// Why a rule does not apply.
    package var reason: Bilingual?
    package var facts: [Fact] = []
    package var missing: [Bilingual] = []

    package init(_ verdict: Verdict) {
      self.verdict = verdict
    }
  }

  package struct Fact: Hashable, Sendable {
    package var field: Bilingual
    /// Nil where nothing is recorded.
    package var value: Bilingual?

    package init(_ field: Bilingual, _ value: Bilingual?) {
      self.field = field
      self.value = value
    }
  }
}

/// How often verdicts changed, and the first of them.
package struct VerdictChanges: Hashable, Sendable {
  package var count = 0
  package var examples: [VerdictExample] = []

  package init() {}
}

/// The changes by code and transition; those of parts of a corpus merge in their order.
package struct VerdictTally: Hashable, Sendable {
  package private(set) var changes: [String: [Transition: VerdictChanges]] = [:]
  /// How many examples are kept of each transition.
  private let exampleCount: Int

  package init(exampleCount: Int) {
    self.exampleCount = exampleCount
  }

  /// Counts a change; the example is made only where there is room for it.
  package mutating func add(
    _ transition: Transition, of code: String, example: () -> VerdictExample
  ) {
    var changes = self.changes[code]?[transition] ?? VerdictChanges()
    changes.count += 1
    if changes.examples.count < exampleCount { changes.examples.append(example()) }
    self.changes[code, default: [:]][transition] = changes
  }

  package mutating func merge(_ other: VerdictTally) {
    for (code, transitions) in other.changes {
      for (transition, more) in transitions {
        var changes = self.changes[code]?[transition] ?? VerdictChanges()
        changes.count += more.count
        changes.examples += more.examples.prefix(max(0, exampleCount - changes.examples.count))
        self.changes[code, default: [:]][transition] = changes
      }
    }
  }

  package var count: Int {
    changes.values.reduce(0) { $1.values.reduce($0) { $0 + $1.count } }
  }
}
