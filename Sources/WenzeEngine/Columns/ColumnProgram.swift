package import WenzeModel
package import WenzeSemantics

/// The rules of a dossier, taken apart into steps over whole columns.
///
/// Equal parts of rules are one step. What a step works on is a frame: the documents, or the
/// elements of lists in them, or pairs of such elements.
package struct ColumnProgram: Sendable {
  package let ruleSet: RuleSet
  /// The record of the documents.
  package let dossier: Int
  /// The date of the run.
  package let today: CalendarDate
  package internal(set) var shape: ColumnShape
  /// The first is the documents themselves.
  var frames: [Frame] = []
  var lists: [List] = []
  /// In an order in which each comes after what it needs.
  var steps: [Step] = []
  var rules: [CompiledRule] = []
  /// What rules over groups collect; nil where only the interpreter can collect it.
  var collecting: CompiledCollecting?
  /// The rules that only the interpreter can judge.
  package internal(set) var interpreted: [Int] = []

  /// Whether it collects what rules over groups ask for; otherwise only the interpreter can.
  package var collects: Bool { collecting != nil }

  /// Rows that stand below those of another frame.
  struct Frame: Hashable, Sendable {
    /// The frame below which the rows stand; nil for the documents.
    var parent: Int?
    /// The table whose elements the rows are.
    var table: Int
    /// The frame, at or above the parent, whose rows have the lists.
    var owner: Int
    /// Which lists have a row for an element that they may have besides those recorded.
    var hypothetical: Hypothetical

    enum Hypothetical: Hashable, Sendable {
      case never
      /// Lists of which nothing is recorded, or that the document says go on.
      case whereLacking
      /// All that the document does not settle to be whole.
      case whereOpen
    }
  }

  /// A list of each row of a frame.
  struct List: Hashable, Sendable {
    /// The frame whose rows have the lists.
    var outer: Int
    /// The frame whose rows are the elements.
    var frame: Int
    /// Which of the elements belong to it; nil: all.
    var keep: Int?
    /// What the elements are; nil for records.
    var element: Int?
    /// Where, below a row of the frame, the record is that an element is.
    var path: [Int]
    /// The frames of elements whose lists may go on: of those rows of their parents that a step, if
    /// any, takes.
    var openness: [Openness]
    /// The steps whose unknown rows may belong to it or not.
    var uncertain: [Int]

    struct Openness: Hashable, Sendable {
      var frame: Int
      var keep: Int?
    }
  }

  struct Step: Hashable, Sendable {
    var frame: Int
    var operation: Operation
  }

  /// Steps are named by their numbers.
  enum Operation: Hashable, Sendable {
    case constant(Value)
    case column(Int)
    case documentDate(Int)
    /// The date of the law: the rule's own, or the document's, or that of the run.
    case lawDate(own: Int?, document: Int?)
    case not(Int)
    case and([Int])
    case or([Int])
    case compare(Term.Comparison, Int, Int)
    case member(Int, of: [Value])
    case memberOfList(Int, Int)
    /// Whether a value is that of an element of a list, written the same.
    case isAmong(Int, list: Int)
    case listed(Int, enumeration: Int, lawDate: Int)
    case exists(list: Int, condition: Int, another: Int)
    case isKnown(Int)
    case isPresent(Int)
    /// Whether a value is not known to be absent.
    case mayExist(Int)
    case isListKnown(Int)
    case isListPresent(Int)
    case recorded(Int)
    case aggregate(Term.Aggregate, Int)
    case arithmetic(Term.Arithmetic, Int, Int)
    case year(Int)
    case attribute(Int, String?)
    case lookup(table: Int, [Int])
    case firstKnown([Int])
    case inForce(law: Int, lawDate: Int)
    case parameter(Int, lawDate: Int)
  }

  struct CompiledRule: Sendable {
    var rule: Int
    var frame: Int
    var applies: Int
    var excepted: Int
    var requirement: Int
  }

  /// What rules over groups collect of documents of the dossier.
  struct CompiledCollecting: Sendable {
    /// The step that gives the value of the key field, if the dossier has one.
    var id: Int?
    var names: [NameSource] = []
    var gatherings: [CompiledGathering] = []
  }

  /// A field that has names of persons.
  struct NameSource: Sendable {
    var text: Int
    /// Unless this is known not to hold.
    var condition: Int?
  }

  struct CompiledGathering: Sendable {
    /// The number in the plan.
    var number: Int
    var elements: Elements
    var lawDate: Int
    /// The lists that lead to the elements, the innermost first.
    var path: [PathPart]
    var columns: [Column]
    /// The same over lists that may go on, where a rule asks which values there are.
    var more: Elements?

    struct Elements: Sendable {
      var frame: Int
      /// Whether they are collected, but for what is not known of their keys.
      var belongs: Int
      var keys: [Int]
    }

    struct PathPart: Sendable {
      var frame: Int
      /// The fields between the owner of the list and the list.
      var fields: [Int]
    }

    enum Column: Sendable {
      case step(Int)
      case signature(Int)
      case list(Int)
    }
  }

  /// Compiles the rules that a run asks for.
  package static func compiling(
    _ ruleSet: RuleSet, dossier: Int, options: CheckOptions
  ) -> ColumnProgram {
    var compiler = ColumnCompiler(
      program: ColumnProgram(ruleSet: ruleSet, dossier: dossier, today: options.today))
    for (index, rule) in ruleSet.rules.enumerated()
    where rule.aggregation == nil && rule.dossier == dossier && options.runs(rule) {
      compiler.compile(rule, number: index)
    }
    compiler.compile(GroupPlan(ruleSet: ruleSet, options: options))
    return compiler.program
  }

  private init(ruleSet: RuleSet, dossier: Int, today: CalendarDate) {
    self.ruleSet = ruleSet
    self.dossier = dossier
    self.today = today
    shape = ColumnShape(dossier: dossier)
    frames = [Frame(parent: nil, table: 0, owner: 0, hypothetical: .never)]
  }
}
