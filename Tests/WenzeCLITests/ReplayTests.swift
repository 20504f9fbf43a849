import Foundation
import Testing

@Suite struct ReplayTests {
  private static let options = ["--no-default-rules", "--rules", "pack", "--as-of", "2024-06-01"]

  /// A sandbox with a report of a check.
  private func sandbox(_ arguments: String...) async throws -> Sandbox {
    let sandbox = try Sandbox.small()
    let result = try await sandbox.wenze(
      ["check", "unapproved.json", "long.json", "clean.json", "--format", "json"] + Self.options
        + ["--output", "report.json"] + arguments)
    #expect(result.status == 1)
    return sandbox
  }

  private func digest(inReport text: String) -> String {
    let rules = text.split(separator: "\"rules\": {").dropFirst().first ?? ""
    return String(rules.split(separator: "\"").first { $0.hasPrefix("sha256:") } ?? "")
  }

  @Test func theSameFindings() async throws {
    let sandbox = try await sandbox()
    let digest = digest(inReport: try sandbox.text(of: "report.json"))
    let result = try await sandbox.wenze(["replay", "report.json", "--lang", "en"])
    #expect(
      result
        == RunResult(
          0,
          """
          the rules are those of the report: \(digest)
          3 inputs, the same as those of the report
          the same 2 findings, byte for byte

          """))
    let chinese = try await sandbox.wenze(["replay", "report.json"])
    #expect(
      chinese
        == RunResult(
          0,
          """
          规则与报告的相同：\(digest)
          输入 3 个，与报告的相同
          同样的结论 2 项，每个字节都相同

          """))
  }

  /// The options of the run change what is found, and are those of the report.
  @Test func theOptionsOfTheReport() async throws {
    let sandbox = try await sandbox("--skip", "A102", "--show-names", "--param", "上限=1")
    #expect(try sandbox.text(of: "report.json").contains("“张三”没有报批"))
    let result = try await sandbox.wenze(["replay", "report.json", "--lang", "en"])
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("the same 1 finding, byte for byte\n"))
  }

  @Test func otherRulesGiveOtherFindings() async throws {
    let sandbox = try await sandbox()
    try sandbox.write(Small.pack.replacing("= 10", with: "= 99"), to: "pack/small.wz")
    let result = try await sandbox.wenze(["replay", "report.json", "--lang", "en"])
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("other rules: the report states sha256:"))
    #expect(
      result.output.contains(
        """
        3 inputs, the same as those of the report
        other findings: 2 in the report, 1 now
          A102  1 gone, 0 new

        --- report.json
        +++ report.json
        @@ -1,
        """))
    #expect(result.output.contains("\n-  \"rule\": \"A102\",\n"))
    let brief = try await sandbox.wenze(["replay", "report.json", "-q", "--lang", "en"])
    #expect(brief.output.hasSuffix("  A102  1 gone, 0 new\n"))
    let json = try await sandbox.wenze(["replay", "report.json", "--format", "json"])
    #expect(json.status == 1)
    #expect(json.output.contains("\"same\": false"))
    #expect(json.output.contains("\"recorded\": 2,\n    \"now\": 1,"))
  }

  /// Rules that say the same in other words are not those of the report.
  @Test func otherRulesWithTheSameFindings() async throws {
    let sandbox = try await sandbox()
    try sandbox.write(Small.pack + "// More.\n", to: "pack/small.wz")
    let result = try await sandbox.wenze(["replay", "report.json", "--lang", "en"])
    #expect(result.status == 1)
    #expect(result.output.hasPrefix("other rules: "))
    #expect(result.output.hasSuffix("the same 2 findings, byte for byte\n"))
    try sandbox.write(Small.pack, to: "former/small.wz")
    let named = try await sandbox.wenze(
      ["replay", "report.json", "--no-default-rules", "--rules", "former", "--lang", "en"])
    // The digest is of paths too.
    #expect(named.status == 1)
  }

  @Test func anAuditAndItsMergedParts() async throws {
    let sandbox = try Sandbox.small()
    let audit = ["audit", "-q"] + Self.options
    let files = ["unapproved.json", "long.json", "open.json"]
    let whole = try await sandbox.wenze(
      audit + files + ["--undetermined", "show", "--report", "json=whole.json"])
    #expect(whole.status == 0)
    for file in files {
      _ = try await sandbox.wenze(
        audit + [file, "--undetermined", "show", "--emit-partial", "\(file).part"])
    }
    let merged = try await sandbox.wenze(
      ["audit", "-q", "--no-default-rules", "--rules", "pack", "--merge"]
        + files.map { "\($0).part" } + ["--report", "json=merged.json"])
    #expect(merged.status == 0)
    #expect(try sandbox.text(of: "merged.json") == sandbox.text(of: "whole.json"))
    let result = try await sandbox.wenze(["replay", "whole.json", "--lang", "en"])
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("the same 3 findings, byte for byte\n"))
  }

  @Test func aBaselineIsHeldAgainstAgain() async throws {
    let sandbox = try Sandbox.small()
    let audit = ["audit", "-q"] + Self.options
    _ = try await sandbox.wenze(audit + ["long.json", "--write-baseline", "known.jsonl"])
    _ = try await sandbox.wenze(
      audit + [
        "long.json", "unapproved.json", "--baseline", "known.jsonl", "--report", "json=a.json",
      ])
    let result = try await sandbox.wenze(["replay", "a.json", "--lang", "en"])
    #expect(result.status == 0)
    #expect(result.output.hasSuffix("the same 1 finding, byte for byte\n"))
    try sandbox.write("", to: "known.jsonl")
    let other = try await sandbox.wenze(["replay", "a.json", "--lang", "en"])
    #expect(other.status == 2)
    #expect(other.errors.contains("`known.jsonl` is not what the report is about"))
  }

  @Test func whatCannotBeReplayed() async throws {
    let sandbox = try await sandbox()
    func errors(_ path: String) async throws -> String {
      let result = try await sandbox.wenze(["replay", path, "--lang", "en"])
      #expect(result.status == 2)
      return result.errors
    }
    #expect(try await errors("gone.json").contains("gone.json"))
    #expect(try await errors("clean.json").contains("is no JSON report of wenze"))
    let report = try sandbox.text(of: "report.json")
    try sandbox.write(report.replacing("\"run\"", with: "\"former\""), to: "former.json")
    #expect(try await errors("former.json").contains("does not state the options of its run"))
    try sandbox.write(String(report.prefix(report.count / 2)), to: "cut.json")
    #expect(try await errors("cut.json").contains("is no JSON report of wenze"))
    try sandbox.write(Small.open, to: "long.json")
    #expect(try await errors("report.json").contains("`long.json` is not what the report is about"))
    let piped = try await sandbox.wenze(
      ["check", "-", "--format", "json", "--output", "piped.json"] + Self.options,
      input: Small.clean)
    #expect(piped.status == 0)
    #expect(try await errors("piped.json").contains("it is standard input"))
  }

  @Test(.enabled(if: isInstalled("git"), "git is not installed"))
  func theRevisionOfTheRules() async throws {
    let sandbox = try await sandbox()
    let made = try await sandbox.shell(
      """
      set -e
      git init -q .
      git config user.name Test; git config user.email test@example.com
      git add pack; git commit -q -m "first"; git tag first
      for number in 20 30 40; do
        sed -i.bak "s/= [0-9]*$/= $number/" pack/small.wz; rm pack/small.wz.bak
        git commit -q -a -m "$number"
      done
      """)
    #expect(made.status == 0, "\(made.errors)")
    let now = try await sandbox.wenze(["replay", "report.json", "--lang", "en"])
    #expect(now.status == 1)
    let named = try await sandbox.wenze(
      ["replay", "report.json", "--git", "first", "--lang", "en"])
    #expect(named.status == 0)
    #expect(named.output.contains(" (git revision first)\n"))
    let searched = try await sandbox.wenze(["replay", "report.json", "--search", "--lang", "en"])
    #expect(searched.status == 0)
    #expect(searched.output.hasSuffix("the same 2 findings, byte for byte\n"))
    let bounded = try await sandbox.wenze(
      ["replay", "report.json", "--search", "--history", "2", "--lang", "en"])
    #expect(bounded.status == 2)
    #expect(bounded.errors.contains("of 2 revisions none has the rules of the report (sha256:"))
  }

  /// The packs inside the program are those of a revision where the folder `rules` holds the same.
  @Test(.enabled(if: isInstalled("git"), "git is not installed"))
  func theProgramsOwnRules() async throws {
    let sandbox = try Sandbox(["a.json": Small.clean, "pack/small.wz": Small.pack])
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "rules").path(percentEncoded: false)
    let made = try await sandbox.shell(
      """
      set -e
      cp -r '\(rules)' rules
      git init -q .
      git config user.name Test; git config user.email test@example.com
      git add rules; git commit -q -m "first"; git tag first
      echo "// More." >> rules/base/terms.wz; git commit -q -a -m "second"
      """)
    #expect(made.status == 0, "\(made.errors)")
    _ = try await sandbox.wenze(
      ["check", "a.json", "--format", "json", "--as-of", "2024-06-01", "--output", "own.json"])
    let result = try await sandbox.wenze([
      "replay", "own.json", "--no-default-rules", "--rules", "pack", "--search", "--lang", "en",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("the rules are those of the report: sha256:"))
    #expect(result.output.contains(" (git revision "))
  }
}
