/// A name at the place where it is given: `中文 / english`.
package struct Name: Hashable, Sendable {
  package var first: Identifier
  package var second: Identifier?

  package var range: SourceRange {
    second.map { first.range.union($0.range) } ?? first.range
  }

  package var text: Bilingual {
    Bilingual(first.text, second?.text ?? first.text)
  }

  package var identifiers: [Identifier] {
    [first] + (second.map { [$0] } ?? [])
  }
}

/// A text in quotation marks.
package struct TextLiteral: Hashable, Sendable {
  /// The content, unescaped.
  package var value: String
  /// The literal with its quotation marks.
  package var range: SourceRange
  /// What stands between the quotation marks.
  package var content: SourceRange
}

/// A text for people: `"中文" / "English"`.
package struct Words: Hashable, Sendable {
  package var first: TextLiteral
  package var second: TextLiteral?

  package var range: SourceRange {
    second.map { first.range.union($0.range) } ?? first.range
  }

  package var text: Bilingual {
    Bilingual(first.value, second?.value ?? first.value)
  }
}

/// A message with the expressions that it interpolates.
package struct MessageTemplate: Hashable, Sendable {
  package var chinese: [Segment]
  package var english: [Segment]
  package var range: SourceRange

  package enum Segment: Hashable, Sendable {
    case text(String)
    case expression(Expression)
  }
}

/// One provision that a declaration cites.
package struct CitationSyntax: Hashable, Sendable {
  package var law: LawReference?
  package var article: Int?
  package var paragraph: Int?
  package var item: Int?
  package var range: SourceRange

  package enum LawReference: Hashable, Sendable {
    case name(Identifier)
    case title(String, SourceRange)
  }
}

/// The type of a field, a parameter or an argument.
package indirect enum TypeSyntax: Hashable, Sendable {
  case text
  case integer
  case decimal
  case percent
  case boolean
  case date
  case duration
  case named(Identifier)
  case list(TypeSyntax)
  case set(TypeSyntax)
  case missing
}

/// Everything that a file can declare.
package enum Declaration: Hashable, Sendable {
  case pack(PackDeclaration)
  case law(LawDeclaration)
  case enumeration(EnumDeclaration)
  case set(SetDeclaration)
  case record(RecordDeclaration)
  case parameter(ParameterDeclaration)
  case define(DefineDeclaration)
  case table(TableDeclaration)
  case rule(RuleDeclaration)
  case procedure(ProcedureDeclaration)
  case exception(ExceptionDeclaration)
  case adjustment(AdjustmentDeclaration)
  case aggregate(AggregateDeclaration)
  case mapping(MappingDeclaration)
  case scoreSheet(ScoreSheetDeclaration)
  case chart(ChartDeclaration)
  case test(TestDeclaration)
  case document(DocumentSyntax)
}

package struct PackDeclaration: Hashable, Sendable {
  package var name: Name
  package var version: TextLiteral?
  package var title: Words?
  package var documentation: Words?
  package var dependencies: [Identifier] = []
  package var dossier: Identifier?
  package var range: SourceRange
}

package struct LawDeclaration: Hashable, Sendable {
  package var name: Name
  package var title: Words?
  package var issuer: Words?
  package var documentation: Words?
  package var effective: DatedLiteral?
  package var repealed: DatedLiteral?
  package var articles: Counted?
  /// The number of paragraphs of single articles.
  package var paragraphs: [ArticleCount] = []
  /// The number of items of single articles.
  package var items: [ArticleCount] = []
  package var replaces: [Identifier] = []
  /// The provisions that no rule checks, and why.
  package var unchecked: [Unchecked] = []
  package var isReference = false
  package var range: SourceRange

  package struct DatedLiteral: Hashable, Sendable {
    package var text: String
    package var range: SourceRange
  }

  package struct Counted: Hashable, Sendable {
    package var value: Int
    package var range: SourceRange
  }

  package struct Unchecked: Hashable, Sendable {
    /// None where the reason is that of all other provisions.
    package var provisions: [CitationSyntax]
    package var reason: Words
    package var range: SourceRange
  }

  package struct ArticleCount: Hashable, Sendable {
    package var article: Int
    package var count: Int
    package var range: SourceRange
  }
}

