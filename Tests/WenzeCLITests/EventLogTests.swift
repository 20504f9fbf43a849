import Foundation
import Testing

/// Event logs and tables of events become documents of the shipped dossier 事件日志.
@Suite struct EventLogTests {
  private static let pack = """
    // Synthetic.
    规则包 小日志 / small_log { 版本 "1.0" 依赖 基础 档案 事件日志 }
    规则 A901 启动过晚 / launched_late {
        依据 条例2019 第九条
        针对 每个 e 于 事件
        适用 e.活动 = "启动"
        应当 e.时间 早于 2024-03-06
        警告 "“{编号}”在{e.时间}启动" / "“{编号}” was launched on {e.时间}"
        整改 "核对" / "Check it"
        说明 "合成" / "Synthetic"
    }

    """

  private static let table = """
    案件编号,活动名称,时间戳,办理人
    合成-1,启动,2024-03-05T23:30:00Z,张三
    合成-2,启动,2024-03-05 08:00,王五
    合成-1,审批,2024-03-06T09:05:30+08:00,李四

    """

  private static let log = """
    <log><trace><string key="concept:name" value="合成-1"/><event>
    <string key="concept:name" value="启动"/>
    <date key="time:timestamp" value="2024-03-05T23:30:00.000Z"/>
    </event></trace></log>

    """

  /// One instant is on the sixth in China, and on the fifth in Greenwich.
  @Test(arguments: ["events.csv", "log.xes", "log.xes.gz"])
  func daysAreThoseOfTheZone(name: String) async throws {
    let sandbox = try Sandbox([
      "pack/a.wz": Self.pack, "events.csv": Self.table, "log.xes": Self.log,
    ])
    #expect(try await sandbox.shell("gzip -k log.xes").status == 0)
    let late = try await sandbox.wenze(["check", "--rules", "pack", name])
    #expect(late.status == 1, "\(late)")
    #expect(late.output.hasPrefix("警告[A901]: “合成-1”在2024年3月6日 07:30启动\n"), "\(late)")
    let early = try await sandbox.wenze(["check", "--rules", "pack", "--zone", "Z", name])
    #expect(early.status == 0, "\(early)")
    #expect(early.output.contains("违规 0"), "\(early)")
    #expect(early.errors == "")
  }
}
