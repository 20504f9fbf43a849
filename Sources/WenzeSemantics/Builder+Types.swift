import WenzeModel
import WenzeSyntax

// Enums, lists, sets, records and dossiers.

extension RuleSetBuilder {
  mutating func declareEnum(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .enumeration(let syntax) = declaration else { return }
    let citations = resolve(syntax.citations, at: site)
    if syntax.isList, citations.isEmpty { report(.listWithoutLaw(syntax.name), in: site.source) }
    let index: Int
    if syntax.isList,
      case .enumeration(let existing) = meaning(
        of: syntax.name.first.text, in: .types, from: site.pack),
      ruleSet.enums[existing].isList
    {
      index = existing
    } else {
      index = ruleSet.enums.count
      declare(syntax.name, as: .enumeration(index), in: .types, at: site)
      ruleSet.enums.append(
        EnumType(
          name: syntax.name.text, isList: syntax.isList, isOrdered: syntax.isOrdered,
          isOpen: syntax.isOpen, entries: [], versions: [], bySpelling: [:],
          origin: Origin(source: site.source, range: syntax.name.range)))
    }
    var version = EnumType.Version(
      law: citations.first?.law, entries: [], citations: [:], origins: [:])
    for entry in syntax.entries {
      let number = addEntry(entry, to: index)
      if syntax.isList {
        uses.declareEntry(number, of: index, named: entry.name, in: site.source)
      }
      if !version.entries.insert(number).inserted {
        report(.duplicateEntry(entry.name), in: site.source)
      }
      version.citations[number] = provision(of: entry, in: citations.first, at: site)
      version.origins[number] = Origin(source: site.source, range: entry.range)
    }
    ruleSet.enums[index].versions.append(version)
  }

  /// The item that lists an entry.
  private mutating func provision(
    of entry: EnumDeclaration.Entry, in citation: Citation?, at site: DeclarationSite
  ) -> Citation? {
    guard var citation, let item = entry.item else { return citation }
    citation.item = item
    let law = ruleSet.laws[citation.law]
    if let article = citation.article, let count = law.items[article], item > count {
      report(
        .noSuchItem(item, of: law, article: article, count: count, at: entry.range),
        in: site.source)
    }
    return citation
  }

  /// Adds an entry, unless an earlier version of the list has it.
  private mutating func addEntry(_ entry: EnumDeclaration.Entry, to index: Int) -> Int {
    let known = ruleSet.enums[index].bySpelling
    if let existing = entry.name.identifiers.compactMap({ known[$0.text] }).first {
      return existing
    }
    let number = ruleSet.enums[index].entries.count
    var attributes: [String: Bilingual] = [:]
    for attribute in entry.attributes { attributes[attribute.name.text] = attribute.value.text }
    ruleSet.enums[index].entries.append(
      EnumType.Entry(
        name: entry.name.text, isCatchAll: entry.isCatchAll, attributes: attributes,
        documentation: entry.documentation?.text))
    for identifier in entry.name.identifiers {
      ruleSet.enums[index].bySpelling[identifier.text] = number
    }
    return number
  }

  mutating func declareSet(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .set(let syntax) = declaration, let name = syntax.enumeration,
      let enumeration = resolveEnum(name, at: site)
    else { return }
    declare(syntax.name, as: .set(sets.count), in: .values, at: site)
    sets.append(SetSymbol(enumeration: enumeration, members: []))
  }

