/// What was planted in an archive, what was made to miss narrowly, and what came by chance.
package struct PlantedLedger: Codable, Sendable {
  package var seed: UInt64
  package var documents: Int
  package var thresholds: [String: Double]
  package var planted: [LedgerEntry] = []
  package var nearMisses: [LedgerEntry] = []
  /// Groups beyond a threshold in which nothing was planted: to tell them is right.
  package var byChance: [LedgerEntry] = []

  private enum CodingKeys: String, CodingKey {
    case seed, documents, thresholds, planted
    case nearMisses = "near_misses"
    case byChance = "by_chance"
  }

  package init(seed: UInt64, documents: Int, thresholds: [String: Double] = [:]) {
    self.seed = seed
    self.documents = documents
    self.thresholds = thresholds
  }
}

/// One thing that is to be told, or not to be told.
package struct LedgerEntry: Codable, Sendable {
  package var code: String
  package var pattern: String
  /// `group`, `area`, `subject`, `case` or `trace`.
  package var scope: String
  package var key: Key
  /// The share, the number of deviations or times, or the count; by pattern.
  package var strength: Double
  /// The number of cases that the strength is about.
  package var size: Int
  package var reason: String?
  /// The cases that show it.
  package var cases: [String]

  package struct Key: Codable, Hashable, Sendable {
    package var body: String?
    package var year: Int?
    package var area: String?
    package var subject: String?
    package var id: String?

    package init(
      body: String? = nil, year: Int? = nil, area: String? = nil, subject: String? = nil,
      id: String? = nil
    ) {
      self.body = body
      self.year = year
      self.area = area
      self.subject = subject
      self.id = id
    }

    private enum CodingKeys: String, CodingKey {
      case body, year, area, subject
      case id = "case"
    }
  }
}

extension PlantedLedger {
  /// The ledger as JSON, an entry a line.
  package var json: [UInt8] {
    var json = JSONBytes(capacity: 1 << 16)
    json.openObject()
    json.member("schema", 1)
    json.key("seed")
    json.raw(string: String(seed))
    json.raw(",\"documents\":")
    json.digits(documents)
    json.raw(",\"thresholds\":")
    json.openObject()
    for (name, value) in thresholds.sorted(by: { $0.key < $1.key }) {
      json.key(string: name)
      json.decimal(value)
    }
    json.closeObject()
    let lists: [(StaticString, [LedgerEntry])] = [
      ("planted", planted), ("near_misses", nearMisses), ("by_chance", byChance),
    ]
    for (name, entries) in lists {
      json.key(name)
      json.openList()
      for entry in entries { entry.write(to: &json) }
      json.closeList()
    }
    json.closeObject()
    json.endLine()
    return json.bytes
  }
}

extension LedgerEntry {
  fileprivate func write(to json: inout JSONBytes) {
    json.openObject()
    json.key("code")
    json.text(string: code)
    json.key("pattern")
    json.text(string: pattern)
    json.key("scope")
    json.text(string: scope)
    json.key("key")
    json.openObject()
    let names: [(StaticString, String?)] = [
      ("body", key.body), ("area", key.area), ("subject", key.subject), ("case", key.id),
    ]
    for (name, value) in names {
      guard let value else { continue }
      json.key(name)
      json.text(string: value)
    }
    if let year = key.year { json.member("year", year) }
    json.closeObject()
    json.key("strength")
    json.decimal(strength)
    json.member("size", size)
    if let reason {
      json.key("reason")
      json.text(string: reason)
    }
    json.key("cases")
    json.openList()
    for id in cases { json.text(string: id) }
    json.closeList()
    json.closeObject()
  }
}
