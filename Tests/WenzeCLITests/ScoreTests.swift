import Foundation
import Testing

/// `wenze score`: formats, sheets, the period before, and the exit status.
@Suite struct ScoreTests {
  private static let pack = """
    // Synthetic.
    规则包 评包 / score_pack { 版本 "1.0" 档案 文书 }
    法规 办法 / measures { 标题 "办法" / "The Measures" 施行 2019-09-01 条数 9 }
    档案 文书 / paper {
        键 编号
        编号 / id : 文本
        机关 / body : 文本
        承办人 / officer : 文本 人名
        批准 / approved : 是否
        宣布 / announced : 是否
    }
    规则 S101 未经批准 / not_approved {
        依据 办法 第二条
        应当 批准
        错误 "{承办人}没有报批" / "{承办人} did not ask"
    }
    规则 S102 未宣布 / not_announced {
        依据 办法 第三条
        应当 宣布
        警告 "没有宣布" / "not announced"
    }
    评分表 两项 / two_items {
        满分 10
        单位 机关
        组 手续 / formalities 6 { 扣 3 因 S101 重犯加 1 }
        组 执行 / execution 4 { 扣 4 因 S102 }
        等次 合格 / fair >= 7, 差 / poor
    }

    """

  private static let files = [
    "pack/pack.wz": pack,
    "good.json": #"{"编号":"甲","机关":"县局","承办人":"张三丰","批准":true,"宣布":true}"#,
    "bad.json": #"{"编号":"乙","机关":"县局","承办人":"张三丰","批准":false,"宣布":true}"#,
    "open.json": #"{"编号":"丙","机关":"县局","承办人":"张三丰","批准":false}"#,
  ]

  private func score(
    _ sandbox: borrowing Sandbox, _ arguments: String...
  ) async throws -> RunResult {
    try await sandbox.wenze(["score", "--no-default-rules", "--rules", "pack"] + arguments)
  }

  @Test func everyPointIsAccountedFor() async throws {
    let sandbox = try Sandbox(Self.files)
    #expect(
      try await score(sandbox, "open.json")
        == RunResult(
          0,
          """
          案件质量评查：两项（满分10分）

          丙  7分，合格（暂定：待核事项全部查实，降至3分，差）
            单位：县局
            手续  3/6
              S101 未经批准  扣3分
                张某某没有报批（open.json:1）
                依据：《办法》第二条
            执行  4/4
            待核1项，未扣分：
              S102 未宣布：补录宣布

          各单位
            单位  件数  平均分  最低可至  合格  差
            县局     1       7         3     1   0

          """))
  }

  @Test func aReportIsThePeriodBeforeOfTheNext() async throws {
    let sandbox = try Sandbox(Self.files)
    let first = try await score(sandbox, "bad.json", "--format", "json", "--output", "1.json")
    #expect(first == RunResult(0, ""))
    let json = try JSONSerialization.jsonObject(with: Data(sandbox.text(of: "1.json").utf8))
    let fields = try #require(json as? [String: Any])
    #expect((fields["run"] as? [String: Any])?["command"] as? String == "score")
    let replayed = try await sandbox.wenze(["replay", "1.json"])
    #expect(replayed.status == 2)
    let next = try await score(sandbox, "bad.json", "--previous", "1.json", "--lang", "en")
    #expect(next.output.contains("−4 (1 of them for the repetition)"))
    #expect(next.output.contains("S101 not approved: now 1 (乙), before 1 (乙)"))
    let refused = try await score(sandbox, "bad.json", "--previous", "good.json")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("good.json"))
  }

  @Test func aCaseBelowTheLeastGradeGivesStatusOne() async throws {
    let sandbox = try Sandbox(Self.files)
    #expect(try await score(sandbox, "good.json", "open.json", "--min", "合格").status == 0)
    try sandbox.write(
      #"{"编号":"丁","批准":false,"宣布":false}"#, to: "worst.json")
    #expect(try await score(sandbox, "good.json", "worst.json", "--min", "fair").status == 1)
    let unknown = try await score(sandbox, "good.json", "--min", "优秀")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("合格、差"))
  }

  @Test func codesThatNoRuleHasAreTold() async throws {
    let sandbox = try Sandbox(Self.files)
    try sandbox.write(
      Self.pack.replacing("扣 4 因 S102", with: "扣 4 因 S102, S999"), to: "pack/pack.wz")
    let result = try await score(sandbox, "good.json")
    #expect(result.status == 0)
    #expect(result.errors.contains("L0902") && result.errors.contains("“两项”提到的S999没有规则"))
  }

  @Test func wrongUsageIsToldWithStatusTwo() async throws {
    let sandbox = try Sandbox(Self.files)
    let sheet = try await score(sandbox, "good.json", "--sheet", "两顶")
    #expect(sheet.status == 2)
    #expect(sheet.errors.contains("是不是“两项”"))
    #expect(try await score(sandbox, "good.json", "--only", "S101").status == 2)
    #expect(try await score(sandbox, "absent.json").status == 2)
    let small = try await Sandbox.small().small("score", "clean.json")
    #expect(small.status == 2)
    #expect(small.errors.contains("没有评分表"))
  }

  @Test func namesAreShownWhenAskedFor() async throws {
    let sandbox = try Sandbox(Self.files)
    for format in ["text", "json", "markdown", "csv"] {
      let masked = try await score(sandbox, "bad.json", "--format", format)
      #expect(!masked.output.contains("张三丰"))
      let shown = try await score(sandbox, "bad.json", "--format", format, "--show-names")
      #expect(shown.output.contains("张三丰"))
    }
  }

  /// Six documents of one body, of which two lost points, and one of another.
  @Test(arguments: ["text", "json", "markdown", "csv"])
  func onlyUnitsArePublished(format: String) async throws {
    var files = Self.files
    let lines = (1...6).map {
      #"{"编号":"件\#($0)","机关":"县局","承办人":"张三丰","批准":\#($0 > 2),"宣布":true}"#
    }
    files["many.jsonl"] =
      (lines + [#"{"编号":"独","机关":"乡所","承办人":"李四光","批准":false,"宣布":true}"#])
      .joined(separator: "\n") + "\n"
    let sandbox = try Sandbox(files)
    let run = try await score(
      sandbox, "many.jsonl", "--profile", "public", "--format", format)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("县局"))
    for secret in ["乡所", "件1", "独", "张三", "李四", "张某某", "many.jsonl", "没有报批"] {
      #expect(!run.output.contains(secret), "\(format): \(secret) in \(run.output)")
    }
    guard format == "json" else { return }
    _ = try await score(
      sandbox, "many.jsonl", "--profile", "public", "--format", "json", "--output", "public.json")
    let refused = try await score(sandbox, "many.jsonl", "--previous", "public.json")
    #expect(refused.status == 2 && refused.errors.contains("--profile public"))
  }
}
