import WenzeModel
import WenzeSyntax

// Laws, their intervals, and what cites them.

extension RuleSetBuilder {
  mutating func declareLaw(_ declaration: Declaration, in site: DeclarationSite) {
    guard case .law(let law) = declaration else { return }
    declare(law.name, as: .law(ruleSet.laws.count), in: .laws, at: site)
    if !law.isReference, law.effective == nil {
      report(.lawWithoutDate(law.name), in: site.source)
    }
    ruleSet.laws.append(
      Law(
        name: law.name.text, title: law.title?.text ?? law.name.text, issuer: law.issuer?.text,
        documentation: law.documentation?.text, effective: date(law.effective, at: site),
        ends: date(law.repealed, at: site), articleCount: law.articles?.value,
        paragraphs: Dictionary(
          law.paragraphs.map { ($0.article, $0.count) }, uniquingKeysWith: { first, _ in first }),
        items: Dictionary(
          law.items.map { ($0.article, $0.count) }, uniquingKeysWith: { first, _ in first }),
        isReference: law.isReference,
        origin: Origin(source: site.source, range: law.name.range)))
  }

  /// Ends each law that another replaces, and checks what laws say of their own provisions.
  mutating func finishLaws() {
    for pack in packs.indices {
      for (source, declaration) in packs[pack].declarations {
        guard case .law(let law) = declaration else { continue }
        let site = DeclarationSite(pack: pack, source: source)
        guard case .law(let newer) = meaning(of: law.name.first.text, in: .laws, from: pack)
        else { continue }
        ruleSet.laws[newer].unchecked = law.unchecked.map { unchecked in
          Law.Unchecked(
            provisions: resolve(unchecked.provisions, of: newer, at: site),
            reason: unchecked.reason.text)
        }
        for name in law.replaces {
          guard case .law(let older) = meaning(of: name.text, in: .laws, from: pack) else {
            reportUnknown(name, in: .laws, what: Bilingual("法规", "a law"), at: site)
            continue
          }
          uses.use(.law(older))
          uses.use(.law(newer))
          if ruleSet.laws[older].ends == nil {
            ruleSet.laws[older].ends = ruleSet.laws[newer].effective
          }
        }
      }
    }
    for law in ruleSet.laws {
      if let effective = law.effective, let ends = law.ends, effective.isBefore(ends) == .no {
        report(.emptyInterval(law), in: law.origin.source)
      }
    }
  }

  mutating func date(
    _ literal: LawDeclaration.DatedLiteral?, at site: DeclarationSite
  ) -> CalendarDate? {
    guard let literal else { return nil }
    if let date = CalendarDate(text: literal.text) { return date }
    report(.invalidDate(literal.text, at: literal.range), in: site.source)
    return nil
  }

  /// Checks citations; the law of one that names none is the law of the one before.
  mutating func resolve(
    _ citations: [CitationSyntax], at site: DeclarationSite
  ) -> [Citation] {
    var resolved: [Citation] = []
    var current: Int?
    for citation in citations {
      if let reference = citation.law { current = resolveLaw(reference, at: site) }
      guard let law = current else {
        if citation.law == nil { report(.citationWithoutLaw(at: citation.range), in: site.source) }
        continue
      }
      uses.use(.law(law))
      check(citation, of: ruleSet.laws[law], at: site)
      resolved.append(
        Citation(
          law: law, article: citation.article, paragraph: citation.paragraph, item: citation.item))
    }
    return resolved
  }

  /// Checks what a law says of its own provisions, which it does not name itself for.
  private mutating func resolve(
    _ provisions: [CitationSyntax], of law: Int, at site: DeclarationSite
  ) -> [Citation] {
    provisions.map { provision in
      if provision.law != nil { report(.foreignProvision(at: provision.range), in: site.source) }
      check(provision, of: ruleSet.laws[law], at: site)
      return Citation(
        law: law, article: provision.article, paragraph: provision.paragraph, item: provision.item)
    }
  }

  private mutating func resolveLaw(
    _ reference: CitationSyntax.LawReference, at site: DeclarationSite
  ) -> Int? {
    switch reference {
    case .name(let name):
      if case .law(let index) = meaning(of: name.text, in: .laws, from: site.pack) { return index }
      reportUnknown(name, in: .laws, what: Bilingual("法规", "a law"), at: site)
    case .title(let title, let range):
      if let index = ruleSet.laws.firstIndex(where: { $0.title.chinese == title }) { return index }
      report(
        .unknownName(
          Identifier(title, at: range), what: Bilingual("法规", "a law"),
          known: ruleSet.laws.map(\.title.chinese)), in: site.source)
    }
    return nil
  }

