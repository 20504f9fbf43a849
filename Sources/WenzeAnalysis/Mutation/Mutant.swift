package import WenzeSemantics
package import WenzeSyntax

/// A rule set with one small mistake in it, which tests ought to notice.
///
/// Mutation testing after DeMillo, Lipton and Sayward, “Hints on Test Data Selection” (1978); the
/// changes are those of PIT and mutmut that mean something in conditions over three values.
package struct Mutant: Hashable, Sendable {
  package var kind: Kind
  /// What is changed, where.
  package var origin: Origin
  /// What was done to it.
  package var change: Bilingual
  package var replacements: Replacements
  /// The codes of the rules that it may change.
  package var codes: Set<String>

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A bound that takes in, or no longer takes in, the point where both sides are equal.
    case boundary
    /// A condition that says the contrary.
    case negation
    /// A condition, filter or alternative that is gone.
    case omission
    /// An exception that is gone.
    case exception
    /// Another number, term, date or entry than was written.
    case constant
    /// Another operation than was written.
    case operation
    /// A cell or a result of a table.
    case cell
    /// A row of a table that is gone.
    case row
    /// Another value of a parameter.
    case parameter
    /// An entry that a law no longer lists.
    case entry
    /// A day on which a law begins or ends.
    case interval

    package var name: Bilingual {
      switch self {
      case .boundary: Bilingual("界限", "boundary")
      case .negation: Bilingual("反义", "negation")
      case .omission: Bilingual("删条件", "omission")
      case .exception: Bilingual("删例外", "exception")
      case .constant: Bilingual("改数值", "constant")
      case .operation: Bilingual("改运算", "operation")
      case .cell: Bilingual("改表格", "cell")
      case .row: Bilingual("删表行", "row")
      case .parameter: Bilingual("改参数", "parameter")
      case .entry: Bilingual("删条目", "entry")
      case .interval: Bilingual("改施行日", "interval")
      }
    }
  }
}
