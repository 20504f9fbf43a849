/// What a group of cases comes to, by the figures that the rules over groups judge.
struct Tally: Sendable {
  var cases = 0
  var late = 0
  /// Leads received in the year of the decision.
  var leads = 0
  /// By the measure that most subjects of a case met with.
  var measures = [Int](repeating: 0, count: Measure.allCases.count)
  var fires = 0
  var copies = 0
  var withoutCauses = 0
  var catchAlls = 0
  var ranked = 0
  var bottom = 0
  var withoutFollowThrough = 0
  var corrected = 0

  mutating func add(_ draft: CaseDraft, in calendar: Calendar) {
    let traits = draft.traits
    cases += 1
    if calendar.isInLastTenth(traits.decidedOn) { late += 1 }
    if traits.hasLead,
      calendar.parts(of: draft.leadReceived).year == calendar.parts(of: traits.decidedOn).year
    {
      leads += 1
    }
    if traits.pace == .fire { fires += 1 }
    switch traits.analysis {
    case .copied: copies += 1
    case .missing: withoutCauses += 1
    case .own, .alike: break
    }
    if traits.isCatchAll { catchAlls += 1 }
    if traits.lacksFollowThrough { withoutFollowThrough += 1 }
    if traits.isCorrected { corrected += 1 }
    measures[Tally.mainMeasure(of: draft).rawValue] += 1
    for subject in draft.subjects {
      if subject.isOrganisation { continue }
      ranked += 1
      if subject.rank == .ordinary { bottom += 1 }
    }
  }

  /// The measure that most subjects of a case met with; of several that of the subject named first.
  private static func mainMeasure(of draft: CaseDraft) -> Measure {
    var main = draft.subjects[0].measure
    var most = 0
    for subject in draft.subjects {
      let count = draft.subjects.count { $0.measure == subject.measure }
      if count > most {
        main = subject.measure
        most = count
      }
    }
    return main
  }

  /// The share that a pattern is about; nil for one that is about no share.
  func share(_ pattern: Pattern) -> Double? {
    func part(_ count: Int, of whole: Int) -> Double {
      whole == 0 ? 0 : Double(count) / Double(whole)
    }
    return switch pattern {
    case .late: part(late, of: cases)
    case .oneMeasure: part(measures.max() ?? 0, of: cases)
    case .fireFighting: part(fires, of: cases)
    // Two texts are needed to be alike.
    case .copies: part(copies > 1 ? copies : 0, of: cases)
    case .noCauses: part(withoutCauses, of: cases)
    case .catchAll: part(catchAlls, of: cases)
    case .bottom: part(bottom, of: ranked)
    case .noFollowThrough: part(withoutFollowThrough, of: cases)
    case .corrections: part(corrected, of: cases)
    case .target, .jump, .outOfLine, .recurring, .outsiders: nil
    }
  }
}
