import Testing

/// Groups are of all the documents that a run is given.
@Suite struct GroupTests {
  private static let pack = """
    // Synthetic.
    规则包 组包 / group_pack { 版本 "1.0" 档案 文书 }
    法规 研究 / study { 标题 "研究" / "Study" 种类 参考 }
    枚举 方式 / way { 通报 / notice, 诫勉 / admonition }
    档案 文书 / paper {
        键 编号
        编号 / id : 文本
        机关 / body : 文本
        日期 / date : 日期
        方式 / way : 方式
    }
    参数 最少 / least : 整数 = 3
    统计 G101 一刀切 / one_size {
        依据 研究
        分组 机关 为 机关 / body, 年度(日期) 为 年 / year
        令 件数 / count = 计数()
        令 最多 / largest = 最大占比(方式)
        适用 件数 ≥ 参数.最少
        不得 最多 > 60%
        警告 "{机关}{年}年{件数}件中{最多}为{众数(方式)}" / "{body} {year}: {largest} of {count}"
        说明 "疑似" / "Suspected"
    }
    测试 "一刀切" {
        文书 { 编号: "1" 机关: "甲" 日期: 2023-01-01 方式: 诫勉 }
        文书 { 编号: "2" 机关: "甲" 日期: 2023-02-01 方式: 诫勉 }
        文书 { 编号: "3" 机关: "甲" 日期: 2023-03-01 方式: 诫勉 }
        文书 { 编号: "4" 机关: "乙" 日期: 2023-03-01 方式: 诫勉 }
        期望 G101 违规 于 (甲, 2023)
        期望 G101 不适用 于 (乙, 2023)
    }

    """

  private static let options = ["--no-default-rules", "--rules", "pack"]

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.pack, to: "pack/pack.wz")
    let row = #"{"编号":"NUMBER","机关":"甲","日期":"2023-01-01","方式":"诫勉"}"# + "\n"
    for number in 1...3 {
      try sandbox.write(
        row.replacing("NUMBER", with: "\(number)"), to: "cases/\(number).json")
    }
    return sandbox
  }

  @Test func areHeldAgainstDocumentsOfAnotherKind() async throws {
    let sandbox = try Sandbox()
    let pack = """

      档案 目标 / plan { 键 编号  编号 / id : 文本  机关 / body : 文本  数 / number : 整数 }
      统计 G102 恰好 / just {
          依据 研究
          分组 机关 为 机关 / body
          参照 目标 对应 机关
          令 目标数 / target = 参照(最大(数))
          不得 计数() = 目标数
          警告 "{机关}恰为{目标数}件" / "{body}: just {target}"
          整改 "核查" / "Look into it"
      }

      """
    try sandbox.write(Self.pack + pack, to: "pack/pack.wz")
    try sandbox.write("文书 { 编号: \"1\" 机关: \"甲\" }\n", to: "both/1.wz")
    try sandbox.write("目标 { 编号: \"M\" 机关: \"甲\" 数: 1 }\n", to: "both/targets/1.wz")
    try sandbox.write("文书 { 编号: \"2\" 机关: \"乙\" }\n", to: "both/2.wz")
    let options = Self.options + ["--only", "G102"]
    let run = try await sandbox.wenze(["check", "both"] + options)
    #expect(
      run
        == RunResult(
          1,
          """
          警告[G102]: 甲恰为1件
            = 规则：恰好
            = 分组：机关：甲
            = 数据：目标数 1
            = 文书：1
            = 参照：目标 M
            = 依据：研究
            = 整改：核查

            存疑  G102 无法判断是否“恰好”（机关：乙）：没有与本组对应的目标，卷宗的记载不足以得出目标数

          检查文书 3 份：违规 1（错误 0、警告 1、提示 0），存疑 1

          """))
    let alone = try await sandbox.wenze(["check", "both/1.wz"] + options)
    #expect(alone.output.contains("本次检查没有目标，卷宗的记载不足以得出目标数"))
  }

  @Test func areMadeOfAllFilesOfAFolder() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.wenze(["check", "cases"] + Self.options)
    #expect(
      run
        == RunResult(
          1,
          """
          警告[G101]: 甲2023年3件中100%为诫勉
            = 规则：一刀切
            = 分组：机关：甲，年：2023
            = 数据：件数 3；最多 100%
            = 文书：1、2、3
            = 依据：研究

          检查文书 3 份：违规 1（错误 0、警告 1、提示 0），存疑 0

          """))
    let quiet = try await sandbox.wenze(["check", "cases", "-q"] + Self.options)
    #expect(quiet == RunResult(1, "检查文书 3 份：违规 1（错误 0、警告 1、提示 0），存疑 0\n"))
  }

  @Test func areSmallerWhereFilesAreLeftOut() async throws {
    let sandbox = try sandbox()
    let two = try await sandbox.wenze(["check", "cases/1.json", "cases/2.json"] + Self.options)
    #expect(two == RunResult(0, "检查文书 2 份：违规 0（错误 0、警告 0、提示 0），存疑 0\n"))
    let lenient = try await sandbox.wenze(
      ["check", "cases/1.json", "--param", "最少=1"] + Self.options)
    #expect(lenient.output.hasPrefix("警告[G101]: 甲2023年1件中100%为诫勉\n"))
    let skipped = try await sandbox.wenze(["check", "cases", "--skip", "G101"] + Self.options)
    #expect(skipped == RunResult(0, "检查文书 3 份：违规 0（错误 0、警告 0、提示 0），存疑 0\n"))
  }

  @Test func areTestedAndExplained() async throws {
    let sandbox = try sandbox()
    let test = try await sandbox.wenze(["test"] + Self.options)
    #expect(test == RunResult(0, "测试1项：通过1，失败0\n"))
    let page = try await sandbox.wenze(["explain", "G101", "--lang", "en"] + Self.options)
    #expect(page.output.contains("Groups by:\n  body = 机关\n  year = year(日期)\n"))
    #expect(page.output.contains("Figures:\n  count = count()\n  largest = largest_share(方式)\n"))
  }
}
