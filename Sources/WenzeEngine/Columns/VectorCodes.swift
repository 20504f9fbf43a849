import WenzeModel

/// Turns the vectors of a batch into codes of a run.
struct VectorCodes {
  private let reader: VectorReader
  /// The codes of texts, and of their signatures, that were asked for.
  private var texts: [ValueCode?]
  private var signatures: [ValueCode?]

  init(_ reader: VectorReader) {
    self.reader = reader
    texts = [ValueCode?](repeating: nil, count: reader.texts.count)
    signatures = texts
  }

  mutating func codes(
    of vector: Vector, at rows: [Int32], _ values: inout ValueTable
  ) -> [ValueCode] {
    switch vector {
    case .constant(let value):
      let code = values.code(of: value)
      return rows.map { _ in code }
    case .truths(let truth, let none):
      return rows.map { row in
        let row = Int(row)
        if let none, none[row] { return .none }
        return truth.yes[row] ? .yes : truth.no[row] ? .no : .unknown
      }
    case .entries(let entries, let enumeration):
      return rows.map { row in
        let entry = Int(entries[Int(row)])
        return ValueCode(enumeration: enumeration, entry: entry)
          ?? values.code(of: reader.value(of: vector, at: Int(row)))
      }
    case .texts(let numbers):
      return rows.map { row in
        switch numbers[Int(row)] {
        case Missing.none: .none
        case let number where number >= 0: code(ofText: number, &values)
        default: .unknown
        }
      }
    case .dates(let dates):
      return rows.map { row in
        let (first, last) = (dates.first[Int(row)], dates.last[Int(row)])
        return first == last && dates.minutes.isEmpty
          ? ValueCode(day: first) : values.code(of: reader.value(of: vector, at: Int(row)))
      }
    case .numbers: return rows.map { values.code(of: reader.value(of: vector, at: Int($0))) }
    case .coded(let coded, let numbers):
      let codes = coded.map { values.code(of: $0) }
      return rows.map { codes[Int(numbers[Int($0)])] }
    }
  }

  /// The codes of the signatures of texts.
  mutating func signatures(
    of vector: Vector, at rows: [Int32], _ values: inout ValueTable
  ) -> [ValueCode] {
    guard case .texts(let numbers) = vector else {
      return rows.map { row in
        values.signatureCode(of: reader.value(of: vector, at: Int(row)))
      }
    }
    return rows.map { row in
      let number = numbers[Int(row)]
      guard number >= 0 else { return number == Missing.none ? .none : .unknown }
      if let known = signatures[Int(number)] { return known }
      let code = values.signatureCode(of: .text(reader.texts.text(number)))
      signatures[Int(number)] = code
      return code
    }
  }

  mutating func code(ofText number: Int32, _ values: inout ValueTable) -> ValueCode {
    if let known = texts[Int(number)] { return known }
    let code = values.code(ofText: number, in: reader.texts)
    texts[Int(number)] = code
    return code
  }
}
