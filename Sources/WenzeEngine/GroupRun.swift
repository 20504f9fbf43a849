package import WenzeModel
package import WenzeSemantics
package import WenzeSyntax

/// A document of a run, as a finding over many names it.
package struct DocumentReference: Hashable, Sendable, Comparable, Codable {
  /// The value of its key field.
  package var id: String?
  package var path: String
  /// Where it begins in its file.
  package var line: Int
  package var column: Int

  package init(id: String?, path: String, line: Int, column: Int) {
    self.id = id
    self.path = path
    self.line = line
    self.column = column
  }

  package init(_ document: Document, in source: Source) {
    let place = source.place(at: document.range.start)
    self.init(id: document.id, path: source.path, line: place.line, column: place.column)
  }

  package static func < (left: DocumentReference, right: DocumentReference) -> Bool {
    (left.id ?? "", left.path, left.line, left.column)
      < (right.id ?? "", right.path, right.line, right.column)
  }
}

/// The rules over groups of documents, while documents are added.
///
/// Runs over parts of a corpus merge: what comes out depends only on which documents were added,
/// and not on their order or on which run they were added to.
package struct GroupRun: Sendable {
  let ruleSet: RuleSet
  private let options: CheckOptions
  let plans: [Plan]
  var states: [State]

  /// A rule with what is collected for it.
  struct Plan {
    var number: Int
    var rule: Rule
    var aggregation: Aggregation
    var captures: [Term]
    var own: Intake
    var beside: Intake?
  }

  /// Which elements of a document are collected, by which keys, and what of them.
  struct Intake {
    /// The rule as far as it says which elements there are and by which date they are judged.
    var rule: Rule
    var filters: [Term]
    var keys: [Term]
    var summaries: [Aggregation.Summary]
    var keepsElements = false
    /// Whether the rule asks which values there are, and so whether there may be others.
    var asksForValues: Bool
    /// Whether it asks for all groups together.
    var asksForWhole: Bool
  }

  struct State: Hashable {
    var own = Collection()
    var beside = Collection()
  }

  struct Collection: Hashable {
    var groups: [[Value]: Group] = [:]
    /// How many elements there are of which it is not known whether, or to which group, they
    /// belong, by what is known of their keys.
    var leftOut: [[Value]: Int] = [:]
    /// What would be known of the keys of elements that lists may have besides those recorded.
    var mayGoOn: Set<[Value]> = []
    /// Whether any document of the dossier was added.
    var hasDocuments = false
  }

  struct Group: Hashable {
    var size = 0
    var summaries: [GroupSummary]
    var documents: Set<DocumentReference> = []
    /// The names of persons in the documents.
    var names: Set<String> = []
    /// The latest of the dates by which the law of the elements was chosen.
    var lawDate: CalendarDate
    var elements: [Element] = []
  }

  /// What is kept of an element that is judged against its group.
  struct Element: Hashable {
    var document: DocumentReference
    var path: FieldPath?
    var captures: [Value]
  }

  package init(ruleSet: RuleSet, options: CheckOptions) {
    self.ruleSet = ruleSet
    self.options = options
    plans = ruleSet.rules.indices.compactMap { number in
      let rule = ruleSet.rules[number]
      guard let aggregation = rule.aggregation, options.runs(rule) else { return nil }
      let (capturing, captures) = rule.capturing()
      return Plan(
        number: number, rule: capturing, aggregation: aggregation, captures: captures,
        own: Intake(
          rule: rule, filters: aggregation.filters, keys: aggregation.keys.map(\.value),
          summaries: aggregation.summaries, keepsElements: aggregation.isEach,
          asksForValues: rule.asksForValues, asksForWhole: rule.asksForWhole),
        beside: aggregation.beside.map { Intake($0, beside: rule) })
    }
    states = plans.map { _ in State() }
  }

  /// Whether any rule asks for documents of a dossier.
  package func takes(_ dossier: Int) -> Bool {
    plans.contains { $0.own.takes(dossier) || $0.beside?.takes(dossier) == true }
  }

  /// Adds what the rules collect of a document.
  package mutating func add(_ document: Document, at reference: DocumentReference) {
    let dossier = document.dossier
    guard takes(dossier) else { return }
    var judge = Judge(ruleSet: ruleSet, document: document, today: options.today)
    let source = Contribution(
      document: reference, names: judge.interpreter.personalNames())
    for (index, plan) in plans.enumerated() {
      if plan.own.takes(dossier) {
        states[index].own.add(plan.own, capturing: plan.captures, from: source, &judge)
      }
      if let beside = plan.beside, beside.takes(dossier) {
        states[index].beside.add(beside, capturing: [], from: source, &judge)
      }
    }
  }

  /// Adds the documents of another run of the same rules with the same options.
  package mutating func merge(_ other: GroupRun) {
    precondition(plans.map(\.number) == other.plans.map(\.number), "runs of other rules")
    for index in states.indices {
      states[index].own.merge(other.states[index].own)
      states[index].beside.merge(other.states[index].beside)
    }
  }
}

