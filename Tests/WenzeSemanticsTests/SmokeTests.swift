import Testing
import WenzeSemantics
import WenzeSyntax

@Test func anEmptyRuleSetHasNoDiagnostics() {
  #expect(loadRules([]).1.isEmpty)
}
