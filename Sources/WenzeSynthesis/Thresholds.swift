/// From where on a group stands out: what is planted lies above, what just misses it below.
///
/// They are the parameters of the rules WZ701…WZ711 as the pack 跑偏现象 has them; a run may set others.
package struct Thresholds: Sendable {
  /// The least number of cases of a group that is judged.
  package var minimum = 10
  /// The same for the catch-all, whose share is small (WZ705).
  package var minimumForCatchAll = 20
  /// The least number of cases that make a habit, besides their share (WZ705, WZ711).
  package var habit = 3
  /// The least number of like cases to which a measure is compared.
  package var minimumOfLike = 40
  /// The share decided in the last tenth of the year (WZ701).
  package var late = 0.50
  /// By how many standard deviations of a Poisson count a year that is planted exceeds either of the
  /// two before it, at least about twice (WZ701); 2.33 leave about one in a hundred to chance.
  package var deviations = 2.33
  /// What chance leaves a Poisson count below, where nothing was planted (WZ701).
  package var confidence = 0.99
  package var oneMeasure = 0.80
  /// The share of all cases; each of them is told by itself.
  package var fireFighting = 0.20
  package var mechanical = 0.30
  package var catchAll = 0.05
  package var bottom = 0.70
  package var noFollowThrough = 0.50
  package var corrections = 0.10

  package init() {}

  /// Sets one by the code of its rule, or by `minimum`, `like`, `late`, `deviations` or
  /// `confidence`.
  package mutating func set(_ name: String, to value: Double) -> Bool {
    switch name {
    case "minimum": minimum = Int(value)
    case "catch_all": minimumForCatchAll = Int(value)
    case "habit": habit = Int(value)
    case "like": minimumOfLike = Int(value)
    case "late": late = value
    case "deviations": deviations = value
    case "confidence": confidence = value
    case "WZ702": oneMeasure = value
    case "WZ703": fireFighting = value
    case "WZ704": mechanical = value
    case "WZ705": catchAll = value
    case "WZ706": bottom = value
    case "WZ709": noFollowThrough = value
    case "WZ711": corrections = value
    default: return false
    }
    return true
  }
}

/// What is planted in the cases of a body in a year, or in cases and subjects of it.
package enum Pattern: String, CaseIterable, Sendable {
  case target
  case late
  case jump
  case oneMeasure = "one_measure"
  case fireFighting = "fire_fighting"
  case copies
  case noCauses = "no_causes"
  case catchAll = "catch_all"
  case bottom
  case outOfLine = "out_of_line"
  case recurring
  case noFollowThrough = "no_follow_through"
  case outsiders
  case corrections

  /// The rule that tells it.
  package var code: String {
    switch self {
    case .target, .late, .jump: "WZ701"
    case .oneMeasure: "WZ702"
    case .fireFighting: "WZ703"
    case .copies, .noCauses: "WZ704"
    case .catchAll: "WZ705"
    case .bottom: "WZ706"
    case .outOfLine: "WZ707"
    case .recurring: "WZ708"
    case .noFollowThrough: "WZ709"
    case .outsiders: "WZ710"
    case .corrections: "WZ711"
    }
  }

  /// Those that make a whole group of body and year stand out.
  static let ofGroups: [Pattern] = [
    .jump, .target, .late, .oneMeasure, .fireFighting, .copies, .noCauses, .catchAll, .bottom,
    .noFollowThrough, .corrections,
  ]

  /// The least number of cases of a group in which it is told.
  func minimum(_ thresholds: Thresholds) -> Int {
    self == .catchAll
      ? max(thresholds.minimum, thresholds.minimumForCatchAll) : thresholds.minimum
  }

  /// The least number of cases that show it.
  func habit(_ thresholds: Thresholds) -> Int {
    switch self {
    case .catchAll, .corrections: thresholds.habit
    default: 1
    }
  }

  /// The share from which the group stands out; nil where it is not about a share.
  func threshold(_ thresholds: Thresholds) -> Double? {
    switch self {
    case .late: thresholds.late
    case .oneMeasure: thresholds.oneMeasure
    case .fireFighting: thresholds.fireFighting
    case .copies, .noCauses: thresholds.mechanical
    case .catchAll: thresholds.catchAll
    case .bottom: thresholds.bottom
    case .noFollowThrough: thresholds.noFollowThrough
    case .corrections: thresholds.corrections
    case .target, .jump, .outOfLine, .recurring, .outsiders: nil
    }
  }
}
