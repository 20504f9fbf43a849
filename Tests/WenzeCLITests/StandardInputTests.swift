import Testing

@Suite struct StandardInputTests {
  @Test(arguments: [
    (#"{"编号":"己","批准":false,"天数":3,"日期":"2024-01-01"}"#, "1:16"),
    ("编号: 己\n批准: 否\n天数: 3\n日期: 2024-01-01\n", "2:5"),
    ("文书 {\n    编号: \"己\"\n    批准: 否\n    天数: 3\n    日期: 2024-01-01\n}\n", "3:9"),
  ]) func aDashIsStandardInput(text: String, place: String) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "-", input: text)
    #expect(run.status == 1)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("错误[A101]: “（未记载）”没有报批\n"), "\(run.output)")
    #expect(run.output.contains("\n --> -:\(place)\n"), "\(run.output)")
    #expect(run.output.hasSuffix(Small.summary(1, errors: 1)))
  }

  @Test func itStandsBesideFiles() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "check", "-q", "-", "unapproved.json", "-", input: Small.long)
    #expect(run == RunResult(1, Small.summary(2, errors: 1, warnings: 1)))
  }

  @Test func nothingComesIn() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "-q", "-", "clean.json", input: "")
    #expect(run.status == 2)
    #expect(run.output == Small.summary(1))
    #expect(run.errors.hasPrefix("错误[D0105]"))
  }

  @Test func aPipeIsReadToItsEnd() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.shell(
      """
      { printf '['; for i in 1 2 3 4 5 6 7 8 9; do cat unapproved.json; echo ,; sleep 0.01; done
      cat clean.json; printf ']'; } | "$WENZE" check -q --no-default-rules --rules pack -
      """)
    #expect(run == RunResult(1, Small.summary(10, errors: 9)))
  }

  @Test func explainReadsItToo() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("explain", "A101", "--case", "-", input: Small.unapproved)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("-  乙\nA101 未经批准  →  违规\n"))
  }
}
