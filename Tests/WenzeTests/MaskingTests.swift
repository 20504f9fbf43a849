import Foundation
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeOffice
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// No name of any fixture, and no number that is planted beside it, gets into any output.
@Suite struct MaskingTests {
  /// Numbers as free texts have them: of an identity card, telephones and a bank card, made up.
  private static let numbers = [
    "360102198001011230", "36010219800101123X", "13800138000", "138-0013-8000", "0791-88881234",
    "6222021234567890123", "１３９００１３９０００",
  ]

  /// The documents of all fixtures, in a folder of their own, with numbers planted in their texts.
  private struct Corpus: ~Copyable {
    let folder: URL
    let date: CalendarDate

    init() throws {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "wenze-\(UUID().uuidString)")
      let date = try #require(CalendarDate(text: "2026-11-21"))
      let files = ["cases", "dossiers", "duty-lists", "assessment", "groups"].flatMap {
        Repository.files(below: "fixtures/\($0)", endingWith: [".wz", ".json", ".yaml", ".yml"])
      }
      let planted = MaskingTests.numbers.joined(separator: "、")
      for path in files {
        let target = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        let bytes = try Data(contentsOf: URL(filePath: Repository.root + path))
        guard var text = String(bytes: bytes, encoding: .utf8) else {
          try bytes.write(to: target)
          continue
        }
        // Of texts that findings quote.
        for field in ["依据", "概述", "标题"] {
          text = text.replacing("\(field): \"", with: "\(field): \"\(planted)")
          text = text.replacing("\"\(field)\": \"", with: "\"\(field)\": \"\(planted)")
        }
        try text.write(to: target, atomically: true, encoding: .utf8)
      }
      self.folder = folder
      self.date = date
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.path(percentEncoded: false) }

    func run() -> CheckRun {
      CheckRun(rules: Repository.rules, options: CheckOptions(today: date))
    }
  }

  /// What is in a text of all that must not be.
  private func leaks(in text: String, of mask: NameMask) -> [String] {
    // The library of C searches fast, even where tests are not optimised.
    text.withCString { start in
      #expect(strlen(start) == text.utf8.count, "nothing behind a zero is searched")
      return (mask.names + Self.numbers).filter { strstr(start, $0) != nil }
    }
  }

  /// The names in all fixtures.
  private static let names: NameMask = {
    guard let corpus = try? Corpus() else { return NameMask(joining: []) }
    let report = corpus.run().report(
      on: [corpus.path], options: ReportOptions(language: .chinese))
    return NameMask(joining: report.files.flatMap(\.results).map(\.mask))
  }()

  private func names() throws -> NameMask {
    try #require(Self.names.names.count > 20, "the fixtures have names")
    return Self.names
  }

  @Test(arguments: [MaskingProfile.submit, .public])
  func noReportOfACheckHasNames(profile: MaskingProfile) throws {
    let corpus = try Corpus()
    let report = corpus.run().report(
      on: [corpus.path], options: ReportOptions(language: .chinese, profile: profile))
    let mask = try names()
    // A page of single cases is not published.
    for format in reportFormats where format.name != "html" || !profile.isPublic {
      let text = report.text(in: format, exitStatus: 1)
      #expect(leaks(in: text, of: mask) == [], "\(format.name)")
      guard profile.isPublic else { continue }
      #expect(!text.contains(corpus.path), "\(format.name)")
      for id in report.files.flatMap(\.results).compactMap(\.document.id) {
        #expect(!text.contains("“\(id)”") && !text.contains("\"\(id)\""), "\(format.name)")
      }
    }
    for format in fileFormats {
      let archive = try ZipArchive(format.bytes(of: report))
      for name in archive.names {
        let text = String(decoding: try archive.contents(of: name) ?? [], as: UTF8.self)
        #expect(leaks(in: text, of: mask) == [], "\(format.name) \(name)")
        if profile.isPublic { #expect(!text.contains(corpus.path), "\(name)") }
      }
    }
    #expect(leaks(in: report.text, of: mask) == [])
    #expect(leaks(in: report.problemText, of: mask) == [])
  }

  @Test func noReportOfAnAuditHasNames() async throws {
    let corpus = try Corpus()
    let mask = try names()
    for profile in [MaskingProfile.submit, .public] {
      var run = AuditRun(check: corpus.run())
      run.options.profile = profile
      run.options.showsUndetermined = true
      run.makesBaseline = profile == .submit
      let context = run.context(language: .chinese)
      let sinks = reportFormats.map { _ in TextSink() }
      let outputs = zip(reportFormats, sinks).map {
        AuditOutput(format: $0.init(context), sink: $1)
      }
      let outcome = try await run.audit([corpus.path], outputs: outputs)
      for (format, sink) in zip(reportFormats, sinks) {
        #expect(leaks(in: sink.text, of: mask) == [], "\(format.name) \(profile)")
        if profile == .public { #expect(!sink.text.contains(corpus.path), "\(format.name)") }
      }
      let entry = RunLogEntry(
        of: outcome.summary, context, at: "2026-11-21T00:00:00Z", exitStatus: 0, reports: [])
      #expect(leaks(in: entry.line(number: 1, after: RunLogEntry.noHash).text, of: mask) == [])
      #expect(leaks(in: Baseline.text(of: outcome.entries), of: mask) == [])
    }
  }

  @Test func noExplanationHasNames() throws {
    let corpus = try Corpus()
    let report = corpus.run().report(
      on: [corpus.path], options: ReportOptions(language: .chinese))
    let mask = try names()
    for file in report.files {
      for result in file.results {
        let explain = ExplainReport(
          ruleSet: report.ruleSet, language: .chinese, mask: MaskingProfile.submit(result.mask))
        let open = result.verdicts.filter { $0.verdict == .violation }
        for code in Set(open.map(\.code)) {
          let trees = explain.trees(
            of: report.ruleSet.explain(code, in: result.document, today: corpus.date),
            in: file.source)
          #expect(leaks(in: trees.joined(), of: mask) == [], "\(code) \(file.source.path)")
        }
      }
    }
  }

  @Test func noComparisonHasNames() async throws {
    let corpus = try Corpus()
    let mask = try names()
    let rules = corpus.folder.deletingLastPathComponent()
      .appending(path: "wenze-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: rules) }
    try FileManager.default.copyItem(at: URL(filePath: Repository.root + "rules"), to: rules)
    let file = rules.appending(path: "base/laws.wz")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("施行 2019-09-01", with: "施行 2099-01-01", maxReplacements: 1)
      .write(to: file, atomically: true, encoding: .utf8)
    var run = DiffRun(
      from: try NamedRules("built-in"), to: try NamedRules(rules.path(percentEncoded: false)),
      today: corpus.date)
    run.exampleCount = 20
    for profile in [MaskingProfile.submit, .public] {
      run.profile = profile
      let report = try await run.report(on: [corpus.path + "/fixtures/cases"])
      #expect(report.hasChanges)
      for text in [report.json, report.text(in: .chinese), report.markdown(in: .english)] {
        #expect(leaks(in: text, of: mask) == [])
        if profile == .public { #expect(!text.contains(corpus.path)) }
      }
    }
  }
}
