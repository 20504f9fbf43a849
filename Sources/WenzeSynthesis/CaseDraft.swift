/// What the plan asks of one case; the rest is chance.
struct Traits: Sendable {
  var decidedOn: Day
  var pace = Pace.usual
  var analysis = AnalysisKind.own
  var isCatchAll = false
  var circumstance: Int?
  /// No follow-up visit; and no rectification either.
  var lacksFollowThrough = false
  var lacksRectification = false
  var isCorrected = false
  var measure: Measure?
  /// Whether the harm is the lesser of those that the measure is for.
  var isOfLesserHarm = false
  /// The measure that the others of its group get, and it does not.
  var avoided: Measure?
  var outOfLine: OutOfLine?
  var outsider: OutsiderRole?
  var recurring: Recurring?
  var hasLead = true
  /// Whether its subjects are of the lowest rank; nil: as it comes.
  var bottom: [Bool] = []
  /// The circumstance, harms and so on are as they come, and there may be a slip.
  var mayHaveDefect = true

  enum Pace: Sendable {
    case usual
    /// Launched within three days of the public's attention, decided within a week.
    case fire
    /// As the public takes notice, and yet not so fast.
    case almostFire
  }

  enum AnalysisKind: Sendable {
    case own
    case copied
    case alike
    case missing
  }

  enum OutsiderRole: Sendable {
    case proposes
    case launches
    case decides
  }

  /// The subject that comes again.
  struct Recurring: Sendable {
    var serial: Int
    var unit: Unit
    var role: Role
  }
}

/// Where a subject works.
enum Unit: Sendable {
  case bureau(Int)
  case town(head: Int, tail: Int)
}

enum Role: Sendable {
  case bureauHead
  case bureauDeputy
  case townHead
  case townDeputy
  case sectionHead
  case institutionHead
  case stationHead
  case villageSecretary
}

/// A slip that a case has for itself, the commonest ones of quality reviews.
enum Defect: Int, CaseIterable, Sendable {
  case appealRightNotTold
  case notSigned
  case reportIncomplete
  case notFiled
  case launchedBeforeApproval
  case investigatorReviewed
  case effectPeriodWrong
  case noDuty
  case defenceNotRecorded
  case notReportedUp
  case noSelfCriticism
  case noProvision
  case oneInvestigator
  case reportUnsigned
  case notPublished
  case formalitiesLate
  case factorsNotWeighed
}

/// A case, settled in everything that more than one of its parts depends on.
struct CaseDraft {
  var traits: Traits
  var body: Body
  var circumstance = 0
  var harm = Harm.considerable
  var subjects: [Subject] = []
  var defect: Defect?
  /// Whether the file claims to hold all documents.
  var isComplete = true
  var lead = LeadSource.supervision

  // In the order of time.
  var fact = Day(number: 0)
  var attention: Day?
  var leadReceived = Day(number: 0)
  var approved = Day(number: 0)
  var launched = Day(number: 0)
  var teamFormed = Day(number: 0)
  var interviewed = Day(number: 0)
  var met = Day(number: 0)
  var discussed = Day(number: 0)
  var reported = Day(number: 0)
  var reportApproved = Day(number: 0)
  var reviewed = Day(number: 0)
  var announced = Day(number: 0)

  struct Subject {
    var isOrganisation = false
    var serial = 0
    var unit: Unit
    var role: Role
    var rank = Rank.section
    var level: Level
    var authority: Authority
    var isPrincipal = false
    var responsibility: Responsibility
    var measure: Measure
    var factor: Int?
  }

  init(_ traits: Traits, body: Body) {
    self.traits = traits
    self.body = body
  }
}

// MARK: - Drawing

extension CaseDraft {
  /// Settles a case by chance, within what the plan asks; its subjects get the names from `serial` on.
  static func draw(
    _ traits: Traits, body: Body, serial: Int, calendar: Calendar, _ random: inout SplitMix64
  ) -> CaseDraft {
    var draft = CaseDraft(traits, body: body)
    draft.drawMatter(&random)
    draft.drawSubjects(serial: serial, &random)
    draft.drawDays(calendar, &random)
    if traits.mayHaveDefect {
      if random.chance(110) { draft.defect = Defect.allCases[random.below(Defect.allCases.count)] }
      draft.isComplete = !random.chance(40)
    }
    return draft
  }

  private static let circumstanceWeights = Circumstance.all.map(\.weight)

  private mutating func drawMatter(_ random: inout SplitMix64) {
    circumstance =
      traits.isCatchAll
      ? Circumstance.catchAll
      : traits.circumstance ?? random.index(by: CaseDraft.circumstanceWeights)
    harm = Harm.allCases[random.index(by: [25, 45, 26, 4])]
    if let strange = traits.outOfLine {
      // The commonest one, where there are like cases enough.
      circumstance = 4
      harm = strange.harm
    }
    // One measure for all, and yet within what the harm allows.
    switch traits.measure {
    case .notice, .admonition: harm = traits.isOfLesserHarm ? .minor : .considerable
    case .warning: harm = traits.isOfLesserHarm ? .considerable : .major
    default: break
    }
    lead = LeadSource.allCases[random.index(by: LeadSource.weights)]
    if traits.pace != .usual { lead = random.chance(600) ? .publicOpinion : .media }
  }

