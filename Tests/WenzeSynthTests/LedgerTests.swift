import Testing
import WenzeSynthesis

/// What the ledger says is planted is there, by figures worked out from the cases alone.
@Suite struct LedgerTests {
  static let options = ArchiveOptions(cases: 9000, seed: 11, years: 2020...2025, bodies: 40)
  static let archive = Archives.write(options)
  static let cases = Result { try Archives.cases(in: archive.text) }

  private func groups() throws -> [Archives.Group: [Archives.Case]] {
    Dictionary(grouping: try Self.cases.get(), by: \.group)
  }

  private func share(
    _ pattern: String, _ cases: [Archives.Case]
  ) throws -> (share: Double, limit: Double)? {
    let thresholds = Self.options.thresholds
    func part(_ holds: (Archives.Case) throws -> Bool) rethrows -> Double {
      Double(try cases.count(where: holds)) / Double(cases.count)
    }
    switch pattern {
    case "late": return (part { $0.decision.date.suffix(5) >= "11-26" }, thresholds.late)
    case "one_measure":
      let kinds = Dictionary(grouping: cases) { $0.subjects[0].measures[0].kind }
      let most = kinds.values.map(\.count).max() ?? 0
      return (Double(most) / Double(cases.count), thresholds.oneMeasure)
    case "no_causes": return (part { !$0.facts[0].isAnalysed }, thresholds.mechanical)
    case "catch_all": return (part { $0.facts[0].circumstance == "其他失职" }, thresholds.catchAll)
    case "bottom":
      let ranks = cases.flatMap { $0.subjects.compactMap(\.rank) }
      return (
        Double(ranks.count { $0 == "一般干部" }) / Double(ranks.count), thresholds.bottom
      )
    case "no_follow_through":
      return (
        part { $0.subjects.allSatisfy { $0.execution.followedUp == nil } },
        thresholds.noFollowThrough
      )
    case "corrections": return (part { $0.correction != nil }, thresholds.corrections)
    case "copies":
      let texts = cases.compactMap { $0.facts[0].analysis }.map(shingles)
      let alike = texts.indices.count { place in
        texts.indices.contains { other in
          let common = texts[place].intersection(texts[other]).count
          let all = texts[place].count + texts[other].count - common
          return other != place && Double(common) >= 0.9 * Double(all)
        }
      }
      return (Double(alike) / Double(cases.count), thresholds.mechanical)
    default: return nil
    }
  }

  private func shingles(_ text: String) -> Set<String> {
    let characters = Array(text)
    return Set((0..<max(0, characters.count - 2)).map { String(characters[$0..<($0 + 3)]) })
  }

  private func group(of entry: LedgerEntry) throws -> [Archives.Case] {
    let body = try #require(entry.key.body)
    let year = try #require(entry.key.year)
    return try groups()[Archives.Group(body: body, year: year)] ?? []
  }

  @Test func everyPatternIsPlantedAndNearlyMissed() {
    let planted = Set(Self.archive.ledger.planted.map(\.pattern))
    let missed = Set(Self.archive.ledger.nearMisses.map(\.pattern))
    let all = Set(Pattern.allCases.map(\.rawValue))
    #expect(planted == all)
    // The range of what like cases got is narrow by itself.
    #expect(missed == all.subtracting([Pattern.outOfLine.rawValue]))
  }

  @Test func plantedSharesLieAboveTheThreshold() throws {
    for entry in Self.archive.ledger.planted where entry.scope == "group" {
      let cases = try group(of: entry)
      #expect(cases.count == entry.size, "\(entry)")
      #expect(cases.count >= Self.options.thresholds.minimum)
      guard let (share, limit) = try share(entry.pattern, cases) else { continue }
      #expect(share > limit, "\(entry.pattern) \(entry.key)")
      #expect(abs(share - entry.strength) < 0.05, "\(entry.pattern) \(entry.key) \(share)")
    }
  }

  @Test func nearMissesLieBelowOrAreTooFew() throws {
    for entry in Self.archive.ledger.nearMisses where entry.scope == "group" {
      let cases = try group(of: entry)
      guard let (share, limit) = try share(entry.pattern, cases) else { continue }
      if entry.reason == "too few" {
        #expect(cases.count < 20)
      } else {
        #expect(share <= limit, "\(entry.pattern) \(entry.key)")
      }
    }
  }

  @Test func countsMeetTheirTargetsOrJump() throws {
    let groups = try groups()
    for entry in Self.archive.ledger.planted where entry.pattern == "target" {
      #expect(Int(entry.strength) == entry.size)
    }
    for entry in Self.archive.ledger.nearMisses where entry.pattern == "target" {
      #expect(Int(entry.strength) != entry.size)
    }
    for entry in Self.archive.ledger.planted where entry.pattern == "jump" {
      let body = try #require(entry.key.body)
      let year = try #require(entry.key.year)
      let cases = try group(of: entry)
      for before in [year - 1, year - 2] {
        let count = Double(groups[Archives.Group(body: body, year: before)]?.count ?? 0)
        #expect(Double(cases.count) > count + 3 * count.squareRoot())
      }
      #expect(cases.contains { $0.lead == nil })
    }
  }

  @Test func subjectsComeAgainWithinSixMonths() throws {
    var days: [String: [Int]] = [:]
    for one in try Self.cases.get() {
      for subject in one.subjects where subject.rank != nil {
        days[subject.name, default: []].append(try number(of: one.decision.date))
      }
    }
    // Three times within 184 days.
    let often = days.filter { _, days in
      let days = days.sorted()
      return days.count > 2 && days.indices.dropFirst(2).contains { days[$0] - days[$0 - 2] < 184 }
    }
    let planted = Self.archive.ledger.planted.filter { $0.pattern == "recurring" }
    #expect(Set(often.keys) == Set(planted.compactMap(\.key.subject)))
  }

  @Test func firesAreDecidedWithinAWeek() throws {
    let planted = Set(
      Self.archive.ledger.planted.filter { $0.code == "WZ703" }.flatMap(\.cases))
    for one in try Self.cases.get() {
      var isFire = false
      if let noticed = one.lead?.noticed {
        let notice = try number(of: noticed)
        isFire =
          try number(of: one.launch.date) - notice <= 3
          && number(of: one.decision.date) - notice <= 7
      }
      #expect(isFire == planted.contains(one.id), "\(one.id)")
    }
  }

  @Test func outsidersActWhereTheLedgerSays() throws {
    let powerless: Set = ["督导组", "专班", "指挥部", "政府部门"]
    let found = try Self.cases.get()
      .filter {
        powerless.contains($0.launch.body.type) || powerless.contains($0.decision.body.type)
      }
    let planted = Self.archive.ledger.planted.filter { $0.code == "WZ710" }
    #expect(Set(found.map(\.id)) == Set(planted.flatMap(\.cases)))
  }
}