  /// Resolves the members of sets, which may be other sets.
  mutating func fillSets() {
    var filled: Set<Int> = []
    for pack in packs.indices {
      for (source, declaration) in packs[pack].declarations {
        guard case .set(let syntax) = declaration,
          case .set(let index) = meaning(of: syntax.name.first.text, in: .values, from: pack)
        else { continue }
        let site = DeclarationSite(pack: pack, source: source)
        let enumeration = sets[index].enumeration
        for member in syntax.members {
          if let entry = ruleSet.enums[enumeration].bySpelling[member.text] {
            sets[index].members.append(entry)
            uses.use(entry: entry, of: enumeration)
          } else if case .set(let other) = meaning(of: member.text, in: .values, from: pack),
            sets[other].enumeration == enumeration, filled.contains(other)
          {
            sets[index].members += sets[other].members
            uses.use(.set(other))
          } else {
            report(
              .unknownName(
                member,
                what: Bilingual(
                  "“\(ruleSet.enums[enumeration].name.chinese)”的值",
                  "a value of `\(ruleSet.enums[enumeration].name.english)`"),
                known: ruleSet.enums[enumeration].bySpelling.keys.sorted()), in: site.source)
          }
        }
        filled.insert(index)
      }
    }
  }

  mutating func declareRecord(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .record(let syntax) = declaration else { return }
    let index = ruleSet.records.count
    declare(syntax.name, as: .record(index), in: .types, at: site)
    if syntax.isDossier { ruleSet.dossiers.append(index) }
    ruleSet.records.append(
      RecordType(
        name: syntax.name.text, fields: [], bySpelling: [:],
        documentation: syntax.documentation?.text,
        dossier: syntax.isDossier ? RecordType.Dossier() : nil,
        origin: Origin(source: site.source, range: syntax.name.range)))
  }

  /// Resolves the types of fields, once every type has a name.
  mutating func fillRecords() {
    eachRecord { builder, syntax, index, site in
      for field in syntax.fields {
        let number = builder.ruleSet.records[index].fields.count
        let type = builder.resolve(field.type, at: site)
        builder.checkAbsence(of: field, type: type, at: site)
        builder.ruleSet.records[index].fields.append(
          RecordType.Field(
            name: field.name.text, type: type, absence: field.absence,
            isExhaustive: field.isExhaustive, isPersonal: field.isPersonal, personalCondition: nil,
            documentation: field.documentation?.text))
        for identifier in field.name.identifiers {
          if builder.ruleSet.records[index].bySpelling[identifier.text] != nil {
            builder.report(.duplicateField(identifier), in: site.source)
          }
          builder.ruleSet.records[index].bySpelling[identifier.text] = number
        }
      }
      for (clause, isKey) in [(syntax.key, true), (syntax.complete, false)] {
        guard let clause else { continue }
        guard let number = builder.ruleSet.records[index].bySpelling[clause.text] else {
          builder.report(
            .unknownName(
              clause, what: Bilingual("字段", "a field"),
              known: builder.ruleSet.records[index].bySpelling.keys.sorted()), in: site.source)
          continue
        }
        let wanted: ValueType = isKey ? .text : .boolean
        let found = builder.ruleSet.records[index].fields[number].type
        if !found.agrees(with: wanted) {
          builder.report(
            .typeMismatch(
              found: builder.text(of: found), wanted: builder.text(of: wanted), at: clause.range),
            in: site.source)
        }
        if isKey {
          builder.ruleSet.records[index].dossier?.key = number
        } else {
          builder.ruleSet.records[index].dossier?.complete = number
        }
      }
    }
  }

  private mutating func checkAbsence(
    of field: RecordDeclaration.Field, type: ValueType, at site: DeclarationSite
  ) {
    if field.absence == .no, !type.agrees(with: .boolean) {
      report(.absenceOfWrongType(field.name), in: site.source)
    }
    if field.isExhaustive, type != .unknown, type.element == nil {
      report(.exhaustiveOfNoList(field.name), in: site.source)
    }
  }

