import Foundation
import Testing

@Suite struct OptionTests {
  /// The codes in a report, in its order.
  private func codes(_ run: RunResult) -> [String] {
    run.output.matches(of: /(?m)^(错误|警告|提示)\[(\w+)\]/).map { String($0.2) }
  }

  private static let all = ["unapproved.json", "long.json", "undated.json"]

  private func check(_ arguments: String...) async throws -> RunResult {
    let sandbox = try Sandbox.small()
    return try await sandbox.wenze(
      ["check", "--no-default-rules", "--rules", "pack"] + arguments + Self.all)
  }

  // MARK: --only, --skip

  @Test(arguments: ["A101,A103", "a101,a103", "Ａ１０１，ａ１０３", "A103 A101", "A101,,A103,"])
  func onlySomeRules(codes: String) async throws {
    let run = try await check("--only", codes)
    #expect(run.status == 1)
    #expect(self.codes(run).sorted() == ["A101", "A103"])
  }

  @Test func onlyMayBeRepeated() async throws {
    let run = try await check("--only", "A103", "--only", "A102")
    #expect(codes(run).sorted() == ["A102", "A103"])
  }

  @Test func allButSomeRules() async throws {
    let run = try await check("--skip", "a101，A102")
    #expect(codes(run) == ["A103"])
    #expect(run.status == 0)
    let none = try await check("--only", "A101", "--skip", "A101")
    #expect(codes(none) == [])
  }

