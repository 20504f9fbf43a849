import Foundation
import Testing
import WenzeSynthesis

/// Archives in memory, and what tests read of their cases.
enum Archives {
  static func write(_ options: ArchiveOptions) -> (text: String, ledger: PlantedLedger) {
    var bytes: [UInt8] = []
    var archive = Archive(options)
    let ledger = archive.write { bytes += $0 }
    return (String(decoding: bytes, as: UTF8.self), ledger)
  }

  static func cases(in text: String) throws -> [Case] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Case.self, from: Data($0.utf8))
    }
  }

  struct Case: Decodable {
    var id: String
    var lead: Lead?
    var facts: [Fact]
    var launch: Launch
    var decision: Decision
    var subjects: [Subject]
    var correction: Correction?

    enum CodingKeys: String, CodingKey {
      case id = "编号"
      case lead = "线索"
      case facts = "事实"
      case launch = "启动"
      case decision = "决定"
      case subjects = "对象"
      case correction = "纠正"
    }

    var year: Int { Int(decision.date.prefix(4)) ?? 0 }
    var group: Group { Group(body: decision.body.name, year: year) }
  }

  struct Group: Hashable {
    var body: String
    var year: Int
  }

  struct Lead: Decodable {
    var noticed: String?
    enum CodingKeys: String, CodingKey { case noticed = "舆情日期" }
  }

  struct Fact: Decodable {
    var circumstance: String
    var isAnalysed: Bool
    var analysis: String?
    enum CodingKeys: String, CodingKey {
      case circumstance = "情形"
      case isAnalysed = "主客观分析"
      case analysis = "分析"
    }
  }

  struct Body: Decodable {
    var name: String
    var type: String
    enum CodingKeys: String, CodingKey {
      case name = "名称"
      case type = "类型"
    }
  }

  struct Launch: Decodable {
    var body: Body
    var date: String
    enum CodingKeys: String, CodingKey {
      case body = "主体"
      case date = "日期"
    }
  }

  struct Decision: Decodable {
    var body: Body
    var date: String
    enum CodingKeys: String, CodingKey {
      case body = "主体"
      case date = "日期"
    }
  }

  struct Subject: Decodable {
    var name: String
    var rank: String?
    var measures: [Measure]
    var execution: Execution
    enum CodingKeys: String, CodingKey {
      case name = "名称"
      case rank = "职级"
      case measures = "方式"
      case execution = "执行"
    }
  }

  struct Measure: Decodable {
    var kind: String
    enum CodingKeys: String, CodingKey { case kind = "方式" }
  }

  struct Execution: Decodable {
    var followedUp: String?
    enum CodingKeys: String, CodingKey { case followedUp = "回访日期" }
  }

  struct Correction: Decodable {
    var date: String
    enum CodingKeys: String, CodingKey { case date = "日期" }
  }
}

/// The number of a day, to count between days.
func number(of day: String) throws -> Int {
  let date = try Date(
    day, strategy: .iso8601.year().month().day())
  return Int(date.timeIntervalSince1970 / 86_400)
}