  private mutating func drawSubjects(serial: Int, _ random: inout SplitMix64) {
    if let recurring = traits.recurring {
      var subject = cadre(recurring.role, recurring.unit, serial: recurring.serial, &random)
      subject.responsibility = random.chance(600) ? .primary : .secondary
      decide(&subject, &random)
      subjects = [subject]
      return
    }
    let unit: Unit
    var roles: [Role]
    (unit, roles) = drawRoles(&random)
    let isPlain =
      traits.measure == nil && traits.avoided == nil && traits.outOfLine == nil
      && traits.bottom.isEmpty
    let hasOrganisation =
      isPlain && random.chance(130) && body.kind != .dispatchedOffice && roles[0].isHead
    if hasOrganisation { subjects.append(organisation(unit)) }
    for (place, role) in roles.enumerated() {
      var subject = cadre(role, unit, serial: serial + place, &random)
      switch place {
      case 0:
        subject.responsibility = random.chance(roles.count > 1 ? 700 : 550) ? .primary : .secondary
      default: subject.responsibility = random.chance(300) ? .primary : .secondary
      }
      if let strange = traits.outOfLine {
        subject.responsibility = strange.responsibility
        // Nothing that would explain it.
        subject.factor = nil
      }
      if traits.measure == .warning, harm == .considerable { subject.responsibility = .primary }
      subjects.append(subject)
    }
    for place in subjects.indices { decide(&subjects[place], &random) }
    varyMeasures()
  }

  /// Who is held accountable, from one unit; those who answer for more come first.
  private func drawRoles(_ random: inout SplitMix64) -> (Unit, [Role]) {
    let count: Int
    if traits.outOfLine != nil {
      return (.bureau(random.below(Phrases.units.count)), [.bureauDeputy])
    } else if traits.measure != nil || traits.avoided != nil {
      count = random.chance(700) ? 1 : 2
    } else if !traits.bottom.isEmpty {
      count = traits.bottom.count
    } else {
      count = 1 + random.index(by: [73, 20, 7])
    }
    let isTown = body.level == .county && random.chance(400)
    let unit: Unit =
      isTown
      ? .town(
        head: random.below(Phrases.townHeads.count), tail: random.below(Phrases.townTails.count))
      : .bureau(random.below(Phrases.units.count))
    var roles: [Role] = []
    for place in 0..<count {
      let isBottom = traits.bottom.isEmpty ? nil : traits.bottom[place]
      roles.append(role(isTown: isTown, place: place, isBottom: isBottom, &random))
    }
    return (unit, roles)
  }

  private func role(
    isTown: Bool, place: Int, isBottom: Bool?, _ random: inout SplitMix64
  ) -> Role {
    let lowest: Role = isTown ? .villageSecretary : .stationHead
    if let isBottom, isBottom { return lowest }
    // The rest of a hundred are of the lowest rank.
    let bottomShare = isBottom == nil ? (body.level == .county ? 140 : 40) : 0
    if random.chance(bottomShare) { return lowest }
    if body.kind == .partyGroup { return random.chance(650) ? .sectionHead : .institutionHead }
    if isTown { return place == 0 && random.chance(450) ? .townHead : .townDeputy }
    if body.kind == .dispatchedOffice { return .bureauDeputy }
    if place == 0, random.chance(420) { return .bureauHead }
    if body.level != .county, random.chance(350) { return .sectionHead }
    return .bureauDeputy
  }

  private func organisation(_ unit: Unit) -> Subject {
    let isTown = if case .town = unit { true } else { false }
    return Subject(
      isOrganisation: true, unit: unit, role: isTown ? .townHead : .bureauHead,
      level: isTown ? .township : body.level, authority: .ledByCommittee, isPrincipal: false,
      responsibility: .overall, measure: .inspection)
  }

  private func cadre(
    _ role: Role, _ unit: Unit, serial: Int, _ random: inout SplitMix64
  ) -> Subject {
    let upper: Rank =
      switch body.level {
      case .province: .bureau
      case .city: .division
      default: .section
      }
    let lower = Rank(rawValue: max(0, upper.rawValue - 1)) ?? .ordinary
    var subject = Subject(
      serial: serial, unit: unit, role: role, rank: upper, level: body.level,
      authority: .managedByCommittee, responsibility: .primary, measure: .notice)
    switch role {
    case .bureauHead:
      subject.authority = .ledByCommittee
      subject.isPrincipal = true
    case .bureauDeputy: break
    case .townHead:
      subject.level = .township
      subject.authority = .ledByCommittee
      subject.isPrincipal = true
    case .townDeputy: subject.level = .township
    case .sectionHead:
      subject.rank = lower
      subject.authority = .managedBelow
    case .institutionHead:
      subject.rank = lower
      subject.authority = .managedBelow
      subject.isPrincipal = true
    case .stationHead:
      subject.rank = .ordinary
      subject.authority = .managedBelow
    case .villageSecretary:
      subject.rank = .ordinary
      subject.level = .grassroots
      subject.authority = .managedBelow
      subject.isPrincipal = true
    }
    if body.kind == .partyGroup { subject.authority = .managedByBody }
    if random.chance(300) { subject.factor = random.below(3) }
    return subject
  }

