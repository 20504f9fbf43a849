/// An archive of named parts: what an office file is (ISO/IEC 21320-1, with the fields for long
/// archives of PKWARE's APPNOTE.TXT 6.3).
///
/// The list of parts is read at once, and a part when it is asked for.
package struct ZipArchive: Sendable {
  private let bytes: [UInt8]
  private let entries: [Entry]
  private let byName: [String: Int]
  private let limits: ArchiveLimits
  /// How many bytes the parts unpack to, as the list says; what a part unpacks to beyond is damage.
  private let unpackedCount: Int

  /// Reads the list of the parts of an archive.
  package init(
    _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
  ) throws(ArchiveProblem) {
    self.bytes = bytes
    self.limits = limits
    entries = try ZipArchive.entries(of: bytes)
    var byName: [String: Int] = [:]
    for (index, entry) in entries.enumerated()
    where byName.updateValue(index, forKey: entry.name) != nil {
      throw .repeated(name: entry.name)
    }
    self.byName = byName
    var total = 0
    for entry in entries { total = total.addingClamped(entry.count) }
    unpackedCount = total
  }

  /// The names of the parts, as they stand in the list.
  package var names: [String] { entries.map(\.name) }

  /// Whether bytes begin as archives do.
  package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// The content of a part, unpacked; nil if there is no such part.
  package func contents(of name: String) throws(ArchiveProblem) -> [UInt8]? {
    guard let index = byName[name] else { return nil }
    let entry = entries[index]
    if entry.isEncrypted { throw .encrypted(name: name) }
    if unpackedCount > limits.bytes { throw .tooLarge(limit: limits.bytes) }
    if entry.count > limits.harmlessBytes, entry.count / limits.ratio > entry.packedCount {
      throw .tooDense(name: name, limit: limits.ratio)
    }
    guard let packed = packedBytes(of: entry) else { throw .damaged(name: name) }
    let contents: [UInt8]?
    switch entry.method {
    case 0: contents = entry.count == entry.packedCount ? Array(packed) : nil
    case 8: contents = Deflate.unpacked(packed, count: entry.count)
    default: throw .unknownPacking(name: name, method: entry.method)
    }
    guard let contents, Deflate.checkSum(contents) == entry.checkSum else {
      throw .damaged(name: name)
    }
    return contents
  }

  /// The bytes of a part as they are packed, which stand behind a header of its own.
  private func packedBytes(of entry: Entry) -> ArraySlice<UInt8>? {
    let offset = entry.offset
    guard bytes.littleEndian(UInt32.self, at: offset) == Signature.part,
      let name = bytes.littleEndian(UInt16.self, at: offset + 26),
      let extra = bytes.littleEndian(UInt16.self, at: offset + 28)
    else { return nil }
    let start = offset + Entry.headerCount + Int(name) + Int(extra)
    guard start <= bytes.count, entry.packedCount <= bytes.count - start else { return nil }
    return bytes[start..<start + entry.packedCount]
  }
}

// MARK: - The list of parts

/// What the structures of an archive begin with.
enum Signature {
  static let part: UInt32 = 0x0403_4B50
  static let listed: UInt32 = 0x0201_4B50
  static let end: UInt32 = 0x0605_4B50
  static let longEnd: UInt32 = 0x0606_4B50
  static let longEndPlace: UInt32 = 0x0706_4B50
}

extension ZipArchive {
  /// A part as the list has it.
  fileprivate struct Entry: Sendable {
    var name: String
    var method: Int
    var isEncrypted: Bool
    var checkSum: UInt32
    var packedCount: Int
    var count: Int
    /// Where its header stands.
    var offset: Int

    /// The size of the header before a part's name.
    static let headerCount = 30
  }

  private static func entries(of bytes: [UInt8]) throws(ArchiveProblem) -> [Entry] {
    guard let end = endOfArchive(bytes) else { throw .notAnArchive }
    guard let list = place(ofListBefore: end, bytes) else { throw .damagedList(offset: end) }
    var entries: [Entry] = []
    var offset = list.offset
    for _ in 0..<list.count {
      guard let (entry, next) = entry(at: offset, bytes) else {
        throw .damagedList(offset: offset)
      }
      // Folders are no parts.
      if !entry.name.hasSuffix("/") { entries.append(entry) }
      offset = next
    }
    let ordered = entries.sorted { $0.offset < $1.offset }
    for (entry, next) in zip(ordered, ordered.dropFirst())
    where next.offset - entry.offset < Entry.headerCount + entry.packedCount {
      throw .overlapping
    }
    return entries
  }

