package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// What a sheet makes of the violations of one document.
package struct SheetScore: Hashable, Sendable {
  /// In the order of the sheet.
  package var groups: [Group]
  /// The codes whose violation decided the grade.
  package var vetoes: [String]
  package var points: FixedDecimal
  /// The number of the grade.
  package var grade: Int

  package struct Group: Hashable, Sendable {
    package var deductions: [Deduction]
    /// What the group keeps of its points: never less than none.
    package var points: FixedDecimal
  }

  /// What the violations of one code take off.
  package struct Deduction: Hashable, Sendable {
    package var code: String
    /// The number of its line within the group.
    package var line: Int
    package var count: Int
    /// What it takes off by itself, within the limit of its line.
    package var points: FixedDecimal
    /// What it takes off besides, since the unit violated the code before.
    package var surcharge: FixedDecimal
    /// Whether the limit of its line kept it from taking off more.
    package var isLimited: Bool

    package var total: FixedDecimal {
      FixedDecimal(millionths: points.millionths + surcharge.millionths)
    }
  }
}

extension ScoreSheet {
  /// The score of a document.
  ///
  /// A line takes its points off once for each code, or for each finding; its limit holds for all
  /// of them together, in the order in which the line names the codes. What repetition adds comes
  /// on top of the limit, once for each code. No group loses more points than it has.
  ///
  /// - Parameters:
  ///   - counts: how many findings there are of each code.
  ///   - repeated: the codes that the unit was found to violate before.
  /// - Returns: what is left of each group, with everything that takes points off.
  package func score(_ counts: [String: Int], repeated: Set<String> = []) -> SheetScore {
    let scored = groups.map { group -> SheetScore.Group in
      let deductions = group.deductions.enumerated().flatMap { number, line in
        line.deductions(number, counts, repeated)
      }
      let taken = deductions.reduce(0) { $0 + $1.total.millionths }
      return SheetScore.Group(
        deductions: deductions,
        points: FixedDecimal(millionths: max(0, group.points.millionths - taken)))
    }
    let points = FixedDecimal(millionths: scored.reduce(0) { $0 + $1.points.millionths })
    var result = SheetScore(groups: scored, vetoes: [], points: points, grade: grade(of: points))
    for veto in vetoes where veto.grade > grade(of: points) {
      let violated = veto.codes.filter { counts[$0, default: 0] > 0 }
      guard !violated.isEmpty else { continue }
      result.vetoes += violated
      result.grade = max(result.grade, veto.grade)
    }
    return result
  }

  /// The number of the grade that points lead to.
  package func grade(of points: FixedDecimal) -> Int {
    grades.firstIndex { $0.least.map { points >= $0 } ?? true } ?? grades.count - 1
  }

  /// The number of the grade of a name.
  package func grade(named name: String) -> Int? {
    grades.firstIndex { $0.name.chinese == name || $0.name.english == name }
  }
}

extension ScoreSheet.Deduction {
  fileprivate func deductions(
    _ line: Int, _ counts: [String: Int], _ repeated: Set<String>
  ) -> [SheetScore.Deduction] {
    var left = limit?.millionths
    return codes.compactMap { code in
      let count = counts[code, default: 0]
      guard count > 0 else { return nil }
      let wanted = points.millionths * (isEachTime ? count : 1)
      let taken = min(wanted, left ?? wanted)
      left = left.map { $0 - taken }
      let surcharge = repeated.contains(code) ? self.repeated?.millionths ?? 0 : 0
      return SheetScore.Deduction(
        code: code, line: line, count: count, points: FixedDecimal(millionths: taken),
        surcharge: FixedDecimal(millionths: surcharge), isLimited: taken < wanted)
    }
  }
}
