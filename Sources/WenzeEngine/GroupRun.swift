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
  private(set) var states: [State]

  /// A rule with what is collected for it.
  struct Plan {
    var number: Int
    var rule: Rule
    var aggregation: Aggregation
    var captures: [Term]
  }

  struct State: Hashable {
    var groups: [[Value]: Group] = [:]
    /// Elements of which it is not known whether, or to which group, they belong.
    var leftOut = 0
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
      return Plan(number: number, rule: capturing, aggregation: aggregation, captures: captures)
    }
    states = plans.map { _ in State() }
  }

  /// Adds what the rules collect of a document.
  package mutating func add(_ document: Document, at reference: DocumentReference) {
    guard plans.contains(where: { $0.rule.dossier == document.dossier }) else { return }
    var judge = Judge(ruleSet: ruleSet, document: document, today: options.today)
    let names = judge.interpreter.personalNames()
    for (index, plan) in plans.enumerated() where plan.rule.dossier == document.dossier {
      var state = State()
      swap(&state, &states[index])
      judge.eachElement(of: plan.rule) { judge, path, isHypothetical in
        switch judge.interpreter.key(of: plan.rule, plan.aggregation) {
        case .none: break
        case .unknown: state.leftOut += 1
        case .some where isHypothetical: state.leftOut += 1
        case .some(let key):
          let captures = plan.captures.map { judge.interpreter.value(of: $0) }
          state.groups[
            key,
            default: Group(
              summaries: plan.aggregation.summaries.map { GroupSummary($0.kind) },
              lawDate: judge.interpreter.lawDate)
          ].add(
            plan.aggregation, &judge.interpreter, reference, names,
            plan.aggregation.isEach
              ? Element(document: reference, path: path, captures: captures) : nil)
        }
      }
      swap(&state, &states[index])
    }
  }

  /// Adds the documents of another run of the same rules with the same options.
  package mutating func merge(_ other: GroupRun) {
    precondition(plans.map(\.number) == other.plans.map(\.number), "runs of other rules")
    for index in states.indices {
      addLeftOut(other.states[index].leftOut, to: index)
      for (key, group) in other.states[index].groups { merge(group, key: key, into: index) }
    }
  }

  /// Adds a group of the rule of a plan, in place: groups grow with the corpus, and are merged
  /// with each part of it.
  mutating func merge(_ group: Group, key: [Value], into plan: Int) {
    if let place = states[plan].groups.index(forKey: key) {
      states[plan].groups.values[place].merge(group)
    } else {
      states[plan].groups[key] = group
    }
  }

  mutating func addLeftOut(_ count: Int, to plan: Int) {
    states[plan].leftOut += count
  }
}

