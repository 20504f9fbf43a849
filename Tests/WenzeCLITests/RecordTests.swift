import Foundation
import Testing

/// The log of runs from the outside.
@Suite struct RecordTests {
  private static let clock = ["SOURCE_DATE_EPOCH": "1767225600"]

  private func hash(inLastLineOf log: String) -> String {
    String(log.split(separator: "\"").last { $0.hasPrefix("sha256:") } ?? "")
  }

  @Test func aRunIsRecorded() async throws {
    let sandbox = try Sandbox.small()
    let check = try await sandbox.small(
      "check", "unapproved.json", "--as-of", "2024-01-01", "--record", "runs.jsonl", "-q",
      "--report", "json=r.json", environment: Self.clock)
    #expect(check.status == 1)
    let audit = try await sandbox.small(
      "audit", "clean.json", "long.json", "--record", "runs.jsonl", "-q", "--profile", "internal",
      "--report", "csv=r.csv", "--write-baseline", "b.jsonl", environment: Self.clock)
    #expect(audit.status == 0)
    let log = try sandbox.text(of: "runs.jsonl")
    let lines = log.split(separator: "\n")
    try #require(lines.count == 2)
    for part in [
      #""sequence":1,"time":"2026-01-01T00:00:00Z","tool":{"name":"wenze","#,
      #""command":"check","as_of":"2024-01-01""#,
      #""inputs":[{"path":"unapproved.json","digest":"sha256:"#,
      #""counts":{"documents":1,"violations":1,"undetermined":0,"waived":0,"problems":0},"exit_status":1"#,
      #""reports":[{"format":"text","path":"-","digest":"sha256:"#,
      #"{"format":"json","path":"r.json""#,
    ] {
      #expect(lines[0].contains(part), "\(part)")
    }
    for part in [
      #""command":"audit""#, #""profile":"internal""#, #"{"path":"long.json","digest":"sha256:"#,
      #"{"format":"csv","path":"r.csv""#, #"{"format":"baseline","path":"b.jsonl""#,
      #"{"format":"text","path":"-""#, #""previous":"\#(hash(inLastLineOf: String(lines[0])))""#,
    ] {
      #expect(lines[1].contains(part), "\(part)")
    }
    let last = hash(inLastLineOf: log)
    #expect(
      try await sandbox.wenze([
        "record", "verify", "runs.jsonl", "--report", "r.json", "--holds", last,
      ])
        == RunResult(
          0,
          """
          r.json：第 1 条，2026-01-01T00:00:00Z
          runs.jsonl：2 条记录，逐条相连；最后一条 \(last)

          """))
    #expect(
      try await sandbox.wenze(["record", "verify", "runs.jsonl", "--lang", "en"])
        == RunResult(0, "runs.jsonl: 2 entries, an unbroken chain; the last is \(last)\n"))
    let table = try await sandbox.wenze(["record", "show", "runs.jsonl", "--lang", "en"])
    let rows = table.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    try #require(rows.count == 3)
    #expect(
      rows[0] == [
        "no.", "time", "command", "profile", "rules", "inputs", "documents", "violations",
        "undetermined", "exit", "hash",
      ])
    #expect(rows[1][..<4] == ["1", "2026-01-01T00:00:00Z", "check", "submit"])
    #expect(rows[1][5..<10] == ["1", "1", "1", "0", "1"])
    #expect(rows[2][2..<4] == ["audit", "internal"])
  }

  @Test func aReportThatWasChangedIsOfNoRun() async throws {
    let sandbox = try Sandbox.small()
    _ = try await sandbox.small(
      "check", "clean.json", "--record", "runs.jsonl", "-q", "--output", "r.txt")
    try sandbox.write(try sandbox.text(of: "r.txt") + " ", to: "r.txt")
    let run = try await sandbox.wenze(["record", "verify", "runs.jsonl", "--report", "r.txt"])
    #expect(run.status == 1)
    #expect(run.errors == "错误[R0108]: 没有一次运行写出“r.txt”现在的内容\n")
  }

  @Test func aChangedLogIsTold() async throws {
    let sandbox = try Sandbox.small()
    for _ in 0..<2 {
      _ = try await sandbox.small("check", "clean.json", "--record", "runs.jsonl", "-q")
    }
    let log = try sandbox.text(of: "runs.jsonl")
    try sandbox.write(
      log.replacing("\"violations\":0", with: "\"violations\":1", maxReplacements: 1),
      to: "runs.jsonl")
    let run = try await sandbox.wenze(["record", "verify", "runs.jsonl"])
    #expect(
      run
        == RunResult(
          1, "runs.jsonl：记录有断裂，不可信\n",
          errors: """
            错误[R0103]: 第 1 行写成以后改动过：与自身的校验值不符
             --> runs.jsonl
              = 注：与另存的副本核对；被改动的记录不能再作为依据

            """))
    #expect(try await sandbox.wenze(["record", "show", "runs.jsonl"]).status == 1)
    #expect(try await sandbox.wenze(["record", "verify", "nothing.jsonl"]).status == 2)
    // Nothing follows half a line.
    let half = String(log.dropLast(9))
    try sandbox.write(half, to: "runs.jsonl")
    let next = try await sandbox.small("check", "clean.json", "--record", "runs.jsonl", "-q")
    #expect(next.status == 2)
    #expect(next.output == Small.summary(1))
    #expect(next.errors.contains("最后一行不完整"))
    #expect(try sandbox.text(of: "runs.jsonl") == half)
  }

  @Test func programsThatRunAtOnceDoNotTearTheLog() async throws {
    let sandbox = try Sandbox.small()
    // The programs of a pipe run at once; none of these reads what the one before writes.
    let one = "\"$WENZE\" check --no-default-rules --rules pack clean.json -q --record runs.jsonl"
    let run = try await sandbox.shell(
      [String](repeating: one, count: 8).joined(separator: " | "))
    #expect(run.status == 0)
    let verified = try await sandbox.wenze(["record", "verify", "runs.jsonl"])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(verified.output.hasPrefix("runs.jsonl：8 条记录，逐条相连"))
  }

  /// The user hears of it before the run, and has the report all the same.
  @Test func aLogThatCannotBeWritten() async throws {
    let sandbox = try Sandbox.small()
    for command in ["check", "audit"] {
      let run = try await sandbox.small(
        command, "clean.json", "--record", "nowhere/runs.jsonl", "--report", "json=\(command).json")
      #expect(run.status == 2)
      #expect(
        run.errors.hasPrefix("错误：没有记录这次运行：不能写入“nowhere/runs.jsonl”：没有文件夹“nowhere”\n"))
      #expect(!run.output.isEmpty)
      #expect(try sandbox.text(of: "\(command).json").contains("\"findings\""))
    }
    let folder = try await sandbox.small("check", "clean.json", "--record", "pack", "-q")
    #expect(folder.status == 2)
    if hasFullDevice {
      let device = try await sandbox.small("check", "clean.json", "--record", "/dev/full", "-q")
      #expect(device.status == 2)
      #expect(device.errors.contains("普通文件"))
    }
  }
}
