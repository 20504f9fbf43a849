import Crypto
import FoundationEssentials
import WenzeEngine
import WenzeSyntax

extension ReportedFinding {
  /// A digest of what a finding is about and of the facts that it rests on, by which it is known
  /// again wherever in the file it stands by then.
  ///
  /// It is made of what the report shows, so that masked names cannot be guessed from it.
  func fingerprint(ofRule code: String) -> String {
    var parts = [
      code, document?.type ?? "", document?.id ?? "",
      document?.id == nil ? document?.address ?? "" : "", element ?? "",
      group?.keyText(in: .chinese) ?? "",
    ]
    parts += evidence.map { $0.field.english + "=" + ($0.value?.chinese ?? "?") }.sorted()
    parts += missing.map { $0.english + "?" }.sorted()
    parts += (group?.figures ?? []).map { $0.name.english + "=" + ($0.text?.chinese ?? "?") }
    // An element that is held against its group has no evidence but what is said of it.
    if group != nil, document != nil { parts.append(message?.chinese ?? "") }
    return shortDigest(of: parts)
  }
}

/// Half of the SHA-256 of texts, which is enough to tell things apart, in hexadecimal digits.
package func shortDigest(of parts: [String]) -> String {
  var hash = SHA256()
  for part in parts {
    hash.update(data: Data(part.utf8))
    hash.update(data: Data([0]))
  }
  let digits = Array("0123456789abcdef")
  return String(
    hash.finalize().prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
