import WenzeEngine
import WenzeInput
import WenzeModel
package import WenzeReport
import WenzeSyntax

extension RunRecord {
  /// How a run is made; nil where its rules came from nowhere that can be named.
  init?(
    _ command: Command, _ run: CheckRun, showsUndetermined: Bool, showsAllVerdicts: Bool = false,
    profile: MaskingProfile
  ) {
    guard let rules = run.rules.origin else { return nil }
    self.init(
      command: command, asOf: run.options.today.text(in: .english), zone: run.zone.minutes,
      complete: run.asComplete, only: run.options.only?.sorted(), skip: run.options.skip.sorted(),
      undetermined: showsUndetermined, allVerdicts: showsAllVerdicts, profile: profile,
      limits: Dictionary(
        uniqueKeysWithValues: ReadingLimits.Name.allCases.map { ($0.rawValue, run.limits[$0]) }),
      rules: rules)
  }

  /// The run again, under rules that were loaded; nil if its date is none.
  func run(of rules: LoadedRules) -> CheckRun? {
    guard let today = CalendarDate(text: asOf) else { return nil }
    var limits = ReadingLimits()
    for name in ReadingLimits.Name.allCases {
      if let limit = self.limits[name.rawValue] { limits[name] = limit }
    }
    return CheckRun(
      rules: rules,
      options: CheckOptions(today: today, only: only.map { Set($0) }, skip: Set(skip)),
      asComplete: complete, limits: limits, zone: ZoneOffset(minutes: zone))
  }
}

extension RunRecord.Baseline {
  /// The baseline in a file, by the digest of its bytes.
  package init(readFrom path: String) throws {
    self.init(path: path, digest: try Wenze.digest(ofFile: path))
  }
}