extension GroupRun.Intake {
  /// Elements beside the groups of a rule: no law chooses among them, and the dates by which their
  /// parameters are chosen are those of their documents.
  fileprivate init(_ beside: Aggregation.Beside, beside rule: Rule) {
    self.rule = rule
    self.rule.dossier = beside.dossier
    self.rule.scopes = beside.scopes
    self.rule.asOf = nil
    self.rule.citations = []
    filters = beside.filters
    keys = beside.keys
    summaries = beside.summaries
    asksForValues = rule.asksForValues
    asksForWhole = rule.asksForWhole || keys.isEmpty
  }

  fileprivate func takes(_ dossier: Int) -> Bool { rule.dossier == dossier }
}

/// The document that elements are of.
private struct Contribution {
  var document: DocumentReference
  var names: Set<String>
}

extension GroupRun.Collection {
  fileprivate mutating func add(
    _ intake: GroupRun.Intake, capturing captures: [Term], from source: Contribution,
    _ judge: inout Judge
  ) {
    hasDocuments = true
    var collection = GroupRun.Collection()
    swap(&collection, &self)
    judge.eachElement(of: intake.rule) { judge, path, isHypothetical in
      switch judge.interpreter.key(in: intake) {
      case .none: break
      case .unknown(let key): collection.leftOut[key, default: 0] += 1
      case .some(let key) where isHypothetical: collection.leftOut[key, default: 0] += 1
      case .some(let key):
        let captures = captures.map { judge.interpreter.value(of: $0) }
        collection.groups[
          key,
          default: GroupRun.Group(
            summaries: intake.summaries.map { GroupSummary($0.kind) },
            lawDate: judge.interpreter.lawDate)
        ].add(
          intake, &judge.interpreter, source,
          intake.keepsElements
            ? GroupRun.Element(document: source.document, path: path, captures: captures) : nil)
      }
    }
    if intake.asksForValues {
      judge.expectsMore = true
      judge.eachElement(of: intake.rule) { judge, _, isHypothetical in
        guard isHypothetical else { return }
        switch judge.interpreter.key(in: intake) {
        case .none: break
        case .unknown(let key), .some(let key): collection.mayGoOn.insert(key)
        }
      }
      judge.expectsMore = false
    }
    swap(&collection, &self)
  }

  mutating func merge(_ other: GroupRun.Collection) {
    for (key, group) in other.groups { merge(group, key: key) }
    leftOut.merge(other.leftOut, uniquingKeysWith: +)
    mayGoOn.formUnion(other.mayGoOn)
    hasDocuments = hasDocuments || other.hasDocuments
  }

  /// Adds a group in place: groups grow with the corpus, and are merged with each part of it.
  mutating func merge(_ group: GroupRun.Group, key: [Value]) {
    if let place = groups.index(forKey: key) {
      groups.values[place].merge(group)
    } else {
      groups[key] = group
    }
  }

  fileprivate var leftOutCount: Int { leftOut.values.reduce(0, +) }
}

extension GroupRun.Group {
  fileprivate mutating func add(
    _ intake: GroupRun.Intake, _ interpreter: inout Interpreter, _ source: Contribution,
    _ element: GroupRun.Element?
  ) {
    size += 1
    for (number, summary) in intake.summaries.enumerated() {
      let value = summary.argument.map { interpreter.value(of: $0) } ?? .boolean(true)
      summaries[number].add(value, on: summary.date.map { interpreter.value(of: $0) } ?? .unknown)
    }
    documents.insert(source.document)
    names.formUnion(source.names)
    lawDate = later(lawDate, interpreter.lawDate)
    if let element { elements.append(element) }
  }

