package import WenzeModel
package import WenzeSyntax

/// Checked rule packs, ready to run.
package struct RuleSet: Sendable {
  package internal(set) var packs: [Pack] = []
  package internal(set) var sources: [Source] = []
  package internal(set) var laws: [Law] = []
  package internal(set) var enums: [EnumType] = []
  package internal(set) var records: [RecordType] = []
  /// The numbers of the records that are dossiers.
  package internal(set) var dossiers: [Int] = []
  package internal(set) var parameters: [Parameter] = []
  package internal(set) var tables: [Table] = []
  package internal(set) var definitions: [Definition] = []
  package internal(set) var rules: [Rule] = []
  package internal(set) var scoreSheets: [ScoreSheet] = []
  package internal(set) var charts: [Chart] = []
  package internal(set) var tests: [RuleTest] = []
  /// What the columns of ledgers stand for, one a dossier that has a mapping.
  package internal(set) var mappings: [LedgerMapping] = []
  /// The names that nothing uses, in the order of their kinds and declarations.
  package internal(set) var unusedNames: [UnusedName] = []

  package init() {}

  /// The source text of a term.
  package func text(of origin: Origin) -> String {
    sources.indices.contains(origin.source)
      ? String(sources[origin.source].text(in: origin.range)) : ""
  }

  /// The codes of all rules, sorted.
  package var codes: [String] { Set(rules.map(\.code)).sorted() }
}

/// A folder of rules.
package struct Pack: Hashable, Sendable {
  package var name: Bilingual
  package var title: Bilingual?
  package var version: String
  package var documentation: Bilingual?
  package var folder: String
  /// The numbers of its sources.
  package var sources: Range<Int>
}

/// A normative document, with the interval in which it is in force.
package struct Law: Hashable, Sendable {
  package var name: Bilingual
  package var title: Bilingual
  package var issuer: Bilingual?
  package var documentation: Bilingual?
  /// The first day on which it applies; nil: always has.
  package var effective: CalendarDate?
  /// The first day on which it no longer applies; nil: still does.
  package var ends: CalendarDate?
  package var articleCount: Int?
  package var paragraphs: [Int: Int]
  package var items: [Int: Int]
  /// The provisions that no rule checks.
  package var unchecked: [Unchecked] = []
  package var isReference: Bool
  package var origin: Origin

  /// Why a file cannot show whether some provisions were kept.
  package struct Unchecked: Hashable, Sendable {
    /// None where the reason is that of all provisions that nothing else speaks of.
    package var provisions: [Citation]
    package var reason: Bilingual
  }

  package func isInForce(on date: CalendarDate) -> Truth {
    let begun = effective.map { $0.isNotAfter(date) } ?? .yes
    let notEnded = ends.map { date.isBefore($0) } ?? .yes
    return begun && notEnded
  }

  /// Whether there is a day on which this law and another are both in force.
  package func meets(_ other: Law) -> Bool {
    func endsBefore(_ first: Law, _ second: Law) -> Bool {
      guard let ends = first.ends, let effective = second.effective else { return false }
      return ends.isNotAfter(effective) == .yes
    }
    return !endsBefore(self, other) && !endsBefore(other, self)
  }
}

/// A provision of a law.
package struct Citation: Hashable, Sendable {
  package var law: Int
  package var article: Int?
  package var paragraph: Int?
  package var item: Int?

  package init(law: Int, article: Int? = nil, paragraph: Int? = nil, item: Int? = nil) {
    self.law = law
    self.article = article
    self.paragraph = paragraph
    self.item = item
  }
}

/// An enum, or a list whose entries are listed by laws.
package struct EnumType: Hashable, Sendable {
  package var name: Bilingual
  package var isList: Bool
  package var isOrdered: Bool
  package var isOpen: Bool
  package var entries: [Entry]
  /// The versions of a list; one without a law always applies.
  package var versions: [Version]
  package var bySpelling: Spellings
  package var origin: Origin

  package struct Entry: Hashable, Sendable {
    package var name: Bilingual
    package var isCatchAll: Bool
    package var attributes: [String: Bilingual]
    package var documentation: Bilingual?
  }

  package struct Version: Hashable, Sendable {
    package var law: Int?
    package var entries: Set<Int>
    /// Where the law lists each entry.
    package var citations: [Int: Citation]
    /// Where each entry is written.
    package var origins: [Int: Origin]
  }
}

