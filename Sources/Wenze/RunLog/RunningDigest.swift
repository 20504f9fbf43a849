import Crypto
import FoundationEssentials

/// The digest of what is written a piece at a time.
package struct RunningDigest: Sendable {
  private var hash = SHA256()

  package init() {}

  /// Adds what was written next.
  package mutating func add(_ bytes: [UInt8]) {
    hash.update(data: Data(bytes))
  }

  /// The digest of all up to now: `sha256:…`.
  package var text: String { "sha256:" + hex(hash.finalize()) }
}
