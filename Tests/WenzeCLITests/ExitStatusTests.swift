import Testing

@Suite struct ExitStatusTests {
  /// What was asked, the status of the program, and its last line.
  struct Row: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var summary: String

    init(_ arguments: String, _ status: Int32, _ summary: String) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.status = status
      self.summary = summary
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let rows: [Row] = [
    // The threshold is a warning.
    Row("clean.json", 0, Small.summary(1)),
    Row("undated.json", 0, Small.summary(1, notes: 1)),
    Row("long.json", 1, Small.summary(1, warnings: 1)),
    Row("unapproved.json", 1, Small.summary(1, errors: 1)),

    Row("--severity error undated.json long.json", 0, Small.summary(2, warnings: 1, notes: 1)),
    Row("--severity error unapproved.json", 1, Small.summary(1, errors: 1)),
    Row("--severity warning undated.json", 0, Small.summary(1, notes: 1)),
    Row("--severity warning long.json", 1, Small.summary(1, warnings: 1)),
    Row("--severity note clean.json", 0, Small.summary(1)),
    Row("--severity note undated.json", 1, Small.summary(1, notes: 1)),
    Row("--severity 提示 undated.json", 1, Small.summary(1, notes: 1)),

    // What is not recorded is no violation, unless it is asked for.
    Row("--severity note open.json", 0, Small.summary(1, undetermined: 1)),
    Row("--undetermined show open.json", 0, Small.summary(1, undetermined: 1)),
    Row("--undetermined hide open.json", 0, Small.summary(1, undetermined: 1)),
    Row("--undetermined fail open.json", 1, Small.summary(1, undetermined: 1)),
    Row("--undetermined fail --severity error open.json", 1, Small.summary(1, undetermined: 1)),
    Row("--undetermined fail clean.json", 0, Small.summary(1)),

    Row("--exit-zero unapproved.json", 0, Small.summary(1, errors: 1)),
    Row("--exit-zero --undetermined fail open.json", 0, Small.summary(1, undetermined: 1)),
    Row("--exit-zero nothing.json unapproved.json", 2, Small.summary(1, errors: 1)),
    Row("nothing.json clean.json", 2, Small.summary(1)),
  ]

  @Test(arguments: rows) func theStatusTellsTheOutcome(row: Row) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenze(
      ["check", "--no-default-rules", "--rules", "pack"] + row.arguments)
    #expect(run.status == row.status, "\(run)")
    #expect(run.output.hasSuffix(row.summary), "\(run)")
    #expect(run.errors.isEmpty == (row.status != 2), "\(run)")
  }

  @Test func whatIsUndeterminedIsShownOrHidden() async throws {
    let sandbox = try Sandbox.small()
    let shown = try await sandbox.small("check", "open.json")
    #expect(
      shown.output == """
        存疑 1 项  open.json  文书 戊：补录下列事实后即可判断
          天数
              A102 天数过长

        \(Small.summary(1, undetermined: 1))
        """)
    let failing = try await sandbox.small("check", "--undetermined", "fail", "open.json")
    #expect(failing.output == shown.output)
    let hidden = try await sandbox.small("check", "--undetermined", "hide", "open.json")
    #expect(hidden.output == Small.summary(1, undetermined: 1))
  }

  @Test func quietIsTheSummaryAlone() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "-q", "unapproved.json", "open.json")
    #expect(run.output == Small.summary(2, errors: 1, undetermined: 1))
    #expect(run.status == 1)
  }
}
