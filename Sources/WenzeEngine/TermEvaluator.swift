package import WenzeModel
package import WenzeSemantics

/// Evaluates single terms by the interpreter, for whoever reasons about rules without a document.
package struct TermEvaluator {
  private var interpreter: Interpreter

  package init(ruleSet: RuleSet, document: Document, today: CalendarDate) {
    interpreter = Interpreter(ruleSet: ruleSet, document: document, today: today)
  }

  /// What a term comes to.
  ///
  /// - Parameters:
  ///   - term: the term; its variables stand for nothing that is known.
  ///   - lawDate: the date of the law; nil: that of the document.
  /// - Returns: the value that the interpreter gives.
  package mutating func value(of term: Term, on lawDate: CalendarDate? = nil) -> Value {
    if let lawDate { interpreter.lawDate = lawDate }
    interpreter.reserve(term.highestSlot + 1)
    return interpreter.value(of: term)
  }
}
