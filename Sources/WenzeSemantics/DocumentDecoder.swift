package import WenzeModel
package import WenzeSyntax

extension RuleSet {
  /// Gives a written document its types.
  ///
  /// - Parameters:
  ///   - written: the document as a reader found it.
  ///   - isComplete: whether it is taken as complete whatever it says of itself.
  /// - Returns: the document, or nil if a value has a wrong type; and what is wrong with it.
  package func decode(
    _ written: WrittenDocument, asComplete isComplete: Bool = false
  ) -> (document: Document?, diagnostics: [Diagnostic]) {
    var decoder = DocumentDecoder(ruleSet: self)
    let document = decoder.decode(written, asComplete: isComplete)
    let isSound = !decoder.diagnostics.contains { $0.severity == .error }
    return (isSound ? document : nil, decoder.diagnostics)
  }
}

extension RuleSet {
  /// As much of a written document as its types let through; nil if it is of no dossier.
  package func draft(of written: WrittenDocument) -> Document? {
    var decoder = DocumentDecoder(ruleSet: self)
    return decoder.decode(written, asComplete: false)
  }
}

/// What a scalar in a document says.
package enum WrittenScalar: Sendable {
  case value(Value)
  /// `不详`: unknown in whatever document.
  case explicitlyUnknown
  /// As good as absent.
  case nothing
}

extension RuleSet {
  /// Gives one written scalar its type; nil if it has another one.
  package func decodeScalar(_ content: DataNode.Content, as type: ValueType) -> WrittenScalar? {
    var decoder = DocumentDecoder(ruleSet: self)
    let node = DataNode(content, at: SourceRange(0, 0))
    guard !node.saysNothing else { return .nothing }
    let fact = decoder.decodeScalar(node, as: type, for: nil)
    guard decoder.diagnostics.isEmpty else { return nil }
    if fact.value == .unknown { return node.isExplicitlyUnknown ? .explicitlyUnknown : .nothing }
    return .value(fact.value)
  }

  /// The number of the dossier that a document names.
  package func dossier(named name: String) -> Int? {
    dossiers.first { records[$0].name.chinese == name || records[$0].name.english == name }
  }

  /// Of dossiers that a document is as like, the one that it is taken for.
  package func preferredDossier(among dossiers: [Int]) -> Int? {
    dossiers.max { ruleCount(of: $0) < ruleCount(of: $1) }
  }

  private func ruleCount(of dossier: Int) -> Int { rules.count { $0.dossier == dossier } }
}

/// A field of a record, by the number of each.
struct FieldNumber {
  var record: Int
  var number: Int
}

/// The state of decoding one document.
struct DocumentDecoder {
  let ruleSet: RuleSet
  private(set) var diagnostics: [Diagnostic] = []
  private var isComplete = false
  /// Whether one element may stand for a list of one, as in the language itself.
  private var isLenient = false

  init(ruleSet: RuleSet) {
    self.ruleSet = ruleSet
  }

  /// Begins another document.
  mutating func begin(isComplete: Bool) {
    self.isComplete = isComplete
    isLenient = false
    diagnostics = []
  }

  mutating func decode(_ written: WrittenDocument, asComplete forced: Bool) -> Document? {
    var (body, name, nameRange) = (written.body, written.dossier, written.dossierRange)
    if name == nil, case .record(let fields) = body.content, fields.count == 1,
      let only = fields.first, ruleSet.dossier(named: only.name) != nil,
      case .record = only.value.content
    {
      (body, name, nameRange) = (only.value, only.name, only.nameRange)
    }
    guard case .record(var fields) = body.content else {
      diagnostics.append(.notARecord(at: body.range))
      return nil
    }
    guard let dossier = chooseDossier(name, at: nameRange, fields) else { return nil }
    isLenient = written.dossier != nil
    var waivers = written.waivers
    for field in fields where field.holdsWaivers { waivers += writtenWaivers(in: field.value) }
    fields.removeAll(where: \.holdsWaivers)
    let record = ruleSet.records[dossier]
    isComplete = forced || claimsCompleteness(fields, record)
    let facts = decodeFields(fields, of: dossier)
    return Document(
      dossier: dossier, id: id(of: facts, dossier: dossier), isComplete: isComplete, fields: facts,
      waivers: waivers.compactMap { decode($0) }, range: body.range)
  }

