import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// A folder with a small pack and an archive, removed with the value.
struct AuditFolder: ~Copyable {
  let url: URL
  let rules: LoadedRules

  /// Rules of all kinds, made up.
  ///
  /// There is a rule over documents, one over their elements, one over groups with a summary of
  /// every kind, and one that judges each element against its group.
  private static let pack = """
    规则包 统 / groups { 版本 "1" 档案 件 }
    法规 研 / study { 标题 "研究" / "Study" 种类 参考 }
    枚举 色 / colour { 红 / red, 绿 / green, 蓝 / blue }
    结构 项 / thing { 名 / name : 文本 人名  数 / number : 整数 }
    档案 件 / item {
        键 号 完整 全 时点 日
        号 / id : 文本
        全 / whole : 是否
        关 / body : 文本
        人 / person : 文本 人名
        日 / day : 日期
        色 / colour : 色
        数 / number : 整数
        成 / done : 是否
        文 / words : 文本
        项列 / things : 列表 项
    }
    规则 T101 没有办成 / not_done {
        依据 研
        应当 成
        错误 "{人}没有办成" / "{person} did not finish"
    }
    规则 T102 数太大 / too_many {
        依据 研
        针对 每个 x 于 项列
        不得 x.数 > 50
        警告 "{x.名}的数是{x.数}" / "{x.name} has {x.number}"
    }
    统计 T701 都一样 / all_alike {
        依据 研
        分组 关 为 机关 / body, 年度(日) 为 年 / year
        令 件数 / count = 计数()
        令 率 / share = 占比(成)
        令 种 / kinds = 种数(色)
        令 末 / last = 最后(色, 日)
        令 同 / alike = 雷同占比(文, 80%)
        不得 件数 > 3
        警告 "{机关}{年}：{件数}件，{率}，{种}种，末{末}，同{同}" / "{body}"
    }
    统计 T702 比同类多 / more_than_others {
        依据 研
        分组 色 为 色
        令 上 / bound = 分位数(数, 60%)
        逐件
        应当 数 ≤ 上
        提示 "{人}的{号}有{数}" / "{id} has {number}"
    }
    图表 颜色 / colours { 构成 色 为 颜色 / colour  分组 关 为 机关 / body }
    图表 数 / numbers { 分布 数 为 数 / number  分组 年度(日) 为 年 / year }
    图表 天数 / days { 对象 当 成  分布 日 至 2024-01-01 为 天数 / days }
    图表 人 / persons { 构成 人 为 人 / person }
    图表 项 / things { 对象 每个 x 于 件.项列 当 x.数 > 20  构成 x.名 为 名 / name  分组 人 为 人 / person }

    """

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "wenze-audit-\(UUID().uuidString)")
    let folder = url.appending(path: "pack")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(Self.pack.utf8).write(to: folder.appending(path: "pack.wz"))
    rules = LoadedRules(folders: [folder.path(percentEncoded: false)], usesBuiltIn: false)
    #expect(rules.problems.map(\.diagnostic.message.chinese) == [])
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path(percentEncoded: false) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }

  func run(jobs: Int = 2) throws -> AuditRun {
    var run = AuditRun(
      check: CheckRun(
        rules: rules,
        options: CheckOptions(today: try #require(CalendarDate(year: 2025, month: 1, day: 1)))))
    run.jobs = jobs
    run.options.showsUndetermined = true
    return run
  }

  /// Audits, and gives the text of a report of every format.
  func reports(of paths: [String], jobs: Int = 2) async throws -> [String] {
    let run = try run(jobs: jobs)
    let sinks = reportFormats.map { _ in TextSink() }
    _ = try await run.audit(paths, outputs: outputs(run, sinks))
    return sinks.map(\.text)
  }

  func outputs(_ run: AuditRun, _ sinks: [TextSink]) -> [AuditOutput] {
    zip(reportFormats, sinks).map { format, sink in
      AuditOutput(format: format.init(run.context(language: .chinese)), sink: sink)
    }
  }
}

/// Keeps what is written.
final class TextSink: ReportSink {
  private(set) var text = ""
  private var held = ""

  func write(_ text: String) {
    self.text += text
  }

  func hold(_ text: String) {
    held += text
  }

  func writeHeld() {
    text += held
    held = ""
  }
}

/// A line of JSON for the pack of ``AuditFolder``, some of it wrong.
func randomItem(_ number: Int, _ random: inout SplitMix64) -> String {
  func pick(_ choices: String...) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }
  if Int.random(in: 0..<40, using: &random) == 0 { return pick("{\"号\":", "[]", "{\"号\":3}") }
  var fields = [#""号":"\#(number)""#]
  let optional = [
    #""关":"\#(pick("甲局", "乙局", "=丙"))""#, #""人":"\#(pick("张三", "李四光", "欧阳修"))""#,
    #""日":"\#(pick("2022-03-01", "2023-01-31", "2023-05", "2024"))""#,
    #""色":"\#(pick("红", "绿", "蓝"))""#, #""数":\#(Int.random(in: 0..<100, using: &random))"#,
    #""成":\#(pick("true", "false"))"#,
    #""文":"\#(pick("同一句话写了又写，写了又写", "另一句完全不同的话", "同一句话写了又写，写了又写了"))""#,
    #""项列":[{"名":"王五","数":\#(Int.random(in: 0..<100, using: &random))},{"名":"赵六"}]"#,
    #""全":true"#, #""没有的字段":1"#,
  ]
  fields += optional.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
  return "{" + fields.joined(separator: ",") + "}"
}
