import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// A mistake that can be made in writing one term, whatever stands around it.
struct TermChange {
  var kind: Mutant.Kind
  var change: Bilingual
  var term: Term

  init(_ kind: Mutant.Kind, _ chinese: String, _ english: String, _ term: Term) {
    self.kind = kind
    change = Bilingual(chinese, english)
    self.term = term
  }
}

/// Makes mistakes in terms.
struct TermChanger {
  let ruleSet: RuleSet

  /// The mistakes that can be made in a term itself; those in the terms below are theirs.
  ///
  /// The order depends on the form of the term alone.
  func changes(of term: Term) -> [TermChange] {
    func with(_ kind: Term.Kind) -> Term { Term(kind, term.type, at: term.origin) }
    func negated(_ chinese: String, _ english: String) -> TermChange {
      TermChange(.negation, chinese, english, with(.not(term)))
    }
    switch term.kind {
    case .constant(let value): return constants(value, in: term)
    case .field where term.type == .boolean, .variable where term.type == .boolean:
      return [negated("“是”“否”对调", "yes and no changed about")]
    case .not(let operand): return [TermChange(.negation, "去掉否定", "without the negation", operand)]
    case .and(let terms): return omissions(from: terms) { with(.and($0)) }
    case .or(let terms): return omissions(from: terms) { with(.or($0)) }
    case .compare(let comparison, let left, let right):
      return comparisons(comparison, left, right, with: with)
    case .member, .listed: return [negated("“在其中”改为“不在其中”", "in changed to not in")]
    case .exists(let slot, let list, let condition):
      let none = Term(.not(condition), .boolean, at: condition.origin)
      return [
        TermChange(
          .operation, "“存在”改为“全部”", "some changed to all",
          with(.not(with(.exists(slot: slot, in: list, where: none)))))
      ]
    case .isKnown, .isPresent: return [negated("“有”“无”对调", "present and absent changed about")]
    case .recorded(let operand):
      return [
        TermChange(.omission, "不再限于已经记载的部分", "no longer of what is recorded alone", operand)
      ]
    case .select(let slot, let list, .some, let result):
      return [
        TermChange(
          .omission, "不再筛选", "without the filter",
          with(.select(slot: slot, in: list, where: nil, take: result)))
      ]
    case .aggregate(let aggregate, let list):
      // Two records are never the same one.
      if aggregate == .count, case .record? = list.type.element { return [] }
      guard let other = aggregate.counterpart else { return [] }
      return [
        TermChange(
          .operation, "改为\(other.name.chinese)", "changed to \(other.name.english)",
          with(.aggregate(other.kind, list)))
      ]
    case .arithmetic(let operation, let left, let right):
      let other = operation.counterpart
      return [
        TermChange(
          .operation, "改为\(other.name.chinese)", "changed to \(other.name.english)",
          with(.arithmetic(other.kind, left, right)))
      ]
    case .difference(let left, _):
      return [TermChange(.omission, "不再减去后者", "nothing taken away", left)]
    case .firstKnown(let terms):
      return omissions(from: terms) { $0.count == 1 ? $0[0] : with(.firstKnown($0)) }
    case .poissonBound(let mean, _):
      return [TermChange(.operation, "以均值为界", "bounded by the mean", mean)]
    case .variable, .document, .field, .asOf, .today, .parameter, .select, .year, .allDates,
      .similarity, .attribute, .lookup, .figure, .previous, .whole, .beside:
      return []
    }
  }

  private func omissions(from terms: [Term], _ rest: ([Term]) -> Term) -> [TermChange] {
    guard terms.count > 1 else { return [] }
    return terms.indices.map { index in
      var others = terms
      let gone = shortText(of: others.remove(at: index).origin)
      return TermChange(.omission, "删去“\(gone)”", "without `\(gone)`", rest(others))
    }
  }