  fileprivate mutating func merge(_ other: Self) {
    size += other.size
    for number in summaries.indices { summaries[number].merge(other.summaries[number]) }
    documents.formUnion(other.documents)
    names.formUnion(other.names)
    lawDate = later(lawDate, other.lawDate)
    elements += other.elements
  }
}

/// The later of two dates, whatever their precision.
private func later(_ left: CalendarDate, _ right: CalendarDate) -> CalendarDate {
  (left.lastDay, left.firstDay) < (right.lastDay, right.firstDay) ? right : left
}

/// Whether an element belongs to a group, and to which.
private enum Membership {
  case some([Value])
  case none
  /// With what is known of the key.
  case unknown([Value])
}

extension Interpreter {
  /// The key of the group of the element that the variables stand for.
  ///
  /// What is known not to exist puts an element into no group, as does a filter or the law's
  /// interval; what is not recorded leaves it out.
  fileprivate mutating func key(in intake: GroupRun.Intake) -> Membership {
    var belongs = intake.rule.law.map { ruleSet.laws[$0].isInForce(on: lawDate) } ?? .yes
    for filter in intake.filters where belongs != .no {
      belongs = belongs && truth(of: filter)
    }
    if belongs == .no { return .none }
    var key: [Value] = []
    for part in intake.keys {
      var value = value(of: part)
      if value == .none { return .none }
      if case .atLeast = value { value = .unknown }
      if value.isUnknown { belongs = .unknown }
      key.append(value)
    }
    return belongs == .yes ? .some(key) : .unknown(key)
  }
}

// MARK: - Findings

/// What a rule says of a group, or of one element against its group.
package struct GroupFinding: Sendable {
  /// The number of the rule in the rule set.
  package var rule: Int
  package var verdict: Verdict
  package var key: [Figure]
  package var figures: [Figure]
  /// How many elements the group has.
  package var size: Int
  /// Of how many elements it is not recorded whether, or to which group of the rule, they belong.
  package var leftOut: Int
  /// The documents of the group, sorted; of an element, its own.
  package var documents: [DocumentReference]
  /// What stands beside the group; nil where the rule holds its groups against nothing.
  package var beside: Beside?
  package var element: FieldPath?
  package var isOfElement: Bool
  package var message: Bilingual
  package var fix: Bilingual?
  /// Masks the names of persons in what is said of the group.
  package var mask: NameMask

  /// The elements that a group is held against.
  package struct Beside: Hashable, Sendable {
    /// The number of the dossier's record.
    package var dossier: Int
    /// Whether the run had any document of the dossier.
    package var isLoaded: Bool
    /// How many elements there are.
    package var size: Int
    /// Of how many elements it is not recorded whether, or beside which group, they stand.
    package var leftOut: Int
    /// The documents that have them, sorted.
    package var documents: [DocumentReference]
  }

  /// A part of the key, or a figure.
  package struct Figure: Hashable, Sendable {
    package var name: Bilingual
    package var value: Value
    /// Whether it is read as a percentage.
    package var isShare = false
    /// How many elements of the group do not record what it is made of.
    package var leftOut = 0
  }
}

extension GroupRun {
  /// What the rules say of the groups, in the order of codes, then keys, then documents.
  package func findings(
    where isWanted: (Verdict) -> Bool = { $0 == .violation || $0 == .undetermined }
  ) -> [GroupFinding] {
    chosenFindings { _, verdict in isWanted(verdict) }
  }

  /// What the rules say of the groups, in the order of codes, then keys, then documents.
  ///
  /// The closure is called for the number of each rule with each verdict, and says whether that is
  /// worth a finding.
  package func chosenFindings(_ isWanted: (Int, Verdict) -> Bool) -> [GroupFinding] {
    let order = plans.indices.sorted {
      (plans[$0].rule.code, plans[$0].number) < (plans[$1].rule.code, plans[$1].number)
    }
    return order.flatMap { index in
      findings(of: plans[index], over: states[index], where: isWanted)
    }
  }