  /// Settles the measure by harm and responsibility: two or three kinds, none of them rare.
  private func decide(_ subject: inout Subject, _ random: inout SplitMix64) {
    if let measure = traits.outOfLine?.measure ?? traits.measure, !subject.isOrganisation {
      subject.measure = measure
      return
    }
    if subject.isOrganisation {
      subject.measure = harm < .major && random.chance(450) ? .inspection : .notice
      return
    }
    let (weights, parts) = CaseDraft.usualWeights(harm, subject.responsibility)
    repeat {
      subject.measure = CaseDraft.measure(ofWeight: weights[random.index(by: parts)], &random)
    } while subject.measure == traits.avoided
  }

  private static func usualWeights(
    _ harm: Harm, _ responsibility: Responsibility
  ) -> (weights: [Int], parts: [Int]) {
    switch (harm, responsibility) {
    case (.minor, _): ([2, 3], [55, 45])
    case (.considerable, .secondary): ([2, 3], [60, 40])
    case (.considerable, _): ([2, 3, 4], [25, 45, 30])
    case (.major, .secondary): ([3, 4, 5], [38, 36, 26])
    case (.major, _): ([4, 5, 6], [40, 34, 26])
    case (.extreme, .secondary): ([4, 5, 6], [30, 40, 30])
    case (.extreme, _): ([5, 6, 7], [35, 38, 27])
    }
  }

  private static func measure(ofWeight weight: Int, _ random: inout SplitMix64) -> Measure {
    switch weight {
    case 2: .notice
    case 3: .admonition
    case 4: [.warning, .warning, .warning, .transfer, .suspension][random.below(5)]
    case 5: [.seriousWarning, .seriousWarning, .removal][random.below(3)]
    case 6: .dismissal
    default: .probation
    }
  }

  /// Three of different responsibility do not all get the same.
  private mutating func varyMeasures() {
    guard subjects.count >= 3, traits.measure == nil, traits.avoided == nil,
      subjects.allSatisfy({ $0.measure == subjects[0].measure })
    else { return }
    let last = subjects.count - 1
    let (weights, _) = CaseDraft.usualWeights(harm, subjects[last].responsibility)
    let weight = weights.first { $0 != subjects[last].measure.weight } ?? 3
    subjects[last].measure =
      switch weight {
      case 2: .notice
      case 3: .admonition
      case 4: .warning
      case 5: .seriousWarning
      default: .dismissal
      }
  }

  private mutating func drawDays(_ calendar: Calendar, _ random: inout SplitMix64) {
    let decided = traits.decidedOn
    func before(_ day: Day, _ range: ClosedRange<Int>) -> Day {
      calendar.workingDay(onOrBefore: day - random.within(range))
    }
    announced = calendar.workingDay(onOrAfter: decided + random.within(1...9))
    if traits.pace == .fire {
      let noticed = decided - random.within(3...6)
      attention = noticed
      leadReceived = noticed
      approved = min(noticed + random.within(0...2), decided)
      launched = approved
      teamFormed = launched
      interviewed = launched
      met = max(launched, decided - 2)
      discussed = max(met, decided - 1)
      reported = discussed
      reportApproved = max(reported, decided - random.within(0...1))
      reviewed = decided
      announced = decided + random.within(0...1)
    } else {
      reviewed = before(decided, 2...8)
      reportApproved = before(reviewed, 1...5)
      reported = before(reportApproved, 1...4)
      discussed = before(reported, 0...2)
      met = before(discussed, 2...9)
      if traits.pace == .almostFire {
        // Decided from eight to twelve days after the launch.
        reviewed = decided - 1
        reportApproved = decided - 2
        reported = decided - 2
        discussed = decided - 3
        met = decided - 4
      }
      launched =
        traits.pace == .almostFire
        ? decided - random.within(8...12) : before(met, 12...55)
      approved = before(launched, 0...2)
      if traits.pace == .almostFire { approved = launched }
      teamFormed = min(calendar.workingDay(onOrAfter: launched + random.within(0...3)), met)
      interviewed = min(calendar.workingDay(onOrAfter: teamFormed + random.within(1...5)), met)
      leadReceived = before(approved, 4...40)
      if traits.pace == .almostFire {
        attention = launched - random.within(1...5)
        leadReceived = min(approved, (attention ?? launched) + 1)
      } else if lead == .publicOpinion || lead == .media {
        attention = leadReceived - random.within(0...6)
      }
    }
    fact = before(leadReceived, 15...280)
  }
}

extension Harm: Comparable {
  static func < (left: Harm, right: Harm) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Role {
  /// Whether it heads an organisation that the committee leads.
  var isHead: Bool {
    switch self {
    case .bureauHead, .townHead: true
    default: false
    }
  }
}
