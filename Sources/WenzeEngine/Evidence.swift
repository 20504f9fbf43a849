import WenzeModel
import WenzeSemantics

extension Derivation {
  /// The facts on which a definite value rests, in the order of the term.
  ///
  /// Of a conjunction that fails, the conjuncts that fail; of one that holds, all; and so on.
  package var evidence: [EvidenceFact] {
    var facts: [EvidenceFact] = []
    collectEvidence(into: &facts)
    var seen: Set<FieldPath> = []
    return facts.filter { seen.insert($0.path).inserted }
  }

  /// Adds the facts, some of them more than once.
  func collectEvidence(into facts: inout [EvidenceFact]) {
    switch role {
    case .fact(let fact): facts.append(fact)
    case .constant: break
    case .conjunction, .disjunction:
      let deciding = children.filter { $0.value.truth == value.truth }
      for child in deciding.isEmpty ? children : deciding { child.collectEvidence(into: &facts) }
    case .exists(let another):
      if value.truth == .yes {
        let witness = children.dropFirst().first { $0.value.truth == .yes }
        (witness ?? children.first)?.collectEvidence(into: &facts)
      } else {
        for child in children + another { child.collectEvidence(into: &facts) }
      }
    case .negation, .operation, .lookup, .law:
      for child in children { child.collectEvidence(into: &facts) }
    }
  }
}
