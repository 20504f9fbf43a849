import Crypto
import FoundationEssentials
package import WenzeEngine
package import WenzeInput
package import WenzeModel
package import WenzeReport
package import WenzeSemantics
package import WenzeSyntax

/// The version of the program.
package let wenzeVersion = "0.1.0"

/// Rule packs that were loaded for a run, with what is wrong with them.
package struct LoadedRules: Sendable {
  package var ruleSet: RuleSet
  package var problems: [LocatedDiagnostic]
  /// The digest of all texts and overridden parameters: `sha256:…`.
  package var digest: String
  /// Where they came from; nil where that was no folder.
  package private(set) var origin: RunRecord.Rules?

  /// Loads the packs inside the executable and those of folders.
  ///
  /// - Parameters:
  ///   - folders: each a pack, or a folder of packs; a pack takes the place of one of its name.
  ///   - usesBuiltIn: whether the packs inside the executable are loaded too.
  ///   - withTests: whether the tests of these are loaded.
  ///   - parameters: new values of parameters, by name.
  package init(
    folders: [String] = [], usesBuiltIn: Bool = true, withTests: Bool = true,
    parameters: [(name: String, value: String)] = []
  ) {
    let builtIn = withTests ? RulePacks.builtIn : .builtInWithoutTests
    var packs = usesBuiltIn ? builtIn : .none
    var problems: [LocatedDiagnostic] = []
    for folder in folders {
      let (found, diagnostics) = readPacks(in: folder)
      packs.add(found)
      problems += diagnostics
    }
    self.init(packs, problems: problems, parameters: parameters)
    origin = RunRecord.Rules(
      builtIn: usesBuiltIn, tests: withTests, folders: folders,
      parameters: parameters.map { "\($0.name)=\($0.value)" })
  }

  /// Checks packs that were read.
  init(
    _ packs: RulePacks, problems: [LocatedDiagnostic], parameters: [(name: String, value: String)]
  ) {
    var problems = problems
    var (ruleSet, diagnostics) = loadRules(packs.packs)
    for (name, value) in parameters {
      do throws(ParameterError) {
        try ruleSet.setParameter(name, to: value)
      } catch {
        problems.append(
          LocatedDiagnostic(path: "--param", Diagnostic("E0701", .error, error.message, at: nil)))
      }
    }
    self.ruleSet = ruleSet
    self.problems = problems + diagnostics
    digest = Self.digest(
      of: ruleSet.sources, parameters: parameters.map { "\($0.name)=\($0.value)" })
  }

  /// The digest of rules by their texts, in their order, and by parameters as `name=value`.
  static func digest(of sources: [Source], parameters: [String]) -> String {
    var hash = SHA256()
    for source in sources {
      hash.update(data: Data(source.path.utf8))
      hash.update(data: Data([0]))
      hash.update(data: Data(source.text.utf8))
      hash.update(data: Data([0]))
    }
    for parameter in parameters { hash.update(data: Data("\(parameter)\0".utf8)) }
    return "sha256:" + hex(hash.finalize())
  }

  package var isSound: Bool { !problems.contains { $0.diagnostic.severity == .error } }
}

/// The digest of bytes as reports write it.
package func digest(of bytes: [UInt8]) -> String {
  "sha256:" + hex(SHA256.hash(data: bytes))
}

/// The digest of the bytes of a file, which is not held in memory.
func digest(ofFile path: String) throws -> String {
  var hash = SHA256()
  try forEachChunk(ofFile: path) { hash.update(data: Data($0)) }
  return "sha256:" + hex(hash.finalize())
}

/// The hexadecimal digits of a digest.
func hex(_ digest: SHA256Digest) -> String {
  let digits = Array("0123456789abcdef")
  return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}

