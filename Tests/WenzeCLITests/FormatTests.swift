import Foundation
import Testing

/// Reports of `wenze check` for other programs, and the schema.
@Suite struct ReportFormatTests {
  @Test func severalReportsComeOfOneRun() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "check", "unapproved.json", "--report", "sarif=a.sarif,junit=a.xml", "--report",
      "gitlab=a.json", "--format", "github")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("::error file=unapproved.json,line="))
    #expect(try sandbox.text(of: "a.sarif").contains("\"exitCode\":1"))
    #expect(try sandbox.text(of: "a.xml").contains("failures=\"1\""))
    #expect(try sandbox.text(of: "a.json").contains("\"path\":\"unapproved.json\""))
  }

  @Test func aReportTakesThePlaceOfWhatIsPrinted() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "unapproved.json", "--report", "gitlab=-")
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("[\n{\"description\""))
  }

  @Test func anAuditTellsItsStatusToo() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "audit", "unapproved.json", "--severity", "error", "--report", "sarif=-")
    #expect(run.status == 1)
    #expect(run.output.contains("\"exitCode\":1"))
  }

  @Test func theSchemaIsJSON() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenze(["schema", "case", "--lang", "en"])
    #expect(run.status == 0)
    let schema = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let definitions = (schema as? [String: Any])?["$defs"] as? [String: Any]
    #expect(definitions?["record.subject"] != nil)
    #expect(definitions?["record.duty_list"] == nil)
    let wrong = try await sandbox.wenze(["schema", "cas", "--lang", "en"])
    #expect(
      wrong == RunResult(2, "", errors: "Error: there is no dossier `cas`; did you mean `case`?\n"))
  }

  /// What the header of an empty ledger says is known to who reads one.
  @Test(arguments: ["zh", "en"]) func anEmptyLedgerIsReadWithoutComplaint(
    language: String
  ) async throws {
    let sandbox = try Sandbox()
    let header = try await sandbox.wenze(["schema", "--csv", "--lang", language])
    #expect(header.status == 0)
    try sandbox.write(header.output + "1" + "\r\n", to: "ledger.csv")
    let run = try await sandbox.wenze(["check", "ledger.csv", "-q"])
    #expect(!run.errors.contains("D0515"), "\(run.errors)")
  }
}
