package import WenzeSyntax

/// What rules make of the provisions of a law: which check them, and why none does.
package struct LawCoverage: Sendable {
  package var law: Int
  /// In the order of the law.
  package var provisions: [Provision]

  /// A provision: an article, or a paragraph or an item of one; of a reference, the whole of it.
  package struct Provision: Sendable {
    package var citation: Citation
    /// The codes of the rules that cite it, sorted.
    package var codes: [String]
    /// The names of the tables and the entries of lists that cite it.
    package var names: [Bilingual]
    /// Why a file cannot show whether it was kept.
    package var reason: Bilingual?
    /// Whether the law goes on to parts of it.
    package var hasParts: Bool

    /// Whether nothing says anything of it, nor of parts of it.
    package var isBlank: Bool {
      codes.isEmpty && names.isEmpty && reason == nil && !hasParts
    }
  }

  package var isComplete: Bool { provisions.allSatisfy { !$0.isBlank } }
}

extension RuleSet {
  /// The coverage of a law.
  ///
  /// Of a law whose number of articles is not known, only what is cited is listed.
  package func coverage(of law: Int) -> LawCoverage {
    let cited = citedProvisions(of: law)
    var listed = Set(cited.keys)
    listed.formUnion(laws[law].unchecked.flatMap(\.provisions))
    listed.formUnion(writtenProvisions(of: law))
    // Whoever cites a part makes its whole a heading.
    listed.formUnion(listed.compactMap(\.whole))
    listed.formUnion(listed.compactMap(\.whole))
    let wholes = Set(listed.compactMap(\.whole))
    let rest = laws[law].unchecked.first { $0.provisions.isEmpty }?.reason
    let provisions = listed.sorted().map { citation in
      let given = cited[citation] ?? Citing()
      var provision = LawCoverage.Provision(
        citation: citation, codes: given.codes.sorted(), names: given.names,
        reason: laws[law].unchecked.first { $0.provisions.contains(citation) }?.reason,
        hasParts: wholes.contains(citation))
      if provision.isBlank { provision.reason = reason(ofWhole: citation) ?? rest }
      return provision
    }
    return LawCoverage(law: law, provisions: provisions)
  }

  /// The reason that is given for what a provision is a part of.
  private func reason(ofWhole citation: Citation) -> Bilingual? {
    guard let whole = citation.whole else { return nil }
    let unchecked = laws[whole.law].unchecked
    return unchecked.first { $0.provisions.contains(whole) }?.reason ?? reason(ofWhole: whole)
  }

  private struct Citing {
    var codes: Set<String> = []
    var names: [Bilingual] = []
  }

  private func citedProvisions(of law: Int) -> [Citation: Citing] {
    var cited: [Citation: Citing] = [:]
    for rule in rules {
      let citations = rule.citations + rule.exceptions.flatMap(\.citations)
      for citation in citations where citation.law == law {
        cited[citation, default: Citing()].codes.insert(rule.code)
      }
    }
    for table in tables {
      for citation in table.citations where citation.law == law {
        cited[citation, default: Citing()].names.append(table.name)
      }
    }
    for list in enums {
      for version in list.versions where version.law == law {
        for entry in version.entries.sorted() {
          guard let citation = version.citations[entry] else { continue }
          cited[citation, default: Citing()].names.append(list.entries[entry].name)
        }
      }
    }
    return cited
  }

  /// The provisions that the law is declared to have.
  private func writtenProvisions(of law: Int) -> [Citation] {
    let law = (number: law, declared: laws[law])
    guard let count = law.declared.articleCount, count > 0 else { return [] }
    return (1...count).flatMap { article in
      let whole = Citation(law: law.number, article: article)
      let paragraphs = (0..<(law.declared.paragraphs[article] ?? 0))
        .map { Citation(law: law.number, article: article, paragraph: $0 + 1) }
      let items = (0..<(law.declared.items[article] ?? 0))
        .map { Citation(law: law.number, article: article, item: $0 + 1) }
      return [whole] + paragraphs + items
    }
  }
}

extension Citation: Comparable {
  /// What the provision is a part of; nil for an article.
  fileprivate var whole: Citation? {
    if item != nil { return Citation(law: law, article: article, paragraph: paragraph) }
    return paragraph == nil ? nil : Citation(law: law, article: article)
  }

  package static func < (left: Citation, right: Citation) -> Bool {
    func order(_ citation: Citation) -> (Int, Int, Int, Int) {
      (citation.law, citation.article ?? 0, citation.paragraph ?? 0, citation.item ?? 0)
    }
    return order(left) < order(right)
  }
}
