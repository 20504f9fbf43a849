import Testing

/// What is different where a person looks at it.
@Suite struct TerminalTests {
  private static let arguments = [
    "check", "--no-default-rules", "--rules", "pack", "unapproved.json",
  ]
  private static let cure = "补办审批并且在卷宗里说明没有报批的原因，由主要负责人重新审查启动的必要性"

  /// A sandbox whose rule has a cure that fills more than one narrow line.
  private func sandbox() throws -> Sandbox {
    let pack = Small.pack.replacing("补办审批", with: Self.cure)
      .replacing(
        "Have it approved", with: "Have it approved, and explain in the file why it was not")
    return try Sandbox.small(["pack/small.wz": pack])
  }

  @Test func aTerminalHasColors() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenzeOnTerminal(columns: 80, Self.arguments)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("\u{1B}[1;31m错误[A101]\u{1B}[0m"))
  }

  @Test(arguments: [(["--color", "never"], [:]), ([], ["NO_COLOR": "1"])])
  func butNotWhereTheyAreUnwanted(
    arguments: [String], environment: [String: String]
  ) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenzeOnTerminal(
      columns: 100, Self.arguments + arguments, environment: environment)
    #expect(run == RunResult(1, Small.unapprovedFinding + Small.summary(1, errors: 1)))
  }

  @Test func aNarrowTerminalBreaksLinesBetweenWords() async throws {
    let sandbox = try sandbox()
    let chinese = try await sandbox.wenzeOnTerminal(
      columns: 40, Self.arguments + ["--color", "never"])
    #expect(
      chinese.output.contains(
        """
          = 整改：补办审批并且在卷宗里说明没
                  有报批的原因，由主要负责人
                  重新审查启动的必要性

        """), "\(chinese.output)")
    let english = try await sandbox.wenzeOnTerminal(
      columns: 40, Self.arguments + ["--color", "never", "--lang", "en"])
    #expect(
      english.output.contains(
        """
          = law: Regulations on
                 Accountability, article 9
          = cure: Have it approved, and
                  explain in the file why it
                  was not

        """), "\(english.output)")
  }

  @Test func columnsOverrideTheWidth() async throws {
    let sandbox = try sandbox()
    let arguments = Self.arguments + ["--color", "never"]
    let narrow = try await sandbox.wenzeOnTerminal(columns: 40, arguments)
    let wanted = try await sandbox.wenzeOnTerminal(
      columns: 120, arguments, environment: ["COLUMNS": "40"])
    #expect(wanted == narrow)
    let wide = try await sandbox.wenzeOnTerminal(columns: 120, arguments)
    #expect(wide != narrow)
    for columns in ["", "0", "-1", "forty"] {
      let run = try await sandbox.wenzeOnTerminal(
        columns: 120, arguments, environment: ["COLUMNS": columns])
      #expect(run == wide, "\(columns)")
    }
  }

  /// Other programs read lines as they are, whatever the terminal around them.
  @Test func aPipeHasLongLines() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.small("check", "unapproved.json", environment: ["COLUMNS": "40"])
    #expect(run.output.contains("  = 整改：\(Self.cure)\n"))
    let file = try await sandbox.wenzeOnTerminal(
      columns: 40, Self.arguments + ["--output", "report.txt"])
    #expect(file == RunResult(1, ""))
    // What made it stands below.
    #expect(try sandbox.text(of: "report.txt").hasPrefix(run.output + "\nwenze "))
  }

  @Test(arguments: [1, 10, 20, 26, 27, 40, 80, 1000]) func noWidthIsTooSmall(
    columns: Int
  ) async throws {
    let sandbox = try sandbox()
    for arguments in [Self.arguments, ["--help"], ["check", "--help"], ["explain", "WZ101"]] {
      let run = try await sandbox.wenzeOnTerminal(columns: columns, arguments)
      #expect(run.status == (arguments == Self.arguments ? 1 : 0), "\(arguments): \(run.errors)")
      #expect(run.output.count > 200, "\(arguments)")
    }
  }

  @Test func pagesOfRulesFitToo() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.wenzeOnTerminal(
      columns: 40, ["explain", "A101", "--no-default-rules", "--rules", "pack"])
    #expect(
      run.output.contains(
        """
        【整改】
          补办审批并且在卷宗里说明没有报批的原
            因，由主要负责人重新审查启动的必要性

        """), "\(run.output)")
  }
}