/// An enum, or a list: an open enum whose entries cite the law that lists them.
package struct EnumDeclaration: Hashable, Sendable {
  package var name: Name
  package var isList: Bool
  package var isOrdered: Bool
  package var isOpen: Bool
  package var citations: [CitationSyntax]
  package var entries: [Entry]
  package var range: SourceRange

  package struct Entry: Hashable, Sendable {
    package var name: Name
    package var item: Int?
    package var isCatchAll: Bool
    package var attributes: [Attribute]
    package var documentation: Words?
    package var range: SourceRange
  }

  package struct Attribute: Hashable, Sendable {
    package var name: Identifier
    package var value: Words
  }
}

package struct SetDeclaration: Hashable, Sendable {
  package var name: Name
  package var enumeration: Identifier?
  package var members: [Identifier]
  package var range: SourceRange
}

/// What the columns of a ledger stand for.
package struct MappingDeclaration: Hashable, Sendable {
  package var name: Name
  package var dossier: Identifier?
  /// The path of the list of which each row is an element.
  package var rowList: [Identifier] = []
  package var columns: [Column] = []
  package var range: SourceRange

  package struct Column: Hashable, Sendable {
    package var headers: [TextLiteral]
    /// The path of the field; empty where the column holds nothing of a document.
    package var path: [Identifier]
    package var words: [CellWords]
    package var range: SourceRange
  }

  /// Words of cells that stand for an entry.
  package struct CellWords: Hashable, Sendable {
    package var texts: [TextLiteral]
    package var entry: Identifier
  }
}

/// A record, or a dossier: a record that is a document of its own.
package struct RecordDeclaration: Hashable, Sendable {
  package var name: Name
  package var isDossier: Bool
  package var fields: [Field]
  package var key: Identifier?
  package var complete: Identifier?
  package var asOf: Expression?
  package var documentation: Words?
  package var range: SourceRange

  package struct Field: Hashable, Sendable {
    package var name: Name
    package var type: TypeSyntax
    package var typeRange: SourceRange
    package var absence: Absence?
    /// Whether what is written of a list is all of it.
    package var isExhaustive: Bool
    package var isPersonal: Bool
    package var personalCondition: Expression?
    package var documentation: Words?
    package var range: SourceRange
  }

  /// What the absence of a field means in a complete file.
  package enum Absence: Hashable, Sendable {
    case no
    case none
  }
}

package struct ParameterDeclaration: Hashable, Sendable {
  package var name: Name
  package var type: TypeSyntax
  package var typeRange: SourceRange
  package var value: Expression
  package var dated: [Dated]
  package var documentation: Words?
  package var range: SourceRange

  package struct Dated: Hashable, Sendable {
    package var from: LawDeclaration.DatedLiteral
    package var value: Expression
  }
}

package struct DefineDeclaration: Hashable, Sendable {
  package var name: Name
  package var arguments: [Argument]
  package var type: TypeSyntax?
  package var body: Expression
  package var documentation: Words?
  package var range: SourceRange
}

package struct Argument: Hashable, Sendable {
  package var name: Name
  package var type: TypeSyntax
  package var range: SourceRange
}

package struct TableDeclaration: Hashable, Sendable {
  package var name: Name
  package var columns: [Argument]
  package var result: TypeSyntax
  package var resultRange: SourceRange
  package var citations: [CitationSyntax]
  package var isUnique: Bool
  package var rows: [Row]
  package var documentation: Words?
  package var range: SourceRange

  package struct Row: Hashable, Sendable {
    package var cells: [Cell]
    package var range: SourceRange
  }

  package struct Cell: Hashable, Sendable {
    package var pattern: Pattern
    package var range: SourceRange
  }

  package enum Pattern: Hashable, Sendable {
    case any
    case otherwise
    case values([Expression])
    case compared(Expression.BinaryOperator, Expression)
  }
}

/// A list whose elements are judged one by one: `针对 每个 x 于 L 当 c`.
package struct Scope: Hashable, Sendable {
  package var binder: Expression.Binder
  package var condition: Expression?
  package var range: SourceRange
}

package struct RuleDeclaration: Hashable, Sendable {
  package var code: Identifier
  package var name: Name
  package var citations: [CitationSyntax] = []
  package var dossier: Identifier?
  package var asOf: Expression?
  package var scopes: [Scope] = []
  package var applies: [Expression] = []
  package var exceptions: [Expression] = []
  package var requirement: Requirement?
  package var message: Message?
  package var fix: MessageTemplate?
  package var documentation: Words?
  package var range: SourceRange

  package struct Requirement: Hashable, Sendable {
    package var isProhibition: Bool
    package var condition: Expression
  }

  package struct Message: Hashable, Sendable {
    package var severity: Diagnostic.Severity
    package var template: MessageTemplate
  }
}

