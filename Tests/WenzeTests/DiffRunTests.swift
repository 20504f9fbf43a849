import Foundation
import Testing
import Wenze
import WenzeModel
import WenzeReport

/// What a change of the shipped packs changes.
@Suite struct DiffRunTests {
  /// Rules of which nothing is another need not be asked: asking all of them finds no more.
  @Test func rulesThatAreNotAskedSayTheSame() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "wenze-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: URL(filePath: Repository.root + "rules"), to: folder)
    let file = folder.appending(path: "base/laws.wz")
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = text.replacing(
      "施行 2019-09-01", with: "施行 2021-01-01", maxReplacements: 1)
    #expect(changed != text)
    try changed.write(to: file, atomically: true, encoding: .utf8)
    let new = try NamedRules(folder.path(percentEncoded: false))
    #expect(new.rules.problems.isEmpty)
    var run = DiffRun(
      from: try NamedRules(Repository.root + "rules"), to: new,
      today: try #require(CalendarDate(text: "2026-11-21")))
    run.jobs = 2
    let cases = [Repository.root + "fixtures/cases"]
    let quick = try await run.report(on: cases)
    #expect(quick.hasChanges)
    run.asksAll = true
    run.jobs = 1
    let thorough = try await run.report(on: cases)
    #expect(thorough.tally == quick.tally)
    #expect(thorough.counts == quick.counts)
    #expect(thorough.changedDocuments == quick.changedDocuments)
    #expect(quick.tally.changes.keys.allSatisfy { quick.changes[$0]?.decides == true })
  }
}