  func id(of facts: [Fact], dossier: Int) -> String? {
    guard let key = ruleSet.records[dossier].dossier?.key, case .text(let text) = facts[key].value
    else { return nil }
    return text
  }

  /// The dossier that the text names, or whose fields are most like the document's.
  private mutating func chooseDossier(
    _ name: String?, at range: SourceRange?, _ fields: [DataField]
  ) -> Int? {
    let dossiers = ruleSet.dossiers
    if let name {
      if let found = ruleSet.dossier(named: name) { return found }
      let known = dossiers.flatMap {
        [ruleSet.records[$0].name.chinese, ruleSet.records[$0].name.english]
      }
      diagnostics.append(
        .unknownDossier(Identifier(name, at: range ?? SourceRange(0, 0)), known: known))
      return nil
    }
    let scored = dossiers.map { index in
      (index, fields.count { ruleSet.records[index].bySpelling[$0.name] != nil })
    }
    let best = scored.map(\.1).max() ?? 0
    // Of several that are as like it, the one that most rules are about.
    let alike = scored.filter { $0.1 == best }.map(\.0)
    guard let index = ruleSet.preferredDossier(among: alike) else {
      diagnostics.append(.noDossiers())
      return nil
    }
    // Any other file of the format would pass for a document about which nothing is known.
    if best == 0, let field = fields.first(where: { !$0.isComment }) {
      let known = dossiers.flatMap { ruleSet.records[$0].bySpelling.keys }
      diagnostics.append(.unlikeAnyDossier(field, known: known.sorted()))
      return nil
    }
    return index
  }

  private func claimsCompleteness(_ fields: [DataField], _ record: RecordType) -> Bool {
    guard let complete = record.dossier?.complete else { return false }
    return fields.contains { field in
      record.bySpelling[field.name] == complete && boolean(field.value) == .boolean(true)
    }
  }
}

// MARK: - Records and lists

extension DocumentDecoder {
  private mutating func decodeFields(_ fields: [DataField], of record: Int) -> [Fact] {
    let count = ruleSet.records[record].fields.count
    var fields = fields
    var written = [Int?](repeating: nil, count: count)
    for index in fields.indices {
      guard let number = ruleSet.records[record].bySpelling[fields[index].name] else {
        if !fields[index].isComment {
          diagnostics.append(.unknownField(fields[index], of: ruleSet.records[record]))
        }
        continue
      }
      guard let first = written[number] else {
        written[number] = index
        continue
      }
      if isLenient, case .list = ruleSet.records[record].fields[number].type {
        fields[first].value = DataNode(joining: fields[first].value, fields[index].value)
      } else {
        diagnostics.append(.repeatedField(fields[index], first: fields[first]))
      }
    }
    var facts: [Fact] = []
    facts.reserveCapacity(count)
    for number in 0..<count {
      let field = FieldNumber(record: record, number: number)
      facts.append(written[number].map { decode(fields[$0].value, as: field) } ?? absent(field))
    }
    return facts
  }

  /// Decodes what is written of a field.
  mutating func decode(_ node: DataNode, as field: FieldNumber) -> Fact {
    let fact = decode(node, as: type(of: field), for: field)
    // What is written but says nothing is as good as absent.
    if fact.value.isUnknown, !node.isExplicitlyUnknown { return absent(field) }
    return settled(fact, field)
  }

  /// What a field holds, closed if it is a list that a document writes in full.
  func settled(_ fact: Fact, _ field: FieldNumber) -> Fact {
    guard ruleSet.records[field.record].fields[field.number].isExhaustive,
      case .list(var list) = fact.value, !list.isMarkedOpen
    else { return fact }
    list.isOpen = false
    return Fact(.list(list), at: fact.place)
  }

  func type(of field: FieldNumber) -> ValueType {
    ruleSet.records[field.record].fields[field.number].type
  }

  /// What the absence of a field means in this document.
  func absent(_ field: FieldNumber) -> Fact {
    guard isComplete else { return .unknown }
    switch (type(of: field), ruleSet.records[field.record].fields[field.number].absence) {
    case (.record, _): return Fact(.none, at: nil)
    case (.list, _): return Fact(.list(FactList([], isOpen: false)), at: nil)
    case (_, .no): return Fact(.boolean(false), at: nil)
    case (_, RecordDeclaration.Absence.none?): return Fact(.none, at: nil)
    default: return .unknown
    }
  }

