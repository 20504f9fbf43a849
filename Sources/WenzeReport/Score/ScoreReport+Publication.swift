import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// What `--profile public` leaves of scores: units of five documents and more, and no document.

extension ScoreReport {
  var profile: MaskingProfile { check.options.profile }

  /// The documents that the report lists.
  func listedCases(_ report: SheetReport) -> [CaseScore] {
    profile.isPublic ? [] : report.cases
  }

  /// The units that the report lists: of a small one its mean would be that of few documents.
  func listedUnits(_ report: SheetReport) -> [UnitScore] {
    report.units.filter { !profile.isPublic || $0.cases.count >= MaskingProfile.smallestGroup }
  }

  /// Says which units are not listed; nil if all are.
  func leftOutText(_ report: SheetReport) -> String? {
    guard listedUnits(report).count < report.units.count else { return nil }
    let least = MaskingProfile.smallestGroup
    return say(
      "不足\(least)件的单位不列", "units with fewer than \(least) documents are left out")
  }

  /// How many documents of a unit have each grade, as the report tells it.
  func gradeTexts(of unit: UnitScore, in report: SheetReport) -> [String] {
    let counts = gradeCounts(of: unit, in: report).map(\.count)
    let withheld = profile.isPublic ? MaskingProfile.withheld(counts) : []
    return counts.enumerated().map {
      withheld.contains($0.offset) ? Withheld.text[language] : String($0.element)
    }
  }

  /// The defects of a unit that the report tells: of those that were found a few times a reader may
  /// know whose they are.
  func listedDefects(of unit: UnitScore) -> [UnitDefect] {
    unit.defects.filter { defect in
      !profile.isPublic
        || max(defect.now.findings, defect.previous.findings) >= MaskingProfile.smallestGroup
    }
  }
}
