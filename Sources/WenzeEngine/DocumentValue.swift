package import WenzeModel
package import WenzeSemantics

extension RuleSet {
  /// The value of a term over a document.
  package func value(of term: Term, in document: Document, today: CalendarDate) -> Value {
    var interpreter = Interpreter(ruleSet: self, document: document, today: today)
    interpreter.reserve(term.highestSlot + 1)
    return interpreter.value(of: term)
  }
}
