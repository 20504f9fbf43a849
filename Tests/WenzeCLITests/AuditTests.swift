import Foundation
import Testing

@Suite struct AuditTests {
  private static let archive =
    Small.clean + Small.unapproved + Small.long + Small.undated
    + Small.open

  private func sandbox(_ files: [String: String] = [:]) throws -> Sandbox {
    try Sandbox.small(["archive.jsonl": Self.archive].merging(files) { $1 })
  }

  @Test func theSummaryIsOnStandardOutput() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.small(
      "audit", "archive.jsonl", "--as-of", "2025-01-01", "--undetermined", "show")
    #expect(
      run
        == RunResult(
          0,
          """
          审计 1 个文件，文书 5 份（文书 5）
          违规 3（错误 1、警告 1、提示 1），存疑 1，合规 11，不适用 0

          规则
            代码  名称      违规  存疑  合规  违规率
            A101  未经批准     1     0     4   20.0%  ████▊
            A102  天数过长     1     1     3   25.0%  ██████
            A103  没有日期     1     0     4   20.0%  ████▊

          最常缺少的事实
            事实  次数
            天数     1  ████████████████████████

          """), "\(run.output)")
  }

  @Test func inEnglishToo() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.small("audit", "-q", "--lang", "en", "archive.jsonl")
    #expect(
      run
        == RunResult(
          0,
          """
          5 documents in 1 file (paper 5)
          3 violations (1 error, 1 warning, 1 note), 1 undetermined, 11 compliant, 0 not applicable

          """), "\(run.output)")
  }

  /// A line fits the terminal, letters of two columns and all.
  @Test(arguments: [44, 60, 80, 120]) func aTerminalIsFilledAndNotMore(columns: Int) async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.wenzeOnTerminal(
      columns: columns,
      ["audit", "--no-default-rules", "--rules", "pack", "--color", "never", "archive.jsonl"])
    #expect(run.status == 0)
    let widths = run.output.split(separator: "\n").map { line in
      line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }
    // Sentences are broken by the terminal.
    #expect(widths.dropFirst(2).allSatisfy { $0 <= columns }, "\(run.output)")
  }

  @Test func theStatusIsZeroUnlessASeverityIsAskedFor() async throws {
    let sandbox = try sandbox()
    let statuses = [
      ([], 0), (["--severity", "error"], 1), (["--skip", "A101", "--severity", "error"], 0),
      (["--skip", "A101", "--severity", "警告"], 1), (["--undetermined", "fail"], 1),
      (["--undetermined", "show"], 0), (["nothing.json"], 2), (["--skip", "A999"], 2),
      (["--jobs", "0"], 2), (["--report", "html"], 2), (["--report", "json="], 2),
    ]
    for (arguments, status) in statuses {
      let run = try await sandbox.wenze(
        ["audit", "-q", "--no-default-rules", "--rules", "pack", "archive.jsonl"] + arguments)
      #expect(run.status == Int32(status), "\(arguments): \(run.errors)")
    }
  }

  @Test func severalReportsComeFromOneRun() async throws {
    let sandbox = try sandbox()
    let before = try sandbox.names()
    let run = try await sandbox.small(
      "audit", "-q", "archive.jsonl", "--report", "jsonl=a.jsonl,csv=a,b.csv", "--report",
      "json=a.json", "--report", "markdown=a.md", "--report", "text=a.txt")
    #expect(run.status == 0)
    #expect(
      try sandbox.names()
        == (before + ["a.jsonl", "a,b.csv", "a.json", "a.md", "a.txt"]).sorted())
    #expect(
      try sandbox.text(of: "a,b.csv") == """
        规则,名称,结论,严重性,文书类型,编号,文件,行,列,位置,分组,问题,整改,依据,事实,缺少的事实,豁免,基线\r
        A101,未经批准,违规,错误,paper,乙,archive.jsonl,2,27,,,“张某某”没有报批,补办审批,《问责条例》第九条,批准 = 否；日期 = 2024年1月1日,,,\r
        A102,天数过长,违规,警告,paper,丙,archive.jsonl,3,37,,,用了30天,,《问责条例》第十条,天数 = 30；日期 = 2024年1月1日,,,\r
        A103,没有日期,违规,提示,paper,丁,archive.jsonl,4,1,,,没有日期,,《问责条例》第十一条,日期 = 无,,,\r

        """)
    #expect(try sandbox.text(of: "a.jsonl").split(separator: "\n").count == 4)
    let json = try JSONSerialization.jsonObject(with: Data(sandbox.text(of: "a.json").utf8))
    #expect(((json as? [String: Any])?["findings"] as? [Any])?.count == 3)
    #expect(
      try sandbox.text(of: "a.md").contains("| A101 | 未经批准 | 1 | 0 | 4 | 20.0% |\n"))
    #expect(try sandbox.text(of: "a.txt").hasPrefix("审计 1 个文件，文书 5 份（文书 5）\n"))
  }

  /// A spreadsheet must not take what a file says for a formula.
  @Test(arguments: ["=1+1", "+1", "-1", "@x", "＝1", "\t=1"])
  func aTableHoldsNoFormula(remark: String) async throws {
    let pack = Small.pack.replacing("“{承办人}”没有报批", with: "{备注}")
    let escaped = remark.replacing("\t", with: "\\t")
    let sandbox = try Sandbox.small([
      "pack/small.wz": pack, "a.json": #"{"编号":"甲","批准":false,"备注":"\#(escaped)"}"#,
    ])
    let run = try await sandbox.small("audit", "a.json", "--report", "csv=-")
    #expect(run.status == 0)
    #expect(run.output.contains(",'\(remark),"), "\(run.output)")
  }

  @Test func aReportMayGoToStandardOutput() async throws {
    let sandbox = try sandbox()
    let run = try await sandbox.small("audit", "archive.jsonl", "--report", "jsonl=-")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
    let piped = try await sandbox.small("audit", "-q", "-", input: Self.archive)
    #expect(piped.output.hasPrefix("审计 1 个文件，文书 5 份"))
  }

  @Test func anEmptyInputIsTold() async throws {
    let sandbox = try Sandbox.small(["empty.jsonl": ""])
    for path in ["empty.jsonl", "-"] {
      let run = try await sandbox.small("audit", path, "--report", "json=r.json")
      #expect(run.status == 2)
      #expect(run.output.hasPrefix("审计 0 个文件，文书 0 份，1 个文件未能读取\n"))
      #expect(run.output.contains("D0105"))
      #expect(run.errors == "错误：输入有 1 处不对，有的没有审计\n")
      _ = try JSONSerialization.jsonObject(with: Data(sandbox.text(of: "r.json").utf8))
    }
  }

  /// The acceptance of ledgers: read whole, and remarked on in four places.
  @Test func aLedgerInGB18030() async throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "fixtures/ledgers/gb18030.csv")
    let sandbox = try Sandbox()
    try sandbox.write(try Data(contentsOf: folder), to: "台账.csv")
    let run = try await sandbox.wenze([
      "audit", "台账.csv", "--as-of", "2025-01-01", "--show-names", "--report", "jsonl=r.jsonl",
      "--undetermined", "show",
    ])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("审计 1 个文件，文书 3 份（案件 3）\n"))
    let lines = try sandbox.text(of: "r.jsonl").split(separator: "\n")
    // A name with a character of four bytes.
    #expect(lines.contains { $0.contains("王𫠠") })
    struct Line: Decodable {
      var problem: Problem?
      struct Problem: Decodable, Equatable {
        var code: String
        var line: Int
        var column: Int
      }
    }
    let problems = try lines.compactMap {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8)).problem
    }
    #expect(
      problems.map { "\($0.code) \($0.line)" }
        == ["D0514 1", "D0515 2", "D0503 5", "D0526 8"])
  }

  // MARK: - Files that are written

  @Test(
    .enabled(if: hasFullDevice, "there is no /dev/full"),
    arguments: [
      "--report=jsonl", "--emit-partial", "--write-baseline",
    ]) func aDeviceThatIsFull(option: String) async throws
  {
    let sandbox = try sandbox()
    let run = try await sandbox.small(
      "audit", "archive.jsonl", "\(option)=/dev/full", "--report", "csv=kept.csv")
    #expect(run == RunResult(2, "", errors: "错误：不能写入“/dev/full”：No space left on device\n"))
    // None of the reports comes to be without the others.
    #expect(try !sandbox.names().contains("kept.csv"))
    #expect(try sandbox.names().allSatisfy { !$0.hasPrefix(".wenze") })
  }

  @Test(arguments: [
    ("reports/r", "没有文件夹“reports”"), ("pack", "“pack”是文件夹"), ("clean.json/r", "“clean.json”不是文件夹"),
  ]) func aPlaceWhereNothingCanBeWritten(path: String, reason: String) async throws {
    let sandbox = try sandbox()
    let before = try sandbox.names()
    let run = try await sandbox.small(
      "audit", "archive.jsonl", "--report", "csv=r.csv,jsonl=\(path)")
    #expect(run == RunResult(2, "", errors: "错误：不能写入“\(path)”：\(reason)\n"))
    #expect(try sandbox.names() == before)
  }

  @Test(.enabled(if: !isRoot, "root may write everywhere"))
  func aFolderWithoutPermission() async throws {
    let sandbox = try sandbox(["reports/r.csv": "旧\n"])
    try sandbox.setPermissions(0o555, of: "reports")
    let run = try await sandbox.small("audit", "archive.jsonl", "--report", "csv=reports/r.csv")
    try sandbox.setPermissions(0o755, of: "reports")
    #expect(run == RunResult(2, "", errors: "错误：不能写入“reports/r.csv”：没有写入的权限\n"))
    #expect(try sandbox.text(of: "reports/r.csv") == "旧\n")
  }

  /// Whatever ends the program while it reads, the old report stays as it was.
  @Test(arguments: ["TERM", "HUP", "KILL"])
  func aSignalLeavesTheOldReport(signal: String) async throws {
    let sandbox = try sandbox(["r.jsonl": "旧的报告\n"])
    // The pipe never ends. An interrupt goes the same way, but a shell without a terminal lets
    // programs of the background ignore it.
    let script = """
      mkfifo pipe
      "$WENZE" audit --no-default-rules --rules pack --report jsonl=r.jsonl pipe &
      program=$!
      exec 3>pipe
      cat archive.jsonl >&3
      tries=0
      while ! ls .wenze-*.tmp && test $tries -lt 300; do sleep 0.1; tries=$((tries + 1)); done
      kill -\(signal) $program
      wait $program
      echo status $?
      """
    let run = try await sandbox.shell(script)
    let number = ["TERM": 143, "HUP": 129, "KILL": 137][signal] ?? 0
    #expect(run.output.contains("status \(number)\n"), "\(run)")
    #expect(try sandbox.text(of: "r.jsonl") == "旧的报告\n")
    let left = try sandbox.names().filter { $0.hasPrefix(".wenze") }
    #expect(left.isEmpty == (signal != "KILL"))
    // What nobody could remove, the next run does.
    let next = try await sandbox.small("audit", "-q", "archive.jsonl", "--report", "jsonl=r.jsonl")
    #expect(next.status == 0)
    #expect(try sandbox.names().allSatisfy { !$0.hasPrefix(".wenze") })
    #expect(try sandbox.text(of: "r.jsonl").hasPrefix("{\"rule\":\"A101\""))
  }

  /// At any moment there is the old report or the new one.
  @Test func aReportIsOldOrNew() async throws {
    let sandbox = try sandbox(["r.jsonl": "旧的报告\n"])
    _ = try await sandbox.small("audit", "-q", "archive.jsonl", "--report", "jsonl=new.jsonl")
    let run = try await sandbox.shell(
      """
      for delay in 0.01 0.05 0.1 0.15 0.2 0.3 0.4 0.6; do
        echo 旧的报告 >r.jsonl
        "$WENZE" audit -q --no-default-rules --rules pack --report jsonl=r.jsonl archive.jsonl &
        sleep $delay
        kill -KILL $!
        wait $!
        if cmp -s r.jsonl new.jsonl; then echo new; elif test "$(cat r.jsonl)" = 旧的报告
        then echo old; else echo broken; fi
      done
      """)
    let states = run.output.split(separator: "\n").filter { ["new", "old", "broken"].contains($0) }
    #expect(states.count == 8 && !states.contains("broken"), "\(run)")
  }

  // MARK: - Shares and baselines

  @Test func sharesAreMerged() async throws {
    let sandbox = try sandbox()
    let today = ["--as-of", "2025-01-01"]
    for (path, share) in [("archive.jsonl", "1"), ("long.json", "2")] {
      let run = try await sandbox.wenze(
        ["audit", "-q", "--no-default-rules", "--rules", "pack", path, "--emit-partial", share]
          + today)
      #expect(run.status == 0)
    }
    let whole = try await sandbox.wenze(
      ["audit", "--no-default-rules", "--rules", "pack", "archive.jsonl", "long.json"] + today)
    let merged = try await sandbox.small("audit", "--merge", "1", "2")
    #expect(merged == whole)
    let other = try await sandbox.small("audit", "--merge", "1", "--only", "A101")
    #expect(other.status == 2)
    #expect(other.errors.hasPrefix("错误：用 --merge 时不能写 --only：它在生成部分结果时已经定了\n"))
    let none = try await sandbox.small("audit", "--merge", "archive.jsonl")
    #expect(
      none
        == RunResult(2, "", errors: "错误：不能使用“archive.jsonl”：这不是 wenze audit --emit-partial 写的文件\n"))
    let rules = try await sandbox.wenze(["audit", "--merge", "1"])
    #expect(rules.errors.hasPrefix("错误：不能使用“1”：生成它的规则（sha256:"))
  }

  @Test func whatIsInTheBaselineIsNoReasonToFail() async throws {
    let sandbox = try sandbox()
    let first = try await sandbox.small(
      "audit", "-q", "archive.jsonl", "--severity", "note", "--write-baseline", "known")
    #expect(first.status == 1)
    #expect(
      try sandbox.text(of: "known").split(separator: "\n").map {
        $0.components(separatedBy: ",\"verdict\"")[0]
      } == [
        #"{"kind":"wenze baseline","schema":1}"#, #"{"rule":"A101","type":"paper","id":"乙""#,
        #"{"rule":"A102","type":"paper","id":"丙""#,
        #"{"rule":"A103","type":"paper","id":"丁""#,
      ])
    let second = try await sandbox.small(
      "audit", "-q", "archive.jsonl", "--severity", "note", "--baseline", "known", "--report",
      "csv=r.csv")
    #expect(second.status == 0)
    #expect(second.output.hasSuffix("与基线相比：新 0，重开 0，已知 3，消失 0\n"))
    #expect(try sandbox.text(of: "r.csv").split(separator: "\r\n").count == 1)
    try sandbox.write(
      Small.unapproved.replacing("张三", with: "李四") + Small.long.replacing("30", with: "31"),
      to: "archive.jsonl")
    let third = try await sandbox.small(
      "audit", "archive.jsonl", "--severity", "note", "--baseline", "known")
    #expect(third.status == 1)
    #expect(third.output.contains("与基线相比：新 0，重开 1，已知 1，消失 1\n"))
    #expect(third.output.contains("基线里已消失的\n  代码  文书\n  A103  丁\n"), "\(third.output)")
  }
}
