package import FoundationEssentials

/// The findings of a report of `wenze`, as far as they are scored.
package struct ReportedFindings: Decodable, Sendable {
  package var findings: [Finding]

  package struct Finding: Decodable, Sendable {
    package var rule: String
    package var verdict: String
    package var document: Document?
    package var group: Group?
  }

  package struct Document: Decodable, Sendable {
    package var id: String?
  }

  package struct Group: Decodable, Sendable {
    package var key: [Part]
    package var documents: [Document]
  }

  package struct Part: Decodable, Sendable {
    package var value: Value
  }

  /// A part of a key: a text, a number, or something else.
  package enum Value: Decodable, Sendable {
    case text(String)
    case number(Int)
    case other

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .other
      }
    }

    /// A year, if it may be one: 2022, 2022年, 2022-03.
    var year: Int? {
      switch self {
      case .number(let number): (1900...2100).contains(number) ? number : nil
      case .text(let text):
        text.utf8.count < 24
          ? Int(text.prefix(4)).flatMap { (1900...2100).contains($0) ? $0 : nil } : nil
      case .other: nil
      }
    }
  }

  /// Decodes a report in JSON.
  package init(json: Data) throws {
    self = try JSONDecoder().decode(Self.self, from: json)
  }
}

extension PlantedLedger {
  /// Decodes a ledger.
  package init(json: Data) throws {
    self = try JSONDecoder().decode(Self.self, from: json)
  }
}

/// How well findings tell what was planted.
package struct Score: Sendable {
  /// What was planted under a code, by pattern.
  package struct Recall: Hashable, Sendable {
    package var code: String
    package var pattern: String
    package var planted = 0
    package var told = 0
  }

  /// What was told under a code.
  package struct Precision: Hashable, Sendable {
    package var code: String
    package var findings = 0
    package var planted = 0
    package var byChance = 0
    package var nearMisses = 0
    package var others = 0

    /// The part of the findings that are right; those beyond a threshold by chance are not counted.
    package var value: Double? {
      let judged = findings - byChance
      return judged == 0 ? nil : Double(planted) / Double(judged)
    }
  }

  package private(set) var recalls: [Recall] = []
  package private(set) var precisions: [Precision] = []
  /// Findings that should not be: their code, what they are about, and the near miss if it is one.
  package private(set) var mistakes: [String] = []
  /// What was planted and not told.
  package private(set) var missed: [LedgerEntry] = []

  package init(_ findings: [ReportedFindings.Finding], against ledger: PlantedLedger) {
    let violations = findings.filter { $0.verdict == "violation" }
    let codes = Set(ledger.planted.map(\.code) + ledger.nearMisses.map(\.code)).sorted()
    for code in codes {
      let ofCode = violations.filter { $0.rule == code }
      let planted = Index(ledger.planted.filter { $0.code == code })
      let nearMisses = Index(ledger.nearMisses.filter { $0.code == code })
      let byChance = Index(ledger.byChance.filter { $0.code == code })
      var precision = Precision(code: code, findings: ofCode.count)
      var told: Set<Int> = []
      var toldCases: Set<String> = []
      for finding in ofCode {
        let found = planted.entries(for: finding)
        told.formUnion(found)
        if let id = finding.document?.id { toldCases.insert(id) }
        if !found.isEmpty {
          precision.planted += 1
        } else if !byChance.entries(for: finding).isEmpty {
          precision.byChance += 1
        } else if let miss = nearMisses.entries(for: finding).first {
          precision.nearMisses += 1
          mistakes.append(
            "\(code) near miss: \(Score.words(finding)) (\(nearMisses.all[miss].pattern))")
        } else {
          precision.others += 1
          mistakes.append("\(code) not planted: \(Score.words(finding))")
        }
      }
      precisions.append(precision)
      addRecalls(of: planted.all, code: code, told: told, toldCases: toldCases)
    }
  }

  private mutating func addRecalls(
    of entries: [LedgerEntry], code: String, told: Set<Int>, toldCases: Set<String>
  ) {
    var recalls: [String: Recall] = [:]
    for (place, entry) in entries.enumerated() {
      let name = entry.scope == "case" ? entry.pattern + " (case)" : entry.pattern
      recalls[name, default: Recall(code: code, pattern: name)].planted += 1
      // Of a group that is told case by case, half of them will do.
      let isTold =
        entry.scope == "group" && !toldCases.isEmpty
        ? entry.cases.count { toldCases.contains($0) } * 2 >= entry.cases.count
        : told.contains(place)
      if isTold { recalls[name]?.told += 1 } else { missed.append(entry) }
    }
    self.recalls += recalls.values.sorted { $0.pattern < $1.pattern }
  }

  private static func words(_ finding: ReportedFindings.Finding) -> String {
    if let id = finding.document?.id { return id }
    let parts = finding.group?.key.map { part in
      switch part.value {
      case .text(let text): text
      case .number(let number): String(number)
      case .other: "?"
      }
    }
    return parts?.joined(separator: " ") ?? "?"
  }

  /// Entries by what a finding may name.
  private struct Index {
    let all: [LedgerEntry]
    private var byName: [String: [Int]] = [:]
    private var byCase: [String: [Int]] = [:]

    init(_ entries: [LedgerEntry]) {
      all = entries
      for (place, entry) in entries.enumerated() {
        // A subject is named by itself, not by the body that dealt with it.
        if let name = entry.key.subject ?? entry.key.area ?? entry.key.body {
          byName[name, default: []].append(place)
        }
        for id in entry.cases { byCase[id, default: []].append(place) }
      }
    }

    /// The entries that a finding tells: by its case, by name and year, or by the cases of its group.
    func entries(for finding: ReportedFindings.Finding) -> [Int] {
      if let id = finding.document?.id { return byCase[id] ?? [] }
      guard let group = finding.group else { return [] }
      let names = group.key.compactMap { part -> String? in
        if case .text(let text) = part.value { text } else { nil }
      }
      let year = group.key.lazy.compactMap(\.value.year).first
      let named = names.flatMap { byName[$0] ?? [] }
        .filter { year == nil || all[$0].key.year == nil || all[$0].key.year == year }
      if !named.isEmpty { return named }
      // Names of persons are masked in a report: a few cases tell which subject is meant.
      guard group.documents.count <= 12 else { return [] }
      let ids = Set(group.documents.compactMap(\.id))
      let candidates = Set(ids.flatMap { byCase[$0] ?? [] })
      return candidates.filter { place in
        all[place].scope == "subject" && all[place].cases.allSatisfy { ids.contains($0) }
      }
      .sorted()
    }
  }
}

extension Score {
  /// The score as two tables.
  package var text: String {
    var lines = ["code   pattern                planted   told  recall"]
    for row in recalls {
      lines.append(
        row.code.padded(7) + row.pattern.padded(20) + number(row.planted, 10) + number(row.told, 7)
          + percent(Double(row.told) / Double(max(1, row.planted)), 8))
    }
    lines.append("")
    lines.append("code  findings  planted  by chance  near misses  others  precision")
    for row in precisions {
      lines.append(
        row.code.padded(5) + number(row.findings, 9) + number(row.planted, 9)
          + number(row.byChance, 11) + number(row.nearMisses, 13) + number(row.others, 8)
          + (row.value.map { percent($0, 11) } ?? "          —"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func number(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func percent(_ value: Double, _ width: Int) -> String {
    let tenths = Int((value * 1000).rounded())
    let text = "\(tenths / 10).\(tenths % 10)%"
    return String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