  private mutating func decode(
    _ node: DataNode, as type: ValueType, for field: FieldNumber
  ) -> Fact {
    switch type {
    case _ where node.saysNothing: return .unknown
    case .record(let record):
      guard case .record(let fields) = node.content else {
        if node.isAbsenceWord { return Fact(.none, at: node.range) }
        return node.isExplicitlyUnknown ? .unknown : mismatch(node, type, field)
      }
      return Fact(.record(decodeFields(fields, of: record)), at: node.range)
    case .list(let element):
      return decodeList(node, of: element, for: field)
    default:
      return decodeScalar(node, as: type, for: field)
    }
  }

  private mutating func decodeList(
    _ node: DataNode, of element: ValueType, for field: FieldNumber
  ) -> Fact {
    switch node.content {
    case .list(let nodes, let isMarkedOpen):
      var elements: [Fact] = []
      for node in nodes {
        if let fact = self.element(node, of: element, for: field) { elements.append(fact) }
      }
      return list(elements, isMarkedOpen: isMarkedOpen, at: node.range)
    case _ where node.isAbsenceWord:
      return Fact(.list(FactList([], isOpen: false)), at: node.range)
    case _ where node.isExplicitlyUnknown: return .unknown
    default:
      if isLenient {
        let fact = decode(node, as: element, for: field)
        return Fact(.list(FactList([fact], isOpen: !isComplete)), at: node.range)
      }
      return mismatch(node, .list(element), field)
    }
  }

  /// An element of a list; nil for what says that there is none.
  mutating func element(
    _ node: DataNode, of type: ValueType, for field: FieldNumber
  ) -> Fact? {
    if node.saysNothing { return nil }
    var fact = decode(node, as: type, for: field)
    // An element of which nothing is known is one all the same; what is not, is none.
    if fact.value.isUnknown { fact.place = node.range }
    return fact.value.isNone ? nil : fact
  }

  func list(_ elements: [Fact], isMarkedOpen: Bool, at range: SourceRange) -> Fact {
    let isOpen = isMarkedOpen || !isComplete
    return Fact(.list(FactList(elements, isOpen: isOpen, isMarkedOpen: isMarkedOpen)), at: range)
  }

  private mutating func mismatch(
    _ node: DataNode, _ type: ValueType, _ field: FieldNumber?
  ) -> Fact {
    diagnostics.append(.wrongType(node, wanted: ruleSet.describe(type), field: name(of: field)))
    return .unknown
  }

  /// The name of a field; a scalar on its own has none.
  private func name(of field: FieldNumber?) -> Bilingual {
    field.map { ruleSet.records[$0.record].fields[$0.number].name } ?? Bilingual("", "")
  }
}

// MARK: - Scalars

extension DocumentDecoder {
  fileprivate mutating func decodeScalar(
    _ node: DataNode, as type: ValueType, for field: FieldNumber?
  ) -> Fact {
    if case .enumeration(let index) = type { return decodeEntry(node, of: index, for: field) }
    if case .boolean(let value) = node.content {
      return type == .boolean ? Fact(.boolean(value), at: node.range) : mismatch(node, type, field)
    }
    guard let text = node.scalarText else { return mismatch(node, type, field) }
    if node.isAbsenceWord { return Fact(.none, at: node.range) }
    if node.isExplicitlyUnknown { return .unknown }
    let value: Value? =
      switch type {
      case .text: .text(text)
      case .boolean: boolean(node)
      case .integer: integer(text.trimmingSpaces())
      case .decimal: FixedDecimal(text: text.trimmingSpaces()).map(Value.decimal)
      case .date: CalendarDate(text: text.trimmingSpaces()).map(Value.date)
      case .duration: CalendarDuration(text: text.trimmingSpaces()).map(Value.duration)
      default: nil
      }
    guard let value else { return mismatch(node, type, field) }
    return Fact(value, at: node.range)
  }

