import Testing

/// What `wenze test` tells of what the tests reach, and with which status.
@Suite struct CoverageTests: ~Copyable {
  private static let pack = """
    // Synthetic.
    规则包 小包 / small { 版本 "1.0" 档案 文书 }
    法规 问责条例 / regulations {
        标题 "问责条例" / "Regulations on Accountability" 种类 参考
    }
    档案 文书 / paper { 键 编号 编号 / id : 文本 批准 / approved : 是否 }
    规则 A101 未经批准 / not_approved {
        依据 问责条例
        应当 批准
        错误 "没有报批" / "nobody was asked"
    }
    测试 "没有报批" { 文书 { 批准: 否 } 期望 A101 违规 }
    测试 "报批了" { 文书 { 批准: 是 } 期望 A101 合规 }

    """

  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox(["rules/small/small.wz": Self.pack])
  }

  private func test(_ arguments: String...) async throws -> RunResult {
    try await sandbox.wenze(["test", "--no-default-rules", "--rules", "rules"] + arguments)
  }

  @Test func aTableSaysWhatIsReached() async throws {
    #expect(
      try await test("--coverage", "--lang", "en")
        == RunResult(
          0,
          """
          2 tests: 2 passed, 0 failed
          pack   rules  verdicts  conditions  outcomes  table rows  covered
          small      1       2/3           1       2/3           –    66.6%
          total      1       2/3           1       2/3           –    66.6%

          """))
    #expect(
      try await test("--coverage", "-q", "--lang", "en").output
        == "2 tests: 2 passed, 0 failed\n66.6% covered: 4 of 6 outcomes\n")
  }

  @Test func whatIsNotReachedIsListed() async throws {
    let result = try await test("--uncovered", "-q")
    #expect(
      result.output == """
        测试2项：通过2，失败0
        覆盖66.6%：到达4项结果，共6项
        rules/small/small.wz:7:4  A101 未经批准  未到：存疑
        rules/small/small.wz:9:8  A101 “批准”  未到：未知

        """)
    #expect(try await test("小包", "--coverage").output.contains("\nA101       1"))
  }

  @Test func tooLittleIsAFailureThatSaysHowMuchIsLacking() async throws {
    let result = try await test("--min", "80", "-q", "--lang", "en")
    #expect(result.status == 1)
    #expect(
      result.errors == "coverage is 66.6%, below --min 80: 1 more outcome is needed\n")
    #expect(try await test("--min", "66.6", "-q").status == 0)
    #expect(try await test("--min", "100", "-q").errors == "覆盖66.6%，低于 --min 100：还差2项结果\n")
    for wrong in ["101", "-1", "many", "50%"] {
      let result = try await test("--min=\(wrong)")
      #expect(result.status == 2, "\(wrong)")
      #expect(result.errors.contains("“--min <0-100>”的值“\(wrong)”不对"), "\(wrong)")
    }
  }

  @Test func programsGetJSONAndTracefiles() async throws {
    let result = try await test("--format", "json", "--lcov", "out.info")
    #expect(result.status == 0)
    #expect(result.errors == "测试2项：通过2，失败0\n")
    #expect(result.output.hasPrefix("{\n"))
    #expect(result.output.contains("\"percent\": 66.6"))
    #expect(
      try sandbox.text(of: "out.info") == """
        TN:
        SF:rules/small/small.wz
        FN:7,A101
        FNDA:2,A101
        FNF:1
        FNH:1
        BRDA:7,0,0,1
        BRDA:7,0,1,0
        BRDA:7,0,2,1
        BRDA:9,0,0,1
        BRDA:9,0,1,1
        BRDA:9,0,2,0
        BRF:6
        BRH:4
        DA:7,2
        DA:9,2
        LF:2
        LH:2
        end_of_record

        """)
    let unwritable = try await test("--lcov", "no/such/folder.info", "-q")
    #expect(unwritable.status == 2)
    #expect(unwritable.output == "测试2项：通过2，失败0\n")
  }

  @Test func aFailedTestIsAFailureWhateverIsCovered() async throws {
    try sandbox.write(
      Self.pack + "测试 \"错的\" { 文书 { 编号: \"甲\" } 期望 A101 合规 }\n", to: "rules/small/small.wz")
    let result = try await test("--min", "100", "-q", "--lang", "en")
    #expect(result.status == 1)
    #expect(
      result.output
        == "3 tests: 2 passed, 1 failed\n100.0% covered: 6 of 6 outcomes\n")
  }
}
