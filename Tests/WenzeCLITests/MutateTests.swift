import Testing

@Suite struct MutateTests {
  private static let pack = """
    // Synthetic.
    规则包 小包 / small { 版本 "1.0" 档案 文书 }
    法规 问责条例 / regulations {
        标题 "问责条例" / "Regulations on Accountability" 施行 2019-09-01 条数 27
    }
    档案 文书 / paper { 时点 日期  日期 / date : 日期  天数 / days : 整数 }
    规则 A101 超过期限 / too_late {
        依据 问责条例 第九条
        应当 天数 ≤ 30
        错误 "超过期限" / "too late"
    }
    测试 "超过" { 文书 { 日期: 2019-09-01  天数: 31 } 期望 A101 违规 }
    测试 "没有施行" { 文书 { 日期: 2019-08-31  天数: 31 } 期望 A101 不适用 }
    测试 "没有超过" { 文书 { 天数: 29 } 期望 A101 合规 }

    """

  private func run(_ addition: String, _ arguments: String...) async throws -> RunResult {
    let sandbox = try Sandbox(["pack/small.wz": Self.pack + addition])
    return try await sandbox.wenze(
      ["test", "--mutate", "--no-default-rules", "--rules", "pack"] + arguments)
  }

  @Test func whatNoTestNoticesIsShownWithATest() async throws {
    #expect(
      try await run("", "--lang", "en")
        == RunResult(
          1,
          """
          3 tests: 3 passed, 0 failed
          warning[T0101]: no test notices a change of A101: no longer holds when both are equal
           --> pack/small.wz:9:8
            |
          9 |     应当 天数 ≤ 30
            |          ^^^^^^^^^ boundary
            |
            = note: A101 is compliant, and violation after the change, for example:
                    测试 "" {
                        文书 {
                            日期: 2019-09-01
                            天数: 30
                        }
                        期望 A101 合规
                    }

          warning[T0101]: no test notices a change of A101: `30` changed to `29`
           --> pack/small.wz:9:13
            |
          9 |     应当 天数 ≤ 30
            |                 ^^ constant
            |
            = note: A101 is compliant, and violation after the change, for example:
                    测试 "" {
                        文书 {
                            日期: 2019-09-01
                            天数: 30
                        }
                        期望 A101 合规
                    }

          6 mutants: 4 noticed, 2 not, 66.6%
          of each test that is shown, see whether the law says so too; if it does, name it and put it into the pack

          """))
  }

  @Test func enoughIsNoticed() async throws {
    let exact = "测试 \"恰好\" { 文书 { 天数: 30 } 期望 A101 合规 }\n"
    let all = RunResult(0, "测试4项：通过4，失败0\n改动6处：测试发现6处，没有发现0处，发现率100.0%\n")
    #expect(try await run(exact) == all)
    #expect(try await run("", "-q", "--min-noticed", "66").status == 0)
    let short = try await run("", "-q", "--min-noticed", "67")
    #expect(short.status == 1)
    #expect(short.errors.hasSuffix("发现率66.6%，低于 --min-noticed 67：还差1处改动\n"))
  }

  @Test func jsonNamesThePlaceAndTheCase() async throws {
    let json = try await run("", "--format", "json")
    #expect(json.status == 1)
    #expect(json.errors.contains("通过3"))
    #expect(json.output.hasPrefix("{\n  \"schema\": 1,"))
    #expect(json.output.contains("\"kind\": \"boundary\""))
    #expect(json.output.contains("\"mutant_verdict\": \"violation\""))
    #expect(json.output.contains("\"percent\": 66.6"))
  }

  @Test func testsThatFailComeFirst() async throws {
    let wrong = "测试 \"错的\" { 文书 { 天数: 1 } 期望 A101 违规 }\n"
    let result = try await run(wrong, "-q")
    #expect(result == RunResult(1, "测试4项：通过3，失败1\n"))
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() async throws {
    let sandbox = try Sandbox(["pack/small.wz": Self.pack])
    for arguments in [
      ["--min-noticed", "95"], ["--jobs", "2"], ["--mutate", "--jobs", "0"],
      ["--mutate", "--min-noticed", "101"], ["--mutate", "--mutate-only", "A999"],
      ["--mutate", "--coverage", "--format", "json"], ["--format", "json"],
    ] {
      let result = try await sandbox.wenze(
        ["test", "--no-default-rules", "--rules", "pack"] + arguments)
      #expect(result.status == 2, "\(arguments)")
      #expect(!result.errors.isEmpty, "\(arguments)")
    }
  }
}