  private func integer(_ text: String) -> Value? {
    if text.utf8.count <= 9, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      return Int(text).map(Value.integer)
    }
    guard let decimal = FixedDecimal(text: text), decimal.millionths % 1_000_000 == 0,
      !text.foldingFullWidth().hasSuffix("%")
    else { return nil }
    return .integer(decimal.millionths / 1_000_000)
  }

  private func boolean(_ node: DataNode) -> Value? {
    if case .boolean(let value) = node.content { return .boolean(value) }
    switch node.scalarText?.trimmingSpaces() {
    case "是", "true", "yes": return .boolean(true)
    case "否", "false", "no": return .boolean(false)
    default: return nil
    }
  }

  private mutating func decodeEntry(
    _ node: DataNode, of index: Int, for field: FieldNumber?
  ) -> Fact {
    guard let text = node.scalarText?.trimmingSpaces() else {
      return mismatch(node, .enumeration(index), field)
    }
    if let entry = ruleSet.enums[index].bySpelling[text] {
      return Fact(.symbol(enumeration: index, entry: entry), at: node.range)
    }
    if node.isAbsenceWord { return Fact(.none, at: node.range) }
    if node.isExplicitlyUnknown { return .unknown }
    let type = ruleSet.enums[index]
    if type.isOpen { return Fact(.unlisted(enumeration: index, text), at: node.range) }
    diagnostics.append(.unknownEntry(text, at: node.range, of: type, field: name(of: field)))
    return .unknown
  }
}

// MARK: - Waivers

extension DocumentDecoder {
  private mutating func writtenWaivers(in node: DataNode) -> [WrittenWaiver] {
    let nodes: [DataNode]
    if case .list(let elements, _) = node.content { nodes = elements } else { nodes = [node] }
    return nodes.compactMap { node in
      guard case .record(let fields) = node.content else {
        diagnostics.append(.invalidWaiver(at: node.range))
        return nil
      }
      func field(_ names: String...) -> DataNode? {
        fields.first { names.contains($0.name) }?.value
      }
      guard let rule = field("规则", "rule") else {
        diagnostics.append(.invalidWaiver(at: node.range))
        return nil
      }
      return WrittenWaiver(
        rule: rule, reason: field("理由", "reason"), approver: field("批准人", "approver"),
        until: field("至", "until"), range: node.range)
    }
  }

  private mutating func decode(_ written: WrittenWaiver) -> Waiver? {
    guard let rule = written.rule.scalarText, let reason = written.reason?.scalarText,
      let approver = written.approver?.scalarText,
      let until = written.until?.scalarText.flatMap({ CalendarDate(text: $0) }),
      !reason.trimmingSpaces().isEmpty, !approver.trimmingSpaces().isEmpty
    else {
      diagnostics.append(.invalidWaiver(at: written.range))
      return nil
    }
    if !ruleSet.rules.contains(where: { $0.code == rule }) {
      diagnostics.append(
        .waiverOfUnknownRule(
          Identifier(rule, at: written.rule.range), known: ruleSet.codes))
      return nil
    }
    return Waiver(
      rule: rule, reason: reason, approver: approver, until: until, range: written.range)
  }
}

extension DataNode {
  /// The text of a scalar; nil of anything else.
  fileprivate var scalarText: String? {
    switch content {
    case .text(let text), .word(let text): text
    default: nil
    }
  }

  /// Whether the node stands where a value could, but holds none.
  fileprivate var saysNothing: Bool {
    switch content {
    case .null: true
    case .text(let text), .word(let text): text.isBlank
    default: false
    }
  }

  fileprivate var isAbsenceWord: Bool {
    switch content {
    case .text(let text), .word(let text): text.isWord("无", or: "none")
    default: false
    }
  }

  fileprivate var isExplicitlyUnknown: Bool {
    switch content {
    case .text(let text), .word(let text): text.isWord("不详", or: "unknown")
    default: false
    }
  }

  /// Two writings of one list field.
  fileprivate init(joining first: DataNode, _ second: DataNode) {
    func parts(_ node: DataNode) -> ([DataNode], Bool) {
      if case .list(let elements, let isOpen) = node.content { return (elements, isOpen) }
      return ([node], false)
    }
    let (a, aOpen) = parts(first)
    let (b, bOpen) = parts(second)
    self.init(
      .list(a + b, isOpen: aOpen || bOpen), at: first.range.union(second.range))
  }
}

extension DataField {
  /// Whether the name is one under which formats without comments hold comments and links.
  fileprivate var isComment: Bool {
    ["//", "$", "#", "_"].contains(where: name.hasPrefix)
  }

  fileprivate var holdsWaivers: Bool {
    name.isPlain
      ? name.hasBytes(of: "豁免") || name.hasBytes(of: "waivers") : ["豁免", "waivers"].contains(name)
  }
}

