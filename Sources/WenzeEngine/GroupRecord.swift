import WenzeModel
import WenzeSemantics

/// A piece of what a run collected of one group, to be written down and read elsewhere.
///
/// The pieces of a group make it again in any order. None is large, however large the group is.
package struct GroupRecord: Codable, Sendable {
  /// The number of the rule in the rule set.
  package var rule: Int
  /// Whether it is of the elements beside the groups of the rule.
  var isBeside = false
  var key: [Value]
  var size = 0
  var summaries: [Summary]
  var documents: [DocumentReference]
  var names: [String]
  var lawDate: String
  var elements: [Element]

  enum Summary: Codable, Sendable {
    case size(Int)
    case condition(holding: Int, known: Int, leftOut: Int)
    case tally([Counted], leftOut: Int)
    case dated([Counted], leftOut: Int)
    case texts([Signed], leftOut: Int)
  }

  struct Counted: Codable, Sendable {
    var value: Value
    var date: String?
    var count: Int
  }

  struct Signed: Codable, Sendable {
    /// The minima, eight hexadecimal digits each.
    var signature: String
    var count: Int
  }

  struct Element: Codable, Sendable {
    var document: DocumentReference
    /// The fields as they are, and indices as the complement of theirs, so that they tell apart.
    var path: [Int]?
    var captures: [Value]
  }

  /// How many entries of a kind a piece has at most.
  fileprivate static let stride = 500
}

/// What a run knows of elements that it could put into no group of a rule.
package struct GroupRemainder: Codable, Sendable {
  /// The number of the rule in the rule set.
  package var rule: Int
  var isBeside: Bool
  var hasDocuments: Bool
  var leftOut: [Counted]
  var mayGoOn: [[Value]]

  struct Counted: Codable, Sendable {
    var key: [Value]
    var count: Int
  }
}

// MARK: - Writing

extension GroupRun {
  /// What is known of elements that were put into no group, by rule.
  package var remainders: [GroupRemainder] {
    zip(plans, states).flatMap { plan, state in
      [(false, state.own), (true, state.beside)].compactMap { isBeside, collection in
        guard collection.hasDocuments else { return nil }
        return GroupRemainder(
          rule: plan.number, isBeside: isBeside, hasDocuments: true,
          leftOut: collection.leftOut.map { GroupRemainder.Counted(key: $0.key, count: $0.value) }
            .sorted { $0.key.map(\.code).lexicographicallyPrecedes($1.key.map(\.code)) },
          mayGoOn: collection.mayGoOn.sorted {
            $0.map(\.code).lexicographicallyPrecedes($1.map(\.code))
          })
      }
    }
  }

  /// Calls the body for all groups in pieces, in an order that depends on what they hold only.
  package func eachRecord(_ body: (GroupRecord) throws -> Void) rethrows {
    for (plan, state) in zip(plans, states) {
      for (isBeside, collection) in [(false, state.own), (true, state.beside)] {
        let keys = collection.groups.keys.map { (codes: $0.map(\.code), key: $0) }
          .sorted { $0.codes.lexicographicallyPrecedes($1.codes) }
        for (_, key) in keys {
          try collection.groups[key]?.eachRecord(plan.number, isBeside, key, body)
        }
      }
    }
  }
}

extension GroupRun.Group {
  fileprivate func eachRecord(
    _ rule: Int, _ isBeside: Bool, _ key: [Value], _ body: (GroupRecord) throws -> Void
  ) rethrows {
    var summaries = self.summaries.map { GroupRecord.Summary($0) }[...]
    var documents = self.documents.sorted()[...]
    var names = self.names.sorted()[...]
    var elements = self.elements.sorted().map { GroupRecord.Element($0) }[...]
    var isFirst = true
    repeat {
      try body(
        GroupRecord(
          rule: rule, isBeside: isBeside, key: key, size: isFirst ? size : 0,
          summaries: summaries.indices.map { summaries[$0].popPiece() },
          documents: documents.popPiece(), names: names.popPiece(), lawDate: lawDate.code,
          elements: elements.popPiece()))
      isFirst = false
    } while !documents.isEmpty || !names.isEmpty || !elements.isEmpty
      || summaries.contains { !$0.isEmpty }
  }
}

