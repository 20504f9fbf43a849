import Foundation
import Testing

/// Standard output holds the report and nothing else, standard error the rest.
@Suite struct StreamTests {
  @Test func problemsAreNotInTheReport() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "nothing.json", "unapproved.json")
    #expect(run.output == Small.unapprovedFinding + Small.summary(1, errors: 1))
    #expect(run.errors.hasPrefix("错误[D0101]"))
    #expect(!run.errors.contains("A101"))
  }

  @Test func aRunWithoutProblemsSaysNothingOnStandardError() async throws {
    let sandbox = try Sandbox.small()
    for arguments in [
      ["check", "unapproved.json", "open.json"], ["explain", "A101"],
      ["explain", "A101", "--case", "unapproved.json"], ["test"], ["laws"],
    ] {
      let run = try await sandbox.wenze(
        arguments + ["--no-default-rules", "--rules", "pack"])
      #expect(run.errors == "", "\(arguments)")
      #expect(run.output != "", "\(arguments)")
    }
  }

  @Test func jsonIsJSONEvenWithProblems() async throws {
    let sandbox = try Sandbox.small([
      "empty.json": "", "broken.json": "{", "wrong.json": #"{"编号":"己","天数":"许多"}"#,
    ])
    let run = try await sandbox.small(
      "check", "--format", "json", "nothing.json", "empty.json", "broken.json", "wrong.json",
      "unapproved.json")
    #expect(run.status == 2)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let problems = try #require(report["problems"] as? [[String: Any]])
    #expect(
      Set(problems.compactMap { $0["path"] as? String })
        == ["nothing.json", "empty.json", "broken.json", "wrong.json"])
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.compactMap { $0["rule"] as? String }.contains("A101"))
    #expect(run.output.hasSuffix("}\n"))
    #expect(!run.errors.isEmpty)
  }

  /// A reader that has seen enough is no reason to complain, nor to forget the outcome.
  @Test func aReaderThatGoesAway() async throws {
    let papers = String(repeating: Small.unapproved + ",", count: 2000)
    let sandbox = try Sandbox.small(["many.json": "[\(papers)\(Small.unapproved)]"])
    let run = try await sandbox.shell(
      """
      { "$WENZE" check --no-default-rules --rules pack many.json; echo $? >status; } | head -1
      cat status
      """)
    #expect(run == RunResult(0, "错误[A101]: “张某某”没有报批\n1\n"))
  }

  @Test(arguments: [
    "check unapproved.json", "explain A101", "test", "laws", "--help", "check --help", "--version",
  ]) func aReaderThatNeverWas(arguments: String) async throws {
    let sandbox = try Sandbox.small()
    let options = arguments.contains("-") ? "" : "--no-default-rules --rules pack"
    // The status is written once the reader is certain to be gone.
    let run = try await sandbox.shell(
      """
      { sleep 0.3; "$WENZE" \(arguments) \(options); echo $? >status; } | true
      cat status
      """)
    let status = arguments.hasPrefix("check u") ? 1 : 0
    #expect(run == RunResult(0, "\(status)\n"))
  }

  @Test(.enabled(if: hasFullDevice, "there is no /dev/full"))
  func aFullDisk() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.shell(
      """
      "$WENZE" check --no-default-rules --rules pack clean.json >/dev/full
      """)
    #expect(run == RunResult(2, "", errors: "错误：不能写标准输出：No space left on device\n"))
  }

  @Test func streamsThatAreClosed() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.shell(
      """
      w() { "$WENZE" "$@" --no-default-rules --rules pack; }
      w check clean.json >&-; echo $?
      w check nothing.json clean.json 2>&-; echo $?
      w check - clean.json <&- 2>errors; echo $?
      head -1 errors
      """)
    #expect(
      run
        == RunResult(
          0,
          """
          2
          \(Small.summary(1))2
          \(Small.summary(1))2
          错误[D0104]: 无法读取标准输入：Bad file descriptor

          """, errors: "错误：不能写标准输出：Bad file descriptor\n"))
  }
}

@Suite struct ColorTests {
  private static let escape = "\u{1B}["

  @Test func alwaysIsAlways() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "check", "--color", "always", "nothing.json", "unapproved.json",
      environment: ["NO_COLOR": "1"])
    #expect(run.output.hasPrefix("\u{1B}[1;31m错误[A101]\u{1B}[0m\u{1B}[1m: “张某某”没有报批\u{1B}[0m\n"))
    #expect(run.errors.hasPrefix("\u{1B}[1;31m错误[D0101]\u{1B}[0m"))
    let plain = try await sandbox.small("check", "nothing.json", "unapproved.json")
    #expect(run.output.replacing(/\x1B\[[0-9;]*m/, with: "") == plain.output)
    #expect(run.errors.replacing(/\x1B\[[0-9;]*m/, with: "") == plain.errors)
  }

  @Test(arguments: [["--color", "never"], ["--color", "auto"], []])
  func aPipeHasNone(arguments: [String]) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenze(
      ["check", "--no-default-rules", "--rules", "pack"] + arguments
        + ["nothing.json", "unapproved.json"])
    #expect(!run.output.contains(Self.escape))
    #expect(!run.errors.contains(Self.escape))
  }

  @Test func jsonHasNone() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "check", "--color", "always", "--format", "json", "unapproved.json")
    #expect(!run.output.contains(Self.escape))
    _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
  }
}
