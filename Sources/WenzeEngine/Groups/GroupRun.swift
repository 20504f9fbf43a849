import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// The rules over groups of documents, while documents are added.
///
/// What is collected of an element is a row of value codes; groups are made of the rows once all
/// documents are there. Runs over parts of a corpus merge: what comes out depends only on which
/// documents were added, and not on their order or on which run they were added to.
package struct GroupRun: Sendable {
  let ruleSet: RuleSet
  let options: CheckOptions
  let plan: GroupPlan
  var values = ValueTable()
  var documents = GroupDocuments()
  /// What was collected by each gathering of the plan.
  var collections: [Collection]
  /// The names of persons that stand in what charts counted.
  var chartNames: Set<ValueCode> = []
  /// How many documents charts have looked at, so that each has a number.
  var countedDocuments = 0

  /// What a gathering collected.
  struct Collection: Sendable {
    /// The elements that belong to a group.
    var rows: CodeTable
    /// How many elements there are of which it is not known whether, or to which group, they
    /// belong, by what is known of their keys.
    var leftOut: [[ValueCode]: Int] = [:]
    /// What would be known of the keys of elements that lists may have besides those recorded.
    var mayGoOn: Set<[ValueCode]> = []
    /// How many elements there are by their keys, where they are only counted, and by their group
    /// alone.
    var tally: [[ValueCode]: ElementCount] = [:]
    var groupTally: [ValueCode: ElementCount] = [:]
    /// Whether any document of the dossier was added.
    var hasDocuments = false
  }

  package init(ruleSet: RuleSet, options: CheckOptions) {
    self.ruleSet = ruleSet
    self.options = options
    plan = GroupPlan(ruleSet: ruleSet, options: options)
    collections = plan.gatherings.map { Collection(rows: CodeTable(width: $0.width)) }
  }

  /// Whether any rule asks for documents of a dossier.
  package func takes(_ dossier: Int) -> Bool {
    plan.gatherings.contains { $0.rule.dossier == dossier }
  }

  /// Adds what the rules collect of a document.
  package mutating func add(_ document: Document, at reference: DocumentReference) {
    guard takes(document.dossier) else { return }
    var judge = Judge(ruleSet: ruleSet, document: document, today: options.today)
    let number = documents.count
    var collected: Set<ValueCode> = []
    countedDocuments += 1
    for (index, gathering) in plan.gatherings.enumerated()
    where gathering.rule.dossier == document.dossier {
      collect(gathering, of: number, &judge, into: index, &collected)
    }
    let texts = collected.compactMap { values.text(of: $0) }
    let names = Set(judge.interpreter.personalNames()).filter { name in
      texts.contains { $0.utf8.hasInside(name.utf8) }
    }
    if plan.keepsDocuments(of: document.dossier) { add(reference, names: names) }
    if !plan.charts.isEmpty { chartNames.formUnion(names.map { values.code(of: $0) }) }
  }

  /// Adds a document with the names of persons in it that stand in what is collected of it: no
  /// others can come to stand in a finding.
  ///
  /// - Returns: the number of the document.
  @discardableResult
  mutating func add(_ reference: DocumentReference, names: Set<String>) -> Int {
    documents.append(
      id: reference.id.map { values.code(of: $0) } ?? .none,
      path: values.code(of: GroupDocuments.address(of: reference)), line: reference.line,
      column: reference.column,
      names: names.map { values.code(of: $0) })
  }

  /// Adds the documents of another run of the same rules with the same options.
  package mutating func merge(_ other: GroupRun) {
    precondition(
      plan.rules.map(\.number) == other.plan.rules.map(\.number), "runs of other rules")
    guard other.collections.contains(where: \.hasDocuments) else { return }
    let translated = values.adopt(other.values)
    let firstDocument = documents.count
    documents.append(other.documents, translated: translated)
    chartNames.formUnion(other.chartNames.map { translated($0) })
    for index in collections.indices {
      collections[index].merge(other.collections[index], firstDocument, translated)
    }
  }
}