  /// Where the record at the end of an archive stands, which a comment may follow.
  private static func endOfArchive(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 22 else { return nil }
    var offset = bytes.count - 22
    let first = max(0, offset - Int(UInt16.max))
    while offset >= first {
      if bytes.littleEndian(UInt32.self, at: offset) == Signature.end,
        let comment = bytes.littleEndian(UInt16.self, at: offset + 20),
        offset + 22 + Int(comment) <= bytes.count
      {
        return offset
      }
      offset -= 1
    }
    return nil
  }

  /// Where the list of parts begins, and how many there are.
  private static func place(ofListBefore end: Int, _ bytes: [UInt8]) -> (offset: Int, count: Int)? {
    guard let count = bytes.littleEndian(UInt16.self, at: end + 10),
      let offset = bytes.littleEndian(UInt32.self, at: end + 16)
    else { return nil }
    guard count == .max || offset == .max else { return (Int(offset), Int(count)) }
    // A long archive says so in a record of its own, and where that is in another.
    guard bytes.littleEndian(UInt32.self, at: end - 20) == Signature.longEndPlace,
      let place = bytes.littleEndian(UInt64.self, at: end - 12).flatMap({ Int(exactly: $0) }),
      bytes.littleEndian(UInt32.self, at: place) == Signature.longEnd,
      let longCount = bytes.littleEndian(UInt64.self, at: place.addingClamped(32)),
      let longOffset = bytes.littleEndian(UInt64.self, at: place.addingClamped(48)),
      let count = Int(exactly: longCount), let offset = Int(exactly: longOffset)
    else { return nil }
    return (offset, count)
  }

  /// The part that the list names at an offset, and where the next one stands.
  private static func entry(at offset: Int, _ bytes: [UInt8]) -> (Entry, next: Int)? {
    func short(_ place: Int) -> Int? {
      bytes.littleEndian(UInt16.self, at: offset + place).map { Int($0) }
    }
    func number(_ place: Int) -> Int? {
      bytes.littleEndian(UInt32.self, at: offset + place).map { Int($0) }
    }
    guard offset <= bytes.count - 46, number(0) == Int(Signature.listed), let flags = short(8),
      let method = short(10), let checkSum = bytes.littleEndian(UInt32.self, at: offset + 16),
      let packedCount = number(20), let count = number(24), let nameCount = short(28),
      let extraCount = short(30), let commentCount = short(32), let place = number(42)
    else { return nil }
    let extra = offset + 46 + nameCount
    let next = extra + extraCount + commentCount
    guard next <= bytes.count else { return nil }
    var entry = Entry(
      name: String(decoding: bytes[offset + 46..<extra], as: UTF8.self), method: method,
      isEncrypted: flags & 1 != 0, checkSum: checkSum, packedCount: packedCount, count: count,
      offset: place)
    guard entry.lengthen(by: extra..<extra + extraCount, bytes),
      entry.offset <= bytes.count - Entry.headerCount,
      entry.packedCount <= bytes.count - Entry.headerCount - entry.offset
    else { return nil }
    return (entry, next)
  }
}

extension ZipArchive.Entry {
  /// Takes the numbers that were too large for their fields from a field of its own, where each
  /// stands in turn that is marked as too large; false if one does not.
  fileprivate mutating func lengthen(by fields: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let marked = [\Self.count, \Self.packedCount, \Self.offset]
      .filter { self[keyPath: $0] == Int(UInt32.max) }
    if marked.isEmpty { return true }
    var offset = fields.lowerBound
    while offset + 4 <= fields.upperBound {
      guard let kind = bytes.littleEndian(UInt16.self, at: offset),
        let size = bytes.littleEndian(UInt16.self, at: offset + 2)
      else { return false }
      if kind == 1 {
        guard Int(size) >= 8 * marked.count else { return false }
        for (index, path) in marked.enumerated() {
          guard let long = bytes.littleEndian(UInt64.self, at: offset + 4 + 8 * index),
            let number = Int(exactly: long)
          else { return false }
          self[keyPath: path] = number
        }
        return true
      }
      offset += 4 + Int(size)
    }
    return false
  }
}

extension Int {
  /// The sum, or the greatest number there is.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
