package import WenzeModel
package import WenzeSemantics
import WenzeSyntax

/// What the elements of a group add up to.
///
/// Summaries are exact, except that texts are kept as their ``TextSignature``. They merge: the
/// summary of two sets of elements together is the merger of the summary of each, in any order.
package enum GroupSummary: Hashable, Sendable {
  case size(Int)
  /// Elements for which a condition holds, for which it is known, and for which it is not.
  case condition(holding: Int, known: Int, leftOut: Int)
  /// How often each value occurs.
  case tally([Value: Int], leftOut: Int)
  case dated([DatedValue: Int], leftOut: Int)
  case texts([TextSignature: Int], leftOut: Int)

  /// A value with the date by which it is first or last.
  package struct DatedValue: Hashable, Sendable {
    package var value: Value
    package var date: CalendarDate
  }

  /// The summary of no elements.
  package init(_ kind: Aggregation.Summary.Kind) {
    switch kind {
    case .size: self = .size(0)
    case .condition: self = .condition(holding: 0, known: 0, leftOut: 0)
    case .tally: self = .tally([:], leftOut: 0)
    case .dated: self = .dated([:], leftOut: 0)
    case .texts: self = .texts([:], leftOut: 0)
    }
  }

  /// How many elements do not record what is collected.
  package var leftOut: Int {
    switch self {
    case .size: 0
    case .condition(_, _, let leftOut), .tally(_, let leftOut), .dated(_, let leftOut),
      .texts(_, let leftOut):
      leftOut
    }
  }

  /// Adds an element, or some that are the same, by what is collected of it; a list counts with each
  /// of its elements.
  ///
  /// What is known not to exist is no value, and is not missed.
  package mutating func add(_ value: Value, on date: Value = .unknown, times: Int = 1) {
    if case .list(let list) = value {
      for element in list.elements { add(element.value, on: date, times: times) }
      if list.isOpen { add(.unknown, on: date, times: times) }
      return
    }
    switch self {
    case .size(let count):
      self = .size(count + times)
    case .condition(var holding, var known, var leftOut):
      switch value.truth {
      case .yes: (holding, known) = (holding + times, known + times)
      case .no: known += times
      case .unknown: leftOut += times
      }
      self = .condition(holding: holding, known: known, leftOut: leftOut)
    case .tally(var values, var leftOut):
      self = .size(0)
      if !value.isCertain {
        leftOut += times
      } else if value != .none {
        values[value, default: 0] += times
      }
      self = .tally(values, leftOut: leftOut)
    case .dated(var values, var leftOut):
      self = .size(0)
      if value != .none, date != .none {
        if case .date(let date) = date, value.isCertain {
          values[DatedValue(value: value, date: date), default: 0] += times
        } else {
          leftOut += times
        }
      }
      self = .dated(values, leftOut: leftOut)
    case .texts(var signatures, var leftOut):
      self = .size(0)
      if case .text(let text) = value, let signature = TextSignature(of: text) {
        signatures[signature, default: 0] += times
      } else if value != .none {
        leftOut += times
      }
      self = .texts(signatures, leftOut: leftOut)
    }
  }

  /// Adds elements by the signature of their text.
  mutating func add(_ signature: TextSignature, times: Int) {
    guard case .texts(var signatures, let leftOut) = self else { return }
    self = .size(0)
    signatures[signature, default: 0] += times
    self = .texts(signatures, leftOut: leftOut)
  }

  /// Adds the elements of another summary of the same thing.
  package mutating func merge(_ other: GroupSummary) {
    // Each value is taken out of the summary before it grows, since a shared dictionary is copied.
    switch other {
    case .size(let more):
      guard case .size(let count) = self else { break }
      self = .size(count + more)
      return
    case .condition(let a, let b, let c):
      guard case .condition(let holding, let known, let leftOut) = self else { break }
      self = .condition(holding: holding + a, known: known + b, leftOut: leftOut + c)
      return
    case .tally(let more, let moreLeftOut):
      guard case .tally(var values, let leftOut) = self else { break }
      self = .size(0)
      values.merge(more, uniquingKeysWith: +)
      self = .tally(values, leftOut: leftOut + moreLeftOut)
      return
    case .dated(let more, let moreLeftOut):
      guard case .dated(var values, let leftOut) = self else { break }
      self = .size(0)
      values.merge(more, uniquingKeysWith: +)
      self = .dated(values, leftOut: leftOut + moreLeftOut)
      return
    case .texts(let more, let moreLeftOut):
      guard case .texts(var signatures, let leftOut) = self else { break }
      self = .size(0)
      signatures.merge(more, uniquingKeysWith: +)
      self = .texts(signatures, leftOut: leftOut + moreLeftOut)
      return
    }
    preconditionFailure("only summaries of the same thing merge")
  }
}

extension Value {
  /// Whether the value is one and not several.
  fileprivate var isCertain: Bool {
    switch self {
    case .unknown, .atLeast: false
    default: true
    }
  }
}