extension GroupRun.Collection {
  fileprivate mutating func merge(
    _ other: Self, _ firstDocument: Int, _ translated: ValueTable.Translation
  ) {
    rows.append(other.rows) { column, code in
      column == Gathering.Fixed.document.rawValue
        ? ValueCode(document: code.document + firstDocument) : translated(code)
    }
    for (key, count) in other.leftOut { leftOut[key.map { translated($0) }, default: 0] += count }
    for key in other.mayGoOn { mayGoOn.insert(key.map { translated($0) }) }
    for (key, count) in other.tally {
      tally[key.map { translated($0) }, default: ElementCount()].add(count)
    }
    for (group, count) in other.groupTally {
      groupTally[translated(group), default: ElementCount()].add(count)
    }
    hasDocuments = hasDocuments || other.hasDocuments
  }
}

// MARK: - Elements of one document

extension GroupRun {
  private mutating func collect(
    _ gathering: Gathering, of document: Int, _ judge: inout Judge, into index: Int,
    _ collected: inout Set<ValueCode>
  ) {
    collections[index].hasDocuments = true
    judge.eachElement(of: gathering.rule) { judge, path, isHypothetical in
      if gathering.isTally {
        guard let (belongs, key) = judge.interpreter.countedKey(in: gathering) else { return }
        let codes = values.countedCodes(key.map { values.code(of: $0) }, in: gathering)
        collections[index].count(codes, belongs, in: countedDocuments, of: gathering)
        collected.formUnion(codes)
        return
      }
      let (belongs, key) = judge.interpreter.membership(in: gathering)
      if belongs == .no { return }
      let codes = key.map { values.code(of: $0) }
      if belongs == .yes, !isHypothetical {
        var row = [
          ValueCode(document: document), values.code(of: .date(judge.interpreter.lawDate)),
          values.code(of: gathering.keepsPaths ? path : nil),
        ]
        row += codes
        for column in gathering.columns {
          row.append(values.code(of: judge.interpreter.value(of: column.term), in: column))
        }
        collections[index].rows.append(row)
        collected.formUnion(row[Gathering.firstKey...])
      } else {
        collections[index].leftOut[codes, default: 0] += 1
      }
    }
    guard gathering.asksForValues else { return }
    judge.expectsMore = true
    judge.eachElement(of: gathering.rule) { judge, _, isHypothetical in
      guard isHypothetical else { return }
      let (belongs, key) = judge.interpreter.membership(in: gathering)
      if belongs == .no { return }
      collections[index].mayGoOn.insert(key.map { values.code(of: $0) })
    }
    judge.expectsMore = false
  }
}

extension Interpreter {
  /// Whether the element that the variables stand for belongs to a group, and what is known of the
  /// group's key.
  ///
  /// What is known not to exist puts an element into no group, as does a filter or the law's
  /// interval; what is not recorded leaves it out.
  fileprivate mutating func membership(in gathering: Gathering) -> (Truth, key: [Value]) {
    var belongs =
      gathering.rule.law.map { ruleSet.laws[$0].isInForce(on: lawDate) } ?? .yes
    for filter in gathering.filters where belongs != .no {
      belongs = belongs && truth(of: filter)
    }
    if belongs == .no { return (.no, []) }
    var key: [Value] = []
    for part in gathering.keys {
      var value = value(of: part)
      if value == .none { return (.no, []) }
      if case .atLeast = value { value = .unknown }
      if value.isUnknown { belongs = .unknown }
      key.append(value)
    }
    return (belongs, key)
  }
}

extension Interpreter {
  /// What is known of the keys of an element that is only counted, and whether it is; nil for one
  /// that is not.
  fileprivate mutating func countedKey(in gathering: Gathering) -> (Truth, key: [Value])? {
    var belongs = Truth.yes
    for filter in gathering.filters where belongs != .no {
      belongs = belongs && truth(of: filter)
    }
    if belongs == .no { return nil }
    return (belongs, gathering.keys.map { value(of: $0) })
  }
}

