/// What an archive is to hold.
package struct ArchiveOptions: Sendable {
  package var cases: Int
  package var seed: UInt64
  package var years: ClosedRange<Int>
  package var bodies: Int
  package var thresholds = Thresholds()
  /// The field of an indicator that holds its target, for packs that declare one.
  package var targetField: String?

  package init(cases: Int, seed: UInt64, years: ClosedRange<Int>, bodies: Int) {
    self.cases = cases
    self.seed = seed
    self.years = years
    self.bodies = bodies
  }
}

/// What the cases of a body in a year are to show.
struct Planting: Sendable {
  var pattern: Pattern
  var isNearMiss = false
  /// Cases that are like the pattern, and not it: somewhat slower, somewhat alike.
  var isImitation = false
  /// The part of the cases that show it.
  var share = 0.0
  var measure = Measure.admonition
  /// The count that a scheme of assessment names.
  var target = 0
}

/// The cases that one body decides in one year.
struct GroupPlan: Sendable {
  var body: Int
  var year: Int
  var expected: Double
  var count = 0
  var planting: Planting?
  /// How many cases before it: those of earlier groups.
  var firstCase = 0
  var outsiders: Outsiders?
  var recurrences: [Recurrence] = []
  var outOfLine: [OutOfLine] = []
  var isolatedFires = 0
  /// Cases at the end that come from no lead.
  var casesWithoutLead = 0

  var isFree: Bool {
    planting == nil && outsiders == nil && recurrences.isEmpty && outOfLine.isEmpty
      && isolatedFires == 0
  }
}

/// Cases of one circumstance that an outsider launches or decides, or merely proposes.
struct Outsiders: Sendable {
  var circumstance: Int
  var count: Int
  var merelyPropose: Bool
}

/// A subject that is held accountable again and again.
struct Recurrence: Sendable {
  var times: Int
  /// Days from the first decision to the last.
  var days: ClosedRange<Int>
  var isNearMiss: Bool
}

/// A measure outside what like cases got.
struct OutOfLine: Sendable {
  var harm: Harm
  var responsibility: Responsibility
  var measure: Measure

  static let all = [
    OutOfLine(harm: .considerable, responsibility: .primary, measure: .seriousWarning),
    OutOfLine(harm: .major, responsibility: .primary, measure: .admonition),
    OutOfLine(harm: .considerable, responsibility: .secondary, measure: .warning),
    OutOfLine(harm: .major, responsibility: .primary, measure: .probation),
  ]
}

/// How many cases each body decides in each year, and what is planted where.
struct Plan: Sendable {
  var options: ArchiveOptions
  var bodies: Bodies
  var groups: [GroupPlan] = []

  private var random: SplitMix64

  init(_ options: ArchiveOptions) {
    self.options = options
    bodies = Bodies(count: options.bodies, seed: options.seed)
    random = SplitMix64(seed: options.seed, -2)
    let total = bodies.all.reduce(0) { $0 + $1.weight } * Double(options.years.count)
    for year in options.years {
      for body in bodies.all.indices {
        groups.append(
          GroupPlan(
            body: body, year: year,
            expected: Double(options.cases) * bodies.all[body].weight / total))
      }
    }
    plantGroups()
    drawCounts()
    setJumps()
    spread(options.cases - groups.reduce(0) { $0 + $1.count })
    for index in groups.indices {
      guard let planting = groups[index].planting, planting.pattern == .target else { continue }
      let count = groups[index].count
      groups[index].planting?.target =
        count + (planting.isNearMiss ? [-3, -2, 2, 3][random.below(4)] : 0)
    }
    plantTooFew()
    plantOutsiders()
    plantCases()
    var firstCase = 0
    for index in groups.indices {
      groups[index].firstCase = firstCase
      firstCase += groups[index].count
    }
  }

  private var thresholds: Thresholds { options.thresholds }

  private func index(_ body: Int, _ year: Int) -> Int {
    (year - options.years.lowerBound) * bodies.all.count + body
  }

  // MARK: - Groups

