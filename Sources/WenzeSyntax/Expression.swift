/// An expression as it was written.
package struct Expression: Hashable, Sendable {
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  package indirect enum Kind: Hashable, Sendable {
    case literal(Literal)
    case name(Identifier)
    case member(Expression, Identifier)
    /// `表[a, b]`
    case lookup(Identifier, [Expression])
    case call(Identifier, Arguments)
    /// `{a, b}` or `[a, b]`
    case collection([Expression])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `x 已知`; with `negated`, `x 不详`.
    case known(Expression, negated: Bool)
    /// `x 在 y 后 1个月 内`
    case within(Expression, anchor: Expression, duration: Expression, Direction)
    case quantified(Quantifier, Binder, condition: Expression?)
    /// Where an expression should stand and none does; already reported.
    case missing
  }

  package enum UnaryOperator: Hashable, Sendable {
    case not
    case has
    case hasNo
    case recorded
    case negate
  }

  package enum BinaryOperator: Hashable, Sendable {
    case or
    case and
    case orElse
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    case memberOf
    case notMemberOf
    case contains
    case before
    case after
    case notBefore
    case notAfter
    case precedes
    case add
    case subtract
    case multiply
    case divide
  }

  package enum Quantifier: Hashable, Sendable {
    case exists
    case notExists
    case every
  }

  package enum Direction: Hashable, Sendable {
    case after
    case before
  }

  /// What stands between the parentheses of a call.
  package enum Arguments: Hashable, Sendable {
    case list([Expression])
    /// `x 于 L 使 c 取 e`
    case comprehension(Binder, condition: Expression?, result: Expression?)
  }

  /// A variable and the list that it runs over.
  package struct Binder: Hashable, Sendable {
    package var variable: Identifier
    package var list: Expression
  }
}

/// A constant as it was written.
package struct Literal: Hashable, Sendable {
  package var kind: Kind
  /// The spelling with full-width characters folded; the content, without quotation marks, of a text.
  package var text: String

  package enum Kind: Hashable, Sendable {
    case integer
    case decimal
    case percent
    case date
    case duration
    case text
    case boolean(Bool)
    /// `无`
    case nothing
  }
}

/// A word that names something.
package struct Identifier: Hashable, Sendable {
  package var text: String
  package var range: SourceRange

  package init(_ text: String, at range: SourceRange) {
    self.text = text
    self.range = range
  }
}