extension GroupRun.Group {
  fileprivate mutating func add(
    _ aggregation: Aggregation, _ interpreter: inout Interpreter, _ document: DocumentReference,
    _ names: Set<String>, _ element: GroupRun.Element?
  ) {
    size += 1
    for (number, summary) in aggregation.summaries.enumerated() {
      let value = summary.argument.map { interpreter.value(of: $0) } ?? .boolean(true)
      summaries[number].add(value, on: summary.date.map { interpreter.value(of: $0) } ?? .unknown)
    }
    documents.insert(document)
    self.names.formUnion(names)
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
  case unknown
}

extension Interpreter {
  /// The key of the group of the element that the variables stand for.
  ///
  /// What is known not to exist puts an element into no group, as does a filter or the law's
  /// interval; what is not recorded leaves it out.
  fileprivate mutating func key(of rule: Rule, _ aggregation: Aggregation) -> Membership {
    var belongs = rule.law.map { ruleSet.laws[$0].isInForce(on: lawDate) } ?? .yes
    for filter in aggregation.filters where belongs != .no {
      belongs = belongs && truth(of: filter)
    }
    if belongs == .no { return .none }
    var key: [Value] = []
    for part in aggregation.keys {
      let value = value(of: part.value)
      if value == .none { return .none }
      if value.isUnknown { belongs = .unknown }
      if case .atLeast = value { belongs = .unknown }
      key.append(value)
    }
    return belongs == .yes ? .some(key) : .unknown
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
  package var element: FieldPath?
  package var isOfElement: Bool
  package var message: Bilingual
  package var fix: Bilingual?
  /// Masks the names of persons in what is said of the group.
  package var mask: NameMask

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
    guard !state.groups.isEmpty else { return [] }
    let empty = Document(
      dossier: plan.rule.dossier, id: nil, isComplete: false,
      fields: ruleSet.records[plan.rule.dossier].fields.map { _ in .unknown }, waivers: [],
      range: SourceRange(0, 0))
    var judge = Judge(ruleSet: ruleSet, document: empty, today: options.today)
    judge.interpreter.reserve(plan.rule.slotCount + plan.captures.count)
    let groups = state.groups.mapValues(\.summaries)
    judge.interpreter.groups = GroupContext(
      aggregation: plan.aggregation, groups: groups, whole: plan.whole(of: groups),
      periods: plan.periods(of: groups), current: [], key: nil)
    var findings: [GroupFinding] = []
    for key in state.groups.keys.sorted(by: { $0.precedes($1) }) {
      guard let group = state.groups[key] else { continue }
      judge.interpreter.enter(group.summaries, key: key)
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
    var finding = GroupFinding(
      rule: plan.number, verdict: verdict,
      key: zip(plan.aggregation.keys, key).map { GroupFinding.Figure(name: $0.name, value: $1) },
      figures: plan.aggregation.figures.map { figure in
        GroupFinding.Figure(
          name: figure.name, value: judge.interpreter.value(of: figure.value),
          isShare: figure.value.isShare, leftOut: group.leftOut(of: figure.value))
      },
      size: group.size, leftOut: state.leftOut,
      documents: element.map { [$0.document] } ?? group.documents.sorted(), element: element?.path,
      isOfElement: element != nil, message: Bilingual("", ""), fix: nil,
      mask: NameMask(names: group.names))
    if verdict == .undetermined {
      finding.message = undetermined(finding, plan, element)
    } else {
      finding.message = judge.text(of: plan.rule.message)
      finding.fix = plan.rule.fix.map { judge.text(of: $0) }
    }
    return finding
  }

  private func undetermined(
    _ finding: GroupFinding, _ plan: Plan, _ element: Element?
  ) -> Bilingual {
    let conditions =
      plan.rule.applies + plan.rule.exceptions.map(\.condition) + [plan.rule.requirement]
    let asked = Set(conditions.flatMap(\.descendants).map(\.kind))
    func text(_ language: Language) -> String {
      var open = zip(plan.aggregation.figures, finding.figures)
        .filter { term, figure in figure.value.isUnknown && asked.contains(term.value.kind) }
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
      "无法判断是否“\(plan.rule.name.chinese)”\(place)：卷宗的记载不足以得出\(text(.chinese))",
      "cannot tell `\(plan.rule.name.english)`\(placeEnglish): the files do not give \(text(.english))"
    )
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

extension GroupRun.Plan {
  /// All groups together.
  fileprivate func whole(of groups: [[Value]: [GroupSummary]]) -> [GroupSummary] {
    var whole = aggregation.summaries.map { GroupSummary($0.kind) }
    for summaries in groups.values {
      for number in whole.indices { whole[number].merge(summaries[number]) }
    }
    return whole
  }

  fileprivate func periods(of groups: [[Value]: [GroupSummary]]) -> Set<Value> {
    aggregation.period.map { period in Set(groups.keys.map { $0[period] }) } ?? []
  }
}

extension GroupRun.Group {
  /// How many elements do not record what a term is made of.
  fileprivate func leftOut(of term: Term) -> Int {
    let numbers = term.descendants.compactMap { term in
      if case .figure(_, let number, _) = term.kind { number } else { nil }
    }
    return numbers.map { summaries[$0].leftOut }.max() ?? 0
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
