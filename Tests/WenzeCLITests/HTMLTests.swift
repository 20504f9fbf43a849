import Foundation
import Testing

/// Pages of `wenze check` and `wenze audit`.
@Suite struct HTMLTests {
  @Test func checksAndAuditsWritePages() async throws {
    let sandbox = try Sandbox.small()
    let check = try await sandbox.small("check", "unapproved.json", "--format", "html")
    #expect(check.status == 1)
    let audit = try await sandbox.small("audit", "unapproved.json", "--report", "html=-")
    #expect(audit.status == 0)
    let file = try await sandbox.small(
      "audit", "unapproved.json", "--report", "html=a.html,csv=a.csv")
    #expect(file.status == 0)
    #expect(try sandbox.text(of: "a.html") == audit.output)
    for page in [check.output, audit.output] {
      #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
      #expect(page.split(separator: "<article ").count == 2)
    }
  }

  private func fixture(_ path: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures")
    return try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// Ten cases in a year after three and four: the bound of a mean of 3.5 is 8.
  @Test(arguments: ["audit", "check"]) func countsStandBesideTheirBounds(
    command: String
  ) async throws {
    let lines = try fixture("archives/quota.jsonl").split(separator: "\n")
    let years = [("2021-", 3), ("2022-", 4), ("2023-", 10)]
    let text = years.flatMap { year, count in
      lines.prefix(count).map { $0.replacing("2023-", with: year) + "\n" }
    }
    let sandbox = try Sandbox(["archive.jsonl": text.joined()])
    let run = try await sandbox.wenze(
      [command, "archive.jsonl", "--as-of", "2026-01-01", "--report", "html=-"])
    for row in [["2021", "3", "14", ""], ["2022", "4", "13", ""], ["2023", "10", "8", "WZ701"]] {
      let cells = row.map { #"<td class="n"><bdi>\#($0)</bdi></td>"# }.joined()
      #expect(run.output.contains("<tr><td><bdi>子县县委</bdi></td>\(cells)</tr>"), "\(row)")
    }
    #expect(run.output.contains(">WZ701</text>"))
  }

  @Test func namesAreMasked() async throws {
    let sandbox = try Sandbox(["case.wz": try fixture("cases/launch-ad-hoc-body.wz")])
    let check = try await sandbox.wenze(["check", "case.wz", "--format", "html"])
    let audit = try await sandbox.wenze(["audit", "case.wz", "--report", "html=-"])
    for run in [check, audit] {
      #expect(run.output.contains("WZ101"))
      for name in ["钱戊", "甲一", "乙二", "丙三", "丁四", "戊五"] {
        #expect(!run.output.contains(name), "\(name)")
      }
    }
  }
}
