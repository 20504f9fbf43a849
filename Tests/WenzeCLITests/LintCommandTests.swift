import Foundation
import Testing

@Suite struct LintCommandTests {
  private static let pack = """
    // Synthetic.
    规则包 小包 / small { 版本 "1.0" 档案 文书 }
    法规 问责条例 / regulations {
        标题 "问责条例" / "Regulations on Accountability" 施行 2019-09-01 条数 27
    }
    档案 文书 / paper { 键 编号 编号 / id : 文本 批准 / approved : 是否 缺则 否 }
    规则 A101 未经批准 / not_approved {
        依据 问责条例 第九条
        应当 批准
        错误 "没有报批" / "nobody was asked"
    }
    测试 "没有报批" { 文书 { 批准: 否 } 期望 A101 违规 }
    测试 "报批了" { 文书 { 批准: 是 } 期望 A101 合规 }
    测试 "没有记载" { 文书 { 编号: "甲" } 期望 A101 存疑 }

    """

  private func run(_ addition: String, _ arguments: String...) async throws -> RunResult {
    let sandbox = try Sandbox(["pack/small.wz": Self.pack + addition])
    return try await sandbox.wenze(
      ["lint", "--no-default-rules", "--rules", "pack"] + arguments)
  }

  @Test func nothingIsWrong() async throws {
    #expect(try await run("") == RunResult(0, "规则包1个，规则1条：没有问题\n"))
    #expect(try await run("", "--lang", "en") == RunResult(0, "1 pack, 1 rule: nothing wrong\n"))
  }