  @Test(arguments: ["--only", "--skip"]) func anUnknownRule(option: String) async throws {
    let near = try await check(option, "A101,A013")
    #expect(near == RunResult(2, "", errors: "错误：没有规则“A013”，是不是“A103”？\n"))
    let far = try await check(option, "完全不同")
    #expect(far == RunResult(2, "", errors: "错误：没有规则“完全不同”\n"))
    let english = try await check(option, "A013", "--lang", "en")
    #expect(
      english
        == RunResult(2, "", errors: "Error: there is no rule `A013`; did you mean `A103`?\n"))
    let none = try await check(option, "，")
    #expect(none == RunResult(2, "", errors: "错误：没有写规则代码\n"))
  }

  // MARK: --param

  @Test(arguments: ["上限=2", "limit=2", "上限=２"]) func aParameter(text: String) async throws {
    let sandbox = try Sandbox.small()
    let usual = try await sandbox.small("check", "clean.json")
    #expect(codes(usual) == [])
    let run = try await sandbox.small("check", "--param", text, "clean.json")
    #expect(run.status == 1)
    #expect(codes(run) == ["A102"])
  }

  @Test func anUnknownParameter() async throws {
    let run = try await check("-q", "--param", "上线=2")
    #expect(run.status == 2)
    #expect(run.errors == "错误[E0701]: 没有名为“上线”的参数，是不是“上限”？\n --> --param\n")
    // The documents are checked as if nothing had been said.
    #expect(run.output == Small.summary(3, errors: 1, warnings: 1, notes: 1))
  }

  @Test(arguments: ["上限=许多", "上限=", "上限=2.5"]) func aValueOfTheWrongType(
    text: String
  ) async throws {
    let run = try await check("-q", "--param", text)
    #expect(run.status == 2)
    #expect(
      run.errors.hasPrefix("错误[E0701]: 参数“上限”的值应当是整数，“\(text.dropFirst(3))”不是"),
      "\(run.errors)")
    #expect(run.output == Small.summary(3, errors: 1, warnings: 1, notes: 1))
  }

  @Test func aParameterWithoutValue() async throws {
    let run = try await check("--param", "上限")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("错误：--param 写作 名称=值，不是“上限”\n"))
  }

  // MARK: --as-of, --complete

  @Test(arguments: [
    ("2019-09-01", 1), ("2019-08-31", 0), ("2019年9月1日", 1), ("２０１９－０９－０１", 1),
  ]) func theDateOfTheRunChoosesTheLaw(date: String, violations: Int32) async throws {
    let sandbox = try Sandbox.small(["x.json": #"{"编号":"己","批准":false,"天数":3}"#])
    let run = try await sandbox.small("check", "-q", "--as-of", date, "x.json")
    #expect(run.status == violations, "\(run)")
    #expect(run.errors == "")
    // What has a date goes by that.
    let dated = try await sandbox.small("check", "-q", "--as-of", date, "unapproved.json")
    #expect(dated == RunResult(1, Small.summary(1, errors: 1)))
  }

  @Test(arguments: ["2024-13-01", "2023-02-29", "2024-01", "昨天", ""])
  func aDateThatIsNone(date: String) async throws {
    let run = try await check("--as-of", date)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("错误：选项“--as-of <date>”的值“\(date)”不对"), "\(run.errors)")
    #expect(run.errors.contains("2024-01-31"), "\(run.errors)")
  }

  @Test func aFileThatIsTakenAsComplete() async throws {
    let sandbox = try Sandbox.small(["x.json": #"{"编号":"己","天数":3}"#])
    let open = try await sandbox.small("check", "-q", "--as-of", "2024-01-01", "x.json")
    #expect(open == RunResult(0, Small.summary(1, undetermined: 2)))
    let complete = try await sandbox.small(
      "check", "-q", "--as-of", "2024-01-01", "--complete", "x.json")
    #expect(complete == RunResult(1, Small.summary(1, errors: 1, notes: 1)))
  }

  // MARK: --show-names, --verdicts

  @Test(arguments: [
    "text", "json", "sarif", "junit", "github", "gitlab", "markdown", "csv", "html",
  ])
  func namesAreMaskedUnlessAsked(format: String) async throws {
    let sandbox = try Sandbox.small()
    let masked = try await sandbox.small("check", "--format", format, "unapproved.json")
    #expect(!masked.output.contains("张三"))
    #expect(masked.output.contains("张某"))
    let shown = try await sandbox.small(
      "check", "--format", format, "--show-names", "unapproved.json")
    #expect(shown.output.contains("张三"))
    #expect(!shown.output.contains("张某"))
  }

  @Test func namesAreMaskedInProblemsToo() async throws {
    let sandbox = try Sandbox.small([
      "x.json": #"{"编号":"己","承办人":"张三","天数":3,"其他":"张三"}"#
    ])
    let run = try await sandbox.small("check", "-q", "x.json")
    #expect(run.errors.contains("没有字段“其他”"))
    #expect(!run.errors.contains("张三"), "\(run.errors)")
    let explained = try await sandbox.small("explain", "A101", "--case", "unapproved.json")
    #expect(!explained.output.contains("张三"))
    let shown = try await sandbox.small(
      "explain", "A101", "--case", "unapproved.json", "--show-names")
    #expect(shown.output.contains("“张三”没有报批"))
  }

  @Test func allVerdicts() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "--verdicts", "all", "clean.json")
    #expect(
      run
        == RunResult(
          0,
          """
          文书 甲
            合规  A101 未经批准
            合规  A102 天数过长
            合规  A103 没有日期

          \(Small.summary(1))
          """))
  }

  // MARK: Paths

  @Test func namesWithSpacesAndChineseLetters() async throws {
    let sandbox = try Sandbox.small(["二〇二四 年度/甲 案 (终).json": Small.unapproved])
    for path in ["二〇二四 年度", "二〇二四 年度/甲 案 (终).json", "./二〇二四 年度/"] {
      let run = try await sandbox.small("check", path)
      #expect(run.status == 1)
      #expect(run.output.contains("二〇二四 年度/甲 案 (终).json:1:27\n"), "\(run.output)")
    }
  }

  @Test func aFileThatIsNamedTwiceIsCheckedOnce() async throws {
    let sandbox = try Sandbox.small(["papers/a.json": Small.unapproved])
    let run = try await sandbox.small("check", "-q", "papers", "papers/a.json")
    #expect(run == RunResult(1, Small.summary(1, errors: 1)))
  }

  @Test func aNameThatLooksLikeAnOption() async throws {
    let sandbox = try Sandbox.small(["--help.json": Small.unapproved])
    let run = try await sandbox.small("check", "-q", "--", "--help.json")
    #expect(run == RunResult(1, Small.summary(1, errors: 1)))
  }
}
