import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// The state of judging the groups of one rule.
struct GroupJudgement {
  private let run: GroupRun
  private let rule: GroupRule
  private let groups: GroupTable
  private let beside: GroupTable?
  private var judge: Judge
  /// What is remembered of verdicts, by which laws are in force.
  private var memos: [[Truth]: VerdictMemo] = [:]
  /// The names that the findings on elements of a group have in common.
  private var sharedNames: (group: Int, names: Set<String>)?

  /// A finding with what it is sorted by.
  private struct Placed {
    var finding: GroupFinding
    var key: [Value]
  }

  /// Nil where there are no groups.
  init?(of rule: GroupRule, in run: GroupRun) {
    self.run = run
    self.rule = rule
    groups = GroupTable(of: rule.own, in: run, period: rule.aggregation.period)
    guard groups.count > 0 else { return nil }
    beside = rule.beside.flatMap { intake in
      run.collections[intake.gathering].hasDocuments
        ? GroupTable(of: intake, in: run, period: nil) : nil
    }
    let empty = Document(
      dossier: rule.rule.dossier, id: nil, isComplete: false,
      fields: run.ruleSet.records[rule.rule.dossier].fields.map { _ in .unknown }, waivers: [],
      range: SourceRange(0, 0))
    judge = Judge(ruleSet: run.ruleSet, document: empty, today: run.options.today)
    judge.interpreter.reserve(rule.rule.slotCount + rule.captures.count)
    judge.interpreter.groups = GroupContext(
      aggregation: rule.aggregation, groups: groups, beside: beside)
  }

  consuming func findings(where isWanted: (Verdict) -> Bool) -> [GroupFinding] {
    var placed: [Placed] = []
    if rule.rule.restsOnFigures(in: run.ruleSet) {
      let laws = rule.rule.datedLaws(in: run.ruleSet)
      for group in 0..<groups.count {
        let verdict = rememberedVerdict(on: group, laws)
        guard isWanted(verdict) else { continue }
        judge.interpreter.lawDate = lawDate(of: group)
        add(verdict, on: group, nil, [], to: &placed)
      }
    } else {
      // Keys are made values where conditions are over them: few are, and groups are many.
      let mentioned = Set(rule.aggregation.keys.map(\.slot)).filter { slot in
        rule.rule.conditions.contains { $0.mentions(anyOf: [slot]) }
      }
      for group in 0..<groups.count {
        judge.interpreter.enter(group, slots: mentioned)
        judge.interpreter.lawDate = lawDate(of: group)
        if rule.aggregation.isEach {
          addElements(of: group, to: &placed, where: isWanted)
        } else {
          let verdict = judge.verdict(of: rule.rule, isHypothetical: false)
          if isWanted(verdict) { add(verdict, on: group, nil, [], to: &placed) }
        }
      }
    }
    placed.sort { left, right in
      if left.key.precedes(right.key) { return true }
      if right.key.precedes(left.key) { return false }
      let (a, b) = (left.finding, right.finding)
      guard a.isOfElement, a.documents == b.documents else {
        return a.documents.lexicographicallyPrecedes(b.documents)
      }
      return (a.element ?? FieldPath()) < (b.element ?? FieldPath())
    }
    return numberingNames(in: placed.map(\.finding))
  }

  /// The findings of the rule, in all of which a number stands for the same person: two groups must
  /// not have the same key.
  private func numberingNames(in findings: [GroupFinding]) -> [GroupFinding] {
    let numbers = NameMask.jointNumbers(of: findings.map(\.mask))
    guard !numbers.isEmpty else { return findings }
    return findings.map { finding in
      var finding = finding
      finding.mask = finding.mask.numbered(among: numbers)
      return finding
    }
  }

  /// Calls the body for each group, or element of one, that the conditions of the rule are over.
  mutating func eachSubject(_ body: (inout Judge) -> Void) {
    for group in 0..<groups.count {
      judge.interpreter.enter(group)
      judge.interpreter.lawDate = lawDate(of: group)
      guard rule.aggregation.isEach else {
        body(&judge)
        continue
      }
      for row in groups.rows(of: group) {
        bind(captures(of: Int(row)))
        body(&judge)
      }
    }
  }

