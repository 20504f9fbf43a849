package import WenzeEngine

/// How a run was made, as its JSON report states it, so that it can be made again.
package struct RunRecord: Hashable, Sendable, Codable {
  package var command: Command
  /// The date of the run.
  package var asOf: String
  /// The zone of event logs, in minutes east of Greenwich.
  package var zone: Int
  package var complete: Bool
  /// The only codes that were asked; nil: all.
  package var only: [String]?
  package var skip: [String]
  /// Whether undetermined verdicts are listed.
  package var undetermined: Bool
  /// Whether compliant and inapplicable verdicts are listed too.
  package var allVerdicts: Bool
  package var showNames: Bool
  /// Nil in reports of versions that knew no profiles.
  private var writtenProfile: MaskingProfile?
  package var limits: [String: Int]
  package var rules: Rules
  /// The baseline that the findings were held against.
  package var baseline: Baseline?

  package enum Command: String, Hashable, Sendable, Codable {
    case check
    case audit
    /// Documents were drafted from what a check found.
    case draft
  }

  /// Where the rules came from.
  package struct Rules: Hashable, Sendable, Codable {
    package var builtIn: Bool
    /// Whether the tests of the packs inside the program were loaded.
    package var tests: Bool
    package var folders: [String]
    /// Values of parameters, as `name=value`.
    package var parameters: [String]

    package init(builtIn: Bool, tests: Bool, folders: [String], parameters: [String]) {
      self.builtIn = builtIn
      self.tests = tests
      self.folders = folders
      self.parameters = parameters
    }

    enum CodingKeys: String, CodingKey {
      case builtIn = "built_in"
      case tests, folders, parameters
    }
  }

  package struct Baseline: Hashable, Sendable, Codable {
    package var path: String
    package var digest: String

    package init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  package init(
    command: Command, asOf: String, zone: Int, complete: Bool, only: [String]?, skip: [String],
    undetermined: Bool, allVerdicts: Bool, profile: MaskingProfile, limits: [String: Int],
    rules: Rules
  ) {
    self.command = command
    self.asOf = asOf
    self.zone = zone
    self.complete = complete
    self.only = only
    self.skip = skip
    self.undetermined = undetermined
    self.allVerdicts = allVerdicts
    showNames = profile.showsNames
    writtenProfile = profile
    self.limits = limits
    self.rules = rules
  }

  enum CodingKeys: String, CodingKey {
    case command
    case asOf = "as_of"
    case zone, complete, only, skip, undetermined
    case allVerdicts = "all_verdicts"
    case showNames = "show_names"
    case writtenProfile = "profile"
    case limits, rules, baseline
  }

  package var profile: MaskingProfile { writtenProfile ?? (showNames ? .internal : .submit) }

  /// The record with the fields of JSON reports.
  package var json: JSONValue {
    let record = profile.isPublic ? published : self
    return record.whole
  }

  /// The record with all that it holds, whoever it is for.
  package var whole: JSONValue {
    func list(_ texts: [String]) -> JSONValue { .array(texts.map { .text($0) }) }
    return [
      "command": .text(command.rawValue), "as_of": .text(asOf), "zone": .integer(zone),
      "complete": .boolean(complete), "only": only.map(list) ?? .null, "skip": list(skip),
      "undetermined": .boolean(undetermined), "all_verdicts": .boolean(allVerdicts),
      "show_names": .boolean(showNames), "profile": .text(profile.rawValue),
      "limits": .object(limits.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }),
      "rules": [
        "built_in": .boolean(rules.builtIn), "tests": .boolean(rules.tests),
        "folders": list(rules.folders), "parameters": list(rules.parameters),
      ],
      "baseline": baseline.map { ["path": .text($0.path), "digest": .text($0.digest)] } ?? .null,
    ]
  }
}
