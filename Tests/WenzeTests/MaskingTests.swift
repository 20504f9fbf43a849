import Foundation
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeOffice
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// No name of any fixture, and no number that is planted beside it, gets into a report, baseline or log of an audit.
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
    let bytes = Data(text.utf8)
    return (mask.names + Self.numbers).filter { bytes.range(of: Data($0.utf8)) != nil }
  }

  private func names(in report: CheckReport) throws -> NameMask {
    let mask = NameMask(joining: report.files.flatMap(\.results).map(\.mask))
    try #require(mask.names.count > 20, "the fixtures have names")
    return mask
  }

  @Test func noReportOfAnAuditHasNames() async throws {
    let corpus = try Corpus()
    let mask = try names(
      in: corpus.run().report(on: [corpus.path], options: ReportOptions(language: .chinese)))
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
        #expect(leaks(in: sink.text, of: mask).isEmpty, "\(format.name) \(profile)")
        if profile == .public { #expect(!sink.text.contains(corpus.path), "\(format.name)") }
      }
      let entry = RunLogEntry(
        of: outcome.summary, context, at: "2026-11-21T00:00:00Z", exitStatus: 0, reports: [])
      #expect(leaks(in: entry.line(number: 1, after: RunLogEntry.noHash).text, of: mask).isEmpty)
      #expect(leaks(in: Baseline.text(of: outcome.entries), of: mask).isEmpty)
    }
  }

  @Test func noWorkbookOfACheckHasNames() throws {
    let corpus = try Corpus()
    for profile in [MaskingProfile.submit, .public] {
      let report = corpus.run().report(
        on: [corpus.path], options: ReportOptions(language: .chinese, profile: profile))
      let mask = try names(in: report)
      for format in fileFormats {
        let archive = try ZipArchive(format.bytes(of: report))
        for name in archive.names {
          let text = String(decoding: try archive.contents(of: name) ?? [], as: UTF8.self)
          #expect(leaks(in: text, of: mask).isEmpty, "\(format.name) \(profile) \(name)")
          if profile == .public { #expect(!text.contains(corpus.path), "\(name)") }
        }
      }
    }
  }
}