  private mutating func bind(_ captures: [Value]) {
    for (number, value) in captures.enumerated() {
      judge.interpreter.slots[rule.rule.slotCount + number] = Interpreter.Slot(
        fact: Fact(value, at: nil), path: FieldPath())
    }
  }

  /// Judges each element of the group that conditions are over; those of which conditions read the
  /// same have one verdict.
  private mutating func addElements(
    of group: Int, to placed: inout [Placed], where isWanted: (Verdict) -> Bool
  ) {
    let slots = rule.captures.indices.filter { number in
      rule.rule.conditions.contains { $0.mentions(anyOf: [rule.rule.slotCount + number]) }
    }
    var known: [[ValueCode]: Verdict] = [:]
    for row in groups.rows(of: group) {
      let read = slots.map { captureCode($0, at: Int(row)) }
      if let verdict = known[read], !isWanted(verdict) { continue }
      let captures = captures(of: Int(row))
      bind(captures)
      let isNew = known[read] == nil
      let verdict = known[read] ?? judge.verdict(of: rule.rule, isHypothetical: false)
      known[read] = verdict
      if isNew ? isWanted(verdict) : true {
        add(verdict, on: group, Int(row), captures, to: &placed)
      }
    }
  }

  /// The verdict on a group by what is remembered of groups with the same figures.
  private mutating func rememberedVerdict(on group: Int, _ laws: [Int]) -> Verdict {
    var inForce: [Truth] = []
    if !laws.isEmpty {
      let date = lawDate(of: group)
      inForce = laws.map { run.ruleSet.laws[$0].isInForce(on: date) }
    }
    // Most groups are told by figures of their own, and need not be entered.
    let known = memos[inForce]?.verdict { question in
      if case .figure(let figure) = question { return groups.codedFigure(figure, of: group) }
      judge.interpreter.enter(group, slots: [])
      guard let context = judge.interpreter.groups else { return nil }
      if case .previousFigure(let figure) = question {
        return context.previousGroup.flatMap { groups.codedFigure(figure, of: $0) }
      }
      return .boolean(context.previous != nil)
    }
    if let known { return known }
    judge.interpreter.enter(group, slots: [])
    judge.interpreter.lawDate = lawDate(of: group)
    let listener = GroupContext.Listener()
    judge.interpreter.groups?.listener = listener
    let verdict = judge.verdict(of: rule.rule, isHypothetical: false)
    judge.interpreter.groups?.listener = nil
    memos[inForce, default: VerdictMemo()].remember(verdict, after: listener.heard)
    return verdict
  }

  private mutating func add(
    _ verdict: Verdict, on group: Int, _ row: Int?, _ captures: [Value],
    to placed: inout [Placed]
  ) {
    judge.interpreter.enter(group)
    let key = groups.key(of: group)
    placed.append(Placed(finding: finding(verdict, group, key, row, captures), key: key))
  }

  private func column(_ fixed: Gathering.Fixed, at row: Int) -> ValueCode {
    run.collections[rule.own.gathering].rows.columns[fixed.rawValue][row]
  }

  private func captures(of row: Int) -> [Value] {
    rule.captures.indices.map { run.values.value(of: captureCode($0, at: row)) }
  }

  private func captureCode(_ number: Int, at row: Int) -> ValueCode {
    let first = run.plan.gatherings[rule.own.gathering].firstColumn
    return run.collections[rule.own.gathering].rows.columns[first + rule.own.captures[number]][row]
  }

  /// The latest of the dates by which the law of the elements was chosen.
  private func lawDate(of group: Int) -> CalendarDate {
    var latest: ValueCode?
    for row in groups.rows(of: group) {
      let code = column(.lawDate, at: Int(row))
      latest = latest.map { later($0, code) } ?? code
    }
    guard let latest, case .date(let date) = run.values.value(of: latest) else {
      return run.options.today
    }
    return date
  }