  @Test func aFindingIsShown() async throws {
    let unused = "集合 要紧 / important : 大小 = { 大 }\n枚举 大小 / size { 大 / big, 小 / small }\n"
    #expect(
      try await run(unused, "--lang", "en")
        == RunResult(
          1,
          """
          warning[L0101]: the set `important` is never used
            --> pack/small.wz:15:4
             |
          15 | 集合 要紧 / important : 大小 = { 大 }
             |      ^^^^^^^^^^^^^^^^
             |
             = note: remove it, or see what should use it

          1 pack, 1 rule: 1 warning

          """))
    #expect(try await run(unused, "-q") == RunResult(1, "规则包1个，规则1条：警告1项\n"))
    #expect(try await run(unused, "-q", "--severity", "error").status == 0)
    #expect(try await run(unused, "-q", "--exit-zero").status == 0)
    let json = try await run(unused, "--format", "json")
    #expect(json.status == 1)
    #expect(json.output.contains("\"code\": \"L0101\""))
    #expect(json.output.contains("\"warnings\": 1"))
  }

  /// A condition that cannot be otherwise is shown with a case.
  @Test func aConditionNeverFails() async throws {
    let rule = """
      规则 A102 另有要求 / other_demand {
          依据 问责条例 第九条
          应当 批准 或 非 批准
          错误 "没有" / "none"
      }

      """
    let run = try await run(rule, "--lang", "en", "--as-of", "2026-11-21")
    #expect(run.status == 1)
    #expect(
      run.output.contains(
        """
        warning[L0801]: the condition `批准 或 非 批准` never fails
          --> pack/small.wz:17:8
        """))
    #expect(
      run.output.contains(
        """
           = note: for example:
                   文书 {
                       批准: 是
                   }

        """))
  }

  /// That nothing was found in conditions that could not be decided is not said to be all.
  @Test func aConditionIsNotDecided() async throws {
    let rule = """
      规则 A103 编号照抄 / copied_id {
          依据 问责条例 第九条
          应当 相似度(编号, "甲乙丙") < 90%
          错误 "照抄" / "copied"
      }
      测试 "照抄" { 文书 { 编号: "甲乙丙" } 期望 A103 违规 }
      测试 "没有照抄" { 文书 { 编号: "丁戊己" } 期望 A103 合规 }
      测试 "没有编号" { 文书 { 批准: 是 } 期望 A103 存疑 }

      """
    let summary = try await run(rule, "--lang", "en", "--as-of", "2026-11-21")
    #expect(
      summary
        == RunResult(
          0,
          "1 pack, 2 rules: nothing wrong\nthe conditions of 1 rule are not decided in full, so that something may be wrong with them; --format json says why\n"
        ))
    let json = try await run(rule, "--format", "json", "--as-of", "2026-11-21")
    #expect(json.output.contains("\"undecided\": [\n    {\n      \"rule\": \"A103\","))
  }

  /// Wrong rules are told where findings are, and nothing else is told of them.
  @Test func theRulesAreWrong() async throws {
    let run = try await run("集合 要紧 / important : 大小 = { 大 }\n", "-q", "--lang", "en")
    #expect(run == RunResult(2, "1 pack, 1 rule: 1 error\n"))
  }

  @Test func anUnknownPack() async throws {
    let run = try await run("", "smal", "--lang", "en")
    #expect(
      run == RunResult(2, "", errors: "Error: there is no pack `smal`; did you mean `small`?\n"))
  }

  /// The formats of CI services, each with what is found and where.
  @Test func theFormatsOfServices() async throws {
    let unused = "集合 要紧 / important : 大小 = { 大 }\n枚举 大小 / size { 大 / big, 小 / small }\n"
    let gitHub = try await run(unused, "--lang", "en", "--format", "github")
    #expect(
      gitHub
        == RunResult(
          1,
          "::warning file=pack/small.wz,line=15,col=4,title=L0101::the set `important` is never used\n"
        ))
    let gitLab = try await run(unused, "--format", "gitlab")
    #expect(gitLab.output.contains("\"check_name\":\"L0101\""))
    #expect(gitLab.output.contains("\"path\":\"pack/small.wz\",\"lines\":{\"begin\":15}"))
    let jUnit = try await run(unused, "--lang", "en", "--format", "junit")
    #expect(jUnit.output.contains("tests=\"1\" failures=\"1\""))
    #expect(jUnit.output.contains("name=\"L0101 15:4\""))
    let clean = try await run("", "--format", "junit")
    #expect(clean.status == 0)
    #expect(clean.output.contains("tests=\"1\" failures=\"0\""))
  }

  @Test func aLogOfStaticAnalysis() async throws {
    let shared = """
      规则 A102 未经批准 / not_approved_either {
          依据 问责条例 第九条
          应当 批准
          错误 "没有报批" / "nobody was asked"
      }
      测试 "又没有报批" { 文书 { 批准: 否 } 期望 A102 违规 }
      测试 "又报批了" { 文书 { 批准: 是 } 期望 A102 合规 }
      测试 "又没有记载" { 文书 { 编号: "甲" } 期望 A102 存疑 }

      """
    let run = try await run(shared, "--format", "sarif", "--as-of", "2026-11-21", "--lang", "en")
    #expect(run.status == 1)
    let log = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let first = (log?["runs"] as? [[String: Any]])?.first
    let results = try #require(first?["results"] as? [[String: Any]])
    // The names are one, and whatever violates one violates the other.
    #expect(Set(results.compactMap { $0["ruleId"] as? String }) == ["L0301", "L0808"])
    for result in results {
      let related = result["relatedLocations"] as? [[String: Any]]
      #expect(related?.count == 1)
      let index = try #require(result["ruleIndex"] as? Int)
      let driver = (first?["tool"] as? [String: Any])?["driver"] as? [String: Any]
      let rules = try #require(driver?["rules"] as? [[String: Any]])
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
    let fingerprints = results.compactMap {
      ($0["partialFingerprints"] as? [String: String])?["wenzeLint/v1"]
    }
    #expect(Set(fingerprints).count == results.count)
  }

  @Test func aReportGoesToAFile() async throws {
    let sandbox = try Sandbox(["pack/small.wz": Self.pack])
    let run = try await sandbox.wenze([
      "lint", "--no-default-rules", "--rules", "pack", "--format", "json", "--output", "lint.json",
    ])
    #expect(run == RunResult(0, ""))
    #expect(try sandbox.text(of: "lint.json").contains("\"findings\": []"))
  }
}
