/// A place with the bodies that hold accountable in it.
struct Area: Sendable {
  var name: [UInt8]
  var level: Level

  var text: String { String(decoding: name, as: UTF8.self) }
}

/// A standing body that decides accountability cases.
struct Body: Sendable {
  /// Its place among the bodies, from 1.
  var number: Int
  var name: [UInt8]
  var kind: BodyKind
  var level: Level
  var area: Int
  /// How many cases it has, against others.
  var weight: Double

  var text: String { String(decoding: name, as: UTF8.self) }
}

/// The areas of an archive and their bodies, the same for the same number of bodies and seed.
struct Bodies: Sendable {
  private(set) var areas: [Area] = []
  private(set) var all: [Body] = []

  init(count: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed, -1)
    var counties = 0
    var cities = 0
    while all.count < count {
      let level: Level =
        areas.isEmpty && count >= 30 ? .province : areas.count % 5 == 1 ? .city : .county
      let name: String
      switch level {
      case .province: name = "甲省"
      case .city:
        name = Bodies.name(ofCity: cities)
        cities += 1
      default:
        name = Bodies.name(ofCounty: counties)
        counties += 1
      }
      areas.append(Area(name: Array(name.utf8), level: level))
      for (suffix, kind, weight) in Bodies.templates(level) where all.count < count {
        all.append(
          Body(
            number: all.count + 1,
            name: Array((name + suffix).utf8), kind: kind, level: level, area: areas.count - 1,
            weight: weight))
      }
    }
    // A power law over the bodies in an order of chance, besides what their kind says.
    var order = Array(all.indices)
    order.shuffle(using: &random)
    for (place, body) in order.enumerated() {
      let rank = Double(place + 3)
      // rank^−0.75, by roots alone: the same bits on every machine.
      all[body].weight /= (rank.squareRoot() * rank.squareRoot().squareRoot())
    }
  }

  private static func templates(_ level: Level) -> [(String, BodyKind, Double)] {
    switch level {
    case .province:
      [
        ("纪委", .disciplineCommission, 3), ("省委", .committee, 1.5),
        ("省委组织部", .workingOrgan, 1), ("应急管理厅党组", .partyGroup, 1),
        ("省直属机关工委", .organsCommittee, 1),
      ]
    case .city:
      [
        ("纪委", .disciplineCommission, 4), ("市委", .committee, 1.5),
        ("应急管理局党组", .partyGroup, 1), ("市委组织部", .workingOrgan, 1.2),
        ("民政局党组", .partyGroup, 0.8), ("市直属机关工委", .organsCommittee, 1),
        ("纪委监委派驻第二纪检监察组", .dispatchedOffice, 1),
      ]
    default:
      [
        ("纪委", .disciplineCommission, 3), ("县委", .committee, 1.5),
        ("县委组织部", .workingOrgan, 1), ("纪委监委派驻第一纪检监察组", .dispatchedOffice, 1),
        ("县直属机关工委", .organsCommittee, 0.8),
      ]
    }
  }

  private static let stems = Array("甲乙丙丁戊己庚辛壬癸")
  private static let branches = Array("子丑寅卯辰巳午未申酉戌亥")

  private static func name(ofCity place: Int) -> String {
    let tens = place / stems.count
    return (tens > 0 ? "\(stems[(tens - 1) % stems.count])" : "")
      + "\(stems[place % stems.count])" + (tens > stems.count ? "\(tens)" : "") + "市"
  }

  private static func name(ofCounty place: Int) -> String {
    let round = place / 60
    return (round > 0 ? name(ofCity: round - 1) : "")
      + "\(stems[place % stems.count])\(branches[place % branches.count])县"
  }
}
