import WenzeModel
import WenzeSemantics

/// What a run collected of some documents, to be written down and read elsewhere.
///
/// The records of a run make it again in any order. None is large, however large the run is.
package struct GroupRecord: Codable, Sendable {
  var documents: [Document]
  /// What stands in rows: values by their places, signatures by the complement of theirs.
  var values: [Value] = []
  /// The minima, two hexadecimal digits each.
  var signatures: [String] = []
  /// The rows of each gathering: the place of the document, then what stands in each column.
  var rows: [[[Int]]]

  struct Document: Codable, Sendable {
    var reference: DocumentReference
    var names: [String]
  }

  /// How many documents a record is of at most.
  fileprivate static let stride = 100
}

/// What a run knows of elements that it could put into no group.
package struct GroupRemainder: Codable, Sendable {
  /// The number of the gathering.
  var gathering: Int
  var leftOut: [Counted]
  var mayGoOn: [[Value]]
  /// How many elements there are by what is known of their keys, of those that are only counted.
  var tally: [Tallied]
  /// The same by their groups.
  var groups: [Tallied]
  /// The names of persons that stand in what was counted.
  var names: [String]

  struct Counted: Codable, Sendable {
    var key: [Value]
    var count: Int
  }

  struct Tallied: Codable, Sendable {
    var key: [Value]
    var count: ElementCount
  }
}

// MARK: - Writing

extension GroupRun {
  /// What is known of elements that were put into no group.
  package var remainders: [GroupRemainder] {
    collections.enumerated().compactMap { number, collection in
      guard collection.hasDocuments else { return nil }
      func key(_ codes: [ValueCode]) -> [Value] { codes.map { values.value(of: $0) } }
      func tallied(_ counts: [[ValueCode]: ElementCount]) -> [GroupRemainder.Tallied] {
        counts.map { GroupRemainder.Tallied(key: key($0.key), count: $0.value) }
          .sorted { $0.key.isWrittenBefore($1.key) }
      }
      let names = plan.gatherings[number].isTally ? chartNames : []
      return GroupRemainder(
        gathering: number,
        leftOut: collection.leftOut
          .map { GroupRemainder.Counted(key: key($0.key), count: $0.value) }
          .sorted { $0.key.isWrittenBefore($1.key) },
        mayGoOn: collection.mayGoOn.map { key($0) }.sorted { $0.isWrittenBefore($1) },
        tally: tallied(collection.tally),
        groups: tallied(
          Dictionary(uniqueKeysWithValues: collection.groupTally.map { ([$0.key], $0.value) })),
        names: names.compactMap { values.text(of: $0) }.sorted())
    }
  }

  /// Calls the body for all that was collected, in pieces.
  package func eachRecord(_ body: (GroupRecord) throws -> Void) rethrows {
    var next = collections.map { _ in 0 }
    for first in stride(from: 0, to: documents.count, by: GroupRecord.stride) {
      let end = min(first + GroupRecord.stride, documents.count)
      var writer = RecordWriter(self, documents: first..<end)
      for (number, collection) in collections.enumerated() {
        // The rows stand in the order of their documents.
        while next[number] < collection.rows.count,
          let row = writer.row(next[number], of: collection)
        {
          writer.record.rows[number].append(row)
          next[number] += 1
        }
      }
      try body(writer.record)
    }
  }
}

/// Gives what stands in rows places in a record.
private struct RecordWriter {
  private let run: GroupRun
  private let documents: Range<Int>
  private var places: [ValueCode: Int] = [:]
  private var signaturePlaces: [String: Int] = [:]
  var record: GroupRecord

  init(_ run: GroupRun, documents: Range<Int>) {
    self.run = run
    self.documents = documents
    record = GroupRecord(
      documents: documents.map { number in
        GroupRecord.Document(
          reference: run.documents.reference(number, run.values),
          names: Set(run.documents.names(of: number).compactMap { run.values.text(of: $0) })
            .sorted())
      }, rows: run.collections.map { _ in [] })
  }

  /// A row; nil for one of a later document.
  mutating func row(_ row: Int, of collection: GroupRun.Collection) -> [Int]? {
    let columns = collection.rows.columns
    let document = columns[Gathering.Fixed.document.rawValue][row].document
    guard documents.contains(document) else { return nil }
    return [document - documents.lowerBound] + columns.dropFirst().map { place(of: $0[row]) }
  }

