/// The answer to a condition over a file that may lack the facts to decide it.
///
/// The operators are Kleene's strong three-valued connectives.
package enum Truth: Hashable, Sendable, CaseIterable {
  case yes
  case no
  case unknown

  @inlinable package init(_ value: Bool) {
    self = value ? .yes : .no
  }

  @inlinable package static prefix func ! (operand: Truth) -> Truth {
    switch operand {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// Kleene's conjunction: one `no` decides it, whatever is unknown.
  @inlinable package static func && (lhs: Truth, rhs: @autoclosure () -> Truth) -> Truth {
    switch lhs {
    case .no: .no
    case .yes: rhs()
    case .unknown: rhs() == .no ? .no : .unknown
    }
  }

  /// Kleene's disjunction: one `yes` decides it, whatever is unknown.
  @inlinable package static func || (lhs: Truth, rhs: @autoclosure () -> Truth) -> Truth {
    switch lhs {
    case .yes: .yes
    case .no: rhs()
    case .unknown: rhs() == .yes ? .yes : .unknown
    }
  }
}