package struct ProcedureDeclaration: Hashable, Sendable {
  package var code: Identifier
  package var name: Name
  package var citations: [CitationSyntax] = []
  package var dossier: Identifier?
  package var asOf: Expression?
  package var scopes: [Scope] = []
  package var applies: [Expression] = []
  package var exceptions: [Expression] = []
  package var steps: [Step] = []
  package var deadlines: [Deadline] = []
  package var message: RuleDeclaration.Message?
  package var fix: MessageTemplate?
  package var documentation: Words?
  package var range: SourceRange

  package struct Step: Hashable, Sendable {
    package var name: Name
    package var date: Expression
    package var range: SourceRange
  }

  /// A limit on the time between two steps: `限期 后步 在 先步 后 1个月 内`.
  package struct Deadline: Hashable, Sendable {
    package var step: Identifier
    package var anchor: Identifier
    package var duration: Expression
    package var range: SourceRange
  }
}

package struct ExceptionDeclaration: Hashable, Sendable {
  package var code: Identifier
  package var name: Name
  package var citations: [CitationSyntax]
  package var condition: Expression?
  package var documentation: Words?
  package var range: SourceRange
}

package struct AdjustmentDeclaration: Hashable, Sendable {
  package var code: Identifier
  package var severity: Diagnostic.Severity?
  package var isDisabled: Bool
  package var reason: Words?
  package var range: SourceRange
}

/// A check over groups of documents or of elements of them.
package struct AggregateDeclaration: Hashable, Sendable {
  /// What the clauses that rules have too say.
  package var frame: RuleDeclaration
  /// The conditions on documents: `对象 当 c`.
  package var filters: [Expression] = []
  package var keys: [Key] = []
  package var beside: Beside?
  package var figures: [Figure] = []
  /// Whether each element is judged against its group.
  package var isEach = false

  package var range: SourceRange { frame.range }

  /// What tells groups apart: `年度(决定.日期) 为 年`.
  package struct Key: Hashable, Sendable {
    package var value: Expression
    package var name: Name
    package var range: SourceRange
  }

  /// What the groups are held against: `参照 考核方案 每个 i 于 指标 当 c 对应 单位, 年度`.
  package struct Beside: Hashable, Sendable {
    package var dossier: Identifier
    package var filters: [Expression] = []
    package var scopes: [Scope] = []
    /// What has to equal the first keys of a group.
    package var keys: [Expression] = []
    package var range: SourceRange
  }

  /// A named value over the group: `令 件数 = 计数()`.
  package struct Figure: Hashable, Sendable {
    package var name: Name
    package var value: Expression
    package var range: SourceRange
  }
}

/// A sheet by which documents are scored: groups of criteria, what takes points off, grades.
package struct ScoreSheetDeclaration: Hashable, Sendable {
  package var name: Name
  package var dossier: Identifier?
  package var citations: [CitationSyntax] = []
  package var documentation: Words?
  package var fullScore: Points?
  /// What tells the units apart whose documents are scored together.
  package var unit: Expression?
  package var groups: [Group] = []
  package var grades: [Grade] = []
  package var vetoes: [Veto] = []
  package var range: SourceRange

  /// A number of points as it is written.
  package struct Points: Hashable, Sendable {
    package var text: String
    package var range: SourceRange
  }

  /// Criteria that share a number of points: `组 程序合规 15 { … }`.
  package struct Group: Hashable, Sendable {
    package var name: Name
    package var points: Points?
    package var documentation: Words?
    package var deductions: [Deduction] = []
    package var range: SourceRange
  }

  /// `扣 2 因 WZ201, WZ202 每处 最多 6 重犯加 1`.
  package struct Deduction: Hashable, Sendable {
    package var points: Points
    package var codes: [Identifier]
    /// Whether each finding takes the points off, and not each code.
    package var isEachTime = false
    package var limit: Points?
    /// What is taken off besides for a code that the unit was found to violate before.
    package var repeated: Points?
    package var range: SourceRange
  }

  /// `优秀 / excellent >= 90`; the lowest grade has no points.
  package struct Grade: Hashable, Sendable {
    package var name: Name
    package var least: Points?
    package var range: SourceRange
  }

  /// A grade that a violation leads to whatever the points: `一票否决 WZ101 为 不合格`.
  package struct Veto: Hashable, Sendable {
    package var codes: [Identifier]
    package var grade: Identifier
    package var range: SourceRange
  }
}

