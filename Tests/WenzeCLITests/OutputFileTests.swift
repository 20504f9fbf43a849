import Foundation
import Testing

@Suite struct OutputFileTests {
  @Test func theWholeReportGoesIntoTheFileAndNothingElsewhere() async throws {
    let sandbox = try Sandbox.small(["report.txt": String(repeating: "旧的报告\n", count: 1000)])
    let run = try await sandbox.small("check", "--output", "report.txt", "unapproved.json")
    #expect(run == RunResult(1, ""))
    // What made it stands below.
    let expected = Small.unapprovedFinding + Small.summary(1, errors: 1) + "\nwenze "
    #expect(try sandbox.text(of: "report.txt").hasPrefix(expected))
  }

  @Test func nothingIsLeftBesideIt() async throws {
    let sandbox = try Sandbox.small()
    let before = try sandbox.names()
    _ = try await sandbox.small("check", "--output", "新 报告.json", "--format", "json", "clean.json")
    #expect(try sandbox.names() == (before + ["新 报告.json"]).sorted())
    _ = try JSONSerialization.jsonObject(with: Data(sandbox.text(of: "新 报告.json").utf8))
  }

  @Test func problemsAreToldAllTheSame() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "-q", "--output", "r", "nothing.json", "clean.json")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("错误[D0101]: 没有文件“nothing.json”\n"))
    #expect(try sandbox.text(of: "r").hasPrefix(Small.summary(1) + "\nwenze "))
  }

  @Test(arguments: [
    ("reports/r.txt", "没有文件夹“reports”"), ("pack", "“pack”是文件夹"),
    ("clean.json/r.txt", "“clean.json”不是文件夹"), ("", "没有写文件名"),
  ]) func aPlaceWhereNothingCanBeWritten(path: String, reason: String) async throws {
    let sandbox = try Sandbox.small()
    let before = try sandbox.names()
    let run = try await sandbox.small("check", "-q", "--output", path, "clean.json")
    #expect(run == RunResult(2, "", errors: "错误：不能写入“\(path)”：\(reason)\n"))
    #expect(try sandbox.names() == before)
  }

  @Test(.enabled(if: hasFullDevice, "there is no /dev/full"))
  func aDeviceThatIsFull() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "--output", "/dev/full", "clean.json")
    #expect(
      run == RunResult(2, "", errors: "错误：不能写入“/dev/full”：No space left on device\n"))
  }

  @Test(.enabled(if: !isRoot, "root may write everywhere"))
  func aFileOrFolderWithoutPermission() async throws {
    let sandbox = try Sandbox.small(["report.txt": "旧的报告\n", "reports/one.txt": "旧的报告\n"])
    try sandbox.setPermissions(0o444, of: "report.txt")
    try sandbox.setPermissions(0o555, of: "reports")
    for path in ["report.txt", "reports/two.txt"] {
      let run = try await sandbox.small("check", "--output", path, "clean.json")
      #expect(run == RunResult(2, "", errors: "错误：不能写入“\(path)”：没有写入的权限\n"))
    }
    #expect(try sandbox.text(of: "report.txt") == "旧的报告\n")
    #expect(try sandbox.names(in: "reports") == ["one.txt"])
    try sandbox.setPermissions(0o755, of: "reports")
  }

  @Test func aReportThatCannotBeWrittenHidesNoProblems() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "--output", "a/b", "nothing.json")
    #expect(run.status == 2)
    #expect(run.errors.contains("没有文件“nothing.json”"))
    #expect(run.errors.hasSuffix("错误：不能写入“a/b”：没有文件夹“a”\n"))
  }

  @Test func aDeviceStaysADevice() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "--output", "/dev/null", "unapproved.json")
    #expect(run == RunResult(1, ""))
    let list = try await sandbox.shell("test -c /dev/null && echo yes")
    #expect(list.output == "yes\n")
  }

  @Test func aLinkStaysALink() async throws {
    let sandbox = try Sandbox.small(["reports/one.txt": "旧的报告\n"])
    try sandbox.link("latest.txt", to: "reports/one.txt")
    let run = try await sandbox.small("check", "-q", "--output", "latest.txt", "clean.json")
    #expect(run == RunResult(0, ""))
    #expect(sandbox.target(ofLink: "latest.txt") == "reports/one.txt")
    #expect(try sandbox.text(of: "reports/one.txt").hasPrefix(Small.summary(1) + "\nwenze "))
  }

  @Test func aLinkToAFileThatIsNotYetThereStaysALink() async throws {
    let sandbox = try Sandbox.small()
    try sandbox.makeFolder("reports")
    try sandbox.link("reports/latest.txt", to: "one.txt")
    let run = try await sandbox.small("check", "-q", "--output", "reports/latest.txt", "clean.json")
    #expect(run == RunResult(0, ""))
    #expect(sandbox.target(ofLink: "reports/latest.txt") == "one.txt")
    #expect(try sandbox.names(in: "reports") == ["latest.txt", "one.txt"])
    #expect(try sandbox.text(of: "reports/one.txt").hasPrefix(Small.summary(1) + "\nwenze "))
  }

  @Test func aLinkThatLeadsNowhereIsLeftAlone() async throws {
    let sandbox = try Sandbox.small()
    try sandbox.link("missing.txt", to: "reports/one.txt")
    let missing = try await sandbox.small("check", "--output", "missing.txt", "clean.json")
    #expect(missing == RunResult(2, "", errors: "错误：不能写入“missing.txt”：没有文件夹“reports”\n"))
    #expect(sandbox.target(ofLink: "missing.txt") == "reports/one.txt")
    try sandbox.link("loop.txt", to: "loop.txt")
    let loop = try await sandbox.small("check", "--output", "loop.txt", "clean.json")
    #expect(loop.status == 2)
    #expect(loop.errors.hasPrefix("错误：不能写入“loop.txt”："))
    #expect(sandbox.target(ofLink: "loop.txt") == "loop.txt")
  }

  /// Who may read a report does not change because it is written again.
  @Test(arguments: [0o600, 0o640, 0o664]) func permissionsStay(permissions: Int) async throws {
    let sandbox = try Sandbox.small(["report.txt": ""])
    try sandbox.setPermissions(permissions, of: "report.txt")
    let run = try await sandbox.small("check", "-q", "--output", "report.txt", "clean.json")
    #expect(run == RunResult(0, ""))
    #expect(try sandbox.permissions(of: "report.txt") == permissions)
  }

  @Test func aNewFileHasThePermissionsThatTheUserWants() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.shell(
      """
      umask 027
      "$WENZE" check -q --no-default-rules --rules pack --output report.txt clean.json
      """)
    #expect(run == RunResult(0, ""))
    #expect(try sandbox.permissions(of: "report.txt") == 0o640)
  }
}