/// A record, or a dossier.
package struct RecordType: Hashable, Sendable {
  package var name: Bilingual
  package var fields: [Field]
  package var bySpelling: Spellings
  package var documentation: Bilingual?
  package var dossier: Dossier?
  /// The numbers of the fields in which, or in whose records, names of persons stand.
  package var nameFields: [Int] = []
  package var origin: Origin

  package struct Field: Hashable, Sendable {
    package var name: Bilingual
    package var type: ValueType
    package var absence: RecordDeclaration.Absence?
    /// Whether what a document writes of a list is all of it, unless it says that it goes on.
    package var isExhaustive: Bool
    /// Whether it holds the name of a person.
    package var isPersonal: Bool
    /// When it does, over the record as the document.
    package var personalCondition: Term?
    /// How many variables the evaluation of the condition needs.
    package var slotCount = 0
    package var documentation: Bilingual?
  }

  /// What makes a record a document of its own.
  package struct Dossier: Hashable, Sendable {
    package var key: Int?
    package var complete: Int?
    package var asOf: Term?
    /// How many variables its evaluation needs.
    package var slotCount = 0
  }
}

/// A threshold with values by date.
package struct Parameter: Hashable, Sendable {
  package var name: Bilingual
  package var type: ValueType
  package var value: Value
  /// Later values, sorted by the day from which they hold.
  package var dated: [Dated]
  package var documentation: Bilingual?
  package var origin: Origin

  package struct Dated: Hashable, Sendable {
    package var from: CalendarDate
    package var value: Value
  }

  /// Replaces the value for every date.
  package mutating func override(with value: Value) {
    self.value = value
    dated = []
  }
}

/// A named condition or value; terms have it written out.
package struct Definition: Hashable, Sendable {
  package var name: Bilingual
  /// The names of its arguments.
  package var arguments: [Bilingual]
  package var body: Origin
}

/// A decision table.
package struct Table: Hashable, Sendable {
  package var name: Bilingual
  package var columns: [Column]
  package var result: ValueType
  package var isUnique: Bool
  package var citations: [Citation]
  package var rows: [Row]
  /// Arguments that no row covers, if there are any.
  package var gap: [Value]?
  /// Arguments that two rows cover of a table in which these must not, if there are any.
  package var overlap: [Value]?
  package var origin: Origin

  package struct Column: Hashable, Sendable {
    package var name: Bilingual
    package var type: ValueType
  }

  package struct Row: Hashable, Sendable {
    package var cells: [Cell]
    package var result: Value
    package var origin: Origin
  }

  package enum Cell: Hashable, Sendable {
    case any
    case values([Value])
    case compared(Expression.BinaryOperator, Value)
  }
}

/// A check of one document.
package struct Rule: Hashable, Sendable {
  package var code: String
  package var name: Bilingual
  package var pack: Int
  /// The number of the dossier's record.
  package var dossier: Int
  package var citations: [Citation]
  package var severity: Diagnostic.Severity
  /// The date by which the law is chosen; nil: the dossier's.
  package var asOf: Term?
  package var scopes: [Scope]
  package var applies: [Term]
  package var exceptions: [Exception]
  package var requirement: Term
  package var message: Message
  package var fix: Message?
  package var documentation: Bilingual?
  package var adjustment: Adjustment?
  package var origin: Origin
  /// How many variables an evaluation needs.
  package var slotCount: Int
  /// What it is over, if it judges groups and not documents.
  package var aggregation: Aggregation?
  /// Whether it says what must not be: its requirement is then the opposite of what is written.
  package var isProhibition = false
  /// Whether something is wrong with it or an exception to it, so that it judges nothing.
  package var isBroken = false

  /// The law whose interval decides when the rule applies.
  package var law: Int? { citations.first?.law }

  package struct Scope: Hashable, Sendable {
    package var slot: Int
    package var name: String
    package var list: Term
  }

  /// What defeats a rule: its own `除非`, or an exception from any pack.
  package struct Exception: Hashable, Sendable {
    package var condition: Term
    package var name: Bilingual?
    package var citations: [Citation]
    package var documentation: Bilingual?
  }

  package struct Adjustment: Hashable, Sendable {
    package var severity: Diagnostic.Severity?
    package var isDisabled: Bool
    package var reason: Bilingual
    package var pack: Int
  }

  package var isDisabled: Bool { adjustment?.isDisabled ?? false }
}

