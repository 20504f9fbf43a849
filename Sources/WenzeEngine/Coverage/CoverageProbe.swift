import WenzeModel
import WenzeSemantics

/// A term as far as there are conditions or tables in it: what is looked at in each test.
struct CoverageProbe: Sendable {
  var term: Term
  /// The number of the condition that the term is.
  var condition: Int?
  /// The number of the table, among those covered, that the term looks up.
  var table: Int?
  /// What is below, over the same variables.
  var inner: [CoverageProbe] = []
  /// What is below, over each element of a list.
  var elements: Elements?

  struct Elements: Sendable {
    var slot: Int
    var list: Term
    var inner: [CoverageProbe]
  }

  var isEmpty: Bool { condition == nil && table == nil && inner.isEmpty && elements == nil }
}

/// What one test reached.
struct CoverageMarks {
  var truths: Set<ConditionMark> = []
  var rows: Set<RowMark> = []

  struct ConditionMark: Hashable {
    var condition: Int
    var truth: Truth
  }

  struct RowMark: Hashable {
    var table: Int
    var row: Int
  }
}

extension Interpreter {
  /// Marks what the conditions within come to.
  ///
  /// Nothing is left out for being settled by something else: what a condition comes to is then the
  /// same question in whatever order conditions are written, and every outcome that a condition has
  /// can be reached, even if its neighbour settles the whole whenever it has it.
  mutating func mark(_ probe: CoverageProbe, in marks: inout CoverageMarks) {
    if let condition = probe.condition {
      marks.truths.insert(
        CoverageMarks.ConditionMark(condition: condition, truth: truth(of: probe.term)))
    }
    if let table = probe.table, case .lookup(let number, let arguments) = probe.term.kind,
      !value(of: probe.term).isUnknown
    {
      let values = arguments.map { value(of: $0) }
      if let row = decidingRow(of: ruleSet.tables[number], values) {
        marks.rows.insert(CoverageMarks.RowMark(table: table, row: row))
      }
    }
    for inner in probe.inner { mark(inner, in: &marks) }
    guard let elements = probe.elements else { return }
    for element in locatedElements(of: elements.list) {
      slots[elements.slot] = element
      for inner in elements.inner { mark(inner, in: &marks) }
    }
    if openElements(of: value(of: elements.list)).isOpen {
      slots[elements.slot] = Slot(
        fact: .unknown, path: path(ofList: elements.list), isHypothetical: true)
      for inner in elements.inner { mark(inner, in: &marks) }
    }
    slots[elements.slot] = .empty
  }
}