extension Diagnostic {
  fileprivate static func notARecord(at range: SourceRange) -> Self {
    Diagnostic(
      "D0501", .error,
      Bilingual("文书应当是一组字段（对象）", "a document is an object with fields"), at: range)
  }

  fileprivate static func noDossiers() -> Self {
    Diagnostic(
      "D0502", .error,
      Bilingual("加载的规则包没有声明任何档案", "the packs that are loaded declare no dossier"), at: nil)
  }

  fileprivate static func unknownDossier(_ name: Identifier, known: [String]) -> Self {
    Diagnostic(
      "D0503", .error,
      Bilingual("没有名为“\(name.text)”的档案", "there is no dossier `\(name.text)`"), at: name.range,
      notes: [
        Bilingual(
          "可用：" + known.joined(separator: "、"), "possible: " + known.joined(separator: ", "))
      ], fix: .suggestion(for: name.text, among: known, at: name.range))
  }

  fileprivate static func unlikeAnyDossier(_ field: DataField, known: [String]) -> Self {
    Diagnostic(
      "D0510", .error,
      Bilingual("没有一个字段是档案的字段，未读取", "no field is one of any dossier, and the document is not read"),
      at: field.nameRange,
      notes: [Bilingual("确认这个文件是文书", "is this file a document?")],
      fix: .suggestion(for: field.name, among: known, at: field.nameRange))
  }

  fileprivate static func unknownField(_ field: DataField, of type: RecordType) -> Self {
    Diagnostic(
      "D0504", .warning,
      Bilingual(
        "“\(type.name.chinese)”没有字段“\(field.name)”，未予采用",
        "`\(type.name.english)` has no field `\(field.name)`; it is not used"), at: field.nameRange,
      fix: .suggestion(for: field.name, among: type.bySpelling.keys.sorted(), at: field.nameRange))
  }

  fileprivate static func repeatedField(_ field: DataField, first: DataField) -> Self {
    Diagnostic(
      "D0505", .error,
      Bilingual("字段“\(field.name)”写了两次", "the field `\(field.name)` stands here twice"),
      at: field.nameRange,
      related: [Label(Bilingual("第一次", "the first"), at: first.nameRange)],
      notes: [
        Bilingual(
          "无法确定以哪一个为准，这份文书没有检查；只保留一个",
          "which one counts is not known, so the document is not checked; keep one of them")
      ])
  }

  fileprivate static func wrongType(
    _ node: DataNode, wanted: Bilingual, field: Bilingual
  ) -> Self {
    Diagnostic(
      "D0506", .error,
      Bilingual(
        "字段“\(field.chinese)”应当是\(wanted.chinese)",
        "the field `\(field.english)` should be \(wanted.english)"), at: node.range)
  }

  fileprivate static func unknownEntry(
    _ text: String, at range: SourceRange, of type: EnumType, field: Bilingual
  ) -> Self {
    let names = type.entries.map(\.name)
    return Diagnostic(
      "D0507", .error,
      Bilingual(
        "字段“\(field.chinese)”没有“\(text)”这个值", "the field `\(field.english)` has no value `\(text)`"),
      at: range,
      notes: [
        Bilingual(
          "可用：" + names.map(\.chinese).joined(separator: "、"),
          "possible: " + names.map(\.english).joined(separator: ", "))
      ], fix: .suggestion(for: text, among: type.bySpelling.keys.sorted(), at: range))
  }

  fileprivate static func invalidWaiver(at range: SourceRange) -> Self {
    Diagnostic(
      "D0508", .error,
      Bilingual("豁免要写明规则、理由、批准人和期限", "a waiver states its rule, reason, approver and expiry"),
      at: range,
      notes: [
        Bilingual(
          "写作：豁免 WZ207 理由 \"…\" 批准人 \"…\" 至 2027-01-01",
          "write `waive WZ207 reason \"…\" approver \"…\" until 2027-01-01`")
      ])
  }

  fileprivate static func waiverOfUnknownRule(_ rule: Identifier, known: [String]) -> Self {
    Diagnostic(
      "D0509", .warning,
      Bilingual("豁免的规则“\(rule.text)”不存在", "the waived rule `\(rule.text)` does not exist"),
      at: rule.range, fix: .suggestion(for: rule.text, among: known, at: rule.range))
  }
}