  /// The later of two dates, whatever their precision.
  private func later(_ left: ValueCode, _ right: ValueCode) -> ValueCode {
    if left == right { return left }
    if left.kind == .day, right.kind == .day { return left.day < right.day ? right : left }
    guard case .date(let first) = run.values.value(of: left),
      case .date(let second) = run.values.value(of: right)
    else { return left }
    return (first.lastDay, first.firstDay) < (second.lastDay, second.firstDay) ? right : left
  }

  private mutating func finding(
    _ verdict: Verdict, _ group: Int, _ key: [Value], _ row: Int?, _ captures: [Value]
  ) -> GroupFinding {
    let groupBeside = judge.interpreter.groups?.groupBeside
    let documents = row.map { [column(.document, at: $0).document] } ?? groups.documents(of: group)
    let documentsBeside = groupBeside.flatMap { beside?.documents(of: $0) } ?? []
    var finding = GroupFinding(
      rule: rule.number, verdict: verdict,
      key: zip(rule.aggregation.keys, key).map { GroupFinding.Figure(name: $0.name, value: $1) },
      figures: rule.aggregation.figures.map { figure in
        GroupFinding.Figure(
          name: figure.name, value: judge.interpreter.value(of: figure.value),
          isShare: figure.value.isShare,
          leftOut: leftOut(of: figure.value, group, beside: groupBeside))
      },
      size: groups.size(of: group), leftOut: groups.leftOutCount,
      documents: references(documents),
      beside: rule.aggregation.beside.map { clause in
        GroupFinding.Beside(
          dossier: clause.dossier, isLoaded: beside != nil,
          size: groupBeside.flatMap { beside?.size(of: $0) } ?? 0,
          leftOut: beside?.leftOutCount ?? 0,
          documents: references(Array(documentsBeside.prefix(GroupFinding.Beside.namedDocuments))),
          documentCount: documentsBeside.count)
      },
      element: row.flatMap { run.values.path(of: column(.path, at: $0)) }, isOfElement: row != nil,
      message: Bilingual("", ""), fix: nil, mask: .none)
    if verdict == .undetermined {
      finding.message = undetermined(finding, rule, captures, &judge)
    } else {
      finding.message = judge.text(of: rule.rule.message)
      finding.fix = rule.rule.fix.map { judge.text(of: $0) }
    }
    finding.mask = NameMask(
      names: names(of: group, documentsBeside, in: finding)
        .union(row.map { names(in: [column(.document, at: $0).document]) } ?? []))
    return finding
  }

  /// The names of persons in the documents of a group, and in those beside it, that a finding may
  /// tell: of an element those in what it shares with its group.
  private mutating func names(
    of group: Int, _ beside: [Int], in finding: GroupFinding
  ) -> Set<String> {
    if finding.isOfElement, let sharedNames, sharedNames.group == group { return sharedNames.names }
    var told = finding.key.flatMap { $0.value.texts } + finding.figures.flatMap { $0.value.texts }
    if !finding.isOfElement {
      let messages = [finding.message] + [finding.fix].compactMap { $0 }
      told += messages.flatMap { [$0.chinese, $0.english] }
    }
    var names: Set<String> = []
    if !told.isEmpty {
      names = self.names(in: groups.documents(of: group) + beside)
        .filter { name in told.contains { $0.utf8.hasInside(name.utf8) } }
    }
    if finding.isOfElement { sharedNames = (group, names) }
    return names
  }

  private func references(_ documents: [Int]) -> [DocumentReference] {
    documents.map { run.documents.reference($0, run.values) }.sorted()
  }

  /// The names of persons in documents.
  private func names(in documents: [Int]) -> Set<String> {
    let codes = Set(documents.flatMap { run.documents.names(of: $0) })
    return Set(codes.compactMap { run.values.text(of: $0) })
  }

