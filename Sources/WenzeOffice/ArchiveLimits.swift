/// How much an archive may unpack to, so that no file can exhaust the machine.
package struct ArchiveLimits: Hashable, Sendable {
  /// The size of all parts that are asked for, unpacked, in bytes.
  package var bytes: Int
  /// How many times its packed size a part may have.
  package var ratio: Int
  /// The size in bytes up to which a part may be packed as small as it will.
  package var harmlessBytes: Int

  package init(bytes: Int = 1 << 30, ratio: Int = 250, harmlessBytes: Int = 16 << 20) {
    self.bytes = bytes
    self.ratio = ratio
    self.harmlessBytes = harmlessBytes
  }
}
