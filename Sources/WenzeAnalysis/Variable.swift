import WenzeModel
import WenzeSemantics
package import WenzeSyntax

/// Something about a document that can be one of finitely many ways.
struct Variable {
  var kind: Kind
  /// What it can be; the first stands for what is left open.
  var domain: [Value]

  enum Kind: Hashable {
    /// The value of a field that is no record and no list.
    case scalar(FieldPath)
    /// Whether a record is there: not recorded, known not to exist, or there.
    case presence(FieldPath)
    /// How many elements are written of a list, and whether it says that it goes on.
    case shape(FieldPath)

    var path: FieldPath {
      switch self {
      case .scalar(let path), .presence(let path), .shape(let path): path
      }
    }
  }
}

extension FieldPath {
  /// The path with the elements of a list taken for one another.
  var normal: FieldPath {
    FieldPath(steps.map { if case .index = $0 { .index(0) } else { $0 } })
  }

  /// How many lists it leads through.
  var depth: Int { steps.count { if case .index = $0 { true } else { false } } }
}

/// Why a question has no answer, or not a whole one.
package struct Undecided: Error, Hashable, Sendable {
  package var reason: Bilingual

  init(_ chinese: String, _ english: String) { reason = Bilingual(chinese, english) }
}

/// Whether something is exactly decided.
package enum Decision: Hashable, Sendable {
  case decided
  case undecided(Set<Bilingual>)
}