  private func findings(
    of plan: Plan, over state: State, where isWanted: (Int, Verdict) -> Bool
  ) -> [GroupFinding] {
    guard !state.own.groups.isEmpty else { return [] }
    let empty = Document(
      dossier: plan.rule.dossier, id: nil, isComplete: false,
      fields: ruleSet.records[plan.rule.dossier].fields.map { _ in .unknown }, waivers: [],
      range: SourceRange(0, 0))
    var judge = Judge(ruleSet: ruleSet, document: empty, today: options.today)
    judge.interpreter.reserve(plan.rule.slotCount + plan.captures.count)
    judge.interpreter.groups = GroupContext(
      aggregation: plan.aggregation,
      groups: state.own.table(of: plan.own, period: plan.aggregation.period),
      beside: state.beside.hasDocuments
        ? plan.beside.map { state.beside.table(of: $0, period: nil) } : nil,
      current: GroupContext.Members(summaries: []))
    var findings: [GroupFinding] = []
    for key in state.own.groups.keys.sorted(by: { $0.precedes($1) }) {
      guard let group = state.own.groups[key] else { continue }
      judge.interpreter.enter(key)
      judge.interpreter.lawDate = group.lawDate
      if plan.aggregation.isEach {
        for element in group.elements.sorted() {
          for (number, value) in element.captures.enumerated() {
            judge.interpreter.slots[plan.rule.slotCount + number] = Interpreter.Slot(
              fact: Fact(value, at: nil), path: FieldPath())
          }
          let verdict = judge.verdict(of: plan.rule, isHypothetical: false)
          guard isWanted(plan.number, verdict) else { continue }
          findings.append(finding(verdict, plan, state, key, group, element, &judge))
        }
      } else {
        let verdict = judge.verdict(of: plan.rule, isHypothetical: false)
        guard isWanted(plan.number, verdict) else { continue }
        findings.append(finding(verdict, plan, state, key, group, nil, &judge))
      }
    }
    return findings
  }

  private func finding(
    _ verdict: Verdict, _ plan: Plan, _ state: State, _ key: [Value], _ group: Group,
    _ element: Element?, _ judge: inout Judge
  ) -> GroupFinding {
    let beside = judge.interpreter.groups?.keyBeside.flatMap { state.beside.groups[$0] }
    var finding = GroupFinding(
      rule: plan.number, verdict: verdict,
      key: zip(plan.aggregation.keys, key).map { GroupFinding.Figure(name: $0.name, value: $1) },
      figures: plan.aggregation.figures.map { figure in
        GroupFinding.Figure(
          name: figure.name, value: judge.interpreter.value(of: figure.value),
          isShare: figure.value.isShare, leftOut: group.leftOut(of: figure.value, beside: beside))
      },
      size: group.size, leftOut: state.own.leftOutCount,
      documents: element.map { [$0.document] } ?? group.documents.sorted(),
      beside: plan.aggregation.beside.map { clause in
        GroupFinding.Beside(
          dossier: clause.dossier, isLoaded: state.beside.hasDocuments, size: beside?.size ?? 0,
          leftOut: state.beside.leftOutCount, documents: beside?.documents.sorted() ?? [])
      },
      element: element?.path, isOfElement: element != nil, message: Bilingual("", ""), fix: nil,
      mask: NameMask(names: group.names.union(beside?.names ?? [])))
    if verdict == .undetermined {
      finding.message = undetermined(finding, plan, element, &judge)
    } else {
      finding.message = judge.text(of: plan.rule.message)
      finding.fix = plan.rule.fix.map { judge.text(of: $0) }
    }
    return finding
  }

  private func undetermined(
    _ finding: GroupFinding, _ plan: Plan, _ element: Element?, _ judge: inout Judge
  ) -> Bilingual {
    let conditions =
      plan.rule.applies + plan.rule.exceptions.map(\.condition) + [plan.rule.requirement]
    let terms = conditions.flatMap(\.descendants)
    let asked = Set(terms.map(\.kind))
    let lacksBeside = terms.contains { term in
      guard case .beside = term.kind else { return false }
      return judge.interpreter.value(of: term).isUnknown
    }
    let (lack, lackEnglish) =
      lacksBeside ? finding.beside.map { self.lack(of: $0) } ?? ("", "") : ("", "")
    func text(_ language: Language) -> String {
      var open = zip(plan.aggregation.figures, finding.figures)
        .filter { term, figure in figure.value.mayBeMore && asked.contains(term.value.kind) }
        .map { $1.name[language] }
      for (number, value) in (element?.captures ?? []).enumerated()
      where value.isUnknown && asked.contains(.variable(plan.rule.slotCount + number)) {
        let text = ruleSet.text(of: plan.captures[number].origin)
        if !open.contains(text) { open.append(text) }
      }
      if open.isEmpty { open = [ruleSet.text(of: plan.rule.requirement.origin)] }
      return open.joined(separator: language == .chinese ? "、" : ", ")
    }
    let group = finding.keyText(in: ruleSet)
    let (place, placeEnglish) =
      group.chinese.isEmpty
      ? ("", "") : ("（\(group.chinese)）", " (\(group.english))")
    return Bilingual(
      "无法判断是否“\(plan.rule.name.chinese)”\(place)：\(lack)卷宗的记载不足以得出\(text(.chinese))",
      "cannot tell `\(plan.rule.name.english)`\(placeEnglish): \(lackEnglish)the files do not give \(text(.english))"
    )
  }

