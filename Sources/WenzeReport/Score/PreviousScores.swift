import WenzeEngine

/// What units were found to violate in the period before, by sheet.
package struct PreviousScores: Sendable {
  /// How often each code was violated.
  package typealias Unit = [String: UnitDefect.Occurrences]

  /// Where they were read from, and the digest of that.
  package var path: String
  package var digest: String
  private var sheets: [String: [String: Unit]]

  /// The units by name, of a sheet by its English name.
  func units(of sheet: String) -> [String: Unit]? { sheets[sheet] }

  /// Whether the period before was scored by a sheet.
  package func hasSheet(_ english: String) -> Bool { sheets[english] != nil }

  package init(_ file: PreviousScoreFile, path: String, digest: String) {
    self.path = path
    self.digest = digest
    sheets = [:]
    for sheet in file.sheets {
      var units: [String: Unit] = [:]
      for unit in sheet.units {
        guard let name = unit.name else { continue }
        for defect in unit.defects where defect.now.findings > 0 {
          units[name, default: [:]][defect.rule] = UnitDefect.Occurrences(
            findings: defect.now.findings, cases: defect.now.cases)
        }
      }
      sheets[sheet.name.en] = units
    }
  }
}

/// What tells a JSON report of scores from others, and for whom it was made.
package struct PreviousScoreHead: Decodable, Sendable {
  package var kind: String
  var run: Run?

  struct Run: Decodable, Sendable {
    var profile: MaskingProfile?
  }

  /// Whether it was made for everybody, and lacks what a few documents show.
  package var isPublic: Bool { run?.profile?.isPublic ?? false }
}

/// What is read again of a JSON report of scores.
package struct PreviousScoreFile: Decodable, Sendable {
  package static let kind = "wenze score"

  package var kind: String
  package var schema: Int
  var sheets: [Sheet]

  struct Sheet: Decodable, Sendable {
    var name: Name
    var units: [Unit]
  }

  struct Name: Decodable, Sendable {
    var en: String
  }

  struct Unit: Decodable, Sendable {
    var name: String?
    var defects: [Defect]
  }

  struct Defect: Decodable, Sendable {
    var rule: String
    var now: Now
  }

  struct Now: Decodable, Sendable {
    var findings: Int
    var cases: [String]
  }
}