/// What a rule over groups collects of each document.
///
/// The scopes and the as-of date of the rule, the filters, the keys and the arguments of the
/// summaries are over an element; its other conditions are over a group.
package struct Aggregation: Hashable, Sendable {
  /// What must hold of an element for it to belong to a group.
  package var filters: [Term]
  package var keys: [Key]
  package var summaries: [Summary]
  package var beside: Beside?
  package var figures: [Figure]
  /// Whether each element is judged against its group; its conditions may then be over both.
  package var isEach: Bool

  package struct Key: Hashable, Sendable {
    package var name: Bilingual
    /// The slot that holds it in conditions over the group.
    package var slot: Int
    package var value: Term
  }

  /// Something that the elements of a group add up to.
  package struct Summary: Hashable, Sendable {
    package var kind: Kind
    /// What is collected of an element; nil where it is only counted.
    package var argument: Term?
    /// The date by which values are ordered.
    package var date: Term?

    package var terms: [Term] { [argument, date].compactMap { $0 } }

    package enum Kind: Hashable, Sendable {
      /// How many elements there are.
      case size
      /// For how many a condition holds.
      case condition
      /// How often each value occurs.
      case tally
      /// How often each value occurs with each date.
      case dated
      /// What tells texts apart.
      case texts
    }
  }

  /// What the groups are held against: elements of documents that need not be of the rule's dossier.
  ///
  /// Everything here but the dossier is over one such element.
  package struct Beside: Hashable, Sendable {
    /// The number of the dossier's record.
    package var dossier: Int
    package var scopes: [Rule.Scope]
    package var filters: [Term]
    /// What has to equal the first keys of a group.
    package var keys: [Term]
    package var summaries: [Summary]

    package var terms: [Term] { scopes.map(\.list) + filters + keys + summaries.flatMap(\.terms) }
  }

  /// A named value over the group.
  package struct Figure: Hashable, Sendable {
    package var name: Bilingual
    package var value: Term
  }

  /// Everything that is read of elements, and the figures.
  package var terms: [Term] {
    filters + keys.map(\.value) + summaries.flatMap(\.terms) + (beside?.terms ?? [])
      + figures.map(\.value)
  }

  /// The number of the key that counts periods: the only one that is a whole number.
  package var period: Int? {
    let numbers = keys.indices.filter { keys[$0].value.type == .integer }
    return numbers.count == 1 ? numbers[0] : nil
  }
}

/// A message in both languages, with the terms that it interpolates.
package struct Message: Hashable, Sendable {
  package var chinese: [Segment]
  package var english: [Segment]

  package enum Segment: Hashable, Sendable {
    case text(String)
    case term(Term)
  }

  package subscript(language: Language) -> [Segment] {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }
}

/// A path to a field of a document, by field numbers and list positions.
package struct FieldPath: Hashable, Sendable {
  package var steps: [Step]

  package init(_ steps: [Step] = []) {
    self.steps = steps
  }

  package enum Step: Hashable, Sendable {
    case field(Int)
    case index(Int)
  }

  package func appending(_ step: Step) -> FieldPath {
    FieldPath(steps + [step])
  }
}

/// A test that a pack holds.
package struct RuleTest: Hashable, Sendable {
  package var title: String
  package var pack: Int
  package var today: CalendarDate?
  package var documents: [WrittenDocument]
  package var expectations: [Expectation]
  package var origin: Origin

  package struct Expectation: Hashable, Sendable {
    package var kind: Kind
    package var origin: Origin
  }

  package enum Kind: Hashable, Sendable {
    case verdict(
      code: String, TestDeclaration.VerdictSyntax, element: FieldPath?, group: [String]?,
      missing: Set<FieldPath>?)
    case only([String])
  }
}

extension RuleSet {
  /// A path as an author writes it; that of the document itself is its type.
  package func text(of path: FieldPath, from record: Int, in language: Language) -> String {
    if path.steps.isEmpty { return records[record].name[language] }
    var text = ""
    var type = ValueType.record(record)
    for step in path.steps {
      switch step {
      case .index(let index):
        text += "[\(index)]"
        type = type.element ?? .unknown
      case .field(let number):
        if case .list(let element) = type { type = element }
        guard case .record(let record) = type, records[record].fields.indices.contains(number)
        else { return text }
        if !text.isEmpty { text += "." }
        text += records[record].fields[number].name[language]
        type = records[record].fields[number].type
      }
    }
    return text
  }

  /// A citation as a report writes it: `《中国共产党问责条例》第九条第一款`.
  package func text(of citation: Citation, in language: Language) -> String {
    let law = laws[citation.law]
    switch language {
    case .chinese:
      var text = law.isReference ? law.title.chinese : "《\(law.title.chinese)》"
      if let article = citation.article { text += "第\(chineseNumeral(article))条" }
      if let paragraph = citation.paragraph { text += "第\(chineseNumeral(paragraph))款" }
      if let item = citation.item { text += "第\(chineseNumeral(item))项" }
      return text
    case .english:
      var text = law.title.english
      if let article = citation.article { text += ", article \(article)" }
      if let paragraph = citation.paragraph { text += ", paragraph \(paragraph)" }
      if let item = citation.item { text += ", item \(item)" }
      return text
    }
  }
}