extension ArraySlice {
  fileprivate mutating func popPiece() -> [Element] {
    let piece = Array(prefix(GroupRecord.stride))
    removeFirst(piece.count)
    return piece
  }
}

extension GroupRecord.Summary {
  fileprivate init(_ summary: GroupSummary) {
    switch summary {
    case .size(let count): self = .size(count)
    case .condition(let holding, let known, let leftOut):
      self = .condition(holding: holding, known: known, leftOut: leftOut)
    case .tally(let values, let leftOut):
      self = .tally(
        values.map { (order: $0.key.code, entry: $0) }.sorted { $0.order < $1.order }
          .map { GroupRecord.Counted(value: $0.entry.key, count: $0.entry.value) },
        leftOut: leftOut)
    case .dated(let values, let leftOut):
      self = .dated(
        values.map { (order: $0.key.date.code + $0.key.value.code, entry: $0) }
          .sorted { $0.order < $1.order }
          .map {
            GroupRecord.Counted(
              value: $0.entry.key.value, date: $0.entry.key.date.code, count: $0.entry.value)
          },
        leftOut: leftOut)
    case .texts(let signatures, let leftOut):
      self = .texts(
        signatures.map { GroupRecord.Signed(signature: $0.key.code, count: $0.value) }
          .sorted { $0.signature < $1.signature },
        leftOut: leftOut)
    }
  }

  fileprivate var isEmpty: Bool {
    switch self {
    case .size, .condition: true
    case .tally(let entries, _), .dated(let entries, _): entries.isEmpty
    case .texts(let entries, _): entries.isEmpty
    }
  }

  /// Takes the first entries away, and all that is counted.
  fileprivate mutating func popPiece() -> Self {
    switch self {
    case .size:
      defer { self = .size(0) }
      return self
    case .condition:
      defer { self = .condition(holding: 0, known: 0, leftOut: 0) }
      return self
    case .tally(let entries, let leftOut):
      self = .tally(Array(entries.dropFirst(GroupRecord.stride)), leftOut: 0)
      return .tally(Array(entries.prefix(GroupRecord.stride)), leftOut: leftOut)
    case .dated(let entries, let leftOut):
      self = .dated(Array(entries.dropFirst(GroupRecord.stride)), leftOut: 0)
      return .dated(Array(entries.prefix(GroupRecord.stride)), leftOut: leftOut)
    case .texts(let entries, let leftOut):
      self = .texts(Array(entries.dropFirst(GroupRecord.stride)), leftOut: 0)
      return .texts(Array(entries.prefix(GroupRecord.stride)), leftOut: leftOut)
    }
  }
}

extension GroupRecord.Element {
  fileprivate init(_ element: GroupRun.Element) {
    document = element.document
    path = element.path?.steps.map { step in
      switch step {
      case .field(let number): number
      case .index(let index): ~index
      }
    }
    captures = element.captures
  }
}

extension TextSignature {
  fileprivate var code: String {
    minima.map { minimum in
      let digits = String(minimum, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }
    .joined()
  }

  fileprivate init?(code: String) {
    var digits = code[...]
    var minima: [UInt32] = []
    while !digits.isEmpty {
      guard let minimum = UInt32(digits.prefix(8), radix: 16) else { return nil }
      minima.append(minimum)
      digits = digits.dropFirst(8)
    }
    guard minima.count == TextSignature.count else { return nil }
    self.init(minima: minima)
  }
}

// MARK: - Reading

extension GroupRun {
  /// Adds what another run of the same rules wrote down.
  ///
  /// - Returns: false for a record that no run of these rules can have written.
  package mutating func add(_ record: GroupRecord) -> Bool {
    guard let index = plans.firstIndex(where: { $0.number == record.rule }),
      let intake = record.isBeside ? plans[index].beside : plans[index].own,
      record.key.count == intake.keys.count,
      record.key.allSatisfy(ruleSet.holds),
      record.elements.allSatisfy({ element in
        element.captures.count == plans[index].captures.count
          && element.captures.allSatisfy(ruleSet.holds)
      }), let lawDate = CalendarDate(code: record.lawDate),
      let summaries = summaries(of: record, intake)
    else { return false }
    var group = Group(summaries: summaries, lawDate: lawDate)
    group.size = record.size
    group.documents = Set(record.documents)
    group.names = Set(record.names)
    group.elements = record.elements.map { element in
      Element(
        document: element.document,
        path: element.path.map { path in
          FieldPath(path.map { $0 < 0 ? .index(~$0) : .field($0) })
        }, captures: element.captures)
    }
    if record.isBeside {
      states[index].beside.merge(group, key: record.key)
    } else {
      states[index].own.merge(group, key: record.key)
    }
    return true
  }