  private mutating func place(of code: ValueCode) -> Int {
    if let known = places[code] { return known }
    let place: Int
    if let signature = run.values.signature(of: code)?.code {
      let known = signaturePlaces[signature]
      if known == nil { record.signatures.append(signature) }
      place = known ?? ~(record.signatures.count - 1)
      signaturePlaces[signature] = place
    } else {
      place = record.values.count
      record.values.append(run.values.value(of: code))
    }
    places[code] = place
    return place
  }
}

extension [Value] {
  fileprivate func isWrittenBefore(_ other: [Value]) -> Bool {
    map(\.code).lexicographicallyPrecedes(other.map(\.code))
  }
}

extension TextSignature {
  fileprivate var code: String {
    minima.map { minimum in
      let digits = String(minimum, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    .joined()
  }

  fileprivate init?(code: String) {
    var digits = code[...]
    var minima: [UInt8] = []
    while !digits.isEmpty {
      guard let minimum = UInt8(digits.prefix(2), radix: 16) else { return nil }
      minima.append(minimum)
      digits = digits.dropFirst(2)
    }
    guard minima.count == TextSignature.count else { return nil }
    self.init(minima: minima)
  }
}

// MARK: - Reading

extension GroupRun {
  /// Adds what another run of the same rules wrote down.
  ///
  /// - Returns: false for a record that no run of these rules can have written.
  package mutating func add(_ record: GroupRecord) -> Bool {
    guard record.rows.count == collections.count, record.values.allSatisfy(ruleSet.holds)
    else { return false }
    var signatures: [ValueCode] = []
    for code in record.signatures {
      guard let signature = TextSignature(code: code) else { return false }
      signatures.append(values.code(of: signature))
    }
    let codes = record.values.map { values.code(of: $0) }
    let numbers = record.documents.map { add($0.reference, names: Set($0.names)) }
    for (number, rows) in record.rows.enumerated() {
      for row in rows {
        guard row.count == plan.gatherings[number].width, numbers.indices.contains(row[0]),
          row.dropFirst().allSatisfy({ place in
            place < 0 ? signatures.indices.contains(~place) : codes.indices.contains(place)
          })
        else { return false }
        collections[number].rows.append(
          [ValueCode(document: numbers[row[0]])]
            + row.dropFirst().map { $0 < 0 ? signatures[~$0] : codes[$0] })
      }
    }
    return true
  }

  /// Adds what another run of the same rules could put into no group.
  ///
  /// - Returns: false for what no run of these rules can have written.
  package mutating func add(_ remainder: GroupRemainder) -> Bool {
    guard collections.indices.contains(remainder.gathering) else { return false }
    let gathering = plan.gatherings[remainder.gathering]
    let width = gathering.keyWidth
    guard gathering.isTally || remainder.tally.isEmpty && remainder.groups.isEmpty,
      remainder.groups.allSatisfy({ $0.key.count == 1 && ruleSet.holds($0.key[0]) })
    else { return false }
    let keys = remainder.leftOut.map(\.key) + remainder.tally.map(\.key) + remainder.mayGoOn
    for key in keys {
      guard key.count == width, key.allSatisfy(ruleSet.holds) else { return false }
    }
    collections[remainder.gathering].hasDocuments = true
    for entry in remainder.leftOut {
      let key = entry.key.map { values.code(of: $0) }
      collections[remainder.gathering].leftOut[key, default: 0] += entry.count
    }
    for key in remainder.mayGoOn {
      collections[remainder.gathering].mayGoOn.insert(key.map { values.code(of: $0) })
    }
    for entry in remainder.tally {
      let key = entry.key.map { values.code(of: $0) }
      collections[remainder.gathering].tally[key, default: ElementCount()].add(entry.count)
    }
    for entry in remainder.groups {
      let group = values.code(of: entry.key[0])
      collections[remainder.gathering].groupTally[group, default: ElementCount()].add(entry.count)
    }
    chartNames.formUnion(remainder.names.map { values.code(of: $0) })
    return true
  }
}

extension RuleSet {
  /// Whether the entries of enums that a value names exist.
  fileprivate func holds(_ value: Value) -> Bool {
    switch value {
    case .symbol(let enumeration, let entry):
      enums.indices.contains(enumeration) && enums[enumeration].entries.indices.contains(entry)
    case .unlisted(let enumeration, _): enums.indices.contains(enumeration)
    case .list(let list): list.elements.allSatisfy { holds($0.value) }
    case .record(let facts): facts.allSatisfy { holds($0.value) }
    default: true
    }
  }
}
