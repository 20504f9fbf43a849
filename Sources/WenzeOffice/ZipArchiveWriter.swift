/// Writes an archive of named parts; the same parts give the same bytes.
package struct ZipArchiveWriter: Sendable {
  private var bytes: [UInt8] = []
  private var list: [UInt8] = []
  private var count = 0
  private var isTooLarge = false

  package init() {}

  /// Adds a part, packed where that makes it smaller.
  package mutating func add(_ name: String, _ contents: [UInt8]) {
    let packed = Deflate.packed(contents).flatMap { $0.count < contents.count ? $0 : nil }
    let stored = packed ?? contents
    let offset = bytes.count
    guard let size = UInt32(exactly: contents.count), let place = UInt32(exactly: offset),
      let nameCount = UInt16(exactly: name.utf8.count), count < Int(UInt16.max)
    else {
      isTooLarge = true
      return
    }
    var fields: [UInt8] = []
    // What is needed to unpack it (2.0), and that its name is UTF-8.
    fields.appendLittleEndian(UInt16(20))
    fields.appendLittleEndian(UInt16(1 << 11))
    fields.appendLittleEndian(UInt16(packed == nil ? 0 : 8))
    // The first day that archives know, lest the same report differ from day to day.
    fields.appendLittleEndian(UInt16(0))
    fields.appendLittleEndian(UInt16(1 << 5 | 1))
    fields.appendLittleEndian(Deflate.checkSum(contents))
    fields.appendLittleEndian(UInt32(stored.count))
    fields.appendLittleEndian(size)
    fields.appendLittleEndian(nameCount)
    fields.appendLittleEndian(UInt16(0))

    bytes.appendLittleEndian(Signature.part)
    bytes += fields
    bytes += name.utf8
    bytes += stored

    list.appendLittleEndian(Signature.listed)
    list.appendLittleEndian(UInt16(20))
    list += fields
    // No comment, on the first disk, and no attributes.
    list += [UInt8](repeating: 0, count: 10)
    list.appendLittleEndian(place)
    list += name.utf8
    count += 1
  }

  /// The archive.
  ///
  /// - Throws: ``ArchiveProblem/tooLarge(limit:)`` where it is longer than archives of office files
  ///   may be.
  package func finish() throws(ArchiveProblem) -> [UInt8] {
    guard !isTooLarge, let place = UInt32(exactly: bytes.count),
      let size = UInt32(exactly: list.count)
    else { throw .tooLarge(limit: Int(UInt32.max)) }
    var archive = bytes
    archive += list
    archive.appendLittleEndian(Signature.end)
    archive += [0, 0, 0, 0]
    archive.appendLittleEndian(UInt16(count))
    archive.appendLittleEndian(UInt16(count))
    archive.appendLittleEndian(size)
    archive.appendLittleEndian(place)
    archive.appendLittleEndian(UInt16(0))
    return archive
  }
}