  private func comparisons(
    _ comparison: Term.Comparison, _ left: Term, _ right: Term, with: (Term.Kind) -> Term
  ) -> [TermChange] {
    let opposite = TermChange(
      .negation, "改为相反的比较", "the comparison reversed",
      with(.not(with(.compare(comparison, left, right)))))
    switch comparison {
    case .equal: return [opposite]
    case .less:
      return [
        TermChange(
          .boundary, "恰好相等时也成立", "also holds when both are equal",
          with(.compare(.lessOrEqual, left, right))), opposite,
      ]
    case .lessOrEqual:
      return [
        TermChange(
          .boundary, "恰好相等时不再成立", "no longer holds when both are equal",
          with(.compare(.less, left, right))), opposite,
      ]
    case .precedes:
      return [
        TermChange(
          .negation, "先后对调", "the other one first", with(.compare(.precedes, right, left)))
      ]
    }
  }

  private func constants(_ value: Value, in term: Term) -> [TermChange] {
    if case .list(let list) = value {
      guard list.elements.count > 1 else { return [] }
      return list.elements.indices.map { index in
        var others = list
        let gone = others.elements.remove(at: index).value
        return TermChange(
          .omission, "删去“\(ruleSet.text(of: gone, in: .chinese))”",
          "without `\(ruleSet.text(of: gone, in: .english))`",
          Term(.constant(.list(others)), term.type, at: term.origin))
      }
    }
    return ruleSet.neighbours(of: value).map { other in
      TermChange(
        .constant, ruleSet.change(from: value, to: other).chinese,
        ruleSet.change(from: value, to: other).english,
        Term(.constant(other), term.type, at: term.origin))
    }
  }

  private func shortText(of origin: Origin) -> String {
    let text = ruleSet.text(of: origin).split(whereSeparator: \.isNewline).first.map(String.init)
    guard let text, text.count > 40 else { return text ?? "" }
    return text.prefix(39) + "…"
  }
}

extension RuleSet {
  /// The values that are most easily written for another: the next ones.
  func neighbours(of value: Value) -> [Value] {
    switch value {
    case .integer(let number): [.integer(number + 1), .integer(number - 1)]
    case .decimal(let number):
      // A hundredth, as shares are written.
      [10_000, -10_000].map { .decimal(FixedDecimal(millionths: number.millionths + $0)) }
    case .duration(let duration):
      [1, -1].map { .duration(CalendarDuration(duration.count + $0, duration.unit)) }
    case .date(let date) where date.isWholeDay:
      [1, -1].compactMap { CalendarDate(dayNumber: date.firstDay + $0).map(Value.date) }
    case .symbol(let enumeration, let entry):
      [entry + 1, entry - 1].filter { enums[enumeration].entries.indices.contains($0) }
        .map { .symbol(enumeration: enumeration, entry: $0) }
    default: []
    }
  }

  func change(from old: Value, to new: Value) -> Bilingual {
    Bilingual(
      "“\(text(of: old, in: .chinese))”改为“\(text(of: new, in: .chinese))”",
      "`\(text(of: old, in: .english))` changed to `\(text(of: new, in: .english))`")
  }
}

extension Term.Aggregate {
  fileprivate var counterpart: (kind: Self, name: Bilingual)? {
    switch self {
    case .count: (.distinct, Bilingual("相异者的个数", "the number of different ones"))
    case .distinct: (.count, Bilingual("个数", "the number"))
    case .least: (.greatest, Bilingual("最大者", "the greatest"))
    case .greatest: (.least, Bilingual("最小者", "the least"))
    case .sum, .mode: nil
    }
  }
}

extension Term.Arithmetic {
  fileprivate var counterpart: (kind: Self, name: Bilingual) {
    switch self {
    case .add: (.subtract, Bilingual("减", "minus"))
    case .subtract: (.add, Bilingual("加", "plus"))
    case .multiply: (.divide, Bilingual("除", "divided by"))
    case .divide: (.multiply, Bilingual("乘", "times"))
    }
  }
}