  /// Why nothing is known of what stands beside a group.
  private func lack(of beside: GroupFinding.Beside) -> (String, String) {
    let name = ruleSet.records[beside.dossier].name
    if !beside.isLoaded {
      return ("本次检查没有\(name.chinese)，", "this run has no \(name.english); ")
    }
    if beside.size == 0 {
      return ("没有与本组对应的\(name.chinese)，", "no \(name.english) matches this group; ")
    }
    return ("", "")
  }
}

extension GroupFinding {
  /// The key as a sentence has it: `机关：市纪委，年：2023`.
  package func keyText(in ruleSet: RuleSet) -> Bilingual {
    func text(_ language: Language) -> String {
      key.map { part in
        part.name[language] + (language == .chinese ? "：" : ": ")
          + ruleSet.text(of: part.value, in: language)
      }
      .joined(separator: language == .chinese ? "，" : ", ")
    }
    return Bilingual(text(.chinese), text(.english))
  }
}

extension Rule {
  fileprivate var asksForValues: Bool {
    groupTerms.contains { term in
      if case .figure(.values, _, _) = term.kind { true } else { false }
    }
  }

  fileprivate var asksForWhole: Bool {
    groupTerms.contains { term in
      if case .whole = term.kind { true } else { false }
    }
  }

  /// All terms that are worked out over a group.
  private var groupTerms: [Term] {
    let terms =
      applies + exceptions.map(\.condition) + [requirement] + message.terms + (fix?.terms ?? [])
      + (aggregation?.figures.map(\.value) ?? [])
    return terms.flatMap(\.descendants)
  }
}

extension GroupRun.Collection {
  fileprivate func table(of intake: GroupRun.Intake, period: Int?) -> GroupTable {
    GroupTable(
      groups.mapValues(\.summaries), open: mayGoOn.union(leftOut.keys),
      summaries: intake.summaries, period: period, needsWhole: intake.asksForWhole)
  }
}

extension GroupRun.Group {
  /// How many elements do not record what a term is made of.
  fileprivate func leftOut(of term: Term, beside: Self?) -> Int {
    switch term.kind {
    case .figure(_, let number, _): summaries[number].leftOut
    // What is inside is read from the elements beside.
    case .beside(let inner): beside?.leftOut(of: inner, beside: nil) ?? 0
    default: term.subterms.map { leftOut(of: $0, beside: beside) }.max() ?? 0
    }
  }
}

extension Value {
  /// Whether it is not known, or is a list that may go on.
  fileprivate var mayBeMore: Bool {
    if case .list(let list) = self { list.isOpen } else { isUnknown }
  }
}

extension GroupRun.Element: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    if left.document != right.document { return left.document < right.document }
    return (left.path ?? FieldPath()) < (right.path ?? FieldPath())
  }
}

extension FieldPath {
  fileprivate static func < (left: FieldPath, right: FieldPath) -> Bool {
    func numbers(_ path: FieldPath) -> [Int] {
      path.steps.map { step in
        switch step {
        case .field(let number), .index(let number): number
        }
      }
    }
    return numbers(left).lexicographicallyPrecedes(numbers(right))
  }
}

extension [Value] {
  fileprivate func precedes(_ other: [Value]) -> Bool {
    for (left, right) in zip(self, other) {
      if left.precedes(right) { return true }
      if right.precedes(left) { return false }
    }
    return false
  }
}
