import Testing

@Suite struct FmtTests {
  private static let untidy = "集合 甲:层级={基层,乡级}\n"
  private static let tidy = "集合 甲 : 层级 = { 基层, 乡级 }\n"

  @Test func aFile() async throws {
    let sandbox = try Sandbox(["a.wz": Self.untidy])
    let run = try await sandbox.wenze(["fmt", "a.wz"])
    #expect(run == RunResult(0, "", errors: "已整理 1，无须整理 0，有错 0\n"))
    #expect(try sandbox.text(of: "a.wz") == Self.tidy)
    let again = try await sandbox.wenze(["fmt", "a.wz", "--lang", "en"])
    #expect(again == RunResult(0, "", errors: "0 formatted, 1 unchanged, 0 with errors\n"))
  }

  @Test func foldersAndFilesThatAreLeftAlone() async throws {
    let sandbox = try Sandbox([
      "p/a.wz": Self.untidy, "p/q/b.wz": Self.untidy, "p/c.json": "{}", "p/broken.wz": "集合 甲 {",
      "p/empty.wz": "",
    ])
    let run = try await sandbox.wenze(["fmt"])
    #expect(run.status == 2)
    #expect(run.errors.contains("--> ./p/broken.wz:1:6"), "\(run.errors)")
    #expect(run.errors.hasSuffix("已整理 2，无须整理 1，有错 1\n"))
    #expect(try sandbox.text(of: "p/q/b.wz") == Self.tidy)
    #expect(try sandbox.text(of: "p/broken.wz") == "集合 甲 {")
    #expect(try sandbox.text(of: "p/c.json") == "{}")
    let other = try await sandbox.wenze(["fmt", "p/c.json"])
    #expect(other.status == 2)
    #expect(other.errors.hasPrefix("错误[F0102]: “p/c.json”不是 .wz 文件\n"), "\(other.errors)")
  }

  @Test func whatWouldChange() async throws {
    let sandbox = try Sandbox(["a.wz": "// 说明\n" + Self.untidy])
    let run = try await sandbox.wenze(["fmt", "--check", "a.wz"])
    let diff = """
      --- a.wz
      +++ a.wz
      @@ -1,2 +1,2 @@
       // 说明
      -集合 甲:层级={基层,乡级}
      +集合 甲 : 层级 = { 基层, 乡级 }

      """
    #expect(run == RunResult(1, diff, errors: "需要整理 1，无须整理 0，有错 0\n"))
    #expect(try sandbox.text(of: "a.wz") == "// 说明\n" + Self.untidy)
    let colored = try await sandbox.wenze(["fmt", "--check", "-q", "--color", "always", "a.wz"])
    #expect(colored.output.contains("\u{1B}[32m+集合"))
    let patched = try await sandbox.shell("\"$WENZE\" fmt --check -q a.wz | patch -s a.wz")
    #expect(patched.status == 0)
    #expect(try sandbox.text(of: "a.wz") == "// 说明\n" + Self.tidy)
    let tidy = try await sandbox.wenze(["fmt", "--check", "-q", "a.wz"])
    #expect(tidy == RunResult(0, ""))
  }

  @Test func standardInput() async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["fmt", "-"], input: "集合 甲:层级={基层}")
    #expect(run == RunResult(0, "集合 甲 : 层级 = { 基层 }\n"))
    let check = try await sandbox.wenze(["fmt", "--check", "-"], input: "集合 甲 : 层级 = { 基层 }")
    #expect(check.status == 1)
    #expect(check.output.contains("\\ No newline at end of file\n+集合"))
    let broken = try await sandbox.wenze(["fmt", "-"], input: "集合 甲 {")
    #expect(broken.status == 2)
    #expect(broken.output == "")
  }

  @Test func keywordsInBothLanguages() async throws {
    let sandbox = try Sandbox(["a.wz": Small.pack])
    let tidy = try await sandbox.wenze(["fmt", "a.wz"])
    #expect(tidy.status == 0)
    let before = try sandbox.text(of: "a.wz")
    let english = try await sandbox.wenze(["fmt", "--keywords", "en", "a.wz"])
    #expect(english.status == 0)
    let text = try sandbox.text(of: "a.wz")
    #expect(text.contains("    cites 问责条例 article 9\n    must 批准\n    error \"“{承办人}”没有报批\""))
    let chinese = try await sandbox.wenze(["fmt", "--keywords", "zh", "a.wz"])
    #expect(chinese.status == 0)
    #expect(try sandbox.text(of: "a.wz") == before)
  }

  @Test func conditionsAreExplainedInTheLanguageOfTheInterface() async throws {
    let sandbox = try Sandbox.small()
    let english = try await sandbox.small("explain", "A103", "--lang", "en")
    #expect(english.output.contains("  must: has 日期\n"), "\(english.output)")
    let chinese = try await sandbox.small("explain", "A103")
    #expect(chinese.output.contains("  应当 有 日期\n"), "\(chinese.output)")
  }
}
