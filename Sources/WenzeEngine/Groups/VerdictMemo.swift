import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Verdicts on groups by the figures that led to them.
///
/// Conditions ask for one figure after another until they are settled, and go on by its value; so
/// groups whose figures are alike as far as they are asked for have one verdict. Of a million groups
/// nearly all have one element.
struct VerdictMemo {
  private var nodes: [Node] = []

  private enum Node {
    case ask(GroupTable.Figure, answers: [(value: Value, next: Int)])
    case verdict(Verdict)
  }

  /// How many values of a figure are told apart: a figure with many is not worth remembering.
  private static let answerLimit = 16

  /// The verdict where it is remembered; the closure gives a figure, or nil where that takes long.
  func verdict(_ figure: (GroupTable.Figure) -> Value?) -> Verdict? {
    guard !nodes.isEmpty else { return nil }
    var place = 0
    while true {
      switch nodes[place] {
      case .verdict(let verdict): return verdict
      case .ask(let asked, let answers):
        guard let value = figure(asked),
          let answer = answers.first(where: { $0.value == value })
        else { return nil }
        place = answer.next
      }
    }
  }

  mutating func remember(
    _ verdict: Verdict, after asked: [(figure: GroupTable.Figure, value: Value)]
  ) {
    var place = 0
    for (number, question) in asked.enumerated() {
      if place == nodes.count { nodes.append(.ask(question.figure, answers: [])) }
      guard case .ask(let figure, var answers) = nodes[place], figure == question.figure else {
        return
      }
      if let known = answers.first(where: { $0.value == question.value }) {
        place = known.next
        continue
      }
      guard answers.count < Self.answerLimit else { return }
      answers.append((question.value, nodes.count))
      nodes[place] = .ask(figure, answers: answers)
      place = nodes.count
      if number == asked.count - 1 { nodes.append(.verdict(verdict)) }
    }
    if asked.isEmpty, nodes.isEmpty { nodes.append(.verdict(verdict)) }
  }
}

extension Rule {
  /// Whether a verdict on a group rests on nothing but the figures of the group and on which laws
  /// are in force.
  func restsOnFigures(in ruleSet: RuleSet) -> Bool {
    guard let aggregation, !aggregation.isEach else { return false }
    let keys = Set(aggregation.keys.map(\.slot))
    let conditions = applies + exceptions.map(\.condition) + [requirement]
    return conditions.flatMap(\.descendants).allSatisfy { term in
      switch term.kind {
      // Which values there may be depends on the elements that are in no group.
      case .figure(.values, _, _), .previous, .whole, .beside, .listed: false
      case .parameter(let number): ruleSet.parameters[number].dated.isEmpty
      case .variable(let slot): !keys.contains(slot)
      default: true
      }
    }
  }

  /// The laws whose intervals bear on a verdict.
  func datedLaws(in ruleSet: RuleSet) -> [Int] {
    ([law] + exceptions.map { $0.citations.first?.law }).compactMap { $0 }
      .filter { ruleSet.laws[$0].effective != nil || ruleSet.laws[$0].ends != nil }
  }
}