/// A run of the rules over documents.
package struct CheckRun: Sendable {
  package var rules: LoadedRules
  package var options: CheckOptions
  /// Whether every document is taken as complete.
  package var asComplete: Bool
  package var limits: ReadingLimits
  /// The zone whose days those of event logs are.
  package var zone: ZoneOffset

  package init(
    rules: LoadedRules, options: CheckOptions, asComplete: Bool = false,
    limits: ReadingLimits = ReadingLimits(), zone: ZoneOffset = .china
  ) {
    self.zone = zone
    self.rules = rules
    self.options = options
    self.asComplete = asComplete
    self.limits = limits
  }

  /// Checks files, and files in folders; `-` is standard input.
  package func report(on paths: [String], options reportOptions: ReportOptions) -> CheckReport {
    let (files, missing) = findInputs(in: paths)
    var report = emptyReport(reportOptions)
    var groups = GroupRun(ruleSet: rules.ruleSet, options: options)
    report.inputProblems = missing.map { LocatedDiagnostic(path: $0.path, $0.diagnostic) }
    for path in files {
      do throws(InputError) {
        let file = try loadFile(path: path, limits: limits)
        var checked = check(
          file.source, format: file.format, digest: digest(of: file.bytes),
          unreadableLines: file.unreadableLines, reportOptions.profile, &groups)
        checked.diagnostics = file.diagnostics + checked.diagnostics
        if reportOptions.keepsWorkbooks, file.format == .workbook {
          checked.workbook = CheckedWorkbook(
            bytes: file.bytes,
            columns: ledgerColumns(file.source, mappings: rules.ruleSet.mappings),
            unpackedBytes: limits.fileBytes, ratio: limits.ratio)
        }
        report.files.append(checked)
      } catch {
        report.inputProblems.append(LocatedDiagnostic(path: error.path, error.diagnostic))
      }
    }
    report.groups = groups.findings { _ in true }
    report.charts = groups.chartTallies
    return report
  }

  /// Checks one text.
  package func report(
    on source: Source, format: InputFormat, options reportOptions: ReportOptions
  ) -> CheckReport {
    var report = emptyReport(reportOptions)
    var groups = GroupRun(ruleSet: rules.ruleSet, options: options)
    report.files = [
      check(
        source, format: format, digest: digest(of: Array(source.text.utf8)),
        reportOptions.profile, &groups)
    ]
    report.groups = groups.findings { _ in true }
    report.charts = groups.chartTallies
    return report
  }

  private func emptyReport(_ options: ReportOptions) -> CheckReport {
    var report = CheckReport(
      toolVersion: wenzeVersion, ruleSet: rules.ruleSet, ruleDigest: rules.digest, files: [],
      ruleProblems: rules.problems, inputProblems: [], options: options)
    report.run = RunRecord(
      .check, self, showsUndetermined: options.showsUndetermined,
      showsAllVerdicts: options.showsAllVerdicts, profile: options.profile)
    return report
  }

  private func check(
    _ source: Source, format: InputFormat, digest: String, unreadableLines: Set<Int> = [],
    _ profile: MaskingProfile, _ groups: inout GroupRun
  ) -> FileReport {
    let (documents, diagnostics) = documents(
      in: source, format: format, limits: limits, mappings: rules.ruleSet.mappings, zone: zone,
      unreadableLines: unreadableLines)
    var file = FileReport(
      source: source, digest: digest, results: [],
      diagnostics: diagnostics.map { profile(.numbers)($0) })
    let plan = CheckPlan(rules.ruleSet, options)
    for written in documents {
      let (document, problems) = rules.ruleSet.decode(written, asComplete: asComplete)
      guard let document else {
        let mask = plan.mask(ofUnsound: written)
        file.unsound.append((written.body.range, mask))
        file.diagnostics += problems.map { profile(mask)($0) }
        continue
      }
      let result = plan.check(document)
      file.diagnostics += (problems + result.diagnostics).map { profile(result.mask)($0) }
      file.results.append(result)
      groups.add(document, at: DocumentReference(document, in: source))
    }
    return file
  }
}

/// What is wrong with packs, as text.
package func problemText(of rules: LoadedRules, language: Language) -> String {
  problemText(of: rules.problems, in: rules.ruleSet, language: language)
}

/// The same of some problems in the packs of a rule set.
package func problemText(
  of problems: [LocatedDiagnostic], in ruleSet: RuleSet, language: Language
) -> String {
  problemTexts(
    of: problems, sources: ruleSet.sources, DiagnosticRenderer(language: language, color: false)
  )
  .joined(separator: "\n")
}
