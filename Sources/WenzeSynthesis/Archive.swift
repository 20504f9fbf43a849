/// A synthetic archive: the cases of bodies over years, with patterns planted in some of them.
///
/// The same options give the same bytes, on every machine. What is held in memory is a plan of
/// bodies and years, and the cases of one of these.
package struct Archive: ~Copyable {
  private let plan: Plan
  private let calendar: Calendar
  private var writer: CaseWriter
  private var tallies: [Tally]
  private var ledger: PlantedLedger
  /// How many cases were launched, by year and circumstance.
  private var launched: [Int]
  /// The cases of outsiders by these, and whether these merely proposed them.
  private var outsiders: [Int: (cases: [String], merelyPropose: Bool)] = [:]
  private var daysOfYear: (year: Int, days: [Day], sums: [Int]) = (0, [], [])

  package init(_ options: ArchiveOptions) {
    plan = Plan(options)
    calendar = Calendar(years: options.years)
    writer = CaseWriter(bodies: plan.bodies, calendar: calendar, options: options)
    tallies = [Tally](repeating: Tally(), count: plan.groups.count)
    launched = [Int](
      repeating: 0, count: (options.years.count + 1) * Circumstance.all.count)
    let thresholds = options.thresholds
    ledger = PlantedLedger(
      seed: options.seed, documents: plan.groups.reduce(0) { $0 + $1.count },
      thresholds: [
        "minimum": Double(thresholds.minimum),
        "catch_all": Double(thresholds.minimumForCatchAll), "habit": Double(thresholds.habit),
        "like": Double(thresholds.minimumOfLike),
        "late": thresholds.late, "deviations": thresholds.deviations,
        "confidence": thresholds.confidence,
        "WZ702": thresholds.oneMeasure, "WZ703": thresholds.fireFighting,
        "WZ704": thresholds.mechanical, "WZ705": thresholds.catchAll, "WZ706": thresholds.bottom,
        "WZ709": thresholds.noFollowThrough, "WZ710": 0, "WZ711": thresholds.corrections,
      ])
  }

  /// Writes the cases, a line each, in pieces of about a mebibyte.
  package mutating func write<Failure: Error>(
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> PlantedLedger {
    for index in plan.groups.indices { try writeGroup(index, sink) }
    try sink(writer.json.bytes)
    writer.json.removeAll()
    recordOutsiders()
    recordGroups()
    recordOrganisations()
    return ledger
  }

  // MARK: - One group

  private mutating func writeGroup<Failure: Error>(
    _ index: Int, _ sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    let group = plan.groups[index]
    let body = plan.bodies.all[group.body]
    var random = SplitMix64(seed: plan.options.seed, index, -1)
    var cases = traits(of: group, body: body, &random)
    let template = AnalysisText(&random)
    var shown: [String] = []
    var recurring: [String] = []
    var strange: [String] = []
    for place in cases.indices {
      var own = SplitMix64(seed: plan.options.seed, index, place)
      let serial = (group.firstCase + place) * 3
      if cases[place].recurring != nil, recurring.isEmpty {
        fixRecurringSubject(&cases, serial: serial, body: body, &own)
      }
      let draft = CaseDraft.draw(
        cases[place], body: body, serial: serial, calendar: calendar, &own)
      let analysis = analysis(of: cases[place], like: template, &own)
      writer.write(draft, number: place + 1, analysis: analysis, &own)
      if cases[place].outsider != .decides { tallies[index].add(draft, in: calendar) }
      if isShown(group, draft) { shown.append(number(body, group, place)) }
      let area = self.area(
        year: calendar.parts(of: draft.launched).year, circumstance: draft.circumstance)
      launched[area] += 1
      if let role = cases[place].outsider {
        outsiders[area, default: ([], role == .proposes)].cases.append(number(body, group, place))
      }
      if cases[place].recurring != nil { recurring.append(number(body, group, place)) }
      if cases[place].outOfLine != nil { strange.append(number(body, group, place)) }
      if cases[place].pace == .fire, group.planting?.pattern != .fireFighting {
        recordFire(number(body, group, place))
      }
      if writer.json.count > 1 << 20 {
        try sink(writer.json.bytes)
        writer.json.removeAll()
      }
    }
    recordPlanting(index, shown)
    recordRecurrence(group, body, cases, recurring)
    for (id, outOfLine) in zip(strange, group.outOfLine) {
      ledger.planted.append(
        LedgerEntry(
          code: "WZ707", pattern: Pattern.outOfLine.rawValue, scope: "case",
          key: LedgerEntry.Key(id: id), strength: Double(outOfLine.measure.weight), size: 1,
          cases: [id]))
    }
  }

  private func area(year: Int, circumstance: Int) -> Int {
    // The first may be launched in the year before.
    (year - plan.options.years.lowerBound + 1) * Circumstance.all.count + circumstance
  }

  private func number(_ body: Body, _ group: GroupPlan, _ place: Int) -> String {
    String(
      decoding: CaseWriter.number(body: body, year: group.year, place: place + 1), as: UTF8.self)
  }

  private func analysis(
    of traits: Traits, like template: AnalysisText, _ random: inout SplitMix64
  ) -> AnalysisText {
    switch traits.analysis {
    case .own, .missing: return AnalysisText(&random)
    case .copied:
      var copy = template
      // Most change a number at most.
      if random.chance(400) { copy.count = random.within(10...96) }
      return copy
    case .alike:
      // The same way of thinking about another matter.
      var text = AnalysisText(&random)
      text.objective = template.objective
      text.subjective = template.subjective
      text.lapse = template.lapse
      return text
    }
  }

  // MARK: - What the cases are to show

  private mutating func traits(
    of group: GroupPlan, body: Body, _ random: inout SplitMix64
  ) -> [Traits] {
    let count = group.count
    let planting = group.planting
    let chosenCount = planting.map { chosen(of: count, for: $0) } ?? 0
    let lateCount = planting?.pattern == .late ? chosenCount : nil
    var cases = days(of: group, late: lateCount, &random).map { Traits(decidedOn: $0) }
    placeRecurrences(group, in: &cases, &random)
    for place in cases.indices { addChance(to: &cases[place], besides: planting?.pattern, &random) }
    if let planting {
      let chosen = random.choice(of: chosenCount, among: count)
      var bottom = 0.0
      var alike = 0
      for place in cases.indices {
        if planting.pattern == .bottom {
          let subjects = 1 + random.index(by: [73, 20, 7])
          for _ in 0..<subjects {
            bottom += planting.share
            cases[place].bottom.append(bottom >= 1)
            if bottom >= 1 { bottom -= 1 }
          }
        } else if chosen[place] {
          show(planting, in: &cases[place], &random)
          // One measure is the same for all where their harm is not: it differs two times in five.
          cases[place].isOfLesserHarm = alike * 2 % 5 < 2
          alike += 1
        } else if planting.pattern == .oneMeasure {
          cases[place].avoided = planting.measure
        }
      }
      if planting.pattern == .bottom, !planting.isNearMiss { raiseBottom(of: &cases) }
    }
    if group.casesWithoutLead > 0 {
      let chosen = random.choice(of: group.casesWithoutLead, among: count)
      for place in cases.indices where chosen[place] { cases[place].hasLead = false }
    }
    placeOutsiders(group, in: &cases, &random)
    placeSingles(group, in: &cases, &random)
    return cases
  }

  /// How many of the cases show a pattern: above the threshold, or not above it.
  private func chosen(of count: Int, for planting: Planting) -> Int {
    let thresholds = plan.options.thresholds
    guard let threshold = planting.pattern.threshold(thresholds) else { return 0 }
    let wanted = Int((planting.share * Double(count)).rounded())
    let limit = Int(threshold * Double(count))
    if planting.isImitation || count < planting.pattern.minimum(thresholds) { return wanted }
    return planting.isNearMiss
      ? min(wanted, limit) : max(wanted, limit + 1, planting.pattern.habit(thresholds))
  }

  /// Makes the lowest rank prevail case by case too, and not only where cases have many subjects.
  private func raiseBottom(of cases: inout [Traits]) {
    let threshold = plan.options.thresholds.bottom
    for place in cases.indices.reversed() {
      let shares = cases.map { Double($0.bottom.count { $0 }) / Double(max(1, $0.bottom.count)) }
      guard shares.reduce(0, +) <= threshold * Double(cases.count) else { return }
      cases[place].bottom = cases[place].bottom.map { _ in true }
    }
  }

  /// What comes by chance in any group, but for what the plan sets.
  private func addChance(
    to traits: inout Traits, besides pattern: Pattern?, _ random: inout SplitMix64
  ) {
    guard traits.recurring == nil else { return }
    let draw = random.below(1000)
    switch draw {
    case 0..<5 where pattern != .catchAll: traits.isCatchAll = true
    case 10..<25 where pattern != .copies && pattern != .noCauses: traits.analysis = .missing
    case 30..<52 where pattern != .noFollowThrough:
      traits.lacksFollowThrough = draw < 44
      traits.lacksRectification = draw >= 40
    case 60..<69 where pattern != .corrections: traits.isCorrected = true
    default: return
    }
    traits.mayHaveDefect = false
  }

  private func show(
    _ planting: Planting, in traits: inout Traits, _ random: inout SplitMix64
  ) {
    switch planting.pattern {
    case .oneMeasure: traits.measure = planting.measure
    case .fireFighting: traits.pace = planting.isImitation ? .almostFire : .fire
    case .copies: traits.analysis = planting.isImitation ? .alike : .copied
    case .noCauses: traits.analysis = .missing
    case .catchAll: traits.isCatchAll = true
    case .noFollowThrough:
      traits.lacksFollowThrough = true
      traits.lacksRectification = random.chance(400)
    case .corrections: traits.isCorrected = true
    case .target, .late, .jump, .bottom, .outOfLine, .recurring, .outsiders: return
    }
    traits.mayHaveDefect = false
  }

  private func isShown(_ group: GroupPlan, _ draft: CaseDraft) -> Bool {
    switch group.planting?.pattern {
    case nil: false
    case .target, .jump: true
    case .late: calendar.isInLastTenth(draft.traits.decidedOn)
    case .oneMeasure: draft.traits.measure != nil
    case .fireFighting: draft.traits.pace != .usual
    case .copies: draft.traits.analysis == .copied || draft.traits.analysis == .alike
    case .noCauses: draft.traits.analysis == .missing
    case .catchAll: draft.traits.isCatchAll
    case .bottom: draft.traits.bottom.contains(true)
    case .noFollowThrough: draft.traits.lacksFollowThrough
    case .corrections: draft.traits.isCorrected
    case .outOfLine, .recurring, .outsiders: false
    }
  }

  // MARK: - Days

  private static let monthWeights = [70, 50, 100, 110, 100, 120, 110, 100, 110, 80, 112, 122]

  /// The days of decision, in order; so many of them in the last tenth of the year, if that is set.
  private mutating func days(
    of group: GroupPlan, late: Int?, _ random: inout SplitMix64
  ) -> [Day] {
    if daysOfYear.year != group.year {
      daysOfYear = (group.year, [], [])
      let first = Day(year: group.year, month: 1, day: 1)
      for offset in 0..<calendar.days(in: group.year) where calendar.isWorking(first + offset) {
        let day = first + offset
        daysOfYear.days.append(day)
        daysOfYear.sums.append(
          (daysOfYear.sums.last ?? 0) + Archive.monthWeights[calendar.parts(of: day).month - 1])
      }
    }
    func draw() -> Day {
      let place = random.below(daysOfYear.sums[daysOfYear.sums.count - 1])
      var low = 0
      var high = daysOfYear.sums.count - 1
      while low < high {
        let middle = (low + high) / 2
        if daysOfYear.sums[middle] <= place { low = middle + 1 } else { high = middle }
      }
      return daysOfYear.days[low]
    }
    var days: [Day] = []
    days.reserveCapacity(group.count)
    while days.count < group.count {
      let isLate = late.map { days.count < $0 }
      let day = draw()
      if let isLate, calendar.isInLastTenth(day) != isLate { continue }
      days.append(day)
    }
    return days.sorted()
  }

  // MARK: - Subjects and cases

  /// Gives a few cases the days on which their subject comes again.
  private func placeRecurrences(
    _ group: GroupPlan, in cases: inout [Traits], _ random: inout SplitMix64
  ) {
    guard let recurrence = group.recurrences.first, cases.count >= recurrence.times else { return }
    let span = random.within(recurrence.days)
    let latest = calendar.days(in: group.year) - span - 15
    let first = Day(year: group.year, month: 1, day: 8) + random.below(latest)
    let chosen = random.choice(of: recurrence.times, among: cases.count)
    var time = 0
    for place in cases.indices where chosen[place] {
      let day = first + span * time / (recurrence.times - 1)
      cases[place].decidedOn = calendar.workingDay(onOrBefore: day)
      cases[place].recurring = Traits.Recurring(
        serial: -1, unit: .bureau(0), role: .bureauDeputy)
      cases[place].mayHaveDefect = false
      time += 1
    }
    cases.sort { $0.decidedOn < $1.decidedOn }
  }

  /// The subject of the first case is that of the others too.
  private func fixRecurringSubject(
    _ cases: inout [Traits], serial: Int, body: Body, _ random: inout SplitMix64
  ) {
    let role: Role = body.kind == .partyGroup ? .sectionHead : .bureauDeputy
    let subject = Traits.Recurring(
      serial: serial, unit: .bureau(random.below(Phrases.units.count)), role: role)
    for place in cases.indices where cases[place].recurring != nil {
      cases[place].recurring = subject
    }
  }

  private func placeOutsiders(
    _ group: GroupPlan, in cases: inout [Traits], _ random: inout SplitMix64
  ) {
    guard let outsiders = group.outsiders else { return }
    // Late enough to be launched in the same year.
    let april = Day(year: group.year, month: 4, day: 20)
    let first = cases.firstIndex { $0.decidedOn >= april } ?? cases.count
    let chosen = random.choice(of: outsiders.count, among: cases.count - first)
    for place in cases.indices.dropFirst(first) where chosen[place - first] {
      cases[place] = Traits(decidedOn: cases[place].decidedOn)
      cases[place].outsider =
        outsiders.merelyPropose ? .proposes : random.chance(700) ? .launches : .decides
      cases[place].circumstance = outsiders.circumstance
      cases[place].mayHaveDefect = false
    }
  }

  private func placeSingles(
    _ group: GroupPlan, in cases: inout [Traits], _ random: inout SplitMix64
  ) {
    guard !group.outOfLine.isEmpty || group.isolatedFires > 0 else { return }
    var places = Array(cases.indices)
    places.shuffle(using: &random)
    for (place, outOfLine) in zip(places.prefix(group.outOfLine.count).sorted(), group.outOfLine) {
      cases[place] = Traits(decidedOn: cases[place].decidedOn)
      cases[place].outOfLine = outOfLine
      cases[place].mayHaveDefect = false
    }
    for place in places.suffix(group.isolatedFires) {
      cases[place].pace = .fire
      cases[place].mayHaveDefect = false
    }
  }

  // MARK: - The ledger

  private mutating func recordFire(_ id: String) {
    ledger.planted.append(
      LedgerEntry(
        code: "WZ703", pattern: Pattern.fireFighting.rawValue, scope: "case",
        key: LedgerEntry.Key(id: id), strength: 1, size: 1, cases: [id]))
  }

  private mutating func recordPlanting(_ index: Int, _ shown: [String]) {
    let group = plan.groups[index]
    guard let planting = group.planting else { return }
    let tally = tallies[index]
    let strength: Double =
      switch planting.pattern {
      case .target: Double(planting.target)
      case .jump: deviations(index, \.cases) ?? 0
      default: tally.share(planting.pattern) ?? 0
      }
    let reason: String? =
      !planting.isNearMiss
      ? nil
      : tally.cases < planting.pattern.minimum(plan.options.thresholds)
        ? "too few" : planting.isImitation ? "imitation" : "below"
    let entry = LedgerEntry(
      code: planting.pattern.code, pattern: planting.pattern.rawValue, scope: "group",
      key: key(group), strength: strength, size: tally.cases, reason: reason, cases: shown)
    if planting.isNearMiss { ledger.nearMisses.append(entry) } else { ledger.planted.append(entry) }
  }

  private func key(_ group: GroupPlan) -> LedgerEntry.Key {
    LedgerEntry.Key(body: plan.bodies.all[group.body].text, year: group.year)
  }

  private mutating func recordRecurrence(
    _ group: GroupPlan, _ body: Body, _ cases: [Traits], _ ids: [String]
  ) {
    guard let recurrence = group.recurrences.first,
      let subject = cases.first(where: { $0.recurring != nil })?.recurring
    else { return }
    let entry = LedgerEntry(
      code: "WZ708", pattern: Pattern.recurring.rawValue, scope: "subject",
      key: LedgerEntry.Key(
        body: body.text, year: group.year, subject: Names.text(subject.serial)),
      strength: Double(recurrence.times), size: recurrence.times,
      reason: recurrence.isNearMiss
        ? (recurrence.times < 3 ? "too few" : "over more than six months") : nil,
      cases: ids)
    if recurrence.isNearMiss {
      ledger.nearMisses.append(entry)
    } else {
      ledger.planted.append(entry)
    }
  }

  private mutating func recordOutsiders() {
    let circumstances = Circumstance.all.count
    for (area, found) in outsiders.sorted(by: { $0.key < $1.key }) {
      let share = found.merelyPropose ? 0 : Double(found.cases.count) / Double(launched[area])
      let entry = LedgerEntry(
        code: "WZ710", pattern: Pattern.outsiders.rawValue, scope: "area",
        key: LedgerEntry.Key(
          year: area / circumstances + plan.options.years.lowerBound - 1,
          area: Circumstance.all[area % circumstances].area),
        strength: share, size: launched[area],
        reason: found.merelyPropose ? "they merely propose" : nil, cases: found.cases)
      if found.merelyPropose {
        ledger.nearMisses.append(entry)
      } else {
        ledger.planted.append(entry)
      }
    }
  }

  /// By how many deviations a figure exceeds each of the two years before.
  private func deviations(_ index: Int, _ figure: KeyPath<Tally, Int>) -> Double? {
    guard let most = most(figure, before: index, years: 2), most > 0 else { return nil }
    return Double(tallies[index][keyPath: figure] - most) / Double(most).squareRoot()
  }

  /// Whether a figure is beyond what chance leaves room for after each of so many years before.
  ///
  /// Of the small counts of a year, deviations tell that only roughly.
  private func exceeds(
    _ figure: KeyPath<Tally, Int>, _ index: Int, years: Int = 2
  ) -> Bool {
    guard let most = most(figure, before: index, years: years) else { return false }
    let bound = poissonBound(mean: Double(most), confidence: plan.options.thresholds.confidence)
    return tallies[index][keyPath: figure] > bound
  }

  private func most(_ figure: KeyPath<Tally, Int>, before index: Int, years: Int) -> Int? {
    stride(from: index - plan.bodies.all.count, through: 0, by: -plan.bodies.all.count)
      .prefix(years).map { tallies[$0][keyPath: figure] }.max()
  }

  /// Organisations that came up three times within six months: their names are few, and nothing of
  /// that is planted.
  private mutating func recordOrganisations() {
    for (name, days) in writer.organisations.sorted(by: { $0.key < $1.key }) {
      let days = days.sorted()
      var years: Set<Int> = []
      for place in days.indices.dropFirst(2) where days[place] - days[place - 2] <= 184 {
        years.insert(calendar.parts(of: days[place]).year)
      }
      for year in years.sorted() {
        ledger.byChance.append(
          LedgerEntry(
            code: "WZ708", pattern: Pattern.recurring.rawValue, scope: "subject",
            key: LedgerEntry.Key(year: year, subject: name), strength: Double(days.count),
            size: days.count, cases: []))
      }
    }
  }

  /// Groups beyond a threshold in which that was not planted.
  private mutating func recordGroups() {
    let thresholds = plan.options.thresholds
    for (index, group) in plan.groups.enumerated() {
      let tally = tallies[index]
      for pattern in Pattern.ofGroups where group.planting?.pattern != pattern {
        // What is told of the group is right already; a near miss of another sign says nothing of this.
        if let planting = group.planting, !planting.isNearMiss,
          planting.pattern.code == pattern.code
        {
          continue
        }
        guard tally.cases >= pattern.minimum(thresholds) else { continue }
        let strength: Double
        if let threshold = pattern.threshold(thresholds), let share = tally.share(pattern) {
          let shown = Int((share * Double(tally.cases)).rounded())
          guard share > threshold, shown >= pattern.habit(thresholds) else { continue }
          strength = share
        } else if pattern == .jump, group.year > plan.options.years.lowerBound + 1,
          let jump = deviations(index, \.cases),
          exceeds(\.cases, index), !exceeds(\.leads, index, years: 1)
        {
          strength = jump
        } else {
          continue
        }
        ledger.byChance.append(
          LedgerEntry(
            code: pattern.code, pattern: pattern.rawValue, scope: "group", key: key(group),
            strength: strength, size: tally.cases, cases: []))
      }
    }
  }
}
