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

  @Test func namesAreMasked() async throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "fixtures/cases/launch-ad-hoc-body.wz")
    let sandbox = try Sandbox()
    try sandbox.write(try String(contentsOf: fixture, encoding: .utf8), to: "case.wz")
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