  /// Lowers what in records is an expression: as-of dates and conditions of masking.
  mutating func finishRecords() {
    eachRecord { builder, syntax, index, site in
      if let asOf = syntax.asOf {
        var scope = TermScope(site: site, record: index)
        scope.allowsElse = true
        let term = builder.lower(asOf, expecting: .date, in: &scope)
        builder.require(.date, of: term, in: scope)
        builder.ruleSet.records[index].dossier?.asOf = term
        builder.ruleSet.records[index].dossier?.slotCount = term.highestSlot + 1
      }
      for (number, field) in syntax.fields.enumerated() {
        guard let condition = field.personalCondition,
          builder.ruleSet.records[index].fields.indices.contains(number)
        else { continue }
        var scope = TermScope(site: site, record: index)
        let term = builder.lower(condition, expecting: .boolean, in: &scope)
        builder.require(.boolean, of: term, in: scope)
        builder.ruleSet.records[index].fields[number].personalCondition = term
        builder.ruleSet.records[index].fields[number].slotCount = term.highestSlot + 1
      }
    }
    findNameFields()
  }

  /// Notes where names of persons stand; records may hold one another.
  private mutating func findNameFields() {
    var isComplete = false
    while !isComplete {
      isComplete = true
      for index in ruleSet.records.indices {
        let fields = ruleSet.records[index].fields
        let found = fields.indices.filter { number in
          fields[number].isPersonal
            || fields[number].type.record.map { !ruleSet.records[$0].nameFields.isEmpty } ?? false
        }
        if found != ruleSet.records[index].nameFields {
          ruleSet.records[index].nameFields = found
          isComplete = false
        }
      }
    }
  }

  private mutating func eachRecord(
    _ body: (inout RuleSetBuilder, RecordDeclaration, Int, DeclarationSite) -> Void
  ) {
    for pack in packs.indices {
      for (source, declaration) in packs[pack].declarations {
        guard case .record(let syntax) = declaration,
          let index = ruleSet.records.firstIndex(where: {
            $0.origin == Origin(source: source, range: syntax.name.range)
          })
        else { continue }
        body(&self, syntax, index, DeclarationSite(pack: pack, source: source))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func listWithoutLaw(_ name: Name) -> Self {
    Diagnostic(
      "E0407", .error,
      Bilingual(
        "清单“\(name.first.text)”没有写明依据", "the list `\(name.first.text)` cites no law"),
      at: name.range,
      notes: [
        Bilingual(
          "写作“清单 名称 依据 条例2019 第七条 { … }”；不需要依据的用“枚举”",
          "add `cites LAW article N`, or make it an `enum`")
      ])
  }

  fileprivate static func duplicateEntry(_ name: Name) -> Self {
    Diagnostic(
      "E0312", .error,
      Bilingual("“\(name.first.text)”列了两次", "`\(name.first.text)` is listed twice"), at: name.range)
  }

  fileprivate static func duplicateField(_ name: Identifier) -> Self {
    Diagnostic(
      "E0313", .error,
      Bilingual("字段“\(name.text)”声明了两次", "the field `\(name.text)` is declared twice"),
      at: name.range)
  }

  fileprivate static func noSuchItem(
    _ item: Int, of law: Law, article: Int, count: Int, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0406", .error,
      Bilingual(
        "\(law.name.chinese)第\(chineseNumeral(article))条只有\(count)项，没有第\(chineseNumeral(item))项",
        "article \(article) of `\(law.name.english)` has \(count) items; there is no item \(item)"),
      at: range)
  }

  fileprivate static func exhaustiveOfNoList(_ name: Name) -> Self {
    Diagnostic(
      "E0316", .error,
      Bilingual(
        "“列全”只用于列表字段，“\(name.first.text)”不是",
        "`exhaustive` is for fields that are lists; `\(name.first.text)` is none"),
      at: name.range,
      notes: [
        Bilingual("它说明写出的元素就是全部元素", "it says that the elements written are all that there are")
      ])
  }

  fileprivate static func absenceOfWrongType(_ name: Name) -> Self {
    Diagnostic(
      "E0314", .error,
      Bilingual(
        "“缺则 否”只用于是否字段，“\(name.first.text)”不是",
        "`absent means no` is for boolean fields; `\(name.first.text)` is none"), at: name.range,
      notes: [Bilingual("其他字段写“缺则 无”", "other fields take `absent means none`")])
  }
}