  /// Adds what another run of the same rules could put into no group.
  ///
  /// - Returns: false for what no run of these rules can have written.
  package mutating func add(_ remainder: GroupRemainder) -> Bool {
    guard let index = plans.firstIndex(where: { $0.number == remainder.rule }),
      let intake = remainder.isBeside ? plans[index].beside : plans[index].own,
      (remainder.leftOut.map(\.key) + remainder.mayGoOn).allSatisfy({ key in
        key.count == intake.keys.count && key.allSatisfy(ruleSet.holds)
      })
    else { return false }
    var collection = Collection()
    collection.hasDocuments = remainder.hasDocuments
    collection.leftOut = Dictionary(remainder.leftOut.map { ($0.key, $0.count) }) { $0 + $1 }
    collection.mayGoOn = Set(remainder.mayGoOn)
    if remainder.isBeside {
      states[index].beside.merge(collection)
    } else {
      states[index].own.merge(collection)
    }
    return true
  }

  private func summaries(
    of record: GroupRecord, _ intake: Intake
  ) -> [GroupSummary]? {
    guard record.summaries.count == intake.summaries.count else { return nil }
    var summaries: [GroupSummary] = []
    for (written, expected) in zip(record.summaries, intake.summaries) {
      guard let summary = GroupSummary(written, expected.kind, in: ruleSet) else { return nil }
      summaries.append(summary)
    }
    return summaries
  }
}

extension GroupSummary {
  fileprivate init?(
    _ written: GroupRecord.Summary, _ kind: Aggregation.Summary.Kind, in ruleSet: RuleSet
  ) {
    switch (written, kind) {
    case (.size(let count), .size): self = .size(count)
    case (.condition(let holding, let known, let leftOut), .condition):
      self = .condition(holding: holding, known: known, leftOut: leftOut)
    case (.tally(let entries, let leftOut), .tally):
      guard entries.allSatisfy({ ruleSet.holds($0.value) }) else { return nil }
      self = .tally(
        Dictionary(entries.map { ($0.value, $0.count) }) { $0 + $1 }, leftOut: leftOut)
    case (.dated(let entries, let leftOut), .dated):
      var values: [DatedValue: Int] = [:]
      for entry in entries {
        guard ruleSet.holds(entry.value), let date = entry.date.flatMap(CalendarDate.init(code:))
        else { return nil }
        values[DatedValue(value: entry.value, date: date), default: 0] += entry.count
      }
      self = .dated(values, leftOut: leftOut)
    case (.texts(let entries, let leftOut), .texts):
      var signatures: [TextSignature: Int] = [:]
      for entry in entries {
        guard let signature = TextSignature(code: entry.signature) else { return nil }
        signatures[signature, default: 0] += entry.count
      }
      self = .texts(signatures, leftOut: leftOut)
    default: return nil
    }
  }
}

extension RuleSet {
  /// Whether the entries of enums that a value names exist.
  fileprivate func holds(_ value: Value) -> Bool {
    switch value {
    case .symbol(let enumeration, let entry):
      enums.indices.contains(enumeration) && enums[enumeration].entries.indices.contains(entry)
    case .unlisted(let enumeration, _): enums.indices.contains(enumeration)
    case .list(let list): list.elements.allSatisfy { holds($0.value) }
    case .record(let facts): facts.allSatisfy { holds($0.value) }
    default: true
    }
  }
}