/// A picture of what many documents record: what they are made of, or how a number is spread.
package struct ChartDeclaration: Hashable, Sendable {
  package var name: Name
  package var title: Words?
  package var dossier: Identifier?
  package var documentation: Words?
  /// The conditions on documents: `对象 当 c`.
  package var filters: [Expression] = []
  package var scopes: [Scope] = []
  package var content: Content?
  /// What tells the groups apart that are shown beside one another.
  package var keys: [AggregateDeclaration.Key] = []
  package var range: SourceRange

  /// What is shown: `构成 m.方式 为 问责方式`, `分布 启动.日期 至 决定.日期 为 天数`.
  package struct Content: Hashable, Sendable {
    package var kind: Kind
    package var value: Expression
    /// The date up to which days are counted, where the value is one.
    package var end: Expression?
    package var name: Name
    package var range: SourceRange
  }

  package enum Kind: Hashable, Sendable {
    /// How often each value occurs.
    case mix
    /// How numbers are spread.
    case distribution
  }
}

package struct TestDeclaration: Hashable, Sendable {
  package var title: TextLiteral
  package var today: LawDeclaration.DatedLiteral?
  package var documents: [DocumentSyntax]
  package var expectations: [Expectation]
  package var range: SourceRange

  package struct Expectation: Hashable, Sendable {
    package var kind: Kind
    package var range: SourceRange
  }

  package enum Kind: Hashable, Sendable {
    case verdict(
      code: Identifier, VerdictSyntax, element: PathSyntax?, group: [ValueSyntax]?,
      missing: [PathSyntax]?)
    /// Exactly these codes are violated.
    case only([Identifier])
  }

  package enum VerdictSyntax: Hashable, Sendable {
    case violation
    case undetermined
    case compliant
    case notApplicable
  }
}

/// A path into a document: `对象[0].见面.日期`.
package struct PathSyntax: Hashable, Sendable {
  package var steps: [Step]
  package var range: SourceRange

  package enum Step: Hashable, Sendable {
    case field(Identifier)
    case index(Int)
  }
}

/// A document written in the language itself.
package struct DocumentSyntax: Hashable, Sendable {
  package var dossier: Identifier
  package var fields: [FieldSyntax]
  package var waivers: [WaiverSyntax]
  package var range: SourceRange
}

package struct FieldSyntax: Hashable, Sendable {
  package var name: Identifier
  package var value: ValueSyntax
}

/// A value in a document.
package struct ValueSyntax: Hashable, Sendable {
  package var kind: Kind
  package var range: SourceRange

  package indirect enum Kind: Hashable, Sendable {
    case text(String)
    /// A bare word, number, date or duration, full-width characters folded.
    case word(String)
    case list([ValueSyntax], isOpen: Bool)
    case record([FieldSyntax])
    case missing
  }
}

package struct WaiverSyntax: Hashable, Sendable {
  package var rule: Identifier
  package var reason: TextLiteral?
  package var approver: TextLiteral?
  package var until: LawDeclaration.DatedLiteral?
  package var range: SourceRange
}

/// One parsed file.
package struct ParsedFile: Sendable {
  package var tree: SyntaxTree
  package var declarations: [Declaration]
  package var diagnostics: [Diagnostic]
}

extension Declaration {
  /// The whole of the declaration.
  package var range: SourceRange {
    switch self {
    case .pack(let declaration): declaration.range
    case .law(let declaration): declaration.range
    case .enumeration(let declaration): declaration.range
    case .set(let declaration): declaration.range
    case .record(let declaration): declaration.range
    case .parameter(let declaration): declaration.range
    case .define(let declaration): declaration.range
    case .table(let declaration): declaration.range
    case .rule(let declaration): declaration.range
    case .procedure(let declaration): declaration.range
    case .exception(let declaration): declaration.range
    case .adjustment(let declaration): declaration.range
    case .aggregate(let declaration): declaration.range
    case .mapping(let declaration): declaration.range
    case .scoreSheet(let declaration): declaration.range
    case .chart(let declaration): declaration.range
    case .test(let declaration): declaration.range
    case .document(let declaration): declaration.range
    }
  }
}
