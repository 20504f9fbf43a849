package import WenzeSyntax

/// A declared name of which nothing in any pack makes use.
package struct UnusedName: Hashable, Sendable {
  package var kind: Kind
  package var name: Bilingual
  package var origin: Origin

  package enum Kind: Hashable, Sendable {
    case law
    case enumeration
    case record
    case set
    case parameter
    case definition
    case table
    /// An argument of a definition.
    case argument
    /// A variable of which the condition about each element says nothing.
    case variable
    /// An entry of a list; documents may have it, but nothing tells it from the others.
    case entry(list: Int)
  }
}

/// What was found to be of use while packs were checked.
struct NameUses {
  private var meanings: Set<NameTable.Meaning> = []
  private var entries: [Int: Set<Int>] = [:]
  /// The enums that something asks about as a whole, so that each entry counts.
  private var wholes: Set<Int> = []
  /// What was declared, in order; a list has a declaration for each of its versions.
  private(set) var declared: [(meaning: NameTable.Meaning, name: Name, source: Int)] = []
  private(set) var listEntries: [(list: Int, entry: Int, name: Name, source: Int)] = []
  var unusedVariables: [UnusedName] = []

  mutating func declare(_ name: Name, as meaning: NameTable.Meaning, in source: Int) {
    declared.append((meaning, name, source))
  }

  mutating func declareEntry(_ entry: Int, of list: Int, named name: Name, in source: Int) {
    listEntries.append((list, entry, name, source))
  }

  mutating func use(_ meaning: NameTable.Meaning) {
    meanings.insert(meaning)
  }

  mutating func use(entry: Int, of enumeration: Int) {
    entries[enumeration, default: []].insert(entry)
  }

  /// Notes that something is asked of every entry, such as whether a list has it.
  mutating func useWhole(_ enumeration: Int) {
    meanings.insert(.enumeration(enumeration))
    wholes.insert(enumeration)
  }

  func isUsed(_ meaning: NameTable.Meaning) -> Bool { meanings.contains(meaning) }

  func isUsed(entry: Int, of enumeration: Int) -> Bool {
    wholes.contains(enumeration) || entries[enumeration]?.contains(entry) ?? false
  }
}

extension RuleSetBuilder {
  /// Notes a variable that none of the terms about each element looks at.
  mutating func noteVariable(
    _ variable: Identifier, _ slot: Int, in terms: [Term], _ scope: TermScope
  ) {
    guard !scope.isSilent, !terms.isEmpty, !terms.contains(where: { $0.mentions(anyOf: [slot]) })
    else { return }
    uses.unusedVariables.append(
      UnusedName(
        kind: .variable, name: Bilingual(same: variable.text), origin: scope.origin(variable.range))
    )
  }

  /// Notes the entries that documents of tests have; their words are looked up by field only when
  /// a test is run, so that a word counts for each list that has it.
  mutating func useEntries(in document: DocumentSyntax) {
    func words(of value: ValueSyntax) -> [String] {
      switch value.kind {
      case .word(let word): [word]
      case .list(let values, _): values.flatMap { words(of: $0) }
      case .record(let fields): fields.flatMap { words(of: $0.value) }
      case .text, .missing: []
      }
    }
    let lists = ruleSet.enums.indices.filter { ruleSet.enums[$0].isList }
    for word in document.fields.flatMap({ words(of: $0.value) }) {
      for list in lists {
        if let entry = ruleSet.enums[list].bySpelling[word] { uses.use(entry: entry, of: list) }
      }
    }
  }

  /// Writes down which names are of no use, once everything is checked.
  mutating func findUnusedNames() {
    var unused: [UnusedName] = []
    for (meaning, name, source) in uses.declared where !isOfUse(meaning) {
      unused.append(
        UnusedName(
          kind: kind(of: meaning), name: name.text,
          origin: Origin(source: source, range: name.range)))
    }
    var seen: [Int: Set<Int>] = [:]
    for (list, entry, name, source) in uses.listEntries
    where uses.isUsed(.enumeration(list)) && !uses.isUsed(entry: entry, of: list) {
      // A later version of a list has the entry again.
      guard seen[list, default: []].insert(entry).inserted else { continue }
      unused.append(
        UnusedName(
          kind: .entry(list: list), name: name.text,
          origin: Origin(source: source, range: name.range)))
    }
    ruleSet.unusedNames = unused + uses.unusedVariables
  }

  private func isOfUse(_ meaning: NameTable.Meaning) -> Bool {
    switch meaning {
    case .record(let index) where ruleSet.records[index].dossier != nil: true
    // A law of which it is said why nothing is checked stands there for that.
    case .law(let index) where !ruleSet.laws[index].unchecked.isEmpty: true
    default: uses.isUsed(meaning)
    }
  }

  private func kind(of meaning: NameTable.Meaning) -> UnusedName.Kind {
    switch meaning {
    case .law: .law
    case .enumeration: .enumeration
    case .record: .record
    case .set: .set
    case .parameter: .parameter
    case .define: .definition
    case .table: .table
    }
  }
}