/// How many elements are counted alike, and in how many documents they stand.
struct ElementCount: Hashable, Codable, Sendable {
  var elements = 0
  var documents = 0
  /// The document that was counted last, while those of one batch are.
  private var last: Int?

  private enum CodingKeys: CodingKey { case elements, documents }

  mutating func add(_ other: ElementCount) {
    elements += other.elements
    documents += other.documents
    last = nil
  }

  /// Counts an element of a document; elements of one document are counted one after another.
  fileprivate mutating func count(in document: Int) {
    elements += 1
    if last != document { documents += 1 }
    last = document
  }
}

extension GroupRun.Collection {
  /// Counts an element by its keys, or, where it is not known whether it counts, by nothing.
  ///
  /// The number of the document is one that no other of the batch has.
  mutating func count(
    _ codes: [ValueCode], _ belongs: Truth, in document: Int, of gathering: Gathering
  ) {
    guard belongs == .yes else {
      leftOut[codes.map { _ in .unknown }, default: 0] += 1
      return
    }
    tally[codes, default: ElementCount()].count(in: document)
    groupTally[gathering.isGrouped ? codes[0] : .none, default: ElementCount()].count(in: document)
  }
}

extension ValueTable {
  /// The codes by which an element is counted: of two dates the days between them, and of what no
  /// one knows exactly that it is not known.
  mutating func countedCodes(_ codes: [ValueCode], in gathering: Gathering) -> [ValueCode] {
    guard gathering.countsDays else { return codes.map { countedCode($0) } }
    let (start, end) = (codes[codes.count - 2], codes[codes.count - 1])
    return codes.dropLast(2).map { countedCode($0) } + [code(ofDaysFrom: start, to: end)]
  }

  private func countedCode(_ code: ValueCode) -> ValueCode {
    // Of a count that may be more no one knows which it is.
    if code.kind == .other, case .atLeast = value(of: code) { return .unknown }
    return code
  }

  private mutating func code(ofDaysFrom start: ValueCode, to end: ValueCode) -> ValueCode {
    if start == .none || end == .none { return .none }
    if start.kind == .day, end.kind == .day {
      return code(of: .integer(Int(end.day) - Int(start.day)))
    }
    guard case .date(let first) = value(of: start), case .date(let second) = value(of: end),
      let days = second.days(since: first)
    else { return .unknown }
    return code(of: .integer(days))
  }

  /// The code of what a column keeps of a value.
  fileprivate mutating func code(of value: Value, in column: Gathering.Column) -> ValueCode {
    column.isText ? signatureCode(of: value) : code(of: value)
  }

  /// The code of the signature of a text, or of a value that is none.
  mutating func signatureCode(of value: Value) -> ValueCode {
    guard case .text(let text) = value else { return code(of: value) }
    // A text without letters is like none, and is not known to be unlike any.
    return TextSignature(of: text).map { code(of: $0) } ?? .unknown
  }

  /// The fields as they are, and indices as the complement of theirs, so that they tell apart.
  mutating func code(of path: FieldPath?) -> ValueCode {
    guard let path else { return .none }
    let numbers = path.steps.map { step in
      switch step {
      case .field(let number): number
      case .index(let index): ~index
      }
    }
    return code(of: .list(FactList(numbers.map { Fact(.integer($0), at: nil) }, isOpen: false)))
  }

  func path(of code: ValueCode) -> FieldPath? {
    guard case .list(let list) = value(of: code) else { return nil }
    return FieldPath(
      list.elements.compactMap { element in
        guard case .integer(let number) = element.value else { return nil }
        return number < 0 ? .index(~number) : .field(number)
      })
  }
}

extension ValueCode {
  /// The number of a document as a code of its column.
  init(document: Int) {
    self.init(bits: UInt32(truncatingIfNeeded: document))
  }

  var document: Int { Int(bits) }
}