  /// How many elements do not record what a term is made of.
  private func leftOut(of term: Term, _ group: Int?, beside groupBeside: Int?) -> Int {
    switch term.kind {
    case .figure(_, let number, _):
      group.map { groups.summary(number, of: .group($0)).leftOut } ?? 0
    // What is inside is read from the elements beside.
    case .beside(let inner): leftOutBeside(of: inner, groupBeside)
    default:
      term.subterms.map { leftOut(of: $0, group, beside: groupBeside) }.max() ?? 0
    }
  }

  private func leftOutBeside(of term: Term, _ group: Int?) -> Int {
    if case .figure(_, let number, _) = term.kind {
      return group.flatMap { beside?.summary(number, of: .group($0)).leftOut } ?? 0
    }
    return term.subterms.map { leftOutBeside(of: $0, group) }.max() ?? 0
  }

  private func undetermined(
    _ finding: GroupFinding, _ rule: GroupRule, _ captures: [Value], _ judge: inout Judge
  ) -> Bilingual {
    let conditions =
      rule.rule.applies + rule.rule.exceptions.map(\.condition) + [rule.rule.requirement]
    let terms = conditions.flatMap(\.descendants)
    let asked = Set(terms.map(\.kind))
    let lacksBeside = terms.contains { term in
      guard case .beside = term.kind else { return false }
      return judge.interpreter.value(of: term).isUnknown
    }
    let (lack, lackEnglish) =
      lacksBeside ? finding.beside.map { self.lack(of: $0) } ?? ("", "") : ("", "")
    func text(_ language: Language) -> String {
      var open = zip(rule.aggregation.figures, finding.figures)
        .filter { term, figure in figure.value.mayBeMore && asked.contains(term.value.kind) }
        .map { $1.name[language] }
      for (number, value) in captures.enumerated()
      where value.isUnknown && asked.contains(.variable(rule.rule.slotCount + number)) {
        let text = run.ruleSet.text(of: rule.captures[number].origin)
        if !open.contains(text) { open.append(text) }
      }
      if open.isEmpty { open = [run.ruleSet.text(of: rule.rule.requirement.origin)] }
      return open.joined(separator: language == .chinese ? "、" : ", ")
    }
    let group = finding.keyText(in: run.ruleSet)
    let (place, placeEnglish) =
      group.chinese.isEmpty
      ? ("", "") : ("（\(group.chinese)）", " (\(group.english))")
    return Bilingual(
      "无法判断是否“\(rule.rule.name.chinese)”\(place)：\(lack)卷宗的记载不足以得出\(text(.chinese))",
      "cannot tell `\(rule.rule.name.english)`\(placeEnglish): \(lackEnglish)the files do not give \(text(.english))"
    )
  }

  /// Why nothing is known of what stands beside a group.
  private func lack(of beside: GroupFinding.Beside) -> (String, String) {
    let name = run.ruleSet.records[beside.dossier].name
    if !beside.isLoaded {
      return ("本次检查没有\(name.chinese)，", "this run has no \(name.english); ")
    }
    if beside.size == 0 {
      return ("没有与本组对应的\(name.chinese)，", "no \(name.english) matches this group; ")
    }
    return ("", "")
  }
}

extension GroupTable {
  /// The documents of a group, by their numbers: rows stand in the order of their documents.
  fileprivate func documents(of group: Int) -> [Int] {
    var documents: [Int] = []
    for row in rows(of: group) {
      let document = document(of: Int(row))
      if documents.last != document { documents.append(document) }
    }
    return documents
  }
}

extension Value {
  /// The texts that it is made of.
  fileprivate var texts: [String] {
    switch self {
    case .text(let text), .unlisted(_, let text): [text]
    case .list(let list): list.elements.flatMap { $0.value.texts }
    default: []
    }
  }

  /// Whether it is not known, or is a list that may go on.
  fileprivate var mayBeMore: Bool {
    if case .list(let list) = self { list.isOpen } else { isUnknown }
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