  private mutating func plantGroups() {
    var free = groups.indices.filter {
      groups[$0].expected >= Plan.expectation(for: thresholds.minimum)
    }
    free.shuffle(using: &random)
    let planted = min(8, max(1, free.count / (Pattern.ofGroups.count * 5)))
    let missed = max(1, planted * 2 / 3)
    // The first ones go round all patterns, in case there are not enough for all.
    for round in 0..<(planted + missed) {
      for pattern in Pattern.ofGroups {
        // Most groups stay as they come: they also take what the others leave.
        guard groups.count(where: { $0.planting != nil }) < groups.count / 2 else { return }
        let isNearMiss = round % 5 < 3 ? round % 2 == 1 : round % 5 == 4
        guard let place = free.firstIndex(where: { allows(pattern, groups[$0]) }) else { continue }
        plant(pattern, isNearMiss: isNearMiss, round: round, in: free.remove(at: place))
      }
    }
  }

  /// From what mean on a drawn count is hardly ever below a minimum.
  private static func expectation(for minimum: Int) -> Double {
    Double(minimum) + 2 * Double(minimum).squareRoot()
  }

  /// Whether a group can take a pattern: a jump wants years before it, in which nothing is set.
  private func allows(_ pattern: Pattern, _ group: GroupPlan) -> Bool {
    let others = options.years.filter { $0 != group.year }
      .compactMap { groups[index(group.body, $0)].planting?.pattern }
    switch pattern {
    case .jump:
      let years = group.year - options.years.lowerBound
      return years >= min(2, options.years.count - 1) && years > 0
        && !others.contains(.target) && !others.contains(.jump)
    case .target: return !others.contains(.jump)
    case .bottom:
      // Others manage hardly anybody else.
      let kind = bodies.all[group.body].kind
      return kind == .disciplineCommission || kind == .committee
    case .catchAll:
      return group.expected
        >= Plan.expectation(for: pattern.minimum(thresholds)) || group.count > 0
    default: return true
    }
  }

  private mutating func plant(_ pattern: Pattern, isNearMiss: Bool, round: Int, in index: Int) {
    var planting = Planting(pattern: pattern, isNearMiss: isNearMiss)
    if let threshold = pattern.threshold(thresholds) {
      if isNearMiss {
        planting.share = threshold * (0.72 + 0.2 * random.fraction())
        // Of fire-fighting each case is told, so that only what is slower is none.
        planting.isImitation = pattern == .fireFighting || pattern == .copies && round % 4 == 1
        if planting.isImitation { planting.share = min(0.9, threshold * 2) }
      } else {
        let factor = threshold * (1.3 + 1.2 * random.fraction())
        let part = threshold + (1 - threshold) * (0.2 + 0.4 * random.fraction())
        planting.share = min(factor, part)
      }
    }
    let expected = groups[index].expected
    switch pattern {
    case .oneMeasure:
      let measures: [Measure] = [.admonition, .notice, .admonition, .warning]
      planting.measure = measures[round % measures.count]
    case .target:
      // A round number, which is met exactly, or just not.
      let step = expected < 100 ? 5.0 : 10.0
      groups[index].count = Int((expected / step).rounded(.up) * step)
    case .jump:
      // In deviations from the years before, whose counts are not drawn yet.
      planting.share =
        isNearMiss
        ? thresholds.deviations * (0.5 + 0.2 * random.fraction())
        : thresholds.deviations * (2.2 + 1.5 * random.fraction())
      groups[index].count = Int(expected)
    default: break
    }
    groups[index].planting = planting
  }

  /// Draws the counts that are not set, and brings them to the sum that was asked for.
  private mutating func drawCounts() {
    for index in groups.indices where groups[index].count == 0 {
      let least = groups[index].planting.map { $0.pattern.minimum(thresholds) + 2 } ?? 0
      groups[index].count = max(least, random.poisson(groups[index].expected))
    }
    spread(options.cases - groups.reduce(0) { $0 + $1.count })
  }

  /// Sets the counts that are to jump, or nearly so, against each of the two years before.
  private mutating func setJumps() {
    for place in groups.indices {
      guard let planting = groups[place].planting, planting.pattern == .jump else { continue }
      let before = options.years.filter { $0 < groups[place].year }.suffix(2)
        .map { Double(groups[index(groups[place].body, $0)].count) }
      guard let least = before.min(), let most = before.max() else { continue }
      let base = planting.isNearMiss ? least : most
      let more = planting.share * base.squareRoot()
      groups[place].count = Int(base + (planting.isNearMiss ? more : max(more, base * 0.4)))
      // The leads do not jump with it.
      groups[place].casesWithoutLead = max(0, groups[place].count - Int(least))
    }
  }

