// Values as texts, for the partial results of audits. The numbers of enums and fields mean
// something together with the rules of the run only.

extension Value: Codable {
  private enum Field: String, CodingKey {
    case list, isOpen, isMarkedOpen, record
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .list(let list):
      var fields = encoder.container(keyedBy: Field.self)
      try fields.encode(list.elements, forKey: .list)
      try fields.encode(list.isOpen, forKey: .isOpen)
      try fields.encode(list.isMarkedOpen, forKey: .isMarkedOpen)
    case .record(let facts):
      var fields = encoder.container(keyedBy: Field.self)
      try fields.encode(facts, forKey: .record)
    default:
      var single = encoder.singleValueContainer()
      try single.encode(code)
    }
  }

  package init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: Field.self) {
      if fields.contains(.record) {
        self = .record(try fields.decode([Fact].self, forKey: .record))
      } else {
        self = .list(
          FactList(
            try fields.decode([Fact].self, forKey: .list),
            isOpen: try fields.decode(Bool.self, forKey: .isOpen),
            isMarkedOpen: try fields.decode(Bool.self, forKey: .isMarkedOpen)))
      }
      return
    }
    let code = try decoder.singleValueContainer().decode(String.self)
    guard let value = Value(code: code) else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "no value"))
    }
    self = value
  }

  /// A letter for the kind, and what it is; empty for lists and records.
  package var code: String {
    switch self {
    case .unknown: "?"
    case .none: "-"
    case .boolean(let value): value ? "b1" : "b0"
    case .integer(let value): "i\(value)"
    case .atLeast(let least): "a\(least)"
    case .decimal(let value): "d\(value.millionths)"
    case .text(let text): "t" + text
    case .date(let date): "D" + date.code
    case .duration(let duration): "l\(duration.count) \(duration.unit.code)"
    case .symbol(let enumeration, let entry): "e\(enumeration) \(entry)"
    case .unlisted(let enumeration, let text): "u\(enumeration) \(text)"
    case .record, .list: ""
    }
  }

  package init?(code: String) {
    let rest = code.dropFirst()
    let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    switch code.first {
    case "?": self = .unknown
    case "-": self = .none
    case "b": self = .boolean(rest == "1")
    case "t": self = .text(String(rest))
    case "i":
      guard let value = Int(rest) else { return nil }
      self = .integer(value)
    case "a":
      guard let value = Int(rest) else { return nil }
      self = .atLeast(value)
    case "d":
      guard let value = Int(rest) else { return nil }
      self = .decimal(FixedDecimal(millionths: value))
    case "D":
      guard let date = CalendarDate(code: String(rest)) else { return nil }
      self = .date(date)
    case "l":
      guard parts.count == 2, let count = Int(parts[0]),
        let unit = CalendarDuration.Unit(code: String(parts[1]))
      else { return nil }
      self = .duration(CalendarDuration(count, unit))
    case "e":
      guard parts.count == 2, let enumeration = Int(parts[0]), let entry = Int(parts[1]) else {
        return nil
      }
      self = .symbol(enumeration: enumeration, entry: entry)
    case "u":
      guard parts.count == 2, let enumeration = Int(parts[0]) else { return nil }
      self = .unlisted(enumeration: enumeration, String(parts[1]))
    default: return nil
    }
  }
}

extension CalendarDate {
  /// Year, month, day and minute, as far as they are known: `2024-1-31-600`.
  package var code: String {
    [year, month, day, minute].map { $0.map { String($0) } ?? "" }.joined(separator: "-")
  }

  package init?(code: String) {
    let parts = code.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, let year = Int(parts[0]) else { return nil }
    self.init(year: year, month: Int(parts[1]), day: Int(parts[2]), minute: Int(parts[3]))
  }
}

extension CalendarDuration.Unit {
  fileprivate var code: String {
    switch self {
    case .day: "day"
    case .workingDay: "workingDay"
    case .month: "month"
    case .year: "year"
    }
  }

  fileprivate init?(code: String) {
    switch code {
    case "day": self = .day
    case "workingDay": self = .workingDay
    case "month": self = .month
    case "year": self = .year
    default: return nil
    }
  }
}

extension Fact: Codable {
  /// The value alone: places are of texts that are not there any more.
  package func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self.init(try Value(from: decoder), at: nil)
  }
}
