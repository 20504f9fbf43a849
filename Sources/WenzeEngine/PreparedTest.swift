import WenzeModel
package import WenzeSemantics

/// A test whose documents are read once, to be judged many times.
package struct PreparedTest: Sendable {
  package var test: RuleTest
  package var documents: [Document]
}
