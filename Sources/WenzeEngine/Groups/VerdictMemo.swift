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

  /// What a condition asks of a group.
  enum Question: Equatable {
    case figure(GroupTable.Figure)
    /// Whether something is known of the period before.
    case hasPrevious
    case previousFigure(GroupTable.Figure)
  }

  private enum Node {
    case ask(Question, answers: [(value: Value, next: Int)])
    case verdict(Verdict)
  }

  /// How many values of a figure are told apart: a figure with many is not worth remembering.
  private static let answerLimit = 16

  /// The verdict where it is remembered; the closure answers a question, or gives nil where that
  /// takes long.
  func verdict(_ answer: (Question) -> Value?) -> Verdict? {
    guard !nodes.isEmpty else { return nil }
    var place = 0
    while true {
      switch nodes[place] {
      case .verdict(let verdict): return verdict
      case .ask(let question, let answers):
        guard let value = answer(question),
          let known = answers.first(where: { $0.value == value })
        else { return nil }
        place = known.next
      }
    }
  }

  mutating func remember(_ verdict: Verdict, after asked: [(question: Question, value: Value)]) {
    var place = 0
    for (number, (question, value)) in asked.enumerated() {
      if place == nodes.count { nodes.append(.ask(question, answers: [])) }
      guard case .ask(let known, var answers) = nodes[place], known == question else { return }
      if let answer = answers.first(where: { $0.value == value }) {
        place = answer.next
        continue
      }
      guard answers.count < Self.answerLimit else { return }
      answers.append((value, nodes.count))
      nodes[place] = .ask(question, answers: answers)
      place = nodes.count
      if number == asked.count - 1 { nodes.append(.verdict(verdict)) }
    }
    if asked.isEmpty, nodes.isEmpty { nodes.append(.verdict(verdict)) }
  }
}

extension Rule {
  /// The conditions that a verdict rests on.
  var conditions: [Term] { applies + exceptions.map(\.condition) + [requirement] }

  /// Whether a verdict on a group rests on nothing but figures of the group and of the period
  /// before, and on which laws are in force.
  func restsOnFigures(in ruleSet: RuleSet) -> Bool {
    guard let aggregation, !aggregation.isEach else { return false }
    let keys = Set(aggregation.keys.map(\.slot))
    return conditions.flatMap(\.descendants).allSatisfy { term in
      switch term.kind {
      // Which values there may be depends on the elements that are in no group.
      case .figure(.values, _, _), .whole, .beside, .listed: false
      case .previous(let base):
        !base.descendants.contains { if case .previous = $0.kind { true } else { false } }
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