  private mutating func check(
    _ citation: CitationSyntax, of law: Law, at site: DeclarationSite
  ) {
    guard let article = citation.article else {
      if law.articleCount != nil {
        report(.citationWithoutArticle(law, at: citation.range), in: site.source)
      }
      return
    }
    if let count = law.articleCount, article < 1 || article > count {
      report(.noSuchArticle(article, of: law, count: count, at: citation.range), in: site.source)
      return
    }
    if let paragraph = citation.paragraph, let count = law.paragraphs[article],
      paragraph < 1 || paragraph > count
    {
      report(
        .noSuchPart(
          Bilingual("款", "paragraph"), paragraph, article: article, of: law, count: count,
          at: citation.range), in: site.source)
    }
    if let item = citation.item, let count = law.items[article], item < 1 || item > count {
      report(
        .noSuchPart(
          Bilingual("项", "item"), item, article: article, of: law, count: count,
          at: citation.range), in: site.source)
    }
  }
}

extension Diagnostic {
  static func invalidDate(_ text: String, at range: SourceRange) -> Self {
    Diagnostic(
      "E0105", .error, Bilingual("没有“\(text)”这一天", "there is no day `\(text)`"), at: range)
  }

  fileprivate static func lawWithoutDate(_ name: Name) -> Self {
    Diagnostic(
      "E0401", .error,
      Bilingual(
        "法规“\(name.first.text)”没有施行日期", "the law `\(name.first.text)` has no effective date"),
      at: name.range,
      notes: [
        Bilingual(
          "写上“施行 日期”；不是法规的依据写“种类 参考”",
          "add `effective DATE`; `kind reference` for what is no law")
      ])
  }

  fileprivate static func emptyInterval(_ law: Law) -> Self {
    Diagnostic(
      "E0402", .error,
      Bilingual(
        "法规“\(law.name.chinese)”没有一天有效：在施行之前已经废止",
        "the law `\(law.name.english)` is in force on no day: it ends before it begins"),
      at: law.origin.range)
  }

  fileprivate static func citationWithoutLaw(at range: SourceRange) -> Self {
    Diagnostic(
      "E0403", .error,
      Bilingual("引用没有写明是哪一部法规", "the citation does not say of which law"), at: range,
      notes: [Bilingual("写作“条例2019 第九条”", "write `regulations_2019 article 9`")])
  }

  fileprivate static func citationWithoutArticle(_ law: Law, at range: SourceRange) -> Self {
    Diagnostic(
      "E0404", .error,
      Bilingual(
        "引用“\(law.name.chinese)”要写明第几条", "a citation of `\(law.name.english)` names the article"),
      at: range)
  }

  fileprivate static func foreignProvision(at range: SourceRange) -> Self {
    Diagnostic(
      "E0408", .error,
      Bilingual("“不查”只说本法规的条款", "`unchecked` speaks of the law's own provisions"), at: range,
      notes: [Bilingual("去掉法规名", "leave out the name of the law")])
  }

  fileprivate static func noSuchArticle(
    _ article: Int, of law: Law, count: Int, at range: SourceRange
  ) -> Self {
    Diagnostic(
      "E0405", .error,
      Bilingual(
        "《\(law.title.chinese)》（\(law.name.chinese)）只有\(count)条，没有第\(chineseNumeral(article))条",
        "`\(law.name.english)` has \(count) articles; there is no article \(article)"), at: range,
      related: [])
  }

  fileprivate static func noSuchPart(
    _ part: Bilingual, _ number: Int, article: Int, of law: Law, count: Int,
    at range: SourceRange
  ) -> Self {
    let place = "第\(chineseNumeral(article))条"
    return Diagnostic(
      "E0406", .error,
      Bilingual(
        "\(law.name.chinese)\(place)只有\(count)\(part.chinese)，没有第\(chineseNumeral(number))\(part.chinese)",
        "article \(article) of `\(law.name.english)` has \(count) \(part.english)s; there is no \(part.english) \(number)"
      ), at: range)
  }
}