  /// Adds cases to groups that are not set, or takes them away, each by chance and its size.
  private mutating func spread(_ difference: Int) {
    // Not those on which jumps were measured.
    let isMeasured = Set(
      groups.indices.filter { groups[$0].planting?.pattern == .jump }.map { groups[$0].body })
    let plain = groups.indices.filter { groups[$0].planting == nil }
    let apart = plain.filter { !isMeasured.contains(groups[$0].body) }
    let open = apart.isEmpty ? plain : apart
    var sums: [Double] = []
    for index in open { sums.append((sums.last ?? 0) + groups[index].expected) }
    var rest = difference
    while rest != 0, let total = sums.last {
      let place = random.fraction() * total
      var low = 0
      var high = sums.count - 1
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] <= place { low = middle + 1 } else { high = middle }
      }
      let index = open[low]
      if rest < 0, groups[index].count == 0 {
        guard open.contains(where: { groups[$0].count > 0 }) else { break }
        continue
      }
      groups[index].count += rest > 0 ? 1 : -1
      rest += rest > 0 ? -1 : 1
    }
  }

  /// Groups too small to be judged, in which a pattern is as strong as can be.
  private mutating func plantTooFew() {
    let patterns: [Pattern] = [
      .oneMeasure, .noFollowThrough, .bottom, .copies, .late, .corrections, .catchAll, .noCauses,
    ]
    let small = groups.indices.filter {
      groups[$0].planting == nil && groups[$0].count >= thresholds.minimum / 2
        && groups[$0].count < thresholds.minimum
    }
    for (place, index) in small.enumerated() where place < patterns.count {
      let pattern = patterns[place]
      guard allows(pattern, groups[index]) else { continue }
      let threshold = pattern.threshold(thresholds) ?? 0
      groups[index].planting = Planting(
        pattern: pattern, isNearMiss: true, share: threshold + (1 - threshold) * 0.5)
    }
  }

  // MARK: - Areas, subjects and cases

  private mutating func plantOutsiders() {
    var choices = options.years.flatMap { year in
      (0..<Circumstance.catchAll).map { (year: year, circumstance: $0) }
    }
    choices.shuffle(using: &random)
    let planted = min(8, max(1, choices.count / 8))
    var done = 0
    for (year, circumstance) in choices where done < planted * 2 {
      let inYear = groups.indices.filter { groups[$0].year == year }
      let count =
        inYear.reduce(0) { $0 + groups[$1].count } * Circumstance.all[circumstance].weight / 100
      let free = inYear.filter { groups[$0].isFree && groups[$0].count >= 5 }
      guard count >= thresholds.minimum * 2, !free.isEmpty else { continue }
      let isNearMiss = done % 2 == 1
      var left = max(1, Int(Double(count) * (0.005 + 0.025 * random.fraction())))
      if isNearMiss { left = max(3, count / 10) }
      for index in free where left > 0 {
        let taken = min(left, max(1, groups[index].count / 5))
        groups[index].outsiders = Outsiders(
          circumstance: circumstance, count: taken, merelyPropose: isNearMiss)
        left -= taken
      }
      done += 1
    }
  }

  private mutating func plantCases() {
    var free = groups.indices.filter { groups[$0].isFree && groups[$0].count >= 12 }
    free.shuffle(using: &random)
    let subjects = min(12, max(2, free.count / 8))
    for place in 0..<(subjects * 2) {
      guard let index = free.popLast() else { return }
      let recurrence: Recurrence =
        switch place % 4 {
        case 0: Recurrence(times: 3, days: 40...150, isNearMiss: false)
        case 1: Recurrence(times: 2, days: 20...120, isNearMiss: true)
        case 2:
          Recurrence(times: groups[index].count >= 24 ? 4 : 3, days: 60...165, isNearMiss: false)
        default: Recurrence(times: 3, days: 200...260, isNearMiss: true)
        }
      groups[index].recurrences = [recurrence]
    }
    // Few against their like, so that the range of these does not take them in.
    let strange = min(40, max(2, options.cases / 3000))
    // Where the like are most: bodies of counties and cities.
    let usual = free.filter {
      let body = bodies.all[groups[$0].body]
      return body.level == .county && body.kind != .partyGroup
    }
    for place in 0..<strange where !usual.isEmpty {
      groups[usual[place % usual.count]].outOfLine.append(
        OutOfLine.all[place % OutOfLine.all.count])
    }
    free.removeAll { !groups[$0].outOfLine.isEmpty }
    for _ in 0..<min(10, max(1, free.count / 10)) {
      guard let index = free.popLast() else { return }
      groups[index].isolatedFires = 1
    }
  }
}
