import WenzeModel

/// Gives values codes, and tells what codes stand for.
struct ValueTable: Sendable {
  private(set) var texts = TextNumbers()
  /// Not told apart: one that comes twice has two numbers.
  private var signatures = SignatureList()
  private var others = NumberedValues<Value>()

  mutating func code(of value: Value) -> ValueCode {
    if let code = ownCode(of: value) { return code }
    if case .text(let text) = value {
      return code(ofText: Int(texts.number(of: text)))
    }
    return ValueCode(.other, number: others.number(of: value.withoutPlaces)) ?? .unknown
  }

  mutating func code(of text: String) -> ValueCode {
    code(ofText: Int(texts.number(of: text)))
  }

  /// The code of a text of another table.
  mutating func code(ofText number: Int32, in other: TextNumbers) -> ValueCode {
    code(ofText: Int(texts.number(of: number, in: other)))
  }

  private func code(ofText number: Int) -> ValueCode {
    ValueCode(.text, number: number) ?? .unknown
  }

  mutating func code(of signature: TextSignature) -> ValueCode {
    signatures.append(signature)
    return ValueCode(.signature, number: signatures.count - 1) ?? .unknown
  }

  /// The code of a value if the table has one.
  func knownCode(of value: Value) -> ValueCode? {
    if let code = ownCode(of: value) { return code }
    if case .text(let text) = value {
      return texts.knownNumber(of: text).map { code(ofText: Int($0)) }
    }
    return others.knownNumber(of: value.withoutPlaces).flatMap { ValueCode(.other, number: $0) }
  }

  /// The code of a value that needs no place in a table.
  private func ownCode(of value: Value) -> ValueCode? {
    switch value {
    case .unknown: .unknown
    case .none: ValueCode.none
    case .boolean(let isTrue): isTrue ? .yes : .no
    case .integer(let number): ValueCode(integer: number)
    case .date(let date) where date.isWholeDay && date.minute == nil:
      ValueCode(day: Int32(date.firstDay))
    case .symbol(let enumeration, let entry): ValueCode(enumeration: enumeration, entry: entry)
    default: nil
    }
  }

  func value(of code: ValueCode) -> Value {
    switch code.kind {
    case .truth:
      switch code {
      case .none: return .none
      case .no: return .boolean(false)
      case .yes: return .boolean(true)
      default: return .unknown
      }
    case .day: return CalendarDate(dayNumber: Int(code.day)).map(Value.date) ?? .unknown
    case .integer: return .integer(code.integer)
    case .entry: return .symbol(enumeration: code.enumeration, entry: code.entry)
    case .text: return .text(texts.text(Int32(code.number)))
    case .signature: return .unknown
    case .other: return others.values[code.number]
    }
  }

  /// The text of a code; nil for one of anything else.
  func text(of code: ValueCode) -> String? {
    code.kind == .text ? texts.text(Int32(code.number)) : nil
  }

  func signature(of code: ValueCode) -> TextSignature? {
    code.kind == .signature ? signatures[code.number] : nil
  }

  /// Takes the values of another table in.
  ///
  /// - Returns: what the other's codes are here.
  mutating func adopt(_ other: ValueTable) -> Translation {
    Translation(
      texts: (0..<other.texts.count).map { code(ofText: Int32($0), in: other.texts) },
      firstSignature: adopt(other.signatures),
      others: other.others.values.map { code(of: $0) })
  }

  /// - Returns: the number of the first.
  private mutating func adopt(_ other: SignatureList) -> Int {
    signatures.append(contentsOf: other)
    return signatures.count - other.count
  }

  /// The codes of one table in terms of another.
  struct Translation {
    fileprivate var texts: [ValueCode]
    fileprivate var firstSignature: Int
    fileprivate var others: [ValueCode]

    func callAsFunction(_ code: ValueCode) -> ValueCode {
      switch code.kind {
      case .truth, .day, .integer, .entry: code
      case .text: texts[code.number]
      case .signature:
        ValueCode(.signature, number: firstSignature + code.number) ?? .unknown
      case .other: others[code.number]
      }
    }
  }
}

/// Signatures, one after another.
private struct SignatureList: Sendable {
  private var minima: [UInt8] = []

  var count: Int { minima.count / TextSignature.count }

  mutating func append(_ signature: TextSignature) { minima += signature.minima }

  mutating func append(contentsOf other: SignatureList) { minima += other.minima }

  subscript(number: Int) -> TextSignature {
    let start = number * TextSignature.count
    return TextSignature(minima: Array(minima[start..<(start + TextSignature.count)]))
  }
}

/// Different values, in the order in which they came.
private struct NumberedValues<Element: Hashable & Sendable>: Sendable {
  private(set) var values: [Element] = []
  private var numbers: [Element: Int32] = [:]

  mutating func number(of value: Element) -> Int {
    if let known = numbers[value] { return Int(known) }
    numbers[value] = Int32(values.count)
    values.append(value)
    return values.count - 1
  }

  func knownNumber(of value: Element) -> Int? { numbers[value].map { Int($0) } }
}

extension Value {
  /// The value itself, wherever it was written.
  var withoutPlaces: Value {
    switch self {
    case .list(let list):
      var stripped = list
      stripped.elements = list.elements.map { Fact($0.value.withoutPlaces, at: nil) }
      return .list(stripped)
    case .record(let facts): return .record(facts.map { Fact($0.value.withoutPlaces, at: nil) })
    default: return self
    }
  }
}
