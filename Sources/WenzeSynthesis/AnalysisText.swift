/// An analysis of causes: which phrases it is made of, and its figures.
struct AnalysisText: Sendable {
  var objective = 0
  var subjective = 0
  var secondSubjective = 0
  var lapse = 0
  var secondLapse = 0
  var weighing = 0
  var count = 0
  var amount = 0
  var stake = 0
  var months = 0
  var month = 0

  init(_ random: inout SplitMix64) {
    objective = random.below(Phrases.objective.count)
    subjective = random.below(Phrases.subjective.count)
    secondSubjective = random.below(Phrases.subjective.count)
    lapse = random.below(Phrases.lapses.count)
    secondLapse = random.below(Phrases.lapses.count)
    weighing = random.below(Phrases.weighings.count)
    redrawFigures(&random)
  }

  /// The same phrases with figures of its own.
  mutating func redrawFigures(_ random: inout SplitMix64) {
    count = random.within(2...96)
    amount = random.within(3...900)
    stake = random.below(Phrases.stakes.count)
    months = random.within(2...11)
    month = random.within(1...12)
  }

  func write(to json: inout JSONBytes) {
    json.raw("客观上，")
    json.raw(Phrases.objective[objective])
    json.raw("，涉及")
    json.digits(count)
    json.raw(Phrases.stakes[stake])
    json.raw("、资金")
    json.digits(amount)
    json.raw("万元；主观上，")
    json.raw("有关负责人")
    json.raw(Phrases.subjective[subjective])
    json.raw("，")
    json.raw(Phrases.subjective[secondSubjective])
    json.raw("，自")
    json.digits(month)
    json.raw("月起")
    json.digits(months)
    json.raw("个月内")
    json.raw(Phrases.lapses[lapse])
    json.raw("，")
    json.raw(Phrases.lapses[secondLapse])
    json.raw("。")
    json.raw(Phrases.weighings[weighing])
    json.raw("。")
  }
}
