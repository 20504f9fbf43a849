import WenzeModel
import WenzeSyntax

// What the columns of ledgers stand for.

extension RuleSetBuilder {
  /// Adds a mapping to what is known of its dossier; a later pack has the last word.
  mutating func declareMapping(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .mapping(let syntax) = declaration, let name = syntax.dossier,
      let dossier = resolveDossier(name, at: site)
    else { return }
    let known = ruleSet.mappings.firstIndex { $0.dossier == ruleSet.records[dossier].name }
    var mapping = known.map { ruleSet.mappings[$0] } ?? spelledMapping(of: dossier)
    if let last = syntax.rowList.last,
      let (steps, type) = resolve(syntax.rowList, in: dossier, at: site)
    {
      if case .list(.record) = type {
        mapping.rowList = steps
      } else {
        report(.rowsOfNoList(last), in: site.source)
      }
    }
    for column in syntax.columns { add(column, of: dossier, to: &mapping, at: site) }
    if let known {
      ruleSet.mappings[known] = mapping
    } else {
      ruleSet.mappings.append(mapping)
    }
  }

  private mutating func add(
    _ column: MappingDeclaration.Column, of dossier: Int, to mapping: inout LedgerMapping,
    at site: DeclarationSite
  ) {
    var meaning = LedgerMapping.Meaning.nothing
    if let last = column.path.last {
      guard let (steps, type) = resolve(column.path, in: dossier, at: site) else { return }
      guard let content = content(of: type) else {
        report(.columnOfRecord(last), in: site.source)
        return
      }
      var target = LedgerMapping.Target(steps: steps, content: content)
      for words in column.words {
        guard let value = value(of: words.entry, as: type, at: site) else { continue }
        for text in words.texts { target.words[text.value] = value }
      }
      meaning = .field(target)
    }
    for header in column.headers {
      mapping.meanings[LedgerMapping.headerKey(header.value)] = meaning
    }
  }

  /// The word of a document for what a cell's word stands for.
  private mutating func value(
    of name: Identifier, as type: ValueType, at site: DeclarationSite
  ) -> String? {
    guard case .enumeration(let index) = type.element ?? type else { return name.text }
    let spellings = ruleSet.enums[index].bySpelling
    if let entry = spellings[name.text] { uses.use(entry: entry, of: index) }
    if spellings[name.text] != nil || ["无", "none"].contains(name.text) { return name.text }
    report(
      .unknownName(
        name,
        what: Bilingual(
          "“\(ruleSet.enums[index].name.chinese)”的值",
          "a value of `\(ruleSet.enums[index].name.english)`"),
        known: spellings.keys.sorted()), in: site.source)
    return nil
  }

  /// The steps of a path and the type of what it leads to, or nil after saying what is wrong.
  private mutating func resolve(
    _ path: [Identifier], in dossier: Int, at site: DeclarationSite
  ) -> ([LedgerMapping.Step], ValueType)? {
    var steps: [LedgerMapping.Step] = []
    var type = ValueType.record(dossier)
    for name in path {
      guard case .record(let record) = type.element ?? type else {
        report(.memberOfNoRecord(name), in: site.source)
        return nil
      }
      guard let number = ruleSet.records[record].bySpelling[name.text] else {
        report(
          .unknownName(
            name,
            what: Bilingual(
              "“\(ruleSet.records[record].name.chinese)”的字段",
              "a field of `\(ruleSet.records[record].name.english)`"),
            known: ruleSet.records[record].bySpelling.keys.sorted()), in: site.source)
        return nil
      }
      let field = ruleSet.records[record].fields[number]
      type = field.type
      steps.append(LedgerMapping.Step(field.name, isList: type.element != nil))
    }
    return (steps, type)
  }

  private func content(of type: ValueType) -> LedgerMapping.Content? {
    switch type {
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .boolean: .boolean
    case .date: .date
    case .duration: .duration
    case .enumeration(let index):
      .entry(
        spellings: Set(ruleSet.enums[index].bySpelling.keys), isOpen: ruleSet.enums[index].isOpen)
    case .list(let element): content(of: element)
    default: nil
    }
  }

  /// What header words mean by the names of fields alone.
  ///
  /// A field is known by its path, and by the end of its path where no other field has that; by
  /// the English names as well as the Chinese ones.
  private func spelledMapping(of dossier: Int) -> LedgerMapping {
    var targets: [(target: LedgerMapping.Target, dossierKey: Bool)] = []
    let key = ruleSet.records[dossier].dossier?.key
    func visit(_ record: Int, _ steps: [LedgerMapping.Step], _ seen: Set<Int>) {
      for (number, field) in ruleSet.records[record].fields.enumerated() {
        let steps = steps + [LedgerMapping.Step(field.name, isList: field.type.element != nil)]
        if case .record(let inner) = field.type.element ?? field.type {
          if !seen.contains(inner) { visit(inner, steps, seen.union([inner])) }
        } else if let content = content(of: field.type) {
          targets.append(
            (
              LedgerMapping.Target(steps: steps, content: content),
              record == dossier && number == key
            ))
        }
      }
    }
    visit(dossier, [], [dossier])
    var found: [String: (length: Int, targets: [LedgerMapping.Target])] = [:]
    for (target, _) in targets {
      for language in [Language.chinese, .english] {
        for start in target.steps.indices {
          let words = target.steps[start...].map { $0.name[language] }.joined()
          let header = LedgerMapping.headerKey(words)
          // A whole path is meant before the end of another one.
          let isWhole = start == 0
          let known = found[header]
          if isWhole, known?.length != 0 {
            found[header] = (0, [target])
          } else if known == nil || (known?.length == 1 && !isWhole)
            || (isWhole && known?.length == 0)
          {
            let others = known?.targets ?? []
            if !others.contains(where: { $0.steps == target.steps }) {
              found[header] = (isWhole ? 0 : 1, others + [target])
            }
          }
        }
      }
    }
    let meanings = found.mapValues { entry -> LedgerMapping.Meaning in
      entry.targets.count == 1 ? .field(entry.targets[0]) : .ambiguous(entry.targets.map(\.name))
    }
    return LedgerMapping(
      dossier: ruleSet.records[dossier].name,
      key: targets.first { $0.dossierKey }?.target.steps, rowList: nil, meanings: meanings)
  }
}

extension Diagnostic {
  fileprivate static func rowsOfNoList(_ name: Identifier) -> Self {
    Diagnostic(
      "E0801", .error,
      Bilingual(
        "“\(name.text)”不是结构的列表，一行不能是其中一项",
        "`\(name.text)` is no list of records; a row cannot be one of them"),
      at: name.range)
  }

  fileprivate static func columnOfRecord(_ name: Identifier) -> Self {
    Diagnostic(
      "E0802", .error,
      Bilingual(
        "“\(name.text)”是结构，一列只能是其中一个字段",
        "`\(name.text)` is a record; a column can only be one field of it"),
      at: name.range,
      notes: [Bilingual("写到字段为止，如“\(name.text).日期”", "name the field, as in `\(name.text).date`")])
  }

  fileprivate static func memberOfNoRecord(_ name: Identifier) -> Self {
    Diagnostic(
      "E0803", .error,
      Bilingual("“\(name.text)”前面的字段不是结构", "the field before `\(name.text)` is no record"),
      at: name.range)
  }
}
