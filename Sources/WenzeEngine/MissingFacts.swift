import WenzeModel
import WenzeSemantics

// Which unknown facts would decide an undetermined condition.
//
// For each sub-condition there are the small sets of facts that could make it hold, and those that
// could make it fail; they combine as the connectives do. Only the smallest few are kept.

extension Derivation {
  /// Small sets of unknown facts that could give the condition a truth value; none if nothing can.
  func deciders(of target: Truth) -> [MissingFacts] {
    switch value.truth {
    case target: return [MissingFacts([])]
    case .unknown: break
    default: return []
    }
    switch role {
    case .conjunction:
      return target == .yes
        ? MissingFacts.all(of: children.map { $0.deciders(of: .yes) })
        : MissingFacts.any(of: children.map { $0.deciders(of: .no) })
    case .disjunction:
      return target == .yes
        ? MissingFacts.any(of: children.map { $0.deciders(of: .yes) })
        : MissingFacts.all(of: children.map { $0.deciders(of: .no) })
    case .negation:
      return children.first?.deciders(of: !target) ?? []
    case .exists(let another):
      let elements = children.dropFirst().map { $0.deciders(of: target) }
      // Of a list that is settled only the elements can be asked for.
      let list = another.isEmpty ? [] : [MissingFacts(children[0].unsettledPaths)]
      let ofAnother = another.map { $0.deciders(of: target) }
      if target == .yes {
        // What else an element would have to agree with is asked for once there is one.
        let isPossible = ofAnother.allSatisfy { !$0.isEmpty }
        return MissingFacts.any(of: (isPossible ? [list] : []) + elements)
      }
      // The list ends, or nothing that it could go on with matches.
      let end = another.isEmpty ? [MissingFacts([])] : MissingFacts.any(of: [list] + ofAnother)
      return MissingFacts.all(of: [end] + elements)
    case .lookup(_, _, let needed?):
      guard let arguments = target == .yes ? needed.toHold : needed.toFail else { return [] }
      return [MissingFacts(arguments.flatMap { children[$0].unsettledPaths })]
    case .fact, .constant, .operation, .lookup, .law:
      let unsettled = unsettledPaths
      return unsettled.isEmpty ? [] : [MissingFacts(unsettled)]
    }
  }

  /// The paths below that are unknown, may go on, or lack precision; all of them if none is.
  private var unsettledPaths: [FieldPath] {
    let facts = askedFacts
    let unsettled = facts.filter { $0.fact.value.isUnsettled }
    return (unsettled.isEmpty ? facts : unsettled).map(\.path)
  }
}

extension Derivation {
  /// The facts below; of a table's arguments only those that would let it decide.
  private var askedFacts: [EvidenceFact] {
    switch role {
    case .fact(let fact): [fact]
    case .lookup(_, _, let needed?): needed.toDecide.flatMap { children[$0].askedFacts }
    default: children.flatMap(\.askedFacts)
    }
  }
}

extension Value {
  fileprivate var isUnsettled: Bool {
    switch self {
    case .unknown, .atLeast: true
    case .list(let list): list.isOpen
    case .date(let date): !date.isWholeDay
    default: false
    }
  }
}

/// A set of facts that are missing, in the order in which they were asked for.
struct MissingFacts: Hashable {
  var paths: [FieldPath]

  init(_ paths: [FieldPath]) {
    var seen: Set<FieldPath> = []
    self.paths = paths.filter { seen.insert($0).inserted }
  }

  /// How many alternatives are kept at each step.
  private static let maximumAlternatives = 12

  /// The alternatives where one of several is enough.
  static func any(of choices: [[MissingFacts]]) -> [MissingFacts] {
    smallest(choices.flatMap { $0 })
  }

  /// The alternatives where all of several are needed.
  static func all(of choices: [[MissingFacts]]) -> [MissingFacts] {
    var combined = [MissingFacts([])]
    for alternatives in choices {
      combined = smallest(
        combined.flatMap { first in
          alternatives.map { MissingFacts(first.paths + $0.paths) }
        })
      if combined.isEmpty { return [] }
    }
    return combined
  }

  private static func smallest(_ choices: [MissingFacts]) -> [MissingFacts] {
    var seen: Set<Set<FieldPath>> = []
    let distinct = choices.filter { seen.insert(Set($0.paths)).inserted }
    // Sorting is stable, so that of sets of one size the first asked for stays first.
    let sorted = distinct.enumerated()
      .sorted { ($0.element.paths.count, $0.offset) < ($1.element.paths.count, $1.offset) }
    return sorted.prefix(maximumAlternatives).map(\.element)
  }
}
