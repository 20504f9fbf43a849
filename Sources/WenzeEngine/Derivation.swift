package import WenzeModel
package import WenzeSemantics

/// How a value came about: a tree of sub-conditions down to the facts of the document.
package struct Derivation: Hashable, Sendable {
  /// Where the term was written.
  package var origin: Origin
  package var value: Value
  package var role: Role
  package var children: [Derivation]

  package init(_ origin: Origin, _ value: Value, _ role: Role, _ children: [Derivation] = []) {
    self.origin = origin
    self.value = value
    self.role = role
    self.children = children
  }

  package enum Role: Hashable, Sendable {
    /// Something read from the document.
    case fact(EvidenceFact)
    case constant
    case conjunction
    case disjunction
    case negation
    /// The first child is the list; the others are the condition for each element.
    ///
    /// Of a list that may go on, `another` is the condition for an element that is not recorded.
    case exists(another: [Derivation])
    /// A comparison or a calculation over the children.
    case operation
    /// A table, with the number of the row that decided, or else the arguments that would let one.
    case lookup(table: Int, row: Int?, needed: NeededArguments?)
    /// Whether a law is in force.
    case law(Int)
  }
}

/// The numbers of the arguments of a table that would have to be known; nil where none would do.
package struct NeededArguments: Hashable, Sendable {
  /// To have any result.
  package var toDecide: [Int]
  package var toHold: [Int]?
  package var toFail: [Int]?
}

/// A field of the document on which something rests.
package struct EvidenceFact: Hashable, Sendable {
  package var path: FieldPath
  package var fact: Fact

  package init(path: FieldPath, fact: Fact) {
    self.path = path
    self.fact = fact
  }
}
