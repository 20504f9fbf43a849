import WenzeSemantics
import WenzeSyntax

// What the SARIF logs of checks, audits and rule packs have in common.

extension ReportContext {
  /// All up to the results of the only run; the results stand one a line, with commas between.
  ///
  /// The descriptors of rules are asked for in the language of the report, and for a translation,
  /// which has their texts alone, in the other.
  func sarifHead(rules: (Language, _ isTranslation: Bool) -> [JSONValue]) -> String {
    let packs = ruleSet.packs.map { pack -> JSONValue in
      ["name": .text(pack.name.chinese), "version": .text(pack.version)]
    }
    let driver: JSONValue = [
      "name": "wenze", "fullName": .text(say("问责 Wenze", "Wenze 问责")),
      "version": .text(toolVersion), "semanticVersion": .text(toolVersion),
      "language": .text(language.sarifName),
      "rules": .array(rules(language, false)),
      "properties": ["digest": .text(ruleDigest), "packs": .array(packs)],
    ]
    let other: Language = language == .chinese ? .english : .chinese
    let translation: JSONValue = [
      "name": "wenze", "language": .text(other.sarifName), "contents": ["localizedData"],
      "version": .text(toolVersion),
      "rules": .array(rules(other, true)),
    ]
    return "{\"version\":\"2.1.0\",\n\"$schema\":\"\(sarifSchema)\",\n\"runs\":[{\n"
      + "\"tool\":\(JSONValue.object([("driver", driver)]).line),\n"
      + "\"language\":\"\(language.sarifName)\",\n\"columnKind\":\"unicodeCodePoints\",\n"
      + "\"translations\":[\(translation.line)],\n\"results\":[\n"
  }
}

private let sarifSchema =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/// A place in a file, as far as it is known.
func sarifLocation(_ path: String, line: Int?, column: Int?) -> JSONValue {
  guard let line else { return sarifLocation(path, region: nil) }
  var region: [(String, JSONValue)] = [("startLine", .integer(line))]
  if let column { region.append(("startColumn", .integer(column))) }
  return sarifLocation(path, region: .object(region))
}

/// A place in a file; without a region, the file as a whole.
func sarifLocation(_ path: String, region: JSONValue?) -> JSONValue {
  var fields: [(String, JSONValue)] = [("artifactLocation", ["uri": .text(sarifURI(of: path))])]
  if let region { fields.append(("region", region)) }
  return .object(fields)
}

/// Locations with the numbers by which messages could name them, and which tell them apart.
func numbered(_ locations: [JSONValue]) -> [JSONValue] {
  locations.enumerated().map { number, location in
    guard case .object(let fields) = location else { return location }
    return .object([("id", .integer(number + 1))] + fields)
  }
}

/// A path as a URI: relative if the path is, with everything escaped that is no plain character.
func sarifURI(of path: String) -> String {
  let path = relative(path)
  var uri = path.hasPrefix("/") ? "file://" : ""
  let hexadecimal = Array("0123456789ABCDEF")
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
      uri.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      uri += "%"
      uri.append(hexadecimal[Int(byte >> 4)])
      uri.append(hexadecimal[Int(byte & 15)])
    }
  }
  return uri
}

extension Language {
  var sarifName: String {
    switch self {
    case .chinese: "zh-CN"
    case .english: "en-US"
    }
  }
}
