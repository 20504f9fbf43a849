/// A pack of three rules, one of each severity, and papers to check.
///
/// All of it is made up.
enum Small {
  static let pack = """
    // Synthetic.
    规则包 小包 / small { 版本 "1.0" 档案 文书 }
    法规 问责条例 / regulations {
        标题 "问责条例" / "Regulations on Accountability" 施行 2019-09-01 条数 27
    }
    档案 文书 / paper {
        键 编号 完整 卷宗完整 时点 日期
        编号 / id : 文本
        卷宗完整 / file_complete : 是否
        日期 / date : 日期 缺则 无
        承办人 / officer : 文本 人名 缺则 无
        批准 / approved : 是否 缺则 否
        天数 / days : 整数
        备注 / remark : 文本 缺则 无
    }
    参数 上限 / limit : 整数 = 10
    规则 A101 未经批准 / not_approved {
        依据 问责条例 第九条
        应当 批准
        错误 "“{承办人}”没有报批" / "“{承办人}” did not ask for approval"
        整改 "补办审批" / "Have it approved"
        说明 "应当报批" / "Approval is needed"
    }
    规则 A102 天数过长 / too_long {
        依据 问责条例 第十条
        不得 天数 > 参数.上限
        警告 "用了{天数}天" / "took {天数} days"
    }
    规则 A103 没有日期 / no_date {
        依据 问责条例 第十一条
        应当 有 日期
        提示 "没有日期" / "there is no date"
    }
    测试 "未经批准" {
        文书 { 批准: 否 }
        期望 A101 违规
    }

    """

  static let clean =
    #"{"编号":"甲","承办人":"张三","批准":true,"天数":3,"日期":"2024-01-01"}"# + "\n"
  /// An error, A101.
  static let unapproved =
    #"{"编号":"乙","承办人":"张三","批准":false,"天数":3,"日期":"2024-01-01"}"# + "\n"
  /// A warning, A102.
  static let long =
    #"{"编号":"丙","承办人":"张三","批准":true,"天数":30,"日期":"2024-01-01"}"# + "\n"
  /// A note, A103.
  static let undated =
    #"{"编号":"丁","卷宗完整":true,"承办人":"张三","批准":true,"天数":3}"# + "\n"
  /// A102 waits for the days.
  static let open = #"{"编号":"戊","批准":true,"日期":"2024-01-01"}"# + "\n"

  static let files = [
    "pack/small.wz": pack, "clean.json": clean, "unapproved.json": unapproved, "long.json": long,
    "undated.json": undated, "open.json": open,
  ]

  /// What is said of `unapproved.json`.
  static let unapprovedFinding = """
    错误[A101]: “张某某”没有报批
     --> unapproved.json:1:27
      |
    1 | {"编号":"乙","承办人":"张某","批准":false,"天数":3,"日期":"2024-01-01"}
      |                                     ^^^^^ 批准 = 否
      |
      = 规则：未经批准
      = 文书：文书 乙
      = 依据：《问责条例》第九条
      = 整改：补办审批


    """

  /// The last line of a report.
  static func summary(
    _ documents: Int, errors: Int = 0, warnings: Int = 0, notes: Int = 0, undetermined: Int = 0
  ) -> String {
    "检查文书 \(documents) 份：违规 \(errors + warnings + notes)（错误 \(errors)、警告 \(warnings)、"
      + "提示 \(notes)），存疑 \(undetermined)\n"
  }
}

extension Sandbox {
  /// A sandbox that holds the small pack and its papers.
  static func small(_ files: [String: String] = [:]) throws -> Sandbox {
    try Sandbox(Small.files.merging(files) { $1 })
  }

  /// Runs a command with the small pack and no other.
  func small(
    _ command: String, _ arguments: String..., input: String? = nil,
    environment: [String: String] = [:]
  ) async throws -> RunResult {
    try await wenze(
      [command, "--no-default-rules", "--rules", "pack"] + arguments, input: input,
      environment: environment)
  }
}
